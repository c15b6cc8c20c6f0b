"""The incident vocabulary, loaded once from ``data/``: triggers, weapons, kinds of participant."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from attested.errors import DataError
from attested.text.lemmas import lemmas

PartOfSpeech = Literal["verb", "noun", "adjective"]
_FAMILY_KEYS = {
    "type", "result", "harms", "verbs", "nouns", "adjectives", "subjects", "objects", "weak", "alone",
}  # fmt: skip
# Kinds of participant that bear arms, and those that may have done or suffered a deed.
ARMED_KINDS = frozenset({"force", "armed_group"})
ACTOR_KINDS = ARMED_KINDS | {"civilian"}
SELVES = frozenset({"himself", "herself", "themselves"})
BESIDE = frozenset(
    {"marchers", "crowd", "stones", "cache", "casualties", "left ground", "base", "government"}
)
"""What ``mentions/beside.py`` looks for: ``subjects`` or ``objects`` of families whose words tell of much else."""
_WEAPON_KEYS = {"name", "type", "munition", "words"}


@dataclass(frozen=True, slots=True)
class Family:
    """Words that speak of one kind of incident. ``type`` is an ACLED sub-event type or "" (others decide).

    ``result`` families say what an incident did to people; ``harms``: whoever it is done to is hurt at least.
    ``weak``: a weapon nearby overrules ``type``. ``alone``: the type where no other word or weapon says more.
    ``subjects`` / ``objects``: the word counts only with such a noun ("munition", "armed"; "territory", "vehicle").
    """

    name: str
    type: str
    result: str
    subjects: str
    objects: str
    weak: bool
    harms: bool
    alone: str = ""


@dataclass(frozen=True, slots=True)
class Weapon:
    """A class of weapon; ``type`` is the sub-event type its use makes, "" if it makes none by itself."""

    name: str
    type: str
    is_munition: bool


def _table(name: str) -> dict[str, Any]:
    """A TOML file of ``attested.data`` as a dict."""
    return tomllib.loads(files("attested.data").joinpath(name).read_text(encoding="utf-8"))


@cache
def _triggers() -> dict[tuple[str, PartOfSpeech], tuple[Family, ...]]:
    """(dictionary form, part of speech) -> its families. Raises DataError on an unknown key."""
    found: dict[tuple[str, PartOfSpeech], list[Family]] = {}
    for name, row in _table("triggers.toml").items():
        if unknown := set(row) - _FAMILY_KEYS:
            raise DataError(f"triggers.toml [{name}]: unknown keys {sorted(unknown)}")
        family = Family(
            name,
            row.get("type", ""),
            row.get("result", ""),
            row.get("subjects", ""),
            row.get("objects", ""),
            row.get("weak", False),
            row.get("harms", False),
            row.get("alone", ""),
        )
        parts: tuple[tuple[PartOfSpeech, str], ...] = (
            ("verb", "verbs"),
            ("noun", "nouns"),
            ("adjective", "adjectives"),
        )
        for part, key in parts:
            for word in row.get(key, []):
                found.setdefault((word, part), []).append(family)
    return {key: tuple(families) for key, families in found.items()}


@cache
def _weapons() -> tuple[dict[tuple[str, ...], Weapon], int]:
    """Words of a weapon phrase -> its class, and the longest phrase's number of words."""
    found: dict[tuple[str, ...], Weapon] = {}
    for row in _table("weapons.toml")["class"]:
        if unknown := set(row) - _WEAPON_KEYS:
            raise DataError(f"weapons.toml {row.get('name')}: unknown keys {sorted(unknown)}")
        weapon = Weapon(row["name"], row["type"], row.get("munition", False))
        for phrase in row["words"]:
            found[tuple(phrase.replace("-", " - ").split())] = weapon
            found[tuple(phrase.split())] = weapon
    return found, max(map(len, found))


@cache
def _participants() -> dict[str, str]:
    """Head noun -> the first kind that lists it (civilian, force, armed_group, structure, territory)."""
    found: dict[str, str] = {}
    for kind in ("force", "armed_group", "civilian", "structure", "territory"):
        for word in _table("participants.toml")[kind]["words"]:
            found.setdefault(word, kind)
    return found


@cache
def _animals() -> frozenset[str]:
    """Nouns for animals."""
    return frozenset(_table("participants.toml")["animal"]["words"])


def is_animal(word: str) -> bool:
    """Whether the noun names an animal."""
    return any(form in _animals() for form in lemmas(word))


@cache
def _armed_names() -> frozenset[str]:
    """Names of armed groups and forces that the list of actors knows, in lower case."""
    rows = (line.split("\t") for line in _lines("actors.tsv")[1:])
    armed = (row for row in rows if row[1] in {"armed group", "force"})
    return frozenset(name.lower() for row in armed for name in (row[0], *row[3].split(";")) if name)


def _lines(name: str) -> list[str]:
    """The lines of a table of ``attested.data``."""
    return files("attested.data").joinpath(name).read_text(encoding="utf-8").splitlines()


def is_armed_name(words: str) -> bool:
    """Whether words are the name of an armed group or force that the list of actors knows."""
    return words.lower().removeprefix("the ") in _armed_names()


@cache
def _territory() -> frozenset[str]:
    """Nouns for ground that changes hands (they may be structures too)."""
    return frozenset(_table("participants.toml")["territory"]["words"])


@cache
def _accident_words() -> frozenset[str]:
    """Words that tell of harm without violence."""
    return frozenset(_table("accidents.toml")["words"])


def tells_accident(words: Iterable[str]) -> str:
    """The first of the words (lower case) that tells of an accident, "" if none does."""
    return next((word for word in words if word in _accident_words()), "")


def family_of(word: str, part: PartOfSpeech) -> Family | None:
    """The trigger family of a word used as this part of speech, or None; of those that only a word beside it makes
    one of an incident ("opened a base") it has none by itself."""
    found = families_of(word, part)
    return next(
        (family for family in found if family.objects not in BESIDE and family.subjects not in BESIDE), None
    )


def families_of(word: str, part: PartOfSpeech) -> tuple[Family, ...]:
    """All trigger families of a word used as this part of speech."""
    table = _triggers()
    return next((table[key] for form in lemmas(word) if (key := (form, part)) in table), ())


def weapon_in(words: list[str], at: int) -> tuple[Weapon, int] | None:
    """The longest weapon phrase starting at ``words[at]`` (lower case) and its number of words, or None."""
    table, longest = _weapons()
    for n in range(min(longest, len(words) - at), 0, -1):
        if weapon := table.get(tuple(words[at : at + n])):
            return weapon, n
    return None


def weapon_type(name: str) -> str:
    """The sub-event type of a weapon class by its name; the name itself for classes without a type."""
    return next((w.type or w.name for w in _weapons()[0].values() if w.name == name), name)


def participant_kind(word: str) -> str | None:
    """civilian, force, armed_group, structure, territory or None for a head noun in any number."""
    table = _participants()
    return next((table[form] for form in _forms(word) if form in table), None)


def _forms(word: str) -> tuple[str, ...]:
    """Dictionary forms of a noun; "newsmen" and "airwomen" too."""
    folded = word.lower()
    return (*lemmas(word), f"{folded[:-2]}an") if folded.endswith("men") else lemmas(word)


def is_territory(word: str) -> bool:
    """Whether the noun is ground that can be captured."""
    return any(form in _territory() for form in lemmas(word))
