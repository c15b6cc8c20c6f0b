"""The best pairing of rows with columns."""

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from attested.evaluation.pairing import best_pairing


@given(st.integers(1, 5), st.integers(1, 5), st.integers(0, 10_000))
def test_no_pairing_beats_the_best(n_rows: int, n_columns: int, seed: int) -> None:
    values = np.random.default_rng(seed).integers(0, 10, (n_rows, n_columns)) / 10
    found = best_pairing(values)
    tall = values if n_rows >= n_columns else values.T
    best = max(
        sum(tall[i, j] for j, i in enumerate(rows)) for rows in permutations(range(len(tall)), tall.shape[1])
    )
    assert sum(values[i, j] for i, j in found) == pytest.approx(best)
    assert len({i for i, _ in found}) == len({j for _, j in found}) == len(found) == min(n_rows, n_columns)


def test_a_better_sum_is_worth_a_worse_first_pair() -> None:
    assert best_pairing([[3, 2], [2, 0]]) == [(0, 1), (1, 0)]


def test_nothing_is_paired_with_nothing() -> None:
    assert (best_pairing([]), best_pairing([[], []])) == ([], [])
