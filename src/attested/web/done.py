"""What was just decided, as the page that a person comes back to says it: from the ledger, never from the address."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from starlette.requests import Request

from attested.incidents.judged import undone_by
from attested.ledger.sqlite import SqliteStore
from attested.views.audit import decision_words

ASKED = "done"  # the query's name for the ids


@dataclass(frozen=True, slots=True)
class Done:
    """One decision: what, on what it was made, who made it and why; whether it was undone since."""

    id: str
    words: str
    before: str
    by: str
    note: str
    is_undone: bool


def done_asked(store: SqliteStore, request: Request) -> tuple[Done, ...]:
    """The decisions that an address names, as far as the ledger has them."""
    if not (asked := request.query_params.get(ASKED, "")):
        return ()
    ids, made = set(asked.split(",")), store.judgements()
    undone = undone_by(made)
    return tuple(
        Done(j.id, decision_words(j), "" if j.value else j.before, j.by, j.note, j.id in undone)
        for j in made
        if j.id in ids
    )


def here(request: Request) -> str:
    """The address of this page, without what was just decided."""
    kept = [(name, value) for name, value in request.query_params.multi_items() if name != ASKED]
    return f"{request.url.path}?{urlencode(kept)}" if kept else request.url.path
