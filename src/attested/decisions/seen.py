"""What a person saw of a row before deciding on it, and what others did to it meanwhile."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from attested.ids import make_id
from attested.incidents.anchors import Anchor, anchors_in
from attested.ledger.judgements import since
from attested.ledger.sqlite import SqliteStore
from attested.model import Judgement, Mention
from attested.views.audit import decision_words
from attested.views.words import listed, number_words

_SIGN = "~"  # between an id and what was seen of it; in no id
_SPLIT = "."
_MOST_DIGITS = 18  # of a number that SQLite takes


def as_seen(store: SqliteStore, id: str) -> str:
    """The id with a sign of what the ledger says of it now, for ``meanwhile`` to compare: ``in_x~12.yz``."""
    return f"{id}{_SIGN}{store.n_judgements()}{_SPLIT}{_sign_of(store.parts(id))}"


def without_sign(id: str) -> str:
    """The id alone."""
    return id.partition(_SIGN)[0]


def meanwhile(store: SqliteStore, id: str, by: str) -> str:
    """What happened to the row of an id ``as_seen`` since, in words: others decided on it, a run added reports.

    Empty if it is as it was seen, or if the id tells nothing of that. ``ledger`` is the part of it around the row.
    """
    bare, sign, seen = id.partition(_SIGN)
    n, _, parts = seen.partition(_SPLIT)
    if not sign or not n.isdecimal() or len(n) > _MOST_DIGITS:
        return ""
    now = (store.find_row(bare) or ("", bare))[1]
    new = [judgement for judgement in store.ask(since, int(n)).values() if judgement.by != by]
    said = listed([f"{j.by} {decision_words(j)}" for j in _on(store, now, new)])
    if now != bare:
        return f"{bare} is now part of {now}{_because(said)}"
    if (held := store.parts(now)) and _sign_of(held) != parts:
        return f"{bare} holds {number_words(len(held), 'mention')} now, which are not those you saw{_because(said)}"
    return f"meanwhile {said}" if said else ""


def _because(said: str) -> str:
    return f": {said}" if said else ""


def _sign_of(parts: Iterable[str]) -> str:
    return make_id("", *sorted(parts))[1:]


def _on(store: SqliteStore, id: str, new: Sequence[Judgement]) -> list[Judgement]:
    """Those of the decisions that are on the words of a row (of a claim: its mention's)."""
    if not new:
        return []
    ledger = store.load(vectors=False, around=id)
    mentions = {mention.id: mention for mention in ledger.mentions}
    own = store.parts(id) or [claim.mention_id for claim in ledger.claims if claim.id == id]
    pages = {report.id: report.page_id for report in ledger.reports}
    sentences = [(pages[mentions[m].report_id], mentions[m]) for m in own if m in mentions]
    known = {j.id: j for j in store.judgements_about([judgement.id for judgement in new])}
    return [j for j in new if any(_is_in(anchor, sentences) for anchor in _anchors(j, known))]


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
