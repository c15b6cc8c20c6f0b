from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attested.expressions.times import find_times_in
from attested.resolve.dates import Anchored, anchor_time
from attested.values import PartialDate

WEDNESDAY = date(2021, 3, 17)


def anchored(text: str, published: PartialDate, mention: PartialDate | None = None) -> Anchored:
    (expression,) = find_times_in(text)
    return anchor_time(expression, published, mention)


def days(text: str, published: date | PartialDate = WEDNESDAY) -> str:
    interval = published if isinstance(published, PartialDate) else PartialDate.day(published)
    found = anchored(text, interval).date
    return f"{found.start}" if found.start == found.end else f"{found.start}..{found.end}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("on Monday", "2021-03-15"),
        ("on Wednesday", "2021-03-17"),
        ("on Thursday", "2021-03-11"),
        ("will vote on Thursday", "2021-03-18"),
        ("last Wednesday", "2021-03-10"),
        ("next Wednesday", "2021-03-24"),
        ("Friday of last week", "2021-03-12"),
        ("yesterday", "2021-03-16"),
        ("tonight", "2021-03-17"),
        ("tomorrow", "2021-03-18"),
        ("two days ago", "2021-03-15"),
        ("on March 3", "2021-03-03"),
        ("on Dec. 30", "2020-12-30"),
        ("ended on Nov. 2", "2020-11-02"),
        ("will end on Nov. 2", "2021-11-02"),
        ("on 3 May 2011", "2011-05-03"),
        ("2011-05-03", "2011-05-03"),
        ("13/5/2011", "2011-05-13"),
        ("3/5/2011", "2011-03-05..2011-05-03"),
        ("on the 14th", "2021-03-14"),
        ("in March", "2021-03-01..2021-03-31"),
        ("came in August", "2020-08-01..2020-08-31"),
        ("to be held in June", "2021-06-01..2021-06-30"),
        ("early August 2020", "2020-08-01..2020-08-10"),
        ("late August 2020", "2020-08-21..2020-08-31"),
        ("last month", "2021-02-01..2021-02-28"),
        ("last week", "2021-03-08..2021-03-14"),
        ("this week", "2021-03-15..2021-03-21"),
        ("earlier this month", "2021-03-01..2021-03-17"),
        ("later this year", "2021-03-17..2021-12-31"),
        ("last year", "2020-01-01..2020-12-31"),
        ("over the weekend", "2021-03-13..2021-03-14"),
        ("the past two weeks", "2021-03-03..2021-03-17"),
        ("the next two weeks", "2021-03-17..2021-03-31"),
        ("two weeks ago", "2021-03-01..2021-03-07"),
        ("six months ago", "2020-09-01..2020-09-30"),
        ("last summer", "2020-06-01..2020-08-31"),
        ("the third quarter of 2019", "2019-07-01..2019-09-30"),
        ("the first half of 2019", "2019-01-01..2019-06-30"),
        ("the 1990s", "1990-01-01..1999-12-31"),
        ("since early February", "2021-02-01..2021-03-17"),
        ("between Feb. 3 and March 9", "2021-02-03..2021-03-09"),
        ("from 2016 to 2019", "2016-01-01..2019-12-31"),
        ("March 3-5", "2021-03-03..2021-03-05"),
        ("Christmas Eve", "2020-12-24"),
        ("Thanksgiving", "2020-11-26"),
        ("Memorial Day 2019", "2019-05-27"),
        ("Easter 2019", "2019-04-21"),
        ("Good Friday 2024", "2024-03-29"),
        ("last Oct. 23", "2020-10-23"),
        ("last March 20", "2020-03-20"),
        ("ended on April 2", "2021-04-02"),
        ("the week of March 3", "2021-03-01..2021-03-07"),
        ("in July last year", "2020-07-01..2020-07-31"),
        ("on July 3 last year", "2020-07-03"),
        ("in early January this year", "2021-01-01..2021-01-10"),
        ("last year's third quarter", "2020-07-01..2020-09-30"),
        ("a decade ago", "2009-03-17..2013-03-16"),
        ("weeks ago", "2021-01-31..2021-03-13"),
        ("next summer", "2021-06-01..2021-08-31"),
        ("mid-February", "2021-02-10..2021-02-18"),
    ],
)
def test_days(text: str, expected: str) -> None:
    assert days(text) == expected


def test_an_interval_gives_one_day_where_every_day_leads_to_the_same() -> None:
    published = PartialDate.span(date(2021, 3, 17), date(2021, 3, 18))
    assert days("on Monday", published) == "2021-03-15"
    assert days("yesterday", published) == "2021-03-16..2021-03-17"
    assert days("on Thursday", published) == "2021-03-11..2021-03-18"


def test_unknown_publication_leaves_relative_dates_open() -> None:
    for text in ("on Monday", "two days ago", "in March", "on March 3"):
        found = anchored(text, PartialDate())
        assert not found.date.is_known
        assert found.date.text
        assert "not known" in found.why
    assert anchored("on 3 May 2011", PartialDate()).date.is_known
    assert anchored("from 2016 to 2019", PartialDate()).date.is_known


def test_later_counts_from_the_mention() -> None:
    mention = PartialDate.day(date(2021, 1, 3))
    published = PartialDate.day(WEDNESDAY)
    assert anchored("five days later", published, mention).date == PartialDate(
        date(2021, 1, 8), date(2021, 1, 8), "day", "five days later"
    )
    assert not anchored("five days later", published).date.is_known


def test_that_year_is_the_mentions() -> None:
    mention = PartialDate.day(date(2019, 8, 3))
    found = anchored("later that year", PartialDate.day(WEDNESDAY), mention).date
    assert (found.start, found.end) == (date(2019, 1, 1), date(2019, 12, 31))
    assert anchored("the same day", PartialDate.day(WEDNESDAY), mention).date.start == date(2019, 8, 3)


def test_durations_are_no_dates() -> None:
    assert not anchored("for six months", PartialDate.day(WEDNESDAY)).date.is_known


def test_why_reads_as_a_sentence() -> None:
    why = anchored("on Monday", PartialDate.span(date(2021, 3, 17), date(2021, 3, 18))).why
    assert why == '"Monday" -> 2021-03-15, the last Monday on or before the report of 2021-03-17..2021-03-18'


@given(
    st.sampled_from(
        ["on Friday", "in March", "on Dec. 30", "last week", "two years ago", "the weekend", "last fall"]
    ),
    st.dates(date(1990, 1, 1), date(2030, 1, 1)),
    st.integers(0, 40),
)
def test_a_wider_publication_holds_the_narrower_answer(text: str, first: date, width: int) -> None:
    last = date.fromordinal(first.toordinal() + width)
    wide = set(range_of(anchored(text, PartialDate.span(first, last)).date))
    for day in (first, last):
        assert wide.issuperset(range_of(anchored(text, PartialDate.day(day)).date))


def range_of(found: PartialDate) -> range:
    assert found.start is not None
    assert found.end is not None
    return range(found.start.toordinal(), found.end.toordinal() + 1)
