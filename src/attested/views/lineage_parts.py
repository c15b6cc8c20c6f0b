"""What the picture of a lineage holds: nodes, edges and lanes with their places, and the signs of its key."""

from __future__ import annotations

from dataclasses import dataclass

from attested.views.timescale import Tick

# A report's shape by what it is, around 0, 0; those of "ring" are drawn hollow.
_CIRCLE = "M-6 0a6 6 0 1 1 12 0a6 6 0 1 1-12 0Z"
SHAPES = {
    "own": _CIRCLE,
    "copy": _CIRCLE,
    "excerpt": "M-5-5H5V5H-5Z",
    "rewrite": "M0-7.5 7.5 0 0 7.5-7.5 0Z",
    "version": f"{_CIRCLE}M-2.5 0a2.5 2.5 0 1 1 5 0a2.5 2.5 0 1 1-5 0Z",
    "spun": "M0-7.5 7 5.5H-7Z",
    "unseen": _CIRCLE,
    "more": "M-6 0a6 6 0 1 1 12 0a6 6 0 1 1-12 0Z",
}
"""Kind of node -> its outline."""
KIND_WORDS = {
    "own": "own text",
    "copy": "the same words",
    "excerpt": "excerpt",
    "rewrite": "rewrite",
    "version": "later version",
    "spun": "machine-spun",
    "unseen": "nobody saved it",
    "more": "more copies",
}


@dataclass(frozen=True, slots=True)
class Node:
    """A row: a report, a wire that nobody saved, or several plain copies at once (``report`` is None for both).

    ``brought`` are the values that it tells first, ``made`` how it was made; ``width`` is not 0 if its day is a range;
    ``family`` is the origin of several copies.
    """

    report: str | None
    kind: str
    outlet: str
    headline: str
    when: str
    x: float
    y: float
    width: float
    is_dated: bool
    brought: str = ""
    made: str = ""
    family: str = ""

    @property
    def shape(self) -> str:
        """The outline of its sign."""
        return SHAPES[self.kind]

    @property
    def text_x(self) -> float:
        """Where the words right of it begin."""
        return round(self.x + max(self.width, 8.0) + 7, 1)

    @property
    def words(self) -> str:
        """All of it in one line, for who listens."""
        told = f"{self.outlet}, {KIND_WORDS[self.kind]}, {self.when}: {self.headline}"
        return f"{told}. First to tell: {self.brought}" if self.brought else told


@dataclass(frozen=True, slots=True)
class Edge:
    """A line from a text to what was made of it; ``is_also`` beside a better parent."""

    kind: str
    path: str
    words: str
    parent: str | None
    child: str | None
    is_also: bool = False


@dataclass(frozen=True, slots=True)
class Lane:
    """The rows of one origin; ``label`` is empty for a report that shares its text with no other."""

    origin: str
    label: str
    y: float
    height: float


@dataclass(frozen=True, slots=True)
class LineagePicture:
    """Lanes with nodes along time. ``n_left_out`` reports have no row; at ``no_day_x`` are those without a day."""

    width: int
    height: int
    lanes: tuple[Lane, ...]
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    ticks: tuple[Tick, ...]
    breaks: tuple[float, ...]
    no_day_x: float
    n_left_out: int = 0

    @property
    def signs(self) -> tuple[tuple[str, str, str], ...]:
        """The key of its nodes: kind, shape, words."""
        kinds = {node.kind for node in self.nodes}
        return tuple((kind, shape, KIND_WORDS[kind]) for kind, shape in SHAPES.items() if kind in kinds)

    @property
    def lines(self) -> tuple[str, ...]:
        """The kinds of its edges, for the key."""
        return tuple(dict.fromkeys(edge.kind for edge in self.edges))

    @property
    def has_ranges(self) -> bool:
        """Whether a node's day is a range."""
        return any(node.width for node in self.nodes)

    @property
    def has_brought(self) -> bool:
        """Whether a node says what it brought."""
        return any(node.brought for node in self.nodes)

    @property
    def has_undated(self) -> bool:
        """Whether a node has no day."""
        return any(not node.is_dated for node in self.nodes)
