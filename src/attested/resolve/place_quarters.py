"""The city whose quarter a name is, where the report has its police speak, its name before it or in its dateline."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from attested.model import Report
from attested.resolve.gazetteer import distance_km
from attested.resolve.place_context import CountryContext
from attested.resolve.place_index import place_key
from attested.resolve.place_names import dateline_town
from attested.resolve.places import NEAR, PlaceResolver
from attested.text.countries import countries
from attested.text.normalise import fold
from attested.values import Place

_WIDE = frozenset({"admin1", "admin2", "country", "region"})
_NEAR_KM = 60.0  # a place that the report names beside another is no quarter's namesake
_TOWN = 3  # UCDP GED where_prec: what is coarser is no town
_INSIDE_KM = 30.0  # from the middle of a large city to its quarters (Los Angeles, Houston)
_WITHIN_KM = 15.0  # nearer than a suburb that is told with no more than the city's dateline
_FAR_KM = 100.0  # a namesake of a quarter: a suburb is nearer
_CITY_PEOPLE = 100_000  # of a city that is no namesake
_MARKET_KM = 200.0  # from a station to the towns that it tells of
_LARGER = 3  # times the people of its quarter that a city has at least
_MUCH_LARGER = 5  # times the people of a far place that has its name to itself
_GREAT = 500_000  # people of a far city whose name is never a quarter's: "Brussels" in a report about Nice
_NAME = r"(?:(?:St|Ft|Mt)\. )?[A-Z][\w’'-]+(?: [A-Z][\w’'-]+){0,2}"
_SERVICE = (
    r"(?: city| City| [Mm]etro(?:politan)?)? "
    r"(?:[Pp]olice|PD\b|[Ff]irefighters|Fire (?:Department|Rescue)|[Pp]aramedics)"
)
_OF_SERVICE = re.compile(rf"\b({_NAME}){_SERVICE}")
_OWNER = re.compile(rf"\b({_NAME})['’]s? [A-Z]")
_QUARTER = r"(?:neighbou?rhood|section|district|side|area|community)\b"


@dataclass(frozen=True, slots=True)
class Cities:
    """The cities that a report's own words set over their quarters: whose police speaks, the dateline's, owners."""

    with_police: tuple[Place, ...] = ()
    dateline: Place | None = None
    owners: tuple[Place, ...] = ()

    @property
    def all(self) -> tuple[Place, ...]:
        """All of them, each once."""
        hub = (self.dateline,) if self.dateline else ()
        return tuple(dict.fromkeys((*self.with_police, *hub, *self.owners)))


def find_cities(report: Report, context: CountryContext, resolver: PlaceResolver) -> Cities:
    """The cities of a report's police, of its dateline, and those that own something with a name."""

    def towns(pattern: re.Pattern[str]) -> tuple[Place, ...]:
        named = dict.fromkeys(name for name in _found(pattern, report))
        placed = (_town_called(name, context, resolver) for name in named)
        return tuple(dict.fromkeys(place for place in placed if place))

    hub = dateline_town(report)
    hub = hub.title() if hub.isupper() else hub
    return Cities(towns(_OF_SERVICE), _town_called(hub, context, resolver) if hub else None, towns(_OWNER))


def city_of(
    place: Place, name: str, report: Report, cities: Cities, context: CountryContext, resolver: PlaceResolver
) -> tuple[Place, str] | None:
    """The city that ``name``, placed at ``place``, is a quarter of, and why; None where nothing says that it is one.

    A place far from the city gives way if nothing else that the report names lies there, and others bear its name.
    """
    if place.kind in _WIDE or place in cities.with_police:
        return None
    people = _people(place, resolver)
    for city in cities.all:
        km = apart(place, city)
        if km is None or place_key(city.name) == place_key(name) or _INSIDE_KM < km <= _FAR_KM:
            continue
        size = _people(city, resolver) / max(1, people)
        if size < (_LARGER if km <= _INSIDE_KM else 1 / _LARGER):
            continue
        if km > _FAR_KM:
            is_small = size >= _MUCH_LARGER and (city in cities.with_police or _is_called(name, report))
            is_abroad = city == cities.dateline and _is_told_by_name(place, name, context)
            is_known = not is_small and not is_abroad and not has_namesakes(name, place, resolver)
            is_known |= is_great(place, resolver)
            in_state = (place.country, place.admin1) == (city.country, city.admin1)
            if is_known or in_state or is_capital(city) or not stands_alone(place, name, context):
                continue
        if why := _why(place, name, city, report, cities):
            return replace(city, precision=max(NEAR, city.precision)), why
    return None


