"""The prepositions of a noun, also where a parse hangs them on a word of its phrase: "of *analyst* Ada Brook"."""

from __future__ import annotations

from attested.reading.tokens import Sentence

# Relations of the words before a noun that belong to its phrase.
_INSIDE = ("nmod:desc", "compound", "amod", "flat")


def cases_of(sentence: Sentence, i: int) -> set[str]:
    """The prepositions, in lower case, of the noun with index ``i``."""
    own = {c.lower for c in sentence.dependents(i, "case")}
    before = (d for d in sentence.dependents(i, *_INSIDE) if d.i < i)
    return own or {c.lower for d in before for c in sentence.dependents(d.i, "case") if c.i < d.i}
