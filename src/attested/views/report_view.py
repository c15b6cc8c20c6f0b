"""One report as a person checks it: its text with claims marked, what they are about, its date, where it comes from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import groupby

from attested.model import Claim, DateCandidate, Derivation, Mention, Origin, Page, Published, Report, Story
from attested.views.audit import superseded_words
from attested.views.evidence import Evidence, evidence_of, outlet_words
from attested.views.facts import Facts
from attested.views.families import Family, lineage_view
from attested.views.layout import SENTENCE, Mark, Part, lay_out
from attested.views.sentence_origins import SentenceOrigin, What, sentence_origins
from attested.views.words import incident_title

NOT_COUNTED = "not-counted"
"""The kind of mark on words that tell of no incident, statement or trend."""
_LARGEST = 60  # reports of a family whose tree fits beside a report; a larger one has its own page
# Field of a claim -> what the mark on its words says, where the field's own name is long.
_LABELS = {
    "perpetrator_alleged": "by",
    "responsibility_claimed": "claimed by",
    "responsibility_denied": "denied by",
    "weapon_count": "how many weapons",
    "on_behalf_of": "on behalf of",
    "addressee": "to",
    "what": "says",
    "text": "trend",
}
_GROUPS = {
    "casualties": ("killed", "injured", "abducted", "missing"),
    "when": ("date", "period"),
    "where": ("place",),
    "who did it": ("perpetrator_alleged", "responsibility_claimed", "responsibility_denied"),
    "whom it hit": ("target", "victims", "effect"),
    "means": ("weapon", "weapon_count"),
    "said": ("speaker", "on_behalf_of", "addressee", "what"),
    "trends": ("text", "number", "direction"),
}
_GROUP_OF = {field: name for name, fields in _GROUPS.items() for field in fields}
_OTHER = "other"
# Status of a mention -> what the mark on its words says.
_STATUS = {"habitual": "habit", "planned": "plan", "feared": "fear", "hypothetical": "if"}
_FROM: Mapping[What, str] = {
    "copied": "copied from",
    "altered": "altered from",
    "shared": "shared with",
    "added": "added here",
    "not told": "its own, or that of a text nobody saved",
    "own": "its own",
}


@dataclass(frozen=True, slots=True)
class Told:
    """One claim: what a reader needs to check it, and why it counts no longer, if so."""

    claim: Claim
    evidence: Evidence
    superseded: str = ""

    @property
    def label(self) -> str:
        """What the mark on its words says."""
        return _label(self.claim.field)


@dataclass(frozen=True, slots=True)
class Group:
    """The claims about one row, in the order of the text. ``id`` is None where ``mention`` counts for no row."""

    id: str | None
    kind: str
    title: str
    claims: tuple[Told, ...]
    is_judged: bool = False
    mention: Mention | None = None


@dataclass(frozen=True, slots=True)
class Kind:
    """Marks of one sort in a report: the group's name, a name for style sheets, and how many there are."""

    name: str
    slug: str
    n: int


@dataclass(frozen=True, slots=True)
class Sign:
    """Where neighbouring sentences of one line come from; ``report`` has them too, from ``start`` on."""

    what: What
    words: str
    report: str | None
    start: int
    taken_by: int


@dataclass(frozen=True, slots=True)
class ReportView:
    """A report with all that its page shows. ``signs`` are by the start of a line; ``titles`` name other reports."""

    report: Report
    page: Page | None
    outlet: str
    settled: Published
    rivals: tuple[DateCandidate, ...]
    parts: tuple[Part, ...]
    kinds: tuple[Kind, ...]
    signs: Mapping[int, tuple[Sign, ...]]
    sentences: tuple[SentenceOrigin, ...]
    groups: tuple[Group, ...]
    not_counted: tuple[Mention, ...]
    made_from: tuple[Derivation, ...]
    made_into: tuple[Derivation, ...]
    origin: Origin | None
    family: Family | None
    story: Story | None
    titles: Mapping[str, str]

    @property
    def n_claims(self) -> int:
        """How many claims it makes."""
        return sum(len(group.claims) for group in self.groups)

    @property
    def gone(self) -> frozenset[str]:
        """The claims that count no longer, as people decided."""
        return frozenset(told.claim.id for group in self.groups for told in group.claims if told.superseded)


