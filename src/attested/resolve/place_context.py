"""Which countries, provinces and points a report is about: what gates the look-up of a place name.

The places that a report names are settled together: each is weighed with what the others make likely, so
that "Athens" beside "Atlanta" is in Georgia, and Georgia a state.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import TypeVar

from attested.model import Outline, Report
from attested.resolve.gazetteer import LOOSE, Entry, Gazetteer, curated
from attested.resolve.place_index import place_key
from attested.resolve.place_names import dateline_town, named_places
from attested.resolve.place_readers import homes
from attested.resolve.place_scores import Evidence, Point, Zone, score_entry
from attested.text.countries import CountryWord, countries, find_country_words
from attested.text.normalise import fold
from attested.values import Place

# The figures below were settled on LGL and GeoVirus, the sets that `geoparse` measures.
# What a mention adds to a country, by the sort of word. A name is about the land; a nationality often belongs
# to an actor abroad. A seat of government that is a city is counted as a place, not here.
_KIND_WEIGHT = {"name": 1.0, "adjective": 0.7, "people": 0.7, "government": 0.4}
_HEADLINE_WEIGHT = 2.0  # beside 1 for a mention in the body
_ZONE_WEIGHT = 0.4  # a province's name anywhere, also inside other names ("Kentucky State Police")
_STORY_SHARE = 0.3  # the other reports of a story together, beside the report itself
_MOST_PLACES = 12  # of one name
_ROUNDS = 2
_PRIOR_POWER = 0.3  # of people, in the first belief about a name: flat, since small places make local news
_BELIEF_POWER = 0.8  # of ten to the score, in later beliefs
_SURE_BELIEF = 0.6  # a place is taken into the context when it is believed at least so far
_SMALL_PEOPLE = 1_000  # a hamlet makes no country's name ambiguous
# A town that datelines name without its state, as agencies' style guides list them, has so many people, and so many
# times those of the next of its name.
_HUB_PEOPLE, _LARGER = 100_000, 3
_SOME_PEOPLE = 50_000
_SHORTEST_ZONE, _LONGEST_ZONE = 4, 30  # letters in the name of a province looked for in running text
_CAPITAL = re.compile(r"[A-Z][\w’'-]*")
_OTHER_NAME = re.compile(  # "Texas Avenue", "Kansas City"
    r" (?:Ave|Avenue|St|Street|Road|Rd|Boulevard|Blvd|Drive|Lane|Highway|Place|City|County)\b"
)
_WIDE_KINDS = frozenset({"admin1", "region", "country", "sea"})

_ENGLISH = frozenset({"US", "GB", "CA", "AU", "NZ", "IE"})  # their names are not spelled by ear
_DIGITS = 6  # of weights
_Key = TypeVar("_Key")
Beliefs = dict[str, list[tuple[Entry, float]]]


@dataclass(frozen=True)
class CountryContext:
    """Weights of countries and of their provinces, and the points surely meant; heaviest first.

    ``home`` is the state or the town of the report's readers, as far as its numbers and its station tell.
    """

    countries: tuple[tuple[str, float], ...] = ()
    zones: tuple[tuple[Zone, float], ...] = ()
    points: tuple[Point, ...] = ()
    home: Place | None = None

    @cached_property
    def evidence(self) -> Evidence:
        """The same for look-up."""
        settled = {name: (lat, lon) for lat, lon, _, name in self.points if name}
        return Evidence(dict(self.countries), dict(self.zones), self.points, settled)

    def share(self, code: str | None) -> float:
        """The country's share of all mentions, 0 to 1."""
        return self.evidence.share(code)

    def weight(self, code: str | None) -> float:
        """What the country's mentions add up to."""
        return self.evidence.lands.get(code or "", 0.0)

    @property
    def leading(self) -> str | None:
        """The heaviest country, or None."""
        return self.countries[0][0] if self.countries else None

    def joined(self, others: Iterable[tuple[CountryContext, float]]) -> CountryContext:
        """This context with others added, each scaled by its factor."""
        tally = _Tally(self.home)
        for context, factor in ((self, 1.0), *others):
            for code, weight in context.countries:
                tally.lands[code] += weight * factor
            for zone, weight in context.zones:
                tally.zones[zone] += weight * factor
            tally.points += [(lat, lon, weight * factor, name) for lat, lon, weight, name in context.points]
        return tally.context()


