"""The lists of stories, voices and quotations, and what each voice said, read page by page from a stored index.

The index is a copy of what the views make of a ledger (``views.lists`` does), so that no list loads a whole one.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path, PurePath
from typing import Any, Literal, TypeVar

from attested import __version__
from attested.errors import InputError
from attested.ledger.opening import complaints, transaction
from attested.ledger.shown_query import MOST_WORDS, words_asked

ListKind = Literal["story", "voice", "quote"]
BATCH_ROWS = (
    500  # rows a transaction, as the index of shown rows has it: who decides meanwhile waits for one at most
)
_ORDERS = {
    "size": "size DESC, n_reports DESC, key",
    "latest": "last DESC, key",
    "origins": "n_origins DESC, n_reports DESC, key",
}
SORTS = tuple(_ORDERS)
"""By what a list is sorted: the largest first, the latest, those of most origins."""


@dataclass(frozen=True, slots=True)
class Listed:
    """One row of a list. ``key`` names it; ``row`` is what is shown, as plain values; ``text`` what is searched.

    ``first`` and ``last`` are ISO days, months or years, "" when none is known; ``sign`` is what a list is filtered by.
    """

    kind: ListKind
    key: str
    size: int
    n_reports: int
    n_origins: int
    first: str
    last: str
    sign: str
    row: Mapping[str, Any]
    text: str = ""


@dataclass(frozen=True, slots=True)
class Uttered:
    """Something that a voice said, with the ``report`` and the offsets of the sentence that has it."""

    voice: str
    kind: str
    first: str
    last: str
    hedges: tuple[str, ...]
    words: str
    row: Mapping[str, Any]
    report: str = ""
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Told:
    """An utterance as it is read: its row, and the sentence with the report that it stands in."""

    row: Mapping[str, Any]
    sentence: str
    report: str
    outlet: str
    start: int


@dataclass(frozen=True, slots=True)
class Ask:
    """What a list is asked for; what is left out asks for nothing. Between ``since`` and ``until``: what may be so."""

    text: str = ""
    sign: str = ""
    kind: str = ""
    hedge: str = ""
    since: date | None = None
    until: date | None = None
    sort: str = "size"


EVERYTHING = Ask()


class ListedRows:
    """Reads and writes the lists of one ledger file. All raise LedgerError when that fails."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._connection, self._path = connection, path

    @property
    def is_made(self) -> bool:
        """Whether there are lists, as this program makes them."""
        build, version = self._all("SELECT build, version FROM listed_mark")[0]
        return bool(build) and version == __version__

    def count(self, kind: ListKind, ask: Ask = EVERYTHING) -> int:
        """How many rows a list has."""
        where, values = _where(kind, ask)
        return int(self._all(f"SELECT count(*) FROM listed {where}", values)[0][0])

    def page(self, kind: ListKind, ask: Ask = EVERYTHING, limit: int = 50, offset: int = 0) -> list[Listed]:
        """The rows of a list from the ``offset``-th on. Raises InputError for a sort that there is none of."""
        if ask.sort not in _ORDERS:
            raise InputError(f"no list is sorted by {ask.sort!r}; there are: {', '.join(SORTS)}")
        where, values = _where(kind, ask)
        sql = f"{_LISTED} {where} ORDER BY {_ORDERS[ask.sort]} LIMIT :limit OFFSET :offset"
        return [_listed(row) for row in self._all(sql, values | {"limit": limit, "offset": offset})]

    def get(self, kind: ListKind, key: str) -> Listed | None:
        """The row of a key; None if there is none."""
        found = self._all(f"{_LISTED} WHERE {_OF_KIND} AND key = :key", {"kind": kind, "key": key})
        return _listed(found[0]) if found else None

    def signs(self, kind: ListKind) -> list[tuple[str, int]]:
        """By what a list may be filtered, the commonest first."""
        sql = f"SELECT sign, count(*) FROM listed WHERE {_OF_KIND} GROUP BY sign ORDER BY 2 DESC"
        return [(sign, n) for sign, n in self._all(sql, {"kind": kind}) if sign]

    def n_said(self, voice: str, ask: Ask = EVERYTHING) -> int:
        """How much a voice said."""
        where, values = _said_where(voice, ask)
        return int(self._all(f"SELECT count(*) FROM uttered {where}", values)[0][0])

    def said(self, voice: str, ask: Ask = EVERYTHING, limit: int = 50, offset: int = 0) -> list[Told]:
        """What a voice said in the order of time, from the ``offset``-th on; what has no day stands last."""
        where, values = _said_where(voice, ask)
        chosen = f"SELECT n FROM uttered {where} ORDER BY first IS NULL, first, n LIMIT :limit OFFSET :offset"
        found = self._all(_SAID.format(chosen), values | {"limit": limit, "offset": offset})
        return [_told(*row) for row in found]

    def titles(self, incidents: Iterable[str]) -> dict[str, str]:
        """Incident id -> its title, of those that the index of shown rows has."""
        sql = "SELECT id, title FROM shown WHERE id IN (SELECT value FROM json_each(:ids))"
        return dict(self._all(sql, {"ids": json.dumps(sorted(set(incidents)))}))

    def replace(self, lists: Iterable[Listed], said: Iterable[Uttered]) -> None:
        """Put new lists in the place of the old ones: whoever reads meanwhile sees the old ones whole."""
        build = self._next_build()
        for rows in _batches(lists):
            with complaints(self._path), transaction(self._connection):
                self._put(rows, build)
        for told in _batches(said):
            with complaints(self._path), transaction(self._connection) as connection:
                connection.executemany(_UTTER, (_uttered_values(one, build) for one in told))
        with complaints(self._path), transaction(self._connection) as connection:
            connection.execute(
                "UPDATE listed_mark SET build = ?, version = ? WHERE build < ?", (build, __version__, build)
            )
        self._clear_before(build)

    def _put(self, rows: Sequence[Listed], build: int) -> None:
        """Within a transaction."""
        for row in rows:
            n = self._connection.execute(_LIST, _listed_values(row, build)).lastrowid
            self._connection.execute("INSERT INTO listed_words (rowid, text) VALUES (?, ?)", (n, row.text))

    def _next_build(self) -> int:
        """A number that no row has: of two runs at once the later one's lists stay."""
        sql = f"SELECT max(build) FROM ({' UNION '.join(f'SELECT build FROM {table}' for table in _TABLES)})"
        return 1 + int(self._all(sql)[0][0])

    def _clear_before(self, build: int) -> None:
        for table in _TABLES[:2]:
            sql = f"DELETE FROM {table} WHERE n IN (SELECT n FROM {table} WHERE build < ? LIMIT {BATCH_ROWS})"
            is_left = True
            while is_left:
                with complaints(self._path), transaction(self._connection) as connection:
                    is_left = connection.execute(sql, (build,)).rowcount > 0

    def _all(self, sql: str, values: Mapping[str, Any] | None = None) -> list[Any]:
        with complaints(self._path):
            return self._connection.execute(sql, values or {}).fetchall()


