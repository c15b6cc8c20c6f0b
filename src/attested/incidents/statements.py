"""Statements once each: mentions of one act by one speaker, brought together over reports, and their values.

Two mentions are one statement when they lie in one copied passage, share a quotation, or when the same speaker
(or the same state through one of its people) performs a compatible act on the same matter within a day. Two
different people, or two stated days apart, never become one.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from attested.ids import make_id
from attested.incidents.context import FuseContext
from attested.incidents.fused import Contradiction, FusedValue
from attested.incidents.merge import Alignment
from attested.mentions.acts import act_table
from attested.model import Claim, Derivation, Mention, Quote, Statement, Story
from attested.resolve.countries import countries, country_of
from attested.text.lemmas import lemmas
from attested.text.normalise import fold
from attested.values import Actor, PartialDate

# Acts that two newsrooms may name differently for one statement; others only match themselves.
_FAMILIES = (
    frozenset({"AGREE", "SUPPORT"}),
    frozenset({"ACCUSE", "REJECT"}),
    frozenset({"CONCEDE", "RETREAT"}),
)
# Matters at least this alike (rapidfuzz token-set ratio, 0..100) are one matter.
_ALIKE = 60.0
# Days that "on Thursday" and a late report of it may lie apart.
_SLACK_DAYS = 1
# In one report a government and its minister may speak in sentences this many characters apart.
_NEARBY = 600
# An undated statement is from its report's day only if that is known within so many days.
_MAX_PUBLISHED_DAYS = 7


@dataclass(frozen=True, slots=True)
class FusedStatement:
    """One statement: who did what with words, for whom, to whom and when, and what that rests on.

    ``act`` is a PLOVER root, ``quotes`` ids of quotations, ``claims`` all claims of its mentions.
    """

    id: str
    act: str
    mode: str
    speaker: str | None
    on_behalf_of: str | None
    addressee: str | None
    what: str
    date: PartialDate
    quotes: tuple[str, ...]
    reports: tuple[str, ...]
    n_reports: int
    n_origins: int
    contradictions: tuple[Contradiction, ...]
    claims: tuple[Claim, ...]
    why_merged: tuple[str, ...] = ()


@dataclass(frozen=True)
class _View:
    """The context with its actors by id and its quotations by report."""

    context: FuseContext
    actors: Mapping[str, Actor]
    quotes: Mapping[str, Sequence[Quote]]

    @classmethod
    def of(cls, context: FuseContext) -> _View:
        return cls(context, {a.id: a for a in context.actors}, _quotes_by_report(context))

    def actor(self, claim: Claim) -> Actor | None:
        """Whom a claim names."""
        return self.actors.get(self.context.resolved.actors.get(claim.id, ""))


@dataclass(frozen=True, slots=True)
class _Profile:
    """What merging compares of one mention. ``person`` is a named speaker's key, ``side`` the state's code;
    ``is_state`` marks a state speaking for itself ("Washington")."""

    mention: Mention
    story: str
    person: str | None
    speaker: str
    side: str | None
    is_state: bool
    addressees: frozenset[str]
    topic: str
    stated: PartialDate
    quotes: frozenset[str]

    @property
    def trigger(self) -> frozenset[str]:
        """Dictionary forms of the word that tells the act."""
        return frozenset(lemmas(self.mention.trigger.text.lower()))


def merge_statements(
    context: FuseContext, stories: Sequence[Story], derivations: Sequence[Derivation]
) -> tuple[Statement, ...]:
    """Statements with the mentions they were made of and the reasons, sorted by id.

    Only mentions that share a story and a speaker, a side, an addressee or a quotation are compared.
    """
    story_of = {report: story.id for story in stories for report in story.reports}
    view = _View.of(context)
    profiles = [
        _profile(view, mention, story_of.get(mention.report_id, mention.report_id))
        for mention in sorted(context.mentions.values(), key=lambda m: (m.report_id, m.trigger.start, m.id))
        if mention.kind == "statement"
    ]
    alignment = Alignment(derivations)
    kin = {frozenset((d.child, d.parent)) for d in derivations if d.parent}
    edges = []
    for i, j in _candidates(profiles):
        found = _compare(profiles[i], profiles[j], alignment, kin)
        if found:
            edges.append((-found[0], i, j, found[1]))
    return tuple(sorted(_grow(profiles, sorted(edges)), key=lambda s: s.id))


def fuse_statements(context: FuseContext) -> list[FusedStatement]:
    """All statements with their values, in the order of their ids."""
    view = _View.of(context)
    return [_fuse(view, statement) for statement in context.statements]


# --- profiles and pairs ---------------------------------------------------------------------------------------


def _profile(view: _View, mention: Mention, story: str) -> _Profile:
    """What merging compares of a mention, from its claims."""
    context = view.context
    claims = context.claims_by_mention.get(mention.id, ())
    speaker = next((c for c in claims if c.field == "speaker"), None)
    name = str(speaker.value) if speaker else ""
    actor = view.actor(speaker) if speaker else None
    key = actor.id if actor else fold(name)
    behalf = next((c for c in claims if c.field == "on_behalf_of"), None)
    side = state_of(str(behalf.value)) if behalf else state_of(name)
    what = next((str(c.value) for c in claims if c.field == "what"), "")
    addressees = {
        context.resolved.actors.get(c.id) or fold(str(c.value)) for c in claims if c.field == "addressee"
    }
    return _Profile(
        mention,
        story,
        key if actor is not None and actor.kind == "person" else None,
        key,
        side,
        actor is not None and actor.kind == "country",
        frozenset(addressees),
        fold(what),
        _stated(context, claims),
        frozenset(_group(context, q) for q in _quotes_in(mention, claims, view.quotes)),
    )


def state_of(words: str) -> str | None:
    """ISO code of the state that words stand for: a country, its people, its capital, one of its offices."""
    found = country_of(words)
    if found:
        return found
    title = act_table().state_titles.get(fold(words))
    if title:
        return country_of(title)
    return next((code for word in words.split() if word[:1].isupper() and (code := country_of(word))), None)


def _stated(context: FuseContext, claims: Iterable[Claim]) -> PartialDate:
    """The narrowest day that the mention's own words state; unknown if they state none."""
    dates = [
        context.resolved.dates[c.id].date
        for c in claims
        if c.field == "date" and c.id in context.resolved.dates
    ]
    known = [d for d in dates if d.is_known]
    return min(known, key=lambda d: (d.n_days, str(d.start))) if known else PartialDate()


