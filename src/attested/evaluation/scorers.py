"""Scores: counts that add, their F1 or share with a bootstrap interval; how figures are shown."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import add
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

# The bootstrap of every interval: fixed, so that the same input prints the same figures.
SEED, N_RESAMPLES, INTERVAL_PERCENT = 13, 1000, 95
# Resamples drawn at once; bounds the memory on sets of many thousand sentences.
_DRAWN_AT_ONCE = 50

Interval = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Tally:
    """Right, wrongly found and missed; tallies of parts add up to the tally of the whole."""

    tp: int = 0
    fp: int = 0
    fn: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.tp + other.tp, self.fp + other.fp, self.fn + other.fn)

    @property
    def precision(self) -> float:
        """The share of what was found that is right; 0 when nothing was found."""
        return self.tp / (self.tp + self.fp) if self.tp else 0.0

    @property
    def recall(self) -> float:
        """The share of what there is that was found; 0 when there is nothing."""
        return self.tp / (self.tp + self.fn) if self.tp else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return 2 * self.tp / (2 * self.tp + self.fp + self.fn) if self.tp else 0.0


@dataclass(frozen=True, slots=True)
class Share:
    """How many of a total; shares of parts add up to the share of the whole."""

    right: int = 0
    total: int = 0

    def __add__(self, other: Share) -> Share:
        return Share(self.right + other.right, self.total + other.total)

    @property
    def value(self) -> float:
        """Right by total; 0 when there is nothing."""
        return self.right / self.total if self.total else 0.0


def match_spans(gold: Iterable[Hashable], found: Iterable[Hashable]) -> Tally:
    """The tally of exact matches; what stands twice must be found twice."""
    truth, ours = Counter(gold), Counter(found)
    hits = sum((truth & ours).values())
    return Tally(hits, sum(ours.values()) - hits, sum(truth.values()) - hits)


def tally_interval(tallies: Sequence[Tally]) -> Interval:
    """The 95% bootstrap interval of F1 over ``tallies`` (one for each page or sentence)."""

    def f1(sums: NDArray[np.float64]) -> NDArray[np.float64]:
        return 2 * sums[:, 0] / np.maximum(1, 2 * sums[:, 0] + sums[:, 1] + sums[:, 2])

    return sums_interval(np.array([(t.tp, t.fp, t.fn) for t in tallies], dtype=np.float64).reshape(-1, 3), f1)


def share_interval(shares: Sequence[Share]) -> Interval:
    """The 95% bootstrap interval of the pooled share over ``shares`` (one for each page or sentence)."""

    def pooled(sums: NDArray[np.float64]) -> NDArray[np.float64]:
        return sums[:, 0] / np.maximum(1, sums[:, 1])

    return sums_interval(
        np.array([(s.right, s.total) for s in shares], dtype=np.float64).reshape(-1, 2), pooled
    )


def mean_interval(values: Sequence[float]) -> Interval:
    """The 95% bootstrap interval of the mean of ``values`` (one for each page)."""

    def mean(sums: NDArray[np.float64]) -> NDArray[np.float64]:
        return sums[:, 0] / np.maximum(1, sums[:, 1])

    return sums_interval(np.array([(v, 1.0) for v in values], dtype=np.float64).reshape(-1, 2), mean)


def sums_interval(
    rows: NDArray[np.float64], score: Callable[[NDArray[np.float64]], NDArray[np.float64]]
) -> Interval:
    """Percentiles of ``score`` over the column sums of rows drawn with replacement."""
    n = len(rows)
    if n == 0:
        return 0.0, 0.0
    draw = np.random.default_rng(SEED)
    scores = []
    for start in range(0, N_RESAMPLES, _DRAWN_AT_ONCE):
        n_now = min(_DRAWN_AT_ONCE, N_RESAMPLES - start)
        scores.append(score(rows[draw.integers(0, n, (n_now, n))].sum(axis=1)))
    tail = (100 - INTERVAL_PERCENT) / 2
    low, high = np.percentile(np.concatenate(scores), [tail, 100 - tail])
    return float(low), float(high)


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: its value (shares and F1 between 0 and 1), interval, number of units, and a note."""

    name: str
    value: float
    interval: Interval | None = None
    n: int | None = None
    note: str = ""

    @classmethod
    def f1(cls, name: str, tallies: Sequence[Tally], note: str = "") -> Self:
        """Micro F1 over ``tallies`` with its interval; ``n`` counts what the gold has."""
        total: Tally = reduce(add, tallies, Tally())
        detail = f"P {total.precision:.4f} R {total.recall:.4f}" + (f"; {note}" if note else "")
        return cls(name, total.f1, tally_interval(tallies), total.tp + total.fn, detail)

    @classmethod
    def share(cls, name: str, shares: Sequence[Share], note: str = "") -> Self:
        """The pooled share with its interval; ``n`` is the total."""
        total: Share = reduce(add, shares, Share())
        return cls(name, total.value, share_interval(shares), total.total, note)

    @classmethod
    def mean(cls, name: str, values: Sequence[float], note: str = "") -> Self:
        """The mean of ``values`` with its interval; ``n`` counts them."""
        return cls(name, float(np.mean(values)) if values else 0.0, mean_interval(values), len(values), note)


@dataclass(frozen=True, slots=True)
class Figures:
    """What one gold set says: figures, the main ones first, and the files that were measured."""

    name: str
    figures: tuple[Figure, ...]
    measured: tuple[str, ...] = ()

    def __getitem__(self, name: str) -> float:
        """The value of the figure called ``name``. Raises KeyError if there is none."""
        found = {figure.name: figure.value for figure in self.figures}
        return found[name]

    def as_dict(self) -> dict[str, Any]:
        """The figures by name, in order, then intervals, counts, notes and the files."""
        return {
            "gold": self.name,
            **{f.name: round(f.value, 4) for f in self.figures},
            "interval95": {f.name: [round(x, 4) for x in f.interval] for f in self.figures if f.interval},
            "n": {f.name: f.n for f in self.figures if f.n is not None},
            "notes": {f.name: f.note for f in self.figures if f.note},
            "measured": list(self.measured),
        }

    def as_json(self) -> str:
        """One JSON object on one line, the main figures first."""
        return json.dumps(self.as_dict(), ensure_ascii=False)

    def as_table(self) -> str:
        """A small table: name, value, 95% interval, n, note; then what was measured."""
        width = max((len(f.name) for f in self.figures), default=0)
        lines = [f"{self.name}"]
        for f in self.figures:
            between = f"[{f.interval[0]:.4f}, {f.interval[1]:.4f}]" if f.interval else ""
            count = "" if f.n is None else f"n={f.n}"
            lines.append(
                f"  {f.name:<{width}}  {f.value:>8.4f}  {between:<18}  {count:<9}  {f.note}".rstrip()
            )
        shown = self.measured[:3]
        more = f" and {len(self.measured) - 3} more" if len(self.measured) > 3 else ""
        return "\n".join([*lines, f"  measured: {', '.join(shown)}{more}"] if shown else lines)
