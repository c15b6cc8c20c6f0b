"""A ledger's file, written a story at a time: all rows as a run stores them, in little memory."""

from __future__ import annotations

import json
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from random import Random
from typing import Any, get_origin, get_type_hints

from attested.all_reports import MERGED_BY
from attested.ids import make_id
from attested.incidents.anchors import Anchor
from attested.incidents.candidates import block_keys
from attested.incidents.context import FuseContext, Resolved
from attested.incidents.kept import Kept, keep
from attested.incidents.naming import PREFIXES
from attested.incidents.seen import see_mentions
from attested.ledger.opening import connect
from attested.ledger.store import RunSummary
from attested.ledger.tables import Column, Table
from attested.model import (
    Block,
    Claim,
    Derivation,
    Given,
    Incident,
    Mention,
    Origin,
    Outline,
    Page,
    Published,
    QuoteLink,
    Report,
    Span,
    Statement,
    Story,
    Trend,
)
from attested.one_page import program_version
from attested.resolve.dates import Anchored
from attested.resolve.places import PlaceLink
from attested.values import Actor
from printed import Key, Printed

SET_ASIDE = 0.01  # of the reports, pages that cannot be used
ROWS = 20_000  # written at a time: some MB in memory
PRAGMAS = ("journal_mode = OFF", "synchronous = OFF", "foreign_keys = OFF", "cache_size = -400000")
# Of the largest tables, made at the end in one go.
INDEXES = "SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND sql != '' AND tbl_name IN ('claim', 'mention')"
ACTOR_LINK = "INSERT INTO actor_link (actor_id, claim_id) VALUES (?, ?)"
MATCH = "UPDATE kept SET matches = ? WHERE mention_id = ?"
SURELY = 5.0  # points of every pair of one incident: log-odds of .993
METHOD = "synthetic"
COPIES, ALONE = "copies of one text", "one report that shares its text with no other"
TABLES = {
    table.name: table
    for table in (
        Table("page", Page, extra=("method",)),
        Table("report", Report),
        Table("outline", Outline, key="report_id"),
        Table("mention", Mention),
        Table("claim", Claim),
        Table("published", Published, key="report_id"),
        Table("derivation", Derivation, key="child, parent, agency"),
        Table("origin", Origin),
        Table("story", Story),
        Table("incident", Incident),
        Table("statement", Statement),
        Table("trend", Trend),
        Table("given", Given),
        Table("quote_link", QuoteLink, key="quote_id"),
        Table("actor", Actor),
        Table("anchored", Anchored, key="claim_id", extra=("claim_id",)),
        Table("place_link", PlaceLink, key="claim_id", extra=("claim_id",)),
        Table("seat", PlaceLink, key="report_id", extra=("report_id",)),
        Table("kept", Kept, key="mention_id"),
        Table("run", RunSummary, key="number"),
    )
}


@dataclass(frozen=True, slots=True)
class Told:
    """A story: its reports, how they were made from each other, and the first of each family."""

    reports: tuple[Printed, ...]
    derivations: tuple[Derivation, ...]
    roots: dict[str, str]