class _Tally:
    """Sums while a context is made."""

    def __init__(self, home: Place | None = None) -> None:
        self.home = home
        self.lands: defaultdict[str, float] = defaultdict(float)
        self.zones: defaultdict[Zone, float] = defaultdict(float)
        self.points: list[Point] = []

    def add_words(self, words: Iterable[CountryWord], factor: float, without: frozenset[str]) -> None:
        for word in words:
            is_city = word.kind == "government" and word.span.text == countries()[word.code].capital
            if not is_city and word.span.text not in without:
                self.lands[word.code] += _KIND_WEIGHT[word.kind] * factor

    def add_place(self, entry: Entry, weight: float, name: str) -> None:
        place = entry.place
        if place.country:
            self.lands[place.country] += weight
            if place.admin1:
                self.zones[place.country, place.admin1] += weight
        if place.kind not in _WIDE_KINDS and place.precision <= 3 and place.lat is not None:
            assert place.lon is not None
            self.points.append((place.lat, place.lon, weight, name))

    def context(self) -> CountryContext:
        return CountryContext(
            tuple(
                sorted(((c, round(w, _DIGITS)) for c, w in self.lands.items()), key=lambda r: (-r[1], r[0]))
            ),
            tuple(
                sorted(((z, round(w, _DIGITS)) for z, w in self.zones.items()), key=lambda r: (-r[1], r[0]))
            ),
            tuple(sorted(self.points)),
            self.home,
        )


def text_context(text: str) -> CountryContext:
    """The context that the country words of a text alone give."""
    tally = _Tally()
    tally.add_words(find_country_words(text), 1.0, frozenset())
    return tally.context()


def country_context(
    report: Report,
    outline: Outline | None = None,
    *,
    gazetteer: Gazetteer | None = None,
    story: Sequence[CountryContext] = (),
) -> CountryContext:
    """The countries a report is about, from its words for them, headline, dateline, places and story.

    With a gazetteer the places that its names mean count too, and give provinces and points. ``story`` are
    the contexts of the other reports of its story; together they weigh less than it does.
    """
    names, said_wider = report_names(report, outline, gazetteer) if gazetteer else ([], {})
    beliefs = _first_beliefs(names, said_wider, gazetteer) if gazetteer else {}
    beliefs |= _of_dateline(report, beliefs, said_wider)
    doubtful = frozenset(name for name in beliefs if len(beliefs[name]) > 1)
    tally = _Tally()
    people = [(n.start, n.end) for n in outline.names if n.label == "PER"] if outline else []
    for block in report.body:
        text = report.text[block.start : block.end]
        inside = [(start - block.start, end - block.start) for start, end in people]
        tally.add_words((w for w in find_country_words(text) if not _is_within(w, inside)), 1.0, doubtful)
        if gazetteer:
            for entry in _zone_words(text):
                tally.add_place(entry, _ZONE_WEIGHT, "")
    if report.headline:
        tally.add_words(find_country_words(report.headline), _HEADLINE_WEIGHT, doubtful)
        if gazetteer:
            for entry in _zone_words(report.headline):
                tally.add_place(entry, _ZONE_WEIGHT, "")
    if gazetteer:
        of_readers, tally.home = homes(report, gazetteer)
        for entry, weight in of_readers:
            tally.add_place(entry, weight, "")
        for name, entry in _settled(names, beliefs, tally, gazetteer):
            tally.add_place(entry, dict(names)[name], name)
    own = tally.context()
    return own.joined((other, _STORY_SHARE / len(story)) for other in story) if story else own


def _is_within(word: CountryWord, spans: Iterable[tuple[int, int]]) -> bool:
    """Whether a country's word is part of a person's name ("Jordan")."""
    return any(start <= word.span.start and word.span.end <= end for start, end in spans)


@cache
def _zones_by_key() -> Mapping[str, Entry]:
    """Provinces by the key of their name, where no two countries have one of that name."""
    found: dict[str, Entry] = {}
    shared = {place_key(country.name) for country in countries().values()}
    for entry in curated():
        key = place_key(entry.place.name)
        if entry.place.kind == "admin1" and len(key) >= _SHORTEST_ZONE:
            if key in found:
                shared.add(key)
            found[key] = entry
    return {key: entry for key, entry in found.items() if key not in shared}


def _zone_words(text: str) -> Iterator[Entry]:
    """Provinces whose names stand in a text, left to right, longest first."""
    words = [match.span() for match in _CAPITAL.finditer(text)]
    i = 0
    while i < len(words):
        step = 1
        for n in (3, 2, 1):
            last = words[min(i + n, len(words)) - 1][1]
            if last - words[i][0] <= _LONGEST_ZONE and (
                entry := _zones_by_key().get(place_key(text[words[i][0] : last]))
            ):
                if not _OTHER_NAME.match(text, last):
                    yield entry
                step = n
                break
        i += step


def report_names(
    report: Report, outline: Outline | None, gazetteer: Gazetteer
) -> tuple[list[tuple[str, float]], dict[str, str]]:
    """The names of places in a report by weight, and what its text sets behind them."""

    def people(name: str) -> int:
        rows = gazetteer.find(name)
        towns = (e.weight for e in rows if e.level == 0 and e.place.kind in ("city", "town"))
        return max(towns, default=0 if rows else -1)

    return named_places(report, outline.names if outline else (), people)


