"""The append-only table of a person's decisions, with a hash chain over its rows."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator

from attested import codec
from attested.errors import LedgerError
from attested.incidents.judged import ACTOR, SAME
from attested.ledger.opening import transaction
from attested.ledger.tables import Table
from attested.model import Judgement

_TABLE = Table("judgement", Judgement, key="number", extra=("prev_hash", "hash"))
_NUMBERED = Table("judgement", Judgement, key="number", extra=("prev_hash", "hash", "number"))
_OF_PAGES = (
    "WHERE number IN (SELECT number FROM judgement_on WHERE page IN (SELECT value FROM json_each(:those)))"
)
# Decisions, what they undo and what undoes them, and so on.
_ABOUT = """WHERE id IN (
  WITH RECURSIVE found (id) AS (
    SELECT value FROM json_each(:those)
    UNION SELECT judgement.id FROM judgement JOIN found ON judgement.supersedes = found.id
    UNION SELECT judgement.supersedes FROM judgement JOIN found USING (id) WHERE supersedes IS NOT NULL)
  SELECT id FROM found)"""
_ON_NAMES = f"WHERE kind = '{SAME}{ACTOR}'"
_SINCE = "WHERE number > :those"


def append(connection: sqlite3.Connection, new: Iterable[Judgement]) -> str:
    """Add decisions, all or none, and return the chain's new head hash. Raises LedgerError if an id is taken."""
    connection.execute("PRAGMA synchronous = FULL")  # a decision cannot be made again by a rerun
    try:
        with transaction(connection):
            head = _head(connection)
            for judgement in new:
                previous, head = head, _link(head, judgement)
                sql = _TABLE.insert.replace("INSERT OR IGNORE", "INSERT")
                connection.execute(sql, _TABLE.row(judgement, previous, head))
    except sqlite3.IntegrityError as error:
        raise LedgerError(f"judgement {judgement.id} is already in the ledger") from error
    finally:
        connection.execute("PRAGMA synchronous = NORMAL")
    return head


def read(connection: sqlite3.Connection) -> list[Judgement]:
    """Every decision in the order made. Raises LedgerError when the chain is broken, naming the row."""
    found, previous = [], ""
    for judgement, prev_hash, head, _ in _checked(connection, ""):
        if prev_hash != previous:
            raise _broken(judgement)
        found.append(judgement)
        previous = head
    return found


def of_pages(connection: sqlite3.Connection, pages: Collection[str]) -> dict[int, Judgement]:
    """The decisions that name words of these pages, by number."""
    return _some(connection, _OF_PAGES, json.dumps(sorted(pages)))


def about(connection: sqlite3.Connection, ids: Iterable[str]) -> dict[int, Judgement]:
    """These decisions, what they undo and what undoes them, by number."""
    return _some(connection, _ABOUT, json.dumps(sorted(ids)))


def on_names(connection: sqlite3.Connection) -> dict[int, Judgement]:
    """The decisions on names of actors, by number."""
    return _some(connection, _ON_NAMES, "")


def since(connection: sqlite3.Connection, number: int) -> dict[int, Judgement]:
    """The decisions after this number, by number."""
    return _some(connection, _SINCE, number)


def last_number(connection: sqlite3.Connection) -> int:
    """The number of the last decision: they are counted from 1 on, and none is ever taken away."""
    return int(connection.execute("SELECT ifnull(max(number), 0) FROM judgement").fetchone()[0])


def head(connection: sqlite3.Connection) -> tuple[int, str]:
    """How many decisions there are, and the hash at the chain's end."""
    return connection.execute("SELECT count(*) FROM judgement").fetchone()[0], _head(connection)


def _head(connection: sqlite3.Connection) -> str:
    row = connection.execute("SELECT hash FROM judgement ORDER BY number DESC LIMIT 1").fetchone()
    return row[0] if row else ""


def _some(connection: sqlite3.Connection, where: str, those: str | int) -> dict[int, Judgement]:
    """Some decisions, of which each is checked by itself: only ``read`` sees whether one is missing."""
    return {number: judgement for judgement, *_, number in _checked(connection, where, those)}


def _checked(
    connection: sqlite3.Connection, where: str, those: str | int = ""
) -> Iterator[tuple[Judgement, str, str, int]]:
    """Decisions that are as they were made, with the hash before, their own, and their number."""
    sql = _NUMBERED.select(extra=True, where=where)
    for *row, prev_hash, own, number in connection.execute(sql, {"those": those}):
        judgement: Judgement = _TABLE.value(row)
        if own != _link(prev_hash, judgement):
            raise _broken(judgement)
        yield judgement, prev_hash, own, number


def _broken(judgement: Judgement) -> LedgerError:
    return LedgerError(f"judgement {judgement.id} was changed after it was made: the hash chain breaks there")


def _link(previous: str, judgement: Judgement) -> str:
    row = json.dumps(codec.encode(judgement), sort_keys=True, ensure_ascii=True)
    return hashlib.sha256((previous + row).encode("ascii")).hexdigest()
