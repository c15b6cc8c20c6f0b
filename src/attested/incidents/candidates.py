"""Pairs of mentions worth comparing: of one day, month and country, victim or a story's leads; that may match."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import timedelta
from itertools import chain
from typing import Any

import numpy as np
import numpy.typing as npt

from attested.incidents.profile import Profile

Ints = npt.NDArray[np.int64]
# Up to this many days an interval is filed under each of its days; wider ones under their months.
_FEW_DAYS = 4
# No block is compared whole beyond this size; each mention of it with so many before and after it, in order of ids.
_MAX_BLOCK = 200
# Pairs that are handed on at once: some 10 MB.
_BATCH = 50_000
_NONE = np.empty(0, np.int64)


def block_keys(profile: Profile) -> frozenset[str]:
    """Blocks of a mention. Same report and sibling reports meet by day, by month and country, or by name."""
    keys = {f"name {name}" for name in profile.named if name}
    if profile.is_lead and profile.story:
        keys.add(f"lead {profile.story}")
    date = profile.date
    if date.start is None or date.end is None:
        homes = (*profile.countries, profile.story)
        return frozenset(keys | {f"undated {home}" for home in homes if home})
    if date.n_days <= _FEW_DAYS:
        keys |= {f"day {date.start + timedelta(days=n)}" for n in range(-1, date.n_days + 1)}
    for month in _months(profile):
        keys |= {f"story {month} {country} {profile.story}" for country in profile.countries or {""}}
        keys |= {f"place {month} {place.name}" for place in profile.places or profile.seat}
    return frozenset(keys)


def _months(profile: Profile) -> Iterator[str]:
    """The months that a mention's interval touches, at most a year of them."""
    day, end = profile.date.start, profile.date.end
    assert day is not None
    assert end is not None
    for _ in range(13):
        if (day.year, day.month) > (end.year, end.month):
            return
        yield f"{day.year}-{day.month:02d}"
        day = (day.replace(day=1) + timedelta(days=32)).replace(day=1)


class Blocks:
    """Mentions, known by their places, by what they share; in each block in the order of ``key``, which tells their
    ids. A pair is near in a block of which not too many lie between the two."""

    def __init__(self, key: Callable[[int], str]) -> None:
        self._key = key
        self._members: dict[str, Ints] = {}
        self.keys: dict[int, frozenset[str]] = {}

    def change(
        self, gone: Collection[int], new: Mapping[int, frozenset[str]]
    ) -> tuple[Iterator[tuple[Ints, Ints]], list[tuple[int, int]]]:
        """Take places out and put others in (``new``, in the order of ``key``).

        Returns pairs that are near now, in batches: those with one that is new, and those that came closer to each
        other as what was between them left; and pairs that were moved apart in a block, but may be near in another.
        """
        out, into = defaultdict[str, list[int]](list), defaultdict[str, list[int]](list)
        for place in gone:
            for name in self.keys.pop(place):
                out[name].append(place)
        for place, names in new.items():
            self.keys[place] = names
            for name in names:
                into[name].append(place)
        closer, farther = list[tuple[Ints, Ints]](), list[tuple[int, int]]()
        for name in out.keys() | into.keys():
            before, after = self._exchange(name, out.get(name, ()), into.get(name, ()))
            gained, lost = _moved(before, after)
            closer += [gained] if len(gained[0]) else []
            farther += zip(*(side.tolist() for side in lost), strict=True)
        return _batches(chain(self._neighbours(new, into), closer)), farther

    def near(self, a: int, b: int) -> bool:
        """Whether the two have a block in which they are near."""
        shared = self.keys[a] & self.keys[b]
        return any(abs(self._at(name, a) - self._at(name, b)) <= _MAX_BLOCK for name in shared)

    def _at(self, name: str, place: int) -> int:
        return bisect_left(self._members[name], self._key(place), key=self._key)

    def _exchange(self, name: str, out: Iterable[int], into: Iterable[int]) -> tuple[Ints, Ints]:
        """The block before and after."""
        before = self._members.get(name, _NONE)
        kept = before[~np.isin(before, list(out))] if out else before
        after = np.array(sorted([*kept.tolist(), *into], key=self._key), np.int64)
        if len(after):
            self._members[name] = after
        else:
            del self._members[name]
        return before, after

    def _neighbours(
        self, new: Mapping[int, frozenset[str]], into: Mapping[str, Sequence[int]]
    ) -> Iterator[tuple[Ints, Ints]]:
        """Each new mention with those near it, each once; of two new ones the first alone tells of the pair."""
        walks = {name: self._walk(name, places) for name, places in into.items()}
        for place, names in new.items():
            near = [next(walks[name]) for name in names]
            if near and len(others := np.unique(np.concatenate(near))):
                yield np.full(len(others), place), others

    def _walk(self, name: str, into: Sequence[int]) -> Iterator[Ints]:
        """For each of a block's new mentions those near it: all that come after, and of those before the old."""
        block = self._members[name]
        if len(into) == len(block):
            for at in range(len(block)):
                yield block[at + 1 : at + 1 + _MAX_BLOCK]
            return
        is_new = np.isin(block, into)
        for at in np.flatnonzero(is_new).tolist():
            before = slice(max(0, at - _MAX_BLOCK), at)
            yield np.concatenate((block[before][~is_new[before]], block[at + 1 : at + 1 + _MAX_BLOCK]))


def _moved(before: Ints, after: Ints) -> tuple[tuple[Ints, Ints], tuple[Ints, Ints]]:
    """Pairs that stayed in a block and came near each other as others left it, and those no longer near."""
    if not len(before) or max(len(before), len(after)) <= _MAX_BLOCK:
        return (_NONE, _NONE), (_NONE, _NONE)
    was, now = np.isin(before, after).nonzero()[0], np.isin(after, before).nonzero()[0]
    stayed = after[now]
    until = [np.searchsorted(at, at + _MAX_BLOCK, "right") for at in (was, now)]
    return _between(stayed, until[0], until[1]), _between(stayed, until[1], until[0])


def _between(places: Ints, first: Any, last: Any) -> tuple[Ints, Ints]:
    """Each place with those from its ``first`` to before its ``last``."""
    lengths = np.maximum(last - first, 0)
    ends = np.cumsum(lengths)
    others = np.arange(int(lengths.sum())) + np.repeat(first - ends + lengths, lengths)
    return np.repeat(places, lengths), places[others]


def _batches(pairs: Iterable[tuple[Ints, Ints]]) -> Iterator[tuple[Ints, Ints]]:
    """Pairs as two arrays, many at once."""
    waiting, n = [(_NONE, _NONE)], 0
    for pair in pairs:
        waiting.append(pair)
        n += len(pair[0])
        if n >= _BATCH:
            yield _joined(waiting)
            waiting, n = [(_NONE, _NONE)], 0
    yield _joined(waiting)


def _joined(pairs: Iterable[tuple[Ints, Ints]]) -> tuple[Ints, Ints]:
    some, others = zip(*pairs, strict=True)
    return np.concatenate(some), np.concatenate(others)
