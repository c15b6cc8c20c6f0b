"""The desk as an ASGI app: every address on one screen, behind the guard."""

from __future__ import annotations

from pathlib import Path

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from attested.errors import AttestedError, InputError, LedgerError
from attested.web import compare_page, incident_page, render, statement_page
from attested.web.guard import Access, App, Guard
from attested.web.ledgers import LedgerFile

_STATIC = Path(__file__).parent / "static"


def make_app(ledger: Path, access: Access) -> App:
    """The desk of one ledger file. Raises LedgerError or InputError as ``SqliteStore`` does if it cannot be read."""
    file = LedgerFile(ledger)
    app = Starlette(
        routes=[*_routes(), Mount("/static", StaticFiles(directory=_STATIC))],
        exception_handlers={InputError: _not_found, LedgerError: _broken, 404: _no_page},
    )
    app.state.file, app.state.access = file, access
    return Guard(app, access)


def _routes() -> list[BaseRoute]:
    """Addresses of pages; ``/api/...`` gives the same as JSON."""
    return [
        Route("/go", render.go),
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
    ]


def _not_found(request: Request, error: Exception) -> Response:
    return render.complaint(request, 404, str(error))


def _broken(request: Request, error: Exception) -> Response:
    assert isinstance(error, AttestedError)
    return render.complaint(request, 503, str(error))


def _no_page(request: Request, error: Exception) -> Response:  # noqa: ARG001
    return render.complaint(request, 404, f"there is no page at {request.url.path}")