class LedgerFile:
    """Writes a new ledger file, a story at a time; which mentions are of one row is kept until it is closed.

    Raises FileExistsError if there is a file.
    """

    def __init__(self, path: Path) -> None:
        if path.exists():
            raise FileExistsError(path)
        self.began = time.monotonic()
        self._connection = connect(path)
        self._writers = {name: _writers(table) for name, table in TABLES.items()}
        self._waiting: dict[str, list[tuple[Any, ...]]] = defaultdict(list)
        self._rows: dict[Key, tuple[str, list[str]]] = {}  # -> type, anchors of its mentions behind their ids
        self.counts: dict[str, int] = defaultdict(int)
        for pragma in PRAGMAS:
            self._connection.execute(f"PRAGMA {pragma}")
        self._indexes = self._connection.execute(INDEXES).fetchall()
        for name, _ in self._indexes:
            self._connection.execute(f"DROP INDEX {name}")
        self._connection.execute("BEGIN")

    def add(self, table: str, value: Any, *extra: Any) -> None:
        """One row of a table."""
        row = (*[write(getattr(value, name)) for name, write in self._writers[table]], *extra)
        self.counts[table] += 1
        waiting = self._waiting[table]
        waiting.append(row)
        if len(waiting) >= ROWS:
            self._flush(table)

    def add_story(self, told: Told) -> None:
        """The reports of a story and all that they say together."""
        for printed in told.reports:
            self.add_report(printed)
        for made_from in told.derivations:
            self.add("derivation", made_from)
        families: dict[str, list[str]] = defaultdict(list)
        for report_id, root in told.roots.items():
            families[root].append(report_id)
        agencies = {printed.report.id: printed.report.agency for printed in told.reports}
        for root, members in families.items():
            why = COPIES if len(members) > 1 else ALONE
            self.add("origin", Origin(make_id("org", root), tuple(sorted(members)), agencies[root], why))
        first = told.reports[0].report
        reports = tuple(sorted(printed.report.id for printed in told.reports))
        story = Story(make_id("sto", reports[0]), first.headline or "", reports)
        self.add("story", story)
        self._link_quotes(told)
        self._keep(told, story)
        if Random(first.id).random() < SET_ASIDE * len(reports):
            page = Page(make_id("pg", "aside", first.id), f"pile/{first.id}.txt", "text", "")
            self.add("page", replace(page, status="set aside", why="is empty"), METHOD)

    def add_report(self, printed: Printed) -> None:
        """What one page gave, and what its words mean."""
        report = printed.report
        self.add("page", printed.page, METHOD)
        self.add("report", replace(report, text=""))
        self.add("outline", printed.outline)
        self.add("published", printed.published)
        for name, rows in (("mention", printed.mentions), ("claim", printed.claims)):
            for row in rows:
                self.add(name, row)
        for name, meant in (("anchored", printed.dates), ("place_link", printed.places)):
            for id, value in meant.items():
                self.add(name, value, id)
        self._waiting["actor_link"] += [(actor, id) for id, actor in printed.actors.items()]
        if printed.seat is not None:
            self.add("seat", printed.seat, report.id)
        for mention, key in printed.rows_of:
            trigger = mention.trigger
            anchor = Anchor(report.page_id, trigger.start, trigger.end, trigger.text)
            self._rows.setdefault(key, (mention.type, []))[1].append(f"{mention.id} {anchor}")

    def _link_quotes(self, told: Told) -> None:
        """Quotations of one statement are siblings; one with other words was altered."""
        same: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for printed in told.reports:
            for quote in printed.quotes:
                same[str(quote.speaker)].append((quote.id, quote.span.text))
        for rows in same.values():
            for id, words in rows:
                alike = tuple(sorted(other for other, text in rows if text == words and other != id))
                first, said = rows[0]
                altered = first if words != said else None
                if alike or altered:
                    why = f"“{said}” became “{words}”" if altered else None
                    self.add("quote_link", QuoteLink(id, alike, altered, why))

    def _keep(self, told: Told, story: Story) -> None:
        """What merging leaves of each mention to the next run, the matches left out."""
        printed = told.reports
        context = FuseContext(
            {p.report.id: p.report for p in printed},
            {p.report.id: p.outline for p in printed if p.outline},
            {p.report.id: p.published for p in printed},
            {m.id: m for p in printed for m in p.mentions},
            {c.id: c for p in printed for c in p.claims},
            (),
            Resolved(
                {id: row for p in printed for id, row in p.dates.items()},
                {id: row for p in printed for id, row in p.places.items()},
                {id: row for p in printed for id, row in p.actors.items()},
                {p.report.id: p.seat for p in printed if p.seat},
            ),
            (),
        )
        method = program_version(MERGED_BY)
        for id, seen in see_mentions(context, (story,), told.derivations).items():
            self.add("kept", keep(id, seen.fingerprint(method), block_keys(seen.profile), {}, ()))

    def close(self, actors: dict[str, tuple[str, str]]) -> dict[str, int]:
        """Write what is told of many reports, and the run; how many rows each table has."""
        self._flush("kept")
        for key, (type_, lines) in self._rows.items():
            self._merged(key[0], type_, sorted(lines))
        for id, (name, kind) in actors.items():
            self.add("actor", Actor(id, name, kind))
        counted = {f"{name}s": self.counts[name] for name in ("page", "report", "claim", "incident")}
        self.add("run", RunSummary("2026-01-01T00:00:00+00:00", "synthetic", counts=counted))
        for table in list(self._waiting):
            self._flush(table)
        for _, sql in self._indexes:
            self._connection.execute(sql)
        self._connection.execute("COMMIT")
        self._connection.execute("ANALYZE")
        self._connection.execute("PRAGMA journal_mode = WAL")
        self._connection.close()
        return self.counts

    def _merged(self, kind: str, type_: str, lines: Sequence[str]) -> None:
        """An incident, statement or trend of these mentions, and the id that was given to it."""
        pairs = [line.partition(" ") for line in lines]
        ids = tuple(id for id, _, _ in pairs)
        why = ("both on one day; both speak of one target",) if len(ids) > 1 else ()
        id = make_id(PREFIXES[kind], ids[0])
        row = (
            Trend(id, ids) if kind == "trend"
            else Incident(id, type_, ids, why) if kind == "incident"
            else Statement(id, type_, ids, why)
        )  # fmt: skip
        self.add(kind, row)
        if kind == "incident" and len(ids) > 1:
            self._match(ids)
        self.add("given", Given(id, kind, 1, "\n".join(anchor for _, _, anchor in pairs)))

    def _match(self, ids: Sequence[str]) -> None:
        """Note that each mention of an incident matches the first, and the first all others."""
        lines = {id: f"{id} {SURELY!r} *" for id in ids}
        rows = [("\n".join(lines[id] for id in ids[1:]), ids[0]), *((lines[ids[0]], id) for id in ids[1:])]
        self._connection.executemany(MATCH, rows)

    def _flush(self, table: str) -> None:
        insert = TABLES[table].insert if table in TABLES else ACTOR_LINK
        self._connection.executemany(insert, self._waiting.pop(table, []))


