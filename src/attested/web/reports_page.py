"""All reports, the newest first, and the pages that were set aside, each with its reason and what to do about it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from attested import codec
from attested.ledger import lists
from attested.ledger.lists import ListedReport, ReportQuery
from attested.ledger.sqlite import SqliteStore
from attested.views import rows
from attested.views.flat import Cell
from attested.web import render
from attested.web.filters import page_asked
from attested.web.ledgers import LedgerFile
from attested.web.tables import csv_file

PER_PAGE = 100
_IN_FILE = 2_000  # reports read at a time for a file, or given by the API
_NUMBER = re.compile(r"\d[\d,.]*")
_NAMES = ("text", "outlet", "agency", "made")
# How a reason begins, or what is in it, and what helps.
_ADVICE = (
    ("is empty", "Nothing was in the file: save the page again."),
    ("is of a kind not read", "Save the page as text or HTML, or write reports as JSONL, one a line."),
    ("is not text", "Save the page as text or HTML."),
    ("is not in English", "Only English is read. It keeps its place here until its language is."),
    ("has no story", "If a report is on it, save it again whole, or lower min_body_words in the settings."),
    ("no visible text", "Open it in a browser, let its scripts run, and save what is shown."),
    ("JSON", "Mend that line of the file; the other lines were read."),
    ("has neither text nor html", "Name the report's words “text” or “html” in that line."),
    ("has an empty", "The line has no words: write them, or leave it out."),
    ("limit", "Split it, or raise the limit that it names in the settings."),
    ("lines, more than", "Split it into a file for each report."),
    ("cannot be read", "Check that the file is there, whole, and may be read."),
    ("an error in the program", "This is a fault of ours: please report it with the page."),
    ("stopped the process", "This is a fault of ours: please report it with the page."),
    ("is a", "Save the page itself as text or HTML."),
)
_OTHER_ADVICE = "Look at the file, mend it, and run again."


@dataclass(frozen=True, slots=True)
class Reason:
    """Pages set aside for one reason, figures aside: an example of it, how many, and what to do next."""

    why: str
    n: int
    advice: str


def reports(request: Request) -> Response:
    """The list of reports for an address's filter; ``format=csv`` gives all of it as a file."""
    asked, file, query = dict(request.query_params), render.ledger_of(request), _query(request)
    if (form := asked.get("format", "")) in ("csv", "spreadsheet"):
        return csv_file(_flat_rows(file, query), "reports", for_spreadsheet=form == "spreadsheet")
    store, n_page = file.store, page_asked(asked)
    n, found = store.ask(lists.reports_listed, query, PER_PAGE, (n_page - 1) * PER_PAGE)
    return render.page(
        request,
        "reports.html.j2",
        rows=found,
        n=n,
        n_page=n_page,
        n_pages=max(1, -(-n // PER_PAGE)),
        n_unsettled=store.ask(lists.count_unsettled),
        outlets=_choices(store, "outlet"),
        agencies=_choices(store, "agency"),
        made=[(made, made) for made in lists.MADE],
        is_filtered=query != ReportQuery(),
    )


def reports_data(request: Request) -> Response:
    """The same as JSON, as many as 2,000 a page."""
    n_page = page_asked(dict(request.query_params))
    ask, query = render.ledger_of(request).store.ask, _query(request)
    n, found = ask(lists.reports_listed, query, _IN_FILE, (n_page - 1) * _IN_FILE)
    reports = [codec.encode(row) | {"published": rows.interval(row.published)} for row in found]
    return render.data({"total": n, "page": n_page, "pages": max(1, -(-n // _IN_FILE)), "reports": reports})


def pages(request: Request) -> Response:
    """The pages set aside: how many for which reason, what to do next, and each of them."""
    ask, n_page = render.ledger_of(request).store.ask, page_asked(dict(request.query_params))
    reasons = _reasons(ask(lists.reasons_aside))
    n = sum(reason.n for reason in reasons)
    return render.page(
        request,
        "pages.html.j2",
        rows=ask(lists.pages_aside, PER_PAGE, (n_page - 1) * PER_PAGE),
        reasons=reasons,
        advice=_advice,
        n=n,
        n_read=ask(lists.count_read),
        n_page=n_page,
        n_pages=max(1, -(-n // PER_PAGE)),
    )


def pages_data(request: Request) -> Response:
    """The same as JSON, as many as 2,000 a page."""
    ask, n_page = render.ledger_of(request).store.ask, page_asked(dict(request.query_params))
    reasons = ask(lists.reasons_aside)
    found = ask(lists.pages_aside, _IN_FILE, (n_page - 1) * _IN_FILE)
    return render.data(
        {
            "read": ask(lists.count_read),
            "set_aside": sum(reasons.values()),
            "page": n_page,
            "reasons": [{"why": why, "n": n, "advice": _advice(why)} for why, n in reasons.items()],
            "pages": [codec.encode(row) | {"advice": _advice(row.why)} for row in found],
        }
    )


def _choices(store: SqliteStore, column: str) -> list[tuple[str, str]]:
    """Outlets or agencies to choose from, each with how many reports it has."""
    return [(name, f"{name} ({n:,})") for name, n in store.ask(lists.names_of, column).items()]


def _query(request: Request) -> ReportQuery:
    """What an address asks for. Raises InputError for a day that is none."""
    asked = request.query_params
    names = {name: asked.get(name, "").strip() for name in _NAMES}
    return ReportQuery(
        **names, first=render.day_asked(request, "since"), last=render.day_asked(request, "until")
    )


def _flat_rows(file: LedgerFile, query: ReportQuery) -> Iterator[dict[str, Cell]]:
    offset = 0
    while found := file.store.ask(lists.reports_listed, query, _IN_FILE, offset)[1]:
        yield from map(_flat, found)
        offset += len(found)


def _flat(row: ListedReport) -> dict[str, Cell]:
    day = row.published
    return {
        "id": row.id,
        "page": row.page,
        "published_start": day.start.isoformat() if day.start else None,
        "published_end": day.end.isoformat() if day.end else None,
        "basis": row.basis,
        "doubts": "; ".join(row.doubts),
        "outlet": row.outlet,
        "agency": row.agency,
        "headline": row.headline,
        "made": "; ".join(row.made) or lists.OWN,
        "incidents": row.n_incidents,
        "origin": row.origin,
        "reports_of_origin": row.n_shared,
        "story": row.story,
        "story_headline": row.story_headline,
    }


def _reasons(counted: Mapping[str, int]) -> list[Reason]:
    """Reasons that differ in their figures alone are one."""
    found: dict[str, Reason] = {}
    for why, n in counted.items():
        alike = _NUMBER.sub("0", why)
        first = found.get(alike)
        found[alike] = Reason(first.why if first else why, n + (first.n if first else 0), _advice(why))
    return sorted(found.values(), key=lambda reason: (-reason.n, reason.why))


def _advice(why: str) -> str:
    """What to do about a page that was set aside for a reason."""
    return next((help for words, help in _ADVICE if words in why), _OTHER_ADVICE)
