"""From what a view holds to the page that a person reads, or the JSON that a program does."""

from __future__ import annotations

import json
import re
from datetime import date
from functools import cache
from typing import Any
from urllib.parse import quote, unquote, urlencode, urlsplit

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response

from attested import __version__
from attested.decisions.seen import as_seen
from attested.errors import InputError
from attested.incidents.corrections import FIELDS, TYPES
from attested.views import words
from attested.views.evidence import arithmetic, with_ends
from attested.views.listing import is_current
from attested.web.done import done_asked, here
from attested.web.ledgers import LedgerFile, NoSuchRowError

# Table of a row -> the beginning of its page's address; claims lie in their report.
_PAGES = {"incident", "statement", "trend", "report", "story", "origin"}
# Control characters but tab and line ends, marks and overrides of direction, what has no width (but the joiners, which
# words of many languages have), tags, and halves of a character.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff"
    "\U000e0001-\U000e007f]"
)
_SERVER_ERROR = 500
_BY_COOKIE = "attested_name"


def ledger_of(request: Request) -> LedgerFile:
    """The ledger that the desk shows."""
    file: LedgerFile = request.app.state.file
    return file


def page(request: Request, template: str, /, *, status: int = 200, **context: Any) -> Response:
    """A page made from a template; everything in it is escaped."""
    file = ledger_of(request)
    html = (
        _environment()
        .get_template(template)
        .render(
            request=request,
            path=request.url.path,
            query=dict(request.query_params),
            may_write=request.scope.get("may_write", False),
            me=who(request),
            file=file,
            run=file.store.last_run(),
            is_current=is_current(file.store),
            done=done_asked(file.store, request),
            version=__version__,
            **context,
        )
    )
    return HTMLResponse(html, status)


def data(value: Any, *, status: int = 200) -> Response:
    """Plain values as JSON."""
    text = json.dumps(value, ensure_ascii=False, indent=1, default=str)
    return Response(text + "\n", status, media_type="application/json")


def complaint(request: Request, status: int, why: str) -> Response:
    """What is wrong, for a person or, under ``/api``, for a program; in bare words where the ledger cannot be read."""
    if request.url.path.startswith("/api/"):
        return data({"error": why}, status=status)
    if status >= _SERVER_ERROR:
        return PlainTextResponse(f"attested desk: {why}\n", status)
    return page(request, "complaint.html.j2", status=status, why=why)


def who(request: Request) -> str:
    """The name under which the person at this browser decides; empty if not yet given."""
    return unquote(request.cookies.get(_BY_COOKIE, ""))


def remember(response: Response, name: str) -> None:
    """Keep a person's name in the browser for a year."""
    response.set_cookie(_BY_COOKIE, quote(name), max_age=365 * 86_400, httponly=True, samesite="strict")


def day_asked(request: Request, name: str = "as_of") -> date | None:
    """The day that a query names. Raises InputError if it names none."""
    text = request.query_params.get(name, "")
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise InputError(f"{name} is a day such as 2020-09-29, not {text!r}") from error


def address(table: str, id: str) -> str:
    """The address of a row's page; of a claim that of its words."""
    return f"/{table}/{id}" if table in _PAGES else f"/claim/{id}"


def go(request: Request) -> Response:
    """Lead from an id, or how it begins, to the page of its row. Raises NoSuchRowError if it names none, or several."""
    wanted = request.query_params.get("id", "").strip()
    row = ledger_of(request).store.find_row(wanted)
    if row is None:
        raise NoSuchRowError(f"no row {wanted!r} in this ledger, or several begin so")
    return RedirectResponse(address(*row), 303)


def with_query(path: str, query: dict[str, str], **changes: object) -> str:
    """An address with some of its query changed; ``None`` and "" take a name out."""
    asked = {**query, **{name: "" if value is None else str(value) for name, value in changes.items()}}
    rest = urlencode({name: value for name, value in asked.items() if value})
    return f"{path}?{rest}" if rest else path


def safe_link(url: str | None) -> str | None:
    """An address of the web that may be a link; None for anything else, such as ``javascript:``."""
    try:
        return url if url and urlsplit(url).scheme in ("http", "https") and urlsplit(url).netloc else None
    except ValueError:
        return None


def plain(value: Any) -> Any:
    """Text with what cannot be seen, and may mislead, as visible signs: ``␛``, ``⟨U+202E⟩``. Every template has it."""
    if not isinstance(value, str) or isinstance(value, Markup) or value.isprintable():
        return value
    return _UNSEEN.sub(_sign, value)


def _sign(found: re.Match[str]) -> str:
    code = ord(found[0])
    return chr(0x2400 + code) if code < 0x20 else f"⟨U+{code:04X}⟩"


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=ChoiceLoader([PackageLoader(f"attested.{room}", "templates") for room in ("web", "views")]),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=plain,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals |= {
        "address": address,
        "as_seen": as_seen,
        "here": here,
        "value_fields": FIELDS,
        "value_types": TYPES,
        "with_query": with_query,
    }
    environment.filters |= {
        "arithmetic": arithmetic,
        "count_words": words.count_words,
        "date_words": words.date_words,
        "day_words": words.day_words,
        "field_words": lambda name: name.replace("_", " "),
        "incident_title": words.incident_title,
        "iso_words": words.iso_words,
        "listed": words.listed,
        "number_words": words.number_words,
        "place_words": words.place_words,
        "safe_link": safe_link,
        "voice_words": words.voice_words,
        "with_ends": with_ends,
    }
    return environment
