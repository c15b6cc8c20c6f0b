"""The ledger's rows under the names of the export contract. Unknown is None, never 0."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from attested import __version__, codec
from attested.incidents.fused import COUNTS, Contradiction, FusedIncident, FusedTrend, FusedValue
from attested.incidents.statements import FusedStatement
from attested.incidents.sureness import Confidence, Sure
from attested.model import (
    Block,
    Claim,
    DateCandidate,
    Derivation,
    Judgement,
    Page,
    Quote,
    Report,
    Saying,
    Span,
    Voice,
)
from attested.values import Actor, Count, PartialDate, Place
from attested.views.audit import standing_of
from attested.views.facts import Facts
from attested.views.quotations import is_altered
from attested.views.sayings import sayings_alike
from attested.views.words import iso_words

Row = dict[str, Any]


def run_row(facts: Facts) -> Row:
    """Version, when the last run ended, its settings and, if asked, the day as of which this is known."""
    summary = facts.ledger.summary
    row = {"version": __version__, "made_at": summary.made_at, "settings": summary.settings}
    return row if facts.as_of is None else row | {"as_of": facts.as_of.isoformat()}


def page_row(_: Facts, page: Page) -> Row:
    """One page."""
    names = ("id", "input", "key", "url", "kind", "status", "why")
    return {name: getattr(page, name) for name in names}


def report_row(facts: Facts, report: Report) -> Row:
    """One report with its settled date."""
    names = ("id", "outlet", "agency", "headline", "byline", "language", "url")
    row = {name: getattr(report, name) for name in names}
    return row | {
        "page": report.page_id,
        "dateline": report.dateline.text if report.dateline else None,
        "credit_line": report.credit_line.text if report.credit_line else None,
        "published": published_row(facts, report),
        "body": [{"start": block.start, "end": block.end} for block in report.body],
        "furniture": [_furniture(block) for block in report.furniture],
    }


def published_row(facts: Facts, report: Report) -> Row:
    """When the report was published, on what basis, and the dates that lost."""
    settled = facts.published(report.id)
    return interval(settled.interval) | {
        "basis": settled.basis,
        "evidence": [span(found) for found in settled.evidence],
        "doubts": list(settled.doubts),
        "candidates": [_candidate(found) for found in settled.candidates or report.candidates],
    }


def derivation_row(_: Facts, derivation: Derivation) -> Row:
    """One copy edge; ``parent`` is None for a wire that nobody saved, then ``sibling`` may name another user of
    it, whose passages are aligned."""
    return {
        "child": derivation.child,
        "parent": None if derivation.is_sibling else derivation.parent,
        "sibling": derivation.parent if derivation.is_sibling else None,
        "is_version": derivation.is_version,
        "agency": derivation.agency,
        "kind": derivation.kind,
        "score": derivation.score.value,
        "detail": derivation.score.detail,
        "passages": [codec.encode(passage) for passage in derivation.passages],
        "why": derivation.why,
    }


def origin_row(_: Facts, origin: Any) -> Row:
    """One origin and its reports."""
    return {"id": origin.id, "agency": origin.agency, "reports": list(origin.reports), "why": origin.why}


def story_row(_: Facts, story: Any) -> Row:
    """One story and its reports."""
    return {"id": story.id, "headline": story.headline, "reports": list(story.reports)}


def incident_row(facts: Facts, incident: FusedIncident, sure: Confidence | None = None) -> Row:
    """One incident with values computed from its claims, and how ``sure`` it is if that is known already."""
    return {
        "id": incident.id,
        "type": incident.type,
        "plover": incident.plover,
        "headline": incident.headline,
        "is_habitual": False,  # habitual and summary statements are trends, never incidents
        "date": interval(incident.date),
        "date_why": incident.date_why,
        "place": place(incident.place),
        "place_why": incident.place_why,
        **{field: count(getattr(incident, field)) for field in COUNTS},
        "weapon": [fused(value) for value in incident.weapon],
        "target": [fused(value) for value in incident.target],
        "victims": [fused(value) for value in incident.victims],
        "effect": [fused(value) for value in incident.effect],
        "perpetrator_alleged": [blamed(value) for value in incident.perpetrator_alleged],
        "responsibility_claimed": [blamed(value) for value in incident.responsibility_claimed],
        "responsibility_denied": [blamed(value) for value in incident.responsibility_denied],
        "corroboration": {field: [fused(one) for one in told] for field, told in incident.told.items()},
        **_standing(facts, incident),
        "confidence": confidence(sure or facts.confidence(incident)),
        "judged": incident.id in facts.judged,
        "corrected": {str(j.right): j.id for j in incident.corrections},
    }


def statement_row(facts: Facts, statement: FusedStatement) -> Row:
    """One statement."""
    names = ("id", "act", "mode", "speaker", "on_behalf_of", "addressee", "what")
    row = {name: getattr(statement, name) or None for name in names}
    return row | {
        "date": interval(statement.date),
        "quotes": list(statement.quotes),
        **_standing(facts, statement),
    }


def trend_row(facts: Facts, trend: FusedTrend) -> Row:
    """One habitual or summary statement."""
    return {
        "id": trend.id,
        "text": trend.text,
        "value": trend.value,
        "approximate": trend.approximate,
        "direction": trend.direction or None,
        "period": interval(trend.period),
        "reports": list(trend.reports),
        "n_origins": trend.n_origins,
        "claims": [claim.id for claim in facts.claims_in(trend)],
    }


def quote_row(facts: Facts, quote: Quote) -> Row:
    """One quotation, its siblings in other reports, and whether it was altered."""
    link = facts.quote_links.get(quote.id)
    return {
        "id": quote.id,
        "report": quote.report_id,
        **span(quote.span),
        "speaker": quote.speaker,
        "same_as": [other for other in (link.same_as if link else ()) if other in facts.quotes],
        "altered": {"from": link.altered_from, "why": link.altered_why}
        if link and is_altered(link)
        else None,
    }


def saying_row(_: Facts, alike: tuple[Saying, tuple[str, ...]]) -> Row:
    """What one voice says in one report's own words, and the same in others."""
    saying, same = alike
    return {
        "id": saying.id,
        "report": saying.report_id,
        **span(saying.span),
        "rest": [span(part) for part in saying.rest],
        "voice": voice(saying.voice),
        "hedge": saying.hedge,
        "same_as": list(same),
    }