def _inside(entries: Sequence[Entry], wider: str, gazetteer: Gazetteer) -> list[Entry]:
    """The places that lie in the province or country called ``wider``; all of them if none does."""
    zones = [e.place for e in gazetteer.find(wider) if e.place.kind in ("admin1", "country")]
    kept = [
        e
        for e in entries
        if any(e.place.country == z.country and z.admin1 in (None, e.place.admin1) for z in zones)
    ]
    return kept or list(entries)


def _first_beliefs(
    names: Iterable[tuple[str, float]], wider: Mapping[str, str], gazetteer: Gazetteer
) -> Beliefs:
    """For each name the places it may mean, with flat beliefs by their people; countries plainly meant left out."""
    beliefs: Beliefs = {}
    for name, _ in names:
        entries = [e for e in gazetteer.find(name) if e.weight >= _SMALL_PEOPLE or e.place.country is None]
        if name in wider:
            entries = _inside(gazetteer.find(name), wider[name], gazetteer)
        entries = entries[:_MOST_PLACES] or list(gazetteer.find(name)[:_MOST_PLACES])
        lands = [e for e in entries if e.place.kind == "country"]
        if lands:
            if lands[0].level:
                continue  # "America", "UK": another name of a country is nothing else
            entries = [e for e in entries if e.level == 0]
            if len(entries) < 2:
                continue
        if any(e.place.country is None and e.level == 0 for e in entries):
            continue  # "the Middle East"
        entries = [e for e in entries if e.level < LOOSE or e.place.country not in _ENGLISH]
        if entries:
            beliefs[name] = _shared([(e, max(e.weight, 100) ** _PRIOR_POWER) for e in entries])
    return beliefs


def _of_dateline(report: Report, beliefs: Beliefs, wider: Mapping[str, str]) -> Beliefs:
    """The large town of a dateline without a state or country: "DALLAS" is the one that needs none."""
    hub = fold(dateline_town(report))
    name = next((name for name in beliefs if fold(name) == hub and name not in wider), "")
    towns = sorted((e for e, _ in beliefs.get(name, ()) if e.level == 0), key=lambda e: -e.weight)
    if (
        not towns
        or towns[0].weight < _HUB_PEOPLE
        or (towns[1:] and towns[1].weight * _LARGER > towns[0].weight)
    ):
        return {}
    if any(e.weight >= _SOME_PEOPLE and e.place.country != towns[0].place.country for e in towns[1:]):
        return {}  # "BRISTOL" is one in England, or one in Connecticut
    return {name: [(towns[0], 1.0)]}


def _shared(rows: Sequence[tuple[Entry, float]]) -> list[tuple[Entry, float]]:
    total = sum(weight for _, weight in rows)
    return [(entry, weight / total) for entry, weight in rows]


def _settled(
    names: Sequence[tuple[str, float]], beliefs: Beliefs, tally: _Tally, gazetteer: Gazetteer
) -> Iterator[tuple[str, Entry]]:
    """(name, place) of the names whose place is likely once all have been weighed together."""
    weights = {name: weight for name, weight in names if name in beliefs}
    for _ in range(_ROUNDS):
        said = _soft(weights, beliefs, tally)
        beliefs = {name: _weighed(name, weights[name], beliefs[name], said, gazetteer) for name in weights}
    for name in weights:
        entry, belief = max(beliefs[name], key=lambda row: row[1])
        if belief >= _SURE_BELIEF:
            yield name, entry


def _soft(weights: Mapping[str, float], beliefs: Beliefs, tally: _Tally) -> _Tally:
    """The text's own words and every name's places by their beliefs."""
    said = _Tally()
    said.lands.update(tally.lands)
    said.zones.update(tally.zones)
    said.points += tally.points
    for name, weight in weights.items():
        for entry, belief in beliefs[name]:
            said.add_place(entry, weight * belief, name)
    return said


def _without(said: Mapping[_Key, float], own: Mapping[_Key, float]) -> dict[_Key, float]:
    """What is said beside a name's own part; rounded, since what is left of nothing would count as all there is."""
    return {key: max(0.0, round(weight - own.get(key, 0.0), _DIGITS)) for key, weight in said.items()}


def _weighed(
    name: str, weight: float, rows: Sequence[tuple[Entry, float]], said: _Tally, gazetteer: Gazetteer
) -> list[tuple[Entry, float]]:
    """New beliefs about a name from everything else that is said."""
    own = _Tally()
    for entry, belief in rows:
        own.add_place(entry, weight * belief, name)
    lands, zones = _without(said.lands, own.lands), _without(said.zones, own.zones)
    evidence = Evidence(lands, zones, said.points)
    scores = [score_entry(entry, evidence, gazetteer, name=name) for entry, _ in rows]
    top = max(scores)
    return _shared(
        [
            (entry, 10 ** (_BELIEF_POWER * (score - top)))
            for (entry, _), score in zip(rows, scores, strict=True)
        ]
    )
