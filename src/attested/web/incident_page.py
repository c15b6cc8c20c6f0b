"""One incident: what is told of it, by whom, in which words, how that came to be, and what may be the same."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from attested import codec
from attested.incidents.fused import FusedIncident
from attested.views import rows
from attested.views.audit import decisions, judged_words
from attested.views.evidence import outlet_words, sentences_of
from attested.views.facts import Facts
from attested.views.growth import growth
from attested.views.history import history
from attested.views.look_alikes import look_alikes
from attested.views.standing import roots, standing_words
from attested.views.valued import disputes_of, values_of
from attested.web import render
from attested.web.row_page import days_of, merged_into, names_of, rows_behind, shown


def incident(request: Request) -> Response:
    """The page of an incident, today or as of a day."""

    def answer(facts: Facts, id: str) -> Response:
        incident = _fused(facts, id)
        sure = facts.confidence(incident)
        return render.page(
            request,
            "incident.html.j2",
            incident=incident,
            sure=sure,
            standing=standing_words(facts, incident),
            roots=roots(facts, incident.reports),
            values=values_of(facts, incident, sure),
            disputes=disputes_of(facts, incident),
            names=names_of(facts, incident.reports),
            sentences=sentences_of(facts, facts.claims_in(incident)),
            look_alikes=look_alikes(facts, incident),
            days=days_of(facts, id),
            judged=judged_words(facts, id),
            decisions=decisions(facts, id),
            merged=merged_into(facts, id),
            tellers=_tellers(facts, incident),
        )

    return shown(request, "incident", answer)


def incident_data(request: Request) -> Response:
    """An incident as JSON: its row, what it rests on, and what is like it."""

    def answer(facts: Facts, id: str) -> Response:
        incident = _fused(facts, id)
        beside = [
            {"id": like.id, "title": like.title, **codec.encode(like.likest)}
            for like in look_alikes(facts, incident)
        ]
        row = {"incident": rows.incident_row(facts, incident), "why_merged": incident.why_merged}
        return render.data({**row, **rows_behind(facts, incident), "look_alikes": beside})

    return shown(request, "incident", answer)


def incident_history(request: Request) -> Response:
    """How an incident's values came to be, day by day."""

    def answer(facts: Facts, id: str) -> Response:
        found = history(facts.ledger, id)
        return render.page(request, "history.html.j2", history=found, growth=growth(found.steps))

    return shown(request, "incident", answer)


def incident_history_data(request: Request) -> Response:
    """The days of an incident as JSON."""
    return shown(
        request, "incident", lambda facts, id: render.data(history(facts.ledger, id, as_of=facts.as_of).row())
    )


def _tellers(facts: Facts, incident: FusedIncident) -> list[dict[str, str]]:
    """The reports that tell of an incident, which may be split off it: ids, and words to know them by."""
    headlines = {id: facts.reports[id].headline or "(no headline)" for id in facts.by_day(incident.reports)}
    return [{"id": id, "words": f"{outlet_words(facts, id)}, “{line}”"} for id, line in headlines.items()]


def _fused(facts: Facts, id: str) -> FusedIncident:
    return facts.incident(next(row for row in facts.context.incidents if row.id == id))
