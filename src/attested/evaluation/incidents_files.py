"""The files of our own gold of incidents: ids, offsets and values; ``texts.txt`` names the folder of the reports."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Literal, TypeVar

from attested.errors import InputError
from attested.values import Count, PartialDate

_Row = TypeVar("_Row")
_Made = TypeVar("_Made")
INCIDENTS, NOT_CODED, SCOPE = "incidents.json", "not_coded.tsv", "reports.txt"
EITHER = "either"
"""In ``not_coded.tsv``: what a coder may code or leave out; nothing is counted there."""
_COLUMNS = 4


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words of one report by their offsets. ``of`` is the incident they tell, or why they must not be coded."""

    report: str
    start: int
    end: int
    of: str
    tells_incident: bool

    @property
    def must_not(self) -> bool:
        """Whether a coder must leave it out."""
        return not self.tells_incident and self.of != EITHER


@dataclass(frozen=True, slots=True)
class Told:
    """The whole tolls that one report states of an incident; none where it gives no figure."""

    killed: tuple[int, ...] = ()
    injured: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A field on which reports differ: in ``conflict``, or because a later one knew more (``update``)."""

    field: str
    kind: Literal["conflict", "update"]


@dataclass(frozen=True, slots=True)
class GoldIncident:
    """One incident as a coder wrote it down; ``types`` and ``countries`` hold each that would be right.

    A day is right if it holds ``day`` and lies within ``within``; both are unknown where the words give no day.
    """

    id: str
    types: frozenset[str]
    day: PartialDate
    within: PartialDate
    countries: frozenset[str]
    killed: Count | None
    injured: Count | None
    is_background: bool
    told: Mapping[str, Told]
    disagreements: tuple[Disagreement, ...] = ()


@dataclass(frozen=True, slots=True)
class Gold:
    """The incidents, the stretches of each report by its id, and the reports in which every incident was coded."""

    incidents: tuple[GoldIncident, ...]
    stretches: Mapping[str, Sequence[Stretch]] = field(default_factory=dict)
    scope: frozenset[str] = frozenset()

    @property
    def must_not(self) -> list[Stretch]:
        """All that must not be coded, in order of report and place."""
        return [one for key in sorted(self.stretches) for one in self.stretches[key] if one.must_not]

    def stretch_at(self, report: str, offset: int) -> Stretch | None:
        """The shortest stretch of a report that holds an offset; the first of equals; None if there is none."""
        around = [one for one in self.stretches.get(report, ()) if one.start <= offset < one.end]
        return min(around, key=lambda one: (one.end - one.start, one.start), default=None)


def read_gold(folder: Path) -> Gold:
    """The gold in a folder. Raises InputError if a file is missing or a row is not as gate/incidents says."""
    rows = json.loads(_text(folder / INCIDENTS))
    found = [_made(_incident, row, folder / INCIDENTS, n) for n, row in enumerate(rows, 1)]
    lines = [line for line in _text(folder / NOT_CODED).splitlines() if line and not line.startswith("#")]
    told = [one for row in rows for one in _told_in(row)]
    left_out = [_made(_left_out, line, folder / NOT_CODED, n) for n, line in enumerate(lines, 1)]
    return Gold(tuple(found), by_report([*told, *left_out]), frozenset(_text(folder / SCOPE).split()))


def by_report(stretches: Iterable[Stretch]) -> dict[str, list[Stretch]]:
    """The stretches of each report in the order of its text."""
    found: dict[str, list[Stretch]] = defaultdict(list)
    for one in sorted(stretches, key=lambda s: (s.report, s.start, s.end, s.of)):
        found[one.report].append(one)
    return dict(found)


def days(said: str | None) -> PartialDate:
    """ "2016-07-14" or "2016-07-01/2016-07-31" as an interval; unknown for null. Raises ValueError for other words."""
    if said is None:
        return PartialDate()
    start, _, end = said.partition("/")
    return PartialDate.span(date.fromisoformat(start), date.fromisoformat(end or start))


def _text(path: Path) -> str:
    if not path.is_file():
        raise InputError(
            f"{path.parent}: no file {path.name} here; gate/incidents/README.md says what is in it"
        )
    return path.read_text(encoding="utf-8")


def _made(make: Callable[[_Row], _Made], row: _Row, path: Path, n: int) -> _Made:
    try:
        return make(row)
    except (KeyError, TypeError, ValueError) as error:
        raise InputError(
            f"{path}, row {n}: {error!r}; gate/incidents/README.md says how it must be"
        ) from error


def _incident(row: dict[str, Any]) -> GoldIncident:
    return GoldIncident(
        id=row["id"],
        types=frozenset(row["type"]),
        day=days(row["day"]),
        within=days(row["within"]),
        countries=frozenset(row["country"]),
        killed=_count(row["killed"]),
        injured=_count(row["injured"]),
        is_background=row["is_background"],
        told={
            key: Told(tuple(one["killed"]), tuple(one["injured"]))
            for key, one in sorted(row["reports"].items())
        },
        disagreements=tuple(Disagreement(one["field"], one["kind"]) for one in row["disagreements"]),
    )


def _count(row: dict[str, int] | None) -> Count | None:
    return None if row is None else Count(row["low"], row["best"], row["high"])


def _told_in(row: dict[str, Any]) -> Iterator[Stretch]:
    for report, one in row["reports"].items():
        yield from (Stretch(report, start, end, row["id"], True) for start, end in one["at"])


def _left_out(line: str) -> Stretch:
    cells = line.split("\t")
    if len(cells) != _COLUMNS:
        raise ValueError(f"{len(cells)} columns instead of {_COLUMNS}")
    return Stretch(cells[0], int(cells[1]), int(cells[2]), cells[3], False)
