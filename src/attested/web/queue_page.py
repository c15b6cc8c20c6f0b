"""What deserves a look, the most doubtful first: a list to go through, and the card of the one that is looked at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from attested import codec
from attested.ledger.shown import Ask, Query, Shown
from attested.views.asked import Card, card_of
from attested.web import render
from attested.web.done import latest_by
from attested.web.filters import page_asked, query_of
from attested.web.ledger_page import choices_of

PER_PAGE = 30
_API_PAGE = 1_000
_MOST_LATEST = 5
_CHOICES = ("country", "type", "ask")
# What can be gone through alone -> what the address asks for then.
_TABS = {
    "All": {},
    "Disputed": {"disputed": "yes"},
    "All one?": {"ask": "all one?"},
    "An incident?": {"ask": "an incident?"},
}


@dataclass(frozen=True, slots=True)
class Item:
    """A row of the queue with the question that leads: the one asked for, or the most doubtful."""

    row: Shown
    number: int
    ask: Ask
    href: str


@dataclass(frozen=True, slots=True)
class Tab:
    """A part of the queue."""

    name: str
    href: str
    n: int
    is_on: bool


def queue(request: Request) -> Response:
    """The queue with the card of one incident: ``at``, or ``then`` once that is decided, or the first."""
    asked, file = dict(request.query_params), render.ledger_of(request)
    query, n_page = _query(asked), page_asked(asked)
    totals = file.store.shown.totals(query)
    n_pages = max(1, -(-totals.n // PER_PAGE))
    n_page = min(n_page, n_pages)
    items = _items(file.store.shown.page(query, PER_PAGE, (n_page - 1) * PER_PAGE), query, asked, n_page)
    at = _place(items, asked)
    return render.page(
        request,
        "queue.html.j2",
        items=items,
        current=items[at] if items else None,
        card=_card(request, items[at]) if items else None,
        back=_back(items, at, asked),
        tabs=_tabs(request, asked),
        choices={field: choices_of(file.store.shown, query, field) for field in _CHOICES},
        n=totals.n,
        n_page=n_page,
        n_pages=n_pages,
        latest=latest_by(file.store, me, _MOST_LATEST) if (me := render.who(request)) else (),
    )


def queue_data(request: Request) -> Response:
    """``/api/queue``: the questions as ``attested queue`` lists them, those of a thousand incidents a page."""
    asked, shown = dict(request.query_params), render.ledger_of(request).store.shown
    query, n_page = _query(asked), page_asked(asked)
    n = shown.totals(query).n
    found = [
        {"id": row.id, "incident": row.title, **codec.encode(ask)}
        for row in shown.page(query, _API_PAGE, (n_page - 1) * _API_PAGE)
        for ask in row.asks
        if query.ask in ("", ask.ask)
    ]
    pages = max(1, -(-n // _API_PAGE))
    return render.data({"incidents": n, "page": n_page, "pages": pages, "questions": found})


def _query(asked: dict[str, str]) -> Query:
    """The filter of an address, over incidents of which something is asked."""
    return replace(query_of(asked), kind="incident", doubtful=True, sort="least")


def _items(rows: Sequence[Shown], query: Query, asked: dict[str, str], n_page: int) -> list[Item]:
    first = (n_page - 1) * PER_PAGE + 1
    return [
        Item(
            row,
            first + i,
            next((ask for ask in row.asks if ask.ask == query.ask), row.asks[0]),
            render.with_query("/queue", asked, at=row.id, then="", done=""),
        )
        for i, row in enumerate(rows)
    ]


def _place(items: Sequence[Item], asked: dict[str, str]) -> int:
    """Which of the items the address is at."""
    places = {item.row.id: i for i, item in enumerate(items)}
    return places.get(asked.get("at", ""), places.get(asked.get("then", ""), 0))


def _back(items: Sequence[Item], at: int, asked: dict[str, str]) -> str:
    """Where a decision leads: to the same incident while something is asked of it, then to the next."""
    ids = [item.row.id for item in items]
    beside = [*ids[at + 1 : at + 2], *ids[max(0, at - 1) : at]]
    return render.with_query("/queue", asked, at="".join(ids[at : at + 1]), then="".join(beside[:1]), done="")


def _card(request: Request, item: Item) -> Card:
    return card_of(render.ledger_of(request).facts(item.row.id), item.row.id, item.ask.ask)


def _tabs(request: Request, asked: dict[str, str]) -> list[Tab]:
    """Parts of the queue under the same filter of place, type and days."""
    shown = render.ledger_of(request).store.shown
    rest: dict[str, Any] = dict.fromkeys(("at", "then", "page", "done", "ask", "disputed"), "")
    on = {name: asked[name] for name in ("ask", "disputed") if asked.get(name)}
    return [
        Tab(
            name,
            render.with_query("/queue", asked, **{**rest, **narrowed}),
            shown.totals(_query({**asked, **rest, **narrowed})).n,
            on == narrowed,
        )
        for name, narrowed in _TABS.items()
    ]
