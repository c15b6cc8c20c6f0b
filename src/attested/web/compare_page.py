"""Two incidents side by side, or more: what agrees, what differs, and what speaks for and against their being one."""

from __future__ import annotations

from dataclasses import asdict

from starlette.requests import Request
from starlette.responses import Response

from attested.errors import InputError
from attested.incidents.fused import FusedIncident
from attested.views import rows
from attested.views.facts import Facts
from attested.views.look_alikes import Likeness, aligned, likenesses
from attested.views.standing import roots, standing_words
from attested.web import render
from attested.web.ledgers import NoSuchRowError

_MOST = 6
"""Incidents that fit beside each other."""


def compare(request: Request) -> Response:
    """The page that sets incidents side by side."""
    facts, incidents = _asked(request)
    pairs = _pairs(facts, incidents)
    return render.page(
        request,
        "compare.html.j2",
        incidents=incidents,
        aligned=aligned(incidents),
        standings=[standing_words(facts, incident) for incident in incidents],
        roots=[roots(facts, incident.reports) for incident in incidents],
        shared=sorted(set.intersection(*(set(incident.reports) for incident in incidents))),
        likest=pairs[0] if pairs else None,
        unlikest=pairs[-1] if len(pairs) > 1 else None,
        n_pairs=len(pairs),
        n_enough=sum(pair.is_match and not pair.vetoes for pair in pairs),
        n_apart=sum(bool(pair.vetoes) for pair in pairs),
    )


def compare_data(request: Request) -> Response:
    """The same as JSON."""
    facts, incidents = _asked(request)
    pairs = _pairs(facts, incidents)
    return render.data(
        {
            "incidents": [rows.incident_row(facts, incident) for incident in incidents],
            "fields": [asdict(row) for row in aligned(incidents)],
            "pairs": [asdict(pair) for pair in pairs],
        }
    )


def _asked(request: Request) -> tuple[Facts, list[FusedIncident]]:
    """The incidents that a query names. Raises InputError if it names fewer than two, or too many."""
    file = render.ledger_of(request)
    asked = [file.find(id.strip(), ("incident",)) for id in request.query_params.getlist("id") if id.strip()]
    ids = list(dict.fromkeys(asked))
    if not 1 < len(ids) <= _MOST:
        raise InputError(
            f"name two to {_MOST} incidents to compare, as /compare?id=in_...&id=in_...: these are {len(ids)}"
        )
    facts = file.facts(ids, render.day_asked(request))
    found = {row.id: facts.incident(row) for row in facts.context.incidents if row.id in ids}
    if missing := [id for id in ids if id not in found]:
        raise NoSuchRowError(f"nobody had told of {', '.join(missing)} by {facts.as_of}")
    return facts, [found[id] for id in ids]


def _pairs(facts: Facts, incidents: list[FusedIncident]) -> list[Likeness]:
    """The mentions of two incidents in pairs, the likest first; nothing for more."""
    return likenesses(facts, incidents[0], incidents[1]) if len(incidents) == 2 else []
