"""What a ledger of one message answers to MUC-4: by incident, which organisations did it and with what confidence."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from attested.all_reports import complete
from attested.evaluation.muc4_names import share_name
from attested.evaluation.muc4_relevance import Told, is_asked_for, is_single
from attested.incidents.perpetrators import FIELDS, is_doubted, speaks_for_itself, who_says
from attested.ledger.store import Ledger
from attested.mentions.lexicon import family_of, participant_kind
from attested.model import Claim, Mention, Report, Voice
from attested.one_page import Clock, read_report
from attested.reading.tokens import Reading
from attested.resolve.actor_names import actor_words
from attested.settings import Settings
from attested.text.normalise import fold
from attested.values import Actor

FACT, CLAIMED = "REPORTED AS FACT", "CLAIMED OR ADMITTED"
SUSPECTED = "SUSPECTED OR ACCUSED"
BY_AUTHORITIES = f"{SUSPECTED} BY AUTHORITIES"

_NO_ORGANISATION = frozenset({"person", "country"})
# Organisations without a name of their own, as the task counts them (part 2, slot 10); drug traffickers and
# paramilitary groups are individuals (slot 9).
_UNNAMED = re.compile(
    r"\b(?:mafias?|cartels?|death squads?|traffick\w+ (?:rings?|gangs?|organizations?)|"
    r"(?:right|left)\w*[- ](?:wing )?groups?|brigades?|battalions?)\b"
)
GENERAL_GROUPS = frozenset(
    "guerrilla guerrillas group groups terrorist terrorists rebel rebels subversive subversives organization movement "
    "commandos commando members urban leftist any alleged this the insurgents extremists unit units troops "
    "soldiers personnel men forces individuals".split()
)
# A body with one of these in its name may be an armed group that our list of actors does not know.
_ARMED_NAME = re.compile(r"\b(?:front|liberation|revolutionary|movement|cartel|mafias?|squads?)\b")
# Who speaks for the state: heads of voices, and titles before or after a person's name in the message.
_AUTHORITY = re.compile(
    r"\b(?:president|presidency|minister|ministry|government|army|armed forces|military|police|colonel|col|general|"
    r"gen|major|maj|captain|lieutenant|authorities|officials?|judge|court|prosecutor|attorney general|governor|mayor|"
    r"brigade|battalion|commander|high command|chief of staff|air force|secretary|state department|ambassador|"
    r"embassy|investigators?|administration|intelligence|security)\b"
)
_OPPONENT = re.compile(r"\b(?:rebels?|guerrillas?|front|liberation|union|bishop|archbishop|church)\b")
_TITLE_WORDS = 6  # words beside a name in which a title may stand
_CRIMES = frozenset("crime crimes action actions act acts sabotage incident responsibility".split())

_WORD = re.compile(r"[^\W_]+")
# "The guerrillas", "that organisation": words that point back to a group named before, and nothing but that.
_POINTING = frozenset({"the", "this", "that", "these", "those", "same", "its"})
_GROUPS = frozenset({"group", "organization", "organisation", "movement", "faction"})
_PEOPLE = frozenset({"members", "units", "fighters", "forces", "of", "urban", "armed"})


@dataclass(frozen=True, slots=True)
class Accused:
    """An organisation that an incident is laid to: its names, the claims that say so, the category they make."""

    names: tuple[str, ...]
    claims: tuple[Claim, ...]
    category: str


def ledger_of(report: Report, reading: Reading) -> Ledger:
    """The ledger of one report by itself."""
    clock = Clock()
    outline, mentions, claims = read_report(report, reading, clock)
    ledger = Ledger(reports=(report,), outlines=(outline,), mentions=mentions, claims=claims)
    return complete(ledger, Settings(), clock)


def answers_in(ledger: Ledger) -> list[list[Accused]]:
    """The organisations of each incident in the ledger of one message."""
    view = _View.of(ledger)
    incidents = [found for group in view.groups() if (found := view.accused(group))]
    for claim in view.statement_claims():
        names = view.names(claim)
        same = [incident for incident in incidents if any(share_name(names, one.names) for one in incident)]
        if names and not same:
            incidents.append([view.answer(names, [claim])])
        for incident in same if names else ():
            at = next(i for i, one in enumerate(incident) if share_name(names, one.names))
            incident[at] = view.answer(incident[at].names, [*incident[at].claims, claim])
    return incidents


def joined(incidents: Iterable[Iterable[Accused]]) -> list[Accused]:
    """The organisations of all incidents, each once with all its claims; the strongest category of any is its own."""
    order = (CLAIMED, FACT, BY_AUTHORITIES, SUSPECTED)
    found: list[Accused] = []
    for one in (one for incident in incidents for one in incident):
        at = next((i for i, other in enumerate(found) if share_name(one.names, other.names)), None)
        if at is None:
            found.append(one)
        else:
            same = found[at]
            names = tuple(dict.fromkeys((*same.names, *one.names)))
            category = min(same.category, one.category, key=order.index)
            found[at] = Accused(names, (*same.claims, *one.claims), category)
    return found


@dataclass(frozen=True)
class _View:
    """The ledger of one message as the answers need it."""

    ledger: Ledger
    text: str
    claims: Mapping[str, Sequence[Claim]]
    actors: Mapping[str, Actor]
    armed: tuple[Actor, ...]

    @classmethod
    def of(cls, ledger: Ledger) -> _View:
        by_mention: dict[str, list[Claim]] = defaultdict(list)
        for claim in ledger.claims:
            by_mention[claim.mention_id].append(claim)
        armed = tuple(a for a in ledger.actors if a.kind == "armed group" or _ARMED_NAME.search(fold(a.name)))
        return cls(ledger, ledger.reports[0].text, by_mention, {a.id: a for a in ledger.actors}, armed)

    def groups(self) -> list[list[Mention]]:
        """Mentions of one incident together; those that the ledger does not single out stand alone."""
        merged = {
            mention: incident.id for incident in self.ledger.incidents for mention in incident.mention_ids
        }
        found: dict[str, list[Mention]] = defaultdict(list)
        for mention in self.ledger.mentions:
            if mention.kind == "incident" and (mention.id in merged or is_single(mention)):
                found[merged.get(mention.id, mention.id)].append(mention)
        return list(found.values())

    def accused(self, mentions: Sequence[Mention]) -> list[Accused]:
        """The organisations of one incident, if it is one that the task asks for."""
        claims = [c for m in mentions for c in self.claims.get(m.id, ())]
        published = self.ledger.published[self.ledger.reports[0].id].interval
        told = Told(mentions, claims, self.ledger.resolved, published)
        found: list[tuple[tuple[str, ...], list[Claim]]] = []
        for claim in (c for c in claims if c.field in FIELDS):
            names = self.names(claim)
            if not names or not is_asked_for(told, names):
                continue
            same = next((row for row in found if share_name(row[0], names)), None)
            if same is None:
                found.append((names, [claim]))
            else:
                same[1].append(claim)
        answers = [self.answer(names, claims) for names, claims in found]
        return [answer for answer in answers if answer.category]

    def statement_claims(self) -> list[Claim]:
        """Who accuses whom of a deed, and who claims one, as claims of a perpetrator."""
        found = []
        for mention in self.ledger.mentions:
            rows = self.claims.get(mention.id, ())
            if (
                mention.kind != "statement"
                or mention.mode not in {"allege", "claim"}
                or not _is_of_deed(rows)
            ):
                continue
            for claim in rows:
                if mention.mode == "claim" and claim.field == "speaker":
                    found.append(replace(claim, field=FIELDS[1], hedge="claimed"))
                elif mention.mode == "allege" and claim.field == "addressee":
                    found.append(replace(claim, field=FIELDS[0], hedge="suspected"))
        return found

    def names(self, claim: Claim) -> tuple[str, ...]:
        """The names of the organisation that a claim's words name or mean; none for gunmen and the like."""
        actor = self.actors.get(self.ledger.resolved.actors.get(claim.id, ""))
        general = actor is not None and set(fold(actor.name).split()) <= GENERAL_GROUPS
        if actor is not None and actor.kind not in _NO_ORGANISATION and not general:
            return (actor.name, *actor.aliases)
        words = fold(str(claim.value))
        if unnamed := _UNNAMED.search(words):
            return (str(claim.value), unnamed.group())
        for body in sorted(actor_words().state_bodies, key=len, reverse=True):
            if re.search(rf"\b{body}\b", words):
                return (str(claim.value), body)
        meant = group_meant(claim, self.text, self.armed)
        return (meant.name, *meant.aliases) if meant is not None else ()

    def answer(self, names: tuple[str, ...], claims: Sequence[Claim]) -> Accused:
        """An organisation with the category that its claims make."""
        return Accused(names, tuple(claims), category_of(claims, names, self.text))


