"""Whether what a word names happened: happened, habitual, planned, feared, hypothetical or denied.

The word's governors are read upwards as far as they bear on it. A definite noun ("the raid") exists
whatever is done about it, so modals above it do not touch it; an indefinite one ("a raid could follow")
shares its verb's fate.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from attested.model import MentionStatus
from attested.reading.tokens import Sentence, Token, base
from attested.speech.clauses import (
    before_to,
    case_of,
    is_bare,
    is_conditional,
    is_definite,
    is_finite,
    is_form_of,
    is_headline,
    is_infinitive,
    is_past,
    is_reduced,
    is_reported,
    is_to_be,
    is_unlike,
)
from attested.speech.cues import hedge_table
from attested.speech.habits import habit_of
from attested.speech.negation import is_negated

_Told = tuple[MentionStatus, str]
_Kind = Literal["planned", "feared", "hypothetical"]
_KINDS: tuple[_Kind, ...] = ("planned", "feared", "hypothetical")
# Prepositions of time, manner and cause: what they bring in is told on its own.
_CIRCUMSTANCE = frozenset(
    {"after", "before", "during", "since", "in", "following", "by", "due", "because", "despite", "amid"}
)
# Prepositions of what comes of a thing: "lead to", "result in", "carry out"; and "hold talks for a truce".
_INTO = frozenset({"in", "to", "into", "out", ""})


def status_of(sentence: Sentence, token_index: int) -> tuple[MentionStatus, str]:
    """Whether the thing named by the verb or noun at ``token_index`` happened, and the word that says so.

    ``why`` is empty for ``happened``.
    """
    found = [_unreal(sentence, at, below, token_index) for at, below in _upwards(sentence, token_index)]
    told = [row for row in found if row]
    conditional = told and told[0][0] == "hypothetical" and is_conditional(sentence, token_index)
    if not conditional and is_negated(sentence, token_index):
        return "denied", "negated"
    if told:
        return next((row for row in told if row[0] == "feared"), told[0])
    if _is_asked(sentence, token_index):
        return "hypothetical", "asked"
    return habit_of(sentence, token_index) or ("happened", "")


def _is_asked(sentence: Sentence, i: int) -> bool:
    """Whether the word is what a question asks: "Did they shell the town?", but not "Why did they shell it?"."""
    if not sentence.text.rstrip("\"'”’) ").endswith("?"):
        return False
    token = sentence.tokens[i]
    root = token if token.head < 0 else sentence.tokens[token.head] if base(token.deprel) == "conj" else None
    if root is None or root.head >= 0:
        return False
    return any(t.i < root.i and _opens(sentence, t) for t in sentence.dependents(root.i, "aux", "cop"))


def _opens(sentence: Sentence, auxiliary: Token) -> bool:
    """Whether a helping verb stands before its subject with no question word before it."""
    before = [t for t in sentence.tokens[: auxiliary.i] if t.head == auxiliary.head]
    return not any(t.xpos in {"WP", "WRB", "WDT", "WP$"} or base(t.deprel) == "nsubj" for t in before)


def _upwards(sentence: Sentence, i: int) -> Iterator[tuple[Token, Token | None]]:
    """The word and the governors that bear on whether it happened, each with the one it was reached from."""
    at, below = sentence.tokens[i], None
    for _ in sentence.tokens:
        yield at, below
        if at.head < 0 or not _bears(sentence, at) or (below and _is_given(sentence, below, at)):
            return
        at, below = sentence.tokens[at.head], at


def _is_given(sentence: Sentence, below: Token, above: Token) -> bool:
    """Whether a word takes a known thing as given, so that nothing above bears on the thing: "to avenge the raid"."""
    if not is_definite(sentence, below):
        return False
    relation = base(below.deprel)
    if relation == "nmod":  # "details of the raid", but "the start of the raid"
        return above.upos == "NOUN" and above.entity != "event"
    if above.upos != "VERB" or relation not in {"obj", "obl"} or _brings(sentence, above, below):
        return False
    planned = hedge_table().status["planned"]
    return not is_form_of(above, planned["verbs"] | planned["foiling_verbs"])


def _brings(sentence: Sentence, verb: Token, thing: Token) -> bool:
    """Whether a verb brings its thing about: "launch a raid", "lead to a raid", but not "result from a raid"."""
    if base(thing.deprel) == "obl":
        case = case_of(sentence, thing)
        if case not in _INTO and (case != "for" or is_definite(sentence, thing)):
            return False
    return is_form_of(verb, hedge_table().status["carriers"]["verbs"])


def _bears(sentence: Sentence, token: Token) -> bool:
    """Whether the governor of ``token`` bears on whether ``token`` happened."""
    relation = base(token.deprel)
    if token.deprel == "acl:relcl" or relation in {"parataxis", "appos", "root", "list", "dislocated"}:
        return False
    if relation == "acl" and is_reduced(sentence, token):  # "will treat people wounded in the raid"
        return token.xpos != "VBN" and not is_definite(sentence, sentence.tokens[token.head])
    if relation == "advcl" and is_past(sentence, token):  # "may be safer than he thought"
        return is_conditional(sentence, token.i)
    if relation in {"nmod", "obl"}:
        return case_of(sentence, token) not in _CIRCUMSTANCE
    if relation == "conj" and token.upos == "VERB":
        return not sentence.dependents(token.i, "nsubj") and not is_unlike(sentence, token)
    return True


def _unreal(sentence: Sentence, at: Token, below: Token | None, start: int) -> _Told | None:
    """What one word of the path says against the thing having happened."""
    if at.i == start or below is None:
        return _from_adjective(sentence, at) or _from_clause(sentence, at, has_noun_below=False)
    relation = base(below.deprel)
    told = _from_governor(sentence, at, below, relation)
    if told:
        return told
    if at.upos not in {"VERB", "AUX", "ADJ"} or _stands_alone(sentence, below, at, relation):
        return None
    has_noun_below = below.upos in {"NOUN", "PROPN", "PRON"}
    is_own = relation == "conj" and is_finite(sentence, below)
    return _from_clause(sentence, at, has_noun_below=has_noun_below, is_joined=is_own)


def _stands_alone(sentence: Sentence, below: Token, at: Token, relation: str) -> bool:
    """Whether a noun exists whatever its verb does: it is definite, or only circumstance to the verb."""
    if below.upos == "VERB" or relation in {"xcomp", "ccomp", "csubj"}:
        purpose = relation == "advcl" and is_infinitive(sentence, below)  # "will cut jobs to save money"
        return relation in {"ccomp", "advcl", "acl"} and not purpose
    carried = _brings(sentence, at, below)
    if relation == "obl":
        return not carried
    return is_definite(sentence, below) and not carried


def _from_adjective(sentence: Sentence, at: Token) -> _Told | None:
    """Statuses told by a modifier of the word itself: "a planned raid", "possible attacks"."""
    table = hedge_table().status
    for child in sentence.dependents(at.i, "amod", "det"):
        for kind in _KINDS:
            if child.lower in table[kind]["adjectives"]:
                return _told(kind, child)
    return None


def _from_clause(
    sentence: Sentence, at: Token, *, has_noun_below: bool, is_joined: bool = False
) -> _Told | None:
    """Statuses told by the clause a word heads: its conjunction, its modal, an infinitive after a noun.

    Of ``is_joined`` clauses, which have their own finite verb, only the conjunction speaks.
    """
    table = hedge_table().status
    for child in sentence.dependents(at.i, "mark"):
        if child.lower in table["hypothetical"]["marks"]:
            return _told("hypothetical", child)
    if is_joined:
        return None
    auxiliaries = sentence.dependents(at.i, "aux")
    if is_to_be(sentence, at):
        return _told("planned", at)
    perfect = any(t.lower in {"have", "has", "had", "'ve", "’ve"} for t in auxiliaries)
    for child in auxiliaries:
        if child.lower in table["planned"]["auxiliaries"]:
            return _told("planned", child)
        if child.lower in table["hypothetical"]["modals"]:
            if perfect and child.lower in {"may", "must"}:
                continue
            future = child.lower in {"would", "'d", "’d"} and is_reported(sentence, at) and not perfect
            return _told("planned" if future else "hypothetical", child)
    return _from_infinitive(sentence, at) if not has_noun_below and is_infinitive(sentence, at) else None


def _from_infinitive(sentence: Sentence, at: Token) -> _Told | None:
    """What an infinitive tells of itself: "a contract to supply", a headline's "Maker to cut jobs", "in order to"."""
    governor = sentence.tokens[at.head]
    relation = base(at.deprel)
    if relation == "acl":
        first = any(t.lower in {"first", "last", "only"} for t in sentence.dependents(at.head, "amod"))
        return None if first else _told("planned", at)
    if relation != "advcl":
        return None
    in_order = before_to(sentence, at) in {"order", "as"}
    named = governor.upos in {"NOUN", "PROPN"} and not sentence.dependents(governor.i, "cop")
    return _told("planned", at) if in_order or (named and is_headline(sentence)) else None


