"""What people decided: who, when, why, before and after, whether it stands, and whether the record is whole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from attested import codec
from attested.errors import LedgerError
from attested.incidents.judged import LOST, STANDS
from attested.views.audit import Decision
from attested.views.flat import Cell
from attested.web import render
from attested.web.filters import page_asked
from attested.web.ledgers import LedgerFile
from attested.web.tables import csv_file

PER_PAGE = 50
# First word of a decision, or of its state -> what the filter calls it.
_SORTS = {
    "merged": "merged", "kept": "kept apart", "corrected": "corrected", "confirmed": "confirmed",
    "rejected": "rejected", "undid": "undone",
}  # fmt: skip
_STATES = {"stands": STANDS, "undone": "undone", "overruled": "overruled", "lost": LOST}


@dataclass(frozen=True, slots=True)
class Chain:
    """The record's length and last link, and what is wrong with it (empty: none was changed since)."""

    n: int
    head: str
    broken: str = ""


def decisions_list(request: Request) -> Response:
    """The decisions, the latest first; those that no longer fit their text before all."""
    asked = dict(request.query_params)
    chain, made = _read(render.ledger_of(request))
    found = _filtered(made, asked)
    if (form := asked.get("format", "")) in ("csv", "spreadsheet"):
        return csv_file(map(_flat, found), "decisions", for_spreadsheet=form == "spreadsheet")
    n_pages = max(1, -(-len(found) // PER_PAGE))
    n_page = min(page_asked(asked), n_pages)
    return render.page(
        request,
        "decisions.html.j2",
        chain=chain,
        lost=[] if asked.get("state") == "lost" else [row for row in found if row.state == LOST],
        rows=found[(n_page - 1) * PER_PAGE : n_page * PER_PAGE],
        n=len(found),
        n_all=len(made),
        n_page=n_page,
        n_pages=n_pages,
        people=Counter(row.by for row in made).most_common(),
        sorts=[(name, _SORTS[name], n) for name, n in _counted(row.decision for row in made)],
        states=[(name, words, sum(_is_in(row, words) for row in made)) for name, words in _STATES.items()],
        filtered=any(asked.get(name) for name in ("by", "kind", "state")),
    )


def decisions_data(request: Request) -> Response:
    """``/api/decisions``: as ``attested audit`` gives them, with the chain."""
    chain, made = _read(render.ledger_of(request))
    rows = [codec.encode(row) for row in _filtered(made, dict(request.query_params))]
    return render.data({"chain": codec.encode(chain) | {"verified": not chain.broken}, "decisions": rows})


def _read(file: LedgerFile) -> tuple[Chain, list[Decision]]:
    """The chain, read anew each time, and the decisions, the latest first; none of a record that is not whole."""
    n, head = file.store.chain()
    try:
        file.store.judgements()
    except LedgerError as error:
        return Chain(n, head, str(error)), []
    return Chain(n, head), file.decisions()[::-1]


def _filtered(made: Iterable[Decision], asked: dict[str, str]) -> list[Decision]:
    """Those of a person, a kind and a state, as far as the address asks for one."""
    by, kind, state = asked.get("by", ""), asked.get("kind", ""), _STATES.get(asked.get("state", ""), "")
    return [
        row
        for row in made
        if by in ("", row.by) and row.decision.startswith(kind) and (not state or _is_in(row, state))
    ]


def _is_in(row: Decision, state: str) -> bool:
    return row.state.startswith(state)


def _counted(words: Iterable[str]) -> Sequence[tuple[str, int]]:
    counted = Counter(text.split(maxsplit=1)[0] for text in words)
    return [(name, counted[name]) for name in _SORTS if counted[name]]


def _flat(row: Decision) -> dict[str, Cell]:
    names = ("id", "at", "by", "decision", "before", "after", "note", "state")
    return {name: getattr(row, name) for name in names} | {
        "about": " ".join(row.about),
        "words": " ".join(row.words),
    }
