"""Whether what a word names happened: happened, habitual, planned, feared, hypothetical or denied.

The word's governors are read upwards as far as they bear on it. A definite noun ("the raid") exists
whatever is done about it, so modals above it do not touch it; an indefinite one ("a raid could follow")
shares its verb's fate.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from attested.model import MentionStatus
from attested.reading.tokens import Sentence, Token, base
from attested.speech.cues import hedge_table
from attested.speech.negation import is_negated
from attested.text.lemmas import lemmas

_Told = tuple[MentionStatus, str]
_DEFINITE = frozenset({"the", "this", "that"})
# A count of events from here on is a tally over time unless one day is named.
_TALLY = 10
_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.?)"
)
_DAY = re.compile(
    r"\b(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|today|yesterday|tonight|overnight"
    rf"|{_MONTH} \d{{1,2}}\b|\d{{1,2}} {_MONTH})"
)
_RATE = re.compile(r"\b(?:times (?:a|per)|every|once a|twice a|each) ", re.IGNORECASE)
_PAST = frozenset({"VBD", "VBN"})


def status_of(sentence: Sentence, token_index: int) -> tuple[MentionStatus, str]:
    """Whether the thing named by the verb or noun at ``token_index`` happened, and the word that says so.

    ``why`` is empty for ``happened``.
    """
    if is_negated(sentence, token_index):
        return "denied", "negated"
    found = [_unreal(sentence, at, below, token_index) for at, below in _upwards(sentence, token_index)]
    told = [row for row in found if row]
    if told:
        return next((row for row in told if row[0] == "feared"), told[0])
    return _habitual(sentence, token_index) or ("happened", "")


def _upwards(sentence: Sentence, i: int) -> Iterator[tuple[Token, Token | None]]:
    """The word and the governors that bear on whether it happened, each with the one it was reached from."""
    at, below = sentence.tokens[i], None
    for _ in sentence.tokens:
        yield at, below
        if at.head < 0 or not _bears(sentence, at):
            return
        at, below = sentence.tokens[at.head], at


def _bears(sentence: Sentence, token: Token) -> bool:
    """Whether the governor of ``token`` bears on whether ``token`` happened."""
    relation = base(token.deprel)
    if token.deprel == "acl:relcl" or relation in {"parataxis", "appos", "root", "list", "dislocated"}:
        return False
    if relation in {"nmod", "obl"}:
        return _case(sentence, token) not in {"after", "before", "during", "since", "in", "following", "by"}
    if relation == "conj":
        return token.upos != "VERB" or not sentence.dependents(token.i, "nsubj")
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
    return _from_clause(sentence, at, has_noun_below=has_noun_below)


def _stands_alone(sentence: Sentence, below: Token, at: Token, relation: str) -> bool:
    """Whether a noun exists whatever its verb does: it is definite, or only circumstance to the verb."""
    if below.upos == "VERB" or relation in {"xcomp", "ccomp", "csubj"}:
        return relation in {"ccomp", "advcl", "acl"}
    carried = _has(at, hedge_table().status["carriers"]["verbs"])
    if relation == "obl":
        return not carried
    return is_definite(sentence, below) and not carried


def is_definite(sentence: Sentence, noun: Token) -> bool:
    """Whether a noun phrase points to a known thing: the, this, that, or a possessor."""
    return any(
        t.lower in _DEFINITE or t.deprel == "nmod:poss"
        for t in sentence.dependents(noun.i, "det", "nmod:poss")
    )


def _from_adjective(sentence: Sentence, at: Token) -> _Told | None:
    """Statuses told by a modifier of the word itself: "a planned raid", "possible attacks"."""
    table = hedge_table().status
    for child in sentence.dependents(at.i, "amod", "det"):
        for kind in ("planned", "feared", "hypothetical"):
            if child.lower in table[kind]["adjectives"]:
                return _told(kind, child)
    return None


def _from_clause(sentence: Sentence, at: Token, *, has_noun_below: bool) -> _Told | None:
    """Statuses told by the clause a word heads: its conjunction, its modal, an infinitive after a noun."""
    table = hedge_table().status
    for child in sentence.dependents(at.i, "mark"):
        if child.lower in table["hypothetical"]["marks"]:
            return _told("hypothetical", child)
    auxiliaries = sentence.dependents(at.i, "aux")
    if _is_to_be(sentence, at):
        return _told("planned", at)
    perfect = any(t.lower in {"have", "has", "had", "'ve", "’ve"} for t in auxiliaries)
    for child in auxiliaries:
        if child.lower in table["planned"]["auxiliaries"]:
            return _told("planned", child)
        if child.lower in table["hypothetical"]["modals"]:
            if perfect and child.lower in {"may", "must"}:
                continue
            future = child.lower in {"would", "'d", "’d"} and _is_reported(sentence, at) and not perfect
            return _told("planned" if future else "hypothetical", child)
    if base(at.deprel) == "acl" and not has_noun_below and _is_infinitive(sentence, at):
        first = any(t.lower in {"first", "last", "only"} for t in sentence.dependents(at.head, "amod"))
        return None if first else _told("planned", at)
    return None


def _from_governor(sentence: Sentence, at: Token, below: Token, relation: str) -> _Told | None:
    """Statuses told by a word that governs the thing: "plan to", "fear of", "prevented a"."""
    if at.upos in {"VERB", "AUX"}:
        return _from_verb(sentence, at, below, relation)
    table = hedge_table().status
    if at.upos == "ADJ":
        clause = relation in {"xcomp", "ccomp", "advcl", "obl", "csubj"}
        if relation in {"csubj", "advcl", "ccomp", "xcomp"} and _is_infinitive(sentence, below):
            return _told("planned" if at.lower in table["planned"]["adjectives"] else "hypothetical", at)
        kinds = [k for k in ("planned", "feared") if clause and at.lower in table[k]["adjectives"]]
        return _told(kinds[0], at) if kinds else None
    if relation not in {"nmod", "acl", "compound"}:
        return None
    if relation == "nmod" and _case(sentence, below) not in {"of", "for", "to"}:
        return None
    if relation == "acl" and _is_past(sentence, below):
        return None
    for kind in ("planned", "feared", "hypothetical"):
        if _has(at, table[kind]["nouns"]):
            return _told(kind, at)
    return None


def _from_verb(sentence: Sentence, at: Token, below: Token, relation: str) -> _Told | None:
    """Statuses told by a governing verb."""
    table = hedge_table().status
    planned = table["planned"]
    clause = relation in {"xcomp", "ccomp"} or (relation == "advcl" and below.xpos in {"VB", "VBG"})
    if clause and _has(at, planned["future_governors"]) and at.xpos == "VBG":
        return _told("planned", at)
    if relation in {"obl", "advcl"} and _has(at, planned["shielding_verbs"]):
        marks = {_case(sentence, below)} | {t.lower for t in sentence.dependents(below.i, "mark")}
        if marks & {"from", "against"}:
            return _told("planned", at)
    thing = relation == "obj" or (relation == "nsubj" and below.deprel == "nsubj:pass")
    if (thing or (relation == "advcl" and below.xpos == "VB")) and _has(at, planned["foiling_verbs"]):
        return _told("planned", at)
    wanted = thing or clause or (relation == "obl" and _case(sentence, below) in {"of", "for"})
    if not wanted or (relation == "ccomp" and _is_past(sentence, below)):
        return None
    for kind in ("feared", "planned", "hypothetical"):
        if _has(at, table[kind]["verbs"]) and not (thing and is_definite(sentence, below)):
            return _told(kind, at)
    intended = clause and _is_bare(sentence, below) and _has(at, planned["infinitive_verbs"])
    return _told("planned", at) if intended else None


def _habitual(sentence: Sentence, i: int) -> _Told | None:
    """Whether the word tells of a habit or a tally rather than of one thing."""
    token = sentence.tokens[i]
    if token.upos == "VERB":
        return _habitual_verb(sentence, token)
    told = _habitual_noun(sentence, token) if _is_plural(token) else None
    if told or token.head < 0:
        return told
    governor = sentence.tokens[token.head]
    if governor.upos != "VERB" or base(token.deprel) not in {"obj", "nsubj"}:
        return None
    if base(token.deprel) == "nsubj" and _has(governor, hedge_table().status["habitual"]["going_verbs"]):
        return _told("habitual", governor)
    if is_definite(sentence, token):
        return _habitual_definite(sentence, token, governor)
    return _habitual_verb(sentence, governor)


def _habitual_definite(sentence: Sentence, noun: Token, governor: Token) -> _Told | None:
    """A habit told of a known thing: "they carry out the attacks twice a week"."""
    rate = _RATE.search(sentence.phrase(governor.i).text)
    if rate:
        return "habitual", rate.group().strip()
    tense = None if _is_headline(sentence) or not _is_plural(noun) else _open_tense(sentence, governor)
    return ("habitual", f"{governor.text}: {tense}") if tense else None


def _habitual_verb(sentence: Sentence, verb: Token) -> _Told | None:
    """A habit told by a verb's adverbs, tense, aspect, governor or stretch of time."""
    table = hedge_table().status["habitual"]
    for child in sentence.dependents(verb.i, "advmod", "obl"):
        if child.lower in table["adverbs"]:
            return _told("habitual", child)
    governor = sentence.tokens[verb.head] if verb.head >= 0 else None
    if governor and base(verb.deprel) == "conj" and governor.upos == "VERB" and verb.xpos in {"VB", "VBG"}:
        return _habitual_verb(sentence, governor)
    if governor and base(verb.deprel) in {"xcomp", "ccomp"} and _has(governor, table["verbs"]):
        return _told("habitual", governor)
    if _is_headline(sentence) or _names_a_day(sentence, verb):
        return None
    tense = _open_tense(sentence, verb)
    if tense:
        return "habitual", f"{verb.text}: {tense}"
    subject = next(iter(sentence.dependents(verb.i, "nsubj")), None)
    stretch = _stretch(sentence, verb)
    return ("habitual", stretch) if stretch and subject and _is_plural(subject) else None


