"""Land and borders of any part of the earth as SVG paths, as fine as the picture can show.

``data/world.npz`` has each border once, as an arc of points, and what each point is worth: at a smaller scale those
worth least are left out, alike on both sides of a border (``scripts/world_outlines.py`` makes it).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from math import log2
from typing import Any

import numpy as np

from attested.text.countries import countries
from attested.web.charts.extent import HALF_TURN, POLE, TURN, Array, Box, Extent, Projection

_LEAST, _STEPS = 1.5e-4, 2  # as in scripts/world_outlines.py: square degrees worth 0, and steps to a doubling
_LEAST_AREA = 0.35  # square picture units that a point must be worth to be drawn
_LEAST_ISLAND = 1.3  # picture units: a smaller one is not drawn
_PAD = 0.02  # of the view, drawn beyond its edges so that no edge is seen
_TENTHS = 10  # paths are in tenths of a picture unit
_LABEL_HEIGHT, _LETTER, _LABEL_PAD = 13.0, 7.3, 6.0  # picture units of a country's name
_ROWS = (0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74)  # of a country's height: where its name may stand
_CACHED = 64  # views whose outlines are kept


@dataclass(frozen=True, slots=True)
class Name:
    """A country's name and where it would fit: middles, the best first."""

    text: str
    width: float
    spots: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Outlines:
    """Paths in tenths of picture units."""

    sea: str
    land: str
    borders: str
    disputed: str
    names: tuple[Name, ...]


class _Rings:
    """Closed lines of a set, each a run of points; what is near a box is found by their own boxes."""

    def __init__(self, runs: Sequence[Array], points: Array) -> None:
        self.runs = runs
        lines = [unrolled(points[run]) for run in runs]
        self.low = np.array([line.min(axis=0) for line in lines])
        self.high = np.array([line.max(axis=0) for line in lines])

    def near(self, low: Array, high: Array, least: Array) -> list[int]:
        """Those that reach into a box and are large enough either way."""
        meets = ((self.low <= high) & (self.high >= low)).all(axis=1)
        large = (self.high - self.low >= least).any(axis=1)
        return [int(i) for i in np.flatnonzero(meets & large)]


class _World:
    """All outlines, read once."""

    def __init__(self) -> None:
        with files("attested.web.data").joinpath("world.npz").open("rb") as file:
            found = dict(np.load(file).items())
        ends = np.cumsum(found["lengths"].astype(np.int64))
        arcs = [np.arange(end - n, end) for end, n in zip(ends, found["lengths"].tolist(), strict=True)]
        self.points = _points(found, ends)
        self.worth = found["worth"].astype(np.int32)
        self.codes = [str(found["codes"][i]) for i in found["ring_codes"]]
        rings = list(_split(found["ring_arcs"], found["ring_sizes"]))
        self.countries = _Rings([_run(ring, arcs) for ring in rings], self.points)
        lands = _split(found["land_arcs"], found["land_sizes"])
        self.land = _Rings([_run(ring, arcs) for ring in lands], self.points)
        users: dict[int, list[str]] = {}
        for ring, code in zip(rings, self.codes, strict=True):
            for arc in ring:
                users.setdefault(arc if arc >= 0 else ~arc, []).append(code)
        shared = {arc: codes for arc, codes in users.items() if len(codes) > 1}
        told = [arc for arc, codes in shared.items() if len({*codes}) > 1 and all(codes)]
        self.borders = _Rings([arcs[arc] for arc in told], self.points)
        self.disputed = _Rings([arcs[arc] for arc in sorted(shared.keys() - {*told})], self.points)


@cache
def _world() -> _World:
    return _World()


@lru_cache(maxsize=_CACHED)
def outlines(extent: Extent) -> Outlines:
    """Land and borders in a view, and the names of countries that have room."""
    draw = _Drawing(_world(), Projection(extent))
    return Outlines(draw.sea(), draw.land(), draw.borders(), draw.disputed(), tuple(draw.names()))


def country_box(code: str) -> Box | None:
    """West, south, east and north of a country's largest part; None of what has no outline."""
    world = _world()
    own = [i for i, found in enumerate(world.codes) if code and found == code]
    if not own:
        return None
    sizes = (world.countries.high[own] - world.countries.low[own]).prod(axis=1)
    largest = own[int(np.argmax(sizes))]
    (west, south), (east, north) = (
        world.countries.low[largest].tolist(),
        world.countries.high[largest].tolist(),
    )
    return west, south, east, north


