"""The day of an incident that no report tells: the report's where it reads as news of its own day, else a window."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date

from attested.incidents.context import FuseContext
from attested.incidents.profile import mention_date
from attested.model import Mention
from attested.values import PartialDate

UNTOLD = "no day is told"
"""What the reason of such a day or window begins with."""
# Expressions that name no day but may stand in the news of the day. On gva dev and train the day of such a report was
# its incident's in 36 of 43.
_TIMELESS = frozenset({"clock", "duration", "set", "vague", "later", "run"})
# What is told long after a deed.
_PROCEEDINGS = re.compile(
    r"\b(?:guilty|sentenc\w+|trials?|convict\w+|plead\w*|pled|indict\w+|jur(?:y|ors?)|verdict|appeals?|parole)\b",
    re.IGNORECASE,
)


def untold_day(context: FuseContext, mention_ids: Iterable[str]) -> tuple[PartialDate, str]:
    """The day of an incident, or a window, where no report tells any, and why."""
    mentions = [context.mentions[m] for m in sorted(mention_ids) if m in context.mentions]
    if days := sorted(_days_of_news(context, mentions)):
        return PartialDate.day(days[0]), f"{UNTOLD}: that of a report that tells no other day"
    guesses = [mention_date(context, m, ())[0] for m in mentions]
    window = [g for g in guesses if g.is_known]
    if not window:
        return PartialDate(), f"{UNTOLD} and the reports' own dates are unknown"
    best = min(window, key=lambda d: (d.n_days, d.start, d.end))
    return best, f"{UNTOLD}: within the month before the report"


def _days_of_news(context: FuseContext, mentions: Iterable[Mention]) -> Iterator[date]:
    """The days of reports that tell these as the news of their day."""
    for report_id in {m.report_id for m in mentions if not m.is_background}:
        published = context.published[report_id].interval
        if published.start is not None and published.n_days == 1 and _is_of_its_day(context, report_id):
            yield published.start


def _is_of_its_day(context: FuseContext, report_id: str) -> bool:
    """Whether a report names no day, month or year at all, and nothing that comes long after a deed."""
    outline, report = context.outlines.get(report_id), context.reports[report_id]
    if outline is None or any(time.form not in _TIMELESS for time in outline.times):
        return False
    told = (report.text[b.start : b.end] for b in report.body)
    return not any(_PROCEEDINGS.search(text) for text in (report.headline or "", *told))
