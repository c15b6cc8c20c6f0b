"""The rows of lists, maps and trends as they are shown, read from a stored index: filtered, sorted, counted, searched.

The index is a copy of what fusing gives (``views.listing`` makes it), so that no list fuses a whole ledger.
"""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date as Day
from datetime import timedelta
from pathlib import Path
from typing import Any, Literal, NamedTuple

from attested import codec
from attested.errors import InputError
from attested.ledger.opening import complaints
from attested.ledger.shown_query import EVERY_INCIDENT, Query, Where, order_of
from attested.mentions.typing import VAGUE_TYPES, VIOLENT_TYPES
from attested.resolve.gazetteer import distance_km
from attested.values import Count, PartialDate, Place

__all__ = ["Ask", "Period", "Point", "Query", "Shown", "ShownRows", "Totals"]

Kind = Literal["incident", "statement", "trend"]
FACETS = ("country", "admin1", "place", "type", "actor", "ask")
PERIODS = ("day", "week", "month", "year")
WIDE = 3
"""UCDP GED where_prec from which a place is a district or wider: an area, not a dot."""


@dataclass(frozen=True, slots=True)
class Ask:
    """One question about an incident: what is shown, how sure that is, and what speaks against it."""

    ask: str
    shown: str
    sure: float
    why: str


@dataclass(frozen=True, slots=True)
class Shown:
    """An incident, statement or trend as a list shows it.

    ``type`` is an ACLED sub-event type, a PLOVER root or "trend"; ``text`` holds all words that are searched;
    ``disputed`` are the fields on which reports disagree; ``sure`` is how sure the incident as a whole is, 1 where that
    is not reckoned; ``least`` is how sure the most doubtful of what is asked is, 1 where nothing is.
    """

    id: str
    kind: Kind
    type: str
    title: str
    text: str
    date: PartialDate
    place: Place | None = None
    killed: Count | None = None
    injured: Count | None = None
    n_reports: int = 0
    n_origins: int = 0
    disputed: tuple[str, ...] = ()
    judged: bool = False
    sure: float = 1.0
    asks: tuple[Ask, ...] = ()
    actors: tuple[str, ...] = ()
    first_reported: Day | None = None

    @property
    def least(self) -> float:
        """How sure the most doubtful question is; 1 where nothing is asked."""
        return min((ask.sure for ask in self.asks), default=1.0)


class Totals(NamedTuple):
    """How many rows a query has, how many of them lack a day or a place, are disputed or judged; sums of killed."""

    n: int
    n_undated: int
    n_unplaced: int
    n_disputed: int
    n_judged: int
    killed_low: int
    killed: int
    killed_high: int


class Period(NamedTuple):
    """A day, week, month or year by its first day: how many rows lie wholly in it, and their killed."""

    first: Day
    n: int
    killed: int


class Point(NamedTuple):
    """Rows near one another on the map; ``precision`` is the coarsest, ``id`` and ``place`` are set if it is one."""

    lat: float
    lon: float
    n: int
    precision: int
    place: str | None
    id: str | None


