"""Where a toll itself is told: "the death toll has risen to 15", "put the number of dead at 13"."""

from __future__ import annotations

from collections.abc import Iterator

from attested.mentions.frames import role
from attested.model import Role
from attested.reading.tokens import Sentence, Token, base
from attested.speech.negation import negated_here
from attested.text.lemmas import lemmas

RISEN = "risen "
"""What the name of a role begins with whose figure a toll has grown to: earlier ones are out of date."""
# Verbs whose subject, a toll, has reached a figure; and those whose object is brought to one.
_REACHING = frozenset("rise climb reach grow increase jump go stand be pass hit soar exceed".split())
_BRINGING = frozenset("bring put take raise push set revise place lift lower estimate give update".split())
_GROWING = frozenset("rise climb grow increase jump soar raise bring push revise update go pass".split())
_TOLLS = frozenset({"toll", "number", "count", "tally", "figure", "total"})
_DEAD = frozenset("killed dead deaths death fatalities died slain".split())
_HURT = frozenset("injured wounded hurt injuries".split())
_GONE = {"missing": "missing", "abducted": "abducted", "kidnapped": "abducted"}
_MARKS = frozenset({"to", "at", "past", "above"})


def find_tolls(sentence: Sentence) -> Iterator[Role]:
    """Roles "killed", "injured", "missing", "abducted" at the figures that tolls have reached."""
    for token in sentence.tokens:
        if token.lower in _TOLLS and token.upos == "NOUN" and (field := _counted(sentence, token)):
            yield from _reached(sentence, token, field)


def _reached(sentence: Sentence, toll: Token, field: str) -> list[Role]:
    verb = sentence.tokens[toll.head] if toll.head >= 0 else toll
    forms = set(lemmas(verb.lower))
    if verb.upos == "NUM" and sentence.dependents(verb.i, "cop") and base(toll.deprel) == "nsubj":
        return [role(sentence, field, verb)]  # "the death toll is 15"
    if not forms & (_REACHING | _BRINGING) or negated_here(sentence, verb.i):
        return []
    behind = [t for t in sentence.tokens if t.upos == "NUM" and t.i > max(toll.i, verb.i)]
    marked = [t for t in behind if _is_reached(sentence, t, verb)]
    bare = [t for t in behind if t.head == verb.i] if forms & {"reach", "pass", "hit", "exceed", "be"} else []
    number = next(iter([*marked, *bare]), None)
    name = RISEN + field if forms & _GROWING else field
    return [role(sentence, name, number)] if number is not None else []


def _is_reached(sentence: Sentence, number: Token, verb: Token) -> bool:
    """Whether "to" or "at" leads from the verb to the numeral, on itself or on the people it counts."""
    for token in (number, sentence.tokens[number.head] if number.head > number.i else number):
        cases = {c.lower for c in sentence.dependents(token.i, "case")}
        if token.head == verb.i and cases & _MARKS:
            return True
    return False


def _counted(sentence: Sentence, toll: Token) -> str | None:
    """What a toll or number counts: a role's name; None for anything else."""
    below = {sentence.tokens[i].lower for i in sentence.subtree(toll.i)}
    gone = next((_GONE[word] for word in sorted(below & set(_GONE))), None)
    if gone or toll.lower == "toll":
        return gone or ("injured" if below & _HURT and not below & _DEAD else "killed")
    if below & _DEAD:
        return "killed"
    return "injured" if below & _HURT else None
