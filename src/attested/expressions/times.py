"""Date expressions in running text: what the words say, before anyone knows when the report was written.

The rules are data (``data/time_rules.toml``); a rule's named groups are read into numbers here.
``resolve.dates.anchor_time`` turns an expression into days.

``TimeExpression.data`` by form ("part" is 1 early, 2 mid, 3 late, 4 earlier = so far, 5 later = from now on;
"clock" the time of day: 1 morning, 2 afternoon, 3 evening, 4 night; "unit" as in date_words.toml):

=================  =====================================================  ================================
form               data                                                   example
=================  =====================================================  ================================
iso                year month day                                         2020-10-01
numeric            first second year                                      10/1/2020 (either order)
month-day-year     month day year [weekday] [clock]                       Thursday, Oct. 1, 2020
month-day          month day [weekday] [clock] [year_shift]               Thursday (October 1); May 3 last year
day-of-month       day                                                    on the 14th
week-of            month day [year]                                       the week of March 6
month-year         month year [part]                                      early August 2020
month              month [part] [shift] [year_shift]                      early August; last October
weekday            weekday [shift] [week_shift] [clock]                   next Tuesday; Wednesday evening
relative-day       shift [clock]                                          yesterday; tonight; last night
this, last, next   unit [part]                                            earlier this month; last week
run                [low high] unit shift                                  the past two weeks; recent months
ago                [low high] unit shift (-1 ago, +1 from now)            nearly two years ago
later, earlier     low high unit ("the same day", "that year": high 0)    five days later (of a mention)
quarter, half      nth [year] [shift]                                     third quarter
season             month [year] [shift] [part]                            last summer
year, decade       year [part]                                            2018; the early 1990s
feast              month day, or month weekday nth, or easter (days       Christmas Eve; Thanksgiving
                   after it); [year] [shift]
since              from_form, and the inner expression's data as from_*   since early August
between            from_form from_* to_form to_*                          between May 3 and June 9
duration           [low high] unit                                        six months (not a date)
set                                                                       every week (not a date)
clock              hour [minute] meridiem (1 am, 2 pm)                    10:35 a.m. (of a mention)
vague              direction                                              now; recently; the future
=================  =====================================================  ================================
"""

from __future__ import annotations

import re
from dataclasses import replace

from attested.expressions.tense import direction_in_parse, direction_in_words
from attested.expressions.time_rules import FORMS, Anchor, Data, scan
from attested.model import Span, TimeExpression
from attested.reading.tokens import Sentence

_DATES = {
    "iso", "numeric", "month-day-year", "month-day", "day-of-month", "month-year", "month", "weekday", "year",
    "relative-day", "this", "last", "next", "ago", "season", "quarter", "decade", "feast",
}  # fmt: skip
_TURNING = {
    "weekday", "month", "month-day", "day-of-month", "season", "feast", "quarter", "week-of", "between", "year",
    "month-day-year", "month-year", "iso",
}  # fmt: skip
_DIRECTED = {"last": -1, "next": 1}
_SINCE = re.compile(r"\bsince\s+(?:about\s+|around\s+|at\s+least\s+)?$", re.IGNORECASE)
_LINK = re.compile(r",?\s+(and|to|until|till|through)\s+", re.IGNORECASE)
_OPENING = re.compile(r"\b(between|from)\s+(?:about\s+|around\s+)?$", re.IGNORECASE)


def find_times(sentence: Sentence, *, is_joined: bool = True) -> tuple[TimeExpression, ...]:
    """Return the date expressions of a sentence, with the direction of the verb that governs each.

    ``is_joined`` makes one expression of "between X and Y", "from X to Y" and "since X".
    """
    found = find_times_in(sentence.text, is_joined=is_joined)
    moved = (_moved(expression, sentence.start) for expression in found)
    return tuple(
        replace(e, direction=direction_in_parse(sentence, e.span) or e.direction) if e.form in _TURNING else e
        for e in moved
    )


def find_times_in(
    text: str, start: int = 0, end: int | None = None, *, is_joined: bool = True
) -> tuple[TimeExpression, ...]:
    """Return the date expressions of ``text[start:end]`` without a parse; direction by the words around.

    ``is_joined`` makes one expression of "between X and Y", "from X to Y" and "since X".
    """
    stop = len(text) if end is None else end
    found = [replace(e, direction=_own_direction(e, text, start, stop)) for e in scan(text, start, stop)]
    return tuple(_joined(found, text, start) if is_joined else found)


def _own_direction(expression: TimeExpression, text: str, start: int, end: int) -> int:
    """The direction the expression states itself, else that of the words around it."""
    stated = expression.data.get("shift", 0)
    if expression.form in _DIRECTED:
        return _DIRECTED[expression.form]
    if stated or expression.form not in _TURNING:
        return max(-1, min(1, stated))
    return direction_in_words(text, expression.span, start, end)


def _moved(expression: TimeExpression, by: int) -> TimeExpression:
    span = expression.span
    return replace(expression, span=Span(span.start + by, span.end + by, span.text))


def _joined(found: list[TimeExpression], text: str, start: int) -> list[TimeExpression]:
    """Neighbours that bound one stretch made one; "since X" marked."""
    joined: list[TimeExpression] = []
    for expression in found:
        left = joined[-1] if joined else None
        if left and (whole := _as_between(left, expression, text, start)):
            joined[-1] = whole
        elif expression.form in _DATES and _SINCE.search(
            text, max(start, expression.span.start - 12), expression.span.start
        ):
            joined.append(
                replace(expression, form="since", anchor=_wider(expression), data=_inner("from", expression))
            )
        else:
            joined.append(expression)
    return joined


def _as_between(left: TimeExpression, right: TimeExpression, text: str, start: int) -> TimeExpression | None:
    """The stretch from one date to the next, if the words between and before them say so."""
    link = _LINK.fullmatch(text, left.span.end, right.span.start)
    opening = _OPENING.search(text, max(start, left.span.start - 12), left.span.start)
    if not link or not opening or left.form not in _DATES or right.form not in _DATES:
        return None
    if (opening.group(1).lower() == "between") != (link.group(1).lower() == "and"):
        return None
    span = Span(opening.start(1), right.span.end, text[opening.start(1) : right.span.end])
    data = {**_inner("from", left), **_inner("to", right)}
    return TimeExpression(span, "between", "published", data, direction=right.direction)


def _inner(prefix: str, expression: TimeExpression) -> Data:
    """An expression's numbers under a prefix, with the place of its form."""
    numbers = {f"{prefix}_{name}": number for name, number in expression.data.items()}
    return {f"{prefix}_form": FORMS.index(expression.form), **numbers}


def _wider(expression: TimeExpression) -> Anchor:
    return "mention" if expression.anchor == "mention" else "published"
