"""Who a claim of people speaks of, as far as its words tell: name, age, sex, child or grown-up, and who cannot be whom.

"A 12-year-old girl" is not the man who died; "the boy" may be the 12-year-old who was hit.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from attested.claims.assemble import HIT
from attested.mentions.lexicon import ARMED_KINDS, participant_kind
from attested.model import Claim
from attested.text.normalise import fold
from attested.text.numbers import number_value

_AGE = re.compile(
    r"\b(\d{1,3}|[a-z]+(?:-[a-z]+)?)(?: |-|- | -)(year|month|week|day)s?(?: |-|- | -)old", re.IGNORECASE
)
_IN_A_YEAR = {"year": 1, "month": 12, "week": 52, "day": 365}
_LISTED = re.compile(r",\s|\sand\s")
_NO_NAME = frozenset("mr mrs ms dr mr. mrs. ms. dr. jr jr. sr sr. jr., the a an little baby young".split())
_MALE = frozenset(
    "man men boy boys father fathers son sons husband husbands brother brothers grandfather grandson grandsons uncle "
    "uncles nephew nephews stepfather step-father stepson boyfriend ex-boyfriend himself he him male "
    "males gentleman".split()
)  # fmt: skip
_FEMALE = frozenset(
    "woman women girl girls mother mothers daughter daughters wife wives sister sisters grandmother granddaughter "
    "granddaughters aunt aunts niece nieces stepmother stepdaughter girlfriend ex-girlfriend ex-wife herself she her "
    "female females lady widow".split()
)  # fmt: skip
_YOUNG = frozenset(
    "child children boy boys girl girls baby babies infant infants toddler toddlers kid kids newborn".split()
)
_GROWN = frozenset(
    "man men woman women father fathers mother mothers husband husbands wife wives grandmother grandfather parent "
    "parents grandparents couple officer officers deputy deputies trooper troopers sergeant policeman boyfriend "
    "girlfriend ex-boyfriend ex-girlfriend ex-wife ex-husband uncle aunt adult adults pastor teacher guard "
    "clerk".split()
)  # fmt: skip
_ARMED = frozenset(
    "suspect suspects gunman gunmen shooter shooters assailant assailants attacker attackers robber robbers intruder "
    "intruders himself herself themselves killer burglar burglars".split()
)  # fmt: skip
_SERVING = frozenset(
    "officer officers deputy deputies trooper troopers sergeant policeman policemen agent agents".split()
)
_KIN = frozenset(
    "father mother husband wife son sons daughter daughters brother sister grandmother grandfather stepfather "
    "stepmother stepson stepdaughter boyfriend girlfriend ex-boyfriend ex-girlfriend ex-husband ex-wife".split()
)  # fmt: skip
_OLDEST_CHILD = 14  # years: "a 13-year-old" is no man
_YOUNGEST_GROWN = 20
_DEFINITE = frozenset({"the", "that", "this", "these", "those", "both"})
_PRONOUNS = frozenset({"he", "she", "him", "her"})


@dataclass(frozen=True, slots=True)
class Who:
    """What words tell of the people they name; None where they do not."""

    head: str
    name: frozenset[str]
    age: int | None
    sex: str | None
    is_young: bool | None
    is_armed: bool
    serves: bool
    side: str | None
    is_definite: bool

    @property
    def is_pronoun(self) -> bool:
        """Whether only a pronoun stands for the person."""
        return self.head in _PRONOUNS

    @property
    def is_kin(self) -> bool:
        """Whether the word says whose: a father, a wife."""
        return self.head in _KIN

    @property
    def is_self(self) -> bool:
        """Whether it is the doer himself."""
        return self.head.endswith("self") or self.head == "themselves"


def who_of(claim: Claim) -> Who:
    """Whom a claim's words name."""
    return _who(claim.span.text, is_name(claim))


def is_hit(claim: Claim) -> bool:
    """Whether the words only say that people were hit, not that they lived."""
    return (claim.unit or "").endswith(HIT)


