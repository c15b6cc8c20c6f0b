"""Which part of the earth a map shows, and where on the picture a place lies."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from math import cos, radians, sqrt
from typing import Any

import numpy as np

Box = tuple[float, float, float, float]
"""West, south, east, north in degrees, each longitude within 180; west of more than east reaches over the date line."""
Array = np.ndarray[Any, np.dtype[Any]]

TURN, HALF_TURN, POLE = 360.0, 180.0, 90.0
WIDTH, HEIGHT = 640.0, 320.0  # picture units of a region
LEAST_DEGREES = 2.0
"""A map of one town shows at least so much around it."""
_MARGIN = 0.09  # of the points' extent, on each side
_MOST_DEGREES = 190.0  # a wider view is the whole world
_WORLD_SOUTH, _WORLD_NORTH = -57.0, 84.0  # all land but Antarctica
_FLATTEST = (
    0.2  # cosine of the latitude that a region is drawn at, at least: near a pole it would be all width
)
# Equal Earth (Šavrič, Patterson and Jenny, 2018): its four constants.
_A1, _A2, _A3, _A4 = 1.340264, -0.081106, 0.000893, 0.003796


@dataclass(frozen=True, slots=True)
class Extent:
    """Degrees from ``west`` to ``east``, which is above 180 where the view reaches over the date line."""

    west: float
    south: float
    east: float
    north: float

    @property
    def is_world(self) -> bool:
        """Whether it goes round the earth."""
        return self.east - self.west >= TURN

    @property
    def box(self) -> Box:
        """Its edges, as an address has them."""
        return (_within(self.west), self.south, _within(self.east), self.north)

    def zoomed(self, factor: float, right: float = 0.0, up: float = 0.0) -> Extent:
        """The view ``factor`` times as wide, moved by shares of its own width and height; a wide one is the world."""
        width, height = self.east - self.west, self.north - self.south
        lon = (self.west + self.east) / 2 + right * width
        lat = (self.south + self.north) / 2 + up * height
        half_width, half_height = width * factor / 2, min(height * factor / 2, POLE)
        if half_width * 2 > _MOST_DEGREES:
            return world()
        lat = min(max(lat, half_height - POLE), POLE - half_height)
        return Extent(lon - half_width, lat - half_height, lon + half_width, lat + half_height)


def world(southernmost: float = 0.0) -> Extent:
    """All land; with Antarctica if something lies there."""
    return Extent(-HALF_TURN, _WORLD_SOUTH if southernmost > _WORLD_SOUTH else -POLE, HALF_TURN, _WORLD_NORTH)


def extent_of(places: Iterable[tuple[float, float]], box: Box | None = None) -> Extent:
    """The view of a box, or else of all places (latitude, longitude), grown to the picture's shape.

    The whole world if they are far apart or there are none.
    """
    known = list(places)
    if box is not None:
        tight, margin = _unrolled(box), 0.0
    elif known:
        lats = [lat for lat, _ in known]
        west, east = _shortest([lon for _, lon in known])
        tight, margin = Extent(west, min(lats), east, max(lats)), _MARGIN
    else:
        return world()
    grown = _grown(tight, margin)
    return world(tight.south) if grown is None else grown


def box_words(box: Box) -> str:
    """A box as an address has it, to a metre."""
    return ",".join(f"{edge:.5f}".rstrip("0").rstrip(".") for edge in box)


class Projection:
    """From degrees to picture units: a region as a plain grid that is true in its middle, the world as Equal Earth."""

    def __init__(self, extent: Extent) -> None:
        self.extent, self.width = extent, WIDTH
        if extent.is_world:
            self._middle = (extent.west + extent.east) / 2
            (right,), _ = _equal_earth(np.array([HALF_TURN]), np.array([0.0]))
            _, (self._top, bottom) = _equal_earth(np.zeros(2), np.array([extent.north, extent.south]))
            self._unit = WIDTH / 2 / right
            self.height = round((self._top - bottom) * self._unit, 1)
        else:
            self.height = HEIGHT
        self.per_degree = self.height / (extent.north - extent.south)

    def xy(self, lon: Array, lat: Array) -> tuple[Array, Array]:
        """Picture units of places, whose longitudes are within the extent's turn."""
        if self.extent.is_world:
            x, y = _equal_earth(lon - self._middle, lat)
            return WIDTH / 2 + x * self._unit, (self._top - y) * self._unit
        across = WIDTH / (self.extent.east - self.extent.west)
        return (lon - self.extent.west) * across, (self.extent.north - lat) * self.per_degree

    def place(self, lat: float, lon: float) -> tuple[float, float]:
        """Picture units of one place, whatever its turn."""
        west = self.extent.west
        lon = west + (lon - west) % TURN if not self.extent.is_world else lon
        if lon - self.extent.east > west + TURN - lon:  # just west of the view, not far east of it
            lon -= TURN
        (x,), (y,) = self.xy(np.array([lon]), np.array([lat]))
        return float(x), float(y)


def _within(lon: float) -> float:
    return lon if -HALF_TURN <= lon <= HALF_TURN else (lon + HALF_TURN) % TURN - HALF_TURN


def _unrolled(box: Box) -> Extent:
    west, south, east, north = box
    return Extent(west, south, east if west <= east else east + TURN, north)


def _shortest(lons: list[float]) -> tuple[float, float]:
    """The shortest way from west to east that passes all longitudes: what the widest gap leaves."""
    found = sorted({_within(lon) for lon in lons})
    gaps = [(b - a, b) for a, b in pairwise([*found, found[0] + TURN])]
    gap, west = max(gaps)
    west = west if west <= HALF_TURN else west - TURN
    return west, west + TURN - gap


def _grown(tight: Extent, margin: float) -> Extent | None:
    """With a margin, wide enough to see something, and in the picture's shape; None if that is the world."""
    width, height = tight.east - tight.west, tight.north - tight.south
    lon, lat = (tight.west + tight.east) / 2, (tight.south + tight.north) / 2
    height = max(height * (1 + 2 * margin), LEAST_DEGREES)
    width = max(width * (1 + 2 * margin), LEAST_DEGREES)
    lat = min(max(lat, height / 2 - POLE), POLE - height / 2)
    across = width * max(cos(radians(lat)), _FLATTEST)  # as wide as so many degrees of latitude
    shape = WIDTH / HEIGHT
    if across < height * shape:
        width *= height * shape / across
    else:
        height = min(across / shape, 2 * POLE)
    if width > _MOST_DEGREES:
        return None
    lat = min(max(lat, height / 2 - POLE), POLE - height / 2)
    return Extent(lon - width / 2, lat - height / 2, lon + width / 2, lat + height / 2)


def _equal_earth(lon: Array, lat: Array) -> tuple[Array, Array]:
    m = sqrt(3) / 2
    t = np.arcsin(m * np.sin(np.radians(lat)))
    t2 = t * t
    t6 = t2 * t2 * t2
    y = t * (_A1 + _A2 * t2 + t6 * (_A3 + _A4 * t2))
    slope = _A1 + 3 * _A2 * t2 + t6 * (7 * _A3 + 9 * _A4 * t2)
    return np.radians(lon) * np.cos(t) / (m * slope), y
