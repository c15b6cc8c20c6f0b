"""Words exchanged for others inside an otherwise unchanged sentence: what a spinner leaves behind."""

from __future__ import annotations

from dataclasses import dataclass

from rapidfuzz import fuzz
from rapidfuzz.distance import Indel

from attested.lineage.align import Alignment
from attested.lineage.stopwords import stopwords

MAX_SWAPPED = 3
"""Words on either side of one exchange; longer ones are an editor's rewording."""
SAME_WORD_RATIO = 60.0
"""Above this character ratio two words are one word's forms or spellings (favour/favor, troop/troops)."""

_Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Swaps:
    """Exchanged content words of two aligned reports, and the other edits beside them (counted in words)."""

    exchanged: tuple[tuple[_Words, _Words], ...]
    n_content: int
    n_other_edits: int
    n_sentences: int
    n_touched: int
    n_quoted_sentences: int
    n_quoted_touched: int

    @property
    def rate(self) -> float:
        """Exchanged words per content word of the aligned narration."""
        return len(self.exchanged) / self.n_content if self.n_content else 0.0

    @property
    def purity(self) -> float:
        """Share of all edits that are exchanges of content words."""
        edits = len(self.exchanged) + self.n_other_edits
        return len(self.exchanged) / edits if edits else 0.0

    @property
    def spread(self) -> float:
        """Share of the aligned narrated sentences in which words were exchanged."""
        return self.n_touched / self.n_sentences if self.n_sentences else 0.0


def find_swaps(alignment: Alignment) -> Swaps:
    """Return the exchanges between the narrated sentences of two aligned reports; ``left`` words first."""
    exchanged: list[tuple[_Words, _Words]] = []
    n_content = n_other = n_touched = n_quoted = n_quoted_touched = n_sentences = 0
    for pair in alignment.pairs:
        if pair.how == "within":
            continue
        left, right = alignment.left.sentences[pair.left], alignment.right.sentences[pair.right]
        found, others = compare_words(left.words, right.words)
        if left.is_quotation:
            n_quoted += 1
            n_quoted_touched += bool(found)
            continue
        n_sentences += 1
        n_touched += bool(found)
        exchanged += found
        n_other += others
        n_content += sum(word not in stopwords() for word in left.words)
    return Swaps(tuple(exchanged), n_content, n_other, n_sentences, n_touched, n_quoted, n_quoted_touched)


def compare_words(left: _Words, right: _Words) -> tuple[list[tuple[_Words, _Words]], int]:
    """Return the exchanges between two runs of words, and in how many words else they differ."""
    if left == right:
        return [], 0
    exchanged, n_other = [], 0
    for a, b in _changed(left, right):
        if _is_exchange(a, b):
            exchanged.append((a, b))
        elif not _is_slight(a, b):
            n_other += max(len(a), len(b))
    return exchanged, n_other


def _changed(left: _Words, right: _Words) -> list[tuple[_Words, _Words]]:
    """Runs of words that differ, each with what stands in its place (either may be empty)."""
    runs: list[tuple[_Words, _Words]] = []
    i = j = 0
    for block in Indel.opcodes(left, right).as_matching_blocks():
        if block.a > i or block.b > j:
            runs.append((left[i : block.a], right[j : block.b]))
        i, j = block.a + block.size, block.b + block.size
    return runs


def _is_exchange(left: _Words, right: _Words) -> bool:
    stops = stopwords()
    content_left = tuple(w for w in left if w not in stops)
    content_right = tuple(w for w in right if w not in stops)
    return (
        0 < len(left) <= MAX_SWAPPED
        and 0 < len(right) <= MAX_SWAPPED
        and bool(content_left)
        and bool(content_right)
        and not any(map(_is_number, (*left, *right)))
        and fuzz.ratio("".join(content_left), "".join(content_right)) < SAME_WORD_RATIO
    )


def _is_slight(left: _Words, right: _Words) -> bool:
    """Another form or spelling, or a single word put in ("actually"): neither exchange nor editing."""
    if not left or not right:
        return len(left) + len(right) == 1 and (left or right)[0] not in stopwords()
    return bool(fuzz.ratio("".join(left), "".join(right)) >= SAME_WORD_RATIO)


def _is_number(word: str) -> bool:
    # A counter, a date or a page number that was renewed is no paraphrase.
    return any(character.isdigit() for character in word)
