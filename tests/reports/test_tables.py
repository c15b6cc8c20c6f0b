import pytest

from attested.errors import DataError
from attested.reports import tables


@pytest.mark.parametrize(
    ("name", "room"),
    [("Agence France-Presse", "AFP"), ("Associated Press", "AP"), ("BELTA", None), ("dpa", "dpa")],
)
def test_agencies_are_known_by_every_name(name: str, room: str | None) -> None:
    found = tables.agencies().get(name)
    assert (found.name if found else None) == room


def test_domains_name_outlets() -> None:
    assert tables.newsrooms_by_domain()["theguardian.com"] == "The Guardian"
    assert tables.newsrooms_by_domain()["reuters.com"] == "Reuters"


def test_no_newsroom_is_both() -> None:
    assert not set(tables.agencies()) & set(tables.outlets())


@pytest.mark.parametrize(
    "ways",
    [{"whole": []}, {"whole": [], "opens": [], "holds": ["("]}, {"whole": [], "opens": [], "ends": []}],
)
def test_malformed_cues_are_refused(ways: dict[str, list[str]]) -> None:
    with pytest.raises(DataError, match=r"furniture\.toml"):
        tables._compiled("plea", ways)


def test_every_family_of_cues_compiles() -> None:
    assert [kind for kind, _ in tables.line_cues()] == list(tables.LINE_KINDS)
