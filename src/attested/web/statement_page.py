"""One statement, or one trend as the texts tell it: who said what to whom, in which words, and what that rests on."""

from __future__ import annotations

from datetime import date
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from attested.views import rows
from attested.views.audit import decisions
from attested.views.evidence import sentences_of
from attested.views.facts import Facts
from attested.views.quotations import distinct_quotes
from attested.views.standing import roots, standing_words
from attested.views.valued import disputes_of
from attested.web import render
from attested.web.row_page import check_known, days_of, judged_by, merged_into, names_of, rows_behind, shown


def statement(request: Request) -> Response:
    """The page of a statement."""

    def answer(id: str, day: date | None) -> Response:
        facts = _facts(request, id, day)
        found = facts.statements[0]
        return render.page(
            request,
            "statement.html.j2",
            statement=found,
            disputes=disputes_of(facts, found),
            quotes=distinct_quotes(facts, found.quotes),
            **_common(facts, found),
        )

    return shown(request, "statement", answer)


def statement_data(request: Request) -> Response:
    """A statement as JSON."""

    def answer(id: str, day: date | None) -> Response:
        facts = _facts(request, id, day)
        found = facts.statements[0]
        quotes = [rows.quote_row(facts, facts.quotes[id]) for id in found.quotes if id in facts.quotes]
        told = {"statement": rows.statement_row(facts, found), "quotes": quotes}
        return render.data(told | rows_behind(facts, found))

    return shown(request, "statement", answer)


def trend(request: Request) -> Response:
    """The page of a trend that the texts tell."""

    def answer(id: str, day: date | None) -> Response:
        facts = _facts(request, id, day)
        found = facts.trends[0]
        return render.page(request, "trend.html.j2", trend=found, **_common(facts, found))

    return shown(request, "trend", answer)


def trend_data(request: Request) -> Response:
    """A trend as JSON."""

    def answer(id: str, day: date | None) -> Response:
        facts = _facts(request, id, day)
        found = facts.trends[0]
        return render.data({"trend": rows.trend_row(facts, found), **rows_behind(facts, found)})

    return shown(request, "trend", answer)


def _facts(request: Request, id: str, day: date | None) -> Facts:
    """Facts with the one row. Raises NoSuchRowError if nobody had told of it by the day."""
    facts = render.ledger_of(request).facts(id, day, only=(id,), beside=False)
    check_known(facts, id)
    return facts


def _common(facts: Facts, row: Any) -> dict[str, Any]:
    made = decisions(facts, row.id)
    return {
        "standing": standing_words(facts, row),
        "roots": roots(facts, row.reports),
        "sentences": sentences_of(facts, facts.claims_in(row)),
        "names": names_of(facts, facts.reports),
        "days": days_of(facts, row.id),
        "judged": judged_by(facts, made, row.id),
        "decisions": made,
        "merged": merged_into(facts, row.id),
    }
