"""The map of a list: what is drawn where, and that every number leads to as many rows."""

import re
from collections.abc import Iterator
from dataclasses import replace
from math import isclose
from urllib.parse import parse_qsl, urlsplit

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shown_world import ROWS, fill

from attested.ledger.shown import Point, ShownRows
from attested.ledger.sqlite import SqliteStore
from attested.web.charts.extent import HEIGHT, LEAST_DEGREES, WIDTH, Extent, Projection, extent_of, world
from attested.web.charts.map import MapPicture, make_map, map_of
from attested.web.charts.marks import marks_of, short
from attested.web.charts.outlines import clip, country_box, outlines, unrolled
from attested.web.filters import query_of
from attested.web.render import _environment

LATS = st.floats(-75, 80)
LONS = st.floats(-180, 180)
PLACES = st.lists(st.tuples(LATS, LONS), min_size=1, max_size=12)
MOSUL, BASRA, SUVA, APIA = (36.34, 43.13), (30.5, 47.8), (-18.14, 178.44), (-13.83, -171.77)
FIGURE = '{% from "parts_map.html.j2" import map_figure %}{{ map_figure(map) }}'


def point(where: tuple[float, float], n: int = 1, precision: int = 1, place: str = "Here") -> Point:
    return Point(*where, n, precision, place, "in_one" if n == 1 else None)


def drawn(map: MapPicture) -> str:
    return _environment().from_string(FIGURE).render(map=map)


@pytest.fixture(name="shown", scope="module")
def fixture_shown(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ShownRows]:
    far = {"Biu": (11.2, 13.4), "Apia": (-13.5, -172.4)}
    moved = [
        replace(row, place=replace(row.place, lat=far[row.place.name][0], lon=far[row.place.name][1]))
        if row.place and row.place.name in far and n % 2
        else row
        for n, row in enumerate(ROWS)
    ]
    with SqliteStore(tmp_path_factory.mktemp("map") / "l.db") as store:
        fill(store, moved)
        yield store.shown


# --- extent and projection


@given(PLACES)
def test_all_places_lie_in_the_picture(places: list[tuple[float, float]]) -> None:
    extent = extent_of(places)
    projection = Projection(extent)
    assert -90 <= extent.south < extent.north <= 90
    assert extent.is_world or extent.north - extent.south >= LEAST_DEGREES - 1e-9
    for lat, lon in places:
        x, y = projection.place(lat, lon)
        assert -1e-6 <= x <= projection.width + 1e-6
        assert -1e-6 <= y <= projection.height + 1e-6


@given(PLACES)
def test_a_region_is_true_in_its_middle_and_has_the_pictures_shape(places: list[tuple[float, float]]) -> None:
    extent = extent_of(places)
    middle = (extent.south + extent.north) / 2
    if not extent.is_world and abs(middle) < 70 and extent.north - extent.south < 100:
        across = (extent.east - extent.west) * np.cos(np.radians(middle))
        assert isclose(across / (extent.north - extent.south), WIDTH / HEIGHT, rel_tol=1e-6)


@given(LATS, st.floats(-20, 20), st.floats(-20, 20))
def test_the_date_line_is_no_edge(lat: float, one: float, other: float) -> None:
    here = extent_of([(lat, one), (lat, other)])
    there = extent_of([(lat, (one + 360) % 360 - 180), (lat, (other + 360) % 360 - 180)])
    assert isclose(here.east - here.west, there.east - there.west, rel_tol=1e-6, abs_tol=1e-6)


def test_fiji_and_samoa_are_near_one_another() -> None:
    extent = extent_of([SUVA, APIA])
    assert extent.east - extent.west < 30
    assert extent.box[0] > 170
    assert extent.box[2] < -165


@given(st.floats(-170, 170), st.floats(-70, 70), st.floats(0.5, 20))
def test_zooming_in_and_out_again_comes_back(lon: float, lat: float, size: float) -> None:
    extent = Extent(lon, lat, lon + size * 2, lat + size / 2)
    again = extent.zoomed(0.5).zoomed(2)
    assert np.allclose(
        [again.west, again.south, again.east, again.north], [lon, lat, lon + size * 2, lat + size / 2]
    )


