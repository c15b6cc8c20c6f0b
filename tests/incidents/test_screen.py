"""The screen over arrays never contradicts the comparison of two mentions, and candidates are those of the blocks."""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from attested.incidents import candidates
from attested.incidents.candidates import candidate_pairs
from attested.incidents.compare import VETO, compare_mentions, is_match
from attested.incidents.profile import Profile
from attested.incidents.screen import Screen
from attested.model import Derivation, Mention, Span
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
    return Profile(
        mention=Mention(f"mn_{at}", owner, "incident", draw(st.sampled_from(TYPES)), Span(0, 1), Span(0, 1)),
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


COPY = Derivation("rp_b", "rp_a", "rewrite", Score(1.0))


def is_copied(a: Profile, b: Profile) -> bool:
    return {a.mention.report_id, b.mention.report_id} == {"rp_a", "rp_b"}


@settings(max_examples=120, deadline=None)
@given(st.lists(pairs(), min_size=1, max_size=3))
def test_the_screen_keeps_apart_what_the_comparison_vetoes_and_no_more(
    found: list[tuple[Profile, Profile]],
) -> None:
    rows = [row for pair in found for row in pair]
    some_, others = np.indices((len(rows), len(rows))).reshape(2, -1)
    apart = Screen(rows).apart(some_, others).reshape(len(rows), -1)
    for i, a in enumerate(rows):
        for j, b in enumerate(rows):
            if i != j:
                assert apart[i, j] == any(p.value <= VETO for p in compare_mentions(a, b, aligned=False))


@settings(max_examples=300, deadline=None)
@given(pairs())
def test_no_pair_has_more_points_than_its_ceiling(found: tuple[Profile, Profile]) -> None:
    a, b = found
    screen = Screen([a, b], [COPY])
    pair = np.array([0]), np.array([1])
    points = compare_mentions(a, b, is_copied(a, b))
    total = sum(p.value for p in points)
    if not screen.apart(*pair)[0]:
        assert total <= screen.ceiling(*pair)[0] + 1e-9, [(p.value, p.why) for p in points]
    assert screen.hopeful(*pair)[0] or not is_match(points), [(p.value, p.why) for p in points]


def test_a_day_apart_is_forgiven_between_two_reports_alone() -> None:
    tuesday, wednesday, another_report = plain(), plain(day=1), plain(day=1, n=1)
    screen = Screen([tuesday, wednesday, another_report])
    assert screen.apart(np.array([0, 0]), np.array([1, 2])).tolist() == [True, False]
    assert screen.any_apart([2], [0, 1]) is False
    assert screen.any_apart([1, 2], [0]) is True


def test_the_screen_is_of_use() -> None:
    rows = [plain(PLACES[0]), plain(PLACES[-1], n=1), plain(killed=0, n=2), plain(killed=30, day=1, n=3)]
    pairs = np.array([0, 2]), np.array([1, 3])
    assert Screen(rows).apart(*pairs).tolist() == [True, False]
    assert Screen(rows).hopeful(*pairs).tolist() == [False, False]


def plain(place: Place | None = None, killed: int | None = None, day: int = 0, n: int = 0) -> Profile:
    """A mention with few values; those with another ``n`` differ in nothing."""
    nothing: frozenset[str] = frozenset()
    countries = frozenset({place.country} if place and place.country else ())
    return Profile(
        Mention(f"mn_{n}", f"rp_{n}", "incident", "Attack", Span(0, 1), Span(0, 1)),
        PartialDate.day(DAY + timedelta(days=day)), True, nothing, (place,) if place else (), countries, nothing,
        killed, None, nothing, nothing, nothing, "", None,
    )  # fmt: skip


def test_candidates_are_the_pairs_of_blocks_in_order_each_once() -> None:
    days = (0, 0, 30, 0, 30)
    rows = [plain(PLACES[0], day=day, n=n) for n, day in enumerate(days)]
    assert list(candidate_pairs(rows, Screen(rows))) == [(0, 1), (0, 3), (1, 3), (2, 4)]


def test_the_undated_are_compared_within_their_country_or_story() -> None:
    told = replace(
        plain(), date=PartialDate(), dated=False, targets=frozenset({"depot", "mill"}), vector=VECTORS[0]
    )
    rows = [replace(told, mention=plain(n=n).mention, story="st_1" if n < 2 else "st_2") for n in range(3)]
    assert list(candidate_pairs(rows, Screen(rows))) == [(0, 1)]


def test_reports_about_one_town_meet_within_a_month() -> None:
    month = PartialDate.month(2025, 3)
    told = replace(plain(), date=month, dated=True, targets=frozenset({"depot", "mill"}), vector=VECTORS[0])
    seats = ((PLACES[0],), (PLACES[0],), (PLACES[2],))
    rows = [
        replace(told, mention=plain(n=n).mention, seat=seat, story=f"st_{n}", countries=frozenset({"NG"}))
        for n, seat in enumerate(seats)
    ]
    assert list(candidate_pairs(rows, Screen(rows))) == [(0, 1)]


def test_a_large_block_is_compared_with_neighbours_only(monkeypatch) -> None:
    monkeypatch.setattr(candidates, "_MAX_BLOCK", 2)
    rows = [plain(PLACES[0], n=n) for n in range(5)]
    assert list(candidate_pairs(rows, Screen(rows))) == [
        (0, 1),
        (0, 2),
        (1, 2),
        (1, 3),
        (2, 3),
        (2, 4),
        (3, 4),
    ]


def test_batches_change_nothing(monkeypatch) -> None:
    rows = [plain(PLACES[n % 3], n=n, day=n % 4) for n in range(30)]
    whole = list(candidate_pairs(rows, Screen(rows)))
    monkeypatch.setattr(candidates, "_BATCH", 3)
    assert list(candidate_pairs(rows, Screen(rows))) == whole
    assert len(whole) > 30
