"""What deserves a look, the most doubtful first: a list to go through, and the card of the one that is looked at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from attested import codec
from attested.ledger.shown import Query, Shown
from attested.views.asked import Card, PairCard, card_of, pair_of
from attested.web import render
from attested.web.done import latest_by
from attested.web.filters import page_asked, query_of
from attested.web.ledger_page import choices_of
from attested.web.ledgers import LedgerFile

PER_PAGE = 30
_API_PAGE = 1_000
_MOST_LATEST = 5
_CHOICES = ("ask", "country", "type")
_PLACE = ("at", "then", "page", "done")  # where in the queue an address is
# What can be gone through alone -> what the address asks for then.
_TABS = {
    "All": {},
    "Disputed": {"disputed": "yes"},
    "All one?": {"ask": "all one?"},
    "Nearly one": {"pairs": "yes"},
    "An incident?": {"ask": "an incident?"},
}


@dataclass(frozen=True, slots=True)
class Item:
    """A line of the queue: an incident with the question that leads, or two that may be one.

    ``key`` is its name in an address, ``row_id`` what is decided on when it is marked (two cannot be).
    """

    key: str
    number: int
    ask: str
    shown: str
    title: str
    href: str
    sure: float | None = None
    is_disputed: bool = False
    row_id: str = ""


@dataclass(frozen=True, slots=True)
class Lines:
    """A page of the queue, and how long the whole is."""

    items: list[Item]
    n: int
    n_page: int
    n_pages: int


@dataclass(frozen=True, slots=True)
class Tab:
    """A part of the queue; ``n`` is None where it was not counted yet."""

    name: str
    href: str
    n: int | None
    is_on: bool


def queue(request: Request) -> Response:
    """The queue with the card of one line: ``at``, or ``then`` once that is decided, or the first."""
    asked, file = dict(request.query_params), render.ledger_of(request)
    lines = _pairs(file, asked) if asked.get("pairs") else _incidents(file, asked)
    at = _place(lines.items, asked)
    current = lines.items[at] if lines.items else None
    me = render.who(request)
    return render.page(
        request,
        "queue.html.j2",
        lines=lines,
        current=current,
        card=_card(file, current) if current and current.row_id else None,
        pair=_pair(file, current) if current and not current.row_id else None,
        back=_back(lines.items, at, asked),
        tabs=_tabs(file, asked),
        choices={field: choices_of(file.store.shown, _query(asked), field) for field in _CHOICES},
        latest=latest_by(file.store, me, _MOST_LATEST) if me else (),
    )


def queue_data(request: Request) -> Response:
    """``/api/queue``: the questions as ``attested queue`` lists them, those of a thousand incidents a page; with
    ``pairs=yes`` the ids of incidents that were nearly made one."""
    asked, file = dict(request.query_params), render.ledger_of(request)
    if asked.get("pairs"):
        return render.data({"pairs": _nearly_one(file, asked)})
    query, n_page = _query(asked), page_asked(asked)
    n = file.store.shown.totals(query).n
    found = [
        {"id": row.id, "incident": row.title, **codec.encode(ask)}
        for row in file.store.shown.page(query, _API_PAGE, (n_page - 1) * _API_PAGE)
        for ask in row.asks
        if query.ask in ("", ask.ask)
    ]
    pages = _pages(n, _API_PAGE)
    return render.data({"incidents": n, "page": n_page, "pages": pages, "questions": found})


def _query(asked: dict[str, str]) -> Query:
    """The filter of an address, over incidents of which something is asked."""
    return replace(query_of(asked), kind="incident", doubtful=True, sort="least")


def _pages(n: int, per_page: int) -> int:
    return max(1, -(-n // per_page))


def _incidents(file: LedgerFile, asked: dict[str, str]) -> Lines:
    query, shown = _query(asked), file.store.shown
    n = shown.totals(query).n
    n_page = min(page_asked(asked), _pages(n, PER_PAGE))
    first = (n_page - 1) * PER_PAGE
    rows = shown.page(query, PER_PAGE, first)
    items = [_item(row, query.ask, first + i, asked) for i, row in enumerate(rows, 1)]
    return Lines(items, n, n_page, _pages(n, PER_PAGE))


def _item(row: Shown, asked_for: str, number: int, asked: dict[str, str]) -> Item:
    ask = next((ask for ask in row.asks if ask.ask == asked_for), row.asks[0])
    href = render.with_query("/queue", asked, at=row.id, then="", done="")
    return Item(row.id, number, ask.ask, ask.shown, row.title, href, ask.sure, bool(row.disputed), row.id)


def _nearly_one(file: LedgerFile, asked: dict[str, str]) -> list[tuple[str, str]]:
    """The pairs of which one at least is as the filter asks."""
    pairs = file.near_merges()
    ids = tuple({id for pair in pairs for id in pair})
    query = replace(query_of(asked), kind="incident", ids=ids)
    kept = set(file.store.shown.ids(query)) if ids else set()
    return [pair for pair in pairs if not kept.isdisjoint(pair)]


def _pairs(file: LedgerFile, asked: dict[str, str]) -> Lines:
    pairs = _nearly_one(file, asked)
    n_pages = _pages(len(pairs), PER_PAGE)
    n_page = min(page_asked(asked), n_pages)
    first, items = (n_page - 1) * PER_PAGE, list[Item]()
    for i, pair in enumerate(pairs[first : first + PER_PAGE], 1):
        one, other = (row.title if (row := file.store.shown.get(id)) else id for id in pair)
        key = ".".join(pair)
        href = render.with_query("/queue", asked, at=key, then="", done="")
        items.append(Item(key, first + i, "one or two?", one, f"and {other}", href))
    return Lines(items, len(pairs), n_page, n_pages)


def _place(items: Sequence[Item], asked: dict[str, str]) -> int:
    """Which of the items the address is at."""
    places = {item.key: i for i, item in enumerate(items)}
    return places.get(asked.get("at", ""), places.get(asked.get("then", ""), 0))


def _back(items: Sequence[Item], at: int, asked: dict[str, str]) -> str:
    """Where a decision leads: to the same line while something is asked of it, then to the next."""
    keys = [item.key for item in items]
    beside = [*keys[at + 1 : at + 2], *keys[max(0, at - 1) : at]]
    own, then = "".join(keys[at : at + 1]), "".join(beside[:1])
    return render.with_query("/queue", asked, at=own, then=then, done="")


def _card(file: LedgerFile, item: Item) -> Card:
    return card_of(file.store, file.facts(item.row_id), item.row_id, item.ask)


def _pair(file: LedgerFile, item: Item) -> PairCard | None:
    one, _, other = item.key.partition(".")
    return pair_of(file.facts([one, other]), one, other)


def _tabs(file: LedgerFile, asked: dict[str, str]) -> list[Tab]:
    """Parts of the queue under the same filter of place, type and days."""
    names = {name for narrowed in _TABS.values() for name in narrowed}
    rest: dict[str, Any] = dict.fromkeys((*_PLACE, *names), "")
    on = {name: asked[name] for name in names if asked.get(name)}
    found = []
    for name, narrowed in _TABS.items():
        there = {**asked, **rest, **narrowed}
        found.append(Tab(name, render.with_query("/queue", there), _number(file, there), on == narrowed))
    return found


def _number(file: LedgerFile, asked: dict[str, str]) -> int | None:
    if not asked.get("pairs"):
        return file.store.shown.totals(_query(asked)).n
    return len(_nearly_one(file, asked)) if file.knows_near_merges else None
