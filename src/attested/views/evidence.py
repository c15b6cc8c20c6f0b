"""The words behind a value: sentences with the claim's words marked, who says it, and what the words mean."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import PurePath

from attested.claims.assemble import GROWN
from attested.model import Claim, Span, Voice
from attested.text.normalise import fold
from attested.views.facts import Facts
from attested.views.words import date_words, place_words, voice_words

_SPACES = re.compile(r"\s+")
_PEOPLE = "people"  # the unit of killed and injured, which goes without saying
# How anchored dates begin their reason; the reader has the words and the day already.
_ARITHMETIC = re.compile(r'^".*?" -> [\d.-]+,? ?')
# A negated statement still has this speaker and this day; its words hold their own "not".
_NEVER_NEGATED = frozenset(
    {"speaker", "on_behalf_of", "addressee", "what", "text", "date", "place", "responsibility_denied"}
)
_MAX_RIVALS = 3  # enough for a reader to see what the name could also have meant


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a sentence; ``fields`` are those of the claims whose words it is, none for plain text."""

    text: str
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Evidence:
    """One claim as a reader can check it, without opening the page."""

    claim: str
    field: str
    value: str
    sentence: tuple[Piece, ...]
    report: str
    outlet: str
    headline: str
    published: str
    voice: str
    hedge: str
    origin: str
    cue: str = ""
    polarity: str = "positive"
    meaning: str = ""
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SentenceEvidence:
    """One sentence of a report with the words of all its claims marked; ``also`` are reports that copy it.

    Its ``claims`` do not repeat it.
    """

    report: str
    headline: str
    published: str
    sentence: tuple[Piece, ...]
    claims: tuple[Evidence, ...]
    also: tuple[str, ...] = ()


def evidence_of(
    facts: Facts, claim: Claim, *, also: Iterable[Claim] = (), with_sentence: bool = True
) -> Evidence:
    """What a reader needs to check one claim; ``also`` are the same claims in copies of its sentence."""
    report = facts.reports[claim.report_id]
    return Evidence(
        claim=claim.id,
        field=claim.field,
        value=claim_value(claim),
        sentence=mark(facts.sentence(claim), [(claim.span, claim.field)]) if with_sentence else (),
        report=report.id,
        outlet=outlet_words(facts, report.id),
        headline=report.headline or "(no headline)",
        published=date_words(facts.published(report.id).interval),
        voice=voice_words(claim.voice),
        hedge=claim.hedge,
        origin=_backer_words(facts, claim),
        cue=claim.voice.cue or "",
        polarity=claim.polarity,
        meaning=meaning_of(facts, claim),
        also=tuple(f"{outlet_words(facts, copy.report_id)} [{copy.id}]" for copy in also),
    )


def _backer_words(facts: Facts, claim: Claim) -> str:
    """Whose words they are, in words."""
    backer = facts.backing.backer(claim)
    if backer is None:
        return "no origin: machine-spun text"
    if backer.named:
        return f"as {newsroom_in(claim.voice) or backer.named} reported"
    return f"{backer.family}, added by this report" if backer.addition else backer.family


def newsroom_in(voice: Voice | None) -> str | None:
    """The other newsroom that a chain of voices names."""
    while voice is not None and voice.kind != "other report":
        voice = voice.via
    return voice.name if voice else None


def evidence_list(facts: Facts, claims: Iterable[Claim]) -> list[Evidence]:
    """The claims' evidence, the earliest report first; what copies repeat word for word is shown once."""
    copies: dict[object, list[Claim]] = {}
    for claim in by_age(facts, claims):
        copies.setdefault((fold(facts.sentence(claim).text), *_saying(claim)), []).append(claim)
    return [evidence_of(facts, first, also=rest) for first, *rest in copies.values()]


def sentences_of(facts: Facts, claims: Iterable[Claim]) -> list[SentenceEvidence]:
    """Claims gathered by sentence, the earliest report first; a sentence that others copy is shown once."""
    by_report: dict[tuple[str, int], list[Claim]] = {}
    for claim in by_age(facts, claims):
        by_report.setdefault((claim.report_id, claim.sentence.start), []).append(claim)
    copies: dict[str, list[list[Claim]]] = {}
    for group in by_report.values():
        copies.setdefault(fold(facts.sentence(group[0]).text), []).append(group)
    return [_gathered(facts, groups) for groups in copies.values()]


def by_age(facts: Facts, claims: Iterable[Claim]) -> list[Claim]:
    """Claims by publication of their report (unknown days last), then in the order of its text."""

    def age(claim: Claim) -> tuple[bool, date, str, int, int, str]:
        day = facts.published(claim.report_id).interval.start
        place = claim.sentence.start, claim.span.start, claim.field
        return day is None, day or date.max, claim.report_id, *place

    return sorted(claims, key=age)


def _saying(claim: Claim) -> tuple[str, str, str]:
    return claim.field, str(claim.value), voice_words(claim.voice)


