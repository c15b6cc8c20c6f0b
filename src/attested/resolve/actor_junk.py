"""Names that a tagger takes for somebody and that name nobody: weapons, laws, newsrooms, titles, common nouns."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from attested.mentions.lexicon import weapon_in
from attested.reports.tables import outlets
from attested.resolve.actor_names import actor_words, is_acronym, name_key
from attested.speech.describing import media_name
from attested.stories.terms import parse_background, stem
from attested.text.normalise import fold


def names_nobody(name: str) -> bool:
    """Whether a tagged name names no actor, whatever the report."""
    words = name_key(name).split()
    vocabulary = actor_words()
    if not words or all(word in vocabulary.titles for word in words):
        return True
    is_thing = words[-1] in vocabulary.things and not vocabulary.offices & set(words)
    if is_thing or words[-1] in vocabulary.cut or words[0] in vocabulary.operations:
        return True
    if is_office_part(name) or is_newsroom(name):
        return True
    weapon = weapon_in(words, 0)
    return (weapon is not None and weapon[1] == len(words)) or is_common_noun(name)


def is_common_noun(name: str) -> bool:
    """Whether one capitalised word is a noun of any news report ("Authorities"), not initials."""
    if len(name.split()) != 1 or is_acronym(name):
        return False
    return fold(name) in actor_words().nouns_alone or stem(fold(name)) in _common()


def is_newsroom(name: str) -> bool:
    """Whether a name is a newsroom's: it speaks as a voice and is no actor."""
    return media_name(name) or name_key(name) in _outlets()


def is_office_part(name: str) -> bool:
    """Whether a name is the tail of a title: "Consular Affairs" of "assistant secretary for ..."."""
    words = name_key(name).split()
    return words[-1:] == ["affairs"] and not actor_words().offices & set(words)


@cache
def _common() -> frozenset[str]:
    """Stems of the words of everyday news prose."""
    table = files("attested.data").joinpath("stopwords_news.tsv").read_text(encoding="utf-8")
    return frozenset(parse_background(table))


@cache
def _outlets() -> frozenset[str]:
    return frozenset(name_key(name) for name in outlets())
