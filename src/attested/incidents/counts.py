"""Killed and injured: each report's figure, then low / best / high over independent origins.

The rule: a report's figure is the largest total it states (parts are not added to it; "also", "two more" are);
names alone give a floor, not a figure. An origin speaks with its latest report: a corrected toll replaces the
first one. Who is told as hit ("was shot") is hurt unless the report tells that he died: of those hit as many are
taken off as died. Low and high are the least and the greatest figure of any origin. Best is the figure with most
origins behind it; among equals the one an official body says, then the latest, then the lower one. This is
UCDP GED's low / best / high with the origins of a copy counted once.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from attested.claims.assemble import HIT
from attested.incidents.context import FuseContext
from attested.model import Claim
from attested.text.normalise import fold
from attested.values import Count

# ``Claim.part_of`` of "one of them": part of people told of before, perhaps under another field.
TOLD_BEFORE = "told before"
_DEFINITE = frozenset({"the", "that", "this", "these", "those"})
_AGE = re.compile(r"\b(\d+|\w+)[- ]year[- ]old\b", re.IGNORECASE)
_NO_NAME = frozenset("mr mrs ms dr mr. mrs. ms. dr. jr jr. sr sr. the a an".split())
_OFFICIAL = frozenset({"named body", "named person", "unnamed official"})


@dataclass(frozen=True, slots=True)
class Figure:
    """One report's figure for a field and the claims it comes from."""

    report_id: str
    value: int
    claims: tuple[Claim, ...]
    is_floor: bool
    approximate: bool


def figures_of(claims: Sequence[Claim], dead: Sequence[Claim] = ()) -> list[Figure]:
    """Each report's figure from its claims of one field, sorted by report.

    ``dead`` are the claims of the killed where ``claims`` are of the injured: who was hit may be among them.
    """
    killed = _by_report(dead)
    found = [_living(report, rows, killed[report]) for report, rows in sorted(_by_report(claims).items())]
    return [f for f in found if f is not None]


def _by_report(claims: Sequence[Claim]) -> dict[str, list[Claim]]:
    """Report id -> its claims whose value is a number."""
    found: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        if isinstance(claim.value, int):
            found[claim.report_id].append(claim)
    return found


def _living(report_id: str, claims: Sequence[Claim], dead: Sequence[Claim]) -> Figure | None:
    """A report's figure of a field without those who are told, as hit or by name, and then told as dead."""
    killed = _figure(report_id, dead) if dead else None
    if killed is None or not killed.value:
        return _figure(report_id, claims, dead)
    gone = [c for c in claims if _is_named_among(c, dead)]
    left = [c for c in claims if c not in gone]
    hit = [c for c in left if _is_hit(c) and not _is_another(c, dead)]
    sure = _figure(report_id, [c for c in left if c not in hit], dead)
    struck = _figure(report_id, hit, dead)
    if struck is not None and struck.value > killed.value:
        less = replace(struck, value=struck.value - killed.value)
        return less if sure is None or sure.value < less.value else sure
    return sure


def _is_hit(claim: Claim) -> bool:
    """Whether the words only say that people were hit, not that they lived."""
    return (claim.unit or "").endswith(HIT)


def _is_named_among(claim: Claim, dead: Sequence[Claim]) -> bool:
    """Whether somebody hurt bears the name of one of the dead."""
    return _is_name(claim) and any(_same_person(claim, c) for c in dead if _is_name(c))


def _is_another(claim: Claim, dead: Sequence[Claim]) -> bool:
    """Whether who was hit stands beside the dead: "a man was killed and a woman shot", not "five shot, one fatally"."""
    if claim.part_of or _is_definite(claim) or fold(claim.span.text).endswith("self"):
        return False
    beside = [c for c in dead if c.sentence == claim.sentence and c.span != claim.span]
    return any(c.span.start < claim.span.start for c in beside)


def _is_name(claim: Claim) -> bool:
    return (claim.unit or "").startswith("named")


def _same_person(one: Claim, other: Claim) -> bool:
    return _is_one_name(_name(one), _name(other))


def _name(claim: Claim) -> tuple[str, ...]:
    """A name's words, folded, without titles' stops and a possessive's s."""
    words = [
        w for w in fold(claim.span.text).replace("'s", "").replace(",", " ").split() if w not in _NO_NAME
    ]
    return tuple(words) or ("",)