def _from_governor(sentence: Sentence, at: Token, below: Token, relation: str) -> _Told | None:
    """Statuses told by a word that governs the thing: "plan to", "fear of", "prevented a"."""
    if at.upos in {"VERB", "AUX"}:
        return _from_verb(sentence, at, below, relation)
    table = hedge_table().status
    if at.upos == "ADJ":
        clause = relation in {"xcomp", "ccomp", "advcl", "obl", "csubj"}
        if relation in {"csubj", "advcl", "ccomp", "xcomp"} and is_infinitive(sentence, below):
            return _told("planned" if at.lower in table["planned"]["adjectives"] else "hypothetical", at)
        kinds = [k for k in _KINDS[:2] if clause and at.lower in table[k]["adjectives"]]
        return _told(kinds[0], at) if kinds else None
    if not _is_content(sentence, below, relation):
        return None
    for kind in _KINDS:
        if is_form_of(at, table[kind]["nouns"]):
            return _told(kind, at)
    return None


def _is_content(sentence: Sentence, below: Token, relation: str) -> bool:
    """Whether what hangs below a noun is what the noun is of: "plan to sell", "plan for a sale", "sales plan", but
    not "plan announced in May"."""
    if relation == "nmod":
        return case_of(sentence, below) in {"of", "for", "to"}
    if relation in {"acl", "xcomp", "ccomp", "advcl"}:
        return not is_reduced(sentence, below) and not is_past(sentence, below)
    return relation == "compound"


