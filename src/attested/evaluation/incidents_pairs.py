"""Which of a ledger's incidents is which of ours: by the stretches of text in which its mentions' triggers lie."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from attested.evaluation.incidents_files import EITHER, Gold, Stretch
from attested.incidents.context import FuseContext
from attested.incidents.contradictions import is_asserted
from attested.incidents.fuse import fuse_incident
from attested.incidents.fused import FusedIncident
from attested.ledger.store import Ledger
from attested.model import Incident
from attested.views.fusing import fuse_context

_NAMED = "named person"  # the unit of a claim that counts one victim by name

Fate = Literal["paired", "split", "must not", "either", "unlisted"]


@dataclass(frozen=True, slots=True)
class Placed:
    """A ledger's incident: its reports by the ids of their pages, and for each mention the stretch it lies in.

    ``killed`` are the tolls that each report tells of it; victims counted by name, and parts of a toll, are none.
    """

    fused: FusedIncident
    reports: tuple[str, ...]
    stretches: tuple[Stretch | None, ...]
    killed: Mapping[str, frozenset[int]] = field(default_factory=dict)

    @property
    def main(self) -> Stretch | None:
        """A stretch of what most of its mentions tell, an incident before anything else; None if nothing is listed.

        Mentions in no stretch do not vote.
        """
        listed = [one for one in self.stretches if one is not None]
        votes = Counter((one.of, one.tells_incident) for one in listed)
        return min(
            listed,
            key=lambda s: (-votes[s.of, s.tells_incident], not s.tells_incident, s.of, s.report, s.start),
            default=None,
        )

    @property
    def of(self) -> str | None:
        """The gold incident that it is of, if it is of one."""
        return self.main.of if self.main is not None and self.main.tells_incident else None

    def n_told(self, of: str) -> int:
        """How many of its mentions tell a gold incident."""
        return sum(one is not None and one.tells_incident and one.of == of for one in self.stretches)


@dataclass(frozen=True, slots=True)
class Pairing:
    """All incidents of a ledger, and of each gold incident the one of them that stands for it."""

    placed: tuple[Placed, ...]
    paired: dict[str, Placed]

    def fate(self, one: Placed) -> Fate:
        """What became of one: paired, a second one of the same, something not to be coded, or something unlisted."""
        if one.of is not None:
            return "paired" if self.paired[one.of] is one else "split"
        if one.main is None:
            return "unlisted"
        return "either" if one.main.of == EITHER else "must not"

    def swallowed_in(self, of: str) -> Placed | None:
        """The incident of another that holds mentions of a gold incident which has none of its own, if one does."""
        holders = [one for one in self.placed if one.of != of and one.n_told(of)]
        return max(holders, key=lambda one: one.n_told(of), default=None) if of not in self.paired else None


def pair_incidents(ledger: Ledger, gold: Gold) -> Pairing:
    """Every incident of the ledger placed among the gold's, one at most for each gold incident.

    An incident is of the gold incident that most of its mentions tell. Among several of one the first is that with
    most such mentions, then with most reports.
    """
    context = fuse_context(ledger)
    keys = {page.id: page.key or page.id for page in ledger.pages}
    key_of = {report.id: keys.get(report.page_id, report.page_id) for report in ledger.reports}
    placed = tuple(_placed(context, one, key_of, gold) for one in ledger.incidents)
    paired: dict[str, Placed] = {}
    for one in sorted(placed, key=_order):
        if one.of is not None:
            paired.setdefault(one.of, one)
    return Pairing(placed, paired)


def _order(one: Placed) -> tuple[int, int, str]:
    return -one.n_told(one.of or ""), -len(one.reports), one.fused.id


def _placed(context: FuseContext, incident: Incident, key_of: Mapping[str, str], gold: Gold) -> Placed:
    mentions = [context.mentions[id] for id in incident.mention_ids]
    stretches = tuple(gold.stretch_at(key_of[m.report_id], m.trigger.start) for m in mentions)
    reports = tuple(sorted({key_of[m.report_id] for m in mentions}))
    fused = fuse_incident(context, incident)
    return Placed(fused, reports, stretches, _tolls(fused, key_of))


def _tolls(fused: FusedIncident, key_of: Mapping[str, str]) -> dict[str, frozenset[int]]:
    found: dict[str, set[int]] = defaultdict(set)
    for claim in fused.claims:
        is_toll = claim.field == "killed" and claim.unit != _NAMED and claim.part_of is None
        if is_toll and is_asserted(claim):
            found[key_of[claim.report_id]].add(int(claim.value))
    return {key: frozenset(values) for key, values in found.items()}


def coded(placed: Iterable[Placed]) -> set[Stretch]:
    """The stretches in which some incident has a mention."""
    return {one for row in placed for one in row.stretches if one is not None}


def touching(placed: Iterable[Placed], reports: frozenset[str]) -> Sequence[Placed]:
    """The incidents that one of these reports tells."""
    return [one for one in placed if not reports.isdisjoint(one.reports)]
