"""What a group of trigger words says of an incident, as it is compared with what its report told before."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from attested.mentions.days import DAY_FORMS
from attested.mentions.drafts import Draft, is_definite
from attested.mentions.hits import Hit
from attested.mentions.lexicon import participant_kind
from attested.mentions.typing import is_result_only
from attested.model import Role, TimeExpression
from attested.reading.tokens import Sentence, base
from attested.text.normalise import fold

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
_WORD = re.compile(r"[a-z]{3,}")
_EMPTY = frozenset(
    "and for with from his her its their this that these those more people person others".split()
)
_PRONOUNS = frozenset("he she him her they them it who himself herself".split())
_POINTING = frozenset({"the", "his", "her", "their"})
_PERIOD_FORMS = frozenset({"run", "since", "between", "season", "decade"})
_YEAR_FORMS = frozenset({"year", "month-year", "decade"})
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
    years: frozenset[str]
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
            years=frozenset(fold(t.span.text) for t in times if t.form in _YEAR_FORMS and t.span.start in own),
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
