"""What speaks for a report's day of publication: every clue as a set of days, a weight and words for a reader.

Weights are votes. A trusted stamp outvotes a text's own dating, two agreeing pieces of a text outvote a doubtful
stamp, and lower bounds only break ties between what is left; ``published.settle_published`` counts them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from attested.expressions.times import find_times_in
from attested.model import DateCandidate, Outline, Report, Span, TimeExpression
from attested.text.datewords import date_words
from attested.values import PartialDate

Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Fixed:
    """Days from ``start`` to ``end``, as ordinals of ``datetime.date``; None is open."""

    start: int | None
    end: int | None


@dataclass(frozen=True, slots=True)
class Yearly:
    """From ``first`` to ``last`` days after a month and day, in every year whose weekday fits (0: any)."""

    month: int
    day: int
    first: int
    last: int
    weekday: int = 0


@dataclass(frozen=True, slots=True)
class Weekly:
    """The days of the week (ISO 1..7) on which it can have come out."""

    weekdays: frozenset[int]


Shape = Fixed | Yearly | Weekly


@dataclass(frozen=True, slots=True)
class Clue:
    """Days that something speaks for.

    ``kind`` is stamp, metadata, url, captured, dateline, caption, item (a neighbour on the page), text, pair (a
    weekday with its date), lead, lineage or story. ``is_bound`` marks one that only says "not before" or "not after".
    """

    kind: str
    shape: Shape
    weight: float
    why: str
    span: Span | None = None
    is_bound: bool = False


# How much a clue counts, in votes.
_METADATA = 6.0  # a publisher's own field
_STAMP = 4.0  # a date line on the page
_DATELINE = 5.0
_URL = 4.0
DOUBTED = 0.3  # a stamp that its page already gives reason to doubt
_PAIR = 3.0  # "Thursday (October 1)"
_FURTHER_PAIR = 1.0  # each pair beyond the latest
_LEAD = 1.5  # the lead's own date: news is a day old at most
_MONTH_DAY = 1.5
_MONTH = 1.0
_BEYOND_MONTH = 0.7  # "in March" is mostly said once March is over
_PAST_DATE = 3.0
_FUTURE_DATE = 1.5
_UNSAID_DATE = 0.5
_CAPTION = 2.0
_CAPTURED = 4.0  # nothing is saved before it is published
_NEARBY = 0.7
_NEAREST = 0.2
_WEEKDAY = 0.8
LINEAGE_PAIR = 3.0
_MOST_OF_A_RELATIVE = 2.5  # below a page's own undoubted stamp: a copy may be older

_AGGREGATOR_DAYS = 7  # how late a site that copies reports mostly stamps them
_NEIGHBOUR_DAYS = (21, 45)  # items that share a page: how much older or newer than the report they are
_CAPTION_DAYS = 120  # a picture without a year is of the last months
_SEASON_DAYS = 300  # a picture with its full date is mostly of the year before
_PAIR_DAYS = 14
_HALF_YEAR = 183
_YEAR_DAYS = 366
_MONTH_DAYS = 30
_SAME_YEAR_DAYS = 330  # a month or day said without its year is of the last eleven months
_LEAD_SENTENCES = 3
_NEAR_YEARS = (3, 6)  # a report speaks of years near its own: within three most likely, within six still


def own_clues(report: Report, outline: Outline | None) -> list[Clue]:
    """Return the clues that the page itself gives: its stamps and captions, and the dates of its text."""
    times = outline.times if outline else ()
    lead_end = _lead_end(report, outline)
    saved = [c.value.end for c in report.candidates if c.kind == "captured" and c.value.end]
    # Zones differ by a day: what is stamped later than that is another thing's date, or wrong.
    told = [c for c in report.candidates if not saved or _first_day(c) <= min(saved).toordinal() + 1]
    found = [clue for candidate in told for clue in _from_candidate(candidate)]
    found += _from_captions(report)
    found += _from_full_dates(times, lead_end)
    found += _from_years(times)
    found += _from_month_days(times, lead_end)
    found += _from_months(times)
    found += _from_lead_weekday(times, lead_end)
    return found


def _first_day(candidate: DateCandidate) -> int:
    """The first day (ordinal) that a candidate allows."""
    return candidate.value.start.toordinal() if candidate.value.start else 0


def _lead_end(report: Report, outline: Outline | None) -> int:
    """The offset at which the report's first sentences end."""
    if outline and outline.sentences:
        return outline.sentences[:_LEAD_SENTENCES][-1].end
    return report.body[0].end if report.body else 0


