"""Who stands where a doer stands: by the order of words, for where a parse goes astray in a long name.

"The Red Dawn Front (RDF) today also attacked the town": a name, its initials, a day, and the verb.
"""

from __future__ import annotations

from attested.mentions.organisations import is_body
from attested.reading.tokens import Sentence, Token, base

_MONTHS = frozenset(
    "january february march april may june july august september october november december".split()
)
_PASSED = frozenset({"ADV", "AUX", "PUNCT", "NUM"})
_TAKEN = frozenset({"obj", "iobj", "obl", "nmod"})
_OPENING, _CLOSING = frozenset("(["), frozenset(")]")
_BEING = frozenset("was were is are be been being".split())
# Tokens between the name and its verb: "(RDF) on 29 November", and between "by" and the name's head.
_MAX_BETWEEN, _MAX_PHRASE = 8, 8
_MAX_BY = 6  # tokens between "carried out" and "by": "this morning", "in front of witnesses" is too far


def body_before(sentence: Sentence, verb: Token) -> Token | None:
    """The body whose phrase stands right before an active verb, days, adverbs and initials in between."""
    if _has_no_doer_before(sentence, verb):
        return None
    depth = 0
    for i in range(verb.i - 1, max(-1, verb.i - 1 - _MAX_BETWEEN), -1):
        token = sentence.tokens[i]
        depth += (token.text in _CLOSING) - (token.text in _OPENING)
        if depth > 0 or token.text in _OPENING or _is_passed(token):
            continue
        return _subject(sentence, token, verb) if is_body(token) else None
    return None


def body_after_by(sentence: Sentence, verb: Token) -> Token | None:
    """The body in the phrase after the "by" that closely follows a participle ("carried out this morning by X")."""
    tokens = sentence.tokens
    near = tokens[verb.i + 1 : verb.i + 1 + _MAX_BY]
    by = next((t for t in near if t.lower == "by"), None)
    if by is None or any(t.upos == "VERB" for t in tokens[verb.i + 1 : by.i]):
        return None
    phrase = []
    for token in tokens[by.i + 1 : by.i + 1 + _MAX_PHRASE]:
        if (
            token.upos in {"VERB", "AUX", "SCONJ"}
            or token.lower in {"in", "at", "on", "near"}
            or token.text == ","
        ):
            break
        phrase.append(token)
    bodies = [t for t in phrase if is_body(t)]
    named = [t for t in bodies if t.ner.endswith("ORG")]
    return next(iter(named or bodies[-1:]), None)


def _has_no_doer_before(sentence: Sentence, verb: Token) -> bool:
    """Whether a verb is passive, or in a form that may as well be a noun's plural or an infinitive ("attack")."""
    before = [t.lower for t in sentence.tokens[max(0, verb.i - 3) : verb.i] if t.upos in {"AUX", "VERB"}]
    after = sentence.tokens[verb.i + 1].lower if verb.i + 1 < len(sentence.tokens) else ""
    return verb.xpos not in {"VBD", "VBN", "VBZ"} or bool(_BEING & set(before)) or after == "by"


def _is_passed(token: Token) -> bool:
    """Whether a word may stand between a subject and its verb: "today", "on 29 November", "also", "has"."""
    return (
        token.upos in _PASSED
        or token.entity == "time"
        or token.lower in _MONTHS
        or (token.lower == "on" and token.upos == "ADP")
    )


def _subject(sentence: Sentence, token: Token, verb: Token) -> Token | None:
    """The head of the body's phrase that ends in a token; None where it is an object or behind a preposition."""
    top = token
    for above in sentence.ancestors(token.i):
        if above.i >= top.i or not is_body(above) or _verb_between(sentence, above, verb):
            break
        top = above
    taken = base(top.deprel) in _TAKEN or any(d.deprel == "case" for d in sentence.dependents(top.i))
    return None if taken else top


def _verb_between(sentence: Sentence, first: Token, last: Token) -> bool:
    return any(
        t.upos == "VERB" and t.xpos in {"VBD", "VBZ", "VBP"} for t in sentence.tokens[first.i : last.i]
    )
