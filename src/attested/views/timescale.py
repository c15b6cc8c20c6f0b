"""A time axis for small pictures: long empty stretches are cut out and marked, not drawn."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from math import sqrt

_BREAK_WIDTH = 22.0  # picture units between two stretches, room for the mark
_MIN_GAP_DAYS = 21  # a shorter silence is part of the story
_GAP_SHARE = 0.12  # of the whole time; a shorter one is seen well enough uncut
_TICK_ROOM = 78.0  # picture units that a date's label needs
_LABEL_WIDTH = 64.0  # picture units of "28 Sep 2020" and a blank
_PAD_DAYS = 2
_MIN_SHARE = 0.1  # of the picture, for a stretch however short and quiet
_MONTHS, _YEAR_DAYS = 12, 365
# Steps between ticks, in days; months and years are stepped on the calendar.
_DAY_STEPS = (1, 2, 7, 14)
_MONTH_STEPS = (1, 2, 3, 6, 12, 24, 60, 120)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A run of days drawn from ``x0`` to ``x1``, ``pad`` days of room at either end."""

    start: date
    end: date
    x0: float
    x1: float
    pad: timedelta

    def x(self, day: date) -> float:
        """Where a day begins."""
        share = (day - self.start).days / max(1, (self.end - self.start).days)
        return round(self.x0 + share * (self.x1 - self.x0), 1)


@dataclass(frozen=True, slots=True)
class Tick:
    """A labelled place on the axis."""

    x: float
    label: str


@dataclass(frozen=True, slots=True)
class TimeScale:
    """Stretches of time side by side; ``breaks`` are where time was left out."""

    stretches: tuple[Stretch, ...]

    def x(self, day: date) -> float:
        """Where a day begins; days outside every stretch are moved to the nearest edge."""
        for stretch in self.stretches:
            if day <= stretch.end:
                return stretch.x(max(day, stretch.start))
        return self.stretches[-1].x1

    @property
    def breaks(self) -> list[float]:
        """The middles of the cuts."""
        edges = zip(self.stretches, self.stretches[1:], strict=False)
        return [round((left.x1 + right.x0) / 2, 1) for left, right in edges]

    def ticks(self) -> list[Tick]:
        """Labels for each stretch, as many as have room; its only label gives way last."""
        found: list[list[Tick]] = []
        for stretch in self.stretches:
            own = _ticks(stretch)
            while found and found[-1] and own and own[0].x - found[-1][-1].x < _LABEL_WIDTH:
                (own if len(own) > 1 else found[-1]).pop(0 if len(own) > 1 else -1)
            found.append(own)
        flat = [tick for ticks in found for tick in ticks]
        # The label at the right edge is written to the left of its line and needs the room of two.
        if len(flat) > 1 and flat[-1].x > self.stretches[-1].x1 - _LABEL_WIDTH:
            flat = [t for t in flat[:-1] if flat[-1].x - t.x >= 2 * _LABEL_WIDTH] + flat[-1:]
        return flat


def time_scale(
    intervals: Iterable[tuple[date, date]], *, x0: float, x1: float, pad_days: int = _PAD_DAYS
) -> TimeScale | None:
    """The scale that shows all intervals between ``x0`` and ``x1``; None when there are none."""
    pad = timedelta(days=pad_days)
    runs = _runs(sorted(intervals), pad)
    if not runs:
        return None
    weights = [
        sqrt((end - start).days + 1) * sqrt(n) for start, end, n in runs
    ]  # busy weeks over quiet years
    floor = _MIN_SHARE * sum(weights)  # room for one label each
    weights = [max(weight, floor) for weight in weights]
    room = x1 - x0 - _BREAK_WIDTH * (len(runs) - 1)
    stretches, x = [], x0
    for (start, end, _), weight in zip(runs, weights, strict=True):
        width = room * weight / sum(weights)
        stretches.append(Stretch(start, end, round(x, 1), round(x + width, 1), pad))
        x += width + _BREAK_WIDTH
    return TimeScale(tuple(stretches))


def _runs(intervals: list[tuple[date, date]], pad: timedelta) -> list[tuple[date, date, int]]:
    """Intervals joined unless a long silence lies between them, with a little room around and their number."""
    if not intervals:
        return []
    last = max(end for _, end in intervals)
    gap = max(_MIN_GAP_DAYS, int((last - intervals[0][0]).days * _GAP_SHARE))
    runs: list[tuple[date, date, int]] = []
    for start, end in intervals:
        if runs and (start - runs[-1][1]).days <= gap:
            runs[-1] = (runs[-1][0], max(runs[-1][1], end), runs[-1][2] + 1)
        else:
            runs.append((start, end, 1))
    return [(_earlier(start, pad), _later(end, pad), n) for start, end, n in runs]


def _earlier(day: date, pad: timedelta) -> date:
    return day - pad if day - date.min > pad else day


def _later(day: date, pad: timedelta) -> date:
    return day + pad if date.max - day > pad else day


def _ticks(stretch: Stretch) -> list[Tick]:
    first = stretch.start + stretch.pad
    last = max(first, stretch.end - stretch.pad)
    room = 1 + int((stretch.x(last) - stretch.x(first)) // _TICK_ROOM)
    n_days = (last - first).days + 1
    for step in _DAY_STEPS:
        if -(-n_days // step) <= room:
            days = (first + timedelta(days=i) for i in range(0, n_days, step))
            return [_tick(stretch, day, "day") for day in days]
    for step in _MONTH_STEPS:
        firsts = [day for day in _month_firsts(stretch, step) if first <= day <= last]
        if 1 < len(firsts) <= room:
            return [_tick(stretch, day, "year" if step >= _MONTHS else "month") for day in firsts]
    return [_tick(stretch, first, "month" if n_days < _YEAR_DAYS else "year")]


def _month_firsts(stretch: Stretch, step: int) -> list[date]:
    first = stretch.start.year * _MONTHS + stretch.start.month - 1
    last = stretch.end.year * _MONTHS + stretch.end.month - 1
    months = range(first - first % step, last + 1, step)
    return [date(month // _MONTHS, month % _MONTHS + 1, 1) for month in months if month >= _MONTHS]


def _tick(stretch: Stretch, day: date, unit: str) -> Tick:
    label = {"day": f"{day.day} {day:%b %Y}", "month": f"{day:%b %Y}", "year": f"{day.year}"}[unit]
    return Tick(stretch.x(day), label)
