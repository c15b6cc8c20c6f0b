"""A report's wording: its sentences as folded words, what is quoted in them, and two sets of shingles.

Word 5-grams find copies and light rewrites; n-grams of the stop-words alone (Stamatatos 2011) find texts in
which most other words were replaced, which is what a spinner does and what an editor's rewrite leaves.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from hashlib import blake2b
from typing import Any

import numpy as np
import numpy.typing as npt

from attested.lineage.stopwords import stopwords
from attested.model import Outline, Report, Span
from attested.text.quotemarks import find_quoted
from attested.text.sentences import split_sentences

Shingles = npt.NDArray[np.uint64]

WORD_SHINGLE = 5
"""Words; shorter ones are shared by chance, longer ones break at each edit (TEXT.md section 2)."""
STOP_SHINGLE = 8
"""Stop-words; unrelated pairs share next to none of this length (TEXT.md section 4, J <= .009)."""
MOSTLY_QUOTED = 0.5
"""Share of a sentence's words inside quotation marks from which it counts as a quotation."""

_WORD = re.compile(r"[^\W_]+(?:[.'’-][^\W_]+)*")
_MIXER = np.uint64(0x9E3779B97F4A7C15)
_CACHED_WORDS = 1 << 18


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
    def shingles(self) -> Shingles:
        """Hashes of the word 5-grams, sorted, each once."""
        return _shingles(self.words, WORD_SHINGLE)

    @cached_property
    def skeleton(self) -> Shingles:
        """Hashes of the stop-word 8-grams, sorted, each once."""
        stops = stopwords()
        return _shingles(tuple(w for w in self.words if w in stops), STOP_SHINGLE)


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


def fold_words(text: str) -> list[str]:
    """Return the words of a text in lower case, without accents, with ``U.S.`` as ``us``."""
    return [fold_word(match.group()) for match in _WORD.finditer(text)]


@lru_cache(maxsize=_CACHED_WORDS)
def fold_word(word: str) -> str:
    """Return one word folded: lower case, straight apostrophe, no accents, no inner full stops."""
    flat = word.lower().replace("’", "'").replace(".", "")
    if flat.isascii():
        return flat
    return "".join(c for c in unicodedata.normalize("NFKD", flat) if not unicodedata.combining(c))


def jaccard(left: Shingles, right: Shingles) -> float:
    """Return the share of shingles that two sets have in common (0 when either is empty)."""
    shared = n_shared(left, right)
    union = len(left) + len(right) - shared
    return shared / union if union else 0.0


def containment(left: Shingles, right: Shingles) -> float:
    """Return how much of the smaller set is in the larger (0 when either is empty)."""
    smaller = min(len(left), len(right))
    return n_shared(left, right) / smaller if smaller else 0.0


def n_shared(left: Shingles, right: Shingles) -> int:
    """Return how many shingles two sorted sets share."""
    if not len(left) or not len(right):
        return 0
    small, large = (left, right) if len(left) <= len(right) else (right, left)
    at = np.searchsorted(large, small)
    at[at == len(large)] = 0
    return int(np.count_nonzero(large[at] == small))


def _shingles(words: Sequence[str], size: int) -> Shingles:
    if len(words) < size:
        return np.empty(0, dtype=np.uint64)
    hashes = np.fromiter((_hash_word(word) for word in words), dtype=np.uint64, count=len(words))
    n = len(words) - size + 1
    mixed = np.zeros(n, dtype=np.uint64)
    for offset in range(size):
        mixed = (mixed ^ (mixed >> np.uint64(29))) * _MIXER + hashes[offset : offset + n]
    return np.unique(mixed)


@lru_cache(maxsize=_CACHED_WORDS)
def _hash_word(word: str) -> int:
    return int.from_bytes(blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")


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
    for match in _WORD.finditer(text, span.start, span.end):
        word = fold_word(match.group())
        is_quoted = any(start <= match.start() < end for start, end in ranges)
        words.append(word)
        narrated.append("" if is_quoted else word)
    return WordedSentence(span.start, span.end, tuple(words), tuple(narrated))
