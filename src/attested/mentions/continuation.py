"""Sentences that go on about the incident just told without naming it: "No casualties were reported"."""

from __future__ import annotations

from attested.mentions.cases import cases_of
from attested.mentions.destruction import wrecked_things
from attested.mentions.effects import find_effects
from attested.mentions.frames import role
from attested.mentions.lexicon import family_of
from attested.mentions.missing import find_missing
from attested.mentions.outcomes import find_outcomes
from attested.mentions.parts import find_among, find_parts
from attested.mentions.toll_words import find_tolls
from attested.model import Role
from attested.reading.tokens import Sentence, Token, base
from attested.speech.negation import negated_here
from attested.text.lemmas import lemmas

_NEGATIVE = frozenset({"no", "without", "any"})
_HARM_NOUNS = frozenset({"casualties", "casualty", "injuries", "injury", "deaths", "death", "fatalities",
                         "fatality", "victims", "losses", "wounded"})  # fmt: skip
NOBODY = frozenset({"nobody", "none", "noone"})
_DAMAGE_NOUNS = frozenset({"damage", "damages"})
_MEANT = frozenset({"meant", "intended", "aimed", "destined"})


def find_continuation(sentence: Sentence) -> list[Role]:
    """Roles that the sentence adds to the incident before it: "unharmed", "undamaged", "target", a toll."""
    roles: list[Role] = []
    for token in sentence.tokens:
        roles += [role(sentence, "target", t) for t in wrecked_things(sentence, token)]
        if token.lower in _HARM_NOUNS | _DAMAGE_NOUNS and _is_denied(sentence, token):
            name = "undamaged" if token.lower in _DAMAGE_NOUNS else "unharmed"
            roles.append(role(sentence, name, token))
        elif token.lower in {"target", "targets"}:
            roles += _asserted(sentence, token, _intended_target(sentence, token))
        elif token.lower in _MEANT and token.upos == "VERB":
            roles += _asserted(sentence, token, _meant_for(sentence, token))
        elif token.lower in NOBODY:
            roles += _nobody(sentence, token)
    told = [*find_tolls(sentence), *find_missing(sentence), *find_outcomes(sentence)]
    return [*roles, *find_effects(sentence), *told, *find_parts(sentence, told), *find_among(sentence)]


def _asserted(sentence: Sentence, word: Token, roles: list[Role]) -> list[Role]:
    """Roles less those that are denied: "no civilian was our target", "the rockets were not aimed at the base"."""
    heads = [(r, sentence.token_at(r.head.start)) for r in roles]
    return [
        r
        for r, t in heads
        if t is not None and not (negated_here(sentence, t.i) or negated_here(sentence, word.i))
    ]


def _nobody(sentence: Sentence, token: Token) -> list[Role]:
    """ "nobody was killed", "none of them was hurt": a zero for what the verb says."""
    verb = sentence.tokens[token.head] if token.head >= 0 else token
    family = family_of(verb.lower, "verb") if verb.upos == "VERB" else None
    if family is None or not family.result or base(token.deprel) != "nsubj":
        return []
    fields = ("killed", "injured") if "hurt" in lemmas(verb.lower) else (family.result,)
    return [role(sentence, f"none {field}", token) for field in fields]


def _is_denied(sentence: Sentence, token: Token) -> bool:
    """ "no casualties", "no casualties or damage", "there were not any injuries"."""
    head = sentence.tokens[token.head] if token.deprel == "conj" and token.head >= 0 else token
    own = {d.lower for t in (token, head) for d in sentence.dependents(t.i, "det", "case", "advmod")}
    if "any" in own:
        above = sentence.tokens[head.head] if head.head >= 0 else head
        return any(d.lower in {"not", "n't", "n’t"} for d in sentence.dependents(above.i, "advmod"))
    return bool(own & _NEGATIVE)


def _intended_target(sentence: Sentence, token: Token) -> list[Role]:
    """ "the airport was the intended target", "the target was the airport"."""
    subject = next(iter(sentence.dependents(token.i, "nsubj")), None)
    if subject is not None and subject.upos not in {"PRON", "DET"} and sentence.dependents(token.i, "cop"):
        return [role(sentence, "intended target", subject)]
    if token.deprel == "nsubj" and token.head >= 0:
        predicate = sentence.tokens[token.head]
        if predicate.upos in {"NOUN", "PROPN"}:
            return [role(sentence, "intended target", predicate)]
    return []


def _meant_for(sentence: Sentence, verb: Token) -> list[Role]:
    """ "the bomb was meant for a patrol", "the rockets were aimed at the base"."""
    return [
        role(sentence, "intended target", d)
        for d in sentence.dependents(verb.i, "obl")
        if cases_of(sentence, d.i) & {"for", "at"} and d.upos in {"NOUN", "PROPN"}
    ]
