"""What each form of date expression means, counted from one reference day.

Every function returns the days meant, or None when the words are too vague or name no day of the calendar. All of
them move forward as the reference day does.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from attested.expressions.time_rules import FORMS
from attested.text.datewords import date_words
from attested.values import PartialDate

Data = dict[str, int]


@dataclass(frozen=True, slots=True)
class Case:
    """An expression's numbers, the day they count from, and the direction of the words around them."""

    data: Data
    day: date
    direction: int


_EARLIER, _LATER, _LATE = 4, 5, 3
_FRIDAY = 5
_SOON_DAYS = 75  # a month said without a tense that begins sooner than this is the coming one
_FEW = (1, 6)  # "recent weeks", "weeks ago": from one to half a dozen
_UNIT_DAYS = {4: 1, 5: 7, 6: 14, 7: 7}
_UNIT_MONTHS = {8: 1, 9: 3, 10: 3, 11: 6, 12: 12, 13: 120, 14: 1200}
_SLACK_DAYS = {5: 3, 6: 7, 8: 15, 9: 45, 10: 45, 12: 182, 13: 730}


# --- days of the calendar -----------------------------------------------------------------------------------------


def _on(year: int, month: int, day: int) -> PartialDate | None:
    try:
        return PartialDate.day(date(year, month, day))
    except ValueError:
        return None


def _full_date(case: Case) -> PartialDate | None:
    """Month and day, in the year said or the year that fits."""
    return _in_year(case, lambda year: _on(year, case.data["month"], case.data["day"]))


def _feast(case: Case) -> PartialDate | None:
    """A feast in the year said or the year that fits: a fixed day, the nth weekday of a month, or by Easter."""
    if "day" in case.data:
        return _full_date(case)
    if "easter" in case.data:
        return _in_year(
            case, lambda year: PartialDate.day(_easter(year) + timedelta(days=case.data["easter"]))
        )
    return _in_year(case, lambda year: _nth_weekday(year, case.data))


def _nth_weekday(year: int, data: Data) -> PartialDate:
    """The nth (-1: last) of a weekday in a month."""
    first = date(year, data["month"], 1)
    ahead = (data["weekday"] - first.isoweekday()) % 7
    if data["nth"] > 0:
        return PartialDate.day(first + timedelta(days=ahead + 7 * (data["nth"] - 1)))
    last = first.replace(day=monthrange(year, data["month"])[1])
    return PartialDate.day(last - timedelta(days=(last.isoweekday() - data["weekday"]) % 7))


