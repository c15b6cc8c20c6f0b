"""What an actor does to a target in a sentence, as a PLOVER root: "refused to meet", "imposed sanctions on".

A word tells a deed (``data/acts.toml``); the words over it turn it: what is agreed to is AGREE, what is refused
REJECT, what is threatened THREATEN, aid that is stopped SANCTION, a ban that is lifted RETREAT.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache

from attested.mentions.act_frames import Deed, deed_table, forms
from attested.mentions.act_paths import predicates
from attested.mentions.act_phrases import Around, Found, is_future, is_must, phrase_words
from attested.reading.tokens import Sentence, Token, base
from attested.speech.negation import negated_here

# How deep words that turn a deed may stand over one another ("refused to agree to stop helping").
_MAX_DEPTH = 6
# Turns by words that only carry the deed: "began to", "will".
_CARRYING = frozenset({"same", "try", "keep", "undergo", "not", "will"})
# The turn of a row with a mood, which no other turn changes: "will not tolerate".
MOOD = "mood"
# The turn of a row whose subject is whom the deed is done to: "received aid".
UNDERGONE = "undergo"
# What is held against whoever did it, when somebody else tells of it.
WRONGS = frozenset({"ASSAULT", "COERCE", "SANCTION", "REJECT", "MOBILIZE", "ACCUSE", "THREATEN"})


@dataclass(frozen=True, slots=True)
class Told:
    """The root of a deed, and its mode or one of ``FINER``; all empty where no word tells one.

    ``turn`` is the last turn that made it ("" of a plain deed), ``word`` the index of the word that tells it.
    """

    root: str = ""
    mode: str = ""
    turn: str = field(default="", compare=False)
    word: int = field(default=-1, compare=False)

    def __bool__(self) -> bool:
        return bool(self.root)


def act_between(sentence: Sentence, actor: int | None, target: int | None) -> Told:
    """The PLOVER root and mode of what the actor whose head is token ``actor`` does to the one at ``target``.

    Either may be None where nobody is named. Nothing is told where no word is a deed that the table knows.
    """
    teller = Teller(sentence, target)
    found = (teller.told(word) for word in predicates(sentence, actor, target))
    return next((told for told in found if told), Told())


def may_tell(word: Token) -> bool:
    """Whether the table has a word at all."""
    return _is_known(word.upos, word.lower)


@cache
def _is_known(upos: str, word: str) -> bool:
    table = deed_table()
    rows = {"VERB": table.verbs, "NOUN": table.nouns, "ADJ": table.adjectives}.get(upos)
    return rows is not None and any(form in rows for form in forms(word))


class Teller:
    """Reads the deeds of one sentence; ``target`` is whom they may be done to, None if that is not known."""

    def __init__(self, sentence: Sentence, target: int | None = None) -> None:
        self.sentence = sentence
        self.target = target
        self._around: dict[int, Around] = {}
        self._told: dict[int, Told] = {}

    def around(self, word: Token) -> Around:
        """What stands around a word."""
        found = self._around.get(word.i)
        if found is None:
            found = self._around[word.i] = Around(self.sentence, word)
        return found

    def told(self, word: Token, depth: int = 0) -> Told:
        """What a word tells with all that it governs."""
        found = self._told.get(word.i)
        if found is None:
            found = self._told[word.i] = self._read(word, depth)
        return found

    def _read(self, word: Token, depth: int) -> Told:
        """What a word tells, read anew."""
        if depth > _MAX_DEPTH:
            return Told()
        if word.upos in {"NOUN", "PROPN"} and not self.sentence.dependents(word.i, "cop"):
            return self.noun(word, depth)
        found = self.verb(word, depth)
        if found.turn == MOOD:
            return found
        if negated_here(self.sentence, word.i):
            return _turned("not", word, found)
        if is_must(self.sentence, word) and base(word.deprel) == "ccomp":
            return _turned("must", word, found)
        return _turned("will", word, found) if is_future(self.sentence, word) else found

    def bidden(self, word: Token) -> Told:
        """What a word tells that somebody must do."""
        return _turned("must", word, self.verb(word, 0))

    def verb(self, word: Token, depth: int) -> Told:
        """What a verb or adjective tells as done."""
        rows = self.rows_of_verb(word)
        below = self.below(word, depth) if not rows or any(d.is_turn for _, d in rows) else Told()
        for weight, deed in rows:
            if deed.is_turn and (below or weight) and (found := _turned(deed.name, word, below, deed.mode)):
                return found
            if not deed.is_turn and (weight or not below):
                return _done(deed, word)
        deeds = [_done(d, word) for _, d in rows if not d.is_turn]
        turns = [found for _, d in rows if d.is_turn and (found := _turned(d.name, word, Told(), d.mode))]
        if word.upos == "ADJ" and not self.around(word).clauses + self.around(word).obliques:
            turns = []  # "the road was open", to nothing
        return next(iter([*turns, *deeds]), Told() if rows else below)

    def rows_of_verb(self, word: Token) -> Found:
        """Rows of a word that heads a clause: as the part of speech that it is."""
        around = self.around(word)
        if word.upos == "ADJ":
            return around.as_adjective
        if word.upos != "NOUN":
            return around.as_verb
        is_predicate = bool(self.sentence.dependents(word.i, "cop"))
        return around.as_noun + around.as_verb if is_predicate else around.as_verb + around.as_noun

    def below(self, word: Token, depth: int) -> Told:
        """The first deed told by what a word governs: its clauses, objects, phrases."""
        around = self.around(word)
        for clause in around.clauses:
            if found := self.told(clause, depth + 1):
                found = Told("ACCUSE", word=found.word) if self.is_held_against(clause, found) else found
                turns = ((t, d) for t in around.objects for d in self.nouns(t) if d.is_turn)
                made = (_turned(d.name, t, found, d.mode) for t, d in turns)
                return next(made, found) or found
        for thing in [*around.objects, *around.obliques]:
            if found := self.noun(thing, depth + 1):
                return found
        return Told()

    def is_held_against(self, clause: Token, told: Told) -> bool:
        """Whether a clause tells what wrong the target did: "said the rebels killed them"."""
        subjects = self.sentence.dependents(clause.i, "nsubj") if clause.deprel == "ccomp" else []
        active = [t for t in subjects if t.deprel != "nsubj:pass"]
        theirs = any(self.target in self.sentence.subtree(t.i) for t in active)
        return theirs and told.root in WRONGS and not negated_here(self.sentence, clause.i)

    def nouns(self, noun: Token) -> list[Deed]:
        """Rows of a noun, the surest first."""
        return [deed for _, deed in self.around(noun).as_noun]

    def noun(self, noun: Token, depth: int = 0) -> Told:
        """What a noun tells: "the bombing of", "a refusal to meet", "a suspension of aid"."""
        if depth > _MAX_DEPTH:
            return Told()
        rows = self.nouns(noun)
        turns = [d for d in rows if d.is_turn]
        if turns and (below := self.below(noun, depth)):
            return _turned(turns[0].name, noun, below, turns[0].mode)
        for deed in rows:
            if not deed.is_turn:
                return _done(deed, noun)
        if turns:
            return _turned(turns[0].name, noun, Told(), turns[0].mode)
        for other in phrase_words(self.sentence, noun)[1:]:
            if found := [d for d in self.nouns(other) if not d.is_turn]:
                return _done(found[0], other)
        inside = (self.told(t, depth + 1) for t in self.around(noun).clauses)
        return next((found for found in inside if found), Told())


def _done(deed: Deed, word: Token) -> Told:
    """What a row of a deed tells."""
    turn = MOOD if deed.mood else UNDERGONE if deed.is_undergone else ""
    return Told(deed.name, deed.mode, turn, word.i)


def _turned(kind: str, word: Token, told: Told, mode: str = "") -> Told:
    """What a turn makes of a deed: its mode stays where its root does, else it says what is turned.

    ``mode`` is the turn's own. What "began to refuse" is, is a refusal.
    """
    table = deed_table()
    root = table.turn(kind, told.root)
    mode = mode or (told.mode if root == told.root else table.mode_of_turned(root, told.root, told.mode))
    carried = kind in _CARRYING and told.word >= 0
    turn = told.turn if kind == "same" and told.turn else kind
    return Told(root, mode, turn, told.word if carried else word.i)