def _why(place: Place, name: str, city: Place, report: Report, cities: Cities) -> str:
    """What says that a name is a part of a city; "" for nothing, and where the name has a police of its own."""
    text = f"{report.headline or ''}\n{report.text}"
    if re.search(rf"\b{re.escape(name)}{_SERVICE}", text):
        return ""
    if re.search(rf"\b{re.escape(city.name)}['’]s? {re.escape(name)}\b", text):
        return f"{name} is told as {city.name}’s"
    is_called = _is_called(name, report)
    if city in cities.with_police and (is_called or not is_capital(city)):
        return f"{name} is a part of {city.name}, whose police the report names"
    if is_called:
        return f"{name} is told as a part of a town, and the report is from {city.name}"
    km = apart(place, city) or 0.0
    is_home = km <= _WITHIN_KM or (km > _FAR_KM and report.agency is None)  # an agency's hub is no scene
    if is_home and city == cities.dateline and not is_capital(city) and "suburb" not in text.lower():
        return f"{name} lies in {city.name}, which the report is from"
    return ""


def _is_called(name: str, report: Report) -> bool:
    """Whether the text calls a name a quarter: "the Park Hill neighborhood"."""
    text = f"{report.headline or ''}\n{report.text}"
    return re.search(rf"\b{re.escape(name)} {_QUARTER}", text, re.IGNORECASE) is not None


def _found(pattern: re.Pattern[str], report: Report) -> Iterator[str]:
    for block in report.body:
        for found in pattern.finditer(report.text, block.start, block.end):
            yield found[1]


def _town_called(name: str, context: CountryContext, resolver: PlaceResolver) -> Place | None:
    """The town of the longest end of a name ("Friday Leeds")."""
    words = name.split()
    for n in range(len(words)):
        run = " ".join(words[n:])
        if not any(e.level == 0 for e in resolver.gazetteer.find(run)):
            continue
        place = resolver.resolve_place(run, context=context).place
        if place is not None and place.precision <= _TOWN:
            return place
    return None


def _people(place: Place, resolver: PlaceResolver) -> int:
    """How many live in a town of the gazetteer."""
    rows = resolver.gazetteer.find(place.name)
    return max((e.weight for e in rows if (e.place.lat, e.place.lon) == (place.lat, place.lon)), default=0)


def is_great(place: Place, resolver: PlaceResolver) -> bool:
    """Whether so many live in a town that its name alone hardly ever means a quarter of another."""
    return _people(place, resolver) >= _GREAT


def apart(place: Place, other: Place) -> float | None:
    """Kilometres between two places, None where a point is missing."""
    if place.lat is None or place.lon is None or other.lat is None or other.lon is None:
        return None
    return distance_km(place.lat, place.lon, other.lat, other.lon)


def stands_alone(place: Place, name: str, context: CountryContext) -> bool:
    """Whether the report names nothing else near this place, and its state only by the name itself."""
    key, own = place_key(name), 0.0
    for lat, lon, weight, other in context.points:
        point = Place(other, None, lat, lon)
        if (lat, lon) == (place.lat, place.lon):
            own += weight
        elif place_key(other) != key and (apart(place, point) or 0.0) <= _NEAR_KM:
            return False
    zone = sum(weight for zone, weight in context.zones if zone == (place.country, place.admin1))
    return zone <= own + 1e-6


def is_elsewhere(place: Place, name: str, context: CountryContext, resolver: PlaceResolver) -> bool:
    """Whether a place is a far namesake of a town at the readers' home that no gazetteer has.

    It lies in another state, far from their station, is no large city of their country nor in a country that is named,
    nothing else speaks for it, and no town of theirs bears the name.
    """
    home = context.home
    if home is None or place.kind in _WIDE or (place.country, place.admin1) == (home.country, home.admin1):
        return False
    km = apart(place, home) if home.kind not in _WIDE else None
    if (km is not None and km <= _MARKET_KM) or not stands_alone(place, name, context):
        return False
    if place.country == home.country and _people(place, resolver) >= _CITY_PEOPLE:
        return False
    if place.country != home.country and not _is_only_of(place, name, context):
        return False
    rows = (e.place for e in resolver.gazetteer.find(name))
    return not any((p.country, p.admin1) == (home.country, home.admin1) for p in rows)


def _is_told_by_name(place: Place, name: str, context: CountryContext) -> bool:
    """Whether a report speaks of a place's country, not its own, by the place's name alone."""
    return place.country != context.leading and _is_only_of(place, name, context)


def _is_only_of(place: Place, name: str, context: CountryContext) -> bool:
    """Whether a place's name is all that a report has of its country."""
    key = place_key(name)
    own = sum(weight for _, _, weight, other in context.points if place_key(other) == key)
    return context.weight(place.country) <= own + 1e-6


def has_namesakes(name: str, place: Place, resolver: PlaceResolver) -> bool:
    """Whether other places bear the name, or this one only as another name of it."""
    entries = resolver.gazetteer.find(name)
    own = [e for e in entries if e.place.name == place.name and e.place.admin1 == place.admin1]
    others = [e for e in entries if (km := apart(e.place, place)) is not None and km > _NEAR_KM]
    return bool(others) or not own or own[0].level > 0


@cache
def capitals() -> frozenset[str]:
    """Capitals of countries, folded."""
    return frozenset(fold(country.capital) for country in countries().values() if country.capital)


def is_capital(place: Place) -> bool:
    """Whether a town is a country's capital, from where reports of the whole country come."""
    return fold(place.name) in capitals()
