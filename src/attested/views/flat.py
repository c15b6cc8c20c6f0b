"""Flat rows, one value a cell: for tables on a terminal, CSV files and map properties."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from attested.incidents.fused import COUNTS, FusedIncident, FusedTrend, FusedValue
from attested.incidents.statements import FusedStatement
from attested.incidents.value_signs import SIGNS
from attested.model import Claim, Report, Voice
from attested.values import Count, PartialDate, Place
from attested.views.audit import judged_words
from attested.views.facts import Facts
from attested.views.sayings import saying_words, sayings_alike
from attested.views.words import place_name, voice_words

Cell = str | int | float | None
FlatRow = dict[str, Cell]
_SEPARATOR = "; "  # what ACLED joins its own lists with


def incident_rows(facts: Facts) -> Iterable[FlatRow]:
    """Incidents: values as one cell each, who alleges what in brackets."""
    return (_incident(row) | _sure(facts, row) | _judged(facts, row.id) for row in facts.incidents)


def statement_rows(facts: Facts) -> Iterable[FlatRow]:
    """Statements: who said what to whom."""
    return (_statement(row) | _judged(facts, row.id) for row in facts.statements)


def trend_rows(facts: Facts) -> Iterable[FlatRow]:
    """Trends: habitual and summary statements, never counted as incidents."""
    return (_trend(row) | _judged(facts, row.id) for row in facts.trends)


def report_rows(facts: Facts) -> Iterable[FlatRow]:
    """Reports with their settled dates and the family they come from."""
    return (_report(facts, report) for report in facts.reports.values())


def claim_rows(facts: Facts) -> Iterable[FlatRow]:
    """Claims with their words, sentence and voice."""
    return (_claim(facts, claim) for claim in facts.claims.values())


def origin_rows(facts: Facts) -> Iterable[FlatRow]:
    """Origins: which reports go back to one newsroom's text, and why."""
    return (
        {
            "id": origin.id,
            "agency": origin.agency,
            "n_reports": len(origin.reports),
            "reports": _joined(origin.reports),
            "outlets": _joined(
                dict.fromkeys(facts.reports[report].outlet or "" for report in origin.reports)
            ),
            "why": origin.why,
        }
        for origin in facts.origins
    )


def contradiction_rows(facts: Facts) -> Iterable[FlatRow]:
    """Disagreements: one row a value, so that the sides stand under each other."""
    for row in facts.disputable:
        for found in row.contradictions:
            for value in found.values:
                yield {
                    "about": row.id,
                    "field": found.field,
                    "value": value.value,
                    "n_origins": value.n_origins,
                    "by": voice_words(value.by) if value.by else None,
                    "claims": _joined(value.claims),
                    "why": found.why,
                }


def set_aside_rows(facts: Facts) -> Iterable[FlatRow]:
    """Pages that could not be used, and why."""
    return (
        {"id": page.id, "input": page.input, "key": page.key, "why": page.why} for page in facts.set_aside
    )


def quote_rows(facts: Facts) -> Iterable[FlatRow]:
    """Quotations, how many siblings they have, and whether one was altered."""
    for quote in facts.quotes.values():
        link = facts.quote_links.get(quote.id)
        yield {
            "id": quote.id,
            "report": quote.report_id,
            "speaker": quote.speaker,
            "text": quote.span.text,
            "n_same": len(link.same_as) if link else 0,
            "altered": link.altered_why if link else None,
        }


def saying_rows(facts: Facts) -> Iterable[FlatRow]:
    """What voices say in a report's own words, and how many reports have the same."""
    for saying, same in sayings_alike(facts):
        yield {
            "id": saying.id,
            "report": saying.report_id,
            **_voice(saying.voice),
            "hedge": saying.hedge,
            "text": saying_words(saying),
            "n_same": len(same),
        }


def actor_rows(facts: Facts) -> Iterable[FlatRow]:
    """Actors under all their names."""
    for actor in facts.actors.values():
        yield {
            "id": actor.id,
            "name": actor.name,
            "kind": actor.kind,
            "country": actor.country,
            "aliases": _joined(actor.aliases),
        }


KINDS: dict[str, Callable[[Facts], Iterable[FlatRow]]] = {
    "incidents": incident_rows,
    "statements": statement_rows,
    "reports": report_rows,
    "origins": origin_rows,
    "contradictions": contradiction_rows,
    "trends": trend_rows,
    "set-aside": set_aside_rows,
    "quotes": quote_rows,
    "sayings": saying_rows,
    "actors": actor_rows,
    "claims": claim_rows,
}


