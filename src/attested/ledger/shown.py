"""The rows of lists, maps and trends as they are shown, read from a stored index: filtered, sorted, counted, searched.

The index is a copy of what fusing gives (``views.listing`` makes it), so that no list fuses a whole ledger.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date as Day
from datetime import timedelta
from pathlib import Path
from typing import Literal, NamedTuple

import numpy as np

from attested import codec
from attested.errors import InputError
from attested.incidents.sureness import Confidence
from attested.ledger.opening import complaints
from attested.ledger.shown_columns import NONE, Array, Columns, among, latest
from attested.ledger.shown_query import EVERY_INCIDENT, WIDE, Query, in_order, period_of, rows_asked
from attested.mentions.typing import VAGUE_TYPES, VIOLENT_TYPES
from attested.resolve.gazetteer import EARTH_RADIUS_KM
from attested.values import Count, PartialDate, Place

__all__ = ["Ask", "Period", "Point", "Query", "Runs", "Shown", "ShownRows", "Span", "Totals"]

Kind = Literal["incident", "statement", "trend"]
FACETS = ("country", "admin1", "place", "type", "actor", "ask")
_LEAST_CELL = 1e-6  # degrees, a tenth of a metre: no two places of a gazetteer are so near


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
    is not reckoned; ``asks`` is what is doubtful, the most doubtful first. ``confidence`` is kept for the incident's
    own page, and read with ``ShownRows.confidence`` alone.
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
    confidence: Confidence | None = None

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


class Span(NamedTuple):
    """The first and last day that so many rows may be of."""

    first: Day
    last: Day
    n: int


class Runs(NamedTuple):
    """How many rows lie wholly in a run of days, how many in the run before it, and how many over an edge."""

    last: int
    before: int
    unsure: int


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
        self._latest = latest(path)

    def page(self, query: Query = EVERY_INCIDENT, limit: int = 50, offset: int = 0) -> list[Shown]:
        """The rows of a query from the ``offset``-th on. Raises InputError for a sort that there is none of."""
        with complaints(self._path):
            while True:
                rows = self._rows()
                wanted = rows.n[self._sorted(rows, query, offset + limit)[offset:]]
                if len(found := self._shown(wanted)) == len(wanted) or rows is self._rows():
                    return found  # else a row was replaced since the columns were read: they are read again

    def ids(self, query: Query = EVERY_INCIDENT) -> list[str]:
        """The ids of all rows of a query, in its order. Raises InputError for a sort that there is none of."""
        with complaints(self._path):
            rows = self._rows()
            return [id.decode("ascii") for id in rows.ids[self._sorted(rows, query, len(rows.n))].tolist()]

    def get(self, id: str) -> Shown | None:
        """The row of an id; None if there is none."""
        with complaints(self._path):
            found = self._shown(
                self._connection.execute("SELECT n FROM shown WHERE id = ?", (id,)).fetchone() or ()
            )
            return found[0] if found else None

    def confidence(self, id: str) -> Confidence | None:
        """How sure an incident is, with the reasons; None if there is no such row."""
        sql = "SELECT row ->> 'confidence' FROM shown JOIN shown_row USING (n) WHERE id = ?"
        with complaints(self._path):
            found = self._connection.execute(sql, (id,)).fetchone()
        return codec.decoder(Confidence)(json.loads(found[0])) if found and found[0] else None

    def of_ids(self, ids: Iterable[str]) -> list[Shown]:
        """The rows of these ids, in any order; an id of none is left out."""
        sql = "SELECT n FROM shown WHERE id IN (SELECT value FROM json_each(?))"
        with complaints(self._path):
            return self._shown([n for (n,) in self._connection.execute(sql, (json.dumps([*ids]),))])

    def totals(self, query: Query = EVERY_INCIDENT) -> Totals:
        """Counts over all rows of a query."""
        found = self._asked(query)
        known = found["killed"] != NONE
        return Totals(
            n=len(known),
            n_undated=int(np.count_nonzero(found["first"] == 0)),
            n_unplaced=int(np.count_nonzero(found["place"] == NONE)),
            n_disputed=int(np.count_nonzero(found["n_disputed"])),
            n_judged=int(np.count_nonzero(found["judged"])),
            killed_low=int(found["killed_low"][known].sum()),
            killed=int(found["killed"][known].sum()),
            killed_high=int(found["killed_high"][known].sum()),
        )

    def facets(
        self, query: Query = EVERY_INCIDENT, field: str = "country", limit: int = 20
    ) -> list[tuple[str, int]]:
        """The commonest values of a field among the rows of a query, each with how many have it.

        Raises InputError for a field that has none.
        """
        if field not in FACETS:
            raise InputError(f"nothing is counted by {field!r}; there are: {', '.join(FACETS)}")
        with complaints(self._path):
            rows = self._rows()
            found = rows_asked(query, rows, self._connection)
        counted = np.bincount(_codes_of(field, rows, found))
        most = np.partition(counted, -limit)[-limit] if 0 < limit < len(counted) else 0
        names = rows.names[field].texts
        told = [
            (names[code], int(counted[code])) for code in np.flatnonzero(counted >= max(most, 1)).tolist()
        ]
        return sorted(told, key=lambda pair: (-pair[1], pair[0]))[:limit]

    def periods(self, query: Query = EVERY_INCIDENT, by: str = "week") -> list[Period]:
        """Rows by the period that holds all their days; those of a wider interval are in none (``n_wider``).

        Raises InputError for a period that there is none of.
        """
        found = self._asked(query)
        home = period_of(found, by)
        within, killed = home > 0, np.maximum(found["killed"], 0)
        starts, of, counted = np.unique(home[within], return_inverse=True, return_counts=True)
        dead = np.bincount(of, weights=killed[within], minlength=len(starts))
        rows = zip(starts.tolist(), counted.tolist(), dead.tolist(), strict=True)
        return [Period(Day.fromordinal(day), n, int(sum_)) for day, n, sum_ in rows]

    def n_wider(self, query: Query = EVERY_INCIDENT, by: str = "week") -> int:
        """How many rows of a query have days that lie in more than one period."""
        found = self._asked(query)
        return int(np.count_nonzero((found["first"] > 0) & (period_of(found, by) == 0)))

    def spans(self, query: Query = EVERY_INCIDENT, by: str = "week") -> list[Span]:
        """The intervals of the rows that ``n_wider`` counts, and how many rows have each."""
        found = self._asked(query)
        wider = (found["first"] > 0) & (period_of(found, by) == 0)
        ends, n = np.unique(
            np.stack([found["first"][wider], found["last"][wider]]), axis=1, return_counts=True
        )
        rows = zip(*ends.tolist(), n.tolist(), strict=True)
        return [Span(Day.fromordinal(first), Day.fromordinal(last), n) for first, last, n in rows]

    def runs(self, query: Query, field: str, start: Day, middle: Day, end: Day) -> dict[str, Runs]:
        """By the values of a facet, or under "" for all: rows of the run from ``middle`` to ``end`` and of that before.

        Raises InputError for a field that there is none of.
        """
        if field and field not in FACETS:
            raise InputError(f"nothing is counted by {field!r}; there are: {', '.join(FACETS)}")
        with complaints(self._path):
            rows = self._rows()
            found = rows_asked(query, rows, self._connection)
        first, last = rows.columns["first"][found], rows.columns["last"][found]
        a, b, c = start.toordinal(), middle.toordinal(), end.toordinal()
        is_last, is_before = (first >= b) & (last <= c), (first >= a) & (last < b)
        is_unsure = (last >= a) & (first <= c) & (first > 0) & ~is_last & ~is_before
        of = [
            _codes_of(field, rows, found[held]) if field else held for held in (is_last, is_before, is_unsure)
        ]
        if not field:
            return {"": Runs(*(int(np.count_nonzero(held)) for held in of))}
        names = [*rows.names[field].texts]  # which grow as another thread reads new rows
        counts = [np.bincount(codes, minlength=len(names)).tolist() for codes in of]
        return {name: Runs(*n) for name, *n in zip(names, *counts, strict=True) if any(n)}

    def points(self, query: Query = EVERY_INCIDENT, cell: float = 0.0) -> list[Point]:
        """The places of a query's rows on the map, binned by a grid of ``cell`` degrees; 0 keeps each place apart.

        Towns and sites are binned together; of wider places only those that are as wide.
        """
        with complaints(self._path):
            rows = self._rows()
            found = rows_asked(query, rows, self._connection)
        return _points(rows, found[rows.columns["is_mapped"][found]], cell)

    def near(self, id: str, days: int = 7, km: float = 100.0, limit: int = 10) -> list[Shown]:
        """Incidents that may be this one: of its country and a sort that may be the same, near in days and place.

        The nearest first; what is told without a day or coordinates may be anywhere. Empty if the row has no place.
        """
        own = self.get(id)
        if own is None or own.place is None or own.place.country is None:
            return []
        since, until = _widened(own.date, days)
        query = Query(kind=own.kind, country=own.place.country, since=since, until=until)
        with complaints(self._path):
            rows = self._rows()
            found = rows_asked(query, rows, self._connection)
            found = found[rows.ids[found] != id.encode("ascii")]
            gaps = _gaps(own, rows, found, days, km)
            order = np.lexsort((rows.ids[found], gaps))[: min(limit, np.count_nonzero(np.isfinite(gaps)))]
            return self._shown(rows.n[found[order]])

    def _rows(self) -> Columns:
        return self._latest.of(self._connection)

    def _sorted(self, rows: Columns, query: Query, most: int) -> Array:
        found = rows_asked(query, rows, self._connection)
        return in_order(query.sort, rows, found, self._connection, most)

    def _asked(self, query: Query) -> dict[str, Array]:
        """The columns of a query's rows."""
        with complaints(self._path):
            rows = self._rows()
            found = rows_asked(query, rows, self._connection)
        return {name: column[found] for name, column in rows.columns.items()}

    def _shown(self, numbers: Sequence[int] | Array) -> list[Shown]:
        """The rows of these numbers; one that somebody replaced just now is left out."""
        read = codec.decoder(Shown)
        found = (self._connection.execute(_ROW, (int(n),)).fetchone() for n in numbers)
        return [read(json.loads(row[0]) | {"text": row[1], "confidence": None}) for row in found if row]


