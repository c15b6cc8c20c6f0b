"""What two reports are to one another: a copy of some kind, two users of one unseen dispatch, or neither."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from attested.lineage.align import Alignment, align
from attested.lineage.candidates import overlap
from attested.lineage.classify import classify
from attested.lineage.derive import directions, find_pairs, word_reports
from attested.lineage.direction import Pair
from attested.lineage.wording import Run, Wording
from attested.model import DerivationKind, Origin, Outline, Report
from attested.settings import LineageSettings

RelationKind = DerivationKind | Literal["common-quotes", "independent"]
Parent = Literal["left", "right", "unseen"]

QUOTED_RUN = 6
"""Words in a row, quoted on at least one side, from which two reports have a quotation in common."""


@dataclass(frozen=True, slots=True)
class Relation:
    """``parent`` is None for what is no derivation, and where nothing shows which of two copies came first."""

    kind: RelationKind
    parent: Parent | None
    why: str
    alignment: Alignment


class Relations:
    """What any two reports of a pile are to one another."""

    def __init__(
        self,
        reports: Sequence[Report],
        outlines: Mapping[str, Outline],
        origins: Sequence[Origin],
        settings: LineageSettings,
    ) -> None:
        self._settings = settings
        self._reports = {report.id: report for report in reports}
        self._wordings = word_reports(reports, outlines)
        self._origin_of = {report: origin.id for origin in origins for report in origin.reports}
        found = find_pairs(reports, self._wordings, settings)
        self._direct = directions(found, self._wordings)
        self._pairs = {frozenset((pair.left.id, pair.right.id)): pair for pair in found}

    def of(self, left: str, right: str) -> Relation:
        """What the reports of these ids are to one another; two that only a third joins are compared anew."""
        pair = self._pairs.get(frozenset((left, right)))
        if pair is not None:
            return self._related(pair, is_swapped=pair.left.id != left)
        alignment = self._aligned(left, right)
        if self._origin_of.get(left) == self._origin_of.get(right):
            verdict = classify(alignment, self._settings)
            if verdict is not None:
                pair = Pair(self._reports[left], self._reports[right], alignment, verdict)
                return self._related(pair, is_swapped=False)
        return _no_derivation(alignment)

    def _aligned(self, left: str, right: str) -> Alignment:
        ours, theirs = self._wordings[left], self._wordings[right]
        _, skeleton_contained = overlap(ours.words, theirs.words)
        return align(ours, theirs, settings=self._settings, skeleton_contained=skeleton_contained)

    def _related(self, pair: Pair, *, is_swapped: bool) -> Relation:
        direction = self._direct(pair)
        parent: Parent | None = "right" if direction.left_is_child != is_swapped else "left"
        if direction.is_unseen:
            parent = "unseen"
        elif not direction.is_known:
            parent = None
        why = f"{pair.verdict.score.detail}; {direction.why}"
        return Relation(pair.verdict.kind, parent, why, pair.alignment)


def _no_derivation(alignment: Alignment) -> Relation:
    left, right = alignment.left, alignment.right
    shared = _quoted(left) & _runs(right) | _quoted(right) & _runs(left)
    little = "too little narration in common to tell" if alignment.pairs else "no narration in common"
    if shared:
        example = " ".join(min(shared))
        why = f"{little}, but quotations or a document's words (“... {example} ...”)"
        return Relation("common-quotes", None, why, alignment)
    why = little if alignment.pairs else "no narration and no quotation in common"
    return Relation("independent", None, why, alignment)


def _runs(wording: Wording) -> frozenset[Run]:
    words = wording.words
    return frozenset(words[i : i + QUOTED_RUN] for i in range(len(words) - QUOTED_RUN + 1))


def _quoted(wording: Wording) -> frozenset[Run]:
    """Runs of words that stand inside quotation marks."""
    return frozenset(
        sentence.words[i : i + QUOTED_RUN]
        for sentence in wording.sentences
        for i in range(len(sentence.words) - QUOTED_RUN + 1)
        if not any(sentence.narrated[i : i + QUOTED_RUN])
    )
