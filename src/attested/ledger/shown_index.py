"""Writing the index of shown rows: in short transactions, only what differs, with a mark that says what it reflects."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from hashlib import blake2b
from pathlib import Path
from typing import Any, NamedTuple

from attested import __version__, codec
from attested.ledger.opening import complaints, transaction
from attested.ledger.shown import Shown
from attested.values import PartialDate

_PRINT_BYTES = 12
BATCH_ROWS = 50
"""Rows a transaction: somebody who decides meanwhile waits for one. With 100 in an index of 200,000 it took 25 ms, and
one in a hundred 0.15 s, on a busy machine."""


class Mark(NamedTuple):
    """What rows reflect: the last run by its number, and how many decisions."""

    run: int
    judgements: int


@dataclass(frozen=True, slots=True)
class Row:
    """A shown row with its fingerprint: another for whatever is shown differently."""

    shown: Shown
    fingerprint: str

    @classmethod
    def of(cls, shown: Shown) -> Row:
        """The row of what is shown."""
        digest = blake2b(repr(shown).encode("utf-8", "surrogatepass"), digest_size=_PRINT_BYTES)
        return cls(shown, digest.hexdigest())


class ShownIndex:
    """Writes the index of one ledger file. All raise LedgerError when it cannot be written.

    A row is never replaced by one that reflects an earlier run or fewer decisions, and only incidents, statements and
    trends that the ledger has are taken in: who is late does no harm.
    """

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._connection, self._path = connection, path

    def is_current(self) -> bool:
        """Whether the index reflects the last run and every decision, as this program shows them."""
        with complaints(self._path):
            run, judgements, version = self._one("SELECT run, judgements, version FROM shown_mark")
            return (run, judgements) == self.ledger() and run > 0 and version == __version__

    def ledger(self) -> Mark:
        """The ledger's last run and how many decisions there are."""
        with complaints(self._path):
            sql = "SELECT (SELECT coalesce(max(number), 0) FROM run), (SELECT count(*) FROM judgement)"
            return Mark(*self._one(sql))

    def run_of(self, made_at: str) -> int:
        """The number of the run that ended then; 0 if there is none."""
        with complaints(self._path):
            sql = "SELECT coalesce(max(number), 0) FROM run WHERE made_at = ?"
            return int(self._connection.execute(sql, (made_at,)).fetchone()[0])

    def fingerprints(self) -> dict[str, str]:
        """Id -> fingerprint of every row."""
        with complaints(self._path):
            return dict(self._connection.execute("SELECT id, fingerprint FROM shown"))

    def begin(self, mark: Mark) -> None:
        """Note that the index is being brought up to this mark: until ``end`` it is not current."""
        self._set(0, mark.judgements)

    def end(self, mark: Mark) -> None:
        """Note that every row reflects this run; the decisions are those of ``begin`` and those ``refreshed`` since."""
        with complaints(self._path), transaction(self._connection) as connection:
            connection.execute("UPDATE shown_mark SET run = ?", (mark.run,))

    def write(self, rows: Sequence[Row], gone: Sequence[str], mark: Mark) -> None:
        """Put rows in, and take ``gone`` ids out, in one transaction: give it no more than BATCH_ROWS."""
        with complaints(self._path), transaction(self._connection):
            self._exchange(rows, gone, mark)

    def refreshed(self, rows: Sequence[Row], gone: Sequence[str], made_at: str, n_decisions: int) -> bool:
        """Put in the rows that ``n_decisions`` changed, take out those that they ended; the mark counts them.

        False, and nothing is written, if the rows are not of the last run.
        """
        with complaints(self._path), transaction(self._connection) as connection:
            mark = self.ledger()
            if self.run_of(made_at) != mark.run:
                return False
            self._exchange(rows, gone, mark)
            sql = "UPDATE shown_mark SET judgements = min(judgements + ?, ?)"
            connection.execute(sql, (n_decisions, mark.judgements))
        return True

    def clear(self) -> None:
        """Empty the index: the next build makes it anew."""
        with complaints(self._path), transaction(self._connection) as connection:
            connection.execute("DELETE FROM shown")
            connection.execute("UPDATE shown_mark SET run = 0, judgements = 0, writes = writes + 1")

    def _set(self, run: int, judgements: int) -> None:
        with complaints(self._path), transaction(self._connection) as connection:
            sql = "UPDATE shown_mark SET run = ?, judgements = ?, version = ?"
            connection.execute(sql, (run, judgements, __version__))

    def _exchange(self, rows: Sequence[Row], gone: Sequence[str], mark: Mark) -> None:
        """Within a transaction."""
        ids = [row.shown.id for row in rows]
        fresher = self._found(_FRESHER, [*ids, *gone], *mark)
        known = self._found(_KNOWN, ids)
        new = [row for row in rows if row.shown.id in known - fresher]
        out = {row.shown.id for row in new} | set(gone) - fresher
        self._connection.executemany("DELETE FROM shown WHERE id = ?", [(id,) for id in sorted(out)])
        last = self._one("SELECT writes FROM shown_mark")[0]
        for n, row in enumerate(new, last + 1):
            self._insert(n, row, mark)
        if out:
            sql = "UPDATE shown_mark SET writes = ?"
            self._connection.execute(sql, (last + max(1, len(new)),))

    def _insert(self, n: int, row: Row, mark: Mark) -> None:
        shown, add = row.shown, self._connection.execute
        values = {"n": n} | _columns(shown)
        values |= {"fingerprint": row.fingerprint, "run": mark.run, "judgements": mark.judgements}
        add(_INSERT.format(", ".join(values), ", ".join("?" * len(values))), (*values.values(),))
        told = json.dumps(codec.encode(replace(shown, text="")), ensure_ascii=False, separators=(",", ":"))
        add("INSERT INTO shown_row VALUES (?, ?)", (n, told))
        add("INSERT INTO shown_words (rowid, text) VALUES (?, ?)", (n, shown.text))
        many = self._connection.executemany
        many("INSERT OR IGNORE INTO shown_actor VALUES (?, ?)", [(n, name) for name in shown.actors])
        many("INSERT OR IGNORE INTO shown_ask VALUES (?, ?, ?)", [(n, a.ask, a.sure) for a in shown.asks])

    def _found(self, sql: str, ids: Sequence[str], *values: int) -> set[str]:
        return {id for (id,) in self._connection.execute(sql, (json.dumps(ids), *values))}

    def _one(self, sql: str) -> Any:
        return self._connection.execute(sql).fetchone()


