"""The page of a story, and that of an origin: the lineage of its reports, and which values rest on which origin."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from attested import codec
from attested.views import rows
from attested.views.facts import Facts
from attested.views.story import StoryView, story_view
from attested.web.ledgers import NoSuchRowError
from attested.web.render import data, day_asked, ledger_of, page


def story(request: Request) -> Response:
    """One story. Raises NoSuchRowError if there is none of this id, or none of its reports was known by then."""
    _, view = _found(request, "story")
    return page(request, "story.html.j2", view=view, kind="story", as_of=day_asked(request))


def origin(request: Request) -> Response:
    """One origin. Raises NoSuchRowError as ``story`` does."""
    _, view = _found(request, "origin")
    return page(request, "story.html.j2", view=view, kind="origin", as_of=day_asked(request))


def story_data(request: Request) -> Response:
    """One story as JSON. Raises NoSuchRowError as ``story`` does."""
    return data(_row(*_found(request, "story")))


def origin_data(request: Request) -> Response:
    """One origin as JSON. Raises NoSuchRowError as ``story`` does."""
    return data(_row(*_found(request, "origin")))


def _found(request: Request, kind: str) -> tuple[Facts, StoryView]:
    file, day = ledger_of(request), day_asked(request)
    id = file.find(request.path_params["id"], (kind,))
    facts = file.facts(id, day)
    view = story_view(facts, id)
    if view is None:
        raise NoSuchRowError(f"no report of this {kind} was known on {day}; ask for a later day")
    return facts, view


def _row(facts: Facts, view: StoryView) -> dict[str, Any]:
    """Rows as the export has them, with what each report brought and which origins each value rests on."""
    reports = {line.report for family in view.families for line in family.reports if line.report}
    return {
        "id": view.id,
        "headline": view.title,
        "as_of": facts.as_of,
        "published": rows.interval(view.when),
        "n_reports": view.n_reports,
        "n_origins": len(view.families),
        "n_spun": view.n_spun,
        "origins": [rows.origin_row(facts, o) for o in facts.origins if o.id in view.by_origin],
        "reports": [codec.encode(line) for family in view.families for line in family.reports],
        "derivations": [rows.derivation_row(facts, d) for d in facts.derivations if d.child in reports],
        "incidents": [codec.encode(incident) for incident in view.incidents],
    }
