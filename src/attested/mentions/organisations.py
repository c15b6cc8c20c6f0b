"""Who can have done a deed, and the organisation that a group of its people belongs to."""

from __future__ import annotations

from collections.abc import Iterator

from attested.mentions.frames import is_land, role
from attested.mentions.lexicon import ACTOR_KINDS, participant_kind
from attested.reading.tokens import Sentence, Token, base
from attested.speech.speaker_words import speaker_words
from attested.text.countries import country_of
from attested.text.lemmas import lemmas

# "a group calling itself X", "a gang known as X": the clause gives the group's name.
_NAMING = frozenset("call name know dub title identify style".split())
# "gunmen working for X", "assassins paid by X": the clause says whose people they are.
_BELONGING = frozenset(
    "belong work pay paid hire finance link train lead led command sponsor back form compose run".split()
)
# "gunmen in the pay of X", "at the service of X".
_SERVICES = frozenset("pay service payroll order orders employ command hire ranks".split())
_THOUGHT = frozenset(
    "believe think say suspect presume allege know report consider identify assume describe".split()
)
_LONGEST_ACRONYM = 6
_MAX_BEHIND = 8  # words behind a group in which its body is named
_BELONGING_CASES = frozenset({"of", "from", "within", "for", "to", "by", "with"})


def is_somebody(sentence: Sentence, token: Token) -> bool:
    """Whether a noun is a person, a body or a state, so that it can have done something."""
    if token.upos in {"PRON", "DET", "VERB", "ADV"}:
        return False
    if token.ner.endswith("LOC"):
        own = role(sentence, "", token).span
        has_body = any(t.ner.endswith("ORG") for t in sentence.inside(own.start, own.end))
        return has_body or token.entity == "organization" or is_land(token.text) or is_land(own.text)
    if token.ner != "O" or participant_kind(token.text) in ACTOR_KINDS or _is_body_noun(token):
        return True
    return token.entity in {"person", "organization"} or (
        token.entity == "" and token.upos in {"NOUN", "PROPN"}
    )


def is_body(token: Token) -> bool:
    """Whether a noun is a body by its name or its word: "the Red Dawn Front", "the movement", "rebels"."""
    if (
        _is_acronym(token)
        or token.ner.endswith("ORG")
        or participant_kind(token.text) in {"force", "armed_group"}
    ):
        return True
    return token.ner == "O" and (
        _is_body_noun(token) or (token.entity == "organization" and token.upos != "PRON")
    )


def _is_acronym(token: Token) -> bool:
    """ "The ELN": initials, which name no person whatever they were read as."""
    return token.text.isupper() and token.ner == "B-PER" and 1 < len(token.text) <= _LONGEST_ACRONYM


def is_member(sentence: Sentence, token: Token) -> bool:
    """Whether a noun is somebody of a body named behind it: "a member of the National Party"."""
    return is_somebody(sentence, token) and any(
        _is_named(d) for d in sentence.dependents(token.i, "nmod") if _belongs(sentence, d)
    )


def _is_body_noun(token: Token) -> bool:
    return bool(speaker_words().bodies & set(lemmas(token.lower)))


def somebody_with_conjuncts(sentence: Sentence, token: Token) -> list[Token]:
    """The noun and those coordinated with it that are somebody; those after "and not" are left out."""
    others = [
        d
        for d in sentence.dependents(token.i, "conj")
        if not any(n.lower == "not" for n in sentence.dependents(d.i))
    ]
    return [t for t in (token, *others) if is_somebody(sentence, t)]


def organisation_of(sentence: Sentence, group: Token) -> Token | None:
    """The head of an organisation's name that stands outside a group's own phrase, None if there is none.

    "a commando unit, the Gerardo Front", "a gang known as the Owls", "members of the (...) White Guard".
    """
    if group.ner != "O" or (participant_kind(group.text) is None and group.entity != "organization"):
        return None
    apposed = [d for d in sentence.dependents(group.i, "appos", "flat") if d.i > group.i and _is_named(d)]
    if apposed:
        return apposed[0]  # "the Red-Star-linked group FRX"
    own = role(sentence, "", group).span
    if any(_is_named(t) for t in sentence.inside(own.start, own.end)):
        return None
    if (behind := _named_behind(sentence, sentence.inside(own.start, own.end)[-1].i)) is not None:
        return behind
    return next((t for t in _named_around(sentence, group) if not own.start <= t.start < own.end), None)


