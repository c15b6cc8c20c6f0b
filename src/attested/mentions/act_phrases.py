"""What stands around a word that tells a deed: its objects, phrases, clauses, mood, and the path between actors."""

from __future__ import annotations

from collections.abc import Sequence

from attested.mentions.act_frames import Deed, Nouns, Rows, deed_table, forms
from attested.reading.tokens import Sentence, Token, base
from attested.speech.subjects import is_passive, subject_of

_WILL = frozenset({"will", "would", "shall", "'ll", "’ll", "wo", "may", "might", "could"})
_PARTICLES = frozenset({"up", "off", "down", "out", "back", "away", "aside", "in", "over"})
# How much a particle or second word says, beside one condition of a row: "give up" is another verb than "give".
_PARTICLE = 1.5
_BE = frozenset({"is", "are", "was", "were", "'s", "’s"})
_MUST = frozenset({"must", "should", "ought"})
_CLAUSES = ("xcomp", "ccomp")
_OF = frozenset({"of"})
_PART_OF_PHRASE = ("compound", "amod", "flat", "nummod", "conj")


def objects(sentence: Sentence, verb: Token) -> list[Token]:
    """What a verb does its deed to: objects, the subject of a passive, the noun a participle stands on."""
    found = sentence.dependents(verb.i, "obj", "iobj")
    if is_passive(sentence, verb):
        found += sentence.dependents(verb.i, "nsubj:pass")
        if base(verb.deprel) in {"acl", "amod"}:
            found.append(sentence.tokens[verb.head])
    found += [t for t in obliques(sentence, verb) if _is_split(sentence, verb, t)]
    return found or [t for t in sentence.dependents(verb.i, *_CLAUSES) if _is_noun(sentence, t, cased=False)]


def _is_split(sentence: Sentence, verb: Token, phrase: Token) -> bool:
    """Whether the parse gave a verb's particle to its object: "wrote off the debts"."""
    return any(t.i == verb.i + 1 and t.lower in _PARTICLES for t in sentence.dependents(phrase.i, "case"))


def obliques(sentence: Sentence, word: Token) -> list[Token]:
    """Phrases with a preposition on a word, those of time left out."""
    found = [t for t in sentence.dependents(word.i, "obl", "nmod") if t.deprel != "nmod:poss"]
    found = [t for t in found if t.entity != "time"]
    return found + [t for t in sentence.dependents(word.i, *_CLAUSES) if _is_noun(sentence, t, cased=True)]


def _is_noun(sentence: Sentence, word: Token, *, cased: bool) -> bool:
    """Whether a complement is a noun that the parse took for a clause, with a preposition or without."""
    plain = word.upos in {"NOUN", "PROPN"} and not sentence.dependents(word.i, "cop", "nsubj", "aux")
    return plain and bool(cases(sentence, word)) == cased


def clauses(sentence: Sentence, word: Token) -> list[Token]:
    """Clauses that complete a word: "to leave", "that they left"; then those that only may."""
    first = [
        t
        for t in sentence.dependents(word.i, *_CLAUSES, "csubj")
        if not (_is_noun(sentence, t, cased=True) or _is_noun(sentence, t, cased=False))
    ]
    loose = [
        t for t in sentence.dependents(word.i, "advcl", "acl") if t.deprel != "acl:relcl" and t.i > word.i
    ]
    return first + [t for t in loose if _completes(sentence, word, t)]


def _completes(sentence: Sentence, word: Token, clause: Token) -> bool:
    """Whether a loose clause says what the word is of: "to help", "of helping", "a law banning them"."""
    if _marks(sentence, clause) & {"to", "of", "for", "from"}:
        return True
    return word.upos == "NOUN" and clause.xpos == "VBG"


def _marks(sentence: Sentence, clause: Token) -> set[str]:
    return {t.lower for t in sentence.dependents(clause.i, "mark", "case")}


def _is_to(sentence: Sentence, clause: Token) -> bool:
    return "to" in _marks(sentence, clause)


