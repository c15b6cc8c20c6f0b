"""What sort of actor a report shows somebody to be: one who acts in public, one in private business, or neither."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from attested.mentions.acts import act_table, known_form
from attested.reading.tokens import Sentence, Token, base
from attested.speech.describing import Speaker
from attested.speech.speaker_words import speaker_words
from attested.text.countries import cell_list, country_of, shipped_table
from attested.text.normalise import fold

# So many words of a match or a show, each of its own, make a report one of sport or of show business.
_ENOUGH_PLAY = 3
# Relations by which a noun says what a name beside it is ("the airline Aero"), and those by which it is the name's.
_SAYING_WHAT = ("appos", "nmod:desc", "compound", "flat")
_BELONGING = frozenset({"compound", "nmod:poss", "nmod:desc", "nmod", "appos", "flat"})
_NOMINAL = frozenset({"NOUN", "PROPN"})
# Branches that say nothing of what somebody is.
_CUT = ("acl", "advcl", "parataxis", "ccomp", "conj", "cc", "punct")
_ACTOR_COLUMNS = ("name", "kind", "country", "aliases")


@dataclass(frozen=True)
class Callings:
    """What a report calls the bodies it names: how often by a word for private business, how often by a public one.

    ``is_play`` is true of a report on sport or show business; ``has_business`` where it speaks of "the company".
    """

    private: Counter[str]
    public: Counter[str]
    is_play: bool
    has_business: bool

    @classmethod
    def of(cls, sentences: Sequence[Sentence]) -> Callings:
        """Gathered over all sentences of a report."""
        private: Counter[str] = Counter()
        public: Counter[str] = Counter()
        play: set[str] = set()
        business = False
        kinds = act_table().kinds
        for sentence in sentences:
            for token in sentence.tokens:
                if token.ner in {"B-ORG", "B-MISC"}:
                    name, words = _called(sentence, token)
                    private[name] += any(is_private_word(word) for word in words)
                    public[name] += any(is_office(word) for word in words)
                elif token.upos == "NOUN" and token.ner == "O":
                    if (form := known_form(token.lower, kinds["play"])) is not None:
                        play.add(form)
                    business = business or _is_the_company(sentence, token)
        return cls(private, public, len(play) >= _ENOUGH_PLAY, business)

    def is_private(self, speaker: Speaker, sentence: Sentence, head: Token) -> bool:
        """Whether a body or an unnamed speaker is no public actor."""
        words = [t.lower for t in _own_words(sentence, head)]
        if speaker.kind != "named body" or head.upos == "NOUN":
            bodies = (word for word in words if _is_public(word) and word != "state")
            if any(known_form(word, act_table().kinds["post"]) is None for word in bodies):
                return False  # "leaders of the teachers' union"
            names = [t.text for t in _own_words(sentence, head) if t.ner == "B-ORG"]
            return any(is_private_word(word) for word in words) or any(map(self._is_named_private, names))
        return self.is_private_body(speaker.name)

    def is_private_body(self, name: str) -> bool:
        """Whether a body with a name is in private business, by its name or by what the report calls it."""
        parts = name.lower().replace(".", "").split()
        if is_state(name):
            return self.is_play
        if any(is_office(word) for word in parts) and not any(
            word in act_table().kinds["traded"] for word in parts
        ):
            return False
        if any(is_private_word(word) for word in parts):
            return True
        key = fold(name)
        if self.private[key] != self.public[key]:
            return self.private[key] > self.public[key]
        return self.is_play or self.has_business

    def is_private_person(self, titles: frozenset[str], words: Iterable[str]) -> bool:
        """Whether a named person is none who acts in public, by their titles and the words around those."""
        if any(is_office(word) for word in titles):
            return False
        if self.is_play or any(is_private_word(word) for word in titles):
            return True
        return any(is_private_word(word) or self._is_named_private(word) for word in words)

    def _is_named_private(self, word: str) -> bool:
        """Whether a word is the name of a body in private business."""
        return fold(word) in self.private and self.is_private_body(word)


# Public words that private bodies have in their names too.
_VAGUE = frozenset(
    {
        "group",
        "service",
        "unit",
        "office",
        "head",
        "front",
        "state",
        "chief",
        "agency",
        "mission",
        "squad",
        "union",
        "general",
        "king",
        "queen",
        "prince",
        "committee",
        "council",
        "party",
        "sheikh",
        "sheik",
    }
)


def is_office(word: str) -> bool:
    """Whether a word names who acts in public and nobody else: a minister, no director, no group."""
    form = known_form(word, act_table().public)
    return form is not None and form not in _VAGUE and form not in act_table().kinds["post"]


def is_private_word(word: str) -> bool:
    """Whether a word names somebody in private business, or a body of such."""
    return known_form(word, act_table().kinds["private"]) is not None


def is_legal_word(word: str) -> bool:
    """Whether a word names a court or who sits in one."""
    return known_form(word, act_table().kinds["court"]) is not None


def is_state(name: str) -> bool:
    """Whether a name is a country's or a known force's, party's or international body's."""
    return country_of(name) is not None or fold(name).removeprefix("the ") in _known_actors()


@cache
def _known_actors() -> frozenset[str]:
    """Names of the actors that the package ships a row for."""
    rows = shipped_table("actors.tsv", _ACTOR_COLUMNS)
    return frozenset(fold(name) for row in rows for name in (row["name"], *cell_list(row["aliases"])))


@cache
def _is_public(word: str) -> bool:
    return known_form(word, act_table().public) is not None


def _called(sentence: Sentence, first: Token) -> tuple[str, list[str]]:
    """A name, folded, and the nouns beside it that say what it is or what belongs to it."""
    last = first.i
    while last + 1 < len(sentence.tokens) and sentence.tokens[last + 1].ner.startswith("I-"):
        last += 1
    inside = range(first.i, last + 1)
    head = next((sentence.tokens[i] for i in inside if sentence.tokens[i].head not in inside), first)
    beside = sentence.dependents(head.i, *_SAYING_WHAT)
    above = sentence.tokens[head.head] if head.head >= 0 else None
    if above is not None and above.upos in _NOMINAL:
        is_said = base(head.deprel) in _BELONGING or (
            sentence.dependents(above.i, "cop") and head.deprel == "nsubj"
        )
        beside += [above] if is_said else []
    words = [t.lower for t in beside if t.i not in inside and t.upos == "NOUN"]
    return fold(sentence.words(first.i, last).text), words


def _is_the_company(sentence: Sentence, token: Token) -> bool:
    """Whether a noun stands for one company that the report is on: "the airline said", "the club's owner"."""
    if known_form(token.lower, act_table().kinds["business"]) is None or token.xpos != "NN":
        return False
    definite = any(t.lower == "the" for t in sentence.dependents(token.i, "det"))
    return definite and not sentence.dependents(token.i, "nmod", "amod", "acl", "compound")


def _own_words(sentence: Sentence, head: Token) -> list[Token]:
    """The words of a phrase that say what it is: no clauses, nobody named beside it."""
    return [sentence.tokens[i] for i in sentence.subtree(head.i, _CUT)]


def titles_of(speaker: Speaker) -> frozenset[str]:
    """The words that a speaker may be called by, abbreviated titles in full."""
    return speaker.roles | {full for word in speaker.roles if (full := speaker_words().titles.get(word))}


def words_around(sentence: Sentence, head: Token) -> list[str]:
    """The words and bodies that a title stands with: "chief executive of Aero", "the club's president"."""
    own = _own_words(sentence, head)
    return [t.lower for t in own if t.upos in _NOMINAL and t.ner[2:] != "PER"]


def holds_office(speaker: Speaker, titles: frozenset[str], behalf: str) -> bool:
    """Whether titles, a body's name or for whom somebody speaks are those of states, forces and parties alone."""
    name = "" if speaker.is_person else speaker.name.lower().replace("'s", "").replace("’s", "")
    words = titles.union(name.split())
    return behalf.lower() in act_table().state_titles or "president" in words or any(map(is_office, words))
