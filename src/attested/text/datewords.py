"""English words for months, weekdays, seasons, feasts and units of time, as one checked table."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from attested.errors import DataError

_SECTIONS = {
    "months",
    "weekdays",
    "seasons",
    "units",
    "ordinals",
    "vague",
    "feasts",
    "moving",
    "easter",
    "planned",
}


@dataclass(frozen=True)
class DateWords:
    """Words in lower case to their numbers: months 1..12, weekdays ISO 1..7, units by rising length."""

    months: dict[str, int]
    weekdays: dict[str, int]
    seasons: dict[str, int]
    units: dict[str, int]
    ordinals: dict[str, int]
    vague: dict[str, tuple[int, int]]
    feasts: dict[str, tuple[int, int]]
    moving: dict[str, tuple[int, int, int]]
    easter: dict[str, int]
    planned_nouns: frozenset[str]
    planned_verbs: frozenset[str]
    planned_past_verbs: frozenset[str]

    @property
    def month_names(self) -> tuple[str, ...]:
        """The twelve full names in order, capitalised, for showing to a reader."""
        first = {number: name for name, number in reversed(self.months.items())}
        return tuple(first[i].capitalize() for i in range(1, 13))

    @property
    def weekday_names(self) -> tuple[str, ...]:
        """The seven full names from Monday, capitalised."""
        first = {number: name for name, number in reversed(self.weekdays.items())}
        return tuple(first[i].capitalize() for i in range(1, 8))


@cache
def date_words() -> DateWords:
    """Return the shipped table. Raises DataError if it breaks its own rules."""
    text = files("attested.data").joinpath("date_words.toml").read_text(encoding="utf-8")
    return read_date_words(tomllib.loads(text))


def read_date_words(table: dict[str, Any]) -> DateWords:
    """Return the table as DateWords. Raises DataError on an unknown section or a number out of its range."""
    if set(table) != _SECTIONS:
        raise DataError(f"date_words.toml: sections are {sorted(table)}, not {sorted(_SECTIONS)}")
    return DateWords(
        months=_spellings(table["months"], 12, "months"),
        weekdays=_spellings(table["weekdays"], 7, "weekdays"),
        seasons={word: _between(month, 1, 12, word) for word, month in table["seasons"].items()},
        units=dict(table["units"]),
        ordinals={word: _between(n, 1, 31, word) for word, n in table["ordinals"].items()},
        vague={word: (low, high) for word, (low, high) in table["vague"].items()},
        feasts={
            word: (_between(month, 1, 12, word), _between(day, 1, 31, word))
            for word, (month, day) in table["feasts"].items()
        },
        moving={
            word: (_between(month, 1, 12, word), _between(weekday, 1, 7, word), _between(nth, -1, 4, word))
            for word, (month, weekday, nth) in table["moving"].items()
        },
        easter=dict(table["easter"]),
        planned_nouns=frozenset(table["planned"]["nouns"]),
        planned_verbs=frozenset(table["planned"]["verbs"]),
        planned_past_verbs=frozenset(table["planned"]["past_verbs"]),
    )


def _spellings(section: dict[str, list[str]], n_expected: int, name: str) -> dict[str, int]:
    """Spelling to number; every number from 1 must be there, no spelling twice."""
    found: dict[str, int] = {}
    for number, spellings in section.items():
        for spelling in spellings:
            if spelling in found or spelling != spelling.lower():
                raise DataError(f"date_words.toml: [{name}] {spelling!r} is there twice or not in lower case")
            found[spelling] = int(number)
    if sorted(set(found.values())) != list(range(1, n_expected + 1)):
        raise DataError(f"date_words.toml: [{name}] needs the numbers 1 to {n_expected}")
    return found


def _between(number: int, low: int, high: int, word: str) -> int:
    """The number, or DataError when it is out of range."""
    if not low <= number <= high:
        raise DataError(f"date_words.toml: {word!r} has {number}, not {low} to {high}")
    return number


def any_of(words: Iterable[str]) -> str:
    """Return a regular expression for any of the words, longest first, with any white space between them."""
    ordered = sorted(words, key=lambda w: (-len(w), w))
    escaped = (re.escape(word).replace(r"\ ", r"\s+").replace("'", "['’]") for word in ordered)
    return "(?:" + "|".join(escaped) + ")"


@cache
def month_pattern() -> str:
    """Return a regular expression for a month name, written in full or abbreviated with or without its stop.

    Names are capitalised or in capitals: "may" and "march" in lower case are not months.
    """
    full: list[str] = []
    short: list[str] = []
    seen: set[int] = set()
    for spelling, number in date_words().months.items():
        (short if number in seen else full).append(spelling)
        seen.add(number)
    cased = [any_of([w.capitalize() for w in full] + [w.upper() for w in full])]
    cased.append(any_of([w.capitalize() for w in short] + [w.upper() for w in short]) + r"\b\.?")
    return "(?:" + "|".join(cased) + r")"


@cache
def weekday_pattern() -> str:
    """Return a regular expression for a weekday's full name, capitalised or in capitals."""
    names = date_words().weekday_names
    return any_of([*names, *(name.upper() for name in names)])


def month_number(word: str) -> int:
    """Return 1..12 for a month name in any case. Raises KeyError if it is none."""
    return date_words().months[word.strip().rstrip(".").lower()]


def weekday_number(word: str) -> int:
    """Return ISO 1 (Monday)..7 for a weekday's name. Raises KeyError if it is none."""
    return date_words().weekdays[word.strip().rstrip(".").lower()]