def _easter(year: int) -> date:
    """Western Easter Sunday, by the anonymous Gregorian rule (Meeus, Astronomical Algorithms, chapter 8)."""
    a, b, c = year % 19, year // 100, year % 100
    d = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    e = (32 + 2 * (b % 4) + 2 * (c // 4) - d - c % 4) % 7
    f = d + e - 7 * ((a + 11 * d + 22 * e) // 451) + 114
    return date(year, f // 31, f % 31 + 1)


def _in_year(case: Case, on: Callable[[int], PartialDate | None]) -> PartialDate | None:
    """What ``on`` gives for the year said; else the nearest, or with "last" and "next" the one on that side."""
    if "year" in case.data:
        return on(case.data["year"])
    if "year_shift" in case.data:
        return on(case.day.year + case.data["year_shift"])
    years = (case.day.year - 1, case.day.year, case.day.year + 1)
    days = [found for year in years if (found := on(year)) and found.start]
    if shift := case.data.get("shift"):
        days = [found for found in days if found.start and (found.start - case.day).days * shift > 0]
        return _closest(days, case.day, 0)
    return _closest(days, case.day, case.direction)


def _closest(days: list[PartialDate], reference: date, direction: int) -> PartialDate | None:
    """The candidate nearest to the reference day; one on the side that the words do not point to counts double.

    The double distance lets a near day win over a far one of the other year: tense is told wrongly now and then.
    """

    def distance(day: PartialDate) -> tuple[int, int]:
        assert day.start is not None
        gap = (day.start - reference).days
        return abs(gap) * (2 if gap * direction < 0 else 1), gap

    return min(days, key=distance, default=None)


def _numeric(case: Case) -> PartialDate | None:
    """Day/month or month/day: one day when only one reading exists, else both readings as the ends of a range."""
    readings = {
        day.start
        for month, number in (
            (case.data["first"], case.data["second"]),
            (case.data["second"], case.data["first"]),
        )
        if (day := _on(case.data["year"], month, number)) and day.start
    }
    return PartialDate.span(min(readings), max(readings)) if readings else None


def _day_of_month(case: Case) -> PartialDate | None:
    months = (_month_at(case.day, shift) for shift in (-1, 0, 1))
    days = [day for month in months if (day := _on(month.year, month.month, case.data["day"]))]
    return _closest(days, case.day, case.direction)


def _week_of(case: Case) -> PartialDate | None:
    day = _full_date(case)
    return _week(day.start) if day and day.start else None


def _weekday(case: Case) -> PartialDate | None:
    wanted = case.data["weekday"]
    if "week_shift" in case.data:
        monday = case.day - timedelta(days=case.day.isoweekday() - 1)
        return PartialDate.day(monday + timedelta(days=7 * case.data["week_shift"] + wanted - 1))
    back = (case.day.isoweekday() - wanted) % 7
    shift = case.data.get("shift")
    if shift == 0 and case.direction == 0:  # "this Friday": of this week
        return PartialDate.day(case.day + timedelta(days=wanted - case.day.isoweekday()))
    if shift == 1 or (case.direction > 0 and shift != -1):
        ahead = (-back) % 7
        return PartialDate.day(case.day + timedelta(days=ahead or (7 if shift == 1 else 0)))
    return PartialDate.day(case.day - timedelta(days=back or (7 if shift == -1 else 0)))


def _relative_day(case: Case) -> PartialDate:
    return PartialDate.day(case.day + timedelta(days=case.data["shift"]))


# --- months, seasons, years ---------------------------------------------------------------------------------------


def _month_at(day: date, shift: int) -> date:
    """The first day of the month ``shift`` months away."""
    index = day.year * 12 + day.month - 1 + shift
    return date(index // 12, index % 12 + 1, 1)


def _months(first: date, n_months: int) -> PartialDate:
    last = _month_at(first, n_months) - timedelta(days=1)
    if n_months == 1:
        return PartialDate.month(first.year, first.month)
    if n_months == 12 and first.month == 1:
        return PartialDate.year(first.year)
    return PartialDate.span(first, last)


def _month(case: Case) -> PartialDate | None:
    return _part_of(_stretch(case, n_months=1), case)


def _season(case: Case) -> PartialDate | None:
    return _part_of(_stretch(case, n_months=3), case)


def _stretch(case: Case, *, n_months: int) -> PartialDate:
    """A run of months that begins with ``month``, in the year said, or the last, this or next one."""
    year = case.data.get("year", 0)
    if "year_shift" in case.data:
        year = case.day.year + case.data["year_shift"]
    if year:
        return _months(date(year, case.data["month"], 1), n_months)
    begun = case.day.month >= case.data["month"]
    latest = date(case.day.year - (not begun), case.data["month"], 1)
    following = date(latest.year + 1, case.data["month"], 1)
    shift = case.data.get("shift")
    is_running = _month_at(latest, n_months) > case.day
    if shift == -1 and is_running:
        return _months(date(latest.year - 1, case.data["month"], 1), n_months)
    if shift == 0:
        return _months(latest if latest.year == case.day.year else following, n_months)
    is_near = (following - case.day).days < _SOON_DAYS
    if (
        shift == 1
        or (case.direction > 0 and not is_running)
        or (case.direction == 0 and is_near and not is_running)
    ):
        return _months(following, n_months)
    return _months(latest, n_months)


def _quarter(case: Case) -> PartialDate | None:
    nth = case.data.get("nth", 1)
    if "year" in case.data or "shift" in case.data:
        year = case.data.get("year", case.day.year + case.data.get("shift", 0))
        return _months(date(year, 3 * nth - 2, 1), 3)
    this = _months(date(case.day.year, 3 * nth - 2, 1), 3)
    assert this.end is not None
    is_past = this.end < case.day or (this.start is not None and this.start <= case.day)
    year = case.day.year if is_past or case.direction > 0 else case.day.year - 1
    return _months(date(year, 3 * nth - 2, 1), 3)


def _half(case: Case) -> PartialDate | None:
    year = case.data.get("year", case.day.year + case.data.get("shift", 0))
    return _months(date(year, 1 if case.data["nth"] == 1 else 7, 1), 6)


def _year(case: Case) -> PartialDate | None:
    return _part_of(PartialDate.year(case.data["year"]), case)


def _decade(case: Case) -> PartialDate | None:
    first = case.data["year"]
    return _part_of(PartialDate.span(date(first, 1, 1), date(first + 9, 12, 31)), case)


def _part_of(whole: PartialDate, case: Case) -> PartialDate | None:
    """The early, middle or late third; what has gone by ("earlier this month") or is left ("later this year")."""
    part = case.data.get("part")
    if part is None or whole.start is None or whole.end is None:
        return whole
    if part == _EARLIER:
        return PartialDate.span(whole.start, max(whole.start, min(case.day, whole.end)))
    if part == _LATER:
        return PartialDate.span(min(whole.end, max(case.day, whole.start)), whole.end)
    third = whole.n_days // 3
    start = whole.start + timedelta(days=(part - 1) * third)
    end = whole.end if part == _LATE else start + timedelta(days=third - 1)
    return PartialDate.span(start, max(start, end))


# --- units of time ------------------------------------------------------------------------------------------------


def _week(day: date) -> PartialDate:
    monday = day - timedelta(days=day.isoweekday() - 1)
    return PartialDate(monday, monday + timedelta(days=6), "week")


def _unit_at(unit: int, reference: date, shift: int) -> PartialDate:
    """The week, weekend, month, quarter, year... ``shift`` away from the one that holds the reference."""
    units = date_words().units
    if unit <= units["day"]:
        return PartialDate.day(reference + timedelta(days=shift))
    if unit in {units["week"], units["fortnight"]}:
        return _week(reference + timedelta(days=7 * shift))
    if unit == units["weekend"]:
        monday = _week(reference + timedelta(days=7 * shift)).start
        assert monday is not None
        return PartialDate.span(monday + timedelta(days=5), monday + timedelta(days=6))
    n_months = _UNIT_MONTHS[unit]
    index = (reference.year * 12 + reference.month - 1) // n_months + shift
    first = index * n_months
    return _months(date(first // 12, first % 12 + 1, 1), n_months)


def _this(case: Case) -> PartialDate | None:
    is_weekend = case.data["unit"] == date_words().units["weekend"]
    # "The weekend" in a report of Monday to Thursday is the one just gone.
    shift = -1 if is_weekend and case.direction <= 0 and case.day.isoweekday() < _FRIDAY else 0
    return _part_of(_unit_at(case.data["unit"], case.day, shift), case)


def _last(case: Case) -> PartialDate | None:
    return _part_of(_unit_at(case.data["unit"], case.day, -1), case)


def _next(case: Case) -> PartialDate | None:
    return _part_of(_unit_at(case.data["unit"], case.day, 1), case)


def _moved(reference: date, unit: int, amount: int) -> date:
    """The day ``amount`` units away; the last day of the month where the month is too short."""
    units = date_words().units
    if unit < units["day"]:
        return reference
    if unit in _UNIT_DAYS:
        return reference + timedelta(days=amount * _UNIT_DAYS[unit])
    first = _month_at(reference, amount * _UNIT_MONTHS[unit])
    return first.replace(day=min(reference.day, monthrange(first.year, first.month)[1]))


def _counted(case: Case, sign: int) -> PartialDate | None:
    """So many units away, as exactly as the unit and the words allow: "two years ago" is a year's worth of days."""
    units, unit = date_words().units, case.data["unit"]
    low, high = case.data.get("low", _FEW[0]), case.data.get("high", _FEW[1])
    try:
        first, last = sorted((_moved(case.day, unit, sign * low), _moved(case.day, unit, sign * high)))
        if low == high and unit == units["week"]:
            return _week(first)
        if low == high and unit == units["month"]:
            return PartialDate.month(first.year, first.month)
        slack = timedelta(days=_SLACK_DAYS.get(unit, 0) if low else 0)
        return PartialDate.span(first - slack, last + slack)
    except (ValueError, OverflowError):  # before the year 1
        return None


def _ago(case: Case) -> PartialDate | None:
    return _counted(case, case.data["shift"])


def _later(case: Case) -> PartialDate | None:
    if case.data["high"] == 0:  # "that year", "the same day"
        return _unit_at(case.data["unit"], case.day, 0)
    return _counted(case, 1)


def _earlier(case: Case) -> PartialDate | None:
    return _counted(case, -1)


def _run(case: Case) -> PartialDate | None:
    """The past or coming so-many units, up to or from the reference day."""
    amount = case.data.get("high", _FEW[1])
    try:
        far = _moved(case.day, case.data["unit"], case.data["shift"] * amount)
    except (ValueError, OverflowError):
        return None
    return PartialDate.span(min(far, case.day), max(far, case.day))


# --- stretches of two dates ---------------------------------------------------------------------------------------


def _inner(case: Case, prefix: str, day: date, direction: int) -> PartialDate | None:
    """One end of a stretch."""
    data = {k.removeprefix(f"{prefix}_"): v for k, v in case.data.items() if k.startswith(f"{prefix}_")}
    return RESOLVERS[FORMS[data["form"]]](Case(data, day, direction))


def _since(case: Case) -> PartialDate | None:
    begin = _inner(case, "from", case.day, -1)
    if begin is None or begin.start is None:
        return None
    return PartialDate.span(begin.start, max(begin.start, case.day))


def _between(case: Case) -> PartialDate | None:
    if "last_day" in case.data:
        first = _full_date(case)
        last = _full_date(replace(case, data={**case.data, "day": case.data["last_day"]}))
    else:
        last = _inner(case, "to", case.day, case.direction)
        # "From May to June" without years: the beginning is the one before its end.
        near = last.start if last and last.start else case.day
        first = _inner(case, "from", near, -1)
    if first is None or last is None or first.start is None or last.end is None or first.start > last.end:
        return None
    return PartialDate.span(first.start, last.end)


def _vague(case: Case) -> PartialDate | None:  # noqa: ARG001 - one signature for all forms
    return None


RESOLVERS: dict[str, Callable[[Case], PartialDate | None]] = {
    "iso": _full_date,
    "numeric": _numeric,
    "month-day-year": _full_date,
    "month-day": _full_date,
    "day-of-month": _day_of_month,
    "week-of": _week_of,
    "month-year": _month,
    "month": _month,
    "weekday": _weekday,
    "relative-day": _relative_day,
    "this": _this,
    "last": _last,
    "next": _next,
    "run": _run,
    "ago": _ago,
    "later": _later,
    "earlier": _earlier,
    "quarter": _quarter,
    "half": _half,
    "season": _season,
    "year": _year,
    "decade": _decade,
    "feast": _feast,
    "since": _since,
    "between": _between,
    "vague": _vague,
}
