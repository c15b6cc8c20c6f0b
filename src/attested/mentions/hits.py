"""Trigger words in a sentence: which words speak of an incident, used in a sense that can be one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from attested.mentions.beside import control_of, has_beside, is_regained, took_to_the_streets
from attested.mentions.coordination import with_conjuncts
from attested.mentions.destruction import holds_hostage, is_destruction, seizes_people
from attested.mentions.lexicon import (
    ARMED_KINDS,
    SELVES,
    Family,
    PartOfSpeech,
    Weapon,
    families_of,
    family_of,
    is_territory,
    participant_kind,
    weapon_in,
)
from attested.mentions.participants import agents, patients
from attested.reading.tokens import Sentence, Token, base
from attested.text.lemmas import lemmas

# Nouns and adjectives that turn "attack", "strike", "shot" into something else.
_OTHER_SENSE = frozenset(
    "nuclear volcanic controlled solar population price heart panic asthma anxiety verbal personal ad "
    "smear cyber hacking hunger labor labour general air-traffic wildcat rail nurses teachers transit "
    "lightning sales charm advertising preemptive-bid political movie film warning flu fitness trade "
    "legal animal shark dog bear wage pay".split()
)
_WOUNDS = frozenset("burns wounds wound injuries injury shrapnel gunshot fractures trauma".split())
_FINDING = frozenset({"find", "discover", "recover"})
BODIES = frozenset({"body", "bodies"})
WOUND = frozenset({"wound", "wounds"})  # by a bullet: of a shooting
_OPENING = frozenset({"open", "return", "exchange", "trade"})  # fire
_MIN_MASS_ARREST = 5  # ACLED codes arrests as an event of its own only when many are taken


@dataclass(frozen=True, slots=True)
class Hit:
    """A trigger word: token index, its family, and the part of speech it was found as."""

    i: int
    family: Family
    part: PartOfSpeech


@dataclass(frozen=True, slots=True)
class WeaponHit:
    """A weapon phrase: first and last token index and its class."""

    first: int
    last: int
    weapon: Weapon


def find_weapons(sentence: Sentence) -> list[WeaponHit]:
    """Weapon phrases of a sentence, longest first match, left to right."""
    words = [token.lower for token in sentence.tokens]
    found, i = [], 0
    while i < len(words):
        match = weapon_in(words, i) if sentence.tokens[i].upos in {"NOUN", "PROPN", "ADJ", "VERB"} else None
        if match is None:
            i += 1
            continue
        weapon, n = match
        found.append(WeaponHit(i, i + n - 1, weapon))
        i += n
    return found


def find_hits(sentence: Sentence, weapons: list[WeaponHit]) -> list[Hit]:
    """Trigger words of a sentence whose use there can be an incident, in the order of the text."""
    hits = [hit for token in sentence.tokens if (hit := _hit(sentence, token, weapons))]
    return [hit for hit in hits if not _is_echo(sentence, hit, hits)]


def _hit(sentence: Sentence, token: Token, weapons: list[WeaponHit]) -> Hit | None:
    part: PartOfSpeech | None = _part_of_speech(sentence, token)
    if _is_shooting(sentence, token):
        part = "noun"
    if part is None or _is_of_hurt(sentence, token):
        return None
    families = tuple(_families(sentence, token, part))
    found = (_hit_as(sentence, token, part, family, weapons) for family in families)
    hit = next((hit for hit in found if hit), None)
    if hit is None and part == "verb" and finds_dead(sentence, token):
        return next((Hit(token.i, family, part) for family in families_of("die", "verb")), None)
    return hit


def _families(sentence: Sentence, token: Token, part: PartOfSpeech) -> Iterator[Family]:
    """The families that a word may be of, those that its object makes it one of first."""
    if _is_shooting(sentence, token):
        yield from families_of("shooting", "noun")
    elif part == "verb" and control_of(sentence, token):
        yield from families_of("retake" if is_regained(sentence, token) else "overrun", "verb")
    elif part == "verb" and took_to_the_streets(sentence, token):
        yield from families_of("protest", "verb")
    elif part == "verb" and _blows_himself_up(sentence, token):
        yield from families_of("suicide-bombing", "noun")
    yield from families_of(token.lower, part)


def _hit_as(
    sentence: Sentence, token: Token, part: PartOfSpeech, family: Family, weapons: list[WeaponHit]
) -> Hit | None:
    """The word as one of a family, if what stands beside it lets it be."""
    if family.name == "overtake" and part == "verb" and seizes_people(sentence, token):
        family = family_of("abduct", "verb") or family
    if family.subjects == "armed":
        return Hit(token.i, family, part) if is_destruction(sentence, token, family, weapons) else None
    if not has_beside(sentence, token, family):
        return None
    if part == "verb" and not _verb_counts(sentence, token, family, weapons):
        return None
    if part == "noun" and not _noun_counts(sentence, token):
        return None
    if part == "noun" and family.name == "arrest" and _number(sentence, token) < _MIN_MASS_ARREST:
        return None
    if part == "adjective" and not _adjective_counts(sentence, token):
        return None
    if part == "verb" and family.name == "launch" and not _has_munition(sentence, token, weapons):
        family = family_of("shoot", "verb") or family
    return Hit(token.i, family, part)


def _blows_himself_up(sentence: Sentence, verb: Token) -> bool:
    """ "Blew himself up", "detonated herself"."""
    selves = any(d.lower in SELVES for d in sentence.dependents(verb.i, "obj"))
    return selves and not {"blow", "detonate", "explode"}.isdisjoint(lemmas(verb.lower))


def _is_shooting(sentence: Sentence, token: Token) -> bool:
    """ "Opened fire", "shots were fired", "with a gunshot wound": a shooting told of without its verb or noun."""
    above = sentence.tokens[token.head] if token.head >= 0 else token
    if token.lower == "fire":
        return base(token.deprel) == "obj" and bool(_OPENING & set(lemmas(above.lower)))
    if token.lower in WOUND and token.upos == "NOUN":
        return any(d.lower in {"gunshot", "bullet"} for d in sentence.dependents(token.i, "compound", "amod"))
    return False


def finds_dead(sentence: Sentence, verb: Token) -> bool:
    """ "Two bodies were found", "found his parents dead": a death told by its finding."""
    if _FINDING.isdisjoint(lemmas(verb.lower)):
        return False
    found = patients(sentence, verb.i)
    kinds = {k.lower for d in found for k in sentence.dependents(d.i, "amod")}
    bodies = any(d.lower in BODIES for d in found) or not kinds.isdisjoint({"deceased", "dead", "lifeless"})
    return bodies or any(d.lower == "dead" for d in sentence.dependents(verb.i, "xcomp", "ccomp", "obj"))


def is_finding(sentence: Sentence, hit: Hit) -> bool:
    """Whether a hit is a verb of finding ("found dead"), which tells of a death but names no deed."""
    return not _FINDING.isdisjoint(lemmas(sentence.tokens[hit.i].lower))


def whose_body(sentence: Sentence, found: Token) -> list[Token]:
    """ "The bodies of a man and two children": whom they are; the body itself where nobody is named."""
    if found.lower not in BODIES:
        return [found]
    owners = sentence.dependents(found.i, "nmod")
    of = [d for d in owners if any(c.lower == "of" for c in sentence.dependents(d.i, "case"))]
    whose = of or [d for d in owners if d.deprel == "nmod:poss" and d.upos != "PRON"]
    return [t for d in whose[:1] for t in with_conjuncts(sentence, d)] or [found]


def is_natural(sentence: Sentence, i: int) -> bool:
    """ "Died of natural causes"."""
    causes = sentence.dependents(i, "obl")
    return any(d.lower == "natural" for c in causes for d in sentence.dependents(c.i, "amod"))


def _part_of_speech(sentence: Sentence, token: Token) -> PartOfSpeech | None:
    if token.xpos == "VBG" and any(d.xpos == "EX" for d in sentence.dependents(token.i, "nsubj", "expl")):
        return "noun"  # "there was fighting"
    if token.upos == "VERB":
        return "verb"
    if token.lower in {"dead", "hurt"} and token.upos != "VERB":
        return "adjective"  # "left one dead" is read as a noun now and then
    if token.lower == "shot" and token.deprel in {"xcomp", "ccomp", "acl"}:
        return "verb"  # "were found shot", "a man shot in his car"
    if token.upos in {"NOUN", "PROPN"}:
        return "noun"
    return "adjective" if token.upos == "ADJ" else None


def _verb_counts(sentence: Sentence, token: Token, family: Family, weapons: list[WeaponHit]) -> bool:
    """Whether the verb's participants make it an incident rather than a figure of speech."""
    if family.subjects == "munition" or family.objects == "munition":
        if _has_munition(sentence, token, weapons):
            return True
        return "fire" in lemmas(token.lower) and _fires_at(sentence, token)
    if family.objects == "territory":
        return control_of(sentence, token) or any(
            is_territory(d.text) or d.ner.endswith("LOC") for d in patients(sentence, token.i)
        )
    if family.name == "abduct" and _is_of_taken(sentence, token):
        return False
    if family.name == "abduct" and {"take", "hold"} & set(lemmas(token.lower)):
        return holds_hostage(sentence, token)
    if family.name == "arrest":
        return any(_number(sentence, d) >= _MIN_MASS_ARREST for d in patients(sentence, token.i))
    if "fight" in lemmas(token.lower):
        return (
            token.xpos == "VBD"
        )  # "the coalition fighting jihadists", "to fight corruption" tell of no clash
    if family.name in {"attack", "stab"}:
        return _is_physical(sentence, token, weapons)
    if "go" in lemmas(token.lower):
        off = any(d.lower == "off" for d in sentence.dependents(token.i, "compound", "advmod", "obl"))
        return off and any(_is_explosive(sentence, d, weapons) for d in agents(sentence, token.i))
    if "treat" in lemmas(token.lower):
        return any(d.lower in _WOUNDS for d in sentence.dependents(token.i, "obl"))
    if "demonstrate" in lemmas(token.lower):
        return not sentence.dependents(token.i, "obj", "ccomp")  # "demonstrated the danger"
    if "blow" in lemmas(token.lower):
        return any(d.lower in {"up", "apart"} for d in sentence.dependents(token.i, "compound", "advmod"))
    if "gun" in lemmas(token.lower):
        return any(d.lower == "down" for d in sentence.dependents(token.i, "compound", "advmod"))
    return not (
        family.name == "kill"
        and any(d.lower in {"bill", "deal", "plan"} for d in patients(sentence, token.i))
    )


