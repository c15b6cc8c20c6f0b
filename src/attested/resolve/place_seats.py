"""The town or country that a report's news is about: where what it tells happened, if its words name no place."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from attested.model import Outline, Report
from attested.resolve.gazetteer import ADMIN1_PRECISION, LOOSE
from attested.resolve.place_context import CountryContext, report_names
from attested.resolve.place_index import place_key
from attested.resolve.place_names import DATELINE_WEIGHT, PLACE_WEIGHT, dateline_town
from attested.resolve.place_phrases import place_words
from attested.resolve.place_points import is_far
from attested.resolve.place_quarters import Cities, capitals, city_of, find_cities, is_capital, is_elsewhere
from attested.resolve.place_roles import role_weights
from attested.resolve.place_scores import HOME
from attested.resolve.place_untagged import with_untagged
from attested.resolve.places import NEAR, PlaceLink, PlaceResolver
from attested.text.countries import COUNTRY_PRECISION, countries
from attested.text.normalise import fold
from attested.values import Place, Score

# What adds to a town beside its mentions and the dateline; settled on gva dev, by how often the seat is the city.
_IN_HEADLINE, _IN_LEAD, _IN_BODY_NAME = 1.0, 0.6, 0.6
_IN_POLICE = 0.6  # once, for a town whose police the text names; gva train and dev: 1.2 is no better
_LEAD = 400  # characters of the body
# "Kano Police Department", "Memphis Medical Center": a town stands first in the names of its own bodies.
_BODY_OF_TOWN = re.compile(
    r"(?:the )?((?:[A-Z][\w.'’-]+ ){1,3}?)(?:City |Metro(?:politan)? )?"
    r"(?:Police|Sheriff|Fire|Hospital|Medical|University|High School|Municipal|Daily|Housing)\b"
)
_BODIES = frozenset("hospital center school hall department university college airport mall police".split())
_LEAST_UNKNOWN = 1.5  # more than one mention: a dateline, a lead and a headline, or three mentions
_TOWN_NAME = re.compile(
    r"(?:(?:al|el)-)?[A-Z][^\W\d_’'-]{2,}(?:[ -](?:(?:de|del|la|al|el|of) )?[A-Z][\w’'-]+){0,2}"
)
_FEAST = re.compile(r"New Year|Christmas|Easter|Thanksgiving|Halloween")
TOWN_PRECISION = 3  # UCDP GED where_prec: what is coarser is no town or district
_LEAST_BARE = 1.2  # two mentions, or one and the headline
_SURE = 0.6  # of the link where all of a report's places are one
_LEAST_SHARE = 0.5  # gva dev: below it most seats are not the incident's city
_LEAST_LAND = 0.5
_LEAST_NEAR = 0.4  # of all that is named, for towns that lie together where none has so much alone
_LESS_SURE = 0.3  # of such a link: on gva train such seats are the city less often than the others
_RURAL = re.compile(r"\b(?:[Ss]heriff\w*|[Dd]eput(?:y|ies)|[Tt]rooper\w*|[Tt]ownship|[Vv]illage of)\b")
_COUNTY = re.compile(r" (?:County|Parish|District|Governorate)$")


def find_seat(
    report: Report, outline: Outline | None, context: CountryContext, resolver: PlaceResolver
) -> PlaceLink | None:
    """The town that a report names most, in its headline and lead first, or else the county, state or country.

    ``context`` is the report's own. None if no town and no country has most of the weight. The link's score is 0.6
    of its share of all that the report names, less for a town among others about it and for one nobody knows.
    """
    outline = with_untagged(report, outline, resolver.gazetteer)
    names, wider = report_names(report, outline, resolver.gazetteer)
    counted = _weights(report, names, context)
    for name in _towns_of_bodies(outline):
        link = resolver.resolve_place(name, context=context)
        if link.place is not None and link.place.precision <= TOWN_PRECISION:
            counted[name] += _IN_BODY_NAME
    weights = _by_role(counted, report, outline)
    towns = {
        name: (place, weights[name])
        for name in weights
        if (
            place := _placed(name, context, resolver)
            or (None if context.countries else _largest_of_its_name(name, resolver))
        )
    }
    cities = find_cities(report, context, resolver)
    _add_police(towns, cities)
    named = max((weight for _, weight in towns.values()), default=0.0)
    if unknown := _unknown(weights, named, report, wider, context, resolver):
        return unknown
    if _is_of_unknown(weights, towns, report, resolver):
        towns = {}
    town = _town(towns) or _about(towns, context.leading)
    if town is not None:
        return _of_city(town, towns, cities, report, context, resolver)
    wide = _county(report, outline, context, resolver)
    if wide is None or (wide.place is not None and wide.place.kind == "admin1"):
        wide = _home(context) or wide
    return wide or _land(context) or _largest(weights, context, resolver)


def _home(context: CountryContext) -> PlaceLink | None:
    """The town of the readers of a report that names none."""
    if context.home is None or context.home.precision > TOWN_PRECISION:
        return None
    why = f"no place is told with it, and the report is written for {context.home.name}"
    return PlaceLink(context.home, Score(round(_SURE * _LESS_SURE, 3), why), (), why)


def _largest(
    weights: Mapping[str, float], context: CountryContext, resolver: PlaceResolver
) -> PlaceLink | None:
    """The largest town of the name that a report in English without a country names most, at its readers' home."""
    rows = {name: _largest_of_its_name(name, resolver) for name in weights} if not context.countries else {}
    name = max((n for n in rows if rows[n]), key=lambda n: (weights[n], n), default="")
    place = rows.get(name)
    if place is None or weights[name] < _LEAST_BARE:
        return None
    why = f"no place or country is told; {place.name} is the largest town of the name that the report names most"
    return PlaceLink(place, Score(round(_SURE * _LESS_SURE, 3), why), (), why)


