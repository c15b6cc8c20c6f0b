"""What stands around a word that tells a deed: its objects, phrases, clauses, mood."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from attested.mentions.act_frames import Deed, Rows, Words, deed_table, forms
from attested.reading.tokens import Sentence, Token, base
from attested.speech.negation import negated_here
from attested.speech.subjects import is_passive, subject_of

_WILL = frozenset({"will", "would", "shall", "'ll", "’ll", "wo", "may", "might", "could"})
_CAN = frozenset({"can", "ca"})
_PARTICLES = frozenset({"up", "off", "down", "out", "back", "away", "aside", "in", "over"})
# Prepositions that say where, unless they stand next to the verb: "gave in", but "gave an answer in Lima".
_WHERE = frozenset({"in"})
# How much a particle or second word says, beside one condition of a row: "give up" is another verb than "give".
_PARTICLE = 1.5
# What it adds that the object itself is in the list of a row, not a word beside it.
_HEAD = 0.1
_BE = frozenset({"is", "are", "was", "were", "'s", "’s"})
_MUST = frozenset({"must", "should", "ought"})
_CLAUSES = ("xcomp", "ccomp")
_OF = frozenset({"of"})
# How a sentence of running text ends.
_ENDS = (".", "!", '"', "”", "'", "’", ")")
_PART_OF_PHRASE = ("compound", "amod", "flat", "nummod", "conj")


# Rows with how much of the sentence each rests on.
Found = list[tuple[float, Deed]]


class Around:
    """One word of a sentence with what stands around it, each looked up once."""

    def __init__(self, sentence: Sentence, word: Token) -> None:
        self.sentence = sentence
        self.word = word

    @cached_property
    def forms(self) -> tuple[str, ...]:
        """The entries under which the word may stand; of a predicate noun its preposition first ("was behind")."""
        alone = forms(self.word.lower)
        if self.word.upos not in {"NOUN", "PROPN"} or not self.sentence.dependents(self.word.i, "cop"):
            return alone
        return (*cases(self.sentence, self.word), *alone)

    @cached_property
    def objects(self) -> list[Token]:
        """What a verb does its deed to: objects, the subject of a passive, the noun a participle stands on."""
        sentence, verb = self.sentence, self.word
        found = sentence.dependents(verb.i, "obj", "iobj")
        if is_passive(sentence, verb):
            found += sentence.dependents(verb.i, "nsubj:pass")
            if base(verb.deprel) in {"acl", "amod"}:
                found.append(sentence.tokens[verb.head])
        found += [t for t in self.obliques if self._is_split(t)]
        return found or [t for t in self._complements if _is_noun(sentence, t, cased=False)]

    def _is_split(self, phrase: Token) -> bool:
        """Whether the parse gave a verb's particle to its object: "wrote off the debts"."""
        case = next((t for t in self.sentence.dependents(phrase.i, "case") if t.i == self.word.i + 1), None)
        if case is None or case.lower not in _PARTICLES:
            return False
        verbs = deed_table().verbs
        return any(other == case.lower for form in self.forms for other, _, _ in verbs.get(form, ()))

    @cached_property
    def obliques(self) -> list[Token]:
        """Phrases with a preposition on the word, those of time left out."""
        found = [t for t in self.sentence.dependents(self.word.i, "obl", "nmod") if t.deprel != "nmod:poss"]
        found = [t for t in found if t.entity != "time"]
        return found + [t for t in self._complements if _is_noun(self.sentence, t, cased=True)]

    @cached_property
    def _complements(self) -> list[Token]:
        return self.sentence.dependents(self.word.i, *_CLAUSES)

    @cached_property
    def clauses(self) -> list[Token]:
        """Clauses that complete the word: "to leave", "that they left"; then those that only may."""
        first = [
            t
            for t in self.sentence.dependents(self.word.i, *_CLAUSES, "csubj")
            if not (_is_noun(self.sentence, t, cased=True) or _is_noun(self.sentence, t, cased=False))
        ]
        loose = self.sentence.dependents(self.word.i, "advcl", "acl")
        after = [t for t in loose if t.deprel != "acl:relcl" and t.i > self.word.i]
        return first + [t for t in after if _completes(self.sentence, self.word, t)]

    @cached_property
    def prepositions(self) -> set[str]:
        """Prepositions of the phrases on the word or on its objects."""
        on_objects = [t for thing in self.objects for t in obliques(self.sentence, thing)]
        phrases = [*self.obliques, *on_objects, *self.objects]
        return {case for t in phrases for case in cases(self.sentence, t)}

    @cached_property
    def beside(self) -> set[str]:
        """Words that may make another verb of this one: "lay down", "take hostage"."""
        near = {t.lower for t in self.sentence.dependents(self.word.i, "compound:prt", "advmod", "xcomp")}
        next_one = {t.lower for t in self.sentence.tokens[self.word.i + 1 : self.word.i + 2]}
        things = {t.lower for t in (*self.objects, *self.obliques)}
        return near | (self.prepositions - (_WHERE - next_one)) | things

    @cached_property
    def before(self) -> set[str]:
        """Words that may make another noun of this one: "hunger strike"."""
        return {t.lower for t in self.sentence.dependents(self.word.i, "compound", "amod")}

    @cached_property
    def moods(self) -> set[str]:
        """In what mood the word stands: "will" (or can), "not"."""
        auxiliaries = {t.lower for t in self.sentence.dependents(self.word.i, "aux", "cop")}
        will = bool(auxiliaries & _CAN) or is_future(self.sentence, self.word)
        found = {"will": will, "not": negated_here(self.sentence, self.word.i)}
        return {mood for mood, holds in found.items() if holds}

    @cached_property
    def as_verb(self) -> Found:
        """Rows of verbs that hold of the word."""
        return self._rows(deed_table().verbs)

    @cached_property
    def as_noun(self) -> Found:
        """Rows of nouns that hold of the word."""
        return self._rows(deed_table().nouns)

    @cached_property
    def as_adjective(self) -> Found:
        """Rows of adjectives that hold of the word."""
        return self._rows(deed_table().adjectives)

    def _rows(self, rows: Rows) -> Found:
        """Rows that hold of the word, each with how much of the sentence it rests on, the surest first."""
        found = [
            (deed.n_conditions + _PARTICLE * bool(other), deed)
            for form in self.forms
            for other, is_after, deed in rows.get(form, ())
            if not other or other in (self.beside if is_after else self.before)
        ]
        found = [
            (n + _HEAD * (bool(deed.object) and deed.object.meets(self.object_heads)), deed)
            for n, deed in found
            if self.fits(deed)
        ]
        return sorted(found, key=lambda pair: (-pair[0], not pair[1].is_turn))

    def fits(self, deed: Deed) -> bool:
        """Whether all that a row asks for stands around the word."""
        if deed.object and not deed.object.meets(self.object_words):
            return False
        if deed.without and deed.without.meets(self._undergoing):
            return False
        if deed.oblique and not deed.oblique.meets(self.oblique_words):
            return False
        if deed.prep and not deed.prep & self.prepositions:
            return False
        if deed.clause and not any(deed.clause == "any" or _is_to(self.sentence, t) for t in self.clauses):
            return False
        if deed.near and not deed.near.meets(self.words_below):
            return False
        if deed.mood and (not deed.mood <= self.moods or "not" in self.moods - deed.mood):
            return False
        return not deed.subject or deed.subject.meets(self.subject_words)

    @cached_property
    def object_words(self) -> Words:
        """The words that say what the objects are."""
        return self._words(self.objects)

    @cached_property
    def object_heads(self) -> Words:
        """What the objects are by their head words alone: "outrage" of "outrage and sympathy"."""
        return Words.of(self.objects)

    @cached_property
    def oblique_words(self) -> Words:
        """The words that say what the phrases with a preposition are of."""
        return self._words(self.obliques)

    @cached_property
    def _undergoing(self) -> Words:
        """The words of what the deed is done to: of a noun, of its phrases ("release of documents")."""
        return self.oblique_words if self.word.upos == "NOUN" else self.object_words

    @cached_property
    def subject_words(self) -> Words:
        """The words that say what the subject is."""
        subject = subject_of(self.sentence, self.word)
        return self._words([self.sentence.tokens[subject]] if subject is not None else [])

    @cached_property
    def words_below(self) -> Words:
        """The word and all that hang below it."""
        return Words.of(self.sentence.tokens[i] for i in self.sentence.subtree(self.word.i))

    def _words(self, phrases: Sequence[Token]) -> Words:
        return Words.of(t for phrase in phrases for t in phrase_words(self.sentence, phrase))


