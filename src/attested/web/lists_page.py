"""The lists of stories, voices and quotations, and the page of one voice; each is a filter that can be sent on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, get_args
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response

from attested import codec
from attested.errors import InputError
from attested.incidents.corrections import date_of
from attested.ledger.listed import SORTS, Ask, Listed, ListedRows, ListKind, Told
from attested.model import Hedge, VoiceKind
from attested.values import PartialDate
from attested.views.flat import Cell
from attested.views.lists import ALONE, ALTERED, SHARED
from attested.views.variants import QuoteFamily, Wording
from attested.views.voices import UtteranceKind
from attested.views.words import date_words
from attested.web.filters import page_asked
from attested.web.ledgers import NoSuchRowError
from attested.web.render import data, day_asked, ledger_of, page
from attested.web.tables import csv_file

PER_PAGE = 50
_API_PAGE = 1_000
_MOST_TEXT = 1_000  # characters of a search that are read
QUOTED = {ALTERED: "altered by somebody", SHARED: "in several reports", ALONE: "in one report alone"}
HEDGES: tuple[str, ...] = get_args(Hedge)
UTTERED: tuple[str, ...] = get_args(UtteranceKind)
_SIGNS: dict[ListKind, tuple[str, ...]] = {"story": (), "voice": get_args(VoiceKind), "quote": tuple(QUOTED)}


@dataclass(frozen=True, slots=True)
class Part:
    """A page of a list: its rows, and how many there are in all."""

    rows: list[Any]
    n: int
    n_page: int
    per_page: int

    @property
    def n_pages(self) -> int:
        """How many pages there are."""
        return max(1, -(-self.n // self.per_page))


def stories(request: Request) -> Response:
    """``/stories``: the largest first; ``format=csv`` gives all as a file."""
    return _list(request, "story", "stories")


def voices(request: Request) -> Response:
    """``/voices``: all voices, or what ``voice=NAME`` said. Raises NoSuchRowError if nobody is called so."""
    name = request.query_params.get("voice", "")
    return _voice(request, name) if name else _list(request, "voice", "voices")


def quotes(request: Request) -> Response:
    """``/quotes``: each quotation with its wordings."""
    return _list(request, "quote", "quotes")


def stories_data(request: Request) -> Response:
    """``/api/stories``: as JSON, a thousand a page."""
    return _data(request, "story")


def voices_data(request: Request) -> Response:
    """``/api/voices``: as JSON; with ``voice=NAME`` what it said. Raises NoSuchRowError if nobody is called so."""
    if not (name := request.query_params.get("voice", "")):
        return _data(request, "voice")
    listed, ask = _lists(request), _ask(request, "voice")
    voice = _named(listed, name)
    part = _said(listed, voice.key, ask, page_asked(request.query_params), _API_PAGE)
    return data({**_row(voice), **_counted(part), "said": [_told_row(one) for one in part.rows]})


def quotes_data(request: Request) -> Response:
    """``/api/quotes``: as JSON, a thousand a page."""
    return _data(request, "quote")


def _list(request: Request, kind: ListKind, name: str) -> Response:
    listed, ask = _lists(request), _ask(request, kind)
    if (form := request.query_params.get("format", "")) in ("csv", "spreadsheet"):
        rows = map(_FLAT[kind], _every(lambda n, at: _lists(request).page(kind, ask, n, at)))
        return csv_file(rows, name, for_spreadsheet=form == "spreadsheet")
    part = _part(listed, kind, ask, page_asked(request.query_params), PER_PAGE)
    incidents = (id for row in part.rows for id in row.row.get("incidents", ()))
    return page(
        request,
        f"{name}.html.j2",
        part=part,
        is_made=listed.is_made,
        titles=listed.titles(incidents) if kind == "story" else {},
        families=[codec.decode(QuoteFamily, row.row) for row in part.rows] if kind == "quote" else [],
        signs_named=[(sign, f"{sign} ({n:,})") for sign, n in listed.signs(kind)],
        hedges_named=[(hedge, hedge) for hedge in HEDGES],
        quoted=QUOTED,
        days_words=days_words,
        printers=printers,
    )


def _data(request: Request, kind: ListKind) -> Response:
    part = _part(_lists(request), kind, _ask(request, kind), page_asked(request.query_params), _API_PAGE)
    return data({**_counted(part), "rows": [_row(row) for row in part.rows]})


def _voice(request: Request, name: str) -> Response:
    listed, ask = _lists(request), _ask(request, "voice")
    voice = _named(listed, name)
    if (form := request.query_params.get("format", "")) in ("csv", "spreadsheet"):
        told = map(_flat_told, _every(lambda n, at: _lists(request).said(voice.key, ask, n, at)))
        return csv_file(told, "said", for_spreadsheet=form == "spreadsheet")
    part = _said(listed, voice.key, ask, page_asked(request.query_params), PER_PAGE)
    return page(
        request,
        "voice.html.j2",
        voice=voice,
        part=part,
        groups=_by_sentence(part.rows),
        hedges_named=[(hedge, hedge) for hedge in HEDGES],
        uttered_named=[(kind, kind) for kind in UTTERED],
        days_words=days_words,
        when_words=when_words,
        led_to=led_to,
    )


def _lists(request: Request) -> ListedRows:
    return ledger_of(request).store.listed


def _named(listed: ListedRows, name: str) -> Listed:
    if (found := listed.get("voice", name)) is None:
        raise NoSuchRowError(
            f"nobody in this ledger is listed as {name!r}; look for words of the name in /voices"
        )
    return found


def _ask(request: Request, kind: ListKind) -> Ask:
    """What an address asks for. Raises InputError for a value that is none."""
    asked = {name: text.strip()[:_MOST_TEXT] for name, text in request.query_params.items()}
    is_said = kind == "voice" and bool(asked.get("voice"))
    return Ask(
        asked.get("q", ""),
        "" if is_said else _one_of("kind", asked, _SIGNS[kind]),
        _one_of("kind", asked, UTTERED) if is_said else "",
        _one_of("hedge", asked, HEDGES),
        day_asked(request, "since"),
        day_asked(request, "until"),
        _one_of("sort", asked, SORTS) or "size",
    )


def _one_of(name: str, asked: Mapping[str, str], known: tuple[str, ...]) -> str:
    text = asked.get(name, "")
    if text and text not in known:
        raise InputError(f"{name} is one of {', '.join(known)}, not {text!r}")
    return text


def _part(listed: ListedRows, kind: ListKind, ask: Ask, n_page: int, per_page: int) -> Part:
    return Part(
        listed.page(kind, ask, per_page, (n_page - 1) * per_page), listed.count(kind, ask), n_page, per_page
    )


def _said(listed: ListedRows, voice: str, ask: Ask, n_page: int, per_page: int) -> Part:
    rows = listed.said(voice, ask, per_page, (n_page - 1) * per_page)
    return Part(rows, listed.n_said(voice, ask), n_page, per_page)


def _by_sentence(rows: Iterable[Told]) -> list[list[Told]]:
    """What is said on one day in one sentence together, in the order of the first."""
    found: dict[tuple[str, str, int], list[Told]] = {}
    for told in rows:
        found.setdefault((told.row["when"], told.report, told.start), []).append(told)
    return list(found.values())


def _every(page_of: Callable[[int, int], list[Any]]) -> Iterator[Any]:
    at = 0
    while rows := page_of(_API_PAGE, at):
        yield from rows
        at += len(rows)


def days_words(first: str, last: str) -> str:
    """``between 11 and 15 March 2025`` from two ISO days, months or years; "" when none is known."""
    if not first:
        return ""
    if first == last:
        return date_words(date_of(first))
    start, end = date_of(first).start, date_of(last).end
    return date_words(PartialDate.span(start or date.min, end or date.max))


def when_words(when: str) -> str:
    """An utterance's interval in words; "" when it is not known."""
    first, _, last = when.partition("/")
    return days_words(first, last or first)


