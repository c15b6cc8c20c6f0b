"""What is compared when two mentions may be of one incident: days, places, counts, names, weapons, words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from functools import lru_cache
from typing import Any

from attested.incidents.context import FuseContext
from attested.mentions.days import DAY_NEARBY
from attested.mentions.lexicon import PartOfSpeech, families_of, weapon_type
from attested.model import Claim, Mention
from attested.resolve.place_seats import is_town_seat
from attested.resolve.places import PlaceLink
from attested.text.countries import countries
from attested.text.normalise import fold
from attested.values import PartialDate, Place

# An incident told without a day happened at most this many days before its report went out.
UNDATED_DAYS = 30
_AFTER_NAMES = frozenset({"jr", "sr", "ii", "iii"})
_PARTS: tuple[PartOfSpeech, ...] = ("verb", "noun", "adjective")
_WORD = re.compile(r"[a-z]{3,}")
_EMPTY_WORDS = frozenset(
    "the and with for from near that this his her their its people person others other were was who two three four "
    "five six seven eight nine ten dozen several one year years month months week weeks day days old".split()
)


@dataclass(frozen=True, slots=True)
class Profile:
    """A mention's values, as far as its own report tells them. ``dated`` is False where the day is a guess.

    ``is_lead``: it is what its report tells first of all that happened, history in passing left out. ``seat`` is
    the town that its report is about, where it is about one. ``deeds`` are the families of words that its trigger
    may be of.
    """

    mention: Mention
    date: PartialDate
    dated: bool
    day_words: frozenset[str]
    places: tuple[Place, ...]
    countries: frozenset[str]
    weapons: frozenset[str]
    killed: int | None
    injured: int | None
    named: frozenset[str]
    targets: frozenset[str]
    perpetrators: frozenset[str]
    story: str
    vector: Any
    is_lead: bool = False
    published: PartialDate = field(default_factory=PartialDate)
    seat: tuple[Place, ...] = ()
    deeds: frozenset[str] = frozenset()


def make_profiles(context: FuseContext, story_of: Mapping[str, str]) -> list[Profile]:
    """Profiles of all mentions of incidents that happened, sorted by mention id."""
    told = [m for m in context.mentions.values() if m.kind == "incident" and m.status == "happened"]
    leads = _leads(told)
    return [
        _profile(context, mention, story_of.get(mention.report_id, ""), mention.id in leads)
        for mention in sorted(told, key=lambda m: m.id)
    ]


def _leads(mentions: Iterable[Mention]) -> frozenset[str]:
    """The mention that each report tells first, history in passing left out."""
    first: dict[str, Mention] = {}
    for mention in sorted(mentions, key=lambda m: (m.trigger.start, m.id)):
        if not mention.is_background:
            first.setdefault(mention.report_id, mention)
    return frozenset(mention.id for mention in first.values())


def _vector(context: FuseContext, mention: Mention) -> Any:
    """The vector of a mention's sentence; None if its report's reading kept none."""
    outline = context.outlines.get(mention.report_id)
    if outline is None or outline.vectors is None:
        return None
    starts = (sentence.start for sentence in outline.sentences)
    at = next((i for i, start in enumerate(starts) if start == mention.sentence.start), None)
    return None if at is None else outline.vectors[at]


@lru_cache(maxsize=10_000)
def _weapon_type(name: str) -> str:
    """As the lexicon has it, which looks through all its weapons."""
    return weapon_type(name)


def _town(seat: PlaceLink | None) -> tuple[Place, ...]:
    """The town that a report is about; not a capital, which reports about its whole country name as well."""
    place = seat.place if seat is not None and is_town_seat(seat) else None
    land = countries().get(place.country or "") if place is not None else None
    return () if place is None or (land is not None and place.name == land.capital) else (place,)


def _profile(context: FuseContext, mention: Mention, story: str, is_lead: bool) -> Profile:
    claims = context.claims_by_mention.get(mention.id, ())
    date, dated = mention_date(context, mention, claims)
    published = context.published[mention.report_id].interval
    seat = context.resolved.seats.get(mention.report_id)
    located = [c for c in claims if c.id in context.resolved.places]
    told = [c for c in located if c.field == "place"] or located
    links = [context.resolved.places[c.id] for c in told]
    places = tuple(link.place for link in links if link.place is not None)
    return Profile(
        mention=mention,
        date=date,
        dated=dated,
        day_words=frozenset(
            str(c.value).lower() for c in claims if c.field == "date" and c.unit != DAY_NEARBY
        ),
        places=places,
        countries=frozenset(p.country for p in places if p.country),
        weapons=frozenset(_weapon_type(str(c.value)) for c in claims if c.field == "weapon"),
        killed=_largest(claims, "killed"),
        injured=_largest(claims, "injured"),
        named=frozenset(
            _name_key(c) for c in claims if c.field == "killed" and (c.unit or "").startswith("named")
        ),
        targets=content_words(c.value for c in claims if c.field in {"target", "victims"}),
        perpetrators=frozenset(
            context.resolved.actors.get(c.id, fold(str(c.value)))
            for c in claims
            if c.field == "perpetrator_alleged"
        ),
        story=story,
        vector=_vector(context, mention),
        is_lead=is_lead,
        published=published,
        seat=() if dated and _is_vaguely_long_ago(date, published) else _town(seat),
        deeds=_deeds(mention.trigger.text),
    )


def _is_vaguely_long_ago(date: PartialDate, published: PartialDate) -> bool:
    """Whether words as "last year" are all that is told of the day: where that was, the report's town does not say."""
    if date.n_days == 1 or date.end is None or published.start is None:
        return False
    return date.end < published.start - timedelta(days=UNDATED_DAYS)


def mention_date(context: FuseContext, mention: Mention, claims: Iterable[Claim]) -> tuple[PartialDate, bool]:
    """The narrowest day the mention's own words give, else the days before its report; and which it is."""
    own = [
        context.resolved.dates[c.id].date
        for c in claims
        if c.field == "date" and c.unit != DAY_NEARBY and c.id in context.resolved.dates
    ]
    known = [d for d in own if d.is_known]
    if known:
        return min(known, key=lambda d: (d.n_days, d.start, d.end)), True
    published = context.published[mention.report_id].interval
    if published.start is None or published.end is None or mention.is_background:
        return PartialDate(), False
    start = published.start - timedelta(days=UNDATED_DAYS)
    return PartialDate(start, published.end, "range", ""), False


@lru_cache(maxsize=10_000)
def _deeds(word: str) -> frozenset[str]:
    """The families of words that a trigger word may be of; none where it can tell what came of a deed ("death")."""
    found = [f for part in _PARTS for f in families_of(word.lower(), part)]
    return frozenset() if any(f.result for f in found) else frozenset(f.name for f in found)


def _largest(claims: Iterable[Claim], field: str) -> int | None:
    values = [c.value for c in claims if c.field == field and isinstance(c.value, int) and c.part_of is None]
    return max(values, default=None)


def _name_key(claim: Claim) -> str:
    """A named victim's last word, folded: "Amara Okafor" and "Okafor's" meet, and "Amara Okafor Jr." too."""
    words = [w.strip(".,'’") for w in fold(claim.span.text).replace("'s", "").replace("’s", "").split()]
    return next((w for w in reversed(words) if w.replace("-", "").isalpha() and w not in _AFTER_NAMES), "")


def content_words(values: Iterable[object]) -> frozenset[str]:
    """Content words of phrases, folded, without a plural s."""
    words = {w for value in values for w in _WORD.findall(fold(str(value)))}
    return frozenset(w.rstrip("s") for w in words - _EMPTY_WORDS)
