"""What was done to whom: our own marks on sentences of the gold sets (``training/incidents``), put on their examples.

The marks hold no words: a sentence is named by its text and number, a role by the numbers of its words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from reader.attributions import Ranges, ranges_of, topmost
from reader.corpora import Key
from reader.examples import DEEDS, ROLES, STATUSES, Deed, Example

MARKS = Path(__file__).parents[1] / "incidents" / "marks.tsv"


@dataclass(frozen=True)
class Mark:
    """One mention as marked: which incident of its text (0: none in particular), kind, status, words by role."""

    incident: int
    kind: str
    status: str
    trigger: Ranges
    roles: tuple[tuple[str, Ranges], ...]

    def parts(self, n_words: int) -> tuple[int, ...]:
        """The role of every word of its sentence, as indexes into ``ROLES``; a weapon's words are the weapon's."""
        row = [0] * n_words
        last = (("weapon", r) for name, r in self.roles if name == "weapon")
        for name, ranges in [*self.roles, ("trigger", self.trigger), *last]:
            for first, end in ranges:
                row[first : end + 1] = [ROLES.index(name)] * (end + 1 - first)
        return tuple(row)


def read_deeds(path: Path = MARKS) -> dict[Key, tuple[int, list[Mark]]]:
    """Marks by (text, number of the sentence in it), with the number of its words; ValueError names a bad row."""
    found: dict[Key, tuple[int, list[Mark]]] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.startswith("#"):
            continue
        text, sentence, n_words, *cells = line.split("\t")
        try:
            row = found.setdefault((text, int(sentence)), (int(n_words), []))
            if cells:
                row[1].append(_mark(*cells))
        except (TypeError, ValueError) as error:
            raise ValueError(f"{path}:{number}: {error}") from error
    return found


def _mark(incident: str, kind: str, status: str, trigger: str, *roles: str) -> Mark:
    named = [cell.partition("=") for cell in roles]
    for known, name in ((DEEDS, kind), (STATUSES, status), *((ROLES, name) for name, _, _ in named)):
        if name not in known:
            raise ValueError(f"{name!r} is none of {', '.join(known)}")
    rows = tuple((name, ranges_of(cell)) for name, _, cell in named)
    return Mark(int(incident), kind, status, ranges_of(trigger), rows)


def with_deeds(
    examples: Iterable[tuple[Key, Example]],
    marks: dict[Key, tuple[int, list[Mark]]],
    heads_of: Callable[[Sequence[Sequence[str]]], list[list[int]]],
) -> list[tuple[Key, Example]]:
    """The examples, with what they tell as done where somebody has marked the sentence.

    ``heads_of`` parses sentences (the head of each word, -1 for the root): a mention is known by the topmost of its
    trigger words. Raises ValueError where a sentence has not the words that were marked.
    """
    rows = list(examples)
    marked = [k for k, (key, _) in enumerate(rows) if key in marks]
    trees = dict(zip(marked, heads_of([rows[k][1].words for k in marked]), strict=True))
    return [
        (key, _marked(key, example, *marks[key], trees[k]) if k in trees else example)
        for k, (key, example) in enumerate(rows)
    ]


def _marked(key: Key, example: Example, n_words: int, marks: Sequence[Mark], heads: Sequence[int]) -> Example:
    if n_words != len(example.words):
        raise ValueError(f"{key}: marked with {n_words} words, has {len(example.words)}")
    done: dict[int, Deed] = {}
    for mark in marks:
        head = topmost([i for first, last in mark.trigger for i in range(first, last + 1)], heads)
        kind, status = DEEDS.index(mark.kind), STATUSES.index(mark.status)
        done.setdefault(head, Deed(head, kind, status, mark.parts(n_words)))
    return replace(example, done=list(done.values()))
