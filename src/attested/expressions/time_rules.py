"""The rules for date expressions (``data/time_rules.toml``) and the numbers that their words stand for."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Literal, cast

from attested.errors import DataError
from attested.model import Span, TimeExpression
from attested.text.datewords import (
    any_of,
    date_words,
    month_number,
    month_pattern,
    weekday_number,
    weekday_pattern,
)
from attested.text.numbers import cardinal_pattern, number_value, number_words

Anchor = Literal["none", "published", "mention"]
Data = dict[str, int]

# A form's place here is its number in the data of "since" and "between".
FORMS = (
    "iso", "numeric", "month-day-year", "month-day", "day-of-month", "week-of", "month-year", "month", "weekday",
    "relative-day", "this", "last", "next", "run", "ago", "later", "earlier", "quarter", "half", "season", "year",
    "decade", "feast", "since", "between", "duration", "set", "clock", "vague",
)  # fmt: skip

_PARTS = {
    "early": 1, "beginning": 1, "start": 1, "mid": 2, "middle": 2, "late": 3, "end": 3, "earlier": 4, "later": 5,
}  # fmt: skip
_CLOCKS = {"morning": 1, "afternoon": 2, "noon": 2, "midday": 2, "evening": 3, "night": 4, "midnight": 4}
_SHIFTS = {
    "last": -1, "past": -1, "previous": -1, "yesterday": -1, "this": 0, "current": 0, "today": 0, "tonight": 0,
    "next": 1, "coming": 1, "upcoming": 1, "following": 1, "tomorrow": 1,
}  # fmt: skip
_DECADES = {"fifties": 50, "sixties": 60, "seventies": 70, "eighties": 80, "nineties": 90}
_NTHS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4, "final": 4, "last": 2,
    "1": 1, "2": 2, "3": 3, "4": 4,
}  # fmt: skip
_CENTURY_TURN = 40  # two digits below are of this century, the others of the last


_MONTHS = 12
_LEAP_YEAR = 2000  # stands in for a year that is not said, so that 29 February is possible
_REACH = 8  # words before its first core word that an expression can begin at: "at least one and a half trading ..."
_WORD = re.compile(r"[^\W\d_]+|\d+|['’](?=\d)")
_OTHER_CORES = (
    "yesterday", "today", "tonight", "tomorrow", "overnight", "quarter", "period", "half", "now", "currently",
    "nowadays", "present", "moment", "recently", "lately", "past", "ago", "previously", "formerly", "future", "term",
    "daily", "weekly", "biweekly", "monthly", "quarterly", "yearly", "annually", "nightly", "nineteen", "centurie",
)  # fmt: skip


@dataclass(frozen=True)
class _Rule:
    """A form with the numbers that its words imply."""

    form: str
    anchor: Anchor
    implied: Data
    pattern: re.Pattern[str]


def _word_in(table: dict[str, int]) -> Callable[[str], Data]:
    """A reader of the first word of a group that is in the table; nothing when there is none."""

    def read(text: str) -> Data:
        known = [table[word] for word in re.findall(r"[a-z0-9]+", text.lower()) if word in table]
        return {"value": known[0]} if known else {}

    return read


def _day(text: str) -> Data:
    word = re.sub(r"\s+", " ", text.lower()).removeprefix("the ")
    ordinals = date_words().ordinals
    return {"value": ordinals[word] if word in ordinals else int(re.sub(r"\D", "", text))}


def _any_year(text: str) -> Data:
    value = int(re.sub(r"\D", "", text))
    if value < 100:
        value += 2000 if value < _CENTURY_TURN else 1900
    return {"value": value}


def _unit(text: str) -> Data:
    word = re.sub(r"ie$", "y", text.lower().removesuffix("s"))
    return {"unit": date_words().units["quarter" if word == "period" else word]}


def _spelled_year(text: str) -> Data:
    words = re.sub(r"^nineteen\W+(?:hundred\W+(?:and\W+)?)?", "", text.lower())
    return {"value": 1900 + (number_value(words) or 0)}


def _amount(text: str) -> Data:
    """Low and high of the words before a unit: "two to three", "several", "a"."""
    words = re.sub(r"[\s-]+", " ", text.strip().lower())
    words = re.sub(r" (?:more|and a half|full|straight|consecutive|trading|business|working)\b", "", words)
    if words in date_words().vague:
        low, high = date_words().vague[words]
        return {"low": low, "high": high}
    ends = [_one_amount(part) for part in re.split(r" to | or ", words)]
    return {"low": min(ends), "high": max(ends)}


def _one_amount(words: str) -> int:
    plain = re.sub(r"^(?:another|an?) (?=\w)", "", words)
    if re.match(r"\d+[ .]\d", plain):
        return int(re.split(r"[ .]", plain)[0])
    return number_value(plain) or date_words().vague.get(plain, (1, 1))[0]


def _decade(text: str) -> Data:
    if text.isdecimal():
        return {"value": int(text) if len(text) > 2 else _any_year(text)["value"]}
    return {"value": 1900 + _DECADES[text.lower()]}


def _feast(text: str) -> Data:
    words = date_words()
    feast = re.sub(r"\s+", " ", text.lower().replace("’", "'"))
    if feast in words.feasts:
        month, day = words.feasts[feast]
        return {"month": month, "day": day}
    if feast in words.easter:
        return {"easter": words.easter[feast]}
    month, weekday, nth = words.moving[feast]
    return {"month": month, "weekday": weekday, "nth": nth}


def _number(text: str) -> Data:
    return {"value": int(text)}


# Group name -> the name of its number and how it is read; a reader may name its numbers itself.
_READERS: dict[str, tuple[str, Callable[[str], Data]]] = {
    "year": ("year", _any_year),
    "spelled_year": ("year", _spelled_year),
    "month": ("month", lambda text: {"value": month_number(text) if text[0].isalpha() else int(text)}),
    "day": ("day", _day),
    "last_day": ("last_day", _day),
    "first": ("first", _day),
    "second": ("second", _day),
    "weekday": ("weekday", lambda text: {"value": weekday_number(text)}),
    "part": ("part", _word_in(_PARTS)),
    "clock": ("clock", _word_in(_CLOCKS)),
    "shift": ("shift", _word_in(_SHIFTS)),
    "week_shift": ("week_shift", _word_in(_SHIFTS)),
    "year_shift": ("year_shift", _word_in(_SHIFTS)),
    "season": ("month", lambda text: {"value": date_words().seasons[text.lower()]}),
    "nth": ("nth", _word_in(_NTHS)),
    "decade": ("year", _decade),
    "unit": ("unit", _unit),
    "amount": ("low", _amount),
    "feast": ("month", _feast),
    "hour": ("hour", _number),
    "minute": ("minute", _number),
    "meridiem": ("meridiem", lambda text: {"value": 1 if text[0] in "aA" else 2}),
}


def _made_atoms() -> dict[str, str]:
    """The pattern pieces made of the words of date_words.toml."""
    words = date_words()
    names = words.month_names
    # A bare "April" may be a person and a bare "May" or "March" a verb: these need more around them.
    sure = any_of(
        [name for name in names if name not in _DOUBTFUL] + [n.upper() for n in names if len(n) > 5]
    )
    short = any_of(word.capitalize() for word in words.weekdays)
    return {
        "month": rf"(?-i:{month_pattern()})",
        "weekday": rf"(?-i:{weekday_pattern()})",
        "short_weekday": rf"(?-i:{short})\.?",
        "sure_month": (
            rf"(?-i:{sure}|(?:April|June|August)(?!\s[A-Z][a-z])|March(?=,|[’']s\b|\s(?:and|to|that|when)\b)"
            r"|(?:Jan|Feb|Aug|Sept|Sep|Oct|Nov|Dec)\.(?=\s[a-z]))"
        ),
        "ordinal": any_of(words.ordinals),
        "unit": any_of(["seconds" if unit == "second" else unit for unit in words.units]),
        "season": any_of(words.seasons),
        "feast": any_of([*words.feasts, *words.moving, *words.easter]),
        "number": rf"(?:{cardinal_pattern()}|{any_of(words.vague)}|another(?:\s+{cardinal_pattern()})?|an?)",
    }


_DOUBTFUL = {"March", "April", "May", "June", "August"}
_ATOM = re.compile(r"%(~?)(?:(\w+):)?(\w+)%")


def _expanded(pattern: str, atoms: dict[str, str]) -> str:
    """The pattern with its atoms filled in. Raises DataError on an atom or a group that nobody knows."""

    def fill(match: re.Match[str]) -> str:
        if match[3] not in atoms:
            raise DataError(f"time_rules.toml: there is no atom {match[3]!r} in {pattern}")
        name = match[2] or match[3]
        if not match[1] and name not in _READERS:
            raise DataError(f"time_rules.toml: nothing reads the group {name!r} in {pattern}")
        inner = _ATOM.sub(fill, atoms[match[3]])
        return rf"(?:{inner})" if match[1] else rf"(?P<{name}>{inner})"

    return _ATOM.sub(fill, pattern)


def _first_words() -> dict[str, set[str]]:
    """The words that each class of ``starts`` stands for; "0" is any word of digits."""
    words = date_words()
    numbers = (
        {re.split(r"\W", word)[0] for word in words.vague} | number_words() | {"a", "an", "another", "0"}
    )
    time = {"about", "around", "shortly", "noon", "midnight", "midday", "0"}
    return {
        "digit": {"0"},
        "apostrophe": {"'", "’"},
        "month": set(words.months),
        "weekday": set(words.weekdays) | {f"{day}s" for day in words.weekdays},
        "ordinal": {re.split(r"\W", word)[0] for word in words.ordinals},
        "part": set(_PARTS),
        "shift": set(_SHIFTS),
        "season": set(words.seasons),
        "feast": {re.split(r"\W", word)[0] for word in (*words.feasts, *words.moving, *words.easter)},
        "number": numbers,
        "unit": {form for unit in words.units for form in (unit, f"{unit}s")} | {"centuries"},
        "about": {
            *"at up no less more well just nearly almost about around some roughly over under only as".split()
        }
        | numbers
        | {"approximately"},
        "time": time,
    }


@cache
def _grammar() -> dict[str, tuple[_Rule, ...]]:
    """The rules by the word that they can begin with. Raises DataError on a malformed table."""
    table = tomllib.loads(files("attested.data").joinpath("time_rules.toml").read_text(encoding="utf-8"))
    atoms = {**table["atoms"], **_made_atoms()}
    classes = _first_words()
    by_word: dict[str, list[_Rule]] = {}
    for entry in table["rule"]:
        if set(entry) - {"form", "anchor", "set", "starts", "patterns"} or entry["form"] not in FORMS:
            raise DataError(f"time_rules.toml: a rule has unknown keys or an unknown form: {entry}")
        starts = set().union(*(classes.get(start, {start}) for start in entry["starts"]))
        for pattern in entry["patterns"]:
            compiled = re.compile(_expanded(pattern, atoms), re.IGNORECASE)
            rule = _Rule(entry["form"], cast(Anchor, entry["anchor"]), entry.get("set", {}), compiled)
            for word in starts:
                by_word.setdefault(word, []).append(rule)
    return {word: tuple(rules) for word, rules in by_word.items()}


@cache
def _cores() -> frozenset[str]:
    """Words (in lower case, plurals too) of which every expression holds one, if it holds no digit."""
    words = date_words()
    numbers = {
        *words.months,
        *words.weekdays,
        *words.units,
        *words.seasons,
        *_CLOCKS,
        *_DECADES,
        *_OTHER_CORES,
    }
    first_of_feasts = {re.split(r"\W", feast)[0] for feast in (*words.feasts, *words.moving, *words.easter)}
    cores = {w for w in numbers | first_of_feasts if w}
    return frozenset(cores | {f"{w}s" for w in cores})


def _candidates(text: str, start: int, end: int) -> list[tuple[int, tuple[_Rule, ...]]]:
    """Offsets at which an expression can begin, with the rules to try: a core word is there or soon after."""
    cores, grammar = _cores(), _grammar()
    found: list[tuple[int, tuple[_Rule, ...]]] = []
    recent: list[tuple[int, int, tuple[_Rule, ...]]] = []
    for i, word in enumerate(_WORD.finditer(text, start, end)):
        written = word.group().lower()
        key = "0" if written[0].isdigit() else written
        if key in grammar:
            recent.append((i, word.start(), grammar[key]))
        if key == "0" or written in cores:
            found.extend((offset, rules) for at, offset, rules in recent if at >= i - _REACH)
            recent.clear()
    return found


def scan(text: str, start: int, end: int) -> list[TimeExpression]:
    """Return the expressions of ``text[start:end]`` as their rules read them, left to right, without direction."""
    found: list[TimeExpression] = []
    at = start
    for offset, rules in _candidates(text, start, end):
        if offset < at or (offset > start and text[offset - 1] in "-_"):
            continue
        matches = ((rule, rule.pattern.match(text, offset, end)) for rule in rules)
        rule, match = next(((r, m) for r, m in matches if m), (None, None))
        if rule is None or match is None:
            continue
        data = _numbers_of(rule, match)
        at = offset + len(_trimmed(match.group()))
        if _is_possible(rule.form, data):
            found.append(TimeExpression(Span(offset, at, text[offset:at]), rule.form, rule.anchor, data))
    return found


def _trimmed(words: str) -> str:
    """The words without a bracket that opens before them."""
    return words[:-1] if words.endswith(")") and "(" not in words else words.rstrip()


def _numbers_of(rule: _Rule, match: re.Match[str]) -> Data:
    """What the rule implies and what its groups say."""
    data = dict(rule.implied)
    for name, words in match.groupdict().items():
        if words is not None and name in _READERS:
            key, reader = _READERS[name]
            read = reader(words)
            data.update({key: read["value"]} if "value" in read else read)
    return data


def _is_possible(form: str, data: Data) -> bool:
    """Whether the calendar has such a day."""
    if "month" not in data or "day" not in data:
        return not (form == "numeric" and data["first"] > _MONTHS and data["second"] > _MONTHS)
    try:
        date(data.get("year", _LEAP_YEAR), data["month"], max(data["day"], data.get("last_day", 1)))
    except ValueError:
        return False
    return True
