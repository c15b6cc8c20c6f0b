"""Templates filled: MUC-4's five slots in their modern form, and the day, place and harm of its full keys.

Every incident that the ledger of a message counts becomes a template with a type, if it is one that the task asks for
(``muc4_slots_relevance``); so does a threat and, where nothing else is told, a death. ``template_f1`` is micro F1 over
the types and the fills of five slots, templates aligned within their type: what Du, Rush and Cardie (2021) and Chen et
al. (2023) print. ``fills_f1`` leaves types out of the alignment and the count. A fill must be a string of the key; in
"by words" it may be longer or shorter by words.
Messages are read as they stand, in capitals.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import reduce
from operator import add
from pathlib import Path

from attested.evaluation.muc4_files import Message
from attested.evaluation.muc4_slots_answers import Answer
from attested.evaluation.muc4_slots_full import full_figures
from attested.evaluation.muc4_slots_key import SLOTS, Key, in_text, read_keys
from attested.evaluation.muc4_slots_score import Same, align, holds_words, is_subset, tally_slots
from attested.evaluation.scorers import Figure, Tally


def slot_figures(
    folder: Path,
    samples: Mapping[str, Sequence[Message]],
    templates: Mapping[str, Sequence[Sequence[Answer]]],
) -> list[Figure]:
    """Figures of each sample of messages, and of each split that a sample joins; ``templates`` are ours of each.

    Raises InputError if there is no key below ``folder``.
    """
    keys = read_keys(folder)
    figures: list[Figure] = []
    for name, messages in samples.items():
        answers = templates[name]
        gold = [[in_text(k, m.report.text) for k in keys.get(m.report.id, ())] for m in messages]
        figures += _of_sample(name, answers, gold)
        for split in sorted({m.split for m in messages} - {name}):
            own = [i for i, m in enumerate(messages) if m.split == split]
            figures += _template_figures(split, [answers[i] for i in own], [gold[i] for i in own])
    return figures


def _of_sample(name: str, answers: Sequence[Sequence[Answer]], keys: Sequence[Sequence[Key]]) -> list[Figure]:
    by_slot = [_tallies(a, k, is_subset, by_type=True) for a, k in zip(answers, keys, strict=True)]
    return [
        *_template_figures(name, answers, keys),
        *(Figure.f1(f"{slot}_f1 {name}", [row[slot] for row in by_slot]) for slot in ("type", *SLOTS)),
        _f1(f"template_f1 {name} by words", answers, keys, holds_words, by_type=True),
        _f1(f"fills_f1 {name} by words", answers, keys, holds_words, by_type=False),
        *full_figures(name, answers, keys),
    ]


def _template_figures(
    name: str, answers: Sequence[Sequence[Answer]], keys: Sequence[Sequence[Key]]
) -> list[Figure]:
    n = f"{sum(map(len, answers))} templates for {sum(map(len, keys))}"
    return [
        _f1(f"template_f1 {name}", answers, keys, is_subset, by_type=True, note=n),
        _f1(f"fills_f1 {name}", answers, keys, is_subset, by_type=False),
    ]


def _f1(
    name: str,
    answers: Sequence[Sequence[Answer]],
    keys: Sequence[Sequence[Key]],
    same: Same,
    *,
    by_type: bool,
    note: str = "",
) -> Figure:
    rows = [_tallies(a, k, same, by_type=by_type) for a, k in zip(answers, keys, strict=True)]
    return Figure.f1(name, [reduce(add, row.values(), Tally()) for row in rows], note)


def _tallies(ours: Sequence[Answer], keys: Sequence[Key], same: Same, *, by_type: bool) -> dict[str, Tally]:
    return tally_slots(ours, keys, align(ours, keys, same, by_type=by_type), by_type=by_type)
