"""The door of the room: which reports were made from which, each with its kind, passages and reasons.

Reports are taken longest first, each aligned with a bounded number of its nearest. A report that repeats one
already taken word for word is not indexed. Of the pairs found only those are kept that join something: a copy of
a copy is shown once, under its best parent.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from attested.lineage.align import align
from attested.lineage.candidates import CandidateIndex
from attested.lineage.classify import classify
from attested.lineage.direction import Direction, Pair, find_direction, published_day, same_agency
from attested.lineage.spun import judge_alone
from attested.lineage.standing import without_standing
from attested.lineage.wires import find_unseen_wires
from attested.lineage.wording import Wording, word_report
from attested.model import Derivation, DerivationKind, Outline, Report
from attested.settings import LineageSettings
from attested.values import Score

SHARE_STEP = 0.05
"""Parents that explain the same share of a child within this are equally good; the earlier is preferred."""


@dataclass(frozen=True, slots=True)
class _Edge:
    """A pair with its direction settled."""

    pair: Pair
    direction: Direction

    @property
    def child(self) -> Report:
        return self.pair.left if self.direction.left_is_child else self.pair.right

    @property
    def parent(self) -> Report:
        return self.pair.right if self.direction.left_is_child else self.pair.left

    @property
    def shares(self) -> tuple[float, float]:
        """How much of the child and of the parent is aligned."""
        left, right = self.pair.alignment.left_share, self.pair.alignment.right_share
        return (left, right) if self.direction.left_is_child else (right, left)


def find_derivations(
    reports: Sequence[Report], outlines: Mapping[str, Outline], settings: LineageSettings
) -> list[Derivation]:
    """Return every derivation shown by the texts, credits and dates, sorted by child, parent and kind.

    A parent of None is a wire dispatch that is not in the pile, or, for kind "spun", an original that is not.
    Vectors in the outlines are used where present; without them reworded sentences stay unaligned.
    """
    ordered = sorted(reports, key=lambda report: report.id)
    days = {report.id: day for report in ordered if (day := published_day(report)) is not None}
    wordings = without_standing(
        {report.id: word_report(report, outlines.get(report.id)) for report in ordered}, days
    )
    pairs = _aligned_pairs(ordered, wordings, settings)
    frequency = _frequencies(wordings.values())
    edges = _joining([_Edge(pair, find_direction(pair, frequency)) for pair in pairs])
    found = [_derivation(edge) for edge in edges]
    found += _spun_alone(ordered, wordings, found)
    found += find_unseen_wires(ordered, found, _siblings(pairs))
    return sorted(found, key=lambda d: (d.child, d.parent or "", d.kind))


def _aligned_pairs(
    reports: Sequence[Report], wordings: Mapping[str, Wording], settings: LineageSettings
) -> list[Pair]:
    """Pairs of reports that share enough wording, each pair once."""
    index = CandidateIndex(settings)
    longest_first = sorted(reports, key=lambda report: (-len(wordings[report.id].words), report.id))
    pairs: list[Pair] = []
    for key, report in enumerate(longest_first):
        wording, is_repeated = wordings[report.id], False
        for candidate in index.near(wording):
            other = longest_first[candidate.key]
            alignment = align(
                wording,
                wordings[other.id],
                settings=settings,
                skeleton_contained=candidate.skeleton_contained,
            )
            verdict = classify(alignment, settings)
            if verdict is not None:
                pairs.append(Pair(report, other, alignment, verdict))
                is_repeated = is_repeated or verdict.kind == "identical"
        if not is_repeated:
            index.add(key, wording)
    return pairs


def _frequencies(wordings: Iterable[Wording]) -> Counter[str]:
    """In how many reports each word stands."""
    counts: Counter[str] = Counter()
    for wording in wordings:
        counts.update(set(wording.words))
    return counts


def _joining(edges: Sequence[_Edge]) -> list[_Edge]:
    """Each report's best edge to a parent, then those that still join two families; no circles.

    Parents first: a copy that its own wire explains is not made a rewrite of the wire's later version only
    because that version had not found the wire yet.
    """
    kept: list[_Edge] = []
    families: dict[str, str] = {}
    parents: dict[str, list[str]] = {}

    def keep(edge: _Edge) -> None:
        ours, theirs = _family(edge.child.id, families), _family(edge.parent.id, families)
        if ours != theirs:
            families[max(ours, theirs)] = min(ours, theirs)
        parents.setdefault(edge.child.id, []).append(edge.parent.id)
        kept.append(edge)

    ordered = sorted(edges, key=_preference)
    later = []
    for edge in ordered:
        if edge.child.id in parents or _is_ancestor(edge.child.id, edge.parent.id, parents):
            later.append(edge)
        else:
            keep(edge)
    for edge in later:
        if _family(edge.child.id, families) != _family(edge.parent.id, families):
            keep(edge)
    return kept


def _is_ancestor(wanted: str, start: str, parents: Mapping[str, list[str]]) -> bool:
    stack, seen = [start], set()
    while stack:
        report_id = stack.pop()
        if report_id == wanted:
            return True
        if report_id not in seen:
            seen.add(report_id)
            stack.extend(parents.get(report_id, ()))
    return False


def _preference(edge: _Edge) -> tuple[bool, float, date, str, str]:
    steps = round(edge.shares[0] * edge.pair.alignment.likeness / SHARE_STEP)
    day = published_day(edge.parent) or date.max
    return not edge.direction.is_known, -steps, day, edge.parent.id, edge.child.id


def _family(report_id: str, families: dict[str, str]) -> str:
    while report_id in families:
        families[report_id] = families.get(families[report_id], families[report_id])
        report_id = families[report_id]
    return report_id


def _derivation(edge: _Edge) -> Derivation:
    pair, left_is_child = edge.pair, edge.direction.left_is_child
    agency = same_agency(pair.left, pair.right)
    why = f"{pair.verdict.score.detail}; {edge.direction.why}"
    if agency:
        why += f"; both go back to a dispatch of {agency} that is not in the pile"
    return Derivation(
        child=edge.child.id,
        parent=edge.parent.id,
        kind=_directed_kind(edge),
        score=pair.verdict.score,
        agency=agency or edge.parent.agency,
        passages=pair.alignment.passages(left_is_child=left_is_child),
        why=why,
    )


def _directed_kind(edge: _Edge) -> DerivationKind:
    """An excerpt is the shorter side; a child that holds its parent and adds to it is a rewrite."""
    kind = edge.pair.verdict.kind
    child_share, parent_share = edge.shares
    return "rewrite" if kind == "excerpt" and child_share < parent_share else kind


def _siblings(pairs: Sequence[Pair]) -> dict[str, str]:
    """The agency of each report that shares sentences with another user of one unseen dispatch."""
    siblings: dict[str, str] = {}
    for pair in pairs:
        agency = same_agency(pair.left, pair.right)
        if agency and pair.verdict.kind != "spun":
            siblings.setdefault(pair.left.id, agency)
            siblings.setdefault(pair.right.id, agency)
    return siblings


def _spun_alone(
    reports: Sequence[Report], wordings: Mapping[str, Wording], found: Sequence[Derivation]
) -> list[Derivation]:
    """Reports that read as spun although their original is not in the pile."""
    by_pair = {d.child for d in found if d.kind == "spun"}
    flags = []
    for report in reports:
        score = None if report.id in by_pair else judge_alone(report, wordings[report.id])
        if score is not None:
            why = f"reads as machine-spun; the original is not in the pile: {score.detail}"
            flags.append(Derivation(report.id, None, "spun", Score(score.value, score.detail), why=why))
    return flags
