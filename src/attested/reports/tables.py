"""The shipped tables of agencies, outlets and furniture words, refused when malformed."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from attested.errors import DataError

LINE_KINDS = ("navigation", "related", "plea", "comment", "advert", "about", "caption")
_WAYS = ("whole", "opens", "holds")


@dataclass(frozen=True, slots=True)
class Newsroom:
    """An agency or an outlet, with the names it goes by."""

    name: str
    aliases: tuple[str, ...]
    country: str
    is_world: bool = False
    domains: tuple[str, ...] = ()


def _rows(file: str, header: tuple[str, ...]) -> list[dict[str, str]]:
    text = (files("attested.data") / file).read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    if not lines or tuple(lines[0].split("\t")) != header:
        raise DataError(f"{file}: the header must be: {' '.join(header)}")
    rows = []
    for line in lines[1:]:
        cells = line.split("\t")
        if len(cells) != len(header) or not cells[0]:
            raise DataError(f"{file}: a row needs {len(header)} cells and a name: {line!r}")
        rows.append(dict(zip(header, cells, strict=True)))
    return rows


def _split(cell: str) -> tuple[str, ...]:
    return tuple(part for part in cell.split("|") if part)


@cache
def agencies() -> dict[str, Newsroom]:
    """Every name of every agency -> the agency."""
    rows = _rows("agencies.tsv", ("name", "aliases", "country", "reach", "domains"))
    rooms = [
        Newsroom(
            row["name"],
            _split(row["aliases"]),
            row["country"],
            row["reach"] == "world",
            _split(row["domains"]),
        )
        for row in rows
    ]
    return _by_name(rooms, "agencies.tsv")


@cache
def outlets() -> dict[str, Newsroom]:
    """Every name of every outlet -> the outlet."""
    rows = _rows("outlets.tsv", ("name", "aliases", "domains", "country"))
    rooms = [
        Newsroom(row["name"], _split(row["aliases"]), row["country"], domains=_split(row["domains"]))
        for row in rows
    ]
    return _by_name(rooms, "outlets.tsv")


@cache
def newsrooms_by_domain() -> dict[str, str]:
    """Domain -> name of the outlet or agency."""
    rooms = (*outlets().values(), *agencies().values())
    return {domain: room.name for room in rooms for domain in room.domains}


def _by_name(rooms: list[Newsroom], file: str) -> dict[str, Newsroom]:
    table: dict[str, Newsroom] = {}
    for room in rooms:
        for name in (room.name, *room.aliases):
            if table.setdefault(name, room) is not room:
                raise DataError(f"{file}: two newsrooms are called {name!r}")
    return table


def names_pattern(table: dict[str, Newsroom]) -> str:
    """An alternation of the names, longest first, for use inside a larger pattern."""
    return "|".join(re.escape(name) for name in sorted(table, key=lambda name: (-len(name), name)))


@dataclass(frozen=True, slots=True)
class MastheadWords:
    """Lower-case words that newsrooms' names end with or begin with, and those of section headings."""

    last: frozenset[str]
    first: frozenset[str]
    sections: frozenset[str]


@cache
def masthead_words() -> MastheadWords:
    """The words of mastheads. Raises DataError when the table lacks a list."""
    table = tomllib.loads((files("attested.data") / "furniture.toml").read_text(encoding="utf-8"))
    words = table.get("mastheads", {})
    if set(words) != {"last", "first", "sections"} or not all(words.values()):
        raise DataError("furniture.toml: [mastheads] needs exactly the lists last, first and sections")
    return MastheadWords(frozenset(words["last"]), frozenset(words["first"]), frozenset(words["sections"]))


@cache
def caption_verbs() -> frozenset[str]:
    """Verbs of captions in the present tense. Raises DataError when the table lacks them."""
    table = tomllib.loads((files("attested.data") / "furniture.toml").read_text(encoding="utf-8"))
    verbs = table.get("captions", {}).get("verbs", [])
    if not verbs or not all(isinstance(verb, str) for verb in verbs):
        raise DataError("furniture.toml: [captions] needs a list of verbs")
    return frozenset(verbs)


@cache
def line_cues() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """(kind, pattern) in order of trust. Raises DataError on an unknown kind, way or a broken pattern."""
    table = tomllib.loads((files("attested.data") / "furniture.toml").read_text(encoding="utf-8"))["lines"]
    if unknown := set(table) - set(LINE_KINDS):
        raise DataError(f"furniture.toml: no such kind of line: {', '.join(sorted(unknown))}")
    return tuple((kind, _compiled(kind, table[kind])) for kind in LINE_KINDS if kind in table)


def _compiled(kind: str, ways: dict[str, list[str]]) -> re.Pattern[str]:
    if set(ways) != set(_WAYS):
        raise DataError(f"furniture.toml: [lines.{kind}] needs exactly {', '.join(_WAYS)}")
    parts = [rf"\A(?:{pattern})\W*\Z" for pattern in ways["whole"]]
    parts += [rf"\A\W*(?:{pattern})" for pattern in ways["opens"]]
    parts += [rf"(?:{pattern})" for pattern in ways["holds"]]
    try:
        return re.compile("|".join(parts), re.I)
    except re.error as error:
        raise DataError(f"furniture.toml: [lines.{kind}] has a broken pattern: {error}") from error