def _largest_of_its_name(name: str, resolver: PlaceResolver) -> Place | None:
    """The largest town of exactly this name in the countries whose readers are told no country."""
    entries = [
        e for e in resolver.gazetteer.find(name) if e.level == 0 and e.place.precision <= TOWN_PRECISION
    ]
    home = [e for e in entries if e.place.country in HOME]
    return max(home, key=lambda e: (e.weight, e.place.name)).place if home else None


def _by_role(weights: Mapping[str, float], report: Report, outline: Outline | None) -> dict[str, float]:
    """The weights with what each name stands for; names left with none are out."""
    added = role_weights(report, outline)
    summed = {name: weight + added.get(name.lower(), 0.0) for name, weight in weights.items()}
    return {name: weight for name, weight in summed.items() if weight > 0.0}


def _add_police(towns: dict[str, tuple[Place, float]], cities: Cities) -> None:
    """Adds to the towns those whose police the text names, once each."""
    for city in cities.with_police:
        name = next((n for n, (p, _) in towns.items() if (p.lat, p.lon) == (city.lat, city.lon)), city.name)
        towns[name] = (city, _IN_POLICE + (towns[name][1] if name in towns else 0.0))


def _of_city(
    link: PlaceLink,
    towns: Mapping[str, tuple[Place, float]],
    cities: Cities,
    report: Report,
    context: CountryContext,
    resolver: PlaceResolver,
) -> PlaceLink:
    """The link, or the city if the town is a quarter of it."""
    assert link.place is not None
    names = [
        name
        for name, (place, _) in towns.items()
        if (place.lat, place.lon) == (link.place.lat, link.place.lon)
    ]
    found = (city_of(link.place, name, report, cities, context, resolver) for name in names)
    far = (at_home(link.place, name, report, context, resolver) for name in names)
    city, why = next((row for row in (*found, *far) if row), (link.place, link.why))
    return (
        link if city == link.place else PlaceLink(city, replace(link.score, detail=why), (link.place,), why)
    )


def _unknown(
    weights: Mapping[str, float],
    least: float,
    report: Report,
    wider: Mapping[str, str],
    context: CountryContext,
    resolver: PlaceResolver,
) -> PlaceLink | None:
    """A town that no gazetteer has, of the dateline or told with its state, where a report names it more than any."""
    hub = fold(dateline_town(report))
    said = [name for name in weights if name in wider or fold(name) == hub]
    name = max((n for n in said if is_unknown_town(n, resolver)), key=lambda n: (weights[n], n), default="")
    if not name or weights[name] <= max(least, _LEAST_UNKNOWN):
        return None
    states = [e.place for e in resolver.gazetteer.find(wider.get(name, "")) if e.place.kind == "admin1"]
    place, why = unknown_town(name, states[0] if states else None, context)
    return PlaceLink(place, Score(round(_SURE * _LEAST_SHARE, 3), why), (), why)


