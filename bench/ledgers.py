"""Ledger files of synthetic piles, with all that a run would have stored: what the desk is tested and measured on.

usage: bench/ledgers.py FILE [--incidents 20000 | --claims 1000000]

Incidents and what is told of them are those of ``bench/pile.py``, printed by ``bench/press.py``. Nothing is merged: which mention
tells of which incident is known, and written as a run writes it.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from itertools import accumulate, islice
from pathlib import Path
from random import Random
from typing import Any, get_origin, get_type_hints

from attested.ids import make_id
from attested.incidents.anchors import Anchor
from attested.incidents.naming import PREFIXES
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
from attested.resolve.dates import Anchored
from attested.resolve.places import PlaceLink
from attested.text.countries import countries
from attested.values import Actor, Place
from pile import AGAIN, BACKGROUND, COPY, COUNTRIES, FIRST_DAY, INCIDENTS_A_WEEK, MOST_REPORTS, ROUND_UP, ROUND_UP_DAYS
from pile import SEED, ZIPF, City, Happening, happen, name_of
from press import Key, Press, Printed, Sentence, copied, derivation

WORLD = (*COUNTRIES, *"US GB FR RU CN BR AR AU ID JP ZA KE CA".split())
WEEKS = 156  # three years, so that a week has one 52 weeks before it
CLAIMS_AN_INCIDENT = 26  # measured at ZIPF: tells how wide a world so many claims need
FEW = 3.0  # ZIPF's place in a ledger by incidents: most have one report, so that tests have it in seconds
SET_ASIDE = 0.01  # of the reports, pages that cannot be used
KINDS_OF_COPY = ("republished", "republished", "identical", "excerpt", "rewrite", "spun")
# What a place is, by the city's number in its country: where_prec 4 and 5 are drawn as rings; a village that no
# gazetteer has is on no map.
SHAPES = {3: ("admin1", 4), 4: ("region", 5), 5: ("village", 1)}
ROWS = 20_000  # written at a time: a few MB in memory

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
        Table("run", RunSummary, key="number"),
    )
}


@dataclass(frozen=True, slots=True)
class Made:
    """What a ledger file holds, and the seconds it took."""

    pages: int
    reports: int
    mentions: int
    claims: int
    incidents: int
    statements: int
    trends: int
    megabytes: float
    seconds: float


def write_ledger(path: Path, *, incidents: int = 0, claims: int = 0) -> Made:
    """A ledger of so many incidents, or of so many claims and the rest of the last one's; always the same.

    Raises ValueError if neither is given, FileExistsError if there is a file.
    """
    if not incidents and not claims:
        raise ValueError("say how many incidents or how many claims")
    if path.exists():
        raise FileExistsError(path)
    began, file = time.monotonic(), LedgerFile(path)
    width = incidents or claims / CLAIMS_AN_INCIDENT
    world = World(Random(f"{SEED}/{incidents}/{claims}"), width, ZIPF if claims else FEW)
    for story in islice(world.stories(), incidents or None):
        file.add_story(story)
        if claims and file.counts["claim"] >= claims:
            break
    counts = file.close(world.press.actors)
    made = {name: counts[name[:-1]] for name in Made.__slots__ if name not in ("megabytes", "seconds")}
    return Made(**made, megabytes=path.stat().st_size / 1e6, seconds=time.monotonic() - began)


# --- what happens, and who tells it -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Told:
    """A story: its incident, its reports, how they were made from each other, and the first of each family."""

    happening: Happening
    reports: tuple[Printed, ...]
    derivations: tuple[Derivation, ...]
    roots: dict[str, str]


class World:
    """Cities over the world, what happens in them day by day, and the reports of it."""

    def __init__(self, random: Random, n_incidents: float, zipf: float) -> None:
        self.press = Press(random)
        self._random, self._cities = random, _cities(random, n_incidents)
        self._weights = list(accumulate(k**-zipf for k in range(1, MOST_REPORTS + 1)))
        self._past: dict[str, list[Happening]] = defaultdict(list)  # by city
        self._week: dict[str, list[Happening]] = defaultdict(list)  # by country

    def stories(self) -> Iterator[Told]:
        """Stories without end, in the order of their incidents."""
        random, day, n = self._random, FIRST_DAY, 0
        while True:
            for city in self._cities:
                if random.random() < city.rate:
                    for happening in happen(random, city, day, n):
                        yield self._told(happening)
                        n += 1
            day += timedelta(days=1)

    def _told(self, happening: Happening) -> Told:
        random, found = self._random, list[Printed]()
        kin, roots = list[Derivation](), dict[str, str]()
        [size] = random.choices(range(1, MOST_REPORTS + 1), cum_weights=self._weights)
        for out_on in sorted(happening.day + timedelta(days=random.choice((0, 1, 1, 1, 2, 2, 3, 5))) for _ in range(size)):
            parent = random.choice(found) if found and random.random() < COPY else None
            kind = random.choice(KINDS_OF_COPY)
            sentences = self._sentences(happening, parent, kind)
            report = self.press.report(happening, out_on, sentences)
            own = report.report.id
            if parent:
                kin.append(derivation(report, parent, kind))
            roots[own] = roots[parent.report.id] if parent else own
            found.append(report)
        self._remember(happening)
        return Told(happening, tuple(found), tuple(kin), roots)

    def _sentences(self, happening: Happening, parent: Printed | None, kind: str) -> list[Sentence]:
        random, place = self._random, happening.city.place
        if parent and kind != "rewrite":
            return copied(parent, kind)
        week = [h for h in self._week[str(place.country)] if h.day >= happening.day - timedelta(days=ROUND_UP_DAYS)]
        beside = random.sample(week, min(len(week), random.randint(1, 4))) if random.random() < ROUND_UP else []
        past = self._past[place.name] if random.random() < BACKGROUND else []
        own = self.press.own_sentences(happening, beside, random.choice(past) if past else None, AGAIN)
        return [parent.at[0][0], *own[1:]] if parent else own

    def _remember(self, happening: Happening) -> None:
        """Keep what round-ups and histories may tell later."""
        for rows in (self._past[happening.city.place.name], self._week[str(happening.city.place.country)]):
            rows.append(happening)
            del rows[:-30]


def _cities(random: Random, n_incidents: float) -> list[City]:
    """Cities in countries all over the world, the first of each the busiest; some are regions or unknown villages."""
    n = max(len(WORLD), round(n_incidents / (WEEKS * INCIDENTS_A_WEEK)))
    found = []
    for i in range(n):
        nth, code = i // len(WORLD), WORLD[i % len(WORLD)]
        middle, own = countries()[code].place, Random(f"{SEED}/{code}")
        groups = tuple(f"the {name_of(own, 2)} {word}" for word in ("Front", "Brigades", "Army"))
        kind, precision = SHAPES.get((nth + i) % 8, ("city", 1))
        place = Place(
            name_of(random, 3), code, _near(random, middle.lat, 60.0), _near(random, middle.lon, 178.0),
            f"{name_of(own, 2)} Province", precision, kind=kind,
        )  # fmt: skip
        place = replace(place, lat=None, lon=None) if kind == "village" else place
        found.append(City(place, middle, groups, 2.0 / (nth + 1)))
    a_week = n_incidents / WEEKS / sum(city.rate for city in found)
    return [replace(city, rate=city.rate * a_week / 7) for city in found]


def _near(random: Random, degrees: float | None, most: float) -> float:
    return round(max(-most, min(most, (degrees or 0.0) + random.uniform(-3, 3))), 4)


# --- the file ---------------------------------------------------------------------------------------------------------


class LedgerFile:
    """Writes a new ledger file, a story at a time; which mentions are of one row is kept until it is closed."""

    def __init__(self, path: Path) -> None:
        self._connection = connect(path)
        self._writers = {name: _writers(table) for name, table in TABLES.items()}
        self._waiting: dict[str, list[tuple[Any, ...]]] = defaultdict(list)
        self._rows: dict[Key, tuple[str, list[str]]] = {}  # -> type, anchors of its mentions behind their ids
        self.counts: dict[str, int] = defaultdict(int)
        for pragma in ("journal_mode = OFF", "synchronous = OFF", "foreign_keys = OFF", "cache_size = -400000"):
            self._connection.execute(f"PRAGMA {pragma}")
        self._indexes = self._connection.execute(
            "SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL AND tbl_name IN ('claim', 'mention')"
        ).fetchall()
        for name, _ in self._indexes:  # made at the end, in one go
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
        for derivation in told.derivations:
            self.add("derivation", derivation)
        families: dict[str, list[str]] = defaultdict(list)
        for report_id, root in told.roots.items():
            families[root].append(report_id)
        agencies = {printed.report.id: printed.report.agency for printed in told.reports}
        for root, members in families.items():
            why = "copies of one text" if len(members) > 1 else "one report that shares its text with no other"
            self.add("origin", Origin(make_id("org", root), tuple(sorted(members)), agencies[root], why))
        first = told.reports[0].report
        reports = tuple(sorted(printed.report.id for printed in told.reports))
        self.add("story", Story(make_id("sto", reports[0]), first.headline or "", reports))
        self._link_quotes(told)
        if Random(first.id).random() < SET_ASIDE * len(reports):
            page = Page(make_id("pg", "aside", first.id), f"pile/{first.id}.txt", "text", "", status="set aside", why="is empty")
            self.add("page", page, "synthetic")

    def add_report(self, printed: Printed) -> None:
        """What one page gave, and what its words mean."""
        report = printed.report
        self.add("page", printed.page, "synthetic")
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

    def close(self, actors: dict[str, tuple[str, str, str | None]]) -> dict[str, int]:
        """Write what is told of many reports, and the run; how many rows each table has."""
        for key, (type_, lines) in self._rows.items():
            self._merged(key[0], type_, sorted(lines))
        for id, (name, kind, country) in actors.items():
            self.add("actor", Actor(id, name, kind, country=country))
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
        self.add("given", Given(id, kind, 1, "\n".join(anchor for _, _, anchor in pairs)))

    def _flush(self, table: str) -> None:
        rows = self._waiting.pop(table, [])
        insert = TABLES[table].insert if table in TABLES else f"INSERT INTO {table} (actor_id, claim_id) VALUES (?, ?)"
        self._connection.executemany(insert, rows)


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


def main(words: list[str]) -> int:
    """Make the file and say what it holds."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("file", type=Path)
    size = parser.add_mutually_exclusive_group(required=True)
    size.add_argument("--incidents", type=int, default=0)
    size.add_argument("--claims", type=int, default=0)
    asked = parser.parse_args(words)
    print(write_ledger(asked.file, incidents=asked.incidents, claims=asked.claims))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
