"""Words for burning, wrecking, hijacking and holding: incidents only where somebody armed, or a weapon, does them.

"Rebels burnt two lorries" is one, "the council demolished a bridge" and "the flood destroyed the harvest" are none.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from typing import Protocol

from attested.mentions.cases import cases_of
from attested.mentions.coordination import with_conjuncts
from attested.mentions.lexicon import ACTOR_KINDS, ARMED_KINDS, Family, Weapon, family_of, participant_kind
from attested.mentions.participants import agents, is_passive, patients
from attested.reading.tokens import Sentence, Token, base
from attested.speech.hedging import status_of
from attested.text.countries import country_of
from attested.text.lemmas import lemmas

_THINGS = frozenset({"object", "place"})
_NEAR_FIRE = 14  # words behind "set" within which "on fire" is of it
_ON_FIRE = frozenset({"fire", "ablaze", "alight", "flames"})
_HOSTAGE = frozenset({"hostage", "hostages", "captive", "captives"})
# What has a deed as object, and so its doer as subject; and what names a deed that somebody is to answer for.
_CARRYING_OUT = frozenset(
    "carry conduct launch commit mount stage perpetrate execute continue resume make cause inflict do".split()
)
_ANSWERED_FOR = frozenset(
    "responsibility responsible claim admit blame accuse attribute condemn deny involve credit authorship".split()
)
_MEANT_DEED = frozenset(
    {"it", "which", "that", "they", "device", "charge", "explosives", "action", "incident"}
)
_WRECKING = frozenset({"explode", "bomb", "attack", "rocket", "air"})
_DONE_TO = frozenset({"of", "on", "against", "to"})


class Armed(Protocol):
    """A weapon phrase, as ``mentions.hits`` finds it."""

    @property
    def first(self) -> int:
        """Its first word."""

    @property
    def last(self) -> int:
        """Its last word."""

    @property
    def weapon(self) -> Weapon:
        """Its class."""


def is_destruction(sentence: Sentence, token: Token, family: Family, weapons: Sequence[Armed]) -> bool:
    """Whether a word of a family that needs somebody armed has one, and a thing that it is done to.

    For ``family.objects`` "vehicle" the thing is enough: nobody hijacks a bus unarmed.
    """
    if token.upos == "VERB":
        things, doers = done_to(sentence, token), agents(sentence, token.i)
        if "set" in lemmas(token.lower):
            return is_on_fire(sentence, token) and _is_arson(sentence, token, things, doers)
    else:
        things, doers = _named_things(sentence, token), _named_doers(sentence, token)
    if not any(_is_thing(t) for t in things):
        return False
    if family.objects == "vehicle":
        return any(participant_kind(t.text) == "structure" or t.entity == "object" for t in things)
    if any(is_armed(sentence, t, weapons) for t in doers):
        return True
    return token.upos != "VERB" and not doers and _is_answered_for(sentence, token)


def done_to(sentence: Sentence, verb: Token) -> list[Token]:
    """What a verb of destruction is done to: "set fire to a bus" and "set a bus on fire" are done to the bus."""
    things = [t for t in patients(sentence, verb.i) if t.lower not in _ON_FIRE]
    if things or "set" not in lemmas(verb.lower):
        return things
    fires = [t for t in patients(sentence, verb.i) if t.lower in _ON_FIRE]
    below = [d for t in (verb, *fires) for d in sentence.dependents(t.i, "obl", "nmod") if d.i > verb.i]
    to = [d for d in below if cases_of(sentence, d.i) <= {"to"} and d.entity not in {"time", "event"}]
    return [t for d in to for t in with_conjuncts(sentence, d)]


def wrecked_things(sentence: Sentence, token: Token) -> list[Token]:
    """Buildings and vehicles that a sentence says were wrecked or damaged, whoever did it: "two shops were damaged"."""
    family = family_of(token.lower, "verb" if token.upos == "VERB" else "noun")
    if family is None or family.name != "destroy" or status_of(sentence, token.i)[0] != "happened":
        return []
    if token.upos != "VERB":
        things = _named_things(sentence, token) if token.lower == "damage" else []
    elif is_passive(sentence, token.i) and not agents(sentence, token.i):
        things = done_to(sentence, token)
    else:
        doers = agents(sentence, token.i)
        things = done_to(sentence, token) if any(d.lower in _MEANT_DEED for d in doers) else []
    return [t for t in things if participant_kind(t.text) == "structure" and not t.ner.endswith("LOC")]


def holds_hostage(sentence: Sentence, verb: Token) -> bool:
    """ "took ten people hostage", "is holding hostages": the word stands at the verb."""
    return any(
        d.lower in _HOSTAGE
        for d in sentence.dependents(verb.i, "obj", "xcomp", "obl", "advmod", "compound", "nsubj", "advcl")
    )


def seizes_people(sentence: Sentence, verb: Token) -> bool:
    """ "rebels captured an engineer": somebody armed who is no state's force, and people who are no fighters."""
    taken = [t for t in patients(sentence, verb.i) if t.upos != "PRON"]
    return any(participant_kind(t.text) == "armed_group" for t in agents(sentence, verb.i)) and any(
        participant_kind(t.text) == "civilian" for t in taken
    )


