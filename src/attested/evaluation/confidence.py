"""How honest the confidences are: of what is said to be 90% sure, is 90% right?

Right is what the gold set says of a value that the ledger shows. A date that is an interval is right if it holds the
day, a province or country if the place lies in it: the confidence is that of the value as it is written.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from attested.evaluation.scorers import Figure, Share, sums_interval
from attested.incidents.sureness import weights_of

BANDS = (0.0, 0.5, 0.7, 0.8, 0.9, 1.01)
"""Bounds of the bands in which what is said and what is right are compared."""
_SURE = 0.9
LEAST_ROWS = 10
"""Figures of fewer rows say nothing."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One thing that was asked of an incident: its field, the question's signs, and whether the answer is right.

    ``unit`` is what is drawn together in intervals and folds: a report, an affair; ``set`` the gold set, if told.
    """

    unit: str
    field: str
    question: str
    signs: frozenset[str]
    is_right: bool
    set: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """A probability that was said, and whether it was right."""

    unit: str
    field: str
    value: float
    is_right: bool


def said(rows: Iterable[Asked]) -> list[Said]:
    """What the shipped weights say."""
    return [
        Said(row.unit, row.field, weights_of(row.question).sure(row.signs).value, row.is_right)
        for row in rows
    ]


def confidence_figures(rows: Sequence[Said]) -> tuple[Figure, ...]:
    """All fields of values together, and each field: the share right of the sure, calibration error, Brier score.

    That an incident is one, and that its mentions belong together, are no values. Fields with few rows are left out.
    """
    by_field: dict[str, list[Said]] = defaultdict(list)
    for row in rows:
        by_field[row.field].append(row)
    values = [row for row in rows if row.field not in {"incident", "merge"}]
    groups = {"values": values, **by_field}
    return tuple(f for name, own in groups.items() if len(own) >= LEAST_ROWS for f in _figures(name, own))


def _figures(name: str, rows: Sequence[Said]) -> Iterator[Figure]:
    sure = [row for row in rows if row.value >= _SURE]
    base = sum(row.is_right for row in rows) / len(rows)
    if sure:
        shares = [Share(int(r.is_right), 1) for r in sure]
        yield Figure.share(f"right of 90% sure: {name}", shares, f"of {len(rows)}")
    yield Figure(
        f"calibration error: {name}",
        float(calibration_error(_sums(rows).sum(axis=0, keepdims=True))[0]),
        sums_interval(_sums(rows), calibration_error),
        len(rows),
        band_words(rows),
    )
    yield Figure(
        f"Brier score: {name}",
        float(np.mean([(r.value - r.is_right) ** 2 for r in rows])),
        n=len(rows),
        note=f"{base * (1 - base):.4f} if each were said to be {base:.2f}, which is the share right",
    )


def calibration_error(sums: NDArray[np.float64]) -> NDArray[np.float64]:
    """Expected calibration error of each row of sums: by band, how many, what was said of them, what was right."""
    n, told, right = (sums[:, i::3] for i in range(3))
    error: NDArray[np.float64] = np.abs(told - right).sum(axis=1) / np.maximum(1, n.sum(axis=1))
    return error


def _sums(rows: Sequence[Said]) -> NDArray[np.float64]:
    """A row for each unit: by band, how many, the sum of what was said, how many were right."""
    units = {unit: i for i, unit in enumerate(dict.fromkeys(row.unit for row in rows))}
    found = np.zeros((len(units), 3 * (len(BANDS) - 1)))
    for row in rows:
        band = 3 * (int(np.searchsorted(BANDS, row.value, side="right")) - 1)
        found[units[row.unit], band : band + 3] += (1, row.value, row.is_right)
    return found


def band_words(rows: Sequence[Said]) -> str:
    """The table in one line: ``0.9-1: 120, 0.95 said, 0.94 right``, the surest first."""
    parts = []
    for low, high in reversed(list(pairwise(BANDS))):
        own = [row for row in rows if low <= row.value < high]
        if own:
            told, right = np.mean([r.value for r in own]), np.mean([r.is_right for r in own])
            parts.append(f"{low:g}-{min(high, 1):g}: {len(own)}, {told:.2f} said, {right:.2f} right")
    return "; ".join(parts)


Questions = Iterable[tuple[str, tuple[str, frozenset[str]]]]


def asked(unit: str, questions: Questions, is_right: Mapping[str, bool | None]) -> Iterator[Asked]:
    """The questions of an incident to which the gold knows the answer; None where it does not."""
    for field, (question, signs) in questions:
        if (right := is_right.get(field)) is not None:
            yield Asked(unit, field, question, signs, right)
