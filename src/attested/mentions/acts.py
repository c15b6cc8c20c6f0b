"""Whose acts count and which roots they have (``data/acts.toml``); which words tell them is in ``act_frames``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from attested.reading.tokens import Token
from attested.speech.cues import read_table, reporting_table
from attested.text.lemmas import lemmas

ACTS = frozenset(
    "AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST ACCUSE REJECT THREATEN SANCTION PROTEST "
    "MOBILIZE COERCE".split()
)


@dataclass(frozen=True)
class ActTable:
    """Words of who acts in public, offices by their state, conditions of speaking, verbs of mind, and what else
    tells an act from anything else, by kind."""

    public: frozenset[str]
    state_titles: Mapping[str, str]
    anonymity: frozenset[str]
    mental: frozenset[str]
    kinds: Mapping[str, frozenset[str]]


@cache
def act_table() -> ActTable:
    """The shipped table. Raises DataError if it cannot be read."""
    table = read_table("acts.toml")
    public, anonymity, mental = (frozenset(table[key]["words"]) for key in ("public", "anonymity", "mental"))
    kinds = {name: frozenset(words) for name, words in table["kind"].items()}
    return ActTable(public, dict(table["state_titles"]), anonymity, mental, kinds)


def is_kind(word: Token, kind: str) -> bool:
    """Whether a word, in any form, is in a list of the table."""
    return known_form(word.lower, act_table().kinds[kind]) is not None


def known_form(word: str, known: Mapping[str, object] | frozenset[str]) -> str | None:
    """The dictionary form of a word that ``known`` holds, or None."""
    irregular = reporting_table().irregular.get(word.lower())
    forms = (irregular, *lemmas(word)) if irregular else lemmas(word)
    return next((form for form in forms if form in known), None)
