"""Find which reports must be read to show one row of a ledger as the whole ledger shows it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from attested.incidents.anchors import anchors_in
from attested.incidents.judged import ACTOR, SAME
from attested.ledger import judgements
from attested.model import Judgement

_SHORTEST = 4  # characters of an id: its kind and "_" ("in_") and something of its own
_ROWS = ("incident", "statement", "trend", "origin", "story", "report", "claim")
_AMONG = "(SELECT value FROM json_each(?))"
_REPORTS_OF_PAGES = f"SELECT id FROM report WHERE page_id IN {_AMONG}"
_REPORTS_OF_ROW = """
  SELECT report_id FROM mention JOIN member ON member.part = mention.id WHERE member.id = :id
  UNION SELECT part FROM member JOIN report ON report.id = part WHERE member.id = :id
  UNION SELECT report_id FROM claim WHERE id = :id
  UNION SELECT id FROM report WHERE id = :id"""
_PARENTS = f"SELECT parent FROM derivation WHERE child IN {_AMONG} AND parent IS NOT NULL"
# Who shares with reports a dispatch that nobody saved.
_SIBLINGS = f"SELECT child FROM derivation WHERE is_sibling AND parent IN {_AMONG}"
_BESIDE = f"""
  SELECT other.part FROM member JOIN member AS other USING (id) JOIN {{holder}} ON {{holder}}.id = member.id
  WHERE member.part IN {_AMONG}"""
_TELLING_THE_SAME = f"""
  SELECT DISTINCT other.report_id FROM mention
  JOIN member ON member.part = mention.id JOIN member AS near ON near.id = member.id
  JOIN mention AS other ON other.id = near.part WHERE mention.report_id IN {_AMONG}"""

_INCIDENTS_IN = f"""
  SELECT DISTINCT member.id FROM mention JOIN member ON member.part = mention.id
  JOIN incident ON incident.id = member.id WHERE mention.report_id IN {_AMONG}"""

# Table -> the rows that are read.
_CLAIMS = "SELECT id FROM claim WHERE OF CLAIMS"
_OF_ROWS = "mention_id IN (SELECT part FROM member WHERE id IN (SELECT value FROM json_each(:rows)))"
_READ = {
    "page": "id IN (SELECT page_id FROM report WHERE id IN reports)",
    "report": "id IN reports",
    "derivation": "child IN reports OR parent IN reports",
    "actor": f"id IN (SELECT actor_id FROM actor_link WHERE claim_id IN ({_CLAIMS}))",
    "quote_link": """quote_id IN (SELECT json_extract(value, '$.id') FROM outline, json_each(outline.quotes)
                                  WHERE report_id IN reports)""",
    "kept": "FALSE",  # what merging alone needs
    "given": "FALSE",
} | dict.fromkeys(("outline", "mention", "published", "seat"), "report_id IN reports")
_READ["claim"] = "OF CLAIMS"
_READ |= dict.fromkeys(("incident", "statement", "trend"), "id IN (SELECT value FROM json_each(:rows))")
_READ |= dict.fromkeys(("origin", "story"), "id IN (SELECT id FROM member WHERE part IN reports)")
_READ |= dict.fromkeys(("anchored", "place_link", "actor_link"), f"claim_id IN ({_CLAIMS})")


@dataclass(frozen=True, slots=True)
class Around:
    """Reports that are read; the ``rows`` that are shown whole among them; the decisions that bear on them.

    Without what is told ``beside`` the rows, of their reports' claims only theirs are read.
    """

    reports: frozenset[str]
    rows: frozenset[str]
    judgements: tuple[Judgement, ...]
    beside: bool = True

    def condition(self, table: str) -> str:
        """WHERE ..., with the values of ``ids``: those of a table's rows that are read; empty for all."""
        if table == "actor" and any(judgement.kind == SAME + ACTOR for judgement in self.judgements):
            return ""  # whose names are read may be one with any other
        if table not in _READ:
            return ""
        claims = "report_id IN reports" if self.beside else f"report_id IN reports AND {_OF_ROWS}"
        where = _READ[table].replace("OF CLAIMS", claims)
        return f"WHERE {where.replace('IN reports', 'IN (SELECT value FROM json_each(:reports))')}"

    @property
    def ids(self) -> dict[str, str]:
        """What the conditions name."""
        return {"reports": _json(self.reports), "rows": _json(self.rows)}


def find_row(connection: sqlite3.Connection, wanted: str) -> tuple[str, str] | None:
    """The table and the id of the row of this id, or the one whose id begins so, or that it leads to; None if there is
    no such row, or several."""
    return _row_of(connection, wanted) or _row_of(connection, _led_to(connection, wanted))


