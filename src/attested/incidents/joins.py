"""How firmly the mentions of an incident hang together: the log-odds of its weakest join, and of its unlikest two."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import combinations

from attested.incidents.compare import Point, compare_mentions, log_odds, odds_of_one
from attested.incidents.context import FuseContext
from attested.incidents.profile import Profile
from attested.incidents.seen import Seen, see_mentions
from attested.model import Mention, Story

_COMPARED = 30  # of the mentions of a large incident, so many are compared with each other
# Pairs whose log-odds are kept: of a large incident 435 are asked twice, and each two of a story from both sides.
_KEPT = 65_536


@dataclass(frozen=True, slots=True)
class Pair:
    """Two mentions with what speaks for and against their being of one incident."""

    one: Mention
    other: Mention
    points: tuple[Point, ...]

    @property
    def log_odds(self) -> float:
        """The log-odds that they are of one."""
        return log_odds(self.points)


class Joins:
    """Compares the mentions of one pile, as merging did, but without vectors: views do not read these from disk."""

    def __init__(self, context: FuseContext, stories: Sequence[Story]) -> None:
        self._context, self._stories = context, stories
        self._kept = lru_cache(_KEPT)(self._log_odds)

    def weakest(self, mentions: Sequence[Mention]) -> float:
        """The least log-odds among the joins that hold mentions together best (a greatest spanning tree).

        Of many mentions an even sample is compared. Those that their report's words alone join count like others.
        """
        seen = self._sample(mentions)
        best = {i: self._odds(seen[0], seen[i]) for i in range(1, len(seen))}
        lowest = math.inf
        while best:
            nearest = max(best, key=lambda i: best[i])
            lowest = min(lowest, best.pop(nearest))
            best = {i: max(odds, self._odds(seen[nearest], seen[i])) for i, odds in best.items()}
        return lowest

    def least(self, mentions: Sequence[Mention]) -> float:
        """The least log-odds of any two of the mentions, of many those of an even sample."""
        return min((self._odds(a, b) for a, b in combinations(self._sample(mentions), 2)), default=math.inf)

    def profiles(self, mentions: Sequence[Mention]) -> list[Profile]:
        """What merging compares of the mentions."""
        return [self._seen[m.id].profile for m in mentions if m.id in self._seen]

    def _sample(self, mentions: Sequence[Mention]) -> list[Seen]:
        step = max(1, len(mentions) // _COMPARED)
        return [self._seen[m.id] for m in mentions[::step] if m.id in self._seen]

    def best(self, mentions: Sequence[Mention], others: Sequence[Mention]) -> float:
        """The greatest log-odds of a mention of the one and a mention of the other; minus infinity without any."""
        own, rest = ([self._seen[m.id] for m in rows if m.id in self._seen] for rows in (mentions, others))
        return max((self._odds(one, other) for one in own for other in rest), default=-math.inf)

    def _odds(self, one: Seen, other: Seen) -> float:
        """The same either way round: the signs of a pair are."""
        a, b = one.profile.mention.id, other.profile.mention.id
        return self._kept(a, b) if a < b else self._kept(b, a)

    def _log_odds(self, one: str, other: str) -> float:
        a, b = self._seen[one], self._seen[other]
        return odds_of_one(a.profile, b.profile, a.is_copied_in(b))

    def pairs(self, mentions: Sequence[Mention], others: Sequence[Mention]) -> list[Pair]:
        """Every mention of the one beside each of the other (of many an even sample), the likest first."""
        own, rest = self._sample(mentions), self._sample(others)
        found = [
            Pair(
                a.profile.mention,
                b.profile.mention,
                tuple(compare_mentions(a.profile, b.profile, a.is_copied_in(b))),
            )
            for a in own
            for b in rest
        ]
        return sorted(found, key=lambda pair: -pair.log_odds)

    @cached_property
    def _seen(self) -> Mapping[str, Seen]:
        bare = {id: replace(outline, vectors=None) for id, outline in self._context.outlines.items()}
        context = replace(self._context, outlines=bare)
        return see_mentions(context, self._stories, self._context.derivations)
