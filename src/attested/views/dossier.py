"""The dossier: one self-contained HTML file for a person to read, check, print and send on. No scripts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import groupby
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from attested import __version__
from attested.incidents.fused import COUNTS, FusedIncident
from attested.incidents.perpetrators import is_doubted
from attested.model import Derivation, Quote, Report, Story
from attested.values import PartialDate
from attested.views import words
from attested.views.evidence import SentenceEvidence, arithmetic, outlet_words, sentences_of
from attested.views.explain import why_so
from attested.views.facts import Facts
from attested.views.held import Held, held
from attested.views.lineage_picture import lineage_picture
from attested.views.overview import counts, set_aside_reasons, summary_line
from attested.views.pictures import timeline
from attested.views.quotations import distinct_quotes, is_altered

_VALUE_FIELDS = ("weapon", "target", "victims", "effect")
_ACTOR_FIELDS = ("perpetrator_alleged", "responsibility_claimed", "responsibility_denied")


@dataclass(frozen=True, slots=True)
class Line:
    """One value of a row: its field, the value in words, how it was chosen, who says so."""

    field: str
    value: str
    how: str = ""
    voices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """An incident, statement or trend as the dossier shows it."""

    row: Any
    lines: tuple[tuple[str, tuple[Line, ...]], ...]
    disputes: tuple[tuple[str, str, tuple[Held, ...]], ...]
    evidence: tuple[SentenceEvidence, ...]
    why: tuple[tuple[str, str], ...]
    quotes: tuple[tuple[Quote, tuple[str, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class Member:
    """A report in its family: when, how it was made, and why we think so."""

    report: Report
    outlet: str
    published: str
    basis: str
    doubts: tuple[str, ...]
    made: tuple[Derivation, ...]


@dataclass(frozen=True, slots=True)
class Quoted:
    """A quotation with the reports that print it alike, and those that altered it."""

    quote: Quote
    reports: tuple[str, ...]
    altered: tuple[tuple[Quote, str], ...]


def dossier_html(facts: Facts, *, title: str | None = None) -> str:
    """The whole file as text. Everything from a page is escaped; nothing of a page's HTML is ever put out."""
    template = _environment().get_template("dossier.html.j2")
    return template.render(
        title=title or _title(facts),
        css=_text("templates/dossier.css") + _text("static/lineage.css"),
        summary=summary_line(facts),
        counts=counts(facts),
        facts=facts,
        made_at=facts.ledger.summary.made_at,
        version=__version__,
        timeline=timeline(facts),
        lineage=lineage_picture(facts),
        stories=_stories(facts),
        incidents=[_entry(facts, row) for row in _by_date(facts.incidents)],
        statements=[_entry(facts, row) for row in _by_date(facts.statements)],
        trends=[_entry(facts, row) for row in facts.trends],
        families=_families(facts),
        quotes=_quotes(facts),
        set_aside=facts.set_aside,
        set_aside_reasons=set_aside_reasons(facts),
        names={report: outlet_words(facts, report) for report in facts.reports},
    )


def _text(name: str) -> str:
    return resources.files("attested.views").joinpath(name).read_text(encoding="utf-8")


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("attested.views", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "date_words": words.date_words,
        "count_words": words.count_words,
        "place_words": words.place_words,
        "voice_words": words.voice_words,
        "day_words": words.day_words,
        "number_words": words.number_words,
        "listed": words.listed,
        "incident_title": words.incident_title,
        "arithmetic": arithmetic,
        "field_words": lambda name: name.replace("_", " "),
    }
    return environment


def _title(facts: Facts) -> str:
    """The headline of the story that most reports tell, and how many more there are."""
    largest = _by_size(facts)
    if not largest or not largest[0].headline:
        return "What the reports say"
    n_more = len(largest) - 1
    more = words.number_words(n_more, "other story", "other stories")
    return f"{largest[0].headline}, and {more}" if n_more else largest[0].headline


def _by_size(facts: Facts) -> list[Story]:
    return sorted(facts.stories, key=lambda story: (-len(story.reports), story.id))


def _stories(facts: Facts) -> list[tuple[Story, int, str]]:
    """Stories, the largest first, with their origins and when their reports came out."""
    found = []
    for story in _by_size(facts):
        origins = {facts.origin_of[report].id for report in story.reports if report in facts.origin_of}
        dated = [w for report in story.reports if (w := facts.published(report).interval).is_known]
        ends = [(w.start, w.end) for w in dated if w.start and w.end]
        when = PartialDate.span(min(ends)[0], max(end for _, end in ends)) if ends else PartialDate()
        found.append((story, len(origins), words.date_words(when)))
    return found


