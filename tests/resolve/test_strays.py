"""Copies of one text stamped weeks apart: which stamp is doubted, and where both are kept."""

from __future__ import annotations

from dataclasses import replace

import pytest

from attested.model import Derivation, Published, Report, Span, Story
from attested.resolve.published import settle_published
from attested.values import Score
from resolve.test_published import Made, candidate, days, made

# The true day is Thursday 19 June 2014.
RAID = "Raiders burned the mill on Wednesday, the prefect said. Two millers died. The road was shut in April."
BARE = "Raiders burned the mill, the prefect said. Two millers died."


def derived(child: str, parent: str, *, is_sibling: bool = False) -> Derivation:
    return Derivation(child, parent, "excerpt", Score(1.0), is_sibling=is_sibling)


def from_room(page: Made, outlet: str, agency: str | None = None) -> Made:
    return Made(replace(page.report, outlet=outlet, agency=agency), page.outline)


def dated(
    pile: list[Made], derivations: list[Derivation], stories: tuple[Story, ...] = ()
) -> dict[str, Published]:
    reports: list[Report] = [page.report for page in pile]
    return settle_published(reports, {page.id: page.outline for page in pile}, derivations, stories)


@pytest.mark.parametrize("stamp", ["2014-02-01", "2013-06-01", "2014-04-13", "2014-09-08"])
def test_the_day_that_the_text_agrees_with_beats_a_copys_stamp_earlier_or_later(stamp: str) -> None:
    wire, copy = made("a", RAID, candidate("2014-06-19")), made("b", RAID, candidate(stamp))
    for edge in (derived("b", "a"), derived("a", "b", is_sibling=True)):
        found = dated([wire, copy], [edge])
        assert days(found["a"]) == "2014-06-19"
        assert any("not believed" in doubt for doubt in found["b"].doubts), stamp


@pytest.mark.parametrize(("first", "copy"), [("2014-06-19", "2014-03-02"), ("2014-06-19", "2014-08-30")])
def test_a_copy_is_no_older_than_the_text_that_it_was_made_from(first: str, copy: str) -> None:
    pile = [made("a", BARE, candidate(first)), made("b", BARE, candidate(copy))]
    found = dated(pile, [derived("b", "a")])
    assert days(found["a"]) == first
    assert any("not believed" in doubt for doubt in found["b"].doubts)


def test_an_agencys_own_page_beats_its_customers_stamp() -> None:
    wire = from_room(made("a", BARE, candidate("2014-06-19")), "Hill News Agency", "Hill News Agency")
    copy = from_room(made("b", BARE, candidate("2014-03-02")), "Lake Post", "Hill News Agency")
    assert days(dated([wire, copy], [derived("b", "a", is_sibling=True)])["a"]) == "2014-06-19"


def test_the_other_reports_of_the_story_say_which_stamp_is_right() -> None:
    pile = [made("a", BARE, candidate("2014-06-19")), made("b", BARE, candidate("2014-03-02"))]
    pile += [made(f"c{n}", "The mill stood by the river.", candidate(f"2014-06-2{n}")) for n in (0, 1)]
    story = Story("s", "Mill", tuple(page.id for page in pile))
    assert days(dated(pile, [derived("b", "a", is_sibling=True)], (story,))["a"]) == "2014-06-19"


def test_a_clock_time_alone_settles_nothing_and_both_stamps_are_kept_in_doubt() -> None:
    clock = replace(candidate("2014-06-19"), span=Span(0, 0, "19 June 2014, 17:48"))
    pile = [made("a", BARE, clock), made("b", BARE, candidate("2014-03-02"))]
    found = dated(pile, [derived("b", "a", is_sibling=True)])
    assert (days(found["a"]), days(found["b"])) == ("2014-06-19", "2014-03-02")
    for published in found.values():
        assert any("2014-03-02 and 2014-06-19" in doubt for doubt in published.doubts)


def test_stamps_within_days_of_each_other_are_not_doubted() -> None:
    pile = [made("a", RAID, candidate("2014-06-19")), made("b", RAID, candidate("2014-06-23"))]
    assert all(not published.doubts for published in dated(pile, [derived("b", "a")]).values())


def test_most_copies_still_outvote_one_that_the_text_does_not_speak_for() -> None:
    pile = [made(name, BARE, candidate("2014-06-19")) for name in "abc"]
    pile.append(made("d", BARE, candidate("2014-11-02")))
    found = dated(pile, [derived(name, "a") for name in "bcd"])
    assert any("not believed" in doubt for doubt in found["d"].doubts)