def _candidates(profiles: Sequence[_Profile]) -> list[tuple[int, int]]:
    """Pairs worth comparing: of one story, with a speaker, side, addressee or quotation in common."""
    blocks: dict[tuple[str, str, str], list[int]] = defaultdict(list)
    for i, p in enumerate(profiles):
        keys = {("speaker", p.speaker), ("side", p.side or ""), *(("quote", q) for q in p.quotes)}
        keys |= {("addressee", a) for a in p.addressees}
        for kind, value in keys:
            if value:
                blocks[(p.story if kind != "quote" else "", kind, value)].append(i)
    pairs = {pair for block in blocks.values() for pair in _pairs(block)}
    return sorted(pairs)


# Within one block of a large story each mention is compared with so many that follow it in the order of reports.
_MAX_COMPARED = 60


def _pairs(block: Sequence[int]) -> Iterator[tuple[int, int]]:
    for at, i in enumerate(block):
        for j in block[at + 1 : at + 1 + _MAX_COMPARED]:
            yield i, j


def _compare(
    a: _Profile, b: _Profile, alignment: Alignment, kin: set[frozenset[str]]
) -> tuple[float, str] | None:
    """How surely two mentions are one statement, 0..1, and why; None if they are not."""
    one, other = a.mention, b.mention
    if not _compatible(one, other):
        return None
    if alignment.covers(one.report_id, one.trigger.start, other.report_id, other.trigger.start):
        return 1.0, "one copied passage"
    if a.quotes & b.quotes and one.type == other.type:
        return 0.95, "one quotation"
    if a.stated.is_known and b.stated.is_known and not a.stated.meets(b.stated, _SLACK_DAYS):
        return None
    alike = fuzz.token_set_ratio(a.topic, b.topic) if a.topic and b.topic else 0.0
    same_word = bool(a.trigger & b.trigger)
    if a.speaker == b.speaker and (alike >= _ALIKE or same_word or bool(a.addressees & b.addressees)):
        return 0.6 + alike / 400, "same speaker, same matter"
    if (
        a.side is not None
        and a.side == b.side
        and (a.is_state or b.is_state)
        and _one_side(a, b, alike, same_word)
    ):
        return 0.4 + alike / 400, "same state, same matter"
    related = frozenset((one.report_id, other.report_id)) in kin
    if related and a.addressees & b.addressees and one.type == other.type:
        return 0.4, "rewritten from one another, same act against the same"
    return None


