"""Who is told as part of others, and who was taken: "eleven people, including three children and two women"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from attested.mentions.cases import cases_of
from attested.mentions.coordination import with_conjuncts
from attested.mentions.frames import role, roles_of
from attested.mentions.hits import Hit
from attested.mentions.lexicon import ACTOR_KINDS, participant_kind
from attested.model import Role
from attested.reading.tokens import Sentence, Token

PART = "some "
"""What the name of a role begins with whose people are part of those told under the rest of the name."""
_INCLUDING = frozenset({"including", "counting", "among", "amongst"})
_AMONG = frozenset({"among", "amongst", "of"})
_FATES = {"dead": "killed", "killed": "killed", "wounded": "injured", "injured": "injured"}
_WHOLES = frozenset({"killed", "injured", "abducted", "missing"})


def find_parts(sentence: Sentence, roles: Sequence[Role]) -> Iterator[Role]:
    """Roles of the people behind "including" or "among them", of the last people told before the word."""
    for word in sentence.tokens:
        wholes = [r for r in roles if r.name in _WHOLES and r.head.start < word.start]
        if word.lower in _INCLUDING and wholes and (part := _told_behind(sentence, word)):
            whole = max(wholes, key=lambda r: r.head.start)
            yield from _parts(sentence, whole.name, part)


def find_among(sentence: Sentence) -> Iterator[Role]:
    """Roles of "among the dead were three officers", "five of the wounded were children"."""
    for noun in sentence.tokens:
        below = [*sentence.dependents(noun.i, "nmod")]
        if sentence.dependents(noun.i, "cop"):
            below += [
                d for s in sentence.dependents(noun.i, "nsubj") for d in sentence.dependents(s.i, "nmod")
            ]
        fates = (_FATES[d.lower] for d in below if d.lower in _FATES and cases_of(sentence, d.i) & _AMONG)
        if noun.entity == "person" and noun.upos in {"NOUN", "PROPN"} and (fate := next(fates, None)):
            yield from _parts(sentence, fate, noun)
        if noun.lower in _FATES and "among" in cases_of(sentence, noun.i):
            for subject in sentence.dependents(noun.i, "nsubj"):  # "a boy was among the wounded"
                yield from _parts(sentence, _FATES[noun.lower], subject)


def _parts(sentence: Sentence, name: str, first: Token) -> Iterator[Role]:
    for token in with_conjuncts(sentence, first):
        if _is_counted(sentence, token):
            part = role(sentence, PART + name, token)
            inside = sentence.inside(part.span.start, part.span.end)
            while len(inside) > 1 and inside[0].lower in _INCLUDING:
                inside = inside[1:]
            yield replace(part, span=sentence.words(inside[0].i, inside[-1].i))


def _told_behind(sentence: Sentence, word: Token) -> Token | None:
    """The head of the phrase behind "including", or behind "among them"."""
    behind = sentence.tokens[word.head] if word.head > word.i else None
    if behind is not None and behind.lower in {"them", "whom"}:
        people = (t for t in sentence.tokens[behind.i + 1 :] if t.entity == "person" and t.upos != "NUM")
        return next(people, None)
    return behind


def find_abducted(sentence: Sentence, group: Sequence[Hit]) -> Iterator[Role]:
    """Roles "abducted" of the people whom a word of abduction says were taken."""
    for hit in group:
        if hit.family.name == "abduct":
            for taken in roles_of(sentence, hit, group):
                head = sentence.token_at(taken.head.start)
                if taken.name == "target" and head is not None and _is_people(head):
                    yield role(sentence, "abducted", head)


def _is_counted(sentence: Sentence, token: Token) -> bool:
    """Whether a part is people with a number: "the attackers" say only whom the whole holds."""
    return _is_people(token) and not any(d.lower == "the" for d in sentence.dependents(token.i, "det"))


def _is_people(token: Token) -> bool:
    if token.ner.endswith(("LOC", "ORG")) or token.upos == "PRON":
        return False
    return token.entity == "person" or token.upos == "NUM" or participant_kind(token.text) in ACTOR_KINDS
