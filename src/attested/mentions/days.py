"""The day of an incident where the sentence that tells it names none: "It happened around noon Monday"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from attested.mentions.day_owner import is_of_later, is_said_then
from attested.mentions.drafts import Draft
from attested.model import Role, Span, TimeExpression
from attested.reading.tokens import Reading, Sentence

DAY_FORMS = frozenset(
    {"weekday", "month-day", "month-day-year", "iso", "numeric", "relative-day", "day-of-month"}
)
# The role of such a day, and the unit of its claim: it may be another's, so it keeps no two mentions apart.
DAY_NEARBY = "day nearby"
# How many sentences after the incident's own its day may stand.
_REACH = 12

Times = Mapping[int, Sequence[TimeExpression]]


def add_day(reading: Reading, times: Times, drafts: Sequence[Draft]) -> None:
    """Gives the incidents told as news that name no day one that is told nearby.

    The first incident gets the nearest day told after it; days of other incidents, of what somebody said, of what lies
    ahead and of courts, arrests and funerals are passed. The others get the day of those that name one, if it is one
    day. A month or a year is no day: the day then lies in it, or is not taken (``incidents.fuse``).
    """
    told = [d for d in drafts if d.kind == "incident" and d.status == "happened"]
    news = [d for d in told if not d.is_background]
    at = {time.span.start: time for rows in times.values() for time in rows}
    days = {id(d): _own_days(d, at) for d in told}
    if news and not days[id(news[0])]:
        taken = {time.span.start for rows in days.values() for time in rows}
        found = next(
            (t for t in _days(reading, times, news[0].sentence_no) if t.span.start not in taken), None
        )
        if found is not None:
            _give(news[0], found)
            days[id(news[0])] = [found]
    dated = [time for d in news for time in days[id(d)]]
    if len({_key(time) for time in dated}) == 1:
        for draft in news:
            if not days[id(draft)]:
                _give(draft, dated[0])


def _give(draft: Draft, day: TimeExpression) -> None:
    draft.roles.append(Role(DAY_NEARBY, day.span, Span(day.span.start, day.span.end, day.span.text)))


def _own_days(draft: Draft, at: Mapping[int, TimeExpression]) -> list[TimeExpression]:
    """The days that a draft's own words name."""
    told = (at.get(r.span.start) for r in draft.roles if r.name == "time")
    return [time for time in told if time is not None and time.form in DAY_FORMS]


def _key(time: TimeExpression) -> tuple[object, ...]:
    """What makes two days plainly one: the same day of the week, or of the month."""
    data = time.data
    if "weekday" in data:
        return "weekday", data["weekday"]
    return time.form, data.get("month"), data.get("day"), data.get("shift")


def _days(reading: Reading, times: Times, first: int) -> Iterator[TimeExpression]:
    """Days that may be an incident's, from sentence ``first`` on, then those before it, nearest first."""
    sentences = reading.sentences
    for sentence in [*sentences[first : first + _REACH], *reversed(sentences[:first])]:
        for time in times.get(sentence.start, ()):
            if time.form in DAY_FORMS and time.direction <= 0 and not _is_of_other(sentence, time):
                yield time


def _is_of_other(sentence: Sentence, time: TimeExpression) -> bool:
    """Whether a day is of words, or of what came afterwards."""
    tokens = sentence.inside(time.span.start, time.span.end)
    return not tokens or is_said_then(sentence, tokens) or is_of_later(sentence, tokens)
