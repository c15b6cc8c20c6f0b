"""Whether a word is said not to hold: "no casualties", "did not fire", "denied attacking", "without loss"."""

from __future__ import annotations

from attested.reading.tokens import Sentence, Token, base
from attested.speech.clauses import case_of, is_definite, is_form_of, is_infinitive
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
        if _is_purpose_of_none(sentence, sentence.tokens[at]):
            return True
        if base(sentence.tokens[at].deprel) == "amod" and undoes(sentence, at):
            return False  # the cancelling took place, only its noun did not
        above = _next_up(sentence, at, i)
        if above < 0:
            return False
        at, came_from = above, at
    return False


def negated_here(sentence: Sentence, i: int) -> bool:
    """Whether token ``i`` carries a negation itself: not, never, no, nobody, without, cancelled."""
    table = hedge_table().negation
    if sentence.tokens[i].lower in table["pronouns"]:
        return True
    for child in sentence.dependents(i, "advmod", "det", "case", "cc", "cc:preconj", "mark", "aux"):
        word, relation = child.lower, base(child.deprel)
        if word in table["adverbs"] and not _excused(sentence, child):
            return True
        if word in table["determiners"] and relation == "det":
            return True
        if word in table["prepositions"]:
            is_joined = relation in {"case", "mark", "cc"} or bool(sentence.dependents(child.i, "fixed"))
            if is_joined:  # "instead of firing", but "it fired instead"
                return True
        if word == "longer" and _has_no(sentence, child.i):
            return True
    if sentence.tokens[i].entity not in {"event", "abstract"}:
        return False
    return any(t.xpos == "VBN" and undoes(sentence, t.i) for t in sentence.dependents(i, "amod", "acl"))


def _is_purpose_of_none(sentence: Sentence, token: Token) -> bool:
    """Whether an infinitive hangs on a noun that is denied: "no plan to attack", "a cancelled deal to sell"."""
    if base(token.deprel) != "acl" or not is_infinitive(sentence, token):
        return False
    is_told_of = bool(sentence.dependents(token.head, "cop"))  # "was not the first to fall": it fell
    return not is_told_of and negated_here(sentence, token.head)


def _has_no(sentence: Sentence, i: int) -> bool:
    """Whether "no" stands on a word: "no longer"."""
    return any(t.lower in {"no", "not"} for t in sentence.dependents(i, "det", "advmod"))


def _excused(sentence: Sentence, negation: Token) -> bool:
    """Whether "not" denies less than its word: "not only", "not all"; "did not fall until May", but then it did."""
    table = hedge_table().negation
    following = sentence.tokens[negation.i + 1 : negation.i + 2]
    if any(t.lower in table["excused_by"] for t in following):
        return True
    if negation.head < 0 or any(t.xpos == "MD" for t in sentence.dependents(negation.head, "aux")):
        return False
    later = sentence.dependents(negation.head, "obl", "advcl")
    return any(t.lower in table["ends"] for one in later for t in sentence.dependents(one.i, "case", "mark"))


def _undone_by(sentence: Sentence, at: int, came_from: int) -> bool:
    """Whether ``at`` is a verb or noun that says its complement did not happen, reached through it."""
    if came_from < 0:
        return False
    table = hedge_table().negation
    below = sentence.tokens[came_from]
    relation = base(below.deprel)
    word, kind = sentence.tokens[at].lower, sentence.tokens[at].upos
    if kind == "VERB" and _is_affected(below) and undoes(sentence, at):
        return True
    if kind == "ADJ" and relation in {"xcomp", "ccomp", "advcl"} and is_infinitive(sentence, below):
        too = any(t.lower == "too" for t in sentence.dependents(at, "advmod"))
        return word in table["adjectives"] or (too and not sentence.dependents(at, "expl"))
    if relation == "obj" and is_definite(sentence, below) and "deny" not in lemmas(word):
        return False  # who survived the raid was in it
    if kind == "VERB" and relation in {"xcomp", "obj", "ccomp", "advcl"}:
        return not table["verbs"].isdisjoint(lemmas(word))
    return kind == "NOUN" and relation in {"nmod", "acl"} and not table["nouns"].isdisjoint(lemmas(word))


def undoes(sentence: Sentence, i: int) -> bool:
    """Whether a verb says that what it is done to will not take place: "cancel", "call off"."""
    particles = [f" {t.lower}" for t in sentence.dependents(i, "compound:prt")]
    words = {form + particle for form in lemmas(sentence.tokens[i].lower) for particle in particles or [""]}
    return not hedge_table().negation["undoing_verbs"].isdisjoint(words)


def _is_affected(token: Token) -> bool:
    """Whether a word is what its verb is done to: an object, or the subject of a passive."""
    return base(token.deprel) == "obj" or token.deprel == "nsubj:pass"


def _next_up(sentence: Sentence, at: int, start: int) -> int:
    """The governor to which a negation above still reaches down to ``start``; -1 when none does."""
    token = sentence.tokens[at]
    relation, head = base(token.deprel), token.head
    if head < 0:
        return -1
    governor = sentence.tokens[head]
    if _is_affected(token) and undoes(sentence, head):
        return head
    denial = is_form_of(governor, hedge_table().negation["verbs"])
    carried = _carries(sentence, governor, sentence.tokens[start])
    case = case_of(sentence, token)
    given = token.entity == "event" and is_definite(sentence, token)  # "no news of the raid"
    passive = token.deprel == "nsubj:pass" and (at != start or carried or not is_definite(sentence, token))
    reaches = {
        "nmod": (case == "of" and not given) or (at != start and case == ""),
        "obl": False,
        "nsubj": passive or (at == start and token.entity not in {"event", "abstract"}),
        "obj": denial or governor.upos != "VERB" or carried,
        "xcomp": not is_form_of(governor, hedge_table().negation["ending_verbs"]),
        "conj": any(t.lower in {"or", "nor"} for t in sentence.dependents(at, "cc")),
        "ccomp": denial,
        "advcl": token.xpos == "VBG" if denial else governor.upos == "ADJ" and _undone_by(sentence, head, at),
    }
    if relation in reaches:
        return head if reaches[relation] else -1
    return -1 if relation in _OWN_CLAUSE else head


def _carries(sentence: Sentence, governor: Token, start: Token) -> bool:
    """Whether "did not <verb> <thing>" leaves no such thing: so for people and objects, but "did not tolerate
    the raid" leaves the raid, unless the verb is one of doing ("did not launch a raid")."""
    table = reporting_table()
    is_told = table.lemma_in(governor.lower, table.verbs) is not None
    if start.entity in {"event", "abstract"}:
        carried = is_form_of(governor, hedge_table().status["carriers"]["verbs"])
        return carried and not (is_told and is_definite(sentence, start))
    return not is_told


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
