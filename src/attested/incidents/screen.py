"""Which pairs of mentions can be of one incident at all: the vetoes and a ceiling of ``compare.py``, over arrays.

A pile has a thousand times more pairs that share a day than pairs of one incident. Most are of two countries, two
sorts of thing or two days, or cannot have points enough wherever they were; they are set aside many at a time. The
rules are those of ``compare.py``, with its points: ``tests/incidents/test_screen.py`` holds the two against each other.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable
from dataclasses import replace
from functools import reduce
from operator import or_
from typing import Any
from zlib import crc32

import numpy as np
import numpy.typing as npt

from attested.incidents.alignment import Aligned
from attested.incidents.compare import VETO, compare_mentions, merge_at, most, weight
from attested.incidents.profile import Profile
from attested.incidents.signs import NEAR_MORE, NEAR_TIMES, SIMILAR, SOON, TARGET_WORDS, UNLIKE
from attested.values import PartialDate

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]
_BITS = 64  # names in one word of a row of bits
_ROUNDING = 1e-3  # cosines of many pairs at once differ by less from those of one
_MULTIPLIED = 20_000  # pairs whose vectors are multiplied at once: 60 MB


class Screen:
    """What keeps mentions apart and what can speak for them; mentions are known by the places given to them."""

    def __init__(self) -> None:
        self._days = _Days()
        self._report, self._story, self._type = _Numbers(), _Numbers(), _Numbers()
        self._type_points = _TypePoints()
        self._countries, self._weapons = _Names(), _Names()
        self._copies = Column(np.uint64)
        self._killed, self._published = Column(np.int64), Column(np.int64)
        self._named, self._placed, self._targeted, self._blamed = (Column(np.bool_) for _ in range(4))
        self._lead, self._sited = Column(np.bool_), Column(np.bool_)
        self._vectors = _Vectors()

    def put(self, place: int, profile: Profile, copies: Iterable[Aligned] = ()) -> None:
        """Give a mention a place; ``copies`` are the passages that hold it."""
        report = profile.mention.report_id
        self._days.put(place, profile)
        self._report.put(place, report)
        self._story.put(place, profile.story or None)
        self._type.put(place, profile.mention.type)
        self._type_points.add(profile)
        self._countries.put(place, profile.countries)
        self._weapons.put(place, profile.weapons)
        self._copies.put(place, reduce(or_, (_passage_bit(report, copy) for copy in copies), 0))
        self._killed.put(place, -1 if profile.killed is None else profile.killed)
        self._named.put(place, bool(profile.named))
        self._placed.put(place, bool(profile.places))
        self._targeted.put(place, bool(profile.targets))
        self._blamed.put(place, bool(profile.perpetrators))
        self._lead.put(place, profile.is_lead)
        self._sited.put(place, bool(profile.places or profile.seat))
        out = profile.published
        self._published.put(place, out.start.toordinal() if out.n_days == 1 and out.start else 0)
        self._vectors.put(place, profile.vector)

    def apart(self, some: Ints, others: Ints) -> Bools:
        """For each pair of the two arrays, which numpy may broadcast, whether a veto keeps it apart."""
        of_two_types = self._type_points.points[self._type[some], self._type[others]] <= VETO
        in_two_countries = self._countries.differ(some, others)
        in_one_report = self._report[some] == self._report[others]
        apart: Bools = of_two_types | in_two_countries | self._days.apart(some, others, in_one_report)
        return apart

    def hopeful(self, some: Ints, others: Ints) -> Bools:
        """For each pair whether no veto keeps it apart and its points can be enough for a merge."""
        found = np.zeros(len(some), bool)
        left = np.flatnonzero(~self.apart(some, others))
        ceiling = self._without_words(some[left], others[left]) + most("alike in words")
        left = left[ceiling >= merge_at() - _ROUNDING]
        found[left] = self.ceiling(some[left], others[left]) >= merge_at() - _ROUNDING
        return found

    def ceiling(self, some: Ints, others: Ints) -> Floats:
        """The most points that each pair can have, vetoes apart."""
        found: Floats = self._without_words(some, others) + self._vectors.points(some, others)
        return found

    def _without_words(self, some: Ints, others: Ints) -> Floats:
        """The most that all features but the likeness of words can add up to."""
        in_one_report = self._report[some] == self._report[others]
        points = self._type_points.points[self._type[some], self._type[others]] + self._days.points(
            some, others
        )
        points += np.where(self._weapons.share(some, others), weight("same weapon"), 0.0)
        points += np.where(self._weapons.differ(some, others), weight("other weapon"), 0.0)
        points += self._killed_points(some, others)
        for flags, highest in (
            (self._placed, most("same place", "near place", "perhaps the same place")),
            (self._named, most("same name")),
            (self._targeted, max(most("same sort of people"), TARGET_WORDS * weight("a word of the target"))),
            (self._blamed, most("same perpetrator")),
        ):
            points += np.where(flags[some] & flags[others], highest, 0.0)
        in_one_passage = ~in_one_report & ((self._copies[some] & self._copies[others]) != 0)
        points += np.where(in_one_passage, most("copied"), 0.0)
        both_dated = self._days.both_dated(some, others)
        of_report = np.where(both_dated, weight("one report"), weight("one report, undated"))
        points += np.where(in_one_report, of_report, self._of_two_reports(some, others))
        found: Floats = points
        return found

    def _of_two_reports(self, some: Ints, others: Ints) -> Floats:
        """What two reports' stories and days add, and the most that the towns they are about do."""
        stories = self._story[some], self._story[others]
        of_story = np.where(self._lead[some] & self._lead[others], weight("both lead"), weight("one story"))
        points = np.where(stories[0] == stories[1], of_story, weight("two stories"))
        points[(stories[0] < 0) | (stories[1] < 0)] = 0.0
        together = np.abs(self._published[some] - self._published[others]) <= SOON
        points += np.where(together & (self._published[some] > 0), weight("published together"), 0.0)
        about = self._sited[some] & self._sited[others] & ~(self._placed[some] & self._placed[others])
        points += np.where(about, most("reports about one town"), 0.0)
        found: Floats = points
        return found

    def _killed_points(self, some: Ints, others: Ints) -> Floats:
        low = np.minimum(self._killed[some], self._killed[others])
        high = np.maximum(self._killed[some], self._killed[others])
        grown = np.where(high <= NEAR_TIMES * low + NEAR_MORE, weight("near toll"), weight("other toll"))
        other = np.where(low == 0, weight("dead in one only"), grown)
        points = np.where(low == high, np.where(low > 0, weight("same toll"), weight("nobody killed")), other)
        points[(low < 0) | self._named[some] | self._named[others]] = 0.0
        found: Floats = points
        return found


