"""The history of an incident's numbers as a picture: from day to day the value shown, within its lowest and highest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from attested.incidents.fused import COUNTS
from attested.values import Count
from attested.views.history import Step
from attested.views.timescale import Tick, TimeScale, time_scale
from attested.views.words import count_words, day_words

WIDTH = 960
_LEFT, _RIGHT = 78.0, 810.0  # room for the scale before, for the last value behind
_TOP, _HEIGHT, _GAP = 24.0, 64.0, 22.0


@dataclass(frozen=True, slots=True)
class Dot:
    """A day on which a report came in, and the value known then."""

    x: float
    y: float
    day: date | None
    words: str


@dataclass(frozen=True, slots=True)
class Curve:
    """One number over the days: ``line`` is the value shown, ``band`` (empty if it never was a range) low to high."""

    field: str
    top: float
    bottom: float
    highest: int
    line: str
    band: str
    dots: tuple[Dot, ...]
    last: str


@dataclass(frozen=True, slots=True)
class Growth:
    """Curves one above the other over the same days."""

    width: int
    height: int
    left: float
    right: float
    curves: tuple[Curve, ...]
    ticks: tuple[Tick, ...]


def growth(steps: Sequence[Step]) -> Growth | None:
    """The numbers of people day by day; None where no day is known or nobody counts anything."""
    days = [step.day for step in steps if step.day is not None]
    scale = time_scale([(day, day) for day in days], x0=_LEFT, x1=_RIGHT)
    told = [field for field in COUNTS if any(getattr(step.incident, field) for step in steps)]
    if scale is None or not told:
        return None
    curves = tuple(_curve(steps, field, scale, _TOP + i * (_HEIGHT + _GAP)) for i, field in enumerate(told))
    height = int(curves[-1].bottom + 10)
    return Growth(WIDTH, height, _LEFT, _RIGHT, curves, tuple(scale.ticks()))


def _curve(steps: Sequence[Step], field: str, scale: TimeScale, top: float) -> Curve:
    known = [(step, count) for step in steps if (count := getattr(step.incident, field)) is not None]
    bottom, highest = top + _HEIGHT, max(count.high for _, count in known)

    def y(value: int) -> float:
        return float(round(bottom - _HEIGHT * value / max(1, highest), 1))

    xs = [_LEFT if step.day is None else scale.x(step.day) for step, _ in known]
    counts = [count for _, count in known]
    low, high = ([y(getattr(count, name)) for count in counts] for name in ("low", "high"))
    best = [y(count.best) for count in counts]
    band = _steps(xs, high) + " L" + _steps(xs, low, back=True)[1:] + " Z"
    return Curve(
        field,
        top,
        bottom,
        highest,
        _steps(xs, best),
        band if low != high else "",
        tuple(_dot(step, count, x, at) for (step, count), x, at in zip(known, xs, best, strict=True)),
        count_words(counts[-1]),
    )


def _dot(step: Step, count: Count, x: float, y: float) -> Dot:
    when = day_words(step.day) if step.day else "reports of unknown date"
    return Dot(x, y, step.day, f"{when}: {count_words(count)}")


def _steps(xs: Sequence[float], ys: Sequence[float], *, back: bool = False) -> str:
    """A path that stays level from each day to the next, and to the right edge."""
    corners = list(zip(xs, ys, strict=True))
    points = [corners[0]]
    for (_, before), (x, y) in pairwise(corners):
        points += [(x, before), (x, y)]
    points.append((_RIGHT, corners[-1][1]))
    return "M" + " L".join(f"{x},{y}" for x, y in (reversed(points) if back else points))
