"""What a coder types for a value, and what is said when it is none."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attested.decisions.typed import place_meant, typed_value
from attested.errors import InputError
from attested.incidents.corrections import TYPES, count_of, date_of, names_of, place_of, place_text
from attested.values import PartialDate, Place
from attested.views.words import iso_words


@pytest.mark.parametrize(
    ("text", "field", "value"),
    [
        ("killed=7", "killed", "7"),
        ("fatalities = 5/7/9", "killed", "5/7/9"),
        ("wounded=0", "injured", "0"),
        ("killed=unknown", "killed", "unknown"),
        ("injured=", "injured", "unknown"),
        ("date=2021-05-03", "date", "2021-05-03"),
        ("date=2021-05", "date", "2021-05"),
        ("event_date=2021", "date", "2021"),
        ("date=2021-05-01..2021-05-03", "date", "2021-05-01/2021-05-03"),
        ("type=armed", "type", "Armed clash"),
        ("event-type=Air/drone strike", "type", "Air/drone strike"),
        ("perpetrator=ISIL; PMF;ISIL", "perpetrator_alleged", "ISIL; PMF"),
        ("denied=Iran", "responsibility_denied", "Iran"),
        ("weapon=none", "weapon", "unknown"),
    ],
)
def test_a_value_is_kept_as_text_of_its_field(text: str, field: str, value: str) -> None:
    assert typed_value(text) == (field, value)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("seven", "type FIELD=VALUE"),
        ("kiled=7", "did you mean killed"),
        ("xyzzy=7", "there are: type, date"),
        ("responsibility=ISIL", "responsibility_claimed or responsibility_denied"),
        ("killed=some", "killed=5/7/9"),
        ("killed=9/7/5", "a number or low/best/high"),
        ("killed=5-9", "killed=5/5/9"),
        ("killed=-3", "a number"),
        ("date=yesterday", "date=2021-05-03"),
        ("date=2021-13", "date=2021-05-03"),
        ("date=2021-05-09/2021-05-01", "run of days"),
        ("type=drone", "Air/drone strike"),
        ("type=unknown", "attested judge reject"),
        ("place=Xyzzyville", "give its point"),
        ("place=Paris", 'place="Paris, FR"'),
        ("place=Paris, Freedonia", "no country 'Freedonia'"),
        ("place=Camp, IQ, 133, 44", "latitude is -90 to 90"),
    ],
)
def test_what_is_no_value_says_what_to_type(text: str, words: str) -> None:
    with pytest.raises(InputError, match=words):
        typed_value(text)


def test_places_are_found_by_name_country_or_point() -> None:
    assert place_meant("Paris, France").country == "FR"
    assert place_meant("Paris", near=Place("Dallas", "US")).country == "US"
    assert place_meant("Iraq").name == "Iraq"
    camp = place_meant("Camp Nowhere, IQ, 34.5, 43.5")
    assert (camp.name, camp.country, camp.lat, camp.lon, camp.precision) == (
        "Camp Nowhere",
        "IQ",
        34.5,
        43.5,
        1,
    )
    field, kept = typed_value("place=Mosul, IQ")
    assert field == "place"
    assert json.loads(kept)["country"] == "IQ"
    assert place_of(kept) == place_meant("Mosul, IQ")


@given(st.integers(0, 999), st.integers(0, 999), st.integers(0, 999))
def test_counts_are_read_as_low_best_high_or_refused(low: int, best: int, high: int) -> None:
    text = f"{low}/{best}/{high}"
    if low <= best <= high:
        count = count_of(typed_value(f"killed={text}")[1])
        assert count is not None
        assert (count.low, count.best, count.high) == (low, best, high)
    else:
        with pytest.raises(InputError):
            typed_value(f"killed={text}")


@given(st.dates(), st.integers(0, 40))
def test_dates_come_back(day: object, n: int) -> None:
    from datetime import date, timedelta

    assert isinstance(day, date)
    if day.year < 1000 or day.year > 9990:
        return
    for found in (
        PartialDate.day(day),
        PartialDate.month(day.year, day.month),
        PartialDate.year(day.year),
        PartialDate.span(day, day + timedelta(days=n)),
    ):
        read = date_of(typed_value(f"date={iso_words(found)}")[1])
        assert (read.start, read.end) == (found.start, found.end)


def test_kept_values_are_read_back() -> None:
    place = Place("Biu", "NG", 10.6, 12.2, "Borno", precision=1)
    assert place_of(place_text(place)) == place
    assert place_of("unknown") is None
    assert names_of("unknown") == ()
    assert len(TYPES) == len(set(TYPES)) == 25
