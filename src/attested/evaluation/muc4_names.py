"""When two names are one organisation, by MUC-4's rules: articles, nationalities and "guerrillas" do not matter."""

from __future__ import annotations

import re
from collections.abc import Iterable

from attested.mentions.lexicon import participant_kind
from attested.resolve.actor_names import actor_words
from attested.text.countries import country_of
from attested.text.normalise import fold

_WORD = re.compile(r"[\w'-]+")
# "Nonessential modifiers" (scoring-guidelines 3.1.1.1) and words of a group that key and answer both leave out or not.
_LESSER = frozenset(
    "the a an of and group organization guerrillas guerrilla terrorist terrorists commandos commando members unit "
    "units so-called self-styled".split()
)

Key = tuple[str, ...]


def name_words(name: str) -> Key:
    """A name's words that count, in order; all of them where none does."""
    words = [word.removesuffix("'s") for word in _WORD.findall(fold(name))]
    return tuple(word for word in words if word not in _LESSER and not country_of(word)) or tuple(words)


def is_same(ours: Iterable[str], gold: Iterable[str]) -> bool:
    """Whether one of our names is one of the key's: equal, or the longer holds the other as a run of words.

    A word for bodies of a sort is no shorter form of a name ("army", "Army of National Liberation"); initials are.
    """
    found, keys = {name_words(name) for name in ours}, {name_words(name) for name in gold}
    return any(
        a == b or _holds(a, b) or (_is_name(a) and _holds(b, a)) for a in found for b in keys if a and b
    )


def share_name(one: Iterable[str], other: Iterable[str]) -> bool:
    """Whether two answers have a name in common."""
    return not {name_words(name) for name in one}.isdisjoint(name_words(name) for name in other)


def _is_name(words: Key) -> bool:
    return len(words) > 1 or (
        words[0] not in actor_words().state_bodies and participant_kind(words[0]) is None
    )


def _holds(whole: Key, part: Key) -> bool:
    return any(whole[i : i + len(part)] == part for i in range(len(whole) - len(part) + 1))
