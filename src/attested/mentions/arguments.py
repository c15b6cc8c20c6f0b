"""Who did it, to whom, with what, where and when: the roles around the trigger words of one incident."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from attested.mentions.beside import ground
from attested.mentions.cases import cases_of
from attested.mentions.coordination import SAYING, speaks_next, with_conjuncts
from attested.mentions.day_owner import is_modifier, is_of_later, is_said_then
from attested.mentions.frames import (
    PLACE_CASES,
    at_door_of,
    can_be_target,
    follows_direction,
    is_land,
    is_part,
    place,
    role,
    roles_of,
)
from attested.mentions.glosses import behind_gloss, named_beside
from attested.mentions.hits import BODIES, Hit, WeaponHit
from attested.mentions.hung import hung_elsewhere
from attested.mentions.lexicon import (
    ACTOR_KINDS,
    ARMED_KINDS,
    SELVES,
    is_armed_name,
    is_territory,
    participant_kind,
    weapon_in,
)
from attested.mentions.participants import agents, patients
from attested.mentions.parts import find_abducted, find_parts
from attested.model import Role, Span, TimeExpression
from attested.reading.tokens import Sentence, Token, base
from attested.text.lemmas import lemmas

# Forms of time expressions that name no days an incident could have happened on.
_NOT_DATES = frozenset({"duration", "set", "vague", "clock"})
_NOT_PEOPLE = frozenset("who which that it this they he she them we i you his her their its".split())
_SOMEBODY = frozenset({"he", "she", "him", "her"})  # one person told before may be hurt
SEVERAL_TOLD = frozenset({"they", "them"})  # so may several
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "ADJ", "SYM", "X", "DET"})
# Objects of a deed's verb that it is not done to: "inflicted casualties", "set fire to", "threw stones".
_NO_TARGET = frozenset("casualties losses fire control stones rocks bricks bottles streets".split())
_ABOUT_DEEDS = frozenset("claim condemn denounce blame deny mourn".split())
_BRINGING_DOWN = frozenset({"shoot", "intercept", "down", "destroy", "repel", "bring"})
_COUNTING = frozenset("number half third quarter dozens scores hundreds series total variety".split())
_UNITS = frozenset("column detachment unit contingent wing cell element platoon squadron".split())
_LOCATING = PLACE_CASES - {"of", "off"}
_NOT_HUMAN = frozenset({"place", "time", "abstract", "event", "object", "animal", "plant", "substance"})
_AT_CASES = frozenset("at on into toward towards against".split())


def find_roles(
    sentence: Sentence,
    group: Sequence[Hit],
    weapons: Sequence[WeaponHit],
    times: Sequence[TimeExpression],
    hits: Sequence[Hit],
) -> tuple[Role, ...]:
    """Roles of one incident's ``group`` of the sentence's ``hits``, each span once per role, left to right."""
    roles: list[Role] = []
    for hit in group:
        own = roles_of(sentence, hit, group)
        told = hung_elsewhere(sentence, hit) if not any(r.name == hit.family.result for r in own) else []
        roles += [*own, *(role(sentence, hit.family.result, t) for t in told)]
    fended = {t.start for hit in group for t in _interceptors(sentence, hit, weapons)}
    roles = [r for r in roles if r.name != "perpetrator" or r.head.start not in fended]
    roles += find_abducted(sentence, group)
    roles += list(find_parts(sentence, roles))
    roles = [whole for r in roles for whole in _whole(sentence, r)]
    roles = [one for r in roles for one in (*behind_gloss(sentence, r), *named_beside(sentence, r))]
    triggers = {sentence.tokens[h.i].start for h in hits}
    roles = [r for r in roles if r.head.start not in triggers and _can_fill(sentence, r)]
    hurt = {r.head.start for r in roles if r.name in {"killed", "injured"}}
    roles = [r for r in roles if r.name != "perpetrator" or r.head.start not in hurt]
    lost = (t for hit in group for t in ground(sentence, sentence.tokens[hit.i], hit.family))
    roles += [role(sentence, "place", token) for token in lost]
    roles += _munition_targets(sentence, group, weapons)
    roles += _weapon_roles(sentence, group, weapons, hits)
    roles += _time_roles(sentence, group, times, hits)
    found = _tidy(sentence, roles, weapons, times)
    if not any(r.name == "place" for r in found):
        found += _place_nearby(sentence, group, times)
    return tuple(sorted(found, key=lambda r: (r.span.start, r.span.end, r.name)))


def _interceptors(sentence: Sentence, hit: Hit, weapons: Sequence[WeaponHit]) -> list[Token]:
    """ "The army shot down 31 drones": who brings a munition down did not send it."""
    forms = set(lemmas(sentence.tokens[hit.i].lower))
    down = "shoot" not in forms or any(d.lower == "down" for d in sentence.dependents(hit.i))
    flying = {w.last for w in weapons if w.weapon.is_munition}
    brought = {t.i for t in patients(sentence, hit.i)} if hit.part == "verb" else set()
    return agents(sentence, hit.i) if forms & _BRINGING_DOWN and down and brought & flying else []


def _whole(sentence: Sentence, r: Role) -> list[Role]:
    """A target that is a part of a thing is the thing ("the windows of a bank"); nothing where no thing is named.

    One that counts things is the things: "a number of shops".
    """
    token = sentence.token_at(r.head.start)
    if r.name == "target" and token is not None and token.lower in _COUNTING:
        of = [d for d in sentence.dependents(token.i, "nmod") if "of" in cases_of(sentence, d.i)]
        return [role(sentence, "target", t) for d in of[:1] for t in with_conjuncts(sentence, d)] or [r]
    if r.name != "target" or token is None or not is_part(token):
        return [r]
    thing = at_door_of(sentence, token)
    return [role(sentence, "target", thing)] if thing.i != token.i else []


def _can_fill(sentence: Sentence, r: Role) -> bool:
    """Whether the head is of a kind that can fill the role at all."""
    token = sentence.token_at(r.head.start)
    if token is not None and token.lower in _SOMEBODY | SEVERAL_TOLD and r.name in {"killed", "injured"}:
        return True
    if token is None or token.lower in _NOT_PEOPLE or token.upos not in _NOMINAL:
        return False
    kind = participant_kind(token.text)
    if r.name == "perpetrator":
        if token.lower == "one":
            return False  # "one of its members"
        return not _speaks(sentence, token) and _can_act(sentence, token, r, kind)
    if r.name == "place":
        return (
            token.ner.endswith(("LOC", "ORG"))
            or token.entity == "place"
            or kind in {"structure", "territory"}
        )
    if r.name in {"killed", "injured"}:
        return _is_people(token, kind) and not r.span.text.lower().startswith("according to")
    if token.lower in _NO_TARGET or (r.name == "target" and token.lower in SELVES | {"itself"}):
        return False
    return token.entity not in {"time", "abstract"} or kind is not None


def _speaks(sentence: Sentence, token: Token) -> bool:
    """ "..., a commander of the group said": who tells of it, whatever else the parse makes of him."""
    above = sentence.tokens[token.head] if token.head >= 0 else token
    if base(token.deprel) == "nsubj" and SAYING & set(lemmas(above.lower)):
        return True
    return speaks_next(sentence, token)


def _can_act(sentence: Sentence, token: Token, r: Role, kind: str | None) -> bool:
    """Whether a perpetrator's head is somebody: a name that is no town's, a person, a body, or a weapon."""
    whole = next(iter(sentence.dependents(token.i, "nmod")), None)
    if token.ner == "O" and kind is None and whole is not None and weapon_in([whole.lower], 0):
        return False  # "the first of three shells"
    if token.ner.endswith("LOC"):
        return is_land(r.span.text) or is_land(token.text)
    if is_armed_name(r.span.text):
        return True
    named = token.ner != "O" or token.entity in {"organization", "person", "object"}
    return named or kind in ACTOR_KINDS or _is_unit(sentence, token)


def _is_unit(sentence: Sentence, token: Token) -> bool:
    """ "A Red Dawn column", "a guerrilla detachment": people in arms, by whose they are."""
    whose = sentence.dependents(token.i, "compound", "amod", "nmod")
    return token.lower.rstrip("s") in _UNITS and any(
        t.upos == "PROPN" or t.ner != "O" or participant_kind(t.text) in ARMED_KINDS for t in whose
    )


def _is_people(token: Token, kind: str | None) -> bool:
    """Whether a victim's head is people: a person, a numeral, "a 3-year-old"; not "the city's 9th homicide"."""
    if token.lower in BODIES:
        return True  # "three bodies were found"
    if token.upos == "NUM":
        return token.entity not in {"time", "place"}
    if token.entity in _NOT_HUMAN and token.ner[2:] != "PER":
        return kind in ACTOR_KINDS and token.entity != "place"
    return (
        token.entity == "person"
        or token.ner.endswith("PER")
        or kind in ACTOR_KINDS
        or (token.lower.endswith("old") or token.entity == "")
    )


