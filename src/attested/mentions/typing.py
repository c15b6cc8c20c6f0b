"""Which ACLED sub-event type an incident is: its words, its weapon, and who was on each side."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from attested.mentions.hits import Hit, WeaponHit
from attested.mentions.lexicon import is_armed_name, participant_kind
from attested.model import Role
from attested.text.lemmas import lemmas

DEFAULT_TYPE = "Attack"
# Types so vague that they fit any other kind of violence, and all kinds of violence.
VAGUE_TYPES = frozenset({"Attack", "Armed clash"})
VIOLENT_TYPES = VAGUE_TYPES | {
    "Chemical weapon", "Air/drone strike", "Suicide bomb", "Grenade", "Shelling/artillery/missile attack",
    "Remote explosive/landmine/IED", "Abduction/forced disappearance", "Sexual violence", "Mob violence",
    "Excessive force against protesters",
}  # fmt: skip
GOING_OFF = frozenset({"Suicide bomb", "Air/drone strike", "Shelling/artillery/missile attack", "Grenade"})
"""What "the blast" may be, told by a weapon; ``BLAST`` where none is."""
BLAST = "Remote explosive/landmine/IED"
NON_VIOLENT_TYPES = frozenset(
    {
        "Peaceful protest", "Protest with intervention", "Agreement", "Arrests", "Change to group/activity",
        "Disrupted weapons use", "Headquarters or base established", "Non-violent transfer of territory", "Other",
    }
)  # fmt: skip
"""Peaceful demonstrations and ACLED's strategic developments, but for looting."""
# "Shot dead at a protest": the protest is where it happened.
_PROTEST = frozenset({"protest"})
_OVERTAKEN = "Non-state actor overtakes territory"
_CROWD_CONTROL = "Protest with intervention"
_PROTESTERS = frozenset({"protester", "protestor", "demonstrator", "rioter", "marcher"})
_STATE_FORCES = frozenset({"military", "army", "warplane", "jet", "junta", "government", "aircraft"})
_HIT = frozenset({"target", "killed", "injured", "victims"})
# What a crowd may do or suffer that is told without a word for a protest.
_BY_CROWDS = frozenset(
    {"attack", "kill", "injure", "die", "clash", "stab", "shoot", "loot", "destroy", "launch", "pelt", "mob"}
)
# When several weapons are named, the one that decides: the carrier over what it carried.
_WEAPON_ORDER = (
    "Chemical weapon",
    "Suicide bomb",
    "Air/drone strike",
    "Shelling/artillery/missile attack",
    "Grenade",
    "Remote explosive/landmine/IED",
    _CROWD_CONTROL,
    "Armed clash",
)


def decide_type(group: Sequence[Hit], weapons: Sequence[WeaponHit], roles: Sequence[Role]) -> str:
    """The ACLED sub-event type of a group of hits (ACLED codebook, 25 sub-event types)."""
    violent = any(hit.family.name not in _PROTEST for hit in group)
    strong = [
        hit.family.type
        for hit in group
        if hit.family.type and not hit.family.weak and not (violent and hit.family.name in _PROTEST)
    ]
    used = any(r.name == "weapon" for r in roles)
    named = {w.weapon.type for w in weapons if w.weapon.type} if used else set()
    if _is_from_the_air(group, weapons, roles):
        named.add("Air/drone strike")
    if (by_crowd := _of_a_crowd(group, roles, named)) is not None:
        return by_crowd
    if _CROWD_CONTROL in named and strong[:1] == ["Arrests"]:
        return _CROWD_CONTROL
    if strong[:1] == ["Looting/property destruction"] and any(hit.family.result == "killed" for hit in group):
        strong = []  # "slew eleven villagers and torched their houses"
    if strong and strong[0] not in {"Armed clash"}:
        return _taken_by(strong[0], roles)
    for type_ in _WEAPON_ORDER:
        if type_ in named:
            return type_
    if strong:
        return strong[0]
    if any(hit.family.name == "bomb" for hit in group) and _is_by_a_state(roles):
        return "Air/drone strike"
    if weak := [hit.family.type for hit in group if hit.family.type and hit.family.weak]:
        return weak[0]
    kinds = {participant_kind(r.head.text) for r in roles if r.name in {"target", "killed", "injured"}}
    agents = {participant_kind(r.head.text) for r in roles if r.name == "perpetrator"}
    if "force" in kinds and "civilian" not in kinds and "armed_group" in agents:
        return "Armed clash"
    alone = {hit.family.alone for hit in group if not hit.family.result}
    return alone.pop() or DEFAULT_TYPE if len(alone) == 1 else DEFAULT_TYPE


def _is_from_the_air(group: Sequence[Hit], weapons: Sequence[WeaponHit], roles: Sequence[Role]) -> bool:
    """An air force that bombs or attacks, and bombs that fall."""
    families = {hit.family.name for hit in group}
    by = [r.span.text.lower() for r in roles if r.name == "perpetrator"]
    if families & {"bomb", "launch", "attack", "destroy"} and any("air force" in words for words in by):
        return not any(w.weapon.type for w in weapons if w.weapon.name != "bomb")
    return "land" in families and any(w.weapon.name == "bomb" for w in weapons)


def _is_by_a_state(roles: Sequence[Role]) -> bool:
    """ "The military bombed the school", and no weapon is told."""
    return any(not _STATE_FORCES.isdisjoint(lemmas(r.head.text)) for r in roles if r.name == "perpetrator")


def _of_a_crowd(group: Sequence[Hit], roles: Sequence[Role], weapons: Collection[str]) -> str | None:
    """The type of violence by or against a crowd: a riot, a mob's, a force's against protesters."""
    if not any(hit.family.name in _BY_CROWDS for hit in group):
        return None
    doers = {form for r in roles if r.name == "perpetrator" for form in lemmas(r.head.text)}
    kinds = {participant_kind(r.head.text) for r in roles if r.name == "perpetrator"}
    hit = {form for r in roles if r.name in _HIT for form in lemmas(r.head.text)}
    if doers & {"mob", "crowd"}:
        return "Mob violence"
    if doers & _PROTESTERS:
        return "Violent demonstration"
    if hit & _PROTESTERS and "force" in kinds and _CROWD_CONTROL not in weapons:
        return "Excessive force against protesters"
    return None


def _taken_by(type_: str, roles: Sequence[Role]) -> str:
    """Ground that a state's force takes is not taken by a non-state actor."""
    doers = [r for r in roles if r.name == "perpetrator"]
    kinds = {"" if is_armed_name(r.span.text) else participant_kind(r.head.text) for r in doers}
    return "Government regains territory" if type_ == _OVERTAKEN and kinds == {"force"} else type_


def is_result_only(group: Sequence[Hit]) -> bool:
    """Whether the words say only what happened to people ("died"), not what was done."""
    return all(hit.family.result for hit in group)
