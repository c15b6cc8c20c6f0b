"""Decisions that were made -> the rows that they change, merged anew around the words that they name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from attested.all_reports import dated, merge_of, merged
from attested.incidents.anchors import Finder, anchors_in
from attested.incidents.candidates import block_keys
from attested.incidents.clusters import Beyond
from attested.incidents.context import FuseContext
from attested.incidents.judged import ACTOR, SAME
from attested.incidents.kept import Kept
from attested.incidents.merge import Merge
from attested.incidents.naming import Names
from attested.incidents.seen import Seen, judged_differently, see_mentions
from attested.incidents.statements import merge_statements
from attested.incidents.trends import merge_trends
from attested.ledger.near import Changes, Near
from attested.ledger.sqlite import SqliteStore
from attested.ledger.store import Ledger
from attested.model import Incident
from attested.views.fusing import fuse_context

_FEW = 5  # decisions that are settled within the transaction that ends a run: some 15 ms each
_CATCH_UPS = 2  # times that a run merges again because more were made; people may decide without end
_LISTS = {"incident": "incidents", "statement": "statements", "trend": "trends"}


@dataclass(frozen=True, slots=True)
class Settled:
    """The incidents, statements and trends that changed, came or went, or hold what was judged, by their ids; and the
    mentions of incidents that are told otherwise now, so that others beside them may be more or less sure."""

    ids: frozenset[str] = frozenset()
    mentions: frozenset[str] = frozenset()


def settle(store: SqliteStore, *, briefly: bool = False) -> Settled:
    """Make the rows of incidents, statements and trends obey every decision; returns what that changed.

    They become what a merge of the whole ledger makes of them, with one exception. A mention that a decision gives
    other values (a claim of it is wrong), or that counts now and did not, is compared with what its stories tell and
    with what is told beside that; whether it is like any other, the next run sees. Decisions on names, which may
    concern any report, are settled on the whole: ``briefly`` leaves them, and all with them, for another time.
    """
    while True:
        with store.near() as near:
            if near.moment.settled == near.number:
                return Settled()
            changes = _around(near) or (None if briefly else _whole(near))
        if changes is None:
            return Settled()
        if store.save_settled(changes):  # else a run ended or somebody else settled them meanwhile
            return Settled(changes.ids, changes.mentions)


def save_run(store: SqliteStore, ledger: Ledger, before: Ledger) -> Ledger:
    """Save what a run made of ``before``, the ledger as it was loaded; returns it as people decided until then.

    Many decisions that were made while it worked are merged before it saves, so that the last few that are settled as
    it does so hold nobody up.
    """
    for _ in range(_CATCH_UPS):
        if store.n_judgements() - len(ledger.judgements) > _FEW:
            ledger = _merged_again(replace(ledger, judgements=store.judgements()))
    if store.save_cross(ledger, before, partial(settle, store, briefly=True)):
        return ledger
    settle(store)
    return store.as_settled(ledger)


def _merged_again(ledger: Ledger) -> Ledger:
    merge = merge_of(ledger)
    merge.take_rows(ledger.incidents)
    return replace(merged(ledger, merge), kept=tuple(merge.kept()))


def _whole(near: Near) -> Changes:
    """What the decisions change, seen from the whole ledger."""
    ledger = near.whole()
    now = _merged_again(ledger)
    contexts = _contexts(ledger, near)
    meant, other = (context.resolved.actors for context in contexts)
    renamed = {id for id in meant.keys() | other.keys() if meant.get(id) != other.get(id)}
    judged = _judged(ledger, *contexts) | {c.mention_id for c in ledger.claims if c.id in renamed}
    return _changes(near, ledger, now, judged, _told_otherwise(ledger, *contexts) | judged)


def _around(near: Near) -> Changes | None:
    """What the decisions change, seen from what lies around the words that they name; None if that is not enough."""
    pending = near.pending()
    if any(judgement.kind == SAME + ACTOR for judgement in pending):
        return None
    pages = {a.page for j in pending for a in anchors_in(f"{j.left}\n{j.right}")}
    ledger = near.ledger(near.reports_beside(near.reports_of_pages(pages), "origin"))
    if ledger is None:
        return None
    before, now = _contexts(ledger, near)
    judged, parts = _judged(ledger, before, now), []
    for kind, work in (
        ("incident", partial(_incidents, near, ledger, before, now)),
        ("statement", partial(_statements, near)),
        ("trend", partial(_trends, near)),
    ):
        own = {m.id: m.report_id for m in ledger.mentions if m.kind == kind and m.id in judged}
        part = work(own) if own else (Ledger(), Ledger())
        if part is None:
            return None
        parts.append(part)
    was, is_ = (_joined(side) for side in zip(*parts, strict=True))
    return _changes(near, was, is_, judged, _told_otherwise(ledger, before, now), ledger)


def _contexts(ledger: Ledger, near: Near) -> tuple[FuseContext, FuseContext]:
    """What fusing sees under the decisions that were settled, and under all."""
    ledger, new = dated(ledger), near.new
    settled = tuple(judgement for judgement in ledger.judgements if judgement.id not in new)
    return fuse_context(replace(ledger, judgements=settled)), fuse_context(ledger)


def _judged(ledger: Ledger, before: FuseContext, now: FuseContext) -> set[str]:
    """The mentions on which people decide something else now than before."""
    of_claims = {claim.id: claim.mention_id for claim in ledger.claims}
    return judged_differently(before.decided, now.decided, of_claims)


def _told_otherwise(ledger: Ledger, before: FuseContext, now: FuseContext) -> set[str]:
    """The mentions that count now and did not, or have claims that do, or the other way round."""
    was, is_ = before.decided, now.decided
    wrong = was.wrong.keys() ^ is_.wrong.keys()
    return (was.rejected.keys() ^ is_.rejected.keys()) | {
        claim.mention_id for claim in ledger.claims if claim.id in wrong
    }


def _changes(
    near: Near,
    before: Ledger,
    now: Ledger,
    judged: Set[str],
    otherwise: Set[str],
    beside: Ledger | None = None,
) -> Changes:
    """Rows as they were and are, with those that differ, or hold what was judged there or ``beside``."""
    ids, mentions = set[str](), set(otherwise)
    for part in _LISTS.values():
        was, is_ = ({row.id: row for row in getattr(ledger, part)} for ledger in (before, now))
        differ = [row for id, row in was.items() if is_.get(id) != row]
        differ += [row for id, row in is_.items() if was.get(id) != row]
        ids |= {row.id for row in differ}
        if part == "incidents":
            mentions |= {mention for row in differ for mention in row.mention_ids}
        there = {row.id: row for row in getattr(beside, part, ())} | is_
        ids |= {row.id for row in there.values() if not judged.isdisjoint(row.mention_ids)}
    return Changes(before, now, frozenset(ids), frozenset(mentions), near.moment, near.number)


def _joined(ledgers: Iterable[Ledger]) -> Ledger:
    """The rows of all these in one; no two have one row."""
    whole = Ledger()
    for ledger in ledgers:
        parts = (*_LISTS.values(), "given", "redirects", "kept")
        more: dict[str, Any] = {part: (*getattr(whole, part), *getattr(ledger, part)) for part in parts}
        whole = replace(whole, **more)
    return whole


def _named(near: Near, kind: str, before: Sequence[Any], found: Sequence[Any]) -> tuple[Ledger, Ledger]:
    """Rows as they were, and those found now under the ids that last."""
    mentions = {id for row in (*before, *found) for id in row.mention_ids}
    known = near.given([row.id for row in before], mentions)
    given = tuple(row for row in known.given if row.kind == kind)
    own = {row.id for row in given}
    led = tuple(row for row in known.redirects if row.old in own)
    finder = Finder({m.id: m for m in known.mentions}, {}, {r.id: r for r in known.reports})
    names = Names(given, led, finder, {kind: before}, is_given=near.is_given, age=known.age)
    now: dict[str, Any] = {_LISTS[kind]: names.name(kind, found)}
    was: dict[str, Any] = {_LISTS[kind]: tuple(before)}
    return (
        replace(Ledger(), given=given, redirects=led, **was),
        replace(Ledger(), given=names.given, redirects=names.redirects, **now),
    )


def _statements(near: Near, judged: Mapping[str, str]) -> tuple[Ledger, Ledger] | None:
    """Statements of the stories in which some mentions were judged, and of those that share a statement with them."""
    reports, n = set(judged.values()), 0
    while n < len(reports):
        n = len(reports)
        stories = near.reports_beside(reports, "story")
        reports = stories | near.reports_of(near.beside(near.mentions_of(stories), "statement"))
    ledger = near.ledger(reports, told=reports)
    if ledger is None:
        return None
    context = fuse_context(dated(ledger)).part(reports)
    found = merge_statements(context, ledger.stories, ledger.derivations)
    return _named(near, "statement", _rows_in(ledger, ledger.statements, reports), found)


def _trends(near: Near, judged: Mapping[str, str]) -> tuple[Ledger, Ledger] | None:
    """Trends of the stories in which some mentions were judged."""
    reports = near.reports_beside(set(judged.values()), "story")
    ledger = near.ledger(reports)
    if ledger is None:
        return None
    context = fuse_context(dated(ledger)).part(reports)
    found = merge_trends(context, ledger.stories, ledger.derivations)
    return _named(near, "trend", _rows_in(ledger, ledger.trends, reports), found)


def _rows_in(ledger: Ledger, rows: Sequence[Any], reports: Set[str]) -> list[Any]:
    """Those of the rows that these reports tell of."""
    own = {mention.id for mention in ledger.mentions if mention.report_id in reports}
    return [row for row in rows if not own.isdisjoint(row.mention_ids)]


@dataclass(frozen=True, slots=True)
class _Judged:
    """Mentions of incidents that people see otherwise now; of these those that have other values, and are to be
    compared ``anew``; and mentions that count no longer."""

    changed: dict[str, Seen]
    anew: set[str]
    gone: set[str]

    @classmethod
    def between(cls, before: Mapping[str, Seen], now: Mapping[str, Seen]) -> _Judged:
        """What differs in what is to be seen of mentions, before and now."""
        changed, anew = dict[str, Seen](), set[str]()
        for id, one in now.items():
            was = before.get(id)
            if was is None or was.fingerprint() != one.fingerprint():
                changed[id] = one
                if was is None or replace(was, decided=one.decided).fingerprint() != one.fingerprint():
                    anew.add(id)
        return cls(changed, anew, before.keys() - now.keys())


def _incidents(
    near: Near, ledger: Ledger, before: FuseContext, now: FuseContext, judged: Mapping[str, str]
) -> tuple[Ledger, Ledger] | None:
    """The incidents of what was judged, and of what that joins now; None if only the whole ledger can tell."""
    reports = set(judged.values())
    seen = (see_mentions(side.part(reports), ledger.stories, ledger.derivations) for side in (before, now))
    new = _Judged.between(*seen)
    if not new.changed and not new.gone:
        return Ledger(), Ledger()
    reach = _Reach(near, new)
    while True:
        try:
            grown = reach.merge()
        except Beyond as more:
            if not reach.widen(more.mentions):
                return None
            continue
        if grown is None or reach.covers(grown):
            break
    if grown is None:
        return None
    was, is_ = _named(near, "incident", reach.rows, grown)
    kept, keeping = reach.kept()
    return replace(was, kept=kept), replace(is_, kept=keeping)


class _Reach:
    """As much of a ledger as merging some mentions anew takes: their incidents (``rows``), and those of all that match
    a mention of these."""

    def __init__(self, near: Near, judged: _Judged) -> None:
        self._near, self._judged = near, judged
        self._own, self._beyond = judged.changed.keys() | judged.gone, set[str]()
        if judged.anew:
            stories = near.reports_beside(near.reports_of(judged.anew), "story")
            self._beyond |= near.beside(near.mentions_of(stories), "incident")

    def widen(self, mentions: Set[str]) -> bool:
        """Take in the incidents of these; False if they were asked for before."""
        is_new = not mentions <= self._beyond
        self._beyond |= mentions
        return is_new

    def covers(self, grown: Iterable[Incident]) -> bool:
        """Whether what was grown is all within; if not, it is taken in."""
        more = {id for row in grown for id in row.mention_ids} - self._own
        self._own |= more
        return not more

    def merge(self) -> list[Incident] | None:
        """The incidents grown anew; None if what was kept is not how the rows are, which only a run amends."""
        near, judged = self._near, self._judged
        self.rows = near.incidents_of(self._own)
        self._own |= {id for row in self.rows for id in row.mention_ids}
        kept = near.kept_of(self._own)
        matching = {other for row in kept for other, *_ in row.pairs()} | self._beyond
        fringe = near.incidents_of(matching - self._own)
        ids = self._own.union(*(row.mention_ids for row in fringe))
        self._kept = kept + near.kept_of(ids - self._own)
        told = near.reports_of(ids if judged.anew else self._own)
        ledger = near.ledger(near.reports_of(ids), told=told, vectors=True)
        if ledger is None:
            return None
        before, now = _contexts(ledger, near)
        was, seen = (see_mentions(side, ledger.stories, ledger.derivations) for side in (before, now))
        self._merge = Merge(_as_seen(row, was) for row in self._kept if row.mention_id in was)
        self._merge.resume(was, before.decided)
        members = [[id for id in row.mention_ids if id in was] for row in (*self.rows, *fringe)]
        if not all(self._merge.is_kept(ids) for ids in members if ids):
            return None
        changed = {id: seen[id] for id in judged.changed}
        gone = judged.gone & self._merge.mentions
        return self._merge.judge(now.decided, changed, judged.anew, gone)

    def kept(self) -> tuple[tuple[Kept, ...], tuple[Kept, ...]]:
        """What was kept of all within, and what is to be kept of it now."""
        was = {row.mention_id: row for row in self._kept}
        now = {
            row.mention_id: replace(row, blocks=was[row.mention_id].blocks if row.mention_id in was else "")
            for row in self._merge.kept()
        }
        now |= {id: replace(was[id], seen="") for id in was.keys() & self._judged.gone}
        return tuple(row for id, row in was.items() if id in now), tuple(now.values())


def _as_seen(row: Kept, seen: Mapping[str, Seen]) -> Kept:
    """What was kept of a mention; of one that a decision changed, with the blocks that it is in now."""
    if row.seen or row.mention_id not in seen:
        return row
    return replace(row, blocks="\n".join(sorted(block_keys(seen[row.mention_id].profile))))
