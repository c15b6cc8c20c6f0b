"""Marks of a map: dots where a place is known to the town, rings where it is known less exactly."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from math import ceil, floor, sqrt

from attested.ledger.shown import Point
from attested.ledger.shown_query import WIDE
from attested.views.words import EXACTNESS, number_words
from attested.web.charts.extent import Box, Projection, box_words
from attested.web.render import address, with_query

_DOT, _NUMBERED, _LARGEST = 4.0, 7.5, 17.0  # radii in picture units: of one, with a number, and of the most
# UCDP GED where_prec -> radius of the ring: the less exact, the wider.
_RINGS = {3: 8.0, 4: 10.5, 5: 13.5, 6: 17.0, 7: 17.0}
_CELL = 27.0  # picture units: dots nearer than this are one
_APART = 0.67  # of both radii: dots nearer than this are one, too
_MOST_MARKS = 420  # beyond it cells grow until there are fewer
_DIGIT, _PAD = 5.9, 5.0  # picture units of a number in a dot
_LETTER, _LINE = 5.7, 12.0  # picture units of a place's name
_EDGE = 1e5  # boxes are told to so many parts of a degree


@dataclass(frozen=True, slots=True)
class Label:
    """A name beside a mark; ``anchor`` is start, middle or end."""

    x: float
    y: float
    anchor: str
    text: str


@dataclass(frozen=True, slots=True)
class Mark:
    """Incidents of one place, or of places too near one another to be seen apart."""

    x: float
    y: float
    r: float
    n: int
    precision: int
    places: str
    href: str
    label: Label | None = None

    @property
    def is_ring(self) -> bool:
        """Whether the place is an area."""
        return self.precision >= WIDE

    @property
    def number(self) -> str:
        """What stands in the mark; nothing for one."""
        return short(self.n) if self.n > 1 else ""

    @property
    def exactness(self) -> str:
        """How exactly the place is known, in words."""
        return EXACTNESS.get(self.precision, "town or nearer") if self.is_ring else "town or nearer"

    @property
    def title(self) -> str:
        """The mark in words."""
        how = f" (known to the {self.exactness})" if self.is_ring and self.precision < 6 else ""
        how = f" ({self.exactness})" if self.precision >= 6 else how
        return f"{self.places}: {number_words(self.n, 'incident')}{how}"


def short(n: int) -> str:
    """A number in four characters at most: ``812``, ``1.2k``, ``35k``."""
    if n < 1_000:
        return str(n)
    if n < 10_000:
        return f"{n / 1_000:.1f}k".replace(".0k", "k")
    return f"{n // 1_000}k" if n < 1_000_000 else f"{n // 1_000_000}M"


def marks_of(points: Iterable[Point], projection: Projection, query: dict[str, str]) -> list[Mark]:
    """The marks of points that lie in the picture, the widest and largest first, so that the small lie on top."""
    places = [(point, *projection.place(point.lat, point.lon)) for point in points]
    seen = [p for p in places if 0 <= p[1] <= projection.width and 0 <= p[2] <= projection.height]
    cell = _CELL
    while len(groups := _groups(seen, cell)) > _MOST_MARKS:
        cell *= 1.3
    towns = [group for group in groups if group[0][0].precision < WIDE]
    most = max((_number(group) for group in towns), default=1)
    together = _joined(towns, most)
    rings = [group for group in groups if group[0][0].precision >= WIDE]
    marks = [_mark(group, most, query) for group in (*rings, *together)]
    return labelled(sorted(marks, key=lambda m: (not m.is_ring, -m.r, m.y, m.x)), projection)


_Placed = tuple[Point, float, float]


def _groups(places: Sequence[_Placed], cell: float) -> list[list[_Placed]]:
    """Places of one cell: towns together, wider places with those as wide; a wider place's cell is wider."""
    cells: defaultdict[tuple[int, int, int], list[_Placed]] = defaultdict(list)
    for place in places:
        point, x, y = place
        size = cell if point.precision < WIDE else cell * 1.4
        cells[point.precision if point.precision >= WIDE else 0, int(x // size), int(y // size)].append(place)
    return list(cells.values())


def _joined(groups: Sequence[list[_Placed]], most: int) -> list[list[_Placed]]:
    """Towns with those whose dots would hide one another, unless their common box held others, too."""
    found: list[list[_Placed]] = []
    for group in sorted(groups, key=lambda g: (-_number(g), _middle(g))):
        home = next((i for i, other in enumerate(found) if _hides(group, other, most)), None)
        others = [g for g in (*groups, *found) if g is not group and (home is None or g is not found[home])]
        if home is None or _holds_others([*found[home], *group], others):
            found.append(group)
        else:
            found[home] = [*found[home], *group]
    return found


def _hides(group: Sequence[_Placed], other: Sequence[_Placed], most: int) -> bool:
    """Whether two dots lie on one another by more than a third."""
    (ax, ay), (bx, by) = _middle(group), _middle(other)
    reach = _radius(_number(group), most) + _radius(_number(other), most)
    return (ax - bx) ** 2 + (ay - by) ** 2 < (reach * _APART) ** 2


def _holds_others(group: Sequence[_Placed], others: Iterable[Sequence[_Placed]]) -> bool:
    """Whether a place that is not of a group lies in its box, so that the box's list would be longer."""
    xs, ys, own = [x for _, x, _ in group], [y for _, _, y in group], {point for point, _, _ in group}
    left, right, top, bottom = min(xs), max(xs), min(ys), max(ys)
    return any(
        left <= x <= right and top <= y <= bottom and point not in own
        for other in others
        for point, x, y in other
    )


def _number(group: Sequence[_Placed]) -> int:
    return sum(point.n for point, _, _ in group)


def _middle(group: Sequence[_Placed]) -> tuple[float, float]:
    n = _number(group)
    return sum(p.n * x for p, x, _ in group) / n, sum(p.n * y for p, _, y in group) / n


def _mark(group: Sequence[_Placed], most: int, query: dict[str, str]) -> Mark:
    n, (x, y) = _number(group), _middle(group)
    precision = max(point.precision for point, _, _ in group)
    names = list(dict.fromkeys(point.place for point, _, _ in group))
    first = max(group, key=lambda row: row[0].n)[0].place or "several places"
    more = f" and {number_words(len(names) - 1, 'other place')}" if len(names) > 1 else ""
    radius = _RINGS.get(precision, _RINGS[6]) if precision >= WIDE else _radius(n, most)
    href = _href([point for point, _, _ in group], query)
    return Mark(round(x, 1), round(y, 1), round(radius, 1), n, precision, first + more, href)


def _radius(n: int, most: int) -> float:
    """Of a dot, whose area grows with n as far as its number leaves it."""
    if n == 1:
        return _DOT
    room = (len(short(n)) * _DIGIT + _PAD) / 2
    return max(_NUMBERED, room, _LARGEST * sqrt(n / max(most, 1)) if most > 8 else 0.0)


def _href(points: Sequence[Point], query: dict[str, str]) -> str:
    """The one incident's page, or the list of those within the points' own box, of places as exact."""
    if len(points) == 1 and points[0].id:
        return address("incident", points[0].id)
    wide = "yes" if points[0].precision >= WIDE else "no"
    return with_query("/", query, box=box_words(_box(points)), wide=wide, page="")


def _box(points: Sequence[Point]) -> Box:
    lats, lons = [p.lat for p in points], [p.lon for p in points]
    west, east = min(lons), max(lons)
    if east - west > 180:  # on both sides of the date line
        west, east = min(lon for lon in lons if lon > 0), max(lon for lon in lons if lon <= 0)
    return _floor(west), _floor(min(lats)), _ceil(east), _ceil(max(lats))


def _floor(degrees: float) -> float:
    return floor(round(degrees * _EDGE, 3)) / _EDGE


def _ceil(degrees: float) -> float:
    return ceil(round(degrees * _EDGE, 3)) / _EDGE


# --- names ------------------------------------------------------------------------------------------------------------

Area = tuple[float, float, float, float]
"""Left, top, right and bottom of what is taken on a picture."""


def is_free(area: Area, taken: Iterable[Area]) -> bool:
    """Whether nothing taken lies in an area."""
    left, top, right, bottom = area
    return all(
        right <= other[0] or other[2] <= left or bottom <= other[1] or other[3] <= top for other in taken
    )


def area_of(mark: Mark) -> Area:
    """What a mark takes."""
    return mark.x - mark.r, mark.y - mark.r, mark.x + mark.r, mark.y + mark.r


def area_of_label(label: Label) -> Area:
    """What a name takes."""
    width = len(label.text) * _LETTER
    left = label.x - {"start": 0.0, "middle": width / 2, "end": width}[label.anchor]
    return left, label.y - _LINE + 2, left + width, label.y + 3


def labelled(marks: Sequence[Mark], projection: Projection) -> list[Mark]:
    """Names of places beside their marks where they cover nothing, those with the most incidents first."""
    taken = [area_of(mark) for mark in marks if not mark.is_ring]
    found = dict[int, Label]()
    for i in sorted(range(len(marks)), key=lambda i: -marks[i].n):
        mark = marks[i]
        if mark.is_ring or " and " in mark.places:
            continue
        for label in _labels(mark):
            area = area_of_label(label)
            inside = (
                area[0] >= 2
                and area[2] <= projection.width - 2
                and area[1] >= 2
                and area[3] <= projection.height
            )
            if inside and is_free(area, taken):
                found[i] = label
                taken.append(area)
                break
    return [replace(mark, label=found.get(i)) for i, mark in enumerate(marks)]


def _labels(mark: Mark) -> list[Label]:
    name, gap = mark.places, mark.r + 3
    return [
        Label(round(mark.x + gap, 1), round(mark.y + 4, 1), "start", name),
        Label(round(mark.x - gap, 1), round(mark.y + 4, 1), "end", name),
        Label(mark.x, round(mark.y - gap, 1), "middle", name),
        Label(mark.x, round(mark.y + gap + 8, 1), "middle", name),
    ]
