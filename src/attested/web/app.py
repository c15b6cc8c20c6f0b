"""The desk as an ASGI app: every address on one screen, behind the guard."""

from __future__ import annotations

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
from attested.web.charts.boundaries import NONE, Boundaries
from attested.web.guard import Access, App, Guard
from attested.web.ledgers import LedgerFile, NoSuchRowError

_STATIC = Path(__file__).parent / "static"
_SHARED: list[str | tuple[str, str]] = [("attested.views", "static")]  # what the dossier wears, too


def make_app(ledger: Path, access: Access, boundaries: Boundaries = NONE) -> App:
    """The desk of one ledger file, its map with these boundaries.

    Raises LedgerError or InputError as ``SqliteStore`` does if it cannot be read.
    """
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
    app.state.file, app.state.access, app.state.boundaries = file, access, boundaries
    return Guard(app, access)


def _routes() -> list[BaseRoute]:
    """Addresses of pages; ``/api/...`` gives the same as JSON."""
    return [
        Route("/", ledger_page.ledger),
        Route("/api/ledger", ledger_page.ledger_rows),
        Route("/trends", trends_page.trends),
        Route("/api/trends", trends_page.trends_data),
        Route("/go", render.go),
        Route("/decide", decide.decide, methods=["POST"]),
        Route("/api/decide", decide.api_decide, methods=["POST"]),
        Route("/queue", queue_page.queue),
        Route("/api/queue", queue_page.queue_data),
        Route("/decisions", decisions_page.decisions_list),
        Route("/api/decisions", decisions_page.decisions_data),
        Route("/report/{id}", report_page.report),
        Route("/api/report/{id}", report_page.report_data),
        Route("/claim/{id}", report_page.claim),
        Route("/api/claim/{id}", report_page.claim_data),
        Route("/reports", reports_page.reports),
        Route("/api/reports", reports_page.reports_data),
        Route("/pages", reports_page.pages),
        Route("/api/pages", reports_page.pages_data),
        Route("/incident/{id}", incident_page.incident),
        Route("/incident/{id}/history", incident_page.incident_history),
        Route("/api/incident/{id}", incident_page.incident_data),
        Route("/api/incident/{id}/history", incident_page.incident_history_data),
        Route("/statement/{id}", statement_page.statement),
        Route("/api/statement/{id}", statement_page.statement_data),
        Route("/trend/{id}", statement_page.trend),
        Route("/api/trend/{id}", statement_page.trend_data),
        Route("/compare", compare_page.compare),
        Route("/api/compare", compare_page.compare_data),
        Route("/stories", lists_page.stories),
        Route("/voices", lists_page.voices),
        Route("/quotes", lists_page.quotes),
        Route("/api/stories", lists_page.stories_data),
        Route("/api/voices", lists_page.voices_data),
        Route("/api/quotes", lists_page.quotes_data),
        Route("/story/{id}", story_page.story),
        Route("/origin/{id}", story_page.origin),
        Route("/api/story/{id}", story_page.story_data),
        Route("/api/origin/{id}", story_page.origin_data),
    ]


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
