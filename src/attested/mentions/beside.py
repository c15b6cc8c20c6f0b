"""What some trigger words need beside them to tell of an incident: a crowd, ground, a weapons cache, a government.

"Thousands marched on the ministry" is a protest, "the band marched off" is none; "rebels withdrew from the town" gives
ground up, "she withdrew from the race" does not (ACLED codebook: which non-violent acts are coded).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from attested.mentions.cases import cases_of
from attested.mentions.lexicon import ARMED_KINDS, Family, is_armed_name, is_territory, participant_kind
from attested.mentions.participants import agents, patients
from attested.reading.tokens import Sentence, Token
from attested.text.lemmas import lemmas

_CROWD = frozenset(
    "protester protestor demonstrator marcher crowd rally protest demonstration rioter picket".split()
)
_MANY = frozenset(
    "thousands hundreds dozens scores supporters opponents residents students workers activists".split()
)
_CAUSES = frozenset(
    {"against", "demanding", "over", "for", "calling", "condemning", "supporting", "denouncing"}
)
_OF_PROTEST = frozenset(
    "protest peace opposition solidarity anti-government antigovernment candlelight mass".split()
)
_NO_PROTEST = frozenset("campaign election stock market price share motor car pre-election victory".split())
_HELD = frozenset("hold stage join attend organise organize lead call".split())
_CACHES = frozenset(
    "cache arsenal stockpile armory armoury munition explosive dynamite ammunition weaponry".split()
)
_ARMS = frozenset(
    "weapon arm gun rifle firearm machinegun bomb rocket mortar grenade missile detonator mine".split()
)
_STONES = frozenset("stone rock brick bottle firework firebomb projectile".split())
_CROWD_CONTROL = frozenset({"teargas", "tear", "gas", "cannon", "cannons", "batons", "pepper"})
_STORES = frozenset({"depot", "dump", "store", "haul", "warehouse", "stash"})
_MIN_CACHE = 5  # weapons: ACLED codes the seizure of "significant weapons caches"
_TAKING = frozenset({"take", "seize", "gain", "regain", "capture", "wrest", "retake", "assume"})
_GROUND = frozenset(
    {"position", "neighbourhood", "neighborhood", "suburb", "outpost", "garrison", "hill", "border"}
)
_BASES = frozenset({"base", "headquarters", "outpost", "camp", "garrison"})
_GOVERNMENT = frozenset(
    "government president regime ruler leader dictator king junta prime minister dictatorship".split()
)


def control_of(sentence: Sentence, verb: Token) -> bool:
    """ "Took control of the town": ground that changes hands, told with another verb's object."""
    if _TAKING.isdisjoint(lemmas(verb.lower)):
        return False
    return bool(_controlled(sentence, verb)) and _by_armed(sentence, verb)


def ground(sentence: Sentence, token: Token, family: Family) -> list[Token]:
    """The ground that changes hands, where it is no object of its word: "took control of Goma", "withdrew from it"."""
    if family.objects not in {"territory", "left ground"}:
        return []
    near = sentence.dependents(token.i, "obl", "nmod")
    left = [t for t in near if _is_ground(t) and "from" in cases_of(sentence, t.i)]
    return left if family.objects == "left ground" else _controlled(sentence, token)


def _controlled(sentence: Sentence, verb: Token) -> list[Token]:
    """What "control of" and "control over" at the verb stand before."""
    held = [d.i for d in sentence.dependents(verb.i, "obj", "nsubj") if d.lower == "control"]
    near = (d for i in (verb.i, *held) for d in sentence.dependents(i, "obl", "nmod"))
    return [t for t in near if held and _is_ground(t) and cases_of(sentence, t.i) & {"of", "over"}]


def is_regained(sentence: Sentence, verb: Token) -> bool:
    """Whether it is a state's force that takes the ground, or the ground is taken back."""
    back = not {"regain", "retake"}.isdisjoint(lemmas(verb.lower))
    doers = [t for t in agents(sentence, verb.i) if not is_armed_name(sentence.phrase(t.i).text)]
    return back or any(participant_kind(t.text) == "force" for t in doers)


def took_to_the_streets(sentence: Sentence, verb: Token) -> bool:
    """ "Thousands took to the streets"."""
    streets = (d for d in sentence.dependents(verb.i, "obl") if d.lower == "streets")
    return "take" in lemmas(verb.lower) and any("to" in cases_of(sentence, d.i) for d in streets)


def has_beside(sentence: Sentence, token: Token, family: Family) -> bool:
    """Whether the word has what its family needs; one of a family that needs nothing of these has it."""
    need = _VERBS if token.upos == "VERB" else _NOUNS
    test = need.get(family.objects or family.subjects)
    return test is None or test(sentence, token)


def _crowd_hit(sentence: Sentence, verb: Token) -> bool:
    with_gas = any(t.lower in _CROWD_CONTROL for t in sentence.tokens)
    hit = patients(sentence, verb.i)
    return any(
        _is_crowd(t) or (with_gas and (t.lower == "them" or participant_kind(t.text) == "civilian"))
        for t in hit
    )


