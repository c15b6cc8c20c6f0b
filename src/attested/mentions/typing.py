"""Which ACLED sub-event type an incident is: its words, its weapon, and who was on each side."""

from __future__ import annotations

from collections.abc import Sequence

from attested.mentions.hits import Hit, WeaponHit
from attested.mentions.lexicon import participant_kind
from attested.model import Role

DEFAULT_TYPE = "Attack"
# Types so vague that they fit any other kind of violence, and all kinds of violence.
VAGUE_TYPES = frozenset({"Attack", "Armed clash"})
VIOLENT_TYPES = VAGUE_TYPES | {
    "Chemical weapon", "Air/drone strike", "Suicide bomb", "Grenade", "Shelling/artillery/missile attack",
    "Remote explosive/landmine/IED", "Abduction/forced disappearance", "Sexual violence", "Mob violence",
    "Excessive force against protesters",
}  # fmt: skip
# "Shot dead at a protest": the protest is where it happened.
_PROTEST = frozenset({"protest"})
# When several weapons are named, the one that decides: the carrier over what it carried.
_WEAPON_ORDER = (
    "Chemical weapon",
    "Suicide bomb",
    "Air/drone strike",
    "Shelling/artillery/missile attack",
    "Grenade",
    "Remote explosive/landmine/IED",
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
    used = {r.span.start for r in roles if r.name == "weapon"}
    named = {w.weapon.type for w in weapons if w.weapon.type} if used else set()
    if strong and strong[0] not in {"Armed clash"}:
        return strong[0]
    for type_ in _WEAPON_ORDER:
        if type_ in named:
            return type_
    if strong:
        return strong[0]
    if weak := [hit.family.type for hit in group if hit.family.type and hit.family.weak]:
        return weak[0]
    kinds = {participant_kind(r.head.text) for r in roles if r.name in {"target", "killed", "injured"}}
    agents = {participant_kind(r.head.text) for r in roles if r.name == "perpetrator"}
    if "force" in kinds and "civilian" not in kinds and "armed_group" in agents:
        return "Armed clash"
    alone = {hit.family.alone for hit in group if not hit.family.result}
    return alone.pop() or DEFAULT_TYPE if len(alone) == 1 else DEFAULT_TYPE


def is_result_only(group: Sequence[Hit]) -> bool:
    """Whether the words say only what happened to people ("died"), not what was done."""
    return all(hit.family.result for hit in group)