def _open_tense(sentence: Sentence, verb: Token) -> str | None:
    """The name of a tense that tells of no single moment, or None."""
    auxiliaries = {t.lower for t in sentence.dependents(verb.i, "aux")}
    if verb.xpos == "VBG" and auxiliaries & {"been", "are", "is", "'re", "’re"}:
        return "progressive"
    if verb.xpos in {"VBP", "VBZ"} and not auxiliaries:
        return "present tense"
    things = sentence.dependents(verb.i, "obj")
    many = [t for t in things if _is_plural(t) and not is_definite(sentence, t) and not _number(sentence, t)]
    return "perfect with a plural" if many and auxiliaries & {"have", "has"} else None


def _habitual_noun(sentence: Sentence, noun: Token) -> _Told | None:
    """A habit or tally told by a plural: "such attacks", "around 40 attacks", "a spate of raids"."""
    table = hedge_table().status["habitual"]
    governor = sentence.tokens[noun.head] if noun.head >= 0 else None
    if governor and base(noun.deprel) == "nmod" and _case(sentence, noun) in {"of", "in"}:
        one_of_many = governor.lower == "one" and _number(sentence, noun) > 1
        if one_of_many or _has(governor, table["nouns"]):
            return _told("habitual", governor)
    if governor and base(noun.deprel) == "nsubj" and _has(governor, table["trend_verbs"]):
        return _told("habitual", governor)
    for child in sentence.dependents(noun.i, "amod", "det"):
        if child.lower in table["adjectives"] | table["determiners"]:
            return _told("habitual", child)
    if noun.entity in {"object", "person", "place", "organization"} or is_definite(sentence, noun):
        return None
    if (
        _names_a_day(sentence, noun)
        or (governor and _names_a_day(sentence, governor))
        or _is_headline(sentence)
    ):
        return None
    if governor and governor.xpos == "VBD" and _has(governor, hedge_table().status["carriers"]["verbs"]):
        return None  # "launched attacks on two villages" is told as one deed
    number = _number(sentence, noun)
    return ("habitual", f"{noun.text}: a plural without a day") if number == 0 or number >= _TALLY else None


