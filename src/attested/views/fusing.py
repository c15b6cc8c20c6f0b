"""Ledger -> facts: every incident, statement and trend fused from its claims, as known on a day or today."""

from __future__ import annotations

from datetime import date

from attested.incidents.context import FuseContext
from attested.incidents.fuse import fuse_incidents
from attested.incidents.statements import fuse_statements
from attested.incidents.trends import fuse_trends
from attested.ledger.store import Ledger
from attested.lineage.origins import spun_reports
from attested.views.facts import Facts


def facts_of(ledger: Ledger, *, as_of: date | None = None) -> Facts:
    """The facts of a ledger; with ``as_of``, from the reports published by then (or on an unknown day) alone."""
    context = fuse_context(ledger)
    if as_of is not None:
        context = context.as_known_on(as_of)
    return Facts(
        ledger,
        tuple(fuse_incidents(context)),
        tuple(fuse_statements(context)),
        tuple(fuse_trends(context)),
        as_of,
    )


def fuse_context(ledger: Ledger) -> FuseContext:
    """The ledger's rows by id, as people decided on them."""
    return FuseContext(
        reports={report.id: report for report in ledger.reports},
        outlines={outline.report_id: outline for outline in ledger.outlines},
        published=ledger.published,
        mentions={mention.id: mention for mention in ledger.mentions},
        claims={claim.id: claim for claim in ledger.claims},
        origins=ledger.origins,
        resolved=ledger.resolved,
        actors=ledger.actors,
        derivations=ledger.derivations,
        spun=spun_reports(ledger.derivations),
        incidents=ledger.incidents,
        statements=ledger.statements,
        trends=ledger.trends,
        quote_links={link.quote_id: link for link in ledger.quote_links},
    ).under(ledger.judgements)
