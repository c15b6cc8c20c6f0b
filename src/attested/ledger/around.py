"""Which reports must be read to show some rows of a ledger as the whole ledger shows them, or to decide on them."""

from __future__ import annotations

import json
import re
import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from attested.incidents.anchors import Anchor, anchors_in
from attested.incidents.judged import ACTOR, SAME
from attested.ledger import judgements
from attested.model import Judgement

_SHORTEST = 4  # characters of an id: its kind and "_" ("in_") and something of its own
_ROWS = ("incident", "statement", "trend", "origin", "story", "report", "claim", "mention", "judgement")
_AMONG = "(SELECT value FROM json_each(?))"
_REPORTS_OF_PAGES = f"SELECT id FROM report WHERE page_id IN {_AMONG}"
_REPORTS_OF_ROWS = """
  WITH those (id) AS (SELECT value FROM json_each(?))
  SELECT report_id FROM mention JOIN member ON member.part = mention.id JOIN those ON those.id = member.id
  UNION SELECT part FROM member JOIN report ON report.id = part JOIN those ON those.id = member.id
  UNION SELECT report_id FROM claim JOIN those USING (id)
  UNION SELECT report_id FROM mention JOIN those USING (id)
  UNION SELECT id FROM report JOIN those USING (id)"""
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
_NAMES_NO_PAGE = "SELECT 1 FROM judgement_on WHERE page NOT IN (SELECT id FROM page) LIMIT 1"
# Table -> the rows that are read.
_CLAIMS = "SELECT id FROM claim WHERE report_id IN reports"
_READ = {
    "page": "id IN (SELECT page_id FROM report WHERE id IN told)",
    "report": "id IN reports",
    "derivation": "child IN reports OR parent IN reports",
    "actor": f"id IN (SELECT actor_id FROM actor_link WHERE claim_id IN ({_CLAIMS}))",
    "quote_link": """quote_id IN (SELECT json_extract(value, '$.id') FROM outline, json_each(outline.quotes)
                                  WHERE report_id IN told)""",
    "kept": "FALSE",  # what merging alone needs
    "given": "FALSE",
    "redirect": "new IN rows",
    "outline": "report_id IN told",
} | dict.fromkeys(("mention", "claim", "published", "seat"), "report_id IN reports")
_READ |= dict.fromkeys(("incident", "statement", "trend"), "id IN rows")
_READ |= dict.fromkeys(("origin", "story"), "id IN (SELECT id FROM member WHERE part IN reports)")
_READ |= dict.fromkeys(("anchored", "place_link", "actor_link"), f"claim_id IN ({_CLAIMS})")
_NAMED, _VALUES = re.compile(r"IN (reports|told|rows)\b"), r"IN (SELECT value FROM json_each(:\1))"


@dataclass(frozen=True, slots=True)
class Around:
    """Reports that are read, those ``told`` with their outlines; the ``rows`` that are shown whole among them; the
    decisions that bear on them, by number."""

    reports: frozenset[str]
    told: frozenset[str]
    rows: frozenset[str]
    numbered: dict[int, Judgement]

    @property
    def judgements(self) -> tuple[Judgement, ...]:
        """The decisions in the order made."""
        return tuple(self.numbered[number] for number in sorted(self.numbered))

    def condition(self, table: str) -> str:
        """WHERE ..., with the values of ``ids``: those of a table's rows that are read; empty for all."""
        if table == "actor" and any(judgement.kind == SAME + ACTOR for judgement in self.judgements):
            return ""  # whose names are read may be one with any other
        return f"WHERE {_NAMED.sub(_VALUES, _READ[table])}" if table in _READ else ""

    @property
    def ids(self) -> dict[str, str]:
        """What the conditions name."""
        return {"reports": _json(self.reports), "told": _json(self.told), "rows": _json(self.rows)}


def find_row(connection: sqlite3.Connection, wanted: str) -> tuple[str, str] | None:
    """The table and the id of the row of this id, or the one whose id begins so, or that it leads to; None if there is
    no such row, or several."""
    return _row_of(connection, wanted) or _row_of(connection, _led_to(connection, wanted))


def look_around(
    connection: sqlite3.Connection, ids: Collection[str], *, beside: bool = True
) -> Around | None:
    """What belongs to the rows of these ids.

    The reports of the rows, those of their stories, and all that tell of what these tell; what their own
    reports go back to; and what people decided on any of them. Without what is told ``beside`` the rows their
    values are the same, and how sure they are cannot be told. None if a decision names words of a page that is not
    there.
    """
    undone = judgements.about(connection, ids).values()
    own = _ids(connection, _REPORTS_OF_ROWS, (_json(ids),))
    own |= reports_of_pages(connection, {anchor.page for j in undone for anchor in _anchors(j)})
    stories = reports_beside(connection, own, "story") if beside else own
    kin = _above(connection, own) | _ids(connection, _SIBLINGS, (_json(own),))
    families = reports_beside(connection, kin, "origin")
    same = _ids(connection, _TELLING_THE_SAME, (_json(stories),)) if beside else set()
    reports = stories | kin | families | same
    decisions = _decisions(connection, reports)
    if decisions is None:
        return None
    decisions |= judgements.about(connection, [j.id for j in undone])
    # What is decided goes to the row that holds most of its words: all that hold any must be there.
    decided = reports_of_pages(connection, {a.page for j in decisions.values() for a in _anchors(j)})
    rows = rows_of(connection, stories | decided)
    return Around(frozenset(reports), frozenset(reports), rows, decisions)