def _is_one_name(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two names may be one person's: the shorter's words are all among the other's."""
    return set(one) <= set(other) or set(other) <= set(one)


def _people(named: Sequence[Claim]) -> list[Claim]:
    """One claim for each person named, the fullest name of each: a family's surname is not one person's."""
    found: list[Claim] = []
    for claim in sorted(named, key=lambda c: (-len(_name(c)), c.span.start)):
        if not any(_same_person(claim, other) for other in found):
            found.append(claim)
    return found


def _figure(report_id: str, claims: Sequence[Claim], beside: Sequence[Claim] = ()) -> Figure | None:
    """The largest total with those told on top of it; else the people named; else a part of those told before.

    ``beside`` are the claims of the other field: after "a man was killed", "six others" are all of the wounded.
    """
    whole = [c for c in claims if c.part_of is None and c.hedge != "denied"]
    named = [c for c in whole if _is_name(c)]
    more = [c for c in whole if c not in named and _is_more(c)]
    totals = [c for c in whole if c not in named and (c not in more or _is_all(c, claims, beside))]
    if totals:
        chosen = max(totals, key=lambda c: (int(c.value), -c.span.start))
        added = _added(chosen, [c for c in more if c not in totals], claims)
        if len(each := _each(whole)) > max(1, int(chosen.value)):
            return Figure(report_id, len(each), tuple(each), False, False)
        value = int(chosen.value) + sum(int(c.value) for c in added)
        floor = chosen.qualifier in {"at least", "more than"}
        said = tuple(c for c in totals if c.value == chosen.value) + tuple(added)
        return Figure(report_id, value, said, floor, chosen.qualifier is not None)
    people, others = _people(named), list({int(c.value): c for c in reversed(more)}.values())
    value = len(people) + sum(int(c.value) for c in others)
    if not value:
        part = _largest_part(claims)
        return Figure(report_id, int(part.value), (part,), False, False) if part else None
    return Figure(report_id, value, tuple(sorted([*people, *others], key=lambda c: c.id)), True, False)


def _largest_part(claims: Sequence[Claim]) -> Claim | None:
    """The most that are told of people told before: "four of them died"."""
    parts = [c for c in claims if c.part_of == TOLD_BEFORE and c.hedge != "denied"]
    return max(parts, key=lambda c: (int(c.value), -c.span.start), default=None)


def _is_more(claim: Claim) -> bool:
    """Whether people are told on top of others: "two more", but not "the other two", who were told before."""
    return (claim.unit or "").endswith("more")


def _is_all(more: Claim, claims: Sequence[Claim], beside: Sequence[Claim]) -> bool:
    """Whether "six others" are others than the dead ("a man was killed and six others wounded"): all the wounded."""
    before = {
        c.field for c in (*claims, *beside) if c.sentence == more.sentence and c.span.start < more.span.start
    }
    return bool(before) and more.field not in before


def _added(chosen: Claim, more: Sequence[Claim], claims: Sequence[Claim]) -> list[Claim]:
    """Who comes on top of a total told before, each number once, since "two others" are told of again.

    Not those beside a part of people told before ("three of the victims were flown out, two others were driven"), nor
    those that go on from one told by himself ("A woman was hit in the leg. Another man was flown out").
    """
    parts = {c.sentence for c in claims if c.part_of == TOLD_BEFORE}
    singles = [c for c in claims if c.value == 1 and c.part_of is None and c.sentence != chosen.sentence]
    on_top = [
        c
        for c in more
        if c.mention_id == chosen.mention_id
        and int(c.value) > 0
        and c.span.start > chosen.span.start
        and c.sentence not in parts
        and not _is_definite(c)
        and not (_is_more(chosen) and c.value == chosen.value)
        and not any(chosen.span.start < one.span.start < c.span.start for one in singles)
    ]
    return list({int(c.value): c for c in reversed(on_top)}.values())


def _each(claims: Sequence[Claim]) -> list[Claim]:
    """People told one at a time, each by an age: "a 32-year-old man", "a 20-year-old", "another 20-year-old"."""
    found: dict[tuple[str, bool], Claim] = {}
    for claim in claims:
        age = _AGE.search(claim.span.text)
        if age and claim.value == 1 and not _is_definite(claim):
            found.setdefault((age[1].lower(), _is_more(claim)), claim)
    return list(found.values())


def _is_definite(claim: Claim) -> bool:
    """ "The other two", "that victim": told before."""
    return fold(claim.span.text).split()[0] in _DEFINITE


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
