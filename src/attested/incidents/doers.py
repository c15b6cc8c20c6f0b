"""Which of the dead did the deed themselves: "killed his wife, then himself", "before police shot the gunman dead"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from attested.incidents.people import are_apart, is_one_name, who_of
from attested.model import Claim
from attested.text.normalise import fold

_OWN = re.compile(r"(?:his|her|their)\s", re.IGNORECASE)
_SERVING = frozenset("police officer officers deputy deputies trooper troopers policeman policemen".split())
_PRONOUNS = frozenset({"he", "she", "they", "it", "who"})


def doers_among(dead: Sequence[Claim], blamed: Sequence[Claim]) -> list[Claim]:
    """The claims of a report's dead that are of who did it, where he killed others; ``blamed`` are its perpetrators."""
    found = [c for c in dead if isinstance(c.value, int) and c.value > 0 and _did_it(c, blamed)]
    own = {c.id for c in found}
    victims = [c for c in dead if c.id not in own and isinstance(c.value, int) and c.value > 0]
    return [c for c in found if any(_is_another(victim, c, blamed) for victim in victims)]


def _did_it(claim: Claim, blamed: Sequence[Claim]) -> bool:
    """Whether words for somebody dead mean who is blamed: himself, the gunman, his name, "police shot him dead"."""
    who = who_of(claim)
    if who.is_armed:
        return True
    if who.name:
        names = [_words(b) for b in blamed]
        is_kin = any(who.name & name and not is_one_name(who.name, name) for name in names)
        return not is_kin and any(is_one_name(who.name, name) for name in names)
    return is_by_police(claim, blamed) and claim.value == 1 and who.is_pronoun


def is_by_police(claim: Claim, blamed: Sequence[Claim]) -> bool:
    """Whether the sentence that tells of somebody hit blames police for it."""
    return any(b.sentence == claim.sentence and not _SERVING.isdisjoint(_words(b)) for b in blamed)


def _is_another(victim: Claim, doer: Claim, blamed: Sequence[Claim]) -> bool:
    """Whether a victim is surely somebody else than the doer."""
    if int(victim.value) > int(doer.value) or are_apart(victim, doer):
        return True
    if victim.sentence != doer.sentence or victim.span.end > doer.span.start:
        return False
    own = _OWN.match(victim.span.text) is not None or not who_of(doer).is_self
    return own or any(_is_beside(victim, b) for b in blamed)


def _is_beside(victim: Claim, blamed: Claim) -> bool:
    """ "A man shot a clerk, then himself": whether a sentence tells who did it beside the victim."""
    apart = blamed.span.end <= victim.span.start or victim.span.end <= blamed.span.start
    return blamed.sentence == victim.sentence and apart and _words(blamed).isdisjoint(_PRONOUNS)


def _words(claim: Claim) -> frozenset[str]:
    return frozenset(word.strip(",.'’") for word in fold(str(claim.value)).split())
