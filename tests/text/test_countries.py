import pytest

from attested.errors import DataError
from attested.text.countries import (
    COUNTRY_COLUMNS,
    countries,
    country_of,
    find_country_words,
    government_of,
    land_of,
    number_in,
    read_table,
    region_of,
)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Nigeria", "NG"),
        ("Nigerian", "NG"),
        ("Nigeriens", "NE"),
        ("Colombians", "CO"),
        ("the United States", "US"),
        ("U.S.", "US"),
        ("US", "US"),
        ("DR Congo", "CD"),
        ("Côte d'Ivoire", "CI"),
        ("Cote d’Ivoire", "CI"),
        ("Peru's", "PE"),
        ("Washington", "US"),
        ("the Kremlin", "RU"),
        ("Iraqi Kurdish", "IQ"),
        ("British", "GB"),
    ],
)
def test_country_of(name: str, code: str) -> None:
    assert country_of(name) == code


@pytest.mark.parametrize("name", ["us", "car", "Kurdish", "Basra", "", "militia", "turkey", "the"])
def test_no_country(name: str) -> None:
    assert country_of(name) is None


@pytest.mark.parametrize(
    ("name", "code"), [("Ankara", "TR"), ("Kyiv", "UA"), ("Chad", "TD"), ("White House", "US")]
)
def test_government_of(name: str, code: str) -> None:
    assert government_of(name) == code


@pytest.mark.parametrize("name", ["Turkish", "Americans", "Mosul"])
def test_a_people_is_no_government(name: str) -> None:
    assert government_of(name) is None


def test_a_seat_of_government_is_not_the_land() -> None:
    assert land_of("Moscow") is None
    assert land_of("Russian") == ("RU", "adjective")


def test_regions_have_their_own_peoples() -> None:
    assert region_of("Kurdish") == (None, "Kurdistan")
    assert region_of("Chechens") == ("RU", "Chechnya")
    assert region_of("Danish") is None


def found(text: str) -> list[tuple[str, str, str]]:
    return [(w.span.text, w.code, w.kind) for w in find_country_words(text)]


def test_words_in_a_text_are_found_longest_first() -> None:
    text = "Troops of South Sudan met Sudanese officials; the U.S.-led mission told us Mali's army left Guinea-Bissau."
    assert found(text) == [
        ("South Sudan", "SS", "name"),
        ("Sudanese", "SD", "adjective"),
        ("U.S.", "US", "name"),
        ("Mali", "ML", "name"),
        ("Guinea-Bissau", "GW", "name"),
    ]


def test_spans_are_the_text_and_offsets_are_added() -> None:
    text = "In Peru’s capital, Iran-backed and French-built arms"
    for word in find_country_words(text, offset=100):
        assert text[word.span.start - 100 : word.span.end - 100] == word.span.text


def test_every_row_is_whole() -> None:
    for code, country in countries().items():
        assert country.place.country == code
        assert -90 <= country.lat <= 90
        assert country.adjectives == tuple(dict.fromkeys(country.adjectives))


@pytest.mark.parametrize(
    "text",
    ["code\tname\nXX\tNowhere\n", "\t".join(COUNTRY_COLUMNS) + "\nXX\tNowhere\n", ""],
)
def test_a_malformed_table_is_refused(text: str) -> None:
    with pytest.raises(DataError):
        read_table(text, COUNTRY_COLUMNS, name="mine.tsv")


@pytest.mark.parametrize("cell", ["north", "91", ""])
def test_a_bad_number_is_refused(cell: str) -> None:
    with pytest.raises(DataError, match="row 3"):
        number_in(cell, low=-90, high=90, where="row 3")
