"""Which pairs of mentions can be of one incident at all: the vetoes and a ceiling of ``compare.py``, over arrays.

A pile has a thousand times more pairs that share a day than pairs of one incident. Most are of two countries, two
sorts of thing or two days, or cannot have points enough wherever they were; they are set aside many at a time. The
rules are those of ``compare.py``, with its points: ``tests/incidents/test_screen.py`` holds the two against each other.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt

from attested.incidents.compare import VETO, compare_mentions, merge_at, most, weight
from attested.incidents.profile import Profile
from attested.incidents.signs import NEAR_MORE, NEAR_TIMES, SIMILAR, SOON, TARGET_WORDS, UNLIKE
from attested.lineage.joined import joined
from attested.model import Derivation
from attested.values import PartialDate

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]
_BITS = 64  # names in one word of a row of bits
_ROUNDING = 1e-3  # cosines of many pairs at once differ by less from those of one
_MULTIPLIED = 20_000  # pairs whose vectors are multiplied at once: 60 MB


class Screen:
    """What keeps mentions apart and what can speak for them; mentions are known by their places in ``profiles``."""

    def __init__(self, profiles: Sequence[Profile], derivations: Sequence[Derivation] = ()) -> None:
        self._days = _Days(profiles)
        self._report = _numbered(p.mention.report_id for p in profiles)
        self._family = _numbered(_families(profiles, derivations))
        self._story = np.where([bool(p.story) for p in profiles], _numbered(p.story for p in profiles), -1)
        self._type = _numbered(p.mention.type for p in profiles)
        self._type_points = _type_points(profiles, self._type)
        self._countries = _Names([p.countries for p in profiles])
        self._weapons = _Names([p.weapons for p in profiles])
        self._killed = np.array([-1 if p.killed is None else p.killed for p in profiles], np.int64)
        self._named, self._placed, self._targeted, self._blamed = (
            np.array([bool(getattr(p, name)) for p in profiles], bool)
            for name in ("named", "places", "targets", "perpetrators")
        )
        self._sited = np.array([bool(p.places or p.seat) for p in profiles], bool)
        days = (p.published for p in profiles)
        self._published = np.array(
            [d.start.toordinal() if d.n_days == 1 and d.start else 0 for d in days], np.int64
        )
        self._lead = np.array([p.is_lead for p in profiles], bool)
        self._vectors = _Vectors([p.vector for p in profiles])

    def apart(self, some: Ints, others: Ints) -> Bools:
        """For each pair of the two arrays, which numpy may broadcast, whether a veto keeps it apart."""
        of_two_types = self._type_points[self._type[some], self._type[others]] <= VETO
        in_two_countries = self._countries.differ(some, others)
        in_one_report = self._report[some] == self._report[others]
        apart: Bools = of_two_types | in_two_countries | self._days.apart(some, others, in_one_report)
        return apart

    def any_apart(self, some: Sequence[int], others: Sequence[int]) -> bool:
        """Whether a veto keeps one of these mentions from one of the others."""
        return bool(self.apart(np.array(some)[:, None], np.array(others)).any())

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
        points = self._type_points[self._type[some], self._type[others]] + self._days.points(some, others)
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
        in_one_family = ~in_one_report & (self._family[some] == self._family[others])
        points += np.where(in_one_family, most("copied"), 0.0)
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

    def __init__(self, profiles: Sequence[Profile]) -> None:
        dates = [p.date for p in profiles]
        self._known = np.array([d.is_known for d in dates], bool)
        self._start = np.array([d.start.toordinal() if d.start else 0 for d in dates], np.int64)
        self._end = np.array([d.end.toordinal() if d.end else 0 for d in dates], np.int64)
        self._is_day = np.array([d.precision == "day" for d in dates], bool)
        self._dated = np.array([p.dated for p in profiles], bool)
        self._words = [p.day_words for p in profiles]

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


class _Names:
    """Small sets of names as rows of bits."""

    def __init__(self, sets: Sequence[frozenset[str]]) -> None:
        place = {name: n for n, name in enumerate(sorted(frozenset[str]().union(*sets)))}
        self._rows = np.zeros((len(sets), len(place) // _BITS + 1), np.uint64)
        for row, names in enumerate(sets):
            for name in names:
                self._rows[row, place[name] // _BITS] |= np.uint64(1 << place[name] % _BITS)
        self._told: Bools = np.logical_or.reduce(self._rows, axis=1)

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

    def __init__(self, vectors: Sequence[Any]) -> None:
        known = next((v for v in vectors if v is not None), np.zeros(1, np.float16))
        self._has = np.array([v is not None for v in vectors], bool)
        self._rows = np.zeros((len(vectors), len(known)), known.dtype)
        for row, vector in enumerate(vectors):
            if vector is not None:
                self._rows[row] = vector

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


def _numbered(keys: Iterable[Hashable]) -> Ints:
    """Each key as a number, equal keys as equal numbers."""
    numbers: dict[Hashable, int] = {}
    return np.array([numbers.setdefault(key, len(numbers)) for key in keys], np.int64)


def _families(profiles: Sequence[Profile], derivations: Sequence[Derivation]) -> Iterable[str]:
    """Each mention's family of reports that share passages."""
    pairs = [(d.child, d.parent) for d in derivations if d.parent is not None]
    first = joined({p.mention.report_id for p in profiles}.union(*pairs), pairs)
    return (first[p.mention.report_id] for p in profiles)


def _type_points(profiles: Sequence[Profile], types: Ints) -> Floats:
    """What each two types add, or their veto: asked of ``compare.py``, with nothing else told."""
    _, first = np.unique(types, return_index=True)
    bare = [_bare(profiles[k], f"report {n}") for n, k in enumerate(first)]
    again = [replace(one, mention=replace(one.mention, report_id="another")) for one in bare]
    rows = [[sum(p.value for p in compare_mentions(x, y, aligned=False)) for y in again] for x in bare]
    return np.array(rows, float).reshape(len(bare), len(bare))


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