def _fixed(first: date | None, last: date | None, before: int = 0, after: int = 0) -> Fixed:
    start = first.toordinal() - before if first else None
    return Fixed(start, last.toordinal() + after if last else None)


def is_trusted(candidate: DateCandidate) -> bool:
    """Whether a candidate may date a report alone: a publisher's field, or a stamp that nothing speaks against."""
    if candidate.kind == "metadata":
        return not _is_change(candidate)
    return candidate.kind in {"stamp", "dateline", "url"} and candidate.why_not is None


def _is_change(candidate: DateCandidate) -> bool:
    """Whether a field says when the page was changed."""
    return "changed" in (candidate.why_not or "")


def _from_candidate(candidate: DateCandidate) -> Iterator[Clue]:
    """Clues of one date that the page offers."""
    first, last, span = candidate.value.start, candidate.value.end, candidate.span
    said = f"the {candidate.kind} {_short(candidate)}"
    if candidate.kind == "metadata" and not _is_change(candidate):
        yield Clue("metadata", _fixed(first, last), _METADATA, said, span)
    elif candidate.kind == "metadata":
        yield Clue(
            "metadata", _fixed(None, last), _FUTURE_DATE, f"{said}, when it was changed", span, is_bound=True
        )
    elif candidate.kind == "dateline":
        yield Clue("dateline", _fixed(first, last, after=1), _DATELINE, said, span)
        yield Clue("dateline", _fixed(first, last), _NEARBY, said, span)
    elif candidate.kind == "url":
        yield Clue("url", _fixed(first, last), _URL, said, span)
    elif candidate.kind == "stamp" and candidate.why_not is None:
        yield Clue("stamp", _fixed(first, last), _STAMP, said, span)
    elif candidate.kind == "stamp":
        yield Clue("stamp", _fixed(first, last), DOUBTED, said, span)
        yield Clue("stamp", _fixed(first, last, before=_AGGREGATOR_DAYS), 2 * DOUBTED, said, span)
        yield Clue(
            "stamp", _fixed(None, last, after=1), _FUTURE_DATE, f"{said}, when the page stood", span, True
        )
    elif candidate.kind == "captured":
        yield Clue(
            "captured",
            _fixed(None, last),
            _CAPTURED,
            f"the page was saved on {_short(candidate)}",
            None,
            True,
        )
        near = _fixed(first, last, before=_AGGREGATOR_DAYS)
        yield Clue("captured", near, _NEARBY, "pages are mostly saved in their first week")
    elif candidate.kind == "caption":
        yield Clue(
            "caption", _fixed(first, None), _CAPTION, f"the picture of {_short(candidate)}", span, True
        )
        yield Clue("caption", _fixed(first, last, after=_SEASON_DAYS), _NEARBY, said, span, is_bound=True)
    elif candidate.kind in {"second-item", "related"}:
        before, after = _NEIGHBOUR_DAYS
        yield Clue(
            "item", _fixed(first, last, before, after), _NEARBY, f"another item of {_short(candidate)}", span
        )


def _short(candidate: DateCandidate) -> str:
    value = candidate.value
    return f"{value.start}" if value.start == value.end else f"{value.start}..{value.end}"


# --- dates of the text --------------------------------------------------------------------------------------------


def _day_of(time: TimeExpression) -> date | None:
    """The calendar day of an expression that says its year."""
    try:
        return date(time.data["year"], time.data["month"], time.data["day"])
    except (KeyError, ValueError):
        return None


def _from_full_dates(times: Sequence[TimeExpression], lead_end: int) -> Iterator[Clue]:
    """The latest past day and the earliest coming one bound the day of publication; the lead's own day names it."""
    dated = [(day, time) for time in times if (day := _day_of(time)) and time.form != "between"]
    for day, time in dated:
        if time.span.start < lead_end and time.direction < 0:
            # The day's news is told without its year: a year marks history, unless the weekday is there too.
            is_news = time.data.get("weekday") == day.isoweekday()
            weight = _PAIR if is_news else _UNSAID_DATE
            yield Clue(
                "lead", _fixed(day, day, after=1), weight, f'the lead\'s "{time.span.text}"', time.span
            )
    for direction, weight in ((-1, _PAST_DATE), (0, _UNSAID_DATE)):
        if past := [(day, time.span.start, time) for day, time in dated if time.direction == direction]:
            day, _, time = max(past, key=lambda item: item[:2])
            why = f'"{time.span.text}" is spoken of as past'
            yield Clue("text", _fixed(day, None), weight, why, time.span, is_bound=True)
    if coming := [(day, time.span.start, time) for day, time in dated if time.direction > 0]:
        day, _, time = min(coming, key=lambda item: item[:2])
        why = f'"{time.span.text}" is spoken of as to come'
        yield Clue("text", _fixed(None, day), _FUTURE_DATE, why, time.span, is_bound=True)


