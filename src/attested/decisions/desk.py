"""A person's decisions -> judgements that name words, appended to the ledger; its rows are made anew at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cached_property
from typing import Any, Literal

from attested.decisions.typed import typed_value
from attested.errors import InputError, LedgerError, RecordedError
from attested.ids import make_id
from attested.incidents.anchors import Finder
from attested.incidents.fused import FusedIncident
from attested.incidents.judged import ACTOR, CLAIM, SAME, UNDO, VALUE, undone_by
from attested.incidents.known_as import actors_by_name
from attested.ledger.sqlite import SqliteStore
from attested.ledger.store import Ledger
from attested.model import Judgement
from attested.resolve.actor_names import name_key
from attested.settling import Settled, settle
from attested.views.facts import Facts
from attested.views.listing import refresh
from attested.views.lookup import followed, id_meant, no_row
from attested.views.words import incident_title, shown_words

_LISTS = {
    "incident": "incidents",
    "statement": "statements",
    "trend": "trends",
    "claim": "claims",
    "actor": "actors",
}
_MERGED = ("incident", "statement", "trend")
_MERGEABLE = ("incident", "statement", ACTOR)
Verdict = Literal["positive", "negative"]


@dataclass(frozen=True, slots=True)
class _Row:
    """What a person named: its kind, id and mentions; of an actor the name that was typed, or its own."""

    kind: str
    id: str
    mentions: tuple[str, ...]


class Desk:
    """Decisions on one ledger. Each says who (``by``) and why (``note``), and returns the judgements made; ``changed``
    are then the ids of the incidents, statements and trends that are not as they were, came or went.

    Only what lies around the rows that are named is read, and no other is touched. All raise InputError when an id
    names nothing, or not what can be decided so.
    """

    def __init__(self, store: SqliteStore) -> None:
        self._store = store
        self.changed = frozenset[str]()
        self.look(())

    def look(self, ids: Sequence[str]) -> None:
        """See what lies around these rows; it is read when it is asked for."""
        self._wanted = ids
        for name in ("ledger", "facts", "_finder", "_rows", "_of_report"):
            self.__dict__.pop(name, None)

    @cached_property
    def ledger(self) -> Ledger:
        """What lies around the rows last named, or around the words last judged."""
        ledger = self._store.load(vectors=False, around=self._wanted, beside=False)
        if all(self._store.find_row(id) for id in self._wanted):
            return ledger
        return replace(ledger, actors=self._store.actors())

    @cached_property
    def facts(self) -> Facts:
        """The same as views read it."""
        return Facts(self.ledger)

    def merge(self, ids: Sequence[str], *, by: str, note: str = "") -> list[Judgement]:
        """These incidents (or these statements, or these names of actors) are one."""
        self.look(ids)
        rows = list({row.id: row for row in self._named(ids, _MERGEABLE)}.values())
        kinds = {row.kind for row in rows}
        if len(rows) < 2:
            raise InputError("name two incidents or more, each another one: attested judge merge ID ID")
        if len(kinds) > 1:
            raise InputError(
                f"{' and '.join(map(_one, sorted(kinds)))} cannot be one; merge rows of one kind"
            )
        mentions = [m for row in rows for m in row.mentions]
        before = "; ".join(map(self._title, rows))
        return self._judge(
            [_new(SAME + rows[0].kind, self._anchors(mentions, rows[0].kind), "positive", before=before)],
            by,
            note,
        )

    def split(self, id: str, others: Sequence[str], *, by: str, note: str = "") -> list[Judgement]:
        """Of an incident (or statement) these mentions, reports' or claims' mentions are another; or it is never one
        with these others. Of an actor these names are another's."""
        self.look([id, *others])
        [row] = self._named([id], _MERGEABLE)
        if row.kind == ACTOR:
            return self._judge([self._apart(row, row.mentions, self._other_names(row, others))], by, note)
        out = self._named(others, ("incident", "statement", "mention", "claim", "report"))
        whole = [other for other in out if other.kind in ("incident", "statement")]
        parts = list(dict.fromkeys(m for other in out if other not in whole for m in _part(other, row)))
        if any(other.id == row.id or other.kind != row.kind for other in whole):
            raise InputError(f"{id} can be kept apart from other {_LISTS[row.kind]} only")
        new = [self._apart(row, row.mentions, other.mentions, other) for other in whole]
        if parts:
            new.append(self._apart(row, self._rest(row, parts), parts))
        return self._judge(new, by, note)

    def correct(self, id: str, values: Sequence[str], *, by: str, note: str = "") -> list[Judgement]:
        """Values of an incident, each as FIELD=VALUE, are so, whatever the reports say."""
        self.look([id])
        [row] = self._named([id], ("incident",))
        fused = self._fused(row.id)
        typed = dict(typed_value(text, fused.place) for text in values)
        left = self._anchors(row.mentions, row.kind)
        new = [
            _new(VALUE, left, "corrected", right=field, value=value, before=shown_words(fused, field))
            for field, value in typed.items()
        ]
        return self._judge(new, by, note)

    def reject(self, ids: Sequence[str], *, by: str, note: str = "") -> list[Judgement]:
        """These incidents, statements, trends or mentions are none; these claims are wrong."""
        return self._judge([self._counts(row, "negative") for row in self._of_any_kind(ids)], by, note)

    def confirm(self, ids: Sequence[str], *, by: str, note: str = "") -> list[Judgement]:
        """A person has looked: these incidents, statements, trends or mentions are such."""
        rows = self._of_any_kind(ids)
        if claims := [row.id for row in rows if row.kind == "claim"]:
            raise InputError(
                f"{claims[0]} is a claim, which only says what a report says; confirm its incident"
            )
        return self._judge([self._counts(row, "positive") for row in rows], by, note)

    def undo(self, ids: Sequence[str], *, by: str, note: str = "") -> list[Judgement]:
        """These judgements stand no longer; an undoing may itself be undone."""
        meant = dict.fromkeys(self._undoable(id) for id in ids)
        return self._judge([_new(UNDO, id, "unsure", supersedes=id) for id in meant], by, note)

    def _undoable(self, id: str) -> str:
        known = self._store.judgements_about([id])
        meant = id_meant([judgement.id for judgement in known], id)
        if meant is None:
            raise InputError(f"no judgement {id!r} in this ledger; list them with: attested audit")
        if (already := undone_by(known).get(meant)) is not None:
            raise InputError(f"{meant} was undone already; to have it back: attested judge undo {already}")
        return meant

    def title(self, id: str) -> str:
        """What the row of this id is now: its id, and what an incident is."""
        return self._title(self._row(id, (*_MERGED, ACTOR)))

    def without(self, made: Sequence[Judgement]) -> Ledger:
        """The ledger's rows with all judgements but these."""
        ids = {judgement.id for judgement in made}
        return replace(self.ledger, judgements=tuple(j for j in self.ledger.judgements if j.id not in ids))

    def _judge(self, new: Iterable[Judgement], by: str, note: str) -> list[Judgement]:
        """Append the judgements and make the rows that they bear on anew. Raises RecordedError after the first."""
        at, made, n = (
            datetime.now(UTC).isoformat(timespec="seconds"),
            list[Judgement](),
            self._store.n_judgements(),
        )
        for judgement in new:
            signed = replace(judgement, by=by, at=at, note=" ".join(note.split()))
            made.append(replace(signed, id=make_id("jd", n + len(made), *_content(signed))))
        self._store.judge(*made)
        try:
            settled = settle(self._store)
            self.changed = settled.ids
            self._list(settled, len(made))
        except LedgerError as error:
            raise RecordedError(
                f"recorded as {', '.join(judgement.id for judgement in made)}, so do not decide again; the next "
                f"decision, run or start of the desk brings the ledger up to it, which failed now: {error}"
            ) from error
        self.look([judgement.id for judgement in made])
        return made

    def _list(self, settled: Settled, n: int) -> None:
        """Bring lists up to date: how sure an incident is depends on what its reports and stories tell beside it."""
        touched = settled.ids | self._store.incidents_beside(settled.mentions)
        facts = Facts(self._store.load(vectors=False, around=sorted(touched)))
        refresh(self._store, facts, touched, n)

    def _other_names(self, row: _Row, others: Sequence[str]) -> list[str]:
        names = [name for other in self._named(others, (ACTOR,)) for name in other.mentions]
        if {name_key(name) for name in row.mentions} & set(map(name_key, names)):
            raise InputError(
                f"{row.mentions[0]} cannot be kept apart from itself; name other names of {row.id}"
            )
        return names

    def _apart(
        self, row: _Row, left: Sequence[str], right: Sequence[str], other: _Row | None = None
    ) -> Judgement:
        before = "; ".join(self._title(found) for found in (row, other) if found)
        one, two = (self._anchors(side, row.kind) for side in (left, right))
        return _new(SAME + row.kind, one, "negative", right=two, before=before)

    def _rest(self, row: _Row, parts: Sequence[str]) -> list[str]:
        """What is left of a row without these mentions, which must be some of its own, not all."""
        if foreign := [m for m in parts if m not in row.mentions]:
            raise InputError(
                f"{foreign[0]} is no mention of {row.id}; see them with: attested explain {row.id}"
            )
        rest = [m for m in row.mentions if m not in parts]
        if not rest:
            raise InputError(f"that is all of {row.id}; name some of its reports or claims, not all")
        return rest

    def _counts(self, row: _Row, verdict: Verdict) -> Judgement:
        if row.kind == "claim":
            return _new(CLAIM, str(self._finder.of_claim(row.id)), verdict, before=row.id)
        kind = self._rows["mention"][row.id].kind if row.kind == "mention" else row.kind
        return _new(kind, self._anchors(row.mentions, row.kind), verdict, before=self._title(row))

    def _anchors(self, mentions: Iterable[str], kind: str) -> str:
        """The words of mentions as lines; an actor's names are their own words.

        Those that a run took back, which reads their page anew just now, have none. Raises InputError if that is all.
        """
        if kind == ACTOR:
            return "\n".join(mentions)
        found = [str(self._finder.of_mention(m)) for m in mentions if self._finder.has(m)]
        if not found:
            raise InputError("a run is reading the reports of this anew; decide when it has ended")
        return "\n".join(found)

    def _title(self, row: _Row) -> str:
        """A row as it was when it was judged: its id, and what an incident is."""
        if row.kind == ACTOR:
            return f"{row.id} {'; '.join(row.mentions)}"
        return f"{row.id} {incident_title(self._fused(row.id))}" if row.kind == "incident" else row.id

    def _fused(self, id: str) -> FusedIncident:
        return self.facts.incident(self._rows["incident"][id])

    def _of_any_kind(self, ids: Sequence[str]) -> list[_Row]:
        self.look(ids)
        return self._named(ids, ("incident", "statement", "trend", "mention", "claim"))

    def _named(self, ids: Sequence[str], kinds: Sequence[str]) -> list[_Row]:
        return [self._row(id, kinds) for id in ids]

    def _row(self, wanted: str, kinds: Sequence[str]) -> _Row:
        """What an id (or its first letters) names; one that was merged leads on."""
        meant = {kind: wanted for kind in kinds if wanted in self._rows[kind]}
        if not meant:
            wanted = followed(self.ledger, wanted)[0]
            meant = {kind: id for kind in kinds if (id := id_meant(self._rows[kind], wanted)) is not None}
        for kind, id in meant.items():
            return _Row(kind, id, self._mentions_of(kind, id))
        if ACTOR in kinds and (actor := actors_by_name(self.facts.actors.values()).get(name_key(wanted))):
            return _Row(ACTOR, actor.id, (" ".join(wanted.split()),))
        if any(id_meant(self._rows[kind], wanted) for kind in self._rows if kind not in kinds):
            raise InputError(f"{wanted} is no {' or '.join(kinds)}, and cannot be judged so")
        begun = self._store.begun(wanted)
        if len(begun) > 1:
            raise InputError(f"{wanted!r} begins {', '.join(begun)} and maybe more; type more of one")
        hint = "; list names with: attested show actors" if ACTOR in kinds else ""
        raise InputError(no_row(replace(self.ledger, given=self._store.given(wanted)), (), wanted) + hint)

    def _mentions_of(self, kind: str, id: str) -> tuple[str, ...]:
        """The mentions of a row; of a report those that count."""
        row = self._rows[kind][id]
        if kind == "report":
            return tuple(self._of_report.get(id, ()))
        if kind in _MERGED:
            return tuple(row.mention_ids)
        if kind == ACTOR:
            return (row.name,)
        return (row.mention_id if kind == "claim" else id,)

    @cached_property
    def _finder(self) -> Finder:
        return Finder(self._rows["mention"], self._rows["claim"], self._rows["report"])

    @cached_property
    def _rows(self) -> dict[str, dict[str, Any]]:
        """Everything that can be named, by kind and id."""
        ledger = self.ledger
        groups: Mapping[str, Iterable[Any]] = {
            "incident": ledger.incidents, "statement": ledger.statements, "trend": ledger.trends,
            "mention": ledger.mentions, "claim": ledger.claims, "report": ledger.reports,
            ACTOR: self.facts.actors.values(),
        }  # fmt: skip
        return {kind: {row.id: row for row in rows} for kind, rows in groups.items()}

    @cached_property
    def _of_report(self) -> dict[str, list[str]]:
        """The mentions that count, by report."""
        counted = {m for kind in _MERGED for row in self._rows[kind].values() for m in row.mention_ids}
        found: dict[str, list[str]] = defaultdict(list)
        for mention in self.ledger.mentions:
            if mention.id in counted:
                found[mention.report_id].append(mention.id)
        return found


def _one(kind: str) -> str:
    return f"{'a' if kind == 'statement' else 'an'} {kind}"


def _part(part: _Row, row: _Row) -> Sequence[str]:
    """The mentions that a part of a row has; of a report only those of this row."""
    if part.kind != "report":
        return part.mentions
    own = [mention for mention in part.mentions if mention in row.mentions]
    if not own:
        raise InputError(
            f"{part.id} tells nothing of {row.id}; see what does with: attested explain {row.id}"
        )
    return own


def _new(kind: str, left: str, verdict: Any, **more: Any) -> Judgement:
    return Judgement("", kind, left, more.pop("right", None), verdict, **more)


def _content(j: Judgement) -> tuple[object, ...]:
    return j.kind, j.left, j.right, j.verdict, j.value, j.by, j.at, j.note, j.supersedes
