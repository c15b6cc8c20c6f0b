"""Where each sentence of a report comes from: copied, altered, shared through an unsaved dispatch, added, its own."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import Literal

from attested.model import Derivation, Passage, Report, Span
from attested.text.folding import WORD, fold_words
from attested.views.facts import Facts

_MOST = 0.5  # of a sentence: what an aligned passage must cover to be where it comes from

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
    texts = [(edge, _FoldedText(facts.reports[str(edge.parent)].text)) for edge in seen]
    without = _of_no_other(made_from)
    found = []
    for number, at in enumerate(sentences):
        said = aligned.get(number) or _word_for_word(report, at, texts)
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


class _FoldedText:
    """A text in which a sentence is found whatever its case, accents and marks are."""

    def __init__(self, text: str) -> None:
        self._text = text

    @cached_property
    def _words(self) -> str:
        return f" {' '.join(fold_words(self._text))} "

    def find(self, sentence: str) -> tuple[int, int] | None:
        """Where the words of a sentence stand in a row; None if nowhere, or if it has none."""
        words = fold_words(sentence)
        at = self._words.find(f" {' '.join(words)} ") if words else -1
        if at < 0:
            return None
        first = self._words.count(" ", 0, at)
        places = list(islice(WORD.finditer(self._text), first, first + len(words)))
        return (places[0].start(), places[-1].end()) if places else None


def _word_for_word(
    report: Report, at: Span, texts: Sequence[tuple[Derivation, _FoldedText]]
) -> tuple[Derivation, Passage] | None:
    """A sentence that lineage passes over, being too short to show a copy, beside its like in what it was made from."""
    for edge, text in texts:
        if place := text.find(report.text[at.start : at.end]):
            return edge, Passage(at.start, at.end, *place)
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
