"""Geometry of the lineage: a lane an origin, a row a report at its day, its shape what it is, lines to what it made."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from attested.incidents.fused import COUNTS
from attested.model import Derivation
from attested.values import PartialDate
from attested.views.evidence import outlet_words
from attested.views.facts import Facts
from attested.views.families import Branch, Family, family_trees
from attested.views.held import origin_name
from attested.views.lineage_parts import KIND_WORDS, Edge, Lane, LineagePicture, Node
from attested.views.pictures import extent
from attested.views.rests import Brought, own_sentences
from attested.views.timescale import TimeScale, time_scale
from attested.views.words import date_words, number_words

WIDTH = 1080
LABEL_WIDTH = 300
_NO_DAY_X = LABEL_WIDTH + 22.0
_AXIS_X, _NO_DAY_WIDTH = LABEL_WIDTH + 22.0, 44.0
_TEXT_ROOM = 240.0  # picture units right of the last day: what a report brought is written there
_PAD_DAYS = 1
_ROW, _HEAD, _GAP, _TOP = 36.0, 24.0, 8.0, 30.0
_LOW_ROW = 24.0  # of a wire that nobody saved, which has no headline
_CORNER, _BEND = 7.0, 30.0
_TRUNK = 18.0  # picture units left of a report, where the line to its copies goes down
_TRUNK_STEP, _MIN_TRUNK = 4.0, 10.0
_MAX_ROWS = 60  # beyond it a picture is no help; the list under it holds all
_MAX_COPIES = 4  # plain copies of one report that are drawn one by one
_MAX_NAME, _MAX_LABEL = 46, 58  # characters of 12 and of 11 picture units that fit LABEL_WIDTH
_CHARACTER = 5.8  # picture units, on the average
_PLAIN = frozenset({"identical", "republished"})
SAID = {field: field for field in COUNTS} | {
    "perpetrator_alleged": "blames",
    "responsibility_claimed": "claimed by",
    "responsibility_denied": "denied by",
}
"""The fields that are written into the picture, in its words."""


def lineage_picture(
    facts: Facts,
    families: Sequence[Family] | None = None,
    brought: Mapping[str, Sequence[Brought]] | None = None,
    names: Mapping[str, str] | None = None,
) -> LineagePicture | None:
    """The families, or those of all reports, along time; None when there are no reports.

    ``brought`` are the values that each report tells first, ``names`` what their incidents are called for short.
    """
    drawing = _Drawing(facts, brought or {}, names or {})
    chosen, n_left_out = _that_fit(
        family_trees(facts, facts.reports.keys()) if families is None else families
    )
    scale = _scale(facts, chosen)
    for family in sorted(chosen, key=lambda f: first_day(facts, f)):
        drawing.add(family, scale)
    if not drawing.nodes:
        return None
    ticks, breaks = (tuple(scale.ticks()), tuple(scale.breaks)) if scale else ((), ())
    return LineagePicture(
        WIDTH,
        round(drawing.y),
        tuple(drawing.lanes),
        tuple(drawing.nodes),
        tuple(drawing.edges),
        ticks,
        breaks,
        _NO_DAY_X,
        n_left_out + drawing.n_cut,
    )


def _scale(facts: Facts, families: Sequence[Family]) -> TimeScale | None:
    """The time of these families; room is left at its side for what has no day."""
    days = [facts.published(report).interval for family in families for report in family.reports]
    is_all = all(day.is_known for day in days) and all(f.roots[0].report for f in families)
    left = _AXIS_X if is_all else _AXIS_X + _NO_DAY_WIDTH
    known = [_ends(day) for day in days if day.is_known]
    return time_scale(known, x0=left, x1=WIDTH - _TEXT_ROOM, pad_days=_PAD_DAYS)


def _that_fit(families: Sequence[Family]) -> tuple[list[Family], int]:
    """The largest families whose rows fit, the first in any case, and how many reports of others are left out."""
    chosen: list[Family] = []
    n_rows = n_left_out = 0
    for family in families:
        n = sum(1 for _ in _rows(family.roots))
        if n_rows + n <= _MAX_ROWS or not chosen:
            chosen.append(family)
            n_rows += n
        else:
            n_left_out += family.n_reports
    return chosen, n_left_out


@dataclass(frozen=True, slots=True)
class _Row:
    """A branch, or several plain copies at once, under the one above it."""

    branches: Sequence[Branch]
    above: Branch | None
    depth: int


def _rows(branches: Sequence[Branch], above: Branch | None = None, depth: int = 0) -> Iterator[_Row]:
    """Branches from the top, what was made from one after it; plain copies beyond the first few together."""
    copies = [b for b in branches if b.kind in _PLAIN and not b.branches and not b.is_version]
    folded = copies[_MAX_COPIES:] if len(copies) > _MAX_COPIES + 1 else []
    left_out = set(map(id, folded))
    for branch in branches:
        if id(branch) not in left_out:
            yield _Row((branch,), above, depth)
            yield from _rows(branch.branches, branch, depth + 1)
    if folded:
        yield _Row(folded, above, depth)


def first_day(facts: Facts, family: Family) -> tuple[date, int, str]:
    """What puts families in the order of time, the larger first."""
    return facts.first_day(family.reports) or date.max, -family.n_reports, family.origin


def _ends(interval: PartialDate) -> tuple[date, date]:
    assert interval.start is not None
    assert interval.end is not None
    return interval.start, interval.end


class _Drawing:
    """Rows put one under another."""

    def __init__(
        self, facts: Facts, brought: Mapping[str, Sequence[Brought]], names: Mapping[str, str]
    ) -> None:
        self.facts, self.brought, self.names = facts, brought, names
        self.lanes: list[Lane] = []
        self.nodes: list[Node] = []
        self.edges: list[Edge] = []
        self.y, self.n_cut = _TOP, 0

    def add(self, family: Family, scale: TimeScale | None) -> None:
        """A lane for a family."""
        top, label = self.y, "" if family.is_alone else self._named(family)
        self.y += _HEAD if label else 0
        drawn: dict[int, Node] = {}
        rows = list(_rows(family.roots))
        self.n_cut += sum(len(row.branches) for row in rows[_MAX_ROWS:])
        for row in rows[:_MAX_ROWS]:
            first = row.branches[0]
            node = (
                self._node(first, scale)
                if len(row.branches) == 1
                else self._several(row.branches, scale, family.origin)
            )
            self.nodes.append(node)
            self.y += _LOW_ROW if node.kind == "unseen" else _ROW
            drawn[id(first)] = node
            if row.above is not None:
                self.edges.append(_edge(drawn[id(row.above)], node, first, row.depth))
        self._add_further(drawn.values())
        self.lanes.append(Lane(family.origin, label, top, self.y - top))
        self.y += _GAP

    def _named(self, family: Family) -> str:
        name = origin_name(self.facts, family.origin)
        return f"{name}: {number_words(family.n_reports, 'report')}, one origin"

    def _add_further(self, nodes: Iterable[Node]) -> None:
        """Lines from the further parents of reports in one lane."""
        by_report = {node.report: node for node in nodes if node.report}
        known = {(edge.parent, edge.child) for edge in self.edges}
        for child in by_report:
            for made in self.facts.made_from.get(child, ()):
                if made.parent in by_report and not made.is_sibling and (made.parent, child) not in known:
                    self.edges.append(_further_edge(by_report[made.parent], by_report[child], made))

    def _node(self, branch: Branch, scale: TimeScale | None) -> Node:
        y = self.y + (_ROW if branch.report else _LOW_ROW) / 2
        if branch.report is None:
            return Node(
                None, "unseen", _cut(branch.label, _MAX_NAME), "", "day unknown", _NO_DAY_X, y, 0, False
            )
        report = self.facts.reports[branch.report]
        when = self.facts.published(report.id).interval
        x, width = _bar(when, scale)
        kind = _kind(branch, is_spun=report.id in self.facts.spun)
        room = round((WIDTH - x - max(width, 8.0) - 12) / _CHARACTER)
        return Node(
            report.id,
            kind,
            _cut(outlet_words(self.facts, report.id), _MAX_NAME),
            _cut(report.headline or "no headline"),
            date_words(when) if when.is_known else "day unknown",
            x,
            y,
            width,
            when.is_known,
            _cut(self._told_first(report.id), room),
            _cut(self._made(report.id, kind), room),
        )

    def _several(self, branches: Sequence[Branch], scale: TimeScale | None, origin: str) -> Node:
        """One row for plain copies, from the first of their days to the last."""
        days = [w for b in branches if b.report and (w := self.facts.published(b.report).interval).is_known]
        ends = [_ends(interval) for interval in days]
        when = PartialDate.span(min(ends)[0], max(end for _, end in ends)) if ends else PartialDate()
        x, width = _bar(when, scale)
        outlets = dict.fromkeys(outlet_words(self.facts, b.report) for b in branches if b.report)
        label = f"{len(branches)} more copies"
        return Node(
            None, "more", label, _cut(", ".join(outlets)), date_words(when), x, self.y + _ROW / 2,
            width, when.is_known, made="the same words", family=origin,
        )  # fmt: skip

    def _told_first(self, report: str) -> str:
        """``killed 19, injured 31``, with an incident's short name before its values if there are several."""
        found: dict[str, list[str]] = {}
        for one in self.brought.get(report, ()):
            if one.field in SAID:
                found.setdefault(self.names.get(one.incident, ""), []).append(
                    f"{SAID[one.field]} {one.value}"
                )
        return " · ".join(
            f"{name}: {', '.join(told)}" if name else ", ".join(told) for name, told in found.items()
        )

    def _made(self, report: str, kind: str) -> str:
        own = own_sentences(self.facts, report) if kind in ("rewrite", "version", "excerpt") else None
        if own is None or not own[0]:
            return KIND_WORDS[kind]
        return f"{KIND_WORDS[kind]}, {own[0]} of {number_words(own[1], 'sentence')} new"


