"""Habitual and summary statements: "some 25 assaults since the new year" is a trend, not an incident."""

from __future__ import annotations

import re
from dataclasses import dataclass

from attested.mentions.hits import Hit
from attested.mentions.participants import agents, patients
from attested.reading.tokens import Sentence, Token, base
from attested.text.lemmas import lemmas
from attested.text.numbers import find_numbers

_RISING = frozenset(
    "increase rise grow surge spike soar escalate intensify multiply worsen climb mount double triple treble "
    "quadruple".split()
)
_FALLING = frozenset("decrease fall decline drop ebb subside lessen diminish ease halve dwindle".split())
_FREQUENT = frozenset({"frequent", "common", "widespread", "numerous", "regular"})
_MANY = frozenset(
    "spate rash wave series string number surge increase rise spike flurry dozens scores hundreds frequency "
    "rate campaign".split()
)
_OFTEN = re.compile(
    r"\b(regularly|frequently|repeatedly|routinely|often|normally|usually|almost daily|near-daily|daily|weekly"
    r"|(?:several|many|numerous|multiple|\w+) times an? (?:day|week|month|year)|every (?:day|week|night))\b",
    re.IGNORECASE,
)
_TIMES = re.compile(r"\b(\w+) (times) (?:since|in|over|this|within|during)\b", re.IGNORECASE)
_ORDINAL = re.compile(r"(?:third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|\d+(?:st|nd|rd|th))")
_SPAN = re.compile(
    r"since (?!(?:sun|mon|tues|wednes|thurs|fri|satur)day)\w|so far this (?:year|month)|this year"
    r"|(?:in|over|during) the (?:past|last) (?:\w+ )?(?:weeks|months|year|years|decade)",
    re.IGNORECASE,
)
_MORE = re.compile(
    r"\b(?:twice|three times|four times|double|triple) (?:as many|the)|\bup (?:from|\d|by)", re.IGNORECASE
)
_LESS = re.compile(r"\b(?:half as many|half the (?:number|toll)|down (?:from|\d|by))", re.IGNORECASE)
_DONE_TO_PEOPLE = frozenset({"abduct", "arrest"})
IN_GENERAL = "attacks in general"
"""What the reason begins with where a bare plural names a kind of deed."""
# A plural with a numeral at least this large sums up; below it the sentence tells of the incidents themselves.
MIN_SUMMARY_COUNT = 6


@dataclass(frozen=True, slots=True)
class TrendWords:
    """Why a hit is a trend, which way it goes, and the token that holds its number (if any)."""

    why: str
    direction: str = ""
    number: Token | None = None


def find_trend(sentence: Sentence, hit: Hit, is_specific: bool) -> TrendWords | None:
    """What makes a trigger a trend, or None. ``is_specific``: its clause has a day of its own."""
    token = sentence.tokens[hit.i]
    if (counted := _times_told(sentence, token)) is not None:
        return TrendWords(f'a sum: "{counted.text}"', "", counted)
    if (summed := _sum_since(sentence, hit)) is not None:
        return TrendWords(f'a sum since a day: "{summed.text}"', _compared(sentence), summed)
    if hit.part != "noun":
        often = _how_often(sentence, token)
        return TrendWords(f'habitual: "{often}"') if often and not is_specific else None
    number = _numeral(sentence, token)
    if number is not None and _amount(sentence, number) >= MIN_SUMMARY_COUNT and not hit.family.result:
        return TrendWords(f'a sum: "{number.text} {token.text}"', _direction(sentence, token), number)
    collective = _collective(sentence, token)
    if collective is not None and token.xpos in {"NNS", "NNPS"}:
        return TrendWords(f'a sum: "{collective.text} of {token.text}"', _direction(sentence, token))
    if token.xpos not in {"NNS", "NNPS"} or hit.family.result:
        return None
    if direction := _direction(sentence, token):
        return TrendWords(f"a change over time: {direction}", direction)
    if is_specific or number is not None or _is_definite(sentence, token):
        return None
    return TrendWords(f'{IN_GENERAL}: "{token.text}"')


def _times_told(sentence: Sentence, token: Token) -> Token | None:
    """ "attacked 17 times since January", "the attack was the seventh since July": the token of the number."""
    for match in _TIMES.finditer(sentence.text):
        number = sentence.token_at(sentence.start + match.start(1))
        times = sentence.token_at(sentence.start + match.start(2))
        if number is not None and times is not None and times.head == token.i:
            return number
    above = sentence.tokens[token.head] if token.head >= 0 else token
    since = re.search(r"\bsince\b", sentence.text) is not None
    is_subject = base(token.deprel) == "nsubj" and bool(sentence.dependents(above.i, "cop"))
    return above if since and is_subject and _ORDINAL.fullmatch(above.lower) else None


