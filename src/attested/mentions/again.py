"""Whether words tell again of an incident that their report told before: features with learnt weights.

The weights are those of a logistic regression over pairs of tellings of one report (``training/reader/again.py``,
from our marks and MUC-4's templates); they add up to log-odds, and ``data/again.toml`` names what each stands for.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from attested.mentions.days import DAY_FORMS
from attested.mentions.drafts import Draft, is_definite
from attested.mentions.hits import Hit
from attested.mentions.lexicon import participant_kind
from attested.mentions.odds import odds
from attested.mentions.typing import VAGUE_TYPES, VIOLENT_TYPES, is_result_only
from attested.model import Role, TimeExpression
from attested.reading.tokens import Sentence, base
from attested.text.normalise import fold

# Words that set what they stand by beside what was told before; words for several deeds at once.
_ANOTHER = frozenset(
    "separate separately another second third similar elsewhere previous earlier other unrelated".split()
)
_BESIDE = _ANOTHER | {"also"}
# What opens a sentence that turns to something else.
_TURNING = frozenset("meanwhile furthermore moreover addition elsewhere finally also".split())
_OPENING = 4  # words
# Where a bare -ing form names or describes a kind of deed: "shooting rockets at it has long been a habit".
_OF_A_KIND = frozenset({"nsubj", "csubj", "obj", "nmod", "obl", "amod"})
_SEVERAL = frozenset({"these", "those", "both", "all", "two", "three", "such"})
_SEVERAL_KNOWN = frozenset({"these", "those", "both", "such"})
_LEAD_SENTENCES = 3
_FAR = 6  # sentences
_WORD = re.compile(r"[a-z]{3,}")
_EMPTY = frozenset(
    "and for with from his her its their this that these those more people person others".split()
)
_PRONOUNS = frozenset("he she him her they them it who himself herself".split())
_WHERE_PEOPLE_DIE = frozenset({"hospital", "clinic", "spot", "scene", "way"})
_POINTING = frozenset({"the", "his", "her", "their"})
_PERIOD_FORMS = frozenset({"run", "since", "between", "season", "decade"})
_GOING_OFF = frozenset(
    {
        "Remote explosive/landmine/IED",
        "Suicide bomb",
        "Grenade",
        "Shelling/artillery/missile attack",
        "Air/drone strike",
    }
)
_HURT = frozenset({"killed", "injured"})
_HIT = _HURT | {"target", "intended target", "victims"}


@dataclass(frozen=True)
class Telling:
    """What a group of trigger words says, kept as it was to be compared with later ones."""

    group: Sequence[Hit]
    sentence: Sentence
    number: int
    type: str
    roles: tuple[Role, ...]
    is_vague: bool
    is_background: bool
    is_result: bool
    is_definite: bool
    days: frozenset[str]
    is_near_day: bool
    is_period: bool
    habit: str

    @classmethod
    def of(cls, sentence: Sentence, draft: Draft, times: Sequence[TimeExpression]) -> Telling:
        """The telling of a fresh draft, before anything is joined to it; its reason is why it seems a habit."""
        own = {r.span.start for r in draft.roles if r.name == "time"}
        return cls(
            draft.group, sentence, draft.sentence_no, draft.type, tuple(draft.roles),
            is_vague=draft.status != "happened",
            is_background=draft.is_background,
            is_result=is_result_only(draft.group),
            is_definite=is_definite(sentence, draft.group),
            days=frozenset(
                fold(t.span.text) for t in times if t.form in DAY_FORMS and t.span.start in own
            ),
            is_near_day=any(t.form in DAY_FORMS for t in times),
            is_period=any(t.form in _PERIOD_FORMS and t.span.start in own for t in times),
            habit=draft.why,
        )  # fmt: skip

    @cached_property
    def head(self) -> Any:
        """The token of the first trigger word."""
        return self.sentence.tokens[self.group[0].i]

    @cached_property
    def is_noun(self) -> bool:
        """Whether a noun tells it."""
        return self.group[0].part == "noun"

    @cached_property
    def articles(self) -> frozenset[str]:
        """Determiners of the first trigger word."""
        return frozenset(t.lower for t in self.sentence.dependents(self.head.i, "det"))

    @cached_property
    def points_to_several(self) -> bool:
        """ "These attacks", "both killings": deeds that the reader knows, not one more."""
        return self.is_noun and self.head.xpos in {"NNS", "NNPS"} and bool(self.articles & _SEVERAL_KNOWN)

    @cached_property
    def is_owned(self) -> bool:
        """ "Tuesday's attack", "their protest"."""
        return any(t.deprel == "nmod:poss" for t in self.sentence.dependents(self.head.i))

    @cached_property
    def is_perfect(self) -> bool:
        """ "Has attacked"."""
        return any(t.lower in {"has", "have"} for t in self.sentence.dependents(self.head.i, "aux"))

    @cached_property
    def families(self) -> frozenset[str]:
        """Families of its trigger words."""
        return frozenset(hit.family.name for hit in self.group)

    @cached_property
    def is_weak(self) -> bool:
        """ "The blast", "the explosion": of whatever went off."""
        return self.is_definite and all(hit.family.weak for hit in self.group)

    @cached_property
    def is_of_a_kind(self) -> bool:
        """A bare -ing form that names a kind of deed: "shooting rockets at it has long been a habit"."""
        return self.head.xpos == "VBG" and base(self.head.deprel) in _OF_A_KIND and not self.articles

    @cached_property
    def is_heard_of(self) -> bool:
        """ "They heard shooting until midnight": what was going on, told after something else."""
        governor = self.sentence.tokens[self.head.head].lower if self.head.head >= 0 else ""
        is_bare = not self.articles and not self.is_owned and not self.places
        return governor in {"hear", "heard", "hearing"} and is_bare and self.number > 0

    @cached_property
    def is_apart(self) -> bool:
        """Whether its words set it beside what was told before ("another attack") or tell of several ("both attacks").

        "Four other people were wounded" tells of more people, not of another incident.
        """
        if self.is_of_a_kind:
            return True
        hurt = {r.head.start for r in self._of(_HURT)}
        near = {j for hit in self.group for j in self.sentence.subtree(hit.i)}
        tokens = self.sentence.tokens
        other = (tokens[j] for j in near if tokens[j].lower in _ANOTHER)
        if any(t.start not in hurt and tokens[t.head].start not in hurt for t in other):
            return True
        below = self.sentence.dependents(self.head.i, "det", "nummod", "amod")
        return self.is_noun and any(t.lower in _SEVERAL for t in below)

    @cached_property
    def times(self) -> frozenset[str]:
        """Its words of time."""
        return frozenset(fold(r.span.text) for r in self._of({"time"}))

    @cached_property
    def places(self) -> frozenset[str]:
        """Content words of its places."""
        return _words(self._of({"place"}))

    @cached_property
    def names(self) -> frozenset[str]:
        """Words of the names of whoever was hit or hurt."""
        inside = (t for r in self._of(_HIT) for t in self.sentence.inside(r.span.start, r.span.end))
        return frozenset(fold(t.text) for t in inside if t.ner.endswith("PER"))

    @cached_property
    def lands(self) -> frozenset[str]:
        """Words of the names of places anywhere in the sentence."""
        return frozenset(fold(t.text) for t in self.sentence.tokens if t.ner.endswith("LOC"))

    @cached_property
    def things(self) -> frozenset[str]:
        """Head words of buildings and vehicles that were hit."""
        heads = (r.head.text for r in self._of(_HIT - _HURT))
        return frozenset(fold(head).rstrip("s") for head in heads if participant_kind(head) == "structure")

    @cached_property
    def turns(self) -> bool:
        """ "Meanwhile", "in addition": whether the sentence opens with something else."""
        return any(t.lower in _TURNING for t in self.sentence.tokens[:_OPENING])

    @cached_property
    def victims(self) -> frozenset[str]:
        """Head words of whoever was hit or hurt."""
        return frozenset(fold(r.head.text).rstrip("s") for r in self._of(_HIT))

    @cached_property
    def perpetrators(self) -> frozenset[str]:
        """Content words of whoever did it or is blamed."""
        return _words(self._of({"perpetrator", "perpetrator_alleged", "blamed", "claimed"}))

    @cached_property
    def weapons(self) -> frozenset[str]:
        """Content words of its weapons."""
        return _words(self._of({"weapon"}))

    @cached_property
    def has_pronoun(self) -> bool:
        """Whether a pronoun names who was hit or hurt."""
        return any(fold(r.head.text) in _PRONOUNS for r in self._of(_HIT))

    @cached_property
    def has_known_victim(self) -> bool:
        """ "The man was shot", "his death"."""
        heads = (self.sentence.token_at(r.head.start) for r in self._of(_HURT | {"victims"}))
        near = (t for h in heads if h for t in self.sentence.dependents(h.i, "det", "nmod:poss"))
        return any(t.lower in _POINTING for t in near)

    @cached_property
    def has_other_words(self) -> bool:
        """ "Another", "separately", "also": anywhere in the sentence."""
        return any(t.lower in _BESIDE for t in self.sentence.tokens)

    @cached_property
    def numbers(self) -> Mapping[str, frozenset[str]]:
        """Role -> numerals of the killed or injured."""
        found: dict[str, set[str]] = {}
        for r in self._of(_HURT):
            inside = self.sentence.inside(r.span.start, r.span.end)
            if said := {fold(t.text) for t in inside if t.upos == "NUM"}:
                found.setdefault(r.name, set()).update(said)
        return {name: frozenset(said) for name, said in found.items()}

    def _of(self, names: Iterable[str]) -> list[Role]:
        return [r for r in self.roles if r.name in names]


def _words(roles: Iterable[Role]) -> frozenset[str]:
    found = (word for r in roles for word in _WORD.findall(fold(r.span.text)))
    return frozenset(word.rstrip("s") for word in found if word not in _EMPTY)


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
        is_vague = is_vague or {a.type, b.type} <= _GOING_OFF
    is_fit = a.type == b.type or (is_vague and {a.type, b.type} <= VIOLENT_TYPES)
    return is_fit and not (_apart(a.days, b.days) or _apart(a.places, b.places))


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
