"""Who is told in one breath: a noun and those coordinated with it, in lists as a parser hangs them."""

from __future__ import annotations

from attested.mentions.lexicon import participant_kind
from attested.reading.tokens import Sentence, Token
from attested.text.lemmas import lemmas

# Verbs whose subject speaks and whose date is that of the words.
SAYING = frozenset("say tell report announce state add warn claim deny confirm blame write quote".split())
_LONGEST_LIST = 30  # names in one list
_QUANTITIES = frozenset({"dozens", "scores", "hundreds", "thousands", "tens"})
_AGES = frozenset({"age", "ages", "aged"})
_DASHES = frozenset({"-", "--", "–", "—"})


def with_conjuncts(sentence: Sentence, token: Token) -> list[Token]:
    """A token and those coordinated with it; "wounding 31, police and medics said" coordinates nobody."""
    others = [
        d
        for d in _listed(sentence, token)
        if not _is_apart(sentence, token, d)
        if d.upos not in {"VERB", "AUX"} and not any(n.lower == "not" for n in sentence.dependents(d.i))
        if not (d.upos == "NUM" and sentence.tokens[d.i - 1].upos == "VERB")  # "killing 14 and injuring 31"
        if not (d.upos == "NUM" and token.upos == "PROPN")  # "Ada and Cy -- 19 and 17 --"
    ]  # "three people and not two" are three
    heads = {d.i for d in others}  # "two men and three women" with "three" as a conjunct of its own
    others = [d for d in others if d.upos != "NUM" or d.i + 1 not in heads]
    return [token, *(d for d in others if not speaks_next(sentence, others[-1]))]


def _coordinated(sentence: Sentence, token: Token, depth: int = 0) -> list[Token]:
    """What is coordinated with a noun, also where a parse hangs each on the one before it, left to right."""
    found = [d for d in sentence.dependents(token.i, "conj") if depth < _LONGEST_LIST]
    flat = sentence.dependents(token.i, "flat")
    found += [d for d in flat if _is_next_name(sentence, token, d)]
    found += [d for f in flat for d in sentence.dependents(f.i, "conj") if _is_name_behind(sentence, f, d)]
    found += _beside_quantity(sentence, token)
    last = max((d.i for d in found), default=0)
    found += [d for d in sentence.dependents(token.i, "appos") if d.i < last and _is_alike(d, token)]
    for d in tuple(found):
        if d.upos in {"NOUN", "PROPN"} and token.upos in {"NOUN", "PROPN", "NUM"}:
            found += _coordinated(sentence, d, depth + 1)
    return sorted(found, key=lambda d: d.i)


def _beside_quantity(sentence: Sentence, token: Token) -> list[Token]:
    """ "Dozens of fighters and eight soldiers": those with a number of their own, read as more of the first kind."""
    if token.lower not in _QUANTITIES:
        return []
    counted = [d for n in sentence.dependents(token.i, "nmod") for d in sentence.dependents(n.i, "conj")]
    return [d for d in counted if d.upos == "NOUN" and sentence.tokens[d.i - 1].upos == "NUM"]


def _is_next_name(sentence: Sentence, token: Token, flat: Token) -> bool:
    """ "Ada Brook, 42-year-old Cy Dunn and Eve Fox": another's name, read as part of the first."""
    between = sentence.tokens[token.i + 1 : flat.i]
    apart = any(t.text == "," or t.upos == "CCONJ" for t in between)
    return flat.ner == "B-PER" and token.ner.endswith("PER") and apart


def _is_name_behind(sentence: Sentence, surname: Token, other: Token) -> bool:
    """ "Ada Brook, 42, and Cy Dunn": a name hung on the surname before it; not "Ada Brook and wounded Cy Dunn"."""
    between = sentence.tokens[surname.i + 1 : other.i]
    return other.ner == "B-PER" and all(t.upos != "VERB" for t in between)


def _is_alike(apposed: Token, token: Token) -> bool:
    """ "Ada Brook, Cy Dunn and Eve Fox": a name or building in a list, read as an apposition to the one before it."""
    if apposed.ner.endswith("PER") and token.ner.endswith("PER"):
        return True
    return participant_kind(apposed.text) == "structure" == participant_kind(token.text)


def _listed(sentence: Sentence, token: Token) -> list[Token]:
    """What is coordinated with a word; "a pastor, his wife and their children": the second is no other name for him."""
    found = _coordinated(sentence, token)
    kin = [
        d
        for d in sentence.dependents(token.i, "appos")
        if any(t.deprel == "nmod:poss" and t.upos == "PRON" for t in sentence.dependents(d.i))
    ]
    return sorted({t.i: t for t in [*found, *kin]}.values(), key=lambda t: t.i) if found else []


def _is_apart(sentence: Sentence, name: Token, number: Token) -> bool:
    """ "Martin Green, 22, and ...", "Martin and Ann Green - 19 and 17": what counts their years, not people.

    Nor does what stands behind a dash name somebody else.
    """
    between = {t.lower for t in sentence.tokens[name.i + 1 : number.i]}
    if number.upos == "NUM" and number.text.isdecimal() and (name.upos == "PROPN" or between & _AGES):
        return True
    first = sentence.tokens[sentence.subtree(number.i)[0]]
    return first.text in _DASHES or (first.i > 0 and sentence.tokens[first.i - 1].text in _DASHES)


def speaks_next(sentence: Sentence, token: Token) -> bool:
    """Whether a verb of saying stands right behind a noun's phrase."""
    behind = sentence.subtree(token.i)[-1] + 1
    return behind < len(sentence.tokens) and bool(SAYING & set(lemmas(sentence.tokens[behind].lower)))
