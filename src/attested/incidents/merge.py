"""Mentions -> incidents: pairs scored, clusters grown from the surest pair on, vetoes kept inside a cluster."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from attested.ids import make_id
from attested.incidents.candidates import candidate_pairs
from attested.incidents.compare import VETO, Point, compare_mentions, is_match
from attested.incidents.context import FuseContext
from attested.incidents.profile import Profile, make_profiles
from attested.model import Derivation, Incident, Story

# Passages of one pair of reports that may overlap at an offset: looked back over so many.
_OVERLAPPING = 8
_Edge = tuple[float, int, int, str]


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
        rows = self._rows.get((child, parent), [])
        last = bisect_right(rows, (at_child, 1 << 60))
        return any(
            start <= at_child < end and parent_start <= at_parent < parent_end
            for start, end, parent_start, parent_end in rows[max(0, last - _OVERLAPPING) : last]
        )


def merge_incidents(
    context: FuseContext, stories: Sequence[Story], derivations: Sequence[Derivation]
) -> tuple[Incident, ...]:
    """Incidents, each with the mentions it was made of and the reasons for every merge, sorted by id."""
    story_of = {report: story.id for story in stories for report in story.reports}
    profiles = make_profiles(context, story_of)
    alignment = Alignment(derivations)
    points = {
        (i, j): compare_mentions(profiles[i], profiles[j], _aligned(alignment, profiles[i], profiles[j]))
        for i, j in candidate_pairs(profiles)
    }
    edges: list[_Edge] = []
    for (i, j), pair in points.items():
        if is_match(pair):
            edges.append((-sum(p.value for p in pair), i, j, _in_words(pair)))
    clusters = _grow(len(profiles), sorted(edges), Vetoes(profiles, points))
    return tuple(sorted((_incident(profiles, members, why) for members, why in clusters), key=lambda x: x.id))


def _aligned(alignment: Alignment, a: Profile, b: Profile) -> bool:
    x, y = a.mention, b.mention
    return x.report_id != y.report_id and alignment.covers(
        x.report_id, x.trigger.start, y.report_id, y.trigger.start
    )


def _in_words(points: Sequence[Point]) -> str:
    """The reasons of a pair, strongest first, those against it last."""
    ordered = sorted((p for p in points if p.value), key=lambda p: (-p.value, p.why))
    return "; ".join(p.why if p.value > 0 else f"although {p.why}" for p in ordered)


class Vetoes:
    """Which two mentions may never share an incident; pairs that no block compared are compared when asked."""

    def __init__(
        self, profiles: Sequence[Profile], points: Mapping[tuple[int, int], Sequence[Point]]
    ) -> None:
        self._profiles = profiles
        self._known = {pair: _has_veto(found) for pair, found in points.items()}

    def between(self, i: int, j: int) -> bool:
        """Whether something keeps mentions ``i`` and ``j`` apart whatever else agrees."""
        pair = (min(i, j), max(i, j))
        if pair not in self._known:
            a, b = (self._profiles[k] for k in pair)
            self._known[pair] = _has_veto(compare_mentions(a, b, aligned=False))
        return self._known[pair]


def _has_veto(points: Sequence[Point]) -> bool:
    return any(point.value <= VETO for point in points)


def _grow(n: int, edges: Sequence[_Edge], vetoes: Vetoes) -> list[tuple[list[int], list[str]]]:
    """Clusters from the best edge on; a union that would join two vetoed mentions is refused."""
    cluster = list(range(n))
    members = {i: [i] for i in range(n)}
    why: dict[int, list[str]] = {i: [] for i in range(n)}
    for _, i, j, words in edges:
        a, b = cluster[i], cluster[j]
        if a == b or any(vetoes.between(x, y) for x in members[a] for y in members[b]):
            continue
        a, b = min(a, b), max(a, b)
        for k in members[b]:
            cluster[k] = a
        members[a] += members.pop(b)
        why[a] += [words, *why.pop(b)]
    return [(sorted(members[a]), why[a]) for a in sorted(members)]


def _incident(profiles: Sequence[Profile], members: Sequence[int], why: Sequence[str]) -> Incident:
    mentions = [profiles[i].mention for i in members]
    type_ = _type_of([m.type for m in mentions])
    ids = tuple(sorted(m.id for m in mentions))
    return Incident(make_id("in", ids[0]), type_, ids, tuple(dict.fromkeys(why)))


def _type_of(types: Sequence[str]) -> str:
    """The type most mentions give; a specific one before "Attack" or "Armed clash"."""
    specific = [t for t in types if t not in {"Attack", "Armed clash"}] or list(types)
    return min(set(specific), key=lambda t: (-specific.count(t), t))
