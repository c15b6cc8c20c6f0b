"""Calendar dates with a year, as a page states them: stamps, captions, addresses, meta fields."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime

from attested.model import DateCandidate, Span
from attested.values import PartialDate

_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
           "november", "december")  # fmt: skip
_MONTH = (
    r"(?P<month>Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?"
    r"|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?"
)
_YEAR = r"(?P<year>(?:19[5-9]|20[0-4])\d)"
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
_TIME = r"(?:[T ,-]{1,3}(?P<clock>[0-2]?\d:[0-5]\d(?::[0-5]\d)?))?"
_PATTERNS = (
    re.compile(rf"(?<!\d){_YEAR}[-/.](?P<month>[01]?\d)[-/.](?P<day>[0-3]?\d)(?!\d){_TIME}"),
    re.compile(rf"\b{_MONTH} ?{_DAY},? {_YEAR}\b(?:,? (?:at )?(?P<clock>[0-2]?\d:[0-5]\d))?", re.I),
    re.compile(
        rf"\b{_DAY}(?: of)?[ -]{_MONTH},?[ -]{_YEAR}\b(?:,? (?:at )?(?P<clock>[0-2]?\d:[0-5]\d))?", re.I
    ),
    re.compile(
        rf"(?<![\d/])(?P<first>[0-3]?\d)(?P<mark>[/.])(?P<second>[0-3]?\d)(?P=mark){_YEAR}(?!\d){_TIME}"
    ),
    re.compile(rf"\b{_MONTH},? {_YEAR}\b", re.I),
)
_IN_ADDRESS = re.compile(rf"/{_YEAR}[/-](?P<month>[01]?\d)(?:[/-](?P<day>[0-3]?\d))?(?=[/-]|$)")
MIDNIGHT = ("00:00", "00:00:00", "0:00")


def find_dates(text: str, start: int, end: int) -> Iterator[tuple[PartialDate, Span, str]]:
    """Every date with a year in ``text[start:end]``, in order: value, span, clock time or ""."""
    found: list[tuple[PartialDate, Span, str]] = []
    taken: list[tuple[int, int]] = []
    for pattern in _PATTERNS:
        for match in pattern.finditer(text, start, end):
            if any(match.start() < last and first < match.end() for first, last in taken):
                continue
            if (value := _value(match)) is not None:
                taken.append(match.span())
                span = Span(match.start(), match.end(), match.group())
                found.append((value, span, match.groupdict().get("clock") or ""))
    yield from sorted(found, key=lambda item: item[1])


def date_in_address(url: str) -> PartialDate | None:
    """The date in the path of a news address (/2020/10/01/...), or None."""
    match = _IN_ADDRESS.search(url)
    return None if match is None else _value(match)


def first_date(text: str) -> tuple[PartialDate, str] | None:
    """The first date in a stated field with its clock time, or None."""
    return next(((value, clock) for value, _, clock in find_dates(text, 0, len(text))), None)


def captured_on(stated: str) -> DateCandidate | None:
    """The day on which a page was saved, which is no earlier than its publication; None if it is no ISO 8601 time."""
    try:
        at = datetime.fromisoformat(stated)
        moment = at.astimezone(UTC).isoformat(timespec="seconds") if at.tzinfo else None
    except (ValueError, OverflowError):  # no time, or one at the ends of the calendar
        return None
    return DateCandidate(PartialDate.day(at.date()), "captured", None, "when the page was saved", moment)


def _value(match: re.Match[str]) -> PartialDate | None:
    parts = match.groupdict()
    year = int(parts["year"])
    try:
        if "first" in parts:
            return _day_month(int(parts["first"]), int(parts["second"]), year, match.group())
        month = _month_number(parts["month"])
        if not parts.get("day"):
            return PartialDate.month(year, month, match.group())
        return PartialDate.day(date(year, month, int(parts["day"])), match.group())
    except ValueError:
        return None


def _day_month(first: int, second: int, year: int, text: str) -> PartialDate:
    """3/4/2020 is 3 April or March 4: the two days when both can be, as a range that holds both."""
    days = set()
    for month, day in ((first, second), (second, first)):
        if 1 <= month <= 12 and 1 <= day <= 31:
            days.add(date(year, month, day))
    if not days:
        raise ValueError(text)
    return PartialDate.span(min(days), max(days), text)


def _month_number(text: str) -> int:
    if text.isdigit():
        return int(text)
    return next(i for i, name in enumerate(_MONTHS, 1) if name.startswith(text.lower()[:3]))