def report_view(facts: Facts, report_id: str, *, whole: bool = False) -> ReportView:
    """What the page of a report shows. ``whole`` cuts no very long line short."""
    report, page = facts.reports[report_id], facts.pages.get(facts.reports[report_id].page_id)
    facts = replace(facts, only=_rows_told(facts, report_id))
    claims = _in_order(claim for claim in facts.claims.values() if claim.report_id == report_id)
    not_counted = _not_counted(facts, report_id)
    settled, sentences = facts.published(report_id), sentence_origins(facts, report)
    made_from = tuple(facts.made_from.get(report_id, ()))
    made_into = tuple(edge for edge in facts.derivations if edge.parent == report_id)
    parts = lay_out(report, [*_marks(claims, not_counted, sentences)], whole=whole)
    origin = facts.origin_of.get(report_id)
    return ReportView(
        report=report,
        page=page,
        outlet=outlet_words(facts, report_id),
        settled=settled,
        rivals=tuple(c for c in settled.candidates or report.candidates if c.why_not),
        parts=parts,
        kinds=_kinds(claims, not_counted),
        signs=_signs(facts, report_id, parts, sentences),
        sentences=sentences,
        groups=tuple(_groups(facts, claims)),
        not_counted=not_counted,
        made_from=made_from,
        made_into=made_into,
        origin=origin,
        family=_family(facts, origin, report_id),
        story=next((story for story in facts.stories if report_id in story.reports), None),
        titles=_titles(facts, (*made_from, *made_into)),
    )


def _rows_told(facts: Facts, report_id: str) -> frozenset[str]:
    """The incidents, statements and trends that a report tells of."""
    mentions = {m.id for m in facts.ledger.mentions if m.report_id == report_id}
    return frozenset(id for id, members in facts.members.items() if not mentions.isdisjoint(members))


def _in_order(claims: Iterable[Claim]) -> list[Claim]:
    return sorted(claims, key=lambda c: (c.span.start, -c.span.end, c.field, c.id))


def _not_counted(facts: Facts, report_id: str) -> tuple[Mention, ...]:
    """Mentions that are of no incident, statement or trend, each with its reason."""
    found = (m for m in facts.mentions.values() if m.report_id == report_id and m.why)
    return tuple(sorted(found, key=lambda m: (m.trigger.start, m.id)))


def _marks(
    claims: Iterable[Claim], not_counted: Iterable[Mention], sentences: Iterable[SentenceOrigin]
) -> Iterator[Mark]:
    """Sentences first, so that the marks on their words lie within them."""
    yield from (
        Mark(sentence_id(s.start), s.start, s.end, SENTENCE, s.what.replace(" ", "-")) for s in sentences
    )
    yield from (Mark(c.id, c.span.start, c.span.end, c.field, _label(c.field)) for c in claims)
    yield from (Mark(m.id, m.trigger.start, m.trigger.end, NOT_COUNTED, status_words(m)) for m in not_counted)


def sentence_id(start: int) -> str:
    """The name under which a report's page leads to the sentence that begins there."""
    return f"s{start}"


def status_words(mention: Mention) -> str:
    """Why a mention is no incident, in a word: ``habit``, ``plan``; ``not counted`` where it happened."""
    return _STATUS.get(mention.status, "not counted" if mention.status == "happened" else mention.status)


def _label(field: str) -> str:
    return _LABELS.get(field, field.replace("_", " "))


def group_slug(field: str) -> str:
    """The group of fields that a mark belongs to, as style sheets name it."""
    return (field if field == NOT_COUNTED else _GROUP_OF.get(field, _OTHER)).replace(" ", "-")


