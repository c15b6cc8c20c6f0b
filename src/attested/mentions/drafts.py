"""An incident's mention in the making, and whether its words single one incident out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from attested.mentions.hits import Hit
from attested.mentions.lexicon import is_animal, participant_kind, tells_accident
from attested.mentions.participants import agents, patients
from attested.mentions.typing import NON_VIOLENT_TYPES, is_result_only
from attested.model import MentionStatus, Role, Span
from attested.reading.tokens import Sentence
from attested.text.lemmas import lemmas

NO_VIOLENCE = "a death, but no violence is told of"
# How many sentences from a violent deed a death may be told and be of it, without words that say so.
_DEATH_REACH = 6
_OF_DEATH = frozenset({"killed", "injured"})
_LAID = frozenset({"plant", "place"})  # a bomb that is planted somewhere is meant to go off there
# Words of a sentence that make its deaths no accident's, whatever else it tells of ("watching fireworks").
_MEANT = frozenset(
    "armed attack attacks attacker attackers assailant assailants gunman gunmen gunfire terrorist terrorists terrorism "
    "terror militant militants deliberately rammed ploughed plowed mowed ramming".split()
)
_NOTHING_HIT = frozenset(
    "orbit space sea ocean waters pacific air satellite atmosphere sky test once".split()
)


@dataclass
class Draft:
    """A mention in the making: sentences further down may add roles to it."""

    # Not frozen on purpose: its roles, status and reason grow until `find_incidents` makes a Mention of it.

    kind: str
    type: str
    trigger: Span
    sentence: Span
    sentence_no: int
    roles: list[Role]
    status: MentionStatus = "happened"
    is_background: bool = False
    why: str = ""
    group: Sequence[Hit] = field(default_factory=tuple)
    words: list[Span] = field(default_factory=list)  # trigger words, those of later sentences too
    is_any_attack: bool = False  # its words leave open how it was done: "attacked", "killed", not "shot"

    def take(self, again: Draft) -> None:
        """Takes in what is told again; of a bare death only who died, since its day and place are its own."""
        own = (r for r in again.roles if again.why != NO_VIOLENCE or r.name in _OF_DEATH)
        self.roles += [r for r in own if r not in self.roles]
        self.words += again.words


def violence(sentence: Sentence, draft: Draft, earlier: Sequence[Draft]) -> tuple[MentionStatus, str]:
    """ "happened", unless no violence is told of: a test launch, a death of illness, a road accident."""
    launched = all(hit.family.name == "launch" for hit in draft.group)
    if launched and draft.type != "Protest with intervention" and not _is_aimed(draft):
        return "habitual", "a launch, but nothing was hit or aimed at"
    if all(hit.family.name == "die" for hit in draft.group) and not any(
        r.name == "weapon" for r in draft.roles
    ):
        return "habitual", NO_VIOLENCE
    if (animal := _animal(sentence, draft)) is not None:
        return "accident", f"harm to or by an animal: {animal}"
    word = _accident(sentence, draft, earlier)
    if word and not any(r.name == "weapon" or _does(sentence, r) for r in draft.roles):
        return "accident", f"harm without violence: {word}"
    return "happened", ""


def join_deaths(drafts: Sequence[Draft], opening: Callable[[int], int]) -> list[Draft]:
    """Drafts with each bare death ("she died on Sunday") joined to the violent deed told near it in its item;
    ``opening`` gives the sentence that opens the item of another."""
    deeds = [d for d in drafts if d.kind == "incident" and d.status == "happened" and not d.is_background]
    deeds = [d for d in deeds if d.type not in NON_VIOLENT_TYPES]
    deeds = [d for d in deeds if not is_result_only(d.group) or any(r.name == "weapon" for r in d.roles)]
    kept = []
    for draft in drafts:
        near = [d for d in deeds if abs(d.sentence_no - draft.sentence_no) <= _DEATH_REACH]
        near = [d for d in near if opening(d.sentence_no) == opening(draft.sentence_no)]
        if draft.why != NO_VIOLENCE or draft.is_background or not near or is_of_illness(draft):
            kept.append(draft)
            continue
        deed = min(
            near, key=lambda d: (abs(d.sentence_no - draft.sentence_no), d.sentence_no > draft.sentence_no)
        )
        deed.take(draft)
    return kept


def is_of_illness(draft: Draft) -> bool:
    """Whether the words give a bare death another cause than violence or an accidental shot."""
    if draft.why != NO_VIOLENCE:
        return False
    word = tells_accident(draft.sentence.text.lower().replace(",", " ").split())
    return bool(word) and not word.startswith("accident")


def _accident(sentence: Sentence, draft: Draft, earlier: Sequence[Draft]) -> str:
    """What makes bare results an accident's: a word beside them, or the accident the report is about."""
    if not all(hit.family.result or hit.family.name in {"explode", "land"} for hit in draft.group):
        return ""
    if not _MEANT.isdisjoint(token.lower for token in sentence.tokens):
        return ""
    if word := tells_accident(token.lower for token in sentence.tokens):
        return f'"{word}"'
    about = [d for d in earlier if d.kind == "incident" and d.status in {"happened", "accident"}]
    return about[0].why.rpartition(": ")[2] if about and about[0].status == "accident" else ""


def _animal(sentence: Sentence, draft: Draft) -> str | None:
    """The animal that was harmed, if nobody was, or that did it."""
    hurt = [r.head.text for r in draft.roles if r.name in _OF_DEATH]
    near = [t.text for hit in draft.group for t in agents(sentence, hit.i)]
    if all(map(is_animal, hurt)):
        below = (t for hit in draft.group for t in sentence.dependents(hit.i, "nmod", "compound"))
        done_to = (t for hit in draft.group for t in patients(sentence, hit.i))
        near += [*hurt, *(t.text for t in (*done_to, *below))]
    return next((word for word in near if is_animal(word)), None)


def _does(sentence: Sentence, r: Role) -> bool:
    """Whether it is somebody who did it, and no vehicle."""
    token = sentence.token_at(r.head.start) if r.name == "perpetrator" else None
    return token is not None and participant_kind(token.text) != "structure" and token.entity != "object"


def _is_aimed(draft: Draft) -> bool:
    """Whether something on the ground was fired at: not orbit, not the open sea, not a test."""
    at = [r for r in draft.roles if r.name in {"target", "place"}]
    if _LAID & set(lemmas(draft.trigger.text)) and not any(r.head.text.lower() in _NOTHING_HIT for r in at):
        return True
    aimed = [r for r in at if r.name == "target" and r.head.text.lower() not in _NOTHING_HIT]
    return bool(aimed) or any(r.name in {"killed", "injured"} for r in draft.roles)


def is_definite(sentence: Sentence, group: Sequence[Hit]) -> bool:
    """ "the attack", "this blast": a noun that points back, with no participants of its own."""
    head = group[0]
    determiners = {d.lower for d in sentence.dependents(head.i, "det")}
    owners = [d for d in sentence.dependents(head.i) if d.deprel == "nmod:poss"]
    dated = any(d.entity == "time" for d in owners)  # "Tuesday's attack"
    return head.part == "noun" and (dated or bool(determiners & {"the", "this", "that", "these"}))
