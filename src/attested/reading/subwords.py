"""Words -> the encoder's input: word pieces of an uncased vocabulary, and a shape that keeps the case."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tokenizers import Tokenizer

# Word pieces of one word; more is a web address or a blob, whose first pieces say enough.
MAX_PIECES = 12
_UNKNOWN = "[UNK]"
# Shapes: 0 special, 1 lower, 2 Title, 3 UPPER, 4 one capital, 5 mIxed, 6 with a figure, 7 no letters.
N_SHAPES = 8


@dataclass(frozen=True, slots=True)
class Pieces:
    """One sentence as the encoder takes it: piece ids with [CLS] and [SEP], the shape of each piece's word,
    and for each word the index of its first piece."""

    ids: list[int]
    shapes: list[int]
    first: list[int]


def shape_of(word: str) -> int:
    """Which of the eight shapes a word has; the vocabulary is uncased, so this is where case is kept."""
    if any(c.isdigit() for c in word):
        return 6
    if not any(c.isalpha() for c in word):
        return 7
    if word.islower():
        return 1
    if word.isupper():
        return 4 if len(word) == 1 else 3
    return 2 if word[0].isupper() and word[1:].islower() else 5


class Subwords:
    """The encoder's tokenizer over words that are already cut. Raises OSError or Exception if unreadable."""

    def __init__(self, path: Path) -> None:
        self._tokenizer = Tokenizer.from_file(str(path))
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()

    def encode(self, sentences: Sequence[Sequence[str]]) -> list[Pieces]:
        """Pieces of each sentence; every word has at least one piece and at most ``MAX_PIECES``."""
        # One by one: a batch would start threads, which is slower here and unsafe in a process that forks.
        encodings = [self._tokenizer.encode(list(words), is_pretokenized=True) for words in sentences]
        return [
            self._gathered(words, encoding.ids, encoding.word_ids)
            for words, encoding in zip(sentences, encodings, strict=True)
        ]

    def _gathered(self, words: Sequence[str], ids: list[int], word_ids: list[int | None]) -> Pieces:
        """Pieces in the words' order; a word without any (a stray control character) becomes unknown."""
        rows: list[list[int]] = [[] for _ in words]
        for piece, owner in zip(ids[1:-1], word_ids[1:-1], strict=True):
            if owner is not None and len(rows[owner]) < MAX_PIECES:
                rows[owner].append(piece)
        unknown = int(self._tokenizer.token_to_id(_UNKNOWN) or 0)
        pieces, shapes, first = [ids[0]], [0], []
        for word, row in zip(words, rows, strict=True):
            first.append(len(pieces))
            pieces.extend(row or [unknown])
            shapes.extend([shape_of(word)] * max(1, len(row)))
        return Pieces([*pieces, ids[-1]], [*shapes, 0], first)
