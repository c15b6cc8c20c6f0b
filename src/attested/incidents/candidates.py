"""Pairs of mentions worth comparing: they share a day, a vague month and country, or a named victim."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import timedelta

from attested.incidents.profile import Profile

# Up to this many days an interval is filed under each of its days; wider ones under their months.
_FEW_DAYS = 4
# No block is compared whole beyond this size; the excess is compared with its neighbours in order only.
_MAX_BLOCK = 200


def candidate_pairs(profiles: Sequence[Profile]) -> Iterator[tuple[int, int]]:
    """Index pairs (i < j), each once, from blocks; the work grows with the blocks, not with all pairs."""
    blocks: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for i, profile in enumerate(profiles):
        for key in _keys(profile):
            blocks[key].append(i)
    seen: set[tuple[int, int]] = set()
    for key in sorted(blocks):
        members = blocks[key]
        for n, i in enumerate(members):
            for j in members[n + 1 : n + 1 + _MAX_BLOCK]:
                if (i, j) not in seen:
                    seen.add((i, j))
                    yield i, j


def _keys(profile: Profile) -> set[tuple[str, ...]]:
    """Blocks of a mention. Same report and sibling reports meet by day, by month and country, or by name."""
    keys: set[tuple[str, ...]] = {("name", name) for name in profile.named if name}
    date = profile.date
    if date.start is None or date.end is None:
        return keys | {("undated", country) for country in profile.countries}
    if date.n_days <= _FEW_DAYS:
        for n in range(-1, date.n_days + 1):
            keys.add(("day", (date.start + timedelta(days=n)).isoformat()))
    for month in _months(profile):
        for country in profile.countries or {""}:
            keys.add(("month", month, country, profile.story))
        for place in profile.places:
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
