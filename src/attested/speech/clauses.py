"""What the words around a noun or verb say of its form: known or new, past or to come, finite or not."""

from __future__ import annotations

from attested.reading.tokens import Sentence, Token, base
from attested.speech.cues import hedge_table
from attested.speech.subjects import is_infinitive as is_infinitive  # negation and status take it from here
from attested.text.lemmas import lemmas

_DEFINITE = frozenset({"the", "this", "that"})
_PAST = frozenset({"VBD", "VBN"})


def is_definite(sentence: Sentence, noun: Token) -> bool:
    """Whether a noun phrase points to a known thing: the, this, that, or a possessor."""
    return any(
        t.lower in _DEFINITE or t.deprel == "nmod:poss"
        for t in sentence.dependents(noun.i, "det", "nmod:poss")
    )


def is_plural(token: Token) -> bool:
    """Whether a word is a plural noun or name."""
    return token.xpos in {"NNS", "NNPS"}


def is_form_of(token: Token, words: frozenset[str]) -> bool:
    """Whether a word's dictionary form is one of ``words``."""
    return not words.isdisjoint(lemmas(token.lower))


def case_of(sentence: Sentence, token: Token) -> str:
    """The preposition of a phrase, in lower case, or the empty string."""
    return next((t.lower for t in sentence.dependents(token.i, "case")), "")


def is_headline(sentence: Sentence) -> bool:
    """Whether the sentence lacks its full stop, as headlines do; their present tense tells of the past."""
    return not sentence.text.rstrip("\"'”’) ").endswith((".", "!", "?", "…"))


def is_conditional(sentence: Sentence, i: int) -> bool:
    """Whether a word's own clause is a condition, denied or not: "if no price is agreed"."""
    marks = hedge_table().status["hypothetical"]["marks"]
    return any(t.lower in marks for t in sentence.dependents(i, "mark"))


def is_reported(sentence: Sentence, verb: Token) -> bool:
    """Whether a clause hangs below a verb in the past: "said it would" speaks of its own future."""
    above = (t for t in sentence.ancestors(verb.i) if t.xpos in _PAST)
    if any(all(aux.xpos != "MD" for aux in sentence.dependents(t.i, "aux")) for t in above):
        return True
    return any(t.xpos == "VBD" for t in sentence.dependents(verb.i, "parataxis"))


def is_past(sentence: Sentence, verb: Token) -> bool:
    """Whether a clause's verb is a finite past or perfect without a modal."""
    auxiliaries = sentence.dependents(verb.i, "aux", "cop")
    modal = any(t.xpos == "MD" for t in auxiliaries)
    past = verb.xpos == "VBD" or any(t.xpos in {"VBD", "VBZ", "VBP"} for t in auxiliaries)
    if is_infinitive(sentence, verb):  # "feared to have drowned"
        return any(t.lower == "have" for t in auxiliaries)
    return past and not modal and (verb.xpos in _PAST or any(t.xpos == "VBD" for t in auxiliaries))


def is_finite(sentence: Sentence, verb: Token) -> bool:
    """Whether a verb has a tense or auxiliaries of its own."""
    return verb.xpos in {"VBD", "VBZ", "VBP"} or bool(sentence.dependents(verb.i, "aux", "cop"))


def is_bare(sentence: Sentence, verb: Token) -> bool:
    """Whether a verb is an infinitive or a subjunctive ("to be shot", "demanded that it stop")."""
    if is_infinitive(sentence, verb):
        return not is_past(sentence, verb)
    return verb.xpos == "VB" and not any(t.xpos in {"MD", "VBD"} for t in sentence.dependents(verb.i, "aux"))


def before_to(sentence: Sentence, verb: Token) -> str:
    """The word before the "to" of an infinitive, in lower case, or the empty string."""
    to = next((t for t in sentence.dependents(verb.i, "mark") if t.lower == "to"), None)
    return sentence.tokens[to.i - 1].lower if to is not None and to.i > 0 else ""


def is_to_be(sentence: Sentence, verb: Token) -> bool:
    """Whether "is to", "are to" stands before the verb."""
    return before_to(sentence, verb) in {"is", "are", "was", "were"}


def is_reduced(sentence: Sentence, verb: Token) -> bool:
    """Whether a participle stands for a relative clause: "the plan announced in May", "charges arising from it"."""
    return verb.xpos in {"VBN", "VBG"} and not sentence.dependents(verb.i, "mark", "aux")


def is_unlike(sentence: Sentence, token: Token) -> bool:
    """Whether a finite clause is joined to an infinitive: it stands beside what governs that, not below it."""
    if base(token.deprel) != "conj" or not is_infinitive(sentence, sentence.tokens[token.head]):
        return False
    own = sentence.dependents(token.i, "aux", "cop", "nsubj", "mark")
    return bool(own) and not any(t.xpos in {"TO", "VB"} for t in own) and is_finite(sentence, token)