def _by_date(rows: Iterable[Any]) -> list[Any]:
    """The latest first, as a desk reads; rows without a date last."""
    known = sorted((r for r in rows if r.date.is_known), key=lambda r: (r.date.start, r.id), reverse=True)
    return known + sorted((r for r in rows if not r.date.is_known), key=lambda r: str(r.id))


def _entry(facts: Facts, row: Any) -> Entry:
    claims = facts.claims_in(row)
    return Entry(
        row=row,
        lines=tuple((field, tuple(lines)) for field, lines in groupby(_lines(facts, row), _field)),
        disputes=tuple(
            (found.field, found.why, tuple(held(facts, value) for value in found.values))
            for found in getattr(row, "contradictions", ())
        ),
        evidence=tuple(sentences_of(facts, claims)),
        why=why_so(facts, row),
        quotes=tuple(distinct_quotes(facts, getattr(row, "quotes", ()))),
    )


def _field(line: Line) -> str:
    return line.field


def _lines(facts: Facts, row: Any) -> Iterable[Line]:
    """The values that a row has, with the voices behind each; what nobody says has no line."""
    sure = facts.confidence(row).values if isinstance(row, FusedIncident) else {}
    for field in COUNTS:
        if (count := getattr(row, field, None)) is not None:
            voices = _voices(facts, [c.id for c in facts.claims_in(row) if c.field == field])
            told = words.told_words(row.told.get(field, ()))
            how = (count.why, told, words.sure_words(sure[field]))
            yield Line(field, words.count_words(count), "; ".join(part for part in how if part), voices)
    for field in _VALUE_FIELDS:
        for value in getattr(row, field, ()):
            yield Line(field, value.value, words.backed_words(value), _voices(facts, value.claims))
    for field in _ACTOR_FIELDS:
        for value in getattr(row, field, ()):
            yield Line(field, value.value, words.backed_words(value), _sayers(facts, value))


def _sayers(facts: Facts, value: Any) -> tuple[str, ...]:
    """Who alleges, claims or denies it, each with the doubt of their words: ``the police (suspected)``."""
    claims = [facts.claims[id] for id in value.claims if id in facts.claims]
    said = dict.fromkeys(words.said_words(c.voice, c.hedge if is_doubted(c) else "fact") for c in claims)
    return tuple(said) or ((words.voice_words(value.by),) if value.by else ())


def _voices(facts: Facts, claims: Iterable[str]) -> tuple[str, ...]:
    """Who says so, each voice once."""
    found = (words.voice_words(facts.claims[id].voice) for id in claims if id in facts.claims)
    return tuple(dict.fromkeys(found))


def _families(facts: Facts) -> list[tuple[Any, tuple[Member, ...]]]:
    """Origins, the largest first, with their reports in the order of publication."""
    ordered = sorted(facts.origins, key=lambda origin: (-len(origin.reports), origin.id))
    return [
        (origin, tuple(_member(facts, report) for report in facts.by_day(origin.reports)))
        for origin in ordered
    ]


def _member(facts: Facts, report_id: str) -> Member:
    settled = facts.published(report_id)
    return Member(
        facts.reports[report_id],
        outlet_words(facts, report_id),
        words.date_words(settled.interval),
        settled.basis,
        settled.doubts,
        tuple(facts.made_from.get(report_id, ())),
    )


def _siblings(facts: Facts, quote_id: str) -> list[str]:
    """Ids of the same words in other reports known by then."""
    link = facts.quote_links.get(quote_id)
    return [other for other in (link.same_as if link else ()) if other in facts.quotes]


def _altered(facts: Facts) -> dict[str, list[tuple[Quote, str]]]:
    """Quote id -> the altered versions of it and why; a version whose first is not known stands for itself."""
    found: dict[str, list[tuple[Quote, str]]] = {}
    for link in facts.quote_links.values():
        if is_altered(link) and link.quote_id in facts.quotes:
            known = link.altered_from if link.altered_from in facts.quotes else link.quote_id
            found.setdefault(known or link.quote_id, []).append(
                (facts.quotes[link.quote_id], link.altered_why or "")
            )
    return found


def _quotes(facts: Facts) -> list[Quoted]:
    """Quotations that more than one report prints, or that one of them altered."""
    altered = _altered(facts)
    shown: list[Quoted] = []
    seen: set[str] = set()
    for id, quote in facts.quotes.items():
        same = _siblings(facts, id)
        if id in seen or not (same or id in altered):
            continue
        seen |= {id, *same}
        reports = dict.fromkeys([quote.report_id, *(facts.quotes[other].report_id for other in same)])
        variants = tuple(v for member in (id, *same) for v in altered.get(member, ()))
        shown.append(Quoted(quote, tuple(reports), variants))
    return shown
