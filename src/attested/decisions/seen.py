"""What a person saw of a row before deciding on it, and what others did to it meanwhile."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from attested.ids import make_id
from attested.incidents.anchors import Anchor, anchors_in
from attested.ledger.sqlite import SqliteStore
from attested.ledger.store import Ledger
from attested.model import Judgement, Mention
from attested.views.audit import decision_words
from attested.views.lookup import followed
from attested.views.words import listed, number_words

_SIGN = "~"  # between an id and what was seen of it; in no id
_SPLIT = "."


def as_seen(store: SqliteStore, id: str) -> str:
    """The id with a sign of what the ledger says of it now, for ``meanwhile`` to compare: ``in_x~12.yz``."""
    return f"{id}{_SIGN}{store.chain()[0]}{_SPLIT}{_sign_of(store.parts(id))}"


def without_sign(id: str) -> str:
    """The id alone."""
    return id.partition(_SIGN)[0]


def meanwhile(ledger: Ledger, id: str, by: str) -> str:
    """What happened to the row of an id ``as_seen`` since, in words: others decided on it, a run added reports.

    Empty if it is as it was seen, or if the id tells nothing of that.
    """
    bare, sign, seen = id.partition(_SIGN)
    n, _, parts = seen.partition(_SPLIT)
    if not sign or not n.isdecimal():
        return ""
    now = followed(ledger, bare)[0]
    new = _others_on(ledger, now, ledger.judgements[int(n) :], by)
    said = listed([f"{j.by} {decision_words(j)}" for j in new])
    if now != bare:
        return f"{bare} is now part of {now}{_because(said)}"
    held = _parts_of(ledger, now)
    if held and _sign_of(held) != parts:
        return f"{bare} holds {number_words(len(held), 'mention')} now, which are not those you saw{_because(said)}"
    return f"meanwhile {said}" if said else ""


def _because(said: str) -> str:
    return f": {said}" if said else ""


def _sign_of(parts: Iterable[str]) -> str:
    return make_id("", *sorted(parts))[1:]


def _parts_of(ledger: Ledger, id: str) -> tuple[str, ...]:
    rows: Iterable[Any] = (*ledger.incidents, *ledger.statements, *ledger.trends)
    return next((tuple(row.mention_ids) for row in rows if row.id == id), ())


def _others_on(ledger: Ledger, id: str, new: Sequence[Judgement], by: str) -> list[Judgement]:
    """Those of the decisions that somebody else made on the words of a row (of a claim: its mention's)."""
    if not (new := [judgement for judgement in new if judgement.by != by]):
        return []
    mentions = {mention.id: mention for mention in ledger.mentions}
    own = _parts_of(ledger, id) or [claim.mention_id for claim in ledger.claims if claim.id == id]
    pages = {report.id: report.page_id for report in ledger.reports}
    sentences = [(pages[mentions[m].report_id], mentions[m]) for m in own if m in mentions]
    known = {judgement.id: judgement for judgement in ledger.judgements}
    return [j for j in new if any(_is_in(a, sentences) for a in _anchors(j, known))]


def _is_in(anchor: Anchor, sentences: Iterable[tuple[str, Mention]]) -> bool:
    return any(
        page == anchor.page and mention.sentence.start <= anchor.start < mention.sentence.end
        for page, mention in sentences
    )


def _anchors(judgement: Judgement, known: Mapping[str, Judgement]) -> list[Anchor]:
    """The words that a decision is on; of an undoing those of what it undoes."""
    while undone := known.get(judgement.supersedes or ""):
        judgement = undone
    return anchors_in(f"{judgement.left}\n{judgement.right or ''}")
