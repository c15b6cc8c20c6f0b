"""What the modern form leaves out of MUC-4's keys: day, place, harm, stage and confidence, of aligned templates.

Templates are aligned by the things and people in them, described human targets too, as the task's own scorer asks for a
common fill before it maps (scoring-guidelines 3.2.1). What is asked of every pair is the share that is right; what may
be absent is an F1, where a wrong value is both spurious and missing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import add

from attested.evaluation.muc4_names import is_same
from attested.evaluation.muc4_slots_answers import Answer
from attested.evaluation.muc4_slots_key import DESCRIBED, SLOTS, Days, Key
from attested.evaluation.muc4_slots_score import align, holds_words
from attested.evaluation.scorers import Figure, Share, Tally
from attested.incidents.untold import UNTOLD
from attested.text.normalise import fold
from attested.values import Count, PartialDate

_DEATH, _INJURY, _NONE = "DEATH", "INJURY", "NO INJURY OR DEATH"
# Ways to say that nobody was harmed, told apart by the task though its own guide calls them alike (part 2, slot 23).
_UNHARMED = frozenset({"NO INJURY", "NO DEATH", _NONE})
_NO_DAMAGE = "no damage"


@dataclass(frozen=True, slots=True)
class Told:
    """An aligned pair."""

    ours: Answer
    key: Key


def full_figures(
    name: str, answers: Sequence[Sequence[Answer]], keys: Sequence[Sequence[Key]]
) -> list[Figure]:
    """Figures of the full key's slots over the aligned templates of messages, one row for each message."""
    rows = [_aligned(ours, key) for ours, key in zip(answers, keys, strict=True)]
    shares = {
        "type_right": [[Share(t.ours.type in t.key.types, 1) for t in row] for row in rows],
        "day_right": [[_day_share(t) for t in row] for row in rows],
        "date_right": [[_date_share(t) for t in row] for row in rows],
        "country_right": [[_country_share(t) for t in row] for row in rows],
        "place_right": [[_place_share(t) for t in row] for row in rows],
        "stage_right": [[Share(t.ours.stage in t.key.stages, 1) for t in row] for row in rows],
        "confidence_right": [[s for t in row for s in _confidence_shares(t)] for row in rows],
    }
    tallies = {
        "killed_f1": [[_count_tally(t, _DEATH, t.ours.fused.killed) for t in row] for row in rows],
        "injured_f1": [[_count_tally(t, _INJURY, t.ours.fused.injured) for t in row] for row in rows],
        "human_effect_f1": [[_effect_tally(t) for t in row] for row in rows],
        "damage_f1": [[_damage_tally(t) for t in row] for row in rows],
    }
    notes = f"{sum(map(len, rows))} aligned templates"
    return [
        *(
            Figure.share(f"{k} {name}", [reduce(add, r, Share()) for r in v], notes)
            for k, v in shares.items()
        ),
        *(Figure.f1(f"{k} {name}", [reduce(add, r, Tally()) for r in v]) for k, v in tallies.items()),
    ]


def _aligned(ours: Sequence[Answer], keys: Sequence[Key]) -> list[Told]:
    pairs = align(ours, keys, holds_words, by_type=False, slots=(*SLOTS, DESCRIBED))
    return [Told(ours[pair.ours], keys[pair.key]) for pair in pairs]


def _day_share(told: Told) -> Share:
    """Of the keys that give one day, whether it is ours."""
    days = told.key.days
    if days is None or days.start != days.end:
        return Share()
    return Share(_told_days(told.ours) == (days.start, days.end), 1)


def _date_share(told: Told) -> Share:
    """Of the keys that give a date, whether ours is that day, lies in the range, or is untold as theirs is."""
    days, ours = told.key.days, told.ours.fused.date
    return Share() if days is None else Share(_fits(days, ours, is_told=_told_days(told.ours) is not None), 1)


def _fits(days: Days, ours: PartialDate, *, is_told: bool) -> bool:
    if days.start is None or not is_told or ours.start is None or ours.end is None:
        return days.start is None and not is_told
    return days.start <= ours.start and ours.end <= days.end


def _told_days(ours: Answer) -> tuple[object, object] | None:
    """First and last day of a date that the report tells; None where only its own date bounds it."""
    date = ours.fused.date
    told = date.is_known and not ours.fused.date_why.startswith(UNTOLD)
    return (date.start, date.end) if told else None


def _country_share(told: Told) -> Share:
    place = told.ours.fused.place
    if told.key.country is None:
        return Share()
    return Share(place is not None and place.country == told.key.country, 1)


def _place_share(told: Told) -> Share:
    """Of the keys that name a place in a country, whether ours is one of its names, resolved or as written."""
    if not told.key.places:
        return Share()
    place = told.ours.fused.place
    ours = [place.name] if place is not None else [fold(words) for words in told.ours.place_words[:1]]
    return Share(holds_words(ours, told.key.places), 1)


def _confidence_shares(told: Told) -> Iterator[Share]:
    """Of our organisations that the key has, whether its category is ours."""
    for one in told.ours.accused:
        categories = [own for names, own in told.key.confidence if names and is_same(one.names, names)]
        if categories:
            yield Share(any(one.category in own for own in categories), 1)


def _count_tally(told: Told, effect: str, ours: Count | None) -> Tally:
    """A number of dead or injured beside the key's; nothing where the key has people but no one figure for them."""
    numbers = [h.number for h in told.key.harmed if effect in h.effects]
    known = [number for number in numbers if number is not None]
    if len(known) < len(numbers):
        return Tally()
    return _value_tally(ours.best if ours is not None else None, sum(known) if known else None)


def _value_tally(ours: int | None, key: int | None) -> Tally:
    """One value beside the key's; to say "none" where the key is silent is no fault."""
    if not ours and not key:
        return Tally()
    right = ours == key
    return Tally(right, int(bool(ours) and not right), int(bool(key) and not right))


def _effect_tally(told: Told) -> Tally:
    """Kinds of harm to people: dead, injured, nobody, set free."""
    key = [frozenset(_NONE if e in _UNHARMED else e for e in harmed.effects) for harmed in told.key.harmed]
    return _set_tally(set(_effects(told.ours)), set(key))


def _effects(ours: Answer) -> Iterator[str]:
    killed, injured = ours.fused.killed, ours.fused.injured
    if killed is not None and killed.best:
        yield _DEATH
    if injured is not None and injured.best:
        yield _INJURY
    counts = [count for count in (killed, injured) if count is not None]
    if counts and not any(count.best for count in counts):
        yield _NONE


def _damage_tally(told: Told) -> Tally:
    """Damage to things; of it the ledger knows "no damage" alone."""
    ours = {"NO DAMAGE" for value in told.ours.fused.effect if fold(value.value) == _NO_DAMAGE}
    return _set_tally(ours, set(told.key.damage))


def _set_tally(ours: set[str], key: Iterable[frozenset[str]]) -> Tally:
    """Values beside choices of the key, of which any is right."""
    choices = list(key)
    met = [choice for choice in choices if choice & ours]
    spurious = [value for value in ours if not any(value in choice for choice in choices)]
    return Tally(len(met), len(spurious), len(choices) - len(met))
