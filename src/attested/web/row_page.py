"""What the pages of incidents, statements and trends share: from an address to a row's facts, its days, its rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from attested.incidents.judged import STANDS
from attested.views import rows
from attested.views.audit import Decision, decisions, judged_words
from attested.views.evidence import outlet_words
from attested.views.facts import Facts
from attested.views.standing import days_told
from attested.views.words import day_words, listed
from attested.web import render
from attested.web.ledgers import NoSuchRowError


@dataclass(frozen=True, slots=True)
class Days:
    """The days on which reports of a row came in, and the one as of which it is shown."""

    days: tuple[date, ...]
    as_of: date | None

    @property
    def step(self) -> int:
        """The place of the last day that is not after the one asked for; behind them all for today."""
        if self.as_of is None:
            return len(self.days)
        return max(0, sum(day <= self.as_of for day in self.days) - 1)

    @property
    def names(self) -> str:
        """The days in words, for the slider."""
        return "|".join([*map(day_words, self.days), "today"])


def days_of(facts: Facts, id: str) -> Days:
    """The days of a row."""
    return Days(tuple(days_told(facts, id)), facts.as_of)


def shown(request: Request, kind: str, answer: Callable[[str, date | None], Response]) -> Response:
    """Answer for the row that an address names, as of the day that it names; or lead to the row's own address.

    Raises NoSuchRowError if it names none, InputError for a day that is none.
    """
    file, asked, query = render.ledger_of(request), request.path_params["id"], dict(request.query_params)
    id = file.find(asked, (kind,))
    if "step" in query:
        query["as_of"] = _day_of_step(days_told(file.facts(id), id), query.pop("step"))
        asked = ""
    if id == asked:
        return answer(id, render.day_asked(request))
    way = request.url.path.replace(request.path_params["id"], id, 1)
    return RedirectResponse(render.with_query(way, query), 303)


def check_known(facts: Facts, id: str) -> None:
    """Raise NoSuchRowError if nobody had told of a row by the day asked for."""
    if facts.as_of is not None and not facts.context.reports_of(facts.members[id]):
        first = days_told(facts, id)[0]
        raise NoSuchRowError(
            f"nobody had told of {id} by {facts.as_of}; the first report of it is of {first}"
        )


def _day_of_step(days: list[date], step: str) -> str:
    """The day at a place of the slider; empty for today."""
    at = int(step) if step.isdecimal() else len(days)
    return str(days[at]) if at < len(days) else ""


def rows_behind(facts: Facts, row: Any) -> rows.Row:
    """What a row rests on, as the export has it, and what people decided on it."""
    own = set(row.reports)
    return {
        "as_of": facts.as_of,
        "claims": [rows.claim_row(facts, claim) for claim in facts.claims_in(row)],
        "reports": [rows.report_row(facts, facts.reports[report]) for report in row.reports],
        "origins": [rows.origin_row(facts, o) for o in facts.origins if not own.isdisjoint(o.reports)],
        "decisions": [asdict(decision) for decision in decisions(facts, row.id)],
        "leads_here": merged_into(facts, row.id),
        "days": days_told(facts, row.id),
    }


def judged_by(facts: Facts, made: Sequence[Decision], id: str) -> str:
    """What people did with a row, and who; empty if nothing that stands."""
    by = dict.fromkeys(decision.by or "somebody" for decision in made if decision.state.startswith(STANDS))
    words = judged_words(facts, id)
    return f"{words}, by {listed(list(by))}" if words and by else words


def merged_into(facts: Facts, id: str) -> list[str]:
    """The ids that lead to a row now."""
    return [redirect.old for redirect in facts.ledger.redirects if redirect.new == id]


def names_of(facts: Facts, reports: Iterable[str]) -> dict[str, str]:
    """Report id -> its outlet in words."""
    return {report: outlet_words(facts, report) for report in reports}