def _one_side(a: _Profile, b: _Profile, alike: float, same_word: bool) -> bool:
    """Whether a state's words and its people's are one statement."""
    if a.mention.report_id == b.mention.report_id:
        near = abs(a.mention.trigger.start - b.mention.trigger.start) <= _NEARBY
        return (near and (a.person is None) != (b.person is None)) or alike >= _ALIKE or same_word
    return alike >= _ALIKE or same_word


def _compatible(one: Mention, other: Mention) -> bool:
    """Whether two acts may be one: the same root and no other mode, or roots of one family."""
    if one.type == other.type:
        return not (one.mode and other.mode) or one.mode == other.mode
    return any({one.type, other.type} <= family for family in _FAMILIES)


# --- clusters ---------------------------------------------------------------------------------------------------


def _grow(profiles: Sequence[_Profile], edges: Sequence[tuple[float, int, int, str]]) -> Iterator[Statement]:
    """Clusters grown from the surest pair on; a pair that would join two people or two days is refused."""
    home = list(range(len(profiles)))
    members: dict[int, list[int]] = {i: [i] for i in home}
    whys: dict[int, set[str]] = defaultdict(set)
    for weight, i, j, why in edges:
        a, b = sorted((home[i], home[j]))
        left, right = ([profiles[k] for k in members[root]] for root in (a, b))
        if a != b and not _clash(left, right, copied=weight <= -1.0):
            for k in members[b]:
                home[k] = a
            members[a] += members.pop(b)
            whys[a] |= whys.pop(b, set())
        if home[i] == home[j]:
            whys[home[i]].add(why)
    for top, rows in members.items():
        found = [profiles[k].mention for k in sorted(rows)]
        ids = tuple(sorted(m.id for m in found))
        act = Counter(m.type for m in found).most_common()
        best = min(act, key=lambda pair: (-pair[1], pair[0]))[0]
        yield Statement(make_id("st", ids[0]), best, ids, tuple(sorted(whys.get(top, ()))))


def _clash(left: Sequence[_Profile], right: Sequence[_Profile], *, copied: bool) -> bool:
    """Whether two clusters have different people, states or days; a copied passage is surer than its day."""
    people = {p.person for p in (*left, *right) if p.person}
    sides = {p.side for p in (*left, *right) if p.side}
    if len(people) > 1 or len(sides) > 1:
        return True
    if copied:
        return False
    days = [[p.stated for p in rows if p.stated.is_known and p.stated.n_days <= 2] for rows in (left, right)]
    return any(not a.meets(b, _SLACK_DAYS) for a in days[0] for b in days[1])


# --- values -----------------------------------------------------------------------------------------------------


def _fuse(view: _View, statement: Statement) -> FusedStatement:
    """One statement's values from the claims of its mentions."""
    context = view.context
    claims = context.claims_of(statement.mention_ids)
    mentions = [context.mentions[m] for m in statement.mention_ids if m in context.mentions]
    reports = context.reports_of(statement.mention_ids)
    modes = Counter(m.mode for m in mentions if m.mode and m.type == statement.act)
    date, clash = _date(context, claims, reports)
    rows = {
        q.id for m in mentions for q in _quotes_in(m, context.claims_by_mention.get(m.id, ()), view.quotes)
    }
    return FusedStatement(
        id=statement.id,
        act=statement.act,
        mode=min(modes, key=lambda mode: (-modes[mode], mode)) if modes else "",
        speaker=_speaker(view, claims),
        on_behalf_of=_behalf(view, claims),
        addressee=_name(view, claims, "addressee"),
        what=_what(claims, mentions),
        date=date,
        quotes=tuple(sorted(rows)),
        reports=reports,
        n_reports=len(reports),
        n_origins=context.n_origins(reports),
        contradictions=(clash,) if clash else (),
        claims=tuple(claims),
        why_merged=statement.why_merged,
    )


def _speaker(view: _View, claims: Sequence[Claim]) -> str | None:
    """The speaker's name: a person before a body; a state as the reports call it ("Washington")."""
    rows = [c for c in claims if c.field == "speaker"]
    people = [a.name for c in rows if (a := view.actor(c)) is not None and a.kind == "person"]
    if people:
        return _commonest(people)
    states = [str(c.value) for c in rows if (a := view.actor(c)) is not None and a.kind == "country"]
    return _commonest(states) or _name(view, rows, "speaker")


