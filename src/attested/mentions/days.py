"""The day of an incident where the sentence that tells it names none: "It happened around noon Monday"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from attested.mentions.day_owner import (
    is_modifier,
    is_of_death,
    is_of_deed,
    is_of_inquiry,
    is_of_later,
    is_of_scene,
    is_said_then,
)
from attested.mentions.drafts import Draft
from attested.model import Role, Span, TimeExpression
from attested.reading.tokens import Reading, Sentence

DAY_FORMS = frozenset(
    {"weekday", "month-day", "month-day-year", "iso", "numeric", "relative-day", "day-of-month"}
)
_STAMPS = frozenset({"numeric", "iso"})  # figures alone are mostly the page's stamp
_BY_REPORT = frozenset({"relative-day", "this"})  # say no other day than a name does: "overnight Sunday"
_NEARBY_FORMS = (DAY_FORMS | {"feast"}) - _STAMPS
# The role of such a day, and the unit of its claim: it may be another's, so it keeps no two mentions apart.
DAY_NEARBY = "day nearby"
_OVERNIGHT = "overnight"
_VAGUE = _STAMPS | {"this"}
_TIMELESS = frozenset({"clock", "duration", "set", "vague"})
_DAY = 4  # the unit of "earlier in the day" (``date_words.toml``)
# How many sentences after the incident's own its day may stand.
_REACH = 12
# The same for the day that stands in for "overnight", or for the day of a death.
_NEXT = 4

# What speaks for a day, best first: it is some deed's, others that name their day name this one, it is that of a
# call or of a find, nothing but that it is near, it is the police's, nor even that: it may be a caption's.
_DEED, _SHARED, _SCENE, _ANY, _INQUIRY, _STAMP = range(6)

Times = Mapping[int, Sequence[TimeExpression]]


def add_day(reading: Reading, times: Times, drafts: Sequence[Draft]) -> None:
    """Gives the incidents told as news that name no day one that is told nearby.

    The first of them gets the nearest day of a deed that the text tells, or else the day that others name, or else the
    nearest day; days of other incidents, of what somebody said, of what lies ahead and of courts, arrests and funerals
    are passed. Those after it get the day of those that name one, if it is one day. A month or a year is no day: the
    day then lies in it, or is not taken (``incidents.fuse``). A day that may be another's (``_is_vague``) gives way to
    a deed's; where no day is told at all, the hour of the deed says that it was the report's own.
    """
    told = [d for d in drafts if d.kind == "incident" and d.status == "happened"]
    news = [d for d in told if not d.is_background]
    at = {time.span.start: time for rows in times.values() for time in rows}
    vague = {
        time.span.start for s in reading.sentences for time in times.get(s.start, ()) if _is_vague(s, time)
    }
    own = {id(d): _own_days(d, at) for d in told}
    days = {key: [time for time in rows if time.span.start not in vague] for key, rows in own.items()}

    def of_others(draft: Draft) -> TimeExpression | None:
        if own[id(draft)]:
            return _shared(news, (), days)  # "overnight" gives way to what is told as news only
        return _shared(news, told, days) or _shared(news, told, own)

    if news and not days[id(news[0])]:
        first = news[0]
        taken = {time.span.start for rows in own.values() for time in rows}
        near = _days(reading, times, first.sentence_no, _NEXT if own[id(first)] else _REACH)
        rows = [(rank, time) for rank, time in near if time.span.start not in taken]
        rows = [row for row in rows if not own[id(first)] or _is_surer(*row)]
        rows += [(_SHARED, time) for time in [of_others(first)] if time]
        found = min(rows, key=lambda row: row[0], default=None)
        if day := found[1] if found else _hour(reading, times, first.sentence_no):
            _give(first, day, own[id(first)])
            days[id(first)] = [day]
    for draft in news:
        if not days[id(draft)] and (day := of_others(draft)):
            _give(draft, day, own[id(draft)])


def _hour(reading: Reading, times: Times, first: int) -> TimeExpression | None:
    """The time of day of a deed that a report tells without a day, a month or a year: "it happened around 1 p.m."."""
    told = [time for sentence in reading.sentences for time in times.get(sentence.start, ())]
    if any(time.form not in _TIMELESS for time in told):
        return None
    for sentence in reading.sentences[first : first + _NEXT]:
        for time in times.get(sentence.start, ()):
            tokens = sentence.inside(time.span.start, time.span.end)
            is_of_it = tokens and (is_of_deed(sentence, tokens) or is_of_scene(sentence, tokens))
            if time.form == "clock" and is_of_it:
                return time
    return None


def _is_vague(sentence: Sentence, time: TimeExpression) -> bool:
    """Whether a day told with an incident may be another: "overnight", "in the middle of the day", that of a death."""
    tokens = sentence.inside(time.span.start, time.span.end)
    return (
        time.span.text.lower() == _OVERNIGHT
        or time.form in _VAGUE
        or (bool(tokens) and is_of_death(sentence, tokens))
    )


def _is_surer(rank: int, time: TimeExpression) -> bool:
    """Whether a day told nearby is surely a deed's: it stands in for "overnight"."""
    return rank <= _SCENE and time.form not in _BY_REPORT