def _munition_targets(sentence: Sentence, group: Sequence[Hit], weapons: Sequence[WeaponHit]) -> list[Role]:
    """ "fired rockets at two bases": what hangs on the munition with at, on, into, towards."""
    scope = _scope(sentence, group)
    return [
        role(sentence, "target", d)
        for w in weapons
        if w.weapon.is_munition and w.last in scope
        for d in sentence.dependents(w.last, "nmod")
        if _AT_CASES & cases_of(sentence, d.i) and can_be_target(d)
    ]


def _place_nearby(sentence: Sentence, group: Sequence[Hit], times: Sequence[TimeExpression]) -> list[Role]:
    """A named place with a locative preposition inside the incident's clause, when none hangs on its words."""
    dates = {i for t in times for i in range(t.span.start, t.span.end)}
    for i in sorted(_scope(sentence, group)):
        token = sentence.tokens[i]
        cases = cases_of(sentence, i)
        owner = next((d for d in sentence.dependents(i, "nmod") if d.deprel == "nmod:poss"), token)
        if "on" in cases and owner.i != i and owner.ner.endswith("LOC") and token.entity == "place":
            name = sentence.phrase(owner.i, ("case", "punct"))  # "on Nairobi's Moi Avenue"
            return [Role("place", name, Span(owner.start, owner.end, owner.text))]
        located = cases & _LOCATING or follows_direction(sentence, token)
        if _is_of_teller(sentence, token):
            continue
        if located and token.start not in dates and _holds_place(sentence, token):
            return [place(sentence, token)]
    return []


