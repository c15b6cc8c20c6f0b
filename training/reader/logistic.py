"""Logistic regression (L2) over named features, and the tables of ``attested/data`` that hold what it learnt."""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

# The weight of the squared weights: what sklearn calls C = 0.5.
PENALTY = 2.0
FOLDS = 5
Features = Mapping[str, float]
Floats = NDArray[np.float64]


def fit(
    rows: Sequence[Features], is_so: Sequence[bool], names: Sequence[str], weights: Sequence[float] = ()
) -> Floats:
    """Weights of the features ``names``, the bias last (Newton's method); ``weights`` of the rows, 1 by default."""
    x = np.array([[row.get(name, 0.0) for name in names] + [1.0] for row in rows])
    y, worth = np.array(is_so, dtype=float), np.array(weights or [1.0] * len(rows))
    penalty = np.diag([PENALTY] * len(names) + [0.0])
    w = np.zeros(len(names) + 1)
    for _ in range(30):
        p = 1 / (1 + np.exp(-x @ w))
        step = np.linalg.solve(
            (x.T * (worth * p * (1 - p))) @ x + penalty, x.T @ (worth * (p - y)) + penalty @ w
        )
        w -= step
        if np.abs(step).max() < 1e-8:
            break
    return w


def log_odds(row: Features, names: Sequence[str], w: Floats) -> float:
    """Log-odds of one row."""
    return float(w[-1]) + sum(float(w[i]) * row.get(name, 0.0) for i, name in enumerate(names))


def cross_validated(
    rows: Sequence[Features],
    is_so: Sequence[bool],
    names: Sequence[str],
    groups: Sequence[str],
    weights: Sequence[float] = (),
) -> list[float]:
    """Log-odds of each row by weights learnt from the folds that its group (its text) is not in."""
    worth = weights or [1.0] * len(rows)
    fold = [zlib.crc32(group.encode()) % FOLDS for group in groups]
    found = [0.0] * len(rows)
    for k in range(FOLDS):
        kept = [i for i, f in enumerate(fold) if f != k]
        w = fit([rows[i] for i in kept], [is_so[i] for i in kept], names, [worth[i] for i in kept])
        for i, f in enumerate(fold):
            if f == k:
                found[i] = log_odds(rows[i], names, w)
    return found


def as_toml(head: Sequence[str], at_least: float, names: Sequence[str], w: Floats) -> str:
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
