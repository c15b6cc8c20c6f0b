"""Where the reports disagree: deaths, who did it, target, day, place. Vagueness and updates are no disagreement."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import combinations

from attested.incidents.context import FuseContext
from attested.incidents.disputed_counts import count_dispute
from attested.incidents.disputed_doers import doer_dispute
from attested.incidents.fused import Contradiction, FusedValue
from attested.incidents.profile import content_words
from attested.incidents.tolls import Figure
from attested.mentions.days import DAY_NEARBY
from attested.mentions.lexicon import participant_kind
from attested.model import Claim
from attested.resolve.gazetteer import distance_km
from attested.text.countries import country_of
from attested.text.normalise import fold
from attested.values import Place

_APART_KM = 60.0
_TOWN_PRECISION = 2  # UCDP where_prec up to here names a town or a part of one
_NIGHT = 6  # hours into the next day that still are "Monday night"
_EVENING = 16
# Parts of a day, from hour to hour; the first that stands in the words counts.
_PARTS = (
    (re.compile(r"\bovernight\b|\bmidnight\b"), -8, 24 + 8),
    (re.compile(r"\bearly\b|\bdawn\b|\bpredawn\b|\b(?:12|[1-6])(?::\d\d)? ?a\.?m\b"), 0, 8),
    (
        re.compile(r"\bnight|\btonight\b|\blate\b|\bevening\b|\b(?:7|8|9|10|11)(?::\d\d)? ?p\.?m\b"),
        _EVENING,
        24 + _NIGHT,
    ),
    (re.compile(r"\bmorning\b|\ba\.?m\b"), 0, 12),
    (re.compile(r"\bafternoon\b|\bnoon\b|\bp\.?m\b"), 12, 24),
)
# Days counted from a report's own, which a saved page may give wrongly by one.
_FROM_THE_REPORT = re.compile(
    r"\b(?:today|tonight|yesterday|tomorrow|ago|last night|this (?:morning|afternoon|evening)|overnight|hours?|"
    r"minutes?|day before|next day)\b"
)


def find_contradictions(
    context: FuseContext,
    type_: str,
    by_field: Mapping[str, Sequence[Claim]],
    figures: Mapping[str, Sequence[Figure]],
    values: Mapping[str, Sequence[FusedValue]],
) -> tuple[Contradiction, ...]:
    """Disagreements of one incident's claims, by their worth; what only machine-spun text says disputes nothing.

    Nor does what is denied: "no school was hit" names no other target.
    """
    claims = {field: _asserted(context, rows) for field, rows in by_field.items()}
    everybody = [c for rows in claims.values() for c in rows]
    counts = {
        field: count_dispute(context, field, _sound(context, rows), everybody)
        for field, rows in figures.items()
    }
    firm = {field: [v for v in rows if not v.degraded] for field, rows in values.items()}
    found = (
        counts.get("killed"),
        doer_dispute(
            context,
            type_,
            firm["perpetrator_alleged"],
            firm["responsibility_claimed"],
            firm["responsibility_denied"],
        ),
        _of_targets(context, _hit(claims), firm["target"]),
        counts.get("injured"),
        _of_days(context, claims.get("date", ())),
        _of_places(context, claims.get("place", ())),
    )
    return tuple(c for c in found if c is not None)


def fields_apart(
    context: FuseContext, by_field: Mapping[str, Sequence[Claim]], figures: Mapping[str, Sequence[Figure]]
) -> frozenset[str]:
    """Fields of which more than one value is told, whether or not anybody disputes them.

    Often a sign that two incidents were taken for one.
    """
    found = {field for field, rows in figures.items() if _has_firm_apart(_sound(context, rows))}
    days = _days(context, _asserted(context, by_field.get("date", ())))
    towns = _towns(context, _asserted(context, by_field.get("place", ())))
    if len(days) > 1:
        found.add("date")
    if any(_far(a, b) for a, b in combinations([place for place, _ in towns.values()], 2)):
        found.add("place")
    return frozenset(found)


def is_asserted(claim: Claim) -> bool:
    """Whether a claim says that something is so, rather than that it is not."""
    return claim.polarity == "positive" and claim.hedge != "denied"


def _asserted(context: FuseContext, claims: Sequence[Claim]) -> list[Claim]:
    return [
        c for c in claims if c.report_id not in context.spun and (is_asserted(c) or isinstance(c.value, int))
    ]


def _sound(context: FuseContext, figures: Sequence[Figure]) -> list[Figure]:
    return [f for f in figures if f.report_id not in context.spun]


def _has_firm_apart(figures: Sequence[Figure]) -> bool:
    """Whether figures differ in more than that one is a least number; "at least five" is no other than seven."""
    firm = {f.value for f in figures if not f.is_floor}
    return len(firm) > 1 or bool(firm and any(f.value > max(firm) for f in figures))


def _days(context: FuseContext, claims: Sequence[Claim]) -> dict[date, list[Claim]]:
    """Single days that are told with the incident itself, each with the claims that tell it."""
    told: dict[date, list[Claim]] = defaultdict(list)
    for claim in claims:
        anchored = context.resolved.dates.get(claim.id) if claim.unit != DAY_NEARBY else None
        if anchored is not None and anchored.date.precision == "day" and anchored.date.start is not None:
            told[anchored.date.start].append(claim)
    return told


def _of_days(context: FuseContext, claims: Sequence[Claim]) -> Contradiction | None:
    """Days that differ by more than a night, by reports of which none names both."""
    days = {str(day): (day, rows) for day, rows in _days(context, claims).items()}
    told = {key: rows for key, (_, rows) in days.items()}
    return _at_odds(
        context,
        "date",
        told,
        lambda a, b: _are_other_days(days[a], days[b]),
        _names_day,
        "reports give different days",
    )


def _are_other_days(one: tuple[date, Sequence[Claim]], other: tuple[date, Sequence[Claim]]) -> bool:
    """Whether no words for the one day can mean the other."""
    is_next = abs((one[0] - other[0]).days) == 1
    if is_next and any(all(_is_counted(c) for c in rows) for _, rows in (one, other)):
        return False
    ours, theirs = ([_hours(day, c) for c in rows] for day, rows in (one, other))
    return not any(a < d and c < b for a, b in ours for c, d in theirs)


def _is_counted(claim: Claim) -> bool:
    return _FROM_THE_REPORT.search(fold(str(claim.value))) is not None


def _hours(day: date, claim: Claim) -> tuple[int, int]:
    """From when till when a claim's words reach, in hours: "Monday night" ends on Tuesday."""
    words, start = fold(str(claim.value)), day.toordinal() * 24
    first, last = next(((a, b) for part, a, b in _PARTS if part.search(words)), (0, 24))
    return start + first, start + last


