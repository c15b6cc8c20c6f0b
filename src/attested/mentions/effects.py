"""What an incident did to things: "burned dozens of huts", "two schools were damaged", "heavy damage to a bridge".

Such words go on about the incident that they stand with or behind; in them it is the words of the harm that are kept.
"""

from __future__ import annotations

from collections.abc import Iterator

from attested.mentions.cases import cases_of
from attested.mentions.coordination import with_conjuncts
from attested.mentions.destruction import done_to, is_on_fire
from attested.mentions.lexicon import family_of, participant_kind, tells_accident
from attested.model import Role, Span
from attested.reading.tokens import Sentence, Token
from attested.speech.hedging import status_of
from attested.text.lemmas import lemmas

_WRECKING = frozenset({"destroy", "loot"})  # families of `data/triggers.toml`
_UNBROKEN = frozenset({"shake", "rock"})
_THINGS = frozenset({"object", "place", ""})
_QUANTITIES = frozenset(
    "dozens scores hundreds thousands tens number handful couple rows majority half".split()
)
_CAUSING = frozenset("cause do inflict sustain suffer wreak report leave".split())


def find_effects(sentence: Sentence) -> Iterator[Role]:
    """Roles "effect", their words from the verb to the last thing harmed, in the order of the text."""
    if tells_accident(token.lower for token in sentence.tokens):
        return
    for token in sentence.tokens:
        if token.upos == "VERB" and _wrecks(sentence, token):
            things = [t for t in _things(sentence, token) if _is_thing(t)]
            if things and status_of(sentence, token.i)[0] == "happened":
                yield _effect(sentence, token, things)
        elif token.lower == "damage" and token.upos == "NOUN" and _is_caused(sentence, token):
            below = [
                d
                for i in (token.i, token.head)
                for d in sentence.dependents(i, "nmod", "obl")
                if d.i > token.i
            ]
            yield _effect(sentence, token, [token, *(d for d in below if "to" in cases_of(sentence, d.i))])


def counted_thing(sentence: Sentence, token: Token) -> Token:
    """ "Dozens of huts": the huts; any other noun is itself."""
    of = [
        d
        for d in sentence.dependents(token.i, "nmod")
        if any(c.lower == "of" for c in sentence.dependents(d.i, "case"))
    ]
    return of[0] if of and token.lower in _QUANTITIES else token


def _wrecks(sentence: Sentence, token: Token) -> bool:
    family = family_of(token.lower, "verb")
    forms = set(lemmas(token.lower))
    if "set" in forms and not is_on_fire(sentence, token):
        return False
    return family is not None and family.name in _WRECKING and not forms & _UNBROKEN


def _things(sentence: Sentence, verb: Token) -> list[Token]:
    found = [counted_thing(sentence, t) for t in done_to(sentence, verb)]
    return list({t.i: t for one in found for t in with_conjuncts(sentence, one)}.values())


def _is_thing(token: Token) -> bool:
    """Whether a noun is a thing that can be wrecked: no people, no hopes."""
    kind = participant_kind(token.text)
    if token.upos not in {"NOUN", "PROPN"} or token.ner.endswith(("PER", "ORG")):
        return False
    return kind in {"structure", "territory"} or (kind is None and token.entity in _THINGS)


def _is_caused(sentence: Sentence, damage: Token) -> bool:
    """ "Caused heavy damage", "the school sustained damage"; "no damage" is told elsewhere (``continuation``)."""
    verb = sentence.tokens[damage.head] if damage.head >= 0 else damage
    none = any(d.lower in {"no", "any", "little"} for d in sentence.dependents(damage.i, "det", "amod"))
    happened = status_of(sentence, verb.i)[0] == "happened"
    return not none and bool(_CAUSING & set(lemmas(verb.lower))) and happened


def _effect(sentence: Sentence, word: Token, things: list[Token]) -> Role:
    """The words from the verb and its things, whichever stands first, to the end of the last of them."""
    inside = [word.i, *(j for t in things for j in _phrase(sentence, t))]
    span = sentence.words(min(inside), max(inside))
    return Role("effect", span, Span(word.start, word.end, word.text))


def _phrase(sentence: Sentence, thing: Token) -> list[int]:
    """A thing's phrase, its number and quantity with it, without clauses that hang on it."""
    above = sentence.tokens[thing.head] if thing.head >= 0 else thing
    top = above if counted_thing(sentence, above).i == thing.i else thing
    return sentence.subtree(top.i, ("punct", "acl", "parataxis", "appos", "advcl", "ccomp", "cc", "conj"))
