"""Numbers of people: low / best / high over independent origins, from each report's figure (``tolls``).

An origin speaks with its latest report: a corrected toll replaces the first one. A toll that has grown ("has risen to
15") leaves the lower ones of before out of date. What only machine-spun text says counts where nothing else is told.
Low and high are the least and the greatest that is left. Best is the figure with most origins behind it that no
official body has higher on a later day; among equals the one an official body says, then the latest, then the lower
one. This is UCDP GED's low / best / high with the origins of a copy counted once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from attested.claims.assemble import GROWN
from attested.incidents.context import FuseContext
from attested.incidents.tolls import Figure
from attested.values import Count

_OFFICIAL = frozenset({"named body", "named person", "unnamed official"})


def standing(context: FuseContext, figures: Sequence[Figure]) -> list[Figure]:
    """The figures that still stand: of an outlet's versions the newest, of each origin those of its latest day.

    Without what machine-spun text alone says, and what a toll has outgrown. Undated reports count as oldest.
    """
    if not figures:
        return []
    left = _not_outdated(context, _not_spun(context, _not_replaced(context, figures)))
    latest: dict[str, date] = {}
    for figure in left:
        origin = _origin(context, figure)
        latest[origin] = max(latest.get(origin, date.min), _day(context, figure))
    return [f for f in left if _day(context, f) == latest[_origin(context, f)]]


def _not_spun(context: FuseContext, figures: Sequence[Figure]) -> list[Figure]:
    """Without figures of machine-spun reports, unless no other report gives one."""
    return [f for f in figures if f.report_id not in context.spun] or list(figures)


def _not_outdated(context: FuseContext, figures: Sequence[Figure]) -> list[Figure]:
    """Without figures lower than one that a toll is said to have grown to, by a report no older than theirs."""
    return [f for f in figures if outdated_by(context, f, figures) is None]


def outdated_by(context: FuseContext, figure: Figure, figures: Sequence[Figure]) -> Figure | None:
    """The figure that leaves another out of date, None if none does."""
    return next((later for later in figures if _outdates(context, later, figure)), None)


def _outdates(context: FuseContext, later: Figure, figure: Figure) -> bool:
    if later.value <= figure.value or figure.value == 0:
        return False
    has_grown = any(c.unit == GROWN for c in later.claims)
    return has_grown and _day(context, later) >= _day(context, figure)


def _is_overtaken(context: FuseContext, value: int, figures: Sequence[Figure]) -> bool:
    """Whether an official body had a higher figure on a later day than any report that gives this one."""
    latest = max((_day(context, f) for f in figures if f.value == value), default=date.min)
    higher = (f for f in figures if f.value > value and _is_official(f))
    return value > 0 and latest > date.min and any(_day(context, f) > latest for f in higher)


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
    return context.backing.origin(figure.claims[0])


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
    firm = {v: rows for v, rows in firm.items() if not _is_overtaken(context, v, figures)} or firm
    best = max(firm, key=lambda v: (*_weight(context, firm[v]), -v))
    floors = [f.value for f in figures if f.is_floor]
    best = max([best, *floors])
    low, high = min(min(by_value), best), max(by_value)
    return Count(low, best, high, any(f.approximate for f in figures), _why(context, by_value, best))


def _weight(context: FuseContext, figures: Sequence[Figure]) -> tuple[int, int, date]:
    """How strongly a value is backed: origins, whether an official body says it, the latest report's day."""
    latest = max((_day(context, f) for f in figures), default=date.min)
    official = any(map(_is_official, figures))
    return context.backing.count(c for f in figures for c in f.claims), int(official), latest


def _is_official(figure: Figure) -> bool:
    return any(c.voice.kind in _OFFICIAL for c in figure.claims)


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
    figures = [f for rows in by_value.values() for f in rows]
    if behind < others and all(_is_overtaken(context, v, figures) for v in weights if v < best):
        return f"an official body says {best} on a later day than any report says less"
    if behind < others:
        return f"{best} is a figure; what more origins say is only a least number"
    if official > others_official:
        return f"as many origins say another figure; {best} is an official body's"
    if latest > others_latest:
        return f"as many origins say another figure; {best} is the latest"
    return f"as many origins say another figure; {best} is the lower"
