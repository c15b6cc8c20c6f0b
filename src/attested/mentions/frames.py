"""Roles around one trigger word: what its subject, objects and modifiers do in the incident."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from attested.mentions.cases import cases_of
from attested.mentions.coordination import with_conjuncts
from attested.mentions.destruction import done_to
from attested.mentions.hits import Hit, is_natural, whose_body
from attested.mentions.lexicon import participant_kind
from attested.mentions.participants import agents, described, is_and_killed, is_passive, patients, result_of
from attested.model import Role, Span
from attested.reading.tokens import Sentence, Token, base
from attested.text.countries import country_of
from attested.text.lemmas import lemmas

PLACE_CASES = frozenset(
    "in at near outside inside around across through throughout north south east west of off close along within "
    "northeast northwest southeast southwest outskirts opposite beside".split()
)
_INSIDE_CASES = frozenset("in at inside across through throughout within on".split())
_TARGET_CASES = frozenset("on against at into upon onto toward towards".split())
_SETTING_CASES = frozenset("in at near outside inside during after before since on".split())
_DIRECTIONS = frozenset(
    "north south east west northeast northwest southeast southwest north-east north-west south-east south-west "
    "outskirts outside edge suburb suburbs miles kilometres kilometers km vicinity environs centre center".split()
)
_NO_END = frozenset({"ADP", "PUNCT", "CCONJ", "SCONJ"})
_RESULTS = frozenset({"dead", "wounded", "injured", "hurt"})  # "left two people dead": people
_CARRYING_OUT = frozenset(
    "carry conduct launch commit mount stage perpetrate perform execute lead make fire begin start resume open".split()
)
# Families whose noun takes those it was done to with "of": "the bombing of a market".
_DONE_OF = frozenset({"bomb", "rocket", "regain", "abduct", "destroy", "hijack"})
# Families whose munition hits what it goes off in or beside, and ground, which is a place rather than a target.
_GOING_OFF = frozenset({"explode", "bomb", "launch"})
_HAPPENING = frozenset("occur take happen go hit destroy shake rock".split())
_GROUND = frozenset(
    "town city village district neighbourhood neighborhood area zone site road highway square park field camp farm "
    "port position positions line interest interests property premises".split()
)
_PARTS = frozenset(
    "front side rear back entrance door doorway doorstep gate basement roof floor lobby yard patio garden corner "
    "wall window vicinity proximity parking garage lot top left right glass facade fence masonry shelf shelves ceiling "
    "pane cockpit cabin hull trunk inside interior exterior outside outskirts section portion".split()
)
_HOW_AND_WHEN = frozenset("time purpose gunpoint knifepoint range random board hours gmt once least".split())
_NEAR_DEATH = 4  # words behind a deed within which "to death" is of it
_MORTALLY = frozenset({"fatally", "mortally"})
_DEADLY = frozenset({"dead", "fatally", "death", "fatal", "killed", "deadly"})
# Branches that are not part of a participant's phrase.
_CUT = (
    "punct",
    "acl",
    "parataxis",
    "appos",
    "advcl",
    "ccomp",
    "cc",
    "conj",
    "nsubj",
    "csubj",
    "cop",
    "aux",
    "mark",
)


def roles_of(sentence: Sentence, hit: Hit, group: Sequence[Hit]) -> list[Role]:
    """Roles of one trigger word, unchecked; ``group`` are the triggers of its incident."""
    victim = _hurt(sentence, hit, group)
    if hit.part == "verb":
        return _verb_roles(sentence, hit, victim)
    if hit.part == "adjective":
        return _adjective_roles(sentence, hit, victim)
    return _noun_roles(sentence, hit, victim)


def role(sentence: Sentence, name: str, token: Token) -> Role:
    """A role whose head is ``token``; its span is the phrase without clauses and without where it was."""
    kept = set(sentence.subtree(token.i, _CUT))
    for below in sorted(kept):
        if below != token.i and _is_setting(sentence, sentence.tokens[below]):
            kept -= set(sentence.subtree(below))
    kept -= {
        d.i for d in sentence.dependents(token.i, "compound") if d.entity == "time"
    }  # "Monday" + "rebels"
    kept |= _same_name(sentence, token)
    span = sentence.run(token.i, kept)
    return Role(name, _without_edges(sentence, span), Span(token.start, token.end, token.text))


def _same_name(sentence: Sentence, token: Token) -> set[int]:
    """Tokens of the named entity that the head is part of, whatever the parse makes of them."""
    if token.ner == "O":
        return set()
    first = last = token.i
    label = token.ner[2:]
    while (
        sentence.tokens[first].ner.startswith("I-")
        and first > 0
        and sentence.tokens[first - 1].ner[2:] == label
    ):
        first -= 1
    while last + 1 < len(sentence.tokens) and sentence.tokens[last + 1].ner == f"I-{label}":
        last += 1
    return set(range(first, last + 1))


def _is_setting(sentence: Sentence, token: Token) -> bool:
    """A modifier that says where or when ("in Baghdad", "after the blast"), not who."""
    cases = cases_of(sentence, token.i)
    return base(token.deprel) in {"nmod", "obl"} and bool(cases & _SETTING_CASES)


def _without_edges(sentence: Sentence, span: Span) -> Span:
    """The phrase without a leading preposition, or an adverb before one ("presumably by rebels")."""
    inside = sentence.inside(span.start, span.end)
    if any(t.lower == "by" for t in inside[1:3]) and inside[0].upos in {"ADV", "PUNCT"}:
        inside = inside[1:]
    while len(inside) > 1 and inside[0].upos in {"ADP", "PUNCT", "SCONJ", "CCONJ"}:
        inside = inside[1:]
    while len(inside) > 1 and (inside[-1].upos in _NO_END or inside[-1].lower in _RESULTS):
        inside = inside[:-1]
    return sentence.words(inside[0].i, inside[-1].i) if inside else span


def _hurt(sentence: Sentence, hit: Hit, group: Sequence[Hit]) -> str:
    """The role of those it is done to: killed, injured, or target where the words do not say."""
    near = [*sentence.dependents(hit.i, "advmod"), *sentence.tokens[max(0, hit.i - 1) : hit.i]]
    if hit.family.result == "injured" and any(d.lower in _MORTALLY and not _some(sentence, d) for d in near):
        return "killed"  # "fatally wounded"
    if any(d.lower == "attempted" for d in sentence.dependents(hit.i, "amod")):
        return "target"  # "the attempted murder of two clerks"
    if hit.family.result or not hit.family.harms:
        return hit.family.result or "target"
    deadly = any(_shares_victims(sentence, hit, other) for other in group) or any(
        d.lower in _DEADLY and not _some(sentence, d)
        for d in sentence.dependents(hit.i, "advmod", "xcomp", "obl", "amod")
    )
    deadly = deadly or _is_to_death(sentence, hit.i) or is_and_killed(sentence, hit.i)
    before = sentence.tokens[hit.i - 1].lower if hit.i else ""
    gunned = hit.part == "verb" and "gun" in lemmas(sentence.tokens[hit.i].lower)  # "gunned down"
    return "killed" if deadly or gunned or before in _DEADLY else "injured"


def _is_to_death(sentence: Sentence, i: int) -> bool:
    """ "Found shot to death", "stabbed several times to death": whatever the parse hangs it on."""
    behind = [t.lower for t in sentence.tokens[i + 1 : i + 1 + _NEAR_DEATH]]
    return any(pair == ("to", "death") for pair in itertools.pairwise(behind))


def _some(sentence: Sentence, deadly: Token) -> list[Token]:
    """The numeral of "five were shot, one fatally": the rest were not killed."""
    before = sentence.tokens[deadly.i - 1 : deadly.i] if deadly.lower == "fatally" else []
    return [d for d in (*sentence.dependents(deadly.i), *before) if d.upos == "NUM"]


def _shares_victims(sentence: Sentence, hit: Hit, other: Hit) -> bool:
    """ "shot and killed": a killing coordinated with the hit and without victims of its own."""
    own = sentence.dependents(other.i, "obj", "nsubj")
    above = sentence.tokens[sentence.tokens[other.i].head]
    beside = above if base(sentence.tokens[other.i].deprel) != "amod" else sentence.tokens[above.head]
    return other.family.result == "killed" and beside.i == hit.i < other.i and not own


def _verb_roles(sentence: Sentence, hit: Hit, victim: str) -> list[Role]:
    doer = "participant" if hit.family.name in {"protest", "riot", "rally"} else "perpetrator"
    subject, hurt = agents(sentence, hit.i), patients(sentence, hit.i)
    if hit.family.name == "die" and not hurt:
        subject, hurt = [], [] if is_natural(sentence, hit.i) else subject
    if hit.family.name == "die" and hurt:  # "police found two bodies": nobody did it
        subject, hurt = [], [t for h in hurt for t in whose_body(sentence, h)]
    if hit.family.name == "land":
        hurt = []
    if hit.family.name == "destroy":
        hurt = [t for t in done_to(sentence, sentence.tokens[hit.i]) if not t.ner.endswith("LOC")]
    if hit.family.result and _is_either(sentence, hit.i):
        victim = "injured"  # "four people were wounded or killed"
    roles = [role(sentence, doer, t) for t in subject]
    roles += [role(sentence, _hit_as(t, victim), t) for t in hurt]
    if hit.family.harms:
        deadly = [d for d in sentence.dependents(hit.i, "advmod") if d.lower in _DEADLY]
        roles += [role(sentence, "killed", t) for d in deadly for t in _some(sentence, d)]
    for token in sentence.dependents(hit.i, "obl"):
        roles += _oblique(sentence, token, hit)
    return roles


def _is_either(sentence: Sentence, i: int) -> bool:
    """ "Wounded or killed": no word of which."""
    token = sentence.tokens[i]
    pair = [sentence.tokens[token.head]] if base(token.deprel) == "conj" and token.head >= 0 else []
    either = {c.lower for c in sentence.dependents(i, "cc")} | {
        c.lower for d in sentence.dependents(i, "conj") for c in sentence.dependents(d.i, "cc")
    }
    pair += sentence.dependents(i, "conj")
    return "or" in either and any(result_of(t) not in {"", result_of(token)} for t in pair)


def _hit_as(token: Token, victim: str) -> str:
    """What "they shot X" makes of X: a vehicle or building is hit, not hurt."""
    is_thing = participant_kind(token.text) == "structure" or (token.entity == "object" and token.ner == "O")
    return "target" if victim == "injured" and is_thing else victim


def _oblique(sentence: Sentence, token: Token, hit: Hit) -> list[Role]:
    cases = cases_of(sentence, token.i)
    if not cases or ("by" in cases and is_passive(sentence, hit.i)):
        return []
    if cases & {"with", "by"}:
        return [role(sentence, "weapon?", token)]
    if cases & _TARGET_CASES and can_be_target(token):
        return [role(sentence, "target", t) for t in with_conjuncts(sentence, token) if can_be_target(t)]
    return [place(sentence, token), *_landed_on(sentence, token, hit)] if cases & PLACE_CASES else []


def _landed_on(sentence: Sentence, token: Token, hit: Hit) -> list[Role]:
    """ "In front of the ministry and the bank": what stands where something went off or came down."""
    things = with_conjuncts(sentence, at_door_of(sentence, token))
    return [role(sentence, "target", t) for t in things if _is_landed_on(t, hit)]


def _is_landed_on(token: Token, hit: Hit) -> bool:
    """ "a shell came down beside a school", "a bomb went off in a shop": what it came down on or beside was hit."""
    built = participant_kind(token.text) == "structure" and token.lower not in _GROUND
    if hit.family.name in _GOING_OFF:
        return built and not token.ner.endswith("LOC")
    near = participant_kind(token.text) == "structure" or token.lower in {"environs", "vicinity", "district"}
    return hit.family.name == "land" and token.upos == "NOUN" and near


def at_door_of(sentence: Sentence, token: Token) -> Token:
    """ "In front of a bank", "in the basement of a tower": the thing that a part of it, or a side, belongs to."""
    parts = [token, *sentence.dependents(token.i, "conj")]  # "the windows and roof of a bank"
    below = [d for part in parts for d in sentence.dependents(part.i, "nmod", "obl")]
    whole = next((d for d in below if cases_of(sentence, d.i) & {"of", "to", "from"}), None)
    return whole if is_part(token) and whole is not None else token


def is_part(token: Token) -> bool:
    """Whether a noun is a side or part of a thing: "the front", "the windows"."""
    return any(form in _PARTS for form in lemmas(token.lower))


def can_be_target(token: Token) -> bool:
    """Whether a noun after "on", "at", "against" is a target rather than a time, a deed or a named place."""
    if token.text.isdecimal() or token.lower in _HOW_AND_WHEN:
        return False  # "at 0900", "at gunpoint"
    return token.entity not in {"time", "event", "abstract"} and not token.ner.endswith("LOC")


def place(sentence: Sentence, token: Token) -> Role:
    """A place keeps its preposition's words ("north of Baghdad", "near the airport")."""
    span = sentence.phrase(token.i, ("punct", "acl", "parataxis", "advcl", "ccomp", "cc", "conj"))
    inside = _with_direction(sentence, sentence.inside(span.start, span.end))
    while len(inside) > 1 and inside[0].lower in _INSIDE_CASES:
        inside = inside[1:]
    return Role("place", sentence.words(inside[0].i, inside[-1].i), Span(token.start, token.end, token.text))


