"""Whom a verb is said of where a parse hangs them on another word, or as something else than a subject."""

from __future__ import annotations

from attested.mentions.cases import cases_of
from attested.mentions.coordination import SAYING, with_conjuncts
from attested.mentions.lexicon import ACTOR_KINDS, participant_kind
from attested.reading.tokens import Sentence, Token, base
from attested.text.lemmas import lemmas

_WOUNDING = frozenset({"wound", "injure"})
_INSIDE_PHRASE = frozenset({"nmod", "compound", "amod", "nummod", "conj"})


def hung_before(sentence: Sentence, verb: Token) -> list[Token]:
    """People before a passive verb that a parse hangs on it as something else than its subject."""
    if not sentence.dependents(verb.i, "aux:pass") or base(verb.deprel) == "conj":
        return []
    hung = sentence.dependents(verb.i, "nmod", "compound", "dep", "appos", "parataxis", "dislocated")
    people = [
        d
        for d in hung
        if d.i < verb.i and (d.entity == "person" or participant_kind(d.text) in ACTOR_KINDS or _is_aged(d))
    ]
    return [d for d in people if (d.upos in {"NOUN", "PROPN"} or _is_aged(d)) and not cases_of(sentence, d.i)]


def _is_aged(token: Token) -> bool:
    """ "One 15-year-old"."""
    return token.lower == "old"


def before_auxiliary(sentence: Sentence, verb: Token) -> list[Token]:
    """ "One person died and four were injured": who stands right before a passive, whatever a parse hangs them on."""
    first = min((d.i for d in sentence.dependents(verb.i, "aux") if d.i < verb.i), default=0)
    if not first or sentence.tokens[first - 1].upos not in {"NOUN", "PROPN", "NUM"}:
        return []
    head = sentence.tokens[first - 1]
    while 0 <= head.head < first and base(head.deprel) in _INSIDE_PHRASE and _is_nominal(sentence, head.head):
        head = sentence.tokens[head.head]
    return with_conjuncts(sentence, head)


def _is_nominal(sentence: Sentence, i: int) -> bool:
    return sentence.tokens[i].upos not in {"VERB", "AUX"}


def given_to_sayer(sentence: Sentence, verb: Token) -> Token | None:
    """ "A man died, reported the paper": who stands before a verb, read as a second subject of the verb of saying."""
    sayer = sentence.tokens[verb.head] if base(verb.deprel) == "ccomp" else verb
    if sayer.i <= verb.i or SAYING.isdisjoint(lemmas(sayer.lower)):
        return None
    subjects = sentence.dependents(sayer.i, "nsubj")
    return subjects[0] if len(subjects) > 1 and subjects[0].i < verb.i else None


def is_of_next(sentence: Sentence, subject: Token, i: int) -> bool:
    """Whether the auxiliary of another verb stands right behind what a parse takes as the subject of verb ``i``."""
    behind = sentence.tokens[subject.i + 1 : subject.i + 2]
    return bool(behind) and behind[0].deprel == "aux:pass" and behind[0].head not in {i, -1} and subject.i > i


def is_of_its_subject(sentence: Sentence, verb: Token) -> bool:
    """Whether a verb of wounding has nobody whom it is done to but its subject."""
    if _WOUNDING.isdisjoint(lemmas(verb.lower)) or verb.xpos not in {"VBD", "VBN"} or verb.upos != "VERB":
        return False
    beside = [verb, *sentence.dependents(verb.i, "conj")]
    if base(verb.deprel) == "conj" or any(sentence.dependents(t.i, "obj", "aux") for t in beside):
        return False
    own = sentence.dependents(verb.i, "nsubj")
    kinds = {participant_kind(t.text) for t in own}
    return bool(own) and kinds <= {"civilian", "force"} and all(t.i < verb.i for t in own)


def first_of_list(sentence: Sentence, noun: Token, is_relative: bool) -> Token:
    """ "A doctor and two nurses who were taken": the first of those whom a clause with "who" is said of."""
    first = (
        sentence.tokens[noun.head] if is_relative and base(noun.deprel) == "conj" and noun.head >= 0 else noun
    )
    return first if first.entity == noun.entity == "person" else noun


def right_before(sentence: Sentence, participle: Token) -> Token | None:
    """ "two dead and six others injured": the noun or numeral that a participle stands right behind.

    Only where the parse hangs the participle on another word of the same coordination.
    """
    if participle.i == 0 or base(participle.deprel) not in {"acl", "conj", "amod", "advcl"}:
        return None
    before = sentence.tokens[participle.i - 1]
    if before.upos == "NUM":
        return before
    coordinated = before.head == participle.head and base(before.deprel) == "conj"
    return before if coordinated and before.upos in {"NOUN", "PROPN"} else None
