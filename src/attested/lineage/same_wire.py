"""What an agency's own reports of one story are to each other, and to reports that credit them in words alone.

An agency tells a story in several dispatches, and a newsroom may write from one without a sentence in common: the
texts align with nothing, yet the words are one newsroom's. Only the story shows which dispatch is meant.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from attested.lineage.direction import published_day
from attested.lineage.wires import CREDIT_SCORE, agencies, agency_key, is_one_room, is_the_agency
from attested.model import Derivation, Outline, Report, Story
from attested.text.folding import fold_words
from attested.values import Score

MAX_DAYS = 14
"""Days between the dispatches of one agency, and before a report that was written from one: an affair runs for
some days."""
ADDS_NOTHING = 0.6
"""Share of a report's names that the agency's reports of the story have too, from which it adds none that matters:
the rest is background. A reporter at the place names people of his own."""


def with_own_wires(
    derivations: Sequence[Derivation],
    reports: Sequence[Report],
    outlines: Mapping[str, Outline],
    stories: Sequence[Story],
) -> list[Derivation]:
    """Return the derivations and those that only the stories show, sorted by child, parent and kind.

    An agency's later report of a story goes back to its first one. A report that credits the agency in words goes
    back to the agency's latest before it, in place of a dispatch that nobody saved, if it adds nothing to them.
    """
    by_id = {report.id: report for report in reports}
    explained = {d.child for d in derivations if d.parent is not None}
    found: dict[str, Derivation] = {}
    for story in stories:
        members = sorted((by_id[r] for r in story.reports if r in by_id), key=_order)
        for own in _own_reports(members):
            above = _above(own[0].id, derivations)
            later = (r for r in own[1:] if _is_near(r, own[0]) and r.id not in above)
            found.update({r.id: _update(r, own[0]) for r in later})
            told = {word for r in own for word in fold_words(r.text)}
            for report in members:
                earlier = [r for r in own if _day(r) <= _day(report) and _is_near(report, r)]
                if earlier and _is_written_from(report, own[0], told, outlines):
                    found.setdefault(report.id, _credited(report, earlier[-1]))
    added = {child: d for child, d in found.items() if child not in explained}
    kept = [d for d in derivations if d.parent is not None or d.kind == "spun" or d.child not in added]
    return sorted([*kept, *added.values()], key=lambda d: (d.child, d.parent or "", d.kind))


def _day(report: Report) -> date:
    return published_day(report) or date.max


def _order(report: Report) -> tuple[date, str, str]:
    """By day, then words: ids hold the pages' names."""
    return _day(report), report.text, report.id


def _above(report_id: str, derivations: Sequence[Derivation]) -> set[str]:
    """The reports that one goes back to already: an edge to it from any of them would come back."""
    parents: dict[str, list[str]] = defaultdict(list)
    for derivation in derivations:
        if derivation.parent is not None:
            parents[derivation.child].append(derivation.parent)
    found, ahead = set[str](), [report_id]
    while ahead:
        ahead = [p for child in ahead for p in parents[child] if p not in found]
        found |= set(ahead)
    return found


def _is_near(one: Report, other: Report) -> bool:
    """Whether two reports say that they came out within an affair's days."""
    days = published_day(one), published_day(other)
    return days[0] is not None and days[1] is not None and abs((days[0] - days[1]).days) <= MAX_DAYS


def _own_reports(members: Sequence[Report]) -> list[list[Report]]:
    """The reports of a story that stand on their agency's own pages, by agency, in the order of their days."""
    found: dict[str, list[Report]] = defaultdict(list)
    for report in members:
        if is_the_agency(report):
            found[agency_key(report.outlet)].append(report)
    return list(found.values())


def _is_written_from(report: Report, own: Report, told: set[str], outlines: Mapping[str, Outline]) -> bool:
    """Whether a report credits the agency of its ``own`` report and names hardly anybody beside what is ``told``."""
    if is_the_agency(report) or not any(is_one_room(name, own.outlet) for name in agencies(report)):
        return False
    names = _names(outlines.get(report.id)) - set(fold_words(f"{report.outlet} {own.outlet}"))
    return len(names & told) >= ADDS_NOTHING * len(names)


def _names(outline: Outline | None) -> set[str]:
    return {word for name in (outline.names if outline else ()) for word in fold_words(name.text)}


def _update(report: Report, first: Report) -> Derivation:
    why = f"{report.outlet}'s later report of the story, after its own of {published_day(first)}"
    return _derivation(report, first, why)


def _credited(report: Report, dispatch: Report) -> Derivation:
    words = report.credit_line.text.strip() if report.credit_line else f"agency {report.agency}"
    why = f"“{words}” credits {dispatch.outlet}, which told the story on {published_day(dispatch)}; it adds nothing"
    return _derivation(report, dispatch, why)


def _derivation(child: Report, parent: Report, why: str) -> Derivation:
    return Derivation(child.id, parent.id, "rewrite", Score(CREDIT_SCORE, why), parent.agency, (), why)
