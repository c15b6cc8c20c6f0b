"""Which incidents MUC-4 asks for, and under which of its types (taskdoc/templ-doc-basic, part 1, sections 1.0 and 7.5).

In the database are acts against anybody but the forces of a state or armed groups alone, that are recent, in or of
nine countries. What is hit together with the forces counts; so does what a state's forces do to others. Threats and
bombs made harmless are asked for as well.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from attested.incidents.fused import FusedIncident
from attested.mentions.drafts import NO_VIOLENCE
from attested.mentions.lexicon import is_territory, participant_kind
from attested.mentions.typing import NON_VIOLENT_TYPES
from attested.model import Claim, Mention
from attested.text.countries import country_of
from attested.text.normalise import fold
from attested.values import PartialDate

ACCOMPLISHED, ATTEMPTED, THREATENED = "ACCOMPLISHED", "ATTEMPTED", "THREATENED"
ATTACK, BOMBING, KIDNAPPING, ARSON, ROBBERY = "attack", "bombing", "kidnapping", "arson", "robbery"
COUNTRIES = frozenset({"SV", "GT", "HN", "AR", "BO", "CL", "CO", "EC", "PE"})
"""The nine countries of interest (section 1.0, 4)."""
RECENT = timedelta(days=62)
"""Two months: what is older is history, unless the report has no other incident (section 1.0, 6)."""

# ACLED's sub-event types that are no act of terrorism by the task's definition.
NO_TERRORISM = NON_VIOLENT_TYPES | {"Violent demonstration", "Government regains territory"}
_ABDUCTION, CLASH = "Abduction/forced disappearance", "Armed clash"
_DESTRUCTION = "Looting/property destruction"
_BOMB_TYPES = frozenset({"Remote explosive/landmine/IED", "Suicide bomb", "Grenade"})
_FIRE = re.compile(r"\b(?:arson|torch\w*|burn\w*|fire|ablaze|set)\b")
_BURNT = re.compile(r"\b(?:burn(?:ed|t|ing)|set (?:\w+ ){0,8}?(?:fire to|on fire|ablaze)|torched)\b")
_THEFT = re.compile(r"\b(?:rob\w*|steal\w*|stole\w*|theft|loot\w*|ransack\w*|holdup|hold-up)\b")
# A bomb that somebody set or threw makes a bombing; bombs from the air make an attack (part 2, slot 4).
_BOMB = re.compile(r"\b(?:(?:car-?)?bombs?|dynamite|explosives?|explosive devices?|blew up|blown up)\b")
_FROM_THE_AIR = re.compile(r"\b(?:planes?|aircraft|helicopters?|air force|aerial|strafed)\b")
# A bomb that was made harmless is an attempt at a bombing (part 2, slot 5).
_DEFUSED = re.compile(r"\b(?:defus|deactivat)\w*")
DISRUPTED = "Disrupted weapons use"
# Campaigns rather than incidents.
CAMPAIGNS = frozenset({"offensive", "offensives"})
_HEARD = frozenset({"explosions"})  # with nothing hit: none of nine was right
ARMED = frozenset({"force", "armed_group"})
# Ground, and people and things in general ("too general", part 1, section 1.0, 7); words that point elsewhere.
GENERAL = frozenset(
    "him her it them street avenue road highway intersection border sector zone department municipality population "
    "community country land property place places side part parts center centre state north south east west front "
    "random shots bullets".split()
)
PLACE = "place"
HIT = frozenset({"target", "victims"})
"""The fields that say who or what was hit."""
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Deed:
    """An incident of the ledger as the task looks at it; ``hit`` are the kinds of what and who was hit."""

    mentions: tuple[Mention, ...]
    claims: tuple[Claim, ...]
    fused: FusedIncident
    published: PartialDate
    hit: frozenset[str]

    @property
    def types(self) -> frozenset[str]:
        """The ACLED sub-event types of its mentions."""
        return frozenset(mention.type for mention in self.mentions)


def type_of(deed: Deed) -> str:
    """The task's type of an incident. It has no word of ours for a forced work stoppage or a hijacking."""
    words = fold(" ".join(mention.sentence.text for mention in deed.mentions))
    if stage_of(deed) == ATTEMPTED:
        return BOMBING
    if _ABDUCTION in deed.types:
        return KIDNAPPING
    trigger = fold(deed.mentions[0].trigger.text)
    if deed.types == {_DESTRUCTION} and (_FIRE.search(trigger) or _THEFT.search(trigger)):
        return ARSON if _FIRE.search(trigger) or _BURNT.search(words) else ROBBERY
    by_words = bool(_BOMB.search(words)) and not _FROM_THE_AIR.search(words)
    return BOMBING if deed.types & _BOMB_TYPES or by_words else ATTACK


