"""The trained line classifier: the probability that a line belongs to a story. Numpy only.

The weights (``data/furniture_lines.npz``) are boosted trees, fitted by ``training/lines`` on pages composed of
texts whose licence lets weights ship and of furniture written by us.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from attested.errors import DataError
from attested.reports.features import NAMES, line_features
from attested.reports.label import Label
from attested.reports.lines import Line

WEIGHTS = "furniture_lines.npz"


@dataclass(frozen=True)
class Trees:
    """Boosted trees as arrays of shape (trees, nodes): a leaf's ``left`` and ``right`` are itself."""

    feature: NDArray[np.int32]
    threshold: NDArray[np.float32]
    left: NDArray[np.int32]
    right: NDArray[np.int32]
    value: NDArray[np.float32]
    baseline: float
    depth: int

    def probability(self, rows: NDArray[np.float32]) -> NDArray[np.float64]:
        """The probability of each row."""
        trees = np.arange(len(self.feature))[:, None]
        at = np.zeros((len(self.feature), len(rows)), np.int32)
        column = np.arange(len(rows))[None, :]
        for _ in range(self.depth):
            goes_left = rows[column, self.feature[trees, at]] <= self.threshold[trees, at]
            at = np.where(goes_left, self.left[trees, at], self.right[trees, at])
        score = self.baseline + self.value[trees, at].sum(axis=0, dtype=np.float64)
        probability: NDArray[np.float64] = 1.0 / (1.0 + np.exp(-score))
        return probability


@cache
def load_trees() -> Trees:
    """The shipped classifier. Raises DataError when its file is missing or was made for other features."""
    path = files("attested.data") / WEIGHTS
    if not path.is_file():
        raise DataError(f"{WEIGHTS} is missing: the installation is damaged")
    with path.open("rb") as file, np.load(file) as kept:
        names = tuple(str(name) for name in kept["names"])
        if names != NAMES:
            raise DataError(f"{WEIGHTS} was made for other features; run training/lines/train.py")
        return Trees(
            kept["feature"], kept["threshold"], kept["left"], kept["right"], kept["value"],
            float(kept["baseline"]), int(kept["depth"]),
        )  # fmt: skip


def body_probabilities(lines: Sequence[Line], cues: Sequence[Label | None]) -> NDArray[np.float64]:
    """For each line the probability that it belongs to the page's story. ``cues`` are the labels that the
    lines' own words give."""
    return load_trees().probability(line_features(lines, cues)) if lines else np.zeros(0)
