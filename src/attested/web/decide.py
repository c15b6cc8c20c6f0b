"""Deciding in the desk: a wish is carried out, or answered by a page that says why not and keeps what was typed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode, urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from attested.decisions.desk import Desk
from attested.decisions.seen import meanwhile, without_sign
from attested.errors import AttestedError, InputError, RecordedError
from attested.model import Judgement
from attested.views.audit import decisions
from attested.views.rows import Row, judgement_row
from attested.views.words import incident_title, number_words, shown_words
from attested.web import render
from attested.web.done import ASKED
from attested.web.ledgers import LedgerFile
from attested.web.wish import MOST_AT_ONCE, Wish, is_own_path, wish_of_form, wish_of_json

_MOST_FIELDS = 4 * MOST_AT_ONCE
_MOST_PART = 20_000  # bytes of a form's field: a note of 2,000 characters, each encoded as up to 12
_MOST_TOLD = 3  # rows that are shown with their values when a form comes back
_MOST_BYTES = 1_000_000  # that a program may send


@dataclass(frozen=True, slots=True)
class Made:
    """What came of a wish: judgements (and as rows) with the ids that they are about now; or the ids that were changed
    by others meanwhile, each with how, and then nothing was decided."""

    judgements: tuple[Judgement, ...] = ()
    rows: tuple[Row, ...] = ()
    ids: tuple[str, ...] = ()
    changed: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class RowNow:
    """A row that is to be decided on, as it is now, and what changed since it was seen."""

    table: str
    id: str
    title: str
    facts: tuple[str, ...]
    changed: str


async def decide(request: Request) -> Response:
    """A form's wish: carried out, and back to its page; else the form again, with what is wrong."""
    async with request.form(max_files=0, max_fields=_MOST_FIELDS, max_part_size=_MOST_PART) as form:
        wish = wish_of_form(form)
    return await run_in_threadpool(_answer, request, wish)


def _answer(request: Request, wish: Wish) -> Response:
    try:
        made = carry_out(render.ledger_of(request), wish.checked())
    except RecordedError as error:
        return render.complaint(request, 503, str(error))
    except AttestedError as error:
        return _again(request, wish, _status(error), why=str(error))
    if made.changed:
        return _again(request, wish, 409, changed=dict(made.changed))
    back = _landing(render.ledger_of(request), wish, made)
    response = RedirectResponse(_with_done(back, made.judgements), 303)
    render.remember(response, wish.by)
    return response


def _landing(file: LedgerFile, wish: Wish, made: Made) -> str:
    """Where a form goes back to; where its page went with the decision, to what stands now, or to the record of it."""
    table, _, id = urlsplit(wish.back).path.strip("/").partition("/")
    if table == "compare" and wish.what == "merge" and made.ids:
        return render.address("incident", made.ids[0])
    is_gone = (
        table in ("incident", "statement", "trend") and file.store.find_row(id.partition("/")[0]) is None
    )
    return "/decisions" if is_gone else wish.back


async def api_decide(request: Request) -> Response:
    """A program's wish as JSON: the judgements made, and the ids that stand."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > _MOST_BYTES:
            return render.data({"error": f"that is more than {_MOST_BYTES:,} bytes"}, status=413)
    return await run_in_threadpool(_answer_api, request, bytes(body))


def _answer_api(request: Request, body: bytes) -> Response:
    try:
        made = carry_out(render.ledger_of(request), wish_of_json(body).checked())
    except AttestedError as error:
        return render.data({"error": str(error)}, status=_status(error))
    if made.changed:
        rows = [{"id": id, "why": why} for id, why in made.changed]
        return render.data({"error": "others changed this since you looked", "changed": rows}, status=409)
    return render.data({"judgements": made.rows, "ids": made.ids})


def _status(error: AttestedError) -> int:
    return 422 if isinstance(error, InputError) else 503


def carry_out(file: LedgerFile, wish: Wish) -> Made:
    """Decide; or, where others or a run changed what the wish is about since it was seen, say so instead.

    Raises InputError as ``Desk`` does, LedgerError if the file cannot be written.
    """
    with file.writing() as store:
        since = [(without_sign(id), meanwhile(store, id, wish.by)) for id in wish.ids]
        if changed := tuple((id, why) for id, why in since if why):
            return Made(changed=changed)
        desk = Desk(store)
        made = _decided(desk, wish.on(wish.bare_ids))
        ids = {judgement.id for judgement in made}
        about = [id for row in decisions(desk.facts) if row.id in ids for id in row.about]
        rows = tuple(judgement_row(desk.facts, judgement) for judgement in made)
        return Made(tuple(made), rows, tuple(dict.fromkeys(about)))


def _decided(desk: Desk, wish: Wish) -> list[Judgement]:
    signed = {"by": wish.by, "note": wish.note}
    if wish.what == "split":
        return desk.split(wish.ids[0], [*wish.ids[1:], *wish.parts], **signed)
    if wish.what == "correct":
        return desk.correct(wish.ids[0], wish.values, **signed)
    on_all: dict[str, Callable[..., list[Judgement]]] = {
        "merge": desk.merge, "confirm": desk.confirm, "reject": desk.reject, "undo": desk.undo,
    }  # fmt: skip
    return on_all[wish.what](wish.ids, **signed)


def _with_done(back: str, made: Sequence[Judgement]) -> str:
    """The address to go back to, with what was decided in its query."""
    parts = urlsplit(back)
    query = [(name, value) for name, value in parse_qsl(parts.query) if name != ASKED]
    query.append((ASKED, ",".join(judgement.id for judgement in made)))
    return parts._replace(query=urlencode(query, safe=",")).geturl()


def _again(
    request: Request, wish: Wish, status: int, why: str = "", changed: dict[str, str] | None = None
) -> Response:
    """The form with all that was typed, to be sent once more."""
    file, changed = render.ledger_of(request), changed or {}
    is_told = len(wish.ids) <= _MOST_TOLD
    rows = [_row_now(file, id, changed.get(id, ""), is_told=is_told or id in changed) for id in wish.bare_ids]
    is_typed = wish.what == "merge"  # what names no row is an id mistyped, of a decision otherwise
    return render.page(
        request,
        "decide.html.j2",
        status=status,
        why=why,
        rows=[row for row in rows if row.table or not is_typed],
        others=" ".join(row.id for row in rows if is_typed and not row.table),
        wish=wish,
        back=wish.back if is_own_path(wish.back) else "/",
    )


def _row_now(file: LedgerFile, id: str, changed: str, *, is_told: bool) -> RowNow:
    """What an id names now; an incident with its values, if it ``is_told``."""
    table, now = file.store.find_row(id) or ("", id)
    facts = file.facts(now) if is_told and table == "incident" else None
    for row in facts.context.incidents if facts else ():
        if row.id == now:
            assert facts is not None
            fused = facts.incident(row)
            said = [f"{name}: {shown_words(fused, name)}" for name in ("killed", "injured")]
            reports = (
                f"{number_words(fused.n_reports, 'report')} of {number_words(fused.n_origins, 'origin')}"
            )
            return RowNow(table, now, incident_title(fused), (*said, reports), changed)
    return RowNow(table, now, "", (), changed)
