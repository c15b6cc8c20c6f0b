"""What shown rows are filtered, sorted and counted by, held in memory as arrays: a column a field, a place a row.

The file keeps them (``shown``); arrays answer in milliseconds what SQLite looks through all rows for. They are read
once, and then only what was written since: a row's number is never given again.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Hashable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np
import numpy.typing as npt

from attested.ledger.opening import snapshot

Array = npt.NDArray[Any]
NONE = -1
"""The code of what has no such text, and the number of what is not told."""
_TEXTS = ("kind", "type", "country", "admin1", "place")
# 0 where there is none: days (the 1 January of the year 1 is day 1) and how exactly a place is known.
_ORDINALS = ("first", "last", "week", "month", "year", "exactness")
_COUNTS = ("killed_low", "killed", "killed_high", "n_origins", "n_disputed", "judged", "n_asks")
_REALS = ("lat", "lon", "sure", "least")
_KEPT = 16  # filters and orders, some 8 bytes a row each: those of a few pages that people turn over
_SELECT = f"""SELECT n, id, {", ".join(_TEXTS)}, {", ".join(f"coalesce({c}, 0)" for c in _ORDINALS)},
  {", ".join(f"coalesce({c}, {NONE})" for c in (*_COUNTS, *_REALS))}, lat IS NOT NULL AND lon IS NOT NULL
  FROM shown WHERE n > ? ORDER BY n"""
# Field -> the table and column with several values a row.
_MANY = {"actor": ("shown_actor", "name"), "ask": ("shown_ask", "ask")}


def among(numbers: Array, known: Array) -> Array:
    """Of each of these numbers whether it is one of the known, which are in order; many times quicker than isin."""
    if not len(known):
        return np.zeros(len(numbers), dtype=bool)
    places = np.searchsorted(known, numbers)
    found: Array = known[np.minimum(places, len(known) - 1)] == numbers
    return found


class Names:
    """Texts as numbers, given in the order in which they are met."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self._codes: dict[str | None, int] = {None: NONE}

    def code(self, text: str | None) -> int:
        """The number of a text that was met, ``len(texts)`` of one that was not."""
        return self._codes.get(text, len(self.texts))

    def codes(self, texts: Sequence[str | None]) -> Array:
        """The numbers of texts; those not met before get one."""
        for text in dict.fromkeys(texts):
            if text is not None and text not in self._codes:
                self._codes[text] = len(self.texts)
                self.texts.append(text)
        return np.array([self._codes[text] for text in texts], dtype=np.int32)

    def ranks(self) -> Array:
        """Number -> its text's place in the alphabet."""
        order = sorted(range(len(self.texts)), key=self.texts.__getitem__)
        found = np.empty(len(order), dtype=np.int64)
        found[order] = np.arange(len(order))
        return found


