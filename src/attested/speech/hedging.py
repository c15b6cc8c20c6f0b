"""How sure a claim is and whether it is asserted or denied; and whether what a word names happened at all."""

from __future__ import annotations

from typing import Literal, Protocol

from attested.model import Hedge, Span, Voice
from attested.reading.tokens import Sentence, Token, base
from attested.speech.clauses import is_definite, is_reduced, is_unlike
from attested.speech.cues import hedge_table, reporting_table, weaker
from attested.speech.negation import is_negated, negated_here
from attested.speech.status import status_of
from attested.text.lemmas import lemmas

__all__ = ["Polarity", "find_hedge", "is_negated", "status_of"]

Polarity = Literal["positive", "negative"]
# Verbs that tell how their clause looks to whoever tells it; their hedge stands in the table.
_SEEMING = frozenset({"seem", "appear"})
# What comes after a thing leaves the thing standing: "could act after a raid", "may have died when a bomb burst".
_CIRCUMSTANCE = {
    "obl": frozenset({"after", "following", "since", "despite", "amid", "due", "because"}),
    "advcl": frozenset({"after", "since", "when", "while", "although", "though", "than"}),
}
# Cues of what somebody thinks, fears, wants or denies; what their content takes as given is only told.
_THOUGHTS = frozenset({"suspected", "possible", "denied"})
# "Hurt in the raid", "their part in the raid": a known deed stands, whatever is thought or denied of what was in it.
_WITHIN = frozenset({"in", "during", "for"})


class Cued(Protocol):
    """What hedging needs of an attribution (``speech.voices.Attribution``)."""

    @property
    def content(self) -> tuple[Span, ...]:
        """The words attributed."""

    @property
    def hedge(self) -> Hedge:
        """How sure the attribution's own cue leaves its content."""


def find_hedge(
    sentence: Sentence, token_index: int, voice: Voice, attribution: Cued | None = None
) -> tuple[Hedge, Polarity]:
    """How sure the words at a token are, in their voice, and their polarity.

    The hedge is the weakest of: the attribution's cue ("claimed" -> claimed), doubt words on the token or on
    words above it inside the attributed content ("allegedly", "suspected", "may"), and passives without a
    voice ("is believed to"). Without any, an outlet states a fact and another voice reports.
    """
    hedge: Hedge = "fact" if voice.kind == "outlet" else "reported"
    came_from: Token | None = None
    path = _path(sentence, token_index, attribution)
    if attribution:
        given = attribution.hedge in _THOUGHTS and _is_given(sentence, path[-1])
        hedge = weaker(hedge, "reported" if given else attribution.hedge)
    for token in path:
        for found in _doubts(sentence, token, came_from):
            hedge = weaker(hedge, found)
        came_from = token
    negative = is_negated(sentence, token_index)
    if hedge == "denied":
        return "denied", "negative"
    return hedge, "negative" if negative else "positive"


def _path(sentence: Sentence, i: int, attribution: Cued | None) -> list[Token]:
    """The token and the words above it that still lie in the attributed content; what is told on the side ends it."""
    path = [sentence.tokens[i]]
    for above in sentence.ancestors(i):
        below = path[-1]
        if _is_aside(sentence, below):
            break
        if attribution and not any(c.start <= above.start < c.end for c in attribution.content):
            break
        path.append(above)
    return path


def _is_aside(sentence: Sentence, token: Token) -> bool:
    """Whether a word tells something of its own beside what governs it: "the men who fled", "after he fled"."""
    if token.deprel == "acl:relcl" or base(token.deprel) in {"parataxis", "appos"}:
        return True
    return is_unlike(sentence, token) or _is_given(sentence, token)


