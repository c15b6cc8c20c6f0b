"""One incident of the queue as a person decides it: each question with its sides and words, what may be the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from attested.incidents.corrections import LISTS, date_of
from attested.incidents.fused import COUNTS, FusedIncident, FusedValue
from attested.ledger.shown import Ask
from attested.ledger.sqlite import SqliteStore
from attested.model import Mention
from attested.text.normalise import fold
from attested.values import Count
from attested.views.doubts import doubts_of
from attested.views.evidence import Piece, SentenceEvidence, mark, outlet_words, sentences_of
from attested.views.facts import Facts
from attested.views.held import Side, side
from attested.views.look_alikes import Aligned, Likeness, LookAlike, aligned, likenesses, look_alikes
from attested.views.standing import standing_words
from attested.views.valued import PERPETRATOR, disputes_of
from attested.views.words import date_words, incident_title, iso_words, shown_words

_MOST_SIDES = 6  # of a question: what is told in more ways is read on the incident's page
_MOST_SENTENCES = 4
_MOST_PARTS = 12  # that can be split off in the queue
_MOST_ALIKE = 3
_MOST_COMPARED = 6  # mentions of each of two incidents
_PEOPLE_SAY = " ("  # after a name: what its side of a dispute says of it


@dataclass(frozen=True, slots=True)
class Choice:
    """One side of a question; ``typed`` is what ``attested judge correct`` takes to say that it is so, if anything."""

    words: str
    side: Side
    typed: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of an incident: what is shown, how sure that is, and what is told of it.

    ``field`` is empty for questions about the incident as a whole; ``likely`` is the value shown as it would be typed.
    """

    ask: str
    field: str
    shown: str
    sure: float
    why: str
    is_disputed: bool = False
    likely: str = ""
    choices: tuple[Choice, ...] = ()
    sentences: tuple[SentenceEvidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """A sentence that may be split off: the mentions in it and its copies, where it stands first, and its words."""

    ids: str
    where: str
    sentence: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """One incident with all that is asked of it, the most doubtful first (or that which was asked for)."""

    id: str
    title: str
    standing: str
    questions: tuple[Question, ...]
    parts: tuple[Part, ...]
    alike: tuple[LookAlike, ...]
    names: dict[str, str]


@dataclass(frozen=True, slots=True)
class PairSide:
    """One of two incidents that may be one."""

    id: str
    title: str
    standing: str


@dataclass(frozen=True, slots=True)
class PairCard:
    """Two incidents that may be one: field by field, and where they are likest."""

    sides: tuple[PairSide, ...]
    fields: tuple[Aligned, ...]
    likest: Likeness


def card_of(store: SqliteStore, facts: Facts, id: str, first: str = "") -> Card:
    """The card of an incident of the store that the facts are around; the question ``first`` leads."""
    incident = facts.incident(next(row for row in facts.context.incidents if row.id == id))
    asks = [
        Ask(d.ask, d.shown, d.sure, d.why) for d in doubts_of(facts, incident, facts.confidence(incident))
    ]
    asks.sort(key=lambda ask: (ask.ask != first, ask.sure, ask.ask))
    return Card(
        id,
        incident_title(incident),
        standing_words(facts, incident),
        tuple(_question(facts, incident, ask) for ask in asks),
        tuple(_parts(facts, incident)),
        tuple([like for like in look_alikes(store, incident) if like.is_near][:_MOST_ALIKE]),
        {report: outlet_words(facts, report) for report in incident.reports},
    )


def _question(facts: Facts, incident: FusedIncident, ask: Ask) -> Question:
    field = ask.ask.replace(" ", "_")
    if field not in ("type", "date", "place", *COUNTS, *LISTS):
        sentences = sentences_of(facts, facts.claims_in(incident))[:_MOST_SENTENCES]
        return Question(ask.ask, "", ask.shown, ask.sure, ask.why, sentences=tuple(sentences))
    name = PERPETRATOR if field.startswith(PERPETRATOR) else field
    disputed = [dispute for dispute in disputes_of(facts, incident) if dispute.field == name]
    sides = disputed[0].sides if disputed else [side(facts, value) for value in _told(incident, field)]
    choices = tuple(_choice(incident, field, one) for one in sides[:_MOST_SIDES])
    why = disputed[0].why if disputed else ask.why
    return Question(
        ask.ask, field, ask.shown, ask.sure, why, bool(disputed), likely_value(incident, field), choices
    )


def _told(incident: FusedIncident, field: str) -> Sequence[FusedValue]:
    found: Sequence[FusedValue] = getattr(incident, field) if field in LISTS else incident.told.get(field, ())
    return found


def _choice(incident: FusedIncident, field: str, told: Side) -> Choice:
    value = told.held.value
    if field in COUNTS:
        return Choice(value, told, value if value.isdecimal() else "")
    if field == "date":
        return Choice(_day_in_words(value), told, value)
    if field == "place":
        return Choice(value, told, _with_country(incident, value))
    is_name = field in LISTS and _PEOPLE_SAY not in value
    return Choice(value, told, value if is_name else "")


def _day_in_words(value: str) -> str:
    try:
        return date_words(date_of(value))
    except ValueError:
        return value


def _with_country(incident: FusedIncident, name: str) -> str:
    country = incident.place.country if incident.place else None
    return f"{name}, {country}" if country else name


def likely_value(incident: FusedIncident, field: str) -> str:
    """What is shown of a field, as a person would type it to correct it; empty if nothing is."""
    value = getattr(incident, field)
    if isinstance(value, Count):
        is_one = value.low == value.high
        return str(value.best) if is_one else f"{value.low}/{value.best}/{value.high}"
    if field == "date":
        return iso_words(value)
    if field == "place":
        return _with_country(incident, value.name) if value else ""
    return shown_words(incident, field) if value else ""


def _parts(facts: Facts, incident: FusedIncident) -> Iterator[Part]:
    """What may be split off: the sentences that tell of an incident, each with its copies, the earliest first."""
    by_words: dict[str, list[Mention]] = {}
    for report in facts.by_day(incident.reports):
        for id in facts.members[incident.id]:
            if (mention := facts.mentions.get(id)) is not None and mention.report_id == report:
                by_words.setdefault(fold(mention.sentence.text), []).append(mention)
    for first, *copies in list(by_words.values())[:_MOST_PARTS]:
        where = (
            f"{outlet_words(facts, first.report_id)}, {date_words(facts.published(first.report_id).interval)}"
        )
        yield Part(
            " ".join(mention.id for mention in (first, *copies)),
            where,
            mark(first.sentence, [(first.trigger, "deed")]),
        )


def pair_of(facts: Facts, one: str, other: str) -> PairCard | None:
    """Two incidents side by side; None if the facts do not know both."""
    rows = {row.id: row for row in facts.context.incidents}
    if one not in rows or other not in rows:
        return None
    both = facts.incident(rows[one]), facts.incident(rows[other])
    likest = likenesses(facts, both[0], both[1], _MOST_COMPARED)
    if not likest:
        return None
    sides = tuple(PairSide(i.id, incident_title(i), standing_words(facts, i)) for i in both)
    return PairCard(sides, tuple(aligned(both)), likest[0])
