"""A report's terms with their weights: what it is about, in words that few other reports use.

Weights are tf-idf. How common a word is comes from the pile and from a shipped table of English news prose, so
that five reports on one war are told from each other no worse than five thousand.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from importlib.resources import files

from attested.errors import DataError
from attested.lineage.stopwords import stopwords
from attested.model import Outline, Report, Span
from attested.text.folding import fold_words
from attested.text.sentences import split_sentences

Terms = dict[str, float]

HEADLINE_WEIGHT = 3.0
LEAD_WEIGHT = 1.5
NAME_WEIGHT = 1.5
"""Counts per word in the headline, in the first sentences, and for words of names beside the words themselves.
Tried on news_clusters over 1..4, 1..2 and 0..3: the figures change by less than .01."""
LEAD_SENTENCES = 6
MAX_SENTENCES = 40
"""Sentences read per report: what it is about stands at the top, and long live pages drift."""
BACKGROUND_REPORTS = 500
"""How many reports the shipped table stands for beside those of the pile."""
MIN_LETTERS = 3

_HEADER = "word\tper_mille"
_CAPITALISED = re.compile(r"[A-Z][\w’'-]*(?:\.[A-Z])*(?:\s+(?:of the |of |al-|de |bin )?[A-Z][\w’'-]*)*")
_ENDINGS = ("'s", "s'", "ings", "ing", "edly", "ed", "es", "s", "e")
_NAME_MARK = "n:"


def count_terms(report: Report, outline: Outline | None) -> Counter[str]:
    """Return how much each term stands in a report; terms of names carry a mark of their own."""
    counts: Counter[str] = Counter()
    _add(counts, report.headline or "", HEADLINE_WEIGHT)
    sentences = _sentences(report, outline)[:MAX_SENTENCES]
    for i, sentence in enumerate(sentences):
        _add(counts, sentence.text, LEAD_WEIGHT if i < LEAD_SENTENCES else 1.0)
    for name in _names(sentences, outline):
        _add(counts, name, NAME_WEIGHT, mark=_NAME_MARK)
    return counts


def weigh(counts: Mapping[str, float], found_in: Mapping[str, int], n_reports: int) -> Terms:
    """Return unit-length tf-idf weights. ``found_in`` counts the reports of the pile that have a term."""
    total = n_reports + BACKGROUND_REPORTS
    weights = {}
    for term, count in counts.items():
        common = found_in.get(term, 0) + BACKGROUND_REPORTS * _background().get(
            term.removeprefix(_NAME_MARK), 0.0
        )
        weights[term] = (1.0 + math.log(count) if count >= 1 else count) * math.log(total / (common + 0.5))
    return unit(weights)


def unit(weights: Mapping[str, float]) -> Terms:
    """Return the weights scaled to length one (empty if all are 0 or less)."""
    kept = {term: weight for term, weight in weights.items() if weight > 0}
    length = math.sqrt(sum(weight * weight for weight in kept.values()))
    return {term: weight / length for term, weight in kept.items()} if length else {}


def likeness(left: Mapping[str, float], right: Mapping[str, float]) -> float:
    """Return the dot product of two sets of weights, walking the smaller one."""
    if len(left) > len(right):
        left, right = right, left
    return sum(weight * right[term] for term, weight in left.items() if term in right)


def rarest(terms: Terms, n: int) -> list[str]:
    """Return the ``n`` heaviest terms, heaviest first, then by name."""
    return sorted(terms, key=lambda term: (-terms[term], term))[:n]


@lru_cache(maxsize=1 << 17)
def stem(word: str) -> str:
    """Return a word without its inflection; a key for comparison, not a dictionary form."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= MIN_LETTERS and not word.endswith("ss"):
            cut = word[: -len(ending)]
            return cut[:-1] if len(cut) > MIN_LETTERS and cut[-1] == cut[-2] and cut[-1] not in "ls" else cut
    return word


def parse_background(text: str) -> dict[str, float]:
    """Return the share of news reports that have each stem. Raises DataError on a malformed table."""
    rows = [line for line in text.splitlines() if line and not line.startswith("#")]
    if not rows or rows[0] != _HEADER:
        raise DataError(f"stopwords_news.tsv: the first row must be {_HEADER!r}")
    shares: dict[str, float] = {}
    for row in rows[1:]:
        word, _, per_mille = row.partition("\t")
        if not word or not per_mille.isdigit() or int(per_mille) > 1000:
            raise DataError(f"stopwords_news.tsv: a row needs a word and a number up to 1000: {row!r}")
        shares[stem(word)] = min(1.0, shares.get(stem(word), 0.0) + int(per_mille) / 1000)
    return shares


@cache
def _background() -> dict[str, float]:
    return parse_background(files("attested.data").joinpath("stopwords_news.tsv").read_text(encoding="utf-8"))


def _sentences(report: Report, outline: Outline | None) -> list[Span]:
    if outline is not None and outline.sentences:
        return list(outline.sentences)
    found = [pair for block in report.body for pair in split_sentences(report.text, block.start, block.end)]
    return [Span(start, end, report.text[start:end]) for start, end in found]


def _names(sentences: Iterable[Span], outline: Outline | None) -> list[str]:
    """The names that the reader found, or else runs of capitalised words inside sentences."""
    kept = list(sentences)
    if outline is not None and outline.names:
        end = kept[-1].end if kept else 0
        return [name.text for name in outline.names if name.start < end]
    return [m.group() for sentence in kept for m in _CAPITALISED.finditer(sentence.text) if m.start() > 0]


def _add(counts: Counter[str], text: str, weight: float, mark: str = "") -> None:
    for word in fold_words(text):
        if len(word) >= MIN_LETTERS and word not in stopwords():
            counts[mark + stem(word)] += weight  # type: ignore[assignment]
