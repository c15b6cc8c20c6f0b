"""When each report was published, weighed from its page, its text, its copies and its story.

A stamp is one voice among others: it can lose, with its reason. Three rounds, each a count of the votes of clues
(``date_clues``) over days: each report alone, each family of copies together, each story together. No day is asserted
on one doubtful candidate; what stays open is an interval, or unknown.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Literal

import numpy as np

from attested.model import DateCandidate, Derivation, Outline, Published, Report, Span, Story, TimeExpression
from attested.resolve.copies import families, in_doubt, version_clues, with_family
from attested.resolve.date_clues import (
    LINEAGE_PAIR,
    Clue,
    Fixed,
    Yearly,
    holds,
    is_trusted,
    mask,
    own_clues,
)
from attested.resolve.strays import doubt_strays
from attested.text.datewords import date_words
from attested.values import PartialDate

Basis = Literal["stamp", "dateline", "text", "lineage", "story", "unknown"]

_STORY_DAYS = 5  # reports of one story mostly come out within five days of each other
_STORY_WEIGHT = 2.0
_TOLERANCE = 0.6  # days whose votes lie within this of the best are all kept
_MIN_SUPPORT = 2.4  # votes of clues other than bounds that an interval needs behind it
_MAX_DAYS = 130  # an interval wider than this says nothing a reader can use
_MAX_STORY_DAYS = 30
_MARGIN_DAYS = 400  # how far beyond the dates that are said the day of publication is looked for
_MAX_EVIDENCE = 4

_BASES: dict[str, Basis] = {
    "metadata": "stamp",
    "stamp": "stamp",
    "url": "stamp",
    "dateline": "dateline",
    "lineage": "lineage",
    "story": "story",
}


@dataclass(frozen=True, slots=True)
class _Settled:
    """The days that the clues leave, with the clues that fit them."""

    days: PartialDate
    fitting: tuple[Clue, ...] = ()
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class _Pair:
    """A weekday in one report where its copy gives the day."""

    weekday: TimeExpression
    dated: TimeExpression


def settle_published(
    reports: Sequence[Report],
    outlines: Mapping[str, Outline],
    derivations: Sequence[Derivation],
    stories: Sequence[Story] = (),
    *,
    is_first_look: bool = False,
) -> dict[str, Published]:
    """Return for each report id when it was published, why, and why the other dates of its page are not it.

    Without derivations and stories each report is dated alone (enough for the windows of clustering).
    """
    ordered = sorted(reports, key=lambda report: report.id)
    own = {report.id: own_clues(report, outlines.get(report.id)) for report in ordered}
    pairs = _lineage_pairs(derivations, outlines)
    for report_id, found in pairs.items():
        own.setdefault(report_id, []).extend(clue for pair in found for clue in _pair_clues(pair))
    strays = doubt_strays(own, derivations, ordered, stories)
    pooled = with_family(strays.clues, derivations)
    for report_id, clue in version_clues(ordered, derivations).items():
        pooled[report_id] = [*map(in_doubt, pooled[report_id]), clue]
    settled = {report_id: _settle(clues) for report_id, clues in pooled.items()}
    for report_id, clue in _story_clues(stories, settled, families(derivations, own)).items():
        settled[report_id] = _settle([*pooled[report_id], clue])
    if not is_first_look:  # a story must not be lost for a stamp that its own page doubts
        settled.update(_on_doubted_stamps(pooled, settled))
    for report_id, doubt in strays.undecided.items():
        settled[report_id] = replace(settled[report_id], doubt=settled[report_id].doubt or doubt)
    return {report.id: _published(report, settled[report.id], pairs.get(report.id, [])) for report in ordered}


# --- votes --------------------------------------------------------------------------------------------------------


def _settle(clues: Sequence[Clue]) -> _Settled:
    """The days with the most votes, if enough speaks for them."""
    window = _window(clues)
    if window is None:
        return _Settled(PartialDate(), doubt=_open_year(clues))
    first, n_days = window
    votes = np.zeros(n_days)
    for clue in clues:
        votes += clue.weight * mask(clue.shape, first, n_days)
    best = np.flatnonzero(votes >= votes.max() - _TOLERANCE)
    low, high = date.fromordinal(first + int(best[0])), date.fromordinal(first + int(best[-1]))
    top = date.fromordinal(first + int(votes.argmax()))
    fitting = tuple(clue for clue in clues if holds(clue.shape, PartialDate.day(top)))
    if (high - low).days >= _MAX_DAYS:
        return _fallen_back(clues, _Settled(PartialDate(), fitting, _too_wide(low, high, clues)))
    if not _is_supported(fitting):
        return _fallen_back(clues, _Settled(PartialDate(), fitting, "too little speaks for any one date"))
    return _Settled(PartialDate.span(low, high), fitting)


def _on_doubted_stamps(
    pooled: Mapping[str, Sequence[Clue]], settled: Mapping[str, _Settled]
) -> dict[str, _Settled]:
    """The reports that nothing dates but a doubted stamp, dated by it."""
    return {
        report_id: _settle([_as_last_resort(clue) for clue in clues])
        for report_id, clues in pooled.items()
        if not settled[report_id].days.is_known and any(_is_doubted(clue) for clue in clues)
    }


def _is_doubted(clue: Clue) -> bool:
    return clue.kind == "stamp" and clue.weight < 1 and not clue.is_bound


def _as_last_resort(clue: Clue) -> Clue:
    return replace(clue, weight=clue.weight * _LAST_RESORT) if _is_doubted(clue) else clue


_LAST_RESORT = 1.7  # lifts the week before a doubted stamp over the one vote that supports an interval alone


def _fallen_back(clues: Sequence[Clue], open_end: _Settled) -> _Settled:
    """The page's own trusted date where the rest settles nothing, with what speaks against it as the doubt."""
    own = [c for c in clues if c.weight >= _OWN_DATE_WEIGHT and isinstance(c.shape, Fixed) and not c.is_bound]
    if not own:
        return open_end
    clue = max(own, key=lambda c: c.weight)
    shape = clue.shape
    if not isinstance(shape, Fixed) or shape.start is None or shape.end is None:
        return open_end
    days = PartialDate.span(date.fromordinal(shape.start), date.fromordinal(shape.end))
    fitting = tuple(c for c in clues if mask(c.shape, shape.start, shape.end - shape.start + 1).any())
    doubt = f"{clue.why} is taken though the text does not agree: {open_end.doubt}"
    return _Settled(days, fitting, doubt)


