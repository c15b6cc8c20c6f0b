"""Piles of made-up reports with stamps taken away or falsified: the intervals must be right, narrow and explained."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import pytest

from attested.expressions.times import find_times_in
from attested.model import Block, DateCandidate, Derivation, Outline, Passage, Published, Report, Span, Story
from attested.resolve.published import settle_published
from attested.text.sentences import split_sentences
from attested.values import PartialDate, Score

MIDNIGHT = "stamped 00:00: a machine's date, not a newsroom's"


@dataclass(frozen=True)
class Made:
    """A report with its outline."""

    report: Report
    outline: Outline

    @property
    def id(self) -> str:
        return self.report.id


def candidate(day: str, kind: str = "stamp", why_not: str | None = None) -> DateCandidate:
    return DateCandidate(PartialDate.day(date.fromisoformat(day)), kind, Span(0, 0, day), why_not)


def made(name: str, text: str, *candidates: DateCandidate, caption: str = "") -> Made:
    page = f"{text}\n{caption}"
    blocks = (Block(len(text) + 1, len(page), "caption"),) if caption else ()
    sentences = tuple(Span(a, b, page[a:b]) for a, b in split_sentences(page, 0, len(text)))
    times = tuple(t for s in sentences for t in find_times_in(page, s.start, s.end))
    report = Report(name, f"pg_{name}", page, (Block(0, len(text), "body"),), blocks, candidates=candidates)
    return Made(report, Outline(name, sentences, times=times))


def copied(child: Made, parent: Made) -> Derivation:
    """A copy whose sentences stand one for one."""
    passages = tuple(
        Passage(c.start, c.end, p.start, p.end)
        for c, p in zip(child.outline.sentences, parent.outline.sentences, strict=True)
    )
    return Derivation(child.id, parent.id, "rewrite", Score(0.9), passages=passages)


def settled(
    pile: Sequence[Made], derivations: Sequence[Derivation] = (), stories: Sequence[Story] = ()
) -> dict[str, Published]:
    return settle_published([m.report for m in pile], {m.id: m.outline for m in pile}, derivations, stories)


def days(published: Published) -> str:
    interval = published.interval
    return f"{interval.start}" if interval.start == interval.end else f"{interval.start}..{interval.end}"


def alone(text: str, *candidates: DateCandidate, caption: str = "") -> Published:
    return settled([made("r", text, *candidates, caption=caption)])["r"]


# The true days of these three piles: Tuesday 8 March 2016, Saturday 14 July 2018, Friday 3 November 2023.
FLOOD = "Floods cut off the valley on Sunday, the mayor said Tuesday. Two bridges fell. Rain began on Friday evening."
FLOOD_DATED = (
    "Floods cut the valley off on March 6, the mayor said March 8. Two bridges fell. Rain began on March 4."
)


def test_a_publishers_field_is_believed() -> None:
    found = alone(FLOOD, candidate("2016-03-08", "metadata"))
    assert (days(found), found.basis, found.doubts) == ("2016-03-08", "stamp", ())


def test_an_undoubted_stamp_is_believed() -> None:
    assert days(alone(FLOOD, candidate("2016-03-09"))) == "2016-03-09"


def test_no_day_is_asserted_on_a_doubtful_stamp() -> None:
    found = alone("Floods cut off the valley. Two bridges fell.", candidate("2016-03-08", why_not=MIDNIGHT))
    assert found.interval.n_days != 1


def test_a_doubtful_stamp_with_the_leads_weekday_gives_a_day_or_two() -> None:
    found = alone(FLOOD, candidate("2016-03-08", why_not=MIDNIGHT))
    assert found.interval.meets(PartialDate.day(date(2016, 3, 8)))
    assert found.interval.n_days <= 8


def test_without_any_year_the_date_stays_unknown_and_says_so() -> None:
    found = alone("The bridge fell on Thursday (May 12), officials said. Nobody was hurt.")
    assert (found.interval.is_known, found.basis, found.evidence) == (False, "unknown", ())
    assert any("year" in doubt for doubt in found.doubts)


def test_a_page_without_dates_is_unknown() -> None:
    assert alone("The bridge fell. Nobody was hurt.").basis == "unknown"


def test_a_weekday_with_its_day_and_an_earlier_year_give_the_day() -> None:
    # 12 May was a Thursday in 2011, 2016 and 2022.
    found = alone(
        "The bridge fell on Thursday (May 12), officials said. It was built in 2014 after a long quarrel."
    )
    assert days(found) == "2016-05-12..2016-05-13"
    assert found.basis == "text"
    assert "Thursday (May 12)" in [span.text for span in found.evidence]


def test_a_report_is_not_older_than_the_latest_past_day_it_speaks_of() -> None:
    text = (
        "Floods cut off the valley. The dam was opened on 4 February 2019, records showed. Nobody was hurt."
    )
    found = alone(text, candidate("2017-06-01", why_not=MIDNIGHT))
    assert not found.interval.meets(PartialDate.year(2017))


def test_the_leads_full_date_gives_the_day() -> None:
    found = alone("The mayor resigned on Monday, July 9, 2018, his office said. He had been ill.")
    assert days(found) == "2018-07-09..2018-07-10"


def test_a_pictures_date_and_months_bound_a_report() -> None:
    text = (
        "The minister said the dam would stay shut. He was named in September. "
        "A vote is to be held in January. The dam broke on August 3."
    )
    found = alone(text, candidate("2021-09-20", "caption", "a caption's date is the picture's"))
    assert found.interval.start is not None
    assert found.interval.end is not None
    assert date(2021, 9, 20) <= found.interval.start
    assert found.interval.end <= date(2022, 1, 31)
    assert found.interval.meets(PartialDate.day(date(2021, 11, 15)))


@pytest.mark.parametrize("stamp", ["2016-05-02", "2017-01-01", "2016-04-30"])
def test_a_false_stamp_loses_to_a_copy_that_gives_the_days(stamp: str) -> None:
    relative = made("a", FLOOD, candidate(stamp, why_not=MIDNIGHT))
    dated = made("b", f"{FLOOD_DATED}", candidate("2016-03-08", "metadata"))
    found = settled([relative, dated], [copied(relative, dated)])["a"]
    assert found.interval.meets(PartialDate.day(date(2016, 3, 8)))
    assert found.interval.n_days <= 3
    assert found.basis == "lineage"
    assert any("a copy says" in doubt for doubt in found.doubts)
    (lost,) = found.candidates
    assert lost.why_not is not None
    assert "March" in lost.why_not


def test_copies_date_each_other_though_neither_page_has_a_good_stamp() -> None:
    relative = made("a", f"{FLOOD} The dam was built in 2013.", candidate("2016-05-02", why_not=MIDNIGHT))
    dated = made("b", f"{FLOOD_DATED} The dam was built in 2013.")
    found = settled([relative, dated], [copied(relative, dated)])
    for name in ("a", "b"):
        assert days(found[name]) in {"2016-03-08", "2016-03-08..2016-03-09"}, name


def test_an_undoubted_stamp_that_no_text_contradicts_stands_beside_an_older_copy() -> None:
    first = made("a", "The bridge fell. Nobody was hurt.", candidate("2016-03-08"))
    later = made("b", "The bridge fell. Nobody was hurt.", candidate("2016-03-20"))
    found = settled([first, later], [copied(later, first)])
    assert days(found["a"]) == "2016-03-08"
    assert days(found["b"]) == "2016-03-20"


def test_a_copy_without_a_date_takes_its_familys() -> None:
    first = made("a", FLOOD, candidate("2016-03-08", "metadata"))
    bare = made("b", FLOOD)
    found = settled([first, bare], [copied(bare, first)])["b"]
    assert found.interval.meets(PartialDate.day(date(2016, 3, 8)))
    assert found.interval.n_days <= 7
    assert found.basis == "lineage"


def test_a_hundred_copies_do_not_outvote_by_their_number() -> None:
    truth = made("a", FLOOD_DATED, candidate("2016-03-08", "metadata"))
    copies = [made(f"c{i:03}", FLOOD_DATED, candidate("2016-09-01", why_not=MIDNIGHT)) for i in range(100)]
    found = settled([truth, *copies], [copied(copy, truth) for copy in copies])
    assert days(found["a"]) == "2016-03-08"
    assert all(found[c.id].interval.meets(PartialDate.day(date(2016, 3, 8)), slack_days=3) for c in copies)


def test_a_story_says_the_year() -> None:
    undated = made("a", "The bridge fell on Thursday (May 12), officials said. Nobody was hurt.")
    dated = made("b", "Officials counted the bridges of the county.", candidate("2016-05-13", "metadata"))
    story = Story("s", "Bridge", ("a", "b"))
    assert days(settled([undated, dated], (), [story])["a"]) == "2016-05-12..2016-05-13"


def test_a_story_alone_gives_a_wider_interval() -> None:
    undated = made("a", "The bridge fell. Nobody was hurt.")
    others = [made(f"b{i}", "Officials spoke.", candidate(f"2016-05-1{i}", "metadata")) for i in (2, 3)]
    found = settled([undated, *others], (), [Story("s", "Bridge", ("a", "b2", "b3"))])["a"]
    assert found.basis == "story"
    assert found.interval.meets(PartialDate.day(date(2016, 5, 12)))
    assert 3 <= found.interval.n_days <= 14


def test_a_story_that_scatters_says_nothing() -> None:
    undated = made("a", "The bridge fell. Nobody was hurt.")
    others = [made(f"b{y}", "Officials spoke.", candidate(f"{y}-05-12", "metadata")) for y in (2016, 2018)]
    found = settled([undated, *others], (), [Story("s", "Bridge", ("a", "b2016", "b2018"))])["a"]
    assert found.basis == "unknown"


def test_copies_count_once_in_their_story() -> None:
    late = [made(f"c{i}", "Officials spoke.", candidate("2016-07-12", "metadata")) for i in range(5)]
    others = [made(f"b{i}", "Officials spoke.", candidate(f"2016-05-1{i}", "metadata")) for i in (2, 3)]
    undated = made("a", "The bridge fell. Nobody was hurt.")
    links = [copied(copy, late[0]) for copy in late[1:]]
    story = Story("s", "Bridge", ("a", "b2", "b3", *(m.id for m in late)))
    found = settled([undated, *others, *late], links, [story])["a"]
    assert found.interval.meets(PartialDate.day(date(2016, 5, 12)))


def test_neighbour_items_help_a_page_to_its_year() -> None:
    text = "The bridge fell on Thursday (May 12), officials said. Nobody was hurt."
    found = alone(text, candidate("2016-05-03", "second-item", "belongs to another item on the page"))
    assert days(found) == "2016-05-12..2016-05-13"


def test_the_answer_does_not_depend_on_the_order() -> None:
    relative = made("a", FLOOD, candidate("2016-05-02", why_not=MIDNIGHT))
    dated = made("b", FLOOD_DATED)
    third = made("c", "The valley waits.", candidate("2016-03-09", "metadata"))
    links = [copied(relative, dated)]
    story = Story("s", "Flood", ("a", "b", "c"))
    assert settled([relative, dated, third], links, [story]) == settled(
        [third, dated, relative], links, [story]
    )


def test_a_page_of_ten_thousand_dates_is_settled() -> None:
    text = (
        " ".join(f"On {month} {day} it rained." for month in ("March", "April") for day in range(1, 29)) * 60
    )
    assert not alone(text).interval.is_known
    assert days(alone(text, candidate("2016-05-02", "metadata"))) == "2016-05-02"


def test_evidence_lies_on_the_page() -> None:
    page = made("r", "The bridge fell on Thursday (May 12), officials said. It was built in 2014.")
    for span in settled([page])["r"].evidence:
        assert page.report.text[span.start : span.end] == span.text


def test_a_later_version_is_of_the_days_between_the_two_captures() -> None:
    stated = candidate("2016-03-04", "metadata")
    text = "The river burst its banks and nine people drowned, the council said."
    first = made("a", text, stated, candidate("2016-03-04", "captured"))
    second = made("b", f"{text} Three more were found.", stated, candidate("2016-03-06", "captured"))
    pile = [Made(replace(m.report, url="https://x.org/flood"), m.outline) for m in (first, second)]
    edge = Derivation("b", "a", "rewrite", Score(0.9), is_version=True)
    found = settled(pile, [edge])
    assert found["a"].interval == PartialDate.day(date(2016, 3, 4))
    assert (found["b"].interval.start, found["b"].interval.end) == (date(2016, 3, 4), date(2016, 3, 6))
    assert found["b"].basis == "lineage"


def test_nothing_is_published_after_it_was_saved() -> None:
    late = made(
        "a", "The river burst its banks.", candidate("2016-05-01"), candidate("2016-03-06", "captured")
    )
    interval = settled([late])["a"].interval
    assert not interval.is_known or interval.end <= date(2016, 3, 6)