def _number(sentence: Sentence, noun: Token) -> int:
    """The count before a noun: its digits, 2 for a number word, 0 for none."""
    for child in sentence.dependents(noun.i, "nummod"):
        digits = child.text.replace(",", "")
        return int(digits) if digits.isdecimal() else 2
    return 0


def _stretch(sentence: Sentence, verb: Token) -> str | None:
    """A stretch of time or a rate beside the verb or the verb it is joined to, as words."""
    heads = [verb.i, *([verb.head] if base(verb.deprel) == "conj" else [])]
    for head in heads:
        for child in sentence.dependents(head, "obl", "advcl", "advmod"):
            words = sentence.phrase(child.i).text.lower()
            for span in sorted(hedge_table().status["habitual"]["spans"]):
                if words.startswith(span + " ") or f" {span} " in f" {words} ":
                    return words
    return None


def _names_a_day(sentence: Sentence, token: Token) -> bool:
    """Whether a day is named among the dependents of a word."""
    return any(
        _DAY.search(sentence.phrase(child.i).text)
        for child in sentence.dependents(token.i, "obl", "nmod", "advmod", "nmod:poss")
    )


def _is_headline(sentence: Sentence) -> bool:
    """Whether the sentence lacks its full stop, as headlines do; their present tense tells of the past."""
    return not sentence.text.rstrip("\"'”’) ").endswith((".", "!", "?", "…"))


