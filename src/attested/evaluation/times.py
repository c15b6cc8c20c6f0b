"""Dates: TempEval-3 (TimeML). Expressions found, their values, and calendar days resolved to the right day."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from lxml import etree

from attested.errors import InputError
from attested.evaluation.registry import find_gold
from attested.evaluation.scorers import Figure, Figures, Share, Tally
from attested.expressions.times import find_times, find_times_in
from attested.model import TimeExpression
from attested.reading.encoder import Reader
from attested.resolve.dates import anchor_time
from attested.values import PartialDate

PATTERN = "*.tml"
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_QUARTER_DAYS = range(89, 93)
# TimeML values these by frequency or clock time; we keep their words only.
_UNVALUED = {"set", "clock"}


@dataclass(frozen=True, slots=True)
class GoldTime:
    """One TIMEX3: offsets into the text, type and value."""

    start: int
    end: int
    kind: str
    value: str

    @property
    def is_day(self) -> bool:
        """Whether it is a date that names one calendar day."""
        return self.kind == "DATE" and _DAY.fullmatch(self.value) is not None


@dataclass(frozen=True, slots=True)
class TimeText:
    """A text with the day it was written and the expressions marked in it."""

    name: str
    text: str
    written: date
    times: tuple[GoldTime, ...]


@dataclass(frozen=True, slots=True)
class _Score:
    """What one text adds to each figure."""

    spans: Tally
    values: Share
    days: Share


def evaluate(folder: Path) -> Figures:
    """Right calendar day, relaxed span F1 and value accuracy on every TimeML file below ``folder``.

    As in TempEval-3 (UzZaman et al. 2013): a span is found if one of ours overlaps it, each of ours once; values
    are of the spans found. Measured with the reader's parse; the last two figures are without it.
    Raises InputError if there is no such file.
    """
    texts = [read_timeml(path) for path in find_gold(folder, PATTERN, skip="")]
    reader = Reader()
    parsed = [_score(text, find_with_parse(text.text, reader)) for text in texts]
    plain = [_score(text, find_times_in(text.text, is_joined=False)) for text in texts]
    return Figures(
        "tempeval3",
        (
            Figure.share(
                "right_day", [s.days for s in parsed], "calendar days resolved exactly, missed ones wrong"
            ),
            Figure.f1("relaxed_f1", [s.spans for s in parsed]),
            Figure.share(
                "value_accuracy", [s.values for s in parsed], "of spans found, without sets and clock times"
            ),
            Figure.share("right_day_without_parse", [s.days for s in plain]),
            Figure.f1("relaxed_f1_without_parse", [s.spans for s in plain]),
        ),
        tuple(text.name for text in texts),
    )


def find_with_parse(text: str, reader: Reader) -> list[TimeExpression]:
    """Return the expressions of a text read with the encoder; the two ends of a stretch stay apart, as in TimeML."""
    reading = reader.read(text, _paragraphs(text))
    return [time for sentence in reading.sentences for time in find_times(sentence, is_joined=False)]


def _paragraphs(text: str) -> list[tuple[int, int]]:
    """TimeML texts wrap their lines: a block ends at a blank line."""
    return [match.span() for match in re.finditer(r"\S(?:.|\n(?!\s*\n))*", text)]


def read_timeml(path: Path) -> TimeText:
    """Return the text of a TimeML file. Raises InputError if it is none, or has no day of writing."""
    try:
        root = etree.fromstring(path.read_bytes(), etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError as error:
        raise InputError(f"{path}: not TimeML: {error}") from error
    body = root.find("TEXT")
    written = next((t for t in root.iter("TIMEX3") if t.get("functionInDocument") == "CREATION_TIME"), None)
    if body is None or written is None or not _DAY.match(written.get("value", "")):
        raise InputError(f"{path}: no TEXT, or no day in its CREATION_TIME")
    pieces: list[str] = []
    times: list[GoldTime] = []
    _collect(body, pieces, times)
    found = tuple(t for t in times if t.kind != "CREATION_TIME")
    return TimeText(path.name, "".join(pieces), date.fromisoformat(written.get("value")[:10]), found)


def _collect(element: etree._Element, pieces: list[str], times: list[GoldTime]) -> None:
    """The words below an element in order, with the offsets of each TIMEX3 on the way."""
    start = sum(map(len, pieces))
    pieces.append(element.text or "")
    for child in element:
        _collect(child, pieces, times)
        pieces.append(child.tail or "")
    if element.tag == "TIMEX3":
        kind = element.get("functionInDocument")
        is_stamp = kind == "CREATION_TIME"
        end = sum(map(len, pieces))
        times.append(
            GoldTime(start, end, "CREATION_TIME" if is_stamp else element.get("type"), element.get("value"))
        )


def _score(text: TimeText, found: Sequence[TimeExpression]) -> _Score:
    """One text's tallies; each of our expressions may answer one of the gold's."""
    free = sorted(found, key=lambda time: time.span)
    written = PartialDate.day(text.written)
    n_hits, values, days = 0, Share(), Share()
    for gold in sorted(text.times, key=lambda time: time.start):
        hit = next((t for t in free if t.span.start < gold.end and gold.start < t.span.end), None)
        value = ""
        if hit is not None:
            free.remove(hit)
            n_hits += 1
            value = timeml_value(hit, written)
            if hit.form not in _UNVALUED:
                values += Share(int(value == gold.value), 1)
        if gold.is_day:
            days += Share(int(value == gold.value), 1)
    return _Score(Tally(n_hits, len(found) - n_hits, len(text.times) - n_hits), values, days)


def timeml_value(expression: TimeExpression, written: PartialDate) -> str:
    """Return the TIMEX3 value of an expression in a text of that day: 1998-01-14, 1998-W03, 1998-Q1, 1998-01, P2W.

    TimeML values leave out "early" and "late". What has no TimeML value is "".
    """
    data = expression.data
    if expression.form == "vague":
        return {-1: "PAST_REF", 0: "PRESENT_REF", 1: "FUTURE_REF"}[data["direction"]]
    if expression.form in {"run", "duration"}:
        amount = data["low"] if data.get("low") and data["low"] == data.get("high") else "X"
        return f"P{amount}{_LETTERS[data['unit']]}" if data["unit"] in _LETTERS else ""
    whole = replace(expression, data={name: number for name, number in data.items() if name != "part"})
    days = anchor_time(whole, written).date
    return _value_of_days(expression.form, data, days)


def _value_of_days(form: str, data: dict[str, int], days: PartialDate) -> str:
    """The value of resolved days, as exactly as the words named them."""
    if days.start is None or days.end is None:
        return ""
    if days.precision == "week":
        return "{}-W{:02}".format(*days.start.isocalendar()[:2])
    if form == "decade":
        return f"{days.start.year}"[:3]
    if form == "season":
        return f"{days.start.year}-{_SEASONS[days.start.month]}"
    if form == "ago" and data["unit"] >= _YEAR_UNIT:
        return f"{(days.start + (days.end - days.start) / 2).year}"
    if days.precision in _LENGTHS:
        return days.start.isoformat()[: _LENGTHS[days.precision]]
    if days.n_days in _QUARTER_DAYS and days.start.day == 1:
        return f"{days.start.year}-Q{(days.start.month + 2) // 3}"
    return ""


_LENGTHS = {"day": 10, "month": 7, "year": 4}  # characters of an ISO date
_SEASONS = {3: "SP", 6: "SU", 9: "FA", 12: "WI"}
_YEAR_UNIT = 12  # as in date_words.toml
_LETTERS = {4: "D", 5: "W", 8: "M", 9: "Q", 12: "Y", 13: "E", 14: "C"}
