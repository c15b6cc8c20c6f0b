"""Boundaries of somebody's own, such as provinces, drawn thin over the map: GeoJSON lines and polygons."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from attested.errors import InputError
from attested.web.charts.extent import TURN, Array, Extent, Projection
from attested.web.charts.outlines import pieces, svg_path, unrolled

_MOST_BYTES = 64 * 2**20  # of a file: all provinces of the world at 1:10 million are 40 MB
_STEP = 1.0  # picture units: points nearer to the last one drawn are left out
_CACHED = 32  # views whose paths are kept
# Geometry -> how deep its lines lie in its coordinates.
_DEPTHS = {"LineString": 0, "MultiLineString": 1, "Polygon": 1, "MultiPolygon": 2}


@dataclass(frozen=True, eq=False)
class Boundaries:
    """Lines in degrees, longitude before latitude."""

    lines: tuple[Array, ...]

    def path(self, extent: Extent) -> str:
        """What of them lies in a view, in tenths of picture units."""
        return _path(self, extent)


NONE = Boundaries(())


def read_boundaries(path: Path) -> Boundaries:
    """The lines of a GeoJSON file. Raises InputError if it cannot be read or has none."""
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise InputError(f"{path} is larger than {_MOST_BYTES >> 20} MB; simplify it first")
        lines = tuple(_lines(json.loads(path.read_bytes())))
    except OSError as error:
        raise InputError(f"cannot read {path} ({error.strerror})") from error
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise InputError(f"{path} is no GeoJSON of boundaries ({error})") from error
    if not lines:
        raise InputError(f"{path} has no lines or polygons; give boundaries as GeoJSON")
    return Boundaries(lines)


def _lines(found: Any) -> Iterator[Array]:
    kind = found["type"]
    if kind == "FeatureCollection":
        for feature in found["features"]:
            yield from _lines(feature)
    elif kind == "Feature":
        if found["geometry"] is not None:
            yield from _lines(found["geometry"])
    elif kind == "GeometryCollection":
        for geometry in found["geometries"]:
            yield from _lines(geometry)
    elif kind in _DEPTHS:
        yield from _at_depth(found["coordinates"], _DEPTHS[kind])


def _at_depth(coordinates: Any, depth: int) -> Iterator[Array]:
    if depth:
        for part in coordinates:
            yield from _at_depth(part, depth - 1)
        return
    line = np.array([point[:2] for point in coordinates], dtype=np.float64)
    if line.ndim != 2 or not np.isfinite(line).all() or (np.abs(line) > (360, 90)).any():
        raise ValueError("its coordinates are not longitude and latitude in degrees")
    if len(line) > 1:
        yield unrolled(line)


@lru_cache(maxsize=_CACHED)
def _path(boundaries: Boundaries, extent: Extent) -> str:
    projection = Projection(extent)
    low, high = np.array([extent.west, extent.south]), np.array([extent.east, extent.north])
    drawn = list[Array]()
    for line in boundaries.lines:
        for turn in (-TURN, 0.0, TURN):
            turned = line + np.array([turn, 0.0])
            if (turned.min(axis=0) <= high).all() and (turned.max(axis=0) >= low).all():
                drawn.extend(_thinned(part, projection) for part in pieces(turned, low, high))
    return svg_path(drawn, "")


def _thinned(line: Array, projection: Projection) -> Array:
    xy = np.column_stack(projection.xy(line[:, 0], line[:, 1]))
    way = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(xy, axis=0).T))])
    kept = np.concatenate([[True], np.diff(np.floor(way / _STEP)) > 0])
    kept[-1] = True
    thinned: Array = xy[kept]
    return thinned
