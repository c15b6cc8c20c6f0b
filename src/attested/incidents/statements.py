"""Statements once each: mentions of one act by one speaker, brought together over reports, and their values.

Two mentions are one statement when they lie in one copied passage, share a quotation, or when the same speaker
(or the same state through one of its people) performs a compatible act on the same matter within a day. Two
different people, or two stated days apart, never become one.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from attested.ids import make_id
from attested.incidents.alignment import Alignment
from attested.incidents.context import FuseContext
from attested.incidents.fused import Contradiction
from attested.incidents.judged import Decided
from attested.incidents.links import Links
from attested.incidents.statement_pairs import SLACK_DAYS, candidate_pairs, compare_statements
from attested.incidents.statement_profile import (
    StatementProfile,
    StatementView,
    make_profile,
    quotes_in,
    state_named,
    state_of,
)
from attested.model import Claim, Derivation, Mention, Statement, Story
from attested.text.countries import countries
from attested.text.normalise import fold
from attested.values import PartialDate

__all__ = ["FusedStatement", "fuse_statements", "merge_statements", "state_of"]

# An undated statement is from its report's day only if that is known within so many days.
_MAX_PUBLISHED_DAYS = 7
# Words for something told before, which say nothing alone: "that attack", "such claims".
_POINTING = re.compile(r"(?:this|that|these|those|such)(?: \w+){1,2}|it|them|this|that", re.IGNORECASE)


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


def merge_statements(
    context: FuseContext, stories: Sequence[Story], derivations: Sequence[Derivation]
) -> tuple[Statement, ...]:
    """Statements with the mentions they were made of and the reasons, sorted by id.

    Only mentions that share a story and a speaker, a side, an addressee or a quotation are compared.
    """
    story_of = {report: story.id for story in stories for report in story.reports}
    view = StatementView.of(context)
    profiles = [
        make_profile(view, mention, story_of.get(mention.report_id, mention.report_id))
        for mention in sorted(context.mentions.values(), key=lambda m: (m.report_id, m.trigger.start, m.id))
        if mention.kind == "statement"
    ]
    alignment = Alignment(derivations)
    kin = {frozenset((d.child, d.parent)) for d in derivations if d.parent}
    edges = []
    for i, j in candidate_pairs(profiles):
        found = compare_statements(profiles[i], profiles[j], alignment, kin)
        if found:
            edges.append((-found[0], i, j, found[1]))
    clusters = _Clusters(profiles, context.decided.links("statement"))
    for weight, i, j, why in sorted(edges):
        clusters.offer(i, j, why, copied=weight <= -1.0)
    statements = (_statement(*cluster, context.decided) for cluster in clusters.found())
    return tuple(sorted(statements, key=lambda s: s.id))


def fuse_statements(context: FuseContext) -> list[FusedStatement]:
    """All statements with their values, in the order of their ids."""
    view = StatementView.of(context)
    return [_fuse(view, statement) for statement in context.statements]


class _Clusters:
    """Mentions of one statement. They begin with what people put together; what they kept apart never becomes one."""

    def __init__(self, profiles: Sequence[StatementProfile], links: Links[str]) -> None:
        self._profiles, self._links = profiles, links
        self._home = [links.home(profile.mention.id) for profile in profiles]
        self._members: dict[str, list[int]] = defaultdict(list)
        for i, a in enumerate(self._home):
            self._members[a].append(i)
        self._judged = {a for a, rows in self._members.items() if len(rows) > 1}
        self._whys: dict[str, set[str]] = defaultdict(set)

    def offer(self, i: int, j: int, why: str, *, copied: bool) -> None:
        """Make the clusters of a pair one, unless that would join two people or two days."""
        a, b = sorted((self._home[i], self._home[j]))
        if a != b and not self._links.forbids(a, b):
            left, right = self._like(i, copied=copied), self._like(j, copied=copied)
            if not _clash(left, right, copied=copied):
                self._join(a, b)
        if self._home[i] == self._home[j]:
            self._whys[self._home[i]].add(why)

    def _like(self, i: int, *, copied: bool) -> list[StatementProfile]:
        """The cluster's profiles; where people put it together those that do not clash with this one."""
        a, own = self._home[i], [self._profiles[i]]
        rows = [self._profiles[k] for k in self._members[a]]
        return rows if a not in self._judged else [p for p in rows if not _clash([p], own, copied=copied)]

    def _join(self, a: str, b: str) -> None:
        self._links.join(a, b)
        if b in self._judged:
            self._judged.add(a)
        for k in self._members[b]:
            self._home[k] = a
        self._members[a] += self._members.pop(b)
        self._whys[a] |= self._whys.pop(b, set())

    def found(self) -> Iterator[tuple[list[Mention], list[str]]]:
        """Each cluster's mentions, and why they are together."""
        for a, rows in self._members.items():
            yield [self._profiles[k].mention for k in sorted(rows)], sorted(self._whys.get(a, ()))


def _statement(found: Sequence[Mention], reasons: Sequence[str], decided: Decided) -> Statement:
    ids = tuple(sorted(m.id for m in found))
    act = Counter(m.type for m in found).most_common()
    best = min(act, key=lambda pair: (-pair[1], pair[0]))[0]
    return Statement(make_id("st", ids[0]), best, ids, (*decided.reasons("statement", ids), *reasons))