def _from_years(times: Sequence[TimeExpression]) -> Iterator[Clue]:
    """A report comes after the latest year it looks back on, and mostly not long after."""
    years: list[tuple[int, TimeExpression]] = []
    for time in times:
        said = [n for name, n in time.data.items() if name in {"year", "from_year", "to_year"} and n]
        if said and time.direction <= 0 and time.form != "decade":
            years.append((max(said), time))
    if not years:
        return
    year, time = max(years, key=lambda item: (item[0], -item[1].span.start))
    why = f'"{time.span.text}" is looked back on'
    weight = _MONTH_DAY if time.direction < 0 else _MONTH
    yield Clue("text", _fixed(date(year, 1, 1), None), weight, why, time.span, is_bound=True)
    for reach in _NEAR_YEARS:
        yield Clue(
            "text", _fixed(date(year, 1, 1), date(year + reach, 12, 31)), _NEAREST, why, time.span, True
        )


def _without_year(times: Iterable[TimeExpression], form: str) -> list[TimeExpression]:
    return [time for time in times if time.form == form and "year" not in time.data]


def _from_month_days(times: Sequence[TimeExpression], lead_end: int) -> Iterator[Clue]:
    """ "October 1" without a year: past ones end shortly before publication, coming ones begin after it."""
    # A day that is said again says nothing more.
    said = {tuple(sorted(time.data.items())): time for time in reversed(_without_year(times, "month-day"))}
    days = sorted(said.values(), key=lambda time: time.span.start)
    past = [time for time in days if time.direction <= 0]
    coming = [time for time in days if time.direction > 0]
    latest = _latest(past)
    for time in past:
        month, day, weekday = time.data["month"], time.data["day"], time.data.get("weekday", 0)
        why = f'"{time.span.text}" is spoken of as past'
        if weekday:
            paired = f'"{time.span.text}" gives a weekday and a day that agree in few years'
            weight = _PAIR if time is latest else _FURTHER_PAIR
            yield Clue("pair", Yearly(month, day, 0, _PAIR_DAYS, weekday), weight, paired, time.span)
        yield Clue("text", Yearly(month, day, 0, _HALF_YEAR), _MONTH_DAY / len(past), why, time.span)
    for time in coming:
        shape = Yearly(time.data["month"], time.data["day"], -_HALF_YEAR, 0, time.data.get("weekday", 0))
        why = f'"{time.span.text}" is spoken of as to come'
        yield Clue("text", shape, _MONTH_DAY / len(coming), why, time.span)
    if latest and latest.span.start < lead_end:
        shape = Yearly(latest.data["month"], latest.data["day"], 0, 1, latest.data.get("weekday", 0))
        yield Clue("lead", shape, _LEAD, f'"{latest.span.text}" is the day of its news', latest.span)


def _latest(times: Sequence[TimeExpression], sign: int = 1) -> TimeExpression | None:
    """The one that all the others can lie in the half year before (``sign`` -1: after), or None if there is none."""
    places = sorted({_place(time) for time in times})
    for place in places:
        if all(sign * (place - other) % _YEAR_DAYS <= _HALF_YEAR for other in places):
            return next(time for time in times if _place(time) == place)
    return None


def _place(time: TimeExpression) -> int:
    """The day of the year of a month-day or month."""
    month = time.data.get("month", time.data.get("from_month", 1))
    return date(2000, month, min(time.data.get("day", 1), 28)).timetuple().tm_yday


