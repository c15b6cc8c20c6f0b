"""Countries by every word a report has for them: names, nationalities, peoples, seats of government.

The table is ``data/countries.tsv`` (ISO 3166-1 alpha-2, ours), with ``data/nationalities.tsv`` for peoples
and regions that are no country of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from types import MappingProxyType
from typing import Literal

from attested.errors import DataError
from attested.model import Span
from attested.text.normalise import fold
from attested.values import Place

COUNTRY_COLUMNS = (
    "code", "name", "aliases", "adjectives", "people", "capital", "government", "lat", "lon",
)  # fmt: skip
NATIONALITY_COLUMNS = ("word", "people", "country", "region")
COUNTRY_PRECISION = 6  # UCDP GED where_prec: known only to the country

# "us" is a pronoun, "car" a vehicle, "uk"... : folded words that mean a country only in this very spelling.
_EXACT_CASE = {"us": ("US",), "car": ("CAR",), "america": ("America",), "turkey": ("Turkey", "TURKEY")}
_WORD = re.compile(r"(?:[A-Za-z]\.){2,}|[^\W_]+(?:['’.-][^\W_]+)*")
_KEPT = 20_000  # look-ups
_LONGEST_NAME = 5  # words in the longest name scanned for ("Democratic Republic of the Congo")
_POSSESSIVE = re.compile(r"(?:['’]s|(?<=s)['’])$")

WordKind = Literal["name", "adjective", "people", "government"]


@dataclass(frozen=True, slots=True)
class Country:
    """A row of the table; ``lat``/``lon`` are the middle of the country in WGS84 degrees."""

    code: str
    name: str
    aliases: tuple[str, ...]
    adjectives: tuple[str, ...]
    people: tuple[str, ...]
    capital: str
    government: tuple[str, ...]
    lat: float
    lon: float

    @property
    def place(self) -> Place:
        """The country as a place, precision 6."""
        return Place(
            name=self.name,
            country=self.code,
            lat=self.lat,
            lon=self.lon,
            precision=COUNTRY_PRECISION,
            kind="country",
        )


@dataclass(frozen=True, slots=True)
class CountryWord:
    """A word for a country as it stands in a text: its span, the code, and what sort of word it is."""

    span: Span
    code: str
    kind: WordKind


def read_table(text: str, columns: tuple[str, ...], *, name: str) -> list[dict[str, str]]:
    """Rows of a TSV table with exactly these columns. Raises DataError naming the line that breaks it."""
    rows = [
        (n, line.split("\t"))
        for n, line in enumerate(text.splitlines(), 1)
        if line and not line.startswith("#")
    ]
    if not rows or tuple(rows[0][1]) != columns:
        raise DataError(f"{name}: the first row must be the header {', '.join(columns)}")
    for n, cells in rows[1:]:
        if len(cells) != len(columns):
            raise DataError(f"{name}:{n}: needs {len(columns)} columns, has {len(cells)}")
        if not cells[0] or any(cell != cell.strip() for cell in cells):
            raise DataError(f"{name}:{n}: an empty first column, or blanks around a value")
    return [dict(zip(columns, cells, strict=True)) for _, cells in rows[1:]]


def shipped_table(name: str, columns: tuple[str, ...]) -> list[dict[str, str]]:
    """Rows of a table of ``attested/data``. Raises DataError when it is malformed."""
    text = files("attested.data").joinpath(name).read_text(encoding="utf-8")
    return read_table(text, columns, name=name)


def cell_list(cell: str) -> tuple[str, ...]:
    """The values of a cell that holds several, separated by semicolons."""
    return tuple(part.strip() for part in cell.split(";") if part.strip())


def number_in(cell: str, *, low: float, high: float, where: str) -> float:
    """A number between ``low`` and ``high``. Raises DataError saying where it stands."""
    try:
        value = float(cell)
    except ValueError as error:
        raise DataError(f"{where}: {cell!r} is not a number") from error
    if not low <= value <= high:
        raise DataError(f"{where}: {value} is not between {low} and {high}")
    return value


@cache
def countries() -> Mapping[str, Country]:
    """The countries by ISO code."""
    found: dict[str, Country] = {}
    for row in shipped_table("countries.tsv", COUNTRY_COLUMNS):
        code, where = row["code"], f"countries.tsv {row['code']}"
        if not re.fullmatch("[A-Z]{2}", code) or code in found:
            raise DataError(f"{where}: a code is two capital letters and stands once")
        found[code] = Country(
            code=code,
            name=row["name"],
            aliases=cell_list(row["aliases"]),
            adjectives=cell_list(row["adjectives"]),
            people=cell_list(row["people"]),
            capital=row["capital"],
            government=cell_list(row["government"]),
            lat=number_in(row["lat"], low=-90, high=90, where=where),
            lon=number_in(row["lon"], low=-180, high=180, where=where),
        )
    return MappingProxyType(found)


@cache
def _regions() -> Mapping[str, tuple[str, str]]:
    """Folded nationality of a region ("kurdish", "chechens") -> (country code or "", region's name)."""
    found: dict[str, tuple[str, str]] = {}
    for row in shipped_table("nationalities.tsv", NATIONALITY_COLUMNS):
        if row["country"] and row["country"] not in countries():
            raise DataError(f"nationalities.tsv: no country {row['country']!r}")
        for word in (row["word"], *cell_list(row["people"])):
            found.setdefault(fold(word), (row["country"], row["region"]))
    return MappingProxyType(found)


@cache
def _words() -> Mapping[str, tuple[str, WordKind]]:
    """Folded word -> (country code, sort). A name beats an adjective, that a people, that a government."""
    found: dict[str, tuple[str, WordKind]] = {}

    def add(kind: WordKind, code: str, words: tuple[str, ...]) -> None:
        for word in words:
            found.setdefault(fold(word), (code, kind))

    table = countries().values()
    for country in table:
        add("name", country.code, (country.name, *country.aliases))
    for country in table:
        add("adjective", country.code, country.adjectives)
    for word, (code, _) in _regions().items():
        if code:
            found.setdefault(word, (code, "adjective"))
    for country in table:
        add("people", country.code, country.people)
    for country in table:
        add("government", country.code, country.government)
    return MappingProxyType(found)


@cache
def _first_words() -> frozenset[str]:
    """First words of the names of several words."""
    return frozenset(word.split(" ")[0] for word in _words() if " " in word)


def bare(name: str) -> str:
    """The name without "the" before it and a possessive after it."""
    name = _POSSESSIVE.sub("", name.strip())
    return name[4:] if name[:4].lower() == "the " else name


@lru_cache(maxsize=_KEPT)
def _looked_up(name: str) -> tuple[str, WordKind] | None:
    """What the table says of a name as written; None for "us" the pronoun."""
    folded = fold(name)
    if folded in _EXACT_CASE and name not in _EXACT_CASE[folded]:
        return None
    return _words().get(folded)


def country_of(name: str) -> str | None:
    """ISO code for a country's name, nationality, people or seat of government ("Washington"), or None."""
    found = _looked_up(name.strip()) or _looked_up(bare(name))
    return found[0] if found else None


def land_of(name: str) -> tuple[str, WordKind] | None:
    """(ISO code, sort of word) for a word that names the land or its people, not its seat of government."""
    found = _looked_up(name.strip()) or _looked_up(bare(name))
    return found if found and found[1] != "government" else None


def government_of(name: str) -> str | None:
    """ISO code of the country for whose government the name stands ("the Kremlin", "Iraq"), or None.

    A nationality is not a government: "Iraqi" gives None.
    """
    found = _looked_up(name.strip()) or _looked_up(bare(name))
    if found is None:
        return None
    code, kind = found
    return code if kind in ("name", "government") else None


def region_of(word: str) -> tuple[str | None, str] | None:
    """(country or None, region's name) for a people or adjective of a region ("Kurdish"), or None."""
    found = _regions().get(fold(bare(word)))
    return (found[0] or None, found[1]) if found else None


def find_country_words(text: str, *, offset: int = 0) -> Iterator[CountryWord]:
    """Words for countries in a text, left to right, longest first; ``offset`` is added to the spans.

    Only capitalised words count, and hyphenated ones by their parts ("US-led", "Iran-backed"). Seats of
    government are given as such: whether "Moscow" means the city is the caller's question.
    """
    words: list[tuple[int, int]] = []
    for match in _WORD.finditer(text):
        start, end = match.span()
        if match.group().isalnum():
            words.append((start, end))
        else:
            words += [(start + a, start + b) for a, b in _parts(match.group())]
    i = 0
    while i < len(words):
        step = 1
        if text[words[i][0]].isupper():
            longest = _LONGEST_NAME if fold(text[slice(*words[i])]) in _first_words() else 1
            for n in range(min(longest, len(words) - i), 0, -1):
                start, end = words[i][0], words[i + n - 1][1]
                found = _looked_up(text[start:end])
                if found:
                    yield CountryWord(Span(start + offset, end + offset, text[start:end]), *found)
                    step = n
                    break
        i += step


def _parts(word: str) -> list[tuple[int, int]]:
    """Stretches of a word to look up: without a possessive, and cut at hyphens unless it is a known name."""
    end = len(_POSSESSIVE.sub("", word))
    if "-" not in word[:end] or fold(word[:end]) in _words():
        return [(0, end)]
    return [(m.start(), m.end()) for m in re.finditer(r"[^-]+", word[:end])]