def _is_of_teller(sentence: Sentence, token: Token) -> bool:
    """ "..., according to the consulate in Marseille": where those sit who tell of it."""
    return any("according" in cases_of(sentence, a.i) for a in (token, *sentence.ancestors(token.i)))


def _holds_place(sentence: Sentence, token: Token) -> bool:
    """Whether a noun is a named place, or ground with one in its phrase ("the town of Damboa")."""
    if token.ner.endswith("LOC"):
        return True
    below = sentence.subtree(token.i, ("acl", "parataxis", "conj", "appos"))
    return is_territory(token.text) and any(sentence.tokens[j].ner.endswith("LOC") for j in below)


def _weapon_roles(
    sentence: Sentence, group: Sequence[Hit], weapons: Sequence[WeaponHit], hits: Sequence[Hit]
) -> list[Role]:
    """Weapon phrases inside the incident's clause; the trigger word itself may hold one ("rocket attack").

    Not those of another incident told below it: "was shot two days after a suicide attack".
    """
    scope = _scope(sentence, group)
    own = {hit.i for hit in group}
    for other in hits:
        below = set(sentence.subtree(other.i)) if other.i not in own else own
        scope -= below if not below & own else set()
    found = []
    for weapon in weapons:
        if any(weapon.first <= i <= weapon.last or i in scope for i in (weapon.first, weapon.last)) and (
            scope & set(range(weapon.first, weapon.last + 1))
        ):
            head = sentence.tokens[weapon.last]
            found.append(
                Role(
                    "weapon", sentence.words(weapon.first, weapon.last), Span(head.start, head.end, head.text)
                )
            )
    return found


def _time_roles(
    sentence: Sentence, group: Sequence[Hit], times: Iterable[TimeExpression], hits: Sequence[Hit]
) -> list[Role]:
    """Dates of the incident: below one of its words, or on a verb above it that is not one of saying."""
    scope = _scope(sentence, group)
    own, others = {h.i for h in group}, {h.i for h in hits} - {h.i for h in group}
    below, above = [], []
    for time in times:
        tokens = sentence.inside(time.span.start, time.span.end)
        if not tokens or time.form in _NOT_DATES:
            continue
        if is_said_then(sentence, tokens) or is_of_later(sentence, tokens):
            continue
        if time.form == "feast" and is_modifier(sentence, tokens):
            continue
        nearest = next((a.i for a in sentence.ancestors(tokens[-1].i) if a.i in own | others), None)
        if nearest in others:
            continue
        told = Role("time", time.span, Span(tokens[-1].start, tokens[-1].end, tokens[-1].text))
        if any(t.i in scope for t in tokens):
            below.append(told)
        elif _hangs_on_governor(sentence, group, tokens):
            above.append(told)
    return below or above


