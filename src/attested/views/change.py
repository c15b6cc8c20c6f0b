"""Two runs of days side by side: whether the incidents of the later one are more or fewer than chance makes them.

Of two counts over equally many days, given their sum n, the later one is binomial(n, 1/2) if nothing has changed: the
exact conditional test of two Poisson counts (Przyborowski and Wilenski, Biometrika 31, 1940), two-sided as twice the
smaller tail. It takes incidents to come singly. Attacks come in waves, so the true chance is larger than the one told.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import exp, lgamma, log
from typing import Literal

from attested.incidents.fused import FusedIncident
from attested.values import PartialDate
from attested.views.facts import Facts
from attested.views.words import day_words

Verdict = Literal["rising", "falling", "no more than chance", "too few to compare", "not covered"]

LEVEL = 0.05
"""A change that chance brings more rarely than this is told as one; one in twenty, as statisticians use."""
MIN_COUNT = 6
"""With fewer in both runs of days no outcome is rarer than LEVEL (5 against 0 is 1 in 16, 6 against 0 1 in 32)."""
MIN_COVERED = 0.5
"""Share of the weeks of a run from which there must be reports: one old report does not make a year's silence peace."""
_NEGLIGIBLE = 1e-17  # of the sum so far: below a float's last digit
# A report whose own date is wider than a week does not show that its days were reported on.
_MAX_PUBLISHED_DAYS = 7


@dataclass(frozen=True, slots=True)
class Window:
    """``days`` days up to ``end`` beside as many before ``middle``; ``why_not`` says why they cannot be compared."""

    days: int
    start: date
    middle: date
    end: date
    n_reports: int
    n_reports_before: int
    why_not: str | None

    def run_of(self, when: PartialDate) -> Literal["last", "before", "unsure", "outside"]:
        """The run in which an interval lies whole; ``unsure`` if it reaches over an edge."""
        if when.start is None or when.end is None or when.end < self.start or when.start > self.end:
            return "outside"
        if when.start >= self.middle and when.end <= self.end:
            return "last"
        return "before" if when.start >= self.start and when.end < self.middle else "unsure"


@dataclass(frozen=True, slots=True)
class Change:
    """Incidents of a window's two runs. Those ``unsure`` may lie in either or in neither, and are in no count."""

    last: int
    before: int
    unsure: int
    verdict: Verdict
    chance: float | None

    @property
    def percent(self) -> int | None:
        """By how much the later count is above or below the earlier one; None of nothing."""
        return round(100 * (self.last - self.before) / self.before) if self.before else None


def published_days(facts: Facts) -> list[date]:
    """The days on which reports were published, of those known well enough, in order."""
    return days_of((facts.published(report).interval, 1) for report in facts.reports)


def days_of(published: Iterable[tuple[PartialDate, int]]) -> list[date]:
    """The last day of each interval known well enough, in order, as often as there are reports of it."""
    known = ((i.end, n) for i, n in published if i.end is not None and i.n_days <= _MAX_PUBLISHED_DAYS)
    return sorted(day for day, n in known for _ in range(n))


def window(days: int, end: date, published: Sequence[date]) -> Window:
    """The window of so many days up to ``end``, for reports published on these days (in order)."""
    middle = end - timedelta(days=days - 1)
    start = middle - timedelta(days=days)
    a, b, c = (bisect_left(published, day) for day in (start, middle, end + timedelta(days=1)))
    before, last = published[a:b], published[b:c]
    why_not = None
    if not published:
        why_not = "no report is dated"
    elif published[0] > start:
        why_not = f"the reports begin only on {day_words(published[0])}"
    else:
        why_not = _gap(middle, days, last) or _gap(start, days, before)
    return Window(days, start, middle, end, len(last), len(before), why_not)


def _gap(start: date, days: int, published: Iterable[date]) -> str | None:
    """What is wrong with the reports of one run; None if enough of its weeks have any."""
    n_weeks = -(-days // 7)
    n_with = len({(day - start).days // 7 for day in published})
    if n_with >= n_weeks * MIN_COVERED:
        return None
    end = start + timedelta(days=days - 1)
    found = f"only {n_with}" if n_with else "none"
    return f"reports come from {found} of the {n_weeks} weeks from {day_words(start)} to {day_words(end)}"


def change_in(window: Window, incidents: Iterable[FusedIncident]) -> Change:
    """How the two runs of a window compare; nothing is judged where reports do not reach back."""
    runs = [window.run_of(incident.date) for incident in incidents]
    return change_of(window, runs.count("last"), runs.count("before"), runs.count("unsure"))


def change_of(window: Window, last: int, before: int, unsure: int) -> Change:
    """How two counts of a window compare; nothing is judged where reports do not reach back."""
    verdict, chance = judge(last, before)
    if window.why_not:
        verdict, chance = "not covered", None
    return Change(last, before, unsure, verdict, chance)


def change_words(change: Change | None) -> str:
    """``rising, +108 %``, ``no more than chance``, ``too few to compare``; nothing where it is not covered."""
    if change is None or change.verdict == "not covered":
        return ""
    is_told = change.verdict in ("rising", "falling") and change.percent is not None
    return f"{change.verdict}, {change.percent:+d} %" if is_told else change.verdict


def judge(last: int, before: int) -> tuple[Verdict, float | None]:
    """What two counts over equal runs of days say, and the chance of it; None where there are too few to ask."""
    if max(last, before) < MIN_COUNT:
        return "too few to compare", None
    chance = chance_of(last, before)
    if chance >= LEVEL:
        return "no more than chance", chance
    return "rising" if last > before else "falling", chance


def chance_of(last: int, before: int) -> float:
    """How often chance alone parts ``last + before`` incidents at least so unevenly over two equal runs of days."""
    n, fewer = last + before, min(last, before)
    term = exp(lgamma(n + 1) - lgamma(fewer + 1) - lgamma(n - fewer + 1) - n * log(2))
    tail = term
    for k in range(fewer, 0, -1):  # P(k - 1) = P(k) · k / (n - k + 1)
        term *= k / (n - k + 1)
        tail += term
        if term < tail * _NEGLIGIBLE:
            break
    return min(1.0, 2 * tail)
