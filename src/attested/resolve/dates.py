"""Date expressions to days, once the day of the report (or of the mention) is known, with the arithmetic in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from attested.model import TimeExpression
from attested.resolve.calendar import RESOLVERS, Case, Data
from attested.text.datewords import date_words
from attested.values import PartialDate

_NOT_DATES = {"duration", "set", "clock"}
_WITH_YEAR = {
    "month-day",
    "month",
    "season",
    "quarter",
    "feast",
    "week-of",
    "between",
    "half",
    "day-of-month",
}


@dataclass(frozen=True, slots=True)
class Anchored:
    """Days with a sentence for a reader on how they were worked out."""

    date: PartialDate
    why: str


def anchor_time(
    expression: TimeExpression, published: PartialDate, mention_date: PartialDate | None = None
) -> Anchored:
    """Return the days that an expression means.

    ``published`` is when the report came out, ``mention_date`` the day that "five days later" counts from. Either
    may be an interval: the result then holds every day that some day of the interval leads to, and is one day if
    all lead to the same. What cannot be dated comes back unknown, with the words as its text.
    """
    words = expression.span.text
    if expression.form in _NOT_DATES:
        return Anchored(PartialDate(text=words), f'"{words}" names no date')
    against = mention_date if expression.anchor == "mention" else published
    if against is None or not against.is_known:
        return _without_anchor(expression)
    assert against.start is not None
    assert against.end is not None
    days = _over(expression, against.start, against.end)
    if days is None:
        return Anchored(PartialDate(text=words), f'"{words}" is too vague for a date')
    return Anchored(days, f'"{words}" -> {_shown(days)}, {_how(expression, against)}')


def _over(expression: TimeExpression, first: date, last: date) -> PartialDate | None:
    """The days an expression means from somewhere between two days.

    Every rule moves forward as its anchor does, so the ends of the anchor give the ends of the result.
    """
    resolve = RESOLVERS[expression.form]
    low = resolve(Case(expression.data, first, expression.direction))
    high = low if first == last else resolve(Case(expression.data, last, expression.direction))
    if low is None or high is None or not low.is_known or not high.is_known:
        return None
    if (low.start, low.end) == (high.start, high.end):
        return PartialDate(low.start, low.end, low.precision, expression.span.text)
    starts, ends = [low.start, high.start], [low.end, high.end]
    return PartialDate.span(min(d for d in starts if d), max(d for d in ends if d), expression.span.text)


def _without_anchor(expression: TimeExpression) -> Anchored:
    """The days of an expression that needs no anchor, else an unknown date with the reason."""
    words = expression.span.text
    if expression.anchor == "none" or "year" in expression.data or _has_own_years(expression.data):
        anyday = date(2000, 1, 1)
        days = _over(expression, anyday, anyday)
        if days is not None:
            return Anchored(days, f'"{words}" -> {_shown(days)}, as written')
    missing = "what it counts from" if expression.anchor == "mention" else "when the report was published"
    return Anchored(PartialDate(text=words), f'"{words}" stays open: {missing} is not known')


def _has_own_years(data: Data) -> bool:
    return "from_year" in data and "to_year" in data


def _shown(days: PartialDate) -> str:
    return f"{days.start}" if days.start == days.end else f"{days.start}..{days.end}"


def _how(expression: TimeExpression, against: PartialDate) -> str:
    """The rule in words."""
    anchor = f"the report of {_shown(against)}"
    if expression.anchor == "none" or (expression.form in _WITH_YEAR and "year" in expression.data):
        return "as written"
    if expression.anchor == "mention":
        return f"counted from what the report dates to {_shown(against)}"
    name = ""
    if expression.form == "weekday":
        name = date_words().weekday_names[expression.data["weekday"] - 1]
        side = "first {} on or after" if expression.direction > 0 else "last {} on or before"
        return f"the {side.format(name)} {anchor}"
    if expression.form in _WITH_YEAR:
        side = {1: "the first on or after", -1: "the last on or before"}.get(
            expression.direction, "the nearest to"
        )
        return f"{side} {anchor}"
    return f"relative to {anchor}"