@dataclass(frozen=True, slots=True)
class Columns:
    """All rows in the order of their numbers ``n``, as they were after so many ``writes``.

    ``columns`` are by field, texts as numbers of ``names``; ``many`` has of a field (actor, ask) pairs of a row's
    number and a text's.
    """

    writes: int
    n: Array
    ids: Array
    columns: dict[str, Array]
    many: dict[str, tuple[Array, Array]]
    names: dict[str, Names]
    _worked_out: dict[Hashable, Array] = field(default_factory=dict)

    def at(self, numbers: Iterable[int]) -> Array:
        """Where the rows of these numbers stand; those that are not there are left out."""
        wanted = np.fromiter(numbers, dtype=np.int64)
        return np.searchsorted(self.n, wanted[among(wanted, self.n)])

    def once(self, name: Hashable, work: Callable[[], Array]) -> Array:
        """What was worked out under this name when it was asked for first, if that is not long ago."""
        found = self._worked_out.get(name)
        if found is None:
            found = work()
            with suppress(KeyError):  # another thread was quicker
                for old in [*self._worked_out][:-_KEPT]:
                    del self._worked_out[old]
            self._worked_out[name] = found
        return found

    def updated(self, connection: sqlite3.Connection, writes: int) -> Columns:
        """The rows as they are now: those that are there no more left out, those written since read."""
        there = np.sort(_numbers(connection.execute("SELECT n FROM shown")))
        kept = among(self.n, there)
        rows = connection.execute(_SELECT, (int(self.n[-1]) if len(self.n) else 0,)).fetchall()
        new = _columns_of(rows, self.names, writes)
        return Columns(
            writes=writes,
            n=np.concatenate([self.n[kept], new.n]),
            ids=np.concatenate([self.ids[kept], new.ids]),
            columns={
                name: np.concatenate([self.columns[name][kept], column])
                for name, column in new.columns.items()
            },
            many={name: self._pairs(name, connection, there) for name in _MANY},
            names=self.names,
        )

    def _pairs(self, name: str, connection: sqlite3.Connection, there: Array) -> tuple[Array, Array]:
        table, column = _MANY[name]
        n, codes = self.many[name]
        kept = among(n, there)
        last = int(self.n[-1]) if len(self.n) else 0
        rows = connection.execute(
            f"SELECT n, {column} FROM {table} WHERE n > ? ORDER BY n", (last,)
        ).fetchall()
        new, names = zip(*rows, strict=True) if rows else ((), ())
        return (
            np.concatenate([n[kept], np.array(new, dtype=np.int64)]),
            np.concatenate([codes[kept], self.names[name].codes(names)]),
        )


def _columns_of(rows: Sequence[tuple[Any, ...]], names: dict[str, Names], writes: int = 0) -> Columns:
    """Arrays of what ``_SELECT`` gives."""
    kinds: dict[str, Any] = dict.fromkeys((*_ORDINALS, *_COUNTS), np.int32) | dict.fromkeys(
        _REALS, np.float64
    )
    fields = ("n", "id", *_TEXTS, *kinds, "is_mapped")
    told = dict(zip(fields, zip(*rows, strict=True), strict=True)) if rows else dict.fromkeys(fields, ())
    columns = {name: names[name].codes(told[name]) for name in _TEXTS}
    columns |= {
        name: np.array(told[name], dtype=kind) for name, kind in (kinds | {"is_mapped": bool}).items()
    }
    nothing = np.empty(0, dtype=np.int64)
    return Columns(
        writes=writes,
        n=np.array(told["n"], dtype=np.int64),
        ids=np.array(told["id"], dtype="S"),
        columns=columns,
        many=dict.fromkeys(_MANY, (nothing, nothing)),
        names=names,
    )


class Latest:
    """The rows of one ledger file as they are now, shared by all who read it in this process."""

    def __init__(self) -> None:
        self._columns = _no_rows()
        self._lock = Lock()

    def of(self, connection: sqlite3.Connection) -> Columns:
        """The rows as this connection sees them, or later ones."""
        if self._columns.writes != _writes(connection):
            with self._lock, snapshot(connection):
                writes = _writes(connection)
                if self._columns.writes > writes:  # an earlier copy of the file took its place
                    self._columns = _no_rows()
                if self._columns.writes < writes:
                    self._columns = self._columns.updated(connection, writes)
        return self._columns


def _no_rows() -> Columns:
    return _columns_of((), {name: Names() for name in (*_TEXTS, *_MANY)})


def latest(path: Path) -> Latest:
    """What is shared by the readers of a file; a ledger in memory has one reader."""
    return _shared(path.resolve(), path.stat().st_ino) if path.is_file() else Latest()


@lru_cache(maxsize=4)  # ledgers that one process reads at a time
def _shared(_path: Path, _inode: int) -> Latest:
    return Latest()


def _writes(connection: sqlite3.Connection) -> int:
    return int(connection.execute("SELECT writes FROM shown_mark").fetchone()[0])


def _numbers(rows: Iterable[tuple[int]]) -> Array:
    return np.fromiter(chain.from_iterable(rows), dtype=np.int64)
