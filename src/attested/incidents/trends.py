"""Habitual and summary statements, each once: same number, or copied, or nearly the same words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from rapidfuzz import fuzz

from attested.ids import make_id
from attested.incidents.alignment import Alignment
from attested.incidents.context import FuseContext
from attested.incidents.fused import FusedTrend
from attested.model import Claim, Derivation, Mention, Story, Trend
from attested.values import PartialDate

__all__ = ["FusedTrend", "fuse_trends", "merge_trends"]

# Sentences at least this alike (rapidfuzz token-set ratio, 0..100) say one thing in one story.
_ALIKE = 80.0


def merge_trends(
    context: FuseContext, stories: Sequence[Story], derivations: Sequence[Derivation]
) -> tuple[Trend, ...]:
    """Trends with the mentions they were made of; only mentions of one story are compared."""
    story_of = {report: story.id for story in stories for report in story.reports}
    alignment = Alignment(derivations)
    blocks: dict[str, list[Mention]] = defaultdict(list)
    for mention in sorted(context.mentions.values(), key=lambda m: (m.report_id, m.trigger.start, m.id)):
        if mention.kind == "trend":
            blocks[story_of.get(mention.report_id, mention.report_id)].append(mention)
    found: list[Trend] = []
    for story in sorted(blocks):
        groups: list[list[Mention]] = []
        for mention in blocks[story]:
            home = next((g for g in groups if _same(context, alignment, g[0], mention)), None)
            if home is None:
                groups.append([mention])
            else:
                home.append(mention)
        for group in groups:
            ids = tuple(sorted(m.id for m in group))
            found.append(Trend(make_id("tr", ids[0]), ids))
    return tuple(sorted(found, key=lambda t: t.id))


def _same(context: FuseContext, alignment: Alignment, a: Mention, b: Mention) -> bool:
    if a.report_id == b.report_id:
        return a.sentence.start == b.sentence.start
    if alignment.covers(a.report_id, a.trigger.start, b.report_id, b.trigger.start):
        return True
    numbers = [{c.value for c in context.claims_of([m.id], "number")} for m in (a, b)]
    alike = fuzz.token_set_ratio(a.sentence.text.lower(), b.sentence.text.lower())
    if numbers[0] and numbers[1]:
        return numbers[0] == numbers[1] and alike >= _ALIKE / 2
    return alike >= _ALIKE


def fuse_trends(context: FuseContext) -> list[FusedTrend]:
    """All trends with their values, in the order of their ids."""
    return [_fuse(context, trend) for trend in context.trends]


def _fuse(context: FuseContext, trend: Trend) -> FusedTrend:
    claims = sorted(
        context.claims_of(trend.mention_ids), key=lambda c: (c.report_id in context.spun, c.report_id)
    )
    reports = context.reports_of(trend.mention_ids)
    number = _first(claims, "number")
    direction = _first(claims, "direction")
    text = _first(claims, "text")
    return FusedTrend(
        id=trend.id,
        text=str(text.value) if text else "",
        value=int(number.value) if number else None,
        approximate=number is not None and number.qualifier is not None,
        direction=str(direction.value) if direction else None,
        period=_period(context, claims),
        reports=reports,
        n_origins=context.n_origins(reports),
        claims=tuple(claims),
    )


def _first(claims: Sequence[Claim], field: str) -> Claim | None:
    return next((c for c in claims if c.field == field), None)


def _period(context: FuseContext, claims: Sequence[Claim]) -> PartialDate:
    """The widest run of days that the trend's own words span."""
    dates = [
        context.resolved.dates[c.id].date
        for c in claims
        if c.field == "period" and c.id in context.resolved.dates
    ]
    known = [d for d in dates if d.is_known]
    return max(known, key=lambda d: (d.n_days, d.start, d.end), default=PartialDate())
