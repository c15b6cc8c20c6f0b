"""Who is told as missing: "one is still missing", "12 miners are unaccounted for", "two aid workers went missing"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from attested.mentions.coordination import with_conjuncts
from attested.mentions.frames import role
from attested.mentions.participants import agents, is_passive, patients
from attested.model import Role
from attested.reading.tokens import Sentence, Token, base
from attested.speech.negation import negated_here

_MISSING = frozenset({"missing", "unaccounted"})
_FOUND = frozenset({"found", "located", "rescued", "recovered", "returned"})


def find_missing(sentence: Sentence) -> Iterator[Role]:
    """Roles "missing" of the people whom a sentence says nobody has found."""
    if not _FOUND.isdisjoint(token.lower for token in sentence.tokens):
        return
    for token in sentence.tokens:
        if token.lower in _MISSING and token.upos in {"VERB", "ADJ"} and not negated_here(sentence, token.i):
            yield from (role(sentence, "missing", t) for t in _who(sentence, token) if _is_people(t))


def _who(sentence: Sentence, missing: Token) -> Sequence[Token]:
    above = sentence.tokens[missing.head] if missing.head >= 0 else missing
    if base(missing.deprel) in {"amod", "acl"} and above.upos in {"NOUN", "PROPN", "NUM"}:
        return [above] if sentence.dependents(above.i, "nummod") else []
    own = sentence.dependents(missing.i, "nsubj")
    if own:
        return [t for d in own for t in with_conjuncts(sentence, d)]
    if base(missing.deprel) in {"xcomp", "ccomp", "conj"} and above.upos in {"VERB", "ADJ"}:
        return patients(sentence, above.i) if is_passive(sentence, above.i) else agents(sentence, above.i)
    return []


def _is_people(token: Token) -> bool:
    return token.upos == "NUM" or token.ner.endswith("PER") or token.entity == "person"