def _is_of_hurt(sentence: Sentence, token: Token) -> bool:
    """ "Two of the wounded", "the dead": people told of before, not what befell them."""
    definite = any(d.lower == "the" for d in sentence.dependents(token.i, "det"))
    return definite and token.lower in {"dead", "wounded", "injured", "killed"}


def _is_of_taken(sentence: Sentence, participle: Token) -> bool:
    """ "The abducted villagers were freed": people told of before, by what befell them."""
    if base(participle.deprel) != "amod" or participle.head <= participle.i:
        return False
    determiners = {d.lower for d in sentence.dependents(participle.head, "det")}
    return not determiners.isdisjoint({"the", "those", "these"})


def _is_explosive(sentence: Sentence, token: Token, weapons: list[WeaponHit]) -> bool:
    """ "the device went off": a munition by name, or the bare word for one."""
    below = set(sentence.subtree(token.i))
    return token.lower in {"device", "charge"} or any(
        w.weapon.is_munition and w.last in below for w in weapons
    )


def _fires_at(sentence: Sentence, token: Token) -> bool:
    """ "fired at", "fired on": shooting, when no munition is named."""
    return any(
        case.lower in {"at", "on", "upon", "into"}
        for d in sentence.dependents(token.i, "obl")
        for case in sentence.dependents(d.i, "case")
    )


