"""What rules of blame see and give: a sentence with its trigger words, and somebody named for a deed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from attested.mentions.hits import Hit
from attested.mentions.organisations import somebody_with_conjuncts
from attested.mentions.participants import patients
from attested.reading.tokens import Sentence, Token, base
from attested.text.lemmas import lemmas

BlameKind = Literal["perpetrator", "responsibility_claimed", "responsibility_denied"]
# Verbs that have a deed as object, and so its doer as subject.
DOING = frozenset(
    "carry perpetrate commit stage execute conduct launch mount plan order organise organize mastermind orchestrate "
    "plot begin start unleash".split()
)
# Nouns for a deed that are no trigger words of their own.
_DEEDS = frozenset("crime action deed act incident sabotage outrage atrocity operation event".split())
_RELATIVE = frozenset({"which", "that", "who", "whom"})
_GENERIC = frozenset({"such", "some", "many", "several", "most", "similar", "various"})
# "These attacks", "both killings": several deeds told before.
_COUNTS = {"both": 2, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_POINTING = frozenset({"the", "these", "those", "both", "all", "their", "its"})


@dataclass(frozen=True, slots=True)
class Blame:
    """``who`` is named for a deed; ``deed`` the token that names it (None: what was last told of).

    ``is_generic``: no one deed ("such attacks"); ``n_deeds``: of how many it is said ("these two attacks"), 0 for all
    that were just told of ("these attacks"); ``is_reply``: said to those who blamed them ("the group denied it").
    """

    kind: BlameKind
    who: Token
    deed: Token | None
    is_generic: bool = False
    n_deeds: int = 1
    is_reply: bool = False


@dataclass(frozen=True, slots=True)
class Clause:
    """A sentence with its trigger words: what a rule sees."""

    sentence: Sentence
    hits: Sequence[Hit]

    def is_deed(self, token: Token) -> bool:
        """Whether a word names something done: a trigger word, or "crime", "action" and the like."""
        return self.is_hit(token) or (token.upos == "NOUN" and bool(_DEEDS & set(lemmas(token.lower))))

    def is_hit(self, token: Token) -> bool:
        """Whether a word is a trigger word."""
        return any(hit.i == token.i for hit in self.hits)

    def subjects(self, predicate: Token) -> list[Token]:
        """What a predicate is said of: "the raid was the work of X", "the raid is believed to be the work of X"."""
        found = self.sentence.dependents(predicate.i, "nsubj")
        if not found and base(predicate.deprel) == "xcomp":
            above = self.sentence.tokens[predicate.head]
            found = patients(self.sentence, above.i) or self.sentence.dependents(above.i, "nsubj")
        return [self.meant(t) for t in found]

    def meant(self, token: Token) -> Token:
        """The noun that a relative pronoun stands for; other words stand for themselves."""
        if token.lower not in _RELATIVE:
            return token
        clauses = (t for t in [token, *self.sentence.ancestors(token.i)] if base(t.deprel) == "acl")
        clause = next(clauses, None)
        return self.sentence.tokens[clause.head] if clause is not None and clause.head >= 0 else token

    def deed_below(self, i: int, *, cut: Iterable[Token] = ()) -> Token | None:
        """The first deed under a word, what stands under ``cut`` left out."""
        apart = {j for token in cut for j in self.sentence.subtree(token.i)}
        below = (self.sentence.tokens[j] for j in self.sentence.subtree(i) if j != i and j not in apart)
        return next((token for token in below if self.is_deed(token)), None)

    def deed_before(self, i: int) -> Token | None:
        """The last deed told of before a word."""
        return next((t for t in reversed(self.sentence.tokens[:i]) if self.is_deed(t)), None)

    def blame(self, kind: BlameKind, who: Token, deed: Token | None) -> Blame:
        """Somebody named for a deed; "such attacks" and bare plurals are no one deed."""
        if deed is None:
            return Blame(kind, who, deed)
        near = self.sentence.dependents(deed.i, "det", "amod", "nummod")
        points = any(d.lower in _POINTING for d in near)
        is_plural = deed.xpos in {"NNS", "NNPS"}
        counted = next((_COUNTS[d.lower] for d in near if d.lower in _COUNTS), 0)
        generic = any(d.lower in _GENERIC for d in near) or (
            is_plural and not self.sentence.dependents(deed.i, "det", "nummod", "nmod")
        )
        return Blame(kind, who, deed, generic, counted if is_plural and points else 1)

    def blame_all(self, who: Token, deed: Token | None) -> list[Blame]:
        """Blame for somebody and those coordinated with them; none for what is nobody ("low wages")."""
        return [self.blame("perpetrator", t, deed) for t in somebody_with_conjuncts(self.sentence, who)]


def is_nobody(sentence: Sentence, who: Token) -> bool:
    """Whether a phrase says that nobody did it ("no group", "none", "neither the rebels nor any other group")."""
    above = sentence.tokens[who.head] if who.head >= 0 else who
    near = [*sentence.dependents(who.i, "det", "cc"), *sentence.dependents(above.i, "cc")]
    return who.lower in {"one", "nobody", "none"} or any(d.lower in {"no", "neither"} for d in near)


def is_negated(sentence: Sentence, *tokens: Token) -> bool:
    """Whether one of the words is denied: "has not claimed", "no responsibility"."""
    return any(
        d.lower in {"not", "no", "n't", "n’t", "never"} for t in tokens for d in sentence.dependents(t.i)
    )


def by_case(sentence: Sentence, token: Token) -> dict[str, Token]:
    """Preposition -> the noun it introduces, among the dependents of ``token``."""
    return {
        case.lower: d
        for d in sentence.dependents(token.i, "obl", "nmod")
        for case in sentence.dependents(d.i, "case")
    }
