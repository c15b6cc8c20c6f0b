"""Somebody's own boundaries over the map."""

import json
import re
from pathlib import Path

import pytest
from desk_client import HOME, TOKEN
from starlette.testclient import TestClient

from attested.errors import InputError
from attested.ledger.shown import Point
from attested.web.app import make_app
from attested.web.charts.boundaries import Boundaries, read_boundaries
from attested.web.charts.map import make_map
from attested.web.guard import Access

SQUARE = [[42.0, 34.0], [44.0, 34.0], [44.0, 36.0], [42.0, 36.0], [42.0, 34.0]]
NEAR = [Point(35.0, 43.0, 2, 1, "Here", None)]


def told(folder: Path, value: object) -> Path:
    path = folder / "provinces.geojson"
    path.write_text(json.dumps(value), encoding="utf-8")
    return path


def feature(kind: str, coordinates: object) -> dict[str, object]:
    geometry = {"type": kind, "coordinates": coordinates}
    return {
        "type": "FeatureCollection",
        "features": [{"type": "Feature", "properties": {}, "geometry": geometry}],
    }


@pytest.mark.parametrize(
    ("kind", "coordinates", "n"),
    [
        ("LineString", SQUARE, 1), ("Polygon", [SQUARE], 1), ("MultiLineString", [SQUARE, SQUARE], 2),
        ("MultiPolygon", [[SQUARE], [SQUARE, SQUARE]], 3), ("Polygon", [[[42.0, 34.0, 7.0], [44.0, 34.0, 7.0]]], 1),
    ],
)  # fmt: skip
def test_lines_and_polygons_are_read(tmp_path: Path, kind: str, coordinates: object, n: int) -> None:
    found = read_boundaries(told(tmp_path, feature(kind, coordinates)))
    assert len(found.lines) == n
    assert found.lines[0][0].tolist() == [42.0, 34.0]


def test_they_are_drawn_where_they_lie(tmp_path: Path) -> None:
    own = read_boundaries(told(tmp_path, feature("Polygon", [SQUARE])))
    near = make_map(NEAR, 0, {}, (40.0, 33.0, 46.0, 37.0), own)
    far = make_map([Point(10.0, 10.0, 2, 1, "There", None)], 0, {}, None, own)
    assert far.boundaries == ""
    start = re.match(r"M(\d+) (\d+)l", near.boundaries)
    assert start is not None
    [corner] = make_map([Point(34.0, 42.0, 2, 1, "Corner", None)], 0, {}, (40.0, 33.0, 46.0, 37.0)).marks
    assert (int(start[1]), int(start[2])) == pytest.approx((corner.x * 10, corner.y * 10), abs=1)


def test_many_points_are_thinned(tmp_path: Path) -> None:
    line = [[42 + i / 50_000, 35.0] for i in range(50_001)]
    own = read_boundaries(told(tmp_path, feature("LineString", line)))
    assert 100 < len(make_map(NEAR, 0, {}, (40.0, 33.0, 46.0, 37.0), own).boundaries) < 6_000


@pytest.mark.parametrize(
    "wrong",
    [
        [], {}, {"type": "Point", "coordinates": [1, 2]}, feature("Polygon", [["a", "b"]]), feature("Polygon", 7),
        feature("LineString", [[400_000.0, 3_000_000.0], [400_100.0, 3_000_000.0]]),
        feature("LineString", [[1.0, 2.0]]),
        {"type": "FeatureCollection", "features": [7]},
    ],
)  # fmt: skip
def test_what_is_no_geojson_of_boundaries_is_said(tmp_path: Path, wrong: object) -> None:
    with pytest.raises(InputError, match="provinces"):
        read_boundaries(told(tmp_path, wrong))


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot read"):
        read_boundaries(tmp_path / "provinces.geojson")


def test_the_ledgers_page_shows_them(tmp_path: Path, example_run: tuple[Path, object]) -> None:
    own = read_boundaries(told(tmp_path, feature("Polygon", [SQUARE])))
    for boundaries in (own, Boundaries(())):
        client = TestClient(make_app(example_run[0], Access(TOKEN), boundaries), base_url=HOME)
        html = client.get("/?country=IQ").text
        assert ('class="own"' in html) == bool(boundaries.lines)
