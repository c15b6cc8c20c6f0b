"""Whether words tell again of an incident that their report told before: features with learnt weights.

The weights are those of a logistic regression over pairs of tellings of one report (``training/reader/again.py``,
from our marks and MUC-4's templates); they add up to log-odds, and ``data/again.toml`` names what each stands for.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from attested.mentions.drafts import Draft
from attested.mentions.odds import odds
from attested.mentions.telling import Telling
from attested.mentions.typing import BLAST, GOING_OFF, VAGUE_TYPES, VIOLENT_TYPES
from attested.reading.tokens import Sentence
from attested.text.normalise import fold

_LEAD_SENTENCES = 3
_FAR = 6  # sentences
_WHERE_PEOPLE_DIE = frozenset({"hospital", "clinic", "spot", "scene", "way"})


@dataclass(frozen=True)
class Likeness:
    """Log-odds that words tell again of the likeliest deed told before, and of what singled no deed out."""

    told: float = -math.inf
    vague: float = -math.inf


class Memory:
    """What a report has told so far, and which draft each telling became part of.

    Tellings are joined from ``at_least`` log-odds on, those of the table if it is None; infinity joins none. What is
    joined fits all that its draft was made of.
    """

    def __init__(self, at_least: float | None = None) -> None:
        self.tellings: list[Telling] = []
        self._drafts: list[Draft] = []
        self._at_least = odds("again").at_least if at_least is None else at_least

    def opened(self, telling: Telling, paragraph: int | None) -> Draft | None:
        """The incident that opens the paragraph with a day and a place of its own, if ``telling`` is its bare outcome.

        "Seven died." below "A bomb went off in X on Monday." is of that one, whatever was told before it.
        """
        if paragraph is None or not telling.is_result or telling.is_apart or telling.times or telling.lands:
            return None
        if telling.places - _WHERE_PEOPLE_DIE:
            return None
        told = [
            (one, d) for one, d in zip(self.tellings, self._drafts, strict=True) if one.number >= paragraph
        ]
        first, deed = next(((one, d) for one, d in told if d.status == "happened"), (telling, None))
        is_opening = first.number == paragraph < telling.number and first.days and first.places
        is_only = all(d is deed for _, d in told if d.status == "happened")
        return deed if is_opening and is_only else None

    def recall(self, telling: Telling, since: int = 0) -> Draft | None:
        """The draft that ``telling`` most likely tells of again, of those from sentence ``since`` on; None if it
        tells of something new."""
        if math.isinf(self._at_least) or telling.is_apart:
            return None
        told = list(zip(self.tellings, self._drafts, strict=True))
        unfit = {
            id(draft)
            for one, draft in told
            if draft.status != "happened" or draft.sentence_no < since or not are_alike(one, telling)
        }
        scored = [
            (log_odds(one, telling, i == len(told) - 1), i)
            for i, (one, draft) in enumerate(told)
            if id(draft) not in unfit
        ]
        best, at = max(scored, default=(-math.inf, 0))
        return self._drafts[at] if best >= self._at_least else None

    def likeness(self, telling: Telling) -> Likeness:
        """How like what was told before ``telling`` is, whether it may be joined to it or not."""
        best = {True: -math.inf, False: -math.inf}
        for i, (one, draft) in enumerate(zip(self.tellings, self._drafts, strict=True)):
            is_told = draft.status == "happened"
            value = log_odds(one, telling, i == len(self.tellings) - 1)
            best[is_told] = max(best[is_told], value)
        return Likeness(told=best[True], vague=best[False])

    def add(self, telling: Telling, draft: Draft) -> None:
        """Keeps a telling, and the draft that it is part of."""
        self.tellings.append(telling)
        self._drafts.append(draft)


def are_alike(a: Telling, b: Telling) -> bool:
    """Whether two tellings may be joined by their words: one type, or violence of a vague type.

    Two with days or places in other words are left to merging, which knows what they stand for.
    """
    is_vague = a.type in VAGUE_TYPES or b.type in VAGUE_TYPES
    if a.is_weak or b.is_weak:
        is_vague = is_vague or {a.type, b.type} <= {*GOING_OFF, BLAST}
    is_fit = a.type == b.type or (is_vague and {a.type, b.type} <= VIOLENT_TYPES)
    return is_fit and not (_apart(a.days, b.days) or _apart(a.places, b.places) or _are_ages_apart(a, b))


def _are_ages_apart(a: Telling, b: Telling) -> bool:
    """ "In 2019 a bomber killed 50 in the same town": whether one tells of a year or month, the other of a day or other
    ones."""
    one_only = any(x.years and y.days and not y.years for x, y in ((a, b), (b, a)))
    return one_only or _apart(a.years, b.years)


def log_odds(earlier: Telling, later: Telling, is_last: bool) -> float:
    """Log-odds that two tellings of one report are of one incident."""
    return odds("again").of(features(earlier, later, is_last))


def features(a: Telling, b: Telling, is_last: bool) -> Iterator[tuple[str, float]]:
    """What a pair of tellings, ``a`` the earlier, has of the table's features; 1 for most that it has."""
    yield "alike in words", _cosine(a.sentence, b.sentence)
    for name, holds in (*_of_the_later(b), *_of_both(a, b), ("the last told before it", is_last)):
        if holds:
            yield name, 1.0


