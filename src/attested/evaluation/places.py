"""Places: names of the LGL and GeoVirus texts to coordinates, the names being given.

Measured as in Gritta et al. (2018), "What's missing in geographical parsing?": the share of names whose
coordinates lie within 161 km (100 miles) of the gold ones. A name that we leave unplaced counts as missed.
"""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from attested.errors import InputError
from attested.evaluation.registry import find_gold
from attested.evaluation.scorers import Figure, Figures, Share
from attested.model import Block, Name, Outline, Report
from attested.resolve.gazetteer import Gazetteer, distance_km
from attested.resolve.place_context import country_context
from attested.resolve.place_phrases import phrase_at
from attested.resolve.places import PlaceLink, PlaceResolver

NEAR_KM = 161.0
_PATTERNS = ("*lgl*.xml", "*GeoVirus*.xml", "*geovirus*.xml")


@dataclass(frozen=True, slots=True)
class GoldPlace:
    """A name in a text with its true coordinates in degrees."""

    start: int
    end: int
    text: str
    lat: float
    lon: float


@dataclass(frozen=True, slots=True)
class GoldText:
    """A text with its headline and places; ``unit`` is what the bootstrap draws."""

    unit: str
    text: str
    headline: str | None
    places: tuple[GoldPlace, ...]


@dataclass(frozen=True, slots=True)
class Placed:
    """A gold place, our link, and the distance between them in kilometres (None when unplaced)."""

    gold: GoldPlace
    link: PlaceLink
    km: float | None


def evaluate(folder: Path) -> Figures:
    """Share of names placed within 161 km, by set and together, and the share left unplaced.

    Raises InputError when no file is found or one cannot be read.
    """
    paths = find_gold(folder, *_PATTERNS)
    resolver = PlaceResolver(Gazetteer.open())
    near: list[Share] = []
    unplaced: list[Share] = []
    figures = []
    for path in paths:
        rows = [placed_in(gold, resolver) for gold in read_gold(path)]
        shares = [Share(sum(_is_near(p) for p in row), len(row)) for row in rows if row]
        figures.append(Figure.share(f"within_161_km_{path.stem.lower()}", shares))
        near += shares
        unplaced += [Share(sum(p.km is None for p in row), len(row)) for row in rows if row]
    note = "names given; a name left unplaced counts as missed"
    main = (Figure.share("within_161_km", near, note), Figure.share("unplaced", unplaced))
    return Figures("geoparse", (*main, *figures), tuple(path.name for path in paths))


def placed_in(gold: GoldText, resolver: PlaceResolver) -> tuple[Placed, ...]:
    """Our place for every gold name of a text, in its order."""
    body = (Block(0, len(gold.text), "body"),)
    report = Report(id=gold.unit, page_id=gold.unit, text=gold.text, body=body, headline=gold.headline)
    names = tuple(Name(p.start, p.end, p.text, "LOC") for p in gold.places)
    outline = Outline(gold.unit, sentences=(), names=names)
    context = country_context(report, outline, gazetteer=resolver.gazetteer)
    return tuple(
        _placed(place, resolver.resolve_place(_phrase(place, gold.text), context=context))
        for place in gold.places
    )


def _phrase(place: GoldPlace, text: str) -> str:
    return (
        phrase_at(text, place.start, place.end) if text[place.start : place.end] == place.text else place.text
    )


def _placed(gold: GoldPlace, link: PlaceLink) -> Placed:
    place = link.place
    if place is None or place.lat is None or place.lon is None:
        return Placed(gold, link, None)
    return Placed(gold, link, distance_km(gold.lat, gold.lon, place.lat, place.lon))


def _is_near(placed: Placed) -> bool:
    return placed.km is not None and placed.km <= NEAR_KM


def read_gold(path: Path) -> Iterator[GoldText]:
    """The texts of an LGL or GeoVirus file; names without coordinates are left out.

    Raises InputError when the file is no such XML.
    """
    try:
        root = ElementTree.parse(path).getroot()
    except ElementTree.ParseError as error:
        raise InputError(f"{path}: not the XML of LGL or GeoVirus: {error}") from error
    for i, item in enumerate(root.iter("article")):
        places = [*_lgl_places(item), *_geovirus_places(item)]
        unit = item.get("docid") or f"{path.stem}-{i}"
        yield GoldText(unit, item.findtext("text") or "", item.findtext("title"), tuple(places))


def _lgl_places(item: ElementTree.Element) -> Iterator[GoldPlace]:
    for name in item.iter("toponym"):
        tag = name.find("gaztag")
        if tag is not None:
            yield _gold_place(name, name.findtext("phrase"), tag)


def _geovirus_places(item: ElementTree.Element) -> Iterator[GoldPlace]:
    """GeoVirus counts characters from 1."""
    for name in item.iter("location"):
        gold = _gold_place(name, name.findtext("name"), name)
        yield replace(gold, start=gold.start - 1, end=gold.end - 1)


def _gold_place(name: ElementTree.Element, text: str | None, at: ElementTree.Element) -> GoldPlace:
    start, end = int(name.findtext("start") or 0), int(name.findtext("end") or 0)
    return GoldPlace(start, end, text or "", float(at.findtext("lat") or 0), float(at.findtext("lon") or 0))