def _from_months(times: Sequence[TimeExpression]) -> Iterator[Clue]:
    """ "In March" without a year: the latest looked back on and the first to come, each within the year."""
    months = [time for time in _without_year(times, "month") if "shift" not in time.data]
    since = [time for time in times if time.form == "since" and _says_month_only(time)]
    if latest := _latest([time for time in months if time.direction < 0] + since):
        month, why = (
            latest.data.get("month") or latest.data["from_month"],
            f'"{latest.span.text}" is looked back on',
        )
        yield Clue("text", Yearly(month, 1, 0, _SAME_YEAR_DAYS), _MONTH, why, latest.span)
        yield Clue("text", Yearly(month, 1, _MONTH_DAYS, _SAME_YEAR_DAYS), _BEYOND_MONTH, why, latest.span)
    if first := _latest([time for time in months if time.direction > 0], sign=-1):
        month, why, before = (
            first.data["month"],
            f'"{first.span.text}" is still to come',
            _MONTH_DAYS - _SAME_YEAR_DAYS,
        )
        yield Clue("text", Yearly(month, 1, before, _MONTH_DAYS - 1), _MONTH, why, first.span)
        yield Clue("text", Yearly(month, 1, before, -1), _BEYOND_MONTH, why, first.span)


def _says_month_only(time: TimeExpression) -> bool:
    return "from_month" in time.data and "from_day" not in time.data and "from_year" not in time.data


def _from_lead_weekday(times: Sequence[TimeExpression], lead_end: int) -> Iterator[Clue]:
    """A lead that says "on Thursday" of the past came out that day or the next."""
    said = [
        time
        for time in times
        if time.form == "weekday"
        and time.span.start < lead_end
        and time.direction <= 0
        and len(time.data) <= 2
    ]
    if not said or said[0].data.get("shift"):
        return

    def reach(time: TimeExpression) -> int:
        """How many days back all the lead's weekdays lie, if this one is the latest."""
        return max((time.data["weekday"] - other.data["weekday"]) % 7 for other in said)

    latest = min(said, key=lambda time: (reach(time), time.span.start))
    weekday = latest.data["weekday"]
    name = date_words().weekday_names[weekday - 1]
    days = frozenset({weekday, weekday % 7 + 1})
    yield Clue("lead", Weekly(days), _WEEKDAY, f"the lead's {name}", latest.span)


def _from_captions(report: Report) -> Iterator[Clue]:
    """A picture was taken before the report came out."""
    for block in report.furniture:
        if block.kind != "caption":
            continue
        for time in _without_year(find_times_in(report.text, block.start, block.end), "month-day"):
            shape = Yearly(
                time.data["month"], time.data["day"], 0, _CAPTION_DAYS, time.data.get("weekday", 0)
            )
            yield Clue("caption", shape, _MONTH, f'the picture of "{time.span.text}"', time.span)


# --- clues as sets of days ----------------------------------------------------------------------------------------


def widened(clue: Clue, days: int, share: float) -> Clue | None:
    """Return a relative's clue with room for the days between the two reports, or None if it says nothing then."""
    shape = clue.shape
    if isinstance(shape, Weekly):
        return None
    if isinstance(shape, Fixed):
        start = None if shape.start is None else shape.start - days
        wider: Shape = Fixed(start, None if shape.end is None else shape.end + days)
    else:
        wider = replace(shape, first=shape.first - days, last=shape.last + days)
    weight = min(clue.weight * share, _MOST_OF_A_RELATIVE)
    return replace(clue, kind="lineage", shape=wider, weight=weight, span=None, why=f"in a copy, {clue.why}")


def mask(shape: Shape, first: int, n_days: int) -> Mask:
    """Return which of the ``n_days`` days from ordinal ``first`` the shape holds."""
    days = np.arange(first, first + n_days)
    if isinstance(shape, Weekly):
        return np.isin((days - 1) % 7 + 1, sorted(shape.weekdays))
    if isinstance(shape, Fixed):
        low = -1 if shape.start is None else shape.start
        return (days >= low) & (days <= (shape.end if shape.end is not None else days[-1]))
    held = np.zeros(n_days, dtype=bool)
    for year in range(date.fromordinal(first).year - 1, date.fromordinal(first + n_days).year + 2):
        try:
            day = date(year, shape.month, shape.day)
        except ValueError:
            continue
        if shape.weekday in (0, day.isoweekday()):
            start = max(0, day.toordinal() + shape.first - first)
            held[start : max(0, day.toordinal() + shape.last - first + 1)] = True
    return held


def holds(shape: Shape, days: PartialDate) -> bool:
    """Return whether the shape holds any of the days."""
    if days.start is None:
        return False
    return bool(mask(shape, days.start.toordinal(), days.n_days).any())
