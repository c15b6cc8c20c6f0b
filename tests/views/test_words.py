from datetime import date

import pytest

from attested.incidents.sureness import Confidence, Sure
from attested.model import Voice
from attested.values import Count, PartialDate, Place
from attested.views import words

DAY = date(2021, 3, 4)


@pytest.mark.parametrize(
    ("interval", "said", "iso"),
    [
        (PartialDate(), "unknown", ""),
        (PartialDate.day(DAY), "4 March 2021", "2021-03-04"),
        (PartialDate.month(2021, 3), "March 2021", "2021-03"),
        (PartialDate.year(2021), "2021", "2021"),
        (PartialDate(date(2021, 3, 1), date(2021, 3, 7), "week"), "the week of 1 March 2021", "2021-03-01/2021-03-07"),
        (PartialDate.span(DAY, date(2021, 3, 9)), "between 4 and 9 March 2021", "2021-03-04/2021-03-09"),
        (PartialDate.span(DAY, date(2021, 5, 9)), "between 4 March and 9 May 2021", "2021-03-04/2021-05-09"),
        (PartialDate.span(DAY, date(2022, 5, 9)), "between 4 March 2021 and 9 May 2022", "2021-03-04/2022-05-09"),
    ],
)  # fmt: skip
def test_dates_say_no_more_than_is_known(interval: PartialDate, said: str, iso: str) -> None:
    assert words.date_words(interval) == said
    assert words.iso_words(interval) == iso


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (None, ""),
        (Count(0, 0, 0), "0"),
        (Count(5, 5, 5, approximate=True), "about 5"),
        (Count(3, 5, 7), "5 (3 to 7)"),
    ],
)
def test_counts(count: Count | None, said: str) -> None:
    assert words.count_words(count) == said


@pytest.mark.parametrize(
    ("place", "said"),
    [
        (None, "unknown"),
        (Place("Jos", "NG", precision=1), "Jos, NG"),
        (Place("Jos", "NG", precision=2, relation="near"), "near Jos, NG"),
        (Place("Plateau", "NG", precision=4), "Plateau, NG (province)"),
    ],
)
def test_places(place: Place | None, said: str) -> None:
    assert words.place_words(place) == said


def test_voices_name_who_passed_it_on() -> None:
    assert words.voice_words(Voice("outlet")) == "the report itself"
    assert words.voice_words(Voice("witness")) == "witness"
    heard = Voice("named person", "Ada Obi", via=Voice("other report", "Radio Jos"))
    assert words.voice_words(heard) == "Ada Obi, via Radio Jos"


def test_numbers_and_lists() -> None:
    assert [words.number_words(n, "story", "stories") for n in (0, 1, 2, 12)] == [
        "no stories",
        "one story",
        "two stories",
        "12 stories",
    ]
    assert words.listed([]) == ""
    assert words.listed(["a", "b", "c"]) == "a, b and c"


@pytest.mark.parametrize(
    ("sure", "said"),
    [
        (Sure(0.5), "how sure: 0.50"),
        (Sure(0.82, ("two say so", "it leads")), "how sure: 0.82, because two say so and it leads"),
        (Sure(0.4, ("it leads",), ("they disagree",)), "how sure: 0.40, because it leads, although they disagree"),
    ],
)  # fmt: skip
def test_how_sure_with_its_reasons(sure: Sure, said: str) -> None:
    assert words.sure_words(sure) == said


def test_what_was_not_merged_is_not_said_to_be_one() -> None:
    alone = words.incident_sure_words(Confidence(Sure(0.7), None, {}))
    assert alone == [("an incident?", "how sure: 0.70")]