def _hangs_on_governor(sentence: Sentence, group: Sequence[Hit], tokens: Sequence[Token]) -> bool:
    """ "On Monday a rocket ... killed": the date's governor is above a hit with no clause of saying between."""
    top = next((t for t in tokens if t.head not in {o.i for o in tokens}), tokens[0])
    if top.head < 0:
        return False
    for hit in group:
        token = sentence.tokens[hit.i]
        for governor in sentence.ancestors(hit.i):
            if base(token.deprel) in {"ccomp", "parataxis", "appos"} or token.deprel == "acl:relcl":
                break
            if _ABOUT_DEEDS & set(lemmas(governor.lower)):
                break  # "claimed the attack by Monday", "condemned the killings on Sunday"
            if governor.i == top.head:
                return True
            token = governor
    return False


def _scope(sentence: Sentence, group: Sequence[Hit]) -> set[int]:
    """Tokens under the group's words, and the words themselves; what is said of others is left out."""
    hits = {hit.i for hit in group}
    scope: set[int] = set()
    for hit in group:
        scope |= set(sentence.subtree(hit.i, ("parataxis",)))
        token = sentence.tokens[hit.i]
        if base(token.deprel) in {"acl", "compound", "amod"} and token.head >= 0:
            scope |= set(sentence.subtree(token.head, ("parataxis", "conj")))
    for i in sorted(scope):
        if sentence.tokens[i].deprel == "acl:relcl" and not hits & (clause := set(sentence.subtree(i))):
            scope -= clause  # "the group, which has fought since 1964": not of this incident
    return scope | hits


def _tidy(
    sentence: Sentence, roles: list[Role], weapons: Sequence[WeaponHit], times: Sequence[TimeExpression]
) -> list[Role]:
    """Roles with weapons told from people and dates from places, without repeats."""
    heads = {i for w in weapons for i in range(sentence.tokens[w.first].start, sentence.tokens[w.last].end)}
    dates = {i for t in times for i in range(t.span.start, t.span.end)}
    kept: dict[tuple[str, int, int], Role] = {}
    for r in roles:
        name = r.name
        is_weapon = r.head.start in heads
        if name == "weapon?" and not is_weapon:
            continue
        if (
            name in {"killed", "injured", "target"}
            and is_weapon
            and not _flies_or_falls(sentence, r, weapons)
        ):
            name, is_weapon = "target", False  # "ambushed a helicopter"
        if name in {"perpetrator", "killed", "injured", "weapon?", "target"} and is_weapon:
            kept.update(_weapon_owner(sentence, r))
            name = "weapon"
        if name in {"place", "target", "killed", "injured", "perpetrator"} and r.head.start in dates:
            continue
        if name == "perpetrator" and _is_plain_object(sentence, r):
            continue
        span = r.span if name != "weapon" else _weapon_span(sentence, r, weapons)
        kept.setdefault((name, span.start, span.end), Role(name, span, r.head))
    return list(kept.values())


def _flies_or_falls(sentence: Sentence, r: Role, weapons: Sequence[WeaponHit]) -> bool:
    """Whether a role's head is a munition: what is fired, rather than a craft that it is fired at."""
    heads = (
        w for w in weapons if sentence.tokens[w.first].start <= r.head.start < sentence.tokens[w.last].end
    )
    return any(w.weapon.is_munition for w in heads)


def _is_plain_object(sentence: Sentence, r: Role) -> bool:
    """A thing that is no weapon we know and no name does nothing by itself."""
    token = sentence.token_at(r.head.start)
    if token is None or token.entity != "object" or token.ner != "O":
        return False
    return participant_kind(token.text) not in ACTOR_KINDS and not _is_unit(sentence, token)


def _weapon_span(sentence: Sentence, r: Role, weapons: Sequence[WeaponHit]) -> Span:
    for w in weapons:
        words = sentence.words(w.first, w.last)
        if words.start <= r.head.start < words.end:
            return words
    return r.span


def _weapon_owner(sentence: Sentence, r: Role) -> dict[tuple[str, int, int], Role]:
    """ "two militia rockets", "Iranian missiles": whose they are is who is alleged."""
    head = sentence.token_at(r.head.start)
    if head is None:
        return {}
    owners = [
        t
        for t in sentence.dependents(head.i, "compound", "nmod:poss", "amod")
        if weapon_in([t.lower], 0) is None
        and weapon_in([t.lower, head.lower], 0) is None
        and (participant_kind(t.text) in ARMED_KINDS or t.ner.endswith(("ORG", "LOC", "MISC")))
    ]
    found = [role(sentence, "perpetrator", t) for t in owners]
    return {(f.name, f.span.start, f.span.end): f for f in found}
