"""States as actors: their bodies ("Iraqi military"), and where a country or its seat of government acts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from attested.resolve.actor_names import actor_words
from attested.text.countries import CountryWord, countries

_FOLLOWING = re.compile(r"(?:['’]s?)?\s+([A-Za-z-]+)(?:\s+([A-Za-z]+))?")
_NEXT_WORDS = re.compile(r"\s+([a-z]+)(?:\s+[a-z]+){0,4}")
_CAPITAL_BEFORE = re.compile(r"([A-Z]\w+) $")
_WORD_BEFORE = re.compile(r"([A-Za-z]+)\s+$")
_PLACE_CUES = frozenset("in at near from of outside inside around across within between".split())
# Small words between a helping verb and the verb ("has not yet answered").
_BETWEEN = frozenset("not yet never already also long now still once since again so far".split())


def state_bodies(text: str, words: Iterable[CountryWord]) -> Iterator[tuple[str, str, str]]:
    """(words, country, noun) for "Iraqi military", "Iraq's military"; not for the "South Wales Police"."""
    for word in words:
        match = _FOLLOWING.match(text[word.span.end : word.span.end + 40])
        is_adjective = word.span.text in countries()[word.code].adjectives
        if not match or not (is_adjective or match.group().startswith(("'", "’"))):
            continue
        before = _CAPITAL_BEFORE.search(text[max(0, word.span.start - 20) : word.span.start])
        if before and before[1] != "The" and not is_adjective:
            continue
        first, both = match[1].lower(), f"{match[1]} {match[2]}".lower() if match[2] else ""
        noun = both if both in actor_words().state_bodies else first
        if noun in actor_words().state_bodies:
            end = word.span.end + (match.end(2) if noun == both else match.end(1))
            yield text[word.span.start : end], word.code, noun


def acts(text: str, word: CountryWord) -> bool:
    """Whether a country or its seat of government does something here ("Ankara denied", "Peru has said").

    A seat is a city too: "Paris was quiet" and "the Paris attacks" say nothing of a government.
    """
    if word.kind not in ("name", "government"):
        return False
    before = _WORD_BEFORE.search(text[max(0, word.span.start - 30) : word.span.start])
    if before and before[1].lower() in _PLACE_CUES:
        return False
    after = _NEXT_WORDS.match(text[word.span.end : word.span.end + 60])
    if not after:
        return False
    vocabulary, verb = actor_words(), after[1]
    if word.kind == "name":
        return verb in vocabulary.acts
    if verb in vocabulary.helping:
        verb = next((w for w in after[0].split()[1:] if w not in _BETWEEN and not w.endswith("ly")), "")
        return verb.endswith("ed") or (verb in vocabulary.acts and verb not in vocabulary.being)
    return verb in vocabulary.acts - vocabulary.nouns - vocabulary.being
