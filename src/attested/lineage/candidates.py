"""Which reports are worth aligning: two MinHash indexes, over word 5-grams and over stop-word 8-grams."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rensa import RMinHash, RMinHashLSH

from attested.lineage.wording import Shingles, Wording, containment
from attested.settings import LineageSettings

SEED = 20
"""Of the permutations: digests must be the same on every machine and in every run."""
MIN_CONTAINED = 0.08
"""Share of the smaller report's shingles; two dispatches on one briefing share .06 (TEXT.md section 2)."""
MAX_COMPARED = 16
"""Candidates aligned per report, the nearest first: what keeps the cost per report flat in a large pile."""
MAX_SCREENED = 256
"""Candidates whose exact overlap is counted per report (about 20 µs each)."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A report already indexed, by its place in the order of insertion, and how much is in common."""

    key: int
    words_contained: float
    skeleton_contained: float

    @property
    def nearness(self) -> float:
        """The larger of the two overlaps."""
        return max(self.words_contained, self.skeleton_contained)


class CandidateIndex:
    """Reports by signature. Adding and asking cost the same whatever the number of reports inside."""

    def __init__(self, settings: LineageSettings) -> None:
        self._settings = settings
        self._by_words = self._lsh()
        self._by_skeleton = self._lsh()
        self._wordings: dict[int, Wording] = {}

    def add(self, key: int, wording: Wording) -> None:
        """Make a report findable under ``key``."""
        self._wordings[key] = wording
        for lsh, shingles in ((self._by_words, wording.shingles), (self._by_skeleton, wording.skeleton)):
            if len(shingles):
                lsh.insert(key, self._sketch(shingles))

    def near(self, wording: Wording) -> list[Candidate]:
        """Return the reports that share enough wording to be aligned, nearest first, then by key."""
        keys: set[int] = set()
        for lsh, shingles in ((self._by_words, wording.shingles), (self._by_skeleton, wording.skeleton)):
            if len(shingles):
                keys.update(lsh.query(self._sketch(shingles)))
        found = [self._screened(key, wording) for key in sorted(keys)[:MAX_SCREENED]]
        near = [candidate for candidate in found if candidate.nearness >= MIN_CONTAINED]
        near.sort(key=lambda c: (-c.nearness, c.key))
        return near[:MAX_COMPARED]

    def _screened(self, key: int, wording: Wording) -> Candidate:
        other = self._wordings[key]
        return Candidate(
            key,
            containment(wording.shingles, other.shingles),
            containment(wording.skeleton, other.skeleton),
        )

    def _lsh(self) -> RMinHashLSH:
        # The threshold only serves `is_similar`, which is not called here.
        return RMinHashLSH(
            threshold=0.5, num_perm=self._settings.n_permutations, num_bands=self._settings.n_bands
        )

    def _sketch(self, shingles: Shingles) -> RMinHash:
        sketch = RMinHash(num_perm=self._settings.n_permutations, seed=SEED)
        sketch.update(_tokens(shingles))
        return sketch


def _tokens(shingles: Shingles) -> Sequence[bytes]:
    raw = shingles.astype("<u8").tobytes()
    return [raw[at : at + 8] for at in range(0, len(raw), 8)]
