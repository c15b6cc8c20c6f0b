"""Who says what: our own marks on sentences of the gold sets (``training/voices``), put on their examples.

The marks hold no words: a sentence is named by its text and number, a part by the numbers of its words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from reader.corpora import Key
from reader.examples import PARTS, Attributed, Example

MARKS = Path(__file__).parents[1] / "voices" / "marks.tsv"

Ranges = tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Mark:
    """One attribution as marked: ranges of words, counted from 0, both ends included."""

    source: Ranges
    cue: Ranges
    content: Ranges

    def parts(self, n_words: int) -> tuple[int, ...]:
        """The part of every word of its sentence, as indexes into ``PARTS``."""
        row = [0] * n_words
        for name in ("content", "source", "cue"):
            for first, last in getattr(self, name):
                row[first : last + 1] = [PARTS.index(name)] * (last + 1 - first)
        return tuple(row)


def read_marks(path: Path = MARKS) -> dict[Key, tuple[int, list[Mark]]]:
    """Marks by (text, number of the sentence in it), with the number of its words; ValueError names a bad row."""
    found: dict[Key, tuple[int, list[Mark]]] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.startswith("#"):
            continue
        text, sentence, n_words, *parts = line.split("\t")
        try:
            row = found.setdefault((text, int(sentence)), (int(n_words), []))
            if parts:
                row[1].append(Mark(*map(ranges_of, parts)))
        except (TypeError, ValueError) as error:
            raise ValueError(f"{path}:{number}: {error}") from error
    return found


def ranges_of(cell: str) -> Ranges:
    """ "3-5,9" -> ((3, 5), (9, 9)); "" -> ()."""
    pairs = (part.partition("-") for part in cell.split(",") if part)
    return tuple((int(first), int(last or first)) for first, _, last in pairs)


def with_marks(
    examples: Iterable[tuple[Key, Example]],
    marks: dict[Key, tuple[int, list[Mark]]],
    heads_of: Callable[[Sequence[Sequence[str]]], list[list[int]]],
) -> list[Example]:
    """The examples, with their attributions where somebody has marked the sentence.

    ``heads_of`` parses sentences (the head of each word, -1 for the root): a cue is known by its topmost word.
    Raises ValueError where a sentence has not the words that were marked.
    """
    rows = list(examples)
    marked = [k for k, (key, _) in enumerate(rows) if key in marks]
    trees = dict(zip(marked, heads_of([rows[k][1].words for k in marked]), strict=True))
    return [
        _marked(key, example, *marks[key], trees[k]) if k in trees else example
        for k, (key, example) in enumerate(rows)
    ]


def _marked(key: Key, example: Example, n_words: int, marks: Sequence[Mark], heads: Sequence[int]) -> Example:
    if n_words != len(example.words):
        raise ValueError(f"{key}: marked with {n_words} words, has {len(example.words)}")
    said: dict[int, Attributed] = {}
    for mark in marks:
        cue = topmost([i for first, last in mark.cue for i in range(first, last + 1)], heads)
        said.setdefault(cue, Attributed(cue, mark.parts(n_words)))
    return replace(example, said=list(said.values()))


def topmost(words: Sequence[int], heads: Sequence[int]) -> int:
    """The word nearest to the root of the tree; the first of several."""
    return min(words, key=lambda i: (_depth(i, heads), i))


def _depth(i: int, heads: Sequence[int]) -> int:
    steps = 0
    while heads[i] >= 0 and steps <= len(heads):
        i, steps = heads[i], steps + 1
    return steps
