"""Ledger -> facts: every incident, statement and trend fused from its claims, as known on a day or today."""

from __future__ import annotations

from datetime import date

from attested.incidents.fuse import fuse_incidents
from attested.incidents.statements import fuse_statements
from attested.incidents.trends import fuse_trends
from attested.ledger.store import Ledger
from attested.views.facts import Facts, context_of, fuse_context

__all__ = ["facts_of", "fuse_context"]


def facts_of(ledger: Ledger, *, as_of: date | None = None) -> Facts:
    """The facts of a ledger; with ``as_of``, from the reports published by then (or on an unknown day) alone."""
    context = context_of(ledger, as_of)
    return Facts(
        ledger,
        tuple(fuse_incidents(context)),
        tuple(fuse_statements(context)),
        tuple(fuse_trends(context)),
        as_of,
    )
