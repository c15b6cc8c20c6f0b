"""An incident's values as a person checks them: what is shown and why, and beside it all that is told, and by whom."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from attested.incidents.corrections import LISTS
from attested.incidents.fused import COUNTS, FusedIncident
from attested.incidents.statements import FusedStatement
from attested.incidents.sureness import Confidence, Sure
from attested.model import Claim, Judgement
from attested.views.evidence import arithmetic, claim_value
from attested.views.facts import Facts
from attested.views.held import Held, Side, behind, held, side
from attested.views.moves import outdated
from attested.views.words import UNKNOWN, date_words, place_words, shown_words

FIELDS = ("date", "place", *COUNTS, *LISTS)
"""In the order of a reader's questions: when, where, how many, with what, whom, who."""
PERPETRATOR = "perpetrator"
"""The field of a disagreement over who did it, which has three fields of values."""

Replaced = Mapping[str, tuple[Sequence[Claim], str]]
"""Figures that are told and do not all stand: the claims that were replaced, and why."""


@dataclass(frozen=True, slots=True)
class Valued:
    """One field: the value shown, the rule that chose it, how sure, and every value that is told of it.

    ``best`` is the one of them that is shown, or the first; ``past`` are values that are told but do not stand beside
    those shown, each with the reason; ``given`` is the decision that set the value.
    """

    field: str
    shown: str
    how: str
    sure: Sure | None
    is_disputed: bool
    told: tuple[Held, ...]
    best: Held | None = None
    past: tuple[tuple[Held, str], ...] = ()
    given: Judgement | None = None

    @property
    def is_list(self) -> bool:
        """Whether its values stand beside each other, and none is chosen."""
        return self.field in LISTS

    @property
    def standing(self) -> str:
        """In a word or two how firm it is: disputed, decided by a person, or how many origins have it."""
        if self.given is not None:
            return f"given by {self.given.by or 'a person'}"
        return "disputed" if self.is_disputed else self.best.backed if self.best else "inferred"

    @property
    def is_spun(self) -> bool:
        """Whether machine-spun text alone tells it."""
        return bool(self.told) and all(value.degraded for value in self.told)


@dataclass(frozen=True, slots=True)
class Dispute:
    """A disagreement with its sides, and why it counts as one."""

    field: str
    why: str
    sides: tuple[Side, ...]


def replaced_figures(facts: Facts, incident: FusedIncident) -> dict[str, Replaced]:
    """Field -> its figures that are told and do not all stand."""
    told = {claim.field for claim in incident.claims}.intersection(COUNTS)
    return {
        field: {figure: (claims, why) for figure, claims, why in outdated(facts, incident, field)}
        for field in told
    }


def values_of(
    facts: Facts, incident: FusedIncident, sure: Confidence, replaced: Mapping[str, Replaced]
) -> tuple[Valued, ...]:
    """The fields of which something is told or decided; what nobody speaks of has no line."""
    found = (_valued(facts, incident, sure, field, replaced.get(field, {})) for field in FIELDS)
    return tuple(
        value for value in found if value.shown != UNKNOWN or value.told or value.past or value.given
    )


def disputes_of(
    facts: Facts, row: FusedIncident | FusedStatement, replaced: Mapping[str, Replaced] = MappingProxyType({})
) -> tuple[Dispute, ...]:
    """The disagreements over an incident or a statement, each with its sides."""
    found = []
    for dispute in row.contradictions:
        earlier = replaced.get(dispute.field, {})
        sides = (side(facts, v, earlier[v.value][0] if v.value in earlier else ()) for v in dispute.values)
        found.append(Dispute(dispute.field, dispute.why, tuple(sides)))
    return tuple(found)


def _valued(
    facts: Facts, incident: FusedIncident, sure: Confidence, field: str, replaced: Replaced
) -> Valued:
    told = _told(facts, incident, field, replaced)
    disputed = {found.field for found in incident.contradictions}
    given = [judgement for judgement in incident.corrections if judgement.right == field]
    return Valued(
        field,
        shown_words(incident, field),
        _how(incident, field),
        sure.values.get(field),
        field in disputed or (PERPETRATOR in disputed and field in LISTS[-3:]),
        told,
        _best(incident, field, told),
        tuple(_past(facts, incident, field, replaced)),
        given[-1] if given else None,
    )


def _best(incident: FusedIncident, field: str, told: Sequence[Held]) -> Held | None:
    """The value that is told and shown; the best backed where what is shown is put together from several."""
    shown = str(getattr(incident, field).best) if getattr(incident, field) and field in COUNTS else None
    shown = shown or shown_words(incident, field)
    return next((value for value in told if value.value == shown), told[0] if told else None)


def _how(incident: FusedIncident, field: str) -> str:
    """The rule that chose the value shown."""
    if field in COUNTS:
        count = getattr(incident, field)
        return count.why if count else ""
    return arithmetic(getattr(incident, f"{field}_why", ""))


def _told(facts: Facts, incident: FusedIncident, field: str, replaced: Replaced) -> tuple[Held, ...]:
    """Every value that stands, the best backed first; of a figure the earlier claims that tell it tell it too."""
    if field in LISTS:
        return tuple(held(facts, value) for value in getattr(incident, field))
    return tuple(
        held(
            facts,
            value,
            _in_words(facts, field, value.claims),
            replaced[value.value][0] if value.value in replaced else (),
        )
        for value in incident.told.get(field, ())
    )


def _in_words(facts: Facts, field: str, claims: Sequence[str]) -> str:
    """The day or place that claims mean; empty for what needs no other words."""
    resolved, known = facts.context.resolved, [id for id in claims if id in facts.claims]
    if field == "date" and known:
        return date_words(resolved.dates[known[0]].date)
    return place_words(resolved.places[known[0]].place) if field == "place" and known else ""


def _past(
    facts: Facts, incident: FusedIncident, field: str, replaced: Replaced
) -> Iterator[tuple[Held, str]]:
    """What is told and does not stand: figures that others replaced, words that name no day or place."""
    if field in COUNTS:
        standing = {value.value for value in incident.told.get(field, ())}
        for figure, (claims, why) in replaced.items():
            if figure not in standing:
                yield _plain(facts, figure, claims), why
    elif field not in LISTS:
        standing = {id for value in incident.told.get(field, ()) for id in value.claims}
        loose = [c for c in facts.claims_in(incident) if c.field == field and c.id not in standing]
        by_value: dict[str, list[Claim]] = {}
        for claim in loose:
            by_value.setdefault(claim_value(claim), []).append(claim)
        for words, claims in by_value.items():
            yield _plain(facts, f"“{words}”", claims), f"names no {'day' if field == 'date' else 'place'}"


def _plain(facts: Facts, words: str, claims: Sequence[Claim]) -> Held:
    is_spun = not facts.context.sound(claim.report_id for claim in claims)
    return Held(words, facts.backing.count(claims), is_spun, behind(facts, claims))
