"""What a list is asked for -> SQL over the index of shown rows; what people type is never SQL nor search syntax."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from attested.errors import InputError

# Sort -> what rows are put in order by; rows without it stand last either way.
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
SORTS = tuple(sign + name for name in _SORTS for sign in ("", "-"))
"""By what a list is sorted; with a stroke before it the other way round."""
_MOST_TYPED = 1_000  # characters of a search that are read
_MOST_WORDS = 32  # words of a search: one more would hardly set anything aside
_SHORTEST_BEGINNING = 2  # letters from which the last word stands for all that begin so, as an index has them
_PIECE = re.compile(r'"[^"]*"?|[^\s"]+')


@dataclass(frozen=True, slots=True)
class Query:
    """A filter over shown rows: what is left out of it asks for nothing.

    ``kind`` is incident, statement, trend, or "" for all. ``since`` and ``until`` keep what may have been within them:
    intervals that reach into them, not what has no day. ``box`` is west, south, east, north in degrees; west of more
    than east reaches over the date line. ``doubtful``: something is asked of it; ``ask`` says what.
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
    box: tuple[float, float, float, float] | None = None
    ids: tuple[str, ...] = ()
    sort: str = "-date"


EVERY_INCIDENT = Query()


class Where:
    """A query's WHERE clause, as ``str`` gives it, and the ``values`` of its marks."""

    def __init__(self, query: Query) -> None:
        found = [row for row in _conditions(query) if row]
        self._conditions = [sql for sql, _ in found]
        self.values: dict[str, Any] = {name: value for _, values in found for name, value in values.items()}

    def __str__(self) -> str:
        return f"WHERE {' AND '.join(self._conditions)}" if self._conditions else ""

    def and_(self, condition: str) -> str:
        """The clause with one condition more, which has no marks."""
        return f"WHERE {' AND '.join([*self._conditions, condition])}"


def order_of(sort: str) -> str:
    """What ORDER BY says. Raises InputError for a sort that there is none of."""
    if sort not in SORTS:
        raise InputError(f"no list is sorted by {sort!r}; there are: {', '.join(SORTS)}")
    way = "DESC" if sort.startswith("-") else "ASC"
    columns = _SORTS[sort.removeprefix("-")]
    return ", ".join([*(f"{column} {way} NULLS LAST" for column in columns), f"id {way}"])


def words_asked(text: str) -> str | None:
    """A search as FTS5 reads it: every word must be there, what stands in quotation marks as it stands, and the last
    word may be begun only. None if there is no word in it.
    """
    typed = text[:_MOST_TYPED].replace("\0", " ").encode("utf-8", "ignore").decode("utf-8")
    pieces = [piece for piece in _PIECE.findall(typed) if any(map(str.isalnum, piece))][:_MOST_WORDS]
    if not pieces:
        return None
    last = pieces[-1]
    is_begun = '"' not in last and len(last) >= _SHORTEST_BEGINNING and not typed[-1:].isspace()
    quoted = " ".join(f'"{piece.replace(chr(34), "")}"' for piece in pieces)
    return f"{quoted}*" if is_begun else quoted


_Condition = tuple[str, dict[str, Any]]


def _conditions(query: Query) -> Iterator[_Condition]:
    for name in ("kind", "country", "admin1", "place", "type"):
        if value := getattr(query, name):
            yield f"{name} = :{name}", {name: value}
    yield from _of_days(query)
    yield from _of_words(query)
    for name, column in (("actor", "name"), ("ask", "ask")):
        if value := getattr(query, name):
            yield f"n IN (SELECT n FROM shown_{name} WHERE {column} = :{name})", {name: value}
    if query.min_origins > 1:
        yield "n_origins >= :min_origins", {"min_origins": query.min_origins}
    for name, holds in _FLAGS.items():
        if (value := getattr(query, name)) is not None:
            yield holds if value else f"NOT ({holds})", {}
    if query.box is not None:
        yield _in_box(query.box)
    if query.ids:
        yield "id IN (SELECT value FROM json_each(:ids))", {"ids": json.dumps(query.ids)}


_FLAGS = {
    "disputed": "n_disputed > 0",
    "judged": "judged > 0",
    "dated": "first IS NOT NULL",
    "placed": "place IS NOT NULL",
    "doubtful": "n_asks > 0",
}


def _of_days(query: Query) -> Iterator[_Condition]:
    if query.since is not None:
        yield "last >= :since", {"since": query.since.toordinal()}
    if query.until is not None:
        yield "first <= :until", {"until": query.until.toordinal()}


def _of_words(query: Query) -> Iterator[_Condition]:
    if not query.text.strip():
        return
    if (words := words_asked(query.text)) is None:
        yield "FALSE", {}
    else:
        yield "n IN (SELECT rowid FROM shown_words WHERE shown_words MATCH :words)", {"words": words}


def _in_box(box: tuple[float, float, float, float]) -> _Condition:
    west, south, east, north = box
    across = "lon BETWEEN :west AND :east" if west <= east else "(lon >= :west OR lon <= :east)"
    return f"lat BETWEEN :south AND :north AND {across}", {
        "west": west,
        "south": south,
        "east": east,
        "north": north,
    }