def _clash(left: Sequence[StatementProfile], right: Sequence[StatementProfile], *, copied: bool) -> bool:
    """Whether two clusters have different people, states or days; a copied passage is surer than its day."""
    people = {p.person for p in (*left, *right) if p.person}
    sides = {p.side for p in (*left, *right) if p.side}
    if len(people) > 1 or len(sides) > 1:
        return True
    if copied:
        return False
    days = [[p.stated for p in rows if p.stated.is_known and p.stated.n_days <= 2] for rows in (left, right)]
    return any(not a.meets(b, SLACK_DAYS) for a in days[0] for b in days[1])


def _fuse(view: StatementView, statement: Statement) -> FusedStatement:
    """One statement's values from the claims of its mentions."""
    context = view.context
    claims = context.claims_of(statement.mention_ids)
    mentions = [context.mentions[m] for m in statement.mention_ids if m in context.mentions]
    reports = context.reports_of(statement.mention_ids)
    modes = Counter(m.mode for m in mentions if m.mode and m.type == statement.act)
    date, clash = _date(context, claims, reports)
    rows = {
        q.id for m in mentions for q in quotes_in(m, context.claims_by_mention.get(m.id, ()), view.quotes)
    }
    return FusedStatement(
        id=statement.id,
        act=statement.act,
        mode=min(modes, key=lambda mode: (-modes[mode], mode)) if modes else "",
        speaker=_speaker(view, claims),
        on_behalf_of=_behalf(view, claims),
        addressee=_name(view, claims, "addressee"),
        what=_what(_of_speaker(view, claims), mentions, context.spun),
        date=date,
        quotes=tuple(sorted(rows)),
        reports=reports,
        n_reports=len(reports),
        n_origins=context.n_origins(reports),
        contradictions=(clash,) if clash else (),
        claims=tuple(claims),
        why_merged=statement.why_merged,
    )


def _speaker(view: StatementView, claims: Sequence[Claim]) -> str | None:
    """The speaker's name: a person before a body; a state as the reports call it ("Washington")."""
    rows = [c for c in claims if c.field == "speaker"]
    people = [a.name for c in rows if (a := view.actor(c)) is not None and a.kind == "person"]
    if people:
        return _commonest(people)
    states = [str(c.value) for c in rows if (a := view.actor(c)) is not None and a.kind == "country"]
    return _commonest(states) or _name(view, rows, "speaker")


def _name(view: StatementView, claims: Sequence[Claim], field: str) -> str | None:
    """The commonest value of a field, by its actor's name where it is one."""
    rows = [c for c in claims if c.field == field]
    return _commonest([a.name if (a := view.actor(c)) is not None else str(c.value) for c in rows])


def _behalf(view: StatementView, claims: Sequence[Claim]) -> str | None:
    """For whom: the state that the speaker's title names, else the body as most write it (of equals the plainest)."""
    rows = [c for c in claims if c.field == "on_behalf_of"]
    speakers = [
        a.name for c in claims if c.field == "speaker" and (a := view.actor(c)) and a.kind == "country"
    ]
    states = speakers + [countries()[code].name for c in rows if (code := state_named(str(c.value)))]
    if states:
        return _commonest(states)
    named = Counter(a.name if (a := view.actor(c)) is not None else str(c.value) for c in rows)
    return min(named, key=lambda n: (-named[n], len(n), n)) if named else None


def _commonest(names: Sequence[str]) -> str | None:
    """The name most claims have; of equals the longest, then the first in the alphabet."""
    counted = Counter(names)
    return min(counted, key=lambda n: (-counted[n], -len(n), n)) if counted else None


def _of_speaker(view: StatementView, claims: Sequence[Claim]) -> list[Claim]:
    """The claims of mentions that name the person who speaks, if any tells a matter; else all of them."""
    people = {
        c.mention_id for c in claims if c.field == "speaker" and (a := view.actor(c)) and a.kind == "person"
    }
    own = [c for c in claims if c.mention_id in people]
    return own if any(c.field == "what" for c in own) else list(claims)


def _what(claims: Sequence[Claim], mentions: Sequence[Mention], spun: frozenset[str]) -> str:
    """What it is about: the matter that is most like the others', else the sentence itself.

    A matter that only points back ("that attack") says less than its sentence; machine-spun words come last.
    """
    rows = [c for c in claims if c.field == "what" and not _POINTING.fullmatch(str(c.value))]
    texts = sorted({str(c.value) for c in rows if c.report_id not in spun} or {str(c.value) for c in rows})
    if not texts:
        told = sorted(mentions, key=lambda m: (m.report_id in spun, " ".join(m.sentence.text.split())))
        return " ".join(told[0].sentence.text.split()) if told else ""
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
        apart = [d for d, _ in dated if not d.meets(best, SLACK_DAYS)]
        return best, _quarrel(context, dated) if apart else None
    published = [context.published[r].interval for r in reports if r in context.published]
    known = [d for d in published if d.is_known and d.n_days <= _MAX_PUBLISHED_DAYS]
    return (min(known, key=lambda d: (str(d.start), str(d.end))) if known else PartialDate()), None


def _quarrel(context: FuseContext, dated: Sequence[tuple[PartialDate, Claim]]) -> Contradiction:
    """The days side by side with who says which."""
    by_day: dict[str, list[Claim]] = defaultdict(list)
    for date, claim in dated:
        by_day[date.iso()].append(claim)
    values = tuple(
        context.fused_value(day, sorted(rows, key=lambda c: c.id)) for day, rows in sorted(by_day.items())
    )
    return Contradiction("date", values, "the reports give different days")