def _kinds(claims: Iterable[Claim], not_counted: tuple[Mention, ...]) -> tuple[Kind, ...]:
    """The groups of marks in the order that a reader asks for them, those without any left out."""
    n = dict.fromkeys((*_GROUPS, _OTHER), 0)
    for claim in claims:
        n[_GROUP_OF.get(claim.field, _OTHER)] += 1
    found = [Kind(name, name.replace(" ", "-"), number) for name, number in n.items() if number]
    return (*found, Kind("not counted", NOT_COUNTED, len(not_counted))) if not_counted else tuple(found)


def _groups(facts: Facts, claims: Iterable[Claim]) -> Iterator[Group]:
    """Claims by what they are about, in the order in which the report comes to it."""
    told: dict[str, list[Told]] = {}
    for claim in claims:
        superseded = "; ".join(why for _, why in superseded_words(facts, claim.id))
        about = facts.about.get(claim.id, claim.mention_id)
        told.setdefault(about, []).append(Told(claim, evidence_of(facts, claim), superseded))
    rows = _rows(facts)
    for id, group in told.items():
        if id in rows:
            yield Group(id, *rows[id], tuple(group), id in facts.judged)
        else:
            mention = facts.mentions.get(id)
            title = f"“{mention.trigger.text}”" if mention else "words of no mention"
            yield Group(None, mention.kind if mention else "mention", title, tuple(group), False, mention)


def _rows(facts: Facts) -> dict[str, tuple[str, str]]:
    """Id -> the kind of row and its title."""
    rows = {row.id: ("incident", incident_title(row)) for row in facts.incidents}
    rows |= {row.id: ("statement", f"{row.speaker or 'somebody'}: {row.what}") for row in facts.statements}
    return rows | {row.id: ("trend", row.text) for row in facts.trends}


def _signs(
    facts: Facts, report_id: str, parts: Iterable[Part], sentences: tuple[SentenceOrigin, ...]
) -> dict[int, tuple[Sign, ...]]:
    """Start of a line -> where its sentences come from; neighbours of one origin share a sign."""
    lines = sorted((line for part in parts for line in part.lines), key=lambda line: line.start)
    found: dict[int, list[Sign]] = {}
    at = 0
    for sentence in sentences:
        while at < len(lines) and lines[at].end <= sentence.start:
            at += 1
        if at < len(lines):
            found.setdefault(lines[at].start, []).append(_sign(facts, report_id, sentence))
    return {start: tuple(_joined(signs)) for start, signs in found.items()}


def _unseen_words(made_from: Iterable[Derivation]) -> str:
    """Where sentences may come from that go back to what nobody saved."""
    edges = list(made_from)
    if any(edge.kind == "spun" for edge in edges):
        return "spun from a text that nobody saved"
    agency = next((edge.agency for edge in edges if edge.agency), None)
    return f"its own, or {agency}'s" if agency else _FROM["not told"]


def _sign(facts: Facts, report_id: str, sentence: SentenceOrigin) -> Sign:
    words = _FROM[sentence.what]
    if sentence.what == "not told":
        words = _unseen_words(facts.made_from.get(report_id, ()))
    if sentence.report is not None:
        words = f"{words} {facts.reports[sentence.report].outlet or outlet_words(facts, sentence.report)}"
    return Sign(sentence.what, words, sentence.report, sentence.report_start, sentence.taken_by)


def _joined(signs: Iterable[Sign]) -> Iterator[Sign]:
    for _, together in groupby(signs, key=lambda s: (s.what, s.words, s.report)):
        first, *rest = together
        yield replace(first, taken_by=max(sign.taken_by for sign in (first, *rest)))


def _family(facts: Facts, origin: Origin | None, report_id: str) -> Family | None:
    """Who has it from whom, where others share its text and they are not too many."""
    if origin is None or not 1 < len(origin.reports) <= _LARGEST:
        return None
    return next(iter(lineage_view(facts, (report_id,)).families), None)


def _titles(facts: Facts, edges: Iterable[Derivation]) -> dict[str, str]:
    """Report -> outlet and headline, of those that derivations name."""
    ids = {id for edge in edges for id in (edge.child, edge.parent) if id in facts.reports}
    return {
        id: f"{outlet_words(facts, id)}: “{facts.reports[id].headline or 'no headline'}”"
        for id in sorted(ids)
    }