def _adjective_roles(sentence: Sentence, hit: Hit, victim: str) -> list[Role]:
    """ "five dead", "left two people dead", "twelve were wounded": who, from the numeral, subject or object."""
    token = sentence.tokens[hit.i]
    own = [
        t
        for t in sentence.dependents(hit.i, "nummod", "nsubj", "compound")
        if (t.upos in {"NUM", "NOUN", "PROPN"} or t.lower == "old") and t.i < hit.i
    ]
    if not own and 0 <= token.head < hit.i and base(token.deprel) in {"amod", "acl"}:
        return [role(sentence, victim, t) for t in described(sentence, hit.i)]  # "left four people dead"
    if not own and token.head >= 0 and base(token.deprel) in {"xcomp", "conj"}:
        above = [token, *sentence.ancestors(hit.i)]
        left = next((t for t in above if "leave" in lemmas(t.lower)), None)
        own = _left_behind(sentence, left, token) if left is not None else []
    return [role(sentence, victim, t) for t in own]


def _left_behind(sentence: Sentence, left: Token, adjective: Token) -> list[Token]:
    """ "left four people dead": the object, whatever the parse calls it, between the verb and the adjective."""
    whom = [d for d in sentence.dependents(left.i, "obj", "nsubj") if left.i < d.i < adjective.i]
    return [t for d in whom for t in with_conjuncts(sentence, d) if t.i < adjective.i]