_ROW = "SELECT row, text FROM shown_row JOIN shown_words ON shown_words.rowid = shown_row.n WHERE shown_row.n = ?"


def _codes_of(field: str, rows: Columns, found: Array) -> Array:
    """The codes of a field's values in the rows found."""
    if field in rows.many:
        n, codes = rows.many[field]
        own = codes[among(n, rows.n[found])]
    else:
        own = rows.columns[field][found]
    told: Array = own[own != NONE]
    return told


def _points(rows: Columns, found: Array, cell: float) -> list[Point]:
    if not len(found):
        return []
    lat, lon, exactness, place = (rows.columns[name][found] for name in ("lat", "lon", "exactness", "place"))
    size = max(cell, _LEAST_CELL)
    steps = [np.floor((degrees + 360.0) / size).astype(np.int64) for degrees in (lat, lon)]
    bins = (steps[0] * (int(720 / size) + 1) + steps[1]) * 8 + np.where(exactness >= WIDE, exactness, 0)
    _, first, of, n = np.unique(bins, return_index=True, return_inverse=True, return_counts=True)
    coarsest = np.zeros(len(n), dtype=np.int64)
    np.maximum.at(coarsest, of, exactness)
    is_one_place = np.ones(len(n), dtype=bool)
    np.logical_and.at(is_one_place, of, place == place[first][of])
    points = zip(
        (np.bincount(of, weights=lat) / n).tolist(), (np.bincount(of, weights=lon) / n).tolist(), n.tolist(),
        coarsest.tolist(), is_one_place.tolist(), place[first].tolist(), rows.ids[found[first]].tolist(), strict=True,
    )  # fmt: skip
    names = rows.names["place"].texts
    return [
        Point(y, x, n, wide, names[place] if is_one else None, id.decode("ascii") if n == 1 else None)
        for y, x, n, wide, is_one, place, id in points
    ]


