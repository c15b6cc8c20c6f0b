"""What a ledger of one message answers to MUC-4's templates: its incidents with the strings that fill their slots."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from attested.evaluation.muc4_answers import GENERAL_GROUPS, Accused, answers_in, is_named
from attested.evaluation.muc4_slots_key import DESCRIBED, SLOTS, Names
from attested.evaluation.muc4_slots_relevance import (
    ACCOMPLISHED,
    ARMED,
    ARSON,
    BOMBING,
    DISRUPTED,
    GENERAL,
    HIT,
    KIDNAPPING,
    Deed,
    hits_civilians,
    is_defusing,
    is_mere_death,
    is_threat,
    kind_of,
    relevant,
    stage_of,
    type_of,
)
from attested.evaluation.muc4_slots_score import plain
from attested.incidents.context import FuseContext
from attested.incidents.fuse import fuse_incident
from attested.incidents.fused import FusedIncident
from attested.incidents.perpetrators import FIELDS
from attested.ledger.store import Ledger
from attested.mentions.lexicon import is_territory, participant_kind
from attested.model import Claim, Incident, Mention
from attested.resolve.actor_names import actor_words
from attested.text.countries import country_of
from attested.text.normalise import fold
from attested.values import Actor
from attested.views.fusing import fuse_context

# "Nonessential modifiers" that the key leaves out (scoring-guidelines 3.1.1.1), and words of doubt, which it keeps
# apart (part 2, slot 11); numbers are left out of targets, whose number is a slot of its own.
_LESSER = frozenset(
    "the a an his her its their our my your this that these those another other some several various any many all both "
    "same large alleged presumed suspected supposed so-called apparent possible apparently presumably allegedly "
    "by".split()
)
_NUMBERS = frozenset(
    "one two three four five six seven eight nine ten eleven twelve dozens hundreds at least over about "
    "approximately".split()
)
_TITLES = actor_words().titles | {"msgr", "monsignor"}
_PEOPLE = ARMED | {"civilian"}
# Whole bodies are no individuals (part 2, slots 9 and 10).
_BODIES = frozenset(
    "army police military guard navy force forces government regime cartel mafia movement front organization command "
    "staff battalion brigade".split()
)
# Words that do not say what people they are: of 32 answers that were one of these or ended in "groups" two were right.
_VAGUE = frozenset({"group", "groups", "leaders"})
# Deeds that are seldom a state's: of messages that name one armed group, 41 of 114 such without a body told are its.
_UNDERGROUND = frozenset({BOMBING, KIDNAPPING})
_NO_WEAPON = frozenset({KIDNAPPING, ARSON})
# What carries a weapon, and what a weapon leaves or gives off, is no instrument.
_NO_INSTRUMENT = frozenset(
    "helicopter helicopters plane planes aircraft airplane airplanes gunship gunships jet jets gunfire gunshot "
    "gunshots bullet bullets fire shots".split()
)
_WORD = re.compile(r"[\w'’-]+")
_POSSESSIVE = re.compile(r"['’]s$", re.I)
_OF = re.compile(r"\bof\b", re.I)
# Where something was, or what was done to it, behind what it is; "men in uniform" are told by it.
_TAIL = re.compile(r"\s(?:in (?!\w*uniform)|with|from|against|during|after|near|at)\b.*", re.I)
_EDGES = " ,;.\"'"


@dataclass(frozen=True)
class Answer:
    """A template of ours: type and fills, the fused incident behind it, and who is accused how surely."""

    type: str
    slots: Mapping[str, tuple[Names, ...]]
    fused: FusedIncident
    accused: tuple[Accused, ...] = ()
    place_words: tuple[str, ...] = ()
    stage: str = ACCOMPLISHED


def templates_in(ledger: Ledger) -> list[Answer]:
    """The templates that the task asks for, from the incidents that the ledger of one message counts."""
    view = _View(ledger)
    deeds = relevant(view.deeds())
    deeds += _first(view.untold(is_threat))
    # Of 11 messages with no deed but a civilian's death, six have a template for it.
    deeds = deeds or _first(view.untold(is_mere_death))
    found = [view.answer(deed) for deed in deeds]
    # A deed of which nothing is told is one told before, or nobody's: 13 of 74 that came second or later were right.
    return [answer for i, answer in enumerate(found) if i == 0 or any(answer.slots.values())]


def _first(deeds: Iterable[Deed]) -> list[Deed]:
    """The first of the deeds that hit civilians, if any."""
    return [deed for deed in deeds if hits_civilians(deed)][:1]


class _View:
    """The ledger of one message as the answers need it."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._folded = fold(ledger.reports[0].text)
        self._names = ledger.outlines[0].names
        self._actors = {actor.id: actor for actor in ledger.actors}
        roles = (role for mention in ledger.mentions for role in mention.roles)
        self._heads = {(role.span.start, role.span.end): role.head.text for role in roles}

    def deeds(self) -> list[Deed]:
        """The incidents of the ledger in the order of the text."""
        found = map(self._deed, self._ledger.incidents)
        return sorted(found, key=lambda deed: deed.mentions[0].trigger)

    def untold(self, is_asked: Callable[[Mention], bool]) -> list[Deed]:
        """Mentions that the ledger counts for no incident, each as a deed of its own, in the order of the text."""
        found = [m for m in self._ledger.mentions if m.kind == "incident" and is_asked(m)]
        return [self._deed(Incident(m.id, m.type, (m.id,))) for m in sorted(found, key=lambda m: m.trigger)]

    def _deed(self, incident: Incident) -> Deed:
        context = self._context
        mentions = sorted((context.mentions[m] for m in incident.mention_ids), key=lambda m: m.trigger)
        # Who made a bomb harmless is not who placed it.
        defused = {m.id for m in mentions if m.type == DISRUPTED and is_defusing(m)}
        claims = [
            claim
            for claim in context.claims_of(incident.mention_ids)
            if claim.field not in FIELDS or claim.mention_id not in defused
        ]
        hit = frozenset(self._kind(claim) for claim in claims if claim.field in HIT)
        published = self._ledger.published[self._ledger.reports[0].id].interval
        return Deed(tuple(mentions), tuple(claims), fuse_incident(context, incident), published, hit)

    def answer(self, deed: Deed) -> Answer:
        """A deed as a template."""
        type_, ids = type_of(deed), {mention.id for mention in deed.mentions}
        accused = [
            one
            for incident in self._accused
            for one in incident
            if any(claim.mention_id in ids for claim in one.claims)
        ]
        slots: dict[str, list[str]] = defaultdict(list)
        told = [self.in_text(one) for one in accused]
        slots["perpetrator_organisation"] = told or (self._only_group if type_ in _UNDERGROUND else [])
        for claim in deed.claims:
            if claim.polarity == "positive":
                for slot, string in self.fills(claim, type_, accused):
                    slots[slot].append(string)
        slots["perpetrator_individual"] = slots["perpetrator_individual"][:1]
        kept = {slot: tuple((string,) for string in _once(slots[slot])) for slot in (*SLOTS, DESCRIBED)}
        places = tuple(str(c.value) for c in deed.claims if c.field == "place")
        return Answer(type_, kept, deed.fused, tuple(accused), places, stage_of(deed))

    @cached_property
    def _only_group(self) -> list[str]:
        """The armed group that the message names, where it names one alone."""
        groups = [actor for actor in self._ledger.actors if actor.kind == "armed group"]
        named = [[n for n in (a.name, *a.aliases) if is_named(fold(n), self._folded)] for a in groups]
        found = [
            names[0] for names in named if names and not GENERAL_GROUPS.issuperset(fold(names[0]).split())
        ]
        return found if len(found) == 1 else []

    @cached_property
    def _context(self) -> FuseContext:
        return fuse_context(self._ledger)

    @cached_property
    def _accused(self) -> Sequence[Sequence[Accused]]:
        return answers_in(self._ledger)

    def fills(self, claim: Claim, type_: str, accused: Iterable[Accused]) -> list[tuple[str, str]]:
        """(slot, string) for what one claim says."""
        people = self.people(claim)
        if claim.field in FIELDS:
            return [("perpetrator_individual", s) for s in self._individuals(claim, people, accused)]
        if claim.field == "weapon" and type_ not in _NO_WEAPON:
            words = fold(claim.span.text).split()
            return [("weapon", claim.span.text)] if _NO_INSTRUMENT.isdisjoint(words) else []
        is_thing = claim.field == "target" and self._head_kind(claim) == "structure"
        if claim.field in {"target", "victims"} and people and not is_thing:
            return [("victim", name) for name in people]
        if claim.field == "victims":
            return [(DESCRIBED, _bare(str(claim.value)))]
        return self._thing(claim, type_) if claim.field == "target" else []

    def _thing(self, claim: Claim, type_: str) -> list[tuple[str, str]]:
        """What was hit, if it is no place in general; people without a name are described."""
        kind = self._head_kind(claim)
        if type_ == KIDNAPPING or kind in _PEOPLE:
            return [(DESCRIBED, _bare(str(claim.value)))]
        if kind != "structure":  # five of 65 such were right on dev and the tests: "rifles", "the salvador"
            return []
        string = _bare(str(claim.value), numbers=True)
        words = [fold(word) for word in _WORD.findall(string)]
        is_place = any(name.label == "LOC" and fold(name.text) == fold(string) for name in self._names)
        general = not words or words[0] in GENERAL or words[-1] in GENERAL or is_territory(words[-1])
        return [] if general or is_place or country_of(string) else [("target", string)]

    def _individuals(self, claim: Claim, people: Sequence[str], accused: Iterable[Accused]) -> list[str]:
        """Who did it as the task's individual: people by name, else a phrase for people that names no body."""
        if people and self._head_kind(claim) not in ARMED:
            return list(people)
        words, actor = str(claim.value), self._actor(claim)
        is_body = actor is not None and actor.kind != "person" and fold(words) in _folded_names(actor)
        kinds = {participant_kind(word) for word in _WORD.findall(words)}
        if is_body or self._head(claim).lower() in _BODIES or not kinds & _PEOPLE or country_of(words):
            return []
        return [told] if (told := self._people_told(_without_owner(_bare(words), accused), words)) else []

    def _people_told(self, phrase: str, words: str) -> str:
        """The phrase, if it says what people they are; of a modifier ("a rebel attack") its plural in the message."""
        if phrase == words and " " not in phrase and not fold(phrase).endswith(("s", "men", "people")):
            plural = f"{phrase}s" if phrase.islower() else f"{phrase}S"
            return plural if is_named(fold(plural), self._folded) else ""
        return "" if fold(phrase) in _VAGUE or fold(phrase).endswith(" groups") else phrase

    def people(self, claim: Claim) -> list[str]:
        """The people named in a claim's words, each by the longest name that the message has for them."""
        inside = [
            n.text
            for n in self._names
            if n.label == "PER" and claim.span.start <= n.start and n.end <= claim.span.end
        ]
        actor = self._actor(claim)
        if not inside and actor is not None and actor.kind == "person":
            inside = [actor.name]
        full = dict.fromkeys(map(self._full_name, inside))
        # A single word is a place or a body more often than a person: one of 19 was right on dev and the tests.
        return [name for name in full if " " in name]

    def _full_name(self, name: str) -> str:
        """A person's longest name in the message, without titles."""
        own = plain(name)
        aliases = next(
            (
                (a.name, *a.aliases)
                for a in self._ledger.actors
                if a.kind == "person" and own in map(plain, (a.name, *a.aliases))
            ),
            (),
        )
        written = [n.text for n in self._names if n.label == "PER"]
        known = [_POSSESSIVE.sub("", other) for other in (name, *aliases, *written)]
        longer = [n for n in known if f" {own} " in f" {plain(n)} " and fold(n) in self._folded]
        words = max(longer, key=len, default=name).split()
        while len(words) > 2 and (
            words[0].lower().strip(".") in _TITLES or participant_kind(words[0]) in _PEOPLE
        ):
            words = words[1:]
        return " ".join(words)

    def in_text(self, accused: Accused) -> str:
        """The name of an organisation that its accusers use, else the first in the message, without who is of it."""
        names = accused.names
        said = fold(" ".join(claim.span.text for claim in accused.claims))
        known = [name for name in names if fold(name) in self._folded]
        told = next((name for name in known if fold(name) in said), known[0] if known else names[0])
        return _bare(_POSSESSIVE.sub("", _body_in(told, names)))

    def _kind(self, claim: Claim) -> str:
        return kind_of(str(claim.value), self._head(claim), is_person=bool(self.people(claim)))

    def _head_kind(self, claim: Claim) -> str | None:
        return participant_kind(self._head(claim))

    def _head(self, claim: Claim) -> str:
        """The head word of a claim's phrase: its role's, else its last word."""
        words = _WORD.findall(str(claim.value))
        return self._heads.get((claim.span.start, claim.span.end), words[-1] if words else "")

    def _actor(self, claim: Claim) -> Actor | None:
        return self._actors.get(self._ledger.resolved.actors.get(claim.id, ""))


