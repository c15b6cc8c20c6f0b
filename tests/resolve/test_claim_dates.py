"""Date claims anchored in the order of the text."""

from dataclasses import replace
from datetime import date

from factory import claim, mention, report

from attested.expressions.times import find_times_in
from attested.model import Outline, Published
from attested.resolve.claim_dates import resolve_claim_dates
from attested.values import PartialDate

TEXT = "A bomb exploded in March 2020. Five days later a shell hit the town. On Tuesday a rocket fell."
OWNER = report(TEXT)
FIRST, SECOND, THIRD = (mention(OWNER, word) for word in ("exploded", "hit", "fell"))
ROWS = [
    claim(OWNER, FIRST, date="March 2020"),
    claim(OWNER, SECOND, date="Five days later"),
    claim(OWNER, THIRD, date="Tuesday"),
]


def anchored(published: PartialDate) -> list[PartialDate]:
    outline = Outline(OWNER.id, (), times=tuple(find_times_in(TEXT)))
    settled = {OWNER.id: Published(OWNER.id, published, "stamp")}
    found = resolve_claim_dates([FIRST, SECOND, THIRD], ROWS, {OWNER.id: outline}, settled)
    return [found[row.id].date if row.id in found else PartialDate() for row in ROWS]


def test_days_later_are_counted_from_the_mention_before() -> None:
    march, later, _ = anchored(PartialDate.day(date(2020, 6, 4)))
    assert (march.start, march.end) == (date(2020, 3, 1), date(2020, 3, 31))
    assert later.start == date(2020, 3, 6)


def test_a_weekday_is_counted_from_the_report() -> None:
    assert anchored(PartialDate.day(date(2020, 6, 4)))[2].start == date(2020, 6, 2)


def test_a_weekday_stays_unknown_while_the_report_is_undated() -> None:
    assert not anchored(PartialDate())[2].is_known


def test_what_happened_lies_behind_the_report_whatever_the_tense_beside_its_day() -> None:
    text = "A man will stay in hospital after a gunman shot him on Monday."
    owner = report(text)
    shot = mention(owner, "shot")
    row = claim(owner, shot, date="Monday")
    times = tuple(replace(t, direction=1) for t in find_times_in(text))
    settled = {owner.id: Published(owner.id, PartialDate.day(date(2020, 6, 4)), "stamp")}
    found = resolve_claim_dates([shot], [row], {owner.id: Outline(owner.id, (), times=times)}, settled)
    assert found[row.id].date.start == date(2020, 6, 1)


def test_a_day_of_the_year_after_the_report_is_that_of_the_year_before_for_what_had_happened() -> None:
    text = "A man was jailed because a gunman shot his brother on October 13."
    owner = report(text)
    shot = mention(owner, "shot")
    row = claim(owner, shot, date="October 13")
    outline = Outline(owner.id, (), times=tuple(find_times_in(text)))
    settled = {owner.id: Published(owner.id, PartialDate.day(date(2016, 9, 30)), "stamp")}
    found = resolve_claim_dates([shot], [row], {owner.id: outline}, settled)
    assert found[row.id].date.start == date(2015, 10, 13)


def test_a_written_day_after_the_report_is_no_day_of_what_had_happened() -> None:
    text = "A gunman shot his brother on January 25, 2016."
    owner = report(text)
    shot = mention(owner, "shot")
    row = claim(owner, shot, date="January 25, 2016")
    outline = Outline(owner.id, (), times=tuple(find_times_in(text)))
    settled = {owner.id: Published(owner.id, PartialDate.day(date(2016, 1, 21)), "stamp")}
    found = resolve_claim_dates([shot], [row], {owner.id: outline}, settled)
    assert not found[row.id].date.is_known
    assert "later than the report" in found[row.id].why


def test_news_that_tells_the_hour_alone_is_of_its_own_day_or_of_the_night_before() -> None:
    for text, days in (("It was around 1 p.m.", (4, 4)), ("It was around 9 p.m.", (3, 4))):
        owner = report(text)
        row = claim(owner, mention(owner, "was"), date=text[7:-1] + ".", says=text[7:])
        outline = Outline(owner.id, (), times=tuple(find_times_in(text)))
        settled = {owner.id: Published(owner.id, PartialDate.day(date(2020, 6, 4)), "stamp")}
        found = resolve_claim_dates([mention(owner, "was")], [row], {owner.id: outline}, settled)[row.id].date
        assert (found.start, found.end) == (date(2020, 6, days[0]), date(2020, 6, days[1]))
