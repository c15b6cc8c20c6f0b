"""Find what speaks for and against two mentions being of one incident: plain signs, each with words that explain it.

What a sign is worth is in ``data/same_incident.toml``, by its name (``compare.py`` adds them up).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from attested.incidents.profile import Profile
from attested.mentions.lexicon import participant_kind
from attested.mentions.typing import BLAST, GOING_OFF, VAGUE_TYPES, VIOLENT_TYPES
from attested.resolve.gazetteer import distance_km
from attested.text.countries import COUNTRY_PRECISION
from attested.values import Place

APART = "apart"
"""The sign that keeps two mentions apart whatever else agrees."""
# Up to so many times another toll, and so many more, it can be the same one, grown.
NEAR_TIMES, NEAR_MORE = 2, 2
# Cosines of two sentences from which they are alike, and below which they are not.
SIMILAR, UNLIKE = 0.72, 0.25
# Days between two reports that tell of something at the same time.
SOON = 2
# The most words of two targets that count.
TARGET_WORDS = 2
_SAME_PLACE_KM, _NEAR_KM, _REGION_KM = 15.0, 60.0, 200.0
_DISTRICT, _PROVINCE, _REGION = 3, 4, 5  # UCDP GED where_prec
_MONTH = 31  # days: a day says little beside more of them


@dataclass(frozen=True, slots=True)
class Sign:
    """A sign by its name, and in words. A ground is something particular that both tell; ``times`` it is there."""

    name: str
    why: str
    is_ground: bool = False
    times: int = 1


def signs_of(a: Profile, b: Profile, aligned: bool) -> Iterator[Sign]:
    """The signs of a pair. ``aligned``: their sentences are copies of one another in a lineage."""
    for find in _FINDERS:
        if (sign := find(a, b)) is not None:
            yield sign
    if aligned:
        yield Sign("copied", "their sentences are copies of one another", is_ground=True)


def _in_one_report(a: Profile, b: Profile) -> bool:
    return a.mention.report_id == b.mention.report_id


# --- when -------------------------------------------------------------------------------------------------------


def _date(a: Profile, b: Profile) -> Sign | None:
    if not a.date.is_known or not b.date.is_known:
        differ = bool(a.day_words and b.day_words) and not a.day_words & b.day_words
        return Sign(APART, "told with different days") if differ and _in_one_report(a, b) else None
    if not a.date.meets(b.date):
        return _days_differ(a, b)
    if not (a.dated and b.dated):
        return Sign("days can agree", "the days can agree")
    if a.date.precision == b.date.precision == "day":
        return Sign("same day", f"both on {a.date.start}", is_ground=True)
    finer, wider = sorted((a.date.n_days, b.date.n_days))
    says_little = wider > _MONTH and finer == 1
    return Sign("days overlap" if says_little else "days agree", f"{_days(a)} and {_days(b)} agree")


def _days_differ(a: Profile, b: Profile) -> Sign:
    if not (a.dated and b.dated):
        return Sign("one without a day, not as news", "one is told without a day, and not as news")
    both_days = a.date.precision == b.date.precision == "day"
    if a.date.meets(b.date, slack_days=1) and both_days and not _in_one_report(a, b):
        return Sign("a day apart", "a day apart")  # two time zones, or "last night" after midnight
    return Sign(APART, f"{_days(a)} is not {_days(b)}")


def _days(profile: Profile) -> str:
    date = profile.date
    return str(date.start) if date.n_days == 1 else f"{date.start}..{date.end}"


def _published(a: Profile, b: Profile) -> Sign | None:
    known = a.published.n_days == b.published.n_days == 1 and not _in_one_report(a, b)
    if not known or not a.published.meets(b.published, slack_days=SOON):
        return None
    return Sign("published together", f"published within {SOON} days")


# --- where ------------------------------------------------------------------------------------------------------


def _place(a: Profile, b: Profile) -> Sign | None:
    if a.countries and b.countries and not a.countries & b.countries:
        return Sign(APART, f"{'/'.join(sorted(a.countries))} is not {'/'.join(sorted(b.countries))}")
    if not a.places or not b.places:
        return None
    signs = [_pair_of_places(p, q) for p in a.places for q in b.places]
    return min(signs, key=lambda sign: _NEAREST_FIRST.index(sign.name))


_NEAREST_FIRST = ("same place", "near place", "perhaps the same place", "place unknown",
                  "other place in a province", "other region", "other place")  # fmt: skip


def _pair_of_places(p: Place, q: Place) -> Sign:
    if max(p.precision, q.precision) >= _REGION:
        return _coarse(p, q)
    if (km := _km(p, q)) is None:
        return Sign("place unknown", "places without coordinates")
    if km <= _SAME_PLACE_KM:
        why = f"both at {p.name}" if p.name == q.name else f"{p.name} and {q.name}, {km:.0f} km apart"
        return Sign("same place", why, is_ground=True)
    if km <= _NEAR_KM and (p.relation or q.relation or min(p.precision, q.precision) >= _DISTRICT):
        return Sign("near place", f"{p.name} and {q.name}, {km:.0f} km apart")
    if _PROVINCE in (p.precision, q.precision):
        if p.admin1 is not None and p.admin1 == q.admin1:
            return Sign("near place", f"both in {p.admin1}")
        return Sign("other place in a province", f"{p.name} is not {q.name}")
    return Sign("other place", f"{p.name} is {km:.0f} km from {q.name}")


def _coarse(p: Place, q: Place) -> Sign:
    """A country or region beside a place: alike unless the region lies far off."""
    if p.name == q.name:
        return Sign("near place", f"both in {p.name}")
    precisions, km = {p.precision, q.precision}, _km(p, q)
    if _REGION in precisions and COUNTRY_PRECISION not in precisions and (km or 0.0) > _REGION_KM:
        return Sign("other region", f"{p.name} is {km:.0f} km from {q.name}")
    return Sign("perhaps the same place", f"{p.name} and {q.name} can be one place")


def _km(p: Place, q: Place) -> float | None:
    if p.lat is None or p.lon is None or q.lat is None or q.lon is None:
        return None
    return distance_km(p.lat, p.lon, q.lat, q.lon)


def _seat(a: Profile, b: Profile) -> Sign | None:
    """Where one is told without a place, and one leads its report: the town that the report is about."""
    if (a.places and b.places) or _in_one_report(a, b) or not (a.is_lead or b.is_lead):
        return None
    towns = [
        (p, q)
        for p in a.places or a.seat
        for q in b.places or b.seat
        if max(p.precision, q.precision) < _PROVINCE
    ]
    found = [(km, p, q) for p, q in towns if (km := _km(p, q)) is not None]
    if not found:
        return None
    km, p, q = min(found, key=lambda row: row[0])
    if km <= _SAME_PLACE_KM:
        return Sign(
            "reports about one town", f"both of {p.name}, by what their reports are about", is_ground=True
        )
    if km <= _NEAR_KM:
        return None
    return Sign("reports about other towns", f"of {p.name} and {q.name}, by what their reports are about")


# --- what -------------------------------------------------------------------------------------------------------


def _type(a: Profile, b: Profile) -> Sign | None:
    x, y = a.mention.type, b.mention.type
    if x == y:
        return Sign("same vague type" if x in VAGUE_TYPES else "same type", f"both {x}")
    if x in VIOLENT_TYPES and y in VIOLENT_TYPES:
        if x in VAGUE_TYPES or y in VAGUE_TYPES or _is_any_blast(a, b) or _is_any_blast(b, a):
            return Sign("a vague type", f"{x} can be {y}")
        return Sign("other type", f"{x} is not {y}")
    return Sign(APART, f"{x} is not {y}")


def _is_any_blast(a: Profile, b: Profile) -> bool:
    """ "The bombing", with no weapon told: it may be the air strike or the shelling that another report tells of."""
    return a.mention.type == BLAST and not a.weapons and b.mention.type in GOING_OFF


def _weapon(a: Profile, b: Profile) -> Sign | None:
    if not a.weapons or not b.weapons:
        return None
    if shared := a.weapons & b.weapons:
        return Sign("same weapon", f"both with {', '.join(sorted(shared))}")
    return Sign("other weapon", "other weapons")


def _words(a: Profile, b: Profile) -> Sign | None:
    if a.vector is None or b.vector is None:
        return None
    cosine = float(a.vector.astype("float32") @ b.vector.astype("float32"))
    if cosine >= SIMILAR:
        return Sign("alike in words", f"alike in words ({cosine:.2f})")
    return Sign("unlike in words", f"unlike in words ({cosine:.2f})") if cosine < UNLIKE else None


# --- who --------------------------------------------------------------------------------------------------------


def _killed(a: Profile, b: Profile) -> Sign | None:
    if a.killed is None or b.killed is None or a.named or b.named:
        return None
    if a.killed == b.killed:
        if a.killed:
            return Sign("same toll", f"both {a.killed} killed", is_ground=True)
        return Sign("nobody killed", "both 0 killed")
    low, high = sorted((a.killed, b.killed))
    if low == 0:
        return Sign("dead in one only", f"{low} killed is not {high}")
    is_near = high <= NEAR_TIMES * low + NEAR_MORE
    return Sign("near toll" if is_near else "other toll", f"{a.killed} and {b.killed} killed")


def _names(a: Profile, b: Profile) -> Sign | None:
    if not a.named or not b.named:
        return None
    if shared := a.named & b.named:
        return Sign("same name", f"both name {', '.join(sorted(shared))}", is_ground=True)
    return Sign("other names", "different people are named")


def _target(a: Profile, b: Profile) -> Sign | None:
    if not (shared := a.targets & b.targets):
        return None
    why = f"both speak of {', '.join(sorted(shared))}"
    n = sum(participant_kind(word) != "civilian" for word in shared)
    if not n:
        return Sign("same sort of people", why)
    return Sign("a word of the target", why, is_ground=True, times=min(TARGET_WORDS, n))


def _perpetrator(a: Profile, b: Profile) -> Sign | None:
    if a.perpetrators and a.perpetrators & b.perpetrators:
        return Sign("same perpetrator", "the same perpetrator is named")
    return None


# --- in which reports -------------------------------------------------------------------------------------------


def _story(a: Profile, b: Profile) -> Sign | None:
    if _in_one_report(a, b):
        if a.dated and b.dated:
            return Sign("one report", "in one report")
        return Sign("one report, undated", "in one report, without a day of its own")
    if not a.story or not b.story:
        return None
    if a.story != b.story:
        return Sign("two stories", "told in two stories")
    if a.is_lead and b.is_lead:
        return Sign("both lead", "what two reports of one story tell first", is_ground=True)
    return Sign("one story", "in one story")


_FINDERS: tuple[Callable[[Profile, Profile], Sign | None], ...] = (
    _date, _published, _place, _seat, _type, _killed, _names, _weapon, _target, _perpetrator,
    _words, _story,
)  # fmt: skip