class _Days:
    """The mentions' intervals as numbers of days."""

    def __init__(self) -> None:
        self._known, self._is_day, self._dated = (Column(np.bool_) for _ in range(3))
        self._start, self._end = Column(np.int64), Column(np.int64)
        self._words: dict[int, frozenset[str]] = {}

    def put(self, place: int, profile: Profile) -> None:
        """Fill a place."""
        date = profile.date
        self._known.put(place, date.is_known)
        self._is_day.put(place, date.precision == "day")
        self._dated.put(place, profile.dated)
        self._start.put(place, date.start.toordinal() if date.start else 0)
        self._end.put(place, date.end.toordinal() if date.end else 0)
        self._words[place] = profile.day_words

    def both_dated(self, some: Ints, others: Ints) -> Bools:
        """Whether both are told with a day of their own."""
        found: Bools = self._dated[some] & self._dated[others]
        return found

    def apart(self, some: Ints, others: Ints, in_one_report: Bools) -> Bools:
        """Told days that do not meet, a day's slip between two reports forgiven; or, of one report, other words."""
        known: Bools = self._known[some] & self._known[others]
        slack = self._is_day[some] & self._is_day[others] & ~in_one_report
        apart: Bools = known & self.both_dated(some, others) & (self._gap(some, others) > slack)
        in_doubt = in_one_report & ~known
        if in_doubt.any():
            rows, columns = np.broadcast_arrays(some, others)
            for at in zip(*np.nonzero(in_doubt), strict=True):
                mine, theirs = self._words[rows[at]], self._words[columns[at]]
                apart[at] = bool(mine and theirs and not mine & theirs)
        return apart

    def points(self, some: Ints, others: Ints) -> Floats:
        """The most that the days can add, vetoes apart."""
        known = self._known[some] & self._known[others]
        dated = self.both_dated(some, others)
        of_days = dated & self._is_day[some] & self._is_day[others]
        agreeing = np.where(
            dated, max(weight("days agree"), weight("days overlap")), weight("days can agree")
        )
        meeting = np.where(of_days, weight("same day"), agreeing)
        apart = np.where(dated, weight("a day apart"), weight("one without a day, not as news"))
        points = np.where(self._gap(some, others) <= 0, meeting, apart)
        found: Floats = np.where(known, points, 0.0)
        return found

    def _gap(self, some: Ints, others: Ints) -> Ints:
        """Days from the end of one to the start of the other; 0 or less where they meet."""
        found: Ints = np.maximum(self._start[some] - self._end[others], self._start[others] - self._end[some])
        return found


