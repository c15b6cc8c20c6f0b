"""A ledger as one SQLite file: pages as they are read, what the reports say together at the end of a run."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from sqlite3 import Connection
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, Self, TypeVar

from attested.collector import without_collector
from attested.incidents.context import Resolved
from attested.incidents.kept import Kept
from attested.ledger import judgements
from attested.ledger.around import Around, begun_ids, begun_rows, find_row, look_around, told_beside
from attested.ledger.listed import ListedRows
from attested.ledger.near import Changes, Moment, Near
from attested.ledger.opening import complaints, connect, snapshot, transaction
from attested.ledger.store import Ledger, RunSummary
from attested.ledger.tables import Table
from attested.model import (
    Claim,
    Derivation,
    Given,
    Incident,
    Judgement,
    Mention,
    Origin,
    Outline,
    Page,
    Published,
    QuoteLink,
    Redirect,
    Report,
    Statement,
    Story,
    Trend,
)
from attested.resolve.dates import Anchored
from attested.resolve.places import PlaceLink
from attested.values import Actor

if TYPE_CHECKING:
    from attested.ledger.shown import ShownRows
    from attested.ledger.shown_index import ShownIndex

_Args = ParamSpec("_Args")
_Answer = TypeVar("_Answer")

BATCH_ROWS = (
    5_000  # an adjudicator waits 0.16 s at most behind such a batch, 1.9 s behind 200,000 rows (measured)
)
BATCH_SECONDS = 2.0  # a killed run loses no more work than this

_PAGE = Table("page", Page, extra=("method",))
# What another method read from a page goes; the first statement of a page's rows.
_FORGET = "DELETE FROM report WHERE page_id IN (SELECT id FROM page WHERE id = ? AND method <> ?)"
# Pages with one id are one page under two paths: the first path of the alphabet stands, in whatever order they came.
_ADD_PAGE = (
    _PAGE.insert.replace("INSERT OR IGNORE", "INSERT")
    + " ON CONFLICT (id) DO UPDATE SET input = min(input, excluded.input), "
    + ", ".join(
        f"{name} = iif(method = excluded.method AND status = 'read', {name}, excluded.{name})"
        for name in (*(c.name for c in _PAGE.columns if c.name not in ("id", "input")), "method")
    )
)
_SEE_PAGE = "UPDATE page SET input = ? WHERE id = ? AND input > ?"
# What was set aside under a path before, for whatever reason, is past once the path gives another page.
_NO_LONGER_ASIDE = "DELETE FROM page WHERE input = ? AND status = 'set aside' AND id <> ?"
_REPORT, _OUTLINE = Table("report", Report), Table("outline", Outline, key="report_id")
_MENTION, _CLAIM = Table("mention", Mention), Table("claim", Claim)
_MERGED = {
    "incidents": Table("incident", Incident),
    "statements": Table("statement", Statement),
    "trends": Table("trend", Trend),
    "given": Table("given", Given),
    "redirects": Table("redirect", Redirect, key="old"),
}
_KEPT = Table("kept", Kept, key="mention_id")
_SETTLED = _MERGED | {"kept": _KEPT}
_CROSS = _SETTLED | {
    "published": Table("published", Published, key="report_id"),
    "derivations": Table("derivation", Derivation, key="child, parent, agency"),
    "origins": Table("origin", Origin),
    "stories": Table("story", Story),
    "quote_links": Table("quote_link", QuoteLink, key="quote_id"),
    "actors": Table("actor", Actor),
}
_DATES = Table("anchored", Anchored, key="claim_id", extra=("claim_id",))
_PLACES = Table("place_link", PlaceLink, key="claim_id", extra=("claim_id",))
_SEATS = Table("seat", PlaceLink, key="report_id", extra=("report_id",))
_RUN = Table("run", RunSummary, key="number DESC LIMIT 1")


class SqliteStore:
    """One ledger file. Use as a context manager, or call ``close``; what is buffered is written on leaving.

    Raises LedgerError for a file that is not a ledger, is newer than this program, damaged or locked;
    InputError for one that is to be read and does not exist.
    """

    def __init__(self, path: str | Path, *, read_only: bool = False) -> None:
        self.path = Path(path)
        self._connection = connect(self.path, read_only=read_only)
        self._waiting: list[tuple[str, tuple[Any, ...]]] = []
        self._last_write = time.monotonic()
        self.listed = ListedRows(self._connection, self.path)

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
        finally:
            self._connection.close()

    def known_pages(self) -> set[tuple[str, str]]:
        """(page id, method version) of every page already read; those set aside are looked at anew each time."""
        self.flush()
        return set(self._all("SELECT id, method FROM page WHERE status = 'read'"))

    def see_page(self, page: Page) -> None:
        """Note that a page already kept was met again, maybe under another path."""
        self._waiting.append((_SEE_PAGE, (page.input, page.id, page.input)))
        self._waiting.append((_NO_LONGER_ASIDE, (page.input, page.id)))
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
        add((_FORGET, (page.id, method)))
        add((_ADD_PAGE, _PAGE.row(page, method)))
        add((_NO_LONGER_ASIDE, (page.input, page.id)))
        for report in reports:
            add((_REPORT.insert, _REPORT.row(_without_text(report, page))))
        for table, values in ((_OUTLINE, outlines), (_MENTION, mentions), (_CLAIM, claims)):
            for value in values:
                add((table.insert, table.row(value)))
        self._flush_if_due()

    def _flush_if_due(self) -> None:
        if len(self._waiting) >= BATCH_ROWS or time.monotonic() - self._last_write >= BATCH_SECONDS:
            self.flush()

    def flush(self) -> None:
        """Write the buffered pages, in batches, whole pages only."""
        while self._waiting:
            cut = _batch_end(self._waiting)
            with complaints(self.path), transaction(self._connection) as connection:
                for sql, row in self._waiting[:cut]:
                    connection.execute(sql, row)
            del self._waiting[:cut]
        self._last_write = time.monotonic()

    def save_cross(self, ledger: Ledger) -> bool:
        """Replace what the reports say together by ``ledger``'s, and add its run; all or nothing.

        False if somebody decided something that ``ledger`` does not have: then nothing is written.
        """
        self.flush()
        with complaints(self.path), transaction(self._connection) as connection:
            if judgements.last_number(connection) != len(ledger.judgements):
                return False
            self._replace(_CROSS, ledger)
            connection.execute("UPDATE settled SET judgement = ?", (len(ledger.judgements),))
            self._save_resolved(ledger.resolved)
            connection.execute(_RUN.insert, _RUN.row(ledger.summary))
        return True

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
            for part, table in _SETTLED.items():
                self._exchange(table, getattr(changes.before, part), getattr(changes.now, part))
            connection.execute("UPDATE settled SET judgement = ?", (changes.number,))
        return True

    def _exchange(self, table: Table, before: Sequence[Any], now: Sequence[Any]) -> None:
        """Write the rows of a table that are not as before."""
        was, key = {table.id(row): row for row in before}, table.id
        new = [row for row in now if was.get(key(row)) != row]
        out = was.keys() - {key(row) for row in now if was.get(key(row)) == row}
        sql = f"DELETE FROM {table.name} WHERE {table.key} = ?"
        self._connection.executemany(sql, [(id,) for id in sorted(out)])
        self._connection.executemany(table.insert, map(table.row, new))

    def _replace(self, tables: Mapping[str, Table], ledger: Ledger) -> None:
        for part, table in tables.items():
            self._connection.execute(f"DELETE FROM {table.name}")
            values = getattr(ledger, part)
            rows = values.values() if isinstance(values, dict) else values
            self._connection.executemany(table.insert, map(table.row, rows))

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
            near = None if part is None else look_around(self._connection, part, beside=beside)
            return self._ledger(vectors, near)

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
        outline = _OUTLINE if vectors else _OUTLINE.without("vectors")
        pages = self._values(_PAGE, part)
        cross: dict[str, Any] = {name: self._values(table, part) for name, table in _CROSS.items()}
        cross["published"] = {settled.report_id: settled for settled in cross["published"]}
        return Ledger(
            pages=tuple(pages),
            reports=tuple(_with_text(self._values(_REPORT, part), pages)),
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

    def judgements_since(self, number: int) -> tuple[Judgement, ...]:
        """The decisions after so many."""
        with complaints(self.path):
            return tuple(judgements.since(self._connection, number).values())

    def begun(self, wanted: str) -> list[str]:
        """Ids that begin so, two of a table at most."""
        with complaints(self.path):
            return [id for _, id in begun_rows(self._connection, wanted)]

    def given(self, id: str) -> tuple[Given, ...]:
        """The id, if it was ever given to a row."""
        with complaints(self.path):
            rows = self._connection.execute(_MERGED["given"].select(where="WHERE id = ?"), (id,))
            return tuple(_MERGED["given"].value(row) for row in rows)

    def actors(self) -> tuple[Actor, ...]:
        """All actors, as the texts have them."""
        with complaints(self.path):
            return tuple(self._values(_CROSS["actors"]))

    def n_judgements(self) -> int:
        """How many decisions there are."""
        with complaints(self.path):
            return judgements.last_number(self._connection)

    def chain(self) -> tuple[int, str]:
        """How many decisions there are, and the hash at the end of their chain: a copy kept elsewhere is evidence."""
        with complaints(self.path):
            return judgements.head(self._connection)

    def _save_resolved(self, resolved: Resolved) -> None:
        connection = self._connection
        connection.execute("DELETE FROM actor_link")
        for table, rows in ((_DATES, resolved.dates), (_PLACES, resolved.places), (_SEATS, resolved.seats)):
            connection.execute(f"DELETE FROM {table.name}")
            connection.executemany(table.insert, (table.row(v, k) for k, v in sorted(rows.items())))
        connection.executemany(
            "INSERT INTO actor_link (claim_id, actor_id) VALUES (?, ?)", sorted(resolved.actors.items())
        )

    def _resolved(self, part: Around | None) -> Resolved:
        actors = (
            f"SELECT claim_id, actor_id FROM actor_link {_condition('actor_link', part)} ORDER BY claim_id"
        )
        return Resolved(
            dates=self._by_id(_DATES, part),
            places=self._by_id(_PLACES, part),
            actors=dict(self._all(actors, part)),
            seats=self._by_id(_SEATS, part),
        )

    def _by_id(self, table: Table, part: Around | None) -> dict[str, Any]:
        rows = self._all(table.select(extra=True, where=_condition(table.name, part)), part)
        return {row[-1]: table.value(row[:-1]) for row in rows}

    def _values(self, table: Table, part: Around | None = None) -> list[Any]:
        return [table.value(row) for row in self._all(table.select(where=_condition(table.name, part)), part)]

    def _all(self, sql: str, part: Around | None = None) -> list[Any]:
        return self._connection.execute(sql, part.ids if part else {}).fetchall()


def _condition(table: str, part: Around | None) -> str:
    return part.condition(table) if part else ""


def _batch_end(waiting: Sequence[tuple[str, tuple[Any, ...]]]) -> int:
    """The last start of a page within a batch, so that a page is written whole or not at all."""
    if len(waiting) <= BATCH_ROWS:
        return len(waiting)
    starts = [i for i, (sql, _) in enumerate(waiting) if sql in (_FORGET, _SEE_PAGE) and i]
    within = [i for i in starts if i <= BATCH_ROWS]
    return within[-1] if within else (starts[0] if starts else len(waiting))


def _without_text(report: Report, page: Page) -> Report:
    """The report less the page's text, which lies in the page's row."""
    return replace(report, text="") if report.text == page.text else report


def _with_text(reports: Iterable[Report], pages: Iterable[Page]) -> Iterable[Report]:
    texts = {page.id: page.text for page in pages}
    return (
        report if report.text else replace(report, text=texts.get(report.page_id, "")) for report in reports
    )
