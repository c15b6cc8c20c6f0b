"""What was just decided, as the page that a person comes back to says it: from the ledger, never from the address."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from starlette.requests import Request

from attested.incidents.judged import UNDO, undone_by
from attested.ledger.judgements import since
from attested.ledger.sqlite import SqliteStore
from attested.model import Judgement
from attested.views.audit import decision_words

ASKED = "done"  # the query's name for the ids
_LATELY = 200  # decisions of everybody among which a person's last are looked for


@dataclass(frozen=True, slots=True)
class Done:
    """One decision: what, on what it was made, who made it and why; whether it was undone since."""

    id: str
    words: str
    before: str
    by: str
    note: str
    is_undone: bool
    is_undoing: bool


def done_asked(store: SqliteStore, request: Request) -> tuple[Done, ...]:
    """The decisions that an address names, as far as the ledger has them."""
    if not (asked := request.query_params.get(ASKED, "")):
        return ()
    ids = asked.split(",")
    return tuple(done for done in _done(store.judgements_about(ids)) if done.id in ids)


def latest_by(store: SqliteStore, name: str, most: int) -> list[Done]:
    """What a person decided lately and what still stands of it, the latest first."""
    lately = store.ask(since, store.n_judgements() - _LATELY)
    own = [d for d in _done(lately.values()) if d.by == name and not (d.is_undone or d.is_undoing)]
    return own[: -most - 1 : -1]


def _done(made: Iterable[Judgement]) -> list[Done]:
    known = {judgement.id: judgement for judgement in made}
    undone = undone_by(tuple(known.values()))
    found = []
    for judgement in known.values():
        on = known.get(judgement.supersedes or "", judgement)
        words = decision_words(on) if on is judgement else f"undid: {decision_words(on)}"
        before = "" if on.value else on.before
        found.append(
            Done(
                judgement.id,
                words,
                before,
                judgement.by,
                judgement.note,
                judgement.id in undone,
                judgement.kind == UNDO,
            )
        )
    return found


def here(request: Request) -> str:
    """The address of this page, without what was just decided."""
    kept = [(name, value) for name, value in request.query_params.multi_items() if name != ASKED]
    return f"{request.url.path}?{urlencode(kept)}" if kept else request.url.path
