"""Date claims anchored: each claim's expression against its report's settled date and the mention before it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

from attested.model import Claim, Mention, Outline, Published, TimeExpression
from attested.resolve.dates import Anchored, anchor_time
from attested.values import PartialDate

DATE_FIELDS = frozenset({"date", "period"})
# Statuses of what lies behind the report, whatever the tense beside its date: "is in hospital after being shot Monday".
_PAST = frozenset({"happened", "accident"})
_SLACK = timedelta(days=1)  # a report's own date may lie a day before its readers'
_LATE, _TWELVE, _PM = (
    8,
    12,
    2,
)  # from 8 p.m. on, news is mostly told the next morning (``data`` of a clock time)
_YEARLY = frozenset({"month-day", "month", "feast"})


def resolve_claim_dates(
    mentions: Iterable[Mention],
    claims: Iterable[Claim],
    outlines: Mapping[str, Outline],
    published: Mapping[str, Published],
) -> dict[str, Anchored]:
    """Claim id -> its days and the arithmetic in words, for claims of the fields "date" and "period".

    An expression relative to a mention ("five days later") is counted from the mention told before it.
    """
    by_mention: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        if claim.field in DATE_FIELDS:
            by_mention[claim.mention_id].append(claim)
    by_report: dict[str, list[Mention]] = defaultdict(list)
    for mention in mentions:
        by_report[mention.report_id].append(mention)
    found: dict[str, Anchored] = {}
    for report_id in sorted(by_report):
        times = {t.span.start: t for t in outlines[report_id].times}
        told = sorted(by_report[report_id], key=lambda m: (m.trigger.start, m.id))
        _anchor_report(told, by_mention, times, published[report_id].interval, found)
    return found


def _anchor_report(
    mentions: Sequence[Mention],
    by_mention: Mapping[str, list[Claim]],
    times: Mapping[int, TimeExpression],
    published: PartialDate,
    found: dict[str, Anchored],
) -> None:
    """Anchor one report's claims in the order of its text."""
    before: PartialDate | None = None
    for mention in mentions:
        own: PartialDate | None = None
        for claim in sorted(by_mention.get(mention.id, ()), key=lambda c: (c.span.start, c.id)):
            expression = times.get(claim.span.start)
            if expression is None:
                continue
            if expression.form == "clock":
                anchored = _by_hour(expression, published)
            elif mention.kind == "incident" and mention.status in _PAST:
                anchored = _anchored_before(expression, published, before)
            else:
                anchored = anchor_time(expression, published, before)
            found[claim.id] = anchored
            if anchored.date.is_known and (own is None or anchored.date.n_days < own.n_days):
                own = anchored.date
        before = own or before


def _by_hour(expression: TimeExpression, published: PartialDate) -> Anchored:
    """The day of news that tells only the hour: the report's own, or the one before where it was late at night."""
    words, day = expression.span.text, published.end
    if day is None or published.n_days != 1:
        return Anchored(PartialDate(text=words), f'"{words}" names no date')
    late = expression.data.get("meridiem") == _PM and _LATE <= expression.data.get("hour", 0) < _TWELVE
    days = PartialDate.span(day - _SLACK, day, words) if late else PartialDate.day(day)
    return Anchored(
        days, f'"{words}" and no day: that of the report of {day}{", or the one before" if late else ""}'
    )


def _anchored_before(
    expression: TimeExpression, published: PartialDate, before: PartialDate | None
) -> Anchored:
    """The days of what had happened when the report came out: a day of the year after it is that of the year before."""
    expression = replace(expression, direction=-1)
    anchored = anchor_time(expression, published, before)
    day, latest = anchored.date.start, published.end
    if day is None or latest is None or day <= latest + _SLACK:
        return anchored
    if expression.form in _YEARLY and "year" not in expression.data:
        data = {**expression.data, "year": day.year - 1}
        return anchor_time(replace(expression, data=data), published, before)
    words = expression.span.text
    return Anchored(PartialDate(text=words), f'"{words}" is no day of this: it is later than the report')
