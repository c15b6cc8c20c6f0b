"""Names of persons and bodies made comparable: titles off, spellings of one name brought together."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from attested.errors import DataError
from attested.resolve.place_index import loose_key
from attested.text.countries import cell_list, countries, land_of, shipped_table
from attested.text.normalise import fold

ACTOR_COLUMNS = ("name", "kind", "country", "aliases")
ACTOR_KINDS = frozenset(
    {"armed group", "state forces", "intelligence body", "international body", "government body", "party",
     "organisation", "police", "person", "body", "country"}
)  # fmt: skip
WORDS_TABLE = "actors_words.toml"
_SECTIONS = {"titles", "particles", "suffixes", "state_bodies", "cut", "acts", "nobody", "forms"}
_ACTS = {"words", "being", "helping", "nouns"}
_NOBODY = {"things", "operations", "offices", "alone"}
_KEPT = 50_000

_WORD = re.compile(r"(?:[A-Za-z]\.){2,}|[^\W_]+(?:[’'-][^\W_]+)*")
_POSSESSIVE = re.compile(r"(?:['’]s|(?<=s)['’])$")
_ARTICLE = re.compile(r"\b(?:al|el|as|ash|at|ad|ar|az|an)[- ](?=\w{3})")
_QUOTED_NICKNAME = re.compile(r"\s[“\"'‘(][\w.\- ]+[”\"'’)]\s")
_DEFINED = re.compile(r"\(\s*(?:the\s+)?[“\"']?([A-Z][A-Za-z\-]{1,9})[”\"']?\s*\)")
_LONGEST_FULL = 90  # characters before an acronym's bracket in which its full name stands
_EDGES = " ,;:'\"“”‘’()"
_DOTTED = re.compile(r"\b(?:[A-Z]\.)+[A-Z]$")  # "U.N" of "U.N." cut at its last stop
_INITIAL = re.compile(r"\b([A-Z])\.(?=[A-Z][a-z])")  # "R.Silva" is "R. Silva"; "U.S." stays whole
_MARKS = re.compile(r"[^\w ]+")


@dataclass(frozen=True, slots=True)
class ActorWords:
    """The shipped vocabulary around actors' names."""

    titles: frozenset[str]
    particles: frozenset[str]
    suffixes: frozenset[str]
    state_bodies: Mapping[str, str]
    cut: frozenset[str]
    acts: frozenset[str]
    being: frozenset[str]
    helping: frozenset[str]
    nouns: frozenset[str]
    things: frozenset[str]
    operations: frozenset[str]
    offices: frozenset[str]
    nouns_alone: frozenset[str]
    forms: frozenset[str]


@dataclass(frozen=True, slots=True)
class KnownActor:
    """A row of ``actors.tsv``."""

    name: str
    kind: str
    country: str | None
    aliases: tuple[str, ...]


@cache
def actor_words() -> ActorWords:
    """The vocabulary of ``actors_words.toml``. Raises DataError when it is malformed."""
    return parse_actor_words(
        tomllib.loads(files("attested.data").joinpath(WORDS_TABLE).read_text(encoding="utf-8"))
    )


def parse_actor_words(table: dict[str, Any]) -> ActorWords:
    """The vocabulary from a parsed TOML table. Raises DataError on a section or kind that is not known."""
    if set(table) != _SECTIONS or set(table["acts"]) != _ACTS or set(table["nobody"]) != _NOBODY:
        raise DataError(f"{WORDS_TABLE}: needs exactly {', '.join(sorted(_SECTIONS))}")
    wrong = sorted(set(table["state_bodies"].values()) - ACTOR_KINDS)
    if wrong:
        raise DataError(
            f"{WORDS_TABLE}: kinds {', '.join(wrong)} are none of {', '.join(sorted(ACTOR_KINDS))}"
        )
    return ActorWords(
        titles=frozenset(table["titles"]),
        particles=frozenset(table["particles"]),
        suffixes=frozenset(table["suffixes"]),
        state_bodies=MappingProxyType(dict(table["state_bodies"])),
        cut=frozenset(table["cut"]["words"]),
        acts=frozenset(table["acts"]["words"]),
        being=frozenset(table["acts"]["being"]),
        helping=frozenset(table["acts"]["helping"]),
        nouns=frozenset(table["acts"]["nouns"]),
        things=frozenset(table["nobody"]["things"]),
        operations=frozenset(table["nobody"]["operations"]),
        offices=frozenset(table["nobody"]["offices"]),
        nouns_alone=frozenset(table["nobody"]["alone"]),
        forms=frozenset(table["forms"]["words"]),
    )


@cache
def known_actors() -> tuple[KnownActor, ...]:
    """The rows of ``actors.tsv``. Raises DataError when one breaks the rules."""
    found = []
    for row in shipped_table("actors.tsv", ACTOR_COLUMNS):
        if row["kind"] not in ACTOR_KINDS or (row["country"] and row["country"] not in countries()):
            raise DataError(f"actors.tsv {row['name']!r}: no such kind or country")
        found.append(KnownActor(row["name"], row["kind"], row["country"] or None, cell_list(row["aliases"])))
    if len({actor.name for actor in found}) != len(found):
        raise DataError("actors.tsv: a name stands twice")
    return tuple(found)


