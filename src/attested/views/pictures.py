"""Geometry of the dossier's two pictures, the timeline and the lineage; the template draws them as SVG."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from attested.model import Derivation, Origin
from attested.values import PartialDate
from attested.views.evidence import outlet_words
from attested.views.facts import Facts
from attested.views.timescale import Tick, TimeScale, time_scale
from attested.views.words import date_words, place_words

WIDTH = 960
LABEL_WIDTH = 330
_RIGHT_EDGE = WIDTH - 16
_ROW = 24
_BAND_GAP = 6
_BEND = 26  # picture units
_TOP = 30
_MIN_BAR = 7.0  # picture units: a day must be seen in a picture of years
_MAX_ROWS = 60  # beyond it a picture is no help; the table and the list hold all
_MAX_LABEL = 50  # characters that fit LABEL_WIDTH
_NO_DATE_X = LABEL_WIDTH + 14


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


@dataclass(frozen=True, slots=True)
class Node:
    """A report, or a wire that nobody saved (``report`` is None), on the lineage picture."""

    report: str | None
    label: str
    when: str
    x: float
    y: float
    width: float
    is_dated: bool


@dataclass(frozen=True, slots=True)
class Edge:
    """A copy: a curve from parent to child."""

    kind: str
    path: str
    words: str


@dataclass(frozen=True, slots=True)
class Band:
    """The rows of one origin."""

    y: float
    height: float


@dataclass(frozen=True, slots=True)
class LineagePicture:
    """Reports along time in bands, one band an origin."""

    width: int
    height: int
    bands: tuple[Band, ...]
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    ticks: tuple[Tick, ...]
    breaks: tuple[float, ...]
    n_left_out: int = 0


def timeline(facts: Facts) -> Timeline | None:
    """Incidents and statements along time; None when nothing is dated."""
    rows = [(i.date, i.id, f"{i.type}, {place_words(i.place)}", "incident") for i in facts.incidents]
    rows += [
        (s.date, s.id, f"{s.speaker or 'Somebody'}: {s.what or s.act.lower()}", "statement")
        for s in facts.statements
    ]
    dated = sorted((row for row in rows if row[0].is_known), key=lambda row: (*_ends(row[0]), row[1]))
    drawn = dated[:_MAX_ROWS]
    scale = time_scale([_ends(row[0]) for row in drawn], x0=LABEL_WIDTH + 10, x1=_RIGHT_EDGE)
    if scale is None:
        return None
    bars = tuple(_bar(row, scale, _TOP + i * _ROW) for i, row in enumerate(drawn))
    return Timeline(
        WIDTH,
        _TOP + len(bars) * _ROW + 8,
        bars,
        tuple(scale.ticks()),
        tuple(scale.breaks),
        len(dated) - len(drawn),
        tuple(label for when, _, label, _ in rows if not when.is_known),
    )


def lineage_picture(facts: Facts) -> LineagePicture | None:
    """The reports of each origin along time with who copied whom; None when there are no reports."""
    intervals = [_ends(w) for r in facts.reports if (w := facts.published(r).interval).is_known]
    scale = time_scale(intervals, x0=LABEL_WIDTH + 40, x1=_RIGHT_EDGE)
    nodes: dict[str, Node] = {}
    bands: list[Band] = []
    y, n_left_out = float(_TOP), 0
    for family in sorted(facts.origins, key=lambda origin: (-len(origin.reports), origin.id)):
        if len(nodes) + len(family.reports) > _MAX_ROWS:
            n_left_out += len(family.reports)
            continue
        rows = _family_nodes(facts, family, scale, y + _ROW / 2)
        nodes |= rows
        bands.append(Band(y, len(rows) * _ROW))
        y += len(rows) * _ROW + _BAND_GAP
    if not nodes:
        return None
    edges = tuple(
        _edge(facts, d, nodes) for d in facts.derivations if d.child in nodes and _parent(facts, d) in nodes
    )
    ticks, breaks = (tuple(scale.ticks()), tuple(scale.breaks)) if scale else ((), ())
    return LineagePicture(
        WIDTH, int(y + 8), tuple(bands), tuple(nodes.values()), edges, ticks, breaks, n_left_out
    )


def _family_nodes(facts: Facts, family: Origin, scale: TimeScale | None, y: float) -> dict[str, Node]:
    """The nodes of one origin from the top: wires that nobody saved, then its reports in the order of time."""
    unseen = [
        d for r in family.reports for d in facts.made_from.get(r, ()) if d.parent is None or d.is_sibling
    ]
    nodes: dict[str, Node] = {}
    for key, derivation in sorted({_parent(facts, d): d for d in unseen}.items()):
        nodes[key] = Node(
            None, _wire(derivation), "nobody saved it", _NO_DATE_X, y + len(nodes) * _ROW, 0, False
        )
    for report in facts.by_day(family.reports):
        nodes[report] = _node(facts, report, scale, y + len(nodes) * _ROW)
    return nodes


def _ends(interval: PartialDate) -> tuple[date, date]:
    assert interval.start is not None
    assert interval.end is not None
    return interval.start, interval.end


def _bar(row: tuple[PartialDate, str, str, str], scale: TimeScale, y: float) -> Bar:
    when, id, label, kind = row
    x, width = _extent(when, scale)
    return Bar(id, _cut(label), date_words(when), kind, y + _ROW / 2, x, width, when.n_days == 1)


def _extent(when: PartialDate, scale: TimeScale) -> tuple[float, float]:
    """Left edge and width of an interval, both its days included."""
    start, end = _ends(when)
    left = scale.x(start)
    right = scale.x(end + timedelta(days=1) if end < date.max else end)
    return left, max(_MIN_BAR, round(right - left, 1))


def _node(facts: Facts, report: str, scale: TimeScale | None, y: float) -> Node:
    when = facts.published(report).interval
    label = _cut(f"{outlet_words(facts, report)}: {facts.reports[report].headline or 'no headline'}")
    if scale is None or not when.is_known:
        return Node(report, label, "date unknown", _NO_DATE_X, y, 0, False)
    x, width = _extent(when, scale)
    return Node(report, label, date_words(when), x, y, 0 if when.n_days == 1 else width, True)


def _wire(derivation: Derivation) -> str:
    return (
        f"{derivation.agency} dispatch (nobody saved it)"
        if derivation.agency
        else "an original (nobody saved it)"
    )


def _parent(facts: Facts, derivation: Derivation) -> str:
    """The key of a derivation's parent node; a wire that nobody saved is its origin's own."""
    if derivation.parent is not None and not derivation.is_sibling:
        return derivation.parent
    origin = facts.origin_of.get(derivation.child)
    return f"{origin.id if origin else derivation.child} {_wire(derivation)}"


def _edge(facts: Facts, derivation: Derivation, nodes: dict[str, Node]) -> Edge:
    parent, child = nodes[_parent(facts, derivation)], nodes[derivation.child]
    bend = _BEND if abs(parent.x - child.x) < _BEND else 0  # side by side in time: curve out, or it hides
    middle = (parent.y + child.y) / 2
    path = (
        f"M{parent.x:.1f},{parent.y:.1f} C{parent.x + bend:.1f},{middle:.1f} "
        f"{child.x + bend:.1f},{middle:.1f} {child.x:.1f},{child.y:.1f}"
    )
    return Edge(derivation.kind, path, f"{child.label}: {derivation.kind} of {parent.label}")


def _cut(label: str) -> str:
    return label if len(label) <= _MAX_LABEL else label[: _MAX_LABEL - 1].rstrip() + "…"
