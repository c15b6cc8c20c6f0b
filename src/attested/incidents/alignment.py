"""Which places of two reports are copies of one another, from the passages of derivations."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from attested.model import Derivation


@dataclass(frozen=True, slots=True, order=True)
class Aligned:
    """A passage of one report, and where it stands in another."""

    start: int
    end: int
    other: str
    other_start: int
    other_end: int


class Alignment:
    """The passages that reports have in common, looked up by report."""

    def __init__(self, derivations: Iterable[Derivation]) -> None:
        self._rows: dict[str, dict[str, list[Aligned]]] = defaultdict(lambda: defaultdict(list))
        for d in derivations:
            for p in d.passages if d.parent else ():
                child, parent = (p.child_start, p.child_end), (p.parent_start, p.parent_end)
                self._rows[d.child][d.parent or ""].append(Aligned(*child, d.parent or "", *parent))
                self._rows[d.parent or ""][d.child].append(Aligned(*parent, d.child, *child))

    def at(self, report: str, offset: int) -> tuple[Aligned, ...]:
        """Every passage of a report that holds this offset, in a fixed order."""
        others = self._rows.get(report, {}).values()
        return tuple(sorted({row for rows in others for row in rows if row.start <= offset < row.end}))

    def covers(self, report_a: str, at_a: int, report_b: str, at_b: int) -> bool:
        """Whether offset ``at_a`` of one report and ``at_b`` of the other lie in one aligned passage."""
        rows = self._rows.get(report_a, {}).get(report_b, ())
        return any(row.start <= at_a < row.end and row.other_start <= at_b < row.other_end for row in rows)
