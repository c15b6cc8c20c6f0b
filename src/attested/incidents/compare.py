"""Are two mentions of one incident? The points of their signs, the chance that they give, and the words for it.

Points add up like log-odds: ``MERGE_AT`` is enough to merge, and a veto keeps apart whatever else agrees (a wrong merge
is worse than a missed one). What each sign adds is in ``data/same_incident.toml``.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from attested.incidents.profile import Profile
from attested.incidents.signs import APART, signs_of
from attested.mentions.odds import Odds, odds

VETO = -100.0


@dataclass(frozen=True, slots=True)
class Point:
    """What one sign adds to a pair, and why. A ground is something particular that both tell."""

    value: float
    why: str
    is_ground: bool = False


def _table() -> Odds:
    return odds("same_incident")


def weight(name: str) -> float:
    """What a sign adds."""
    return VETO if name == APART else _table().weights[name]


def most(*names: str) -> float:
    """The most that one of these signs adds; 0 if none may be there."""
    return max(0.0, *map(weight, names))


def merge_at() -> float:
    """The points that are enough for a merge."""
    return _table().at_least - _table().bias


def compare_mentions(a: Profile, b: Profile, aligned: bool) -> list[Point]:
    """Points of a pair. ``aligned``: their sentences are copies of one another in a lineage."""
    return [Point(s.times * weight(s.name), s.why, s.is_ground) for s in signs_of(a, b, aligned)]


def odds_of_one(a: Profile, b: Profile, aligned: bool) -> float:
    """``log_odds`` of the points of a pair, worked out no further once something keeps it apart."""
    table, total = _table(), 0.0
    for sign in signs_of(a, b, aligned):
        if sign.name == APART:
            return VETO
        total += sign.times * table.weights[sign.name]
    return max(VETO, table.bias + total)


def is_match(points: Sequence[Point]) -> bool:
    """Whether the points are enough, and rest on more than two texts being of one sort."""
    return sum(p.value for p in points) >= merge_at() and any(p.is_ground for p in points)


def log_odds(points: Iterable[Point]) -> float:
    """Log-odds that a pair with these points is of one incident."""
    return max(VETO, _table().bias + sum(p.value for p in points))


def probability(points: Iterable[Point]) -> float:
    """How likely it is that a pair with these points is of one incident."""
    return 1 / (1 + math.exp(-log_odds(points)))