def _of_the_later(b: Telling) -> tuple[tuple[str, bool], ...]:
    return (
        ("later: results only", b.is_result),
        ("later: a noun", b.is_noun),
        ("later: the attack, the violence", b.is_definite and b.type in VAGUE_TYPES),
        ("later: one of its kind", bool(b.articles & {"a", "an"})),
        ("later: a bare noun", b.is_noun and not b.articles and not b.is_owned),
        ("later: plural", b.head.xpos in {"NNS", "NNPS"}),
        ("later: perfect tense", b.is_perfect),
        ("later: an -ing form", b.head.xpos == "VBG"),
        ("later: a day of its own", bool(b.days)),
        ("later: nobody hit or hurt", not b.victims),
        ("later: a pronoun for the victim", b.has_pronoun),
        ("later: a victim known already", b.has_known_victim),
        ("later: another, also", b.has_other_words),
        ("later: turns to something else", b.turns),
        ("later: a perpetrator", bool(b.perpetrators)),
        ("later: history in passing", b.is_background),
        ("later: nothing singles it out", b.is_vague),
    )


def _of_both(a: Telling, b: Telling) -> tuple[tuple[str, bool], ...]:
    far, same_word = b.number - a.number, fold(a.head.text) == fold(b.head.text)
    other_type = a.type != b.type
    numbers = [a.numbers[name] & b.numbers[name] for name in a.numbers.keys() & b.numbers.keys()]
    return (
        ("later: vague type", other_type and not b.is_result and b.type in VAGUE_TYPES),
        ("earlier: vague type", other_type and not a.is_result and a.type in VAGUE_TYPES),
        ("same word, pointing back", same_word and b.is_definite),
        ("same word", same_word),
        ("same family of words", bool(a.families & b.families)),
        ("same words of time", bool(a.times & b.times)),
        ("other words of time", _apart(a.times, b.times)),
        ("same name", bool(a.names & b.names)),
        ("other victims", _apart(a.victims, b.victims)),
        ("people, then a thing", bool(b.things and a.victims and not a.things)),
        ("later: a place not named before", bool(b.lands - a.lands)),
        ("same number", any(numbers)),
        ("other number", bool(numbers) and not any(numbers)),
        ("other perpetrators", _apart(a.perpetrators, b.perpetrators)),
        ("other weapons", _apart(a.weapons, b.weapons)),
        ("same sentence", far == 0),
        ("next sentence", far == 1),
        ("two sentences on", far == 2),
        ("far apart", far >= _FAR),
        ("earlier: in the lead", a.number < _LEAD_SENTENCES),
        ("earlier: history in passing", a.is_background),
    )  # fmt: skip


def _apart(a: frozenset[str], b: frozenset[str]) -> bool:
    return bool(a) and bool(b) and not a & b


def _cosine(a: Sentence, b: Sentence) -> float:
    x, y = np.asarray(a.vector, np.float32), np.asarray(b.vector, np.float32)
    lengths = math.sqrt(float(x @ x) * float(y @ y))
    return float(x @ y) / lengths if lengths else 0.0