def _noun_roles(sentence: Sentence, hit: Hit, victim: str) -> list[Role]:
    roles: list[Role] = []
    for token in sentence.dependents(hit.i, "nmod", "compound", "amod", "obl"):
        roles += _noun_modifier(sentence, token, hit, victim)
    for token in sentence.dependents(hit.i, "appos"):
        if cases_of(sentence, token.i):  # "the murder of minister Cy Dunn", read as an apposition
            roles += _noun_modifier(sentence, token, hit, victim)
    for token in sentence.dependents(hit.i, "acl"):
        roles += _done_by(sentence, token, victim)
    return roles + _governor_roles(sentence, hit)


def _done_by(sentence: Sentence, verb: Token, victim: str) -> list[Role]:
    """ "The murder committed by a gang against a priest": who carried it out, and against whom."""
    if not _CARRYING_OUT & set(lemmas(verb.lower)) or not is_passive(sentence, verb.i):
        return []
    below = sentence.dependents(verb.i, "obl")
    against = [d for d in below if cases_of(sentence, d.i) & {"against", "on"} and can_be_target(d)]
    return [
        *(role(sentence, "perpetrator", t) for t in agents(sentence, verb.i)),
        *(role(sentence, victim, t) for t in against),
    ]


def _noun_modifier(sentence: Sentence, token: Token, hit: Hit, victim: str) -> list[Role]:
    cases = cases_of(sentence, token.i)
    if token.deprel == "nmod:poss":
        return [role(sentence, hit.family.result or "perpetrator", token)]
    if base(token.deprel) in {"compound", "amod"}:
        return _modifier(sentence, token, hit)
    if "by" in cases:
        return [role(sentence, "perpetrator", t) for t in with_conjuncts(sentence, token)]
    if "with" in cases:
        return [role(sentence, "weapon?", token)]
    if "of" in cases and (hit.family.result or hit.family.harms or hit.family.name in _DONE_OF):
        return [role(sentence, victim, t) for t in with_conjuncts(sentence, token)]
    if cases & _TARGET_CASES and can_be_target(token):
        return [role(sentence, "target", t) for t in with_conjuncts(sentence, token) if can_be_target(t)]
    return [place(sentence, token), *_landed_on(sentence, token, hit)] if cases & PLACE_CASES else []