def _is_of_unknown(
    weights: Mapping[str, float],
    towns: Mapping[str, tuple[Place, float]],
    report: Report,
    resolver: PlaceResolver,
) -> bool:
    """Whether the headline's one town is one that nobody knows, and the report names it more than its dateline's."""
    headline, hub = report.headline or "", fold(dateline_town(report))
    top = max(towns, key=lambda name: (towns[name][1], name), default="")
    if not top or fold(top) != hub or any(name.lower() in headline.lower() for name in towns):
        return False
    least = max(_LEAST_UNKNOWN, towns[top][1] - DATELINE_WEIGHT)
    named = (name for name, weight in weights.items() if weight > least and name in headline)
    return any(is_unknown_town(name, resolver) for name in named)


def is_unknown_town(name: str, resolver: PlaceResolver) -> bool:
    """Whether no gazetteer has a name that is no street's, venue's or body's, nor two towns' together."""
    first, last = name.split()[0].lower(), name.split()[-1].lower().strip(".,")
    words = place_words()
    if first in words.directions or "county" in name.lower().split() or _FEAST.match(name):
        return False
    plain = last not in words.kinds and last not in words.never and _TOWN_NAME.fullmatch(name) is not None
    return plain and not any(
        e.level < LOOSE for n in (name, *name.split("-")) for e in resolver.gazetteer.find(n)
    )


def unknown_town(name: str, wide: Place | None, context: CountryContext) -> tuple[Place, str]:
    """A town by its name as written, in the state or country that is told with it, else the report's; and why."""
    code = wide.country if wide else context.leading
    is_home = wide is not None and wide == context.home
    admin1 = wide.admin1 if wide and (is_home or wide.kind in ("admin1", "admin2")) else None
    land = admin1 or (countries()[code].name if code in countries() and code else "no country")
    said = "the phrase puts it in" if wide else "the report is most about"
    said = "the report is written for" if is_home else said
    precision = ADMIN1_PRECISION if admin1 else COUNTRY_PRECISION
    why = f"{name} is in no gazetteer of ours; {said} {land}"
    return Place(name, code, None, None, admin1, precision, kind="town"), why


def at_home(
    place: Place, name: str, report: Report, context: CountryContext, resolver: PlaceResolver
) -> tuple[Place, str] | None:
    """What a far namesake of a name at the readers' home is there, and why; None where it may be the far place.

    A part of their station's town, or a town that no gazetteer has where a county or its sheriff is told.
    """
    home = context.home
    if home is None or not is_elsewhere(place, name, context, resolver):
        return None
    if home.precision <= TOWN_PRECISION and not _RURAL.search(report.text):
        why = f"{name} is told as a part of a town, and the report is written for {home.name}"
        return replace(home, precision=max(NEAR, home.precision)), why
    return unknown_town(name, home, context)


def _placed(name: str, context: CountryContext, resolver: PlaceResolver) -> Place | None:
    """The town of this name where the report's names together put it."""
    if "County " in name:
        return None  # "Hull County Hospital" is of no town called Hull
    point = context.evidence.settled.get(place_key(name))
    found = (e.place for e in resolver.gazetteer.find(name) if (e.place.lat, e.place.lon) == point)
    place = next(found, None)
    if place is None and (resolver.gazetteer.find(name) or name.split()[-1].lower() in _BODIES):
        place = resolver.resolve_place(name, context=context).place
    return place if place is not None and place.precision <= TOWN_PRECISION else None


def _town(towns: Mapping[str, tuple[Place, float]]) -> PlaceLink | None:
    """The town with most of all that is named."""
    place, weight = max(towns.values(), key=lambda row: (row[1], row[0].name), default=(None, 0.0))
    share = weight / sum(w for _, w in towns.values()) if place else 0.0
    if place is None or share < _LEAST_SHARE:
        return None
    why = f"no place is told with it, and {place.name} is the town that the report names most"
    return PlaceLink(place, Score(round(_SURE * share, 3), why), (), why)


