"""Which reports are worth aligning: those whose signatures share enough samples, the nearest first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from attested.lineage.index import SampleIndex
from attested.lineage.signatures import Signatures, sign

MIN_CONTAINED = 0.05
"""Share of the smaller report's samples of one kind; two dispatches on one briefing share .06 of their word
5-grams (TEXT.md section 2), a rewrite .2 and more."""
MIN_SAMPLES = 2
"""Samples in common: one is a set phrase."""
MAX_COMPARED = 16
"""Candidates aligned per report, the nearest first: what keeps the cost per report flat in a large pile."""
BATCH = 2_000
"""Reports signed and looked up at once."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Two reports by number, the later one first, and how much of the smaller one's stop-word samples they share."""

    later: int
    earlier: int
    skeleton_contained: float


def find_candidates(texts: Sequence[Sequence[str]]) -> Iterator[Candidate]:
    """Yield the pairs worth aligning of reports given as words, each pair once.

    Every report is paired with those before it in the sequence. One that repeats another word for word is paired
    with the first such report alone and is not looked for itself.
    """
    first_of: dict[tuple[str, ...], int] = {}
    numbers: list[int] = []
    for number, words in enumerate(texts):
        twin = first_of.setdefault(tuple(words), number)
        if twin == number:
            numbers.append(number)
        elif words:
            yield Candidate(number, twin, 1.0)
    index = SampleIndex()
    for at in range(0, len(numbers), BATCH):
        signatures = sign([texts[number] for number in numbers[at : at + BATCH]])
        index.add(signatures)
        for asked, found, _, skeleton_in in nearest(index, signatures, first=at):
            yield Candidate(numbers[asked], numbers[found], skeleton_in)


def nearest(
    index: SampleIndex,
    signatures: Signatures,
    *,
    first: int,
    min_samples: int = MIN_SAMPLES,
    most: int = MAX_COMPARED,
) -> Iterator[tuple[int, int, float, float]]:
    """Yield for each report asked about its nearest among those numbered before it: both numbers, both overlaps.

    The reports asked about are numbered from ``first``; those in the index are all held against them. Each is
    given ``most`` at the most, and none with fewer than ``min_samples`` in common.
    """
    shared = index.sharing(signatures)
    enough = shared.n_words + shared.n_skeleton >= min_samples
    met = np.flatnonzero(enough & (shared.found < shared.asked + first))
    asked, found = shared.asked[met], shared.found[met]
    words, skeleton = index.sizes(found)
    our_words, our_skeleton = (sizes[asked] for sizes in signatures.n_samples())
    words_in = shared.n_words[met] / np.maximum(1, np.minimum(words, our_words))
    skeleton_in = shared.n_skeleton[met] / np.maximum(1, np.minimum(skeleton, our_skeleton))
    nearness = np.maximum(words_in, skeleton_in)
    kept = np.flatnonzero(nearness >= MIN_CONTAINED)
    # By report, then nearest first, in one sort; of like nearness the first by number.
    kept = kept[np.argsort(2.0 * asked[kept] - np.minimum(1.0, nearness[kept]), kind="stable")]
    of_report = np.bincount(asked[kept], minlength=len(signatures))
    rank = np.arange(len(kept)) - np.repeat(np.cumsum(of_report) - of_report, of_report)
    kept = kept[rank < most]
    columns = (asked[kept] + first, found[kept], words_in[kept], skeleton_in[kept])
    yield from zip(*(column.tolist() for column in columns), strict=True)


def overlap(left: Sequence[str], right: Sequence[str]) -> tuple[float, float]:
    """Return how much of the smaller text's word samples, and of its stop-word samples, the other has."""
    index = SampleIndex()
    index.add(sign([left]))
    asked = sign([right])
    shared = index.sharing(asked)
    if not len(shared.found):
        return 0.0, 0.0
    ours, theirs = asked.n_samples(), index.sizes(shared.found)
    words, skeleton = (min(int(a[0]), int(b[0])) for a, b in zip(ours, theirs, strict=True))
    return int(shared.n_words[0]) / max(1, words), int(shared.n_skeleton[0]) / max(1, skeleton)
