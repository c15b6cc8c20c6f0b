"""What a list is asked for -> which of the shown rows, in which order; what people type is never a search's syntax."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain

import numpy as np

from attested.errors import InputError
from attested.ledger.shown_columns import NONE, Array, Columns

# Sort -> the columns that rows are put in order by. What is not known stands last either way.
_SORTS = {
    "date": ("first", "last"),
    "killed": ("killed",),
    "origins": ("n_origins",),
    "sure": ("sure",),
    "least": ("least",),
    "place": ("place",),
    "type": ("type",),
    "title": ("title",),
}
PERIODS = ("day", "week", "month", "year")
WIDE = 3
"""UCDP GED where_prec from which a place is a district or wider: an area, not a dot."""
SORTS = tuple(sign + name for name in _SORTS for sign in ("", "-"))
"""By what a list is sorted; with a stroke before it the other way round."""
MOST_WORDS = 32
"""Words of a search that count: one more would hardly set anything aside."""
_MOST_TYPED = 1_000  # characters of a search that are read
_SHORTEST_BEGINNING = (
    2  # letters from which the last word stands for all that begin so, as the index of words has them
)
_PIECE = re.compile(r'"[^"]*"?|[^\s"]+')


@dataclass(frozen=True, slots=True)
class Query:
    """A filter over shown rows: what is left out of it asks for nothing.

    ``kind`` is incident, statement, trend, or "" for all. ``since`` and ``until`` keep what may have been within them:
    intervals that reach into them, not what has no day. ``box`` is west, south, east, north in degrees; west of more
    than east reaches over the date line. ``doubtful``: something is asked of it; ``ask`` says what. ``within``: all its
    days lie between ``since`` and ``until``; ``mapped``: it has coordinates; ``wide``: those of a district or wider.
    ``wider`` (day, week, month, year): its days lie in no single one.
    """

    text: str = ""
    kind: str = "incident"
    since: date | None = None
    until: date | None = None
    country: str = ""
    admin1: str = ""
    place: str = ""
    type: str = ""
    actor: str = ""
    ask: str = ""
    min_origins: int = 1
    disputed: bool | None = None
    judged: bool | None = None
    dated: bool | None = None
    placed: bool | None = None
    doubtful: bool | None = None
    mapped: bool | None = None
    wide: bool | None = None
    within: bool | None = None
    wider: str = ""
    box: tuple[float, float, float, float] | None = None
    ids: tuple[str, ...] = ()
    sort: str = "-date"


EVERY_INCIDENT = Query()


def rows_asked(query: Query, rows: Columns, connection: sqlite3.Connection) -> Array:
    """Where the rows of a query stand, in no order that means anything."""

    def found() -> Array:
        held = np.ones(len(rows.n), dtype=bool)
        for condition in _conditions(query, rows, connection):
            held &= condition
        return np.flatnonzero(held)

    return rows.once(replace(query, sort=""), found)


def in_order(sort: str, rows: Columns, found: Array, connection: sqlite3.Connection, most: int) -> Array:
    """The first of the rows found, sorted, ``most`` at most. Raises InputError for a sort that there is none of."""
    if sort not in SORTS:
        raise InputError(f"no list is sorted by {sort!r}; there are: {', '.join(SORTS)}")
    sign = -1 if sort.startswith("-") else 1
    keys = [sign * _by_id(rows)[found]]
    for name in reversed(_SORTS[sort.removeprefix("-")]):
        values, is_known = _key(name, rows, connection)
        keys.append(np.where(is_known[found], sign * values[found], np.inf))
    if 0 < most < len(found):  # sort those alone that can be among the first
        can_be = keys[-1] <= np.partition(keys[-1], most - 1)[most - 1]
        found, keys = found[can_be], [key[can_be] for key in keys]
    return found[np.lexsort(keys)][:most]


def period_of(columns: dict[str, Array], by: str) -> Array:
    """The first day of the period that holds all days of a row; 0 where none does.

    Raises InputError for a period that there is none of.
    """
    if by not in PERIODS:
        raise InputError(f"no period {by!r}; there are: {', '.join(PERIODS)}")
    return columns[by] if by != "day" else np.where(columns["first"] == columns["last"], columns["first"], 0)


def words_asked(text: str) -> str | None:
    """A search as FTS5 reads it: every word must be there, what stands in quotation marks as it stands, and the last
    word may be begun only. None if there is no word in it.
    """
    typed = text[:_MOST_TYPED].replace("\0", " ").encode("utf-8", "ignore").decode("utf-8")
    pieces = [piece for piece in _PIECE.findall(typed) if any(map(str.isalnum, piece))][:MOST_WORDS]
    if not pieces:
        return None
    last = pieces[-1]
    is_begun = '"' not in last and len(last) >= _SHORTEST_BEGINNING and not typed[-1:].isspace()
    quoted = " ".join(f'"{piece.replace(chr(34), "")}"' for piece in pieces)
    return f"{quoted}*" if is_begun else quoted


# --- conditions ---------------------------------------------------------------------------------------------------


def _conditions(query: Query, rows: Columns, connection: sqlite3.Connection) -> Iterator[Array]:
    """For every row whether it holds, one condition after the other."""
    columns = rows.columns
    for name in ("kind", "country", "admin1", "place", "type"):
        if value := getattr(query, name):
            yield columns[name] == rows.names[name].code(value)
    for name in ("actor", "ask"):
        if value := getattr(query, name):
            n, codes = rows.many[name]
            yield _only(rows, rows.at(n[codes == rows.names[name].code(value)]))
    yield from _of_days(query, columns)
    for name, (column, least) in _FLAGS.items():
        if (value := getattr(query, name)) is not None:
            yield (columns[column] >= least) == value
    if query.min_origins > 1:
        yield columns["n_origins"] >= query.min_origins
    if query.box is not None:
        yield _in_box(query.box, columns)
    yield from _looked_up(query, rows, connection)


# Flag -> the column, and the least value in it, of rows for which it holds.
_FLAGS = {
    "disputed": ("n_disputed", 1),
    "judged": ("judged", 1),
    "dated": ("first", 1),
    "placed": ("place", 0),
    "doubtful": ("n_asks", 1),
    "mapped": ("is_mapped", 1),
    "wide": ("exactness", WIDE),
}


def _of_days(query: Query, columns: dict[str, Array]) -> Iterator[Array]:
    if query.within:
        first, last = query.since or date.min, query.until or date.max
        yield (columns["first"] >= first.toordinal()) & (columns["last"] <= last.toordinal())
    if query.wider:
        yield (columns["first"] > 0) & (period_of(columns, query.wider) == 0)
    if query.since is not None:
        yield columns["last"] >= query.since.toordinal()
    if query.until is not None:
        yield (columns["first"] <= query.until.toordinal()) & (columns["first"] > 0)


def _in_box(box: tuple[float, float, float, float], columns: dict[str, Array]) -> Array:
    west, south, east, north = box
    lat, lon = columns["lat"], columns["lon"]
    across = (lon >= west) & (lon <= east) if west <= east else (lon >= west) | (lon <= east)
    inside: Array = columns["is_mapped"] & (lat >= south) & (lat <= north) & across
    return inside


def _looked_up(query: Query, rows: Columns, connection: sqlite3.Connection) -> Iterator[Array]:
    """What the file's own indexes answer: words and ids."""
    if query.text.strip():
        words = words_asked(query.text)
        sql = "SELECT rowid FROM shown_words WHERE shown_words MATCH ?"
        yield _only(rows, rows.at(_first_of(connection.execute(sql, (words,))) if words else ()))
    if query.ids:
        sql = "SELECT n FROM shown WHERE id IN (SELECT value FROM json_each(?))"
        yield _only(rows, rows.at(_first_of(connection.execute(sql, (json.dumps(query.ids),)))))


