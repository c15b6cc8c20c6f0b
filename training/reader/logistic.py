"""Logistic regression with an L2 penalty, by Newton's method."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


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