_OWN_DATE_WEIGHT = 4.0  # of a stamp, a publisher's field, an address or a dateline


def _window(clues: Sequence[Clue]) -> tuple[int, int] | None:
    """The first day to consider and how many; None if nothing says a year."""
    ends = [day for c in clues if isinstance(c.shape, Fixed) for day in (c.shape.start, c.shape.end) if day]
    if not ends:
        return None
    low, high = min(ends) - _MARGIN_DAYS, max(ends) + _MARGIN_DAYS
    low, high = max(low, date(1800, 1, 1).toordinal()), min(high, date(2200, 1, 1).toordinal())
    return (low, high - low) if high > low else None


def _is_supported(fitting: Sequence[Clue]) -> bool:
    """Whether a trusted date stands behind the days, or enough other clues of different kinds together."""
    placing = [clue for clue in fitting if not clue.is_bound]
    if any(clue.weight >= _TRUSTED_WEIGHT for clue in placing):
        return True
    if any(clue.kind in _ENOUGH and clue.weight >= 1 for clue in placing):
        return True
    said = {clue.span or clue.why for clue in fitting if clue.weight >= _TOLERANCE}
    return len(said) > 1 and sum(clue.weight for clue in placing) >= _MIN_SUPPORT


_TRUSTED_WEIGHT = 3.0
_ENOUGH = {"stamp", "lineage", "story"}  # kinds that give an interval (never a day by themselves) alone


def _open_year(clues: Sequence[Clue]) -> str:
    pair = next((c for c in clues if c.kind in {"pair", "lineage"} and isinstance(c.shape, Yearly)), None)
    if pair is not None and isinstance(pair.shape, Yearly):
        month = date_words().month_names[pair.shape.month - 1]
        return f"the year is open: the text places itself near {month} {pair.shape.day} but no year is said"
    return "nothing on the page says when it was published"


