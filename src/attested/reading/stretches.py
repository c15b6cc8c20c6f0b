"""Sentences as the encoder reads them: cut where too long, batched by length, laid out as arrays."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from attested.reading.subwords import Pieces

# Longest stretch read at once, in word pieces; the encoder saw sentences of up to 240 in training.
MAX_SUBWORDS = 250
# A sentence that is too long is cut after one of these, if one stands in the last part of the window.
_PAUSES = frozenset(";,:.!?-–—")
_LATE_SHARE = 0.6


@dataclass(frozen=True, slots=True)
class Stretch:
    """A sentence or a part of one: which sentence, its first word in it, and its pieces."""

    sentence: int
    first_word: int
    pieces: Pieces

    @property
    def n_words(self) -> int:
        """How many words it holds."""
        return len(self.pieces.first)

    @property
    def n_subwords(self) -> int:
        """How many word pieces it holds, the two special ones included."""
        return len(self.pieces.ids)


def cut_stretches(sentences: Sequence[Sequence[str]], pieces: Sequence[Pieces]) -> list[Stretch]:
    """Every sentence as one stretch, or several where it is longer than ``MAX_SUBWORDS``; no word is lost."""
    return [
        Stretch(n, start, row if end - start == len(words) else _part(row, start, end))
        for n, (words, row) in enumerate(zip(sentences, pieces, strict=True))
        for start, end in _windows(words, row)
    ]


def _windows(words: Sequence[str], pieces: Pieces) -> Iterator[tuple[int, int]]:
    """Half-open ranges of words whose pieces fit the encoder, cut at a pause where there is one."""
    ends = [*pieces.first[1:], len(pieces.ids) - 1]
    start = 0
    while start < len(words):
        room = pieces.first[start] + MAX_SUBWORDS - 2
        stop = start + 1
        while stop < len(words) and ends[stop] <= room:
            stop += 1
        if stop < len(words):
            late = start + int((stop - start) * _LATE_SHARE)
            stop = next((i + 1 for i in range(stop - 1, late, -1) if words[i] in _PAUSES), stop)
        yield start, stop
        start = stop


def _part(pieces: Pieces, start: int, end: int) -> Pieces:
    """The pieces of words ``start`` to ``end`` with special pieces of their own."""
    a = pieces.first[start]
    b = pieces.first[end] if end < len(pieces.first) else len(pieces.ids) - 1
    ids = [pieces.ids[0], *pieces.ids[a:b], pieces.ids[-1]]
    return Pieces(ids, [0, *pieces.shapes[a:b], 0], [f - a + 1 for f in pieces.first[start:end]])


def batched(stretches: Sequence[Stretch], max_subwords: int) -> list[list[Stretch]]:
    """Batches of like length, shortest first, each at most ``max_subwords`` with padding (or one stretch)."""
    batches: list[list[Stretch]] = []
    for stretch in sorted(stretches, key=lambda s: (s.n_subwords, s.sentence, s.first_word)):
        if batches and stretch.n_subwords * (len(batches[-1]) + 1) <= max_subwords:
            batches[-1].append(stretch)
        else:
            batches.append([stretch])
    return batches


def as_arrays(batch: Sequence[Stretch]) -> dict[str, NDArray[Any]]:
    """The inputs for one batch: ``ids``, ``mask``, ``shape`` (rows x pieces), ``first`` (rows x words)."""
    length, n_words = max(s.n_subwords for s in batch), max(s.n_words for s in batch)
    arrays: dict[str, NDArray[Any]] = {
        name: np.zeros((len(batch), length), dtype=np.int64) for name in ("ids", "mask", "shape")
    }
    arrays["first"] = np.zeros((len(batch), n_words), dtype=np.int64)
    for i, stretch in enumerate(batch):
        arrays["ids"][i, : stretch.n_subwords] = stretch.pieces.ids
        arrays["mask"][i, : stretch.n_subwords] = 1
        arrays["shape"][i, : stretch.n_subwords] = stretch.pieces.shapes
        arrays["first"][i, : stretch.n_words] = stretch.pieces.first
    return arrays
