"""Which values rest on which origin: every value of some incidents with the families that tell it, and what each report
of a family brought to it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from attested.incidents.fused import COUNTS, FusedIncident
from attested.incidents.tolls import figures_of
from attested.model import Claim
from attested.views.evidence import by_age
from attested.views.facts import Facts
from attested.views.held import claims_behind

_LISTED = ("weapon", "perpetrator_alleged", "responsibility_claimed", "responsibility_denied")
FIELDS = (*COUNTS, "date", "place", *_LISTED)
"""The fields that are asked for, in the order of a reader's questions."""


@dataclass(frozen=True, slots=True)
class Holding:
    """How one family has a value.

    ``reports`` are those whose words go back to it, ``spun`` those of them that a machine wrote; ``added`` are reports
    whose own addition it is, ``named`` reports that say they have it from another newsroom; ``claims`` the earliest
    first.
    """

    reports: tuple[str, ...]
    spun: tuple[str, ...]
    added: tuple[str, ...]
    named: tuple[str, ...]
    claims: tuple[str, ...]

    @property
    def n_written(self) -> int:
        """Reports that have it and that people wrote."""
        return len(self.reports) - len(self.spun)


@dataclass(frozen=True, slots=True)
class ValueRow:
    """One value that is told of an incident. If it no longer ``stands``, a later figure took its place."""

    incident: str
    field: str
    value: str
    n_origins: int
    stands: bool
    first: date | None
    claims: tuple[str, ...]
    by_origin: dict[str, Holding]

    @property
    def n_reports(self) -> int:
        """Reports that have it."""
        return len({report for held in self.by_origin.values() for report in held.reports})

    @property
    def is_copied(self) -> bool:
        """Whether one origin alone has it, and more than one report."""
        return self.n_origins == 1 and self.n_reports > 1


@dataclass(frozen=True, slots=True)
class Brought:
    """A value that a report tells and none of those that it was made from; ``instead`` are what these have there."""

    incident: str
    field: str
    value: str
    instead: tuple[str, ...]
    is_addition: bool


def value_rows(facts: Facts, incident: FusedIncident) -> list[ValueRow]:
    """Every value that is told of an incident, field by field, the best backed first."""
    rows = (_row(facts, incident, *told) for told in _values(facts, incident))
    return sorted(
        rows, key=lambda r: (FIELDS.index(r.field), not r.stands, -r.n_origins, str(r.first), r.value)
    )


def _values(facts: Facts, incident: FusedIncident) -> Iterator[tuple[str, str, list[Claim]]]:
    claims = facts.claims_in(incident)
    for field in COUNTS:
        by_value: defaultdict[int, list[Claim]] = defaultdict(list)
        for figure in figures_of(claims, field):
            by_value[figure.value] += figure.claims
        yield from ((field, str(value), found) for value, found in by_value.items())
    for field in FIELDS[len(COUNTS) :]:
        for value in incident.told.get(field, ()) if field not in _LISTED else getattr(incident, field):
            yield field, value.value, claims_behind(facts, value)


def _row(facts: Facts, incident: FusedIncident, field: str, value: str, claims: Sequence[Claim]) -> ValueRow:
    standing = {told.value for told in incident.told.get(field, ())}
    by_origin: defaultdict[str, list[Claim]] = defaultdict(list)
    for claim in by_age(facts, claims):
        by_origin[_family(facts, claim)].append(claim)
    return ValueRow(
        incident.id,
        field,
        value,
        facts.backing.count(claims),
        field not in COUNTS or value in standing,
        facts.first_day(claim.report_id for claim in claims),
        tuple(dict.fromkeys(claim.id for claim in claims)),
        {origin: _holding(facts, found) for origin, found in by_origin.items()},
    )


def _family(facts: Facts, claim: Claim) -> str:
    """The origin that a claim's words go back to; of machine-spun words that of the report."""
    backer = facts.backing.backer(claim)
    if backer is not None:
        return backer.family
    origin = facts.origin_of.get(claim.report_id)
    return origin.id if origin else claim.report_id


def _holding(facts: Facts, claims: Sequence[Claim]) -> Holding:
    backers = {claim.id: facts.backing.backer(claim) for claim in claims}
    return Holding(
        _reports(claims),
        _reports(c for c in claims if backers[c.id] is None),
        _reports(c for c in claims if (b := backers[c.id]) and b.addition),
        _reports(c for c in claims if (b := backers[c.id]) and b.named),
        tuple(dict.fromkeys(claim.id for claim in claims)),
    )


def _reports(claims: Iterable[Claim]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(claim.report_id for claim in claims))


def brought(facts: Facts, rows: Iterable[ValueRow]) -> dict[str, tuple[Brought, ...]]:
    """Report id -> the values that it tells and that nothing it was made from does, in the order of ``rows``."""
    told: defaultdict[str, defaultdict[tuple[str, str], dict[str, None]]] = defaultdict(
        lambda: defaultdict(dict)
    )
    found: defaultdict[str, list[ValueRow]] = defaultdict(list)
    for row in rows:
        for report in dict.fromkeys(facts.claims[claim].report_id for claim in row.claims):
            told[report][row.incident, row.field][row.value] = None
            found[report].append(row)
    return {report: tuple(_new(facts, report, own, told)) for report, own in found.items()}


def _new(
    facts: Facts,
    report: str,
    rows: Sequence[ValueRow],
    told: defaultdict[str, defaultdict[tuple[str, str], dict[str, None]]],
) -> Iterator[Brought]:
    above = _above(facts, report)
    for row in rows:
        before = dict.fromkeys(
            v for r in above if r in told for v in told[r].get((row.incident, row.field), ())
        )
        if row.value not in before:
            added = any(report in held.added for held in row.by_origin.values())
            yield Brought(row.incident, row.field, row.value, tuple(before), added)


def _above(facts: Facts, report: str) -> Collection[str]:
    """All that a report was made from, as far as it was seen."""
    found: dict[str, None] = {}
    todo = [report]
    while todo:
        for edge in facts.made_from.get(todo.pop(), ()):
            if edge.parent is not None and not edge.is_sibling and edge.parent not in found:
                found[edge.parent] = None
                todo.append(edge.parent)
    found.pop(report, None)
    return found


def own_sentences(facts: Facts, report: str) -> tuple[int, int] | None:
    """How many sentences of a report's body stand in no text that it is aligned with, and how many it has.

    None for a report that is aligned with none.
    """
    passages = [p for edge in facts.made_from.get(report, ()) for p in edge.passages]
    outline = facts.context.outlines.get(report)
    if not passages or outline is None:
        return None
    body = [(block.start, block.end) for block in facts.reports[report].body]
    sentences = [s for s in outline.sentences if any(a <= s.start < b for a, b in body)]
    own = [s for s in sentences if not any(p.child_start < s.end and s.start < p.child_end for p in passages)]
    return len(own), len(sentences)
