"""Mentions -> incidents: what is new or changed is compared with its blocks, and what that touches is grown anew."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import replace

import numpy as np

from attested.ids import make_id
from attested.incidents.candidates import Blocks, block_keys
from attested.incidents.clusters import Cluster, Clusters, Pair
from attested.incidents.compare import Point, compare_mentions, is_match
from attested.incidents.context import FuseContext
from attested.incidents.judged import Decided
from attested.incidents.kept import Kept, keep
from attested.incidents.links import Links
from attested.incidents.screen import Bools, Screen
from attested.incidents.seen import Seen, see_mentions
from attested.mentions.typing import VAGUE_TYPES
from attested.model import Derivation, Incident, Story


def merge_incidents(
    context: FuseContext, stories: Sequence[Story], derivations: Sequence[Derivation]
) -> tuple[Incident, ...]:
    """Incidents, each with the mentions it was made of and the reasons for every merge, sorted by id.

    What people decided comes first: no veto keeps apart what they put together, nothing joins what they kept apart.
    """
    merge = Merge()
    merge.update(see_mentions(context, stories, derivations), context.decided)
    return merge.incidents()


class Merge:
    """The incidents of a pile, kept up as mentions come, change and go; in whatever order, they are the same.

    It may go on from what was ``kept`` by another. ``method`` is how mentions are compared: what was kept under another
    is compared again.
    """

    def __init__(self, kept: Iterable[Kept] = (), method: str = "") -> None:
        self._method = method
        self._ids: list[str] = []  # by place; a mention that changes gets another place
        self._place: dict[str, int] = {}
        self._seen: dict[str, Seen] = {}
        self._prints: dict[str, str] = {}
        self._screen, self._blocks = Screen(), Blocks(self._ids.__getitem__)
        self._clusters = Clusters(self._apart)
        self.decided: Decided | None = None  # as of the last update
        self._links = Links[str]()
        self._go_on(sorted(kept, key=lambda row: row.mention_id))

    @property
    def mentions(self) -> Set[str]:
        """The mentions that it knows."""
        return self._place.keys()

    def incidents(self) -> tuple[Incident, ...]:
        """Every incident, sorted by id."""
        clusters = {id(cluster): cluster for cluster in self._clusters.home.values()}
        return tuple(sorted(map(self._row, clusters.values()), key=lambda row: row.id))

    def kept(self) -> Iterator[Kept]:
        """What another needs to go on from here. What a decision names is always looked at again."""
        for id, place in self._place.items():
            seen = "" if self._links.is_named(id) else self._prints[id]
            joined = {other for _, *pair in self._clusters.home[id].pairs if id in pair for other in pair}
            yield keep(id, seen, self._blocks.keys[place], self._clusters.matches(id), joined)

    def _go_on(self, kept: Sequence[Kept]) -> None:
        blocks, joined = dict[int, frozenset[str]](), list[Pair]()
        for row in kept:
            blocks[self._new_place(row.mention_id)] = row.block_names()
            self._prints[row.mention_id] = row.seen
            for other, points, did_join in row.pairs():
                self._clusters.match(other, row.mention_id, points)
                if did_join and other < row.mention_id and other in self._place:
                    joined.append((-points, other, row.mention_id))
        self._blocks.change((), blocks)
        self._joined = joined
        self._clusters.go_on(self._place.keys(), joined, self._links)

    def take_rows(self, rows: Iterable[Incident]) -> None:
        """Take over what was told of the clusters that were ``kept``, until they are grown anew."""
        for row in rows:
            if self.is_kept(row.mention_ids):
                self._clusters.home[row.mention_ids[0]].row = replace(
                    row, id=make_id("in", row.mention_ids[0])
                )

    def is_kept(self, mention_ids: Sequence[str]) -> bool:
        """Whether these are the mentions of one cluster."""
        home = self._clusters.home.get(mention_ids[0])
        return home is not None and home.members == set(mention_ids)

    def _new_place(self, id: str) -> int:
        self._place[id] = len(self._ids)
        self._ids.append(id)
        return self._place[id]

    def update(
        self, seen: Mapping[str, Seen], decided: Decided, gone: Collection[str] = ()
    ) -> list[Incident]:
        """Take in what is to be seen of some mentions, and that others are gone; returns the incidents made anew.

        Mentions that are not told of, or are as they were, are compared with nothing; the first time all must be told
        of that there are. A decision that was made or undone changes the mentions that it names.
        """
        self.decided, self._links = decided, decided.links("incident")
        prints = {id: one.fingerprint(self._method) for id, one in seen.items()}
        changed = {id: one for id, one in seen.items() if prints[id] != self._prints.get(id)}
        for id, one in seen.items():
            if id not in changed and id not in self._seen:  # it was kept
                self._see(id, one)
        self._prints |= {id: prints[id] for id in changed}
        out = {id for id in gone if id in self._place}
        moved = self._match(changed, out)
        return [
            self._row(cluster) for cluster in self._clusters.grow(changed.keys() | moved, out, self._links)
        ]

    def resume(self, seen: Mapping[str, Seen], decided: Decided) -> None:
        """Be as another was that merged all these under these decisions, and left what was ``kept``."""
        for id, one in seen.items():
            if id in self._place:
                self._see(id, one)
        self._clusters.go_on(self._place.keys(), self._joined, decided.links("incident"))

    def judge(
        self, decided: Decided, changed: Mapping[str, Seen], anew: Set[str], gone: Set[str]
    ) -> list[Incident]:
        """Take in what people decided since it was resumed, on ``changed`` mentions, of which those ``anew`` have other
        values, while others are ``gone``; returns the incidents made anew.

        A part of a pile is enough: the incidents of these mentions, and those of all that match a mention of these.
        Raises Beyond if that is not all it takes; then another must begin with more.
        """
        self.decided, self._links = decided, decided.links("incident")
        moved = changed.keys() | self._match({id: changed[id] for id in sorted(anew)}, gone)
        self._prints |= dict.fromkeys(moved, "")
        return [self._row(cluster) for cluster in self._clusters.grow(moved, gone, self._links)]

    def _match(self, changed: Mapping[str, Seen], out: Set[str]) -> set[str]:
        """Match what has changed with what is near it; returns others that came to match, or match no longer."""
        for id in (*out, *changed):
            self._clusters.forget(id)
        places = [self._place.pop(id) for id in (*out, *changed) if id in self._place]
        for id in out:
            del self._prints[id]
            self._seen.pop(id, None)
        new = {self._new_place(id): block_keys(changed[id].profile) for id in sorted(changed)}
        for id, one in changed.items():
            self._see(id, one)
        near, apart = self._blocks.change(places, new)
        ids, moved = self._ids, set[str]()
        for i, j in apart:
            if ids[j] in self._clusters.matches(ids[i]) and not self._blocks.near(i, j):
                self._clusters.part(ids[i], ids[j])
                moved |= {ids[i], ids[j]}
        for some, others in near:
            hopeful = self._screen.hopeful(some, others)
            for i, j in zip(some[hopeful].tolist(), others[hopeful].tolist(), strict=True):
                a, b = sorted((ids[i], ids[j]))
                points = self.points(a, b)
                if is_match(points):
                    self._clusters.match(a, b, sum(point.value for point in points))
                    moved |= {a, b} if changed.keys().isdisjoint((a, b)) else set()
        return moved

    def _see(self, id: str, one: Seen) -> None:
        self._seen[id] = one
        self._screen.put(self._place[id], one.profile, one.copies)

    def points(self, a: str, b: str) -> list[Point]:
        """What speaks for and against two mentions being of one incident."""
        one, other = self._seen[a], self._seen[b]
        return compare_mentions(one.profile, other.profile, one.is_copied_in(other))

    def why(self, a: str, b: str) -> str:
        """The reasons of a pair, strongest first, those against it last."""
        ordered = sorted((p for p in self.points(a, b) if p.value), key=lambda p: (-p.value, p.why))
        return "; ".join(p.why if p.value > 0 else f"although {p.why}" for p in ordered)

    def _apart(self, some: Sequence[str], others: Sequence[str]) -> Bools:
        """Whether a veto keeps each of these mentions, a row, from each of the others, a column."""
        rows, columns = ([self._place[id] for id in side] for side in (some, others))
        return self._screen.apart(np.array(rows)[:, None], np.array(columns))

    def _row(self, cluster: Cluster) -> Incident:
        """What is told of a cluster, once it was asked."""
        if cluster.row is None:
            ids = tuple(sorted(cluster.members))
            reasons = self.decided.reasons("incident", ids) if self.decided else ()
            whys = dict.fromkeys((*reasons, *(self.why(a, b) for _, a, b in cluster.pairs)))
            type_ = _type_of([self._seen[id].profile.mention.type for id in ids])
            cluster.row = Incident(make_id("in", ids[0]), type_, ids, tuple(whys))
        return cluster.row


def _type_of(types: Sequence[str]) -> str:
    """The type most mentions give; a specific one before "Attack" or "Armed clash"."""
    specific = [t for t in types if t not in VAGUE_TYPES] or list(types)
    return min(set(specific), key=lambda t: (-specific.count(t), t))