def claim_row(facts: Facts, claim: Claim) -> Row:
    """One claim: words, voice, hedge, and the row it is about (None if its mention is not counted)."""
    names = (
        "id",
        "field",
        "value",
        "unit",
        "qualifier",
        "hedge",
        "polarity",
        "confidence",
        "method",
        "part_of",
    )
    return {name: getattr(claim, name) for name in names} | {
        "report": claim.report_id,
        "about": facts.about.get(claim.id),
        **_backer(facts, claim),
        **span(claim.span),
        "sentence": span(facts.sentence(claim)),
        "voice": voice(claim.voice),
        "superseded_by": facts.superseded.get(claim.id),
    }


def actor_row(_: Facts, actor: Actor) -> Row:
    """One actor under all its names."""
    names = ("id", "name", "kind", "country")
    return {name: getattr(actor, name) for name in names} | {"aliases": list(actor.aliases)}


def judgement_row(facts: Facts, judgement: Judgement) -> Row:
    """One decision of a person, and whether it stands."""
    names = ("id", "kind", "left", "right", "verdict", "value", "before", "by", "at", "note", "supersedes")
    state = standing_of(facts).get(judgement.id)
    return {name: getattr(judgement, name) for name in names} | {"state": state}


KINDS: dict[str, tuple[Callable[[Facts], Iterable[Any]], Callable[[Facts, Any], Row]]] = {
    "pages": (lambda facts: facts.ledger.pages, page_row),
    "reports": (lambda facts: facts.reports.values(), report_row),
    "derivations": (lambda facts: facts.derivations, derivation_row),
    "origins": (lambda facts: facts.origins, origin_row),
    "stories": (lambda facts: facts.stories, story_row),
    "incidents": (lambda facts: facts.incidents, incident_row),
    "statements": (lambda facts: facts.statements, statement_row),
    "trends": (lambda facts: facts.trends, trend_row),
    "quotes": (lambda facts: facts.quotes.values(), quote_row),
    "sayings": (sayings_alike, saying_row),
    "claims": (lambda facts: facts.claims.values(), claim_row),
    "actors": (lambda facts: facts.actors.values(), actor_row),
    "judgements": (lambda facts: facts.ledger.judgements, judgement_row),
}


