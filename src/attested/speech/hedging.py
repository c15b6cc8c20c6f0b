"""How sure a claim is and whether it is asserted or denied; and whether what a word names happened at all."""

from __future__ import annotations

from typing import Literal, Protocol

from attested.model import Hedge, Span, Voice
from attested.reading.tokens import Sentence, Token, base
from attested.speech.cues import hedge_table, reporting_table, weaker
from attested.speech.negation import is_negated, negated_here
from attested.speech.status import status_of
from attested.text.lemmas import lemmas

__all__ = ["Polarity", "find_hedge", "is_negated", "status_of"]

Polarity = Literal["positive", "negative"]


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
    start: Hedge = "fact" if voice.kind == "outlet" else "reported"
    hedge: Hedge = weaker(start, attribution.hedge) if attribution else start
    came_from: Token | None = None
    for token in _path(sentence, token_index, attribution):
        for found in _doubts(sentence, token, came_from):
            hedge = weaker(hedge, found)
        came_from = token
    negative = is_negated(sentence, token_index)
    if hedge == "denied":
        return "denied", "negative"
    return hedge, "negative" if negative else "positive"


def _path(sentence: Sentence, i: int, attribution: Cued | None) -> list[Token]:
    """The token and the words above it that still lie in the attributed content; relative clauses end it."""
    path = [sentence.tokens[i]]
    for above in sentence.ancestors(i):
        below = path[-1]
        if below.deprel == "acl:relcl" or base(below.deprel) in {"parataxis", "appos"}:
            break
        if attribution and not any(c.start <= above.start < c.end for c in attribution.content):
            break
        path.append(above)
    return path


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
            found += ["possible"] if child.lower in table.modals else []
        elif relation == "mark":
            found += ["possible"] if child.lower == "whether" else []
        elif child.lower in table.words:
            found.append(table.words[child.lower])
    return found


def _from_governor(sentence: Sentence, token: Token, came_from: Token) -> list[Hedge]:
    """The hedge of a word that governs the clause or phrase the token stands in."""
    relation = base(came_from.deprel)
    if token.upos == "ADJ" and relation in {"ccomp", "csubj", "xcomp", "advcl"}:
        unclear = token.lower in {"clear", "certain", "known", "sure"} and negated_here(sentence, token.i)
        return ["possible"] if unclear or hedge_table().words.get(token.lower) == "possible" else []
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
    if lemma is None:
        return []
    hedge = table.verbs[lemma].hedge
    return ["possible"] if negated_here(sentence, token.i) and hedge == "denied" else [hedge]


def _from_noun(token: Token, relation: str, sentence: Sentence, came_from: Token) -> list[Hedge]:
    """The hedge of a noun of speech over its content: "reports of", "rumours that"."""
    table = reporting_table()
    lemma = table.lemma_in(token.lower, table.nouns) if token.upos == "NOUN" else None
    if lemma is None or relation not in {"nmod", "acl"}:
        return []
    if relation == "nmod":
        cases = {t.lower for t in sentence.dependents(came_from.i, "case")}
        if cases.isdisjoint(table.nouns[lemma].after | {"of"}):
            return []
    return [table.nouns[lemma].hedge]