def _named_behind(sentence: Sentence, last: int) -> Token | None:
    """The body right behind a group, by the order of words, since a parse goes astray in such phrases.

    "Gunmen said to be members of X", "men thought to belong to X", "a gang, apparently in the pay of X".
    """
    words = [t for t in sentence.tokens[last + 1 :] if t.upos not in {"PUNCT", "ADV", "AUX", "DET"}][
        :_MAX_BEHIND
    ]
    told = [t.lower for t in words]
    is_thought = words[:1] and words[0].xpos in {"VBN", "VBD"} and _THOUGHT & set(lemmas(told[0]))
    serves = told[:1] in (["in"], ["at"]) and bool(_SERVICES & set(told[1:2]))
    if not serves and not (is_thought and told[1:2] == ["to"]):
        return None
    for token in words[2:]:
        if token.upos == "VERB" and not _BELONGING & set(lemmas(token.lower)):
            return None
        if _is_named(token):
            whole = [t for t in sentence.ancestors(token.i) if _is_named(t) and t.i > token.i]
            return max(whole, key=lambda t: t.i, default=token)
    return None


def _named_around(sentence: Sentence, group: Token) -> Iterator[Token]:
    """Names of bodies that modify the group: before it, in apposition, in a clause that names or places it."""
    for below in sentence.dependents(group.i, "compound", "amod", "appos", "nmod", "flat", "acl"):
        relation = base(below.deprel)
        if relation == "acl":
            yield from _in_clause(sentence, below)
        elif relation == "nmod" and _SERVICES & set(lemmas(below.lower)):
            yield from (d for d in sentence.dependents(below.i, "nmod") if _is_named(d))
        elif relation == "nmod" and not _belongs(sentence, below):
            continue
        elif _is_named(below):
            yield below
        elif relation in {"nmod", "appos"}:  # "members of a group, the Red Dawn"
            yield from (d for d in sentence.dependents(below.i, "appos", "nmod", "compound") if _is_named(d))


def _belongs(sentence: Sentence, token: Token) -> bool:
    return any(c.lower in _BELONGING_CASES for c in sentence.dependents(token.i, "case"))


def _in_clause(sentence: Sentence, verb: Token) -> Iterator[Token]:
    """Names in a clause such as "calling itself X", "known as X", "paid by X"."""
    forms = set(lemmas(verb.lower))
    if forms & _NAMING:
        yield from _bodies_below(sentence, verb, {"obj", "xcomp", "obl", "appos", "compound", "nsubj"})
    elif forms & _BELONGING:
        yield from (t for t in _bodies_below(sentence, verb, {"obl"}) if _belongs(sentence, t))
    for below in sentence.dependents(
        verb.i, "xcomp", "ccomp"
    ):  # "men believed to belong to X", "to be members of X"
        if below.upos == "VERB":
            yield from _in_clause(sentence, below)
        else:
            yield from _bodies_below(sentence, below, {"nmod", "compound"})


def _bodies_below(sentence: Sentence, verb: Token, relations: set[str]) -> Iterator[Token]:
    for below in sentence.dependents(verb.i, *relations):
        if _is_named(below):
            yield below
        else:
            yield from (d for d in sentence.dependents(below.i, "appos", "compound") if _is_named(d))


def _is_named(token: Token) -> bool:
    """Whether a noun is a body's own name, not a nationality, "group" or "guerrillas"."""
    if token.ner.endswith(("ORG", "MISC")):
        return token.upos in {"PROPN", "NOUN", "ADJ"} and country_of(token.text) is None
    if token.ner != "O" or participant_kind(token.text) is not None or _is_body_noun(token):
        return False
    return token.upos == "PROPN" and token.entity == "organization"
