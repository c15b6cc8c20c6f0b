"""Machine-spun text whose original is not in the pile: a flag with its evidence, never a verdict.

A spinner replaces common words by thesaurus neighbours, the same one each time, and leaves quotations alone.
So in its narration "said" is gone and "stated" everywhere: evidence adds up as log-likelihood ratios over a
table of such pairs (naive Bayes), with a few further signs beside it.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from attested.errors import DataError
from attested.lineage.swaps import compare_words
from attested.lineage.wording import Wording
from attested.model import Report
from attested.text.folding import fold_words
from attested.values import Score

MIN_EVIDENCE = 9.0
"""Nats. The most that any of 5,102 ordinary reports (gva, news_clusters, syndication, PolNeAR) reaches is 5.4."""
MIN_SIGNS = 5
"""Different signs: one pet word of a writer is no spinner."""
MIN_NARRATED = 120
"""Words outside quotation marks; shorter texts have too few chances to show anything."""
SPINNER_USES = 0.4
"""Share of pairs of the table that a spinner has in its own dictionary (a guess: dictionaries differ)."""
SPINNER_CHANGES = 0.85
"""Share of a word's uses that it changes when it has it (its own quotations and names stay)."""
MAX_PER_SIGN = 3.0
"""Nats that one sign may add, so that no single word decides."""
TIC_NATS = 1.5
"""Per "has actually been": six of 5,102 ordinary reports have one outside quotations, none has two."""
ARTICLE_NATS = 1.0
"""Per wrong a/an before a plain word, from the second on: 6 of 5,102 ordinary reports have two or more."""
DIGITS_NATS = 2.0
"""For small numbers always in figures: 19 of 5,102 ordinary reports."""
HEADLINE_NATS = 2.5
"""For a headline that stands twice with words exchanged."""
SPUN_SCALE = 15.0
"""Nats of evidence at which the score shown is 1 - 1/e."""
_MIN_FIGURES = 3
_HEADLINE_KEPT = 0.5
_SHOWN = 6
_GAP = "¶"

_TIC = re.compile(r" (?:has|have|had|having) actually \w+")
_WRONG_ARTICLE = re.compile(r" (?:a [aeio](?!ne|nc)[a-z]{4,}|an [bcdfgjklmnpqrstvwxyz][a-z]{4,})(?= )")
_FIGURE = re.compile(
    r" [2-9] (?!(?:percent|[ap]m|million|billion|to|of|and|years?|in|on|at|feet|inches|miles|mm|km|st|nd|rd|th|"
    r"jan\w*|feb\w*|mar|march|apr|april|may|june?|july?|aug\w*|sep\w*|oct\w*|nov\w*|dec\w*) )[a-z]{2,}(?= )"
)
_SPELLED = re.compile(r" (?:two|three|four|five|six|seven|eight|nine) ")
_HEADER = "common\tsubstitutes\tper_mille"
_HEADLINE_KINDS = frozenset({"headline", "kicker", "other"})


@dataclass(frozen=True, slots=True)
class SpinPair:
    """Common words, what spinners write for them, and the share that ordinary reports give the latter."""

    common: tuple[str, ...]
    substitutes: tuple[str, ...]
    usual_share: float


@dataclass(frozen=True, slots=True)
class Sign:
    """One piece of evidence in words, in nats (negative where the text reads as ordinary)."""

    nats: float
    words: str = ""


def judge_alone(report: Report, wording: Wording) -> Score | None:
    """Return how strongly a report reads as machine-spun and by what, or None when it does not."""
    if sum(sentence.n_narrated for sentence in wording.sentences) < MIN_NARRATED:
        return None
    signs = list(find_signs(report, wording))
    telling = sorted((s for s in signs if s.words and s.nats > 0), key=lambda s: (-s.nats, s.words))
    total = sum(sign.nats for sign in signs)
    if total < MIN_EVIDENCE or len(telling) < MIN_SIGNS:
        return None
    shown = "; ".join(sign.words for sign in telling[:_SHOWN])
    more = f"; and {len(telling) - _SHOWN} more such signs" if len(telling) > _SHOWN else ""
    return Score(round(1.0 - math.exp(-total / SPUN_SCALE), 3), f"{shown}{more}")


def weigh_signs(report: Report, wording: Wording) -> float:
    """Return the sum of all signs of spinning in nats; below 0 for most ordinary reports."""
    return sum((sign.nats for sign in find_signs(report, wording)), 0.0)


def find_signs(report: Report, wording: Wording) -> Iterator[Sign]:
    """Yield what speaks for and against spinning, from the narration and the headlines."""
    narration = _narration(wording)
    present = frozenset(narration.split())
    yield from (
        _pair_sign(pair, narration) for pair, heads in _pairs_by_heads() if not heads.isdisjoint(present)
    )
    yield _counted(len(_TIC.findall(narration)), TIC_NATS, "“has actually” before a participle {n}")
    wrong = len(_WRONG_ARTICLE.findall(narration))
    yield _counted(wrong if wrong > 1 else 0, ARTICLE_NATS, "“a” and “an” confused {n}")
    yield _figures(narration)
    yield _headlines(report, wording)


