"""Why a row of the ledger says what it says: every value with its sentences, voices and arithmetic."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any

from attested.errors import InputError
from attested.incidents.fused import COUNTS, FusedIncident
from attested.model import Claim, Incident, Origin, Quote, Report, Saying, Statement, Story, Trend
from attested.values import Count, PartialDate, Place
from attested.views.audit import decisions_on, superseded_words
from attested.views.evidence import Evidence, arithmetic, claim_value, evidence_list, outlet_words
from attested.views.facts import Facts
from attested.views.lookup import no_row, reports_named
from attested.views.quotations import distinct_quotes, is_altered
from attested.views.sayings import saying_words, sayings_alike
from attested.views.words import (
    UNKNOWN,
    against_words,
    backed_words,
    count_words,
    date_words,
    incident_sure_words,
    incident_title,
    iso_words,
    number_words,
    place_words,
    sure_words,
    told_words,
    voice_words,
)

# The fields an incident's reader asks for first, in the order of the question: when, where, what, who.
_FIELD_ORDER = ("date", "place", *COUNTS, "weapon", "weapon_count", "target", "victims", "effect")


@dataclass(frozen=True, slots=True)
class ExplainedValue:
    """One field: the value shown, the rule or disagreement behind it, its evidence, and how sure it is, in words."""

    field: str
    value: str
    how: str = ""
    disagreement: str = ""
    evidence: tuple[Evidence, ...] = ()
    sure: str = ""


@dataclass(frozen=True, slots=True)
class Explanation:
    """One row explained. ``about`` are its plain facts; ``why`` the reasons for merging, dating, deriving."""

    id: str
    kind: str
    title: str
    about: tuple[tuple[str, str], ...] = ()
    values: tuple[ExplainedValue, ...] = ()
    why: tuple[tuple[str, str], ...] = ()


def explain(facts: Facts, wanted: str) -> Explanation:
    """The explanation of the row with this id, or the one row whose id begins so.

    Raises InputError when no row or more than one does, saying what was meant perhaps.
    """
    ids = _explainable(facts)
    matches = [wanted] if wanted in ids else sorted(id for id in ids if id.startswith(wanted))
    if len(matches) == 1:
        make, row = ids[matches[0]]
        return make(facts, row)
    if matches:
        raise InputError(f"{wanted!r} begins {len(matches)} ids: {', '.join(matches[:6])}; type more of one")
    if len(reports := reports_named(facts, wanted)) == 1:  # a file, or a page's own key
        make, row = ids[reports[0]]
        return make(facts, row)
    raise InputError(no_row(facts.ledger, ids, wanted))


def _explainable(facts: Facts) -> dict[str, tuple[Callable[[Facts, Any], Explanation], Any]]:
    groups: tuple[tuple[Callable[[Facts, Any], Explanation], Iterable[Any]], ...] = (
        (_incident, facts.context.incidents),
        (_statement, facts.context.statements),
        (_trend, facts.context.trends),
        (_report, facts.reports.values()),
        (_claim, facts.claims.values()),
        (_origin, facts.origins),
        (_story, facts.stories),
        (_quote, facts.quotes.values()),
        (_saying, facts.sayings.values()),
    )
    return {row.id: (make, row) for make, rows in groups for row in rows}


def _incident(facts: Facts, row: Incident) -> Explanation:
    incident = facts.incident(row)
    about = (
        ("told as", f"“{incident.headline}”"),
        ("type", f"{incident.type} ({incident.plover})"),
        ("date", date_words(incident.date)),
        ("place", place_words(incident.place)),
        *_standing(incident),
        *incident_sure_words(facts.confidence(incident)),
    )
    title, values = incident_title(incident), _values(facts, incident)
    return Explanation(incident.id, "incident", title, about, values, why_so(facts, incident))


def _statement(facts: Facts, row: Statement) -> Explanation:
    statement = next(s for s in facts.statements if s.id == row.id)
    title = f"{statement.speaker or 'somebody'}: {statement.what}"
    about = (
        ("act", " ".join(part for part in (statement.act, statement.mode) if part)),
        ("speaker", statement.speaker or "unknown"),
        ("on behalf of", statement.on_behalf_of or "unknown"),
        ("addressee", statement.addressee or "unknown"),
        ("date", date_words(statement.date)),
        *(("quoted", f"“{quote.span.text}”") for quote, _ in distinct_quotes(facts, statement.quotes)),
        *_standing(statement),
    )
    return Explanation(
        statement.id, "statement", title, about, _values(facts, statement), why_so(facts, statement)
    )


def _trend(facts: Facts, row: Trend) -> Explanation:
    trend = next(t for t in facts.trends if t.id == row.id)
    about = (
        ("period", date_words(trend.period)),
        ("value", "" if trend.value is None else f"{'about ' if trend.approximate else ''}{trend.value}"),
        ("direction", trend.direction or ""),
        ("reports", number_words(len(trend.reports), "report")),
        ("origins", number_words(trend.n_origins, "origin")),
    )
    kept = tuple((label, value) for label, value in about if value)
    return Explanation(
        trend.id, "trend", trend.text, kept, _values(facts, trend), _origins(facts, trend.reports)
    )


def _report(facts: Facts, report: Report) -> Explanation:
    settled, page = facts.published(report.id), facts.pages.get(report.page_id)
    about = {
        "outlet": report.outlet or "unknown",
        "agency": report.agency or "none named",
        "byline": report.byline or "none",
        "published": f"{date_words(settled.interval)} (by {settled.basis})",
        "page": f"{page.input}" if page else report.page_id,
        "body": f"{sum(block.end - block.start for block in report.body):,} characters",
        "furniture": f"{len(report.furniture)} blocks set apart",
    }
    why = [("date", doubt) for doubt in settled.doubts]
    why += [("date evidence", f"“{span.text}”") for span in settled.evidence]
    why += [
        (f"date not taken ({c.kind})", f"{iso_words(c.value) or c.value.text}: {c.why_not}")
        for c in settled.candidates or report.candidates
        if c.why_not
    ]
    why += _derivations(facts, report.id)
    why += _origins(facts, (report.id,))
    why += [
        ("mention not counted", f"“{m.trigger.text}”: {m.why or m.status}")
        for m in facts.mentions.values()
        if m.report_id == report.id and m.why
    ]
    claims = [claim for claim in facts.claims.values() if claim.report_id == report.id]
    title = report.headline or "(no headline)"
    return Explanation(report.id, "report", title, tuple(about.items()), _by_field(facts, claims), tuple(why))


def _claim(facts: Facts, claim: Claim) -> Explanation:
    mention = facts.mentions.get(claim.mention_id)
    about = (
        ("field", claim.field),
        ("hedge", f"{claim.hedge}, {claim.polarity}"),
        ("about", facts.about.get(claim.id) or "nothing counted"),
        (
            "mention",
            f"“{mention.trigger.text}” ({mention.type}, {mention.status})" if mention else claim.mention_id,
        ),
        ("confidence", f"{claim.confidence:.2f} by {claim.method or 'an unnamed rule'}"),
        *superseded_words(facts, claim.id),
    )
    title = f"{claim.field} = {claim_value(claim)}"
    return Explanation(claim.id, "claim", title, about, _by_field(facts, [claim]))


def _origin(facts: Facts, origin: Origin) -> Explanation:
    about = (
        ("agency", origin.agency or "none named"),
        ("reports", number_words(len(origin.reports), "report")),
    )
    why = [("why", origin.why)] if origin.why else []
    why += [pair for report in origin.reports for pair in _derivations(facts, report)]
    return Explanation(origin.id, "origin", origin.agency or origin.id, about, (), tuple(why))


def _story(facts: Facts, story: Story) -> Explanation:
    about = tuple(
        ("report", f"{outlet_words(facts, id)}, “{facts.reports[id].headline or 'no headline'}” [{id}]")
        for id in story.reports
    )
    return Explanation(story.id, "story", story.headline, about, (), _origins(facts, story.reports))


def _quote(facts: Facts, quote: Quote) -> Explanation:
    link = facts.quote_links.get(quote.id)
    about = [("speaker", quote.speaker or "not named"), ("report", f"{outlet_words(facts, quote.report_id)}")]
    for other in link.same_as if link else ():
        if other in facts.quotes:
            about.append(("also in", f"{outlet_words(facts, facts.quotes[other].report_id)} [{other}]"))
    why = [("altered", link.altered_why or f"from {link.altered_from}")] if link and is_altered(link) else []
    return Explanation(quote.id, "quote", f"“{quote.span.text}”", tuple(about), (), tuple(why))


def _saying(facts: Facts, saying: Saying) -> Explanation:
    same = next((ids for one, ids in sayings_alike(facts) if one.id == saying.id), ())
    about = (
        ("voice", f"{voice_words(saying.voice)} ({saying.voice.kind})"),
        ("cue", saying.voice.cue or "none"),
        ("hedge", saying.hedge),
        ("sentence", _around(facts, saying)),
        ("report", outlet_words(facts, saying.report_id)),
        *(("also in", f"{outlet_words(facts, facts.sayings[id].report_id)} [{id}]") for id in same),
    )
    return Explanation(saying.id, "saying", saying_words(saying), about, (), ())


def _around(facts: Facts, saying: Saying) -> str:
    """The sentence of a saying."""
    outline = next(o for o in facts.ledger.outlines if o.report_id == saying.report_id)
    found = (s for s in outline.sentences if s.start <= saying.span.start < s.end)
    text = facts.reports[saying.report_id].text
    return " ".join(next((text[s.start : s.end] for s in found), saying.span.text).split())


def _values(facts: Facts, row: Any) -> tuple[ExplainedValue, ...]:
    """The row's values field by field, with what was fused from them where the row has that field."""
    disputes = {found.field: against_words(found) for found in getattr(row, "contradictions", ())}
    given = [str(judgement.right) for judgement in getattr(row, "corrections", ())]
    explained = []
    for value in _by_field(facts, facts.claims_in(row)):
        fused = getattr(row, value.field, None)
        shown, how = _shown(fused)
        how = how or arithmetic(getattr(row, f"{value.field}_why", ""))
        told = told_words(getattr(row, "told", {}).get(value.field, ()))
        how = "; ".join(part for part in (how, told) if part)
        shown = shown or (UNKNOWN if value.field in given else value.value)
        disputed = disputes.pop(value.field, "")
        explained.append(ExplainedValue(value.field, shown, how, disputed, value.evidence))
    explained += [ExplainedValue(field, "", "", sides) for field, sides in disputes.items()]
    untold = [field for field in given if field not in {value.field for value in explained}]
    explained += [ExplainedValue(field, *_shown(getattr(row, field))) for field in untold]
    sure = facts.confidence(row).values if isinstance(row, FusedIncident) else {}
    return tuple(
        replace(value, sure=sure_words(sure[value.field])) if value.field in sure else value
        for value in explained
    )


