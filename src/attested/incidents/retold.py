"""Which claims of people hurt are of somebody who is told as dead too: the same words, name, "he", the doer."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from attested.incidents.people import are_apart, cannot_be, is_hit, is_more, is_same, overlap, who_of
from attested.model import Claim
from attested.text.normalise import fold

_ALL = frozenset({"all", "both", "the"})


def is_end(claim: Claim, dead: Sequence[Claim]) -> bool:
    """ "Killed two guards before shooting himself": the death of who did it, unless more is told of him."""
    return is_hit(claim) and who_of(claim).is_self and any(c.sentence == claim.sentence for c in dead)


def is_doer_again(claim: Claim, doers: Sequence[Claim], victims: Sequence[Claim]) -> bool:
    """Whether somebody hit is who did it and died: himself, his name, "the man" who is none of the victims."""
    who = who_of(claim)
    if not doers or claim.value != 1 or who.is_self:
        return bool(doers) and who.is_self
    alike = any(is_same(who, who_of(c)) for c in doers)
    told_again = who.is_definite and is_hit(claim) and not any(cannot_be(who, who_of(c)) for c in doers)
    return alike or (told_again and all(are_apart(claim, c) for c in victims))


def tell_of_one(claims: Sequence[Claim]) -> bool:
    """Whether all claims may be of one person: "the toddler was hit" where "a two-year-old" died."""
    if any(c.value != 1 or is_more(c) for c in claims):
        return False
    people = [who_of(c) for c in claims]
    return not any(cannot_be(one, other) for one, other in combinations(people, 2))


def is_known(claim: Claim) -> bool:
    """Whether words are of somebody told of already: "the boy", "he", a name."""
    who = who_of(claim)
    return who.is_definite or who.is_pronoun or who.is_self or bool(who.name)


def are_the_dead(claim: Claim, killed: int) -> bool:
    """ "All three had gunshot wounds", where three are dead."""
    words = fold(claim.span.text).split()
    return killed > 1 and is_hit(claim) and not _ALL.isdisjoint(words[:1]) and claim.value == killed


def is_among_dead(claim: Claim, dead: Sequence[Claim], hurt: Sequence[Claim]) -> bool:
    """Whether people hurt are told by the same words, name or age as some who died, or by a "he" that means them."""
    if any(overlap(claim, c) and c.value == claim.value for c in dead):
        return True
    if claim.value != 1 or is_more(claim):
        return False
    if any(_is_meant(claim, c, (*hurt, *dead)) for c in dead if who_of(c).is_pronoun):
        return True
    who = who_of(claim)
    ones = [who_of(c) for c in dead if c.value == 1]
    if who.is_pronoun:
        ones_told = [c for c in (*hurt, *dead) if c.value == 1 and c.part_of is None]
        before = [c for c in ones_told if c.span.end < claim.span.start and not cannot_be(who, who_of(c))]
        last = max(before, key=lambda c: c.span.start, default=None)
        return last is not None and (last in dead or is_among_dead(last, dead, hurt))
    return any(is_same(who, one) for one in ones)


def _is_meant(claim: Claim, pronoun: Claim, told: Sequence[Claim]) -> bool:
    """ "Cy Dunn was rushed to a hospital. He died there.": whether a "he" behind means the person of a claim."""
    before = [
        c for c in told if c.value == 1 and c.span.end <= pronoun.span.start and not who_of(c).is_pronoun
    ]
    last = max(before, key=lambda c: c.span.start, default=None)
    return last is not None and last.span == claim.span and not cannot_be(who_of(claim), who_of(pronoun))
