import pytest

from attested.reports.mastheads import (
    bears_out,
    calls_agency,
    is_agency_name,
    masthead_name,
    may_be_wire,
    same_newsroom,
    spelling_in,
)
from attested.reports.newsrooms import split_title


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Delta Sentinel", "Delta Sentinel"),
        ("THE OGUN TIMES", "THE OGUN TIMES"),
        ("Daily Harbour", "Daily Harbour"),
        ("The Callao Gazette | Sunday edition", "The Callao Gazette"),
        ("Highland Courier - the news of the hills since 1921", "Highland Courier"),
        ("Ciudad de Paz Herald", "Ciudad de Paz Herald"),
        ("Breaking News", None),
        ("World News Today", None),
        ("Middle East", None),
        ("Police shoot man outside the offices of the Delta Sentinel", None),
        ("Governor opens the new bridge", None),
        ("Gunmen kill nine in the hills - army", None),
        ("News", None),
    ],
)
def test_mastheads(line: str, name: str | None) -> None:
    assert masthead_name(line) == name


@pytest.mark.parametrize(
    ("text", "name", "is_borne_out"),
    [
        ("the mayor told Ridge Country on Monday", "Ridge Country", True),
        ("© 2019 Ridge Country", "Ridge Country", True),
        ("Ridge Country - all rights reserved", "Ridge Country", True),
        ("By a Ridge Country staff writer", "Ridge Country", True),
        ("the men fled into Ridge Country at night", "Ridge Country", False),
    ],
)
def test_what_bears_a_masthead_out(text: str, name: str, is_borne_out: bool) -> None:
    assert bears_out(text, 0, len(text), name) == is_borne_out


@pytest.mark.parametrize(
    ("text", "is_called"),
    [
        ("Zenit News Agency", True),
        ("she told the agency Zenit", True),
        ("Zenit, a news agency, said so", True),
        ("he told Zenit by telephone", False),
        ("the Zenit stadium and the space agency", False),
    ],
)
def test_what_the_page_calls_an_agency(text: str, is_called: bool) -> None:
    assert calls_agency(text, 0, len(text), "Zenit") == is_called


@pytest.mark.parametrize(
    ("name", "is_agency"),
    [("Zenit News Agency", True), ("Coastal Newswire", True), ("Agencia Andina", True), ("The Agency", True),
     ("Coast Tribune", False)],
)  # fmt: skip
def test_agencies_by_name(name: str, is_agency: bool) -> None:
    assert is_agency_name(name) == is_agency


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("Zenit News Agency", "Zenit", True),
        ("Coast Media Network", "CMN", True),
        ("kvta.com", "KVTA", True),
        ("Coast Tribune", "Zenit", False),
        ("Go", "Gothenburg Post", False),
    ],
)
def test_names_of_one_newsroom(one: str, other: str, is_same: bool) -> None:
    assert same_newsroom(one, other) == same_newsroom(other, one) == is_same


def test_call_signs_are_no_wires() -> None:
    assert not any(may_be_wire(name) for name in ("KVTA", "KVTA News", "CBS Lima", "KVTA.COM"))
    assert may_be_wire("Zenit")


def test_capitals_are_spelt_as_the_page_spells_them() -> None:
    assert spelling_in("THE OGUN TIMES\nhe told The Ogun Times", "THE OGUN TIMES") == "The Ogun Times"
    assert spelling_in("KVTA NEWS\nhe told us", "KVTA NEWS") == "KVTA NEWS"


@pytest.mark.parametrize(
    ("title", "parts"),
    [
        ("Two die in flood | Coast Tribune", ("Two die in flood", "Coast Tribune")),
        ("Two die in flood - KVTA.com - Lima, Callao |KVTA News", ("Two die in flood", "KVTA.com")),
        ("Two die in flood - Fox 9 News Headlines", ("Two die in flood", "Fox 9 News Headlines")),
        ("Two die in flood - army", ("Two die in flood - army", "")),
        ("Flood - 'worst in years' - kills two", ("Flood - 'worst in years' - kills two", "")),
    ],
)
def test_titles_lose_what_their_site_adds(title: str, parts: tuple[str, str]) -> None:
    assert split_title(title) == parts
