"""Synthetic incidents and what reports tell of them, from a seed: the pile of ``bench/incidents.py``, in our words."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import accumulate, islice
from random import Random
from typing import Any

import numpy as np

from attested.ids import make_id
from attested.incidents.context import FuseContext, Resolved
from attested.model import (
    Block,
    Claim,
    Derivation,
    Mention,
    Origin,
    Outline,
    Passage,
    Published,
    Report,
    Span,
    Story,
    Voice,
)
from attested.resolve.dates import Anchored
from attested.resolve.places import PlaceLink
from attested.values import Actor, PartialDate, Place, Score

SEED = 11
FIRST_DAY = date(2022, 1, 3)
# A larger pile is both longer and wider: a thousand reports come from so many cities, a hundred times as many from
# ten times as many cities over ten times the weeks.
CITIES_OF_A_THOUSAND, CITIES_A_COUNTRY = 18, 6
INCIDENTS_A_WEEK = 2.5  # in one city, on average
MOST_REPORTS, ZIPF = 20, 1.5  # reports on one incident: 1 to 20, the mean 3.5
LOOKALIKE = 0.15  # incidents followed within five days by another of the same kind in the same city
# How often a mention says a thing: chosen between what the reader finds in gva (fewer dates and places) and in our
# examples and seeds (more).
TOLD = {
    "date": 0.75, "place": 0.7, "killed": 0.6, "injured": 0.5, "weapon": 0.5, "target": 0.45,
    "perpetrator_alleged": 0.45,
}  # fmt: skip
# Of the mentions with a place or a toll: those with no more than the country, with one to three dead or hurt too many;
# and of all with dead those that name one.
COARSE, OTHER_TOLL, NAMED = 0.15, 0.2, 0.1
# Of the reports: copies of an earlier one, those that tell their incident twice, tell history, tell others of the week
# too, have no date.
COPY, AGAIN, BACKGROUND, ROUND_UP, UNDATED_REPORT = 0.35, 0.35, 0.25, 0.08, 0.03
ROUND_UP_DAYS = 7
WIDTH = 384  # of a sentence's vector, as the reader gives it
# What a vector is mixed of: cosines are about .73 in one incident, .45 in one kind.
ALL, KIND, OWN, NOISE = 0.5, 0.5, 0.55, 0.55

COUNTRIES = "NG CM ML NE BF TD SD SO KE MZ CD IQ SY YE AF PK IN MM TH PH CO MX HT VE UA LB LY EG TR".split()
SYLLABLES = "ba ko ri te ma so lu de na gi fa mo du ze ka li wa to ne sha bu ro ya hi".split()
KINDS = (  # sub-event type, weapon class, trigger, how often
    ("Remote explosive/landmine/IED", "bomb", "blast", 5),
    ("Air/drone strike", "drone", "strike", 3),
    ("Shelling/artillery/missile attack", "rocket", "barrage", 3),
    ("Armed clash", "firearm", "ambush", 6),
    ("Attack", "firearm", "attack", 6),
    ("Suicide bomb", "suicide bomb", "bombing", 1),
    ("Abduction/forced disappearance", "", "abduction", 2),
    ("Mob violence", "", "lynching", 1),
)
TARGETS = (
    "cattle market/grain depot/police post/district court/bus park/ferry landing/telephone exchange/night convoy/"
    "border crossing/village school/water tower/tax office/mosque/church/clinic/radio mast/army base/fuel station/"
    "mine shaft/sugar mill/election office/bridge guard/customs yard/vegetable stall"
).split("/")
POLICE, OUTLET = Voice("named body", "police", "said"), Voice("outlet")


@dataclass(frozen=True, slots=True)
class City:
    """Where incidents happen; its country's groups are blamed for them."""

    place: Place
    country: Place
    groups: tuple[str, ...]
    rate: float


@dataclass(frozen=True, slots=True)
class Happening:
    """One incident as it was."""

    number: int
    city: City
    day: date
    kind: int
    toll: dict[str, int]
    target: str
    blamed: str
    name: str


@dataclass(frozen=True, slots=True)
class Telling:
    """What one mention says: pieces of a sentence, those with a field as claims."""

    happening: Happening
    pieces: tuple[tuple[str, str, int | str, Any], ...]  # field or "", words, value, what it means
    is_background: bool = False


@dataclass
class Pile:
    """What merging and fusing see, and which incident each mention is really of."""

    context: FuseContext
    stories: list[Story]
    derivations: list[Derivation]
    truth: dict[str, int]


