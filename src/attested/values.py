"""Typed values with their precision: dates, counts, places, actors, scores."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, Self

DatePrecision = Literal["day", "week", "month", "year", "range", "unknown"]


@dataclass(frozen=True, slots=True)
class PartialDate:
    """An interval of days, both ends included, and how exactly it was said.

    Nothing becomes "the 15th" because a parser needed a day: "in March 2020" is 2020-03-01..2020-03-31 with
    precision ``month``. An unknown date has neither end.
    """

    start: date | None = None
    end: date | None = None
    precision: DatePrecision = "unknown"
    text: str = ""

    def __post_init__(self) -> None:
        if (self.start is None) != (self.end is None):
            raise ValueError("a PartialDate has both ends or none")
        if self.start is not None and self.end is not None and self.start > self.end:
            raise ValueError(f"a PartialDate runs forward: {self.start} > {self.end}")

    @classmethod
    def day(cls, day: date, text: str = "") -> Self:
        """One calendar day."""
        return cls(day, day, "day", text)

    @classmethod
    def month(cls, year: int, month: int, text: str = "") -> Self:
        """One calendar month."""
        return cls(date(year, month, 1), date(year, month, monthrange(year, month)[1]), "month", text)

    @classmethod
    def year(cls, year: int, text: str = "") -> Self:
        """One calendar year."""
        return cls(date(year, 1, 1), date(year, 12, 31), "year", text)

    @classmethod
    def span(cls, start: date, end: date, text: str = "") -> Self:
        """Any run of days; a run of one day is that day."""
        return cls(start, end, "day" if start == end else "range", text)

    @property
    def is_known(self) -> bool:
        """Whether there is an interval at all."""
        return self.start is not None

    @property
    def n_days(self) -> int:
        """How many days the interval holds; 0 when unknown."""
        return 0 if self.start is None or self.end is None else (self.end - self.start).days + 1

    def iso(self) -> str:
        """The day, or first and last day with a stroke between them; "unknown" without either."""
        if self.start is None or self.end is None:
            return "unknown"
        return f"{self.start}" if self.start == self.end else f"{self.start}/{self.end}"

    def meets(self, other: PartialDate, slack_days: int = 0) -> bool:
        """Whether the two intervals share a day, give or take ``slack_days``. False if either is unknown."""
        if self.start is None or self.end is None or other.start is None or other.end is None:
            return False
        slack = timedelta(days=slack_days)
        return self.start <= other.end + slack and other.start <= self.end + slack

    def narrowed(self, other: PartialDate) -> PartialDate:
        """The days common to both, or ``self`` when they share none."""
        if not self.meets(other) or self.start is None or self.end is None:
            return other if not self.is_known else self
        assert other.start is not None
        assert other.end is not None
        start, end = max(self.start, other.start), min(self.end, other.end)
        finer = self if self.n_days <= other.n_days else other
        if (start, end) == (finer.start, finer.end):
            return finer
        return PartialDate.span(start, end, finer.text)


Qualifier = Literal["exactly", "about", "at least", "at most", "more than", "fewer than"]


@dataclass(frozen=True, slots=True)
class Count:
    """A number of people or things: ``low <= best <= high``, and the rule that chose ``best``."""

    low: int
    best: int
    high: int
    approximate: bool = False
    why: str = ""

    def __post_init__(self) -> None:
        if not 0 <= self.low <= self.best <= self.high:
            raise ValueError(f"a Count needs 0 <= low <= best <= high: {self.low}, {self.best}, {self.high}")


@dataclass(frozen=True, slots=True)
class Place:
    """A place and how exactly it is known (UCDP GED ``where_prec``, 1 exact .. 6 country, 7 sea or air).

    ``lat``/``lon`` are WGS84 degrees; ``country`` is ISO 3166-1 alpha-2;
    ``relation`` keeps "near", "north of".
    """

    name: str
    country: str | None = None
    lat: float | None = None
    lon: float | None = None
    admin1: str | None = None
    precision: int = 6
    geonames_id: int | None = None
    kind: str = "city"
    relation: str = ""


@dataclass(frozen=True, slots=True)
class Actor:
    """A person or body under one name with every other name the reports use for it."""

    id: str
    name: str
    kind: str
    aliases: tuple[str, ...] = ()
    country: str | None = None


@dataclass(frozen=True, slots=True)
class Score:
    """A number between 0 and 1 and the words that explain it to a reader."""

    value: float
    detail: str = ""
