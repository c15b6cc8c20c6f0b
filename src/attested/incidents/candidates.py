"""Pairs of mentions worth comparing: of one day, month and country, victim or a story's leads; that may match."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta

import numpy as np

from attested.incidents.profile import Profile
from attested.incidents.screen import Ints, Screen

# Up to this many days an interval is filed under each of its days; wider ones under their months.
_FEW_DAYS = 4
# No block is compared whole beyond this size; the excess is compared with its neighbours in order only.
_MAX_BLOCK = 200
# Pairs that are screened at once: some 10 MB.
_BATCH = 50_000


def candidate_pairs(profiles: Sequence[Profile], screen: Screen) -> Iterator[tuple[int, int]]:
    """Index pairs (i < j), each once and in order, from blocks; the work grows with the blocks, not with all pairs."""
    for some, others in _batches(_neighbours(profiles)):
        found = screen.hopeful(some, others)
        yield from zip(some[found].tolist(), others[found].tolist(), strict=True)


def _batches(neighbours: Iterable[Ints]) -> Iterator[tuple[Ints, Ints]]:
    """Pairs as two arrays, many at once."""
    some: list[int] = []
    others: list[Ints] = []
    n = 0
    for i, near in enumerate(neighbours):
        if len(near):
            some.append(i)
            others.append(near)
            n += len(near)
        if n >= _BATCH:
            yield np.repeat(some, [len(o) for o in others]), np.concatenate(others)
            some, others, n = [], [], 0
    if others:
        yield np.repeat(some, [len(o) for o in others]), np.concatenate(others)


def _neighbours(profiles: Sequence[Profile]) -> Iterator[Ints]:
    """For each mention those after it in its blocks, each once, up to the cap."""
    numbers: dict[tuple[str, ...], int] = {}
    homes = [[numbers.setdefault(key, len(numbers)) for key in _keys(p)] for p in profiles]
    members: list[list[int]] = [[] for _ in numbers]
    for i, blocks in enumerate(homes):
        for block in blocks:
            members[block].append(i)
    arrays = [np.array(block) for block in members]
    passed = [0] * len(arrays)
    for blocks in homes:
        near = []
        for block in blocks:
            passed[block] += 1
            near.append(arrays[block][passed[block] : passed[block] + _MAX_BLOCK])
        yield np.unique(np.concatenate(near)) if near else np.empty(0, np.int64)


def _keys(profile: Profile) -> set[tuple[str, ...]]:
    """Blocks of a mention. Same report and sibling reports meet by day, by month and country, or by name."""
    keys: set[tuple[str, ...]] = {("name", name) for name in profile.named if name}
    if profile.is_lead and profile.story:
        keys.add(("lead", profile.story))
    date = profile.date
    if date.start is None or date.end is None:
        return keys | {("undated", name) for name in (*profile.countries, profile.story) if name}
    if date.n_days <= _FEW_DAYS:
        for n in range(-1, date.n_days + 1):
            keys.add(("day", (date.start + timedelta(days=n)).isoformat()))
    for month in _months(profile):
        for country in profile.countries or {""}:
            keys.add(("month", month, country, profile.story))
        for place in profile.places or profile.seat:
            keys.add(("month", month, place.name))
    return keys


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
