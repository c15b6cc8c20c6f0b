"""The tables of what reports say together, of which only rows that differ are written: at once, or laid ready first."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from attested.incidents.kept import Kept
from attested.ledger.store import Ledger
from attested.ledger.tables import Table
from attested.model import (
    Derivation,
    Given,
    Incident,
    Origin,
    Published,
    QuoteLink,
    Redirect,
    Statement,
    Story,
    Trend,
)
from attested.resolve.dates import Anchored
from attested.resolve.places import PlaceLink
from attested.values import Actor

SETTLED = {
    "incidents": Table("incident", Incident),
    "statements": Table("statement", Statement),
    "trends": Table("trend", Trend),
    "given": Table("given", Given),
    "redirects": Table("redirect", Redirect, key="old"),
    "kept": Table("kept", Kept, key="mention_id"),
}
"""What decisions change, and runs."""
CROSS = SETTLED | {
    "published": Table("published", Published, key="report_id"),
    "derivations": Table("derivation", Derivation, key="child, parent, agency"),
    "origins": Table("origin", Origin),
    "stories": Table("story", Story),
    "quote_links": Table("quote_link", QuoteLink, key="quote_id"),
    "actors": Table("actor", Actor),
}
DATES = Table("anchored", Anchored, key="claim_id", extra=("claim_id",))
PLACES = Table("place_link", PlaceLink, key="claim_id", extra=("claim_id",))
SEATS = Table("seat", PlaceLink, key="report_id", extra=("report_id",))

# Tables that triggers keep, what they are ordered by, and of which tables.
_HELD = (
    ("member", "part", ("incident", "statement", "trend", "origin", "story")),
    ("given_on", "page", ("given",)),
)
Rows = Iterable[tuple[str, Any]]
"""Each with its key; of one table several may share theirs, and are written together."""


@dataclass(frozen=True, slots=True)
class Part:
    """A table with its columns, one of them its ``key``, and how its rows are read from a ledger and written."""

    table: str
    names: tuple[str, ...]
    key: str
    rows: Callable[[Ledger], Rows]
    write: Callable[[str, Any], tuple[Any, ...]]

    def exchange(self, connection: sqlite3.Connection, before: Ledger, now: Ledger) -> list[str]:
        """Write the rows that differ, within a transaction; returns their keys."""
        gone, new = _differing(self.rows(before), self.rows(now))
        connection.executemany(f"DELETE FROM {self.table} WHERE {self.key} = ?", [(key,) for key in gone])
        self._insert(connection, self.table, new)
        return sorted({*gone, *(key for key, _ in new)})

    def restore(self, connection: sqlite3.Connection, keys: Iterable[str], now: Mapping[str, Any]) -> None:
        """Make the rows of these keys what they are to be, whatever they are, within a transaction."""
        for key in keys:
            if self.table == "given" and key not in now:  # an id once given is never given to something else
                connection.execute("UPDATE given SET is_live = 0 WHERE id = ?", (key,))
                continue
            connection.execute(f"DELETE FROM {self.table} WHERE {self.key} = ?", (key,))
            self._insert(connection, self.table, [(key, now[key])] if key in now else [])

    def lay_ready(self, connection: sqlite3.Connection, before: Ledger, now: Ledger) -> None:
        """Put what is to go and to come into tables that this connection alone sees, which locks nobody."""
        self.clear(connection)
        gone, new = _differing(self.rows(before), self.rows(now))
        connection.execute(f"CREATE TEMP TABLE gone_{self.table} (key TEXT PRIMARY KEY) WITHOUT ROWID")
        sql = f"CREATE TEMP TABLE new_{self.table} AS SELECT {self._listed} FROM {self.table} WHERE FALSE"
        connection.execute(sql)
        connection.execute("BEGIN")
        connection.executemany(f"INSERT INTO gone_{self.table} VALUES (?)", [(key,) for key in gone])
        self._insert(connection, f"new_{self.table}", new)
        connection.execute("COMMIT")
        self.warm(connection)

    def warm(self, connection: sqlite3.Connection) -> None:
        """Read what is to be changed: from a slow disk that takes ten times as long as changing it."""
        keys = f"SELECT key FROM gone_{self.table}"
        last = self.names[-1]
        connection.execute(
            f'SELECT sum(length("{last}")) FROM {self.table} WHERE {self.key} IN ({keys})'
        ).fetchall()
        for held, by in ((table, by) for table, by, holders in _HELD if self.table in holders):
            own = f"{held} AS own WHERE own.{by} = one.{by} AND own.id = one.id"
            sql = (
                f"SELECT sum((SELECT length(own.id) FROM {own})) FROM {held} AS one WHERE one.id IN ({keys})"
            )
            connection.execute(sql).fetchall()

    def put_ready(self, connection: sqlite3.Connection) -> None:
        """Put in place what was laid ready, within a transaction."""
        keys = f"SELECT key FROM gone_{self.table}"
        connection.execute(f"DELETE FROM {self.table} WHERE {self.key} IN ({keys})")
        sql = (
            f"INSERT OR IGNORE INTO {self.table} ({self._listed}) SELECT {self._listed} FROM new_{self.table}"
        )
        connection.execute(sql)

    def clear(self, connection: sqlite3.Connection) -> None:
        """Forget what was laid ready."""
        for name in ("gone", "new"):
            connection.execute(f"DROP TABLE IF EXISTS temp.{name}_{self.table}")

    def _insert(self, connection: sqlite3.Connection, table: str, rows: Rows) -> None:
        marks = ", ".join("?" * len(self.names))
        sql = f"INSERT OR IGNORE INTO {table} ({self._listed}) VALUES ({marks})"
        connection.executemany(sql, (self.write(key, row) for key, row in rows))

    @property
    def _listed(self) -> str:
        return ", ".join(f'"{name}"' for name in self.names)


def _differing(before: Rows, now: Rows) -> tuple[list[str], list[tuple[str, Any]]]:
    """The keys whose rows must go, and the rows that must come, so that there is what is now."""
    was, is_ = _by_key(before), _by_key(now)
    gone = [key for key, rows in was.items() if is_.get(key) != rows]
    return gone, [(key, row) for key, rows in is_.items() if was.get(key) != rows for row in rows]


def _by_key(rows: Rows) -> dict[str, list[Any]]:
    found = defaultdict[str, list[Any]](list)
    for key, row in rows:
        found[key].append(row)
    return dict(found)


def _listed(name: str, table: Table) -> Part:
    """The part of a ledger of this name, whose rows know their key."""
    key = table.key.partition(",")[0]
    key_of = attrgetter(key)

    def rows(ledger: Ledger) -> Rows:
        values = getattr(ledger, name)
        return ((key_of(row), row) for row in (values.values() if isinstance(values, dict) else values))

    names = tuple(column.name for column in table.columns)
    return Part(table.name, names, key, rows, lambda _, row: table.row(row))


def _resolved(name: str, table: Table) -> Part:
    """The part of what is resolved of this name, by its key."""
    names = (*(column.name for column in table.columns), table.key)
    rows = attrgetter(f"resolved.{name}")
    return Part(
        table.name,
        names,
        table.key,
        lambda ledger: rows(ledger).items(),
        lambda key, row: table.row(row, key),
    )


PARTS = {name: _listed(name, table) for name, table in CROSS.items()} | {
    "dates": _resolved("dates", DATES),
    "places": _resolved("places", PLACES),
    "seats": _resolved("seats", SEATS),
    "meant": Part(
        "actor_link",
        ("claim_id", "actor_id"),
        "claim_id",
        lambda ledger: ledger.resolved.actors.items(),
        lambda claim, actor: (claim, actor),
    ),
}
"""Every table of what reports say together."""
