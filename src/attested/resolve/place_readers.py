"""Where a report's readers live: its telephone numbers and its station tell a state that its words may not."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from typing import TypeVar

from attested.errors import DataError
from attested.model import Report
from attested.resolve.gazetteer import Entry, Gazetteer
from attested.text.countries import cell_list, shipped_table
from attested.values import Place

_V = TypeVar("_V")
# Set against the other weights of a report's context: 0.6 for a town that it names. On gva train the state of a
# report's numbers is its incident's in 654 of 661 reports, that of its station in nine of ten.
_NUMBER_WEIGHT, _STATION_WEIGHT = 1.5, 0.6
_COUNTRY = "US"  # of all the tables' codes and stations
# "(302) 555-0100", "901-555-CASH"
_NUMBER = re.compile(
    r"(?<![\d.-])(?:\+?1[-. ])?\(?([2-9]\d\d)\)?[-. /]{1,2}[2-9]\d\d[-. ](?:\d{4}|\d\d[A-Z]{2}|[A-Z]{4})\b"
)
_CALL = re.compile(r"(\()?\b\d{0,2}([KW][A-Z]{2,3})(?:(-?TV\d?| ?\d{1,2}\b|\))|\b)")
# Call signs that are words, too.
_WORDS = frozenset("KING KARE KOTA WAND WAVE WAVY WEAR WEEK WHO WINK WIS WISC WISE WISH WOOD".split())


def homes(report: Report, gazetteer: Gazetteer) -> tuple[list[tuple[Entry, float]], Place | None]:
    """The states of a report's telephone numbers and the towns of its stations, each with its weight; and its home.

    Home is where its readers live: the town of its station or of most numbers, which agree on the state, or the state.
    """
    text = "\n".join(report.text[b.start : b.end] for b in (*report.body, *report.furniture))
    numbers = Counter(area_codes()[n[1]] for n in _NUMBER.finditer(text) if n[1] in area_codes())
    towns = dict.fromkeys(stations()[call] for call in _calls(f"{report.headline or ''}\n{text}"))
    found = [(state, state, _NUMBER_WEIGHT * n / numbers.total()) for (_, state), n in numbers.items()]
    found += [(town, state, _STATION_WEIGHT / len(towns)) for town, state in towns]
    rows = [(entry, weight) for name, state, weight in found for entry in _entry(name, state, gazetteer)]
    (called, state), _ = next(iter(numbers.most_common(1)), (("", ""), 0))
    local = next((town for town in towns if town[1] == state or not state), (called, state))
    entries = [*_entry(*local, gazetteer), *_entry(state, state, gazetteer)]
    return rows, entries[0].place if entries else None


def _entry(name: str, state: str, gazetteer: Gazetteer) -> Iterator[Entry]:
    """The state, or the town of this name in it."""
    kinds = ("admin1",) if name == state else ("city", "town")
    rows = (e for e in gazetteer.find(name) if e.place.kind in kinds and e.place.country == _COUNTRY)
    yield from [e for e in rows if e.place.admin1 == state][:1]


def _calls(text: str) -> Iterator[str]:
    for found in _CALL.finditer(text):
        if found[2] in stations() and (found[1] or found[3] or found[2] not in _WORDS):
            yield found[2]


@cache
def area_codes() -> Mapping[str, tuple[str, str]]:
    """Telephone area code -> its city ("" for none) and state. Raises DataError when the table is malformed."""
    rows = shipped_table("area_codes.tsv", ("state", "town", "codes"))
    pairs = ((code, (row["town"], row["state"])) for row in rows for code in cell_list(row["codes"]))
    return _once(pairs, "area_codes.tsv")


@cache
def stations() -> Mapping[str, tuple[str, str]]:
    """Call sign -> the town and state that the station serves. Raises DataError when the table is malformed."""
    rows = shipped_table("stations.tsv", ("town", "state", "calls"))
    pairs = ((call, (row["town"], row["state"])) for row in rows for call in cell_list(row["calls"]))
    return _once(pairs, "stations.tsv")


def _once(pairs: Iterator[tuple[str, _V]], table: str) -> dict[str, _V]:
    found: dict[str, _V] = {}
    for key, value in pairs:
        if key in found:
            raise DataError(f"{table}: {key} stands twice")
        found[key] = value
    return found
