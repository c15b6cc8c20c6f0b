"""What deserves a person's look: values that are disputed or least sure, incidents that may be two, one, or none."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from attested.incidents.confidence import Confidence, Sure, least_sure
from attested.incidents.fused import FusedIncident
from attested.incidents.judged import SAME
from attested.ledger.shown import Query, ShownRows
from attested.views.facts import Facts
from attested.views.words import against_words, incident_title, listed, number_words, shown_words

SURE_ENOUGH = 0.9
"""What is said to be surer is right more often than that: 94% of the values on the gold set gva (dev), 96% on MUC-4."""
_FIELDS = {"perpetrator": "perpetrator_alleged"}  # what a dispute is about, as a value's field
_ASKS = {"incident": "an incident?", "merge": "all one?"}


@dataclass(frozen=True, slots=True)
class Doubt:
    """One question about an incident: what is shown, how sure that is, and what speaks against it."""

    id: str
    incident: str
    ask: str
    shown: str
    sure: float
    why: str


def doubts(facts: Facts) -> list[Doubt]:
    """All questions worth a look, the most doubtful first. What a person decided is asked no more."""
    found = (doubt for row in facts.incidents for doubt in doubts_of(facts, row, facts.confidence(row)))
    return sorted(found, key=_most_doubtful)


def listed_doubts(shown: ShownRows) -> list[Doubt]:
    """The same as ``doubts``, from the index of shown rows, as of when it was current."""
    asked = Query(doubtful=True)
    rows = shown.page(asked, limit=shown.totals(asked).n)
    found = (Doubt(row.id, row.title, a.ask, a.shown, a.sure, a.why) for row in rows for a in row.asks)
    return sorted(found, key=_most_doubtful)


def _most_doubtful(doubt: Doubt) -> tuple[float, str, str]:
    return doubt.sure, doubt.id, doubt.ask


def doubts_of(facts: Facts, incident: FusedIncident, confidence: Confidence) -> Iterator[Doubt]:
    """The questions about one incident, the most doubtful first."""
    decided = facts.decided.touching(facts.members[incident.id])
    if any(judgement.kind == "incident" for judgement in decided):
        return  # somebody has looked at it as a whole
    answered = {"merge"} if any(judgement.kind.startswith(SAME) for judgement in decided) else set()
    answered |= {str(judgement.right) for judgement in incident.corrections}
    disputes = {_FIELDS.get(c.field, c.field): against_words(c) for c in incident.contradictions}
    for name, sure in _questions(confidence, disputes):
        if name not in answered and (sure.value < SURE_ENOUGH or name in disputes):
            why = disputes.get(name) or listed(sure.although)
            title, ask = incident_title(incident), _ASKS.get(name, name.replace("_", " "))
            yield Doubt(incident.id, title, ask, _shown(incident, name), sure.value, why)


def _questions(confidence: Confidence, disputes: dict[str, str]) -> Iterator[tuple[str, Sure]]:
    """Everything that is asked; a dispute about what is not asked is as sure as that its reports tell of one thing."""
    rows = dict(least_sure(confidence))
    yield from rows.items()
    yield from ((name, confidence.merge or confidence.incident) for name in disputes if name not in rows)


def _shown(incident: FusedIncident, name: str) -> str:
    if name == "merge":
        return number_words(incident.n_reports, "report")
    return incident.type if name == "incident" else shown_words(incident, name)
