"""The files of gva: US news reports of shootings and the archive's record of the incident each was filed under."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from attested.errors import InputError
from attested.evaluation.registry import find_gold
from attested.text.normalise import fold
from attested.values import Place

_Made = TypeVar("_Made")
DOCS, INCIDENTS = "docs.*.jsonl", "incidents.*.jsonl"
_DAY_FORM = "%B %d, %Y"
# What a text that tells of a shooting says somewhere: the archive's subject in plain words. A page whose text never
# does is an error page, a plea to subscribe or another report.
_SUBJECT = re.compile(
    r"\b(?:shoot|shot|gun|bullet|fired\b|firing|open\w* fire\b|pistol|rifle|kill|slain|slay|dead\b|deadly|die[ds]?\b|"
    r"dying|death|fatal|wound|injur|homicide|murder)",
    re.IGNORECASE,
)
_SAINT, _FORT = re.compile(r"\bst\b\.?"), re.compile(r"\bft\b\.?")
_NO_CITY = frozenset({"admin1", "country"})


@dataclass(frozen=True, slots=True)
class GoldIncident:
    """The archive's record of one incident, in its final state. ``cities``: its names, as ``city_key`` has them."""

    id: str
    day: date
    state: str
    cities: frozenset[str]
    killed: int
    injured: int

    def is_in(self, place: Place | None) -> bool:
        """Whether a place is the incident's city (or county, where the record gives one), in its state if told."""
        if place is None or place.kind in _NO_CITY:
            return False
        return city_key(place.name) in self.cities and (not place.admin1 or fold(place.admin1) == self.state)


@dataclass(frozen=True, slots=True)
class GoldReport:
    """One report and the incident it was filed under; ``row`` is the line of JSON that the program is given."""

    id: str
    incident: GoldIncident
    row: dict[str, str]

    @property
    def is_junk(self) -> bool:
        """Whether the page's text holds no word of shooting, wounding or death; neither gold nor title is looked at."""
        return _SUBJECT.search(self.row["text"]) is None


def read_gold(folder: Path) -> tuple[list[GoldReport], list[str]]:
    """The reports below ``folder``, each once, and the names of the files read. The train files are left out.

    Raises InputError where there is no such file, a line is broken, or a report's incident has no record.
    """
    records, docs = find_gold(folder, INCIDENTS), find_gold(folder, DOCS)
    incidents = {found.id: found for path in records for found in _made(path, _incident)}
    reports: dict[str, GoldReport] = {}  # a few stand under two incidents: the first is taken
    for path in docs:
        for report in _made(path, partial(_report, incidents)):
            reports.setdefault(report.id, report)
    return list(reports.values()), [path.name for path in (*docs, *records)]


def _made(path: Path, make: Callable[[Any], _Made]) -> Iterator[_Made]:
    """What each line of a file holds. Raises InputError for a line that is broken or lacks a field."""
    # Not splitlines: a text may hold U+2028 and its like unescaped.
    for n, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
        if not line.strip():
            continue
        try:
            yield make(json.loads(line))
        except KeyError as error:
            raise InputError(f"{path}, line {n}: there is no {error}; fetch the set anew") from error
        except ValueError as error:
            raise InputError(f"{path}, line {n}: broken ({error}); fetch the set anew") from error


def _incident(row: dict[str, Any]) -> GoldIncident:
    return GoldIncident(
        id=row["incident_uri"],
        day=datetime.strptime(row["date"], _DAY_FORM).date(),
        state=fold(row["state"]),
        cities=frozenset(city_key(name) for name in _city_names(row)),
        killed=int(row["num_killed"]),
        injured=int(row["num_injured"]),
    )


def _city_names(row: dict[str, Any]) -> Iterator[str]:
    """The record's names: "Fort Worth (Benbrook)" is either, "Pike (county)" is Pike County; and the linked city's."""
    named = row["city_or_county"].replace(" (county)", " County")
    yield from (name.strip() for name in re.split(r"[()]", named) if name.strip())
    if linked := (row["locations"] or {}).get("city"):
        yield linked.rpartition("/")[2].replace("_", " ").partition(",")[0]


def city_key(name: str) -> str:
    """A city's or county's name as it is compared: "St. Louis" and "Saint Louis" are one."""
    plain = _FORT.sub("fort", _SAINT.sub("saint", fold(name))).removeprefix("city of ")
    return "new york" if plain == "new york city" else plain


def _report(incidents: Mapping[str, GoldIncident], row: dict[str, Any]) -> GoldReport:
    """One report. Raises KeyError if a field is missing or its incident has no record."""
    given = {"id": row["doc_id"], "text": row["content"], "title": row["title"], "published": row["dct"]}
    if (incident := incidents.get(row["incident_id"])) is None:
        raise KeyError(f"record of incident {row['incident_id']} in {INCIDENTS}")
    return GoldReport(row["doc_id"], incident, given)
