"""The map of a list: what a template draws, from the points of the index of shown rows.

``map_of(store.shown, query, asked)`` asks for the points itself; ``make_map`` takes them. The template draws it with
``{% from "parts_map.html.j2" import map_figure %}{{ map_figure(map) }}`` and ``/static/charts.css``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from attested.ledger.shown import Point, Query, ShownRows
from attested.web.charts.boundaries import NONE, Boundaries
from attested.web.charts.extent import POLE, Box, Extent, Projection, box_words, extent_of
from attested.web.charts.marks import Label, Mark, area_of, area_of_label, is_free, marks_of
from attested.web.charts.outlines import Outlines, country_box, outlines
from attested.web.filters import noun_of
from attested.web.render import with_query

_STEP, _ZOOM = 0.4, 0.5  # of the view, that a link moves or magnifies it by
# UCDP GED where_prec -> degrees each way that belong to a place known so exactly only.
_AROUND = {3: 0.3, 4: 1.0, 5: 2.0, 6: 4.0, 7: 4.0}
_NAME_HEIGHT = 13.0  # picture units
_WAYS = (0.0, 0.0, 250.0, 40.0)  # where the links that move the map lie on it
_MOST_LISTED = 100  # rows of the table under the map
_FRAME = 8.0  # picture units by which a box is smaller than the view before it is drawn


@dataclass(frozen=True, slots=True)
class Way:
    """A link that moves the map; ``sign`` is what it shows, ``words`` what it says."""

    sign: str
    words: str
    href: str


@dataclass(frozen=True, slots=True)
class MapPicture:
    """A map in picture units; paths are in tenths of them.

    ``names`` are the countries'; ``frame`` is the box asked for where it is smaller than the view. ``n_marked`` and
    ``n_unplaced`` are all rows of the list, which ``noun`` says the sort of. ``view`` is the box shown, ``search`` the
    address without a box.
    """

    width: float
    height: float
    outlines: Outlines
    boundaries: str
    names: tuple[Label, ...]
    marks: tuple[Mark, ...]
    frame: tuple[float, float, float, float] | None
    ways: tuple[Way, ...]
    n_marked: int
    n_unplaced: int
    unplaced: str
    noun: str
    view: str
    search: str

    @property
    def n_wide(self) -> int:
        """How many incidents are drawn as rings."""
        return sum(mark.n for mark in self.marks if mark.is_ring)

    @property
    def listed(self) -> list[Mark]:
        """The marks with the most incidents, for the table."""
        return sorted(self.marks, key=lambda mark: (-mark.n, mark.places))[:_MOST_LISTED]


def map_of(
    shown: ShownRows, query: Query, asked: dict[str, str], boundaries: Boundaries = NONE
) -> MapPicture:
    """The map of a query, which ``asked`` is the address of; ``boundaries`` are drawn over it."""
    points = shown.points(query)
    n_unplaced = shown.totals(query).n - sum(point.n for point in points)
    return make_map(points, n_unplaced, asked, query.box, boundaries)


def make_map(
    points: Sequence[Point],
    n_unplaced: int,
    query: dict[str, str],
    box: Box | None = None,
    boundaries: Boundaries = NONE,
) -> MapPicture:
    """The map of points (each place apart: ``ShownRows.points(query)``) with ``n_unplaced`` incidents beside it.

    ``query`` is the address's own, which links change; ``box`` is its box, if it has one.
    """
    extent = extent_of(_ends(points, query), box)
    projection = Projection(extent)
    base = outlines(extent)
    marks = marks_of(points, projection, query)
    return MapPicture(
        width=projection.width,
        height=projection.height,
        outlines=base,
        boundaries=boundaries.path(extent),
        names=tuple(_names(base, marks)),
        marks=tuple(marks),
        frame=_frame(box, projection) if box else None,
        ways=tuple(_ways(extent, query)),
        n_marked=sum(mark.n for mark in marks),
        n_unplaced=n_unplaced,
        unplaced=with_query("/", query, mapped="no", box="", page=""),
        noun=noun_of(query),
        view=box_words(extent.box),
        search=with_query("/", query, box="", page=""),
    )


def _ends(points: Sequence[Point], query: dict[str, str]) -> Iterator[tuple[float, float]]:
    """What a view without a box must show: all points, areas with what is around them, and a country asked for."""
    for point in points:
        around = _AROUND.get(point.precision, 0.0)
        yield max(-POLE, point.lat - around), point.lon - around
        yield min(POLE, point.lat + around), point.lon + around
    if (own := country_box(query.get("country", ""))) is not None:
        west, south, east, north = own
        yield from ((south, west), (north, east))


def _names(base: Outlines, marks: Sequence[Mark]) -> list[Label]:
    """Countries' names where they cover no mark, no mark's name and none another."""
    taken = [_WAYS, *(area_of(mark) for mark in marks)]
    taken += [area_of_label(mark.label) for mark in marks if mark.label]
    found = []
    for name in base.names:
        for x, y in name.spots:
            area = (x - name.width / 2, y - _NAME_HEIGHT, x + name.width / 2, y + 3)
            if is_free(area, taken):
                found.append(Label(x, y, "middle", name.text))
                taken.append(area)
                break
    return found


def _frame(box: Box, projection: Projection) -> tuple[float, float, float, float] | None:
    if projection.extent.is_world:
        return None
    west, south, east, north = box
    left, top = projection.place(north, west)
    right, bottom = projection.place(south, east)
    if left < _FRAME and top < _FRAME and projection.width - right < _FRAME:
        return None
    return round(left, 1), round(top, 1), round(right - left, 1), round(bottom - top, 1)


def _ways(extent: Extent, query: dict[str, str]) -> list[Way]:
    """Nearer, farther, the four directions and back to all."""

    def to(view: Extent) -> str:
        return with_query("/", query, box="" if view.is_world else box_words(view.box), page="")

    ways = [Way("+", "Zoom in", to(extent.zoomed(_ZOOM)))]
    if not extent.is_world:
        ways += [
            Way("−", "Zoom out", to(extent.zoomed(1 / _ZOOM))),
            Way("←", "West", to(extent.zoomed(1, right=-_STEP))),
            Way("→", "East", to(extent.zoomed(1, right=_STEP))),
            Way("↑", "North", to(extent.zoomed(1, up=_STEP))),
            Way("↓", "South", to(extent.zoomed(1, up=-_STEP))),
        ]
    if query.get("box"):
        ways.append(Way("all", "Whole map", with_query("/", query, box="", page="")))
    return ways
