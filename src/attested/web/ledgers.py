"""The ledger file as the desk's threads read it: a connection each, and only what a page shows."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from attested.errors import InputError
from attested.incidents.confidence import Confidence
from attested.incidents.fused import FusedIncident
from attested.ledger.decided import decided_ledger
from attested.ledger.near_merges import Match, near_merges, refused_matches
from attested.ledger.sqlite import SqliteStore
from attested.views.audit import Decision, decisions
from attested.views.facts import Facts
from attested.views.listing import is_current


class NoSuchRowError(InputError):
    """An id that names no row of the ledger."""


class LedgerFile:
    """One ledger file, opened for reading once by every thread that asks; each sees what was last committed."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._threads = threading.local()
        self._decided: tuple[object, list[Decision]] = None, []  # of a chain and a run
        self._refused: tuple[str, list[Match]] = "", []  # of a run, which alone matches anew

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

    def incident(self, id: str, as_of: date | None = None) -> tuple[Facts, FusedIncident, Confidence]:
        """An incident with the facts that show it, and how sure it is. Raises NoSuchRowError if nobody had yet.

        As of today that is read from the index of shown rows where it is current: to work it out takes all that its
        stories tell besides.
        """
        known = as_of is None and is_current(self.store)
        sure = self.store.shown.confidence(id) if known else None
        facts = self.facts(id, as_of, beside=sure is None)
        row = next((row for row in facts.context.incidents if row.id == id), None)
        if row is None:
            raise NoSuchRowError(
                f"nobody had told of {id} by {as_of}; see its first day at /incident/{id}/history"
            )
        found = facts.incident(row)
        return facts, found, sure or facts.confidence(found)

    def facts(
        self,
        id: str | Sequence[str],
        as_of: date | None = None,
        *,
        only: Sequence[str] | None = None,
        beside: bool = True,
    ) -> Facts:
        """The facts that show the row of this id, as ``find`` gave it, or several, as of the day if one is asked for.

        With ``only`` ids no other rows are fused; without what is told ``beside`` them less is read.
        """
        return Facts(self.store.load(vectors=False, around=id, beside=beside), as_of, only)

    def decisions(self) -> list[Decision]:
        """Every decision in the order made, and whether it stands; worked out once for each decision and run."""
        now = self.store.chain(), self.store.last_run().made_at
        if self._decided[0] != now:
            self._decided = now, decisions(Facts(self.store.ask(decided_ledger)))
        return self._decided[1]

    @property
    def knows_near_merges(self) -> bool:
        """Whether ``near_merges`` need not be looked for anew since the last run."""
        return self._refused[0] == self.store.last_run().made_at

    def near_merges(self) -> list[tuple[str, str]]:
        """The pairs of incidents that were nearly made one, the surest first, less those that a person keeps apart."""
        if not self.knows_near_merges:
            self._refused = self.store.last_run().made_at, self.store.ask(refused_matches)
        found: list[tuple[str, str]] = self.store.ask(near_merges, self._refused[1])
        return found
