"""Trigger words in a sentence: which words speak of an incident, used in a sense that can be one."""

from __future__ import annotations

from dataclasses import dataclass

from attested.mentions.lexicon import (
    Family,
    PartOfSpeech,
    Weapon,
    family_of,
    is_territory,
    participant_kind,
    weapon_in,
)
from attested.reading.tokens import Sentence, Token, base
from attested.text.lemmas import lemmas

# Nouns and adjectives that turn "attack", "strike", "shot" into something else.
_OTHER_SENSE = frozenset(
    [
        "heart",
        "panic",
        "asthma",
        "anxiety",
        "verbal",
        "personal",
        "ad",
        "smear",
        "cyber",
        "hacking",
        "hunger",
        "labor",
        "labour",
        "general",
        "air-traffic",
        "wildcat",
        "rail",
        "nurses",
        "teachers",
        "transit",
        "lightning",
        "sales",
        "charm",
        "advertising",
        "preemptive-bid",
        "political",
        "movie",
        "film",
        "warning",
        "flu",
        "fitness",
        "trade",
        "legal",
        "animal",
        "shark",
        "dog",
        "bear",
        "wage",
        "pay",
    ]
)
# Verbs whose subject speaks and whose date is that of the words.
SAYING = frozenset("say tell report announce state add warn claim deny confirm blame write quote".split())
_WOUNDS = frozenset("burns wounds wound injuries injury shrapnel gunshot fractures trauma".split())
_ARMED_KINDS = frozenset({"force", "armed_group"})
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
    part = _part_of_speech(token)
    family = family_of(token.lower, part) if part else None
    if part is None or family is None:
        return None
    if part == "verb" and not _verb_counts(sentence, token, family, weapons):
        return None
    if part == "noun" and not _noun_counts(sentence, token):
        return None
    if part == "adjective" and not _adjective_counts(sentence, token):
        return None
    if part == "verb" and family.name == "launch" and not _has_munition(sentence, token, weapons):
        family = family_of("shoot", "verb") or family
    return Hit(token.i, family, part)


def _part_of_speech(token: Token) -> PartOfSpeech | None:
    if token.upos == "VERB":
        return "verb"
    if token.lower == "dead":
        return "adjective"  # "left one dead" is read as a noun now and then
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
        return any(is_territory(d.text) or d.ner.endswith("LOC") for d in patients(sentence, token.i))
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
    if any(participant_kind(d.text) in _ARMED_KINDS for d in subject):
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
    if modifiers & _OTHER_SENSE:
        return False
    # "Attack Helicopter", "Fire Department": a name's or compound's first word names no incident.
    if base(token.deprel) == "compound" and token.head > token.i:
        head = sentence.tokens[token.head]
        return family_of(head.lower, "noun") is not None and participant_kind(head.text) is None
    return not (token.upos == "PROPN" and token.ner != "O")


def _adjective_counts(sentence: Sentence, token: Token) -> bool:
    """ "left five dead", "twelve dead", "among the wounded": a count of people, not a dead battery."""
    if token.lower != "dead":
        return base(token.deprel) in {"root", "xcomp", "conj", "obj", "nsubj"} and bool(
            sentence.dependents(token.i, "nummod", "nsubj")
        )
    if any("leave" in lemmas(a.lower) for a in sentence.ancestors(token.i)):
        return True
    people = sentence.dependents(token.i, "nummod", "nsubj")
    return any(d.upos == "NUM" or participant_kind(d.text) or d.entity == "person" for d in people)


def _is_echo(sentence: Sentence, hit: Hit, hits: list[Hit]) -> bool:
    """A compound's first trigger ("bomb attack": bomb) is the weapon of the second, not a mention."""
    token = sentence.tokens[hit.i]
    return base(token.deprel) == "compound" and any(other.i == token.head for other in hits)


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


def is_passive(sentence: Sentence, i: int) -> bool:
    """Whether verb ``i`` is in the passive: its subject is what it was done to."""
    token = sentence.tokens[i]
    if (
        token.xpos in {"VBN", "VBD"}
        and base(token.deprel) == "conj"
        and not sentence.dependents(i, "aux", "obj")
    ):
        # "two were killed and five wounded"; "left one dead and six injured"
        return sentence.tokens[token.head].upos not in {"VERB", "AUX"} or is_passive(sentence, token.head)
    if sentence.dependents(i, "aux:pass", "nsubj:pass") and any(
        d.deprel in {"aux:pass", "nsubj:pass"} for d in sentence.dependents(i)
    ):
        return True
    return (
        token.xpos == "VBN"
        and base(token.deprel) in {"acl", "advcl", "amod"}
        and not any(d.deprel == "nsubj" for d in sentence.dependents(i))
    )


