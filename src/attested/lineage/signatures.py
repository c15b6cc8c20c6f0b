"""A report's signature: a fair sample of its shingles, by which copies are found without reading the texts again.

Word 5-grams find copies and light rewrites; n-grams of the stop-words alone (Stamatatos 2011) find texts in
which most other words were replaced. Of both kinds the shingles are kept whose hash is divisible by a number
(Manber 1994), so two texts keep the same ones of what they share: a passage in common shows in the samples in
proportion to its length, however long the texts around it are, which MinHash cannot do.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import chain

import numpy as np
import numpy.typing as npt

from attested.lineage.stopwords import stopwords
from attested.text.folding import WORD, fold_word

Hashes = npt.NDArray[np.uint64]

WORD_SHINGLE = 5
"""Words; shorter ones are shared by chance, longer ones break at each edit (TEXT.md section 2)."""
STOP_SHINGLE = 8
"""Stop-words; unrelated pairs share next to none of this length (TEXT.md section 4, J <= .009)."""
KEPT_ONE_IN = 4
"""Of shingles: a passage of 40 words leaves 9 samples on average, and fewer than two once in 2,500."""
SKELETON_BIT = np.uint64(1)
"""The lowest bit of a sample: set for stop-word shingles, clear for word shingles."""

_MIXER = np.uint64(0x9E3779B97F4A7C15)
_STOP_BIT = np.uint64(1)
_INVERSE = np.uint64(pow(int(_MIXER), -1, 1 << 64))
_MAX_KNOWN = 1 << 20
_SLOT_BITS = 20
_AT_ONCE = 256  # texts: what is computed of them stays in the processor's cache
_LAST_BLANK = 32  # the blanks and control characters of ASCII; words do not reach over them


@dataclass(frozen=True, slots=True)
class Signatures:
    """Samples of many reports, one after the other: those of report i are ``hashes[starts[i]:starts[i + 1]]``.

    ``hashes`` are sorted within a report, each once.
    """

    starts: npt.NDArray[np.int64]
    hashes: Hashes

    def __len__(self) -> int:
        return len(self.starts) - 1

    def owners(self) -> npt.NDArray[np.int64]:
        """For each sample the place of its report."""
        return np.repeat(np.arange(len(self)), np.diff(self.starts))

    def n_samples(self) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
        """How many word samples and how many stop-word samples each report has."""
        is_skeleton = (self.hashes & SKELETON_BIT).astype(np.int64)
        n_skeleton = np.bincount(self.owners(), weights=is_skeleton, minlength=len(self)).astype(np.int64)
        return np.diff(self.starts) - n_skeleton, n_skeleton


def sign_texts(texts: Iterable[str]) -> Signatures:
    """Return the signatures of plain texts (a run has the words already, and signs those)."""
    if len(_pieces) > _MAX_KNOWN:
        _pieces.clear()
        _word_hashes.clear()
    encoded = [text.encode("utf-8", "surrogatepass") for text in texts]
    parts = [_pieces.words_of(encoded[at : at + _AT_ONCE]) for at in range(0, len(encoded), _AT_ONCE)]
    hashes = np.concatenate([np.empty(0, np.uint64), *(part[0] for part in parts)])
    return _signed(hashes, np.concatenate([np.empty(0, np.int64), *(part[1] for part in parts)]))


def sign(reports: Sequence[Sequence[str]]) -> Signatures:
    """Return the signatures of reports given as words, folded or not."""
    known = _word_hashes
    if len(known) > _MAX_KNOWN:
        known.clear()
    lengths = _lengths(reports)
    words = map(known.__getitem__, chain.from_iterable(reports))
    return _signed(np.fromiter(words, np.uint64, int(lengths.sum())), lengths)


def _lengths(reports: Sequence[Sequence[str]]) -> npt.NDArray[np.int64]:
    return np.fromiter(map(len, reports), np.int64, len(reports))


def _signed(hashes: Hashes, lengths: npt.NDArray[np.int64]) -> Signatures:
    """The signatures of reports of so many words each, given as the hashes of their words."""
    owners = np.repeat(np.arange(len(lengths)), lengths)
    is_stop = (hashes & _STOP_BIT).astype(bool)
    words = _sampled(hashes, owners, WORD_SHINGLE, np.uint64(0))
    skeleton = _sampled(hashes[is_stop], owners[is_stop], STOP_SHINGLE, SKELETON_BIT)
    return _gathered(len(lengths), [words, skeleton])


def _sampled(
    hashes: Hashes, owners: npt.NDArray[np.int64], size: int, bit: np.uint64
) -> tuple[npt.NDArray[np.int64], Hashes]:
    """The kept shingles and their owners."""
    n = len(hashes) - size + 1
    if n <= 0:
        return np.empty(0, np.int64), np.empty(0, np.uint64)
    mixed = np.zeros(n, np.uint64)
    for offset in range(size):
        mixed ^= mixed >> np.uint64(29)
        mixed *= _MIXER
        mixed += hashes[offset : offset + n]
    mixed ^= mixed >> np.uint64(32)
    kept = (owners[:n] == owners[size - 1 :]) & (mixed % np.uint64(KEPT_ONE_IN) == 0)
    return owners[:n][kept], (mixed[kept] & ~SKELETON_BIT) | bit


def _gathered(n: int, parts: Sequence[tuple[npt.NDArray[np.int64], Hashes]]) -> Signatures:
    owners = np.concatenate([part[0] for part in parts])
    hashes = np.concatenate([part[1] for part in parts])
    order = np.argsort(hashes)
    # Numbers of 16 bits are sorted by radix, much faster than by lexsort over both.
    narrow = owners.astype(np.uint16) if n <= 1 << 16 else owners
    order = order[np.argsort(narrow[order], kind="stable")]
    owners, hashes = owners[order], hashes[order]
    fresh = np.ones(len(owners), bool)
    fresh[1:] = (owners[1:] != owners[:-1]) | (hashes[1:] != hashes[:-1])
    starts = np.zeros(n + 1, np.int64)
    np.cumsum(np.bincount(owners[fresh], minlength=n), out=starts[1:])
    return Signatures(starts, hashes[fresh])


class _WordHashes(dict[str, int]):
    """A word as written -> the hash of its folded form, whose lowest bit says whether it is a stop-word."""

    def __missing__(self, word: str) -> int:
        folded = fold_word(word)
        digest = blake2b(folded.encode("utf-8", "surrogatepass"), digest_size=8).digest()
        value = int.from_bytes(digest, "little") & ~1 | (folded in stopwords())
        self[word] = value
        return value


class _Pieces:
    """What stands between blanks -> the hashes of its words: of most one, of some none or several.

    No word reaches over a blank, and most pieces have been met before. They are looked up many at once, by a number
    computed from their bytes, in a table that two pieces may contend for; the one that came second is looked up by
    its bytes each time.
    """

    def __init__(self) -> None:
        self._powers = self._inverses = np.empty(0, np.uint64)
        self.clear()

    def __len__(self) -> int:
        return len(self._known)

    def clear(self) -> None:
        """Forget all pieces."""
        self._known: dict[bytes, int] = {}
        self._hashes, self._ends = array("Q"), array("q", [0])
        self._prints = np.zeros(1 << _SLOT_BITS, np.uint64)
        self._numbers = np.zeros(1 << _SLOT_BITS, np.int64)

    def words_of(self, texts: Sequence[bytes]) -> tuple[Hashes, npt.NDArray[np.int64]]:
        """The hashes of the words of all texts, one after the other, and how many words each text has."""
        buffer = b" ".join([b"", *texts, b""])
        raw = np.frombuffer(buffer, np.uint8)
        is_blank = raw <= _LAST_BLANK
        edges = np.flatnonzero(is_blank[1:] != is_blank[:-1]) + 1
        begins, ends = edges[::2], edges[1::2]
        numbers = self._numbered(buffer, begins, ends, self._printed(raw, begins, ends))
        hashes, n_words = self._words(numbers)
        bounds = np.cumsum([1, *(len(text) + 1 for text in texts)])
        n_before = np.concatenate(([0], np.cumsum(n_words)))[np.searchsorted(begins, bounds)]
        return hashes, np.diff(n_before)

    def _printed(
        self, raw: npt.NDArray[np.uint8], begins: npt.NDArray[np.int64], ends: npt.NDArray[np.int64]
    ) -> Hashes:
        """A number for each piece from its bytes alone: a polynomial, by differences of one running sum."""
        if len(raw) > len(self._powers):
            self._powers = np.cumprod(np.full(len(raw), _MIXER), dtype=np.uint64)
            self._inverses = np.cumprod(np.full(len(raw), _INVERSE), dtype=np.uint64)
        summed = np.cumsum(raw * self._powers[: len(raw)])
        prints: Hashes = (summed[ends - 1] - summed[begins - 1]) * self._inverses[begins]
        prints = (prints ^ (prints >> np.uint64(32))) * _MIXER
        return (prints ^ (prints >> np.uint64(29))) | np.uint64(1)  # 0 is an empty slot

    def _numbered(
        self, buffer: bytes, begins: npt.NDArray[np.int64], ends: npt.NDArray[np.int64], prints: Hashes
    ) -> npt.NDArray[np.int64]:
        slots = prints >> np.uint64(64 - _SLOT_BITS)
        numbers: npt.NDArray[np.int64] = self._numbers[slots]
        for i in np.flatnonzero(self._prints[slots] != prints).tolist():
            piece = buffer[begins[i] : ends[i]]
            number = self._known.get(piece)
            numbers[i] = number = self._new(piece) if number is None else number
            if not self._prints[slots[i]]:
                self._prints[slots[i]], self._numbers[slots[i]] = prints[i], number
        return numbers

    def _new(self, piece: bytes) -> int:
        text = piece.decode("utf-8", "surrogatepass")
        self._hashes.extend(_word_hashes[word] for word in WORD.findall(text))
        self._ends.append(len(self._hashes))
        number = self._known[piece] = len(self._known)
        return number

    def _words(self, numbers: npt.NDArray[np.int64]) -> tuple[Hashes, npt.NDArray[np.int64]]:
        """The hashes of the words of pieces, and how many words each piece has."""
        ends = np.frombuffer(self._ends, np.int64)
        begins = ends[numbers]
        n_words = ends[numbers + 1] - begins
        at = np.repeat(begins - (np.cumsum(n_words) - n_words), n_words)
        at += np.arange(len(at))
        return np.frombuffer(self._hashes, np.uint64)[at] if len(at) else np.empty(0, np.uint64), n_words


_word_hashes = _WordHashes()
_pieces = _Pieces()