def phrase_words(sentence: Sentence, head: Token) -> list[Token]:
    """The words that say what a phrase is: its head, modifiers and conjuncts; of a measure what it is of."""
    found, stack = [], [head]
    while stack:
        word = stack.pop()
        found.append(word)
        for child in sentence.dependents(word.i):
            of = base(child.deprel) == "nmod" and cases(sentence, child) == _OF and is_measure(word)
            if base(child.deprel) in _PART_OF_PHRASE or of:
                stack.append(child)
    return found


def is_measure(word: Token) -> bool:
    """Whether a word only counts or shapes what follows its "of": "three tonnes of", "a round of"."""
    return word.upos in {"NUM", "DET"} or deed_table().measures.holds(word)


def cases(sentence: Sentence, word: Token) -> set[str]:
    """The prepositions of a phrase, in lower case."""
    return {t.lower for t in sentence.dependents(word.i, "case")}


def prepositions(sentence: Sentence, word: Token, things: Sequence[Token]) -> set[str]:
    """Prepositions of the phrases on a word or on its objects."""
    phrases = [t for one in [word, *things] for t in obliques(sentence, one)]
    return {case for t in [*phrases, *things] for case in cases(sentence, t)}


def keys(sentence: Sentence, word: Token) -> list[str]:
    """The entries under which a word may stand: with a particle first ("lay down"), then alone."""
    near = {t.lower for t in sentence.dependents(word.i, "compound:prt", "advmod", "xcomp")}
    things = objects(sentence, word)
    near |= prepositions(sentence, word, things) | {t.lower for t in things}
    before = {t.lower for t in sentence.dependents(word.i, "compound", "amod")}
    alone = forms(word.lower)
    pairs = [f"{form} {other}" for form in alone for other in sorted(near)]
    return [*pairs, *(f"{other} {form}" for form in alone for other in sorted(before)), *alone]


def rows_of(sentence: Sentence, word: Token, rows: Rows) -> list[tuple[float, Deed]]:
    """Rows that a word may tell, each with how much of the sentence it rests on, the surest first."""
    found = [
        (deed.n_conditions + _PARTICLE * (" " in key), deed)
        for key in keys(sentence, word)
        if key in rows
        for deed in rows[key]
    ]
    return sorted(found, key=lambda pair: (-pair[0], not pair[1].is_turn))


def fits(sentence: Sentence, word: Token, deed: Deed) -> bool:
    """Whether all that a row asks for stands around a word."""
    things = objects(sentence, word)
    if deed.object and not _any(sentence, things, deed.object):
        return False
    if deed.without and _any(sentence, things, deed.without):
        return False
    if deed.oblique and not _any(sentence, obliques(sentence, word), deed.oblique):
        return False
    if deed.prep and not deed.prep & prepositions(sentence, word, things):
        return False
    if deed.clause and not any(deed.clause == "any" or _is_to(sentence, t) for t in clauses(sentence, word)):
        return False
    if deed.near and not any(deed.near.holds(sentence.tokens[i]) for i in sentence.subtree(word.i)):
        return False
    return not deed.subject or _subject_is(sentence, word, deed.subject)


def _any(sentence: Sentence, phrases: Sequence[Token], nouns: Nouns) -> bool:
    return any(nouns.holds(t) for phrase in phrases for t in phrase_words(sentence, phrase))


def _subject_is(sentence: Sentence, verb: Token, nouns: Nouns) -> bool:
    subject = subject_of(sentence, verb)
    return subject is not None and _any(sentence, [sentence.tokens[subject]], nouns)


# --- mood -------------------------------------------------------------------------------------------------------


def is_future(sentence: Sentence, word: Token) -> bool:
    """Whether a deed is still to come: "will", "would", "is to"; not "may have"."""
    before = {t.lower for t in sentence.dependents(word.i, "aux", "cop")}
    if "have" in before:
        return False
    return bool(before & _WILL) or (bool(before & _BE) and _is_to(sentence, word))


def is_must(sentence: Sentence, word: Token) -> bool:
    """Whether somebody is told to: "must", "should"."""
    return any(t.lower in _MUST for t in sentence.dependents(word.i, "aux"))