def look_around(
    connection: sqlite3.Connection, wanted: Iterable[str], *, beside: bool = True
) -> Around | None:
    """What belongs to the rows of these ids, or those whose ids begin so, or that they lead to.

    Without what is told ``beside`` them: then these rows alone are shown whole, and how sure they are cannot be told.

    The reports of the row, those of their stories, and all that tell of what these tell; what its own
    reports go back to; and what people decided on any of them. None if there is no such row, or several.
    """
    rows = [find_row(connection, id) for id in wanted]
    asked = {row[1] for row in rows if row is not None}
    if not asked or None in rows:
        return None
    own = set[str]().union(*(_ids(connection, _REPORTS_OF_ROW, {"id": id}) for id in asked))
    stories = own | (_ids(connection, _BESIDE.format(holder="story"), (_json(own),)) if beside else set())
    kin = _above(connection, own) | _ids(connection, _SIBLINGS, (_json(own),))
    families = _ids(connection, _BESIDE.format(holder="origin"), (_json(kin),))
    same = _ids(connection, _TELLING_THE_SAME, (_json(stories),)) if beside else set()
    reports = stories | kin | families | same
    decisions = _decisions(connection, reports)
    if decisions is None:
        return None
    told = f"SELECT member.id FROM mention JOIN member ON part = mention.id WHERE report_id IN {_AMONG}"
    shown = _ids(connection, told, (_json(stories),)) if beside else asked
    return Around(frozenset(reports), frozenset(shown), decisions, beside)


def rows_beside(connection: sqlite3.Connection, id: str) -> set[str]:
    """The incidents that the reports of one and of their stories tell too."""
    own = _ids(connection, _REPORTS_OF_ROW, {"id": id})
    stories = own | _ids(connection, _BESIDE.format(holder="story"), (_json(own),))
    return _ids(connection, _INCIDENTS_IN, (_json(stories),)) - {id}


def _decisions(connection: sqlite3.Connection, reports: set[str]) -> tuple[Judgement, ...] | None:
    """The decisions on pages of these reports; the reports of other pages that they name are added to these.

    None if one names a page that is no longer there: its words may be anywhere.
    """
    left = {j: {a.page for a in anchors_in(f"{j.left}\n{j.right}")} for j in judgements.read(connection)}
    if not left:
        return ()
    named = set().union(*left.values())
    if named - _ids(connection, f"SELECT id FROM page WHERE id IN {_AMONG}", (_json(named),)):
        return None
    of_reports = f"SELECT page_id FROM report WHERE id IN {_AMONG}"
    pages = _ids(connection, of_reports, (_json(reports),))
    found = {
        judgement for judgement, own in left.items() if not own
    }  # undoings, and what is decided on names
    while near := [j for j, own in left.items() if j not in found and not own.isdisjoint(pages)]:
        found.update(near)
        pages.update(*(left[j] for j in near))
    reports |= _ids(connection, _REPORTS_OF_PAGES, (_json(pages),))
    return tuple(j for j in left if j in found)


def _row_of(connection: sqlite3.Connection, wanted: str) -> tuple[str, str] | None:
    if len(wanted) < _SHORTEST:
        return None
    begun = [(table, id) for table in _ROWS for id in _begun(connection, table, "id", wanted)]
    exact = [row for row in begun if row[1] == wanted]
    return exact[0] if exact else begun[0] if len(begun) == 1 else None


def _led_to(connection: sqlite3.Connection, wanted: str) -> str:
    """Where an id that was merged into another leads; nothing if no such, or several."""
    old = [*_begun(connection, "redirect", "old", wanted)]
    if len(old) != 1:
        return ""
    return str(connection.execute("SELECT new FROM redirect WHERE old = ?", old).fetchone()[0])


def _begun(connection: sqlite3.Connection, table: str, name: str, wanted: str) -> Iterator[str]:
    """The ids of a table that begin so: this one first, then one or two more, enough to see that it is not alone."""
    sql = f"SELECT {name} FROM {table} WHERE {name} >= ? AND {name} < ? ORDER BY {name} LIMIT 2"
    return (row[0] for row in connection.execute(sql, (wanted, wanted + "\U0010ffff")))


def _above(connection: sqlite3.Connection, reports: set[str]) -> set[str]:
    """These reports and all that they go back to: step by step, for SQLite reads a whole table to do it at once."""
    found = new = reports
    while new := _ids(connection, _PARENTS, (_json(new),)) - found:
        found = found | new
    return found


def _ids(connection: sqlite3.Connection, sql: str, values: object) -> set[str]:
    return {row[0] for row in connection.execute(sql, values)}  # type: ignore[arg-type]


def _json(ids: Iterable[str]) -> str:
    return json.dumps(sorted(ids))
