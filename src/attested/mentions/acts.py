"""The table of acts (``data/acts.toml``): PLOVER roots and modes with the words and frames that tell them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from attested.errors import DataError
from attested.speech.cues import read_table, reporting_table
from attested.text.lemmas import lemmas

ACTS = frozenset(
    "AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST ACCUSE REJECT THREATEN SANCTION PROTEST "
    "MOBILIZE COERCE".split()
)


@dataclass(frozen=True, slots=True)
class ActFrame:
    """One row of the table: an act and where its addressee and topic stand around the word that tells it."""

    act: str
    mode: str
    addressee: tuple[str, ...] = ()
    topic: tuple[str, ...] = ()
    needs: frozenset[str] = frozenset()
    object: frozenset[str] = frozenset()
    auxiliaries: frozenset[str] = frozenset()
    negated: bool | None = None
    public: str = ""


@dataclass(frozen=True)
class ActTable:
    """Frames by dictionary form. ``content[""]`` holds frames for any word (told by their auxiliary)."""

    verbs: Mapping[str, tuple[ActFrame, ...]]
    nouns: Mapping[str, ActFrame]
    content: Mapping[str, tuple[ActFrame, ...]]
    public: frozenset[str]
    state_titles: Mapping[str, str]
    anonymity: frozenset[str]
    mental: frozenset[str]


@cache
def act_table() -> ActTable:
    """The shipped table. Raises DataError naming the row that is wrong."""
    table = read_table("acts.toml")
    verbs: dict[str, tuple[ActFrame, ...]] = {}
    content: dict[str, tuple[ActFrame, ...]] = {}
    nouns: dict[str, ActFrame] = {}
    for key, found in (("verb", verbs), ("content", content)):
        for row in table.get(key, []):
            for word in row["words"] or [""]:
                found[word] = (*found.get(word, ()), _frame(row))
    for row in table.get("noun", []):
        nouns.update({word: _frame(row) for word in row["words"]})
    public, anonymity, mental = (frozenset(table[key]["words"]) for key in ("public", "anonymity", "mental"))
    return ActTable(verbs, nouns, content, public, dict(table["state_titles"]), anonymity, mental)


def known_form(word: str, known: Mapping[str, object] | frozenset[str]) -> str | None:
    """The dictionary form of a word that ``known`` holds, or None."""
    irregular = reporting_table().irregular.get(word.lower())
    forms = (irregular, *lemmas(word)) if irregular else lemmas(word)
    return next((form for form in forms if form in known), None)


_KEYS = {"act", "mode", "words", "addressee", "topic", "needs", "object", "auxiliaries", "negated", "public"}


def _frame(row: Mapping[str, Any]) -> ActFrame:
    """A row as a frame; DataError on an unknown act or key."""
    if row.get("act") not in ACTS:
        raise DataError(f"acts.toml: {row.get('act')!r} is no act; acts: {', '.join(sorted(ACTS))}")
    if extra := set(row) - _KEYS:
        raise DataError(f"acts.toml: unknown key {sorted(extra)} in a row of {row['act']}")
    return ActFrame(
        row["act"],
        row.get("mode", ""),
        tuple(row.get("addressee", ())),
        tuple(row.get("topic", ())),
        frozenset(row.get("needs", ())),
        frozenset(row.get("object", ())),
        frozenset(row.get("auxiliaries", ())),
        row.get("negated"),
        row.get("public", ""),
    )
