"""What speaks for and against the values of an incident: the features of ``sureness``, each a sentence that holds."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Literal

from attested.claims.assemble import HIT, TOLD_BEFORE
from attested.incidents.fused import FusedIncident, FusedValue
from attested.incidents.profile import content_words
from attested.incidents.told import Told
from attested.incidents.untold import UNTOLD
from attested.mentions.days import DAY_NEARBY
from attested.mentions.typing import VAGUE_TYPES
from attested.model import Claim, TimeExpression
from attested.resolve.place_seats import seat_share
from attested.resolve.places import PlaceLink
from attested.text.countries import COUNTRY_PRECISION
from attested.text.numbers import find_numbers
from attested.values import Count, PartialDate, Place

_FEW, _MANY = 4, 20  # people
_PROVINCE, _SITE = 3, 1  # UCDP GED where_prec: from here on wider than a town, up to here a site
_CLEAR, _FAIR = 0.85, 0.6  # scores of a place's link
_DAY, _WEEK, _MONTH = 1, 7, 31
_NIGHT = re.compile(r"\b(?:over|mid)?night\b|\bearly\b", re.IGNORECASE)
_FORMS = {
    "weekday": "a day of the week is told",
    "relative-day": "“today”, “yesterday” or the like is told",
    "month-day": "a day of the month is told, without its year",
    "month-day-year": "the day is told with its year",
}


# --- killed, injured ----------------------------------------------------------------------------------------------


def signs_of_people(told: Told, fused: FusedIncident, field: Literal["killed", "injured"]) -> Iterator[str]:
    """Signs of a number of people; nothing where none is told."""
    count: Count | None = getattr(fused, field)
    if count is None:
        return
    row = _told_as(fused, field, str(count.best))
    claims = told.claims_of(row) if row else []
    yield from told.around(fused)
    yield from told.behind(claims, row.n_origins if row else 0)
    yield from told.besides(fused, field, [str(count.best)])
    yield from _size(count)
    yield from _how_counted(claims, count.best)
    if field == "injured":
        yield "it is a number of injured"
        if fused.killed is not None and fused.killed.best:
            yield "others were killed"


def _told_as(fused: FusedIncident, field: str, value: str) -> FusedValue | None:
    return next((v for v in fused.told.get(field, ()) if v.value == value), None)


def _size(count: Count) -> Iterator[str]:
    if count.best == 0:
        yield "it says that there were none"
    elif count.best > _MANY:
        yield "it is a large number"
    elif count.best > _FEW:
        yield "it is more than a few"
    elif count.best > 1:
        yield "it is two to four"
    if count.approximate:
        yield "the number is approximate"


def _how_counted(claims: Sequence[Claim], best: int) -> Iterator[str]:
    """How the words were read: a number, a name, a phrase for one person, a sum."""
    if not any(c.value == best for c in claims):
        yield "no report states the number itself: it is reckoned"
    units = [c.unit or "" for c in claims]
    if units and all(unit.startswith("named") for unit in units):
        yield "only names are told, which were counted"
    elif best == 1 and not any(find_numbers(c.span.text) for c in claims):
        yield "no number is told, only words for one person"
    if any(unit.endswith(HIT) for unit in units):
        yield "who was shot or hit was taken as hurt"
    if any(unit.endswith("more") for unit in units):
        yield "some are told on top of others"
    if any(c.part_of == TOLD_BEFORE for c in claims):
        yield "it is told as a part of people told before"


# --- day ----------------------------------------------------------------------------------------------------------


def signs_of_date(told: Told, fused: FusedIncident) -> Iterator[str]:
    """Signs of a day or interval; nothing where there is none."""
    date = fused.date
    if date.start is None:
        return
    yield from told.around(fused)
    if fused.date_why.startswith(UNTOLD):
        yield f"no day is told: it is {'the day of the report' if date.n_days == 1 else 'a window before the report'}"
        return
    claims = _claims_of_date(told, fused)
    yield from told.behind(claims, told.context.backing.count(claims))
    yield from told.besides(fused, "date", _values_within(fused))
    if claims and all(c.unit == DAY_NEARBY for c in claims):
        yield "the day is told near by, not of the deed itself"
    if date.n_days > 1:
        yield "no single day is told"
    yield from _forms(told, claims)
    if any(_NIGHT.search(c.span.text) for c in claims):
        yield "it was at night, which belongs to two days"
    yield from _before_report(told, fused, date)


def _values_within(fused: FusedIncident) -> list[str]:
    """Dates that say no other day than the one shown."""
    return [v.value for v in fused.told.get("date", ()) if _meets(v.value, fused.date)]


def _meets(iso: str, date: PartialDate) -> bool:
    start, _, end = iso.partition("/")
    return bool(date.start and date.end) and start <= str(date.end) and str(date.start) <= (end or start)


def _claims_of_date(told: Told, fused: FusedIncident) -> list[Claim]:
    """The claims of an incident that give the very days shown; those that meet them if none does."""
    dates = told.context.resolved.dates
    rows = [(c, dates[c.id].date) for c in fused.claims if c.field == "date" and c.id in dates]
    exact = [c for c, d in rows if (d.start, d.end) == (fused.date.start, fused.date.end)]
    return exact or [c for c, d in rows if d.meets(fused.date)]


def _forms(told: Told, claims: Sequence[Claim]) -> Iterator[str]:
    """How the words give the day."""
    forms = {time.form for c in claims if (time := _time(told, c)) is not None}
    yield from sorted({_FORMS[form] for form in forms if form in _FORMS})
    if forms and forms.isdisjoint(_FORMS):
        yield "the day is told in other words than a date or a day of the week"


def _time(told: Told, claim: Claim) -> TimeExpression | None:
    outline = told.context.outlines.get(claim.report_id)
    times = outline.times if outline is not None else ()
    return next((time for time in times if time.span.start == claim.span.start), None)


def _before_report(told: Told, fused: FusedIncident, date: PartialDate) -> Iterator[str]:
    """How long before the first of its reports an incident lies, and how that report is dated itself."""
    settled = [told.context.published[r] for r in fused.reports if r in told.context.published]
    days = [p.interval.start for p in settled if p.interval.start is not None and p.interval.n_days == 1]
    if not days or date.end is None:
        yield "the day of no report is known"
        return
    ago = (min(days) - date.end).days
    if ago < 0:
        yield "it lies after the day of a report"
    elif ago == 0:
        yield "it is the very day of a report"
    elif ago == _DAY:
        yield "it is the day before a report"
    elif ago > _MONTH:
        yield "it lies more than a month before the reports"
    elif ago > _WEEK:
        yield "it lies more than a week before the reports"
    if any(p.doubts for p in settled):
        yield "a report's own date is in doubt"


# --- place --------------------------------------------------------------------------------------------------------


def signs_of_place(told: Told, fused: FusedIncident) -> Iterator[str]:
    """Signs of a place; nothing where there is none."""
    place = fused.place
    if place is None:
        return
    yield from told.around(fused)
    rows = _links_to(told, fused, place.name)
    claims = [claim for claim, _ in rows]
    if not rows:
        yield "the words for the deed name no such place: it is what its reports are about"
    else:
        yield from told.behind(claims, told.context.backing.count(claims))
        yield from _of_link(max(link.score.value for _, link in rows), any(link.rivals for _, link in rows))
        if all(claim.field == "target" for claim in claims):
            yield "the place is what was hit"
    yield from told.besides(fused, "place", [place.name])
    yield from _beside_text(told, fused, place)
    if place.precision >= COUNTRY_PRECISION:
        yield "only a country is known"
    elif place.precision >= _PROVINCE:
        yield "only a district, province or region is known"
    elif place.precision <= _SITE and place.kind not in {"city", "town"}:
        yield "it is a site or a street"
    if place.lat is None:
        yield "the gazetteer does not know it"
    if place.relation:
        yield "the words say near it, or a part of it"


def _links_to(told: Told, fused: FusedIncident, name: str) -> list[tuple[Claim, PlaceLink]]:
    links = told.context.resolved.places
    rows = [(c, links[c.id]) for c in fused.claims if c.field in {"place", "target"} and c.id in links]
    return [(c, link) for c, link in rows if link.place is not None and link.place.name == name]


def _of_link(score: float, has_rivals: bool) -> Iterator[str]:
    if score >= _CLEAR:
        yield "the name is clear"
    elif score < _FAIR:
        yield "the name may be another place's"
    if has_rivals:
        yield "there are other places of the name"


def _beside_text(told: Told, fused: FusedIncident, place: Place) -> Iterator[str]:
    """Whether what the reports are about, and the province that they name, is what the place is or lies in."""
    context = told.context
    seats = [context.resolved.seats[r] for r in fused.reports if r in context.resolved.seats]
    towns = told.towns(fused)
    if all(seat.place is not None and seat.place.country != place.country for seat in seats) and seats:
        yield "its reports are about another country"
    if seats and max(map(seat_share, seats)) < _FAIR:
        yield "its reports name several places alike"
    if any(town.name == place.name for town in towns):
        yield "its reports name that town most"
    elif towns and place.precision < _PROVINCE:
        is_near = any((town.country, town.admin1) == (place.country, place.admin1) for town in towns)
        yield f"its reports name another town more, in {'the same' if is_near else 'another'} province"
    if place.admin1 and place.admin1 != place.name:
        named = any(place.admin1 in context.reports[r].text for r in fused.reports if r in context.reports)
        yield f"the province that it lies in is {'named' if named else 'not named'}"


# --- type, perpetrator --------------------------------------------------------------------------------------------


def signs_of_type(told: Told, fused: FusedIncident) -> Iterator[str]:
    """Signs of a sub-event type."""
    mentions = told.mentions_of(fused)
    yield from told.around(fused)
    yield f"it is taken for: {fused.type}"
    types = {m.type for m in mentions}
    if len(types - VAGUE_TYPES) > 1:
        yield "other words for it tell of another kind"
    if sum(m.type == fused.type for m in mentions) > 1:
        yield "it is said more than once"
    if any(told.is_in_lead(m.report_id, m.trigger.start) for m in mentions):
        yield "it stands in a lead"
    if fused.weapon:
        yield "a weapon is told"
    if fused.n_origins > 1:
        yield "two or more independent origins tell of it"


def signs_of_perpetrator(told: Told, fused: FusedIncident) -> Iterator[str]:
    """Signs of who is shown first as blamed; nothing where nobody is."""
    if not fused.perpetrator_alleged:
        return
    first, *others = fused.perpetrator_alleged
    claims = told.claims_of(first)
    yield from told.around(fused)
    yield from told.behind(claims, first.n_origins)
    if any(other.actor and other.actor != first.actor for other in others):
        yield "somebody else is blamed too"
    yield "it is a known body or person" if first.actor else "no name is told"
    if claimed := {v.actor or v.value for v in fused.responsibility_claimed}:
        own = first.actor or first.value
        yield "it claims the deed itself" if own in claimed else "another claims the deed"
    if fused.responsibility_denied:
        yield "somebody denies it"
    if not content_words([first.value]):
        yield "a pronoun or a bare word stands for who did it"


SIGNS: dict[str, tuple[str, Callable[[Told, FusedIncident], Iterator[str]]]] = {
    "killed": ("people", lambda told, fused: signs_of_people(told, fused, "killed")),
    "injured": ("people", lambda told, fused: signs_of_people(told, fused, "injured")),
    "date": ("date", signs_of_date),
    "place": ("place", signs_of_place),
    "type": ("type", signs_of_type),
    "perpetrator_alleged": ("perpetrator", signs_of_perpetrator),
}
"""Field -> the question (``sureness.QUESTIONS``) whose weights it has, and its signs."""
