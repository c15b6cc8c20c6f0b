from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from attested.reading.trees import Heads, Scores, best_heads, is_tree


@pytest.mark.parametrize(
    ("heads", "expected"),
    [
        ([0], True),
        ([2, 0, 2], True),
        ([0, 0], False),
        ([2, 1], False),
        ([0, 3, 2], False),
        ([2, 3, 4, 0], True),
        ([2, 3, 4, 5, 6, 7, 8, 9, 0], True),
    ],
)
def test_is_tree(heads: list[int], expected: bool) -> None:
    assert is_tree(np.array(heads)) is expected


def score(arcs: Scores, heads: Heads) -> float:
    return float(sum(arcs[i, h] for i, h in enumerate(heads)))


def best_by_trying_all(arcs: Scores) -> float:
    n = len(arcs)
    trees = (np.array(h) for h in product(range(n + 1), repeat=n))
    return max(score(arcs, h) for h in trees if is_tree(h))


@given(st.integers(1, 4).flatmap(lambda n: arrays(np.float64, (n, n + 1), elements=st.integers(-9, 9))))
def test_best_heads_are_the_best_tree(arcs: Scores) -> None:
    heads = best_heads(arcs)
    assert is_tree(heads)
    assert score(arcs, heads) == best_by_trying_all(arcs)


def test_one_root_is_chosen_among_many_that_tie() -> None:
    arcs = np.array([[1.0] * 5, [1.0] * 5, [1.0] * 5, [1.0, 0.0, 0.0, 0.0, 1.0]])
    assert score(arcs, best_heads(arcs)) == 4.0


def test_a_long_cycle_is_broken_where_it_costs_least() -> None:
    arcs = np.zeros((3, 4))
    arcs[0, 2] = arcs[1, 3] = arcs[2, 1] = 5
    arcs[1, 0] = 4
    assert best_heads(arcs).tolist() == [2, 0, 1]