def _incident(incident: FusedIncident) -> FlatRow:
    return {
        "id": incident.id,
        "headline": incident.headline,
        "type": incident.type,
        "plover": incident.plover,
        **_dates("date", incident.date),
        **_place(incident.place),
        **{key: value for field in COUNTS for key, value in _count(field, getattr(incident, field)).items()},
        "weapon": _joined(value.value for value in incident.weapon),
        "target": _joined(value.value for value in incident.target),
        "victims": _joined(value.value for value in incident.victims),
        "effect": _joined(value.value for value in incident.effect),
        "perpetrator_alleged": _blamed(incident.perpetrator_alleged),
        "responsibility_claimed": _blamed(incident.responsibility_claimed),
        "responsibility_denied": _blamed(incident.responsibility_denied),
        "n_reports": incident.n_reports,
        "n_origins": incident.n_origins,
        "contradictions": _joined(found.field for found in incident.contradictions),
        "reports": _joined(incident.reports),
    }


def _sure(facts: Facts, incident: FusedIncident) -> FlatRow:
    """How sure it is that the incident is one, that its mentions belong together, and that each value is right."""
    sure = facts.confidence(incident)
    return {
        "sure": sure.incident.value,
        "sure_merge": sure.merge.value if sure.merge else None,
        **{f"sure_{name}": sure.values[name].value if name in sure.values else None for name in SIGNS},
    }


def _judged(facts: Facts, id: str) -> FlatRow:
    return {"judged": judged_words(facts, id) or None}


def _statement(statement: FusedStatement) -> FlatRow:
    return {
        "id": statement.id,
        "act": statement.act,
        "mode": statement.mode,
        "speaker": statement.speaker,
        "on_behalf_of": statement.on_behalf_of,
        "addressee": statement.addressee,
        "what": statement.what,
        **_dates("date", statement.date),
        "n_quotes": len(statement.quotes),
        "n_reports": statement.n_reports,
        "n_origins": statement.n_origins,
        "contradictions": _joined(found.field for found in statement.contradictions),
        "reports": _joined(statement.reports),
    }


def _trend(trend: FusedTrend) -> FlatRow:
    return {
        "id": trend.id,
        "text": trend.text,
        "value": trend.value,
        "approximate": "yes" if trend.approximate else None,
        "direction": trend.direction or None,
        **_dates("period", trend.period),
        "n_reports": len(trend.reports),
        "n_origins": trend.n_origins,
        "reports": _joined(trend.reports),
    }


def _report(facts: Facts, report: Report) -> FlatRow:
    settled, origin = facts.published(report.id), facts.origin_of.get(report.id)
    page = facts.pages.get(report.page_id)
    return {
        "id": report.id,
        "headline": report.headline,
        "outlet": report.outlet,
        "agency": report.agency,
        "byline": report.byline,
        **_dates("published", settled.interval),
        "published_basis": settled.basis,
        "doubts": _joined(settled.doubts),
        "origin": origin.id if origin else None,
        "input": page.input if page else None,
    }


def _claim(facts: Facts, claim: Claim) -> FlatRow:
    report = facts.reports[claim.report_id]
    return {
        "id": claim.id,
        "about": facts.about.get(claim.id),
        "field": claim.field,
        "value": claim.value,
        "unit": claim.unit,
        "qualifier": claim.qualifier,
        "text": claim.span.text,
        "start": claim.span.start,
        "end": claim.span.end,
        "sentence": facts.sentence(claim).text,
        **_voice(claim.voice),
        "hedge": claim.hedge,
        "polarity": claim.polarity,
        "confidence": claim.confidence,
        "method": claim.method,
        "report": report.id,
        "outlet": report.outlet,
        "headline": report.headline,
        **_dates("published", facts.published(report.id).interval),
    }


def _dates(name: str, interval: PartialDate) -> FlatRow:
    return {
        f"{name}_start": interval.start.isoformat() if interval.start else None,
        f"{name}_end": interval.end.isoformat() if interval.end else None,
        f"{name}_precision": interval.precision,
    }


def _place(place: Place | None) -> FlatRow:
    return {
        "place": place_name(place) if place else None,
        "country": place.country if place else None,
        "admin1": place.admin1 if place else None,
        "lat": place.lat if place else None,
        "lon": place.lon if place else None,
        "place_precision": place.precision if place else None,
    }


def _count(name: str, count: Count | None) -> FlatRow:
    return {
        f"{name}_low": count.low if count else None,
        f"{name}_best": count.best if count else None,
        f"{name}_high": count.high if count else None,
        f"{name}_why": count.why if count else None,
    }


def _voice(voice: Voice) -> FlatRow:
    return {
        "voice_kind": voice.kind,
        "voice": voice.name,
        "cue": voice.cue,
        "via": voice_words(voice.via) if voice.via else None,
    }


def _blamed(values: Sequence[FusedValue]) -> str:
    """``the rebels (by police, via Example News)``."""
    return _joined(f"{v.value} (by {voice_words(v.by)})" if v.by else v.value for v in values)


def _joined(parts: Iterable[str]) -> str:
    return _SEPARATOR.join(part for part in parts if part)