def told_beside(connection: sqlite3.Connection, id: str) -> frozenset[str]:
    """The incidents that the reports of one and of their stories tell too."""
    own = _ids(connection, _REPORTS_OF_ROWS, (_json([id]),))
    stories = reports_beside(connection, own, "story")
    return frozenset(_ids(connection, _INCIDENTS_IN, (_json(stories),)) - {id})


def take_in(connection: sqlite3.Connection, reports: Collection[str], told: Collection[str]) -> Around | None:
    """These reports with all rows that they tell of, and what people decided on them or on copies of them; those
    ``told`` with their outlines. None if a decision names words of a page that is not there."""
    more = set(reports)
    decisions = _decisions(connection, more)
    if decisions is None:
        return None
    return Around(frozenset(more), frozenset(told), rows_of(connection, more), decisions)


def reports_beside(connection: sqlite3.Connection, reports: Collection[str], holder: str) -> set[str]:
    """These reports and those that are with one of them in an origin or a story (``holder``)."""
    return {*reports, *_ids(connection, _BESIDE.format(holder=holder), (_json(reports),))}


def reports_of_pages(connection: sqlite3.Connection, pages: Collection[str]) -> set[str]:
    """The reports on these pages."""
    return _ids(connection, _REPORTS_OF_PAGES, (_json(pages),))


def rows_of(connection: sqlite3.Connection, reports: Collection[str]) -> frozenset[str]:
    """The incidents, statements and trends that these reports tell of."""
    rows = f"SELECT member.id FROM mention JOIN member ON part = mention.id WHERE report_id IN {_AMONG}"
    return frozenset(_ids(connection, rows, (_json(reports),)))


def _decisions(connection: sqlite3.Connection, reports: set[str]) -> dict[int, Judgement] | None:
    """The decisions on these reports or on copies of them, those on the same words elsewhere, and so on; by number.

    The reports of all pages that they name are added to the reports. None if one names a page that is not there: its
    words may be anywhere.
    """
    of_reports = f"SELECT page_id FROM report WHERE id IN {_AMONG}"
    pages = _ids(connection, of_reports, (_json(reports_beside(connection, reports, "origin")),))
    found = judgements.of_pages(connection, pages)
    named, new = set[Anchor](), {a for j in found.values() for a in _anchors(j) if a.page not in pages}
    while new:
        named |= new
        near = judgements.of_pages(connection, {anchor.page for anchor in new})
        on_page: dict[str, list[Anchor]] = defaultdict(list)
        for anchor in new:
            on_page[anchor.page].append(anchor)
        more = {n: j for n, j in near.items() if n not in found and _meet(_anchors(j), on_page)}
        found |= more
        new = {a for j in more.values() for a in _anchors(j) if a.page not in pages} - named
    if connection.execute(_NAMES_NO_PAGE).fetchone():
        return None
    reports |= reports_of_pages(connection, {a.page for j in found.values() for a in _anchors(j)})
    return (
        found | judgements.about(connection, [j.id for j in found.values()]) | judgements.on_names(connection)
    )


def _anchors(judgement: Judgement) -> list[Anchor]:
    return anchors_in(f"{judgement.left}\n{judgement.right}")


def _meet(some: Iterable[Anchor], others: Mapping[str, Iterable[Anchor]]) -> bool:
    """Whether words of both stand at one place; the others are by page."""
    return any(a.start < b.end and b.start < a.end for a in some for b in others.get(a.page, ()))


def _row_of(connection: sqlite3.Connection, wanted: str) -> tuple[str, str] | None:
    begun = begun_rows(connection, wanted)
    exact = [row for row in begun if row[1] == wanted]
    return exact[0] if exact else begun[0] if len(begun) == 1 else None


def begun_rows(connection: sqlite3.Connection, wanted: str) -> list[tuple[str, str]]:
    """The tables and ids of rows whose ids begin so, two of a table at most."""
    if len(wanted) < _SHORTEST:
        return []
    return [(table, id) for table in _ROWS for id in begun_ids(connection, table, wanted)]


def _led_to(connection: sqlite3.Connection, wanted: str) -> str:
    """Where an id that was merged into another leads; nothing if no such, or several."""
    old = [*begun_ids(connection, "redirect", wanted, column="old")]
    if len(old) != 1:
        return ""
    return str(connection.execute("SELECT new FROM redirect WHERE old = ?", old).fetchone()[0])


def begun_ids(
    connection: sqlite3.Connection, table: str, wanted: str, *, column: str = "id"
) -> Iterator[str]:
    """The ids of a table that begin so: this one first, then one or two more, enough to see that it is not alone."""
    sql = f"SELECT {column} FROM {table} WHERE {column} >= ? AND {column} < ? ORDER BY {column} LIMIT 2"
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
