"""Whom a noun of harm tells of where a parse hangs them on another word: "the murder in Goma of two judges"."""

from __future__ import annotations

from attested.mentions.coordination import with_conjuncts
from attested.mentions.hits import Hit
from attested.mentions.lexicon import ACTOR_KINDS, participant_kind
from attested.reading.tokens import Sentence, Token

_FARTHEST_OF = 7  # words between a noun and its "of": "the killings during the past 72 hours of a judge"
_OWNING = frozenset({"'s", "’s", "'", "’"})


def hung_elsewhere(sentence: Sentence, hit: Hit) -> list[Token]:
    """Who was killed or hurt by the word of a name right before it, or of the first "of" behind it."""
    attempted = any(d.lower == "attempted" for d in sentence.dependents(hit.i, "amod"))
    if hit.part != "noun" or not hit.family.result or attempted:
        return []
    owner = _owner(sentence, hit.i)
    top = owner or _behind_of(sentence, hit.i)
    return with_conjuncts(sentence, top) if top is not None else []


def _owner(sentence: Sentence, i: int) -> Token | None:
    """ "Presidential hopeful Ada Brook's murder": the name that stands before the noun, whatever it hangs on."""
    if i < 2 or sentence.tokens[i - 1].lower not in _OWNING:
        return None
    first = i - 2
    while sentence.tokens[first].ner == "I-PER" and first > 0:
        first -= 1
    return sentence.tokens[first] if sentence.tokens[first].ner == "B-PER" else None


def _behind_of(sentence: Sentence, i: int) -> Token | None:
    """The people behind the first "of" of a noun, with no verb and no comma between."""
    for token in sentence.tokens[i + 1 : i + 1 + _FARTHEST_OF]:
        if token.lower == "of":
            return _people_at(sentence, token)
        if token.upos in {"VERB", "AUX", "PUNCT"}:
            return None
    return None


def _people_at(sentence: Sentence, of: Token) -> Token | None:
    """The topmost word behind an "of" that the parse hangs it on, if that is people."""
    top = sentence.tokens[of.head] if of.head > of.i else None
    while top is not None and top.head > of.i:
        top = sentence.tokens[top.head]
    return top if top is not None and _is_people(top) else None


def _is_people(token: Token) -> bool:
    return (
        token.entity == "person" or token.ner.endswith("PER") or participant_kind(token.text) in ACTOR_KINDS
    )