def _about(towns: Mapping[str, tuple[Place, float]], leading: str | None) -> PlaceLink | None:
    """The town named most of those that lie together and are no capital, if together they have most of the weight."""
    everything = sum(weight for _, weight in towns.values())
    open_to = [(p, w) for p, w in towns.values() if p.country == leading and not is_capital(p)]
    rows = [(place, weight, _near(place, towns)) for place, weight in open_to]
    together = [row for row in rows if row[2] >= _LEAST_NEAR * everything]
    place, _, near = max(together, key=lambda row: (row[1], row[2], row[0].name), default=_NONE)
    if place is None:
        return None
    why = (
        f"no place is told with it, and most places that the report names are {place.name} and towns about it"
    )
    score = Score(round(_LESS_SURE * near / everything, 3), why)
    return PlaceLink(replace(place, precision=TOWN_PRECISION), score, (), why)


_NONE: tuple[Place | None, float, float] = (None, 0.0, 0.0)


def _near(place: Place, towns: Mapping[str, tuple[Place, float]]) -> float:
    """The weight of the towns about this one, itself with them."""
    return sum(weight for other, weight in towns.values() if not is_far(place, other))


def _county(
    report: Report, outline: Outline | None, context: CountryContext, resolver: PlaceResolver
) -> PlaceLink | None:
    """The county that a report names most often, else the state that has most of the weight."""
    named = Counter(n.text.title() for n in outline.names if n.label == "LOC") if outline else Counter[str]()
    if report.dateline:
        named[dateline_town(report).title()] += 1
    counties = {name: n for name, n in named.items() if _COUNTY.search(name)}
    for name in sorted(counties, key=lambda n: (-counties[n], n))[:1]:
        place = resolver.resolve_place(name, context=context).place
        if place is not None and place.kind == "admin2" and 2 * counties[name] > sum(counties.values()):
            return _wide(place, counties[name] / sum(counties.values()))
    (country, state), weight = context.zones[0] if context.zones else (("", ""), 0.0)
    share = weight / sum(w for _, w in context.countries) if context.countries else 0.0
    if share < _LEAST_LAND or country != context.leading:
        return None
    found = (
        e.place
        for e in resolver.gazetteer.find(state)
        if e.place.kind == "admin1" and e.place.country == country
    )
    place = next(found, None)
    return _wide(place, min(1.0, share)) if place is not None else None


def _wide(place: Place, share: float) -> PlaceLink:
    why = f"no place is told with it, and the report is about {place.name}"
    return PlaceLink(place, Score(round(_SURE * share, 3), why), (), why)


def _land(context: CountryContext) -> PlaceLink | None:
    code = context.leading
    if code not in countries() or context.share(code) < _LEAST_LAND:
        return None
    assert code is not None
    land, share = countries()[code], context.share(code)
    why = f"no place is told with it, and {share:.0%} of the report's words for countries are for {land.name}"
    return PlaceLink(land.place, Score(round(_SURE * share, 3), why), (), why)


def _weights(
    report: Report, names: Sequence[tuple[str, float]], context: CountryContext
) -> defaultdict[str, float]:
    """Weight of each name, those of towns that its report leaves open with the others.

    A capital that stands in the dateline, or for its government, is no place of news: it counts where the text has
    something happen in it.
    """
    weights: defaultdict[str, float] = defaultdict(float)
    for name, weight in names:
        weights[name] += weight
    for _, _, weight, name in context.points:
        if name and name not in weights:
            weights[name] += weight
    after = report.dateline.end if report.dateline else 0
    start = max(after, report.body[0].start if report.body else 0)
    headline, lead = (report.headline or "").lower(), report.text[start : start + _LEAD].lower()
    for name in weights:
        if fold(name) in capitals():
            weights[name] = PLACE_WEIGHT * _times_inside(name, report.text, after)
        if weights[name]:
            weights[name] += _IN_HEADLINE * (name.lower() in headline) + _IN_LEAD * (name.lower() in lead)
    return defaultdict(float, {name: weight for name, weight in weights.items() if weight})


def _times_inside(name: str, text: str, after: int) -> int:
    """How often the text from ``after`` on puts something in or near a town, or in a part of it."""
    inside = rf"\b(?:in|at|near|of|around|outside|inside|across|from|north|south|east|west|central) {re.escape(name)}\b"
    return len(re.findall(inside, text[after:], re.IGNORECASE))


def seat_share(seat: PlaceLink) -> float:
    """The share that a seat has of all that its report names, 0 to 1; half of it where towns about it are counted."""
    return seat.score.value / _SURE


def is_town_seat(seat: PlaceLink) -> bool:
    """Whether a seat is a town that has a point, rather than a state or country."""
    return seat.place is not None and seat.place.precision <= TOWN_PRECISION


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
