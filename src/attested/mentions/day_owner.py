"""Whose day a time expression is: the deed's, that of words about it, or that of what came after it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from attested.mentions.coordination import SAYING
from attested.mentions.lexicon import family_of
from attested.reading.tokens import Sentence, Token
from attested.text.lemmas import lemmas

# Further verbs whose day is that of words: "spoke on Friday about the bombing".
_TALKING = frozenset("speak talk discuss comment condemn".split())
# What comes after an incident has days of its own: "was arraigned on Monday", "were buried on Friday".
_AFTERWARDS = frozenset(
    "arraign charge arrest appear sentence plead schedule bury mourn identify release announce meet visit speak hold "
    "convict indict testify confirm update publish issue book extradite surrender attend provide remain "
    "search seek recover struggle".split()
)
# What the police do at once: such a day is the deed's, or the next.
_INQUIRY = frozenset("investigate probe interview question canvass comb".split())
_AFTER_NOUNS = frozenset(
    "funeral vigil hearing trial court arraignment conference statement release memorial arrest arrests".split()
)
# "Was still in hospital on Wednesday", "an investigation is underway Friday".
_STATES = frozenset("hospital custody jail bond condition underway ongoing".split())
_HELD = frozenset({"custody", "jail"})
# Nouns for a deed beside the trigger words; and crimes that somebody is charged with, whose day is the charge's.
_DEEDS = frozenset(
    "incident tragedy rampage gunfire ordeal shootout standoff violence gunshot gunshots shots".split()
)
_CHARGES = frozenset("murder manslaughter homicide assault robbery arrest".split())
_DEATH = "die"  # the family of words for a death, which may come days after the deed
_OCCURRED = frozenset({"happen", "occur", "unfold", "erupt"})
_SCENE = frozenset("respond call dispatch find discover receive arrive summon".split())
_BESIDE_DAY = frozenset({"early", "late", "earlier", "just", "shortly"})
_BY_THE_CLOCK = re.compile(r"\d ?[ap]\.?m\b|\bnoon\b|\bmidnight\b", re.IGNORECASE)


def is_said_then(sentence: Sentence, tokens: Sequence[Token]) -> bool:
    """ "Police said on Wednesday": the day of the words, not of the deed.

    Nobody says at what minute he spoke; nor is "says on Monday, the man went to a house" of the saying, nor what "was
    reported" then.
    """
    if names_deed(sentence, tokens) or _opens_clause(sentence, tokens):
        return False
    inside = {t.i for t in tokens}
    top = next((t for t in tokens if t.head not in inside), tokens[0])
    before = tokens[0].i - 1
    while before >= 0 and sentence.tokens[before].upos == "ADP":
        before -= 1
    verbs = [sentence.tokens[i] for i in (top.head, before) if i >= 0]
    if _BY_THE_CLOCK.search(sentence.words(tokens[0].i, tokens[-1].i).text):
        return False
    return any(_is_saying(sentence, v) for v in verbs)


def _is_saying(sentence: Sentence, verb: Token) -> bool:
    """Whether a word is a verb of saying; "was reported" of a deed is none."""
    if verb.upos != "VERB" or not (SAYING | _TALKING) & set(lemmas(verb.lower)):
        return False
    subjects = sentence.dependents(verb.i, "nsubj:pass")
    return not any(t.upos == "NOUN" and _is_deed(t) for t in subjects)


def _opens_clause(sentence: Sentence, tokens: Sequence[Token]) -> bool:
    """ "Says around midnight on Monday, he went to a house": a comma after the day, then what is said."""
    after = sentence.tokens[tokens[-1].i + 1 : tokens[-1].i + 2]
    if not after or after[0].text != ",":
        return False
    above = [t for t in (sentence.tokens[i] for i in {t.head for t in tokens} if i >= 0) if t.i < tokens[0].i]
    said = [d for t in above for d in sentence.dependents(t.i, "ccomp") if d.i > tokens[-1].i]
    return bool(said)


def is_of_later(sentence: Sentence, tokens: Sequence[Token]) -> bool:
    """ "Was arraigned on Monday", "at Friday's vigil": the day of what came after the deed.

    The nearest word for a deed owns its day: "was charged in the shooting on Mill Lane Tuesday night".
    """
    if names_deed(sentence, tokens) or _follows_deed(sentence, tokens[0].i):
        return False
    above = list(sentence.ancestors(tokens[-1].i))
    nouns = {t.lower for t in above if t.upos == "NOUN"} | {t.lower for t in tokens}
    verb = next((t for t in above if t.upos == "VERB"), None)
    if above and above[0].lower in _STATES:
        return True
    if nouns & _AFTER_NOUNS:
        return True
    return verb is not None and (_is_afterwards(sentence, verb) or bool(_INQUIRY & set(lemmas(verb.lower))))


def _is_afterwards(sentence: Sentence, verb: Token) -> bool:
    """Whether a verb is of what comes after a deed: "was charged", "was taken into custody"."""
    states = (t.lower in _HELD for t in sentence.dependents(verb.i, "obl"))
    return bool(_AFTERWARDS & set(lemmas(verb.lower))) or any(states)


def is_of_inquiry(sentence: Sentence, tokens: Sequence[Token]) -> bool:
    """ "Police questioned a man Monday night": the day of the first steps after a deed."""
    if names_deed(sentence, tokens) or _follows_deed(sentence, tokens[0].i):
        return False
    verb = next((t for t in sentence.ancestors(tokens[-1].i) if t.upos == "VERB"), None)
    return verb is not None and bool(_INQUIRY & set(lemmas(verb.lower)))


def is_of_deed(sentence: Sentence, tokens: Sequence[Token]) -> bool:
    """ "It happened on Monday", "the shooting on Monday": a day that the words give to a deed."""
    if names_deed(sentence, tokens) or _follows_deed(sentence, tokens[0].i):
        return True
    verb = next((t for t in sentence.ancestors(tokens[-1].i) if t.upos == "VERB"), None)
    return verb is not None and bool(_OCCURRED & set(lemmas(verb.lower)))


def is_of_death(sentence: Sentence, tokens: Sequence[Token]) -> bool:
    """ "Died on Tuesday of a gunshot wound": the day of a death, which may come days after the deed."""
    above = next((t for t in sentence.ancestors(tokens[-1].i) if t.upos in {"VERB", "NOUN"}), None)
    if above is None or above.i in {t.i for t in tokens}:
        return False
    family = family_of(above.lower, "verb" if above.upos == "VERB" else "noun")
    return family is not None and family.name == _DEATH


def is_of_scene(sentence: Sentence, tokens: Sequence[Token]) -> bool:
    """ "Officers were called around 11 p.m. Monday", "was found on Monday": when somebody came upon a deed."""
    verb = next((t for t in sentence.ancestors(tokens[-1].i) if t.upos == "VERB"), None)
    return verb is not None and bool(_SCENE & set(lemmas(verb.lower)))


def _follows_deed(sentence: Sentence, i: int) -> bool:
    """Whether the last verb or noun for a deed before token ``i``, with no comma between but in a name, is a deed's."""
    for token in reversed(sentence.tokens[:i]):
        is_break = token.upos == "PUNCT" and token.text in {",", ";", ":", "—", "--"}
        if is_break and not _is_in_name(sentence, token, i):
            return False
        if token.upos == "VERB":
            family = family_of(token.lower, "verb")
            return family is not None and family.name != _DEATH and not _is_afterwards(sentence, token)
        if token.upos == "NOUN" and _is_deed(token) and not _is_behind(token):
            return True
        if token.upos == "ADJ" and family_of(token.lower, "adjective") is not None:
            return True
    return False


