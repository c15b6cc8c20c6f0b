"""Towns that a report tells of without the reader marking them as places: "a home in Roundup", in a state it names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from attested.model import Name, Outline, Report
from attested.resolve.gazetteer import Gazetteer

_INSIDE = re.compile(r"\b(?:in|near|outside) ((?:[A-Z][a-z’'-]{2,} )?[A-Z][a-z’'-]{2,})(?= ?[.,;)]| [a-z])")
_TOWNS = frozenset({"city", "town"})
_SAID = 1  # ``Entry.level`` of another name of a state, such as "Mont."


def with_untagged(report: Report, outline: Outline | None, gazetteer: Gazetteer) -> Outline | None:
    """The outline with the towns that stand behind "in" untagged, if they lie in a state that it tags by its name."""
    if outline is None:
        return None
    states = set(_states(outline, gazetteer))
    added = tuple(_untagged(report, outline, gazetteer, states)) if states else ()
    names = tuple(sorted((*outline.names, *added), key=lambda name: (name.start, name.end)))
    return replace(outline, names=names) if added else outline


def _states(outline: Outline, gazetteer: Gazetteer) -> Iterator[tuple[str | None, str | None]]:
    """(country, state) of the states that the report names."""
    for text in {name.text.strip(" ,") for name in outline.names if name.label == "LOC"}:
        first = next(iter(gazetteer.find(text)), None)
        if first is not None and first.place.kind == "admin1" and first.level <= _SAID:
            yield first.place.country, first.place.admin1


def _untagged(
    report: Report, outline: Outline, gazetteer: Gazetteer, states: set[tuple[str | None, str | None]]
) -> Iterator[Name]:
    """Names of towns in those states that stand behind "in" and are in no tagged name."""
    for block in report.body:
        for found in _INSIDE.finditer(report.text, block.start, block.end):
            start, end = found.span(1)
            if any(name.start < end and start < name.end for name in outline.names):
                continue
            towns = (e for e in gazetteer.find(found[1]) if e.level == 0 and e.place.kind in _TOWNS)
            if any((e.place.country, e.place.admin1) in states for e in towns):
                yield Name(start, end, found[1], "LOC")
