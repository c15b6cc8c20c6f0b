"""Who the victims told of before were: "the dead were identified as Ada Brook and Cy Dunn"."""

from __future__ import annotations

from collections.abc import Iterator

from attested.mentions.cases import cases_of
from attested.mentions.coordination import with_conjuncts
from attested.reading.tokens import Sentence, Token
from attested.speech.negation import negated_here
from attested.text.lemmas import lemmas

_NAMING = frozenset({"identify", "name"})
_DEAD = frozenset("dead deceased body bodies corpse corpses murdered killed slain assassinated".split())
_HURT = frozenset("wounded injured hurt".split())
_TAKEN = frozenset("kidnapped abducted hostage hostages captive captives".split())


def identified(sentence: Sentence) -> Iterator[tuple[str, Token]]:
    """(role, name) of the people named as victims; the role is "" where the words do not say what became of them."""
    for verb in sentence.tokens:
        subject = next(iter(sentence.dependents(verb.i, "nsubj")), None)
        if subject is None or negated_here(sentence, verb.i):
            continue
        names = _named_as(sentence, verb, subject)
        words = {sentence.tokens[j].lower for j in sentence.subtree(subject.i, ("acl",))}
        if names and (name := _role(words)) is not None:
            yield from ((name, t) for t in names)


def _named_as(sentence: Sentence, verb: Token, subject: Token) -> list[Token]:
    """The names behind "identified as", or said of a subject by a form of "be"."""
    if subject.ner.endswith("PER"):
        return []
    if _NAMING & set(lemmas(verb.lower)):
        below = [
            d
            for d in sentence.dependents(verb.i, "obl", "xcomp", "nmod", "advcl")
            if "as" in cases_of(sentence, d.i)
            or any(m.lower == "as" for m in sentence.dependents(d.i, "mark"))
        ]
        named = below[:1]
    else:
        named = [verb] if sentence.dependents(verb.i, "cop") else []
    return [t for n in named for t in with_conjuncts(sentence, n) if t.ner.endswith("PER")]


def _role(words: set[str]) -> str | None:
    """What the words of a subject say became of people; None where they are no victims."""
    if words & _DEAD:
        return "killed"
    if words & _HURT:
        return "injured"
    if words & _TAKEN:
        return "target"
    return "" if words & {"victim", "victims"} else None