def stage_of(deed: Deed) -> str:
    """How far it went: done, threatened, or stopped before it did harm."""
    if deed.mentions[0].status == "feared":
        return THREATENED
    is_stopped = deed.types == {DISRUPTED} and any(is_defusing(m) for m in deed.mentions)
    return ATTEMPTED if is_stopped else ACCOMPLISHED


def is_defusing(mention: Mention) -> bool:
    """Whether a mention tells of a bomb made harmless."""
    return bool(_DEFUSED.search(fold(mention.sentence.text)))


def is_threat(mention: Mention) -> bool:
    """Whether a mention tells of a deed that somebody threatens to do; the task asks for threats too."""
    return mention.status == "feared" and "threat" in fold(mention.why)


def is_mere_death(mention: Mention) -> bool:
    """Whether a mention tells of a death that its words lay to nobody."""
    return mention.why == NO_VIOLENCE


def hits_civilians(deed: Deed) -> bool:
    """Whether somebody or something is hit that is not of the forces or of an armed group."""
    return bool(deed.hit - ARMED - {PLACE, "other"})


def relevant(deeds: Sequence[Deed]) -> list[Deed]:
    """The deeds of one report that the task asks for."""
    kept = [deed for deed in deeds if _is_terrorism(deed) and not _is_elsewhere(deed)]
    return [deed for deed in kept if not _is_old(deed)] or kept


def _is_terrorism(deed: Deed) -> bool:
    """Whether it is of a type that counts, and not among armed people alone."""
    if stage_of(deed) == ATTEMPTED:
        return True
    if deed.types <= NO_TERRORISM or all(m.trigger.text.lower() in CAMPAIGNS for m in deed.mentions):
        return False
    if not deed.hit:
        return deed.types != {CLASH} and not all(m.trigger.text.lower() in _HEARD for m in deed.mentions)
    # Of things that are no building beside the forces or a place, 5 of 31 were right: their weapons, their camps.
    return hits_civilians(deed) or deed.hit == {"other"}


def kind_of(phrase: str, head: str, *, is_person: bool) -> str:
    """What kind of thing or people a phrase says was hit; a structure of the forces is theirs."""
    own = participant_kind(head)
    if not is_person and (own == "territory" or is_territory(head) or fold(head) in GENERAL):
        return PLACE
    words = {participant_kind(word) for word in _WORD.findall(phrase)}
    if own == "force" or ("force" in words and own in {None, "structure", "territory"} and not is_person):
        return "force"
    return "civilian" if is_person else own or "other"


def _is_elsewhere(deed: Deed) -> bool:
    """Whether a country is told as where it was, and it is none of the nine; what a report is about says nothing."""
    words = (fold(str(claim.value)).removeprefix("of ") for claim in deed.claims if claim.field == "place")
    countries = {country for country in map(country_of, words) if country is not None}
    return bool(countries) and countries.isdisjoint(COUNTRIES)


def _is_old(deed: Deed) -> bool:
    end, day = deed.fused.date.end, deed.published.start
    return end is not None and day is not None and day - end > RECENT
