"""How many people a phrase speaks of: numerals, partitions, single persons, names, and none at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from attested.model import Span
from attested.reading.tokens import Sentence, Token
from attested.text.numbers import Number, find_numbers
from attested.values import Qualifier

_NOBODY = frozenset({"nobody", "none", "noone"})
_ONE = frozenset({"a", "an", "another", "one", "his", "her", "its", "their", "the"})
_PEOPLE_PRONOUNS = frozenset({"him", "he", "she", "her", "himself", "herself", "someone", "somebody"})
_PAIRS = frozenset({"parents", "grandparents", "both", "couple", "twins"})  # two by their meaning
_FOLD = {"double": 2, "triple": 3, "quadruple": 4, "quintuple": 5, "sextuple": 6}  # "a triple shooting"
_ONE_TOLD = frozenset({"him", "he", "she", "her"})  # somebody told before, however he was
_GROUPS = frozenset("family group crowd crew couple team police staff patrol number majority".split())
_HOUSEHOLD = frozenset({"family", "couple"})  # "members of the family" are all of it
_BODIES = frozenset({"body", "bodies"})
_AMONG = frozenset({"among", "including", "include", "included"})
_ORDINALS = frozenset("second third fourth fifth sixth seventh eighth ninth tenth".split())
_OTHERS = frozenset({"other", "others"})
_ALSO = frozenset({"also", "another", "other", "others", "more", "too", "further"})


@dataclass(frozen=True, slots=True)
class PeopleCount:
    """``value`` people, said at ``span``. ``how``: numeral, single, named, sum, in all, none.

    ``is_more``: said on top of others ("also", "two more"); ``is_part``: of those already told ("of them").
    """

    value: int
    span: Span
    how: str
    qualifier: Qualifier | None = None
    approximate: bool = False
    is_more: bool = False
    is_part: bool = False


def find_counts(sentence: Sentence, phrases: Sequence[tuple[Span, Span]]) -> list[PeopleCount]:
    """Counts of the phrases (span, head) that stand side by side under one word, then their sum if several.

    Arithmetic only where the text licenses it: every phrase of a coordination must have a number of its own.
    """
    numbers = find_numbers(sentence.text)
    singles = [_count(sentence, span, head, numbers) for span, head in phrases]
    found = [c for c in singles if c is not None]
    before: list[PeopleCount | None] = [None, *found]
    found = [
        replace(count, is_part=count.is_part or _is_among(sentence, last, count))
        for last, count in zip(before, found, strict=False)
    ]
    if len(found) < 2 or len(found) < len(phrases) or any(c.is_part or c.value == 0 for c in found):
        return found
    first, last = found[0].span, found[-1].span
    text = sentence.text[first.start - sentence.start : last.end - sentence.start]
    total = sum(c.value for c in found)
    whole = PeopleCount(
        total,
        Span(first.start, last.end, text),
        "sum",
        found[0].qualifier,
        any(c.approximate for c in found),
        found[0].is_more,
    )
    return [whole, *found]


def _is_among(sentence: Sentence, before: PeopleCount | None, count: PeopleCount) -> bool:
    """Whether a phrase is told as some of the one before: "three people, among them a girl"."""
    if before is None or count.span.start < before.span.end:
        return False
    between = sentence.text[before.span.end - sentence.start : count.span.start - sentence.start]
    return not _AMONG.isdisjoint(between.lower().split())


def _count(sentence: Sentence, span: Span, head: Span, numbers: Sequence[Number]) -> PeopleCount | None:
    token = sentence.token_at(head.start)
    if token is None:
        return None
    is_rest = _is_rest(sentence, token)
    more = (_is_more(sentence, token) or _is_next(sentence, token)) and not is_rest
    number = _own_number(sentence, span, token, numbers)
    if number is not None:
        phrase = _widened(sentence, number, span)
        return PeopleCount(
            int(number.value),
            phrase,
            "numeral",
            number.qualifier,
            number.approximate,
            more and number.qualifier is None,  # the "more" of "more than 70" adds nothing
            is_rest or _is_part(sentence, token),
        )
    determiners = {d.lower for d in sentence.dependents(token.i, "det", "nmod")}
    if token.deprel == "conj" and token.xpos == "NN" and not determiners:  # "a woman and girl"
        determiners = {d.lower for d in sentence.dependents(token.head, "det", "nmod")} & {"a", "an"}
    parts = [d for d in sentence.dependents(token.i, "nmod", "nummod") if d.deprel != "nmod:poss"]
    if token.lower in _PAIRS and not parts:
        return PeopleCount(2, span, "numeral", is_more=more)
    if token.lower in _FOLD:
        return PeopleCount(_FOLD[token.lower], span, "in all")
    if token.lower == "another":
        return PeopleCount(1, span, "single", is_more=True)
    if token.lower in _NOBODY or "no" in determiners:
        return PeopleCount(0, span, "none")
    if token.ner.endswith("PER") or (token.upos == "PROPN" and token.entity == "person"):
        return PeopleCount(1, span, "named", is_more=more)
    single = (
        token.xpos in {"NN", "NNP"}
        and not _is_plural(token)
        and bool(determiners & _ONE or token.entity == "person")
    )
    if single and token.entity != "event" and token.upos != "NUM" and _is_person(token):
        return PeopleCount(1, span, "single", is_more=more, is_part=_is_part(sentence, token))
    if token.lower.endswith("old") and determiners & _ONE:
        return PeopleCount(1, span, "single", is_more=more)  # "a 17-year-old"
    if token.lower in _PEOPLE_PRONOUNS:
        return PeopleCount(1, span, "single", is_more=more, is_part=token.lower in _ONE_TOLD)
    return None


def _is_plural(token: Token) -> bool:
    """ "Patrolmen", whatever a reader takes it for: nobody's number."""
    return token.lower.endswith("men")


