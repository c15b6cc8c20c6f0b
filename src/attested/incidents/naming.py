"""Ids that last: a row of the ledger keeps the id of the earlier row that most of its mentions were in.

An id once given is never given to something else. Of rows that are merged one id goes on and the others lead to it
(``redirects``); of a row that is split the larger part goes on, and the other part gets the id that its mentions had
before, if they had one (as after an undone merge), or a new one.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count
from typing import Any

from attested.ids import make_id
from attested.incidents.anchors import Finder, anchors_in
from attested.model import Given, Redirect

PREFIXES = {"incident": "in", "statement": "st", "trend": "tr"}


@dataclass(frozen=True, slots=True)
class _Earlier:
    """A row of the ledger as it was: those of its mentions that there still are, and whether it was there of late."""

    id: str
    since: int
    is_live: bool
    mentions: tuple[str, ...]


class Names:
    """The ids that were given, and the giving of ids to what is found now. ``rows`` are the ledger's of before.

    Of a part of a ledger they may be those that matter for its mentions alone: ``is_given`` then tells of every id
    whether it was ever given, and ``age`` is that of the youngest.
    """

    def __init__(
        self,
        given: Sequence[Given],
        redirects: Sequence[Redirect],
        finder: Finder,
        rows: Mapping[str, Sequence[Any]],
        *,
        is_given: Callable[[str], bool] = lambda _: False,
        age: int = 0,
    ) -> None:
        self._finder, self._is_given = finder, is_given
        self._given = {row.id: row for row in given}
        for kind, found in rows.items():  # a ledger from before ids were kept
            for row in found:
                self._given.setdefault(row.id, Given(row.id, kind, 0, "", True))
        self._unkept = {
            row.id: row.mention_ids
            for found in rows.values()
            for row in found
            if not self._given[row.id].mentions
        }
        self._rows = {kind: {row.mention_ids: row.id for row in found} for kind, found in rows.items()}
        self._led = {r.old: r.new for r in redirects}
        self._round = 1 + max(age, 0, *(row.since for row in self._given.values()))

    def name(self, kind: str, found: Sequence[Any]) -> tuple[Any, ...]:
        """The rows found, with their ids, sorted by these. A row of the very mentions that it had keeps its id."""
        known = self._rows.get(kind, {})
        as_before = {known[row.mention_ids]: row for row in found if row.mention_ids in known}
        as_before = {id: row for id, row in as_before.items() if self._given[id].mentions}
        named = [replace(row, id=id) for id, row in as_before.items()]
        named += self._named(
            kind, [row for row in found if known.get(row.mention_ids) not in as_before], as_before
        )
        return tuple(sorted(named, key=lambda row: row.id))

    def _named(self, kind: str, found: Sequence[Any], as_before: Collection[str]) -> list[Any]:
        """The rows that have changed, under the ids of the earlier ones that are not ``as_before``."""
        earlier = (
            self._earlier(kind, as_before) if found or len(as_before) < len(self._rows.get(kind, ())) else []
        )
        groups = [frozenset(row.mention_ids) for row in found]
        names = _kept(groups, [e for e in earlier if e.is_live])
        taken = set(names.values())
        rest = [i for i in range(len(found)) if i not in names]
        again = _kept([groups[i] for i in rest], [e for e in earlier if not e.is_live], is_whole=True)
        names |= {rest[at]: id for at, id in again.items()}
        for i in rest:
            if i not in names:
                names[i] = self._new(kind, sorted(groups[i]))
                self._given[names[i]] = Given(names[i], kind, self._round, "", True)
        self._lead(earlier, groups, names, taken)
        self._keep(earlier, found, names)
        return [replace(row, id=names[i]) for i, row in enumerate(found)]

    @property
    def given(self) -> tuple[Given, ...]:
        """Every id that was ever given."""
        return tuple(self._given.values())

    @property
    def redirects(self) -> tuple[Redirect, ...]:
        """Where ids lead that stand no longer, each straight to one that does."""
        return tuple(Redirect(old, new) for old, new in sorted(self._led.items()))

    def _earlier(self, kind: str, as_before: Collection[str]) -> list[_Earlier]:
        """The other rows of a kind as they were, the oldest first."""
        own = (g for g in self._given.values() if g.kind == kind and g.id not in as_before)
        rows = sorted(own, key=lambda g: (g.since, g.id))
        return [_Earlier(g.id, g.since, g.is_live, self._mentions(g)) for g in rows]

    def _mentions(self, given: Given) -> tuple[str, ...]:
        if given.id in self._unkept:
            return tuple(id for id in self._unkept[given.id] if self._finder.has(id))
        return tuple(self._finder.mentions(anchors_in(given.mentions), given.kind))

    def _new(self, kind: str, ids: Sequence[str]) -> str:
        """An id that was never given: of the first mention, or of the first with a number."""
        return next(
            id for id in _ids(PREFIXES[kind], ids) if id not in self._given and not self._is_given(id)
        )

    def _lead(
        self,
        earlier: Sequence[_Earlier],
        groups: Sequence[frozenset[str]],
        names: Mapping[int, str],
        taken: set[str],
    ) -> None:
        """Lead each id that stands no longer to where most of its mentions went; one that stands leads nowhere."""
        home = {mention: i for i, group in enumerate(groups) for mention in group}
        for row in earlier:
            if row.is_live and row.id not in taken:
                homes = Counter(home[m] for m in row.mentions if m in home)
                if homes:
                    self._led[row.id] = names[max(homes, key=lambda i: (homes[i], names[i]))]
        for id in names.values():
            self._led.pop(id, None)
        for old in [row.id for row in earlier if row.id in self._led]:
            self._led[old] = self._end(old)

    def _end(self, id: str) -> str:
        """Where a chain of redirects ends."""
        seen = {id}
        while (after := self._led.get(id)) is not None and after not in seen:
            seen.add(after)
            id = after
        return id

    def _keep(self, earlier: Sequence[_Earlier], found: Sequence[Any], names: Mapping[int, str]) -> None:
        """Note what each id stands for now, its oldest mentions first; one that stands no longer keeps what it had."""
        before = {row.id: row.mentions for row in earlier}
        for id in (row.id for row in earlier if row.is_live):
            self._given[id] = replace(self._given[id], is_live=False, mentions=self._lines(before[id]))
        for i, row in enumerate(found):
            id, own = names[i], set(row.mention_ids)
            ordered = dict.fromkeys([*(m for m in before.get(id, ()) if m in own), *row.mention_ids])
            self._given[id] = replace(self._given[id], is_live=True, mentions=self._lines(ordered))

    def _lines(self, mention_ids: Iterable[str]) -> str:
        return "\n".join(str(self._finder.of_mention(id)) for id in mention_ids)


def _ids(prefix: str, mentions: Sequence[str]) -> Iterator[str]:
    yield make_id(prefix, mentions[0])
    yield from (make_id(prefix, mentions[0], n) for n in count(2))


def _kept(
    groups: Sequence[frozenset[str]], earlier: Sequence[_Earlier], *, is_whole: bool = False
) -> dict[int, str]:
    """Group -> the id that it keeps: the pairs with most mentions in common first, each group and each id once.

    Of equals the oldest row, then the part that holds the row's first mention, then the first group. With
    ``is_whole`` a group must have most of the row's mentions.
    """
    home = {mention: i for i, group in enumerate(groups) for mention in group}
    shared: dict[tuple[int, int], int] = defaultdict(int)
    for at, row in enumerate(earlier):
        for mention in row.mentions:
            if mention in home:
                shared[home[mention], at] += 1

    def rank(pair: tuple[int, int]) -> tuple[int, int, bool, str]:
        group, row = groups[pair[0]], earlier[pair[1]]
        return -shared[pair], pair[1], row.mentions[0] not in group, min(group)

    names: dict[int, str] = {}
    used: set[int] = set()
    for group, at in sorted(shared, key=rank):
        if is_whole and 2 * shared[group, at] <= len(earlier[at].mentions):
            continue
        if group not in names and at not in used:
            names[group] = earlier[at].id
            used.add(at)
    return names
