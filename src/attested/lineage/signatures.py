"""A report's signature: a fair sample of its shingles, by which copies are found without reading the texts again.

Word 5-grams find copies and light rewrites; n-grams of the stop-words alone (Stamatatos 2011) find texts in
which most other words were replaced. Of both kinds the shingles are kept whose hash is divisible by a number
(Manber 1994), so two texts keep the same ones of what they share: a passage in common shows in the samples in
proportion to its length, however long the texts around it are, which MinHash cannot do.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import chain

import numpy as np
import numpy.typing as npt

from attested.lineage.stopwords import stopwords
from attested.text.folding import fold_word

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
_MAX_KNOWN = 1 << 20


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


def sign(reports: Sequence[Sequence[str]]) -> Signatures:
    """Return the signatures of reports given as words, folded or not."""
    known = _word_hashes
    if len(known) > _MAX_KNOWN:
        known.clear()
    lengths = np.fromiter(map(len, reports), np.int64, len(reports))
    words = map(known.__getitem__, chain.from_iterable(reports))
    hashes = np.fromiter(words, np.uint64, int(lengths.sum()))
    owners = np.repeat(np.arange(len(reports)), lengths)
    is_stop = (hashes & _STOP_BIT).astype(bool)
    of_words = _sampled(hashes, owners, WORD_SHINGLE, np.uint64(0))
    skeleton = _sampled(hashes[is_stop], owners[is_stop], STOP_SHINGLE, SKELETON_BIT)
    return _gathered(len(reports), [of_words, skeleton])


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


_word_hashes = _WordHashes()