def _is_person(token: Token) -> bool:
    """Whether one noun among the victims is one person: "a soldier", not "a family" or "a convoy"."""
    return token.lower in _BODIES or (token.entity in {"person", ""} and token.lower not in _GROUPS)


def _own_number(sentence: Sentence, span: Span, head: Token, numbers: Sequence[Number]) -> Number | None:
    """The numeral that counts the head: on the head itself, or the last before it in its phrase."""
    near = [number for number in numbers if _counts(sentence, number, span, head)]
    return near[-1] if near and float(near[-1].value).is_integer() else None


def _counts(sentence: Sentence, number: Number, span: Span, head: Token) -> bool:
    """Whether one of the numeral's words is the head or hangs below it, at or before it in the phrase."""
    start, end = sentence.start + number.span.start, sentence.start + number.span.end
    between = sentence.text[number.span.end : max(number.span.end, span.start - sentence.start)]
    if end <= span.start and not between.strip():
        return True  # right before the phrase, whatever the parse hangs it on
    if not (start <= head.start and end <= max(span.end, head.end)):
        return False
    return any(
        token.i == head.i or token.head == head.i or _under(sentence, token, head)
        for token in sentence.inside(start, end)
        if token.upos == "NUM" or token.i == head.i
    )


def _under(sentence: Sentence, token: Token, head: Token) -> bool:
    """Whether a numeral's token hangs below the head through numerals and adverbs only ("at least 12")."""
    for above in sentence.ancestors(token.i):
        if above.i == head.i:
            return True
        if above.upos not in {"NUM", "ADV", "ADJ", "NOUN"}:
            return False
    return False


def _widened(sentence: Sentence, number: Number, span: Span) -> Span:
    """The phrase from the numeral's qualifier on, so "at least" is among the marked words."""
    start = min(span.start, sentence.start + number.phrase.start)
    return Span(start, span.end, sentence.text[start - sentence.start : span.end - sentence.start])


def _is_more(sentence: Sentence, token: Token) -> bool:
    below = {d.lower for d in sentence.dependents(token.i, "amod", "det", "advmod")}
    above = sentence.tokens[token.head] if token.head >= 0 else token
    beside = {d.lower for d in sentence.dependents(above.i, "advmod")}
    first = sentence.tokens[:2]
    opens = (
        len(first) > 1 and first[0].lower == "also" and first[1].upos == "VERB"
    )  # "Also killed were A and B"
    return opens or bool((below | {token.lower}) & _ALSO or beside & {"also", "too"})


def _is_next(sentence: Sentence, token: Token) -> bool:
    """ "A fourth adult victim": one more than were told before."""
    before = {sentence.tokens[j].lower for j in sentence.subtree(token.i, ("acl", "appos")) if j < token.i}
    return bool(before & {"a", "an"}) and not _ORDINALS.isdisjoint(before)


def _is_rest(sentence: Sentence, token: Token) -> bool:
    """ "Two of the victims stayed there, and two others left": the rest of those told before."""
    others = {token.lower, *(d.lower for d in sentence.dependents(token.i, "amod"))}
    before = (t for t in sentence.tokens[: token.i] if t.upos == "NUM")
    return not _OTHERS.isdisjoint(others) and any(_is_part(sentence, t) for t in before)


def _is_part(sentence: Sentence, token: Token) -> bool:
    """ "two of the victims", "three of them", "including a boy": part of those already counted."""
    if any(c.lower == "including" for c in sentence.dependents(token.i, "case")):
        return True
    for d in sentence.dependents(token.i, "nmod"):
        cases = {c.lower for c in sentence.dependents(d.i, "case")}
        definite = {c.lower for c in sentence.dependents(d.i, "det", "nmod")} & {
            "the",
            "those",
            "these",
        }
        several = d.xpos != "NN" or d.lower in _GROUPS - _HOUSEHOLD
        if "of" in cases and ((definite and several) or d.upos == "PRON"):
            return True
    return False