def _shared(
    news: Sequence[Draft], told: Sequence[Draft], days: Mapping[int, Sequence[TimeExpression]]
) -> TimeExpression | None:
    """The one day that the drafts told as news name; where none names any, the one of those told in passing."""
    rows = [time for d in news for time in days[id(d)]] or [time for d in told for time in days[id(d)]]
    dated = [time for time in rows if time.form not in _STAMPS]
    named = [time for time in dated if time.form not in _BY_REPORT] or dated
    return named[0] if len({_key(time) for time in named}) == 1 else None


def _give(draft: Draft, day: TimeExpression, instead: Sequence[TimeExpression]) -> None:
    """Gives an incident a day ``instead`` of those that its own words may have of something else."""
    left = {time.span.start for time in instead}
    kept = [r for r in draft.roles if r.name != "time" or r.span.start not in left]
    name = "time" if len(kept) < len(draft.roles) else DAY_NEARBY
    draft.roles = [*kept, Role(name, day.span, Span(day.span.start, day.span.end, day.span.text))]


def _own_days(draft: Draft, at: Mapping[int, TimeExpression]) -> list[TimeExpression]:
    """The days that a draft's own words name."""
    told = (at.get(r.span.start) for r in draft.roles if r.name == "time")
    return [time for time in told if time is not None and _is_day(time)]


def _is_day(time: TimeExpression) -> bool:
    """Whether a time is one day: "earlier in the day" too."""
    return time.form in DAY_FORMS | {"feast"} or (time.form == "this" and time.data.get("unit") == _DAY)


def _key(time: TimeExpression) -> tuple[object, ...]:
    """What makes two days plainly one: the same day of the week, or of the month."""
    data = time.data
    if "weekday" in data:
        return "weekday", data["weekday"]
    return time.form, data.get("month"), data.get("day"), data.get("shift")


def _days(reading: Reading, times: Times, first: int, reach: int) -> Iterator[tuple[int, TimeExpression]]:
    """Days that may be an incident's, how far each may be another's, those from sentence ``first`` on before others."""
    sentences = reading.sentences
    for number, sentence in [*enumerate(sentences[first:]), *enumerate(reversed(sentences[:first]))]:
        for time in times.get(sentence.start, ()):
            if time.form in _NEARBY_FORMS and time.direction <= 0:
                rank = _rank(sentence, time)
                if rank is not None and (number < reach or (rank == _DEED and reach == _REACH)):
                    yield rank, time


def _rank(sentence: Sentence, time: TimeExpression) -> int | None:
    """How far a day may be another's than a deed's; None for one of words, or of what came afterwards."""
    tokens = sentence.inside(time.span.start, time.span.end)
    if not tokens or is_said_then(sentence, tokens):
        return None
    if is_of_inquiry(sentence, tokens):
        return _INQUIRY
    if is_of_later(sentence, tokens):
        return None
    if time.form == "feast" and is_modifier(sentence, tokens):
        return None
    if time.form != "relative-day" and is_of_deed(sentence, tokens):
        return _DEED
    if is_of_scene(sentence, tokens):
        return _SCENE
    before = sentence.tokens[tokens[0].i - 1].lower if tokens[0].i else ""
    is_bare = time.form == "month-day-year" and "weekday" not in time.data and before not in {"on", "since"}
    return _STAMP if is_bare else _ANY
