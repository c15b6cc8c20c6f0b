"""The timeline of a list: bars by day, week, month or year; few incidents each with a bar of their own.

``timeline_of_list(store.shown, query, asked)`` asks for the numbers itself; ``make_timeline`` and ``make_lanes`` take
them. The template draws either with ``{% from "parts_timeline.html.j2" import timeline_figure %}{{
timeline_figure(timeline) }}`` and ``/static/charts.css``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from math import ceil, log10

from attested.ledger.shown import Period, Query, Shown, ShownRows, Span
from attested.values import PartialDate
from attested.views.pictures import Timeline, timeline_of
from attested.views.timescale import Tick, TimeScale, time_scale
from attested.views.words import date_words, day_words, number_words, place_words
from attested.web.filters import noun_of
from attested.web.render import with_query

WIDTH, _LABEL_WIDTH = 640.0, 240
_LEFT, _RIGHT, _TOP = 44.0, 10.0, 16.0  # picture units around the bars
_HIGH, _KILLED_HIGH, _LANE = 120.0, 26.0, 9.0  # heights of the bars, of those of the killed, and of a range
_AXIS = 20.0  # picture units for the labels under the bars
_MOST_RANGES, _MOST_LANES = 80, 6
_GAP = 0.16  # of a bar's room, left empty
_LEAST = 2.0  # picture units: a bar must be seen
MOST_ROWS = 14
"""So many dated incidents are each drawn with a bar and a label of their own, which is as tall as the map."""
MOST_BARS = 160
_DAYS = {"day": 1, "week": 7, "month": 30.4, "year": 365.25}
_TAIL = 0.01  # of the incidents at either end may be left to a link, where half of the time goes with them
_NOUNS = {"day": "day", "week": "week", "month": "month", "year": "year"}


@dataclass(frozen=True, slots=True)
class Column:
    """A period: its bar above the axis, and that of its killed below."""

    x: float
    y: float
    width: float
    height: float
    killed_height: float
    n: int
    killed: int
    when: str
    title: str
    href: str


@dataclass(frozen=True, slots=True)
class Range:
    """Incidents that may be of any day of an interval wider than a period."""

    x: float
    y: float
    width: float
    n: int
    title: str
    href: str


@dataclass(frozen=True, slots=True)
class Aside:
    """Incidents that are not drawn, in words, and where their list is."""

    words: str
    href: str


@dataclass(frozen=True, slots=True)
class TimelinePicture:
    """A timeline in picture units: ``lanes`` where each incident has a row, else columns and ranges.

    ``levels`` are the grid's lines, from 0 up; ``axis`` is where the bars stand; ``killed_axis`` where those of the
    killed end, which is the same if nobody was killed; ``by`` is the period, ``noun`` what is counted.
    """

    width: float
    height: float
    by: str
    noun: str
    columns: tuple[Column, ...] = ()
    ranges: tuple[Range, ...] = ()
    levels: tuple[Tick, ...] = ()
    ticks: tuple[Tick, ...] = ()
    axis: float = 0.0
    killed_axis: float = 0.0
    most_killed: int = 0
    asides: tuple[Aside, ...] = ()
    lanes: Timeline | None = None

    @property
    def n_drawn(self) -> int:
        """How many incidents have a place on it."""
        if self.lanes:
            return len(self.lanes.bars)
        return sum(column.n for column in self.columns) + sum(found.n for found in self.ranges)


def timeline_of_list(shown: ShownRows, query: Query, asked: dict[str, str]) -> TimelinePicture:
    """The timeline of a query, which ``asked`` is the address of."""
    totals = shown.totals(query)
    if totals.n - totals.n_undated <= MOST_ROWS:
        return make_lanes(
            shown.page(replace(query, dated=True, sort="date"), MOST_ROWS), totals.n_undated, asked
        )
    by = unit_for(shown.periods(query, "month"))
    return make_timeline(shown.periods(query, by), shown.spans(query, by), totals.n_undated, asked, by=by)


def unit_for(months: Sequence[Period]) -> str:
    """The shortest period of which there are no more bars than can be seen, of what most incidents lie in."""
    if not months:
        return "month"
    first, last = _middle(months)
    days = (last - first).days + 31
    return next((by for by, n in _DAYS.items() if days / n <= MOST_BARS), "year")


def make_lanes(rows: Sequence[Shown], n_undated: int, query: dict[str, str]) -> TimelinePicture:
    """A bar or range for each of a few incidents, beside its type and place."""
    lanes = timeline_of(
        [(row.date, row.id, _lane_words(row), row.kind) for row in rows],
        width=int(WIDTH),
        label_width=_LABEL_WIDTH,
    )
    height = float(lanes.height) if lanes else 0.0
    return TimelinePicture(
        WIDTH, height, "", noun_of(query), asides=tuple(_undated(n_undated, query)), lanes=lanes
    )


def _lane_words(row: Shown) -> str:
    """What tells a row from its neighbours first: of an incident its place."""
    return f"{place_words(row.place)}, {row.type}" if row.kind == "incident" else row.title


def make_timeline(
    periods: Sequence[Period], spans: Sequence[Span], n_undated: int, query: dict[str, str], *, by: str
) -> TimelinePicture:
    """Bars of the periods (``ShownRows.periods``), ranges of what is known less exactly (``spans``), the rest beside.

    ``query`` is the address's own, which links change; ``by`` is day, week, month or year.
    """
    asides = list(_undated(n_undated, query))
    ends = [(p.first, p.n) for p in periods] or [(s.first, s.n) for s in spans]
    if not ends:
        return TimelinePicture(WIDTH, 0.0, by, noun_of(query), asides=tuple(asides))
    first, last = _middle(periods) if periods else (min(d for d, _ in ends), max(s.last for s in spans))
    last = next_period(by, last) - timedelta(days=1)
    inside = [p for p in periods if first <= p.first <= last]
    scale = time_scale([(first, last)], x0=_LEFT, x1=WIDTH - _RIGHT)
    assert scale is not None
    most, most_killed = max((p.n for p in inside), default=1), max((p.killed for p in inside), default=0)
    levels = _levels(most)
    axis = _TOP + _HIGH
    killed_axis = axis + (_KILLED_HIGH if most_killed else 0.0)
    tops = [axis - _HIGH * level / levels[-1] for level in levels]
    ranges, n_left = _ranges(spans, scale, (first, last), killed_axis + _AXIS + 6, query, by)
    asides = [*_outside(periods, first, last, query), *_wider(n_left, query, by), *asides]
    lowest = max((found.y for found in ranges), default=killed_axis + _AXIS - _LANE)
    return TimelinePicture(
        width=WIDTH,
        height=lowest + _LANE,
        by=by,
        noun=noun_of(query),
        columns=tuple(_column(p, scale, levels[-1], most_killed, query, by) for p in inside),
        ranges=tuple(ranges),
        levels=tuple(Tick(round(y, 1), f"{n:,}") for y, n in zip(tops, levels, strict=True)),
        ticks=tuple(scale.ticks()),
        axis=axis,
        killed_axis=killed_axis,
        most_killed=most_killed,
        asides=tuple(asides),
    )


def _middle(periods: Sequence[Period]) -> tuple[date, date]:
    """First and last period drawn: all, unless a few at the ends would take up half of the picture."""
    total, seen, kept = sum(p.n for p in periods), 0, []
    for period in periods:
        if seen + period.n > total * _TAIL and seen < total * (1 - _TAIL):
            kept.append(period.first)
        seen += period.n
    first, last = periods[0].first, periods[-1].first
    return (kept[0], kept[-1]) if (kept[-1] - kept[0]) * 2 < last - first else (first, last)


def _column(
    period: Period, scale: TimeScale, level: int, most_killed: int, query: dict[str, str], by: str
) -> Column:
    until = next_period(by, period.first)
    left, room = scale.x(period.first), scale.x(until) - scale.x(period.first)
    height = max(_LEAST, _HIGH * period.n / level)
    killed = max(_LEAST, (_KILLED_HIGH - 4) * period.killed / most_killed) if period.killed else 0.0
    last = until - timedelta(days=1)
    when = period_words(by, period.first)
    dead = f", {period.killed:,} killed" if period.killed else ""
    return Column(
        x=round(left + room * _GAP / 2, 1),
        y=round(_TOP + _HIGH - height, 1),
        width=round(max(1.0, room * (1 - _GAP)), 1),
        height=round(height, 1),
        killed_height=round(killed, 1),
        n=period.n,
        killed=period.killed,
        when=when,
        title=f"{when}: {number_words(period.n, noun_of(query))}{dead}",
        href=within(query, period.first, last),
    )


@lru_cache(maxsize=1_000)
def period_words(by: str, first: date) -> str:
    """``the week of 3 March 2025``, ``March 2025``."""
    last = next_period(by, first) - timedelta(days=1)
    precision = "day" if by == "day" else by
    return date_words(PartialDate(first, last, precision))  # type: ignore[arg-type]


def within(query: dict[str, str], first: date, last: date, **more: str) -> str:
    """The list of what lies wholly between two days."""
    return with_query("/", query, since=first, until=last, within="yes", page="", **more)


def _ranges(
    spans: Sequence[Span],
    scale: TimeScale,
    ends: tuple[date, date],
    top: float,
    query: dict[str, str],
    by: str,
) -> tuple[list[Range], int]:
    """Ranges in lanes, those of the most incidents first, and how many incidents have no room."""
    lanes: list[list[tuple[float, float]]] = []
    found, n_left = [], 0
    for n, span in enumerate(sorted(spans, key=lambda s: (-s.n, s.first, s.last))):
        left, right = scale.x(max(span.first, ends[0])), scale.x(min(span.last, ends[1]) + timedelta(days=1))
        lane = next(
            (i for i, lane in enumerate(lanes) if all(b <= left or right <= a for a, b in lane)), len(lanes)
        )
        is_outside = span.last < ends[0] or span.first > ends[1]
        if n >= _MOST_RANGES or lane >= _MOST_LANES or is_outside:
            n_left += span.n
            continue
        if lane == len(lanes):
            lanes.append([])
        lanes[lane].append((left, right))
        when = date_words(PartialDate(span.first, span.last, _precision(span)))  # type: ignore[arg-type]
        found.append(
            Range(
                x=round(left + 0.5, 1),
                y=round(top + lane * _LANE, 1),
                width=round(max(_LEAST, right - left - 1), 1),
                n=span.n,
                title=f"{when}: {number_words(span.n, noun_of(query))} known no more exactly",
                href=within(query, span.first, span.last, wider=by),
            )
        )
    return found, n_left


def _precision(span: Span) -> str:
    """The calendar's own word for an interval, where it has one."""
    for by in ("month", "year"):
        if span.first == period_start(by, span.first) and span.last == next_period(
            by, span.first
        ) - timedelta(days=1):
            return by
    return "range"


