"""Trends of any list: by week or month with the change over 4 and 52 weeks, by type, country, region and actor."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from itertools import groupby
from typing import Any, get_args

from starlette.requests import Request
from starlette.responses import Response

from attested import codec
from attested.errors import InputError
from attested.ledger import lists
from attested.ledger.shown import Query, ShownRows
from attested.views.change import LEVEL, Change, Window, change_words, days_of
from attested.views.flat import Cell
from attested.views.trend_listed import ListedTrend, ListedTrends, listed_trends
from attested.views.trend_table import PeriodKind
from attested.web.charts.bars import SmallBars, small_bars
from attested.web.charts.timeline import MOST_BARS, TimelinePicture, make_timeline, within
from attested.web.filters import query_of
from attested.web.ledgers import LedgerFile
from attested.web.render import data, ledger_of, page, with_query
from attested.web.tables import csv_file

_SHOWN, _IN_FILE = 7, 100  # rows of a kind on the page, and in a file or JSON
_TITLES = {
    "all": "All incidents",
    "type": "By type",
    "country": "By country",
    "admin1": "By region",
    "actor": "By actor",
}
_FIRST, _LAST = (
    date(4, 1, 1),
    date(9998, 12, 31),
)  # twice 52 weeks before there are days still, and a year after
_OWN = ("by", "format", "page")  # names of an address that are no filter of a list


@dataclass(frozen=True, slots=True)
class Compared:
    """A change with the lists of both runs."""

    change: Change
    last: str
    before: str

    @property
    def words(self) -> str:
        """What became of it."""
        return change_words(self.change)


@dataclass(frozen=True, slots=True)
class TrendRow:
    """A row of the page."""

    name: str
    n: int
    href: str
    bars: SmallBars | None
    four_weeks: Compared | None
    fifty_two_weeks: Compared | None


def trends(request: Request) -> Response:
    """The trends of an address's filter; ``by=month`` for months, ``format=csv`` for a file."""
    asked = dict(request.query_params)
    if (form := asked.get("format", "")) in ("csv", "spreadsheet"):
        found = _found(request, _IN_FILE)
        return csv_file(map(_flat, found.rows), "trends", for_spreadsheet=form == "spreadsheet")
    found, query = _found(request, _SHOWN), query_of(asked)
    filtered = {name: value for name, value in asked.items() if name not in _OWN and value}
    return page(
        request,
        "trends.html.j2",
        trends=found,
        groups=list(_groups(found, filtered)),
        timeline=_timeline(ledger_of(request).store.shown, query, found, filtered),
        windows=[(4, found.four_weeks), (52, found.fifty_two_weeks)],
        filtered=filtered,
        ledger=with_query("/", filtered),
        by_chance=round(found.n_judged * LEVEL),
    )


def trends_data(request: Request) -> Response:
    """``/api/trends``: the same as JSON, with up to a hundred rows of a kind."""
    return data(codec.encode(_found(request, _IN_FILE)))


def _found(request: Request, most: int) -> ListedTrends:
    asked, store = dict(request.query_params), ledger_of(request).store
    by = asked.get("by") or "week"
    if by not in get_args(PeriodKind):
        raise InputError(f"trends are by week or by month, not by {by!r}")
    query = query_of(asked)
    if query.until and not _FIRST <= query.until <= _LAST:
        raise InputError(f"until is a day between {_FIRST} and {_LAST}, not {query.until}")
    published = _published(ledger_of(request), store.last_run().made_at)
    kind: PeriodKind = "month" if by == "month" else "week"
    return listed_trends(store.shown, query, published, by=kind, most=most)


@lru_cache(maxsize=4)
def _published(file: LedgerFile, _made_at: str) -> list[date]:
    """The days of all reports, read once after each run."""
    return days_of(file.store.ask(lists.published_intervals))


def _groups(found: ListedTrends, query: Mapping[str, str]) -> Iterator[tuple[str, list[TrendRow]]]:
    for by, rows in groupby(found.rows, key=lambda row: row.by):
        yield _TITLES[by], [_row(found, row, query) for row in rows]


def _row(found: ListedTrends, row: ListedTrend, query: Mapping[str, str]) -> TrendRow:
    own = {**query, **row.filter, "since": "", "until": ""}
    bars = small_bars(row.periods, found.end, found.by, own) if found.end else None
    return TrendRow(
        row.name,
        row.n,
        with_query("/", own),
        bars,
        _compared(row.four_weeks, found.four_weeks, own),
        _compared(row.fifty_two_weeks, found.fifty_two_weeks, own),
    )


def _compared(change: Change | None, window: Window | None, query: dict[str, str]) -> Compared | None:
    if change is None or window is None:
        return None
    before = within(query, window.start, window.middle - timedelta(days=1))
    return Compared(change, within(query, window.middle, window.end), before)


def _timeline(shown: ShownRows, query: Query, found: ListedTrends, asked: dict[str, str]) -> TimelinePicture:
    """The last periods of all rows, large."""
    periods = [p for p in found.rows[0].periods if found.end is None or p.first <= found.end][-MOST_BARS:]
    first = periods[0].first if periods else date.min
    spans = [span for span in shown.spans(query, found.by) if span.first >= first]
    return make_timeline(periods, spans, shown.totals(query).n_undated, asked, by=found.by)


def _flat(row: ListedTrend) -> dict[str, Cell]:
    """A row as a line of a table."""
    told: dict[str, Any] = {"by": row.by, "name": row.name, "incidents": row.n}
    for name, change in (("4_weeks", row.four_weeks), ("52_weeks", row.fifty_two_weeks)):
        told |= {
            f"{name}_last": change.last if change else None,
            f"{name}_before": change.before if change else None,
            f"{name}_unsure": change.unsure if change else None,
            f"{name}_percent": change.percent if change else None,
            f"{name}_verdict": change.verdict if change else None,
            f"{name}_chance": change.chance if change else None,
        }
    return told
