"""The table of deeds and turns (``data/acts.toml``): which words tell what one actor does to another."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from attested.errors import DataError
from attested.mentions.acts import ACTS
from attested.reading.tokens import Token
from attested.speech.cues import read_table, reporting_table
from attested.text.lemmas import lemmas

ROOTS = ACTS | {"ASSAULT"}
# The modes of each root (PLOVER manual v0.8).
MODES = {
    "CONSULT": frozenset("visit third-party multilateral phone".split()),
    "RETREAT": frozenset("withdraw release disarm ceasefire access resign".split()),
    "ACCUSE": frozenset("disapprove investigate allege".split()),
    "THREATEN": frozenset("restrict arrest relations expel territory violence".split()),
    "PROTEST": frozenset("demo riot strike hunger boycott obstruct vandalize".split()),
    "SANCTION": frozenset("convict expel withdraw discontinue".split()),
    "MOBILIZE": frozenset("troops weapons police militia".split()),
    "COERCE": frozenset(
        "seize restrict censor curfew martial-law arrest deport withhold misinformation cyber".split()
    ),
    "ASSAULT": frozenset(
        "abduct beat torture sexual targeted destroy primitive firearms explosives suicide-attack aerial drone "
        "heavy-weapons crowd-control unconventional".split()
    ),
    **dict.fromkeys(("REQUEST", "REJECT"), frozenset("assist change yield meet".split())),
}
# What the table tells apart beyond the modes of PLOVER.
FINER = {"COERCE": frozenset({"blockade", "territory"}), "ACCUSE": frozenset({"claim"})}
_WHAT = {
    "@PERSON": ("person", "PER"),
    "@NAME": ("PER",),
    "@PLACE": ("place", "LOC"),
    "@BODY": ("organization", "ORG"),
}
_CLAUSES = frozenset({"", "any", "to"})
_LISTS = ("object", "subject", "oblique", "near", "without")
_MOODS = frozenset({"will", "not"})
_KEYS = {
    "root",
    "mode",
    "kind",
    "verbs",
    "nouns",
    "adjectives",
    "prep",
    "clause",
    "mood",
    "undergone",
    *_LISTS,
}
_SAME = "="
_NOMINAL = frozenset({"NOUN", "PROPN", "SYM", "NUM"})


@dataclass(frozen=True, slots=True)
class Nouns:
    """A list of words in dictionary form, nouns of the classes, and what the reader may take a word for."""

    words: frozenset[str] = frozenset()
    classed: frozenset[str] = frozenset()
    entities: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.words or self.classed or self.entities)

    def holds(self, token: Token) -> bool:
        """Whether the list has the word of a token, in any form, or what the token is; names are no words."""
        return self.meets(Words.of([token]))

    def meets(self, words: Words) -> bool:
        """Whether the list holds one of several words."""
        return not (
            self.words.isdisjoint(words.forms)
            and self.classed.isdisjoint(words.nouns)
            and self.entities.isdisjoint(words.kinds)
        )


@dataclass(frozen=True, slots=True)
class Words:
    """Words in all their forms, those of them that are nouns, and what the reader takes the words for."""

    forms: frozenset[str]
    nouns: frozenset[str]
    kinds: frozenset[str]

    @classmethod
    def of(cls, tokens: Iterable[Token]) -> Words:
        """The words of tokens; names are no words."""
        found: set[str] = set()
        nouns: set[str] = set()
        kinds: set[str] = set()
        for token in tokens:
            kinds |= {token.entity, token.ner[2:]}
            if token.ner == "O":
                known = forms(token.lower)
                found.update(known)
                if token.upos in _NOMINAL:
                    nouns.update(known)
        return cls(frozenset(found), frozenset(nouns), frozenset(kinds))


@dataclass(frozen=True, slots=True)
class Deed:
    """One row: the root or turn that its words tell where its conditions hold."""

    name: str
    mode: str
    is_turn: bool
    object: Nouns
    subject: Nouns
    oblique: Nouns
    near: Nouns
    without: Nouns
    prep: frozenset[str]
    clause: str
    mood: frozenset[str]
    is_undergone: bool

    @property
    def n_conditions(self) -> int:
        """How much must stand around the word for the row to tell."""
        asked = (self.object, self.subject, self.oblique, self.near, self.prep, self.clause, self.mood)
        return sum(map(bool, asked)) + bool(self.clause)


# By one word of an entry: its other word ("" if it has none), whether that comes after, and the row.
Rows = Mapping[str, tuple[tuple[str, bool, Deed], ...]]


@dataclass(frozen=True)
class DeedTable:
    """Rows by verb, noun and adjective, what each turn makes of each root, and nouns that only measure others."""

    verbs: Rows
    nouns: Rows
    adjectives: Rows
    turned: Mapping[str, Mapping[str, str]]
    turned_mode: Mapping[str, Mapping[str, str]]
    measures: Nouns

    def turn(self, kind: str, root: str) -> str:
        """The root that a turn makes of another; "" stands for none, of either."""
        row = self.turned[kind]
        found = row.get(root, row.get("*", "") if root else "")
        return root if found == _SAME else found

    def mode_of_turned(self, root: str, below: str, mode: str) -> str:
        """The mode of an act that a turn made of another with the root ``below`` and a mode."""
        row = self.turned_mode.get(root, {})
        return row.get(mode) or row.get(below, "")


@cache
def deed_table() -> DeedTable:
    """The shipped table. Raises DataError naming the row that is wrong."""
    table = read_table("acts.toml")
    classes = {f"@{name}": words for name, words in table["class"].items()}
    turned = {kind: dict(row) for kind, row in table["turned"].items()}
    for kind, row in turned.items():
        if wrong := (set(row) - ROOTS - {"", "*"}) | (set(row.values()) - ROOTS - {"", _SAME}):
            raise DataError(f"acts.toml [turned.{kind}]: {sorted(wrong)[0]!r} is no root")
    for root, made in table["turned_mode"].items():
        _check_turned_mode(root, made)
    rows = [(_deed(row, classes, turned), row) for key in ("deed", "turn") for row in table[key]]
    verbs, nouns, adjectives = (_by_word(rows, part) for part in ("verbs", "nouns", "adjectives"))
    measures = _nouns(["@measure"], classes, "measures")
    return DeedTable(verbs, nouns, adjectives, turned, table["turned_mode"], measures)


def _check_turned_mode(root: str, row: Mapping[str, str]) -> None:
    """Raises DataError unless a row of [turned_mode] makes PLOVER modes of its root, of roots and modes."""
    known = ROOTS.union(*MODES.values(), *FINER.values())
    if root not in MODES:
        raise DataError(f"acts.toml [turned_mode.{root}]: {root!r} is no root with modes")
    if wrong := set(row) - known:
        raise DataError(f"acts.toml [turned_mode.{root}]: {min(wrong)!r} is no root and no mode")
    if wrong := set(row.values()) - MODES[root]:
        raise DataError(f"acts.toml [turned_mode.{root}]: {min(wrong)!r} is no mode of {root}")


def _by_word(rows: list[tuple[Deed, dict[str, Any]]], part: str) -> Rows:
    """Rows by each word of their entries of a part of speech, those with most conditions first."""
    found: dict[str, list[tuple[str, bool, Deed]]] = {}
    for deed, row in rows:
        for entry in row.get(part, ()):
            first, _, second = entry.partition(" ")
            found.setdefault(first, []).append((second, True, deed))
            if second:
                found.setdefault(second, []).append((first, False, deed))
    return {word: tuple(sorted(deeds, key=lambda d: -d[2].n_conditions)) for word, deeds in found.items()}


def _deed(row: Mapping[str, Any], classes: Mapping[str, list[str]], turned: Collection[str]) -> Deed:
    """A row of the table. Raises DataError for an unknown key, root, kind or class."""
    name, is_turn = row.get("root") or row.get("kind", ""), "kind" in row
    if extra := set(row) - _KEYS:
        raise DataError(f"acts.toml: unknown key {sorted(extra)[0]!r} in a row of {name}")
    known = MODES.get(name, frozenset()) | FINER.get(name, frozenset())
    mode, modes = row.get("mode", ""), frozenset().union(*MODES.values()) if is_turn else known
    if mode and mode not in modes:
        raise DataError(f"acts.toml: {mode!r} is no mode of {name}")
    if name not in (turned if is_turn else ROOTS):
        raise DataError(f"acts.toml: {name!r} is no {'turn' if is_turn else 'root'}")
    lists = {key: _nouns(row.get(key, ()), classes, name) for key in _LISTS}
    prep, clause = frozenset(row.get("prep", ())), row.get("clause", "")
    if clause not in _CLAUSES:
        raise DataError(f"acts.toml: {clause!r} is no clause, in a row of {name}")
    if wrong := set(mood := frozenset(row.get("mood", ()))) - _MOODS:
        raise DataError(f"acts.toml: {min(wrong)!r} is no mood, in a row of {name}")
    return Deed(
        name,
        row.get("mode", ""),
        is_turn,
        **lists,
        prep=prep,
        clause=clause,
        mood=mood,
        is_undergone=row.get("undergone", False),
    )


def _nouns(words: Collection[str], classes: Mapping[str, list[str]], name: str) -> Nouns:
    """A list of nouns with its classes spelt out."""
    plain: set[str] = set()
    classed: set[str] = set()
    entities: set[str] = set()
    for word in words:
        if word in _WHAT:
            entities.update(_WHAT[word])
        elif word in classes:
            classed.update(classes[word])
        elif word.startswith("@"):
            raise DataError(f"acts.toml: no class {word[1:]!r}, named in a row of {name}")
        else:
            plain.add(word)
    return Nouns(frozenset(plain), frozenset(classed), frozenset(entities))


@cache
def _irregular() -> Mapping[str, str]:
    """Forms of verbs that suffix rules do not find."""
    return {**reporting_table().irregular, **read_table("acts.toml")["irregular"]}


@cache
def forms(word: str) -> tuple[str, ...]:
    """The dictionary forms that a word in lower case may come from, itself first."""
    irregular = _irregular().get(word)
    return (*lemmas(word), irregular) if irregular else lemmas(word)