def _crowd_acts(sentence: Sentence, verb: Token) -> bool:
    doers = agents(sentence, verb.i)
    return any(_is_crowd(t) or t.lower in _MANY for t in doers) and not any(_is_armed(t) for t in doers)


def _rally(sentence: Sentence, noun: Token) -> bool:
    """ "A protest march", "a rally against the tax", "held a vigil for the victims", but not "a campaign rally"."""
    beside = {t.lower for t in sentence.dependents(noun.i, "compound", "amod")}
    if beside & _NO_PROTEST:
        return False
    below = [*sentence.dependents(noun.i, "nmod", "acl")]
    causes = {c for t in below for c in cases_of(sentence, t.i)} | {t.lower for t in below}
    above = sentence.tokens[noun.head] if noun.head >= 0 else noun
    held = not _HELD.isdisjoint(lemmas(above.lower)) and above.upos == "VERB"
    return bool(beside & _OF_PROTEST) or bool(causes & _CAUSES and held)


def _stones(sentence: Sentence, verb: Token) -> bool:
    """ "Threw stones at the police", "pelted a bus with bottles": at somebody or something."""
    near = [*patients(sentence, verb.i), *sentence.dependents(verb.i, "obl")]
    thrown = any(not _STONES.isdisjoint(lemmas(t.lower)) for t in near)
    return thrown and ("pelt" in lemmas(verb.lower) or any("at" in cases_of(sentence, t.i) for t in near))


def _casualties(sentence: Sentence, verb: Token) -> bool:
    """ "Inflicted 50 casualties on the army", "suffered losses": of fighters, in battle."""
    lost = any(t.lower in {"casualties", "losses"} for t in patients(sentence, verb.i))
    others = sentence.dependents(verb.i, "obl")
    return lost and any(_is_armed(t) for t in (*agents(sentence, verb.i), *others))


def _cache(sentence: Sentence, verb: Token) -> bool:
    """Arms in number, and somebody who takes them: one gun found on a suspect is none."""
    return any(_is_cache(sentence, t) for t in patients(sentence, verb.i))


def _is_cache(sentence: Sentence, thing: Token) -> bool:
    if not _CACHES.isdisjoint(lemmas(thing.lower)):
        return True
    if not _STORES.isdisjoint(lemmas(thing.lower)):
        of = sentence.dependents(thing.i, "compound", "nmod", "amod")
        return any(not (_ARMS | _CACHES).isdisjoint(lemmas(t.lower)) for t in of)
    if _ARMS.isdisjoint(lemmas(thing.lower)):
        return False
    numbers = [t.text.replace(",", "") for t in sentence.dependents(thing.i, "nummod")]
    return any(n.isdecimal() and int(n) >= _MIN_CACHE for n in numbers)


def _ground_left(sentence: Sentence, token: Token) -> bool:
    """Somebody armed, and a place that they leave: "from the town"."""
    from_where = (d for d in sentence.dependents(token.i, "obl", "nmod") if "from" in cases_of(sentence, d.i))
    who = (
        agents(sentence, token.i)
        if token.upos == "VERB"
        else sentence.dependents(token.i, "nmod", "compound", "amod")
    )
    return any(_is_ground(t) for t in from_where) and any(_is_armed(t) for t in who)


def _base_set_up(sentence: Sentence, verb: Token) -> bool:
    return any(not _BASES.isdisjoint(lemmas(t.lower)) for t in patients(sentence, verb.i)) and _by_armed(
        sentence, verb
    )


def _government_falls(sentence: Sentence, verb: Token) -> bool:
    falls = any(
        not _GOVERNMENT.isdisjoint(lemmas(t.lower)) or t.ner.endswith("PER")
        for t in patients(sentence, verb.i)
    )
    return falls and _by_armed(sentence, verb)


def _coup(sentence: Sentence, noun: Token) -> bool:
    """A coup that is told of, not "a coup for the club"."""
    return not any("for" in cases_of(sentence, t.i) for t in sentence.dependents(noun.i, "nmod"))


def _by_armed(sentence: Sentence, verb: Token) -> bool:
    return any(_is_armed(t) for t in agents(sentence, verb.i))


def _is_armed(token: Token) -> bool:
    return participant_kind(token.text) in ARMED_KINDS or token.ner.endswith("ORG")


def _is_crowd(token: Token) -> bool:
    return not _CROWD.isdisjoint(lemmas(token.lower))


def _is_ground(token: Token) -> bool:
    return (
        is_territory(token.text) or token.ner.endswith("LOC") or not _GROUND.isdisjoint(lemmas(token.lower))
    )


_Test = Callable[[Sentence, Token], bool]
_VERBS: Mapping[str, _Test] = {
    "marchers": _crowd_acts,
    "crowd": _crowd_hit,
    "stones": _stones,
    "cache": _cache,
    "casualties": _casualties,
    "left ground": _ground_left,
    "base": _base_set_up,
    "government": _government_falls,
}
_NOUNS: Mapping[str, _Test] = {"marchers": _rally, "left ground": _ground_left, "government": _coup}
