"""Are two mentions of one incident? Plain features, each with points and the words that explain them.

Points add up like log-odds: 0 is undecided, ``MERGE_AT`` is enough to merge, and a veto keeps apart whatever
else agrees (a wrong merge is worse than a missed one).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from attested.incidents.profile import Profile
from attested.mentions.typing import VAGUE_TYPES, VIOLENT_TYPES
from attested.resolve.gazetteer import distance_km
from attested.text.countries import COUNTRY_PRECISION
from attested.values import Place

MERGE_AT = 2.5
VETO = -100.0
# What each feature adds, set by hand. ``screen.py`` reckons with the same figures.
COPIED = 3.0
SAME_DAY, DAYS_AGREE, DAYS_OVERLAP, DAYS_CAN_AGREE = 2.0, 0.8, 0.3, 0.2
# Stamps of two time zones, or "last night" after midnight, put one incident on two days.
DAY_APART, UNDATED_APART = -0.6, -1.0
SAME_PLACE, NEAR_PLACE, PERHAPS_SAME_PLACE = 1.5, 0.6, 0.3
OTHER_PLACE, OTHER_REGION, OTHER_PLACE_THERE = -3.0, -2.0, -0.5
SAME_TYPE, SAME_VAGUE_TYPE, VAGUE_TYPE, OTHER_TYPE = 1.0, 0.5, 0.1, -1.5
SAME_TOLL, NOBODY_KILLED, NEAR_TOLL, OTHER_TOLL, ONE_WITHOUT_DEAD = 0.8, 0.3, -0.2, -1.0, -1.5
# Up to so many times another toll, and so many more, it can be the same one, grown.
NEAR_TIMES, NEAR_MORE = 2, 2
SAME_NAME, OTHER_NAMES = 3.0, -1.5
SAME_WEAPON, OTHER_WEAPON = 0.5, -0.5
# For each word that two targets share, and the most that these add up to.
TARGET_WORD, SAME_TARGET = 0.5, 1.0
SAME_PERPETRATOR = 0.5
SAME_WORDS, OTHER_WORDS = 1.0, -0.5
ONE_REPORT, ONE_REPORT_UNDATED, ONE_STORY = 0.2, 0.9, 0.4
# Two reports of one affair that lead with an incident lead with the same one, as a rule (set on gva dev: its b3_f1).
BOTH_LEAD = 1.5
# Cosines of two sentences from which they are alike, and below which they are not.
SIMILAR, UNLIKE = 0.72, 0.25
_SAME_PLACE_KM, _NEAR_KM, _REGION_KM = 15.0, 60.0, 200.0
_DISTRICT, _PROVINCE, _REGION = 3, 4, 5  # UCDP GED where_prec
_MONTH = 31  # days: a day says little beside more of them


@dataclass(frozen=True, slots=True)
class Point:
    """What one feature adds to a pair, and why. A ground is something particular that both tell."""

    value: float
    why: str
    is_ground: bool = False


def compare_mentions(a: Profile, b: Profile, aligned: bool) -> list[Point]:
    """Points of a pair. ``aligned``: their sentences are copies of one another in a lineage."""
    points = [point for feature in _FEATURES if (point := feature(a, b)) is not None]
    if aligned:
        points.append(Point(COPIED, "their sentences are copies of one another", is_ground=True))
    return points


def is_match(points: Sequence[Point]) -> bool:
    """Whether the points are enough, and rest on more than two texts being of one sort."""
    return sum(p.value for p in points) >= MERGE_AT and any(p.is_ground for p in points)


def _date(a: Profile, b: Profile) -> Point | None:
    if not a.date.is_known or not b.date.is_known:
        apart = a.mention.report_id == b.mention.report_id and a.day_words and b.day_words
        return Point(VETO, "told with different days") if apart and not a.day_words & b.day_words else None
    if not a.date.meets(b.date):
        if not (a.dated and b.dated):
            return Point(UNDATED_APART, "one is told without a day, and not as news")
        both_days = a.date.precision == b.date.precision == "day"
        if a.date.meets(b.date, slack_days=1) and both_days and a.mention.report_id != b.mention.report_id:
            return Point(DAY_APART, "a day apart")
        return Point(VETO, f"{_days(a)} is not {_days(b)}")
    if a.dated and b.dated:
        if a.date.precision == b.date.precision == "day":
            return Point(SAME_DAY, f"both on {a.date.start}", is_ground=True)
        finer, wider = sorted((a.date.n_days, b.date.n_days))
        points = DAYS_AGREE if wider <= _MONTH or finer > 1 else DAYS_OVERLAP
        return Point(points, f"{_days(a)} and {_days(b)} agree")
    return Point(DAYS_CAN_AGREE, "the days can agree")


def _days(profile: Profile) -> str:
    date = profile.date
    return str(date.start) if date.n_days == 1 else f"{date.start}..{date.end}"


def _place(a: Profile, b: Profile) -> Point | None:
    if a.countries and b.countries and not a.countries & b.countries:
        return Point(VETO, f"{'/'.join(sorted(a.countries))} is not {'/'.join(sorted(b.countries))}")
    if not a.places or not b.places:
        return None
    return max((_pair_of_places(p, q) for p in a.places for q in b.places), key=lambda point: point.value)


def _pair_of_places(p: Place, q: Place) -> Point:
    if max(p.precision, q.precision) >= _REGION:
        return _coarse(p, q)
    if p.lat is None or p.lon is None or q.lat is None or q.lon is None:
        return Point(0.0, "places without coordinates")
    km = distance_km(p.lat, p.lon, q.lat, q.lon)
    if km <= _SAME_PLACE_KM:
        why = f"both at {p.name}" if p.name == q.name else f"{p.name} and {q.name}, {km:.0f} km apart"
        return Point(SAME_PLACE, why, is_ground=True)
    if km <= _NEAR_KM and (p.relation or q.relation or min(p.precision, q.precision) >= _DISTRICT):
        return Point(NEAR_PLACE, f"{p.name} and {q.name}, {km:.0f} km apart")
    if _PROVINCE in (p.precision, q.precision):
        if p.admin1 is not None and p.admin1 == q.admin1:
            return Point(NEAR_PLACE, f"both in {p.admin1}")
        return Point(OTHER_PLACE_THERE, f"{p.name} is not {q.name}")
    return Point(OTHER_PLACE, f"{p.name} is {km:.0f} km from {q.name}")


def _coarse(p: Place, q: Place) -> Point:
    """A country or region beside a place: alike unless the region lies far off."""
    if p.name == q.name:
        return Point(NEAR_PLACE, f"both in {p.name}")
    precisions = {p.precision, q.precision}
    if (
        _REGION in precisions
        and COUNTRY_PRECISION not in precisions
        and None not in {p.lat, p.lon, q.lat, q.lon}
    ):
        km = distance_km(p.lat or 0.0, p.lon or 0.0, q.lat or 0.0, q.lon or 0.0)
        if km > _REGION_KM:
            return Point(OTHER_REGION, f"{p.name} is {km:.0f} km from {q.name}")
    return Point(PERHAPS_SAME_PLACE, f"{p.name} and {q.name} can be one place")


def _type(a: Profile, b: Profile) -> Point | None:
    x, y = a.mention.type, b.mention.type
    if x == y:
        return Point(SAME_VAGUE_TYPE if x in VAGUE_TYPES else SAME_TYPE, f"both {x}")
    if x in VIOLENT_TYPES and y in VIOLENT_TYPES:
        if x in VAGUE_TYPES or y in VAGUE_TYPES:
            return Point(VAGUE_TYPE, f"{x} can be {y}")
        return Point(OTHER_TYPE, f"{x} is not {y}")
    return Point(VETO, f"{x} is not {y}")


def _killed(a: Profile, b: Profile) -> Point | None:
    if a.killed is None or b.killed is None or a.named or b.named:
        return None
    if a.killed == b.killed:
        points = SAME_TOLL if a.killed else NOBODY_KILLED
        return Point(points, f"both {a.killed} killed", is_ground=a.killed > 0)
    low, high = sorted((a.killed, b.killed))
    if low == 0:
        return Point(ONE_WITHOUT_DEAD, f"{low} killed is not {high}")
    points = NEAR_TOLL if high <= NEAR_TIMES * low + NEAR_MORE else OTHER_TOLL
    return Point(points, f"{a.killed} and {b.killed} killed")


def _names(a: Profile, b: Profile) -> Point | None:
    if not a.named or not b.named:
        return None
    if shared := a.named & b.named:
        return Point(SAME_NAME, f"both name {', '.join(sorted(shared))}", is_ground=True)
    return Point(OTHER_NAMES, "different people are named")


def _weapon(a: Profile, b: Profile) -> Point | None:
    if not a.weapons or not b.weapons:
        return None
    if shared := a.weapons & b.weapons:
        return Point(SAME_WEAPON, f"both with {', '.join(sorted(shared))}")
    return Point(OTHER_WEAPON, "other weapons")


def _target(a: Profile, b: Profile) -> Point | None:
    if not (shared := a.targets & b.targets):
        return None
    points = min(SAME_TARGET, TARGET_WORD * len(shared))
    return Point(points, f"both speak of {', '.join(sorted(shared))}", is_ground=True)


def _perpetrator(a: Profile, b: Profile) -> Point | None:
    if a.perpetrators and a.perpetrators & b.perpetrators:
        return Point(SAME_PERPETRATOR, "the same perpetrator is named")
    return None


def _words(a: Profile, b: Profile) -> Point | None:
    if a.vector is None or b.vector is None:
        return None
    cosine = float(a.vector.astype("float32") @ b.vector.astype("float32"))
    if cosine >= SIMILAR:
        return Point(SAME_WORDS, f"alike in words ({cosine:.2f})")
    return Point(OTHER_WORDS, f"unlike in words ({cosine:.2f})") if cosine < UNLIKE else None


def _story(a: Profile, b: Profile) -> Point | None:
    if a.mention.report_id == b.mention.report_id:
        if a.dated and b.dated:
            return Point(ONE_REPORT, "in one report")
        return Point(ONE_REPORT_UNDATED, "in one report, without a day of its own")
    if not a.story or a.story != b.story:
        return None
    if a.is_lead and b.is_lead:
        return Point(BOTH_LEAD, "what two reports of one story tell first", is_ground=True)
    return Point(ONE_STORY, "in one story")


_FEATURES: tuple[Callable[[Profile, Profile], Point | None], ...] = (
    _date, _place, _type, _killed, _names, _weapon, _target, _perpetrator, _words, _story,
)  # fmt: skip