@dataclass
class _Rows:
    """Rows as they are made."""

    reports: dict[str, Report] = field(default_factory=dict)
    outlines: dict[str, Outline] = field(default_factory=dict)
    published: dict[str, Published] = field(default_factory=dict)
    mentions: dict[str, Mention] = field(default_factory=dict)
    claims: dict[str, Claim] = field(default_factory=dict)
    dates: dict[str, Anchored] = field(default_factory=dict)
    places: dict[str, PlaceLink] = field(default_factory=dict)
    actors: dict[str, str] = field(default_factory=dict)
    derivations: list[Derivation] = field(default_factory=list)
    families: dict[str, str] = field(default_factory=dict)  # report -> root
    stories: dict[int, list[str]] = field(default_factory=lambda: defaultdict(list))
    truth: dict[str, int] = field(default_factory=dict)


def make_pile(n: int, *, of: int) -> Pile:
    """The first ``n`` reports of the world that a pile of ``of`` reports comes from; always the same.

    Raises ValueError if the world has fewer.
    """
    random, numbers = Random(f"{SEED}/{of}"), np.random.default_rng([SEED, of])
    maker = _Maker(random, numbers)
    for out_on, happening, sisters in islice(_news(random, _cities(random, of), of), n):
        maker.report(out_on, happening, sisters)
    if len(maker.rows.reports) < n:
        raise ValueError(f"the world of {of} reports has only {len(maker.rows.reports)}")
    return maker.pile()


# --- what happened ----------------------------------------------------------------------------------------------------