def rows(facts: Facts, kind: str) -> Iterator[Row]:
    """The rows of one kind, in the ledger's order."""
    values, make_row = KINDS[kind]
    return (make_row(facts, value) for value in values(facts))


def interval(value: PartialDate) -> Row:
    """An INTERVAL; both ends None when unknown."""
    return {
        "start": value.start.isoformat() if value.start else None,
        "end": value.end.isoformat() if value.end else None,
        "precision": value.precision,
        "text": value.text,
    }


def span(value: Span | None) -> Row:
    """A SPAN; all None when there are no words."""
    if value is None:
        return {"start": None, "end": None, "text": None}
    return {"start": value.start, "end": value.end, "text": value.text}


def count(value: Count | None) -> Row | None:
    """A COUNT, or None when nobody says."""
    if value is None:
        return None
    names = ("low", "best", "high", "approximate", "why")
    return {name: getattr(value, name) for name in names}


def place(value: Place | None) -> Row | None:
    """A PLACE, or None."""
    if value is None:
        return None
    names = ("name", "lat", "lon", "country", "admin1", "precision", "geonames_id", "relation")
    return {name: getattr(value, name) for name in names}


def confidence(value: Confidence) -> Row:
    """How sure: of the incident, of its merge (None where nothing was merged), of each field that has a value."""
    return {
        "incident": sure(value.incident),
        "merge": sure(value.merge) if value.merge is not None else None,
        **{field: sure(one) for field, one in value.values.items()},
    }


def sure(value: Sure) -> Row:
    """A probability with what speaks for it and against it."""
    return {"value": value.value, "because": list(value.because), "although": list(value.although)}


def _backer(facts: Facts, claim: Claim) -> Row:
    """Whose words a claim's are: an origin, or what its report adds of its own, or a newsroom that it names."""
    backer = facts.backing.backer(claim)
    return {
        "origin": backer.family if backer and not backer.named else None,
        "own_addition": bool(backer and backer.addition),
        "named_origin": backer.named if backer else None,
        "degraded": backer is None,
    }


def voice(value: Voice | None) -> Row | None:
    """A voice with the one that passed it on."""
    if value is None:
        return None
    return {
        "kind": value.kind,
        "name": value.name,
        "cue": value.cue,
        "anonymity": value.anonymity,
        "via": voice(value.via),
    }


def fused(value: FusedValue) -> Row:
    """One value with the claims behind it."""
    return {
        "value": value.value,
        "n_origins": value.n_origins,
        "degraded": value.degraded,
        "claims": list(value.claims),
    }


def blamed(value: FusedValue) -> Row:
    """An actor that a voice names, with the claims that do."""
    return {
        "actor": value.value,
        "actor_id": value.actor,
        "by": voice(value.by),
        "n_origins": value.n_origins,
        "degraded": value.degraded,
        "claims": list(value.claims),
    }


def contradiction(value: Contradiction) -> Row:
    """A disagreement: the values side by side."""
    return {"field": value.field, "values": [fused(one) for one in value.values], "why": value.why}


def _standing(facts: Facts, row: FusedIncident | FusedStatement) -> Row:
    return {
        "reports": list(row.reports),
        "n_reports": row.n_reports,
        "n_origins": row.n_origins,
        "contradictions": [contradiction(found) for found in row.contradictions],
        "claims": [claim.id for claim in facts.claims_in(row)],
    }


def _furniture(block: Block) -> Row:
    return {"start": block.start, "end": block.end, "kind": block.kind, "why": block.why}


def _candidate(candidate: DateCandidate) -> Row:
    return {
        "value": iso_words(candidate.value) or candidate.value.text,
        "kind": candidate.kind,
        "why_not": candidate.why_not,
        **span(candidate.span),
    }