def is_armed(sentence: Sentence, token: Token, weapons: Iterable[Armed]) -> bool:
    """Whether a noun is a weapon, somebody armed, a body by its name, or a state."""
    if any(w.first <= token.i <= w.last for w in weapons) or _is_violence(token):
        return True
    below = [token, *sentence.dependents(token.i, "compound", "amod", "appos", "flat", "nmod")]
    if any(participant_kind(t.text) in ARMED_KINDS for t in below):
        return True
    whose = [token, *sentence.dependents(token.i, "compound")]
    return any(t.ner.endswith("ORG") for t in whose) or country_of(token.text) is not None


def _is_violence(token: Token) -> bool:
    """ "The blast wrecked a shop": a deed that wrecks things as a weapon does."""
    family = family_of(token.lower, "noun") if token.upos in {"NOUN", "PROPN"} else None
    return family is not None and family.name in _WRECKING


def is_on_fire(sentence: Sentence, verb: Token) -> bool:
    """ "Set fire to it", "set two trucks loaded with ore on fire", whatever the parse hangs the fire on."""
    if any(d.lower in _ON_FIRE for d in sentence.dependents(verb.i)):
        return True
    behind = [t.lower for t in sentence.tokens[verb.i + 1 : verb.i + 1 + _NEAR_FIRE]]
    return ("on", "fire") in itertools.pairwise(behind)


def _is_arson(sentence: Sentence, verb: Token, things: Iterable[Token], doers: Sequence[Token]) -> bool:
    """Whether somebody set a thing on fire; where nobody is named, a building or vehicle: somebody did."""
    if not doers and is_passive(sentence, verb.i):
        return any(participant_kind(t.text) == "structure" for t in things)
    people = any(t.entity == "person" or participant_kind(t.text) in ACTOR_KINDS for t in doers)
    return people and any(_is_thing(t) or t.entity == "organization" for t in things)


def _is_thing(token: Token) -> bool:
    """Whether a noun is a thing that can be wrecked."""
    return token.upos != "PRON" and (
        participant_kind(token.text) in {"structure", "territory"} or token.entity in _THINGS
    )


def _named_things(sentence: Sentence, noun: Token) -> list[Token]:
    """ "the burning of a restaurant", "sabotage against the railway", "bridge burning"."""
    of = [d for d in sentence.dependents(noun.i, "nmod") if _DONE_TO & cases_of(sentence, d.i)]
    return [*of, *sentence.dependents(noun.i, "compound")]


def _named_doers(sentence: Sentence, noun: Token) -> list[Token]:
    """Who a noun's own words or the verb over it say did it."""
    by = [
        d
        for d in sentence.dependents(noun.i, "nmod")
        if "by" in cases_of(sentence, d.i) or d.deprel == "nmod:poss"
    ]
    verb = sentence.tokens[noun.head] if noun.head >= 0 else noun
    if (
        verb.upos == "VERB"
        and base(noun.deprel) in {"obj", "nsubj"}
        and _CARRYING_OUT & set(lemmas(verb.lower))
    ):
        by += [t for t in agents(sentence, verb.i) if t.i != noun.i]
    return by


def _is_answered_for(sentence: Sentence, noun: Token) -> bool:
    """Whether somebody claims it or is blamed for it: "claimed responsibility for the burning of a bus"."""
    above = [t for _, t in zip(range(2), sentence.ancestors(noun.i), strict=False)]
    return any(_ANSWERED_FOR & set(lemmas(t.lower)) for t in above)