def test_what_is_far_apart_is_the_world_and_the_world_has_no_nearer_edge() -> None:
    assert extent_of([(40, -120), (-35, 150), (10, 10)]).is_world
    assert extent_of([]) == world()
    assert extent_of([(-80, 0), (40, 120), (40, -120)]).south == -90


# --- outlines


@settings(max_examples=40)
@given(st.lists(st.tuples(st.floats(-50, 50), st.floats(-50, 50)), min_size=3, max_size=20))
def test_what_is_cut_out_lies_in_the_box_and_loses_nothing_that_lies_in_it(
    ring: list[tuple[float, float]],
) -> None:
    cut = clip(np.array(ring), np.array([-10.0, -10.0]), np.array([20.0, 15.0]))
    assert len(cut) == 0 or (cut.min(axis=0) >= -10 - 1e-6).all()
    assert len(cut) == 0 or (cut.max(axis=0) <= np.array([20.0, 15.0]) + 1e-6).all()
    inside = [p for p in ring if -10 <= p[0] <= 20 and -10 <= p[1] <= 15]
    assert all(np.isclose(cut, p).all(axis=1).any() for p in inside)


def test_a_line_goes_on_over_the_date_line() -> None:
    line = unrolled(np.array([[179.0, 1.0], [-179.0, 2.0], [-178.0, 2.0], [179.5, 3.0]]))
    assert line[:, 0].tolist() == [179.0, 181.0, 182.0, 179.5]


@pytest.mark.parametrize("code", ["IQ", "NG", "CO", "UA", "FR"])
def test_a_country_has_its_outline_and_its_name_is_in_it(code: str) -> None:
    box = country_box(code)
    assert box is not None
    west, south, east, north = box
    base = outlines(extent_of([(south, west), (north, east)]))
    assert base.land
    assert base.borders
    names = {"IQ": "Iraq", "NG": "Nigeria", "CO": "Colombia", "UA": "Ukraine", "FR": "France"}
    assert names[code] in {name.text for name in base.names}


def test_paths_are_steps_of_tenths_and_stay_near_the_picture() -> None:
    base = outlines(extent_of([SUVA, APIA]))
    for path in re.findall(r"M(-?\d+) (-?\d+)l([-\d ]+)", base.land):
        steps = [int(n) for n in re.findall(r"-?\d+", path[2])]
        x = np.cumsum([int(path[0]), *steps[::2]])
        assert -500 < x.min() <= x.max() < WIDTH * 10 + 500


@pytest.mark.parametrize(
    "places", [[(37, 42), (29, 48)], [(36, -10), (70, 40)], [(40, -120), (-35, 150), (10, 10)]]
)
def test_no_map_is_heavy(places: list[tuple[float, float]]) -> None:
    assert len(drawn(make_map([point(place) for place in places], 0, {}))) < 250_000


# --- marks


def test_a_town_is_a_dot_and_what_is_wider_a_ring_the_wider_the_less_exact() -> None:
    points = [point((33 + i, 44 + i), 3, i) for i in range(1, 7)]
    marks = {mark.precision: mark for mark in make_map(points, 0, {}).marks}
    assert [marks[i].is_ring for i in range(1, 7)] == [False, False, True, True, True, True]
    assert [marks[i].r for i in range(3, 7)] == sorted({marks[i].r for i in range(3, 7)})
    html = drawn(make_map([point(MOSUL, 3, 4)], 0, {}))
    assert 'class="ring"' in html
    assert 'class="dot" cx="6"' in html  # the key alone
    assert html.count('class="dot"') == 1


@settings(deadline=None)
@given(
    st.lists(st.builds(point, st.tuples(LATS, LONS), st.integers(1, 5_000), st.integers(1, 7)), max_size=40)
)
def test_every_incident_is_in_one_mark_and_every_mark_in_the_picture(points: list[Point]) -> None:
    map = make_map(points, 7, {})
    assert map.n_marked == sum(mark.n for mark in map.marks) == sum(p.n for p in points)
    for mark in map.marks:
        assert 0 <= mark.x <= map.width
        assert 0 <= mark.y <= map.height