def _is_given(sentence: Sentence, token: Token) -> bool:
    """Whether a phrase or clause tells what is known, so that doubt about its sentence leaves it: a circumstance, what
    describes a known thing ("the men who fled", not "men who fled"), a participle before its noun."""
    relation = base(token.deprel)
    if relation in _CIRCUMSTANCE:
        words = _CIRCUMSTANCE[relation] | (_WITHIN if _is_known_event(sentence, token) else frozenset())
        return any(t.lower in words for t in sentence.dependents(token.i, "case", "mark"))
    if relation == "nmod" and _is_known_event(sentence, token):
        return any(t.lower in _WITHIN for t in sentence.dependents(token.i, "case"))
    if relation == "acl" and is_definite(sentence, sentence.tokens[token.head]):
        return token.deprel == "acl:relcl" or is_reduced(sentence, token)
    return relation == "amod" and token.xpos in {"VBN", "VBG"}


def _is_known_event(sentence: Sentence, token: Token) -> bool:
    return token.entity == "event" and is_definite(sentence, token)


def _doubts(sentence: Sentence, token: Token, came_from: Token | None) -> list[Hedge]:
    """The hedges that stand on one word of the path."""
    table = hedge_table()
    found: list[Hedge] = []
    if came_from is not None:
        found += _from_governor(sentence, token, came_from)
        if base(came_from.deprel) == "advcl":  # what doubts the main clause leaves its circumstances alone
            return found
    for child in sentence.dependents(token.i, "advmod", "amod", "aux", "mark"):
        relation = base(child.deprel)
        if relation == "aux":
            found += _from_modal(sentence, token, child)
        elif relation == "mark":
            found += ["possible"] if child.lower == "whether" else []
        elif child.lower in table.words:
            found.append(table.words[child.lower])
    return found


def _from_modal(sentence: Sentence, verb: Token, modal: Token) -> list[Hedge]:
    """The hedge of "may", "might", "could", and of "must" where it infers: "must have fled"."""
    if modal.lower == "must":
        return ["suspected"] if any(t.lower == "have" for t in sentence.dependents(verb.i, "aux")) else []
    return ["possible"] if modal.lower in hedge_table().modals else []


def _from_governor(sentence: Sentence, token: Token, came_from: Token) -> list[Hedge]:
    """The hedge of a word that governs the clause or phrase the token stands in."""
    relation = base(came_from.deprel)
    if token.upos == "ADJ" and relation in {"ccomp", "csubj", "xcomp", "advcl"}:
        unclear = token.lower in {"clear", "certain", "known", "sure"} and negated_here(sentence, token.i)
        words = hedge_table().words
        if unclear or token.lower == "apparent":  # what is apparent of itself is plain
            return ["possible"] if unclear else []
        return [words[token.lower]] if token.lower in words else []
    if token.upos != "VERB":
        return _from_noun(token, relation, sentence, came_from)
    if any(t.deprel == "aux:pass" for t in sentence.dependents(token.i, "aux")):
        passive = hedge_table().passive
        if came_from.deprel in {"nsubj:pass", "nsubj:outer"} and not sentence.dependents(
            token.i, "xcomp", "advcl"
        ):
            return []
        return [passive[form] for form in lemmas(token.lower) if form in passive][:1]
    if relation not in {"xcomp", "ccomp", "csubj"}:
        return []
    table = reporting_table()
    lemma = table.lemma_in(token.lower, table.verbs)
    if lemma is None:  # "appears to have fled"
        return [hedge_table().words[form] for form in lemmas(token.lower) if form in _SEEMING]
    if relation not in table.verbs[lemma].content | {"csubj"}:
        return []
    hedge = table.verbs[lemma].hedge
    return ["possible"] if negated_here(sentence, token.i) and hedge == "denied" else [hedge]


def _from_noun(token: Token, relation: str, sentence: Sentence, came_from: Token) -> list[Hedge]:
    """The hedge of a noun of speech over its content: "reports of", "rumours that"."""
    table = reporting_table()
    lemma = table.lemma_in(token.lower, table.nouns) if token.upos == "NOUN" else None
    if lemma is None or relation not in {"nmod", "acl"}:
        return []
    if relation == "acl" and is_reduced(sentence, came_from):  # "the plan announced in May"
        return []
    if relation == "nmod":
        cases = {t.lower for t in sentence.dependents(came_from.i, "case")}
        if cases.isdisjoint(table.nouns[lemma].after | {"of"}):
            return []
    return [table.nouns[lemma].hedge]
