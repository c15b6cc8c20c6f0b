"""Which countries, provinces and points a report is about: what gates the look-up of a place name."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from attested.model import Name, Outline, Report
from attested.resolve.countries import countries, find_country_words
from attested.resolve.gazetteer import Entry, Gazetteer

# What a mention adds to a country, by the sort of word and where it stands. A name is about the land; a
# nationality often belongs to an actor abroad; a seat of government more often still.
_KIND_WEIGHT = {"name": 1.0, "adjective": 0.7, "people": 0.7, "government": 0.4}
_HEADLINE_WEIGHT = 2.0  # beside 1 for a mention in the body
_DATELINE_WEIGHT = 2.0
_PLACE_WEIGHT = 0.6  # a town or province named in the text, for its country
_STORY_SHARE = 0.3  # the other reports of a story together, beside the report itself
_SURE_WEIGHT = 50_000  # people; below it a name alone places nothing
_SURE_RATIO = 8.0  # times heavier than the next place of that name: taken as meant
_ZONE_KINDS = frozenset({"admin1", "region"})

Zone = tuple[str, str]  # (ISO code, first-level name)
Point = tuple[float, float, float]  # latitude, longitude, weight


@dataclass(frozen=True, slots=True)
class CountryContext:
    """Weights of countries and of their provinces, and the points surely meant; heaviest first."""

    countries: tuple[tuple[str, float], ...] = ()
    zones: tuple[tuple[Zone, float], ...] = ()
    points: tuple[Point, ...] = ()

    def share(self, code: str | None) -> float:
        """The country's share of all mentions, 0 to 1."""
        total = sum(weight for _, weight in self.countries)
        return next((weight / total for c, weight in self.countries if c == code), 0.0)

    def zone_share(self, zone: Zone) -> float:
        """The province's share of all mentions of provinces, 0 to 1."""
        total = sum(weight for _, weight in self.zones)
        return next((weight / total for z, weight in self.zones if z == zone), 0.0)

    def weight(self, code: str | None) -> float:
        """What the country's mentions add up to."""
        return next((weight for c, weight in self.countries if c == code), 0.0)

    @property
    def leading(self) -> str | None:
        """The heaviest country, or None."""
        return self.countries[0][0] if self.countries else None

    def joined(self, others: Iterable[tuple[CountryContext, float]]) -> CountryContext:
        """This context with others added, each scaled by its factor."""
        tally = _Tally()
        for context, factor in ((self, 1.0), *others):
            for code, weight in context.countries:
                tally.lands[code] += weight * factor
            for zone, weight in context.zones:
                tally.zones[zone] += weight * factor
            tally.points += [(lat, lon, weight * factor) for lat, lon, weight in context.points]
        return tally.context()


class _Tally:
    """Sums while a context is made."""

    def __init__(self) -> None:
        self.lands: defaultdict[str, float] = defaultdict(float)
        self.zones: defaultdict[Zone, float] = defaultdict(float)
        self.points: list[Point] = []

    def add_text(self, text: str, factor: float) -> None:
        for word in find_country_words(text):
            self.lands[word.code] += _KIND_WEIGHT[word.kind] * factor

    def add_place(self, entry: Entry, weight: float) -> None:
        place = entry.place
        if place.country:
            self.lands[place.country] += weight
            if place.admin1:
                self.zones[place.country, place.admin1] += weight * (2.0 if place.kind == "admin1" else 1.0)
        if place.kind not in _ZONE_KINDS and place.kind != "country" and place.lat is not None:
            assert place.lon is not None
            self.points.append((place.lat, place.lon, weight))

    def context(self) -> CountryContext:
        return CountryContext(
            tuple(sorted(((c, round(w, 6)) for c, w in self.lands.items()), key=lambda r: (-r[1], r[0]))),
            tuple(sorted(((z, round(w, 6)) for z, w in self.zones.items()), key=lambda r: (-r[1], r[0]))),
            tuple(sorted(self.points)),
        )


def text_context(text: str) -> CountryContext:
    """The context that the country words of a text alone give."""
    tally = _Tally()
    tally.add_text(text, 1.0)
    return tally.context()


def country_context(
    report: Report,
    outline: Outline | None = None,
    *,
    gazetteer: Gazetteer | None = None,
    story: Sequence[CountryContext] = (),
) -> CountryContext:
    """The countries a report is about, from its words for them, headline, dateline, places and story.

    With a gazetteer the places that its names surely mean count too, and give provinces and points.
    ``story`` are the contexts of the other reports of its story; together they weigh less than it does.
    """
    tally = _Tally()
    for block in report.body:
        tally.add_text(report.text[block.start : block.end], 1.0)
    if report.headline:
        tally.add_text(report.headline, _HEADLINE_WEIGHT)
    names = outline.names if outline else ()
    if gazetteer:
        for text, weight in _place_names(report, names):
            entry = surely_meant(gazetteer, text, tally.lands)
            if entry:
                tally.add_place(entry, weight)
    own = tally.context()
    return own.joined((other, _STORY_SHARE / len(story)) for other in story) if story else own


def _place_names(report: Report, names: Iterable[Name]) -> Iterator[tuple[str, float]]:
    """Names of places in a report with their weight: those of its text, then its dateline."""
    counted = Counter(name.text for name in names if name.label == "LOC")
    for text in sorted(counted):
        yield text, counted[text] * _PLACE_WEIGHT
    if report.dateline:
        yield report.dateline.text.partition(",")[0].strip().title(), _DATELINE_WEIGHT


def surely_meant(gazetteer: Gazetteer, name: str, lands: dict[str, float]) -> Entry | None:
    """The place that a name means whatever the report is about, or None when that is not plain.

    It is plain when the likeliest outweighs every other by far; a country that the report names counts as
    a hundredfold weight, since it tells towns of one name apart.
    """
    entries = [e for e in gazetteer.find(name) if e.place.kind != "country"]
    if not entries or name in {c.name for c in countries().values()}:
        return None
    weighed = sorted(
        (
            (e.weight * (100.0 if e.place.country in lands else 1.0) / (1 + 9 * (e.level % 2)), i)
            for i, e in enumerate(entries)
        ),
        reverse=True,
    )
    best, at = weighed[0]
    if best < _SURE_WEIGHT or (len(weighed) > 1 and best < _SURE_RATIO * weighed[1][0]):
        return None
    return entries[at]
