"""Rows -> tensors: batches of like length, shape noise, names swapped within their type."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

import torch
from torch import Tensor

from attested.reading.labels import spans_of
from attested.reading.subwords import Pieces, Subwords
from reader.examples import IGNORED, Example, Row, swapped

Mark = TypeVar("Mark")
TASKS = ("upos", "xpos", "relation", "ner", "world", "entity", "head")
# Shares of the training sentences shown in capitals (headlines, old wires), lower case, and Title Case.
UPPER_SHARE, LOWER_SHARE, TITLE_SHARE = 0.08, 0.04, 0.04
CAPITALS_LOWERED = 0.5
SWAP_SHARE = 0.25
# Sorting is within pools of this many shuffled sentences: like lengths together, yet mixed corpora.
_POOL = 2000


@dataclass(frozen=True)
class Batch:
    """Inputs, targets by task, the rows' teacher vectors (rows without one are nought) and the words' mask."""

    inputs: tuple[Tensor, Tensor, Tensor, Tensor]
    targets: dict[str, Tensor]
    teacher: Tensor
    words: Tensor
    said: Said
    done: Done


@dataclass(frozen=True)
class Said:
    """Gold attributions of a batch: which words are cues, and for each cue the parts of its sentence's words.

    ``cues`` (rows, words) is 0 or 1, ignored where not annotated; ``row`` and ``cue`` (attributions) say where
    each stands; ``parts`` (attributions, words).
    """

    cues: Tensor
    row: Tensor
    cue: Tensor
    parts: Tensor


@dataclass(frozen=True)
class Done:
    """Gold mentions of incidents in a batch: the kind that each word tells, and for each mention its words' roles.

    ``kinds`` (rows, words) is 0 for a word that tells nothing, ignored where not annotated; ``row``, ``head`` and
    ``status`` (mentions); ``roles`` (mentions, words).
    """

    kinds: Tensor
    row: Tensor
    head: Tensor
    status: Tensor
    roles: Tensor


@dataclass(frozen=True)
class Item:
    """A row and where its teacher vector stands (None: words were swapped, so the vector no longer holds)."""

    row: Row
    teacher: int | None


def as_batch(items: Sequence[Item], vectors: Tensor) -> Batch:
    """One padded batch."""
    pieces = [item.row.pieces for item in items]
    length, n_words = max(len(p.ids) for p in pieces), max(len(p.first) for p in pieces)
    ids, shape, mask = (torch.zeros(len(items), length, dtype=torch.long) for _ in range(3))
    first = torch.zeros(len(items), n_words, dtype=torch.long)
    words = torch.zeros(len(items), n_words, dtype=torch.bool)
    targets = {task: torch.full((len(items), n_words), IGNORED) for task in TASKS}
    teacher = torch.zeros(len(items), vectors.shape[1])
    for i, (item, p) in enumerate(zip(items, pieces, strict=True)):
        ids[i, : len(p.ids)] = torch.tensor(p.ids)
        shape[i, : len(p.ids)] = torch.tensor(p.shapes)
        mask[i, : len(p.ids)] = 1
        first[i, : len(p.first)] = torch.tensor(p.first)
        words[i, : len(p.first)] = True
        for task, target in targets.items():
            target[i, : len(p.first)] = torch.tensor(item.row.targets[task])
        if item.teacher is not None:
            teacher[i] = vectors[item.teacher]
    inputs = (ids, mask, shape, first)
    return Batch(inputs, targets, teacher, words, _said(items, n_words), _done(items, n_words))


def _said(items: Sequence[Item], n_words: int) -> Said:
    cues, row, said = _marked(items, n_words, lambda example: example.said, lambda one: (one.cue, 1))
    parts = _padded([one.parts for one in said], n_words)
    return Said(cues, row, _column(one.cue for one in said), parts)


def _done(items: Sequence[Item], n_words: int) -> Done:
    kinds, row, done = _marked(items, n_words, lambda example: example.done, lambda one: (one.head, one.kind))
    head, status = _column(one.head for one in done), _column(one.status for one in done)
    return Done(kinds, row, head, status, _padded([one.roles for one in done], n_words))


def _marked(
    items: Sequence[Item],
    n_words: int,
    marks_of: Callable[[Example], Sequence[Mark] | None],
    label_of: Callable[[Mark], tuple[int, int]],
) -> tuple[Tensor, Tensor, list[Mark]]:
    """Each word's label: 0, that of the mark it heads, ignored where nobody marked. And all marks with their rows."""
    labels = torch.full((len(items), n_words), IGNORED)
    found: list[tuple[int, Mark]] = []
    for i, item in enumerate(items):
        marks = marks_of(item.row.example)
        if marks is None:
            continue
        labels[i, : len(item.row.example.words)] = 0
        for mark in marks:
            word, label = label_of(mark)
            labels[i, word] = label
            found.append((i, mark))
    return labels, _column(i for i, _ in found), [mark for _, mark in found]


