"""Where each sentence of a report comes from: copied, altered, shared through an unsaved dispatch, added, its own."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import Literal

from rapidfuzz.distance import Indel
from rapidfuzz.process import extractOne

from attested.model import Derivation, Passage, Report, Span
from attested.text.folding import WORD, fold_words
from attested.views.facts import Facts

_MOST = 0.5  # of a sentence: what an aligned passage must cover to be where it comes from
# Words in common, in order, from which a sentence that lineage does not align is an altered one: between reports of the
# examples and seeds that share no origin the likest two sentences have 0.57, an editor's version of one 0.71.
_ALIKE = 0.6
_MOST_WORDS, _MOST_SENTENCES = (
    500,
    2_000,
)  # beyond these a page is no report, and comparing would take seconds

What = Literal["copied", "altered", "shared", "added", "not told", "own"]


@dataclass(frozen=True, slots=True)
class SentenceOrigin:
    """One sentence. ``report`` has it too, in the sentence at ``report_start``; ``taken_by`` others made from this do.

    "shared": both have it from a dispatch that nobody saved; "not told": the report goes back to such a dispatch and
    nothing shows what that said; "added": what it was made from does not say it; "own": it was made from nothing.
    """

    start: int
    end: int
    what: What
    report: str | None = None
    report_start: int = 0
    taken_by: int = 0


def sentence_origins(facts: Facts, report: Report) -> tuple[SentenceOrigin, ...]:
    """Every sentence of a report's body, in the order of its text."""
    outlines = {outline.report_id: outline.sentences for outline in facts.ledger.outlines}
    sentences = outlines.get(report.id, ())
    made_from = sorted(facts.made_from.get(report.id, ()), key=_by_worth)
    seen = [edge for edge in made_from if edge.parent is not None]
    taken = _taken_by(facts, report, sentences)
    aligned: dict[int, tuple[Derivation, Passage]] = {}
    for edge in seen:
        for passage in edge.passages:
            for number in _covered(sentences, passage.child_start, passage.child_end):
                aligned.setdefault(number, (edge, passage))
    parents = [_Parent(e, facts.reports[str(e.parent)], outlines.get(str(e.parent), ())) for e in seen]
    without = _of_no_other(made_from)
    found = []
    for number, at in enumerate(sentences):
        said = aligned.get(number) or _passed_over(report, at, parents)
        if said is None:
            found.append(SentenceOrigin(at.start, at.end, without, taken_by=taken[number]))
            continue
        edge, passage = said
        parent = facts.reports[str(edge.parent)]
        what: What = "shared" if edge.is_sibling else _changed(report, parent, passage)
        start = _sentence_at(outlines.get(parent.id, ()), passage.parent_start)
        found.append(SentenceOrigin(at.start, at.end, what, parent.id, start, taken[number]))
    return tuple(found)


def _sentence_at(sentences: Sequence[Span], place: int) -> int:
    """The start of the sentence that holds this place; the place itself if none does."""
    number = bisect_right(sentences, place, key=lambda s: s.start) - 1
    return sentences[number].start if number >= 0 and place < sentences[number].end else place


class _Parent:
    """What a report was made from, in which its sentences are looked for whatever their case and accents are."""

    def __init__(self, edge: Derivation, report: Report, sentences: Sequence[Span]) -> None:
        self.edge = edge
        self._text, self._sentences = report.text, sentences

    @cached_property
    def _words(self) -> str:
        return f" {' '.join(fold_words(self._text))} "

    @cached_property
    def _by_sentence(self) -> list[list[str]]:
        return [fold_words(self._text[s.start : s.end]) for s in self._sentences]

    def in_a_row(self, words: Sequence[str]) -> tuple[int, int] | None:
        """Where these words stand one after the other; None if nowhere."""
        at = self._words.find(f" {' '.join(words)} ")
        if at < 0:
            return None
        first = self._words.count(" ", 0, at)
        places = list(islice(WORD.finditer(self._text), first, first + len(words)))
        return (places[0].start(), places[-1].end()) if places else None

    def likest(self, words: Sequence[str]) -> tuple[int, int] | None:
        """The sentence that is most like these words; None if none is like them."""
        if len(words) > _MOST_WORDS or len(self._sentences) > _MOST_SENTENCES:
            return None
        found = extractOne(words, self._by_sentence, scorer=Indel.normalized_similarity, score_cutoff=_ALIKE)
        return None if found is None else (self._sentences[found[2]].start, self._sentences[found[2]].end)


def _passed_over(report: Report, at: Span, parents: Sequence[_Parent]) -> tuple[Derivation, Passage] | None:
    """A sentence that lineage does not align, being too short or too free, beside its like in a parent."""
    words = fold_words(report.text[at.start : at.end])
    for find in (_Parent.in_a_row, _Parent.likest) if words else ():
        for parent in parents:
            if place := find(parent, words):
                return parent.edge, Passage(at.start, at.end, *place)
    return None


def _by_worth(edge: Derivation) -> tuple[bool, float, str]:
    """What a report was made from before who shares a dispatch with it, the surest first."""
    return edge.is_sibling, -edge.score.value, edge.parent or ""


def _taken_by(facts: Facts, report: Report, sentences: Sequence[Span]) -> Counter[int]:
    """Number of a sentence -> how many reports were made from this one and have it."""
    taken: Counter[int] = Counter()
    for edge in facts.derivations:
        if edge.parent == report.id and not edge.is_sibling:
            spans = ((p.parent_start, p.parent_end) for p in edge.passages)
            taken.update({number for start, end in spans for number in _covered(sentences, start, end)})
    return taken


def _covered(sentences: Sequence[Span], start: int, end: int) -> Iterator[int]:
    """Numbers of the sentences that lie in a stretch for the most part."""
    first = bisect_right(sentences, start, key=lambda s: s.end)
    for number in range(first, bisect_left(sentences, end, key=lambda s: s.start)):
        at = sentences[number]
        if min(at.end, end) - max(at.start, start) >= _MOST * (at.end - at.start):
            yield number


def _of_no_other(made_from: Sequence[Derivation]) -> What:
    """What a sentence is that stands in no aligned passage."""
    if not made_from:
        return "own"
    return "added" if any(edge.parent and not edge.is_sibling for edge in made_from) else "not told"


def _changed(report: Report, parent: Report, passage: Passage) -> What:
    """Whether a passage has its parent's words, case and accents aside."""
    ours = report.text[passage.child_start : passage.child_end]
    theirs = parent.text[passage.parent_start : passage.parent_end]
    return "copied" if ours == theirs or fold_words(ours) == fold_words(theirs) else "altered"