def is_more(claim: Claim) -> bool:
    """Whether people are told on top of others: "two more", but not "the other two", who were told before."""
    return (claim.unit or "").endswith("more")


def is_name(claim: Claim) -> bool:
    """Whether a claim is of somebody by his name."""
    return (claim.unit or "").startswith("named")


def overlap(one: Claim, other: Claim) -> bool:
    """Whether two claims stand on some words in common."""
    return one.span.start < other.span.end and other.span.start < one.span.end


def members_of(claim: Claim) -> list[Who]:
    """Whom each part of "a woman, her son and a neighbour" names."""
    named = is_name(claim)
    parts = _LISTED.split(claim.span.text) if claim.value != 1 else [claim.span.text]
    return [_who(part, named) for part in parts if part.strip()]


def are_apart(one: Claim, other: Claim) -> bool:
    """Whether nobody that one claim names can be among those of the other."""
    return all(cannot_be(a, b) for a in members_of(one) for b in members_of(other))


@lru_cache(maxsize=20_000)
def _who(text: str, is_named: bool) -> Who:
    words = [w for w in re.split(r"[\s,]+", fold(text).replace("’", "'")) if w]
    head = _head(words)
    age = _age_in(fold(text))
    name = frozenset(_bare(w) for w in words if w not in _NO_NAME) if is_named else frozenset()
    kinds = {head, *(w for w in words[-2:] if w == head)}
    young = True if kinds & _YOUNG else False if kinds & _GROWN else None
    if young is None and age is not None:
        young = True if age <= _OLDEST_CHILD else False if age >= _YOUNGEST_GROWN else None
    sex = "m" if kinds & _MALE else "f" if kinds & _FEMALE else None
    return Who(
        head=head,
        name=name,
        age=age,
        sex=sex,
        is_young=young,
        is_armed=bool(kinds & _ARMED),
        serves=bool(kinds & _SERVING),
        side=kind if (kind := participant_kind(head)) in ARMED_KINDS else None,
        is_definite=bool(words) and words[0] in _DEFINITE,
    )


def _head(words: list[str]) -> str:
    """The last word before what is said of it: "the mother" of "the boy's mother of three"."""
    cut = next(
        (i for i, w in enumerate(words) if i and w in {"of", "who", "in", "from", "and", "with"}), len(words)
    )
    return _bare(words[cut - 1]) if words[:cut] else ""


def _bare(word: str) -> str:
    """A word without a possessive's ending and marks around it."""
    return word.strip("\"'.()“”").removesuffix("'s").rstrip("'")


def _age_in(text: str) -> int | None:
    found = _AGE.search(text)
    age = number_value(found[1].replace("-", " ")) if found else None
    return int(age / _IN_A_YEAR[found[2].lower()]) if found and age is not None else None


def cannot_be(one: Who, other: Who) -> bool:
    """Whether two claims' words cannot be of one person, nor one of them among the other."""
    if one.name and other.name:
        return not is_one_name(one.name, other.name)
    if one.sex and other.sex and one.sex != other.sex:
        return True
    if one.is_young is not None and other.is_young is not None and one.is_young != other.is_young:
        return True
    if one.age is not None and other.age is not None and one.age != other.age:
        return True
    if {one.side, other.side} == ARMED_KINDS:
        return True  # two rebels and four soldiers
    return (one.is_armed and other.serves) or (one.serves and other.is_armed)


def is_same(one: Who, other: Who) -> bool:
    """Whether words that are told of one person each are surely of the same: name, age, or "a boy" and "the boy"."""
    if cannot_be(one, other):
        return False
    if one.name and other.name:
        return True
    if one.age is not None and one.age == other.age:
        return True
    told_again = [who for who in (one, other) if who.is_definite and who.age is None]
    return one.head == other.head and not one.name and bool(told_again)


def is_one_name(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two names may be one person's: the shorter's words are all among the other's."""
    return one <= other or other <= one