def _by_field(facts: Facts, claims: Iterable[Claim]) -> tuple[ExplainedValue, ...]:
    groups: dict[str, list[Claim]] = {}
    for claim in claims:
        groups.setdefault(claim.field, []).append(claim)
    rank = {field: i for i, field in enumerate(_FIELD_ORDER)}
    ordered = sorted(groups, key=lambda field: (rank.get(field, len(rank)), field))
    return tuple(
        ExplainedValue(
            field,
            "; ".join(dict.fromkeys(claim_value(claim) for claim in groups[field])),
            evidence=tuple(evidence_list(facts, groups[field])),
        )
        for field in ordered
    )


def _shown(fused: Any) -> tuple[str, str]:
    """A fused value in words, and the rule that chose it."""
    if isinstance(fused, Count):
        return count_words(fused), fused.why
    if isinstance(fused, PartialDate):
        return date_words(fused), ""
    if isinstance(fused, Place):
        return place_words(fused), ""
    if isinstance(fused, tuple) and fused and hasattr(fused[0], "n_origins"):
        return "; ".join(f"{v.value} ({backed_words(v)})" for v in fused), ""
    return (fused, "") if isinstance(fused, str) else ("", "")


def _standing(row: Any) -> list[tuple[str, str]]:
    counted = f"{number_words(row.n_reports, 'report')}, {number_words(row.n_origins, 'independent origin')}"
    return [("stands on", counted)]


