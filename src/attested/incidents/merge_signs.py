"""What speaks for and against the mentions of an incident being all of one: a few sentences, each of which holds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from attested.incidents.fused import FusedIncident
from attested.incidents.profile import Profile
from attested.incidents.told import JOINED_BY_LITTLE, WEAK_JOIN, Told


def signs_of_merge(told: Told, fused: FusedIncident) -> Iterator[str]:
    """Signs that an incident's mentions are all of one; nothing where it has only one."""
    mentions = told.mentions_of(fused)
    if len(mentions) < 2:
        return
    yield "one report tells of it" if len(fused.reports) == 1 else "several reports tell of it"
    if JOINED_BY_LITTLE in told.joined(fused):
        yield JOINED_BY_LITTLE
    if told.joins.least(mentions) >= WEAK_JOIN:
        yield "every two of its mentions are alike"
    profiles = told.joins.profiles(mentions)
    if len({p.dated for p in profiles}) > 1:
        yield "a part of it is told without a day"
    yield from _what_is_told(profiles)


def _what_is_told(profiles: Sequence[Profile]) -> Iterator[str]:
    if len(frozenset[str]().union(*(p.deeds for p in profiles))) > 1:
        yield "different deeds are told of it"
    if _has_rivals([p.targets for p in profiles if p.targets]):
        yield "what was hit is told in different words"
    tolls = [p.killed for p in profiles if p.killed is not None and not p.named]
    if len(set(tolls)) > 1:
        yield "different numbers of killed are told of it"
    elif len(tolls) > 1:
        yield "one number of killed is told more than once"
    names = [p.named for p in profiles if p.named]
    if len(names) > 1 and frozenset.intersection(*names):
        yield "one victim is named more than once"


def _has_rivals(sets: Sequence[frozenset[str]]) -> bool:
    """Whether two of the sets have nothing in common."""
    return any(one.isdisjoint(other) for i, one in enumerate(sets) for other in sets[:i])