def _gathered(facts: Facts, groups: Sequence[list[Claim]]) -> SentenceEvidence:
    """One sentence for all its copies; a claim that copies share stands once."""
    distinct: dict[object, Claim] = {}
    for group in groups:
        for claim in group:
            distinct.setdefault(_saying(claim), claim)
    first = groups[0][0]
    sentence = facts.sentence(first)
    # A claim that is its whole sentence (the text of a trend) is read without a mark.
    told = [c for c in distinct.values() if len(c.span.text) < len(facts.sentence(c).text.rstrip(" ."))]
    return SentenceEvidence(
        report=first.report_id,
        headline=facts.reports[first.report_id].headline or "(no headline)",
        published=date_words(facts.published(first.report_id).interval),
        sentence=mark(sentence, [(_moved(facts, claim, sentence), claim.field) for claim in told]),
        claims=tuple(evidence_of(facts, claim, with_sentence=False) for claim in told),
        also=tuple(dict.fromkeys(group[0].report_id for group in groups[1:])),
    )


def _moved(facts: Facts, claim: Claim, sentence: Span) -> Span:
    """The claim's words at their place in another copy of its sentence; nowhere if the copies differ."""
    own = facts.sentence(claim)
    if len(own.text) != len(sentence.text):
        return Span(-1, -1)
    by = sentence.start - own.start
    return Span(claim.span.start + by, claim.span.end + by, claim.span.text)


def mark(sentence: Span, spans: Sequence[tuple[Span, str]]) -> tuple[Piece, ...]:
    """The sentence cut at the spans' ends, spaces collapsed; each piece knows the fields it stands for."""
    inside = [(s, field) for s, field in spans if s.start < sentence.end and s.end > sentence.start]
    cuts = {sentence.start, sentence.end}
    for found, _ in inside:
        cuts |= {max(found.start, sentence.start), min(found.end, sentence.end)}
    edges = sorted(cuts)
    pieces = []
    for start, end in pairwise(edges):
        text = sentence.text[start - sentence.start : end - sentence.start]
        fields = dict.fromkeys(field for s, field in inside if s.start <= start and end <= s.end)
        pieces.append(Piece(_SPACES.sub(" ", text), tuple(fields)))
    return tuple(pieces)


def with_ends(pieces: Sequence[Piece]) -> list[tuple[Piece, tuple[str, ...]]]:
    """Each piece with the fields whose words end there: where a reader is told what the marked words are."""
    following = [*pieces[1:], Piece("")]
    return [
        (piece, tuple(field for field in piece.fields if field not in after.fields))
        for piece, after in zip(pieces, following, strict=True)
    ]


def claim_value(claim: Claim) -> str:
    """The claim's value in words: ``at least 6``, ``about 2 (rocket)``, ``not: the army``."""
    value = f"{claim.qualifier} {claim.value}" if claim.qualifier else str(claim.value)
    if claim.unit and claim.unit not in {_PEOPLE, GROWN}:
        value = f"{value} ({claim.unit})"
    if claim.part_of:
        value = f"{value}, a part"
    is_negated = claim.polarity == "negative" and claim.field not in _NEVER_NEGATED
    return f"not: {value}" if is_negated and claim.value != 0 else value  # "no casualties" is 0, not "not 0"


def meaning_of(facts: Facts, claim: Claim) -> str:
    """What the words mean beside other reports: the date arithmetic, the place and the actor chosen."""
    resolved, said = facts.context.resolved, f"“{_SPACES.sub(' ', claim.span.text)}”"
    found = []
    if (anchored := resolved.dates.get(claim.id)) is not None:
        found.append(f"{said} → {date_words(anchored.date)}{_because(arithmetic(anchored.why))}")
    link = resolved.places.get(claim.id)
    if link is not None and (link.place is not None or claim.field == "place"):
        rivals = "; ".join(place_words(rival) for rival in link.rivals[:_MAX_RIVALS])
        why = _because(link.why or link.score.detail)
        found.append(
            f"{said} → {place_words(link.place)}{why}"
            + (f" (not {rivals})" if rivals and "rivals" not in why else "")
        )
    actor = facts.actors.get(resolved.actors.get(claim.id, ""))
    if actor is not None and actor.name not in claim.span.text:
        found.append(f"{said} → {actor.name}")
    return ". ".join(found)


def arithmetic(why: str) -> str:
    """The reason of a date without the words and the day that it begins with."""
    return _ARITHMETIC.sub("", why)


def outlet_words(facts: Facts, report_id: str) -> str:
    """``Valley News (Andes Press)``; the page's file when the outlet is not known."""
    report = facts.reports[report_id]
    page = facts.pages.get(report.page_id)
    name = report.outlet or (PurePath(page.input).name if page else "unknown outlet")
    return f"{name} ({report.agency})" if report.agency and report.agency != report.outlet else name


def _because(why: str) -> str:
    return f" ({why})" if why else ""