def _name(view: _View, claims: Sequence[Claim], field: str) -> str | None:
    """The commonest value of a field, by its actor's name where it is one."""
    rows = [c for c in claims if c.field == field]
    return _commonest([a.name if (a := view.actor(c)) is not None else str(c.value) for c in rows])


def _behalf(view: _View, claims: Sequence[Claim]) -> str | None:
    """For whom: the state that the speaker's title names, else the body as written."""
    rows = [c for c in claims if c.field == "on_behalf_of"]
    speakers = [
        a.name for c in claims if c.field == "speaker" and (a := view.actor(c)) and a.kind == "country"
    ]
    states = speakers + [countries()[code].name for c in rows if (code := state_of(str(c.value)))]
    return _commonest(states) or _name(view, rows, "on_behalf_of")


def _commonest(names: Sequence[str]) -> str | None:
    """The name most claims have; of equals the longest, then the first in the alphabet."""
    counted = Counter(names)
    return min(counted, key=lambda n: (-counted[n], -len(n), n)) if counted else None


def _what(claims: Sequence[Claim], mentions: Sequence[Mention]) -> str:
    """What it is about: the matter that is most like the others', else the sentence itself."""
    texts = sorted({str(c.value) for c in claims if c.field == "what"})
    if not texts:
        return min((" ".join(m.sentence.text.split()) for m in mentions), default="")
    central = {t: sum(fuzz.token_set_ratio(fold(t), fold(o)) for o in texts) for t in texts}
    return " ".join(min(texts, key=lambda t: (-central[t], len(t), t)).split())


def _date(
    context: FuseContext, claims: Sequence[Claim], reports: Sequence[str]
) -> tuple[PartialDate, Contradiction | None]:
    """When it was said: the stated day most claims have, else the day of the first report; and any quarrel."""
    rows = [c for c in claims if c.field == "date" and c.id in context.resolved.dates]
    dated = [(context.resolved.dates[c.id].date, c) for c in rows]
    dated = [(d, c) for d, c in dated if d.is_known]
    if dated:
        finest = min(d.n_days for d, _ in dated)
        counted = Counter(d for d, _ in dated if d.n_days == finest)
        best = min(counted, key=lambda d: (-counted[d], str(d.start)))
        apart = [d for d, _ in dated if not d.meets(best, _SLACK_DAYS)]
        return best, _quarrel(context, dated) if apart else None
    published = [context.published[r].interval for r in reports if r in context.published]
    known = [d for d in published if d.is_known and d.n_days <= _MAX_PUBLISHED_DAYS]
    return (min(known, key=lambda d: (str(d.start), str(d.end))) if known else PartialDate()), None


def _quarrel(context: FuseContext, dated: Sequence[tuple[PartialDate, Claim]]) -> Contradiction:
    """The days side by side with who says which."""
    by_day: dict[str, list[Claim]] = defaultdict(list)
    for date, claim in dated:
        by_day[f"{date.start}" if date.n_days == 1 else f"{date.start}/{date.end}"].append(claim)
    values = tuple(
        FusedValue(day, tuple(sorted(c.id for c in rows)), context.n_origins(c.report_id for c in rows))
        for day, rows in sorted(by_day.items())
    )
    return Contradiction("date", values, "the reports give different days")


# --- quotations -------------------------------------------------------------------------------------------------


def _quotes_by_report(context: FuseContext) -> dict[str, list[Quote]]:
    found: dict[str, list[Quote]] = defaultdict(list)
    for quote in sorted(context.quotes.values(), key=lambda q: (q.report_id, q.span.start)):
        found[quote.report_id].append(quote)
    return found


def _quotes_in(
    mention: Mention, claims: Iterable[Claim], quotes: Mapping[str, Sequence[Quote]]
) -> list[Quote]:
    """Quotations that overlap what a mention says it is about."""
    spans = [c.span for c in claims if c.field == "what"]
    return [
        q
        for q in quotes.get(mention.report_id, ())
        if any(q.span.start < s.end and s.start < q.span.end for s in spans)
    ]


def _group(context: FuseContext, quote: Quote) -> str:
    """The first id of a quotation's siblings, which names the whole group."""
    link = (context.quote_links or {}).get(quote.id)
    return min((quote.id, *(link.same_as if link else ())))