def _cities(random: Random, of: int) -> list[City]:
    """Cities of a few countries, the first of each the busiest."""
    n = round(CITIES_OF_A_THOUSAND * math.sqrt(of / 1_000))
    found = []
    for i in range(n):
        nth, code = i % CITIES_A_COUNTRY, COUNTRIES[i // CITIES_A_COUNTRY % len(COUNTRIES)]
        middle = Random(f"{SEED}/{code}")
        lat, lon = middle.uniform(-30, 40), middle.uniform(-90, 120)
        groups = tuple(f"the {name_of(middle, 2)} {word}" for word in ("Front", "Brigades", "Army"))
        place = Place(
            name_of(random, 3), code, lat + random.uniform(-4, 4), lon + random.uniform(-4, 4),
            f"{code} {nth // 2}", precision=1,
        )  # fmt: skip
        found.append(City(place, Place(code, code, lat, lon, kind="country"), groups, 2.0 / (nth + 1)))
    mean = sum(city.rate for city in found) / n
    return [City(c.place, c.country, c.groups, c.rate / mean * INCIDENTS_A_WEEK / 7) for c in found]


def name_of(random: Random, n: int) -> str:
    """A made-up name of ``n`` syllables."""
    return "".join(random.choice(SYLLABLES) for _ in range(n)).capitalize()


def _news(
    random: Random, cities: Sequence[City], of: int
) -> list[tuple[date, Happening, tuple[Happening, ...]]]:
    """(day, incident, those of the same week told beside it) for each report, in the order of days."""
    happenings: list[Happening] = []
    found: list[tuple[date, int, Happening, tuple[Happening, ...]]] = []
    weights = list(accumulate(k**-ZIPF for k in range(1, MOST_REPORTS + 1)))
    day, n_ready = FIRST_DAY, 0
    while n_ready <= of:  # a week's reports come after its incidents: what is ready is a week old
        n_ready = len(found)
        for _ in range(7):
            for city in cities:
                if random.random() < city.rate:
                    happenings += happen(random, city, day, len(happenings))
            day += timedelta(days=1)
        for happening in happenings[len({row[2].number for row in found}) :]:
            [size] = random.choices(range(1, MOST_REPORTS + 1), cum_weights=weights)
            for _ in range(size):
                out_on = happening.day + timedelta(days=random.choice((0, 1, 1, 1, 2, 2, 3, 5)))
                beside = _beside(random, happening, happenings) if random.random() < ROUND_UP else ()
                found.append((out_on, len(found), happening, beside))
    found.sort(key=lambda row: row[:2])
    return [(out_on, happening, beside) for out_on, _, happening, beside in found]


def happen(random: Random, city: City, day: date, number: int) -> list[Happening]:
    """An incident and, now and then, its look-alike some days later."""
    [kind] = random.choices(range(len(KINDS)), [often for *_, often in KINDS])
    rows = [_happening(random, city, day, kind, number)]
    if random.random() < LOOKALIKE:
        later = day + timedelta(days=random.randint(1, 5))
        rows.append(_happening(random, city, later, kind, number + 1))
    return rows


def _happening(random: Random, city: City, day: date, kind: int, number: int) -> Happening:
    killed = 0 if random.random() < 0.3 else min(60, 1 + int(random.expovariate(0.25)))
    toll = {"killed": killed, "injured": int(random.expovariate(0.15))}
    target = random.choice(TARGETS)
    return Happening(number, city, day, kind, toll, target, random.choice(city.groups), name_of(random, 3))


def _beside(random: Random, happening: Happening, all_: Sequence[Happening]) -> tuple[Happening, ...]:
    """Some incidents of the last week in the same country, which a round-up tells too."""
    first = happening.day - timedelta(days=ROUND_UP_DAYS)
    code = happening.city.place.country
    near = [
        h
        for h in all_[max(0, happening.number - 400) : happening.number]
        if first <= h.day <= happening.day and h.city.place.country == code
    ]
    return tuple(random.sample(near, min(len(near), random.randint(1, 4))))


# --- what is told of it -----------------------------------------------------------------------------------------------


def tell(random: Random, happening: Happening, *, share: float = 1.0, is_background: bool = False) -> Telling:
    """A sentence on an incident: of what could be said a part, sometimes vaguely or with another toll."""
    type_, weapon, trigger, _ = KINDS[happening.kind]
    says = {name for name, often in TOLD.items() if random.random() < often * share}
    pieces: list[tuple[str, str, int | str, Any]] = []
    if "date" in says:
        pieces += [("", "On ", "", None), _date(random, happening, is_background), ("", " a ", "", None)]
    else:
        pieces.append(("", "A ", "", None))
    if "weapon" in says and weapon:
        pieces += [("weapon", weapon, weapon, None), ("", " ", "", None)]
    pieces.append(("trigger", trigger, type_, None))
    if "target" in says:
        target = f"the {happening.target}"
        pieces += [("", " at ", "", None), ("target", target, target, None)]
    if "place" in says:
        coarse = random.random() < COARSE
        place = happening.city.country if coarse else happening.city.place
        pieces += [("", " in ", "", None), ("place", place.name, place.name, place)]
    for toll in ("killed", "injured"):
        if toll in says:
            number = happening.toll[toll] + (random.randint(1, 3) if random.random() < OTHER_TOLL else 0)
            pieces += [("", f" {toll} ", "", None), (toll, f"{number} people", number, None)]
    if happening.toll["killed"] and random.random() < NAMED * share:
        pieces += [("", ", among them ", "", None), ("named", happening.name, 1, None)]
    if "perpetrator_alleged" in says:
        blamed = happening.blamed
        pieces += [("", ", blamed on ", "", None), ("perpetrator_alleged", blamed, blamed, None)]
    return Telling(happening, (*pieces, ("", ".", "", None)), is_background)


def _date(random: Random, happening: Happening, is_background: bool) -> tuple[str, str, str, PartialDate]:
    """The day, a day off it now and then; of history often only the month."""
    day = happening.day
    if is_background and random.random() < 0.5:
        return "date", f"{day:%B %Y}", f"{day:%B %Y}", PartialDate.month(day.year, day.month)
    off = timedelta(days=int(random.random() < 0.05))
    return "date", f"{day + off:%A}", f"{day + off:%A}", PartialDate.day(day + off)


class _Maker:
    """Writes reports, one after the other."""

    def __init__(self, random: Random, numbers: np.random.Generator) -> None:
        self.rows = _Rows()
        self._random, self._numbers = random, numbers
        # Incident -> its reports so far with their first words; city -> the incidents told of so far.
        self._first: dict[int, list[tuple[str, Telling]]] = defaultdict(list)
        self._past: dict[str, list[Happening]] = defaultdict(list)
        self._common = self._vector()
        self._kinds = [self._vector() for _ in KINDS]

    def report(self, out_on: date, happening: Happening, beside: Sequence[Happening]) -> None:
        """One report: its incident, perhaps told twice, perhaps others of the week, perhaps history."""
        random, earlier = self._random, self._first[happening.number]
        copied = random.choice(earlier) if earlier and random.random() < COPY else None
        tellings = [copied[1] if copied else tell(random, happening)]
        if random.random() < AGAIN:
            tellings.append(tell(random, happening, share=0.5))
        tellings += [tell(random, other, share=0.8) for other in beside]
        past = self._past[happening.city.place.name]
        if past and random.random() < BACKGROUND:
            tellings.append(tell(random, random.choice(past[-30:]), share=0.8, is_background=True))
        report_id = make_id("rp", SEED, len(self.rows.reports))
        self._write(report_id, out_on, tellings)
        self._relate(report_id, copied[0] if copied else None, tellings[0])
        self.rows.stories[happening.number].append(report_id)
        if not earlier:
            past.append(happening)
        earlier.append((report_id, tellings[0]))

    def _write(self, report_id: str, out_on: date, tellings: Sequence[Telling]) -> None:
        text, sentences = "", []
        for telling in tellings:
            start = len(text)
            whole = "".join(words for _, words, _, _ in telling.pieces)
            sentence = Span(start, start + len(whole), whole)
            self._mention(report_id, telling, sentence)
            sentences.append(sentence)
            text += whole + " "
        rows, is_known = self.rows, self._random.random() >= UNDATED_REPORT
        body, outlet = (Block(0, len(text), "body"),), name_of(self._random, 3)
        rows.reports[report_id] = Report(report_id, make_id("pg", report_id), text, body, outlet=outlet)
        rows.outlines[report_id] = Outline(report_id, tuple(sentences), vectors=self._vectors(tellings))
        day = PartialDate.day(out_on) if is_known else PartialDate()
        rows.published[report_id] = Published(report_id, day, "stamp" if is_known else "unknown")

    def _mention(self, report_id: str, telling: Telling, sentence: Span) -> None:
        mention_id = make_id("mn", report_id, sentence.start)
        self.rows.truth[mention_id] = telling.happening.number
        at, trigger, type_ = sentence.start, sentence, ""
        voice = POLICE if telling.happening.number % 2 else OUTLET
        for name, words, value, means in telling.pieces:
            span = Span(at, at + len(words), words)
            at = span.end
            if name == "trigger":
                trigger, type_ = span, str(value)
            elif name:
                unit = "named person" if name == "named" else None
                made = "killed" if name == "named" else name
                claim_id = make_id("cl", report_id, made, value, span.start)
                where = Span(sentence.start, sentence.end)
                self.rows.claims[claim_id] = Claim(
                    claim_id, report_id, mention_id, made, value, span, where, voice, unit=unit
                )
                self._resolve(claim_id, made, value, means)
        self.rows.mentions[mention_id] = Mention(
            mention_id, report_id, "incident", type_, trigger, sentence, is_background=telling.is_background
        )

    def _resolve(self, claim_id: str, name: str, value: int | str, means: Any) -> None:
        if name == "date":
            self.rows.dates[claim_id] = Anchored(means, "synthetic")
        elif name == "place":
            self.rows.places[claim_id] = PlaceLink(means, Score(1.0))
        elif name == "perpetrator_alleged":
            self.rows.actors[claim_id] = make_id("ac", value)

    def _relate(self, report_id: str, parent: str | None, telling: Telling) -> None:
        """A copy has its parent's first sentence; its family is its parent's."""
        self.rows.families[report_id] = self.rows.families[parent] if parent else report_id
        if parent:
            length = sum(len(words) for _, words, _, _ in telling.pieces)
            passage = Passage(0, length, 0, length)
            self.rows.derivations.append(
                Derivation(report_id, parent, "republished", Score(0.95), passages=(passage,))
            )

    def _vector(self) -> Any:
        return self._numbers.standard_normal(WIDTH, dtype=np.float32) / math.sqrt(WIDTH)

    def _vectors(self, tellings: Sequence[Telling]) -> Any:
        """A row for each sentence, alike for one incident, less alike for one kind."""
        rows = []
        for telling in tellings:
            happening = telling.happening
            own = np.random.default_rng([SEED, happening.number]).standard_normal(WIDTH, dtype=np.float32)
            mixed = ALL * self._common + KIND * self._kinds[happening.kind] + OWN * own / math.sqrt(WIDTH)
            mixed = mixed + NOISE * self._vector()
            rows.append(mixed / np.linalg.norm(mixed))
        return np.array(rows, dtype=np.float16)

    def pile(self) -> Pile:
        """All of it, as a run would hand it over."""
        rows = self.rows
        families: dict[str, list[str]] = defaultdict(list)
        for report_id, root in rows.families.items():
            families[root].append(report_id)
        actors = {actor: str(rows.claims[claim].value) for claim, actor in rows.actors.items()}
        context = FuseContext(
            rows.reports,
            rows.outlines,
            rows.published,
            rows.mentions,
            rows.claims,
            tuple(Origin(make_id("org", root), tuple(sorted(ids))) for root, ids in families.items()),
            Resolved(rows.dates, rows.places, rows.actors),
            tuple(Actor(key, name, "armed group") for key, name in sorted(actors.items())),
            derivations=tuple(rows.derivations),
        )
        stories = [Story(make_id("sy", key), "", tuple(ids)) for key, ids in sorted(rows.stories.items())]
        return Pile(context, stories, rows.derivations, rows.truth)
