"""Ledger -> what fusing sees of it, as known on a day or today."""

from __future__ import annotations

from datetime import date

from attested.incidents.context import FuseContext
from attested.ledger.store import Ledger
from attested.lineage.origins import spun_reports


def context_of(ledger: Ledger, as_of: date | None) -> FuseContext:
    """What fusing sees of a ledger, as known on a day or today."""
    context = fuse_context(ledger)
    return context if as_of is None else context.as_known_on(as_of)


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
