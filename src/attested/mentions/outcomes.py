"""What became of people who were hit: pronounced dead, taken to hospital, in a critical condition, with wounds.

Such words tell of no incident by themselves ("the minister was taken to hospital"): they go on about one just told.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set

from attested.mentions.coordination import with_conjuncts
from attested.mentions.frames import role
from attested.mentions.lexicon import SELVES, participant_kind
from attested.mentions.participants import agents, is_passive, patients
from attested.model import Role
from attested.reading.tokens import Sentence, Token, base
from attested.speech.negation import negated_here
from attested.speech.status import status_of
from attested.text.datewords import date_words
from attested.text.lemmas import lemmas

# "Was pronounced dead", "they found two men dead".
_FINDING_DEAD = frozenset("pronounce declare find confirm lie discover".split())
_LIFELESS = frozenset({"dead", "deceased"})
_TURNING = frozenset({"turn"})
_GUNS = frozenset("gun weapon pistol rifle shotgun handgun revolver firearm".split())
_DYING = {"suicide": frozenset({"commit"}), "away": frozenset({"pass"})}  # "committed suicide", "passed away"
_FINDING = frozenset({"find", "locate"})  # victims
_LOSING = frozenset({"lose", "take", "give"})  # one's life
_CLAIMING = frozenset({"claim", "cost", "take"})  # the lives of others
_VICTIMS = frozenset({"victim", "victims"})
_KNOWN = frozenset({"the", "all", "these", "those", "other", "more"})
_OTHER_VICTIMS = frozenset("homicide murder crash flood fire fraud rape assault robbery burn alleged".split())
_CARRYING = frozenset(
    "take transport rush airlift fly bring transfer carry send hospitalise hospitalize admit drive medevac".split()
)
_HOSPITALS = frozenset(
    "hospital hospitals clinic infirmary medical trauma surgery medicine er icu ward wards".split()
)
# The states that hospitals give out (American Hospital Association: good, fair, serious, critical), and near words.
_STATES = frozenset(
    "critical serious stable fair good grave guarded satisfactory poor life-threatening extremely".split()
)
_SUFFERING = frozenset("suffer sustain receive nurse".split())
_WOUNDS = frozenset(
    "wound wounds injury injuries gunshot gunshots burns fracture fractures laceration lacerations shrapnel".split()
)
_SHARP = frozenset("gunshot bullet stab shrapnel knife gun shotgun blast machete graze".split())
_HARMED = frozenset("shot stabbed hit struck".split())
_SURVIVING = frozenset({"survive"})
_RECOVERING = frozenset({"recover", "recuperate"})
_HOLDING_ON = frozenset({"fight", "cling"})  # for life, to life
_STRIKING = frozenset("hit strike graze wound clip shoot pierce".split())
_MISSILES = frozenset(
    "bullet bullets gunfire shrapnel round rounds pellet pellets shot shots fragment fragments".split()
)
_GUNFIRE = frozenset(
    "shot shots gunfire bullet bullets fire fired firing shooting gunman gunmen gun rounds pellets".split()
)
_BODY = frozenset(
    "head neck face chest stomach abdomen torso back shoulder arm arms leg legs thigh foot feet hand hands hip knee "
    "ankle buttocks groin side eye jaw cheek body wrist elbow calf".split()
)  # fmt: skip
# Deeds done to as many as the word before them says ("a triple shooting"), and whether those died.
_FOLD = frozenset("double triple quadruple quintuple sextuple".split())
_DONE_TO_MANY = {
    "shooting": "injured", "stabbing": "injured", "homicide": "killed", "murder": "killed", "killing": "killed",
    "slaying": "killed", "murders": "killed", "homicides": "killed",
}  # fmt: skip
_TRUE = frozenset({"happened"})
_TRUE_OF_STATES = frozenset({"happened", "habitual"})  # "is recovering", "remains in a critical condition"
_NOT_SOMEBODY = frozenset("it this that which they them these those we i you who me us".split())


def find_outcomes(sentence: Sentence) -> list[Role]:
    """Roles "killed" and "injured" of those whose fate the sentence tells, each head once; the dead first."""
    found: dict[int, Role] = {}
    for name, verb, people in (*_dead(sentence), *_hurt(sentence)):
        if _is_so(sentence, name, verb):
            for token in people:
                if _is_somebody(token) or (name == "killed" and token.lower in {"they", "them"}):
                    found.setdefault(token.start, role(sentence, name, token))
    for fold in sentence.tokens:
        deed = sentence.tokens[fold.head] if fold.head > fold.i else fold
        if fold.lower in _FOLD and (told := _DONE_TO_MANY.get(deed.lower)):
            found.setdefault(fold.start, role(sentence, told, fold))
    return list(found.values())


def _is_so(sentence: Sentence, name: str, verb: Token) -> bool:
    """Whether an outcome is told as true: "did not survive" tells of the dead."""
    status = status_of(sentence, verb.i)[0]
    if name == "killed" and _SURVIVING & set(lemmas(verb.lower)):
        return status == "denied"
    return status in (_TRUE if name == "killed" else _TRUE_OF_STATES)


_Found = tuple[str, Token, Sequence[Token]]


def _dead(sentence: Sentence) -> Iterator[_Found]:
    for token in sentence.tokens:
        if token.lower == "fatally" and (some := _some_of_them(sentence, token)):
            yield "killed", some, [some]  # "five people were shot, one fatally"
        elif (
            token.upos == "VERB" and _SURVIVING & set(lemmas(token.lower)) and negated_here(sentence, token.i)
        ):
            yield "killed", token, agents(sentence, token.i)
        elif token.lower in _LIFELESS and (verb := _verb_above(sentence, token, _FINDING_DEAD)):
            yield "killed", verb, patients(sentence, verb.i)
        elif token.lower in SELVES and (verb := _verb_above(sentence, token, _TURNING)):
            if any(d.lower in _GUNS for d in sentence.dependents(verb.i, "obj")):
                yield "killed", verb, [token]  # "turned the gun on himself"
        elif (above := _DYING.get(token.lower)) and (verb := _verb_above(sentence, token, above)):
            yield "killed", verb, agents(sentence, verb.i)
        elif token.lower in {"life", "lives"} and base(token.deprel) == "obj" and token.head >= 0:
            yield from _lives(sentence, token)


def _some_of_them(sentence: Sentence, fatally: Token) -> Token | None:
    """The numeral of "one fatally", "one of them fatally"."""
    near = (*sentence.tokens[max(0, fatally.i - 1) : fatally.i], sentence.tokens[fatally.head])
    return next((t for t in near if t.upos == "NUM" and t.i < fatally.i), None)


def _lives(sentence: Sentence, life: Token) -> Iterator[_Found]:
    """ "Lost their lives", "took his own life"; "claimed the lives of two farmers"."""
    verb = sentence.tokens[life.head]
    forms = set(lemmas(verb.lower))
    owners = [d for d in sentence.dependents(life.i, "nmod") if d.deprel != "nmod:poss"]
    own = any(d.deprel == "nmod:poss" for d in sentence.dependents(life.i))
    if own and forms & _LOSING and not owners:
        yield "killed", verb, agents(sentence, verb.i)
    elif forms & _CLAIMING and owners:
        yield "killed", verb, [t for o in owners for t in with_conjuncts(sentence, o)]


def _hurt(sentence: Sentence) -> Iterator[_Found]:
    for token in sentence.tokens:
        forms = set(lemmas(token.lower))
        if token.lower in _HARMED and (several := _part_of_whom(sentence, token)):
            yield "injured", token, [several]
        elif token.lower in _VICTIMS and _is_numbered(sentence, token):
            yield "injured", token, [token]
        elif token.upos == "VERB" and forms & _CARRYING and _is_to_hospital(sentence, token):
            yield "injured", token, patients(sentence, token.i)
        elif token.upos == "VERB" and _bears(sentence, token, forms):
            yield "injured", token, agents(sentence, token.i)
        elif token.upos == "VERB" and forms & _STRIKING and _is_hit_by(sentence, token):
            yield "injured", token, patients(sentence, token.i)
        elif forms & _FINDING and token.upos == "VERB":
            yield "injured", token, [p for p in patients(sentence, token.i) if p.lower == "victims"]
        elif _is_state(sentence, token) or _is_borne(sentence, token):
            yield from _in_state(sentence, token)


def _is_numbered(sentence: Sentence, victim: Token) -> bool:
    """ "All four victims", "a fifth victim": of those who were hit, whatever is said of them; not "153 victims"."""
    below = {t.lower for t in sentence.dependents(victim.i) if t.i < victim.i}
    ranked = not below.isdisjoint(date_words().ordinals)
    counted = not below.isdisjoint(_KNOWN) and bool(sentence.dependents(victim.i, "nummod"))
    return (ranked or counted) and _OTHER_VICTIMS.isdisjoint(below)


def _part_of_whom(sentence: Sentence, participle: Token) -> Token | None:
    """ "One of five people shot outside a bar has died": the five, whatever the parse hangs the participle on."""
    before = sentence.tokens[participle.i - 1] if participle.i else participle
    of = any(c.lower == "of" for c in sentence.dependents(before.i, "case"))
    return before if of and sentence.dependents(before.i, "nummod") else None


def _verb_above(sentence: Sentence, token: Token, verbs: frozenset[str]) -> Token | None:
    """The nearest verb over a word, if it is one of these."""
    above = next((a for a in sentence.ancestors(token.i) if a.upos == "VERB"), None)
    return above if above is not None and verbs & set(lemmas(above.lower)) else None


def _is_to_hospital(sentence: Sentence, verb: Token) -> bool:
    """Whether somebody is taken to a hospital, by its noun or its name."""
    for place in sentence.dependents(verb.i, "obl", "nmod"):
        cases = {c.lower for c in sentence.dependents(place.i, "case")}
        if "to" in cases and any(
            sentence.tokens[j].lower in _HOSPITALS for j in sentence.subtree(place.i, ("acl",))
        ):
            return True
    return False


def _has_wounds(sentence: Sentence, verb: Token) -> bool:
    below = [
        d for o in sentence.dependents(verb.i, "obj", "obl") for d in (o, *sentence.dependents(o.i, "conj"))
    ]
    if any(d.lower == "what" for d in sentence.dependents(verb.i)):  # "what police say are minor injuries"
        below += [sentence.tokens[j] for j in sentence.subtree(verb.i) if j > verb.i]
    return any(d.lower in _WOUNDS for d in below)


def _bears(sentence: Sentence, verb: Token, forms: Set[str]) -> bool:
    """Whether the subject of a verb is somebody who was hurt: has wounds, or lives on after them."""
    return (bool(forms & _SUFFERING) and _has_wounds(sentence, verb)) or _lives_on(sentence, verb, forms)


def _lives_on(sentence: Sentence, verb: Token, forms: Set[str]) -> bool:
    """ "Are recovering", "survived the shooting", "is fighting for her life": not "recovered a gun"."""
    if is_passive(sentence, verb.i) or negated_here(sentence, verb.i):
        return False
    if forms & _HOLDING_ON:
        return any(d.lower in {"life", "lives"} for d in sentence.dependents(verb.i, "obl"))
    return bool(forms & (_RECOVERING | _SURVIVING)) and not (
        forms & _RECOVERING and sentence.dependents(verb.i, "obj")
    )


def _is_hit_by(sentence: Sentence, verb: Token) -> bool:
    """ "Was hit by a bullet", "was struck in the leg": not by a car, nor by a scandal."""
    if not is_passive(sentence, verb.i) and _GUNFIRE & {t.lower for t in sentence.tokens}:
        return True  # "opened fire, hitting seven people"
    if any(d.lower in {"times", "twice"} for d in sentence.dependents(verb.i, "obl", "advmod")):
        return True  # "was hit several times"
    if is_passive(sentence, verb.i) and _is_count_alone(sentence, verb):
        return True
    for d in sentence.dependents(verb.i, "obl", "nsubj"):
        cases = {c.lower for c in sentence.dependents(d.i, "case")}
        if d.lower in _MISSILES and ("by" in cases or d.deprel == "nsubj"):
            return True
        if "in" in cases and (d.lower in _BODY or _is_of_body(sentence, d)):
            return True
    return False


def _is_count_alone(sentence: Sentence, verb: Token) -> bool:
    """ "Four people were hit, including Ada Brook": a number of people and no word of by what."""
    people = sentence.dependents(verb.i, "nsubj")
    others = [d for d in sentence.dependents(verb.i, "obl", "xcomp") if d.entity not in {"time", "person"}]
    counted = any(d.entity == "person" and sentence.dependents(d.i, "nummod") for d in people)
    return counted and not others and "by" not in {t.lower for t in sentence.tokens}


def _is_of_body(sentence: Sentence, token: Token) -> bool:
    """ "One of her legs", "both of his arms", "the left side of the chest"."""
    return any(d.lower in _BODY for d in sentence.dependents(token.i, "nmod"))


def _is_state(sentence: Sentence, condition: Token) -> bool:
    """ "In a critical condition": one of the states that a hospital gives out; "is in hospital"."""
    if condition.lower in _HOSPITALS and sentence.dependents(condition.i, "cop"):
        return bool({"in", "at"} & {c.lower for c in sentence.dependents(condition.i, "case")})
    if condition.lower != "condition":
        return False
    below = {sentence.tokens[j].lower for j in sentence.subtree(condition.i, ("acl", "nmod"))}
    return "in" in {c.lower for c in sentence.dependents(condition.i, "case")} and bool(below & _STATES)


def _is_borne(sentence: Sentence, wound: Token) -> bool:
    """ "With a gunshot wound", "suffering from stab wounds"."""
    cases = {c.lower for c in sentence.dependents(wound.i, "case")}
    kinds = {d.lower for d in sentence.dependents(wound.i, "compound", "amod")}
    return wound.lower in _WOUNDS and bool(cases & {"with", "from"}) and bool(kinds & _SHARP)


def _in_state(sentence: Sentence, token: Token) -> Iterator[_Found]:
    """Who is in a state: the subject of what it is said of, or the noun that it describes."""
    above = sentence.tokens[token.head] if token.head >= 0 else None
    if above is None or sentence.dependents(token.i, "cop"):
        yield "injured", token, sentence.dependents(token.i, "nsubj")
    elif above.upos == "VERB":
        if {"die", "succumb", "pronounce"} & set(lemmas(above.lower)):
            return
        people = patients(sentence, above.i) if is_passive(sentence, above.i) else agents(sentence, above.i)
        yield "injured", above, people or patients(sentence, above.i)
    elif above.upos in {"NOUN", "PROPN", "NUM"}:
        yield "injured", above, [above]


def _is_somebody(token: Token) -> bool:
    """Whether a word can be a person, or people, who were hit."""
    if token.lower in _NOT_SOMEBODY or token.ner.endswith(("LOC", "ORG")):
        return False
    if token.ner.endswith("PER") or token.entity == "person" or token.upos in {"NUM", "PRON"}:
        return True
    return participant_kind(token.text) in {"civilian", "force", "armed_group"} or token.lower.endswith("old")
