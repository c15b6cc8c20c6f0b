"""Which stamps of one text's copies are doubted: those far from the days that most speaks for.

Copies come out within days of one another. Where they are stamped weeks apart, the days of the text itself, the
newsroom whose own text it is, clock times and the other reports of the story say which stamps are right.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from attested.lineage.classify import COPIES
from attested.model import Derivation, Report, Story
from attested.reports.mastheads import same_newsroom
from attested.resolve.copies import close_kin, families, in_doubt, stamped_day
from attested.resolve.date_clues import Clue, holds
from attested.values import PartialDate

STRAY_DAYS = 7
"""A page that carries another's text on is stamped later than this only by an aggregator, or as a reprint, whose
words are of the first day all the same."""
STRAY_KIN_DAYS = 14
"""The same of a rewrite, which may follow an affair for some days."""
FIRST_HAND = 1.0
"""Votes for the stamp of the text that others were made from, and for an agency's own page: as much as a copy more."""
CLOCK = 0.3
"""Votes for a stamp with a clock time: a newsroom's rather than a machine's, less than the lead's weekday says."""
PEER, MOST_OF_PEERS = 0.5, 1.5
"""Votes for each other report of the story that is stamped near, and for all of them together."""
MARGIN = 0.5
"""Votes by which one day must lead the next, where as many copies bear each: less than the lead's weekday says."""
_STAMP_KINDS = frozenset(
    {"metadata", "stamp", "url", "captured", "lineage"}
)  # what is judged, or says it again
_CLOCK_TIME = re.compile(r"\b[0-2]?\d[:.][0-5]\d")


@dataclass(frozen=True, slots=True)
class Strays:
    """Each report's clues, doubted stamps among them, and why no stamp was doubted where one must be wrong."""

    clues: dict[str, list[Clue]]
    undecided: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Copies:
    """Copies of one text: the day on which each is stamped, those whose own text it is, and all that they say."""

    days: Mapping[str, int]
    first_hand: Mapping[str, float]
    said: frozenset[Clue]
    peers: Sequence[int]
    stray: int

    def votes(self, first: int) -> tuple[float, int]:
        """What speaks for the days from ``first`` on, and less what is nearer."""
        near = [r for r, day in self.days.items() if first <= day <= first + self.stray]
        held = PartialDate.day(date.fromordinal(first))
        text = math.fsum(
            clue.weight * (not clue.is_bound if holds(clue.shape, held) else -clue.is_bound)
            for clue in self.said
        )
        n_peers = sum(abs(day - first) <= self.stray for day in self.peers)
        own = max(self.first_hand[r] for r in near)
        return len(near) + text + own + min(MOST_OF_PEERS, PEER * n_peers), -first


def doubt_strays(
    own: Mapping[str, list[Clue]],
    derivations: Sequence[Derivation],
    reports: Iterable[Report] = (),
    stories: Iterable[Story] = (),
) -> Strays:
    """Return each report's clues, its own stamp doubted where more speaks for other days of its relatives.

    Two stamps for which as much speaks are both kept, and the reason given. Versions are stamped when they are made.
    """
    by_id = {report.id: report for report in reports}
    found = Strays({report_id: list(clues) for report_id, clues in own.items()})
    carried = [d for d in derivations if d.kind in COPIES and not d.is_version]
    peers = _peers(stories, own)
    for among, stray in ((carried, STRAY_DAYS), (close_kin(derivations), STRAY_KIN_DAYS)):
        parents = {d.parent for d in among if not d.is_sibling} - {d.child for d in among}
        for family in families(among, own):
            days = {r: day for r in family if (day := stamped_day(found.clues[r])) is not None}
            if not days or max(days.values()) - min(days.values()) <= stray:
                continue
            said = frozenset(c for r in family for c in own[r] if c.kind not in _STAMP_KINDS)
            first_hand = {r: _first_hand(by_id.get(r), r in parents) for r in family}
            others = [day for r, day in sorted(_others(family, peers).items())]
            _doubt(found, own, _Copies(days, first_hand, said, others, stray))
    return found


def _doubt(found: Strays, own: Mapping[str, list[Clue]], copies: _Copies) -> None:
    """Doubt the stamps that lie beyond the days with the most votes."""
    ranked = sorted(set(copies.days.values()), key=copies.votes, reverse=True)
    first = ranked[0]
    rival = next((day for day in ranked if abs(day - first) > copies.stray), None)
    if rival is not None and copies.votes(first)[0] - copies.votes(rival)[0] < MARGIN:
        one, other = sorted(map(date.fromordinal, (first, rival)))
        why = f"copies of the text are stamped {one} and {other}, and nothing tells which of them is wrong"
        found.undecided.update(dict.fromkeys(copies.days, why))
        return
    for report_id, day in copies.days.items():
        if not first <= day <= first + copies.stray:
            found.clues[report_id] = [in_doubt(clue) for clue in own[report_id]]


def _first_hand(report: Report | None, is_parent: bool) -> float:
    """Votes for a report's stamp: others were made from its text, it is an agency's own page, a clock time."""
    if report is None:
        return FIRST_HAND * is_parent
    is_own = bool(report.agency and report.outlet and same_newsroom(report.agency, report.outlet))
    has_clock = any(
        c.kind == "stamp" and c.span and _CLOCK_TIME.search(c.span.text) for c in report.candidates
    )
    return FIRST_HAND * (is_parent + is_own) + CLOCK * has_clock


def _peers(stories: Iterable[Story], own: Mapping[str, list[Clue]]) -> dict[str, dict[str, int]]:
    """For each report the stamped days of the reports of its story."""
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for story in stories:
        days = {r: day for r in story.reports if r in own and (day := stamped_day(own[r])) is not None}
        for report_id in story.reports:
            found[report_id] = days
    return found


def _others(family: Sequence[str], peers: Mapping[str, Mapping[str, int]]) -> dict[str, int]:
    """The stamped days of the reports that share a story with one of a family, which is left out."""
    told = {other: day for r in family for other, day in peers.get(r, {}).items()}
    members = frozenset(family)
    return {other: day for other, day in told.items() if other not in members}
