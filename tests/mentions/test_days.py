"""The day of a report's main incident, where another sentence tells it."""

import pytest
from factory import report

from attested.expressions.times import find_times
from attested.mentions.days import DAY_NEARBY
from attested.mentions.incidents import find_incidents
from attested.reading.encoder import Reader

READER = Reader()


def nearby(text: str) -> list[list[str]]:
    """For each incident the days that were told near it."""
    reading = READER.read(text, [(0, len(text))])
    times = {s.start: find_times(s) for s in reading.sentences}
    found = find_incidents(report(text), reading, times)
    return [[r.span.text for r in m.roles if r.name == DAY_NEARBY] for m in found if m.kind == "incident"]


@pytest.mark.parametrize(
    "text",
    [
        "Gunmen shot dead two traders at a market in Kano. It happened as stalls were closing on Tuesday.",
        "A driver was shot in Memphis. Officers were called to the street on Tuesday.",
        "Gunmen shot dead two traders at a market in Kano. The suspect was arraigned on Friday. "
        "The traders were walking home on Tuesday.",
    ],
)
def test_the_nearest_day_after_the_main_incident_is_taken(text: str) -> None:
    assert nearby(text)[0] == ["Tuesday"]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (
            "Gunmen shot dead two traders in Kano on Monday. The market opened again on Tuesday.",
            "it has a day",
        ),
        ("Gunmen shot dead two traders in Kano. A vigil will be held on Tuesday.", "a vigil"),
        (
            "Gunmen shot dead two traders in Kano. The governor said on Tuesday that he was sad.",
            "day of words",
        ),
    ],
)
def test_a_day_of_its_own_or_of_something_else_is_left_alone(text: str, why: str) -> None:
    assert nearby(text)[0] == [], why


def own(text: str) -> list[list[str]]:
    """For each incident the days that its own words name."""
    reading = READER.read(text, [(0, len(text))])
    times = {s.start: find_times(s) for s in reading.sentences}
    found = find_incidents(report(text), reading, times)
    return [[r.span.text for r in m.roles if r.name == "time"] for m in found if m.kind == "incident"]


def test_a_month_does_not_stop_the_search_for_the_day() -> None:
    text = "Gunmen shot dead a trader in Kano in February. He was walking home from the market on Feb. 18."
    assert nearby(text)[0] == ["Feb. 18"]


def test_incidents_told_as_news_share_the_one_day_that_any_of_them_names() -> None:
    one = "A man was shot outside a bakery in Leeds on Tuesday night. "
    other = "Dispatchers said that a neighbour had been shot in the 200 block of Mill Lane."
    assert nearby(one + other)[-1] == ["Tuesday night"]
    third = " A woman was shot dead in Hull on Wednesday."
    assert "Tuesday night" not in nearby(one + other + third)[1], "two days are told"


@pytest.mark.parametrize(
    "text",
    [
        "A man was arrested early Tuesday after he shot his friend in Kano.",
        "A man was sentenced Friday for shooting his friend in Kano.",
    ],
)
def test_the_day_of_a_later_act_is_not_the_deeds(text: str) -> None:
    assert own(text)[0] == []


@pytest.mark.parametrize(
    ("text", "day"),
    [
        (
            "Police arrested a man who is a suspect in a shooting Tuesday night that left two people dead.",
            "Tuesday night",
        ),
    ],
)
def test_the_nearest_word_for_a_deed_owns_the_day(text: str, day: str) -> None:
    assert [day] in own(text)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        (
            "A man was shot dead in Hull. The market opened again on Wednesday. It happened around noon on Monday.",
            "around noon on Monday",
        ),
        (
            "A man was shot dead in Hull. He had moved there on Wednesday. "
            "Officers were called to the street around 11 p.m. Monday.",
            "around 11 p.m. Monday",
        ),
        (
            "A trader was shot dead in Hull. The inquest into his death Friday was short. "
            "A neighbour called the police on Thursday.",
            "Thursday",
        ),
    ],
)
def test_a_day_given_to_a_deed_or_a_call_goes_before_any_other(text: str, day: str) -> None:
    assert nearby(text)[0] == [day]


def test_a_day_that_hangs_on_the_deed_leaves_none_to_the_verb_above() -> None:
    text = (
        "Neighbours received a leaflet Monday asking about a late Sunday shooting that wounded seven people."
    )
    assert own(text) == [["late Sunday"]]


def test_a_feast_that_only_names_a_party_is_no_day_of_a_deed() -> None:
    text = "Two men were shot during a Halloween party in Hull. It happened early Sunday morning."
    assert own(text)[0] == []
    assert nearby(text)[0] == ["early Sunday morning"]


def test_a_stamp_gives_way_to_any_other_day() -> None:
    text = "A man was shot in his flat in Hull. Watch the video, broadcast Jan. 27, 2015. He lived there on Monday."
    assert nearby(text)[0] == ["Monday"]


def test_words_for_the_reports_own_day_are_no_second_day() -> None:
    one = "Several people were shot at a Hull club overnight Sunday. "
    other = "Dispatchers said that another shooting in Mill Lane wounded a guard."
    assert nearby(one + other)[-1] == ["Sunday"]


@pytest.mark.parametrize(
    "text",
    [
        "A girl was shot overnight in Kano. It happened on Market Street on Tuesday evening.",
        "A boy was shot by a friend in Kano on Tuesday night. Ada Brook, 12, died on Wednesday of a gunshot wound.",
        "Police on Friday were investigating a death. A man was shot in Kano on Tuesday.",
    ],
)
def test_a_night_the_day_of_a_death_and_that_of_an_inquiry_give_way_to_the_deeds(text: str) -> None:
    days = [{*ours, *near} for ours, near in zip(own(text), nearby(text), strict=True)]
    assert all(len(found) == 1 and found.pop().startswith("Tuesday") for found in days if found)
    assert any("Tuesday" in day for rows in own(text) for day in rows)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Gunfire erupted at a market on Saturday. Detectives interviewed the victims Sunday.", "Saturday"),
        (
            "A man was killed at a bar in Hull. The suspect was taken into custody Thursday. It happened Monday.",
            "Monday",
        ),
        ("Two men were killed at a market. A baker's arrest came on Friday. It happened Monday.", "Monday"),
    ],
)
def test_the_deed_s_day_is_taken_before_that_of_an_arrest(text: str, day: str) -> None:
    told = [*nearby(text)[0], *own(text)[0]]
    assert told == [day]


def test_a_comma_in_a_place_s_name_does_not_part_a_day_from_its_deed() -> None:
    told = (
        "A clerk was named as the man who killed two people in Springfield, Ill., Tuesday, the paper reports."
    )
    assert [*nearby(told)[0], *own(told)[0]] == ["Tuesday"]
