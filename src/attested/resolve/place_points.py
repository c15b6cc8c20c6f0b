"""Points of places: how far apart, moved by a stated distance, between two, among a report's others."""

from __future__ import annotations

from dataclasses import replace
from math import cos, radians

from attested.resolve.gazetteer import ADMIN1_PRECISION, distance_km
from attested.resolve.place_context import CountryContext
from attested.resolve.place_phrases import place_words
from attested.resolve.place_scores import KM_PER_DEGREE
from attested.values import Place

REGION = 5  # UCDP GED where_prec: a fuzzy region, or between two places
_WITHIN_KM = 60.0  # a quarter or a suburb lies within this distance of the city that the phrase names
_STATE_KM = 450.0  # from the middle of a state to its far towns


def is_far(place: Place, other: Place) -> bool:
    """Whether two places lie further apart than a suburb from its city; False where a point is missing."""
    if place.lat is None or place.lon is None or other.lat is None or other.lon is None:
        return False
    return distance_km(place.lat, place.lon, other.lat, other.lon) > _WITHIN_KM


def among_points(place: Place, context: CountryContext) -> Place:
    """A county whose own coordinates are not known, placed among the report's places of its state."""
    if (
        place.kind != "admin2"
        or place.precision != ADMIN1_PRECISION
        or place.lat is None
        or place.lon is None
    ):
        return place
    near = [p for p in context.points if distance_km(place.lat, place.lon, p[0], p[1]) <= _STATE_KM]
    total = sum(weight for _, _, weight, _ in near)
    if not total:
        return place
    lat = sum(lat * weight for lat, _, weight, _ in near) / total
    lon = sum(lon * weight for _, lon, weight, _ in near) / total
    return replace(place, lat=round(lat, 2), lon=round(lon, 2))


def shifted(place: Place, direction: str, km: float) -> Place:
    """The place moved by a distance in a direction ("20 km north of")."""
    if place.lat is None or place.lon is None:
        return place
    north, east = place_words().directions[direction]
    step = km / KM_PER_DEGREE / (1.414 if north and east else 1.0)
    lon_step = step / max(0.1, cos(radians(place.lat)))
    return replace(place, lat=round(place.lat + north * step, 4), lon=round(place.lon + east * lon_step, 4))


def between_places(one: Place, other: Place) -> Place:
    """The middle between two places, precision 5."""
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return replace(one, precision=REGION, relation="between")
    return Place(
        name=f"between {one.name} and {other.name}",
        country=one.country if one.country == other.country else None,
        lat=round((one.lat + other.lat) / 2, 4),
        lon=round((one.lon + other.lon) / 2, 4),
        admin1=one.admin1 if one.admin1 == other.admin1 else None,
        precision=REGION,
        kind="region",
        relation="between",
    )