class ShownRows:
    """Reads the index of one ledger file. All raise LedgerError when the file cannot be read."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._connection, self._path = connection, path

    def page(self, query: Query = EVERY_INCIDENT, limit: int = 50, offset: int = 0) -> list[Shown]:
        """The rows of a query from the ``offset``-th on. Raises InputError for a sort that there is none of."""
        where = Where(query)
        ids = f"SELECT n FROM shown {where} ORDER BY {order_of(query.sort)} LIMIT :limit OFFSET :offset"
        found = [n for (n,) in self._all(ids, where.values | {"limit": limit, "offset": offset})]
        rows = self._rows(found)
        return [rows[n] for n in found]

    def ids(self, query: Query = EVERY_INCIDENT) -> list[str]:
        """The ids of all rows of a query, in its order. Raises InputError for a sort that there is none of."""
        where = Where(query)
        sql = f"SELECT id FROM shown {where} ORDER BY {order_of(query.sort)}"
        return [id for (id,) in self._all(sql, where.values)]

    def get(self, id: str) -> Shown | None:
        """The row of an id; None if there is none."""
        found = [n for (n,) in self._all("SELECT n FROM shown WHERE id = ?", (id,))]
        return self._rows(found)[found[0]] if found else None

    def totals(self, query: Query = EVERY_INCIDENT) -> Totals:
        """Counts over all rows of a query."""
        where = Where(query)
        sql = f"""SELECT count(*), count(*) - count(first), count(*) - count(place),
            coalesce(sum(n_disputed > 0), 0), coalesce(sum(judged), 0), coalesce(sum(killed_low), 0),
            coalesce(sum(killed), 0), coalesce(sum(killed_high), 0) FROM shown {where}"""
        return Totals(*self._all(sql, where.values)[0])

    def facets(
        self, query: Query = EVERY_INCIDENT, field: str = "country", limit: int = 20
    ) -> list[tuple[str, int]]:
        """The commonest values of a field among the rows of a query, each with how many have it.

        Raises InputError for a field that has none.
        """
        if field not in FACETS:
            raise InputError(f"nothing is counted by {field!r}; there are: {', '.join(FACETS)}")
        where = Where(query)
        source, name = _FACET_OF.get(field, ("shown", field))
        sql = f"""SELECT {name}, count(*) AS found FROM {source} {where} GROUP BY {name} HAVING {name} IS NOT NULL
            ORDER BY found DESC, {name} LIMIT :limit"""
        return [(value, n) for value, n in self._all(sql, where.values | {"limit": limit})]

    def periods(self, query: Query = EVERY_INCIDENT, by: str = "week") -> list[Period]:
        """Rows by the period that holds all their days; those of a wider interval are in none (``n_wider``).

        Raises InputError for a period that there is none of.
        """
        where, column = Where(query), _period_column(by)
        sql = f"""SELECT {column} AS period, count(*), coalesce(sum(killed), 0) FROM shown
            {where.and_(f"{column} IS NOT NULL")} GROUP BY period ORDER BY period"""
        return [Period(Day.fromordinal(day), n, killed) for day, n, killed in self._all(sql, where.values)]

    def n_wider(self, query: Query = EVERY_INCIDENT, by: str = "week") -> int:
        """How many rows of a query have days that lie in more than one period."""
        where, column = Where(query), _period_column(by)
        sql = f"SELECT count(*) FROM shown {where.and_(f'first IS NOT NULL AND {column} IS NULL')}"
        return int(self._all(sql, where.values)[0][0])

    def points(self, query: Query = EVERY_INCIDENT, cell: float = 0.0) -> list[Point]:
        """The places of a query's rows on the map, binned by a grid of ``cell`` degrees; 0 keeps each place apart.

        Towns and sites are binned together; of wider places only those that are as wide.
        """
        where = Where(query)
        sql = f"""SELECT lat, lon, exactness, count(*), min(place), max(place), min(id) FROM shown
            {where.and_("lat IS NOT NULL AND lon IS NOT NULL")} GROUP BY lat, lon, exactness"""
        bins: dict[tuple[object, ...], list[tuple[Any, ...]]] = defaultdict(list)
        for row in self._all(sql, where.values):
            bins[_bin_of(row, cell)].append(row)
        return sorted(map(_point, bins.values()))

    def near(self, id: str, days: int = 7, km: float = 100.0, limit: int = 10) -> list[Shown]:
        """Incidents that may be this one: of its country and a sort that may be the same, near in days and place.

        The nearest first; what is told without a day or coordinates may be anywhere. Empty if the row has no place.
        """
        own = self.get(id)
        if own is None or own.place is None or own.place.country is None:
            return []
        since, until = _widened(own.date, days)
        query = Query(kind=own.kind, country=own.place.country, since=since, until=until)
        ids = [other for other in self.ids(query) if other != id]
        apart = [(gap, row) for row in self._of_ids(ids) if (gap := _gap(own, row, days, km)) is not None]
        return [row for _, row in sorted(apart, key=lambda pair: (pair[0], pair[1].id))[:limit]]

    def _of_ids(self, ids: list[str]) -> Iterator[Shown]:
        where = Where(Query(kind="", ids=tuple(ids))) if ids else None
        found = [n for (n,) in self._all(f"SELECT n FROM shown {where}", where.values)] if where else []
        return iter(self._rows(found).values())

    def _rows(self, found: Iterable[int]) -> dict[int, Shown]:
        """The rows of these numbers."""
        sql = """SELECT shown_row.n, row, text FROM shown_row JOIN shown_words ON shown_words.rowid = shown_row.n
            WHERE shown_row.n = ?"""
        read = codec.decoder(Shown)
        rows = (self._all(sql, (n,))[0] for n in found)
        return {n: read(json.loads(row) | {"text": text}) for n, row, text in rows}

    def _all(self, sql: str, values: object = ()) -> list[Any]:
        with complaints(self._path):
            return self._connection.execute(sql, values).fetchall()  # type: ignore[arg-type]


_FACET_OF = {
    "actor": ("shown JOIN shown_actor USING (n)", "name"),
    "ask": ("shown JOIN shown_ask USING (n)", "ask"),
}


def _period_column(by: str) -> str:
    if by not in PERIODS:
        raise InputError(f"no period {by!r}; there are: {', '.join(PERIODS)}")
    return "iif(first = last, first, NULL)" if by == "day" else by


def _bin_of(row: tuple[Any, ...], cell: float) -> tuple[object, ...]:
    lat, lon, exactness = row[:3]
    where = (lat // cell, lon // cell) if cell > 0 else (lat, lon)
    return (*where, exactness if exactness >= WIDE else 0)


def _point(rows: list[tuple[Any, ...]]) -> Point:
    n = sum(row[3] for row in rows)
    lat, lon = (sum(row[i] * row[3] for row in rows) / n for i in (0, 1))
    names = {name for row in rows for name in row[4:6]}
    return Point(
        lat=lat,
        lon=lon,
        n=n,
        precision=max(row[2] for row in rows),
        place=names.pop() if len(names) == 1 else None,
        id=rows[0][6] if n == 1 else None,
    )


def _widened(interval: PartialDate, days: int) -> tuple[Day | None, Day | None]:
    if interval.start is None or interval.end is None:
        return None, None
    return interval.start - timedelta(days=days), interval.end + timedelta(days=days)


def _gap(own: Shown, other: Shown, days: int, km: float) -> float | None:
    """How far two incidents are apart, as shares of the days and kilometres allowed; None if too far, or other sorts.

    What is not known counts as the whole of its share, and another type, which may be the same, as half of one.
    """
    is_vague = {own.type, other.type} & VAGUE_TYPES and {own.type, other.type} <= VIOLENT_TYPES
    if own.type != other.type and not is_vague:
        return None
    gap = 0.0 if own.type == other.type else 0.5
    gap += _days_between(own.date, other.date) / max(days, 1) if own.date.is_known else 1.0
    far = _km_between(own.place, other.place)
    if far is not None and far > km:
        return None
    return gap + (1.0 if far is None else far / max(km, 1.0))


def _days_between(one: PartialDate, other: PartialDate) -> int:
    if one.start is None or one.end is None or other.start is None or other.end is None:
        return 0
    return max(0, (other.start - one.end).days, (one.start - other.end).days)


def _km_between(one: Place | None, other: Place | None) -> float | None:
    """Kilometres between two towns; None where one is not known so exactly."""
    if one is None or other is None or max(one.precision, other.precision) >= WIDE:
        return None
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return None
    return distance_km(one.lat, one.lon, other.lat, other.lon)
