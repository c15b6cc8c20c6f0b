"""What merging anew takes of a ledger around some mentions: the rows that hold them, their matches, ids once given."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Self

from attested.incidents.kept import Kept
from attested.ledger import judgements
from attested.ledger.around import Around, reports_beside, reports_of_pages, take_in
from attested.ledger.store import Ledger
from attested.ledger.tables import Table
from attested.model import Given, Incident, Judgement, Mention, Redirect, Report

_THOSE = "(SELECT value FROM json_each(:those))"
_INCIDENT, _KEPT = Table("incident", Incident), Table("kept", Kept, key="mention_id")
_GIVEN, _REDIRECT = Table("given", Given), Table("redirect", Redirect, key="old")
_MENTION, _REPORT = Table("mention", Mention), Table("report", Report)
_GIVEN_TO = f"""SELECT id FROM given_on WHERE page IN (
  SELECT page_id FROM report WHERE id IN (SELECT report_id FROM mention WHERE id IN {_THOSE}))"""
_ON_PAGES_OF = f"""WHERE report_id IN (
  SELECT id FROM report WHERE page_id IN (SELECT page FROM given_on WHERE id IN {_THOSE}))"""


@dataclass(frozen=True, slots=True)
class Moment:
    """How far the rows had come when they were read: up to which decision they obey, and the last run."""

    settled: int
    run: int

    @classmethod
    def of(cls, connection: sqlite3.Connection) -> Self:
        """As it is now."""
        sql = "SELECT (SELECT judgement FROM settled), (SELECT ifnull(max(number), 0) FROM run)"
        return cls(*connection.execute(sql).fetchone())


@dataclass(frozen=True, slots=True)
class Changes:
    """Rows as they were at a moment, and as they are to be: they obey decisions up to this ``number``.

    ``ids`` are the rows that change, come or go, or hold what was judged; ``mentions`` those of incidents that are told
    otherwise now, so that others beside them may be more or less sure.
    """

    before: Ledger
    now: Ledger
    ids: frozenset[str]
    mentions: frozenset[str]
    since: Moment
    number: int


@dataclass(frozen=True, slots=True)
class GivenNear:
    """The ids that were ever given to any of some mentions, or lead to those, with what words they stood for; the
    mentions that there are on the pages of all these; and how old the youngest of all ids is."""

    given: tuple[Given, ...]
    redirects: tuple[Redirect, ...]
    mentions: tuple[Mention, ...]
    reports: tuple[Report, ...]
    age: int


class Near:
    """A ledger at one moment, of which only what is asked for is read."""

    def __init__(
        self, connection: sqlite3.Connection, ledger: Callable[[bool, Around | None], Ledger]
    ) -> None:
        self._connection, self._ledger = connection, ledger
        self.moment = Moment.of(connection)
        self.number = judgements.last_number(connection)

    @cached_property
    def new(self) -> frozenset[str]:
        """The decisions that the rows do not obey yet."""
        found = judgements.since(self._connection, self.moment.settled)
        return frozenset(judgement.id for judgement in found.values())

    def pending(self) -> tuple[Judgement, ...]:
        """The decisions that the rows do not obey yet, with what they undo and what undid that."""
        return tuple(judgements.about(self._connection, self.new).values())

    def ledger(
        self, reports: Collection[str], *, told: Collection[str] = (), vectors: bool = False
    ) -> Ledger | None:
        """As much as these reports tell of, those ``told`` with their outlines; None if a decision takes the whole."""
        part = take_in(self._connection, reports, told)
        return None if part is None else self._ledger(vectors, part)

    def whole(self) -> Ledger:
        """The whole ledger."""
        return self._ledger(True, None)

    def reports_of_pages(self, pages: Collection[str]) -> set[str]:
        """The reports on these pages."""
        return reports_of_pages(self._connection, pages)

    def reports_beside(self, reports: Collection[str], holder: str) -> set[str]:
        """These reports and those that are with one of them in an origin or a story (``holder``)."""
        return reports_beside(self._connection, reports, holder)

    def reports_of(self, mentions: Collection[str]) -> set[str]:
        """The reports of these mentions."""
        sql = f"SELECT DISTINCT report_id FROM mention WHERE id IN {_THOSE}"
        return self._ids(sql, mentions)

    def mentions_of(self, reports: Collection[str]) -> set[str]:
        """The mentions in these reports."""
        return self._ids(f"SELECT id FROM mention WHERE report_id IN {_THOSE}", reports)

    def beside(self, mentions: Collection[str], holder: str) -> set[str]:
        """The mentions that are in a row with one of these, of the table ``holder``."""
        sql = f"""SELECT other.part FROM member JOIN {holder} USING (id) JOIN member AS other USING (id)
                  WHERE member.part IN {_THOSE}"""
        return self._ids(sql, mentions)

    def incidents_of(self, mentions: Collection[str]) -> list[Incident]:
        """The incidents that hold these mentions."""
        return self._rows(_INCIDENT, f"WHERE id IN (SELECT id FROM member WHERE part IN {_THOSE})", mentions)

    def kept_of(self, mentions: Collection[str]) -> list[Kept]:
        """What merging kept of these mentions."""
        return self._rows(_KEPT, f"WHERE mention_id IN {_THOSE}", mentions)

    def is_given(self, id: str) -> bool:
        """Whether an id was ever given."""
        found = self._connection.execute("SELECT 1 FROM given WHERE id = ?", (id,)).fetchone()
        return found is not None

    def given(self, ids: Collection[str], mentions: Collection[str]) -> GivenNear:
        """What it takes to name rows of these ``mentions``, which had these ``ids`` until now."""
        known = {*ids, *self._ids(_GIVEN_TO, mentions)}
        led = self._rows(_REDIRECT, f"WHERE new IN {_THOSE} OR old IN {_THOSE}", known)
        known |= {row.old for row in led}
        there = [*self._rows(_MENTION, _ON_PAGES_OF, known)]
        there += self._rows(_MENTION, f"WHERE id IN {_THOSE}", mentions)
        reports = {row.report_id for row in there}
        return GivenNear(
            tuple(self._rows(_GIVEN, f"WHERE id IN {_THOSE}", known)),
            tuple(led),
            tuple(there),
            tuple(self._rows(_REPORT, f"WHERE id IN {_THOSE}", reports)),
            self._connection.execute("SELECT ifnull(max(since), 0) FROM given").fetchone()[0],
        )

    def _ids(self, sql: str, those: Iterable[str]) -> set[str]:
        return {row[0] for row in self._connection.execute(sql, {"those": _json(those)})}

    def _rows(self, table: Table, where: str, those: Iterable[str]) -> list[Any]:
        rows = self._connection.execute(table.select(where=where), {"those": _json(those)})
        return [table.value(row) for row in rows]


def _json(ids: Iterable[str]) -> str:
    return json.dumps(sorted(ids))