def _is_reported(sentence: Sentence, verb: Token) -> bool:
    """Whether a clause hangs below a verb in the past: "said it would" speaks of its own future."""
    return any(t.xpos in _PAST for t in sentence.ancestors(verb.i)) or bool(
        [t for t in sentence.dependents(verb.i, "parataxis") if t.xpos == "VBD"]
    )


def _is_past(sentence: Sentence, verb: Token) -> bool:
    """Whether a clause's verb is a finite past or perfect without a modal."""
    auxiliaries = sentence.dependents(verb.i, "aux", "cop")
    modal = any(t.xpos == "MD" for t in auxiliaries)
    past = verb.xpos == "VBD" or any(t.xpos in {"VBD", "VBZ", "VBP"} for t in auxiliaries)
    return past and not modal and (verb.xpos in _PAST or any(t.xpos == "VBD" for t in auxiliaries))


def _is_to_be(sentence: Sentence, verb: Token) -> bool:
    """Whether "is to", "are to" stands before the verb."""
    to = next((t for t in sentence.dependents(verb.i, "mark") if t.lower == "to"), None)
    return to is not None and to.i > 0 and sentence.tokens[to.i - 1].lower in {"is", "are", "was", "were"}


def _is_infinitive(sentence: Sentence, verb: Token) -> bool:
    """Whether "to" marks the verb."""
    return any(t.lower == "to" for t in sentence.dependents(verb.i, "mark"))


def _is_bare(sentence: Sentence, verb: Token) -> bool:
    """Whether a verb is an infinitive or a subjunctive ("demanded that it stop")."""
    return verb.xpos == "VB" and not any(t.xpos in {"MD", "VBD"} for t in sentence.dependents(verb.i, "aux"))


def _is_plural(token: Token) -> bool:
    return token.xpos in {"NNS", "NNPS"}


def _has(token: Token, words: frozenset[str]) -> bool:
    """Whether a word's dictionary form is one of ``words``."""
    return not words.isdisjoint(lemmas(token.lower))


def _case(sentence: Sentence, token: Token) -> str:
    """The preposition of a phrase, in lower case, or the empty string."""
    return next((t.lower for t in sentence.dependents(token.i, "case")), "")


def _told(kind: str, word: Token) -> _Told:
    """The status with the word that told it."""
    kinds: dict[str, MentionStatus] = {
        "planned": "planned",
        "feared": "feared",
        "hypothetical": "hypothetical",
        "habitual": "habitual",
    }
    return kinds[kind], f"{kind}: {word.text}"