def _too_wide(low: date, high: date, clues: Sequence[Clue]) -> str:
    reason = f"anything from {low} to {high} fits"
    bounds = [c.why for c in clues if c.is_bound and c.weight >= 1]
    return f"{reason} ({bounds[0]})" if bounds else reason


# --- copies -------------------------------------------------------------------------------------------------------


def _lineage_pairs(
    derivations: Iterable[Derivation], outlines: Mapping[str, Outline]
) -> dict[str, list[_Pair]]:
    """For each report its weekdays that a copy gives as days, from passages that tell the same."""
    found: dict[str, list[_Pair]] = defaultdict(list)
    for derivation in sorted(derivations, key=lambda d: (d.child, d.parent or "")):
        child, parent = outlines.get(derivation.child), outlines.get(derivation.parent or "")
        if child is None or parent is None:
            continue
        for passage in derivation.passages:
            left = _placed(child.times, passage.child_start, passage.child_end)
            right = _placed(parent.times, passage.parent_start, passage.parent_end)
            for one, other in zip(left, right, strict=True) if len(left) == len(right) else ():
                if one.form == "weekday" and other.form != "weekday":
                    found[derivation.child].append(_Pair(one, other))
                elif other.form == "weekday" and one.form != "weekday":
                    found[str(derivation.parent)].append(_Pair(other, one))
    return found


def _placed(times: Sequence[TimeExpression], start: int, end: int) -> list[TimeExpression]:
    """The weekdays and days of a passage, in order."""
    first = bisect_left(times, start, key=lambda time: time.span.start)
    last = bisect_left(times, end, key=lambda time: time.span.start)
    return [time for time in times[first:last] if time.form in {"weekday", "month-day", "month-day-year"}]


def _pair_clues(pair: _Pair) -> list[Clue]:
    """A weekday of the past is less than a week old; one to come is less than a week away."""
    data, weekday = pair.dated.data, pair.weekday.data["weekday"]
    first, last = (-6, 0) if pair.weekday.direction > 0 else (0, 6)
    said = f'its "{pair.weekday.span.text}" is "{pair.dated.span.text}" in a copy'
    span = pair.weekday.span
    clues = [
        Clue("lineage", Yearly(data["month"], data["day"], first, last, weekday), LINEAGE_PAIR, said, span)
    ]
    if "year" in data:
        day = date(data["year"], data["month"], data["day"]).toordinal()
        clues.append(Clue("lineage", Fixed(day + first, day + last), LINEAGE_PAIR, said, span))
    return clues


# --- stories ------------------------------------------------------------------------------------------------------


def _story_clues(
    stories: Iterable[Story], settled: Mapping[str, _Settled], families: Iterable[Sequence[str]]
) -> dict[str, Clue]:
    """For each report of a story the days on which most of its story came out; a family of copies counts once."""
    family_of = {report_id: family[0] for family in families for report_id in family}
    found: dict[str, Clue] = {}
    for story in sorted(stories, key=lambda s: s.id):
        members = sorted(report_id for report_id in story.reports if report_id in settled)
        dated: dict[str, PartialDate] = {}
        for member in members:
            days, family = settled[member].days, family_of.get(member, member)
            if 0 < days.n_days <= min(_MAX_STORY_DAYS, dated[family].n_days - 1 if family in dated else 99):
                dated[family] = days
        if len(members) < 2 or (run := _busiest(list(dated.values()))) is None:
            continue
        first, last = (date.fromordinal(d) for d in (run[0] + _STORY_DAYS, run[1] - _STORY_DAYS))
        clue = Clue("story", Fixed(*run), _STORY_WEIGHT, f"its story ran from {first} to {last}")
        # What only one family says tells its own members nothing new.
        found.update({m: clue for m in members if len(dated) > 1 or family_of.get(m, m) not in dated})
    return found


