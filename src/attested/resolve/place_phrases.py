"""A place phrase taken apart: its relation words, its names with what the noun beside each says.

"in Kibera district on the edge of Nairobi" gives two names, "Kibera" (a district) and
"Nairobi" after "on the edge of". Nothing is looked up beyond whether a run of words is a name.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from attested.errors import DataError
from attested.text.countries import land_of, region_of

TABLE = "places_words.toml"
_SECTIONS = {"relations", "directions", "kinds", "owned", "before", "never"}
_LONGEST_NAME = 6  # words ("Democratic Republic of the Congo" and "San Miguel de Allende" fit)
_KM_PER_MILE = 1.609
_WORD = re.compile(r"(?:[A-Z]\.){2,}|[^\W_]+(?:[’'.-][^\W_]+)*\.?|,")
_DISTANCE = re.compile(r"(\d+(?:[.,]\d+)?)\s*(?:-\s*)?(km|kms|kilomet(?:re|er)s?|miles?|mi)\b", re.IGNORECASE)
_INNER = frozenset(
    {"of", "the", "de", "del", "la", "las", "los", "el", "al", "and", "do", "da", "di", "du", "e", "y"}
)
WIDER = ("admin1", "country")  # what a name after a comma is first taken for ("Paris, Texas")
_TITLE_NOUNS = frozenset({"city", "town", "village", "camp", "port"})  # "the city Mosul", "Camp Taji"
_WIDER_AFTER = re.compile(
    r"\s?,\s(?:[A-Z]\.\s?[A-Z][a-z]?\.|(?:[A-Z]\.){2,}|[A-Z][a-z]{1,4}\.(?=[\s,])"
    r"|[A-Z][\w’'-]*(?:\s(?:of\s)?[A-Z][\w’'-]+){0,3})"
    r"(?!\w|,?\s(?:and|or|&)\s[A-Z])"  # not the first two of a list
)
_ABBREVIATED = re.compile(r"[A-Z]{2}|[A-Z][a-z]{1,4}\.")  # "Ark.", "IN": a state only after a comma
_POSSESSIVE = re.compile(r"(?:['’]s|(?<=s)['’])$")


@dataclass(frozen=True, slots=True)
class PlaceWords:
    """The shipped vocabulary: relations longest first, directions, kinds by noun, and the word lists."""

    relations: tuple[tuple[tuple[str, ...], str], ...]
    directions: Mapping[str, tuple[int, int]]
    kinds: Mapping[str, tuple[str, ...]]
    owned: frozenset[str]
    before: frozenset[str]
    never: frozenset[str]


@dataclass(frozen=True, slots=True)
class NamePart:
    """A name in a phrase. Offsets are into the phrase.

    ``kinds`` is what the noun beside it allows ("province" -> admin1), ``is_country`` a country's name,
    nationality or seat; ``region`` the region that a people's adjective stands for; ``relation`` and
    ``direction`` what stands before it; ``noun`` the noun itself.
    """

    start: int
    end: int
    text: str
    country: str | None = None
    region: str | None = None
    kinds: tuple[str, ...] = ()
    noun: str = ""
    relation: str = ""
    direction: str = ""
    is_adjective: bool = False
    is_owner: bool = False


@dataclass(frozen=True, slots=True)
class Phrase:
    """A place phrase: its names left to right, and a stated distance in kilometres if there is one."""

    text: str
    parts: tuple[NamePart, ...]
    distance_km: float | None = None


@dataclass(frozen=True, slots=True)
class _Token:
    start: int
    end: int
    text: str

    @property
    def lower(self) -> str:
        return self.text.lower()

    @property
    def is_capital(self) -> bool:
        return self.text[:1].isupper() or (
            self.text[:3].lower() in ("al-", "el-") and self.text[3:4].isupper()
        )


@cache
def place_words() -> PlaceWords:
    """The vocabulary of ``places_words.toml``. Raises DataError when it is malformed."""
    table = tomllib.loads(files("attested.data").joinpath(TABLE).read_text(encoding="utf-8"))
    return parse_place_words(table)


def parse_place_words(table: dict[str, Any]) -> PlaceWords:
    """The vocabulary from a parsed TOML table. Raises DataError on a missing or unknown section or value."""
    if set(table) != _SECTIONS:
        raise DataError(f"{TABLE}: needs exactly the sections {', '.join(sorted(_SECTIONS))}")
    for word, shift in table["directions"].items():
        if len(shift) != 2 or any(step not in (-1, 0, 1) for step in shift):
            raise DataError(f"{TABLE}: direction {word!r} takes two of -1, 0, 1")
    relations = [(tuple(words.split()), kept) for words, kept in table["relations"].items()]
    return PlaceWords(
        relations=tuple(sorted(relations, key=lambda row: (-len(row[0]), row[0]))),
        directions=MappingProxyType({word: (s[0], s[1]) for word, s in table["directions"].items()}),
        kinds=MappingProxyType({word: tuple(kinds) for word, kinds in table["kinds"].items()}),
        owned=frozenset(table["owned"]["words"]),
        before=frozenset(table["before"]["words"]),
        never=frozenset(table["never"]["words"]),
    )


def read_phrase(text: str, is_name: Callable[[str], bool]) -> Phrase:
    """The phrase taken apart; ``is_name`` says whether some place bears a run of words as its name."""
    tokens = [_Token(m.start(), m.end(), m.group()) for m in _WORD.finditer(text)]
    parts: list[NamePart] = []
    i, taken, relation, direction = 0, 0, "", ""
    while i < len(tokens):
        used, said = _relation_at(tokens, i)
        if used:
            relation, i = said or relation, i + used
            continue
        part, after = _name_at(text, tokens, i, taken, is_name)
        if part:
            part = _with_context(part, tokens, (i, after, taken), relation, direction)
            after_comma = i > 0 and tokens[i - 1].text == "," and bool(parts)
            parts.append(replace(part, kinds=WIDER) if after_comma and not part.kinds else part)
            relation = direction = ""
            i = taken = after
            continue
        if tokens[i].lower in place_words().directions:
            direction = tokens[i].lower
        i += 1
    return Phrase(text, tuple(parts), _distance(text))


def phrase_at(text: str, start: int, end: int) -> str:
    """The words at these offsets, with the wider place that follows them ("Alexandria" of "Alexandria, La.")."""
    after = _WIDER_AFTER.match(text, end)
    return text[start : after.end()] if after else text[start:end]


def _distance(text: str) -> float | None:
    found = _DISTANCE.search(text)
    if not found:
        return None
    number = float(found[1].replace(",", "."))
    return number * _KM_PER_MILE if found[2].lower().startswith("mi") else number


def _relation_at(tokens: list[_Token], i: int) -> tuple[int, str]:
    """(number of words, relation kept) of the relation words at token ``i``; (0, "") where there are none."""
    lower = [token.lower for token in tokens[i : i + 5]]
    if len(lower) > 1 and lower[0] in place_words().directions and lower[1] in ("of", "from"):
        return 2, f"{lower[0]} of"
    for words, kept in place_words().relations:
        if tuple(lower[: len(words)]) == words:
            return len(words), kept
    return 0, ""


def _continues_name(text: str, tokens: list[_Token], i: int, taken: int) -> bool:
    """Whether the token ends a longer name that is not known: the "Hill" of an unknown "Juniper Hill"."""
    if i == 0 or i == taken or text[tokens[i - 1].end : tokens[i].start] != " ":
        return False
    before = tokens[i - 1]
    return (
        before.is_capital
        and before.lower not in place_words().before
        and before.lower not in place_words().directions
    )


def _name_at(
    text: str, tokens: list[_Token], i: int, taken: int, is_name: Callable[[str], bool]
) -> tuple[NamePart | None, int]:
    """The longest name that starts at token ``i`` and the token after it."""
    if not tokens[i].is_capital or _continues_name(text, tokens, i, taken):
        return None, i + 1
    for n in range(min(_LONGEST_NAME, len(tokens) - i), 0, -1):
        run = tokens[i : i + n]
        if any(t.text == "," for t in run) or not _may_be_name(run):
            continue
        if (
            n == 1
            and _ABBREVIATED.fullmatch(run[0].text)
            and not land_of(run[0].text)
            and i
            and tokens[i - 1].text != ","
        ):
            continue
        start, end = run[0].start, run[-1].end
        words = _POSSESSIVE.sub("", text[start:end])
        part = _part(start, words, run, is_name)
        if part and not part.country and _is_cut(text, tokens, i + n):
            continue
        if part:
            return part, i + n
    return None, i + 1


def _is_cut(text: str, tokens: list[_Token], after: int) -> bool:
    """Whether a name goes on with a capitalised word that nobody knows ("Las Palmas Chicas")."""
    if after >= len(tokens) or text[tokens[after - 1].end : tokens[after].start] != " ":
        return False
    if _POSSESSIVE.search(tokens[after - 1].text) or not tokens[after].is_capital:
        return False
    lower = tokens[after].lower
    words = place_words()
    return not (
        lower in words.kinds or lower in words.never or lower in words.before or lower in words.directions
    )


def _may_be_name(run: list[_Token]) -> bool:
    """Capitalised at both ends (or ending in a noun such as "airport"), only small words between."""
    last = run[-1]
    if (
        not last.is_capital
        and not (len(run) > 1 and last.lower in place_words().kinds)
        and not last.text.isdigit()
    ):
        return False
    if any(_POSSESSIVE.search(token.text) for token in run[:-1]):
        return False
    return all(token.is_capital or token.lower in _INNER or token.text.isdigit() for token in run[1:-1])


def _part(start: int, words: str, run: list[_Token], is_name: Callable[[str], bool]) -> NamePart | None:
    if len(run) == 1 and run[0].lower in place_words().never:
        return None
    end = start + len(words)
    region = region_of(words)
    if region:
        return NamePart(start, end, words, country=region[0], region=region[1], is_adjective=True)
    land = land_of(words)
    if land:
        return NamePart(start, end, words, country=land[0], is_adjective=land[1] != "name")
    plain = words.rstrip(".") if words.count(".") == 1 else words
    return NamePart(start, start + len(plain), plain) if is_name(plain) else None


def _with_context(
    part: NamePart, tokens: list[_Token], at: tuple[int, int, int], relation: str, direction: str
) -> NamePart:
    """The part with the noun beside it ("city of X", "X province") and what stood before it."""
    first, after, taken = at
    noun = "" if part.is_adjective else _noun_beside(tokens, first, after, taken)
    beside = after < len(tokens) and tokens[after].start == tokens[after - 1].end + 1
    owner = (
        part.country is not None and not part.region and beside and tokens[after].lower in place_words().owned
    )
    kinds = place_words().kinds.get(noun, ())
    return replace(part, kinds=kinds, noun=noun, relation=relation, direction=direction, is_owner=owner)


def _noun_beside(tokens: list[_Token], first: int, after: int, taken: int) -> str:
    """The noun that says what kind of place the name is: after it, in it, or before it with "of".

    A noun before it that stands at ``taken``, right after another name, is that name's.
    """
    kinds = place_words().kinds
    following = [token.lower for token in tokens[after : after + 2]]
    if following and following[0] in kinds and not (following[0] in _TITLE_NOUNS and following[1:] == ["of"]):
        return following[0]
    if after - first > 1 and tokens[after - 1].lower in kinds:
        return tokens[after - 1].lower
    before = [token.lower for token in tokens[max(0, first - 2, taken + 1 if taken else 0) : first]]
    if len(before) == 2 and before[1] == "of" and before[0] in kinds:
        return before[0]
    return before[-1] if before and before[-1] in _TITLE_NOUNS else ""
