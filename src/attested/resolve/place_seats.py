"""The town or country that a report's news is about: where what it tells happened, if its words name no place."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from functools import cache

from attested.model import Outline, Report
from attested.resolve.place_context import PLACE_WEIGHT, CountryContext
from attested.resolve.places import PlaceLink, PlaceResolver
from attested.text.countries import countries
from attested.text.normalise import fold
from attested.values import Score

# What adds to a town beside its mentions and the dateline; settled on gva dev, where the seat is the city of 65 in 100.
_IN_HEADLINE, _IN_LEAD, _IN_BODY_NAME = 1.0, 0.6, 0.6
_LEAD = 400  # characters of the body
# "Kano Police Department", "Memphis Medical Center": a town stands first in the names of its own bodies.
_BODY_OF_TOWN = re.compile(
    r"(?:the )?((?:[A-Z][\w.'’-]+ ){1,3}?)(?:City |Metro(?:politan)? |County |State )?"
    r"(?:Police|Sheriff|Fire|Hospital|Medical|University|High School|Municipal|Daily|Housing)\b"
)
_TOWN_PRECISION = 3  # UCDP GED where_prec: what is coarser than a town or district is no seat
_SURE = 0.6  # of the link where all of a report's places are one
_LEAST_SHARE = 0.5  # gva dev: 77 of 100 such seats are the incident's city, of those below 45
_LEAST_LAND = 0.5


def find_seat(
    report: Report, outline: Outline | None, context: CountryContext, resolver: PlaceResolver
) -> PlaceLink | None:
    """The town that a report names most, in its headline and lead first, or else the country it is about.

    ``context`` is the report's own. None if no town and no country has most of the weight. The link's score is its
    share of all that the report names, at most 0.6.
    """
    town = _town(report, outline, context, resolver)
    return town if town is not None else _land(context)


def _town(
    report: Report, outline: Outline | None, context: CountryContext, resolver: PlaceResolver
) -> PlaceLink | None:
    weights = _weights(report, outline, context)
    for name in _towns_of_bodies(outline):
        link = resolver.resolve_place(name, context=context)
        if link.place is not None and link.place.precision <= _TOWN_PRECISION:
            weights[name] += _IN_BODY_NAME
    name = max(weights, key=lambda n: (weights[n], n), default="")
    share = weights[name] / sum(weights.values()) if name else 0.0
    if share < _LEAST_SHARE:
        return None
    link = resolver.resolve_place(name, context=context)
    if link.place is None or link.place.precision > _TOWN_PRECISION:
        return None
    why = f"no place is told with it, and {link.place.name} is the town that the report names most"
    return PlaceLink(link.place, Score(round(_SURE * share, 3), why), link.rivals, why)


def _land(context: CountryContext) -> PlaceLink | None:
    code = context.leading
    if code not in countries() or context.share(code) < _LEAST_LAND:
        return None
    assert code is not None
    land, share = countries()[code], context.share(code)
    why = f"no place is told with it, and {share:.0%} of the report's words for countries are for {land.name}"
    return PlaceLink(land.place, Score(round(_SURE * share, 3), why), (), why)


def _weights(report: Report, outline: Outline | None, context: CountryContext) -> defaultdict[str, float]:
    """Weight of each name whose place is settled, names in capitals with the others.

    A capital that merely stands in the dateline is no place of news: reports from all over a country are sent there.
    """
    weights: defaultdict[str, float] = defaultdict(float)
    for _, _, weight, name in context.points:
        weights[name.title()] += weight
    after = report.dateline.end if report.dateline else 0
    hub = report.dateline.text.partition(",")[0].strip().title() if report.dateline else ""
    if hub in weights and fold(hub) in _capitals():
        names = outline.names if outline else ()
        weights[hub] = PLACE_WEIGHT * sum(n.start >= after and n.text.title() == hub for n in names)
    start = max(after, report.body[0].start if report.body else 0)
    headline, lead = (report.headline or "").lower(), report.text[start : start + _LEAD].lower()
    for name in weights:
        weights[name] += _IN_HEADLINE * (name.lower() in headline) + _IN_LEAD * (name.lower() in lead)
    return defaultdict(float, {name: weight for name, weight in weights.items() if weight})


@cache
def _capitals() -> frozenset[str]:
    """Capitals of countries, folded."""
    return frozenset(fold(country.capital) for country in countries().values() if country.capital)


def _towns_of_bodies(outline: Outline | None) -> list[str]:
    names = (name for name in outline.names if name.label == "ORG") if outline else ()
    return [found[1].strip().title() for name in names if (found := _BODY_OF_TOWN.match(name.text))]


def find_seats(
    reports: Mapping[str, Report],
    outlines: Mapping[str, Outline],
    contexts: Mapping[str, CountryContext],
    resolver: PlaceResolver,
) -> dict[str, PlaceLink]:
    """The seat of each report that has a context, by the report's id."""
    found = {
        id: find_seat(reports[id], outlines.get(id), context, resolver)
        for id, context in sorted(contexts.items())
    }
    return {id: link for id, link in found.items() if link is not None}