def group_meant(claim: Claim, text: str, groups: Iterable[Actor]) -> Actor | None:
    """The armed group that "the guerrillas", "that organisation" mean: the one of ``groups`` last named before.

    None for words that say more ("unidentified gunmen", "other rebels"); ``text`` is the report's.
    """
    if not _points_back(_WORD.findall(fold(str(claim.value)))):
        return None
    before = fold(text[: claim.span.start])
    places = {_last_named(before, (actor.name, *actor.aliases)): actor for actor in groups}
    last = max(places, default=(-1, 0))
    return places[last] if last[0] >= 0 else None


def _last_named(text: str, names: Iterable[str]) -> tuple[int, int]:
    """Where the last of the names that stand in a folded text as whole words ends, and its length; (-1, 0) if none."""
    found = [
        (match.end(), len(name))
        for name in filter(None, map(fold, names))
        for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text)
    ]
    return max(found, default=(-1, 0))


def is_named(name: str, text: str) -> bool:
    """Whether a folded name stands in a folded text as whole words."""
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text) is not None


def _points_back(words: Sequence[str]) -> bool:
    """Whether a phrase is a group's with "the" or the like, or a bare plural of armed people ("guerrillas")."""
    kinds = [participant_kind(word) for word in words]
    if not words or any(
        kind != "armed_group" and word not in _POINTING | _GROUPS | _PEOPLE
        for word, kind in zip(words, kinds, strict=True)
    ):
        return False
    points = words[0] in _POINTING
    return (
        points if words[-1] in _GROUPS else kinds[-1] == "armed_group" and (points or words[-1].endswith("s"))
    )