def _modifier(sentence: Sentence, token: Token, hit: Hit) -> list[Role]:
    """ "US drone strike": who; "Paris attacks": where; "embassy attack": target. Weapons are found elsewhere."""
    kind = participant_kind(token.text)
    if token.ner.endswith("LOC") and not is_land(token.text):
        return [place(sentence, token)]
    if token.lower == "terrorist":
        return []  # "a terrorist attack" says what it was, not who did it
    if token.ner != "O" or kind == "armed_group" or token.xpos == "NNP" or is_land(token.text):
        name = hit.family.result if hit.family.result and token.ner.endswith("PER") else "perpetrator"
        return [role(sentence, name, token)]
    if kind == "structure":
        return [role(sentence, "target", token)]
    return []


def is_land(words: str) -> bool:
    """Whether words name a country, its people or its government: who may do a thing, not where."""
    return country_of(words) is not None


def _governor_roles(sentence: Sentence, hit: Hit) -> list[Role]:
    """Participants of the verb over a nominal trigger: "X carried out the attack", "a shooting left Y dead"."""
    token = sentence.tokens[hit.i]
    verb = sentence.tokens[token.head] if token.head >= 0 else token
    if verb.upos != "VERB":
        return []
    roles: list[Role] = []
    does = (
        base(token.deprel) in {"obj", "nsubj"} and not hit.family.result
    )  # who puts the dead at six killed nobody
    if does and _CARRYING_OUT & set(lemmas(verb.lower)):
        roles += [role(sentence, "perpetrator", t) for t in agents(sentence, verb.i) if t.i != hit.i]
    if "leave" in lemmas(verb.lower):
        roles += _left_so(sentence, verb)
    for other in sentence.dependents(verb.i, "obl"):
        cases = cases_of(sentence, other.i)
        if does and "with" in cases and _CARRYING_OUT & set(lemmas(verb.lower)):
            roles.append(role(sentence, "weapon?", other))  # "the attack was carried out with a car bomb"
        if other.i != hit.i and cases & PLACE_CASES and other.ner.endswith("LOC"):
            roles.append(place(sentence, other))
        happens = _HAPPENING & set(lemmas(verb.lower))
        if happens and other.i != hit.i and (cases & PLACE_CASES or is_part(other)):
            roles += _landed_on(sentence, other, hit)
    return roles


