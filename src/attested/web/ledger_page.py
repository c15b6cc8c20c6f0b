"""The ledger as a list: one filter over a table, a timeline and a map, each of which leads on to a narrower list."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from attested import codec
from attested.ledger.shown import Query, Shown, ShownRows, Totals
from attested.text.countries import countries
from attested.views import rows
from attested.views.flat import Cell
from attested.web.charts.map import map_of
from attested.web.charts.timeline import timeline_of_list
from attested.web.filters import KINDS, NAMES, page_asked, query_of
from attested.web.ledgers import LedgerFile
from attested.web.render import address, data, ledger_of, page
from attested.web.tables import csv_file

PER_PAGE = 50
# So many values can be chosen from: all countries, all sub-event types, all questions.
_FACETS = {"country": 250, "type": 60, "ask": 30}
_API_PAGE = 1_000


@dataclass(frozen=True, slots=True)
class Listing:
    """A page of a list: its rows, what all of them come to, and what may be chosen to narrow it."""

    rows: list[Shown]
    totals: Totals
    n_page: int
    n_pages: int
    choices: Mapping[str, list[tuple[str, str]]]


def ledger(request: Request) -> Response:
    """The ledger's list for an address's filter; ``format=csv`` gives all its rows as a file."""
    asked = dict(request.query_params)
    query, file = query_of(asked), ledger_of(request)
    if (form := asked.get("format", "")) in ("csv", "spreadsheet"):
        return csv_file(_flat_rows(file, query), "ledger", for_spreadsheet=form == "spreadsheet")
    shown = file.store.shown
    return page(
        request,
        "ledger.html.j2",
        listing=_listing(shown, query, page_asked(asked)),
        timeline=timeline_of_list(shown, query, asked),
        map=map_of(shown, query, asked, request.app.state.boundaries) if query.kind != "statement" else None,
        query_=query,
        kinds=KINDS,
        kind=asked.get("kind") or "incident",
        filtered={name: asked[name] for name in NAMES if asked.get(name) and name not in ("kind", "sort")},
    )


def ledger_rows(request: Request) -> Response:
    """``/api/ledger``: the rows of a filter as JSON, a thousand a page."""
    asked = dict(request.query_params)
    query, shown = query_of(asked), ledger_of(request).store.shown
    n_page, totals = page_asked(asked), shown.totals(query)
    found = shown.page(query, _API_PAGE, (n_page - 1) * _API_PAGE)
    return data(
        {
            "totals": totals._asdict(),
            "page": n_page,
            "pages": _pages(totals.n, _API_PAGE),
            "rows": [_row(row) for row in found],
        }
    )


def _listing(shown: ShownRows, query: Query, n_page: int) -> Listing:
    totals = shown.totals(query)
    n_pages = _pages(totals.n, PER_PAGE)
    n_page = min(n_page, n_pages)
    return Listing(
        shown.page(query, PER_PAGE, (n_page - 1) * PER_PAGE),
        totals,
        n_page,
        n_pages,
        {field: choices_of(shown, query, field) for field in ("country", "type")},
    )


def choices_of(shown: ShownRows, query: Query, field: str) -> list[tuple[str, str]]:
    """The values of a field that are left when the others are as asked, each with its name and how many have it."""
    others: dict[str, Any] = {field: ""}
    found = shown.facets(replace(query, **others), field, _FACETS[field])
    named = [(value, f"{_name(field, value)} ({n:,})") for value, n in found]
    return sorted(named, key=lambda choice: choice[1]) if field == "country" else named


def _name(field: str, value: str) -> str:
    known = countries().get(value) if field == "country" else None
    return known.name if known else value


def _pages(n: int, per_page: int) -> int:
    return max(1, -(-n // per_page))


def _row(row: Shown) -> dict[str, Any]:
    """A row of a list under the names of the export contract."""
    return {
        "id": row.id,
        "kind": row.kind,
        "type": row.type,
        "title": row.title,
        "date": rows.interval(row.date),
        "place": rows.place(row.place),
        "killed": rows.count(row.killed),
        "injured": rows.count(row.injured),
        "n_reports": row.n_reports,
        "n_origins": row.n_origins,
        "disputed": list(row.disputed),
        "judged": row.judged,
        "sure": row.sure,
        "asks": [codec.encode(ask) for ask in row.asks],
        "actors": list(row.actors),
        "first_reported": row.first_reported,
        "page": address(row.kind, row.id),
    }


def _flat_rows(file: LedgerFile, query: Query) -> Iterator[dict[str, Cell]]:
    """Every row of a query as a line of a table; unknown is empty, never 0. Those that go meanwhile are left out."""
    left = iter(file.store.shown.ids(query))
    while ids := list(islice(left, _API_PAGE)):
        found = {row.id: row for row in file.store.shown.of_ids(ids)}
        yield from (_flat(found[id]) for id in ids if id in found)


def _flat(row: Shown) -> dict[str, Cell]:
    place, date = row.place, row.date
    return {
        "id": row.id,
        "kind": row.kind,
        "type": row.type,
        "title": row.title,
        "date_start": date.start.isoformat() if date.start else None,
        "date_end": date.end.isoformat() if date.end else None,
        "date_precision": date.precision,
        "place": place.name if place else None,
        "country": place.country if place else None,
        "admin1": place.admin1 if place else None,
        "lat": place.lat if place else None,
        "lon": place.lon if place else None,
        "place_precision": place.precision if place else None,
        **{
            f"{name}_{end}": getattr(count, end) if (count := getattr(row, name)) else None
            for name in ("killed", "injured")
            for end in ("low", "best", "high")
        },
        "reports": row.n_reports,
        "origins": row.n_origins,
        "disputed": "; ".join(row.disputed),
        "judged": "yes" if row.judged else "no",
        "sure": round(row.sure, 3),
        "actors": "; ".join(row.actors),
        "first_reported": row.first_reported.isoformat() if row.first_reported else None,
    }
