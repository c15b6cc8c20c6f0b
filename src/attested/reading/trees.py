"""Arc scores -> one tree. Chu-Liu/Edmonds (1965, 1967), run only where the best heads are not a tree yet."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.floating[Any]]
Heads = NDArray[np.int64]
_NEVER = -1e9


def best_heads(arcs: Scores) -> Heads:
    """The head of each word (0 = root, i = word i counted from 1) in the best tree with one root.

    ``arcs`` is (n, n + 1): row word, column head.
    """
    n = arcs.shape[0]
    heads: Heads = arcs.argmax(axis=1)
    if is_tree(heads):
        return heads
    scores = np.full((n + 1, n + 1), _NEVER, dtype=np.float64)
    scores[1:] = arcs
    # A second root costs more than all else can win (Stanojević & Cohen 2021, "A Root of a Problem").
    scores[1:, 0] -= 1 + n * float(arcs.max() - arcs.min())
    return _arborescence(scores)[1:]


def is_tree(heads: Heads) -> bool:
    """Whether the heads reach one root from every word, without a cycle."""
    if (heads == 0).sum() != 1:
        return False
    parents = np.concatenate(([0], heads))
    reached = parents
    # Pointer doubling: after k rounds every pointer has gone 2**k steps up.
    for _ in range(len(parents).bit_length()):
        reached = reached[reached]
    return not reached.any()


def _arborescence(scores: Scores) -> Heads:
    """Heads of the maximum spanning arborescence from node 0; ``heads[0]`` is 0."""
    scores = scores.copy()
    np.fill_diagonal(scores, _NEVER)
    heads = scores.argmax(axis=1)
    heads[0] = 0
    cycle = _cycle(heads)
    return heads if not cycle else _contracted(scores, heads, cycle)


def _cycle(heads: Heads) -> list[int]:
    """Nodes of one cycle, in order, or nothing."""
    state = [0] * len(heads)
    for start in range(1, len(heads)):
        path, node = [], start
        while node and state[node] == 0:
            state[node] = 1
            path.append(node)
            node = int(heads[node])
        if node and state[node] == 1:
            return path[path.index(node) :]
        for seen in path:
            state[seen] = 2
    return []


def _contracted(scores: Scores, heads: Heads, cycle: list[int]) -> Heads:
    """Solves the graph with the cycle as one node, then opens the cycle where the arc into it lands."""
    inside = np.array(cycle)
    outside = np.array([i for i in range(len(scores)) if i not in set(cycle)])
    m = len(outside)
    small = np.full((m + 1, m + 1), _NEVER, dtype=np.float64)
    small[:m, :m] = scores[np.ix_(outside, outside)]
    gains = scores[np.ix_(inside, outside)] - scores[inside, heads[inside]][:, None]
    entry = gains.argmax(axis=0)
    small[m, :m] = gains[entry, np.arange(m)]
    leaving = scores[np.ix_(outside, inside)]
    exits = leaving.argmax(axis=1)
    small[:m, m] = leaving[np.arange(m), exits]
    solved = _arborescence(small)
    result = heads.copy()
    for i in range(1, m):
        result[outside[i]] = inside[exits[i]] if solved[i] == m else outside[solved[i]]
    result[inside[entry[solved[m]]]] = outside[solved[m]]
    return result
