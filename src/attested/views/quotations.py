"""Quotations as a reader wants them: the same words once, with the reports that print them."""

from __future__ import annotations

from collections.abc import Iterable

from attested.model import Quote, QuoteLink
from attested.text.normalise import fold
from attested.views.facts import Facts

_EDGE_MARKS = " .,;:!?…"  # an outlet's own punctuation around the words


def is_altered(link: QuoteLink) -> bool:
    """Whether the words between the marks are not those that were said."""
    return link.altered_from is not None or link.altered_why is not None


def distinct_quotes(facts: Facts, ids: Iterable[str]) -> list[tuple[Quote, tuple[str, ...]]]:
    """Each wording once, in the order given, with the reports that have it; ids not known by then are left out."""
    found: dict[str, list[Quote]] = {}
    for id in ids:
        if (quote := facts.quotes.get(id)) is not None:
            found.setdefault(fold(quote.span.text).strip(_EDGE_MARKS), []).append(quote)
    return [
        (quotes[0], tuple(dict.fromkeys(quote.report_id for quote in quotes))) for quotes in found.values()
    ]
