"""Lists of reports and of pages set aside, and what lies beside a report on its page, asked of the tables."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from attested import codec
from attested.errors import InputError
from attested.ledger.shown_query import MOST_WORDS
from attested.values import PartialDate

OWN, VERSION = "own text", "later version"
MADE = (OWN, "identical", "republished", "excerpt", "rewrite", "spun", VERSION)
"""How a report can have been made, as a list of reports may be asked for it."""
_MAX_NAMES = 400  # outlets that a form offers
_BROAD = (
    0.2  # of all reports: a page of a list is filled faster by asking each (on 130,000, at 5, 20 and 100 %)
)
_CHEAP = 0.3  # asking one report costs 2.8 µs, finding one that fulfils a condition and looking it up 0.8 (measured)
_ALL = "TRUE"
_DAY = "json_extract(published.interval, '$.start')"
_AMONG = "(SELECT value FROM json_each(?))"
_read_interval = codec.decoder(PartialDate)


@dataclass(frozen=True, slots=True)
class ReportQuery:
    """Which reports: words of the headline, an outlet, an agency, how made (of ``MADE``), the days they may be of."""

    text: str = ""
    outlet: str = ""
    agency: str = ""
    made: str = ""
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True)
class ListedReport:
    """A report as a list shows it. ``made`` are the ways in which it was made from others, none for a text of its own.

    ``n_shared`` reports have its origin, itself among them; it tells of ``n_incidents``.
    """

    id: str
    page: str
    headline: str | None
    outlet: str | None
    agency: str | None
    published: PartialDate
    basis: str
    doubts: tuple[str, ...]
    made: tuple[str, ...]
    n_incidents: int
    story: str | None
    story_headline: str
    origin: str | None
    n_shared: int


@dataclass(frozen=True, slots=True)
class AsidePage:
    """A page that could not be used, and why."""

    id: str
    input: str
    kind: str
    why: str


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Another report of a page; its body begins at ``start``."""

    id: str
    headline: str | None
    start: int


def reports_listed(
    connection: sqlite3.Connection, query: ReportQuery, limit: int, offset: int = 0
) -> tuple[int, tuple[ListedReport, ...]]:
    """How many reports a query has, and those from the ``offset``-th on: the newest first, without a day last.

    Raises InputError if they are asked for as made in no known way.
    """
    days, day_values = _of_days(query)
    told, told_values = _of_report(query)
    n_days = _number(connection, f"SELECT count(*) FROM published WHERE {days}", *day_values)
    n_told = _number(connection, f"SELECT count(*) FROM report WHERE {told}", *told_values)
    values = (*day_values, *told_values)
    if days == _ALL or told == _ALL:
        n = min(n_days, n_told)
    else:
        where = f"{days} AND {_told_so(told, of_each=n_days < n_told * _CHEAP)}"
        n = _number(connection, f"SELECT count(*) FROM published WHERE {where}", *values)
    where = f"{days} AND {_told_so(told, of_each=n_told > _n_reports(connection) * _BROAD)}"
    ids = connection.execute(
        f"SELECT report_id FROM published WHERE {where} ORDER BY {_DAY} DESC, report_id DESC LIMIT ? OFFSET ?",
        (*values, limit, offset),
    )
    return n, _described(connection, [id for (id,) in ids])


def count_unsettled(connection: sqlite3.Connection) -> int:
    """Reports read by a run that has not ended: nothing is settled of them, and no list has them."""
    n_settled = _number(connection, "SELECT count(*) FROM published")
    return max(0, _n_reports(connection) - n_settled)


def names_of(connection: sqlite3.Connection, column: str) -> dict[str, int]:
    """Outlets or agencies (``column``) with their reports, those of most reports first."""
    assert column in ("outlet", "agency")
    sql = f"""SELECT {column}, count(*) FROM report WHERE {column} IS NOT NULL
              GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT {_MAX_NAMES}"""
    return dict(connection.execute(sql))


def pages_aside(connection: sqlite3.Connection, limit: int, offset: int = 0) -> tuple[AsidePage, ...]:
    """Pages set aside from the ``offset``-th on, in the order of their paths."""
    sql = """SELECT id, input, kind, coalesce(why, '') FROM page INDEXED BY set_aside_by_input
             WHERE status = 'set aside' ORDER BY input, id LIMIT ? OFFSET ?"""
    return tuple(AsidePage(*row) for row in connection.execute(sql, (limit, offset)))


def reasons_aside(connection: sqlite3.Connection) -> dict[str, int]:
    """Reasons for which pages were set aside, the most frequent first."""
    sql = "SELECT coalesce(why, ''), count(*) FROM page WHERE status = 'set aside' GROUP BY 1 ORDER BY 2 DESC, 1"
    return dict(connection.execute(sql))


def count_read(connection: sqlite3.Connection) -> int:
    """How many pages were read."""
    n_aside = _number(connection, "SELECT count(*) FROM page WHERE status = 'set aside'")
    return _number(connection, "SELECT count(*) FROM page") - n_aside


def published_intervals(connection: sqlite3.Connection) -> list[tuple[PartialDate, int]]:
    """When reports were published, and how many in each interval."""
    rows = connection.execute("SELECT interval, count(*) FROM published GROUP BY interval")
    return [(_read_interval(json.loads(interval)), n) for interval, n in rows]