_INSERT = "INSERT INTO shown ({}) VALUES ({})"
_AMONG = "SELECT value FROM json_each(?)"
_FRESHER = f"SELECT id FROM shown WHERE id IN ({_AMONG}) AND (run, judgements) > (?, ?)"
_KNOWN = f"""WITH asked (id) AS ({_AMONG}) SELECT id FROM asked WHERE id IN (SELECT id FROM incident)
    OR id IN (SELECT id FROM statement) OR id IN (SELECT id FROM trend)"""


def _columns(shown: Shown) -> dict[str, Any]:
    """What is filtered, sorted and counted by."""
    place, killed = shown.place, shown.killed
    return {
        "id": shown.id,
        "kind": shown.kind,
        "type": shown.type,
        "title": shown.title,
        **_days(shown.date),
        "country": place.country if place else None,
        "admin1": place.admin1 if place else None,
        "place": place.name if place else None,
        "exactness": place.precision if place else None,
        "lat": place.lat if place else None,
        "lon": place.lon if place else None,
        "killed_low": killed.low if killed else None,
        "killed": killed.best if killed else None,
        "killed_high": killed.high if killed else None,
        "n_origins": shown.n_origins,
        "n_disputed": len(shown.disputed),
        "judged": int(shown.judged),
        "n_asks": len(shown.asks),
        "sure": shown.sure,
        "least": shown.least,
    }


def _days(interval: PartialDate) -> dict[str, int | None]:
    """First and last day as numbers, and the week, month and year that hold both by their first days."""
    first, last = interval.start, interval.end
    if first is None or last is None:
        return {}
    holding = {
        "week": (first - timedelta(days=first.weekday()), last - timedelta(days=last.weekday())),
        "month": (first.replace(day=1), last.replace(day=1)),
        "year": (first.replace(month=1, day=1), last.replace(month=1, day=1)),
    }
    found: dict[str, int | None] = {"first": first.toordinal(), "last": last.toordinal()}
    return found | {name: one.toordinal() if one == other else None for name, (one, other) in holding.items()}
