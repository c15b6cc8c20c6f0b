"""MUC-4's keys as templates to be filled: five slots and the type, and of the full key day, place, harm and stage."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from attested.errors import InputError
from attested.evaluation.muc4_keys import CENTURY, ENCODING, KEYS, MONTHS, QUOTED, Slots, fills, read_slots
from attested.evaluation.registry import find_gold
from attested.text.countries import country_of
from attested.text.normalise import fold

SLOTS = ("perpetrator_individual", "perpetrator_organisation", "target", "victim", "weapon")
"""The slots of the modern form (Du, Rush and Cardie 2021): PerpInd, PerpOrg, Target, Victim and Weapon."""
# Their numbers in the full key (template-doc, part 1, section 6); a victim of the modern form has a name.
_NUMBERS = dict(zip(SLOTS, (9, 10, 12, 18, 6), strict=True))
DESCRIBED = "described"
"""Human targets by what they are ("peasants"), which the modern form leaves out."""
_DATE, _LOCATION, _TYPE, _STAGE = 2, 3, 4, 5
_CONFIDENCE, _THING_EFFECT, _DESCRIPTION, _NUMBER, _EFFECT = 11, 16, 19, 21, 23

_DAY = re.compile(r"(\d{1,2}) ([A-Z]{3})[A-Z]* (\d{2})")
_PLACE = re.compile(r"([^:()/]+?)\s*\(([^()]*)\)")
_SPACES = re.compile(r"\s+")

Names = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Days:
    """A key's day: exact, a range, or no more than "by the day of the report" (no ``start``)."""

    start: date | None
    end: date


@dataclass(frozen=True, slots=True)
class Harmed:
    """What became of a human target: the effects that are right, and its number if one figure is right."""

    effects: frozenset[str]
    number: int | None


@dataclass(frozen=True, slots=True)
class Key:
    """One template: types that are right, fills of each slot as the strings that are right for each; the rest."""

    types: frozenset[str]
    slots: Mapping[str, tuple[Names, ...]]
    confidence: tuple[tuple[Names, frozenset[str]], ...] = ()
    days: Days | None = None
    country: str | None = None
    places: tuple[str, ...] = ()
    stages: frozenset[str] = frozenset()
    harmed: tuple[Harmed, ...] = ()
    damage: tuple[frozenset[str], ...] = ()


def read_keys(folder: Path) -> dict[str, list[Key]]:
    """The templates of each message below ``folder``, by its id; none for a message without an incident.

    Raises InputError if there is no key.
    """
    found: dict[str, list[Key]] = {}
    for path in find_gold(folder, KEYS, skip=""):
        for name, keys in read_key_slots(path.read_text(encoding=ENCODING)):
            rows = found.setdefault(name, [])
            rows += [key for key in keys if key not in rows]
    if not found:
        raise InputError(f"{folder}: the files {KEYS} hold no template; give the folder of MUC-4's corpora")
    return found


def read_key_slots(text: str) -> Iterator[tuple[str, list[Key]]]:
    """(message id, its template or none) for each template of a key's text."""
    for name, slots in read_slots(text):
        yield name, [_key(slots)] if _is_incident(slots) else []


def _is_incident(slots: Slots) -> bool:
    return " ".join(slots[_TYPE]).strip() not in {"*", ""}


def _key(slots: Slots) -> Key:
    names = {slot: tuple(filter(None, map(_names, fills(slots[n])))) for slot, n in _NUMBERS.items()}
    described = (_names(before_colon(fill)[0]) for fill in fills(slots[_DESCRIPTION]))
    country, places = _location(" ".join(slots[_LOCATION]))
    return Key(
        types=_choices(" ".join(slots[_TYPE]).lower()),
        slots=names | {DESCRIBED: tuple(filter(None, described))},
        confidence=tuple(
            (_names(tag), _choices(v)) for v, tag in map(before_colon, fills(slots[_CONFIDENCE]))
        ),
        days=_days(" ".join(slots[_DATE])),
        country=country,
        places=places,
        stages=_choices(" ".join(slots[_STAGE])),
        harmed=_harmed(fills(slots[_EFFECT]), fills(slots[_NUMBER])),
        damage=tuple(_choices(before_colon(fill)[0]) for fill in fills(slots[_THING_EFFECT])),
    )


def in_text(key: Key, text: str) -> Key:
    """The template with the strings that stand in the report alone, as the modern form has them."""
    folded = fold(text)
    slots = {
        slot: tuple(kept for names in rows if (kept := tuple(n for n in names if fold(n) in folded)))
        for slot, rows in key.slots.items()
    }
    return replace(key, slots=slots)


def before_colon(fill: str) -> tuple[str, str]:
    """A fill's value and what it refers to: the parts before and after the first colon outside quotation marks."""
    quoted = [match.span() for match in QUOTED.finditer(fill)]
    for match in re.finditer(":", fill):
        if not any(start < match.start() < end for start, end in quoted):
            return fill[: match.start()].strip(" ?"), fill[match.end() :].strip()
    return fill, ""


def _names(fill: str) -> Names:
    """The strings in quotation marks, each once; a fill without any is one string."""
    quoted = QUOTED.findall(fill) or [fill.strip(' ?"')]
    strings = (_SPACES.sub(" ", s.replace('\\"', '"')).strip() for s in quoted)
    return tuple(dict.fromkeys(filter(None, strings)))


def _choices(text: str) -> frozenset[str]:
    """The values of a set fill, of which any is right."""
    return frozenset(filter(None, (part.strip(" ?()*-") for part in text.split("/"))))


def _days(text: str) -> Days | None:
    first, _, _ = text.partition("/")
    found = [_day(int(d), MONTHS[m], int(y)) for d, m, y in _DAY.findall(first) if m in MONTHS]
    if not found:
        return None
    by_then = first.strip(" ?(").startswith("-")
    return Days(None if by_then else min(found), max(found))


def _day(day: int, month: int, year: int) -> date:
    """A day of the last century; "31 NOV" is the month's last."""
    year += CENTURY
    return date(year, month, min(day, monthrange(year, month)[1]))


def _location(text: str) -> tuple[str | None, tuple[str, ...]]:
    """The country's code and the names of the places in it, the widest first."""
    country = country_of(fold(re.split(r"[:/(]|\s-\s", text.strip(" ?(-"), maxsplit=1)[0]))
    _, _, inside = text.partition(":")
    names = (name.strip(" -?") for name, _ in _PLACE.findall(inside))
    return country, tuple(dict.fromkeys(filter(None, map(fold, names))))


def _harmed(effects: Sequence[str], numbers: Sequence[str]) -> tuple[Harmed, ...]:
    """Effects on human targets, each with the number of the target that it refers to."""
    counted = [(frozenset(_names(tag)), value) for value, tag in map(before_colon, numbers)]
    found = []
    for value, tag in map(before_colon, effects):
        own = [number for names, number in counted if names & set(_names(tag))]
        found.append(Harmed(_choices(value), _one_number(own[0]) if own else None))
    return tuple(found)


def _one_number(text: str) -> int | None:
    """The number that a fill gives, none for "PLURAL", a range, "about" and a choice."""
    return int(text) if text.isdecimal() else None
