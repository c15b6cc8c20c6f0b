"""The table of kinds of speakers, titles and pronouns, and the names of a report's people in full."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from attested.errors import DataError
from attested.reading.tokens import Reading, Sentence
from attested.speech.cues import read_table
from attested.text.normalise import fold


@dataclass(frozen=True)
class SpeakerTable:
    """``data/speaker_words.toml``: kinds of speakers, titles and pronouns."""

    official: frozenset[str]
    witness: frozenset[str]
    media: frozenset[str]
    media_names: frozenset[str]
    newsroom_ends: frozenset[str]
    standings: frozenset[str]
    bodies: frozenset[str]
    titles: Mapping[str, str]
    courtesy: frozenset[str]
    pronouns: Mapping[str, frozenset[str]]
    gender: Mapping[str, frozenset[str]]


@cache
def speaker_words() -> SpeakerTable:
    """The shipped table. Raises DataError when a group is missing."""
    table: dict[str, Any] = read_table("speaker_words.toml")
    try:
        return SpeakerTable(
            frozenset(table["official"]["words"]),
            frozenset(table["witness"]["words"]),
            frozenset(table["media"]["words"]),
            frozenset(fold(name) for name in table["media"]["names"]),
            frozenset(table["newsroom"]["last_words"]),
            frozenset(table["standing"]["words"]),
            frozenset(table["body"]["words"]),
            dict(table["titles"]),
            frozenset(table["courtesy"]["words"]),
            {key: frozenset(row) for key, row in table["pronouns"].items()},
            {key: frozenset(row) for key, row in table["gender"].items()},
        )
    except KeyError as error:
        raise DataError(f"speaker_words.toml lacks {error}") from error


def clean_name(name: str) -> str:
    """A name without a nickname's lone mark: 'Jim” Porter' is Porter."""
    return re.split(r"[\"”“]\s*", name)[-1] if len(re.findall(r"[\"”“]", name)) == 1 else name


def full_names(reading: Reading) -> dict[str, str]:
    """Last word of a person's name, folded -> the longest name that ends in it, if only one does."""
    longest: dict[str, str] = {}
    clashing: set[str] = set()
    for sentence in reading.sentences:
        for name in _people(sentence):
            key = surname(name)
            known = longest.get(key, "")
            one, other = set(fold(known).split()[:-1]), set(fold(name).split()[:-1])
            if one and other and not (one <= other or other <= one):
                clashing.add(key)
            if len(name.split()) > len(known.split()):
                longest[key] = name
    return {key: name for key, name in longest.items() if key not in clashing}


def surname(name: str) -> str:
    """The last word of a name, folded, without an article ("al-")."""
    last = fold(name).split()[-1] if name.split() else ""
    for article in ("al-", "el-", "ul-", "bin-", "ibn-"):
        last = last.removeprefix(article)
    return last


def _people(sentence: Sentence) -> Iterable[str]:
    """Names of people in a sentence, without titles and courtesies."""
    table = speaker_words()
    start: int | None = None
    for i in range(len(sentence.tokens) + 1):
        label = sentence.tokens[i].ner if i < len(sentence.tokens) else "O"
        if start is not None and label == "B-PER" and sentence.tokens[i].deprel == "flat":
            continue  # "James “Jim” Porter"
        if start is not None and label != "I-PER":
            first = start
            while first < i - 1 and sentence.tokens[first].lower.rstrip(".") in table.courtesy | set(
                table.titles
            ):
                first += 1
            yield clean_name(sentence.words(first, i - 1).text)
            start = None
        if label == "B-PER" or (label == "I-PER" and start is None):
            start = i


def is_pronoun(name: str | None) -> bool:
    """Whether a voice has no more name than a pronoun ("he", "it"): nobody was found for it."""
    if name is None or name == "US":
        return False
    return any(name.lower() in words for words in speaker_words().pronouns.values())
