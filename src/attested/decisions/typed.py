"""What a person types for a value (``killed=7``) -> a field and its value as it is kept, or what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import get_close_matches

from attested.errors import InputError
from attested.incidents.corrections import (
    FIELDS,
    TYPES,
    UNKNOWN,
    count_of,
    date_of,
    names_of,
    place_text,
)
from attested.incidents.fused import COUNTS
from attested.resolve.gazetteer import Entry, Gazetteer
from attested.text.countries import countries, country_of
from attested.text.normalise import fold
from attested.values import Place
from attested.views.words import iso_words

# What coders of other data sets call our fields.
_ALSO = {
    "dead": "killed", "deaths": "killed", "fatalities": "killed", "wounded": "injured", "day": "date",
    "event_date": "date", "location": "place", "sub_event_type": "type", "event_type": "type",
    "perpetrator": "perpetrator_alleged", "claimed": "responsibility_claimed", "denied": "responsibility_denied",
    "victim": "victims", "targets": "target", "weapons": "weapon",
}  # fmt: skip
_NOTHING = frozenset({"", "unknown", "none", "null", "?"})
_RANGE = re.compile(r"(\d+)\s*(?:-|\.\.|to)\s*(\d+)")
_POINT_PRECISION = 1  # UCDP GED where_prec: a point that a person gives is exact
_N_CHOICES = 5


def typed_value(text: str, near: Place | None = None) -> tuple[str, str]:
    """Field and value of ``field=value``; ``near`` tells which of several places of a name is meant.

    Raises InputError saying what is wrong and what to type.
    """
    name, sign, value = text.partition("=")
    if not sign:
        raise InputError(f"{text!r} is no value; type FIELD=VALUE, such as killed=7 or date=2021-05-03")
    field = _field(name.strip())
    said = value.strip()
    if fold(said) in _NOTHING:
        if field == "type":
            raise InputError("an incident has a type; type=Other, or: attested judge reject (if it is none)")
        return field, UNKNOWN
    if field in COUNTS:
        return field, _count(field, said)
    if field == "date":
        return field, _date(said)
    if field == "type":
        return field, _type(said)
    return field, place_text(place_meant(said, near)) if field == "place" else "; ".join(names_of(said))


def _field(name: str) -> str:
    key = name.lower().replace("-", "_").replace(" ", "_")
    key = _ALSO.get(key, key)
    if key in FIELDS:
        return key
    meant = [f for f in FIELDS if key and f.startswith(key)]
    if len(meant) == 1:
        return meant[0]
    meant = meant or get_close_matches(key, [*FIELDS, *_ALSO], n=2)
    hint = f"did you mean {' or '.join(meant)}?" if meant else f"there are: {', '.join(FIELDS)}"
    raise InputError(f"no field {name!r}; {hint}")


def _count(field: str, text: str) -> str:
    if found := _RANGE.fullmatch(text):
        hint = f"{field}={found[1]}/{found[1]}/{found[2]}"
        raise InputError(f"{text!r}: which of them is best? Type low/best/high, such as {hint}")
    try:
        count_of(text.replace(" ", ""))
    except ValueError as error:
        raise InputError(
            f"{field} is a number or low/best/high, such as {field}=7 or {field}=5/7/9, not {text!r}"
        ) from error
    return text.replace(" ", "")


def _date(text: str) -> str:
    try:
        return iso_words(date_of(text.replace("..", "/").replace(" to ", "/")))
    except ValueError as error:
        raise InputError(
            f"date is a day, month, year or run of days, such as date=2021-05-03, date=2021-05 or "
            f"date=2021-05-01/2021-05-03, not {text!r}"
        ) from error


def _type(text: str) -> str:
    by_name = {fold(name): name for name in TYPES}
    key = fold(text)
    begun = [name for known, name in by_name.items() if known.startswith(key)]
    if key in by_name or len(begun) == 1:
        return by_name.get(key) or begun[0]
    near = begun or [by_name[k] for k in get_close_matches(key, by_name, n=3, cutoff=0.4)]
    hint = f"did you mean {' or '.join(near)}?" if near else f"there are: {', '.join(TYPES)}"
    raise InputError(f"no sub-event type {text!r}; {hint}")


def place_meant(text: str, near: Place | None = None) -> Place:
    """The place of ``NAME``, ``NAME, COUNTRY`` or ``NAME, COUNTRY, LAT, LON``.

    Raises InputError when the gazetteer has none, or several and nothing says which.
    """
    name, *rest = (part.strip() for part in text.split(","))
    numbers = [float(part) for part in rest if re.fullmatch(r"-?\d+(?:\.\d+)?", part)]
    words = [part for part in rest if not re.fullmatch(r"-?\d+(?:\.\d+)?", part)]
    country = _country(words[-1]) if words else None
    if len(numbers) == 2:
        lat, lon = numbers
        if not (-90 <= lat <= 90 and -180 <= lon <= 180):
            raise InputError(f"{text!r}: latitude is -90 to 90, longitude -180 to 180, in this order")
        return Place(name, country, lat, lon, precision=_POINT_PRECISION)
    found = Gazetteer.open().find(name)
    wanted = country or _only_country(found, near)
    rows = [entry for entry in found if entry.place.country == wanted]
    if not rows:
        raise InputError(_which(name, found))
    return rows[0].place


def _country(text: str) -> str:
    code = text.upper() if text.upper() in countries() else country_of(text)
    if code is None:
        raise InputError(f"no country {text!r}; type its ISO code or its name, such as IQ or Iraq")
    return code


def _only_country(found: Sequence[Entry], near: Place | None) -> str | None:
    """The country of all places of a name, or of that name; else that in which the incident was until now."""
    there = {entry.place.country for entry in found}
    if len(there) == 1 or (found and found[0].place.kind == "country"):
        return found[0].place.country
    return near.country if near is not None and near.country in there else None


def _which(name: str, found: Sequence[Entry]) -> str:
    codes = list(dict.fromkeys(entry.place.country for entry in found if entry.place.country))
    if codes:
        choices = " or ".join(f'place="{name}, {code}"' for code in codes[:_N_CHOICES])
        return f"{name!r} is a place in several countries; type {choices}"
    return f'no place {name!r} in the gazetteer; give its point: place="{name}, IQ, 33.31, 44.36"'
