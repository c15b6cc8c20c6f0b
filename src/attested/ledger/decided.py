"""Find which reports must be read to say of every decision whether it stands."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable

from attested.incidents.anchors import Anchor, anchors_in
from attested.ledger import judgements
from attested.ledger.around import Around

_AMONG = "(SELECT value FROM json_each(?))"
_ON_PAGES = f"SELECT id FROM report WHERE page_id IN {_AMONG}"
_OF_FAMILY = f"""
  SELECT other.part FROM member JOIN member AS other USING (id) JOIN origin ON origin.id = member.id
  WHERE member.part IN {_AMONG}"""
_HELD_IN = f"SELECT member.id FROM mention JOIN member ON part = mention.id WHERE report_id IN {_AMONG}"
# The words of a page that is no longer there may stand at the same place in another.
_ELSEWHERE = f"""
  SELECT report_id FROM mention
  WHERE json_extract(trigger, '$.start') || ',' || json_extract(trigger, '$.end') IN {_AMONG}"""


def around_decisions(connection: sqlite3.Connection) -> Around:
    """The reports whose words decisions name, with their copies, and the rows that hold them.

    Raises LedgerError when the chain of decisions is broken.
    """
    made = judgements.read(connection)
    named = {anchor for j in made for anchor in anchors_in(f"{j.left}\n{j.right or ''}")}
    pages = {anchor.page for anchor in named}
    there = _ids(connection, f"SELECT id FROM page WHERE id IN {_AMONG}", pages)
    reports = _ids(connection, _ON_PAGES, pages)
    if lost := {_place(anchor) for anchor in named if anchor.page not in there}:
        reports |= _ids(connection, _ELSEWHERE, lost)
    reports |= _ids(connection, _OF_FAMILY, reports)
    rows = _ids(connection, _HELD_IN, reports)
    return Around(frozenset(reports), frozenset(rows), tuple(made))


def _place(anchor: Anchor) -> str:
    return f"{anchor.start},{anchor.end}"


def _ids(connection: sqlite3.Connection, sql: str, values: Iterable[str]) -> set[str]:
    return {row[0] for row in connection.execute(sql, (json.dumps(sorted(values)),))}