def _writers(table: Table) -> list[tuple[str, Callable[[Any], Any]]]:
    """The functions that write a row's columns: the table's own, with what they wrote before kept where it recurs."""
    hints = get_type_hints(table.kind)
    return [(column.name, _writer(column, hints[column.name])) for column in table.columns]


def _writer(column: Column, hint: Any) -> Callable[[Any], Any]:
    if get_origin(hint) is dict or hint in (str, int, float, bool, int | str, str | None):
        return column.write
    return _FAST.get(hint) or lru_cache(2_000)(column.write)


# What the table writes, in a fifth of the time: most of a ledger's JSON is spans and blocks.


def _write_span(span: Span) -> str:
    text = f',"text":{_quoted(span.text)}' if span.text else ""
    return f'{{"start":{span.start},"end":{span.end}{text}}}'


def _write_spans(spans: Iterable[Span]) -> str:
    return f"[{','.join(map(_write_span, spans))}]"


def _write_blocks(blocks: Iterable[Block]) -> str:
    rows = (f'{{"start":{b.start},"end":{b.end},"kind":"{b.kind}","why":{_quoted(b.why)}}}' for b in blocks)
    return f"[{','.join(rows)}]"


_quoted = json.JSONEncoder(ensure_ascii=False).encode
_FAST = {Span: _write_span, tuple[Span, ...]: _write_spans, tuple[Block, ...]: _write_blocks}
