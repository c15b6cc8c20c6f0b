"""Whether words tell of one deed that was done, or of a kind of deed, a habit, a sum: weights learnt from our marks.

The weights are those of a logistic regression over what reports tell (``training/reader/single.py``); they add up to
the log-odds in ``data/single.toml`` that an annotator marked the words as one incident that happened.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from attested.mentions.again import Likeness
from attested.mentions.odds import odds
from attested.mentions.telling import Telling
from attested.mentions.trends import IN_GENERAL
from attested.model import MentionStatus, Role
from attested.reading.tokens import Sentence, Token, base
from attested.speech.cues import hedge_table
from attested.speech.habits import IN_THE_PAST, NO_DAY, OFTEN, PERFECT, PRESENT, PROGRESSIVE, RATE, STRETCH

_LATE = 10  # sentences
# Log-odds (mentions/again.py) from which words may well tell again of what was told before.
_PERHAPS_AGAIN, _LIKE_VAGUE = -1.5, -0.5
_HURT = frozenset({"killed", "injured"})
_HIT = _HURT | {"target"}
_DOERS = frozenset({"perpetrator", "perpetrator_alleged", "blamed", "claimed"})
_POINTING = frozenset({"the", "this", "that", "these", "those"})
_CHARGED = frozenset(
    "charged charges charge convicted accused suspected wanted guilty indicted sentenced".split()
)
_PLURAL = frozenset({"NNS", "NNPS"})
_ONE_TOLD = frozenset({"he", "she", "him", "her", "himself", "herself"})
_FINAL = (IN_THE_PAST, RATE)
_N_REASONS = 3
_WORD = "word: "  # and the family of the first trigger
# Forms that are a habit's more often than not (speech/habits.py, mentions/trends.py), by a piece of the reason given.
A_HABIT, HABIT_TENSE, HABIT_BEFORE = "a word of habit", "a tense of habit", "like a habit told before"
A_PLURAL, PLURAL_OF_NOW = "a plural", "a plural of now"
PLURAL_WITHOUT_DAY, PLURAL_PERFECT = "a plural without a day", "a perfect with a plural"
_HABITS = (
    (A_HABIT, OFTEN),
    ("a stretch of time", STRETCH),
    ("attacks in general", IN_GENERAL),
    (PLURAL_WITHOUT_DAY, NO_DAY),
    (HABIT_TENSE, PRESENT),
    ("it is going on", PROGRESSIVE),
    (PLURAL_PERFECT, PERFECT),
)
# What says that many deeds are told of, not that one of them is told vaguely.
MANY_DEEDS = frozenset(
    {A_HABIT, HABIT_TENSE, HABIT_BEFORE, A_PLURAL, PLURAL_OF_NOW, PLURAL_WITHOUT_DAY, PLURAL_PERFECT}
)
_NOT_SINGLED, _COMMA = "singles no incident out: ", ", "
# A round-up's lead, "two men were killed in separate shootings", where nobody is named: its numbers are of no one deed.
_SEVERAL_AT_ONCE = re.compile(
    r"\b(?:separate|unrelated|different|citywide|weekend|overnight) (?:\w+ )?(?:shootings|incidents|attacks|stabbings|"
    r"homicides|slayings|killings|murders|crashes|cases|crimes)\b|"
    r"\b(?:two|three|four|five|six|seven|eight|nine|ten|\d+) (?:\w+ )?shootings\b"
)
_LONG_TIMES = re.compile(
    r"\b(?:in the past|in recent|in the last|over the|for years|since|before|ago|so far|in the country)\b"
)


def may_be_single(habit: str) -> bool:
    """Whether words told as a habit may be of one deed after all: "often", "in the past" are final."""
    often = habit.removeprefix(OFTEN).lower() in hedge_table().status["habitual"]["adverbs"]
    return not often and not habit.startswith(_FINAL)


def is_single(telling: Telling, likeness: Likeness) -> tuple[MentionStatus, str]:
    """ "happened", or "habitual" with what speaks most against one deed."""
    if telling.points_to_several:
        return "habitual", "points back to several"
    several = _SEVERAL_AT_ONCE.search(telling.sentence.text.lower())
    if several and not telling.names:
        return "habitual", f'tells of several at once: "{several[0]}"'
    is_headline = telling.number == 0 and not telling.is_owned  # "Shooting leaves two dead"
    if telling.is_heard_of or (telling.is_of_a_kind and not is_headline):
        return "habitual", f'"{telling.head.text}" names a kind of deed'
    table, found = odds("single"), list(features(telling, likeness))
    if table.of(found) >= table.at_least:
        return "happened", ""
    against = sorted((table.weights.get(name, 0.0) * value, name) for name, value in found)
    names = [name for worth, name in against if worth < 0 and not name.startswith(_WORD)][:_N_REASONS]
    return "habitual", _NOT_SINGLED + (_COMMA.join(names) or "too little is told")


def against_one_deed(why: str) -> frozenset[str] | None:
    """The names that ``is_single`` gives as a reason against one deed; None for any other reason."""
    return frozenset(why.removeprefix(_NOT_SINGLED).split(_COMMA)) if why.startswith(_NOT_SINGLED) else None


def features(telling: Telling, likeness: Likeness) -> Iterator[tuple[str, float]]:
    """What a telling has of the table's features, 1 for each."""
    yield _WORD + telling.group[0].family.name, 1.0
    for name, holds in (*_of_the_word(telling), *_of_the_roles(telling), *_of_the_report(telling, likeness)):
        if holds:
            yield name, 1.0


