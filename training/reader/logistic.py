"""Logistic regression with an L2 penalty, by Newton's method; tables of named features learnt with it."""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Features = Mapping[str, float]
# The weight of the squared weights of tables of named features: what sklearn calls C = 0.5.
PENALTY = 2.0
FOLDS = 5


def fit(x: Array, y: Array, penalty: float, weights: Array | None = None) -> Array:
    """Weights of the columns of ``x``, the bias last; ``penalty`` is the weight of the squared weights.

    ``weights`` says how much each row counts.
    """
    x = np.hstack([x, np.ones((len(x), 1))])
    row = np.ones(len(x)) if weights is None else weights
    penalties = np.diag([penalty] * (x.shape[1] - 1) + [0.0])
    w = np.zeros(x.shape[1])
    for _ in range(30):
        p = 1 / (1 + np.exp(-x @ w))
        step = np.linalg.solve(
            (x.T * (row * p * (1 - p))) @ x + penalties, x.T @ (row * (p - y)) + penalties @ w
        )
        w -= step
        if np.abs(step).max() < 1e-8:
            break
    return w


def fit_rows(
    rows: Sequence[Features], is_so: Sequence[bool], names: Sequence[str], weights: Sequence[float]
) -> Array:
    """Weights of the features ``names``, the bias last; ``weights`` says how much each row counts."""
    x = np.array([[row.get(name, 0.0) for name in names] for row in rows])
    return fit(x, np.array(is_so, dtype=float), PENALTY, np.array(weights))


def log_odds(row: Features, names: Sequence[str], w: Array) -> float:
    """Log-odds of one row."""
    return float(w[-1]) + sum(float(w[i]) * row.get(name, 0.0) for i, name in enumerate(names))


def cross_validated(
    rows: Sequence[Features],
    is_so: Sequence[bool],
    names: Sequence[str],
    groups: Sequence[str],
    weights: Sequence[float],
) -> list[float]:
    """Log-odds of each row by weights learnt from the folds that its group (its text) is not in."""
    fold = [zlib.crc32(group.encode()) % FOLDS for group in groups]
    found = [0.0] * len(rows)
    for k in range(FOLDS):
        kept = [i for i, f in enumerate(fold) if f != k]
        w = fit_rows([rows[i] for i in kept], [is_so[i] for i in kept], names, [weights[i] for i in kept])
        for i, f in enumerate(fold):
            if f == k:
                found[i] = log_odds(rows[i], names, w)
    return found


def as_toml(head: Sequence[str], at_least: float, names: Sequence[str], w: Array) -> str:
    """The table: ``head`` lines of comment, the bias, from which log-odds on to act, the weights."""
    lines = [
        *(f"# {line}" for line in head),
        f"bias = {w[-1]:.2f}",
        f"at_least = {at_least}",
        "",
        "[weights]",
        *(f"{json.dumps(name)} = {value:.2f}" for name, value in zip(names, w, strict=False)),
    ]
    return "\n".join(lines) + "\n"
