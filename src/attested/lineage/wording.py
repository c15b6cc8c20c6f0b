"""A report's wording: its sentences as folded words, and what is quoted in them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from attested.model import Outline, Report, Span
from attested.text.folding import WORD, fold_word
from attested.text.quotemarks import find_quoted
from attested.text.sentences import split_sentences

Run = tuple[str, ...]

TILE = 5
"""Words of the shortest run that counts as taken over; four are shared by chance ("in the first half of")."""
MOSTLY_QUOTED = 0.5
"""Share of a sentence's words inside quotation marks from which it counts as a quotation."""


@dataclass(frozen=True, slots=True)
class WordedSentence:
    """One sentence: page offsets and its folded words; ``narrated`` has "" for each word that is quoted."""

    start: int
    end: int
    words: tuple[str, ...]
    narrated: tuple[str, ...]
    is_standing: bool = False

    @property
    def text(self) -> str:
        """The folded words, one space apart."""
        return " ".join(self.words)

    @property
    def n_narrated(self) -> int:
        """How many words stand outside quotation marks."""
        return len(self.narrated) - self.narrated.count("")

    @property
    def is_quotation(self) -> bool:
        """Whether most of it is somebody's quoted words, which two newsrooms may share innocently."""
        return self.n_narrated <= MOSTLY_QUOTED * len(self.words)

    @property
    def weight(self) -> int:
        """Words that count as evidence of copying: none of a sentence that is mostly quotation, or standing."""
        return 0 if self.is_quotation or self.is_standing else self.n_narrated


@dataclass(frozen=True)
class Wording:
    """All that lineage needs of one report's text."""

    report_id: str
    sentences: tuple[WordedSentence, ...]
    vectors: Any = None

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The folded words of the body in order."""
        return tuple(word for sentence in self.sentences for word in sentence.words)

    @cached_property
    def weight(self) -> int:
        """Narrated words in the whole report."""
        return sum(sentence.weight for sentence in self.sentences)

    @cached_property
    def narrated_runs(self) -> frozenset[Run]:
        """Every run of TILE narrated words inside one sentence that is not standing."""
        return frozenset(run for s in self.sentences if not s.is_standing for run in runs_of(s))


def runs_of(sentence: WordedSentence) -> Iterator[Run]:
    """Yield the runs of TILE narrated words of a sentence."""
    narrated = sentence.narrated
    runs = (narrated[i : i + TILE] for i in range(len(narrated) - TILE + 1))
    return (run for run in runs if "" not in run)


def word_report(report: Report, outline: Outline | None) -> Wording:
    """Return a report's wording; without an outline its sentences and quotations are found by rule."""
    spans = _body_sentences(report, outline)
    quoted = _quoted_ranges(report, outline)
    sentences = [_worded(report.text, span, quoted) for span in spans]
    kept = [i for i, sentence in enumerate(sentences) if sentence.words]
    vectors = None
    if outline is not None and outline.vectors is not None and len(outline.vectors) == len(outline.sentences):
        rows = {(s.start, s.end): i for i, s in enumerate(outline.sentences)}
        vectors = outline.vectors[[rows[spans[i].start, spans[i].end] for i in kept]]
    return Wording(report.id, tuple(sentences[i] for i in kept), vectors)


def _body_sentences(report: Report, outline: Outline | None) -> list[Span]:
    blocks = report.body
    if outline is None or not outline.sentences:
        found = [pair for block in blocks for pair in split_sentences(report.text, block.start, block.end)]
        return [Span(start, end, report.text[start:end]) for start, end in found]
    return [s for s in outline.sentences if any(b.start < s.end and s.start < b.end for b in blocks)]


def _quoted_ranges(report: Report, outline: Outline | None) -> list[tuple[int, int]]:
    if outline is not None and outline.quotes:
        return sorted((quote.span.start, quote.span.end) for quote in outline.quotes)
    return [
        (span.start, span.end)
        for block in report.body
        for span in find_quoted(report.text, block.start, block.end)
    ]


def _worded(text: str, span: Span, quoted: Sequence[tuple[int, int]]) -> WordedSentence:
    ranges = [(start, end) for start, end in quoted if start < span.end and span.start < end]
    words, narrated = [], []
    for match in WORD.finditer(text, span.start, span.end):
        word = fold_word(match.group())
        is_quoted = any(start <= match.start() < end for start, end in ranges)
        words.append(word)
        narrated.append("" if is_quoted else word)
    return WordedSentence(span.start, span.end, tuple(words), tuple(narrated))
