"""The domain types: frozen, no behaviour beyond their invariants.

Offsets are Unicode code points, half-open, into the *page's* text as read, everywhere and always, so
``page.text[span.start:span.end] == span.text`` holds without any map between texts.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

from attested.values import PartialDate, Qualifier, Score


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Words at a place in a page's text."""

    start: int
    end: int
    text: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """A labelled stretch of a page (one or more lines). ``kind`` says what it is, ``why`` how it was told.

    Kinds: body; and as furniture: headline, kicker, byline, credit, dateline, stamp, caption, navigation,
    related, plea, advert, comment, about, second-item, other.
    """

    start: int
    end: int
    kind: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """A captured file or line, as text.

    ``stated`` holds what the container itself says: title, outlet, published, author, url, site (HTML meta,
    JSON-LD, JSONL fields). ``blocks`` are hints of the container's reader (HTML: what the extractor took as
    body, what each other element is); plain text has none.
    """

    id: str
    input: str
    kind: str
    text: str
    key: str | None = None
    url: str | None = None
    stated: dict[str, str] = field(default_factory=dict)
    blocks: tuple[Block, ...] = ()
    status: Literal["read", "set aside"] = "read"
    why: str | None = None


@dataclass(frozen=True, slots=True)
class DateCandidate:
    """One publication date that the page offers; ``why_not`` is filled when it loses.

    ``moment`` is the time of day too, ISO 8601 in UTC, where the page or its capture states one with its zone.
    """

    value: PartialDate
    kind: str
    span: Span | None = None
    why_not: str | None = None
    moment: str | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """One news item on a page. ``text`` is the whole page's text; ``body`` are the lines of its story.

    ``agency`` is the wire whose dispatch this is (credit line, dateline or words such as "told AFP"),
    with the evidence in ``credit_line``.
    """

    id: str
    page_id: str
    text: str
    body: tuple[Block, ...]
    furniture: tuple[Block, ...] = ()
    headline: str | None = None
    outlet: str | None = None
    agency: str | None = None
    byline: str | None = None
    dateline: Span | None = None
    credit_line: Span | None = None
    language: str = "en"
    url: str | None = None
    candidates: tuple[DateCandidate, ...] = ()


@dataclass(frozen=True, slots=True)
class Published:
    """When a report was published, settled with its lineage and story: interval, basis, evidence, doubts."""

    report_id: str
    interval: PartialDate
    basis: Literal["stamp", "dateline", "text", "lineage", "story", "unknown"]
    evidence: tuple[Span, ...] = ()
    doubts: tuple[str, ...] = ()
    candidates: tuple[DateCandidate, ...] = ()


@dataclass(frozen=True, slots=True)
class Name:
    """A named entity as written: label PER, LOC, ORG or MISC."""

    start: int
    end: int
    text: str
    label: str


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """Words for a date, with what they are relative to; a day only once the report's own date is settled.

    ``form`` names the rule (weekday, month-day, month-day-year, month, year, ago, last, this, relative-day,
    iso, since, between...), ``data`` its numbers, ``direction`` -1 past, +1 future, 0 unsaid.
    ``anchor`` is what it is relative to: "none" (absolute), "published", or "mention" ("five days later").
    """

    span: Span
    form: str
    anchor: Literal["none", "published", "mention"]
    data: dict[str, int] = field(default_factory=dict)
    direction: int = 0


@dataclass(frozen=True, slots=True)
class Quote:
    """Words between quotation marks (``span`` is without the marks) and who spoke them."""

    id: str
    report_id: str
    span: Span
    speaker: str | None = None
    speaker_span: Span | None = None
    in_body: bool = True


@dataclass(frozen=True, slots=True)
class Saying:
    """What a voice says in a report's own words: ``span`` is the content ("the talks would resume in May").

    ``rest`` are further stretches of it, split off by whoever says it ("..., he said, because ..."). ``predicate`` is
    the verb of its main clause, None where that has none; ``hedge`` says how sure that clause is told.
    """

    id: str
    report_id: str
    span: Span
    voice: Voice
    hedge: Hedge = "reported"
    predicate: Span | None = None
    rest: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Outline:
    """What the stages that see many reports need of one report's reading; small enough to keep.

    ``vectors`` is (n_sentences, width) float16, L2-normalised, row i for ``sentences[i]``.
    """

    report_id: str
    sentences: tuple[Span, ...]
    names: tuple[Name, ...] = ()
    times: tuple[TimeExpression, ...] = ()
    quotes: tuple[Quote, ...] = ()
    sayings: tuple[Saying, ...] = ()
    vectors: Any = None


@dataclass(frozen=True, slots=True)
class Passage:
    """An aligned stretch of a child and its parent, as offsets into each one's page."""

    child_start: int
    child_end: int
    parent_start: int
    parent_end: int


DerivationKind = Literal["identical", "republished", "excerpt", "rewrite", "spun"]


