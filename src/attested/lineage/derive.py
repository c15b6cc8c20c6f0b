"""The door of the room: which reports were made from which, each with its kind, passages and reasons.

Reports are taken longest first, each aligned with a bounded number of its nearest. A report that repeats one
already taken word for word is not indexed. Of the pairs found only those are kept that join something: a copy of
a copy is shown once, under its best parent.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from attested.lineage.align import Alignment, align
from attested.lineage.candidates import find_candidates
from attested.lineage.classify import COPIES, classify, classify_runs
from attested.lineage.direction import Direction, Pair, find_direction, is_version, published_day
from attested.lineage.joined import joined
from attested.lineage.spun import judge_alone
from attested.lineage.standing import without_standing
from attested.lineage.tiles import FAR_DAYS, find_formulas
from attested.lineage.wires import agencies, find_unseen_wires, is_the_agency
from attested.lineage.wording import Wording, word_report
from attested.model import Derivation, DerivationKind, Outline, Report
from attested.settings import LineageSettings
from attested.values import Score

FAR_SHARE = 0.15
"""Share of a report in runs of words from which it is a rewrite whatever the stamps say; with less, two that are
stamped over a month apart share formulas (gva)."""
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
    wordings = word_reports(ordered, outlines)
    pairs = find_pairs(ordered, wordings, settings)
    direct = directions(pairs, wordings)
    edges = _joining([_Edge(pair, direct(pair)) for pair in pairs])
    found = [_derivation(edge) for edge in edges]
    found += _spun_alone(ordered, wordings, found)
    found += find_unseen_wires(ordered, found, _siblings(edges))
    return sorted(found, key=lambda d: (d.child, d.parent or "", d.kind))


def word_reports(reports: Iterable[Report], outlines: Mapping[str, Outline]) -> dict[str, Wording]:
    """Return each report's wording with the pile's standing sentences marked."""
    ordered = sorted(reports, key=lambda report: report.id)
    wordings = {report.id: word_report(report, outlines.get(report.id)) for report in ordered}
    return without_standing(wordings, _days(ordered))


def _days(reports: Iterable[Report]) -> dict[str, date]:
    """The days on which the reports say that they were published, where they do."""
    return {report.id: day for report in reports if (day := published_day(report)) is not None}


def find_pairs(
    reports: Sequence[Report], wordings: Mapping[str, Wording], settings: LineageSettings
) -> list[Pair]:
    """Return the pairs of reports that show a derivation, each pair once; no direction is settled.

    First those whose sentences align; of the others those that share enough runs of words which, now that
    copies are known and counted once, are no formula.
    """
    days = _days(reports)
    pairs: list[Pair] = []
    open_pairs: list[tuple[Report, Report, Alignment]] = []
    for left, right, alignment in _alignments(reports, wordings, settings):
        verdict = classify(alignment, settings)
        if verdict is not None:
            pairs.append(Pair(left, right, alignment, verdict))
            continue
        loose = classify_runs(alignment, frozenset())
        if loose is not None and (loose.score.value >= FAR_SHARE or not _is_far(left.id, right.id, days)):
            open_pairs.append((left, right, alignment))
    formulas = find_formulas(((a.left, a.right) for _, _, a in open_pairs), _families(pairs), days)
    for left, right, alignment in open_pairs:
        if (verdict := classify_runs(alignment, formulas)) is not None:
            pairs.append(Pair(left, right, alignment, verdict))
    return pairs


def _is_far(left: str, right: str, days: Mapping[str, date]) -> bool:
    """Whether two reports are stamped too far apart for one to rewrite the other."""
    return left in days and right in days and abs((days[left] - days[right]).days) > FAR_DAYS


def _alignments(
    reports: Sequence[Report], wordings: Mapping[str, Wording], settings: LineageSettings
) -> Iterator[tuple[Report, Report, Alignment]]:
    """Each pair of reports that is worth it, aligned."""
    # Of equal texts the first stands for all: an agency's own page rather than its clients'.
    longest_first = sorted(
        reports,
        key=lambda r: (-len(wordings[r.id].words), not is_the_agency(r), published_day(r) or date.max, r.id),
    )
    for candidate in find_candidates([wordings[report.id].words for report in longest_first]):
        left, right = longest_first[candidate.later], longest_first[candidate.earlier]
        ours, theirs = wordings[left.id], wordings[right.id]
        skeleton = candidate.skeleton_contained
        yield left, right, align(ours, theirs, settings=settings, skeleton_contained=skeleton)


def _agencies_of_copies(pairs: Sequence[Pair], text_of: Mapping[str, str]) -> dict[str, str]:
    """For each report the agency that it, or most copies of its text, credit; none if nobody does."""
    reports = {report.id: report for pair in pairs for report in (pair.left, pair.right)}
    credits: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for report_id in sorted(text_of):
        credits[text_of[report_id]].update(agencies(reports[report_id]))
    return {
        report_id: min(named, key=lambda name: (-named[name], name))
        for report_id, text in text_of.items()
        if (named := credits[text])
    }


def _families(pairs: Iterable[Pair]) -> dict[str, str]:
    """For each report of a pair the smallest id of those that the pairs join it to."""
    ids = [(pair.left.id, pair.right.id) for pair in pairs]
    return joined((one for pair in ids for one in pair), ids)


def directions(pairs: Sequence[Pair], wordings: Mapping[str, Wording]) -> Callable[[Pair], Direction]:
    """Return what settles who was made from whom, beside all that the pile's pairs show."""
    text_of = _families(pair for pair in pairs if pair.verdict.kind in COPIES)
    agency_behind = _agencies_of_copies(pairs, text_of)
    frequency = _frequencies(text_of, wordings)

    def direct(pair: Pair) -> Direction:
        agency = agency_behind.get(pair.left.id) or agency_behind.get(pair.right.id)
        return find_direction(pair, frequency, agency)

    return direct


