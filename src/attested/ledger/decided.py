"""Find which reports must be read to say of every decision whether it stands."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable

from attested.incidents.anchors import Anchor, anchors_in
from attested.incidents.judged import CLAIM
from attested.ledger import judgements
from attested.ledger.around import Around, reports_beside, reports_of_pages, rows_of
from attested.model import Judgement

_AMONG = "(SELECT value FROM json_each(?))"
# The words of a page that is no longer there may stand at the same place in another.
_ELSEWHERE = f"""
  SELECT report_id FROM mention
  WHERE json_extract(trigger, '$.start') || ',' || json_extract(trigger, '$.end') IN {_AMONG}"""


def around_decisions(connection: sqlite3.Connection) -> tuple[Around, Around]:
    """The reports whose words decisions name, with their copies and the rows that hold them; and those of them whose
    claims are named.

    Raises LedgerError when the chain of decisions is broken.
    """
    made = judgements.read(connection)
    reports = _named(connection, made)
    of_claims = _named(connection, [judgement for judgement in made if judgement.kind == CLAIM])
    numbered = dict(enumerate(made, 1))
    rows = rows_of(connection, reports)
    return Around(reports, frozenset(), rows, numbered), Around(of_claims, frozenset(), rows, {})


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