def _of_the_word(t: Telling) -> tuple[tuple[str, bool], ...]:
    head, sentence = t.head, t.sentence
    auxiliaries = {a.lower for a in sentence.dependents(head.i, "aux")}
    relation = base(head.deprel)
    return (
        ("a noun", t.is_noun),
        ("the, this", t.is_noun and bool(t.articles & _POINTING)),
        ("its owner is named", t.is_noun and t.is_owned),
        ("a bare noun", t.is_noun and not t.articles and not t.is_owned and head.xpos not in _PLURAL),
        (A_PLURAL, t.is_noun and head.xpos in _PLURAL),
        ("a subject", t.is_noun and relation == "nsubj"),
        ("in an of- or in-phrase", t.is_noun and relation in {"nmod", "obl"}),
        (PLURAL_OF_NOW, t.is_noun and head.xpos in _PLURAL and _is_of_now(sentence, head)),
        ("past", head.xpos == "VBD"),
        ("perfect", t.is_perfect),
        ("past passive", head.xpos == "VBN" and bool(auxiliaries & {"was", "were"})),
        ("a bare participle", head.xpos == "VBN" and not auxiliaries),
        ("present tense", not t.is_noun and head.xpos in {"VBZ", "VBP"}),
        ("an -ing form", head.xpos == "VBG"),
        ("an infinitive", head.xpos == "VB"),
        ("somebody is charged with it", any(a.lower in _CHARGED for a in sentence.ancestors(head.i))),
        ("tells only what came of it", t.is_result),
        *((name, words in t.habit) for name, words in _HABITS),
    )


def _of_the_roles(t: Telling) -> tuple[tuple[str, bool], ...]:
    sentence = t.sentence
    hurt, hit, doers = _heads(t, _HURT), _heads(t, _HIT), _heads(t, _DOERS)
    weapons = _heads(t, {"weapon"})
    return (
        ("a place", bool(_roles(t, {"place"}))),
        ("somebody or something hit", bool(hit)),
        ("somebody hurt", bool(hurt)),
        ("one person or a number hurt", any(_is_counted(sentence, r) for r in _roles(t, _HURT))),
        ("a target", bool(_heads(t, {"target"}))),
        ("a kind of people or things hit", any(_is_kind(sentence, h) for h in hit)),
        ("one doer, or known ones", any(sentence.dependents(h.i, "det", "nummod", "nmod:poss") for h in doers)),
        ("the doer's name", any(x.ner != "O" for r in _roles(t, _DOERS) for x in _inside(sentence, r))),
        ("a weapon", bool(weapons)),
        ("one weapon", any(_is_single(sentence, h) for h in weapons)),
    )  # fmt: skip


def _of_the_report(t: Telling, likeness: Likeness) -> tuple[tuple[str, bool], ...]:
    return (
        ("a day of its own", bool(t.days)),
        ("a day in the sentence", t.is_near_day),
        ("a word of long times", bool(_LONG_TIMES.search(t.sentence.text.lower()))),
        ("a period", t.is_period),
        ("the first sentence", t.number == 0),
        ("late in the report", t.number >= _LATE),
        ("quoted words in the sentence", not {'"', "“"}.isdisjoint(t.sentence.text)),
        ("perhaps told before", likeness.told >= _PERHAPS_AGAIN),
        (HABIT_BEFORE, likeness.vague > _LIKE_VAGUE),
    )


def _roles(t: Telling, names: frozenset[str] | set[str]) -> list[Role]:
    return [r for r in t.roles if r.name in names]


def _heads(t: Telling, names: frozenset[str] | set[str]) -> list[Token]:
    found = (t.sentence.token_at(r.head.start) for r in _roles(t, names))
    return [head for head in found if head is not None]


def _inside(sentence: Sentence, r: Role) -> list[Token]:
    return list(sentence.inside(r.span.start, r.span.end))


def _is_counted(sentence: Sentence, r: Role) -> bool:
    """Whether the phrase holds a numeral, a name, or one person ("a soldier")."""
    if any(t.upos == "NUM" or t.ner.endswith("PER") for t in _inside(sentence, r)):
        return True
    head = sentence.token_at(r.head.start)
    if head is None:
        return False
    return head.lower in _ONE_TOLD or (head.xpos in {"NN", "NNP"} and head.upos != "PRON")


def _is_of_now(sentence: Sentence, noun: Token) -> bool:
    """Whether the noun's verb is in the present or the perfect."""
    verb = sentence.tokens[noun.head] if noun.head >= 0 else noun
    near = (verb, *sentence.dependents(verb.i, "aux", "cop"))
    return any(t.xpos in {"VBZ", "VBP"} for t in near) and not any(t.xpos == "MD" for t in near)


def _is_kind(sentence: Sentence, head: Token) -> bool:
    """A bare plural: "civilians", not "the civilians" or "two civilians"."""
    return head.xpos in _PLURAL and not sentence.dependents(head.i, "det", "nummod", "nmod:poss")


def _is_single(sentence: Sentence, head: Token) -> bool:
    """Whether the phrase is one or counted thing ("a convoy", "three rockets"), not a kind of thing."""
    below = sentence.dependents(head.i, "det", "nummod")
    return any(d.lower in {"a", "an", "one"} or d.upos == "NUM" for d in below)
