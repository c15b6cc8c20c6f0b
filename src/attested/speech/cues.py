"""The cue tables: words that report speech, and words that hedge. Loaded once, refused if malformed."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, get_args

from attested.errors import DataError
from attested.model import Hedge
from attested.text.lemmas import lemmas

# Weakest commitment last: when several cues apply, the later one wins. "denied" stands outside the scale.
HEDGE_ORDER: tuple[Hedge, ...] = ("fact", "reported", "claimed", "alleged", "suspected", "possible", "denied")


@dataclass(frozen=True, slots=True)
class VerbCue:
    """A verb of speech or thought, and what may hold its content: "ccomp", "xcomp", "quote" (beside it)."""

    lemma: str
    hedge: Hedge
    content: frozenset[str] = frozenset()
    is_speech: bool = True


@dataclass(frozen=True, slots=True)
class NounCue:
    """A noun of speech or thought and the prepositions after which its content may stand."""

    hedge: Hedge
    after: frozenset[str]


@dataclass(frozen=True)
class ReportingTable:
    """``data/reporting_verbs.toml``: cues of attribution by dictionary form."""

    verbs: Mapping[str, VerbCue]
    nouns: Mapping[str, NounCue]
    light: frozenset[str]
    vehicles: frozenset[str]
    irregular: Mapping[str, str]

    def lemma_in(self, word: str, known: Iterable[str] | Mapping[str, object]) -> str | None:
        """The dictionary form of a word that ``known`` holds, or None."""
        found = self.irregular.get(word.lower())
        forms = (found,) if found else lemmas(word)
        return next((form for form in forms if form in known), None)


@dataclass(frozen=True)
class HedgeTable:
    """``data/hedges.toml``: doubt, negation and what has not happened (yet)."""

    words: Mapping[str, Hedge]
    passive: Mapping[str, Hedge]
    modals: frozenset[str]
    negation: Mapping[str, frozenset[str]]
    status: Mapping[str, Mapping[str, frozenset[str]]]


def read_table(name: str) -> dict[str, Any]:
    """A TOML table shipped in ``attested.data``. Raises DataError when it cannot be read."""
    try:
        return tomllib.loads(resources.files("attested.data").joinpath(name).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise DataError(f"{name}: cannot read the table: {error}") from error


@cache
def reporting_table() -> ReportingTable:
    """The shipped cues of attribution. Raises DataError naming the row that is wrong."""
    table = read_table("reporting_verbs.toml")
    verbs: dict[str, VerbCue] = {}
    nouns: dict[str, NounCue] = {}
    for row in _rows(table, "verb", {"hedge", "content", "speech", "words"}):
        hedge, content = _hedge(row["hedge"]), frozenset(row["content"])
        for word in row["words"]:
            _once(verbs, word)
            verbs[word] = VerbCue(word, hedge, content, row.get("speech", True))
    for row in _rows(table, "noun", {"hedge", "after", "words"}):
        for word in row["words"]:
            _once(nouns, word)
            nouns[word] = NounCue(_hedge(row["hedge"]), frozenset(row["after"]))
    return ReportingTable(
        verbs,
        nouns,
        frozenset(table["light"]["words"]),
        frozenset(table["vehicle"]["words"]),
        dict(table["irregular"]),
    )


@cache
def hedge_table() -> HedgeTable:
    """The shipped hedges. Raises DataError when a hedge is none of model.Hedge."""
    table = read_table("hedges.toml")
    words = {word: _hedge(key) for key, row in table["hedge"].items() for word in row}
    passive = {word: _hedge(key) for key, row in table["passive"].items() for word in row}
    negation = {key: frozenset(row) for key, row in table["negation"].items()}
    status = {
        kind: {key: frozenset(row) for key, row in group.items()} for kind, group in table["status"].items()
    }
    return HedgeTable(words, passive, frozenset(table["modal"]["words"]), negation, status)


def weaker(left: Hedge, right: Hedge) -> Hedge:
    """The hedge of the two that commits less."""
    return max(left, right, key=HEDGE_ORDER.index)


def _rows(table: Mapping[str, Any], key: str, known: set[str]) -> list[dict[str, Any]]:
    """The rows ``[[key]]``; DataError if one has a key that is not known or lacks its words."""
    rows: list[dict[str, Any]] = table.get(key, [])
    for row in rows:
        if extra := set(row) - known:
            raise DataError(f"[[{key}]]: unknown key {sorted(extra)}; known: {sorted(known)}")
        if not row.get("words"):
            raise DataError(f"[[{key}]]: a row without words")
    return rows


def _hedge(value: str) -> Hedge:
    """The value as a Hedge; DataError otherwise."""
    for hedge in get_args(Hedge):
        if value == hedge:
            return hedge  # type: ignore[no-any-return]
    raise DataError(f"{value!r} is no hedge; hedges: {', '.join(get_args(Hedge))}")


def _once(seen: Mapping[str, object], word: str) -> None:
    """DataError if a word stands in two rows: it could only follow one of them."""
    if word in seen:
        raise DataError(f"{word!r} stands in two rows of reporting_verbs.toml")
