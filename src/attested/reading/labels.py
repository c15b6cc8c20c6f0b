"""BIO labels: the best sequence that is well formed, and its spans."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

_NEVER = -1e4


def best_labels(scores: NDArray[np.floating[Any]], labels: Sequence[str]) -> list[str]:
    """The best well-formed BIO sequence for ``scores`` (words x labels, log-probabilities); Viterbi (1967).

    Where the best label of every word already makes a well-formed sequence, that is the answer.
    """
    best = [labels[k] for k in scores.argmax(axis=1)]
    if is_well_formed(best):
        return best
    allowed = np.array([[0.0 if may_follow(a, b) else _NEVER for b in labels] for a in labels])
    first = np.array([0.0 if may_follow("O", b) else _NEVER for b in labels])
    total, back = scores[0] + first, []
    for row in scores[1:]:
        paths = total[:, None] + allowed
        back.append(paths.argmax(axis=0))
        total = paths.max(axis=0) + row
    path = [int(total.argmax())]
    for pointers in reversed(back):
        path.append(int(pointers[path[-1]]))
    return [labels[k] for k in reversed(path)]


def may_follow(label: str, following: str) -> bool:
    """Whether ``following`` may stand right after ``label``: an I- needs a B- or I- of its own type."""
    return following[:2] != "I-" or label[2:] == following[2:]


def is_well_formed(labels: Sequence[str]) -> bool:
    """Whether every I- continues a name of its own type."""
    return all(may_follow(a, b) for a, b in zip(("O", *labels), labels, strict=False))


def spans_of(labels: Sequence[str]) -> list[tuple[int, int, str]]:
    """(first word, one past the last, type) of each name; an I- out of place begins a name."""
    found: list[tuple[int, int, str]] = []
    start = None
    for i, label in enumerate((*labels, "O")):
        ends = label[:2] != "I-" or (start is not None and label[2:] != labels[start][2:])
        if start is not None and ends:
            found.append((start, i, labels[start][2:]))
            start = None
        if label != "O" and start is None:
            start = i
    return found
