"""Names beside the words that a parse takes for the participant: behind a gloss in brackets, or in apposition."""

from __future__ import annotations

from attested.mentions.coordination import with_conjuncts
from attested.mentions.frames import role
from attested.mentions.lexicon import ACTOR_KINDS, participant_kind
from attested.model import Role
from attested.reading.tokens import Sentence, Token

_LONGEST_GLOSS = 14  # words of a body's name spelt out in brackets
_DONE_TO = frozenset({"killed", "injured", "target"})
_NOMINAL = frozenset({"NOUN", "PROPN", "ADJ"})


def behind_gloss(sentence: Sentence, r: Role) -> list[Role]:
    """The role of whoever stands behind a bracket: "attacked FBU (Farm Bank Union) director Ada Brook".

    Of those who did it the body keeps its role beside its people's: "the RDF (Red Dawn Front) rebels".
    """
    token = sentence.token_at(r.head.start)
    behind = _behind(sentence, token) if token is not None else None
    if behind is None:
        return [r]
    found = role(sentence, r.name, behind)
    last = sentence.token_at(found.span.end - 1) or behind
    meant = Role(r.name, sentence.words(_first(sentence, behind), last.i), found.head)
    return [meant] if r.name in _DONE_TO else [r, meant]


def _behind(sentence: Sentence, token: Token) -> Token | None:
    """The person or people named right behind the bracket that follows a body's name."""
    if not token.ner.endswith(("ORG", "MISC")):
        return None
    at = token.i + 1
    while at < len(sentence.tokens) and sentence.tokens[at].ner == f"I-{token.ner[2:]}":
        at += 1
    if at >= len(sentence.tokens) or sentence.tokens[at].text != "(":
        return None
    close = next((t.i for t in sentence.tokens[at : at + _LONGEST_GLOSS] if t.text == ")"), None)
    if close is None:
        return None
    run = _run(sentence, close + 1)
    name = next((t for t in run if t.ner == "B-PER"), None)
    people = [t for t in run if participant_kind(t.text) in ACTOR_KINDS and t.upos != "ADJ"]
    return name or (people[-1] if people and people[-1] is run[-1] else None)


def _run(sentence: Sentence, first: int) -> list[Token]:
    """The nouns, names and adjectives in a row from a token on."""
    found: list[Token] = []
    for token in sentence.tokens[first:]:
        if token.upos not in _NOMINAL:
            break
        found.append(token)
    return found


def _first(sentence: Sentence, head: Token) -> int:
    """The index of the first of the row of nominal words up to a head, behind the bracket."""
    first = head.i
    while sentence.tokens[first - 1].upos in _NOMINAL:
        first -= 1
    return first


def named_beside(sentence: Sentence, r: Role) -> list[Role]:
    """Roles of the people named in apposition to those it was done to: "two guards, Cy Dunn and Eve Fox"."""
    token = sentence.token_at(r.head.start)
    if r.name not in _DONE_TO or token is None or token.ner.endswith("PER"):
        return []
    if participant_kind(token.text) not in ACTOR_KINDS and token.entity != "person":
        return []
    named = [d for d in sentence.dependents(token.i, "appos") if d.ner.endswith("PER")]
    return [role(sentence, r.name, t) for d in named for t in with_conjuncts(sentence, d) if t.ner != "O"]
