"""What people decided: who, when, why, what was before and what is now, and whether it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from attested.incidents.anchors import anchors_in
from attested.incidents.corrections import correction_words, place_of
from attested.incidents.judged import ACTOR, CLAIM, LOST, SAME, STANDS, UNDO, VALUE, names_in
from attested.incidents.known_as import actors_by_name
from attested.model import Judgement
from attested.views.facts import Facts
from attested.views.words import place_words

_ID = re.compile(r"\b[a-z]{2}_[a-z2-7]+\b")


@dataclass(frozen=True, slots=True)
class Decision:
    """One judgement for a reader: ``about`` are the rows that hold its words now, ``words`` what it names."""

    id: str
    at: str
    by: str
    decision: str
    before: str
    after: str
    about: tuple[str, ...]
    note: str
    state: str
    words: tuple[str, ...]


def decisions(facts: Facts, wanted: str = "") -> list[Decision]:
    """Every decision in the order made; with an id only those on it, as it is or as it was called then."""
    states = standing_of(facts)
    home = {mention: id for id, mentions in facts.members.items() for mention in mentions}
    home |= {name: actor.id for name, actor in actors_by_name(facts.actors.values()).items()}
    rows = [_decision(facts, judgement, states[judgement.id], home) for judgement in facts.ledger.judgements]
    return [row for row in rows if not wanted or _is_on(row, wanted)]


def standing_of(facts: Facts) -> dict[str, str]:
    """Judgement id -> whether it stands; an earlier value of a field yields to a later one."""
    states = dict(facts.decided.states)
    incidents = {incident.id: incident.mention_ids for incident in facts.ledger.incidents}
    for rows in facts.decided.corrections_of(incidents).values():
        last = {judgement.right: judgement.id for judgement in rows}
        states |= {j.id: f"overruled by {last[j.right]}" for j in rows if last[j.right] != j.id}
    if facts.decided.corrections:
        held = {m for mentions in incidents.values() for m in mentions}
        for judgement in facts.decided.corrections:
            if held.isdisjoint(facts.decided.mentions[judgement.id]):
                states[judgement.id] = LOST
    return states


def decisions_on(facts: Facts, id: str) -> Iterator[str]:
    """Who confirmed an incident, gave it a value or said that a claim of it is wrong, in words."""
    states = standing_of(facts) if facts.decided.judgements else {}
    for judgement in facts.decided.touching(facts.members.get(id, ())):
        if not judgement.kind.startswith(SAME) and states[judgement.id].startswith(STANDS):
            yield f"{decision_words(judgement)}; {_signed(judgement)}"


def judged_words(facts: Facts, id: str) -> str:
    """What people did with an incident, statement or trend: ``confirmed; corrected killed``; empty if nothing."""
    if id not in facts.judged:
        return ""
    states = standing_of(facts)
    rows = [j for j in facts.decided.touching(facts.members[id]) if states[j.id].startswith(STANDS)]
    return "; ".join(dict.fromkeys(map(_did, rows)))


def _did(judgement: Judgement) -> str:
    """One word or two for a decision, as a table has it."""
    if judgement.kind == VALUE:
        return f"corrected {judgement.right}"
    if judgement.kind == CLAIM:
        return "claim rejected"
    is_so = judgement.verdict == "positive"
    if judgement.kind.startswith(SAME):
        return "merged" if is_so else "kept apart"
    return "confirmed" if is_so else "rejected"


def superseded_words(facts: Facts, claim_id: str) -> Iterator[tuple[str, str]]:
    """Why a claim counts no longer, as a labelled line; nothing if it does."""
    wanted = facts.superseded.get(claim_id)
    for judgement in facts.ledger.judgements:
        if judgement.id == wanted:
            yield "superseded", f"{decision_words(judgement)}; {_signed(judgement)}"


def value_words(field: str, value: str) -> str:
    """A given value in words: a place lies in the ledger as JSON."""
    return place_words(place_of(value)) if field == "place" else value


def _signed(judgement: Judgement) -> str:
    return f"{correction_words(judgement)} [{judgement.id}]"


def _decision(facts: Facts, judgement: Judgement, state: str, home: dict[str, str]) -> Decision:
    named = facts.decided.mentions.get(judgement.id, ())
    about = tuple(dict.fromkeys(home[m] for m in named if m in home))
    after = (
        value_words(str(judgement.right), str(judgement.value))
        if judgement.kind == VALUE
        else ", ".join(about)
    )
    return Decision(
        judgement.id,
        judgement.at,
        judgement.by,
        decision_words(judgement, with_values=False),
        judgement.before,
        after,
        about,
        judgement.note,
        state,
        tuple(f"“{words}”" for words in _words(judgement)),
    )


def _words(judgement: Judgement) -> list[str]:
    """The words that a judgement names: names, or those at a place of a page."""
    sides = (judgement.left, judgement.right if _has_sides(judgement) else None)
    if judgement.kind == SAME + ACTOR:
        return [name for side in sides for name in names_in(side)]
    return [anchor.words for side in sides for anchor in anchors_in(side) if anchor.words]


def _has_sides(judgement: Judgement) -> bool:
    return judgement.kind.startswith(SAME)


def decision_words(judgement: Judgement, *, with_values: bool = True) -> str:
    """What was decided: ``corrected killed 14 to 7``, ``merged incidents``, ``undid jd_...``."""
    kind, is_so = judgement.kind, judgement.verdict == "positive"
    if kind == UNDO:
        return f"undid {judgement.supersedes}"
    if kind == VALUE:
        said = f"corrected {judgement.right}"
        value = value_words(str(judgement.right), str(judgement.value))
        return f"{said} from {judgement.before} to {value}" if with_values else said
    if kind.startswith(SAME):
        return f"{'merged' if is_so else 'kept apart'} {kind.removeprefix(SAME)}s"
    if kind == CLAIM:
        said = "".join(f" {a.field} = {a.value} (“{a.words}”)" for a in anchors_in(judgement.left))
        return f"rejected claim{said}"
    return f"{'confirmed' if is_so else 'rejected'} {kind}"


def _is_on(row: Decision, wanted: str) -> bool:
    ids = {row.id, *row.about, *_ID.findall(row.before), *_ID.findall(row.decision)}
    return any(id.startswith(wanted) for id in ids)
