"""What an actor does to a target in a sentence, as a PLOVER root: "refused to meet", "imposed sanctions on".

A word tells a deed (``data/acts.toml``); the words over it turn it: what is agreed to is AGREE, what is refused
REJECT, what is threatened THREATEN, aid that is stopped SANCTION, a ban that is lifted RETREAT.
"""

from __future__ import annotations

from dataclasses import dataclass

from attested.mentions.act_frames import MODES, Deed, Rows, deed_table
from attested.mentions.act_paths import predicates
from attested.mentions.act_phrases import (
    clauses,
    fits,
    is_future,
    is_must,
    objects,
    obliques,
    phrase_words,
    rows_of,
)
from attested.reading.tokens import Sentence, Token, base
from attested.speech.negation import negated_here

# How deep words that turn a deed may stand over one another ("refused to agree to stop helping").
_MAX_DEPTH = 6
# What is held against whoever did it, when somebody else tells of it.
_WRONGS = frozenset({"ASSAULT", "COERCE", "SANCTION", "REJECT", "MOBILIZE", "ACCUSE", "THREATEN"})


@dataclass(frozen=True, slots=True)
class Told:
    """The root of a deed, and its mode or one of ``FINER``; both empty where no word tells one."""

    root: str = ""
    mode: str = ""

    def __bool__(self) -> bool:
        return bool(self.root)


def act_between(sentence: Sentence, actor: int | None, target: int | None) -> Told:
    """The PLOVER root and mode of what the actor whose head is token ``actor`` does to the one at ``target``.

    Either may be None where nobody is named. Nothing is told where no word is a deed that the table knows.
    """
    teller = Teller(sentence, target)
    found = (teller.told(word, 0) for word in predicates(sentence, actor, target))
    return next((told for told in found if told), Told())


def mode_of(sentence: Sentence, word: Token, root: str) -> str:
    """The PLOVER mode of an act with this root that a word of the sentence tells; "" where it tells none."""
    told = Teller(sentence, None).told(word, 0)
    return told.mode if told.root == root and told.mode in MODES.get(root, ()) else ""


@dataclass(frozen=True, slots=True)
class Teller:
    """Reads the deeds of one sentence; ``target`` is whom they may be done to, None if that is not known."""

    sentence: Sentence
    target: int | None

    def told(self, word: Token, depth: int) -> Told:
        """What a word tells with all that it governs."""
        if depth > _MAX_DEPTH:
            return Told()
        if word.upos in {"NOUN", "PROPN"} and not self.sentence.dependents(word.i, "cop"):
            return self.noun(word, depth)
        found = self.verb(word, depth)
        if negated_here(self.sentence, word.i):
            return _turned("not", found)
        if is_must(self.sentence, word) and base(word.deprel) == "ccomp":
            return _turned("demand", found)
        return _turned("will", found) if is_future(self.sentence, word) else found

    def verb(self, word: Token, depth: int) -> Told:
        """What a verb or adjective tells as done."""
        rows = self.rows_of_verb(word)
        below = self.below(word, depth) if not rows or any(d.is_turn for _, d in rows) else Told()
        for weight, deed in rows:
            if deed.is_turn and below and (found := _turned(deed.name, below)):
                return found
            if not deed.is_turn and (weight or not below):
                return Told(deed.name, deed.mode)
        deeds = [Told(d.name, d.mode) for _, d in rows if not d.is_turn]
        turns = [found for _, d in rows if d.is_turn and (found := _turned(d.name, Told()))]
        if word.upos == "ADJ" and not clauses(self.sentence, word) + obliques(self.sentence, word):
            turns = []  # "the road was open", to nothing
        return next(iter([*turns, *deeds]), Told() if rows else below)

    def rows_of_verb(self, word: Token) -> list[tuple[float, Deed]]:
        """Rows of a word that heads a clause: as the part of speech that it is."""
        table = deed_table()
        if word.upos == "ADJ":
            return self.rows(word, table.adjectives)
        rows = self.rows(word, table.verbs)
        return rows if word.upos != "NOUN" else rows + self.rows(word, table.nouns)

    def rows(self, word: Token, table: Rows) -> list[tuple[float, Deed]]:
        """Rows of a word that hold here, the surest first."""
        return [
            (n, deed) for n, deed in rows_of(self.sentence, word, table) if fits(self.sentence, word, deed)
        ]

    def below(self, word: Token, depth: int) -> Told:
        """The first deed told by what a word governs: its clauses, objects, phrases."""
        things = objects(self.sentence, word)
        for clause in clauses(self.sentence, word):
            if found := self.told(clause, depth + 1):
                found = Told("ACCUSE") if self.is_held_against(clause, found) else found
                turn = next(
                    (d.name for t in things for _, d in self.rows(t, deed_table().nouns) if d.is_turn), ""
                )
                return (turn and _turned(turn, found)) or found
        for thing in [*things, *obliques(self.sentence, word)]:
            if found := self.noun(thing, depth + 1):
                return found
        return Told()

    def is_held_against(self, clause: Token, told: Told) -> bool:
        """Whether a clause tells what wrong the target did: "said the rebels killed them"."""
        subjects = self.sentence.dependents(clause.i, "nsubj") if clause.deprel == "ccomp" else []
        active = [t for t in subjects if t.deprel != "nsubj:pass"]
        theirs = any(self.target in self.sentence.subtree(t.i) for t in active)
        return theirs and told.root in _WRONGS and not negated_here(self.sentence, clause.i)

    def noun(self, noun: Token, depth: int) -> Told:
        """What a noun tells: "the bombing of", "a refusal to meet", "a suspension of aid"."""
        if depth > _MAX_DEPTH:
            return Told()
        rows = [d for _, d in self.rows(noun, deed_table().nouns)]
        turns = [d for d in rows if d.is_turn]
        if turns and (below := self.below(noun, depth)):
            return _turned(turns[0].name, below)
        for deed in rows:
            if not deed.is_turn:
                return Told(deed.name, deed.mode)
        if turns:
            return _turned(turns[0].name, Told())
        for other in phrase_words(self.sentence, noun)[1:]:
            if found := [d for _, d in self.rows(other, deed_table().nouns) if not d.is_turn]:
                return Told(found[0].name, found[0].mode)
        inside = (self.told(t, depth + 1) for t in clauses(self.sentence, noun))
        return next((found for found in inside if found), Told())


def _turned(kind: str, told: Told) -> Told:
    """What a turn makes of a deed: its mode stays where its root does, else it says what is turned."""
    table = deed_table()
    root = table.turn(kind, told.root)
    same = root == told.root
    return Told(root, told.mode if same else table.mode_of_turned(root, told.root, told.mode))
