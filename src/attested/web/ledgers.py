"""The ledger file as the desk's threads read it: a connection each, and only what a page shows."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from attested.errors import InputError
from attested.ledger.sqlite import SqliteStore
from attested.views.facts import Facts


class NoSuchRowError(InputError):
    """An id that names no row of the ledger."""


class LedgerFile:
    """One ledger file, opened for reading once by every thread that asks; each sees what was last committed."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._threads = threading.local()

    @property
    def store(self) -> SqliteStore:
        """This thread's open store, for reading only."""
        found: SqliteStore | None = getattr(self._threads, "store", None)
        if found is None:
            found = self._threads.store = SqliteStore(self.path, read_only=True)
        return found

    def writing(self) -> SqliteStore:
        """A store to decide in; the caller closes it."""
        return SqliteStore(self.path)

    def find(self, wanted: str, kinds: Sequence[str]) -> str:
        """The id of the row that an id, or how it begins, names or leads to now.

        Raises NoSuchRowError if there is none of these kinds (``incident``, ``statement``, ``trend``, ``origin``,
        ``story``, ``report``, ``claim``), or several.
        """
        found = self.store.find_row(wanted)
        if found is None or found[0] not in kinds:
            raise NoSuchRowError(f"no {' or '.join(kinds)} {wanted!r} in this ledger, or several begin so")
        return found[1]

    def facts(self, id: str, as_of: date | None = None) -> Facts:
        """The facts that show the row of this id, as ``find`` gave it, and of the day if one is asked for."""
        return Facts(self.store.load(vectors=False, around=id), as_of)
