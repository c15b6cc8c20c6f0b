"""The desk as an ASGI app: every address on one screen, behind the guard."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from attested.errors import AttestedError, InputError, LedgerError
from attested.web import (
    compare_page,
    decide,
    decisions_page,
    incident_page,
    ledger_page,
    lists_page,
    queue_page,
    render,
    report_page,
    reports_page,
    statement_page,
    story_page,
    trends_page,
)
from attested.web.guard import Access, App, Guard
from attested.web.ledgers import LedgerFile, NoSuchRowError

_STATIC = Path(__file__).parent / "static"
_SHARED: list[str | tuple[str, str]] = [("attested.views", "static")]  # what the dossier wears, too


def make_app(ledger: Path, access: Access) -> App:
    """The desk of one ledger file. Raises LedgerError or InputError as ``SqliteStore`` does if it cannot be read."""
    file = LedgerFile(ledger)
    app = Starlette(
        routes=[*_routes(), Mount("/static", StaticFiles(directory=_STATIC, packages=_SHARED))],
        exception_handlers={
            NoSuchRowError: _not_found,
            InputError: _wrong,
            LedgerError: _broken,
            404: _no_page,
            500: _failed,
        },
    )
    app.state.file, app.state.access = file, access
    return Guard(app, access)


# Address -> its page, and what ``/api`` gives there.
_VIEWS = {
    "/": (ledger_page.ledger, None),
    "/ledger": (None, ledger_page.ledger_rows),
    "/incident/{id}": (incident_page.incident, incident_page.incident_data),
    "/incident/{id}/history": (incident_page.incident_history, incident_page.incident_history_data),
    "/compare": (compare_page.compare, compare_page.compare_data),
    "/statement/{id}": (statement_page.statement, statement_page.statement_data),
    "/trend/{id}": (statement_page.trend, statement_page.trend_data),
    "/report/{id}": (report_page.report, report_page.report_data),
    "/claim/{id}": (report_page.claim, report_page.claim_data),
    "/reports": (reports_page.reports, reports_page.reports_data),
    "/pages": (reports_page.pages, reports_page.pages_data),
    "/story/{id}": (story_page.story, story_page.story_data),
    "/origin/{id}": (story_page.origin, story_page.origin_data),
    "/stories": (lists_page.stories, lists_page.stories_data),
    "/voices": (lists_page.voices, lists_page.voices_data),
    "/quotes": (lists_page.quotes, lists_page.quotes_data),
    "/trends": (trends_page.trends, trends_page.trends_data),
    "/queue": (queue_page.queue, queue_page.queue_data),
    "/decisions": (decisions_page.decisions_list, decisions_page.decisions_data),
    "/go": (render.go, None),
}


def _routes() -> Iterator[BaseRoute]:
    yield Route("/decide", decide.decide, methods=["POST"])
    yield Route("/api/decide", decide.api_decide, methods=["POST"])
    yield Route("/api", _addresses)
    for address, (page, data) in _VIEWS.items():
        if page is not None:
            yield Route(address, page)
        if data is not None:
            yield Route(f"/api{address}", data)


def _addresses(request: Request) -> Response:  # noqa: ARG001
    return render.data({"addresses": [f"/api{address}" for address, (_, data) in _VIEWS.items() if data]})


def _not_found(request: Request, error: Exception) -> Response:
    return render.complaint(request, 404, str(error))


def _wrong(request: Request, error: Exception) -> Response:
    return render.complaint(request, 400, str(error))


def _broken(request: Request, error: Exception) -> Response:
    assert isinstance(error, AttestedError)
    return render.complaint(request, 503, str(error))


def _no_page(request: Request, error: Exception) -> Response:  # noqa: ARG001
    return render.complaint(request, 404, f"there is no page at {request.url.path}")


def _failed(request: Request, error: Exception) -> Response:
    return render.complaint(
        request, 500, f"this page could not be made: {type(error).__name__}; the terminal says more"
    )