def _busiest(dated: Sequence[PartialDate]) -> tuple[int, int] | None:
    """The stretch, with room around it, on which the most reports can have come out; None if they scatter."""
    steps: dict[int, int] = defaultdict(int)
    for days in dated:
        assert days.start is not None
        assert days.end is not None
        steps[days.start.toordinal() - _STORY_DAYS] += 1
        steps[days.end.toordinal() + _STORY_DAYS + 1] -= 1
    best, count, runs = 0, 0, list[tuple[int, int]]()
    places = sorted(steps)
    for place, after in pairwise(places):
        count += steps[place]
        if count > best:
            best, runs = count, []
        if count == best:
            runs.append((place, after - 1))
    if not runs or runs[-1][1] - runs[0][0] > _MAX_STORY_DAYS + 2 * _STORY_DAYS:
        return None
    hull = [
        d
        for d in dated
        if d.start
        and d.end
        and d.start.toordinal() - _STORY_DAYS <= runs[-1][1]
        and d.end.toordinal() + _STORY_DAYS >= runs[0][0]
    ]
    starts, ends = [d.start.toordinal() for d in hull if d.start], [d.end.toordinal() for d in hull if d.end]
    return min(starts) - _STORY_DAYS, max(ends) + _STORY_DAYS


# --- the answer ---------------------------------------------------------------------------------------------------


def _published(report: Report, settled: _Settled, pairs: Sequence[_Pair]) -> Published:
    """The answer for a reader: interval, basis, evidence on its own page, what lost and why."""
    candidates = tuple(_judged(candidate, settled, pairs) for candidate in report.candidates)
    placing = sorted(
        (c for c in settled.fitting if not c.is_bound), key=lambda c: (-c.weight, c.kind == "stamp")
    )
    basis: Basis = _BASES.get(placing[0].kind, "text") if settled.days.is_known and placing else "unknown"
    spans = dict.fromkeys(c.span for c in [*placing, *settled.fitting] if c.span and c.weight >= _TOLERANCE)
    evidence: tuple[Span, ...] = tuple(span for span in spans if span)[:_MAX_EVIDENCE]
    doubts = [
        f"{candidate.kind} {candidate.value.start} is not believed: {candidate.why_not}"
        for candidate in candidates
        if candidate.why_not and candidate.kind in {"stamp", "metadata", "url", "dateline"}
    ]
    if settled.doubt:
        doubts.append(settled.doubt)
    return Published(
        report.id, settled.days, basis, evidence if basis != "unknown" else (), tuple(doubts), candidates
    )


def _judged(candidate: DateCandidate, settled: _Settled, pairs: Sequence[_Pair]) -> DateCandidate:
    """The candidate with the reason why it lost, or none if it won."""
    if candidate.kind not in {"stamp", "metadata", "url", "dateline"}:
        return candidate
    if candidate.value.meets(settled.days):
        is_day = settled.days.n_days <= candidate.value.n_days
        return replace(candidate, why_not=None) if is_day or is_trusted(candidate) else candidate
    if not settled.days.is_known:
        return candidate
    reason = _contradiction(candidate, settled, pairs)
    return replace(candidate, why_not=f"{candidate.why_not}; {reason}" if candidate.why_not else reason)


def _contradiction(candidate: DateCandidate, settled: _Settled, pairs: Sequence[_Pair]) -> str:
    """What the candidate would make of the text, in words."""
    day = candidate.value.start
    assert day is not None
    for pair in pairs:
        if any(c.span == pair.weekday.span and not holds(c.shape, candidate.value) for c in settled.fitting):
            name = date_words().weekday_names[pair.weekday.data["weekday"] - 1]
            would = day - timedelta(days=(day.isoweekday() - pair.weekday.data["weekday"]) % 7)
            shown = f"{name} {would.day} {date_words().month_names[would.month - 1]}"
            return f'it would make "{pair.weekday.span.text}" {shown}, but a copy says {pair.dated.span.text}'
    against = [c for c in settled.fitting if not holds(c.shape, candidate.value)]
    if against:
        return f"{max(against, key=lambda c: c.weight).why}, which it does not fit"
    return "other dates have more behind them"
