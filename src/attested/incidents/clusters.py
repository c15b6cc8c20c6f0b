"""Matching mentions -> clusters, grown from the surest pair on, vetoes kept inside a cluster; kept up pair by pair.

What becomes of a pair is settled by the two clusters that its mentions are in when its turn comes. So of clusters that
were grown before, only those are grown anew that hold a mention that changed, and those that now take part in one.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence, Set
from dataclasses import dataclass, field
from typing import Any

from attested.incidents.links import Links
from attested.model import Incident

# Minus its points and its mentions, the smaller id first: the order in which pairs join, the surest first.
Pair = tuple[float, str, str]
Apart = Callable[[Sequence[str], Sequence[str]], Any]


@dataclass(eq=False, slots=True)
class Cluster:
    """Mentions that belong together and the pairs that joined them, the surest first.

    ``barred`` stands for those that people keep apart from it. It is ``mixed`` if people put together in it what a veto
    keeps apart; ``odds`` are mentions whose clusters a veto kept from joining it. While clusters are grown anew, one
    that ``lacks`` nothing has of each old mention all that was with it before at this turn. ``row`` is what is told.
    """

    members: set[str]
    pairs: list[Pair] = field(default_factory=list)
    groups: frozenset[str] = frozenset()
    barred: frozenset[str] = frozenset()
    is_mixed: bool = False
    odds: set[str] = field(default_factory=set)
    lacks: bool = False
    row: Incident | None = None

    def take_in(self, other: Cluster, pair: Pair) -> None:
        """Join another cluster to this one."""
        self.members |= other.members
        self.pairs += [*other.pairs, pair]
        self.groups |= other.groups
        self.barred |= other.barred
        self.is_mixed |= other.is_mixed
        self.odds |= other.odds
        self.lacks |= other.lacks


class Beyond(Exception):
    """Some mentions match others that are not here, since only a part of the pile is; ``mentions`` are those."""

    def __init__(self, mentions: set[str]) -> None:
        super().__init__(f"{len(mentions)} mentions are not here")
        self.mentions = mentions


class Clusters:
    """Clusters of mentions, known by their ids. ``apart`` tells of each of some, and each of others, whether a veto
    keeps the two apart, as an array."""

    def __init__(self, apart: Apart) -> None:
        self.apart = apart
        self._points: dict[str, dict[str, float]] = defaultdict(dict)
        self._links = Links[str]()
        self.home: dict[str, Cluster] = {}

    def matches(self, mention: str) -> dict[str, float]:
        """The mentions that match one, with the points of each pair."""
        return self._points.get(mention, {})

    def match(self, a: str, b: str, points: float) -> None:
        """Note that two mentions match."""
        self._points[a][b] = self._points[b][a] = points

    def part(self, a: str, b: str) -> None:
        """Note that two mentions match no longer."""
        del self._points[a][b], self._points[b][a]

    def forget(self, mention: str) -> None:
        """Note that a mention is no longer there, or not as it was."""
        for other in self._points.pop(mention, {}):
            del self._points[other][mention]

    def go_on(self, mentions: Set[str], joined: Iterable[Pair], links: Links[str]) -> None:
        """Begin with clusters that were grown before under ``links``, from the pairs that joined them."""
        self._links, self.home = links, self.seeds(mentions, links)
        for pair in joined:
            _join(self.home, pair)
        _settle(self.home)

    def grow(self, changed: Set[str], gone: Set[str], links: Links[str]) -> list[Cluster]:
        """Grow clusters of the mentions that are new, changed or have other matches, and of what that touches.

        ``gone`` are mentions that there are no longer, and ``links`` what people decided. Every mention that a decision
        names, or named when clusters were last grown, must be among ``changed`` if the decision is not the old one.
        Raises Beyond if a mention matches one that is not here; then nothing is grown.
        """
        self._links = links
        pool = self._whole(changed | gone) - gone
        for mention in gone:
            self.home.pop(mention, None)
        while taken := (growth := _Growth(self, pool, pool - changed, links)).run():
            pool |= self._whole(taken)
        self.home |= growth.home
        return _settle(growth.home)

    def seeds(self, mentions: Set[str], links: Links[str]) -> dict[str, Cluster]:
        """Each of these mentions as a cluster, with those that people put together with it."""
        home: dict[str, Cluster] = {}
        for mention in mentions:
            if mention not in home:
                cluster = self._seed(mention, mentions, links)
                home |= dict.fromkeys(cluster.members, cluster)
        return home

    def _seed(self, mention: str, among: Set[str], links: Links[str]) -> Cluster:
        if not links.is_named(mention):
            return Cluster({mention})
        rows = set(links.group(mention) & among)
        groups, barred = frozenset({links.home(mention)}), frozenset(links.barred(mention))
        is_mixed = len(rows) > 1 and bool(self.apart(list(rows), list(rows)).any())
        return Cluster(rows, [], groups, barred, is_mixed)

    def _whole(self, mentions: Iterable[str]) -> set[str]:
        """These mentions and all that are in a cluster or under a decision with one of them."""
        found, waiting = set[str](), list(mentions)
        while waiting:
            if (mention := waiting.pop()) not in found:
                found.add(mention)
                waiting += self.home[mention].members if mention in self.home else ()
                waiting += (m for m in self._links.group(mention) if m in self.home)
        return found


class _Growth:
    """Clusters of a pool of mentions as they grow, beside those outside the pool as they once grew.

    ``old`` are mentions of the pool that are what they were. A pair of these that joined nothing before was refused,
    and is refused again by clusters that lack nothing: a veto stays.
    """

    def __init__(self, around: Clusters, pool: Set[str], old: Set[str], links: Links[str]) -> None:
        self._around, self._old, self._links, self._apart = around, old, links, around.apart
        before = {id(c): c for mention in pool if (c := around.home.get(mention))}.values()
        self._joined = {pair for cluster in before for pair in cluster.pairs}
        lacking = {
            mention
            for _, *pair in self._joined
            if not (pair[0] in old and pair[1] in old)
            for mention in pair
        }
        self.home = around.seeds(pool, links)
        for mention, cluster in self.home.items():
            cluster.lacks |= mention in lacking or bool(cluster.groups)
        self._outside: dict[str, Cluster] = {}  # as they were at this turn
        self._turn: dict[int, int] = {}

    def run(self) -> set[str]:
        """Let each pair join its clusters if nothing speaks against it; returns what is taken in from outside.

        If anything is, its cluster must be in the pool: then this growth is not how it went.
        """
        taken: set[str] = set()
        for pair in self._pairs():
            _, a, b = pair
            if a in self.home and b in self.home:
                self._offer(pair)
                continue
            inside, outside = (a, b) if a in self.home else (b, a)
            one = self.home[inside]
            if outside in taken or (inside in self._old and not one.lacks):
                continue
            if self._may_join(one, inside, self._as_of(pair, outside), outside):
                taken |= self._around.home[outside].members
        return taken

    def _pairs(self) -> list[Pair]:
        """Every match of a mention of the pool, each once, the surest first."""
        found, beyond = list[Pair](), set[str]()
        for a in self.home:
            for b, points in self._around.matches(a).items():
                if b not in self.home and b not in self._around.home:
                    beyond.add(b)
                elif a < b:
                    found.append((-points, a, b))
                elif b not in self.home:
                    found.append((-points, b, a))
        if beyond:
            raise Beyond(beyond)
        return sorted(found)

    def _offer(self, pair: Pair) -> None:
        """Make the clusters of a pair one, if nothing speaks against it."""
        _, a, b = pair
        one, other, did_join = self.home[a], self.home[b], pair in self._joined
        is_known = not (did_join or one.lacks or other.lacks) and a in self._old and b in self._old
        if one is other or is_known:
            return
        if self._may_join(one, a, other, b):
            _join(self.home, pair)
        elif did_join:
            one.lacks = other.lacks = True

    def _may_join(self, one: Cluster, a: str, other: Cluster, b: str) -> bool:
        """Whether nothing speaks against two clusters becoming one for these two mentions of theirs.

        A union of two vetoed mentions is refused, and two clusters refused once are at odds for good; but one that
        people put together in spite of vetoes takes in what is like one of its parts.
        """
        is_mixed = one.is_mixed or other.is_mixed
        if not is_mixed and not one.odds.isdisjoint(other.members):
            return False
        if not one.barred.isdisjoint(other.groups):
            return False
        if not self._apart(self._like(one, a), self._like(other, b)).any():
            return True
        if not is_mixed:
            one.odds.add(b)
            other.odds.add(a)
        return False

    def _like(self, cluster: Cluster, mention: str) -> list[str]:
        """The cluster's mentions; of a mixed one those from which no veto keeps the mention."""
        members = list(cluster.members)
        if not cluster.is_mixed:
            return members
        [row] = self._apart([mention], members).tolist()
        return [other for other, is_apart in zip(members, row, strict=True) if not is_apart]

    def _as_of(self, pair: Pair, mention: str) -> Cluster:
        """The cluster that a mention outside the pool was in when it was this pair's turn."""
        whole = self._around.home[mention]
        if not whole.pairs or whole.pairs[-1] < pair:
            return whole
        if mention not in self._outside:
            self._outside |= self._around.seeds(whole.members, self._links)
        turn = self._turn.get(id(whole), 0)
        until = bisect_left(whole.pairs, pair, lo=turn)
        for done in whole.pairs[turn:until]:
            _join(self._outside, done)
        self._turn[id(whole)] = until
        return self._outside[mention]


def _join(home: dict[str, Cluster], pair: Pair) -> None:
    """Make the clusters of a pair one."""
    one, other = sorted((home[pair[1]], home[pair[2]]), key=lambda cluster: -len(cluster.members))
    one.take_in(other, pair)
    home |= dict.fromkeys(other.members, one)


def _settle(home: dict[str, Cluster]) -> list[Cluster]:
    """The clusters, whose pairs are put in order."""
    clusters = list({id(cluster): cluster for cluster in home.values()}.values())
    for cluster in clusters:
        cluster.pairs.sort()
        cluster.odds.clear()
    return clusters