def category_of(claims: Sequence[Claim], names: Sequence[str], text: str) -> str:
    """The task's category for an organisation, from all said of it; "" where it is only denied. See ``muc4``."""
    said = who_says(claims)
    if not said.alleged and not said.claimed:
        return ""
    if said.claimed or any(speaks_for_itself(claim, names) for claim in said.alleged):
        return CLAIMED
    doubted = [claim for claim in said.alleged if is_doubted(claim)]
    if not doubted or any(c.voice.kind == "outlet" and c not in doubted for c in said.alleged):
        return FACT
    return BY_AUTHORITIES if any(is_authority(c.voice, text) for c in doubted) else SUSPECTED


def is_authority(voice: Voice, text: str) -> bool:
    """Whether a voice is a state's body or officer: by its own words, or by a title beside the name in the message."""
    name = fold(voice.name or "")
    if not name or voice.kind == "outlet" or _OPPONENT.search(name):
        return False
    if _AUTHORITY.search(name):
        return True
    if voice.kind != "named person":
        return False
    surname = re.escape(name.split()[-1])
    beside = rf"((?:[\w.'-]+ ){{0,{_TITLE_WORDS}}})\b{surname}\b((?:,? [\w.'-]+){{0,{_TITLE_WORDS}}})"
    return any(
        _AUTHORITY.search(match[1]) or (match[2].startswith(",") and _AUTHORITY.search(match[2]))
        for match in re.finditer(beside, fold(text))
    )


def _is_of_deed(claims: Iterable[Claim]) -> bool:
    """Whether a statement is about a deed."""
    about = [word for c in claims if c.field == "what" for word in fold(str(c.value)).split()]
    return any(
        word in _CRIMES or family_of(word, "noun") or (word.endswith("ing") and family_of(word, "verb"))
        for word in about
    )