def _column(values: Iterable[int]) -> Tensor:
    return torch.tensor(list(values), dtype=torch.long)


def _padded(rows: Sequence[Sequence[int]], n_words: int) -> Tensor:
    """Rows of labels as one tensor, ignored behind their ends."""
    padded = torch.full((len(rows), n_words), IGNORED)
    for k, row in enumerate(rows):
        padded[k, : len(row)] = torch.tensor(row)
    return padded


def grouped(items: Sequence[Item], max_subwords: int, rng: random.Random | None) -> list[list[Item]]:
    """Groups of like length, at most ``max_subwords`` with padding; in random order if ``rng`` is given."""
    order = list(items)
    if rng:
        rng.shuffle(order)
    pools = [order[i : i + _POOL] for i in range(0, len(order), _POOL)] if rng else [order]
    groups: list[list[Item]] = []
    for pool in pools:
        current: list[Item] = []
        for item in sorted(pool, key=lambda x: len(x.row.pieces.ids)):
            if current and len(item.row.pieces.ids) * (len(current) + 1) > max_subwords:
                groups.append(current)
                current = []
            current.append(item)
        groups.append(current)
    if rng:
        rng.shuffle(groups)
    return groups


def with_shape_noise(pieces: Pieces, rng: random.Random) -> Pieces:
    """Now and then the same sentence in another case: with an uncased vocabulary only the shapes change.

    Of a sentence all in capitals (old wires) half the time as if it were not.
    """
    draw = rng.random()
    if 3 in pieces.shapes and not {1, 2} & set(pieces.shapes):
        changed = {3: 1} if draw < CAPITALS_LOWERED else {}
    elif draw < UPPER_SHARE:
        changed = {1: 3, 2: 3, 5: 3}
    elif draw < UPPER_SHARE + LOWER_SHARE:
        changed = {2: 1, 3: 1, 4: 1, 5: 1}
    elif draw < UPPER_SHARE + LOWER_SHARE + TITLE_SHARE:
        changed = {1: 2}
    else:
        return pieces
    return replace(pieces, shapes=[changed.get(s, s) for s in pieces.shapes])


class NameSwapper:
    """Puts other names of the same type and number of words into a sentence; the tree stays as it was."""

    def __init__(self, rows: Sequence[Row], subwords: Subwords) -> None:
        self._subwords = subwords
        self._names: dict[tuple[str, int], list[list[str]]] = {}
        for row in rows:
            for start, end, kind in _names_of(row):
                self._names.setdefault((kind, end - start), []).append(row.example.words[start:end])

    def __call__(self, item: Item, rng: random.Random) -> Item:
        """The item itself, or now and then its sentence with other names in it."""
        names = _names_of(item.row)
        if not names or rng.random() >= SWAP_SHARE:
            return item
        words = list(item.row.example.words)
        for start, end, kind in names:
            if kind in ("PER", "LOC", "ORG") and (pool := self._names.get((kind, end - start))):
                words[start:end] = rng.choice(pool)
        return Item(swapped(item.row, words, self._subwords), None)


_WORLD_KINDS = {"Person": "PER", "Location": "LOC", "Organization": "ORG"}


def _names_of(row: Row) -> list[tuple[int, int, str]]:
    spans = spans_of([x if x != "?" else "O" for x in row.example.names or row.example.world])
    return [(a, b, _WORLD_KINDS.get(kind, kind)) for a, b, kind in spans]