class _Drawing:
    """Draws the world on one picture."""

    def __init__(self, world: _World, projection: Projection) -> None:
        self._world, self._projection = world, projection
        extent = projection.extent
        pad = _PAD * np.array([extent.east - extent.west, extent.north - extent.south])
        pad = pad * (not extent.is_world)
        self._low = np.array([extent.west, extent.south]) - pad
        self._high = np.array([extent.east, extent.north]) + pad
        across = projection.width / (extent.east - extent.west)
        self._least = _LEAST_ISLAND / np.array([across, projection.per_degree])
        square = _LEAST_AREA / projection.per_degree**2
        self._kept = world.worth >= _STEPS * log2(max(square / _LEAST, 1.0))

    def sea(self) -> str:
        """The edge of the view; the world's is curved."""
        extent = self._projection.extent
        up = np.linspace(extent.south, extent.north, 40 if extent.is_world else 2)
        lon = np.concatenate([np.full(len(up), extent.west), np.full(len(up), extent.east)])
        return svg_path([self._xy(np.column_stack([lon, np.concatenate([up, up[::-1]])]))], "z")

    def land(self) -> str:
        """All land, without borders."""
        return svg_path([xy for _, xy in self._closed(self._world.land)], "z")

    def borders(self) -> str:
        """Lines between countries."""
        return svg_path(self._open(self._world.borders), "")

    def disputed(self) -> str:
        """Lines within what one code stands for, or around what none does."""
        return svg_path(self._open(self._world.disputed), "")

    def names(self) -> Iterator[Name]:
        """Of each country its largest part's, if the name fits into it."""
        parts: dict[str, Array] = {}
        for i, xy in self._closed(self._world.countries):
            xy = self._in_picture(xy)
            code = self._world.codes[i]
            if len(xy) > 2 and _area(xy) > _area(parts.get(code, _NOTHING)):
                parts[code] = xy
        known = countries()
        for code, xy in sorted(parts.items(), key=lambda part: -_area(part[1])):
            if code in known and (name := _name(known[code].name, xy)):
                yield name

    def _closed(self, rings: _Rings) -> Iterator[tuple[int, Array]]:
        for i, lonlat in self._near(rings):
            is_within = (lonlat >= self._low).all() and (lonlat <= self._high).all()
            clipped = lonlat if is_within else clip(_closed_at_pole(lonlat), self._low, self._high)
            if len(clipped) > 2:
                yield i, self._xy(clipped)

    def _open(self, rings: _Rings) -> Iterator[Array]:
        for _, lonlat in self._near(rings):
            for part in pieces(lonlat, self._low, self._high):
                yield self._xy(part)

    def _near(self, rings: _Rings) -> Iterator[tuple[int, Array]]:
        """Lines that reach into the view, of the points worth drawing, turned to lie in it."""
        for turn in (np.array([t, 0.0]) for t in (-TURN, 0.0, TURN)):
            for i in rings.near(self._low - turn, self._high - turn, self._least):
                run = rings.runs[i]
                if len(kept := run[self._kept[run]]) > 1:
                    yield i, unrolled(self._world.points[kept]) + turn

    def _in_picture(self, xy: Array) -> Array:
        size = np.array([self._projection.width, self._projection.height])
        return clip(xy, np.zeros(2), size)

    def _xy(self, lonlat: Array) -> Array:
        return np.column_stack(self._projection.xy(lonlat[:, 0], lonlat[:, 1]))


_NOTHING = np.zeros((0, 2))


def unrolled(line: Array) -> Array:
    """A line that goes on beyond 180 degrees where it crosses the date line, instead of back around the earth."""
    turns = np.cumsum(np.rint(np.diff(line[:, 0], prepend=line[0, 0]) / TURN))
    return np.column_stack([line[:, 0] - turns * TURN, line[:, 1]])


def _closed_at_pole(line: Array) -> Array:
    """A closed line; what goes round the earth, as Antarctica does, by way of the south pole."""
    if abs(line[-1, 0] - line[0, 0]) < HALF_TURN:
        return line
    return np.concatenate([line, [[line[-1, 0], -POLE], [line[0, 0], -POLE]]])