@dataclass(frozen=True, slots=True)
class Derivation:
    """Child was made from parent (PROV ``wasDerivedFrom``); ``parent`` None is a wire that nobody saved.

    ``is_version`` marks a later version of one outlet's own report, or the same address saved again.
    ``is_sibling`` says that ``parent`` is no parent: both go back to one dispatch that nobody saved.
    """

    child: str
    parent: str | None
    kind: DerivationKind
    score: Score
    agency: str | None = None
    passages: tuple[Passage, ...] = ()
    why: str = ""
    is_version: bool = False
    is_sibling: bool = False


@dataclass(frozen=True, slots=True)
class Origin:
    """The reports that go back to one newsroom's text. Copies count once."""

    id: str
    reports: tuple[str, ...]
    agency: str | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Story:
    """Reports about the same affair."""

    id: str
    headline: str
    reports: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Role:
    """A participant of a mention: ``name`` is perpetrator, target, victim, weapon, place, time, speaker,
    addressee, topic, ...; ``span`` the whole phrase, ``head`` its head word."""

    name: str
    span: Span
    head: Span


MentionStatus = Literal["happened", "habitual", "planned", "feared", "hypothetical", "denied", "accident"]


@dataclass(frozen=True, slots=True)
class Mention:
    """One report's words for an incident, a statement or a trend.

    ``type`` is an ACLED sub-event type (incident), a PLOVER root (statement) or "trend"; ``mode`` the
    PLOVER mode. ``is_background`` marks history told in passing. ``why`` says why it is not counted, if so.
    """

    id: str
    report_id: str
    kind: Literal["incident", "statement", "trend"]
    type: str
    trigger: Span
    sentence: Span
    roles: tuple[Role, ...] = ()
    mode: str = ""
    status: MentionStatus = "happened"
    is_background: bool = False
    why: str = ""


VoiceKind = Literal["outlet", "named person", "named body", "unnamed official", "witness", "other report"]
Hedge = Literal["fact", "reported", "alleged", "suspected", "claimed", "possible", "denied"]


@dataclass(frozen=True, slots=True)
class Voice:
    """Who says it: the outlet itself, or a source with its cue; ``via`` is the voice that passed it on.

    ``anonymity`` are the words that say why nobody is named ("on condition of anonymity because ...").
    """

    kind: VoiceKind
    name: str | None = None
    cue: str | None = None
    span: Span | None = None
    via: Voice | None = None
    anonymity: str | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """One value of one field, in one report's words, through one voice.

    ``value`` is what the words say, not what they mean beside other reports: a date claim's value is its
    expression. ``qualifier`` is set on counts ("at least"). ``part_of`` names a claim of which this is a
    part ("three children" of "three children and two women").
    """

    id: str
    report_id: str
    mention_id: str
    field: str
    value: int | str
    span: Span
    sentence: Span
    voice: Voice
    hedge: Hedge = "reported"
    polarity: Literal["positive", "negative"] = "positive"
    unit: str | None = None
    qualifier: Qualifier | None = None
    confidence: float = 0.5
    method: str = ""
    part_of: str | None = None


@dataclass(frozen=True, slots=True)
class Incident:
    """Mentions of one thing done. Its values are computed from its claims by ``incidents.fuse``."""

    id: str
    type: str
    mention_ids: tuple[str, ...]
    why_merged: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Statement:
    """Mentions of one thing said, or one act of diplomacy (``act`` is a PLOVER root)."""

    id: str
    act: str
    mention_ids: tuple[str, ...]
    why_merged: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Trend:
    """Mentions of one habitual or summary statement ("some 25 assaults since the new year")."""

    id: str
    mention_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class QuoteLink:
    """A quotation's siblings in other reports, and whether it was altered (``from_id``, why)."""

    quote_id: str
    same_as: tuple[str, ...] = ()
    altered_from: str | None = None
    altered_why: str | None = None


@dataclass(frozen=True, slots=True)
class Judgement:
    """A person's decision; it wins over every rerun because it is input. Append-only.

    ``left`` and ``right`` name words, one anchor a line (``incidents/anchors.py``); for a corrected value ``right`` is
    the field and ``value`` what it is. ``before`` is what the ledger said when it was made.
    """

    id: str
    kind: str
    left: str
    right: str | None
    verdict: Literal["positive", "negative", "unsure", "corrected"]
    value: str | None = None
    by: str = ""
    at: str = ""
    note: str = ""
    supersedes: str | None = None
    before: str = ""


@dataclass(frozen=True, slots=True)
class Given:
    """An id that the ledger gave to an incident, statement or trend, and the mentions it stood for last.

    ``since`` orders ids by age; ``mentions`` are anchors, one a line, the oldest members first.
    """

    id: str
    kind: str
    since: int
    mentions: str
    is_live: bool = True


@dataclass(frozen=True, slots=True)
class Redirect:
    """An id that stands no longer, and the one that has most of its mentions now."""

    old: str
    new: str
