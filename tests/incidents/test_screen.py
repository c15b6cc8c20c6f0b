"""The screen over arrays never contradicts the comparison of two mentions."""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from attested.incidents.alignment import Alignment
from attested.incidents.compare import VETO, compare_mentions, is_match
from attested.incidents.profile import Profile
from attested.incidents.screen import Screen
from attested.model import Derivation, Mention, Passage, Span
from attested.values import PartialDate, Place, Score

DAY = date(2025, 3, 11)
PLACES = (
    Place("Biu", "NG", 10.61, 12.19, "Borno", precision=1),
    Place("Miringa", "NG", 10.73, 12.15, "Borno", precision=2),
    Place("Yola", "NG", 9.21, 12.48, "Adamawa", precision=1),
    Place("Borno", "NG", 11.5, 13.0, "Borno", precision=4),
    Place("the northeast", None, 10.5, 12.0, precision=5),
    Place("Kenya", "KE", precision=6),
)
TYPES = ("Attack", "Armed clash", "Suicide bomb", "Grenade", "Peaceful protest", "Agreement")
DATES = (
    PartialDate(),
    *(PartialDate.day(DAY + timedelta(days=n)) for n in (0, 1, 2, 40)),
    PartialDate.span(DAY - timedelta(days=3), DAY),
    PartialDate.month(2025, 3),
    PartialDate.year(2025),
)
VECTORS = tuple(np.array(row, np.float16) for row in ([1, 0], [0.72, 0.694], [0.25, 0.968], [0, 1]))


def some(*values: str) -> st.SearchStrategy[frozenset[str]]:
    return st.frozensets(st.sampled_from(values), max_size=2)


@st.composite
def profiles(draw: st.DrawFn) -> Profile:
    owner = draw(st.sampled_from(["rp_a", "rp_b", "rp_c"]))
    at = draw(st.integers(0, 10**9))
    places = tuple(draw(st.lists(st.sampled_from(PLACES), max_size=2)))
    when = draw(st.sampled_from(DATES))
    start = draw(st.sampled_from([2, 7, 25]))
    trigger = Span(start, start + 1)
    return Profile(
        mention=Mention(f"mn_{at}", owner, "incident", draw(st.sampled_from(TYPES)), trigger, trigger),
        date=when,
        dated=when.is_known and draw(st.booleans()),
        day_words=draw(some("tuesday", "monday", "march")),
        places=places,
        countries=frozenset(p.country for p in places if p.country),
        weapons=draw(some("bomb", "rifle")),
        killed=draw(st.sampled_from([None, 0, 1, 3, 4, 30])),
        injured=None,
        named=draw(some("okafor", "bulus")),
        targets=draw(some("market", "base", "convoy")),
        perpetrators=draw(some("ac_1", "ac_2")),
        story=draw(st.sampled_from(["", "st_1", "st_2"])),
        vector=draw(st.sampled_from([None, *VECTORS])),
        is_lead=draw(st.booleans()),
        published=draw(st.sampled_from(DATES)),
        seat=tuple(draw(st.lists(st.sampled_from(PLACES), max_size=1))),
        deeds=draw(some("attack", "riot")),
    )


@st.composite
def pairs(draw: st.DrawFn) -> tuple[Profile, Profile]:
    """Two mentions that have about half of their values in common."""
    a, b = draw(profiles()), draw(profiles())
    shared = draw(
        st.sets(st.sampled_from(["day_words", "weapons", "killed", "named", "targets", "perpetrators"]))
    )
    mention = replace(b.mention, type=a.mention.type) if draw(st.booleans()) else b.mention
    b = replace(b, mention=mention, **{name: getattr(a, name) for name in shared})
    return a, replace(b, places=(), countries=frozenset()) if draw(st.booleans()) else b


COPY = Derivation(
    "rp_b", "rp_a", "rewrite", Score(1.0), passages=(Passage(0, 9, 5, 14), Passage(20, 30, 0, 5))
)


def screen_of(rows: list[Profile], *derivations: Derivation) -> Screen:
    """A screen with these mentions at their places in the list."""
    screen, alignment = Screen(), Alignment(derivations)
    for place, row in enumerate(rows):
        screen.put(place, row, alignment.at(row.mention.report_id, row.mention.trigger.start))
    return screen


def is_copied(a: Profile, b: Profile) -> bool:
    ends = [(p.mention.report_id, p.mention.trigger.start) for p in (a, b)]
    return Alignment([COPY]).covers(*ends[0], *ends[1])


@settings(max_examples=120, deadline=None)
@given(st.lists(pairs(), min_size=1, max_size=3))
def test_the_screen_keeps_apart_what_the_comparison_vetoes_and_no_more(
    found: list[tuple[Profile, Profile]],
) -> None:
    rows = [row for pair in found for row in pair]
    some_, others = np.indices((len(rows), len(rows))).reshape(2, -1)
    apart = screen_of(rows).apart(some_, others).reshape(len(rows), -1)
    for i, a in enumerate(rows):
        for j, b in enumerate(rows):
            if i != j:
                assert apart[i, j] == any(p.value <= VETO for p in compare_mentions(a, b, aligned=False))


@settings(max_examples=300, deadline=None)
@given(pairs())
def test_no_pair_has_more_points_than_its_ceiling(found: tuple[Profile, Profile]) -> None:
    a, b = found
    screen = screen_of([a, b], COPY)
    pair = np.array([0]), np.array([1])
    points = compare_mentions(a, b, is_copied(a, b))
    total = sum(p.value for p in points)
    if not screen.apart(*pair)[0]:
        assert total <= screen.ceiling(*pair)[0] + 1e-9, [(p.value, p.why) for p in points]
    assert screen.hopeful(*pair)[0] or not is_match(points), [(p.value, p.why) for p in points]


def test_a_day_apart_is_forgiven_between_two_reports_alone() -> None:
    tuesday, wednesday, another_report = plain(), plain(day=1), plain(day=1, n=1)
    screen = screen_of([tuesday, wednesday, another_report])
    assert screen.apart(np.array([0, 0]), np.array([1, 2])).tolist() == [True, False]
    assert screen.apart(np.array([[2]]), np.array([0, 1])).tolist() == [[False, False]]


def test_the_screen_is_of_use() -> None:
    rows = [plain(PLACES[0]), plain(PLACES[-1], n=1), plain(killed=0, n=2), plain(killed=30, day=1, n=3)]
    pairs = np.array([0, 2]), np.array([1, 3])
    assert screen_of(rows).apart(*pairs).tolist() == [True, False]
    assert screen_of(rows).hopeful(*pairs).tolist() == [False, False]


def plain(place: Place | None = None, killed: int | None = None, day: int = 0, n: int = 0) -> Profile:
    """A mention with few values; those with another ``n`` differ in nothing."""
    nothing: frozenset[str] = frozenset()
    countries = frozenset({place.country} if place and place.country else ())
    return Profile(
        Mention(f"mn_{n}", f"rp_{n}", "incident", "Attack", Span(0, 1), Span(0, 1)),
        PartialDate.day(DAY + timedelta(days=day)), True, nothing, (place,) if place else (), countries, nothing,
        killed, None, nothing, nothing, nothing, "", None,
    )  # fmt: skip
