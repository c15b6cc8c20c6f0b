"""Geometry of the timeline of a dossier; the template draws it as SVG."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from attested.values import PartialDate
from attested.views.facts import Facts
from attested.views.timescale import Tick, TimeScale, time_scale
from attested.views.words import date_words, place_words

WIDTH = 960
LABEL_WIDTH = 330
_RIGHT_PAD = 16
_ROW = 24
_TOP = 30
_MIN_BAR = 7.0  # picture units: a day must be seen in a picture of years
_MAX_ROWS = 60  # beyond it a picture is no help; the table and the list hold all
_LETTER = 6.6  # picture units of a character of a label


Dated = tuple[PartialDate, str, str, str]
"""When, id, label and kind of a row of the timeline."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One row of the timeline: a day as a dot, an interval as a bar."""

    id: str
    label: str
    when: str
    kind: str
    y: float
    x: float
    width: float
    is_day: bool


@dataclass(frozen=True, slots=True)
class Timeline:
    """Rows in the order of time. ``n_left_out`` dated rows did not fit; ``undated`` have no place on it."""

    width: int
    height: int
    bars: tuple[Bar, ...]
    ticks: tuple[Tick, ...]
    breaks: tuple[float, ...]
    n_left_out: int = 0
    undated: tuple[str, ...] = ()


def timeline(facts: Facts) -> Timeline | None:
    """Incidents and statements along time; None when nothing is dated."""
    rows = [(i.date, i.id, f"{i.type}, {place_words(i.place)}", "incident") for i in facts.incidents]
    rows += [
        (s.date, s.id, f"{s.speaker or 'Somebody'}: {s.what or s.act.lower()}", "statement")
        for s in facts.statements
    ]
    return timeline_of(rows)


def timeline_of(
    rows: Sequence[Dated], *, width: int = WIDTH, label_width: int = LABEL_WIDTH
) -> Timeline | None:
    """Rows along time, each with its own bar; None when nothing is dated."""
    dated = sorted((row for row in rows if row[0].is_known), key=lambda row: (*_ends(row[0]), row[1]))
    drawn = dated[:_MAX_ROWS]
    scale = time_scale([_ends(row[0]) for row in drawn], x0=label_width + 10, x1=width - _RIGHT_PAD)
    if scale is None:
        return None
    most = int(label_width / _LETTER)
    bars = tuple(_bar(row, scale, _TOP + i * _ROW, most) for i, row in enumerate(drawn))
    return Timeline(
        width,
        _TOP + len(bars) * _ROW + 8,
        bars,
        tuple(scale.ticks()),
        tuple(scale.breaks),
        len(dated) - len(drawn),
        tuple(label for when, _, label, _ in rows if not when.is_known),
    )


def _ends(interval: PartialDate) -> tuple[date, date]:
    assert interval.start is not None
    assert interval.end is not None
    return interval.start, interval.end


def _bar(row: Dated, scale: TimeScale, y: float, most: int) -> Bar:
    when, id, label, kind = row
    x, width = extent(when, scale)
    return Bar(id, _cut(label, most), date_words(when), kind, y + _ROW / 2, x, width, when.n_days == 1)


def extent(when: PartialDate, scale: TimeScale) -> tuple[float, float]:
    """Left edge and width of an interval, both its days included."""
    start, end = _ends(when)
    left = scale.x(start)
    right = scale.x(end + timedelta(days=1) if end < date.max else end)
    return left, max(_MIN_BAR, round(right - left, 1))


def _cut(label: str, most: int) -> str:
    return label if len(label) <= most else label[: most - 1].rstrip() + "…"