def test_a_thousand_places_are_some_hundred_marks() -> None:
    points = [point((29 + i % 40 / 5, 39 + i // 40 / 4), 2) for i in range(1_000)]
    marks = marks_of(points, Projection(extent_of([(p.lat, p.lon) for p in points])), {})
    assert 50 < len(marks) <= 420
    assert sum(mark.n for mark in marks) == 2_000


def test_more_incidents_are_a_larger_dot_with_their_number() -> None:
    marks = make_map([point(MOSUL, 400), point(BASRA, 25), point((33.3, 44.4), 1)], 0, {}).marks
    by_n = {mark.n: mark for mark in marks}
    assert by_n[400].r > by_n[25].r > by_n[1].r
    assert (by_n[400].number, by_n[25].number, by_n[1].number) == ("400", "25", "")


@pytest.mark.parametrize(
    ("n", "said"), [(9, "9"), (999, "999"), (1_000, "1k"), (1_240, "1.2k"), (35_900, "35k")]
)
def test_numbers_are_short(n: int, said: str) -> None:
    assert short(n) == said


def test_one_incident_leads_to_its_page() -> None:
    [mark] = make_map([point(MOSUL)], 0, {"country": "IQ"}).marks
    assert mark.href == "/incident/in_one"


# --- from the index


def rows_of(shown: ShownRows, href: str) -> int:
    asked = dict(parse_qsl(urlsplit(href).query))
    return shown.totals(query_of(asked)).n if urlsplit(href).path == "/" else 1


@pytest.mark.parametrize(
    "asked", [{}, {"country": "NG"}, {"kind": "all"}, {"box": "170,-20,-170,0"}, {"disputed": "yes"}]
)
def test_marks_and_what_lies_beside_are_the_whole_list_and_lead_to_it(
    shown: ShownRows, asked: dict[str, str]
) -> None:
    query = query_of(asked)
    map = map_of(shown, query, asked)
    assert map.marks
    assert map.n_marked + map.n_unplaced == shown.totals(query).n
    for mark in map.marks:
        assert rows_of(shown, mark.href) == mark.n
    if "box" not in asked:
        assert rows_of(shown, map.unplaced) == map.n_unplaced > 0 or query.country


def test_the_links_that_move_the_map_keep_the_filter(shown: ShownRows) -> None:
    asked = {"country": "NG", "box": "10,9,14,12", "page": "3"}
    ways = {
        way.words: dict(parse_qsl(urlsplit(way.href).query))
        for way in map_of(shown, query_of(asked), asked).ways
    }
    assert {found.pop("country") for found in ways.values()} == {"NG"}
    assert all("page" not in found for found in ways.values())
    assert ways["Whole map"] == {}
    boxes = {name: query_of(found).box for name, found in ways.items() if found}
    assert all(boxes.values())
    near, far = boxes["Zoom in"], boxes["Zoom out"]
    assert near[2] - near[0] < far[2] - far[0]  # type: ignore[index]


def test_no_style_and_no_text_of_a_report_is_markup() -> None:
    html = drawn(make_map([point(MOSUL, 2, 1, '<b onclick="x">Mosul</b>')], 3, {"q": '"><script>x'}))
    assert "style=" not in html
    assert "<b " not in html
    assert html.count("<script") == 1  # its own
    assert "3 incidents" in html or "three incidents" in html


def test_the_date_line_does_not_part_a_box() -> None:
    [mark] = marks_of(
        [point((-16.5, 179.99), 2, 1, "A"), point((-16.5, -179.99), 2, 1, "B")],
        Projection(extent_of([SUVA, APIA])),
        {},
    )
    west, _, east, _ = query_of(dict(parse_qsl(urlsplit(mark.href).query))).box or (0, 0, 0, 0)
    assert (west, east) == (179.99, -179.99)


def test_a_place_has_its_name_beside_it_and_a_country_its_own() -> None:
    map = make_map([point(MOSUL, 3, 1, "Mosul"), point(BASRA, 2, 1, "Basra")], 0, {"country": "IQ"})
    assert {mark.label.text for mark in map.marks if mark.label} == {"Mosul", "Basra"}
    assert "Iraq" in {name.text for name in map.names}


def test_a_query_says_which_country_to_show() -> None:
    far = make_map([point((36.34, 43.13), 2)], 0, {"country": "IQ"})
    near = make_map([point((36.34, 43.13), 2)], 0, {})
    span = [float(edge) for edge in far.view.split(",")]
    small = [float(edge) for edge in near.view.split(",")]
    assert span[3] - span[1] > 8 > small[3] - small[1]