def _towns(context: FuseContext, claims: Sequence[Claim]) -> dict[str, tuple[Place, list[Claim]]]:
    """Towns that are told, by name; a country or region that holds a town is none."""
    found: dict[str, tuple[Place, list[Claim]]] = {}
    for claim in claims:
        link = context.resolved.places.get(claim.id)
        place = link.place if link else None
        if place is not None and place.precision <= _TOWN_PRECISION and place.lat is not None:
            found.setdefault(place.name, (place, []))[1].append(claim)
    return found


def _of_places(context: FuseContext, claims: Sequence[Claim]) -> Contradiction | None:
    """Towns further apart than a day's march, by reports of which none names both."""
    towns = _towns(context, claims)
    told = {name: rows for name, (_, rows) in towns.items()}
    return _at_odds(
        context,
        "place",
        told,
        lambda a, b: _far(towns[a][0], towns[b][0]),
        _names_town,
        "reports give places far apart",
    )


def _far(a: Place, b: Place) -> bool:
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return False
    return distance_km(a.lat, a.lon, b.lat, b.lon) > _APART_KM


def _at_odds(
    context: FuseContext,
    field: str,
    told: Mapping[str, Sequence[Claim]],
    are_apart: Callable[[str, str], bool],
    names: Callable[[str, str], bool],
    why: str,
) -> Contradiction | None:
    """The values that exclude each other, each told by a report that does not tell the other: such tells two things.

    ``names`` says whether a text names a value, though perhaps not of the incident.
    """
    values: set[str] = set()
    reports = {c.report_id for rows in told.values() for c in rows if len(told) > 1}
    texts = {report: fold(context.reports[report].text) for report in reports}
    for a, b in combinations(sorted(told), 2):
        if are_apart(a, b):
            ours, theirs = (_only(context, told, *pair, texts, names) for pair in ((a, b), (b, a)))
            values |= {a, b} if any(one != other for one in ours for other in theirs) else set()
    shown = tuple(context.fused_value(value, told[value]) for value in sorted(values))
    return Contradiction(field, shown, why) if shown else None


