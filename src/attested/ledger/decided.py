"""What is read of a ledger to say of every decision whether it stands, and on which rows it is now."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from typing import Any

from attested.incidents.anchors import Anchor, anchors_in
from attested.incidents.judged import ACTOR, CLAIM, SAME
from attested.ledger import judgements
from attested.ledger.around import reports_beside, reports_of_pages, rows_of
from attested.ledger.store import Ledger
from attested.ledger.tables import Table
from attested.model import Claim, Incident, Judgement, Mention, Origin, Report, Statement, Trend
from attested.values import Actor

_AMONG = "(SELECT value FROM json_each(?))"
# The words of a page that is no longer there may stand at the same place in another.
_ELSEWHERE = f"""
  SELECT report_id FROM mention
  WHERE json_extract(trigger, '$.start') || ',' || json_extract(trigger, '$.end') IN {_AMONG}"""


def decided_ledger(connection: sqlite3.Connection) -> Ledger:
    """As much of a ledger as says of every decision whether it stands, and on which rows it is now.

    Raises LedgerError when the chain of decisions is broken.
    """
    made = judgements.read(connection)
    reports = _named(connection, made)
    rows, of_reports = rows_of(connection, reports), f"WHERE report_id IN {_AMONG}"
    of_claims = _named(connection, [judgement for judgement in made if judgement.kind == CLAIM])
    of_origins = f"WHERE id IN (SELECT id FROM member WHERE part IN {_AMONG})"
    has_names = any(judgement.kind == SAME + ACTOR for judgement in made)
    return Ledger(
        reports=_rows(connection, Table("report", Report), f"WHERE id IN {_AMONG}", reports),
        mentions=_rows(connection, Table("mention", Mention), of_reports, reports),
        claims=_rows(connection, Table("claim", Claim), of_reports, of_claims),
        origins=_rows(connection, Table("origin", Origin), of_origins, reports),
        incidents=_rows(connection, Table("incident", Incident), f"WHERE id IN {_AMONG}", rows),
        statements=_rows(connection, Table("statement", Statement), f"WHERE id IN {_AMONG}", rows),
        trends=_rows(connection, Table("trend", Trend), f"WHERE id IN {_AMONG}", rows),
        actors=_rows(connection, Table("actor", Actor), "WHERE ? IS NOT NULL", ()) if has_names else (),
        judgements=tuple(made),
    )


def _rows(connection: sqlite3.Connection, table: Table, where: str, ids: Iterable[str]) -> tuple[Any, ...]:
    found = connection.execute(table.select(where=where), (json.dumps(sorted(ids)),))
    return tuple(map(table.value, found))


def _named(connection: sqlite3.Connection, made: Iterable[Judgement]) -> frozenset[str]:
    """The reports of pages that decisions name, or that have their words if the page is gone, and their copies."""
    named = {anchor for j in made for anchor in anchors_in(f"{j.left}\n{j.right or ''}")}
    pages = {anchor.page for anchor in named}
    there = _ids(connection, f"SELECT id FROM page WHERE id IN {_AMONG}", pages)
    reports = reports_of_pages(connection, pages)
    if lost := {_place(anchor) for anchor in named if anchor.page not in there}:
        reports |= _ids(connection, _ELSEWHERE, lost)
    return frozenset(reports_beside(connection, reports, "origin"))


def _place(anchor: Anchor) -> str:
    return f"{anchor.start},{anchor.end}"


def _ids(connection: sqlite3.Connection, sql: str, values: Iterable[str]) -> set[str]:
    return {row[0] for row in connection.execute(sql, (json.dumps(sorted(values)),))}