_TABLES = ("listed", "uttered", "listed_mark")
_BUILD = "build = (SELECT build FROM listed_mark)"
_OF_KIND = f"{_BUILD} AND kind = :kind"
_LISTED = "SELECT kind, key, size, n_reports, n_origins, sign, row FROM listed"
_SAID = """SELECT row, substr(page.text, row ->> '$.start' + 1, row ->> '$.end' - (row ->> '$.start')), report.id,
      coalesce(report.outlet, page.input), row ->> '$.start'
    FROM uttered LEFT JOIN report ON report.id = row ->> '$.report' LEFT JOIN page ON page.id = report.page_id
    WHERE n IN ({}) ORDER BY first IS NULL, first, n"""
_LIST = """INSERT INTO listed (build, kind, key, size, n_reports, n_origins, first, last, sign, row)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"""
_UTTER = """INSERT INTO uttered (build, voice, kind, first, last, hedges, words, row)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?)"""
_Values = dict[str, Any]
T = TypeVar("T")


def _where(kind: ListKind, ask: Ask) -> tuple[str, _Values]:
    found = [(_OF_KIND, {"kind": kind}), *_days(ask)]
    if words := words_asked(ask.text):
        found.append(
            ("n IN (SELECT rowid FROM listed_words WHERE listed_words MATCH :words)", {"words": words})
        )
    if ask.sign:
        found.append(("sign = :sign", {"sign": ask.sign}))
    if ask.hedge:
        found.append(_hedged("row -> '$.hedges'", ask))
    return _joined(found)


def _said_where(voice: str, ask: Ask) -> tuple[str, _Values]:
    found = [(f"{_BUILD} AND voice = :voice", {"voice": voice}), *_days(ask)]
    for n, word in enumerate(ask.text.split()[:MOST_WORDS]):
        found.append((f"words LIKE :word{n} ESCAPE '\\'", {f"word{n}": f"%{_literal(word)}%"}))
    if ask.kind:
        found.append(("kind = :kind", {"kind": ask.kind}))
    if ask.hedge:
        found.append(_hedged("hedges", ask))
    return _joined(found)


def _hedged(column: str, ask: Ask) -> tuple[str, _Values]:
    return f"{column} LIKE :hedge ESCAPE '\\'", {"hedge": f'%"{_literal(ask.hedge)}"%'}


def _days(ask: Ask) -> Iterator[tuple[str, _Values]]:
    if ask.since:
        yield "last >= :since", {"since": ask.since.isoformat()}
    if ask.until:
        yield "first <= :until", {"until": ask.until.isoformat()}


def _joined(found: Sequence[tuple[str, _Values]]) -> tuple[str, _Values]:
    values = {name: value for _, one in found for name, value in one.items()}
    return f"WHERE {' AND '.join(sql for sql, _ in found)}", values


def _literal(text: str) -> str:
    """Words as LIKE reads them to the letter."""
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _batches(rows: Iterable[T]) -> Iterator[list[T]]:
    left = iter(rows)
    while batch := list(islice(left, BATCH_ROWS)):
        yield batch


def _earliest(day: str) -> str | None:
    return (day + "-00-00")[:10] if day else None


def _latest(day: str) -> str | None:
    return (day + "-99-99")[:10] if day else None


def _listed_values(row: Listed, build: int) -> tuple[Any, ...]:
    return (
        build, row.kind, row.key, row.size, row.n_reports, row.n_origins, _earliest(row.first), _latest(row.last),
        row.sign, _json({**row.row, "first": row.first, "last": row.last}),
    )  # fmt: skip


def _uttered_values(one: Uttered, build: int) -> tuple[Any, ...]:
    row = {**one.row, "report": one.report, "start": one.start, "end": one.end}
    return (
        build, one.voice, one.kind, _earliest(one.first), _latest(one.last), _json(one.hedges), one.words, _json(row),
    )  # fmt: skip


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _listed(found: Sequence[Any]) -> Listed:
    kind, key, size, n_reports, n_origins, sign, text = found
    row = json.loads(text)
    return Listed(kind, key, size, n_reports, n_origins, row.pop("first"), row.pop("last"), sign, row)


def _told(row: str, sentence: str | None, report: str | None, outlet: str | None, start: int) -> Told:
    told = json.loads(row)
    return Told(told, " ".join((sentence or "").split()), report or "", PurePath(outlet or "").name, start)