def _only(
    context: FuseContext,
    told: Mapping[str, Sequence[Claim]],
    value: str,
    other: str,
    texts: Mapping[str, str],
    names: Callable[[str, str], bool],
) -> set[str]:
    """Origins of the reports that tell a value and nothing else of the sort, nor name the other value anywhere."""
    rest = {c.report_id for key, rows in told.items() if key != value for c in rows}
    left = [c for c in told[value] if c.report_id not in rest]
    return {context.backing.origin(c) for c in left if not names(texts[c.report_id], other)}


def _names_town(text: str, town: str) -> bool:
    return re.search(rf"\b{re.escape(fold(town))}\b", text) is not None


def _names_day(text: str, day: str) -> bool:
    """Whether a text names a day by its weekday, or by month and day."""
    at = date.fromisoformat(day)
    forms = f"{at:%A}", f"{at:%B} {at.day}", f"{at:%b}. {at.day}", f"{at.day} {at:%B}"
    return any(re.search(rf"\b{re.escape(fold(form))}\b", text) for form in forms)


def _hit(by_field: Mapping[str, Sequence[Claim]]) -> list[Claim]:
    """Targets that say what was hit: a site, forces, a group or a name; not a country, nor what it was done with."""
    used = {word for claim in by_field.get("weapon", ()) for word in content_words([claim.value])}
    return [
        claim
        for claim in by_field.get("target", ())
        if not country_of(str(claim.value).removeprefix("the ")) and not content_words([claim.value]) <= used
    ]


def _of_targets(
    context: FuseContext, claims: Sequence[Claim], values: Sequence[FusedValue]
) -> Contradiction | None:
    """What was meant, by one origin's word, and what another says was meant or hit, without a word in common.

    Of what was hit reports name now the house, now the people in it: that alone is no disagreement.
    """
    named: dict[str, set[str]] = defaultdict(set)
    for c in claims:
        named[context.backing.origin(c)] |= content_words([c.value])
    apart = {
        c.id
        for aim in claims
        if aim.unit == "intended" and _is_thing(aim)
        for other in claims
        if content_words([aim.value]).isdisjoint(named[context.backing.origin(other)]) and _is_thing(other)
        for c in (aim, other)
    }
    aims = {c.id for c in claims if c.unit == "intended"}
    shown = tuple(
        v if aims.isdisjoint(v.claims) else replace(v, value=f"{v.value} (meant)")
        for v in values
        if not apart.isdisjoint(v.claims)
    )
    return Contradiction("target", shown, "what was meant is not what others say") if shown else None


def _is_thing(claim: Claim) -> bool:
    """Whether a target is a site, forces or a group: "the scene", "him", who was hit by a stray shot are none."""
    kinds = {participant_kind(word) for word in fold(str(claim.value)).split()}
    return not kinds.isdisjoint({"structure", "territory", "force", "armed_group"})
