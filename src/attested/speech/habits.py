"""Whether a word tells of a habit or a tally rather than of one deed: "they shell villages", "some 40 raids"."""

from __future__ import annotations

import re
from typing import Literal

from attested.reading.tokens import Sentence, Token, base
from attested.speech.clauses import case_of, is_definite, is_form_of, is_headline, is_plural
from attested.speech.cues import hedge_table

Habit = tuple[Literal["habitual"], str]
# Of reasons for a habit: what they begin with, or the form that they name.
OFTEN, STRETCH, IN_THE_PAST, RATE = "habitual: ", "over a time: ", "in the past: ", "a rate: "
NO_DAY, PRESENT, PROGRESSIVE = "a plural without a day", "present tense", "progressive"
PERFECT = "perfect with a plural"
# A count of things done from here on is a tally over time unless one day is named.
_TALLY = 10
_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.?)"
)
_DAY = re.compile(
    r"\b(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|today|yesterday|tonight|overnight"
    rf"|{_MONTH} \d{{1,2}}\b|\d{{1,2}} {_MONTH})"
)
_LONG_PAST = re.compile(
    r"in the past|before|in recent (?:years|months|decades)|over the (?:years|past \w+ years)|for years"
)
_RATE = re.compile(r"\b(?:times (?:a|per)|every|once a|twice a|each) ", re.IGNORECASE)


def habit_of(sentence: Sentence, i: int) -> Habit | None:
    """Whether the word tells of a habit or a tally rather than of one thing."""
    token = sentence.tokens[i]
    if token.upos == "VERB":
        return _habitual_verb(sentence, token)
    told = _habitual_noun(sentence, token) if is_plural(token) else None
    if told or token.head < 0:
        return told
    governor = sentence.tokens[token.head]
    if governor.upos != "VERB" or base(token.deprel) not in {"obj", "nsubj"}:
        return None
    if base(token.deprel) == "nsubj" and is_form_of(
        governor, hedge_table().status["habitual"]["going_verbs"]
    ):
        return _habit(governor)
    if is_form_of(governor, hedge_table().status["habitual"]["inquiry_verbs"]):
        return None
    if is_definite(sentence, token):
        return _habitual_definite(sentence, token, governor)
    return _habitual_verb(sentence, governor)


def _habitual_definite(sentence: Sentence, noun: Token, governor: Token) -> Habit | None:
    """A habit told of a known thing: "they carry out the attacks twice a week"."""
    rate = _RATE.search(sentence.phrase(governor.i).text)
    if rate:
        return "habitual", RATE + rate.group().strip()
    tense = None if is_headline(sentence) or not is_plural(noun) else _open_tense(sentence, governor)
    return ("habitual", f"{governor.text}: {tense}") if tense else None


def _habitual_verb(sentence: Sentence, verb: Token) -> Habit | None:
    """A habit told by a verb's adverbs, tense, aspect, governor or stretch of time."""
    table = hedge_table().status["habitual"]
    for child in sentence.dependents(verb.i, "advmod", "obl"):
        if child.lower in table["adverbs"]:
            return _habit(child)
    governor = sentence.tokens[verb.head] if verb.head >= 0 else None
    if governor and base(verb.deprel) == "conj" and governor.upos == "VERB" and verb.xpos in {"VB", "VBG"}:
        return _habitual_verb(sentence, governor)
    if governor and base(verb.deprel) in {"xcomp", "ccomp"} and is_form_of(governor, table["verbs"]):
        return _habit(governor)
    if is_headline(sentence) or _names_a_day(sentence, verb):
        return None
    if (past := _in_the_past(sentence, verb)) is not None:
        return "habitual", past
    tense = _open_tense(sentence, verb)
    if tense:
        return "habitual", f"{verb.text}: {tense}"
    subject = next(iter(sentence.dependents(verb.i, "nsubj")), None)
    stretch = _stretch(sentence, verb)
    return ("habitual", STRETCH + stretch) if stretch and subject and is_plural(subject) else None