def printers(wording: Wording) -> list[tuple[str, str]]:
    """The outlets that printed a wording, each once with its first report."""
    found: dict[str, str] = {}
    for outlet, report in zip(wording.outlets, wording.reports, strict=True):
        found.setdefault(outlet, report)
    return list(found.items())


def led_to(told: Told) -> str:
    """The address of what an utterance is: its statement, quotation, incident, or its report."""
    id = quote(told.row["id"], safe="")
    known = {"statement": f"/statement/{id}", "quotation": f"/quotes?q={id}", "claim": f"/go?id={id}"}
    return known.get(told.row["kind"], f"/report/{told.report}")


def _counted(part: Part) -> dict[str, int]:
    return {"n": part.n, "page": part.n_page, "pages": part.n_pages}


def _row(row: Listed) -> dict[str, Any]:
    """A row of a list as JSON."""
    name = "name" if row.kind == "voice" else "id"
    sign = {} if row.kind == "story" else {"kind": row.sign or None}
    days = {"first": row.first or None, "last": row.last or None}
    return {name: row.key, **sign, "n_reports": row.n_reports, "n_origins": row.n_origins, **days, **row.row}


def _told_row(told: Told) -> dict[str, Any]:
    """An utterance as JSON."""
    return {
        **told.row,
        "report": told.report,
        "outlet": told.outlet,
        "start": told.start,
        "sentence": told.sentence,
    }


def _flat(row: Listed, **more: Cell) -> dict[str, Cell]:
    return {**more, "reports": row.n_reports, "origins": row.n_origins, "first": row.first, "last": row.last}


def _flat_story(row: Listed) -> dict[str, Cell]:
    return _flat(row, id=row.key, headline=row.row["headline"]) | {"incidents": row.row["n_incidents"]}


def _flat_voice(row: Listed) -> dict[str, Cell]:
    names = ("statements", "quotations", "claims", "sayings")
    behalf = "; ".join(row.row["on_behalf_of"])
    counts: dict[str, Cell] = {name: row.row[name] for name in names}
    return _flat(row, name=row.key, kind=row.sign or None, on_behalf_of=behalf) | counts


def _flat_quote(row: Listed) -> dict[str, Cell]:
    best = row.row["best"]
    speakers = "; ".join(best.get("speakers", ()))
    return _flat(row, id=row.key, text=best["text"], speaker=speakers, kind=row.sign) | {
        "wordings": 1 + len(row.row.get("variants", ()))
    }


def _flat_told(told: Told) -> dict[str, Cell]:
    row = told.row
    return {
        "id": row["id"],
        "when": row["when"],
        "kind": row["kind"],
        "what": row["what"],
        "words": row["words"],
        "hedges": "; ".join(row["hedges"]),
        "via": "; ".join(row["via"]),
        "reports": len(row["reports"]),
        "origins": row["n_origins"],
        "report": told.report,
        "sentence": told.sentence,
    }


_FLAT: dict[ListKind, Callable[[Listed], dict[str, Cell]]] = {
    "story": _flat_story,
    "voice": _flat_voice,
    "quote": _flat_quote,
}
