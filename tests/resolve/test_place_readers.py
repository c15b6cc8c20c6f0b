"""Where a report's readers live: telephone numbers and stations tell the state of names that many states bear."""

import pytest
from factory import report
from located import named, resolver

from attested.errors import DataError
from attested.model import Report
from attested.resolve import place_readers
from attested.resolve.place_context import country_context
from attested.resolve.place_readers import area_codes, homes, stations
from attested.resolve.place_seats import find_seat
from attested.text import countries


def home(text: str) -> tuple[str, str | None] | None:
    """The name and the state of a report's home."""
    place = homes(report(text), resolver().gazetteer)[1]
    return (place.name, place.admin1) if place else None


def seat(owner: Report, *names: str) -> tuple[str, str | None] | None:
    outline = named(owner, LOC=list(names))
    found = find_seat(
        owner, outline, country_context(owner, outline, gazetteer=resolver().gazetteer), resolver()
    )
    return (found.place.name, found.place.admin1) if found and found.place else None


def test_every_state_and_town_of_the_tables_is_in_the_gazetteer() -> None:
    gazetteer = resolver().gazetteer
    for town, state in {*area_codes().values(), *stations().values()}:
        found = [e.place for e in gazetteer.find(town or state) if e.place.admin1 == state]
        assert found, (town, state)


def test_codes_are_three_figures_and_a_second_row_for_one_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    assert all(len(code) == 3 and code.isdigit() and code[0] not in "01" for code in area_codes())
    rows = [{"state": "Ohio", "town": "", "codes": "216; 440"}, {"state": "Utah", "town": "", "codes": "440"}]
    monkeypatch.setattr(place_readers, "shipped_table", lambda *_: rows)
    area_codes.cache_clear()
    with pytest.raises(DataError, match="440 stands twice"):
        area_codes()
    area_codes.cache_clear()
    assert countries.shipped_table is not place_readers.shipped_table


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Call detectives at (406) 555-0134.", ("Montana", "Montana")),
        ("Call Crime Stoppers at 901-555-CASH.", ("Memphis", "Tennessee")),
        ("Call 1-800-555-0134, day or night.", None),
        ("The case is number 2016-901-5550134.", None),
        ("HULL (WKRN) - A man was hurt.", ("Nashville", "Tennessee")),
        ("A man was hurt, WKRN reports. Call 865-555-0134.", ("Nashville", "Tennessee")),
        ("A man was hurt, WKRN reports. Call 406-555-0134.", ("Montana", "Montana")),
        ("A KING was hurt, and WHO asks?", None),
        ("KING 5 reports that a man was hurt.", ("Seattle", "Washington")),
    ],
)
def test_home_is_told_by_numbers_and_stations(text: str, expected: tuple[str, str] | None) -> None:
    assert home(text) == expected


def test_the_number_settles_which_town_of_a_name_is_meant() -> None:
    text = "A man was shot in Wilmington on Friday. Wilmington police ask for calls to {}."
    assert seat(report(text.format("302-555-0134")), "Wilmington") == ("Wilmington", "Delaware")
    assert seat(report(text.format("910-555-0134")), "Wilmington") == ("Wilmington", "North Carolina")


def test_the_station_s_town_stands_in_where_no_town_is_named() -> None:
    owner = report("A man was shot on Friday. Copyright WMC Action News 5. Call 901-555-0134.")
    assert seat(owner) == ("Memphis", "Tennessee")


def test_a_far_namesake_is_a_quarter_of_the_home_or_a_village_near_it() -> None:
    text = "A man was shot in Bordeaux on Friday, {} said. WKRN will have more."
    assert seat(report(text.format("detectives")), "Bordeaux") == ("Nashville", "Tennessee")
    assert seat(report(text.format("the sheriff")), "Bordeaux") == ("Bordeaux", "Tennessee")


def test_a_large_city_is_no_namesake() -> None:
    owner = report("A man was shot in Los Angeles on Friday. WKRN will have more.")
    assert seat(owner, "Los Angeles") == ("Los Angeles", "California")


def test_a_town_whose_country_is_named_is_no_namesake() -> None:
    owner = report(
        "A lorry was driven into a crowd in Nice. France mourns, and the French state pays. WFAA reports."
    )
    found = seat(owner, "Nice", "France")
    assert found is not None
    assert found[0] == "Nice"
