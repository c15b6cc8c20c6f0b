"""How firmly the mentions of an incident hang together: the points of its weakest join."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cached_property

from attested.incidents.compare import MERGE_AT, Point
from attested.incidents.context import FuseContext
from attested.incidents.merge import Alignment, Comparer
from attested.incidents.profile import Profile, make_profiles
from attested.model import Mention, Story

_COMPARED = 30  # of the mentions of a large incident, so many are compared with each other


class Joins:
    """Compares the mentions of one pile, as merging did, but without vectors: views do not read these from disk."""

    def __init__(self, context: FuseContext, stories: Sequence[Story]) -> None:
        self._context, self._stories = context, stories

    def weakest(self, mentions: Sequence[Mention]) -> float:
        """The least log-odds among the joins that hold mentions together best (a greatest spanning tree).

        Of many mentions an even sample is compared. Those that their report's words alone join count like others.
        """
        step = max(1, len(mentions) // _COMPARED)
        places = [self._place_of[m.id] for m in mentions[::step] if m.id in self._place_of]
        best = {i: self._log_odds(places[0], i) for i in places[1:]}
        lowest = math.inf
        while best:
            nearest = max(best, key=lambda i: best[i])
            lowest = min(lowest, best.pop(nearest))
            best = {i: max(odds, self._log_odds(nearest, i)) for i, odds in best.items()}
        return lowest

    def best(self, mentions: Sequence[Mention], others: Sequence[Mention]) -> float:
        """The greatest log-odds of a mention of the one and a mention of the other; minus infinity without any."""
        own, rest = (
            [self._place_of[m.id] for m in rows if m.id in self._place_of] for rows in (mentions, others)
        )
        return max((self._log_odds(i, j) for i in own for j in rest), default=-math.inf)

    def _log_odds(self, i: int, j: int) -> float:
        return log_odds(self._comparer.points(i, j))

    @cached_property
    def _comparer(self) -> Comparer:
        return Comparer(self._profiles, Alignment(self._context.derivations))

    @cached_property
    def _place_of(self) -> Mapping[str, int]:
        return {profile.mention.id: i for i, profile in enumerate(self._profiles)}

    @cached_property
    def _profiles(self) -> list[Profile]:
        bare = {id: replace(outline, vectors=None) for id, outline in self._context.outlines.items()}
        story_of = {report: story.id for story in self._stories for report in story.reports}
        return make_profiles(replace(self._context, outlines=bare), story_of)


def log_odds(points: Sequence[Point]) -> float:
    """How far the points of a pair lie above what is enough to merge it."""
    return sum(point.value for point in points) - MERGE_AT
