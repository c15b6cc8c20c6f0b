"""Templates found beside the key's: aligned one to one as well as can be, then their fills counted.

As Du, Rush and Cardie (2021) and Chen et al. (2023) score: within a report templates are aligned so that most fills
agree, a fill is right when all its strings are strings of one fill of the key (phi-subset), what has no partner is
spurious or missing. Stricter than theirs in one thing: fills are aligned one to one too, so that two names for one
victim are one right and one wrong.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from attested.evaluation.muc4_slots_key import SLOTS, Key
from attested.evaluation.pairing import best_pairing
from attested.evaluation.scorers import Tally
from attested.text.normalise import fold

_MARKS = re.compile(r"[!-/:-@\[-`{-~]")
_ARTICLES = frozenset({"a", "an", "the"})
_WORD = re.compile(r"\w+")

Names = Sequence[str]
Same = Callable[[Names, Names], bool]


class Filled(Protocol):
    """What is scored: a type and, by slot, one fill for each thing, as the strings that name it."""

    @property
    def type(self) -> str:
        """One of the key's types, in lower case."""

    @property
    def slots(self) -> Mapping[str, Sequence[Names]]:
        """Fills by the names in ``SLOTS``."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A template of ours beside the key's (indexes), and how many fills of each slot agree."""

    ours: int
    key: int
    right: Mapping[str, int]
    same_type: bool


def plain(text: str) -> str:
    """A string as the published scorers compare it: lower case, without punctuation and articles."""
    return " ".join(word for word in _MARKS.sub("", fold(text)).split() if word not in _ARTICLES)


def is_subset(ours: Names, key: Names) -> bool:
    """Whether all strings of ours are strings of the key's (phi-subset)."""
    return {plain(name) for name in ours} <= {plain(name) for name in key}


def holds_words(ours: Names, key: Names) -> bool:
    """Whether one of our strings and one of the key's are one inside the other as a run of words."""
    a, b = ([tuple(_WORD.findall(plain(name))) for name in names] for names in (ours, key))
    return any(_is_run(x, y) or _is_run(y, x) for x in a for y in b if x and y)


def _is_run(part: tuple[str, ...], whole: tuple[str, ...]) -> bool:
    n = len(part)
    return any(whole[i : i + n] == part for i in range(len(whole) - n + 1))


def align(
    ours: Sequence[Filled], keys: Sequence[Key], same: Same, *, by_type: bool, slots: Sequence[str] = SLOTS
) -> list[Pair]:
    """The one-to-one alignment of most agreement; with ``by_type``, of templates of one type only, which counts too."""
    pairs = [[_pair(i, j, a, b, same, slots) for j, b in enumerate(keys)] for i, a in enumerate(ours)]
    worth = [
        [0 if by_type and not p.same_type else sum(p.right.values()) + (by_type and p.same_type) for p in row]
        for row in pairs
    ]
    return [pairs[i][j] for i, j in best_pairing(worth) if worth[i][j]]


def _pair(i: int, j: int, ours: Filled, key: Key, same: Same, slots: Sequence[str]) -> Pair:
    right = {slot: n_shared(ours.slots.get(slot, ()), key.slots.get(slot, ()), same) for slot in slots}
    return Pair(i, j, right, ours.type in key.types)


def n_shared(ours: Sequence[Names], key: Sequence[Names], same: Same) -> int:
    """How many fills can be paired off one to one with fills that are the same."""
    worth = [[int(same(a, b)) for b in key] for a in ours]
    return sum(worth[i][j] for i, j in best_pairing(worth))


def tally_slots(
    ours: Sequence[Filled], keys: Sequence[Key], pairs: Sequence[Pair], *, by_type: bool
) -> dict[str, Tally]:
    """Right, spurious and missing fills by slot; with ``by_type`` the types too, as slot "type"."""
    tallies = {}
    for slot in SLOTS:
        right = sum(pair.right[slot] for pair in pairs)
        n_ours, n_key = (sum(len(t.slots.get(slot, ())) for t in rows) for rows in (ours, keys))
        tallies[slot] = Tally(right, n_ours - right, n_key - right)
    if by_type:
        n = len(pairs)
        tallies = {"type": Tally(n, len(ours) - n, len(keys) - n), **tallies}
    return tallies
