"""The append-only table of a person's decisions, with a hash chain over its rows."""

from __future__ import annotations

import hashlib
import json
import sqlite3

from attested import codec
from attested.errors import LedgerError
from attested.ledger.opening import transaction
from attested.ledger.tables import Table
from attested.model import Judgement

_TABLE = Table("judgement", Judgement, key="number", extra=("prev_hash", "hash"))


def append(connection: sqlite3.Connection, judgement: Judgement) -> str:
    """Add one decision and return the chain's new head hash. Raises LedgerError if its id is taken."""
    connection.execute("PRAGMA synchronous = FULL")  # a decision cannot be made again by a rerun
    try:
        with transaction(connection):
            last = connection.execute("SELECT hash FROM judgement ORDER BY number DESC LIMIT 1").fetchone()
            previous = last[0] if last else ""
            head = _link(previous, judgement)
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
    for *row, prev_hash, head in connection.execute(_TABLE.select(extra=True)):
        judgement: Judgement = _TABLE.value(row)
        if prev_hash != previous or head != _link(previous, judgement):
            raise LedgerError(
                f"judgement {judgement.id} was changed after it was made: the hash chain breaks there"
            )
        found.append(judgement)
        previous = head
    return found


def head(connection: sqlite3.Connection) -> tuple[int, str]:
    """How many decisions there are, and the hash at the chain's end."""
    row = connection.execute("SELECT hash FROM judgement ORDER BY number DESC LIMIT 1").fetchone()
    return connection.execute("SELECT count(*) FROM judgement").fetchone()[0], row[0] if row else ""


def _link(previous: str, judgement: Judgement) -> str:
    row = json.dumps(codec.encode(judgement), sort_keys=True, ensure_ascii=True)
    return hashlib.sha256((previous + row).encode("ascii")).hexdigest()
