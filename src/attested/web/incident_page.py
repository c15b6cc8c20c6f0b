"""One incident: what is told of it, by whom, in which words, how that came to be, and what may be the same."""

from __future__ import annotations

from datetime import date

from starlette.requests import Request
from starlette.responses import Response

from attested.incidents.corrections import LISTS
from attested.incidents.fused import FusedIncident
from attested.views import rows
from attested.views.audit import decisions
from attested.views.evidence import outlet_words, sentences_of
from attested.views.facts import Facts
from attested.views.growth import growth
from attested.views.history import History, history
from attested.views.look_alikes import look_alikes
from attested.views.standing import roots, standing_words
from attested.views.valued import disputes_of, replaced_figures, values_of
from attested.web import render
from attested.web.row_page import days_of, judged_by, merged_into, names_of, rows_behind, shown


def incident(request: Request) -> Response:
    """The page of an incident, today or as of a day."""

    def answer(id: str, day: date | None) -> Response:
        file = render.ledger_of(request)
        facts, incident, sure = file.incident(id, day)
        replaced = replaced_figures(facts, incident)
        made, merged = decisions(facts, id), merged_into(facts, id)
        return render.page(
            request,
            "incident.html.j2",
            incident=incident,
            sure=sure,
            standing=standing_words(facts, incident),
            roots=roots(facts, incident.reports),
            values=values_of(facts, incident, sure, replaced),
            disputes=disputes_of(facts, incident, replaced),
            names=names_of(facts, incident.reports),
            sentences=sentences_of(facts, facts.claims_in(incident)),
            look_alikes=look_alikes(file.store, incident, merged),
            days=days_of(facts, id),
            judged=judged_by(facts, made, id),
            decisions=made,
            merged=merged,
            tellers=_tellers(facts, incident),
        )

    return shown(request, "incident", answer)


def incident_data(request: Request) -> Response:
    """An incident as JSON: its row, what it rests on, and what may be the same."""

    def answer(id: str, day: date | None) -> Response:
        file = render.ledger_of(request)
        facts, incident, sure = file.incident(id, day)
        row = rows.incident_row(facts, incident, sure)
        alike = [
            {"id": like.shown.id, "title": like.shown.title, "is_beside": like.is_beside, "apart": like.apart}
            for like in look_alikes(file.store, incident, merged_into(facts, id))
        ]
        told = {"incident": row, "why_merged": incident.why_merged, "look_alikes": alike}
        return render.data(told | rows_behind(facts, incident))

    return shown(request, "incident", answer)


def incident_history(request: Request) -> Response:
    """How an incident's values came to be, day by day."""

    def answer(id: str, day: date | None) -> Response:
        found = _history(request, id, day)
        return render.page(request, "history.html.j2", history=found, growth=growth(found.steps), lists=LISTS)

    return shown(request, "incident", answer)


def incident_history_data(request: Request) -> Response:
    """The days of an incident as JSON."""
    return shown(request, "incident", lambda id, day: render.data(_history(request, id, day).row()))


def _history(request: Request, id: str, day: date | None) -> History:
    store = render.ledger_of(request).store
    return history(store.load(vectors=False, around=id, beside=False), id, as_of=day)


def _tellers(facts: Facts, incident: FusedIncident) -> list[dict[str, str]]:
    """The reports that tell of an incident, which may be split off it: ids, and words to know them by."""
    headlines = {id: facts.reports[id].headline or "(no headline)" for id in facts.by_day(incident.reports)}
    return [{"id": id, "words": f"{outlet_words(facts, id)}, “{line}”"} for id, line in headlines.items()]