def beside(connection: sqlite3.Connection, report_id: str) -> tuple[Neighbour, ...]:
    """The other reports on a report's page, in the order of the page."""
    sql = """SELECT other.id, other.headline, coalesce(json_extract(other.body, '$[0].start'), 0) AS start
             FROM report JOIN report AS other USING (page_id)
             WHERE report.id = ? AND other.id <> report.id ORDER BY start, other.id"""
    return tuple(Neighbour(*row) for row in connection.execute(sql, (report_id,)))


def report_of(connection: sqlite3.Connection, claim_id: str) -> str:
    """The report that a claim is in. Raises InputError if there is no such claim."""
    row = connection.execute("SELECT report_id FROM claim WHERE id = ?", (claim_id,)).fetchone()
    if row is None:
        raise InputError(f"no claim {claim_id!r} in this ledger")
    return str(row[0])


def _told_so(told: str, *, of_each: bool) -> str:
    """A condition on reports as one on ``published``, which is walked in the order of days ("+" sees to that).

    It is asked ``of_each`` report that is met (what most fulfil, until the page is full), or those that fulfil it are
    found first.
    """
    if told == _ALL:
        return _ALL
    if of_each:
        return f"EXISTS (SELECT 1 FROM report WHERE id = published.report_id AND {told})"
    return f"+published.report_id IN (SELECT id FROM report WHERE {told})"


def _of_days(query: ReportQuery) -> tuple[str, list[str]]:
    if query.first is None and query.last is None:
        return _ALL, []
    ends = query.first or date.min, query.last or date.max
    return f"{_DAY} BETWEEN ? AND ?", [end.isoformat() for end in ends]


def _of_report(query: ReportQuery) -> tuple[str, list[str]]:
    """A condition on ``report`` and its values."""
    named = [(name, value) for name in ("outlet", "agency") if (value := getattr(query, name))]
    words = query.text.split()[:MOST_WORDS]
    like = [word.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_") for word in words]
    parts = [f"{name} = ?" for name, _ in named] + [r"headline LIKE ? ESCAPE '\'" for _ in like]
    values = [value for _, value in named] + [f"%{word}%" for word in like]
    if query.made:
        made, kinds = _of_making(query.made)
        parts, values = [*parts, f"id {made}"], [*values, *kinds]
    return " AND ".join(parts) or _ALL, values


def _of_making(made: str) -> tuple[str, list[str]]:
    if made not in MADE:
        raise InputError(f"no report is made as {made!r}; ask for one of: {', '.join(MADE)}")
    if made == OWN:
        return "NOT IN (SELECT child FROM derivation)", []
    if made == VERSION:
        return "IN (SELECT child FROM derivation WHERE is_version)", []
    return "IN (SELECT child FROM derivation WHERE kind = ? AND NOT is_version)", [made]


def _described(connection: sqlite3.Connection, ids: Sequence[str]) -> tuple[ListedReport, ...]:
    """What a list shows of these reports, in this order."""
    among = (json.dumps(ids),)
    rows = connection.execute(
        f"""SELECT report.id, page.input, headline, outlet, agency, interval, basis, doubts FROM report
            JOIN published ON report_id = report.id JOIN page ON page.id = page_id WHERE report.id IN {_AMONG}""",
        among,
    ).fetchall()
    stories = _holders(connection, "story", "story.headline", among)
    origins = _holders(connection, "origin", "json_array_length(origin.reports)", among)
    made, told = _made(connection, among), _told(connection, among)
    found = {
        id: ListedReport(
            id, page, headline, outlet, agency,
            _read_interval(json.loads(interval)), basis, tuple(json.loads(doubts)),
            tuple(made.get(id, ())), told.get(id, 0),
            *stories.get(id, (None, "")), *origins.get(id, (None, 1)),
        )
        for id, page, headline, outlet, agency, interval, basis, doubts in rows
    }  # fmt: skip
    return tuple(found[id] for id in ids if id in found)


def _holders(
    connection: sqlite3.Connection, table: str, more: str, among: tuple[str]
) -> dict[str, tuple[str, Any]]:
    """Report -> the story or origin that holds it, with something more of that."""
    sql = f"SELECT part, {table}.id, {more} FROM member JOIN {table} USING (id) WHERE part IN {_AMONG}"
    return {part: (id, value) for part, id, value in connection.execute(sql, among)}


def _made(connection: sqlite3.Connection, among: tuple[str]) -> dict[str, dict[str, None]]:
    """Report -> the ways in which it was made, each once."""
    sql = f"SELECT child, iif(is_version, '{VERSION}', kind) FROM derivation WHERE child IN {_AMONG} ORDER BY 1, 2"
    found: dict[str, dict[str, None]] = {}
    for child, kind in connection.execute(sql, among):
        found.setdefault(child, {})[kind] = None
    return found


def _told(connection: sqlite3.Connection, among: tuple[str]) -> dict[str, int]:
    """Report -> of how many incidents it tells."""
    sql = f"""SELECT report_id, count(DISTINCT incident.id) FROM mention JOIN member ON part = mention.id
              JOIN incident ON incident.id = member.id WHERE report_id IN {_AMONG} GROUP BY report_id"""
    return dict(connection.execute(sql, among))


def _n_reports(connection: sqlite3.Connection) -> int:
    return _number(connection, "SELECT count(*) FROM report")


def _number(connection: sqlite3.Connection, sql: str, *values: Any) -> int:
    return int(connection.execute(sql, values).fetchone()[0])