def _edge(parent: Node, child: Node, branch: Branch, depth: int) -> Edge:
    kind = "version" if branch.is_version else branch.kind
    words = f"{child.outlet}: {kind} of {parent.outlet}; {branch.why}"
    return Edge(kind, _path(parent, child, depth), words, parent.report, child.report)


def _further_edge(parent: Node, child: Node, made: Derivation) -> Edge:
    kind = "version" if made.is_version else made.kind
    words = f"{child.outlet}: also {kind} of {parent.outlet}; {made.why or made.score.detail}"
    return Edge(kind, _curve(parent, child), words, parent.report, child.report, is_also=True)


def _kind(branch: Branch, *, is_spun: bool) -> str:
    if is_spun:
        return "spun"
    if branch.is_version:
        return "version"
    return "copy" if branch.kind in _PLAIN else branch.kind or "own"


def _bar(when: PartialDate, scale: TimeScale | None) -> tuple[float, float]:
    """Where a day or a run of days begins, and how long it is; a day has no length."""
    if scale is None or not when.is_known:
        return _NO_DAY_X, 0.0
    x, width = extent(when, scale)
    return x, width if when.n_days > 1 else 0.0


def _path(parent: Node, child: Node, depth: int) -> str:
    """From a text down its trunk, a little left of it, and along the row of what was made of it."""
    trunk = parent.x - max(_MIN_TRUNK, _TRUNK - _TRUNK_STEP * (depth - 1))
    turn = _CORNER if child.x - 6 >= trunk + _CORNER else -_CORNER
    return (
        f"M{parent.x:.1f} {parent.y:.1f}H{trunk + _CORNER:.1f}q{-_CORNER:g} 0 {-_CORNER:g} {_CORNER:g}"
        f"V{child.y - _CORNER:.1f}q0 {_CORNER:g} {turn:g} {_CORNER:g}H{child.x:.1f}"
    )


def _curve(parent: Node, child: Node) -> str:
    """A line between two rows that needs no trunk."""
    middle = (parent.y + child.y) / 2
    out = _BEND
    return (
        f"M{parent.x:.1f} {parent.y:.1f}C{parent.x + out:.1f} {middle:.1f} "
        f"{child.x + out:.1f} {middle:.1f} {child.x:.1f} {child.y:.1f}"
    )


def _cut(label: str, most: int = _MAX_LABEL) -> str:
    return label if len(label) <= most else label[: max(1, most - 1)].rstrip() + "…"