def _from_verb(sentence: Sentence, at: Token, below: Token, relation: str) -> _Told | None:
    """Statuses told by a governing verb."""
    table = hedge_table().status
    planned = table["planned"]
    clause = relation in {"xcomp", "ccomp"} or (relation == "advcl" and below.xpos in {"VB", "VBG"})
    if clause and is_form_of(at, planned["future_governors"]) and at.xpos == "VBG":
        return _told("planned", at)
    if relation in {"obl", "advcl"} and is_form_of(at, planned["shielding_verbs"]):
        marks = {case_of(sentence, below)} | {t.lower for t in sentence.dependents(below.i, "mark")}
        if marks & {"from", "against"}:
            return _told("planned", at)
    thing = relation == "obj" or (relation == "nsubj" and below.deprel == "nsubj:pass")
    if (thing or (relation == "advcl" and below.xpos == "VB")) and is_form_of(at, planned["foiling_verbs"]):
        return _told("planned", at)
    wanted = thing or clause or (relation == "obl" and case_of(sentence, below) in {"of", "for"})
    participle = relation == "xcomp" and below.xpos == "VBN" and not is_infinitive(sentence, below)
    if not wanted or participle or (relation in {"ccomp", "xcomp"} and is_past(sentence, below)):
        return None  # "feared killed", "feared to have drowned"
    for kind in ("feared", "planned", "hypothetical"):
        if is_form_of(at, table[kind]["verbs"]) and not (thing and is_definite(sentence, below)):
            return _told(kind, at)
    named = below.xpos == "VBG" and relation in {"xcomp", "ccomp"}  # "is considering using"
    if not clause or not (named or is_bare(sentence, below)):
        return None
    kinds = [kind for kind in _KINDS if is_form_of(at, table[kind].get("infinitive_verbs", frozenset()))]
    return _told(kinds[0], at) if kinds else None


def _told(kind: _Kind, word: Token) -> _Told:
    """The status with the word that told it."""
    return kind, f"{kind}: {word.text}"
