"""Names of places in a report: as tagged, in the dateline, in a headline, before a town's police."""

import pytest
from factory import report, words

from attested.model import Name, Report, Span
from attested.resolve.place_names import dateline_town, is_quarter, named_places

PEOPLE = {"killeen": 150_000, "memphis": 600_000, "adams": 8_000, "denver": 700_000, "campbell": 40_000}


def people(name: str) -> int:
    return PEOPLE.get(name.lower(), -1)


def names(owner: Report, *tagged: str) -> tuple[dict[str, float], dict[str, str]]:
    spans = [words(owner, text) for text in tagged]
    rows = [Name(s.start, s.end, s.text, "LOC") for s in spans]
    found, wider = named_places(owner, rows, people)
    return dict(found), wider


def test_capitals_and_the_same_name_are_one() -> None:
    found, _ = names(report("DENVER is shut. All of Denver is."), "DENVER", "Denver")
    assert found == {"Denver": 1.2}


def test_the_state_is_parted_from_the_town() -> None:
    found, wider = names(report("It was in Memphis, Tenn., they said."), "Memphis, Tenn.")
    assert (set(found), wider) == ({"Memphis"}, {"Memphis": "Tenn."})


@pytest.mark.parametrize("line", ["DENVER (WXYZ/AP)", "DENVER, Colo. (WXYZ)", "Denver"])
def test_a_dateline_is_read_without_its_station(line: str) -> None:
    owner = report(f"{line} - Two died.", dateline=Span(0, len(line), line))
    assert dateline_town(owner).lower() == "denver"
    assert names(owner)[0] == {"Denver": 2.0}


def test_letters_directions_and_streets_nouns_are_no_places() -> None:
    assert names(report("On I near E. and the Park in West, they met."), "I", "E.", "Park", "West")[0] == {}


def test_a_direction_is_set_aside_before_a_city_alone() -> None:
    assert names(report("In South Memphis."), "South Memphis")[0] == {"Memphis": 0.6}
    assert names(report("In West Adams."), "West Adams")[0] == {}
    assert names(report("In south Adams."), "south Adams")[0] == {"Adams": 0.6}


def test_whose_police_speaks_is_a_town() -> None:
    assert names(report("Killeen police said so. Vance police did not."))[0] == {"Killeen": 0.6}
    assert names(report("Texas State Police said so."))[0] == {}


def test_a_headline_names_a_town_but_no_county_of_its_name() -> None:
    assert names(report("Two died.", headline="2 Hurt In Denver Bar Shooting"))[0] == {"Denver": 0.6}
    assert names(report("Two died.", headline="Boy shot in Campbell County"))[0] == {}


@pytest.mark.parametrize(
    ("name", "is_one"),
    [
        ("the North Side", True),
        ("East End", True),
        ("Downtown", True),
        ("South Bend", False),
        ("West Bank", False),
    ],
)
def test_sides_of_a_town_are_quarters_of_any(name: str, is_one: bool) -> None:
    assert is_quarter(name) == is_one


def test_a_county_tagged_without_its_word_is_a_county() -> None:
    assert names(report("The Campbell County coroner came."), "Campbell")[0] == {"Campbell County": 0.6}


def test_a_common_word_before_a_state_is_a_town() -> None:
    assert names(report("It was in FOREST, Miss. (WXYZ) they said."), "FOREST")[0] == {"Forest": 0.6}
    assert names(report("It was in the Forest, they said."), "Forest")[0] == {}