def _first_of(cursor: sqlite3.Cursor) -> Iterator[int]:
    return chain.from_iterable(cursor)


def _only(rows: Columns, places: Array) -> Array:
    held = np.zeros(len(rows.n), dtype=bool)
    held[places] = True
    return held


# --- order --------------------------------------------------------------------------------------------------------


def _key(name: str, rows: Columns, connection: sqlite3.Connection) -> tuple[Array, Array]:
    """Numbers that rise as a field does, and where they are known."""
    if name == "title":
        return rows.once("title", lambda: _by_title(rows, connection)), np.ones(len(rows.n), dtype=bool)
    values = rows.columns[name]
    if name not in rows.names:
        return values, values > (0 if name in ("first", "last") else NONE)
    ranks = rows.once(name, rows.names[name].ranks)
    return (ranks[values] if len(ranks) else values), values != NONE


def _by_id(rows: Columns) -> Array:
    return rows.once("id", lambda: _places(np.argsort(rows.ids, kind="stable")))


def _by_title(rows: Columns, connection: sqlite3.Connection) -> Array:
    """Titles are long and only sorted by: the file puts them in order. A row that came since is not among them."""
    order = rows.at(_first_of(connection.execute("SELECT n FROM shown ORDER BY title, id")))
    missing = np.ones(len(rows.n), dtype=bool)
    missing[order] = False
    return _places(np.concatenate([order, np.flatnonzero(missing)]))


def _places(order: Array) -> Array:
    found = np.empty(len(order), dtype=np.int64)
    found[order] = np.arange(len(order))
    return found
