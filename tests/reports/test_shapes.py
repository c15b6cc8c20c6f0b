import time

import pytest

from attested.reports.shapes import (
    find_byline,
    find_dateline,
    find_first_publisher,
    find_reporter,
    find_sign_off,
    is_credit,
    is_signed_for_agency,
    is_stamp,
)


@pytest.mark.parametrize(
    ("line", "written", "room"),
    [
        ("KABUL (Reuters) — Two men were held on Monday.", "KABUL (Reuters)", "Reuters"),
        ("BOGOTA, Colombia (AP) -- The mayor said no.", "BOGOTA, Colombia (AP)", "AP"),
        ("KYIV, Jan 3 (Xinhua) -- Snow fell.", "KYIV, Jan 3 (Xinhua)", "Xinhua"),
        ("Lagos (AFP) May 3, 2019", "Lagos (AFP) May 3, 2019", "AFP"),
        ("(Reuters) - A court ruled on Friday.", "(Reuters)", "Reuters"),
        ("(CNN)The talks ended without a deal.", "(CNN)", "CNN"),
        ("NAIROBI >> The talks ended without a deal after nine hours.", "NAIROBI", ""),
        ("NAIROBI — The talks ended without a deal after nine hours.", "NAIROBI", ""),
    ],
)
def test_datelines(line: str, written: str, room: str) -> None:
    found = find_dateline(line)
    assert found is not None
    assert (line[: found.end], found.room) == (written, room)


@pytest.mark.parametrize(
    "line",
    [
        "The group (known as M23) said that it would leave the town.",
        "He said (on Monday) that it was over.",
        "A long war — the third in a decade — has emptied the town.",
        "Mr. Obi (PDP) won.",
        "Lima (Peru) The talks ended.",
    ],
)
def test_no_datelines(line: str) -> None:
    assert find_dateline(line) is None


@pytest.mark.parametrize(
    ("line", "who"),
    [
        ("By Ana Berg", "Ana Berg"),
        ("By Ana Berg and Tom Hale, Staff Writers", "Ana Berg and Tom Hale, Staff Writers"),
        ("By the time police came, the men had gone.", None),
        ("By Monday the men had gone.", None),
        ("By Agency Reporter", None),
        ("By Ana Berg Updated 9:05 a.m.", "Ana Berg"),
        ("By ANA BERGAssociated Press", "ANA BERG"),
        ("By Ana Berg - Staff Writer", "Ana Berg"),
        ("By: Coast News Team", None),
        ("By our correspondent in Puno", None),
        ("By Coast Tribune staff", None),
        ("Ana Berg, KVTA.com", "Ana Berg"),
        ("Byron wrote it", None),
    ],
)
def test_bylines(line: str, who: str | None) -> None:
    assert find_byline(line) == who


@pytest.mark.parametrize(
    "line",
    [
        "Reporting by Ana Berg; Editing by Tom Hale",
        "(AFP)",
        "ASSOCIATED PRESS",
        "With reporting by dpa and TASS",
        "With files from The Canadian Press",
        "Ana Berg in Lima contributed to this report.",
        "Source: Xinhua",
        "Copyright 2019 The Associated Press. All rights reserved.",
    ],
)
def test_credits(line: str) -> None:
    assert is_credit(line)


@pytest.mark.parametrize(
    "line",
    [
        "Sources in the army said that the town had fallen.",
        "Sources: Man of interest in killing of ferry captain turns himself in",
        "From the hills the men fired on the convoy for two hours, he said.",
        "Reuters could not confirm what the minister said about the attack on the two ships.",
    ],
)
def test_no_credits(line: str) -> None:
    assert not is_credit(line)


@pytest.mark.parametrize(
    ("line", "who"),
    [
        ("This story first appeared in The Hill.", "The Hill"),
        ("Originally published by Coast News", "Coast News"),
        ("Republished with permission of Dawn.", "Dawn"),
        ("The song was first published in 1912.", None),
        (
            "The group first appeared in the north of the country after the war with its neighbours had ended.",
            None,
        ),
    ],
)
def test_first_publishers(line: str, who: str | None) -> None:
    assert find_first_publisher(line) == who


def test_agencies_are_no_reporters() -> None:
    assert find_reporter("With reporting by dpa and TASS") is None
    assert find_reporter("Reporting by Ana Berg and Tom Hale; Editing by Lu Wei") == "Ana Berg"


@pytest.mark.parametrize(
    "line",
    [
        "March 3, 2019", "2019-03-03 00:00:00 - Source: Coast News", "Posted on Sunday, 3 March 2019 at 10:42",
        "3 hours ago", "10:42", "Last updated: 03/03/2019 | 9:05 GMT",
        "Sunday 3 March 2019 | By our correspondent in Puno", "3 March 2019 • Ana Berg, KVTA.com",
        "By Ana Berg / March 3, 2019 / 5 min read", "Published on Sunday, March 3, 2019 at 19:05", "Puno, 3 March 2019",
        "2019-03-03T19:05:00+02:00", "Sun, 03 Mar 2019 19:05:00 +0200", "2019-03-03T17:05:00.000Z",
        "March 3 at 7:05 PM", "Updated 7:05 pm, Sunday, March 3, 2019",
    ],
)  # fmt: skip
def test_stamps(line: str) -> None:
    assert is_stamp(line)


@pytest.mark.parametrize(
    "line",
    [
        "He was killed on March 3, 2019.",
        "The war began in 2003 and has not ended.",
        "Elections are due on May 3, 2020, the commission said.",
        "Floods of March 3, 2019 - what we know",
        "March 3, 2019 | Two die as ferry sinks off the old port of Callao",
    ],
)
def test_no_stamps(line: str) -> None:
    assert not is_stamp(line)


@pytest.mark.parametrize(
    ("line", "who"),
    [
        ("(Zenit)", "Zenit"),
        ("(Andina Sur)", "Andina Sur"),
        ("(Corrects the number of dead)", None),
        ("Zenit", None),
    ],
)
def test_sign_offs(line: str, who: str | None) -> None:
    assert find_sign_off(line) == who


def test_a_writers_name_and_agency_is_a_byline_and_a_list_of_tags_costs_nothing() -> None:
    assert is_signed_for_agency("Lucas Shaw, Bloomberg")
    assert is_signed_for_agency("Ann Lee and Omar Diaz, Reuters")
    assert not is_signed_for_agency("Lucas Shaw, Lagos")
    began = time.perf_counter()
    assert not is_signed_for_agency(", ".join(["Al-Shabaab", "Al-Qaeda", "Boko-Haram"] * 20))
    assert time.perf_counter() - began < 1


def test_a_date_beside_its_section_is_a_stamp() -> None:
    assert is_stamp("5 March 2025 | International")
    assert is_stamp("World | 5 March 2025")
    assert not is_stamp("5 March 2025 | A massacre remembered")
