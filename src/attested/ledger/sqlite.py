"""A ledger as one SQLite file: pages as they are read, what the reports say together at the end of a run."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import cache, cached_property
from pathlib import Path
from sqlite3 import Connection
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, Self, TypeVar

from attested.collector import without_collector
from attested.incidents.context import Resolved
from attested.ledger import judgements
from attested.ledger.around import Around, begun_ids, begun_rows, find_row, look_around, told_beside
from attested.ledger.cross import CROSS, DATES, PARTS, PLACES, SEATS, SETTLED
from attested.ledger.listed import ListedRows
from attested.ledger.near import Changes, Moment, Near
from attested.ledger.opening import complaints, connect, snapshot, transaction
from attested.ledger.page_rows import (
    ADD_PAGE,
    FORGET,
    NO_LONGER_ASIDE,
    PAGE,
    SEE_PAGE,
    with_text,
    without_text,
)
from attested.ledger.store import Ledger, RunSummary
from attested.ledger.tables import Table
from attested.model import (
    Claim,
    Given,
    Judgement,
    Mention,
    Outline,
    Page,
    Report,
)
from attested.values import Actor

if TYPE_CHECKING:
    from attested.ledger.shown import ShownRows
    from attested.ledger.shown_index import ShownIndex

BATCH_ROWS = 5_000  # rows that wait in memory until they are written
LOCK_SECONDS = 0.02  # who decides waits for one batch of pages, and for its commit (bench/wait.py)
CACHE_KB = 200_000  # while a run saves: what was read before the lock is there, and nothing is written twice
PAUSE_SECONDS = 0.005  # between two batches: who waits asks every 2 ms (opening.py), and is next
BATCH_SECONDS = 2.0  # a killed run loses no more work than this

_REPORT, _OUTLINE = Table("report", Report), Table("outline", Outline, key="report_id")
_MENTION, _CLAIM = Table("mention", Mention), Table("claim", Claim)
_RUN = Table("run", RunSummary, key="number DESC LIMIT 1")
_Args = ParamSpec("_Args")
_Answer = TypeVar("_Answer")


class SqliteStore:
    """One ledger file. Use as a context manager, or call ``close``; what is buffered is written on leaving.

    Raises LedgerError for a file that is not a ledger, is newer than this program, damaged or locked;
    InputError for one that is to be read and does not exist.
    """

    def __init__(self, path: str | Path, *, read_only: bool = False) -> None:
        self.path, self._is_read_only = Path(path), read_only
        self._connection = connect(self.path, read_only=read_only)
        self._waiting: list[tuple[str, tuple[Any, ...]]] = []
        self._last_write = time.monotonic()
        self.listed = ListedRows(self._connection, self.path)
        self._loaded: Moment | None = None  # when all was read last

    @cached_property
    def shown(self) -> ShownRows:
        """The stored index of rows as lists show them."""
        from attested.ledger.shown import (
            ShownRows,
        )  # here, not above: it brings numpy, which one row needs not

        return ShownRows(self._connection, self.path)

    @cached_property
    def shown_index(self) -> ShownIndex:
        """The same, to be written."""
        from attested.ledger.shown_index import ShownIndex

        return ShownIndex(self._connection, self.path)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Write what is buffered and close the file."""
        try:
            self.flush()
            if not self._is_read_only:
                self._checkpoint()
        finally:
            self._connection.close()

    def known_pages(self) -> set[tuple[str, str]]:
        """(page id, method version) of every page already read; those set aside are looked at anew each time."""
        self.flush()
        return set(self._all("SELECT id, method FROM page WHERE status = 'read'"))

    def see_page(self, page: Page) -> None:
        """Note that a page already kept was met again, maybe under another path."""
        self._waiting.append((SEE_PAGE, (page.input, page.id, page.input)))
        self._waiting.append((NO_LONGER_ASIDE, (page.input, page.id)))
        self._flush_if_due()

    def save_page(
        self,
        page: Page,
        reports: Iterable[Report] = (),
        outlines: Iterable[Outline] = (),
        mentions: Iterable[Mention] = (),
        claims: Iterable[Claim] = (),
        *,
        method: str = "",
    ) -> None:
        """Keep what one page gave. The same again changes nothing; another ``method`` replaces it, and so does
        a page of the same path what was set aside under it."""
        add = self._waiting.append
        add((FORGET, (page.id, method)))
        add((ADD_PAGE, PAGE.row(page, method)))
        add((NO_LONGER_ASIDE, (page.input, page.id)))
        for report in reports:
            add((_REPORT.insert, _REPORT.row(without_text(report, page))))
        for table, values in ((_OUTLINE, outlines), (_MENTION, mentions), (_CLAIM, claims)):
            for value in values:
                add((table.insert, table.row(value)))
        self._flush_if_due()

    def _flush_if_due(self) -> None:
        if len(self._waiting) >= BATCH_ROWS or time.monotonic() - self._last_write >= BATCH_SECONDS:
            self.flush()

    def flush(self) -> None:
        """Write the buffered pages, in batches, whole pages only."""
        if not self._waiting:
            return
        with complaints(self.path):
            done = 0
            while done < len(self._waiting):
                time.sleep(PAUSE_SECONDS if done else 0)
                done = self._write_batch(done)
            self._checkpoint()
        self._waiting.clear()
        self._last_write = time.monotonic()

    def _write_batch(self, first: int) -> int:
        """Write buffered rows from one on until the time is up, whole pages only; returns where it stopped."""
        until = time.monotonic() + LOCK_SECONDS
        with transaction(self._connection) as connection:
            for n, (sql, row) in enumerate(self._waiting[first:], first):
                if n > first and sql in (FORGET, SEE_PAGE) and time.monotonic() > until:
                    return n
                connection.execute(sql, row)
        return len(self._waiting)

    def save_cross(
        self, ledger: Ledger, before: Ledger | None = None, settle: Callable[[], object] = lambda: None
    ) -> bool:
        """Make what the reports say together ``ledger``'s where that differs from ``before``, which was loaded last,
        and add its run; all or nothing. What is written was laid ready: who decides meanwhile waits a moment only.

        What people decided since and ``ledger`` does not have is obeyed by ``settle`` before anybody sees the rows;
        then it returns False.
        """
        self.flush()
        with complaints(self.path):
            while not self._save_cross(ledger, before, settle):  # another run ended meanwhile
                before = None
            return len(ledger.judgements) == self.n_judgements()

    def _save_cross(self, ledger: Ledger, before: Ledger | None, settle: Callable[[], object]) -> bool:
        connection = self._connection
        if before is None or self._loaded is None:
            before = self.load(vectors=False)
        since = self._loaded
        assert since is not None
        connection.execute(f"PRAGMA cache_size = -{CACHE_KB}")
        for part in PARTS.values():
            part.lay_ready(connection, before, ledger)
        rows = {name: dict(PARTS[name].rows(ledger)) for name in SETTLED}
        try:
            with transaction(connection):
                if Moment.of(connection).run != since.run:
                    return False
                for part in PARTS.values():
                    part.put_ready(connection)
                self._restore_touched(rows, since)
                connection.execute("UPDATE settled SET judgement = ?", (len(ledger.judgements),))
                connection.execute(_RUN.insert, _RUN.row(ledger.summary))
                settle()
        finally:
            for part in PARTS.values():
                part.clear(connection)
        self._forget_touched(since)
        self._checkpoint()
        return True

    def _restore_touched(self, rows: Mapping[str, Mapping[str, Any]], since: Moment) -> None:
        """Make the rows that decisions changed since a moment what they are in ``rows``."""
        touched = self._all(f"SELECT name, key FROM touched WHERE judgement > {since.settled}")
        for name in SETTLED:
            keys = [key for part, key in touched if part == name]
            PARTS[name].restore(self._connection, keys, rows[name])

    def _forget_touched(self, since: Moment) -> None:
        """Forget which rows were changed before: no run that has yet to end read the ledger before that."""
        some = f"SELECT name, key FROM touched WHERE judgement <= {since.settled} LIMIT {BATCH_ROWS}"
        n = BATCH_ROWS
        while n == BATCH_ROWS:
            with transaction(self._connection) as connection:
                n = connection.execute(f"DELETE FROM touched WHERE (name, key) IN ({some})").rowcount

    def _checkpoint(self) -> None:
        """Bring what was committed from the log into the file, which nobody has to wait for."""
        self._connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()

    @contextmanager
    def near(self) -> Iterator[Near]:
        """What lies around some rows, all read as of one moment."""
        self.flush()
        with complaints(self.path), snapshot(self._connection), without_collector():
            yield Near(self._connection, self._ledger)

    def save_settled(self, changes: Changes) -> bool:
        """Write rows that decisions changed; False if others wrote since they were read: then nothing is written."""
        with complaints(self.path), transaction(self._connection) as connection:
            if Moment.of(connection) != changes.since:
                return False
            for name in SETTLED:
                keys = PARTS[name].exchange(connection, changes.before, changes.now)
                rows = ((name, key, changes.number) for key in keys)
                connection.executemany("INSERT OR REPLACE INTO touched VALUES (?, ?, ?)", rows)
            connection.execute("UPDATE settled SET judgement = ?", (changes.number,))
        return True

    def load(self, *, vectors: bool = True, around: str | Sequence[str] = "", beside: bool = True) -> Ledger:
        """The whole ledger; ``vectors=False`` leaves the outlines' sentence vectors on disk.

        With the id of a row ``around``, or how it begins, as much of it as that row is shown by; the whole if there is
        no such row, or several. With a list of them what there is of those; a judgement's is what it names. Without
        what is told ``beside`` them, values are the same.
        """
        self.flush()
        with complaints(self.path), snapshot(self._connection), without_collector():
            found = [self.find_row(id) for id in ([around] if isinstance(around, str) else around)]
            ids = {row[1] for row in found if row is not None}
            part = None if around == "" or (isinstance(around, str) and not ids) else ids
            if part is None:
                self._loaded = Moment.of(self._connection)
                return self._ledger(vectors, None)
            return self._ledger(vectors, look_around(self._connection, part, beside=beside))

    def as_settled(self, ledger: Ledger) -> Ledger:
        """The ledger with its incidents, statements and trends as decisions left them by now."""
        with complaints(self.path), snapshot(self._connection):
            rows: dict[str, Any] = {name: tuple(self._values(table)) for name, table in SETTLED.items()}
            return replace(ledger, judgements=tuple(judgements.read(self._connection)), **rows)

    def find_row(self, wanted: str) -> tuple[str, str] | None:
        """The table and the id of the row of this id, or the one whose id begins so, or that it leads to; None if there
        is no such row, or several."""
        with complaints(self.path):
            return find_row(self._connection, wanted)

    def told_beside(self, id: str) -> frozenset[str]:
        """The incidents that the reports of one and of their stories tell too."""
        with complaints(self.path):
            return told_beside(self._connection, id)

    def ask(
        self,
        question: Callable[Concatenate[Connection, _Args], _Answer],
        *args: _Args.args,
        **kwargs: _Args.kwargs,
    ) -> _Answer:
        """The answer to one of the questions of ``ledger.lists``; its reads see the file as it is at the first."""
        with complaints(self.path), snapshot(self._connection):
            return question(self._connection, *args, **kwargs)

    def parts(self, id: str) -> tuple[str, ...]:
        """What the row of this id holds: mentions of an incident, statement or trend, reports of an origin or story."""
        with complaints(self.path):
            found = self._connection.execute("SELECT part FROM member WHERE id = ? ORDER BY part", (id,))
            return tuple(part for (part,) in found)

    def last_run(self) -> RunSummary:
        """What the last run did; empty if none has ended."""
        with complaints(self.path):
            runs = self._values(_RUN)
        return runs[0] if runs else RunSummary()

    def _ledger(self, vectors: bool, part: Around | None) -> Ledger:
        outline = _OUTLINE if vectors else _bare_outline()
        pages = self._values(PAGE, part)
        cross: dict[str, Any] = {name: self._values(table, part) for name, table in CROSS.items()}
        cross["published"] = {settled.report_id: settled for settled in cross["published"]}
        return Ledger(
            pages=tuple(pages),
            reports=tuple(with_text(self._values(_REPORT, part), pages)),
            outlines=tuple(self._values(outline, part)),
            mentions=tuple(self._values(_MENTION, part)),
            claims=tuple(self._values(_CLAIM, part)),
            resolved=self._resolved(part),
            judgements=part.judgements if part else tuple(judgements.read(self._connection)),
            summary=self.last_run(),
            **cross,
        )

    def judge(self, *new: Judgement) -> str:
        """Append people's decisions, all or none; returns the chain's new head hash."""
        self.flush()
        with complaints(self.path):
            return judgements.append(self._connection, new)

    def judgements_about(self, ids: Iterable[str]) -> tuple[Judgement, ...]:
        """These decisions, what they undo and what undoes them, in the order made; an id may be how it begins."""
        with complaints(self.path):
            begun = [id for wanted in ids for id in begun_ids(self._connection, "judgement", wanted)]
            return tuple(judgements.about(self._connection, begun).values())

    def judgements(self) -> tuple[Judgement, ...]:
        """Every decision in the order made. Raises LedgerError when one was changed afterwards."""
        with complaints(self.path):
            return tuple(judgements.read(self._connection))

    def incidents_beside(self, mentions: Collection[str]) -> frozenset[str]:
        """The incidents of the reports of these mentions, and of the stories of these."""
        with self.near() as near:
            reports = near.reports_beside(near.reports_of(mentions), "story")
            return frozenset(row.id for row in near.incidents_of(near.mentions_of(reports)))

    def begun(self, wanted: str) -> list[str]:
        """Ids that begin so, two of a table at most."""
        with complaints(self.path):
            return [id for _, id in begun_rows(self._connection, wanted)]

    def given(self, id: str) -> tuple[Given, ...]:
        """The id, if it was ever given to a row."""
        with complaints(self.path):
            rows = self._connection.execute(CROSS["given"].select(where="WHERE id = ?"), (id,))
            return tuple(CROSS["given"].value(row) for row in rows)

    def actors(self) -> tuple[Actor, ...]:
        """All actors, as the texts have them."""
        with complaints(self.path):
            return tuple(self._values(CROSS["actors"]))

    def n_judgements(self) -> int:
        """How many decisions there are."""
        with complaints(self.path):
            return judgements.last_number(self._connection)

    def chain(self) -> tuple[int, str]:
        """How many decisions there are, and the hash at the end of their chain: a copy kept elsewhere is evidence."""
        with complaints(self.path):
            return judgements.head(self._connection)

    def _resolved(self, part: Around | None) -> Resolved:
        actors = (
            f"SELECT claim_id, actor_id FROM actor_link {_condition('actor_link', part)} ORDER BY claim_id"
        )
        return Resolved(
            dates=self._by_id(DATES, part),
            places=self._by_id(PLACES, part),
            actors=dict(self._all(actors, part)),
            seats=self._by_id(SEATS, part),
        )

    def _by_id(self, table: Table, part: Around | None) -> dict[str, Any]:
        rows = self._all(table.select(extra=True, where=_condition(table.name, part)), part)
        return {row[-1]: table.value(row[:-1]) for row in rows}

    def _values(self, table: Table, part: Around | None = None) -> list[Any]:
        return [table.value(row) for row in self._all(table.select(where=_condition(table.name, part)), part)]

    def _all(self, sql: str, part: Around | None = None) -> list[Any]:
        return self._connection.execute(sql, part.ids if part else {}).fetchall()


@cache
def _bare_outline() -> Table:
    """Outlines without vectors; made once, since a table works out its columns anew."""
    return _OUTLINE.without("vectors")


def _condition(table: str, part: Around | None) -> str:
    return part.condition(table) if part else ""