def _sum_since(sentence: Sentence, hit: Hit) -> Token | None:
    """ "At least 120 civilians have been killed since January", "so far this year": the numeral of the people."""
    token = sentence.tokens[hit.i]
    perfect = any(d.lower in {"have", "has", "had"} for d in sentence.dependents(hit.i, "aux"))
    if (
        hit.part != "verb"
        or not (hit.family.result or hit.family.name in _DONE_TO_PEOPLE)
        or not (perfect and _is_of_months(sentence, token))
    ):
        return None
    people = patients(sentence, hit.i) or agents(sentence, hit.i)
    numbers = [t if t.upos == "NUM" else _numeral(sentence, t) for t in people]
    return next((n for n in numbers if n is not None and _amount(sentence, n) >= MIN_SUMMARY_COUNT), None)


def _is_of_months(sentence: Sentence, verb: Token) -> bool:
    """Whether a verb's clause says "since January", "so far this year", "in the past six months"."""
    below = {sentence.tokens[j].i for j in sentence.subtree(verb.i, ("ccomp", "parataxis", "acl"))}
    return any(
        _SPAN.match(sentence.text, t.start - sentence.start)
        for t in sentence.tokens
        if t.i in below or t.head in below
    )


def _compared(sentence: Sentence) -> str:
    """ "Twice as many as last year", "up 20 percent", "half as many": which way a sum went."""
    if _MORE.search(sentence.text):
        return "rising"
    return "falling" if _LESS.search(sentence.text) else ""


def _how_often(sentence: Sentence, verb: Token) -> str:
    """Words of frequency that belong to the verb ("regularly", "several times a week"), "" if none do."""
    for match in _OFTEN.finditer(sentence.text):
        token = sentence.token_at(sentence.start + match.start())
        if token is None or base(token.deprel) in {"amod", "compound"}:
            continue  # "the weekly sale" says nothing of how often a bomb went off
        verbs = [a.i for a in (token, *sentence.ancestors(token.i)) if a.upos == "VERB"]
        if verbs and verbs[0] == verb.i:
            return match.group(0)
    return ""


def is_told(words: TrendWords) -> bool:
    """Whether a trend says enough (number, direction, frequency) to be kept as a trend of its own."""
    return bool(words.direction or words.number or words.why.startswith(("a sum", "habitual")))


def _numeral(sentence: Sentence, token: Token) -> Token | None:
    return next((d for d in sentence.dependents(token.i, "nummod")), None)


def _amount(sentence: Sentence, token: Token) -> float:
    """The value of the number that a numeral's token is part of ("around 40", "dozens"), 0 if it is none."""
    at = token.start - sentence.start
    return max((n.value for n in find_numbers(sentence.text) if n.span.start <= at < n.span.end), default=0)


def _collective(sentence: Sentence, token: Token) -> Token | None:
    """ "a spate of attacks", "the number of attacks": the noun over the trigger, or "dozens of"."""
    if base(token.deprel) == "nmod" and token.head >= 0:
        head = sentence.tokens[token.head]
        if any(form in _MANY for form in lemmas(head.lower)):
            return head
    return None


def _direction(sentence: Sentence, token: Token) -> str:
    """ "rising" or "falling" from the verb whose subject is the noun, or from "increase in", "" if neither."""
    current = token
    for governor in sentence.ancestors(token.i):
        relation = base(current.deprel)
        if relation not in {"nsubj", "nmod", "compound"}:
            return ""
        forms = set(lemmas(governor.lower))
        if forms & _RISING:
            return "rising"
        if forms & _FALLING:
            return "falling"
        if relation == "nsubj" and (way := _in_frequency(sentence, governor)):
            return way
        if governor.upos == "VERB":
            return ""
        current = governor
    return ""


def _in_frequency(sentence: Sentence, governor: Token) -> str:
    """ "have become more frequent", "are increasingly common", "grew rarer"."""
    for word in (governor, *sentence.dependents(governor.i, "xcomp")):
        much = {t.lower for t in sentence.dependents(word.i, "advmod")}
        if word.lower in _FREQUENT and much & {"more", "increasingly", "less"}:
            return "falling" if "less" in much else "rising"
        if word.lower in {"rarer", "commoner"}:
            return "falling" if word.lower == "rarer" else "rising"
    return ""


def _is_definite(sentence: Sentence, token: Token) -> bool:
    return any(
        d.lower in {"the", "both", "two", "three"} for d in sentence.dependents(token.i, "det", "nummod")
    )