def obliques(sentence: Sentence, word: Token) -> list[Token]:
    """Phrases with a preposition on a word: ``Around.obliques`` of a word that is asked for once."""
    return Around(sentence, word).obliques


def _is_noun(sentence: Sentence, word: Token, *, cased: bool) -> bool:
    """Whether a complement is a noun that the parse took for a clause, with a preposition or without."""
    plain = word.upos in {"NOUN", "PROPN"} and not sentence.dependents(word.i, "cop", "nsubj", "aux")
    return plain and bool(cases(sentence, word)) == cased


def _completes(sentence: Sentence, word: Token, clause: Token) -> bool:
    """Whether a loose clause says what the word is of: "to help", "of helping", "a law banning them"."""
    if _marks(sentence, clause) & {"to", "of", "for", "from"}:
        return True
    return word.upos == "NOUN" and clause.xpos == "VBG"


def _marks(sentence: Sentence, clause: Token) -> set[str]:
    return {t.lower for t in sentence.dependents(clause.i, "mark", "case")}


def _is_to(sentence: Sentence, clause: Token) -> bool:
    marks = _marks(sentence, clause)
    return "to" in marks and "that" not in marks


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


def measured(sentence: Sentence, word: Token) -> Token:
    """What a measure counts: the soldiers of "dozens of soldiers"; of another word itself."""
    things = sentence.dependents(word.i, "nmod") if is_measure(word) else []
    return next((t for t in things if cases(sentence, t) == _OF), word)


def cases(sentence: Sentence, word: Token) -> set[str]:
    """The prepositions of a phrase, in lower case."""
    return {t.lower for t in sentence.dependents(word.i, "case")}


def is_headline(sentence: Sentence) -> bool:
    """Whether a sentence ends without a mark, as headlines do."""
    return not sentence.text.rstrip().endswith(_ENDS)


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
