"""How well a place fits what a report is about: one score for choosing among places of one name.

A score is the base-10 logarithm of a place's people, plus what the report's countries, provinces and other
places add: one unit is worth a place ten times larger. The weights were set by hand on the names of LGL and
GeoVirus (``attested evaluate geoparse``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import cos, exp, hypot, log10, radians

from attested.resolve.gazetteer import Entry, Gazetteer
from attested.resolve.place_index import place_key
from attested.values import Place

Zone = tuple[str, str]  # (ISO code, first-level name)
Point = tuple[float, float, float, str]  # latitude, longitude, weight, the name placed there

KM_PER_DEGREE = 111.2
_CLUSTER_KM = 120.0  # points of a report pull at this distance; local news stays within a metropolitan area
_IN_CONTEXT = 2.0  # in full for the leading country, less for others as they are named less
_SHARE = 1.0  # times the country's share
_NEIGHBOUR = 0.5
_IN_ZONE = 2.5  # times the province's share
_NEAR_POINTS = 2.5  # times the pull of the report's other places
_KIND_FITS = 2.0
_SETTLED = 2.0  # the report's names, weighed together, put this name here
_LEVEL_COST = (0.0, 1.2, 1.0, 2.0)  # by Entry.level
_SMALL_ALIAS_COST = 1.0  # a former or foreign name of a place of fewer people than this is seldom meant
_SMALL_PEOPLE = 50_000
# A report in English that names no country at all is mostly written for readers of one of these.
HOME = {"US": 0.6, "GB": 0.4, "CA": 0.2, "AU": 0.2}
_FEWEST_PEOPLE = 100  # GeoNames gives 0 where it does not know


class Evidence:
    """Weights of countries and provinces, and points, while places are chosen."""

    def __init__(
        self,
        lands: Mapping[str, float],
        zones: Mapping[Zone, float],
        points: Sequence[Point],
        settled: Mapping[str, tuple[float, float]] | None = None,
    ) -> None:
        self.lands, self.zones, self.points = lands, zones, points
        # Where a name of the report was found to be, by its key.
        self.settled = {place_key(name): point for name, point in (settled or {}).items()}
        self._all_lands = sum(lands.values()) or 1.0
        self._all_zones = sum(zones.values()) or 1.0
        self.top_share = max(lands.values(), default=0.0) / self._all_lands or 1.0
        self.leading = tuple(sorted(lands, key=lambda code: (-lands[code], code))[:2])

    def share(self, code: str | None) -> float:
        """The country's share of all mentions, 0 to 1."""
        return self.lands.get(code or "", 0.0) / self._all_lands

    def zone_share(self, zone: Zone) -> float:
        """The province's share of all mentions of provinces, 0 to 1."""
        return self.zones.get(zone, 0.0) / self._all_zones

    def pull(self, place: Place, name: str = "") -> float:
        """0..1: how near the place lies to the points, by their weights; those of its own name left out."""
        if place.lat is None or place.lon is None:
            return 0.0
        near = total = 0.0
        narrowing = cos(radians(place.lat))
        own = place_key(name)
        for lat, lon, weight, other in self.points:
            if place_key(other) != own:
                total += weight
                km = KM_PER_DEGREE * hypot(lat - place.lat, (lon - place.lon) * narrowing)
                near += weight * exp(-km / _CLUSTER_KM)
        return near / total if total else 0.0


def score_entry(
    entry: Entry, evidence: Evidence, gazetteer: Gazetteer, *, kinds: tuple[str, ...] = (), name: str = ""
) -> float:
    """The score of a place. ``kinds`` are those that the words beside the name allow, ``name`` the name."""
    place = entry.place
    score = log10(max(entry.weight, _FEWEST_PEOPLE)) - _LEVEL_COST[entry.level]
    if entry.level % 2 and not entry.is_curated and entry.weight < _SMALL_PEOPLE:
        score -= _SMALL_ALIAS_COST
    if place.kind in kinds:
        score += _KIND_FITS
    if not evidence.lands:
        score += HOME.get(place.country or "", 0.0)
    share = evidence.share(place.country)
    if share:
        score += _IN_CONTEXT * min(1.0, share / evidence.top_share) + _SHARE * share
    elif any(place.country in gazetteer.neighbours(code) for code in evidence.leading):
        score += _NEIGHBOUR
    if place.country and place.admin1:
        score += _IN_ZONE * evidence.zone_share((place.country, place.admin1))
    if evidence.settled.get(place_key(name)) == (place.lat, place.lon) and place.lat is not None:
        score += _SETTLED
    if evidence.points and place.kind not in ("country", "admin1", "region", "sea"):
        score += _NEAR_POINTS * evidence.pull(place, name)
    return score
