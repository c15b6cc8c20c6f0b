"""The words that may tell what one actor does to another: the parse's path between them, then what is around it."""

from __future__ import annotations

from collections.abc import Iterator

from attested.mentions.act_phrases import Around
from attested.reading.tokens import Sentence, Token, base

_TELLING = frozenset({"VERB", "NOUN", "ADJ", "AUX", "PROPN"})
_NAMING = frozenset({"NOUN", "PROPN", "PRON", "ADJ", "NUM"})


def head_in(sentence: Sentence, start: int, end: int) -> int | None:
    """The word between two page offsets that the others there hang on; a noun where there are several."""
    inside = [t for t in sentence.tokens if t.start < end and t.end > start and t.upos != "PUNCT"]
    own = {t.i for t in inside}
    heads = [t for t in inside if t.head not in own]
    nouns = [t.i for t in heads if t.upos in _NAMING]
    return next(iter([*nouns, *(t.i for t in heads)]), None)


def predicates(sentence: Sentence, actor: int | None, target: int | None) -> Iterator[Token]:
    """Words that may tell what an actor does to a target, the likeliest first, each once.

    Either may be None where nobody is named.
    """
    seen: set[int] = set()
    for token in _ordered(sentence, actor, target):
        if token.i not in seen and token.upos in _TELLING:
            seen.add(token.i)
            yield token


def _ordered(sentence: Sentence, actor: int | None, target: int | None) -> Iterator[Token]:
    """The word that governs both, the way down from it to the target, what stands above, then all verbs."""
    named = [i for i in (actor, target) if i is not None]
    top, down = _meeting(sentence, named[0], named[-1]) if named else (_root(sentence), [])
    yield from _climbed(sentence, sentence.tokens[top])
    yield from (sentence.tokens[i] for i in down if i != target)
    yield from sentence.ancestors(top)
    yield from (t for i in named for t in sentence.ancestors(i))
    verbs = [t for t in sentence.tokens if t.upos == "VERB"]
    yield from sorted(verbs, key=lambda t: min((abs(t.i - i) for i in named), default=0))
    yield from (t for t in sentence.tokens if t.upos in {"NOUN", "ADJ"})


def _root(sentence: Sentence) -> int:
    return next(t.i for t in sentence.tokens if t.head < 0)


def _meeting(sentence: Sentence, actor: int, target: int) -> tuple[int, list[int]]:
    """Where the ways up from both actors meet, and the way down from there to the target."""
    above = [actor, *(t.i for t in sentence.ancestors(actor))]
    below = [target, *(t.i for t in sentence.ancestors(target))]
    top = next((i for i in above if i in below), above[-1])
    down = below[: below.index(top)][::-1] if top in below else below[::-1]
    while down and _shares_subject(sentence, sentence.tokens[down[0]]):
        top, down = down[0], down[1:]
    return top, down


def _shares_subject(sentence: Sentence, verb: Token) -> bool:
    """Whether a second verb has the first one's subject: "came and condemned X"."""
    own = sentence.dependents(verb.i, "nsubj")
    return base(verb.deprel) == "conj" and verb.upos == "VERB" and not own


def _climbed(sentence: Sentence, word: Token) -> list[Token]:
    """A word with those above it that tell more, highest first: the verb of "talks between X and Y failed"."""
    found = [word]
    for above in sentence.ancestors(word.i):
        if not (_is_actor(found[0]) or _is_undergone(sentence, found[0])):
            break
        found.insert(0, above)
    return found


def _is_actor(word: Token) -> bool:
    """Whether a word names who acts, not what is done."""
    return word.upos == "PROPN" or word.ner != "O" or word.entity in {"person", "organization", "place"}


def _is_undergone(sentence: Sentence, noun: Token) -> bool:
    """Whether a noun of deed has a verb that says what became of it: "talks between X and Y failed"."""
    if noun.upos != "NOUN" or noun.head < 0:
        return False
    if any(deed.is_turn for _, deed in Around(sentence, noun).as_noun):
        return False
    own = base(noun.deprel) == "nsubj"
    return own or (base(noun.deprel) == "obj" and not sentence.dependents(noun.head, "nsubj"))
