"""The best pairing of rows with columns, one to one: clusters beside clusters, templates beside templates."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray


def best_pairing(values: NDArray[np.float64] | Sequence[Sequence[float]]) -> list[tuple[int, int]]:
    """(row, column) pairs in order, each row and column in one at most, of the greatest sum (Kuhn 1955)."""
    if not len(values) or not len(values[0]):
        return []
    worth = np.asarray(values, dtype=np.float64)
    if worth.shape[0] > worth.shape[1]:
        return sorted((i, j) for j, i in best_pairing(worth.T))
    n_rows, n_columns = worth.shape
    # Rows and columns count from 1: column 0 stands for the row that is being placed, row 0 for "free".
    row_at = np.zeros(n_columns + 1, dtype=np.int64)
    of_row, of_column = np.zeros(n_rows + 1), np.zeros(n_columns + 1)  # potentials
    for row in range(1, n_rows + 1):
        row_at[0], column = row, 0
        nearest, came_from = np.full(n_columns + 1, np.inf), np.zeros(n_columns + 1, dtype=np.int64)
        is_open = np.ones(n_columns + 1, dtype=np.bool_)
        while row_at[column] or not column:
            is_open[column] = False
            here = row_at[column]
            costs = np.append(np.inf, -worth[here - 1] - of_row[here] - of_column[1:])
            closer = is_open & (costs < nearest)
            nearest[closer], came_from[closer] = costs[closer], column
            column = int(np.argmin(np.where(is_open, nearest, np.inf)))
            step = nearest[column]
            of_row[row_at[~is_open]] += step
            of_column[~is_open] -= step
            nearest[is_open] -= step
        while column:  # every row on the way moves one column on
            row_at[column] = row_at[came_from[column]]
            column = int(came_from[column])
    return sorted((int(row) - 1, column - 1) for column, row in enumerate(row_at) if row and column)