def _folded_names(actor: Actor) -> set[str]:
    return {fold(name) for name in (actor.name, *actor.aliases)}


def _bare(phrase: str, *, numbers: bool = False) -> str:
    """A phrase without the words at its head that the key leaves out."""
    words = _TAIL.sub("", phrase).split() or phrase.split()
    lesser = _LESSER | _NUMBERS if numbers else _LESSER
    while len(words) > 1 and (words[0].lower().strip(_EDGES) in lesser or (numbers and words[0].isdecimal())):
        words = words[1:]
    return " ".join(words).strip(_EDGES)


def _body_in(phrase: str, names: Sequence[str]) -> str:
    """ "Salvadoran army" of "soldiers of the Salvadoran army", where "army" is another of the names."""
    others = (name for name in names if fold(name) != fold(phrase))
    found = (re.search(rf"\b{re.escape(name)}\b", phrase, re.I) for name in others)
    body = next(filter(None, found), None)
    return _OF.split(phrase[: body.end()])[-1] if body is not None else phrase


def _without_owner(phrase: str, accused: Iterable[Accused]) -> str:
    """ "Guerrillas" of "FMLN guerrillas" and "guerrillas of the FMLN": the body has a slot of its own.

    Of people who need not bear arms the key keeps whose they are: "Shining Path members", "mafia leaders".
    """
    words = phrase.split()
    for name in (fold(name) for one in accused for name in one.names):
        n = len(name.split())
        if fold(phrase).startswith(f"{name} ") and participant_kind(words[-1]) in ARMED:
            return " ".join(words[n:])
        of = next((i for i, word in enumerate(words) if word.lower() == "of"), 0)
        owner = _bare(fold(" ".join(words[of + 1 :])))
        if of and f"{owner} ".startswith(f"{name} ") and participant_kind(words[of - 1]) in ARMED:
            return " ".join(words[:of])
    return phrase


def _once(strings: Iterable[str]) -> list[str]:
    """Strings for different things: of two of which one holds all words of the other, the one told first."""
    found: list[tuple[frozenset[str], str]] = []
    for string in strings:
        words = frozenset(word.rstrip("s") for word in plain(string).split())
        if words and not any(words <= other or other <= words for other, _ in found):
            found.append((words, string))
    return [string for _, string in found]