def _frequencies(text_of: Mapping[str, str], wordings: Mapping[str, Wording]) -> Counter[str]:
    """In how many texts each word stands. Copies are one text: those of a spun one must not outvote its original."""
    counts: Counter[str] = Counter()
    for report_id, wording in wordings.items():
        if text_of.get(report_id, report_id) == report_id:
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


def _preference(edge: _Edge) -> tuple[bool, bool, float, date, str, str]:
    steps = round(edge.shares[0] * edge.pair.alignment.likeness / SHARE_STEP)
    day = published_day(edge.parent) or date.max
    # A parent that is in the pile before another user of one that is not.
    return edge.direction.is_unseen, not edge.direction.is_known, -steps, day, edge.parent.id, edge.child.id


def _family(report_id: str, families: dict[str, str]) -> str:
    while report_id in families:
        families[report_id] = families.get(families[report_id], families[report_id])
        report_id = families[report_id]
    return report_id


def _derivation(edge: _Edge) -> Derivation:
    pair, direction = edge.pair, edge.direction
    return Derivation(
        child=edge.child.id,
        parent=edge.parent.id,
        kind=_directed_kind(edge),
        score=pair.verdict.score,
        agency=direction.agency or edge.parent.agency,
        passages=pair.alignment.passages(left_is_child=direction.left_is_child),
        why=f"{pair.verdict.score.detail}; {direction.why}",
        is_version=is_version(edge.child, edge.parent, edge.shares[0]),
        is_sibling=direction.is_unseen,
    )


def _directed_kind(edge: _Edge) -> DerivationKind:
    """An excerpt is the shorter side; a child that holds its parent and adds to it is a rewrite."""
    kind = edge.pair.verdict.kind
    if kind == "spun" and not edge.direction.is_known:
        return "rewrite"  # neither is called spun when nothing shows which of them was
    child_share, parent_share = edge.shares
    return "rewrite" if kind == "excerpt" and child_share < parent_share else kind


def _siblings(edges: Sequence[_Edge]) -> dict[str, str | None]:
    """The reports that share their text with another user of an unseen dispatch, with its agency if known."""
    siblings: dict[str, str | None] = {}
    for edge in edges:
        if edge.direction.is_unseen:
            for report in (edge.child, edge.parent):
                siblings[report.id] = siblings.get(report.id) or edge.direction.agency
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