def _outside(periods: Sequence[Period], first: date, last: date, query: dict[str, str]) -> Iterator[Aside]:
    if before := sum(period.n for period in periods if period.first < first):
        words = f"{number_words(before, noun_of(query))} before {day_words(first)}"
        yield Aside(words, within(query, date.min, first - timedelta(days=1)))
    if after := sum(period.n for period in periods if period.first > last):
        words = f"{number_words(after, noun_of(query))} after {day_words(last)}"
        yield Aside(words, within(query, last + timedelta(days=1), date.max))


def _wider(n: int, query: dict[str, str], by: str) -> Iterator[Aside]:
    if n:
        words = f"{number_words(n, f'more {noun_of(query)}')} known less exactly than to the {_NOUNS[by]}"
        yield Aside(words, with_query("/", query, wider=by, page=""))


def _undated(n: int, query: dict[str, str]) -> Iterator[Aside]:
    if n:
        href = with_query("/", query, dated="no", since="", until="", within="", page="")
        yield Aside(f"{number_words(n, noun_of(query))} without a day", href)


def period_start(by: str, day: date) -> date:
    """The first day of the period in which a day lies."""
    if by == "week":
        return day - timedelta(days=day.weekday())
    if by == "month":
        return day.replace(day=1)
    return day.replace(month=1, day=1) if by == "year" else day


def next_period(by: str, first: date) -> date:
    """The first day of the period after the one that begins on a day; the last of all days is its own."""
    days = {"day": 1, "week": 7, "month": 31, "year": 366}[by]
    return (
        period_start(by, first + timedelta(days=days))
        if date.max - first > timedelta(days=days)
        else date.max
    )


def _levels(most: int) -> list[int]:
    """Round numbers up to at least the most: 0, 5, 10."""
    rough = max(1.0, most / 3)
    power = 10 ** int(log10(rough))
    step = next(power * unit for unit in (1, 2, 5, 10) if power * unit >= rough)
    return [step * i for i in range(ceil(most / step) + 1)]