def _in_the_past(sentence: Sentence, verb: Token) -> str | None:
    """The words of "has shelled the town in the past", "have struck there before", or None."""
    if not any(t.lower in {"has", "have"} for t in sentence.dependents(verb.i, "aux")):
        return None
    near = (sentence.phrase(t.i).text for t in sentence.dependents(verb.i, "obl", "advmod"))
    return next((IN_THE_PAST + words for words in near if _LONG_PAST.fullmatch(words.lower())), None)


def _open_tense(sentence: Sentence, verb: Token) -> str | None:
    """The name of a tense that tells of no single moment, or None."""
    auxiliaries = {t.lower for t in sentence.dependents(verb.i, "aux")}
    if verb.xpos == "VBG" and auxiliaries & {"been", "are", "is", "'re", "’re"}:
        return PROGRESSIVE
    if verb.xpos in {"VBP", "VBZ"} and not auxiliaries:
        return PRESENT
    things = sentence.dependents(verb.i, "obj")
    many = [t for t in things if is_plural(t) and not is_definite(sentence, t) and not _number(sentence, t)]
    return PERFECT if many and auxiliaries & {"have", "has"} else None


def _habitual_noun(sentence: Sentence, noun: Token) -> Habit | None:
    """A habit or tally told by a plural: "such attacks", "around 40 attacks", "a spate of raids"."""
    table = hedge_table().status["habitual"]
    governor = sentence.tokens[noun.head] if noun.head >= 0 else None
    if governor and base(noun.deprel) == "nmod" and case_of(sentence, noun) in {"of", "in"}:
        one_of_many = governor.lower == "one" and _number(sentence, noun) > 1
        if one_of_many or is_form_of(governor, table["nouns"]):
            return _habit(governor)
    if governor and base(noun.deprel) == "nsubj" and is_form_of(governor, table["trend_verbs"]):
        return _habit(governor)
    for child in sentence.dependents(noun.i, "amod", "det"):
        if child.lower in table["adjectives"] | table["determiners"]:
            return _habit(child)
    if noun.entity in {"object", "person", "place", "organization"} or is_definite(sentence, noun):
        return None
    if (
        _names_a_day(sentence, noun)
        or (governor and _names_a_day(sentence, governor))
        or is_headline(sentence)
    ):
        return None
    if (
        governor
        and governor.xpos == "VBD"
        and is_form_of(governor, hedge_table().status["carriers"]["verbs"])
    ):
        return None  # "launched attacks on two villages" is told as one deed
    number = _number(sentence, noun)
    return ("habitual", f"{noun.text}: {NO_DAY}") if number == 0 or number >= _TALLY else None


def _number(sentence: Sentence, noun: Token) -> int:
    """The count before a noun: its digits, 2 for a number word, 0 for none."""
    for child in sentence.dependents(noun.i, "nummod"):
        digits = child.text.replace(",", "")
        return int(digits) if digits.isdecimal() else 2
    return 0


def _stretch(sentence: Sentence, verb: Token) -> str | None:
    """A stretch of time or a rate beside the verb or the verb it is joined to, as words."""
    heads = [verb.i, *([verb.head] if base(verb.deprel) == "conj" else [])]
    for head in heads:
        for child in sentence.dependents(head, "obl", "advcl", "advmod"):
            words = sentence.phrase(child.i).text.lower()
            for span in sorted(hedge_table().status["habitual"]["spans"]):
                if words.startswith(span + " ") or f" {span} " in f" {words} ":
                    return words
    return None


def _names_a_day(sentence: Sentence, token: Token) -> bool:
    """Whether a day is named among the dependents of a word."""
    return any(
        _DAY.search(sentence.phrase(child.i).text)
        for child in sentence.dependents(token.i, "obl", "nmod", "advmod", "nmod:poss")
    )


def _habit(word: Token) -> Habit:
    """A habit with the word that told it."""
    return "habitual", OFTEN + word.text
