"""Where the reports disagree: counts, day, place, perpetrator, target. Vagueness is not disagreement."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from attested.incidents.context import FuseContext
from attested.incidents.fused import Contradiction, FusedValue
from attested.incidents.profile import content_words
from attested.incidents.tolls import Figure
from attested.mentions.days import DAY_NEARBY
from attested.model import Claim
from attested.resolve.gazetteer import distance_km
from attested.text.countries import country_of
from attested.values import Place

_APART_KM = 60.0
_TOWN_PRECISION = 2  # UCDP where_prec up to here names a town or a part of one


def find_contradictions(
    context: FuseContext,
    by_field: Mapping[str, Sequence[Claim]],
    figures: Mapping[str, Sequence[Figure]],
    values: Mapping[str, Sequence[FusedValue]],
) -> tuple[Contradiction, ...]:
    """Disagreements of one incident's claims, counts first; what only machine-spun text says disputes nothing.

    Nor does what is denied: "no school was hit" names no other target.
    """
    spun, claims = context.spun, context.claims
    by_field = {
        field: [c for c in rows if c.report_id not in spun and is_asserted(c)]
        for field, rows in by_field.items()
    }
    figures = {field: [f for f in rows if f.report_id not in spun] for field, rows in figures.items()}
    values = {field: [v for v in rows if not v.degraded] for field, rows in values.items()}
    targets = [v for v in values["target"] if any(is_asserted(claims[c]) for c in v.claims if c in claims)]
    found = [_of_counts(context, field, rows) for field, rows in figures.items()]
    found += [
        _of_days(context, [c for c in by_field.get("date", ()) if c.unit != DAY_NEARBY]),
        _of_places(context, by_field.get("place", ())),
        _of_targets(context, _hit(by_field), targets),
        _of_perpetrators(values),
    ]
    return tuple(c for c in found if c is not None)


def is_asserted(claim: Claim) -> bool:
    """Whether a claim says that something is so, rather than that it is not."""
    return claim.polarity == "positive" and claim.hedge != "denied"


def _of_counts(context: FuseContext, field: str, figures: Sequence[Figure]) -> Contradiction | None:
    """Two figures that cannot both be right; "at least five" does not contradict seven."""
    by_value: dict[int, list[Figure]] = defaultdict(list)
    for figure in figures:
        by_value[figure.value].append(figure)
    firm = sorted(v for v, rows in by_value.items() if not all(f.is_floor for f in rows))
    too_high = [v for v, rows in by_value.items() if firm and v > max(firm) and v not in firm and rows]
    at_odds = sorted({*firm, *too_high})
    if len(at_odds) < 2:
        return None
    rows = tuple(_figure_value(context, v, by_value[v]) for v in at_odds)
    return Contradiction(field, rows, f"{field}: " + " against ".join(str(v) for v in at_odds))


def _figure_value(context: FuseContext, value: int, figures: Sequence[Figure]) -> FusedValue:
    claims = [c for f in figures for c in f.claims]
    return context.fused_value(str(value), claims)


def _of_days(context: FuseContext, claims: Sequence[Claim]) -> Contradiction | None:
    """Single days that differ; a week that holds the day is no disagreement."""
    by_day: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        anchored = context.resolved.dates.get(claim.id)
        if anchored is not None and anchored.date.precision == "day":
            by_day[str(anchored.date.start)].append(claim)
    return _if_several(context, "date", by_day, "reports give different days")


def _of_places(context: FuseContext, claims: Sequence[Claim]) -> Contradiction | None:
    """Towns further apart than a day's march; a country or region that holds the town is no disagreement."""
    by_town: dict[str, list[Claim]] = defaultdict(list)
    towns: dict[str, Place] = {}
    for claim in claims:
        link = context.resolved.places.get(claim.id)
        place = link.place if link else None
        if place is not None and place.precision <= _TOWN_PRECISION and place.lat is not None:
            by_town[place.name].append(claim)
            towns[place.name] = place
    far = any(_far(towns[a], towns[b]) for a in towns for b in towns if a < b)
    return _if_several(context, "place", by_town, "reports give places far apart") if far else None


def _far(a: Place, b: Place) -> bool:
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return False
    return distance_km(a.lat, a.lon, b.lat, b.lon) > _APART_KM


def _hit(by_field: Mapping[str, Sequence[Claim]]) -> list[Claim]:
    """Targets that say what was hit: not a whole country, nor what another report says it was done with (a lorry)."""
    used = {word for claim in by_field.get("weapon", ()) for word in content_words([claim.value])}
    return [
        claim
        for claim in by_field.get("target", ())
        if not country_of(str(claim.value).removeprefix("the ")) and not content_words([claim.value]) <= used
    ]


def _of_targets(
    context: FuseContext, claims: Sequence[Claim], values: Sequence[FusedValue]
) -> Contradiction | None:
    """Origins that name targets without a word in common, or one says another thing was meant."""
    named: dict[str, set[str]] = defaultdict(set)
    meant: dict[str, set[str]] = defaultdict(set)
    for claim in claims:
        origin = context.origin_of.get(claim.report_id, claim.report_id)
        (meant if claim.unit == "intended" else named)[origin] |= content_words([claim.value])
    origins = sorted({*named, *meant})
    apart = any(
        _differ(meant[a] or named[a], meant[b] or named[b]) for a in origins for b in origins if a < b
    )
    if len(origins) < 2 or not apart:
        return None
    return Contradiction("target", tuple(values), "independent reports name different targets")


def _differ(a: set[str], b: set[str]) -> bool:
    return bool(a and b) and not a & b


def _of_perpetrators(values: Mapping[str, Sequence[FusedValue]]) -> Contradiction | None:
    """Somebody is blamed who denies it, one is blamed and another claims it, or two claim it."""
    alleged, claimed, denied = (
        {v.actor or v.value: replace(v, value=f"{v.value} ({words})") for v in values[field]}
        for field, words in (
            ("perpetrator_alleged", "blamed"),
            ("responsibility_claimed", "claims it"),
            ("responsibility_denied", "denies it"),
        )
    )
    if both := sorted(set(alleged) & set(denied)):
        rows = tuple(v for key in both for v in (alleged[key], denied[key]))
        return Contradiction("perpetrator", rows, "who is blamed denies it")
    if claimed and alleged and not set(claimed) & set(alleged):
        return Contradiction(
            "perpetrator", (*alleged.values(), *claimed.values()), "one is blamed, another claims it"
        )
    if len(claimed) > 1:
        return Contradiction("perpetrator", tuple(claimed.values()), "competing claims of responsibility")
    return None


def _if_several(
    context: FuseContext, field: str, groups: Mapping[str, Sequence[Claim]], why: str
) -> Contradiction | None:
    if len(groups) < 2:
        return None
    rows = tuple(context.fused_value(key, rows) for key, rows in sorted(groups.items()))
    return Contradiction(field, rows, why)
