"""Are two mentions of one incident? Plain features, each with points and the words that explain them.

Points add up like log-odds: 0 is undecided, ``MERGE_AT`` is enough to merge, and a veto keeps apart whatever
else agrees (a wrong merge is worse than a missed one).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from attested.incidents.profile import Profile
from attested.resolve.gazetteer import distance_km
from attested.values import Place

MERGE_AT = 2.5
VETO = -100.0
_SAME_PLACE_KM = 15.0
_NEAR_KM = 60.0
# Stamps of two time zones, or "last night" after midnight, put one incident on two days.
_DAY_APART = -0.6
# Two reports of one affair that lead with an incident lead with the same one, as a rule (gva dev: B-cubed .83 -> .84).
BOTH_LEAD = 1.5
_SIMILAR = 0.72
_UNLIKE = 0.25
# Types so vague that they fit any other kind of violence.
_VAGUE_TYPES = frozenset({"Attack", "Armed clash"})
_VIOLENT = frozenset(
    {
        "Attack", "Armed clash", "Chemical weapon", "Air/drone strike", "Suicide bomb", "Grenade",
        "Shelling/artillery/missile attack", "Remote explosive/landmine/IED", "Abduction/forced disappearance",
        "Sexual violence", "Mob violence", "Excessive force against protesters",
    }
)  # fmt: skip
_REGION_PRECISION, _COUNTRY_PRECISION = 5, 6  # UCDP GED where_prec
_REGION_KM = 200.0


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
        points.append(Point(3.0, "their sentences are copies of one another", is_ground=True))
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
            return Point(-1.0, "one is told without a day, and not as news")
        both_days = a.date.precision == b.date.precision == "day" and a.dated and b.dated
        if a.date.meets(b.date, slack_days=1) and both_days and a.mention.report_id != b.mention.report_id:
            return Point(_DAY_APART, "a day apart")
        return Point(VETO, f"{_days(a)} is not {_days(b)}")
    if a.dated and b.dated:
        if a.date.precision == b.date.precision == "day":
            return Point(2.0, f"both on {a.date.start}", is_ground=True)
        finer, wider = sorted((a.date.n_days, b.date.n_days))
        return Point(0.8 if wider <= 31 or finer > 1 else 0.3, f"{_days(a)} and {_days(b)} agree")
    return Point(0.2, "the days can agree")


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
    if max(p.precision, q.precision) >= _REGION_PRECISION:
        return _coarse(p, q)
    if p.lat is None or p.lon is None or q.lat is None or q.lon is None:
        return Point(0.0, "places without coordinates")
    km = distance_km(p.lat, p.lon, q.lat, q.lon)
    if km <= _SAME_PLACE_KM:
        why = f"both at {p.name}" if p.name == q.name else f"{p.name} and {q.name}, {km:.0f} km apart"
        return Point(1.5, why, is_ground=True)
    if km <= _NEAR_KM and (p.relation or q.relation or min(p.precision, q.precision) >= 3):
        return Point(0.6, f"{p.name} and {q.name}, {km:.0f} km apart")
    if p.precision == 4 or q.precision == 4:
        same = p.admin1 is not None and p.admin1 == q.admin1
        return Point(0.6, f"both in {p.admin1}") if same else Point(-0.5, f"{p.name} is not {q.name}")
    return Point(-3.0, f"{p.name} is {km:.0f} km from {q.name}")


def _coarse(p: Place, q: Place) -> Point:
    """A country or region beside a place: alike unless the region lies far off."""
    if p.name == q.name:
        return Point(0.6, f"both in {p.name}")
    regions = _REGION_PRECISION in {p.precision, q.precision} and _COUNTRY_PRECISION not in {
        p.precision,
        q.precision,
    }
    if regions and None not in {p.lat, p.lon, q.lat, q.lon}:
        km = distance_km(p.lat or 0.0, p.lon or 0.0, q.lat or 0.0, q.lon or 0.0)
        if km > _REGION_KM:
            return Point(-2.0, f"{p.name} is {km:.0f} km from {q.name}")
    return Point(0.3, f"{p.name} and {q.name} can be one place")


def _type(a: Profile, b: Profile) -> Point | None:
    x, y = a.mention.type, b.mention.type
    if x == y:
        return Point(0.5 if x in _VAGUE_TYPES else 1.0, f"both {x}")
    if x in _VIOLENT and y in _VIOLENT:
        if x in _VAGUE_TYPES or y in _VAGUE_TYPES:
            return Point(0.1, f"{x} can be {y}")
        return Point(-1.5, f"{x} is not {y}")
    return Point(VETO, f"{x} is not {y}")


def _killed(a: Profile, b: Profile) -> Point | None:
    if a.killed is None or b.killed is None or a.named or b.named:
        return None
    if a.killed == b.killed:
        return Point(0.8 if a.killed else 0.3, f"both {a.killed} killed", is_ground=a.killed > 0)
    low, high = sorted((a.killed, b.killed))
    if low == 0:
        return Point(-1.5, f"{low} killed is not {high}")
    return Point(-0.2 if high <= 2 * low + 2 else -1.0, f"{a.killed} and {b.killed} killed")


def _names(a: Profile, b: Profile) -> Point | None:
    if not a.named or not b.named:
        return None
    if shared := a.named & b.named:
        return Point(3.0, f"both name {', '.join(sorted(shared))}", is_ground=True)
    return Point(-1.5, "different people are named")


def _weapon(a: Profile, b: Profile) -> Point | None:
    if not a.weapons or not b.weapons:
        return None
    if shared := a.weapons & b.weapons:
        return Point(0.5, f"both with {', '.join(sorted(shared))}")
    return Point(-0.5, "other weapons")


def _target(a: Profile, b: Profile) -> Point | None:
    if not (shared := a.targets & b.targets):
        return None
    return Point(min(1.0, 0.5 * len(shared)), f"both speak of {', '.join(sorted(shared))}", is_ground=True)


def _perpetrator(a: Profile, b: Profile) -> Point | None:
    if a.perpetrators and a.perpetrators & b.perpetrators:
        return Point(0.5, "the same perpetrator is named")
    return None


def _words(a: Profile, b: Profile) -> Point | None:
    if a.vector is None or b.vector is None:
        return None
    cosine = float(a.vector.astype("float32") @ b.vector.astype("float32"))
    if cosine >= _SIMILAR:
        return Point(1.0, f"alike in words ({cosine:.2f})")
    return Point(-0.5, f"unlike in words ({cosine:.2f})") if cosine < _UNLIKE else None


def _story(a: Profile, b: Profile) -> Point | None:
    if a.mention.report_id == b.mention.report_id:
        if a.dated and b.dated:
            return Point(0.2, "in one report")
        return Point(0.9, "in one report, without a day of its own")
    if not a.story or a.story != b.story:
        return None
    if a.is_lead and b.is_lead:
        return Point(BOTH_LEAD, "what two reports of one story tell first", is_ground=True)
    return Point(0.4, "in one story")


_FEATURES: tuple[Callable[[Profile, Profile], Point | None], ...] = (
    _date, _place, _type, _killed, _names, _weapon, _target, _perpetrator, _words, _story,
)  # fmt: skip
