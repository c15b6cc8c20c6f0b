"""Pairs are those of the blocks, each once, and stay so as mentions come and go."""

from collections.abc import Iterable
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from attested.incidents import candidates
from attested.incidents.candidates import Blocks

Pairs = set[tuple[int, int]]
NAMES = ("day", "town", "name")
KEYS = st.frozensets(st.sampled_from(NAMES), max_size=2)


@pytest.fixture(autouse=True)
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(candidates, "_MAX_BLOCK", 2)
    monkeypatch.setattr(candidates, "_BATCH", 3)


def id_of(place: int) -> str:
    """Ids are in another order than places."""
    return f"mn_{place * 7 % 64:02}"


class Told:
    """Blocks, and the pairs that are near by what the blocks told of changes."""

    def __init__(self) -> None:
        self.blocks, self.near = Blocks(id_of), Pairs()

    def change(self, gone: Iterable[int], new: dict[int, frozenset[str]]) -> list[tuple[int, int]]:
        """What is told, in order."""
        gone = list(gone)
        ordered = {place: new[place] for place in sorted(new, key=id_of)}
        batches, apart = self.blocks.change(gone, ordered)
        told = [
            (min(a, b), max(a, b))
            for some, others in batches
            for a, b in zip(some.tolist(), others.tolist(), strict=True)
        ]
        self.near = {pair for pair in self.near if not set(gone).intersection(pair)} | set(told)
        self.near -= {(min(pair), max(pair)) for pair in apart if not self.blocks.near(*pair)}
        return told


def near_at_once(keys: dict[int, frozenset[str]]) -> Pairs:
    """Pairs with less than two others between them in a block, by counting."""
    found = Pairs()
    for name in NAMES:
        block = sorted((place for place, names in keys.items() if name in names), key=id_of)
        for (i, a), (j, b) in combinations(enumerate(block), 2):
            found |= {(min(a, b), max(a, b))} if j - i <= 2 else set()
    return found


def test_pairs_are_those_of_blocks_each_once() -> None:
    day, town, name = frozenset({"day", "town"}), frozenset({"town"}), frozenset({"name"})
    told = Told().change([], {0: day, 1: day, 2: name, 3: town})
    assert sorted(told) == [(0, 1), (0, 3), (1, 3)]


def test_a_large_block_is_compared_with_neighbours_only() -> None:
    told = Told()
    told.change([], {place: frozenset({"day"}) for place in (0, 10, 20, 30)})  # ids 00, 06, 12, 18
    assert told.near == {(0, 10), (0, 20), (10, 20), (10, 30), (20, 30)}
    told.change([], {19: frozenset({"day"})})  # id 05: between the first two
    assert (0, 20) not in told.near
    told.change([10], {})
    assert (0, 20) in told.near


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.lists(KEYS, max_size=6), st.integers(0, 63)), max_size=7))
def test_what_is_told_of_changes_adds_up_to_what_is_near(
    steps: list[tuple[list[frozenset[str]], int]],
) -> None:
    told, keys = Told(), dict[int, frozenset[str]]()
    places = iter(range(64))
    for names, seed in steps:
        gone = [place for place in keys if (place ^ seed) % 3 == 0]
        new = dict(zip(places, names, strict=False))
        keys = {place: held for place, held in keys.items() if place not in gone} | new
        told.change(gone, new)
        assert told.near == near_at_once(keys)