def clip(ring: Array, low: Array, high: Array) -> Array:
    """What of a closed line lies in a box (Sutherland and Hodgman, 1974), an edge at a time."""
    for axis in (0, 1):
        for edge, sign in ((low[axis], 1.0), (high[axis], -1.0)):
            if not len(ring):
                return ring
            ring = _cut(ring, (ring[:, axis] - edge) * sign)
    return ring


def _cut(ring: Array, inside: Array) -> Array:
    """The part of a closed line whose points are on the positive side, with the points where it crosses."""
    following, after = np.roll(ring, -1, axis=0), np.roll(inside, -1)
    crosses = (inside >= 0) != (after >= 0)
    apart = np.where(crosses, inside - after, 1.0)
    between = ring + (following - ring) * (inside / apart)[:, None]
    both = np.stack([ring, between], axis=1).reshape(-1, 2)
    kept: Array = both[np.stack([inside >= 0, crosses], axis=1).ravel()]
    return kept


def _points(found: dict[str, Any], ends: Array) -> Array:
    """Degrees of all points, from the steps between those of an arc."""
    sums = np.cumsum(found["steps"].astype(np.int64), axis=0)
    firsts = ends - found["lengths"]
    offset = np.repeat(found["starts"] - sums[firsts], found["lengths"], axis=0)
    degrees: Array = (sums + offset) * found["scale"] + found["origin"]
    return degrees


def _split(values: Array, sizes: Array) -> Iterator[list[int]]:
    for part in np.split(values, np.cumsum(sizes.astype(np.int64))[:-1]):
        yield part.tolist()


def _run(ring: Sequence[int], arcs: Sequence[Array]) -> Array:
    """The points of a closed line: its arcs one after the other, those with a stroke before them backwards."""
    parts = [arcs[arc][:-1] if arc >= 0 else arcs[~arc][:0:-1] for arc in ring]
    return np.concatenate(parts)


def pieces(line: Array, low: Array, high: Array) -> Iterator[Array]:
    """The parts of a line that reach into a box, each with a step more at its ends."""
    a, b = line[:-1], line[1:]
    meets = ((np.minimum(a, b) <= high) & (np.maximum(a, b) >= low)).all(axis=1)
    edges = np.flatnonzero(np.diff(np.concatenate([[False], meets, [False]]).astype(np.int8)))
    for first, last in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
        yield line[first : last + 1]


def svg_path(lines: Iterable[Array], end: str) -> str:
    """Lines in picture units as one path in tenths of them; ``end`` is "z" for closed ones."""
    return "".join(_line(line, end) for line in lines)


def _line(xy: Array, end: str) -> str:
    """One line as SVG has it: where it begins, and steps; steps of nothing are left out."""
    tenths = np.rint(xy * _TENTHS).astype(np.int64)
    steps = np.diff(tenths, axis=0)
    steps = steps[(steps != 0).any(axis=1)]
    if not len(steps):
        return ""
    told = " ".join(map(str, steps.ravel().tolist())).replace(" -", "-")
    return f"M{tenths[0][0]} {tenths[0][1]}l{told}{end}"


def _area(xy: Array) -> float:
    x, y = xy[:, 0], xy[:, 1]
    return float(abs(np.dot(x, np.roll(y, -1)) - np.dot(y, np.roll(x, -1))) / 2)


def _name(text: str, xy: Array) -> Name | None:
    """Where a name fits into a shape: in rows over its height the widest part."""
    width = len(text) * _LETTER
    top, bottom = xy[:, 1].min(), xy[:, 1].max()
    if bottom - top < _LABEL_HEIGHT:
        return None
    spots = []
    for share in _ROWS:
        y = top + share * (bottom - top)
        left, right = max(_chords(xy, y), key=lambda chord: chord[1] - chord[0], default=(0.0, 0.0))
        if right - left >= width + _LABEL_PAD:
            spots.append((round((left + right) / 2, 1), round(float(y), 1)))
    return Name(text, width, tuple(spots)) if spots else None


def _chords(xy: Array, y: float) -> list[tuple[float, float]]:
    """Where a level line lies within a shape."""
    after = np.roll(xy, -1, axis=0)
    crosses = (xy[:, 1] > y) != (after[:, 1] > y)
    a, b = xy[crosses], after[crosses]
    x = np.sort(a[:, 0] + (b[:, 0] - a[:, 0]) * (y - a[:, 1]) / (b[:, 1] - a[:, 1]))
    return list(zip(x[::2].tolist(), x[1::2].tolist(), strict=True))
