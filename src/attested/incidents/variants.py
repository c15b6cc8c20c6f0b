"""What became of a quotation: how the words of two versions of it differ, and whom they are given to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from rapidfuzz.distance import Indel, Levenshtein

from attested.lineage.stopwords import stopwords
from attested.model import Quote
from attested.text.folding import fold_words
from attested.text.lemmas import lemmas

VariantKind = Literal[
    "verbatim", "punctuation", "truncated", "spliced", "words changed", "translated anew", "re-attributed"
]
"""verbatim: the same characters; punctuation: the same words; truncated: one is a stretch of the other; spliced:
stretches of the other put together; words changed: some words are others; translated anew: one thing said, in
other words throughout; re-attributed: given to somebody else (beside one of the others)."""

SPLICED_RUN = 3
"""Words of the shortest stretch that a spliced quotation is put together from."""
RETOLD_WORDS = 6
"""Words of the shortest quotation that may be another's translation."""
RETOLD_CONTENT = 3
"""Content words that two translations of one sentence share at least."""
RETOLD_SHARE = 0.55
"""Share of their content words (Dice, by dictionary form) that two translations share at least."""
NEAR = 0.75
"""Share of words kept in order from which some words were changed rather than all translated anew."""

_MARKS = str.maketrans({"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "’": "'", "‘": "'", "\xa0": " "})
_EDGES = " .,;:!?…-–—\"'"
_HYPHEN = re.compile(r"(?<=\w)[-‐‑](?=\w)")


def quoted_words(text: str) -> tuple[str, ...]:
    """The words of a quotation for comparison; outlets differ in hyphens ("frame-rate"), which is no alteration."""
    return tuple(fold_words(_HYPHEN.sub(" ", text)))


def variant_kinds(left: Quote, right: Quote) -> tuple[VariantKind, ...]:
    """What became of the words, and "re-attributed" beside it when both name a speaker and not the same."""
    worded = _worded(left.span.text, right.span.text)
    ours, theirs = speaker_key(left), speaker_key(right)
    moved = bool(ours and theirs) and ours != theirs
    return (worded, "re-attributed") if moved else (worded,)


def speaker_key(quote: Quote) -> str:
    """The last name of whoever is quoted, folded; "" when nobody is named."""
    words = fold_words(quote.speaker or "")
    return words[-1] if words else ""


def is_stretch(short: Sequence[str], long: Sequence[str]) -> bool:
    """Whether the one's words stand in the other without a gap."""
    n = len(short)
    return n > 0 and any(tuple(long[k : k + n]) == tuple(short) for k in range(len(long) - n + 1))


def is_spliced(short: Sequence[str], long: Sequence[str]) -> bool:
    """Whether the one is put together from two or more stretches of the other, in their order."""
    blocks = [b.size for b in Indel.opcodes(short, long).as_matching_blocks() if b.size]
    return len(blocks) > 1 and sum(blocks) == len(short) and min(blocks) >= SPLICED_RUN


def is_retold(left: Sequence[str], right: Sequence[str]) -> bool:
    """Whether two wordings share so many content words that one mouth said both in another tongue."""
    if min(len(left), len(right)) < RETOLD_WORDS:
        return False
    return are_retold_forms(content_forms(left), content_forms(right))


def are_retold_forms(ours: frozenset[str], theirs: frozenset[str]) -> bool:
    """The same of their content words."""
    shared = len(ours & theirs)
    return shared >= RETOLD_CONTENT and 2 * shared >= RETOLD_SHARE * (len(ours) + len(theirs))


def content_forms(words: Sequence[str]) -> frozenset[str]:
    """Dictionary forms of the words that are no stop-words."""
    return frozenset(min((*lemmas(w), w), key=len) for w in words if w not in stopwords())


def _worded(left: str, right: str) -> VariantKind:
    if _plain(left) == _plain(right):
        return "verbatim"
    short, long = sorted((quoted_words(left), quoted_words(right)), key=len)
    if short == long:
        return "punctuation"
    if is_stretch(short, long):
        return "truncated"
    if is_spliced(short, long):
        return "spliced"
    near = Levenshtein.normalized_similarity(short, long) >= NEAR
    return "words changed" if near or not is_retold(short, long) else "translated anew"


def _plain(text: str) -> str:
    """The characters with one sort of quotation marks and blanks, and without the outlet's own marks at the ends."""
    return " ".join(text.translate(_MARKS).split()).strip(_EDGES)