class Column:
    """Rows of an array by place, that grows as places are filled."""

    def __init__(self, kind: type, width: int | None = None) -> None:
        self._rows: Any = np.zeros((64,) if width is None else (64, width), kind)

    def put(self, place: int, value: Any) -> None:
        """Fill a place."""
        if place >= len(self._rows):
            more = np.zeros((max(place + 1, 2 * len(self._rows)), *self._rows.shape[1:]), self._rows.dtype)
            more[: len(self._rows)] = self._rows
            self._rows = more
        self._rows[place] = value

    def __getitem__(self, places: Any) -> Any:
        """The rows of these places."""
        return self._rows[places]

    def widen(self, width: int) -> None:
        """Make rows at least so wide, with zeros."""
        if width > self._rows.shape[1]:
            more = np.zeros((len(self._rows), width), self._rows.dtype)
            more[:, : self._rows.shape[1]] = self._rows
            self._rows = more


class _Numbers(Column):
    """Equal keys as equal numbers; nothing is -1."""

    def __init__(self) -> None:
        super().__init__(np.int64)
        self._number: dict[Hashable, int] = {}

    def put(self, place: int, value: Hashable) -> None:
        """Fill a place."""
        super().put(place, -1 if value is None else self._number.setdefault(value, len(self._number)))


class _Names:
    """Small sets of names as rows of bits."""

    def __init__(self) -> None:
        self._bit: dict[str, int] = {}
        self._rows, self._told = Column(np.uint64, 1), Column(np.bool_)

    def put(self, place: int, names: Collection[str]) -> None:
        """Fill a place."""
        bits = [self._bit.setdefault(name, len(self._bit)) for name in names]
        self._rows.widen(len(self._bit) // _BITS + 1)
        self._rows.put(place, 0)
        for bit in bits:
            self._rows[place][bit // _BITS] |= np.uint64(1 << bit % _BITS)
        self._told.put(place, bool(bits))

    def share(self, some: Ints, others: Ints) -> Bools:
        """Whether two sets have a name in common."""
        found: Bools = np.logical_or.reduce(self._rows[some] & self._rows[others], axis=-1)
        return found

    def differ(self, some: Ints, others: Ints) -> Bools:
        """Whether neither set is empty and no name is in both."""
        found: Bools = self._told[some] & self._told[others] & ~self.share(some, others)
        return found


class _Vectors:
    """The vectors of the mentions' sentences, zero where a report kept none."""

    def __init__(self) -> None:
        self._has, self._rows = Column(np.bool_), Column(np.float16, 1)

    def put(self, place: int, vector: Any) -> None:
        """Fill a place."""
        self._has.put(place, vector is not None)
        self._rows.widen(1 if vector is None else len(vector))
        self._rows.put(place, 0 if vector is None else vector)

    def points(self, some: Ints, others: Ints) -> Floats:
        """The most that the likeness of words adds."""
        cosines = np.zeros(len(some))
        for at in range(0, len(some), _MULTIPLIED):
            pair = (self._rows[side[at : at + _MULTIPLIED]].astype(np.float32) for side in (some, others))
            cosines[at : at + _MULTIPLIED] = np.einsum("ij,ij->i", *pair)
        points = np.where(cosines >= SIMILAR - _ROUNDING, weight("alike in words"), 0.0)
        points[cosines < UNLIKE - _ROUNDING] = weight("unlike in words")
        points[~(self._has[some] & self._has[others])] = 0.0
        found: Floats = points
        return found


class _TypePoints:
    """What each two types add, or their veto: asked of ``compare.py``, with nothing else told."""

    def __init__(self) -> None:
        self._bare: dict[str, Profile] = {}
        self.points: Floats = np.zeros((0, 0))

    def add(self, profile: Profile) -> None:
        """Ask for the type of this mention, if nobody did; types are numbered in the order in which they come."""
        if profile.mention.type not in self._bare:
            self._bare[profile.mention.type] = _bare(profile, "one report")
            again = _bare(profile, "another")
            row = [_points_of(bare, again) for bare in self._bare.values()]
            self.points = np.pad(self.points, (0, 1))
            self.points[-1, :] = self.points[:, -1] = row


def _points_of(a: Profile, b: Profile) -> float:
    return sum(point.value for point in compare_mentions(a, b, aligned=False))


def _passage_bit(report: str, copy: Aligned) -> int:
    """A bit of 64 that a mention shares with every mention that lies in the same passage elsewhere."""
    ends = sorted([(report, copy.start), (copy.other, copy.other_start)])
    return 1 << crc32(repr(ends).encode()) % _BITS


def _bare(profile: Profile, report_id: str) -> Profile:
    """The profile with nothing but its type."""
    nothing: frozenset[str] = frozenset()
    return Profile(
        mention=replace(profile.mention, report_id=report_id),
        date=PartialDate(),
        dated=False,
        day_words=nothing,
        places=(),
        countries=nothing,
        weapons=nothing,
        killed=None,
        injured=None,
        named=nothing,
        targets=nothing,
        perpetrators=nothing,
        story="",
        vector=None,
    )
