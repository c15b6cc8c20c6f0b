"""What may be the same incident: those that are told beside it, and what speaks for and against two being one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from attested.incidents.compare import Point, is_match, probability
from attested.incidents.corrections import LISTS
from attested.incidents.fused import COUNTS, FusedIncident
from attested.incidents.joins import Pair
from attested.ledger.shown import Shown
from attested.ledger.sqlite import SqliteStore
from attested.model import Mention
from attested.resolve.gazetteer import distance_km
from attested.text.normalise import fold
from attested.values import Count, PartialDate, Place
from attested.views.evidence import Piece, mark, outlet_words
from attested.views.facts import Facts
from attested.views.words import listed, shown_words

MOST = 12
"""Look-alikes that are shown; there may be more in a busy place."""
BESIDE_DAYS = 31
"""What is told in its story more days away is history there, and no look-alike: a month, which is what an incident told
without a day gets before its report."""
_VETO = -50.0  # points: no sign but a veto takes away so many (``compare.VETO``)

Agreement = Literal["the same", "may be the same", "differs", "told of one alone", ""]


@dataclass(frozen=True, slots=True)
class Told:
    """A mention in its sentence, with the words that tell the deed marked."""

    report: str
    outlet: str
    sentence: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Likeness:
    """Two mentions compared: the chance that they are of one, what speaks for it and against it, strongest first.

    ``vetoes`` keep them apart whatever else agrees. ``is_match``: by itself the pair is enough for a merge.
    """

    one: Told
    other: Told
    chance: float
    reasons: tuple[str, ...]
    against: tuple[str, ...]
    vetoes: tuple[str, ...]
    is_match: bool

    @property
    def verdict(self) -> str:
        """What merging makes of the pair, in words."""
        if self.vetoes:
            return "kept apart: a veto stands whatever else agrees"
        return "enough for a merge" if self.is_match else "not enough for a merge"


@dataclass(frozen=True, slots=True)
class LookAlike:
    """An incident that may be the same, and in words how far it is from it in time, place and sort.

    ``is_near`` in all three; ``is_beside``: told in the same reports or stories.
    """

    shown: Shown
    is_near: bool
    is_beside: bool
    apart: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Aligned:
    """A field of several incidents side by side, and whether its values agree."""

    field: str
    values: tuple[str, ...]
    agreement: Agreement
    note: str = ""


def look_alikes(store: SqliteStore, incident: FusedIncident, merged: Sequence[str] = ()) -> list[LookAlike]:
    """The incidents that its reports and their stories tell too, and those near it, the nearest in time first.

    Without those ``merged`` into it, which the index of shown rows may still have.
    """
    told = store.shown.of_ids(store.told_beside(incident.id))
    beside = {row.id: row for row in told if _gap(incident, row) <= BESIDE_DAYS}
    near = {row.id: row for row in store.shown.near(incident.id, limit=MOST)}
    found = [row for row in (beside | near).values() if row.id not in merged]
    ranked = sorted(found, key=lambda row: (row.id not in near, _gap(incident, row), row.id))
    return [LookAlike(row, row.id in near, row.id in beside, _apart(incident, row)) for row in ranked[:MOST]]


def _gap(incident: FusedIncident, row: Shown) -> int:
    """Days between the two; 0 where they overlap, and where a day is not known."""
    ends = incident.date.start, incident.date.end, row.date.start, row.date.end
    if None in ends:
        return 0
    start, end, other_start, other_end = (day.toordinal() for day in ends if day)
    return max(0, other_start - end, start - other_end)


def _apart(incident: FusedIncident, row: Shown) -> tuple[str, ...]:
    when = (
        _days(incident.date, row.date)[1] if incident.date.is_known and row.date.is_known else "a day unknown"
    )
    where = _places(incident.place, row.place)[1] if incident.place and row.place else "a place unknown"
    sort = "the same sort" if incident.type == row.type else "another sort"
    return tuple(words for words in (when, where, sort) if words)


def likenesses(
    facts: Facts, one: FusedIncident, other: FusedIncident, most: int | None = None
) -> list[Likeness]:
    """The mentions of two incidents in pairs, the likest first; of each incident no more than ``most`` mentions."""
    pairs = facts.told.joins.pairs(facts.told.mentions_of(one)[:most], facts.told.mentions_of(other)[:most])
    return [_likeness(facts, pair) for pair in pairs]


def _likeness(facts: Facts, pair: Pair) -> Likeness:
    ranked = sorted(pair.points, key=lambda point: -abs(point.value))
    return Likeness(
        _told(facts, pair.one),
        _told(facts, pair.other),
        round(probability(pair.points), 2),
        _why(point for point in ranked if point.value > 0),
        _why(point for point in ranked if 0 > point.value > _VETO),
        _why(point for point in ranked if point.value <= _VETO),
        is_match(pair.points),
    )


def _why(points: Iterable[Point]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(point.why for point in points))


def _told(facts: Facts, mention: Mention) -> Told:
    return Told(
        mention.report_id,
        outlet_words(facts, mention.report_id),
        mark(mention.sentence, [(mention.trigger, "deed")]),
    )


def aligned(incidents: Sequence[FusedIncident]) -> list[Aligned]:
    """The fields that any of the incidents has, side by side; whether they agree is said of two."""
    found = []
    for field in ("type", "date", "place", *COUNTS, *LISTS):
        values = tuple(shown_words(incident, field) for incident in incidents)
        if any(value != "unknown" for value in values):
            agreement, note = _agreement(incidents, field, values)
            found.append(Aligned(field, values, agreement, note))
    return found


def _agreement(
    incidents: Sequence[FusedIncident], field: str, values: Sequence[str]
) -> tuple[Agreement, str]:
    if "unknown" in values:
        return "told of one alone" if len(incidents) == 2 else "", ""
    if len({fold(value) for value in values}) == 1:
        return "the same", ""
    if len(incidents) != 2:
        return "differs", ""
    one, other = (getattr(incident, field) for incident in incidents)
    if isinstance(one, PartialDate) and isinstance(other, PartialDate):
        return _days(one, other)
    if isinstance(one, Place) and isinstance(other, Place):
        return _places(one, other)
    if isinstance(one, Count) and isinstance(other, Count):
        return ("may be the same" if one.low <= other.high and other.low <= one.high else "differs"), ""
    if field in LISTS:
        named = {fold(value.value) for value in other}
        shared = dict.fromkeys(value.value for value in one if fold(value.value) in named)
        return ("may be the same", f"both name {listed([*shared])}") if shared else ("differs", "")
    return "differs", ""


def _days(one: PartialDate, other: PartialDate) -> tuple[Agreement, str]:
    if one.meets(other):
        is_one = one.n_days == other.n_days == 1
        return "may be the same", "the same day" if is_one else "the days overlap"
    first, last = sorted((one, other), key=lambda when: str(when.start))
    assert last.start is not None
    assert first.end is not None
    gap = (last.start - first.end).days
    return "differs", "a day apart" if gap == 1 else f"{gap} days apart"


def _places(one: Place, other: Place) -> tuple[Agreement, str]:
    if one.country != other.country and one.country and other.country:
        return "differs", "another country"
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return "may be the same", "a place without coordinates"
    km = distance_km(one.lat, one.lon, other.lat, other.lon)
    if km < 1:
        return "may be the same", "the same place"
    is_wide = max(one.precision, other.precision) > 2
    return ("may be the same" if is_wide else "differs"), f"{km:,.0f} km apart"
