import re
import tomllib
from importlib.resources import files
from typing import Any

import pytest

from attested.errors import DataError
from attested.text.datewords import (
    date_words,
    month_number,
    month_pattern,
    read_date_words,
    weekday_number,
    weekday_pattern,
)


def shipped() -> dict[str, Any]:
    return tomllib.loads(files("attested.data").joinpath("date_words.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("text", ["March", "Sept.", "Sept", "OCTOBER", "May", "Dec."])
def test_month_names(text: str) -> None:
    assert re.fullmatch(month_pattern(), text)


@pytest.mark.parametrize("text", ["march", "may", "dec", "Mayor", "Marchers"])
def test_not_month_names(text: str) -> None:
    assert not re.fullmatch(month_pattern(), text)


def test_names_to_numbers() -> None:
    assert (month_number("Sept."), month_number("MAY")) == (9, 5)
    assert weekday_number("Sunday") == 7
    assert re.fullmatch(weekday_pattern(), "Tuesday")
    assert not re.fullmatch(weekday_pattern(), "sun")


def test_full_names_are_in_order() -> None:
    assert date_words().month_names[0] == "January"
    assert date_words().weekday_names[6] == "Sunday"


@pytest.mark.parametrize(
    ("section", "value"),
    [
        ("months", {"1": ["january"]}),
        ("weekdays", {**{str(i): [f"d{i}"] for i in range(1, 8)}, "7": ["d1"]}),
        ("seasons", {"spring": 13}),
        ("feasts", {"feast": [2, 40]}),
    ],
)
def test_a_malformed_table_is_refused(section: str, value: object) -> None:
    with pytest.raises(DataError):
        read_date_words({**shipped(), section: value})


def test_an_unknown_section_is_refused() -> None:
    with pytest.raises(DataError):
        read_date_words({**shipped(), "moons": {}})