def _is_physical(sentence: Sentence, token: Token, weapons: list[WeaponHit]) -> bool:
    """An attack verb with someone armed, someone harmed, something hit, or a weapon in its clause."""
    below = sentence.subtree(token.i, ("parataxis", "ccomp"))
    around = (
        [sentence.tokens[token.head].i] if base(token.deprel) in {"acl", "advcl"} and token.head >= 0 else []
    )
    near = set(below) | set(around)
    if any(weapon.first in near for weapon in weapons):
        return True
    subject = agents(sentence, token.i)
    hurt = patients(sentence, token.i)
    if any(participant_kind(d.text) in ARMED_KINDS for d in subject):
        return True
    somebody = any(
        d.ner != "O" or d.entity in {"person", "organization", "object", "event"} or d.upos == "PRON"
        for d in [*subject, *hurt[:1]]
    )
    built = any(participant_kind(d.text) == "structure" for d in hurt)
    harmed = any(participant_kind(d.text) or d.ner != "O" or d.entity in {"person", "place"} for d in hurt)
    return harmed and (somebody or built)


def _noun_counts(sentence: Sentence, token: Token) -> bool:
    """Whether the noun is not part of a phrase with another sense (heart attack, hunger strike)."""
    modifiers = {d.lower for d in sentence.dependents(token.i, "compound", "amod", "nmod")}
    if modifiers & (_OTHER_SENSE | {"little"}):
        return False  # "there was little shooting"
    # "Attack Helicopter", "Fire Department": a name's or compound's first word names no incident.
    if base(token.deprel) == "compound" and token.head > token.i:
        head = sentence.tokens[token.head]
        return family_of(head.lower, "noun") is not None and participant_kind(head.text) is None
    return not (token.upos == "PROPN" and token.ner != "O")