def _left_so(sentence: Sentence, verb: Token) -> list[Role]:
    """ "An accidental shooting left a boy dead": whom, and what became of them."""
    left = [d for d in sentence.dependents(verb.i, "obj") if d.i > verb.i]
    states = ((d, s) for d in left for s in sentence.dependents(d.i, "amod") if s.i > d.i)
    fates = ((d, "killed" if s.lower == "dead" else result_of(s)) for d, s in states)
    return [role(sentence, fate, d) for d, fate in fates if fate]


def follows_direction(sentence: Sentence, token: Token) -> bool:
    """Whether a name stands behind a direction's "of": "north of Kharkiv", "the outskirts of Mosul"."""
    return any(
        c.lower == "of" and c.i > 0 and sentence.tokens[c.i - 1].lower in _DIRECTIONS
        for c in sentence.dependents(token.i, "case")
    )


def _with_direction(sentence: Sentence, inside: list[Token]) -> list[Token]:
    """ "of Baghdad" after "north", "outskirts", "30 km north": the words of direction belong to the place."""
    while inside and inside[0].lower in {"of", "from"} | _DIRECTIONS and inside[0].i > 0:
        before = sentence.tokens[inside[0].i - 1]
        if before.lower not in _DIRECTIONS and not (before.upos == "NUM" and inside[0].lower in _DIRECTIONS):
            break
        inside = [before, *inside]
    return inside