# --- look-alikes --------------------------------------------------------------------------------------------------


def _widened(interval: PartialDate, days: int) -> tuple[Day | None, Day | None]:
    if interval.start is None or interval.end is None:
        return None, None
    return interval.start - timedelta(days=days), interval.end + timedelta(days=days)


def _gaps(own: Shown, rows: Columns, found: Array, days: int, km: float) -> Array:
    """How far rows are from one, as shares of the days and kilometres allowed; infinite if too far, or other sorts.

    What is not known counts as the whole of its share, and another type, which may be the same, as half of one.
    """
    columns = {name: column[found] for name, column in rows.columns.items()}
    code = rows.names["type"].code
    is_vague = own.type in VAGUE_TYPES
    alike = (VIOLENT_TYPES if is_vague else VAGUE_TYPES) if own.type in VIOLENT_TYPES else frozenset[str]()
    same = columns["type"] == code(own.type)
    gaps = np.where(
        same, 0.0, np.where(np.isin(columns["type"], [code(name) for name in alike]), 0.5, np.inf)
    )
    gaps += _days_from(own.date, columns) / max(days, 1)
    far = _km_from(own.place, columns) / max(km, 1.0)
    gaps += np.where(far > 1.0, np.inf, np.where(np.isnan(far), 1.0, far))
    return gaps


def _days_from(interval: PartialDate, columns: dict[str, Array]) -> Array:
    if interval.start is None or interval.end is None:
        return np.zeros(len(columns["first"]))
    after = columns["first"] - interval.end.toordinal()
    before = interval.start.toordinal() - columns["last"]
    apart: Array = np.maximum(0, np.maximum(after, before))
    return apart


def _km_from(place: Place | None, columns: dict[str, Array]) -> Array:
    """Kilometres from a town (haversine, as ``gazetteer.distance_km``); not a number where one is not known so well."""
    if place is None or place.lat is None or place.lon is None or place.precision >= WIDE:
        return np.full(len(columns["lat"]), np.nan)
    lat, lon = np.radians(columns["lat"]), np.radians(columns["lon"])
    phi, lam = np.radians(place.lat), np.radians(place.lon)
    half = np.sin((lat - phi) / 2) ** 2 + np.cos(phi) * np.cos(lat) * np.sin((lon - lam) / 2) ** 2
    far = 2 * EARTH_RADIUS_KM * np.arcsin(np.minimum(1.0, np.sqrt(half)))
    is_known = columns["is_mapped"] & (columns["exactness"] < WIDE)
    told: Array = np.where(is_known, far, np.nan)
    return told
