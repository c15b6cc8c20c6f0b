"""How surely a deed's own words lay it to somebody: "suspected of", "blamed on", "the main suspect", "hallmarks of".

What a voice leaves of certainty is for ``speech.hedging``; these words blame without saying who does the blaming.
"""

from __future__ import annotations

from collections.abc import Iterator

from attested.mentions.lexicon import PartOfSpeech, family_of
from attested.model import Hedge
from attested.reading.tokens import Sentence, Token, base
from attested.speech.cues import weaker
from attested.text.lemmas import lemmas

# Words above somebody's name, up to the deed, and what they leave of certainty.
_VERBS: dict[str, Hedge] = {
    **dict.fromkeys(
        "blame accuse implicate attribute ascribe impute charge indict incriminate".split(), "alleged"
    ),
    **dict.fromkeys("suspect link connect arrest detain presume".split(), "suspected"),
}
_NOUNS: dict[str, Hedge] = {
    **dict.fromkeys("blame accusation allegation charge".split(), "alleged"),
    **dict.fromkeys("suspicion suspect hallmark trademark signature fingerprint".split(), "suspected"),
}
# Participles on somebody's name: "the militia, suspected of the raid".
_PARTICIPLES: dict[str, Hedge] = {
    "suspected": "suspected", "presumed": "suspected", "believed": "suspected", "thought": "suspected",
    "accused": "alleged", "alleged": "alleged", "blamed": "alleged", "charged": "alleged", "implicated": "alleged",
}  # fmt: skip
_MAX_STEPS = (
    4  # from a name to the word that blames: "members of the X" of "suspicion fell on members of the X"
)


def doubt_of(sentence: Sentence, i: int) -> Hedge | None:
    """The weakest that the words around somebody's name leave of the blame; None where they state it."""
    found: Hedge | None = None
    for hedge in (*_above(sentence, i), *_beside(sentence, i)):
        found = hedge if found is None else weaker(found, hedge)
    return found


def _above(sentence: Sentence, i: int) -> Iterator[Hedge]:
    """Doubt in the words that govern the name, up to the deed, or in one beside them ("the blame was laid on X")."""
    came_from = sentence.tokens[i]
    for _, token in zip(range(_MAX_STEPS), sentence.ancestors(i), strict=False):
        if came_from.deprel == "acl:relcl" or _is_deed(token):
            return
        yield from _own(token)
        if "hold" in lemmas(token.lower) and any(
            d.lower == "responsible" for d in sentence.dependents(token.i, "xcomp", "obl", "obj")
        ):
            yield "alleged"
        if token.upos == "VERB":
            yield from (
                h for d in sentence.dependents(token.i, "nsubj", "obj") if d is not came_from for h in _own(d)
            )
            return
        came_from = token


def _own(token: Token) -> list[Hedge]:
    if token.upos == "VERB":
        return [_VERBS[form] for form in lemmas(token.lower) if form in _VERBS][:1]
    return [_NOUNS[form] for form in lemmas(token.lower) if form in _NOUNS and token.upos == "NOUN"][:1]


def _beside(sentence: Sentence, i: int) -> Iterator[Hedge]:
    """Doubt in a participle that describes the name."""
    for below in sentence.dependents(i, "acl", "amod", "appos"):
        if below.lower in _PARTICIPLES and base(below.deprel) in {"acl", "amod"}:
            yield _PARTICIPLES[below.lower]


def _is_deed(token: Token) -> bool:
    """Whether a word names the deed; an arrest is one for it."""
    part: PartOfSpeech = "verb" if token.upos == "VERB" else "noun"
    family = family_of(token.lower, part) if token.upos in {"VERB", "NOUN"} else None
    return family is not None and family.name != "arrest"