def _adjective_counts(sentence: Sentence, token: Token) -> bool:
    """ "left five dead", "twelve dead", "among the wounded": a count of people, not a dead battery."""
    if token.lower != "dead":
        return base(token.deprel) in {"root", "xcomp", "ccomp", "conj", "obj", "nsubj"} and bool(
            sentence.dependents(token.i, "nummod", "nsubj")
        )
    if any("leave" in lemmas(a.lower) for a in sentence.ancestors(token.i)):
        return True
    people = sentence.dependents(token.i, "nummod", "nsubj")
    return any(
        d.upos == "NUM" or participant_kind(d.text) or d.entity == "person" or d.lower == "old"
        for d in people
    )


def _is_echo(sentence: Sentence, hit: Hit, hits: list[Hit]) -> bool:
    """A compound's first trigger ("bomb attack": bomb) is the weapon of the second, not a mention."""
    token = sentence.tokens[hit.i]
    heads = [other for other in hits if other.i == token.head and base(token.deprel) == "compound"]
    return any(other.family.name != "die" for other in heads)  # "the shooting death" tells of a shooting


def _has_munition(sentence: Sentence, token: Token, weapons: list[WeaponHit]) -> bool:
    """Whether a munition is the verb's subject, object or what it comes down with."""
    near = [
        *agents(sentence, token.i),
        *patients(sentence, token.i),
        *sentence.dependents(token.i, "obl", "nsubj", "obj"),
    ]
    heads = {d.i for d in near}
    return any(
        w.weapon.is_munition and (w.last in heads or sentence.tokens[w.last].head in heads) for w in weapons
    )


def _number(sentence: Sentence, token: Token) -> int:
    """The digits of a noun's numeral, 0 if it has none."""
    digits = [d.text.replace(",", "") for d in sentence.dependents(token.i, "nummod")]
    return max((int(d) for d in digits if d.isdecimal()), default=0)
