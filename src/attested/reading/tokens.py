"""A sentence as the reader sees it: tokens with tags, parse, names, mention heads, who says what, and a vector."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from attested.model import Span


@dataclass(frozen=True, slots=True)
class Token:
    """One word. ``head`` is the index of its governor in the sentence, -1 for the root (UD v2 relations).

    ``ner`` is a BIO label over PER, LOC, ORG, MISC ("O" outside); ``entity`` the GUM entity type of the
    mention this word heads ("person", "place", "organization", "event", "object", "time", ...), "" if none.
    """

    i: int
    start: int
    end: int
    text: str
    upos: str
    xpos: str
    head: int
    deprel: str
    ner: str = "O"
    entity: str = ""

    @property
    def lower(self) -> str:
        """The word in lower case."""
        return self.text.lower()


@dataclass(frozen=True, slots=True)
class Said:
    """Words that the reader sees attributed, by token index: the cue's head, then source, cue and content.

    ``source`` and ``content`` may be empty ("it is believed", "she said:" before a quotation).
    """

    head: int
    source: tuple[int, ...]
    cue: tuple[int, ...]
    content: tuple[int, ...]

    def moved(self, by: int) -> Said:
        """The same with every index ``by`` higher."""
        source, cue, content = (tuple(i + by for i in row) for row in (self.source, self.cue, self.content))
        return Said(self.head + by, source, cue, content)


@dataclass(frozen=True)
class Sentence:
    """Tokens of one sentence with offsets into the page's text; ``vector`` is L2-normalised float32.

    ``said`` are the attributions that the reader sees in it, in the order of their cues.
    """

    start: int
    end: int
    text: str
    tokens: tuple[Token, ...]
    vector: Any = None
    said: tuple[Said, ...] = ()

    @property
    def span(self) -> Span:
        """The sentence's own span."""
        return Span(self.start, self.end, self.text)

    @cached_property
    def children(self) -> tuple[tuple[int, ...], ...]:
        """For each token the indexes of its dependents, left to right."""
        below: list[list[int]] = [[] for _ in self.tokens]
        for token in self.tokens:
            if token.head >= 0:
                below[token.head].append(token.i)
        return tuple(tuple(row) for row in below)

    def dependents(self, i: int, *relations: str) -> list[Token]:
        """Dependents of token ``i`` whose relation is one of ``relations`` (subtypes included), or all."""
        return [
            self.tokens[j]
            for j in self.children[i]
            if not relations or self.tokens[j].deprel in relations or base(self.tokens[j].deprel) in relations
        ]

    def subtree(self, i: int, without: tuple[str, ...] = ()) -> list[int]:
        """Indexes of token ``i`` and everything below it, sorted; branches of relation ``without`` cut."""
        found, stack = [], [i]
        while stack:
            j = stack.pop()
            found.append(j)
            stack.extend(k for k in self.children[j] if base(self.tokens[k].deprel) not in without)
        return sorted(found)

    def ancestors(self, i: int) -> Iterator[Token]:
        """Governors of token ``i``, nearest first."""
        seen = {i}
        while (i := self.tokens[i].head) >= 0 and i not in seen:
            seen.add(i)
            yield self.tokens[i]

    def words(self, first: int, last: int) -> Span:
        """The span from token ``first`` to token ``last``, both included."""
        start, end = self.tokens[first].start, self.tokens[last].end
        return Span(start, end, self.text[start - self.start : end - self.start])

    def phrase(
        self, i: int, without: tuple[str, ...] = ("punct", "acl", "parataxis", "appos", "conj")
    ) -> Span:
        """The contiguous phrase around head ``i``: its subtree less the branches cut, hyphens bridged."""
        return self.run(i, set(self.subtree(i, without)))

    def run(self, i: int, kept: set[int]) -> Span:
        """The longest run of ``kept`` tokens around ``i``; marks glued to both neighbours do not break it."""
        first = last = i
        while (step := self._next(first, -1, kept)) is not None:
            first = step
        while (step := self._next(last, 1, kept)) is not None:
            last = step
        return self.words(first, last)

    def _next(self, i: int, step: int, kept: set[int]) -> int | None:
        """The next kept token in a direction: the neighbour, or the one behind a hyphen glued to both."""
        if i + step in kept:
            return i + step
        if i + 2 * step in kept:
            left, middle, right = sorted((i, i + step, i + 2 * step))
            if (
                self.tokens[left].end
                == self.tokens[middle].start
                < self.tokens[right].start
                == self.tokens[middle].end
            ):
                return i + 2 * step
        return None

    def token_at(self, offset: int) -> Token | None:
        """The token that covers a page offset, or None."""
        return next((t for t in self.tokens if t.start <= offset < t.end), None)

    def inside(self, start: int, end: int) -> list[Token]:
        """Tokens wholly within page offsets ``start``..``end``."""
        return [t for t in self.tokens if t.start >= start and t.end <= end]


@dataclass(frozen=True)
class Reading:
    """What the trained reader saw in one report, sentence by sentence in the order of the text."""

    sentences: tuple[Sentence, ...]


def base(relation: str) -> str:
    """A UD relation without its subtype: ``nsubj:pass`` -> ``nsubj``."""
    return relation.partition(":")[0]