def why_so(facts: Facts, row: Any) -> tuple[tuple[str, str], ...]:
    """Why the mentions of an incident or a statement were merged, and which origins stand behind it."""
    merged = dict.fromkeys(facts.why_merged.get(row.id, ()))
    decided = decisions_on(facts, row.id)
    return (
        *(("merged", reason) for reason in merged),
        *(("decided", reason) for reason in decided),
        *_origins(facts, row.reports),
    )


def _origins(facts: Facts, reports: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """For each origin behind these reports: which of them, and why they count once."""
    members: dict[str, list[str]] = {}
    for report in reports:
        if (origin := facts.origin_of.get(report)) is not None:
            members.setdefault(origin.id, []).append(report)
    found = []
    for id, own in sorted(members.items()):
        names = ", ".join(f"{outlet_words(facts, report)} [{report}]" for report in own)
        why = facts.origin_of[own[0]].why
        found.append((f"origin {id}", f"{names}: {why}" if why else names))
    return tuple(found)


def _derivations(facts: Facts, report: str) -> list[tuple[str, str]]:
    return [
        (
            "made from",
            f"{d.kind} of {d.parent or 'a wire that nobody saved'}"
            f"{f' ({d.agency})' if d.agency else ''}, {d.score.value:.2f}: {d.why or d.score.detail}",
        )
        for d in facts.made_from.get(report, ())
    ]
