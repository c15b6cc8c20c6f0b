"""Which of the deeds that somebody is named for MUC-4 asks about (taskdoc/templ-doc-basic, part 1, section 1.0).

Unlike ``muc4_slots_relevance`` it sees one organisation and the mentions it is named in, whether the ledger counts them
as an incident or not: a state's forces and an armed group are asked about for different things.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from attested.evaluation.muc4_slots_relevance import (
    ARMED,
    CAMPAIGNS,
    CLASH,
    COUNTRIES,
    NO_TERRORISM,
    RECENT,
)
from attested.incidents.context import Resolved
from attested.mentions.lexicon import participant_kind
from attested.mentions.single import MANY_DEEDS, against_one_deed
from attested.model import Claim, Mention
from attested.text.countries import COUNTRY_PRECISION
from attested.text.normalise import fold
from attested.values import PartialDate

_HIT_ROLES = frozenset({"target", "intended target", "killed", "injured"})
_STATE = re.compile(
    r"\b(?:army|armed forces|military|police|air force|government|battalion|brigade|regime|security forces|navy)\b"
)
_NOT_STATE = re.compile(r"\b(?:liberation|popular|people's|revolutionary)\b")


@dataclass(frozen=True)
class Told:
    """Mentions of one deed with their claims, and what the ledger makes of their days and places."""

    mentions: Sequence[Mention]
    claims: Sequence[Claim]
    resolved: Resolved
    published: PartialDate


def is_single(mention: Mention) -> bool:
    """Whether a mention tells of one deed, singled out from others like it or not.

    The task asks for a target, not for a number; plurals, and what is habitual for other reasons, tell of many deeds.
    """
    if mention.status != "habitual":
        return mention.status == "happened"
    against = against_one_deed(mention.why)
    return against is not None and against.isdisjoint(MANY_DEEDS)


def is_asked_for(told: Told, names: Iterable[str]) -> bool:
    """Whether the task asks who did it, and for the organisation of these names."""
    types = {mention.type for mention in told.mentions}
    if types <= NO_TERRORISM or all(m.trigger.text.lower() in CAMPAIGNS for m in told.mentions):
        return False
    if _is_old(told) or _is_elsewhere(told):
        return False
    kinds = {_kind(r.head.text, r.span.text) for m in told.mentions for r in m.roles if r.name in _HIT_ROLES}
    return bool(kinds - ARMED) or not (kinds or is_state(names) or types == {CLASH})


def is_state(names: Iterable[str]) -> bool:
    """Whether one of the names is that of a state's forces or government."""
    folded = [fold(name) for name in names]
    return any(_STATE.search(n) for n in folded) and not any(_NOT_STATE.search(n) for n in folded)


def _kind(head: str, phrase: str) -> str:
    """What kind of thing was hit: a structure of the forces is theirs."""
    kind = participant_kind(head)
    if kind in {None, "structure", "territory"} and any(
        participant_kind(w) == "force" for w in phrase.split()
    ):
        return "force"
    return kind or "other"


def _is_old(told: Told) -> bool:
    """Whether all days that are told lie two months back or more."""
    dates = told.resolved.dates
    ends = [dates[c.id].date.end for c in told.claims if c.field == "date" and c.id in dates]
    day = told.published.start
    return day is not None and bool(ends) and all(end is not None and day - end > RECENT for end in ends)


def _is_elsewhere(told: Told) -> bool:
    """Whether no more than a country is told, and it is none of the nine."""
    places = told.resolved.places
    links = [places[claim.id].place for claim in told.claims if claim.id in places]
    countries = {p.country for p in links if p is not None and p.precision == COUNTRY_PRECISION}
    return bool(countries) and countries.isdisjoint(COUNTRIES)
