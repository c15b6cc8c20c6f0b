"""Whatever comes, changes and goes, and in whatever order, incidents are those of a merge from scratch."""

from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from world import BIU, YOLA

from attested.incidents import candidates
from attested.incidents.alignment import Alignment
from attested.incidents.judged import Decided, Pair
from attested.incidents.merge import Merge
from attested.incidents.profile import Profile
from attested.incidents.seen import Seen
from attested.model import Judgement, Span
from attested.values import PartialDate, Place
from incidents.test_screen import COPY, plain

N = 12
IDS = [f"mn_{n:02}" for n in range(N)]
ABROAD = Place("Biu", "KE", 0.0, 37.0, precision=1)
NUMBERS = st.integers(0, N - 1)


@pytest.fixture(autouse=True)
def _small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(candidates, "_MAX_BLOCK", 4)


def named(profile: Profile, id: str) -> Profile:
    return replace(profile, mention=replace(profile.mention, id=id))


@st.composite
def crowd(draw: st.DrawFn) -> Profile:
    """A mention of one town's week: most match, and many that match are kept apart by what others tell."""
    row = plain(draw(st.sampled_from([None, BIU, YOLA, ABROAD])), day=draw(st.integers(0, 3)))
    told = draw(st.sampled_from([row, row, replace(row, date=PartialDate.month(2025, 3))]))
    kind, owner = (
        draw(st.sampled_from(["Attack", "Grenade", "Suicide bomb"])),
        draw(st.sampled_from("abcdefgh")),
    )
    mention = replace(
        told.mention, type=kind, report_id=f"rp_{owner}", trigger=Span(7, 8), sentence=Span(7, 8)
    )
    return replace(
        told,
        mention=mention,
        killed=draw(st.sampled_from([None, None, 3, 5])),
        named=draw(st.sampled_from([frozenset[str](), frozenset[str](), frozenset({"okafor"})])),
        targets=draw(
            st.sampled_from([frozenset[str](), frozenset({"market"}), frozenset({"market", "gate"})])
        ),
    )


@st.composite
def decisions(draw: st.DrawFn) -> Decided:
    """Some mentions put together, some kept apart, without contradiction."""
    groups = draw(st.lists(st.frozensets(NUMBERS, min_size=2, max_size=3), max_size=2))
    together = [Pair(IDS[min(group)], IDS[n]) for group in groups for n in sorted(group)[1:]]
    apart = [
        Pair(IDS[a], IDS[b]) for a, b in draw(st.lists(st.tuples(NUMBERS, NUMBERS), max_size=2)) if a != b
    ]
    links = Decided(together={"incident": tuple(together)}).links("incident")
    apart = [pair for pair in apart if links.home(pair.left) != links.home(pair.right)]
    return Decided(together={"incident": tuple(together)}, apart={"incident": tuple(apart)})


def view(told: dict[str, Profile], decided: Decided) -> dict[str, Seen]:
    """What is seen of mentions under decisions."""
    links, alignment = decided.links("incident"), Alignment([COPY])
    return {
        id: Seen(
            profile,
            alignment.at(profile.mention.report_id, profile.mention.trigger.start),
            (sorted(links.group(id)), sorted(links.barred(id))),
        )
        for id, profile in told.items()
    }


STEPS = st.lists(
    st.tuples(
        st.dictionaries(NUMBERS, crowd(), max_size=5), st.frozensets(NUMBERS, max_size=2), st.booleans()
    ),
    min_size=1,
    max_size=5,
)


@settings(max_examples=150, deadline=None)
@given(st.lists(crowd(), min_size=N, max_size=N), STEPS, st.lists(decisions(), min_size=1, max_size=5))
def test_incidents_kept_up_are_those_made_at_once(
    first: list[Profile],
    steps: list[tuple[dict[int, Profile], frozenset[int], bool]],
    decided: list[Decided],
) -> None:
    """Each step brings or changes mentions, takes some away, decides otherwise, or begins with what was kept."""
    told = {id: named(profile, id) for id, profile in zip(IDS, first, strict=True)}
    merge = Merge()
    merge.update(view(told, decided[0]), decided[0])
    for n, (new, gone, is_kept) in enumerate(steps):
        now = decided[(n + 1) % len(decided)]
        told |= {IDS[k]: named(profile, IDS[k]) for k, profile in new.items()}
        out = {IDS[k] for k in gone}
        told = {id: profile for id, profile in told.items() if id not in out}
        if is_kept:
            merge = Merge(list(merge.kept()))
        merge.update(view(told, now), now, out)
        at_once = Merge()
        at_once.update(view(told, now), now)
        assert merge.incidents() == at_once.incidents()
        assert sorted(merge.kept(), key=lambda row: row.mention_id) == list(at_once.kept())


def pile() -> dict[str, Profile]:
    """Incidents of four days, some told without a place, in one town."""
    rows = enumerate(product((0, 2, 4, 6), (BIU, BIU, None)))
    market = frozenset({"market"})
    return {
        IDS[n]: named(replace(plain(place, day=day, n=n), targets=market), IDS[n]) for n, (day, place) in rows
    }


def test_a_new_mention_touches_its_incident_alone() -> None:
    seen, merge = view(pile(), Decided()), Merge()
    merge.update({id: seen[id] for id in IDS[:-1]}, Decided())
    before = merge.incidents()
    [anew] = merge.update({IDS[-1]: seen[IDS[-1]]}, Decided())
    assert set(anew.mention_ids) == set(IDS[9:])
    assert set(before) - set(merge.incidents()) == {i for i in before if IDS[9] in i.mention_ids}


def test_nothing_new_makes_nothing_anew() -> None:
    seen, merge = view(pile(), Decided()), Merge()
    merge.update(seen, Decided())
    assert merge.update(seen, Decided()) == []
    again = Merge(list(merge.kept()))
    assert again.update(seen, Decided()) == []
    assert again.incidents() == merge.incidents()


def test_what_was_kept_by_another_method_is_compared_again() -> None:
    seen, merge = view(pile(), Decided()), Merge(method="old")
    merge.update(seen, Decided())
    assert len(Merge(list(merge.kept()), "new").update(seen, Decided())) == 4


def test_a_decision_touches_what_it_names_and_undone_nothing_is_left_of_it() -> None:
    rows, merge = pile(), Merge()
    merge.update(view(rows, Decided()), Decided())
    before = merge.incidents()
    together = Decided(together={"incident": (Pair(IDS[0], IDS[11]),)})
    [anew] = merge.update(view(rows, together), together)
    assert set(anew.mention_ids) == {*IDS[:3], *IDS[9:]}
    merge.update(view(rows, Decided()), Decided())
    assert merge.incidents() == before


def test_who_decided_is_told_and_no_longer_told_once_undone() -> None:
    """The same groups by another judgement have other reasons."""
    merge = Merge()
    for who in ("anna", "ben"):
        made = Judgement(f"jd_{who}", "same incident", "", None, "positive", by=who, at="2025-03-12")
        pair = IDS[0], IDS[11]
        decided = Decided(
            (made,), mentions={made.id: pair}, by_mention=dict.fromkeys(pair, (made,)),
            together={"incident": (Pair(*pair),)},
        )  # fmt: skip
        seen = {
            id: replace(one, decided=(*one.decided, made.id if id in pair else ""))
            for id, one in view(pile(), decided).items()
        }
        merge.update(seen, decided)
        whys = [i.why_merged[0] for i in merge.incidents() if set(pair) <= set(i.mention_ids)]
        assert [why.split()[0] for why in whys] == [who]
