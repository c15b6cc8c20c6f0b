"""Mentions -> incidents: pairs scored, clusters grown from the surest pair on, vetoes kept inside a cluster."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence

from attested.ids import make_id
from attested.incidents.candidates import candidate_pairs
from attested.incidents.compare import VAGUE_TYPES, Point, compare_mentions, is_match
from attested.incidents.context import FuseContext
from attested.incidents.judged import Decided
from attested.incidents.links import Links
from attested.incidents.profile import Profile, make_profiles
from attested.incidents.screen import Screen
from attested.model import Derivation, Incident, Story

# Passages of one pair of reports that may overlap at an offset: looked back over so many.
_OVERLAPPING = 8
_Edge = tuple[float, int, int]
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
    clusters = _grow(len(profiles), sorted(edges), screen, links)
    found = (_incident(profiles, rows, joins, comparer, context.decided) for rows, joins in clusters)
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


def _grow(
    n: int, edges: Sequence[_Edge], screen: Screen, links: Links
) -> list[tuple[list[int], list[_Join]]]:
    """Clusters from the best edge on, each with the pairs that joined it; a union of two vetoed mentions is refused.

    Clusters only grow, so two that were refused once are at odds for good. Those that people put together are made
    one in the end: until then each takes in what is like it, whatever the others of its group would veto.
    """
    cluster = list(range(n))
    members = {i: [i] for i in range(n)}
    joins: dict[int, list[_Join]] = {i: [] for i in range(n)}
    at_odds: dict[int, set[int]] = defaultdict(set)
    for _, i, j in edges:
        a, b = sorted((cluster[i], cluster[j]))
        if a == b or b in at_odds[a]:
            continue
        if links.forbids(a, b) or screen.any_apart(members[a], members[b]):
            at_odds[a].add(b)
            at_odds[b].add(a)
            continue
        links.join(a, b)
        for k in members[b]:
            cluster[k] = a
        members[a] += members.pop(b)
        joins[a] += [(i, j), *joins.pop(b)]
        for other in at_odds.pop(b, ()):
            at_odds[other].discard(b)
            at_odds[other].add(a)
            at_odds[a].add(other)
    return [
        (sorted(i for a in group for i in members[a]), [join for a in group for join in joins[a]])
        for group in grouped(sorted(members), links)
    ]


def grouped(clusters: Sequence[int], links: Links) -> list[list[int]]:
    """Clusters with those that decisions make one with them, each group in order."""
    groups: dict[int, list[int]] = defaultdict(list)
    for a in clusters:
        groups[links.home(a)].append(a)
    return list(groups.values())


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
