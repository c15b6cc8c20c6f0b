"""Killed and injured: each report's figure, then low / best / high over independent origins.

The rule: a report's figure is the largest total it states (parts are not added to it; "also", "two more" are);
names alone give a floor, not a figure. An origin speaks with its latest report: a corrected toll replaces the
first one. Low and high are the least and the greatest figure of any origin. Best is the figure with most
origins behind it; among equals the one an official body says, then the latest, then the lower one. This is
UCDP GED's low / best / high with the origins of a copy counted once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from attested.incidents.context import FuseContext
from attested.model import Claim
from attested.text.normalise import fold
from attested.values import Count

# ``Claim.part_of`` of "one of them": part of people told of before, perhaps under another field.
TOLD_BEFORE = "told before"
_OFFICIAL = frozenset({"named body", "named person", "unnamed official"})


@dataclass(frozen=True, slots=True)
class Figure:
    """One report's figure for a field and the claims it comes from."""

    report_id: str
    value: int
    claims: tuple[Claim, ...]
    is_floor: bool
    approximate: bool


def figures_of(claims: Sequence[Claim]) -> list[Figure]:
    """Each report's figure from its claims of one field, sorted by report."""
    by_report: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        if isinstance(claim.value, int):
            by_report[claim.report_id].append(claim)
    found = [_figure(report_id, rows) for report_id, rows in sorted(by_report.items())]
    return [f for f in found if f is not None]


def _figure(report_id: str, claims: Sequence[Claim]) -> Figure | None:
    whole = [c for c in claims if c.part_of is None and c.hedge != "denied"]
    named = [c for c in whole if (c.unit or "").startswith("named")]
    totals = [c for c in whole if c not in named and not (c.unit or "").endswith("more")]
    more = [c for c in whole if c not in named and (c.unit or "").endswith("more")]
    if totals:
        chosen = max(totals, key=lambda c: (int(c.value), -c.span.start))
        added = [c for c in more if c.mention_id == chosen.mention_id and int(c.value) > 0]
        value = int(chosen.value) + sum(int(c.value) for c in added)
        floor = chosen.qualifier in {"at least", "more than"}
        said = tuple(c for c in totals if c.value == chosen.value) + tuple(added)
        return Figure(report_id, value, said, floor, chosen.qualifier is not None)
    people = {fold(c.span.text).replace("'s", "").split()[-1]: c for c in reversed(named)}
    value = len(people) + sum(int(c.value) for c in more)
    if not value:
        parts = [c for c in claims if c.part_of == TOLD_BEFORE and c.hedge != "denied"]
        part = max(parts, key=lambda c: (int(c.value), -c.span.start), default=None)
        return Figure(report_id, int(part.value), (part,), False, False) if part else None
    return Figure(report_id, value, tuple(sorted([*people.values(), *more], key=lambda c: c.id)), True, False)


def standing(context: FuseContext, figures: Sequence[Figure]) -> list[Figure]:
    """The figures that still stand: of an outlet's versions the newest, of each origin those of its latest day.

    Undated reports count as oldest.
    """
    left = _not_replaced(context, figures)
    latest: dict[str, date] = {}
    for figure in left:
        origin = _origin(context, figure)
        latest[origin] = max(latest.get(origin, date.min), _day(context, figure))
    return [f for f in left if _day(context, f) == latest[_origin(context, f)]]


def _not_replaced(context: FuseContext, figures: Sequence[Figure]) -> list[Figure]:
    """Without figures of versions that a newer one replaced, in whatever copy of the text they live on."""
    replaced = {old for f in figures for old in context.older_versions.get(f.report_id, ())}
    stale = {(context.origin_of.get(f.report_id), f.value) for f in figures if f.report_id in replaced}
    stale -= {
        (context.origin_of.get(f.report_id), f.value) for f in figures if _is_newest(context, f, replaced)
    }
    return [f for f in figures if (context.origin_of.get(f.report_id), f.value) not in stale]


def _is_newest(context: FuseContext, figure: Figure, replaced: set[str]) -> bool:
    """Whether the figure is of a version that replaced others and still stands."""
    return figure.report_id not in replaced and bool(context.older_versions.get(figure.report_id))


def _origin(context: FuseContext, figure: Figure) -> str:
    """Whose the figure is: its family's, or the report's that added it to a text it rewrote."""
    backer = context.backing.backer(figure.claims[0])
    if backer is None:
        return context.origin_of.get(figure.report_id, figure.report_id)
    return backer.addition or backer.named or backer.family


def _day(context: FuseContext, figure: Figure) -> date:
    """The first day on which the figure's report can have gone out."""
    return context.published[figure.report_id].interval.start or date.min


def fuse_count(context: FuseContext, figures: Sequence[Figure]) -> Count | None:
    """Low, best, high over origins, and the rule that chose best; None when no report gives a figure."""
    if not figures:
        return None
    by_value: dict[int, list[Figure]] = defaultdict(list)
    for figure in figures:
        by_value[figure.value].append(figure)
    firm = {v: rows for v, rows in by_value.items() if not all(f.is_floor for f in rows)} or by_value
    best = max(firm, key=lambda v: (*_weight(context, firm[v]), -v))
    floors = [f.value for f in figures if f.is_floor]
    best = max([best, *floors])
    low, high = min(min(by_value), best), max(by_value)
    return Count(low, best, high, any(f.approximate for f in figures), _why(context, by_value, best))


def _weight(context: FuseContext, figures: Sequence[Figure]) -> tuple[int, int, date]:
    """How strongly a value is backed: origins, whether an official body says it, the latest report's day."""
    latest = max((_day(context, f) for f in figures), default=date.min)
    official = any(c.voice.kind in _OFFICIAL for f in figures for c in f.claims)
    return context.backing.count(c for f in figures for c in f.claims), int(official), latest


def _why(context: FuseContext, by_value: dict[int, list[Figure]], best: int) -> str:
    """The rule that chose ``best``, in words for a reader."""
    if best not in by_value:
        return f"{best} is the least that the reports' figures allow"
    weights = {v: _weight(context, rows) for v, rows in by_value.items()}
    behind, official, latest = weights.pop(best)
    if not weights:
        return f"the only figure, from {behind} independent {'origin' if behind == 1 else 'origins'}"
    others, others_official, others_latest = max(weights.values())
    if behind > others:
        return f"most origins say {best} ({behind} against {others})"
    if behind < others:
        return f"{best} is a figure; what more origins say is only a least number"
    if official > others_official:
        return f"as many origins say another figure; {best} is an official body's"
    if latest > others_latest:
        return f"as many origins say another figure; {best} is the latest"
    return f"as many origins say another figure; {best} is the lower"
