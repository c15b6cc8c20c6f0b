"""Title, outlet, byline and date on lines of their own above the story, in the orders in which pages set them."""

from __future__ import annotations

import pytest

from attested.model import Page, Report
from attested.reports.find import find_reports
from attested.settings import PageSettings

TITLE = "Ferry sinks off Torra after fire in engine room"
STORY = (
    "TORRA, Veldland — A ferry with ninety people aboard sank off Torra on Monday, the harbour master said.",
    "Fishing boats took most of the passengers to the quay, where nurses had put up beds in a customs shed.",
    "The owner of the ferry did not answer calls. It had been inspected in the spring and found to be sound.",
)


def read(*head: str, wire: str = "") -> Report:
    story = (STORY[0].replace("—", f"({wire}) —") if wire else STORY[0], *STORY[1:])
    (report,) = find_reports(Page("pg_1", "a.txt", "text", "\n\n".join((*head, *story))), PageSettings())
    return report


@pytest.mark.parametrize(
    ("outlet", "head"),
    [
        ("Lake Times", (TITLE, "Lake Times", "By Ilse Bruk", "Monday, April 8, 2019")),
        ("Upper Torra Star", (TITLE, "Upper Torra Star", "By Ilse Bruk", "8 April 2019")),
        ("The Veldland Review", (TITLE, "The Veldland Review", "8 April 2019")),
        ("Harbour Voice", ("Harbour Voice", TITLE, "By a correspondent", "8 April 2019")),
        ("Torra Hoy", ("Torra Hoy (English edition)", TITLE, "By Ilse Bruk", "Monday 8 April 2019")),
        ("Daily Mirror of Torra", ("Daily Mirror of Torra", TITLE, "Monday, 8 April 2019")),
        ("Lake News Service", (TITLE, "Lake News Service", "April 8, 2019 19:05")),
        ("Lake & Hill", (TITLE, "Lake & Hill", "By Ilse Bruk", "8 April 2019")),
        ("torranow.example", ("torranow.example", TITLE, "Posted on April 8, 2019 by admin")),
    ],
)  # fmt: skip
def test_outlet_title_and_day_are_found_and_the_body_has_no_title(outlet: str, head: tuple[str, ...]) -> None:
    report = read(*head)
    assert (report.outlet, report.headline) == (outlet, TITLE)
    assert TITLE not in [report.text[block.start : block.end] for block in report.body]
    assert [str(c.value.start) for c in report.candidates if c.kind == "stamp"] == ["2019-04-08"]
    assert report.byline == ("Ilse Bruk" if "By Ilse Bruk" in head else None)


def test_a_name_alone_over_the_date_may_be_a_writers() -> None:
    assert read(TITLE, "Ilse Bruk", "8 April 2019").outlet is None


def test_an_agencys_credit_is_not_the_outlet() -> None:
    report = read("Torra Mail", TITLE, "Published: 8 April 2019 08:00", "Source: LNA", wire="LNA")
    assert (report.outlet, report.agency) == ("Torra Mail", "LNA")


def test_a_source_line_names_the_outlet_where_no_masthead_does() -> None:
    assert read(TITLE, "8 April 2019", "Source: Torra Focus").outlet == "Torra Focus"


@pytest.mark.parametrize("line", ["By LNA", "Published: 8 April 2019 | Writer: LNA"])
def test_initials_for_a_byline_credit_a_wire(line: str) -> None:
    report = read("Torra Mail", TITLE, line)
    assert (report.outlet, report.agency) == ("Torra Mail", "LNA")


def test_an_agency_that_was_told_is_credited_whoever_it_is() -> None:
    story = "Nine people were saved, Dr Bruk told the Lake News Agency."
    text = "\n\n".join(("Torra Mail", TITLE, "8 April 2019", *STORY, story))
    (report,) = find_reports(Page("pg_1", "a.txt", "text", text), PageSettings())
    assert report.agency == "Lake News Agency"
