"""Small bars of one row of trends: its last periods, alike for all rows, each bar a link to its list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from attested.ledger.shown import Period
from attested.views.words import number_words
from attested.web.charts.timeline import next_period, period_start, period_words
from attested.web.filters import noun_of
from attested.web.render import with_query

WIDTH, HEIGHT = 212, 30
N_BARS = 53
"""Weeks of a year and the one that is not over; as many months are four years."""
_ROOM = WIDTH / N_BARS
_LEAST = 1.5  # picture units: a bar must be seen


@dataclass(frozen=True, slots=True)
class SmallBar:
    """One period with incidents."""

    x: float
    y: float
    width: float
    height: float
    title: str
    href: str


@dataclass(frozen=True, slots=True)
class SmallBars:
    """The last periods of a row up to a day; ``most`` incidents are the whole height."""

    width: int
    height: int
    most: int
    bars: tuple[SmallBar, ...]


def small_bars(periods: Sequence[Period], end: date, by: str, query: dict[str, str]) -> SmallBars:
    """The bars of the last ``N_BARS`` periods up to the one of ``end``."""
    starts = [period_start(by, end)]
    while len(starts) < N_BARS:
        starts.append(_before(by, starts[-1]))
    places = {start: N_BARS - 1 - i for i, start in enumerate(starts)}
    seen = [period for period in periods if period.first in places]
    most = max((period.n for period in seen), default=0)
    lists = with_query("/", query, since="", until="", within="yes", page="")
    return SmallBars(
        WIDTH, HEIGHT, most, tuple(_bar(p, places[p.first], most, by, lists, noun_of(query)) for p in seen)
    )


def _bar(period: Period, place: int, most: int, by: str, lists: str, noun: str) -> SmallBar:
    height = max(_LEAST, (HEIGHT - 2) * period.n / most)
    last = date.fromordinal(next_period(by, period.first).toordinal() - 1)
    return SmallBar(
        x=round(place * _ROOM, 1),
        y=round(HEIGHT - height, 1),
        width=round(_ROOM * 0.8, 1),
        height=round(height, 1),
        title=f"{period_words(by, period.first)}: {number_words(period.n, noun)}",
        href=f"{lists}&since={period.first}&until={last}",
    )


def _before(by: str, start: date) -> date:
    return period_start(by, date.fromordinal(max(1, start.toordinal() - 1)))
