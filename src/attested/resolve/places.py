"""Place phrases to places: a scored link with rivals and the reason in words.

The report's countries gate the look-up: first they, then their neighbours, else a city of the world, else
nothing. How exactly a place is known follows UCDP GED's ``where_prec`` (1 exact, 2 near or part of, 3 second-
level division, 4 first-level, 5 region or between, 6 country, 7 sea or air).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from attested.resolve.gazetteer import LOOSE, Entry, Gazetteer
from attested.resolve.place_context import CountryContext
from attested.resolve.place_index import place_key
from attested.resolve.place_names import is_quarter
from attested.resolve.place_phrases import WIDER, NamePart, Phrase, place_words, read_phrase
from attested.resolve.place_points import REGION, among_points, between_places, is_far, shifted
from attested.resolve.place_scores import score_entry
from attested.text.countries import countries
from attested.values import Place, Score

NEAR = 2  # UCDP GED where_prec: near a place, or a part of it
AT_SEA = 7  # international waters or airspace
_BORDER, _COAST = "on the border with", "off the coast of"  # relations that put a place outside the name
# Provinces that share the name of their chief town have the noun in our table ("Herat Province").
_PROVINCES = ("Governorate", "Province", "Department", "Region", "State", "Oblast")
# Features and streets have names of their own; houses are called after a town, or after anything.
_OWN_NAMES = frozenset({"island", "river", "mountains", "sea", "street"})
_HOUSES = frozenset({"site"})
_LARGE_PEOPLE = 100_000
# "The 900 block of Midland in Hull": a street, by whatever name.
_BLOCK_OF = re.compile(r"\bblock of (?:(?:[NSEW]\.?|North|South|East|West|[NS][EW]) )?$")
_MANY_RIVALS = 3  # shown to a reader

_SMALL_PEOPLE = 50_000
_WORLD_PEOPLE = 300_000  # a city outside the report's countries that a reader knows without being told
_NO_CONTEXT_PEOPLE = 100_000

# From the most exact to the least: what a phrase with several names is about.
_EXACTNESS = {
    "street": 0, "embassy": 0, "site": 0, "airport": 0, "base": 0, "prison": 0, "oil": 0, "crossing": 0, "camp": 0,
    "quarter": 1, "town": 2, "city": 2, "island": 3, "river": 3, "mountains": 3, "admin2": 3, "admin1": 4,
    "region": 5, "sea": 5, "country": 6,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class PlaceLink:
    """The place that a phrase means, how sure, what else it may have meant, and why, for a reader."""

    place: Place | None
    score: Score
    rivals: tuple[Place, ...] = ()
    why: str = ""


@dataclass(frozen=True, slots=True)
class _Found:
    """A name of a phrase with its places, best first, each with its score."""

    part: NamePart
    ranked: tuple[tuple[float, Entry], ...]
    tier: str

    @property
    def best(self) -> Place:
        return self.ranked[0][1].place


class PlaceResolver:
    """Resolves phrases against one gazetteer."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.gazetteer = gazetteer

    def find_places(self, phrase: str) -> tuple[NamePart, ...]:
        """The place names of a phrase, most exact first, then as they stand."""
        parts = self._read(phrase).parts
        return tuple(sorted(parts, key=lambda part: (self._exactness(part), part.start)))

    def resolve_place(
        self,
        phrase: str,
        *,
        context: CountryContext,
        relation: str = "",
        people: frozenset[str] = frozenset(),
    ) -> PlaceLink:
        """The place that a phrase as written means in a report with this context.

        ``relation`` is a relation said outside the phrase ("near"), ``people`` the words that are persons' names
        there ("Collins’ home"). The link's place is None when the phrase names no place, or none that the context
        makes likely.
        """
        read = self._read(phrase)
        read = replace(
            read, parts=tuple(p for p in read.parts if self._may_be_meant(p, read, context, people))
        )
        if not read.parts:
            return self._unnamed(phrase, context, relation)
        found = self._resolved(read, context)
        if not found:
            names = ", ".join(part.text for part in read.parts)
            return PlaceLink(
                None, Score(0.0, "no place fits"), why=f"no place called {names} fits the report"
            )
        return self._link(read, found, context, relation)

    def _read(self, phrase: str) -> Phrase:
        return read_phrase(phrase, lambda words: not is_quarter(words) and bool(self.gazetteer.find(words)))

    def _may_be_meant(
        self, part: NamePart, read: Phrase, context: CountryContext, people: frozenset[str]
    ) -> bool:
        """Whether a name is not a person's, nor the end of a quarter's that is not known ("West Adams")."""
        before = read.text[: part.start].split()
        if part.text.split()[-1].strip(".") in people or _BLOCK_OF.search(read.text[: part.start]):
            return False
        if part.country or not part.direction or not before or not before[-1][:1].isupper():
            return True
        is_settled = place_key(part.text) in context.evidence.settled
        return is_settled or any(e.weight >= _LARGE_PEOPLE for e in self.gazetteer.find(part.text))

    def _exactness(self, part: NamePart) -> int:
        if part.is_adjective or part.country:
            return _EXACTNESS["region" if part.region else "country"]
        entries = self.gazetteer.find(part.text)
        if part.kinds and (part.kinds != WIDER or any(e.place.kind in WIDER for e in entries)):
            return min(_EXACTNESS[kind] for kind in part.kinds)
        return _EXACTNESS[entries[0].place.kind]

    def _resolved(self, read: Phrase, context: CountryContext) -> list[_Found]:
        """The names that could be placed, from the widest to the most exact, each within the wider ones."""
        found: list[_Found] = []
        parts = [
            p for p in read.parts if not p.is_owner or (len(read.parts) == 1 and p.country == context.leading)
        ]
        for part in sorted(parts, key=lambda p: (-self._exactness(p), p.start)):
            one = self._ranked(part, found, context)
            if one:
                found.append(one)
        return found

    def _ranked(self, part: NamePart, wider: Sequence[_Found], context: CountryContext) -> _Found | None:
        entries = self._entries(part, context)
        exact = self._exactness(part)
        wider = [w for w in wider if w.part.relation != _BORDER]
        around = [w for w in wider if exact < self._exactness(w.part) or w.best.kind not in ("city", "town")]
        inside = [e for e in entries if all(_lies_in(e.place, w) for w in around)]
        if around and not inside:
            return None
        lands = {w.best.country for w in wider}
        ranked = sorted(
            (
                (score_entry(e, context.evidence, self.gazetteer, kinds=part.kinds, name=part.text), e)
                for e in inside or entries
            ),
            key=lambda row: (-row[0], row[1].place.name, row[1].place.geonames_id or 0),
        )
        is_only = len({e.place.country for e in entries if e.level == 0}) == 1  # no country shares the name
        tiers = [self._tier(e, lands, context, is_only=is_only) for _, e in ranked]
        kept = [(row, tier) for row, tier in zip(ranked, tiers, strict=True) if tier]
        return _Found(part, tuple(row for row, _ in kept), kept[0][1]) if kept else None

    def _entries(self, part: NamePart, context: CountryContext) -> list[Entry]:
        """The places that a name may mean; the noun beside it settles the kind where any place fits it."""
        if part.region:
            named = [e for e in self.gazetteer.find(part.region) if e.place.kind in ("region", "admin1")]
            return [e for e in named if part.country in (None, e.place.country)] or named
        if part.country:
            lands = [e for e in self.gazetteer.find(countries()[part.country].name) if e.is_curated]
            exact = self.gazetteer.find(part.text) if not part.is_adjective else ()
            point = context.evidence.settled.get(place_key(part.text))
            if point and (town := [e for e in exact if (e.place.lat, e.place.lon) == point]):
                return town  # "Lebanon" where the report is of the one in Ohio
            named = [e for e in exact if e.level == 0 and (e.is_curated or e.weight > _SMALL_PEOPLE)]
            return named or lands
        entries = list(self.gazetteer.find(part.text))
        if regions := [e for e in entries if e.place.country is None and e.level == 0]:
            return regions  # "the Middle East" is no quarter of Baltimore
        if "admin1" in part.kinds and part.kinds != WIDER:
            entries += [e for noun in _PROVINCES for e in self.gazetteer.find(f"{part.text} {noun}")]
        fitting = [e for e in entries if e.place.kind in part.kinds]
        if fitting or not part.kinds:
            return fitting or entries
        if part.text.lower().endswith(f" {part.noun}"):
            return [
                e for e in entries if e.level < LOOSE
            ]  # the whole of it is a town's name: "Merritt Island"
        if set(part.kinds) <= _OWN_NAMES:
            return []  # "Victoria Island" is no town called Victoria
        if set(part.kinds) <= _HOUSES:
            return [e for e in entries if e.weight >= _LARGE_PEOPLE]  # "Jackson Hospital" may be anywhere
        return entries

    def _tier(self, entry: Entry, lands: set[str | None], context: CountryContext, *, is_only: bool) -> str:
        """Why the place may be meant at all; "" when nothing makes it likely."""
        code = entry.place.country
        if code and code in lands:
            return "phrase"
        if not context.countries:
            known = entry.weight >= _NO_CONTEXT_PEOPLE or is_only or entry.is_curated
            return "world" if known and entry.level < 2 else ""
        if code is None or context.weight(code):
            return "report"
        if any(code in self.gazetteer.neighbours(c) for c, _ in context.countries[:2]):
            return "neighbour"
        return "world" if entry.weight >= _WORLD_PEOPLE and entry.level < 2 else ""

    def _unnamed(self, phrase: str, context: CountryContext, relation: str) -> PlaceLink:
        """The capital or the country of the report's leading country for "the capital", "the country"."""
        words = set(phrase.split())  # "Capital Boulevard" is no capital
        code = context.leading
        if code in countries() and words & {"country", "capital", "nationwide"}:
            assert code is not None
            land = countries()[code]
            if "capital" not in words:
                direction = next((w for w in phrase.lower().split() if w in place_words().directions), "")
                place = self._sector(land.place, direction) if direction else land.place
            else:
                named = [e.place for e in self.gazetteer.find(land.capital) if e.place.country == code]
                towns = [p for p in named if p.kind in ("city", "town")]
                place = towns[0] if towns else land.place
            why = f"{_shown(place)}: {land.name} is what the report is most about"
            return PlaceLink(replace(place, relation=relation), Score(0.5, why), why=why)
        return PlaceLink(None, Score(0.0, "no name"), why=f"“{phrase}” names no place")

    def _link(self, read: Phrase, found: list[_Found], context: CountryContext, relation: str) -> PlaceLink:
        target = _target(found)
        place = among_points(self._worded(read, target, found, relation), context)
        rivals = tuple(e.place for _, e in target.ranked[1:] if is_far(e.place, target.best))[:_MANY_RIVALS]
        why = _why(place, target, rivals, context)
        return PlaceLink(place, Score(_confidence(target), why), rivals, why)

    def _worded(self, read: Phrase, target: _Found, found: Sequence[_Found], relation: str) -> Place:
        """The target as the words give it: near it, north of it, its southern part, between two places."""
        place, part = target.best, target.part
        said = part.relation or relation
        if said == _COAST:
            return replace(place, precision=AT_SEA, relation=said)
        if said == _BORDER and place.kind == "country":
            return replace(place, precision=REGION, relation=said)
        if said == "between" and len(found) > 1:
            return between_places(found[-2].best, found[-1].best)
        if said.endswith(" of") and said.split()[0] in place_words().directions and place.kind == "country":
            return self._sector(place, said.split()[0])
        if part.direction and place.kind == "country":
            return self._sector(place, part.direction)
        missed = [p for p in read.parts if not p.is_owner and all(p is not f.part for f in found)]
        if said and read.distance_km and said.endswith(" of"):
            place = shifted(place, said.split()[0], read.distance_km)
        if said or any(self._exactness(p) < _EXACTNESS[place.kind] for p in missed):
            place = replace(place, precision=max(place.precision, NEAR))
        elif (
            part.noun
            and place.kind in ("city", "town")
            and "city" not in part.kinds
            and "town" not in part.kinds
        ):
            place = replace(place, precision=max(place.precision, NEAR))  # "Balad base": at Balad, not in it
        return replace(place, relation=said or part.direction)

    def _sector(self, place: Place, direction: str) -> Place:
        """A part of a country ("southern Iraq"): half-way from its middle to that edge, precision 5."""
        extent = self.gazetteer.extent(place.country or "")
        north, east = place_words().directions.get(direction, (0, 0))
        if extent is None or place.lat is None or place.lon is None:
            return replace(place, precision=REGION, relation=direction)
        south_edge, north_edge, west_edge, east_edge = extent
        lat, lon = (south_edge + north_edge) / 2, (west_edge + east_edge) / 2
        return replace(
            place,
            name=f"{direction} {place.name}",
            lat=round(lat + north * (north_edge - south_edge) / 4, 2),
            lon=round(lon + east * (east_edge - west_edge) / 4, 2),
            precision=REGION,
            kind="region",
            relation=direction,
        )


