"""What fusing needs to see: the ledger's rows by id, as known on a day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any

from attested.incidents.backing import Backing
from attested.incidents.fused import FusedValue
from attested.incidents.judged import ACTOR, Decided, decide, decided_words, with_note
from attested.incidents.known_as import KnownAs
from attested.model import (
    Claim,
    Derivation,
    Incident,
    Judgement,
    Mention,
    Origin,
    Outline,
    Published,
    Quote,
    QuoteLink,
    Report,
    Statement,
    Trend,
)
from attested.resolve.dates import Anchored
from attested.resolve.places import PlaceLink
from attested.values import Actor


@dataclass(frozen=True)
class Resolved:
    """What claims' words mean beside other reports, by claim id, and the town each report is about, by its id."""

    dates: Mapping[str, Anchored]
    places: Mapping[str, PlaceLink]
    actors: Mapping[str, str]
    seats: Mapping[str, PlaceLink] = field(default_factory=dict)


@dataclass(frozen=True)
class FuseContext:
    """Rows by id. ``as_known_on`` leaves out reports published later (reports of unknown date stay).

    ``corrections`` are people's, by incident id, in the order made.
    """

    reports: Mapping[str, Report]
    outlines: Mapping[str, Outline]
    published: Mapping[str, Published]
    mentions: Mapping[str, Mention]
    claims: Mapping[str, Claim]
    origins: tuple[Origin, ...]
    resolved: Resolved
    actors: tuple[Actor, ...]
    spun: frozenset[str] = frozenset()
    derivations: tuple[Derivation, ...] = ()
    incidents: tuple[Incident, ...] = ()
    statements: tuple[Statement, ...] = ()
    trends: tuple[Trend, ...] = ()
    quote_links: Mapping[str, QuoteLink] | None = None
    decided: Decided = field(default_factory=Decided)
    corrections: Mapping[str, tuple[Judgement, ...]] = field(default_factory=dict)

    @cached_property
    def origin_of(self) -> dict[str, str]:
        """Report id -> id of its origin."""
        return {report: origin.id for origin in self.origins for report in origin.reports}

    @cached_property
    def actor_of(self) -> dict[str, Actor]:
        """Actor id -> the actor."""
        return {actor.id: actor for actor in self.actors}

    @cached_property
    def actor_names(self) -> dict[str, str]:
        """Actor id -> the name it goes by."""
        return {actor.id: actor.name for actor in self.actors}

    @cached_property
    def claims_by_mention(self) -> dict[str, tuple[Claim, ...]]:
        """Mention id -> its claims in the order of the text."""
        found: dict[str, list[Claim]] = defaultdict(list)
        for claim in self.claims.values():
            found[claim.mention_id].append(claim)
        return {key: tuple(sorted(rows, key=_order)) for key, rows in found.items()}

    @cached_property
    def quotes(self) -> dict[str, Quote]:
        """Quote id -> quote, over all reports."""
        return {quote.id: quote for outline in self.outlines.values() for quote in outline.quotes}

    @cached_property
    def backing(self) -> Backing:
        """Who stands behind each claim."""
        return Backing(self.reports, self.derivations, self.origins, self.spun)

    @cached_property
    def older_versions(self) -> dict[str, frozenset[str]]:
        """Report id -> ids of the versions that it replaced."""
        above: dict[str, list[str]] = defaultdict(list)
        for d in self.derivations:
            if d.is_version and d.parent is not None:
                above[d.child].append(d.parent)
        return {report_id: _all_above(report_id, above) for report_id in above}

    def n_origins(self, report_ids: Iterable[str]) -> int:
        """How many independent origins these reports go back to.

        A spun copy goes back to its original's; where nobody saved that, it is the only trace of one and counts,
        though none of its values does (``Backing``).
        """
        return len({self.origin_of.get(report, report) for report in report_ids})

    def fused_value(self, value: str, claims: Sequence[Claim], actor: str | None = None) -> FusedValue:
        """A value with the claims that say it, who stands behind it, and whether only spun text says it."""
        return FusedValue(
            value=value,
            claims=tuple(c.id for c in claims),
            n_origins=self.backing.count(claims),
            by=claims[0].voice if claims else None,
            actor=actor,
            degraded=bool(claims) and not self.sound(c.report_id for c in claims),
        )

    def sentence_of(self, claim: Claim) -> str:
        """The sentence that holds a claim, on one line."""
        report = self.reports[claim.report_id]
        return " ".join(report.text[claim.sentence.start : claim.sentence.end].split())

    def sound(self, report_ids: Iterable[str]) -> list[str]:
        """The reports whose words are their own, without those flagged as machine-spun."""
        return [report for report in report_ids if report not in self.spun]

    def claims_of(self, mention_ids: Iterable[str], field: str | None = None) -> list[Claim]:
        """Claims of these mentions, of one field or all, in a fixed order."""
        rows = [c for m in mention_ids for c in self.claims_by_mention.get(m, ())]
        return sorted((c for c in rows if field in (None, c.field)), key=_order)

    def reports_of(self, mention_ids: Iterable[str]) -> tuple[str, ...]:
        """Reports that hold these mentions, sorted."""
        return tuple(sorted({self.mentions[m].report_id for m in mention_ids if m in self.mentions}))

    def under(self, judgements: Sequence[Judgement]) -> FuseContext:
        """The same rows as people decided on them: what is none or wrong is left out, what happened happened, and names
        are whose people say."""
        if not judgements:
            return self
        decided = decide(judgements, self.mentions, self.claims, self.reports, self.origins, self.actors)
        out, mentions = decided.rejected, self.mentions
        return replace(
            self,
            mentions={id: decided_mention(m, decided) for id, m in mentions.items() if id not in out},
            claims={
                id: claim
                for id, claim in self.claims.items()
                if id not in decided.wrong and claim.mention_id not in out
            },
            **self._named(decided),
            decided=decided,
            corrections=decided.corrections_of({i.id: i.mention_ids for i in self.incidents}),
        )

    def _named(self, decided: Decided) -> dict[str, Any]:
        """The actors and whom claims mean, where people decided on names."""
        if not any(decided.pairs(ACTOR)):
            return {}
        known = KnownAs(self.actors, decided)
        meant = known.links(self.resolved.actors, self.claims)
        return {"actors": known.actors, "resolved": replace(self.resolved, actors=meant)}

    def part(self, report_ids: Set[str]) -> FuseContext:
        """The same with the mentions and claims of these reports alone."""
        return replace(
            self,
            mentions={id: m for id, m in self.mentions.items() if m.report_id in report_ids},
            claims={id: c for id, c in self.claims.items() if c.report_id in report_ids},
        )

    def as_known_on(self, day: date) -> FuseContext:
        """The same ledger without reports that were certainly published after ``day``, and later corrections.

        What a text says, and of which incident, holds for all days, whenever that was decided.
        """
        known = {
            key
            for key in self.reports
            if (start := self.published[key].interval.start) is None or start <= day
        }
        mentions = {k: m for k, m in self.mentions.items() if m.report_id in known}
        claims = {k: c for k, c in self.claims.items() if c.report_id in known}
        return replace(
            self,
            reports={k: r for k, r in self.reports.items() if k in known},
            outlines={k: o for k, o in self.outlines.items() if k in known},
            mentions=mentions,
            claims=claims,
            incidents=tuple(
                replace(i, mention_ids=kept)
                for i in self.incidents
                if (kept := tuple(m for m in i.mention_ids if m in mentions))
            ),
            statements=tuple(
                replace(s, mention_ids=kept)
                for s in self.statements
                if (kept := tuple(m for m in s.mention_ids if m in mentions))
            ),
            trends=tuple(
                replace(t, mention_ids=kept)
                for t in self.trends
                if (kept := tuple(m for m in t.mention_ids if m in mentions))
            ),
            corrections={
                id: made
                for id, rows in self.corrections.items()
                if (made := tuple(j for j in rows if j.at[:10] <= day.isoformat()))
            },
        )


def decided_mention(mention: Mention, decided: Decided) -> Mention:
    """The mention as people decided: one that is said to be none does not count, one that is confirmed happened."""
    if (judgement := decided.rejected.get(mention.id)) is not None:
        words = with_note(f"{decided_words(judgement)} that it is none", judgement)
        return replace(mention, status="hypothetical", why=words)
    if mention.id in decided.confirmed:
        return replace(mention, status="happened", why="")
    return mention


def _all_above(report_id: str, above: Mapping[str, Sequence[str]]) -> frozenset[str]:
    """Everything that is reached upwards."""
    seen: set[str] = set()
    stack = list(above.get(report_id, ()))
    while stack:
        if (at := stack.pop()) not in seen:
            seen.add(at)
            stack.extend(above.get(at, ()))
    return frozenset(seen - {report_id})


def _order(claim: Claim) -> tuple[str, int, int, str]:
    return (claim.report_id, claim.span.start, claim.span.end, claim.field)
