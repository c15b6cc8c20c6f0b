"""Wire dispatches that nobody saved: the parent shown only by a credit, a dateline or two siblings."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache

from attested.model import Derivation, DerivationKind, Report
from attested.reports.tables import agencies as agencies_by_name
from attested.reports.tables import outlets
from attested.text.folding import fold_words
from attested.values import Score

_PASSED_ON = re.compile(
    r"\b(?:with (?:additional )?(?:reporting|files|material|inputs?|information)|"
    r"report(?:ed|s|ing that)|according to|citing|cited|quoted|based on|adapted|contributed)\b",
    re.IGNORECASE,
)
"""Words of an outlet that used an agency's dispatch rather than carried it."""
_CARRIED = re.compile(r"\b(?:reporting by|editing by|told)\b", re.IGNORECASE)
"""Words that stand in the dispatch itself ("Reporting by ...", "told AFP"); they win over the list above."""
_WITH_REPORTING = re.compile(r"\bwith (?:additional )?reporting\b", re.IGNORECASE)
"""An outlet that wrote its own text "with reporting by" the agency."""
CREDIT_SCORE = 0.8
"""Of a credit in words alone, with no copy of the dispatch to align."""
SIBLING_SCORE = 0.95
"""Of a credit together with a sibling that has the same sentences."""


def agency_key(name: str | None) -> str:
    """Return an agency's or outlet's name folded for comparison; "" for none.

    "The Associated Press" and "AP" are one: the tables' own name is what is folded.
    """
    bare = (name or "").strip()
    bare = bare[4:] if bare[:4].lower() == "the " and bare not in _rooms() else bare
    words = fold_words(_rooms().get(bare, bare))
    return " ".join([word for word in words if word not in {"the", "news", "agency"}] or words)


@cache
def _rooms() -> dict[str, str]:
    """Every name of every newsroom in the tables -> the one it goes by."""
    return {alias: room.name for alias, room in (*outlets().items(), *agencies_by_name().items())}


def agencies(report: Report) -> tuple[str, ...]:
    """Return the agencies that a report credits; several stand with commas between them."""
    return tuple(name.strip() for name in (report.agency or "").split(",") if name.strip())


def is_initials(short: str, name: str | None) -> bool:
    """Whether a name is written short by its initials ("HNA", "HN-Hill" for "Hill News Agency")."""
    initials = "".join(word[0] for word in (name or "").removeprefix("The ").split() if word[0].isupper())
    return len(initials) > 1 and any(part == initials for part in re.split(r"[-/ ]", short))


def is_one_room(one: str, other: str | None) -> bool:
    """Whether two names are one newsroom's by their words, or one by the other's initials."""
    key = agency_key(one)
    is_same = bool(key) and key == agency_key(other)
    return is_same or is_initials(one, other) or (other is not None and is_initials(other, one))


def is_the_agency(report: Report) -> bool:
    """Whether the report was published by an agency that it credits."""
    outlet = f" {agency_key(report.outlet)} "
    return any(
        f" {agency_key(name)} " in outlet or is_initials(name, report.outlet) for name in agencies(report)
    )


def credits_agency(report: Report, name: str) -> bool:
    """Whether a report's agency or the words of its credit line name ``name``."""
    key = agency_key(name)
    if not key:
        return False
    credit = report.credit_line.text if report.credit_line else ""
    return f" {key} " in f" {agency_key(credit)} " or any(is_one_room(one, name) for one in agencies(report))


def find_unseen_wires(
    reports: Sequence[Report], derivations: Sequence[Derivation], siblings: Mapping[str, str | None]
) -> list[Derivation]:
    """Return one derivation with parent None per report whose dispatch is not in the pile and not yet told of.

    ``siblings`` are reports that share their sentences with another user of that dispatch, each with the agency
    if it is known.
    """
    by_id = {report.id: report for report in reports}
    has_wire = {d.child for d in derivations if d.parent is not None and is_the_agency(by_id[d.parent])} | {
        d.child for d in derivations if d.kind == "spun" or d.is_sibling
    }
    return [
        _from_unseen(report, siblings.get(report.id), has_sibling=report.id in siblings)
        for report in reports
        if (report.agency or report.id in siblings)
        and report.id not in has_wire
        and not is_the_agency(report)
    ]


def _from_unseen(report: Report, sibling_agency: str | None, *, has_sibling: bool) -> Derivation:
    agency = sibling_agency or report.agency
    words = report.credit_line.text.strip() if report.credit_line else f"agency {report.agency}"
    if report.agency:
        why = f"“{words}” names {report.agency}, whose own dispatch is not in the pile"
    else:
        why = "its text stands in another outlet that does not credit it"
    if has_sibling and report.agency:
        why += "; another report that uses it has the same sentences"
    value = SIBLING_SCORE if has_sibling else CREDIT_SCORE
    return Derivation(report.id, None, _use(report), Score(value, why), agency, (), why)


def carries_dispatch(report: Report) -> bool:
    """Whether a report credits an agency as the writer of its whole text."""
    return report.agency is not None and _use(report) == "republished"


def _use(report: Report) -> DerivationKind:
    """Whether the report carries the dispatch or was written from it, by its words of credit."""
    credit = report.credit_line.text if report.credit_line else ""
    dateline = f" {agency_key(report.dateline.text if report.dateline else None)} "
    in_dateline = any(f" {agency_key(name)} " in dateline for name in agencies(report))
    if in_dateline or (_CARRIED.search(credit) and not _WITH_REPORTING.search(credit)):
        return "republished"
    if report.dateline is not None or _PASSED_ON.search(credit):
        return "rewrite"
    return "republished"
