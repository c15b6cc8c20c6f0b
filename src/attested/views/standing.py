"""What a row stands on: its reports under their origins, the copies among them told apart, and when they came in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from attested.views.evidence import outlet_words
from attested.views.facts import Facts
from attested.views.held import origin_name
from attested.views.words import date_words, number_words

_MADE = {
    "identical": "the same text",
    "republished": "republished",
    "excerpt": "an excerpt",
    "rewrite": "rewritten",
    "spun": "machine-spun",
}


@dataclass(frozen=True, slots=True)
class Member:
    """A report of an origin; ``made`` says in words how it came from another text, empty for a newsroom's own."""

    report: str
    outlet: str
    headline: str
    published: str
    made: str
    is_spun: bool


@dataclass(frozen=True, slots=True)
class Root:
    """One origin: its earliest report, and those that have its text from it or share it."""

    origin: str
    name: str
    why: str
    first: Member
    rest: tuple[Member, ...]


def standing_words(facts: Facts, row: Any) -> str:
    """``eight reports, two independent origins, one report machine-spun``."""
    reports = number_words(len(row.reports), "report")
    said = f"{reports}, {number_words(row.n_origins, 'independent origin')}"
    n_spun = len(facts.spun.intersection(row.reports))
    return f"{said}, {number_words(n_spun, 'report')} machine-spun" if n_spun else said


def roots(facts: Facts, reports: Iterable[str]) -> list[Root]:
    """The origins behind reports, that with most of them first."""
    groups: dict[str, list[str]] = {}
    for report in facts.by_day(reports):
        origin = facts.origin_of.get(report)
        groups.setdefault(origin.id if origin else report, []).append(report)
    found = [_root(facts, id, own) for id, own in groups.items()]
    return sorted(found, key=lambda root: -len(root.rest))


def days_told(facts: Facts, row_id: str) -> list[date]:
    """The days on which reports of a row came in, those after ``as_of`` too."""
    told = set(facts.members.get(row_id, ()))
    reports = {mention.report_id for mention in facts.ledger.mentions if mention.id in told}
    return sorted({day for report in reports if (day := facts.published(report).interval.start)})


def _root(facts: Facts, id: str, reports: list[str]) -> Root:
    members = sorted((_member(facts, report) for report in reports), key=lambda member: member.is_spun)
    why = facts.origin_ids[id].why if id in facts.origin_ids else ""
    return Root(id, origin_name(facts, id), why, members[0], tuple(members[1:]))


def _member(facts: Facts, report: str) -> Member:
    edges = facts.made_from.get(report, ())
    edge = max(edges, key=lambda d: (not d.is_sibling, d.score.value), default=None)
    made = "" if edge is None else "a later version" if edge.is_version else _MADE[edge.kind]
    if edge is not None and (edge.parent is None or edge.is_sibling):
        made = f"{made}, from a dispatch that nobody saved" if edge.kind != "spun" else made
    return Member(
        report,
        outlet_words(facts, report),
        facts.reports[report].headline or "(no headline)",
        date_words(facts.published(report).interval),
        made,
        report in facts.spun,
    )