def _target(found: Sequence[_Found]) -> _Found:
    """The most exact place, by its kind or by the noun beside it; of equals the one that stands first."""
    return min(found, key=lambda f: (_exactness_of(f), f.part.start))


def _exactness_of(found: _Found) -> int:
    kind = found.best.kind
    said = found.part.kinds if kind in ("city", "town") and found.part.kinds != WIDER else ()
    return min(_EXACTNESS[k] for k in (kind, *said))


def _lies_in(place: Place, wider: _Found) -> bool:
    """Whether a place may lie in the wider one that the same phrase names."""
    outer = wider.best
    if outer.country and place.country != outer.country:
        return False
    if outer.kind == "admin1":
        return place.admin1 is None or place.admin1 == outer.name
    if outer.kind in ("city", "town") and place.kind not in ("admin1", "region", "country"):
        return not is_far(place, outer)
    return True


_TIER_VALUE = {"phrase": 0.95, "report": 0.9, "neighbour": 0.6, "world": 0.6}
_LOOSE_VALUE = 0.8  # of the link where only the transliteration key met
_CLEAR_LEAD = 2.0  # score units; a lead of a hundredfold leaves no doubt about the rival


def _confidence(target: _Found) -> float:
    """How sure the link is: the ground it stands on, less the nearness of the runner-up."""
    scores = [score for score, e in target.ranked[1:] if is_far(e.place, target.best)]
    lead = min(1.0, max(0.0, target.ranked[0][0] - scores[0]) / _CLEAR_LEAD) if scores else 1.0
    spelling = _LOOSE_VALUE if target.ranked[0][1].level >= LOOSE else 1.0
    return round(_TIER_VALUE[target.tier] * (0.6 + 0.4 * lead) * spelling, 3)


def _shown(place: Place) -> str:
    land = countries().get(place.country or "")
    words = [place.name, place.admin1 if place.admin1 != place.name else None, land.name if land else None]
    return ", ".join(dict.fromkeys(word for word in words if word))


def _why(place: Place, target: _Found, rivals: Sequence[Place], context: CountryContext) -> str:
    code = place.country or ""
    land = countries()[code].name if code in countries() else "no country"
    grounds = {
        "phrase": f"the phrase itself places it in {land}",
        "report": f"{context.share(code):.0%} of the report's words for countries are for {land}",
        "neighbour": f"{land} borders a country that the report is about",
        "world": "a place known without its country being said",
    }
    shown = place if place.kind == target.best.kind else target.best
    words = f"{_shown(shown)}: {grounds[target.tier]}"
    return f"{words}; rivals: {'; '.join(_shown(rival) for rival in rivals)}" if rivals else words
