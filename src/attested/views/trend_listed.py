"""Trends over the index of shown rows: the counts and changes of ``trend_table``, of any list, without fusing.

An incident counts for everybody whom a list names as its actor: those who are blamed, who claim it, and known bodies
that it hit.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from attested.ledger.shown import Period, Query, Runs, ShownRows
from attested.text.countries import countries
from attested.views.change import Change, Window, change_of, window
from attested.views.trend_table import FIFTY_TWO_WEEKS, FOUR_WEEKS, PeriodKind

ListedGroup = Literal["all", "type", "country", "admin1", "actor"]
_FACETS: tuple[ListedGroup, ...] = ("type", "country", "admin1", "actor")
_NONE = Runs(0, 0, 0)


@dataclass(frozen=True, slots=True)
class ListedTrend:
    """Incidents of one value of a field; ``filter`` narrows a list to them."""

    by: ListedGroup
    name: str
    filter: Mapping[str, str]
    n: int
    periods: tuple[Period, ...]
    four_weeks: Change | None
    fifty_two_weeks: Change | None


@dataclass(frozen=True, slots=True)
class ListedTrends:
    """All rows as reckoned on ``end``: the day asked for, or else the last on which a report was published."""

    by: PeriodKind
    end: date | None
    four_weeks: Window | None
    fifty_two_weeks: Window | None
    rows: tuple[ListedTrend, ...]

    @property
    def n_judged(self) -> int:
        """How many pairs of counts were compared: chance alone makes LEVEL of them a change, at most."""
        changes = (c for row in self.rows for c in (row.four_weeks, row.fifty_two_weeks))
        return sum(c is not None and c.chance is not None for c in changes)


def listed_trends(
    shown: ShownRows, query: Query, published: Sequence[date], *, by: PeriodKind, most: int
) -> ListedTrends:
    """The trends of a list: all of it, and the ``most`` frequent values of each field.

    ``published`` are the days of all reports, in order. The list's own days only say when it ends, so that what was
    before can be set beside it.
    """
    end = query.until or (published[-1] if published else None)
    asked = replace(query, since=None, until=None, within=None)
    windows = [window(days, end, published) if end else None for days in (FOUR_WEEKS, FIFTY_TWO_WEEKS)]
    rows = [row for field in ("", *_FACETS) for row in _rows(shown, asked, field, windows, by, most)]
    return ListedTrends(by, end, windows[0], windows[1], tuple(rows))


def _rows(
    shown: ShownRows, query: Query, field: str, windows: Sequence[Window | None], by: PeriodKind, most: int
) -> Iterator[ListedTrend]:
    runs = [shown.runs(query, field, w.start, w.middle, w.end) if w else {} for w in windows]
    values = shown.facets(query, field, most) if field else [("", shown.totals(query).n)]
    for value, n in values:
        narrow: dict[str, str] = {field: value} if field else {}
        changes = [
            change_of(w, *found.get(value, _NONE)) if w else None
            for w, found in zip(windows, runs, strict=True)
        ]
        own = replace(query, **narrow)  # type: ignore[arg-type]
        name = _name(field, value)
        group: ListedGroup = next((known for known in _FACETS if known == field), "all")
        yield ListedTrend(group, name, narrow, n, tuple(shown.periods(own, by)), changes[0], changes[1])


def _name(field: str, value: str) -> str:
    known = countries().get(value) if field == "country" else None
    return known.name if known else value or "all"