def _is_in_name(sentence: Sentence, comma: Token, i: int) -> bool:
    """Whether a comma stands in or behind a place's name before token ``i``: "in Hull, Mass., Tuesday"."""
    before, after = sentence.tokens[max(0, comma.i - 1)], sentence.tokens[comma.i + 1]
    return comma.text == "," and before.upos == "PROPN" and (after.i == i or after.upos == "PROPN")


def names_deed(sentence: Sentence, tokens: Sequence[Token]) -> bool:
    """ "A shooting Tuesday night", "Tuesday's incident": whether a day hangs on a deed's noun, or follows it."""
    inside = {t.i for t in tokens}
    top = next((t for t in tokens if t.head not in inside), tokens[0])
    above = sentence.tokens[top.head] if top.head >= 0 else top
    before = tokens[0].i - 1
    while before >= 0 and (
        sentence.tokens[before].upos == "ADP" or sentence.tokens[before].lower in _BESIDE_DAY
    ):
        before -= 1
    follows = before >= 0 and _is_named(sentence.tokens[before]) and not _is_behind(sentence.tokens[before])
    owns = above.i not in inside and _is_named(above) and (above.i > top.i or not _is_behind(above))
    return follows or owns


def is_modifier(sentence: Sentence, tokens: Sequence[Token]) -> bool:
    """ "A Halloween party", "the Christmas market": a feast that only names something else than a deed."""
    inside = {t.i for t in tokens}
    top = next((t for t in tokens if t.head not in inside), tokens[0])
    above = sentence.tokens[top.head] if top.head >= 0 else top
    names = above.i not in inside and above.upos in {"NOUN", "PROPN"} and above.i > top.i
    return names and not _is_deed(above)


def _is_behind(token: Token) -> bool:
    """Whether a noun leaves the day behind it to something else: "charged with murder Friday", "his death Friday"."""
    family = family_of(token.lower, "noun")
    return token.lower in _CHARGES or (family is not None and family.name == _DEATH)


def _is_named(token: Token) -> bool:
    return token.upos in {"NOUN", "PROPN"} and _is_deed(token)


def _is_deed(token: Token) -> bool:
    return token.lower in _DEEDS or (
        token.lower not in _STATES and family_of(token.lower, "noun") is not None
    )
