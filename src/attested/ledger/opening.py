"""Opening a ledger file: ours or refused, brought up to this version's tables, with safe pragmas."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib import resources
from pathlib import Path
from urllib.parse import quote

from attested.errors import InputError, LedgerError

APPLICATION_ID = 0x41545354  # "ATST", in the header of every ledger (https://sqlite.org/pragma.html)
BUSY_MS = 120_000  # a writer waits for a batch (some 60 ms), or for the end of a run that changed every row
ASK_SECONDS = (
    0.002  # a writer asks so often whether it is its turn; SQLite's own steps grow to 100 ms, and starve
)


def connect(path: Path, *, read_only: bool = False) -> sqlite3.Connection:
    """An open connection to a ledger of this version. Raises LedgerError if the file is not one, InputError
    when there is nothing to read."""
    if read_only and not path.is_file():
        raise InputError(f"no ledger at {path}; make one with: attested run FOLDER --ledger {path}")
    if not read_only and not path.parent.is_dir():
        raise InputError(f"no folder {path.parent} to put the ledger in")
    with complaints(path):
        connection = _open(path, read_only=read_only)
        try:
            _prepare(connection, path, read_only=read_only)
        except BaseException:
            connection.close()
            raise
    return connection


@contextmanager
def complaints(path: Path) -> Iterator[None]:
    """Turn SQLite's errors into a LedgerError that says what to do."""
    try:
        yield
    except sqlite3.OperationalError as error:
        raise LedgerError(f"{path}: {error}{_advice(str(error))}") from error
    except sqlite3.DatabaseError as error:
        raise LedgerError(f"{path}: not a ledger, or damaged ({error}); give another file name") from error


def _advice(error: str) -> str:
    if "locked" in error:
        return "; another run is writing to it: wait for it to end"
    if "readonly" in error or "unable to open" in error:
        return "; check that the file and its folder may be written"
    return ""


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    """BEGIN IMMEDIATE .. COMMIT, or nothing of it; within another transaction a part of that."""
    if connection.in_transaction:
        yield connection
        return
    _begin(connection)
    try:
        yield connection
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def _begin(connection: sqlite3.Connection) -> None:
    """Wait for the turn to write."""
    until = time.monotonic() + BUSY_MS / 1000
    connection.execute("PRAGMA busy_timeout = 0")
    try:
        while True:
            try:
                connection.execute("BEGIN IMMEDIATE")
                return
            except sqlite3.OperationalError as error:
                if "locked" not in str(error) or time.monotonic() > until:
                    raise
            time.sleep(ASK_SECONDS)
    finally:
        connection.execute(f"PRAGMA busy_timeout = {BUSY_MS}")


@contextmanager
def snapshot(connection: sqlite3.Connection) -> Iterator[None]:
    """All reads within see the file as it was at the first, whatever a run beside them commits."""
    if connection.in_transaction:
        yield
        return
    connection.execute("BEGIN")
    try:
        yield
    finally:
        connection.execute("ROLLBACK")  # nothing was written


@cache
def migrations() -> list[tuple[int, str]]:
    """(number, SQL) of every migration shipped, in order; number N takes the file from N - 1 to N."""
    folder = resources.files("attested.ledger") / "migrations"
    found = [(int(entry.name[:3]), entry.read_text(encoding="utf-8")) for entry in folder.iterdir()]
    return sorted(found)


def _open(path: Path, *, read_only: bool) -> sqlite3.Connection:
    if not read_only:
        return sqlite3.connect(path, isolation_level=None)
    uri = f"file:{quote(str(path.resolve()))}?mode=ro"
    connection = sqlite3.connect(uri, uri=True, isolation_level=None)
    try:
        connection.execute("SELECT 1 FROM sqlite_schema").fetchone()
    except sqlite3.OperationalError:  # WAL needs a writable folder; a file on a read-only disk cannot change
        connection.close()
        connection = sqlite3.connect(uri + "&immutable=1", uri=True, isolation_level=None)
    return connection


def _prepare(connection: sqlite3.Connection, path: Path, *, read_only: bool) -> None:
    connection.execute(f"PRAGMA busy_timeout = {BUSY_MS}")
    steps = migrations()
    _refuse_foreign(connection, path, newest=steps[-1][0])
    version = _pragma(connection, "user_version")
    if read_only and version < steps[-1][0]:
        raise LedgerError(
            f"{path}: written by an older Attested; bring it up with: attested run INPUT --ledger {path}"
        )
    if read_only:
        return
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")  # judgements, which cannot be made again, use FULL
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute(
        "PRAGMA wal_autocheckpoint = 0"
    )  # none within a commit: stores do it when nobody waits
    for number, sql in steps:
        if number > version:
            connection.executescript(
                f"BEGIN IMMEDIATE; {sql}\nPRAGMA application_id = {APPLICATION_ID}; "
                f"PRAGMA user_version = {number}; COMMIT;"
            )


def _refuse_foreign(connection: sqlite3.Connection, path: Path, *, newest: int) -> None:
    has_tables = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]
    if has_tables and _pragma(connection, "application_id") != APPLICATION_ID:
        raise LedgerError(f"{path}: an SQLite file, but not a ledger of Attested; give another file name")
    version = _pragma(connection, "user_version")
    if version > newest:
        raise LedgerError(
            f"{path}: written by a newer Attested (tables {version}, we know {newest}); upgrade Attested"
        )


def _pragma(connection: sqlite3.Connection, name: str) -> int:
    return int(connection.execute(f"PRAGMA {name}").fetchone()[0])