@cache
def known_by_key() -> Mapping[str, tuple[KnownActor, ...]]:
    """Curated actors by the key of each of their names."""
    found: dict[str, dict[str, KnownActor]] = {}
    for actor in known_actors():
        for name in (actor.name, *actor.aliases):
            found.setdefault(name_key(name), {})[actor.name] = actor
    return MappingProxyType({key: tuple(actors.values()) for key, actors in found.items()})


@cache
def known_by_sound() -> Mapping[str, tuple[KnownActor, ...]]:
    """Curated actors by the sound of their names of two words and more: other romanisations meet here."""
    found: dict[str, dict[str, KnownActor]] = {}
    for actor in known_actors():
        for name in (actor.name, *actor.aliases):
            key = name_key(name)
            if " " in key:
                found.setdefault(sound_key(key), {})[actor.name] = actor
    return MappingProxyType({key: tuple(actors.values()) for key, actors in found.items()})


@lru_cache(maxsize=_KEPT)
def name_key(name: str) -> str:
    """The name for comparison: folded, without marks, "the", the Arabic article and a possessive."""
    key = _ARTICLE.sub("", fold(_POSSESSIVE.sub("", _INITIAL.sub(r"\1 ", name.strip()))))
    key = _MARKS.sub("", key.replace("-", " ").replace("/", " ")).strip()
    return " ".join(key.removeprefix("the ").split())


@lru_cache(maxsize=_KEPT)
def sound_key(name: str) -> str:
    """The consonants of a name under one romanisation: Qasem, Qassim and Kassem give the same."""
    loose = loose_key(name_key(name)).replace("kh", "k").replace("c", "k").replace("z", "s")
    return loose[:1].translate(_VOWEL_START) + re.sub("[aeiou]", "", loose[1:])


_VOWEL_START = str.maketrans("eiou", "aaaa")


@lru_cache(maxsize=_KEPT)
def clean_person(text: str) -> str:
    """A person's name as written, without titles and offices before it and a possessive after it."""
    text = _POSSESSIVE.sub("", text.strip(_EDGES + "."))
    words = [(m.start(), m.group()) for m in _WORD.finditer(text)]
    is_title = [fold(word).replace(".", "") in actor_words().titles for _, word in words]
    first = 0
    while first < len(words) - 1 and (is_title[first] or (is_title[first + 1] and land_of(words[first][1]))):
        first += 1
    return text[words[first][0] :].strip() if words else ""


@lru_cache(maxsize=_KEPT)
def person_parts(name: str) -> tuple[tuple[str, ...], str]:
    """(given names, surname) as keys; the given names are empty for a surname alone ("bin Laden")."""
    plain = _QUOTED_NICKNAME.sub(" ", f" {name} ").strip()
    nickname = _QUOTED_NICKNAME.search(f" {name} ")
    words = [w for w in name_key(plain).split() if w not in actor_words().suffixes]
    if not words:
        return (), ""
    if len(plain.split()) == 1 and not nickname:
        return (), words[-1]  # "Abdel-Rahim" alone is no given name and surname
    given = [w for w in words[:-1] if w not in actor_words().particles]
    if nickname:
        given += [w for w in name_key(nickname.group()).split() if w not in actor_words().particles]
    return tuple(given), words[-1]


def clean_body(text: str) -> str:
    """A body's name as written, without "the" and a possessive."""
    text = _POSSESSIVE.sub("", text.strip(_EDGES + "."))
    if _DOTTED.search(text):
        text += "."
    return text[4:] if text[:4].lower() == "the " else text


def is_acronym(text: str) -> bool:
    """Whether a name is initials ("PMF", "M23", "IRGC")."""
    bare = text.replace(".", "")
    return (
        2 <= len(bare) <= 6
        and bare.upper() == bare
        and bare.replace("-", "").isalnum()
        and not bare.isdigit()
    )


def find_definitions(text: str) -> Iterator[tuple[int, str, str]]:
    """(offset, full name, acronym) wherever a text defines one: "Northern River Front (NRF)"."""
    for match in _DEFINED.finditer(text):
        acronym = match[1]
        if sum(c.isupper() for c in acronym) < 2:
            continue
        start = max(0, match.start() - _LONGEST_FULL)
        before = text[start : match.start()]
        full = _spelt_out(before.split(), acronym)
        if full:
            yield start + before.rindex(full.split()[0]), full, acronym


def _spelt_out(words: list[str], acronym: str) -> str | None:
    """The shortest run of words at the end whose initials hold the acronym's letters in order."""
    letters = [c.lower() for c in acronym if c.isupper()]
    for n in range(max(1, len(letters) - 2), len(words) + 1):
        run = words[-n:]
        if not run[0][:1].isupper() or fold(run[0]) in ("the", "a"):
            continue
        initials = [p[:1].lower() for word in run for p in re.split(r"[-’']", word) if p]
        if initials[0] == letters[0] and _in_order(letters, initials):
            return " ".join(run)
    return None


def _in_order(letters: list[str], initials: list[str]) -> bool:
    """Whether the letters stand in the initials in this order."""
    rest = iter(initials)
    return all(letter in rest for letter in letters)
