"""Mentions -> incidents: pairs scored, clusters grown from the surest pair on, vetoes kept inside a cluster."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence

from attested.ids import make_id
from attested.incidents.candidates import candidate_pairs
from attested.incidents.compare import Point, compare_mentions, is_match
from attested.incidents.context import FuseContext
from attested.incidents.judged import Decided
from attested.incidents.links import Links
from attested.incidents.profile import Profile, make_profiles
from attested.incidents.screen import Screen
from attested.mentions.typing import VAGUE_TYPES
from attested.model import Derivation, Incident, Story

# Passages of one pair of reports that may overlap at an offset: looked back over so many.
_OVERLAPPING = 8
_Join = tuple[int, int]


class Alignment:
    """Which places of two reports are copies of one another, from the passages of derivations."""

    def __init__(self, derivations: Iterable[Derivation]) -> None:
        self._rows: dict[tuple[str, str], list[tuple[int, int, int, int]]] = defaultdict(list)
        for d in derivations:
            for p in d.passages if d.parent else ():
                row = (p.child_start, p.child_end, p.parent_start, p.parent_end)
                self._rows[d.child, d.parent or ""].append(row)
        for rows in self._rows.values():
            rows.sort()

    def covers(self, report_a: str, at_a: int, report_b: str, at_b: int) -> bool:
        """Whether offset ``at_a`` of one report and ``at_b`` of the other lie in one aligned passage."""
        return self._covers(report_a, at_a, report_b, at_b) or self._covers(report_b, at_b, report_a, at_a)

    def _covers(self, child: str, at_child: int, parent: str, at_parent: int) -> bool:
        rows = self._rows.get((child, parent))
        if rows is None:
            return False
        last = bisect_right(rows, (at_child, 1 << 60))
        return any(
            start <= at_child < end and parent_start <= at_parent < parent_end
            for start, end, parent_start, parent_end in rows[max(0, last - _OVERLAPPING) : last]
        )


def merge_incidents(
    context: FuseContext, stories: Sequence[Story], derivations: Sequence[Derivation]
) -> tuple[Incident, ...]:
    """Incidents, each with the mentions it was made of and the reasons for every merge, sorted by id.

    What people decided comes first: no veto keeps apart what they put together, nothing joins what they kept apart.
    """
    story_of = {report: story.id for story in stories for report in story.reports}
    profiles = make_profiles(context, story_of)
    screen = Screen(profiles, derivations)
    comparer = Comparer(profiles, Alignment(derivations))
    edges = [
        (-sum(point.value for point in points), i, j)
        for i, j in candidate_pairs(profiles, screen)
        if is_match(points := comparer.points(i, j))
    ]
    links = context.decided.links("incident", [p.mention.id for p in profiles])
    clusters = _Clusters(len(profiles), screen, links)
    for _, i, j in sorted(edges):
        clusters.offer(i, j)
    found = (_incident(profiles, rows, joins, comparer, context.decided) for rows, joins in clusters.found())
    return tuple(sorted(found, key=lambda incident: incident.id))


class Comparer:
    """Compares mentions by their places in ``profiles``; knows which sentences are copies of one another."""

    def __init__(self, profiles: Sequence[Profile], alignment: Alignment) -> None:
        self._profiles, self._alignment = profiles, alignment

    def points(self, i: int, j: int) -> list[Point]:
        """What speaks for and against mentions ``i`` and ``j`` being of one incident."""
        a, b = self._profiles[i], self._profiles[j]
        x, y = a.mention, b.mention
        is_aligned = x.report_id != y.report_id and self._alignment.covers(
            x.report_id, x.trigger.start, y.report_id, y.trigger.start
        )
        return compare_mentions(a, b, is_aligned)

    def why(self, i: int, j: int) -> str:
        """The reasons of a pair, strongest first, those against it last."""
        ordered = sorted((p for p in self.points(i, j) if p.value), key=lambda p: (-p.value, p.why))
        return "; ".join(p.why if p.value > 0 else f"although {p.why}" for p in ordered)


class _Clusters:
    """Mentions that belong together, known by their places. They begin with what people put together, and only grow.

    A union of two vetoed mentions is refused, and two clusters refused once are at odds for good; but one that people
    put together in spite of vetoes (``mixed``) takes in what is like one of its parts.
    """

    def __init__(self, n: int, screen: Screen, links: Links) -> None:
        self._screen, self._links = screen, links
        self._home = [links.home(i) for i in range(n)]
        self._members: dict[int, list[int]] = defaultdict(list)
        for i, a in enumerate(self._home):
            self._members[a].append(i)
        self._joins: dict[int, list[_Join]] = {a: [] for a in self._members}
        judged = ((a, rows) for a, rows in self._members.items() if len(rows) > 1)
        self._mixed = {a for a, rows in judged if screen.any_apart(rows, rows)}
        self._at_odds: dict[int, set[int]] = defaultdict(set)

    def offer(self, i: int, j: int) -> None:
        """Make the clusters of two mentions one, if nothing speaks against it."""
        a, b = sorted((self._home[i], self._home[j]))
        if a == b or b in self._at_odds[a]:
            return
        if self._links.forbids(a, b) or self._screen.any_apart(self._like(i), self._like(j)):
            if self._mixed.isdisjoint((a, b)):
                self._at_odds[a].add(b)
                self._at_odds[b].add(a)
            return
        self._links.join(a, b)
        self._absorb(a, b)
        self._joins[a] += [(i, j), *self._joins.pop(b)]

    def _like(self, i: int) -> list[int]:
        """The mention's cluster; of a mixed one those from which no veto keeps the mention."""
        a = self._home[i]
        rows = self._members[a]
        return rows if a not in self._mixed else [k for k in rows if not self._screen.any_apart([i], [k])]

    def _absorb(self, a: int, b: int) -> None:
        """Cluster ``b`` goes into ``a``, with those that it is at odds with."""
        for k in self._members[b]:
            self._home[k] = a
        self._members[a] += self._members.pop(b)
        if b in self._mixed:
            self._mixed.add(a)
        for other in self._at_odds.pop(b, ()):
            self._at_odds[other].discard(b)
            self._at_odds[other].add(a)
            self._at_odds[a].add(other)

    def found(self) -> list[tuple[list[int], list[_Join]]]:
        """Each cluster's mentions, and the pairs that joined it."""
        return [(sorted(self._members[a]), self._joins[a]) for a in sorted(self._members)]


def _incident(
    profiles: Sequence[Profile],
    members: Sequence[int],
    joins: Sequence[_Join],
    comparer: Comparer,
    decided: Decided,
) -> Incident:
    mentions = [profiles[i].mention for i in members]
    type_ = _type_of([m.type for m in mentions])
    ids = tuple(sorted(m.id for m in mentions))
    whys = (*decided.reasons("incident", ids), *(comparer.why(i, j) for i, j in joins))
    return Incident(make_id("in", ids[0]), type_, ids, tuple(dict.fromkeys(whys)))


def _type_of(types: Sequence[str]) -> str:
    """The type most mentions give; a specific one before "Attack" or "Armed clash"."""
    specific = [t for t in types if t not in VAGUE_TYPES] or list(types)
    return min(set(specific), key=lambda t: (-specific.count(t), t))