def agents(sentence: Sentence, i: int) -> list[Token]:
    """Who or what does verb ``i``: subject, by-phrase, or the noun an active participle describes."""
    if is_passive(sentence, i):
        return [
            d
            for d in sentence.dependents(i, "obl")
            if d.deprel == "obl:agent" or any(c.lower == "by" for c in sentence.dependents(d.i, "case"))
        ]
    return _subjects(sentence, i)


def _subjects(sentence: Sentence, i: int, depth: int = 0) -> list[Token]:
    """Subject of verb ``i``, through relative pronouns, participles, coordination and control."""
    token = sentence.tokens[i]
    own = [d for d in sentence.dependents(i, "nsubj") if d.deprel in {"nsubj", "nsubj:pass", "nsubj:outer"}]
    if own and own[0].lower in {"that", "which", "who"} and base(token.deprel) == "acl" and token.head >= 0:
        return _with_conjuncts(sentence, sentence.tokens[token.head])
    if own:
        return [t for d in own for t in _with_conjuncts(sentence, d)]
    if token.head < 0 or depth > 3:
        return []
    if base(token.deprel) == "acl":
        return _with_conjuncts(sentence, sentence.tokens[token.head])
    if base(token.deprel) in {"conj", "xcomp", "advcl"} and sentence.tokens[token.head].upos in {
        "VERB",
        "AUX",
    }:
        return _subjects(sentence, token.head, depth + 1)
    return []


def patients(sentence: Sentence, i: int) -> list[Token]:
    """To whom or what verb ``i`` is done: object, or the subject of a passive, with conjuncts."""
    token = sentence.tokens[i]
    if base(token.deprel) == "amod" and token.head > i + 1 and sentence.tokens[i + 1].upos in {"NUM", "DET"}:
        return _with_conjuncts(sentence, sentence.tokens[token.head])  # "and wounded three people"
    if not is_passive(sentence, i):
        found = _objects(sentence, i)
        return [t for d in found for t in _with_conjuncts(sentence, d)]
    own = [d for d in sentence.dependents(i) if d.deprel in {"nsubj:pass", "nsubj"}]
    own = [d for d in own if d.upos != "NUM" or len(own) == 1]  # "2 U.S. soldiers" read as two subjects
    own = own or [d for d in sentence.dependents(i) if d.upos == "NUM" and d.i < i]  # "and 31 wounded"
    if not own and (before := _right_before(sentence, token)):
        return [before]
    relative = own and own[0].lower in {"that", "which", "who"}
    if own and not relative:
        return [t for d in own for t in _with_conjuncts(sentence, d)]
    if base(token.deprel) == "acl" and token.head >= 0:
        return _with_conjuncts(sentence, sentence.tokens[token.head])
    if base(token.deprel) == "conj" and token.head >= 0 and sentence.tokens[token.head].upos == "VERB":
        return patients(sentence, token.head)
    return []


def _right_before(sentence: Sentence, participle: Token) -> Token | None:
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


def _objects(sentence: Sentence, i: int) -> list[Token]:
    """Objects of verb ``i`` less what the parse misreads as one: a compound's first word, a speaker."""
    found = sentence.dependents(i, "obj", "iobj") or [
        d  # "killed at least nine people" read as an adjunct
        for d in sentence.dependents(i, "obl")
        if d.i > i and d.entity == "person" and not sentence.dependents(d.i, "case")
    ]
    heads = [d for d in found if not any(o.i == d.i + 1 for o in found)]  # "a family home" as two objects
    return [d for d in heads if len(heads) == 1 or not speaks_next(sentence, d)]


def _with_conjuncts(sentence: Sentence, token: Token) -> list[Token]:
    """A token and those coordinated with it; "wounding 31, police and medics said" coordinates nobody."""
    others = [
        d
        for d in sentence.dependents(token.i, "conj")
        if d.upos not in {"VERB", "AUX"} and not any(n.lower == "not" for n in sentence.dependents(d.i))
    ]  # "three people and not two" are three
    return [token, *(d for d in others if not speaks_next(sentence, others[-1]))]


def speaks_next(sentence: Sentence, token: Token) -> bool:
    """Whether a verb of saying stands right behind a noun's phrase."""
    behind = sentence.subtree(token.i)[-1] + 1
    return behind < len(sentence.tokens) and bool(SAYING & set(lemmas(sentence.tokens[behind].lower)))


def _number(sentence: Sentence, token: Token) -> int:
    """The digits of a noun's numeral, 0 if it has none."""
    digits = [d.text.replace(",", "") for d in sentence.dependents(token.i, "nummod")]
    return max((int(d) for d in digits if d.isdecimal()), default=0)
