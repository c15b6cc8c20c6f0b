"""The ledger's filter as an address: every list, bar and mark is a query that can be kept, sent on and gone back to."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from attested.errors import InputError
from attested.ledger.shown import Query

KINDS = {"incident": "Incidents", "statement": "Statements", "trend": "Trends", "all": "Everything"}
_MOST_TEXT = 1_000  # characters of one value of an address that are read


def query_of(asked: Mapping[str, str]) -> Query:
    """The query that an address asks for; what is empty asks for nothing, and unknown names are left alone.

    Raises InputError for a value that is none: what is wrong, and what would be right.
    """
    query = Query()
    for name, (field, read) in _READ.items():
        if text := asked.get(name, "").strip()[:_MOST_TEXT]:
            query = replace(query, **{field: read(name, text)})
    return query


def _text(name: str, text: str) -> str:  # noqa: ARG001
    return text


def _kind(name: str, text: str) -> str:
    if text not in KINDS:
        raise InputError(f"{name} is one of {', '.join(KINDS)}, not {text!r}")
    return "" if text == "all" else text


def _day(name: str, text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise InputError(f"{name} is a day such as 2020-09-29, not {text!r}") from error


def _flag(name: str, text: str) -> bool:
    if text not in ("yes", "no"):
        raise InputError(f"{name} is yes or no, not {text!r}")
    return text == "yes"


def _number(name: str, text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 7):
        raise InputError(f"{name} is a number, not {text!r}")
    return int(text)


def _box(name: str, text: str) -> tuple[float, float, float, float]:
    try:
        west, south, east, north = (float(part) for part in text.split(","))
    except ValueError as error:
        raise InputError(f"{name} is west,south,east,north in degrees, not {text!r}") from error
    if not (abs(west) <= 180 and abs(east) <= 180 and -90 <= south <= north <= 90):
        raise InputError(f"{name} is west,south,east,north in degrees, not {text!r}")
    return west, south, east, north


# Name in an address -> the field of a query, and how it is read.
_READ: dict[str, tuple[str, Callable[[str, str], Any]]] = {
    "q": ("text", _text),
    "kind": ("kind", _kind),
    "since": ("since", _day),
    "until": ("until", _day),
    "country": ("country", _text),
    "admin1": ("admin1", _text),
    "place": ("place", _text),
    "type": ("type", _text),
    "actor": ("actor", _text),
    "ask": ("ask", _text),
    "origins": ("min_origins", _number),
    "disputed": ("disputed", _flag),
    "judged": ("judged", _flag),
    "dated": ("dated", _flag),
    "placed": ("placed", _flag),
    "doubtful": ("doubtful", _flag),
    "mapped": ("mapped", _flag),
    "wide": ("wide", _flag),
    "within": ("within", _flag),
    "wider": ("wider", _text),
    "box": ("box", _box),
    "sort": ("sort", _text),
}

NAMES = tuple(_READ)
"""The names that an address of a list may have, besides ``page`` and ``format``."""


def noun_of(asked: Mapping[str, str]) -> str:
    """What one row of an address's list is called."""
    kind = asked.get("kind") or "incident"
    return "row" if kind == "all" else kind


def page_asked(asked: Mapping[str, str]) -> int:
    """Which page of a list, from 1 on. Raises InputError for what is no number."""
    return max(1, _number("page", asked.get("page", "") or "1"))
