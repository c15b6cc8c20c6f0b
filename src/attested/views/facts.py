"""A ledger as every view reads it: incidents, statements and trends fused when asked for, rows by id."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

from attested.collector import without_collector
from attested.incidents.backing import Backing
from attested.incidents.confidence import Confidence, Confidences
from attested.incidents.context import FuseContext, decided_mention
from attested.incidents.fuse import fuse_incident, fuse_incidents
from attested.incidents.fused import FusedIncident, FusedTrend
from attested.incidents.judged import Decided
from attested.incidents.statements import FusedStatement, fuse_statements
from attested.incidents.told import Told
from attested.incidents.trends import fuse_trends
from attested.ledger.store import Ledger
from attested.lineage.origins import spun_reports
from attested.model import (
    Claim,
    Derivation,
    Incident,
    Mention,
    Origin,
    Page,
    Published,
    Quote,
    QuoteLink,
    Report,
    Saying,
    Span,
    Story,
)
from attested.values import Actor, PartialDate
from attested.views.fusing import context_of


@dataclass(frozen=True)
class Facts:
    """What is known, with look-ups. Reports, claims and the rest are those published by ``as_of``, if set.

    Everything is worked out when first asked for; ``incident`` fuses one without the others. With ``only`` ids no other
    incidents, statements and trends are fused.
    """

    ledger: Ledger
    as_of: date | None = None
    only: Collection[str] | None = None

    @cached_property
    def context(self) -> FuseContext:
        """What fusing sees."""
        return context_of(self.ledger, self.as_of)

    @cached_property
    def incidents(self) -> tuple[FusedIncident, ...]:
        """Every incident, the earliest first."""
        with without_collector():
            return tuple(fuse_incidents(self._asked))

    def incident(self, row: Incident) -> FusedIncident:
        """One of ``context.incidents`` with its values."""
        known = (fused for fused in vars(self).get("incidents", ()) if fused.id == row.id)
        return next(known, None) or fuse_incident(self.context, row)

    @cached_property
    def statements(self) -> tuple[FusedStatement, ...]:
        """Every statement."""
        return tuple(fuse_statements(self._asked))

    @cached_property
    def trends(self) -> tuple[FusedTrend, ...]:
        """Every trend."""
        return tuple(fuse_trends(self._asked))

    @property
    def _asked(self) -> FuseContext:
        """The context with the rows that are asked for."""
        if self.only is None:
            return self.context
        context, asked = self.context, self.only
        return replace(
            context,
            incidents=tuple(row for row in context.incidents if row.id in asked),
            statements=tuple(row for row in context.statements if row.id in asked),
            trends=tuple(row for row in context.trends if row.id in asked),
        )

    @cached_property
    def reports(self) -> dict[str, Report]:
        """Reports known by then, by id."""
        return {report.id: report for report in self.ledger.reports if self._is_known(report.id)}

    @cached_property
    def pages(self) -> dict[str, Page]:
        """Pages by id, those set aside among them."""
        return {page.id: page for page in self.ledger.pages}

    @cached_property
    def mentions(self) -> dict[str, Mention]:
        """Mentions in the reports known by then, by id, as people decided on them."""
        known = (m for m in self.ledger.mentions if m.report_id in self.reports)
        return {m.id: decided_mention(m, self.decided) for m in known}

    @cached_property
    def claims(self) -> dict[str, Claim]:
        """Claims in the reports known by then, by id."""
        return {c.id: c for c in self.ledger.claims if c.report_id in self.reports}

    @cached_property
    def origins(self) -> tuple[Origin, ...]:
        """Origins with the reports known by then; an origin of none of them is left out."""
        kept = (_with_reports(origin, self.reports) for origin in self.ledger.origins)
        return tuple(origin for origin in kept if origin.reports)

    @cached_property
    def stories(self) -> tuple[Story, ...]:
        """Stories with the reports known by then."""
        kept = (_with_reports(story, self.reports) for story in self.ledger.stories)
        return tuple(story for story in kept if story.reports)

    @cached_property
    def derivations(self) -> tuple[Derivation, ...]:
        """Derivations between reports known by then (or from an unseen wire)."""
        known = self.reports
        return tuple(
            d for d in self.ledger.derivations if d.child in known and (d.parent is None or d.parent in known)
        )

    @cached_property
    def made_from(self) -> dict[str, list[Derivation]]:
        """Report id -> what it was made from."""
        found: dict[str, list[Derivation]] = {}
        for derivation in self.derivations:
            found.setdefault(derivation.child, []).append(derivation)
        return found

    @cached_property
    def why_merged(self) -> dict[str, tuple[str, ...]]:
        """Incident or statement id -> why its mentions are of one thing."""
        found = {incident.id: incident.why_merged for incident in self.ledger.incidents}
        return found | {statement.id: statement.why_merged for statement in self.ledger.statements}

    @cached_property
    def origin_of(self) -> dict[str, Origin]:
        """Report id -> its origin."""
        return {report: origin for origin in self.origins for report in origin.reports}

    @cached_property
    def origin_ids(self) -> dict[str, Origin]:
        """Origins by id."""
        return {origin.id: origin for origin in self.origins}

    @cached_property
    def backing(self) -> Backing:
        """Who stands behind each claim."""
        # As fusing has it: what a report was made from is no less so on the days before that was stamped.
        return Backing(self.reports, self.ledger.derivations, self.ledger.origins, self.spun)

    @cached_property
    def about(self) -> dict[str, str]:
        """Claim id -> the incident, statement or trend it is about; claims about none of them are missing."""
        home = {mention: id for id, mentions in self.members.items() for mention in mentions}
        return {id: home[c.mention_id] for id, c in self.claims.items() if c.mention_id in home}

    @cached_property
    def quotes(self) -> dict[str, Quote]:
        """Quotations in the reports known by then, by id."""
        outlines = (o for o in self.ledger.outlines if o.report_id in self.reports)
        return {quote.id: quote for outline in outlines for quote in outline.quotes}

    @cached_property
    def sayings(self) -> dict[str, Saying]:
        """Sayings in the reports known by then, by id."""
        outlines = (o for o in self.ledger.outlines if o.report_id in self.reports)
        return {saying.id: saying for outline in outlines for saying in outline.sayings}

    @cached_property
    def quote_links(self) -> dict[str, QuoteLink]:
        """Quote id -> its siblings and alteration, as far as the other wording was known by then."""
        known = (link for link in self.ledger.quote_links if link.quote_id in self.quotes)
        return {link.quote_id: _without_unknown(link, self.quotes) for link in known}

    @cached_property
    def actors(self) -> dict[str, Actor]:
        """Actors by id, under the names that people decided to be theirs."""
        return self.context.actor_of

    @cached_property
    def spun(self) -> frozenset[str]:
        """Reports whose words were swapped by a machine: never evidence of their own."""
        return spun_reports(self.ledger.derivations) & self.reports.keys()

    @cached_property
    def set_aside(self) -> tuple[Page, ...]:
        """Pages that could not be used, each with its reason."""
        return tuple(page for page in self.ledger.pages if page.status == "set aside")

    @cached_property
    def decided(self) -> Decided:
        """What people decided on the ledger's mentions and claims, whenever they did."""
        return self.context.decided

    @cached_property
    def members(self) -> dict[str, tuple[str, ...]]:
        """Incident, statement or trend id -> its mentions."""
        ledger = self.ledger
        rows: Iterable[Any] = (*ledger.incidents, *ledger.statements, *ledger.trends)
        return {row.id: row.mention_ids for row in rows}

    @cached_property
    def judged(self) -> frozenset[str]:
        """Incidents, statements and trends that a person's standing judgement names."""
        if not self.decided.by_mention:
            return frozenset()
        return frozenset(id for id, mentions in self.members.items() if self.decided.touching(mentions))

    @cached_property
    def superseded(self) -> dict[str, str]:
        """Claim id -> the judgement that says it is wrong, or of nothing, or that gives its incident another value."""
        decided = self.decided
        found = {id: judgement.id for id, judgement in decided.wrong.items()}
        context, members = self.context, self.members
        for id, corrections in context.corrections.items():
            by_field = {judgement.right: judgement.id for judgement in corrections}
            found |= {c.id: by_field[c.field] for c in context.claims_of(members[id]) if c.field in by_field}
        if decided.rejected:
            out = decided.rejected
            found |= {c.id: out[c.mention_id].id for c in self.claims.values() if c.mention_id in out}
        return found

    @cached_property
    def _confidences(self) -> Confidences:
        return Confidences(self.context, self.stories)

    @property
    def told(self) -> Told:
        """What is told around each incident: its mentions, what their reports tell besides, how like they are."""
        return self._confidences.told

    def confidence(self, incident: FusedIncident) -> Confidence:
        """How sure an incident is, its merge and its values are."""
        return self._confidences.of(incident)

    @property
    def disputable(self) -> tuple[FusedIncident | FusedStatement, ...]:
        """The rows that may hold disagreements."""
        return (*self.incidents, *self.statements)

    @property
    def n_contradictions(self) -> int:
        """Disagreements over values of incidents and statements."""
        return sum(len(row.contradictions) for row in self.disputable)

    def published(self, report_id: str) -> Published:
        """When a report was published; unknown if nothing settled it."""
        return self.ledger.published.get(report_id) or Published(report_id, PartialDate(), "unknown")

    def n_origins(self, reports: Iterable[str]) -> int:
        """How many independent origins stand behind reports; what a machine spun is none of its own."""
        own = (report for report in reports if report not in self.spun)
        return len({self.origin_of[report].id if report in self.origin_of else report for report in own})

    def first_day(self, reports: Iterable[str]) -> date | None:
        """The day of the earliest of the reports; None when none is known."""
        days = (self.published(report).interval.start for report in reports)
        return min((day for day in days if day), default=None)

    def by_day(self, reports: Iterable[str]) -> list[str]:
        """Reports in the order of publication, those without a date last."""
        return sorted(reports, key=lambda id: (self.published(id).interval.start or date.max, id))

    def sentence(self, claim: Claim) -> Span:
        """The sentence of a claim with its words, which the claim itself does not repeat."""
        at = claim.sentence
        return Span(at.start, at.end, self.reports[claim.report_id].text[at.start : at.end])

    def claims_in(self, row: Any) -> list[Claim]:
        """The claims behind a fused row, those of one report together, in the order of its text."""
        found = (self.claims.get(claim.id) for claim in row.claims)
        return sorted((c for c in found if c), key=lambda c: (c.report_id, c.span.start, c.field))

    def _is_known(self, report_id: str) -> bool:
        first_day = self.published(report_id).interval.start
        return self.as_of is None or first_day is None or first_day <= self.as_of


def _without_unknown(link: QuoteLink, quotes: Mapping[str, Quote]) -> QuoteLink:
    same = tuple(other for other in link.same_as if other in quotes)
    if link.altered_from is not None and link.altered_from not in quotes:
        return QuoteLink(link.quote_id, same)
    return replace(link, same_as=same)


def _with_reports(row: Any, known: Mapping[str, Report]) -> Any:
    return replace(row, reports=tuple(report for report in row.reports if report in known))
