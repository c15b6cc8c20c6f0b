"""Who is blamed, who claims responsibility, who denies it: perpetrators through somebody's mouth."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from attested.mentions.hits import Hit
from attested.mentions.participants import agents, is_passive, patients
from attested.reading.tokens import Sentence, Token
from attested.text.lemmas import lemmas

BlameKind = Literal["perpetrator", "responsibility_claimed", "responsibility_denied"]
_ACCUSING = frozenset({"accuse", "suspect", "charge"})
_DENYING = frozenset({"deny", "reject", "disclaim"})
_PART = frozenset({"part", "hand", "role"})
_INVOLVED = frozenset(
    "part involvement involved role hand responsible responsibility behind carried carrying connection link".split()
)
_GENERIC = frozenset(
    {"such", "some", "many", "several", "these", "those", "most", "similar", "all", "various"}
)


@dataclass(frozen=True, slots=True)
class Blame:
    """``who`` is named for a deed; ``deed`` the token that names it (None: what was last told of)."""

    kind: BlameKind
    who: Token
    deed: Token | None
    is_generic: bool = False


def find_blame(sentence: Sentence, hits: list[Hit]) -> list[Blame]:
    """Blame, claims and denials of responsibility in a sentence, in the order of the text."""
    found: list[Blame] = []
    for token in sentence.tokens:
        forms = lemmas(token.lower)
        if token.upos == "VERB" and "blame" in forms:
            found += _blamed(sentence, token)
        elif token.lower == "blame" and token.upos == "NOUN":
            found += _pinned(sentence, token)
        elif token.upos == "VERB" and _ACCUSING & set(forms):
            found += _accused(sentence, token, hits)
        elif token.upos == "VERB" and _DENYING & set(forms):
            found += _denied(sentence, token, hits)
        elif token.lower in _PART and _is_no_part(sentence, token):
            found += _no_part(sentence, token, hits)
        elif token.lower in {"responsibility", "involvement", "credit"}:
            found += _responsibility(sentence, token)
        elif token.lower == "responsible":
            found += _responsible(sentence, token)
    return found


def _blamed(sentence: Sentence, verb: Token) -> list[Blame]:
    """ "blamed X for Y", "blamed Y on X", "Y was blamed on X", "X was blamed for Y"."""
    obliques = _by_case(sentence, verb)
    hurt = patients(sentence, verb.i)
    if who := obliques.get("on"):
        return [_blame("perpetrator", sentence, who, hurt[0] if hurt else None)]
    if hurt and (who := _by_case(sentence, hurt[0]).get("on")) and "for" not in obliques:
        return [_blame("perpetrator", sentence, who, hurt[0])]  # parsed as "the attack on X"
    if hurt:
        return [_blame("perpetrator", sentence, hurt[0], obliques.get("for"))]
    return []


def _pinned(sentence: Sentence, noun: Token) -> list[Blame]:
    """ "pinned the blame on X", "put the blame for Y on X"."""
    governor = sentence.tokens[noun.head] if noun.head >= 0 else noun
    obliques = {**_by_case(sentence, noun), **_by_case(sentence, governor)}
    who = obliques.get("on")
    return [_blame("perpetrator", sentence, who, obliques.get("for"))] if who else []


def _accused(sentence: Sentence, verb: Token, hits: list[Hit]) -> list[Blame]:
    """ "accused X of firing the rockets": the deed is the trigger under "of"."""
    below = set(sentence.subtree(verb.i))
    deed = next((sentence.tokens[h.i] for h in hits if h.i in below and h.i != verb.i), None)
    hurt = patients(sentence, verb.i)
    if not hurt or deed is None:
        return []
    return [_blame("perpetrator", sentence, hurt[0], deed)]


def _responsibility(sentence: Sentence, noun: Token) -> list[Blame]:
    """ "X claimed responsibility for Y", "X denied involvement in Y"."""
    if noun.head < 0:
        return []
    verb = sentence.tokens[noun.head]
    forms = set(lemmas(verb.lower))
    obliques = {**_by_case(sentence, verb), **_by_case(sentence, noun)}
    deed = obliques.get("for") or obliques.get("in") or _introduced_next(sentence, noun)
    who = obliques.get("by") if is_passive(sentence, verb.i) else next(iter(agents(sentence, verb.i)), None)
    if who is None:
        return []
    negated = any(d.lower in {"not", "no", "n't"} for v in (verb, noun) for d in sentence.dependents(v.i))
    if forms & {"deny", "reject", "disclaim"} or (negated and forms & {"claim", "have"}):
        return [_blame("responsibility_denied", sentence, who, deed)]
    if forms & {"claim", "admit", "assume", "take", "accept"} and not negated:
        if who.lower in {"one", "nobody", "none"} or any(
            d.lower == "no" for d in sentence.dependents(who.i, "det")
        ):
            return []
        return [_blame("responsibility_claimed", sentence, who, deed)]
    return []


def _denied(sentence: Sentence, verb: Token, hits: list[Hit]) -> list[Blame]:
    """ "denied that it had any part in the attack", "denied being behind it"."""
    below = [j for d in sentence.dependents(verb.i, "ccomp", "xcomp", "advcl") for j in sentence.subtree(d.i)]
    if not {sentence.tokens[j].lower for j in below} & _INVOLVED:
        return []
    who = next(iter(agents(sentence, verb.i)), None)
    deed = next((sentence.tokens[h.i] for h in hits if h.i in below), None)
    return [_blame("responsibility_denied", sentence, who, deed)] if who is not None else []


def _is_no_part(sentence: Sentence, noun: Token) -> bool:
    return any(d.lower == "no" for d in sentence.dependents(noun.i, "det"))


def _no_part(sentence: Sentence, noun: Token, hits: list[Hit]) -> list[Blame]:
    """ "the militia has said that it played no part", "had no hand in the attack"."""
    verb = sentence.tokens[noun.head] if noun.head >= 0 else noun
    if not {"play", "have", "take"} & set(lemmas(verb.lower)):
        return []
    who = next(iter(agents(sentence, verb.i)), None)
    if who is not None and who.upos == "PRON":
        speakers = [t for a in sentence.ancestors(verb.i) for t in agents(sentence, a.i)]
        who = next((t for t in speakers if t.upos != "PRON"), None)
    below = set(sentence.subtree(verb.i))
    deed = next((sentence.tokens[h.i] for h in hits if h.i in below), None)
    return [_blame("responsibility_denied", sentence, who, deed)] if who is not None else []


def _introduced_next(sentence: Sentence, noun: Token) -> Token | None:
    """The noun of a "for" right behind, wherever the parse hung it."""
    behind = sentence.tokens[noun.i + 1] if noun.i + 1 < len(sentence.tokens) else noun
    return sentence.tokens[behind.head] if behind.lower == "for" and behind.head >= 0 else None


def _responsible(sentence: Sentence, adjective: Token) -> list[Blame]:
    """ "held X responsible", "X was responsible for the attack" (said by the sentence's voice)."""
    deed = _by_case(sentence, adjective).get("for")
    verb = sentence.tokens[adjective.head] if adjective.head >= 0 else None
    subject = next(iter(sentence.dependents(adjective.i, "nsubj")), None)
    if verb is not None and "hold" in lemmas(verb.lower):
        subject = next(iter(patients(sentence, verb.i)), subject)
    if subject is None or deed is None or subject.upos == "PRON":
        return []
    return [_blame("perpetrator", sentence, subject, deed)]


def _blame(kind: BlameKind, sentence: Sentence, who: Token, deed: Token | None) -> Blame:
    generic = deed is not None and (
        any(d.lower in _GENERIC for d in sentence.dependents(deed.i, "det", "amod"))
        or (deed.xpos == "NNS" and not sentence.dependents(deed.i, "det", "nummod", "nmod"))
    )
    return Blame(kind, who, deed, generic)


def _by_case(sentence: Sentence, token: Token) -> dict[str, Token]:
    """Preposition -> the noun it introduces, among the dependents of ``token``."""
    return {
        case.lower: d
        for d in sentence.dependents(token.i, "obl", "nmod")
        for case in sentence.dependents(d.i, "case")
    }