def parse_pairs(text: str) -> tuple[SpinPair, ...]:
    """Return the rows of a spin table. Raises DataError on a wrong header, a bad row or a repeated substitute."""
    rows = [line for line in text.splitlines() if line and not line.startswith("#")]
    if not rows or rows[0] != _HEADER:
        raise DataError(f"spin.tsv: the first row must be {_HEADER!r}")
    pairs: list[SpinPair] = []
    seen: set[str] = set()
    for row in rows[1:]:
        cells = row.split("\t")
        if len(cells) != 3 or not all(cells) or not cells[2].isdigit() or not 0 < int(cells[2]) < 1000:
            raise DataError(f"spin.tsv: a row needs words, substitutes and a number below 1000: {row!r}")
        common, substitutes = (tuple(cell.split("|")) for cell in cells[:2])
        if repeated := seen.intersection(substitutes):
            raise DataError(f"spin.tsv: substitutes stand twice: {', '.join(sorted(repeated))}")
        seen.update(substitutes)
        pairs.append(SpinPair(common, substitutes, int(cells[2]) / 1000))
    return tuple(pairs)


@cache
def _pairs_by_heads() -> tuple[tuple[SpinPair, frozenset[str]], ...]:
    """The shipped pairs, each with the first words of its phrases: a text without any of them is soon done."""
    text = files("attested.data").joinpath("spin.tsv").read_text(encoding="utf-8")
    return tuple(
        (pair, frozenset(phrase.split()[0] for phrase in (*pair.common, *pair.substitutes)))
        for pair in parse_pairs(text)
    )


def _narration(wording: Wording) -> str:
    """All narrated words, with a mark wherever a quotation or a sentence's end stands between them."""
    words = [word or _GAP for sentence in wording.sentences for word in (*sentence.narrated, "")]
    return f" {' '.join(words)} "


def _pair_sign(pair: SpinPair, narration: str) -> Sign:
    substitutes = sum(narration.count(f" {phrase} ") for phrase in pair.substitutes)
    # "federal government" holds "government": what stands in a substitute is no use of the common word.
    common = sum(narration.count(f" {phrase} ") for phrase in pair.common) - sum(
        narration.count(f" {phrase} ")
        for phrase in pair.substitutes
        for word in pair.common
        if f" {word} " in f" {phrase} "
    )
    if substitutes + common == 0:
        return Sign(0.0)
    share = pair.usual_share
    ratio = substitutes * math.log(SPINNER_CHANGES / share) + common * math.log(
        (1 - SPINNER_CHANGES) / (1 - share)
    )
    nats = math.log(SPINNER_USES * math.exp(min(ratio, 50.0)) + 1 - SPINNER_USES)
    used = next((p for p in pair.substitutes if f" {p} " in narration), "")
    words = f"“{used}” {_times(substitutes)}, “{pair.common[0]}” {_times(common)}" if used else ""
    return Sign(min(nats, MAX_PER_SIGN), words)


def _times(n: int) -> str:
    return ("never", "once", "twice")[n] if n < 3 else f"{n} times"


def _counted(n: int, nats: float, words: str) -> Sign:
    return Sign(min(n * nats, 2 * MAX_PER_SIGN), words.format(n=_times(n))) if n else Sign(0.0)


def _figures(narration: str) -> Sign:
    n = len(_FIGURE.findall(narration))
    if n < _MIN_FIGURES or _SPELLED.search(narration):
        return Sign(0.0)
    return Sign(DIGITS_NATS, f"small numbers only in figures ({n}), where news style spells them")


def _headlines(report: Report, wording: Wording) -> Sign:
    """Two headings of the page that differ by exchanged words alone."""
    first = wording.sentences[0].start if wording.sentences else 0
    headings = [report.headline or ""] + [
        report.text[block.start : block.end]
        for block in report.furniture
        if block.kind in _HEADLINE_KINDS and block.end <= first
    ]
    folded = [tuple(fold_words(heading)) for heading in headings]
    for i, left in enumerate(folded):
        for right in folded[i + 1 :]:
            exchanged, n_other = compare_words(left, right)
            kept = len(left) - sum(len(a) for a, _ in exchanged)
            if exchanged and not n_other and kept > _HEADLINE_KEPT * len(left):
                words = ", ".join(f"“{' '.join(a)}”/“{' '.join(b)}”" for a, b in exchanged)
                return Sign(HEADLINE_NATS, f"the headline stands twice with words exchanged ({words})")
    return Sign(0.0)
