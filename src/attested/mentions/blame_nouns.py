"""Blame that a noun lays: the work of X, the hallmarks of X, its part in it, suspicion fell on X, X is the killer."""

from __future__ import annotations

from attested.mentions.blame_parts import Blame, Clause, by_case, is_negated
from attested.mentions.organisations import is_body
from attested.mentions.participants import agents, is_passive, patients
from attested.reading.tokens import Token, base
from attested.text.lemmas import lemmas

# Nouns for whoever did it: "the murderers are members of the army", "the author of the attack was the M23".
DOERS = frozenset(
    "author perpetrator mastermind culprit murderer assassin killer attacker kidnapper captor bomber assailant "
    "suspect".split()
)
WORKS = frozenset({"work", "handiwork", "doing"})
# Nouns that are somebody's deed only where they say of a deed whose it was: "the bombing was an act of the rebels".
DEED_NOUNS = frozenset("action act crime operation deed manoeuvre maneuver provocation response".split())
MARKS = frozenset("hallmark trademark signature fingerprint".split())
SUSPICION = frozenset({"suspicion", "blame", "responsibility", "accusation"})
PARTS = frozenset(
    "involvement participation complicity role part hand responsibility authorship guilt culpability".split()
)
# What is said of a part in it by those who had it; the rest of ``owning.responsibility``.
_OWN_VERBS = frozenset(
    "claim admit assume take accept have deny reject disclaim refuse play acknowledge shoulder avoid".split()
)
# "called the work of X", "described as the work of X".
_NAMING = frozenset(
    "call consider deem label term describe see regard view condemn believe think know".split()
)
_BEARING = frozenset({"bear", "have", "carry", "show"})


def works_of(clause: Clause, noun: Token) -> list[Blame]:
    """ "the bombing was the work of X", "is believed to be the work of X", "in what police called the work of X"."""
    cases = by_case(clause.sentence, noun)
    who = cases.get("of") or cases.get("by") or cases.get("from")
    subjects = clause.subjects(noun)
    deed = next((t for t in subjects if clause.is_deed(t)), None)
    if who is None or is_negated(clause.sentence, noun):
        return []
    if deed is not None or any(t.upos in {"PRON", "DET"} for t in subjects):
        return clause.blame_all(who, deed)
    above = clause.sentence.tokens[noun.head] if noun.head >= 0 else noun
    is_named = base(noun.deprel) in {"xcomp", "obl", "obj"} and bool(_NAMING & set(lemmas(above.lower)))
    return clause.blame_all(who, clause.deed_before(noun.i)) if is_named and is_body(who) else []


def deeds_of(clause: Clause, noun: Token) -> list[Blame]:
    """ "the bombing was an act of the rebels": only of a deed."""
    return works_of(clause, noun) if any(clause.is_hit(t) for t in clause.subjects(noun)) else []


def marks_of(clause: Clause, noun: Token) -> list[Blame]:
    """ "the killing bears the hallmarks of X"."""
    who = by_case(clause.sentence, noun).get("of")
    verb = clause.sentence.tokens[noun.head] if noun.head >= 0 else noun
    if who is None or not _BEARING & set(lemmas(verb.lower)) or is_negated(clause.sentence, verb):
        return []
    deed = next((t for t in agents(clause.sentence, verb.i) if clause.is_deed(t)), None)
    return clause.blame_all(who, deed) if deed is not None else []


def pinned(clause: Clause, noun: Token) -> list[Blame]:
    """ "pinned the blame on X", "put the blame for Y on X", "suspicion for Y fell on X"."""
    sentence = clause.sentence
    governor = sentence.tokens[noun.head] if noun.head >= 0 else noun
    own, above = by_case(sentence, noun), by_case(sentence, governor)
    who = above.get("on") or above.get("upon") or own.get("on")
    if who is None or who.entity == "time" or is_negated(sentence, governor):
        return []
    return clause.blame_all(who, own.get("for") or above.get("for"))


def part_in(clause: Clause, noun: Token) -> list[Blame]:
    """ "the involvement of X in the killing", "X's responsibility for the killing": of a body, in a deed."""
    sentence = clause.sentence
    cases = by_case(sentence, noun)
    deed = cases.get("in") or cases.get("for")
    owners = [d for d in sentence.dependents(noun.i) if d.deprel == "nmod:poss"]
    who = cases.get("of") or next(iter(owners), None)
    who = _meant_by(clause, noun, who) if who is not None and who.upos == "PRON" else who
    verb = next((t for t in sentence.ancestors(noun.i) if t.upos == "VERB"), None)
    is_own = verb is not None and bool(_OWN_VERBS & set(lemmas(verb.lower)))
    if who is None or deed is None or not clause.is_deed(deed) or is_own or not is_body(who):
        return []
    return [] if is_negated(sentence, noun, *([verb] if verb else [])) else clause.blame_all(who, deed)


def _meant_by(clause: Clause, noun: Token, pronoun: Token) -> Token | None:
    """Whom "their" means in "soldiers were arrested because of their part in the killing": what the verb is said of."""
    sentence = clause.sentence
    for verb in (t for t in sentence.ancestors(noun.i) if t.upos == "VERB"):
        said_of = patients(sentence, verb.i) if is_passive(sentence, verb.i) else agents(sentence, verb.i)
        if said_of and said_of[0].i < pronoun.i and said_of[0].upos != "PRON":
            return said_of[0]
    return None


def hands(clause: Clause, noun: Token) -> list[Blame]:
    """ "died at the hands of X"."""
    who = by_case(clause.sentence, noun).get("of")
    is_phrase = any(c.lower == "at" for c in clause.sentence.dependents(noun.i, "case"))
    deed = next((t for t in clause.sentence.ancestors(noun.i) if clause.is_deed(t)), None)
    return clause.blame_all(who, deed) if who is not None and is_phrase and deed is not None else []


def doer(clause: Clause, noun: Token) -> list[Blame]:
    """ "the murderers were soldiers of the X brigade", "X is the author of the attack"; "identified as X"."""
    sentence = clause.sentence
    deed = clause.deed_below(noun.i)
    above = sentence.tokens[noun.head] if noun.head >= 0 else noun
    if base(noun.deprel) == "nsubj" and sentence.dependents(above.i, "cop"):
        return clause.blame_all(above, deed)
    if base(noun.deprel) == "nsubj" and {"identify", "belong"} & set(lemmas(above.lower)):
        cases = by_case(sentence, above)
        for own in patients(sentence, above.i):
            cases = {**by_case(sentence, own), **cases}
        who = cases.get("as") or cases.get("to")
        return clause.blame_all(who, deed) if who is not None else []
    if sentence.dependents(noun.i, "cop"):
        deed = deed or next((t for t in by_case(sentence, noun).values() if clause.is_deed(t)), None)
        return [b for who in clause.subjects(noun) for b in clause.blame_all(who, deed)] if deed else []
    return []
