"""Whether a word is said not to hold: "no casualties", "did not fire", "denied attacking", "without loss"."""

from __future__ import annotations

from attested.reading.tokens import Sentence, Token, base
from attested.speech.cues import hedge_table, reporting_table
from attested.text.lemmas import lemmas

# A clause of its own: what is denied above it says nothing about it.
_OWN_CLAUSE = frozenset({"acl", "advcl", "parataxis", "ccomp", "csubj", "root", "appos", "vocative", "list"})


def is_negated(sentence: Sentence, i: int) -> bool:
    """Whether token ``i`` stands under a negation of its own clause.

    A negation does not reach through "about", "for" and the like ("gave no details about the raid" leaves the
    raid standing) nor through verbs of speech ("did not condemn the raid"), except verbs of denial.
    """
    if _subject_or_object_is_none(sentence, i):
        return True
    at, came_from = i, -1
    for _ in sentence.tokens:
        if negated_here(sentence, at) or _undone_by(sentence, at, came_from):
            return True
        above = _next_up(sentence, at, i)
        if above < 0:
            return False
        at, came_from = above, at
    return False


def negated_here(sentence: Sentence, i: int) -> bool:
    """Whether token ``i`` carries a negation itself: not, never, no, nobody, without."""
    table = hedge_table().negation
    if sentence.tokens[i].lower in table["pronouns"]:
        return True
    for child in sentence.dependents(i, "advmod", "det", "case", "cc", "cc:preconj", "mark", "aux"):
        word = child.lower
        if word in table["adverbs"] and not _excused(sentence, child):
            return True
        if word in table["determiners"] and base(child.deprel) == "det":
            return True
        if word in table["prepositions"]:
            return True
    return False


def _excused(sentence: Sentence, negation: Token) -> bool:
    """Whether "not" begins "not only", "not just"."""
    following = sentence.tokens[negation.i + 1 : negation.i + 2]
    return any(t.lower in hedge_table().negation["excused_by"] for t in following)


def _undone_by(sentence: Sentence, at: int, came_from: int) -> bool:
    """Whether ``at`` is a verb or noun that says its complement did not happen, reached through it."""
    if came_from < 0:
        return False
    table = hedge_table().negation
    relation = base(sentence.tokens[came_from].deprel)
    word, kind = sentence.tokens[at].lower, sentence.tokens[at].upos
    known = any(t.lower in {"the", "this", "that"} for t in sentence.dependents(came_from, "det"))
    if relation == "obj" and known and "deny" not in lemmas(word):  # who survived the raid was in it
        return False
    if kind == "VERB" and relation in {"xcomp", "obj", "ccomp", "advcl"}:
        return not table["verbs"].isdisjoint(lemmas(word))
    return kind == "NOUN" and relation in {"nmod", "acl"} and not table["nouns"].isdisjoint(lemmas(word))


def _next_up(sentence: Sentence, at: int, start: int) -> int:
    """The governor to which a negation above still reaches down to ``start``; -1 when none does."""
    token = sentence.tokens[at]
    relation, head = base(token.deprel), token.head
    if head < 0:
        return -1
    governor = sentence.tokens[head]
    denial = not hedge_table().negation["verbs"].isdisjoint(lemmas(governor.lower))
    reaches = {
        "nmod": _case(sentence, at) == "of" or (at != start and _case(sentence, at) == ""),
        "obl": False,
        "nsubj": token.deprel == "nsubj:pass" or (at == start and token.entity not in {"event", "abstract"}),
        "obj": denial or governor.upos != "VERB" or _carries(governor, sentence.tokens[start]),
        "xcomp": hedge_table().negation["ending_verbs"].isdisjoint(lemmas(governor.lower)),
        "conj": any(t.lower in {"or", "nor"} for t in sentence.dependents(at, "cc")),
        "ccomp": denial,
        "advcl": denial and token.xpos == "VBG",
    }
    if relation in reaches:
        return head if reaches[relation] else -1
    return -1 if relation in _OWN_CLAUSE else head


def _carries(governor: Token, start: Token) -> bool:
    """Whether "did not <verb> <thing>" leaves no such thing: so for people and objects, but "did not tolerate
    the raid" leaves the raid, unless the verb is one of doing ("did not launch a raid")."""
    table = reporting_table()
    if start.entity in {"event", "abstract"}:
        return not hedge_table().status["carriers"]["verbs"].isdisjoint(lemmas(governor.lower))
    return table.lemma_in(governor.lower, table.verbs) is None


def _case(sentence: Sentence, i: int) -> str:
    """The preposition of a phrase, in lower case, or the empty string."""
    return next((t.lower for t in sentence.dependents(i, "case")), "")


def _subject_or_object_is_none(sentence: Sentence, i: int) -> bool:
    """Whether a verb's subject or object is nobody, so that the verb's deed did not happen."""
    if sentence.tokens[i].upos not in {"VERB", "ADJ"}:
        return False
    table = hedge_table().negation
    for child in sentence.dependents(i, "nsubj", "obj"):
        none = child.lower in table["pronouns"]
        if none or any(t.lower in table["determiners"] for t in sentence.dependents(child.i, "det")):
            return True
    return False
