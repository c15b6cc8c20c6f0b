"""Mentions that speak of one incident meet; look-alikes stay apart; copies bind."""

from dataclasses import replace
from datetime import date

import pytest
from factory import claim, mention, report
from hypothesis import given
from hypothesis import strategies as st
from world import BIU, MONDAY, YOLA, copy_of, world

from attested.incidents.alignment import Alignment
from attested.incidents.merge import merge_incidents
from attested.incidents.profile import make_profiles
from attested.model import Claim, Mention, Report, Story
from attested.resolve.places import PlaceLink
from attested.values import Place, Score

BOMB = "Remote explosive/landmine/IED"
SHELL = "Shelling/artillery/missile attack"
TUESDAY = date(2025, 3, 11)
FRIDAY = date(2025, 3, 14)


class Told:
    """One report with one mention, its day and its place."""

    def __init__(
        self, text: str, day: date | None, place: Place | None, type: str = BOMB, killed: int = 0
    ) -> None:
        self.report = report(text)
        self.mention = mention(self.report, "bomb", type=type)
        self.days: dict[str, date] = {}
        self.places: dict[str, Place] = {}
        self.claims: list[Claim] = []
        if day:
            self._add(claim(self.report, self.mention, date="that day", says="that day"), self.days, day)
        if place:
            self._add(claim(self.report, self.mention, place="the town", says="the town"), self.places, place)
        if killed:
            self.claims.append(claim(self.report, self.mention, killed=killed, says="people"))

    def _add(self, row: Claim, table: dict, value: object) -> None:
        self.claims.append(row)
        table[row.id] = value


def told(n: int, day: date | None = TUESDAY, place: Place | None = BIU, **more: object) -> Told:
    return Told(f"Report {n}: a bomb killed people in the town that day.", day, place, **more)  # type: ignore[arg-type]


def merged(
    *rows: Told, story: bool | list[list[int]] = True, seats: dict[int, Place] | None = None, **more: object
) -> list[set[str]]:
    context = world(
        [r.report for r in rows],
        [r.mention for r in rows],
        [c for r in rows for c in r.claims],
        days={k: v for r in rows for k, v in r.days.items()},
        places={k: v for r in rows for k, v in r.places.items()},
        out_on={r.report.id: date(2025, 3, 15) for r in rows},
    )
    links = {rows[n].report.id: PlaceLink(place, Score(1.0)) for n, place in (seats or {}).items()}
    context = replace(context, resolved=replace(context.resolved, seats=links))
    grouped = story if isinstance(story, list) else [range(len(rows))] if story else []
    stories = [
        Story(f"st_{k}", "", tuple(rows[n].report.id for n in group)) for k, group in enumerate(grouped)
    ]
    incidents = merge_incidents(context, stories, more.get("derivations", ()))  # type: ignore[arg-type]
    number = {r.mention.id: n for n, r in enumerate(rows)}
    return sorted([{number[m] for m in i.mention_ids} for i in incidents], key=min)  # type: ignore[type-var]


def test_same_day_and_town_is_one_incident() -> None:
    assert merged(told(1), told(2)) == [{0, 1}]


@pytest.mark.parametrize(
    ("other", "why"),
    [
        (told(2, day=FRIDAY), "another day"),
        (told(2, place=YOLA), "another town"),
        (told(2, place=Place("Biu", "KE", 0.0, 37.0, precision=1)), "another country"),
        (told(2, type="Peaceful protest"), "a protest"),
    ],
)
def test_look_alikes_stay_apart(other: Told, why: str) -> None:
    assert merged(told(1), other) == [{0}, {1}], why


def test_counts_that_differ_do_not_keep_one_incident_apart() -> None:
    assert merged(told(1, killed=5), told(2, killed=7)) == [{0, 1}]


def test_two_texts_of_one_sort_without_a_day_or_town_are_merged_only_as_leads_of_one_story() -> None:
    rows = told(1, day=None, place=None), told(2, day=None, place=None)
    assert merged(*rows, story=False) == [{0}, {1}]
    assert merged(*rows, story=True) == [{0, 1}]


def test_leads_of_one_story_stay_apart_where_days_differ() -> None:
    assert merged(told(1, place=None), told(2, day=FRIDAY, place=None)) == [{0}, {1}]


def test_copied_sentences_are_one_incident_even_undated() -> None:
    a, b = told(1, day=None, place=None), told(2, day=None, place=None)
    assert merged(a, b, derivations=[copy_of(b.report, a.report)]) == [{0, 1}]


def test_a_vague_mention_does_not_bridge_two_days() -> None:
    a, b, vague = told(1, day=TUESDAY), told(2, day=FRIDAY), told(3, day=None)
    assert {0, 1} not in [group & {0, 1} for group in merged(a, b, vague)]


@given(st.permutations([0, 1, 2, 3]))
def test_order_does_not_matter(order: list[int]) -> None:
    rows = [told(1), told(2), told(3, day=FRIDAY), told(4, place=YOLA)]
    expected = {frozenset(rows[i].mention.id for i in group) for group in merged(*rows)}
    shuffled = [rows[i] for i in order]
    found = {frozenset(shuffled[i].mention.id for i in group) for group in merged(*shuffled)}
    assert found == expected


def test_alignment_covers_both_ways() -> None:
    a, b = told(1).report, told(2).report
    alignment = Alignment([copy_of(b, a)])
    assert alignment.covers(a.id, 5, b.id, 5)
    assert alignment.covers(b.id, 5, a.id, 5)
    assert not alignment.covers(a.id, 5, "rp_other", 5)


def test_mentions_that_did_not_happen_make_no_incident() -> None:
    owner: Report = report("They plan to bomb the town.")
    planned: Mention = mention(owner, "bomb", status="planned")
    assert merge_incidents(world([owner], [planned]), [], []) == ()


def test_reasons_of_a_merge_are_kept_in_words() -> None:
    rows = [told(1), told(2)]
    context = world(
        [r.report for r in rows],
        [r.mention for r in rows],
        [c for r in rows for c in r.claims],
        days={k: v for r in rows for k, v in r.days.items()},
        places={k: v for r in rows for k, v in r.places.items()},
        out_on={r.report.id: MONDAY for r in rows},
    )
    [incident] = merge_incidents(context, [], [])
    assert "both on 2025-03-11" in incident.why_merged[0]
    assert "both at Biu" in incident.why_merged[0]


def test_a_name_and_a_day_do_not_join_two_countries() -> None:
    abroad = told(2, day=None, place=Place("Biu", "KE", 0.0, 37.0, precision=1))
    here, bridge = told(1), told(3, day=TUESDAY, place=None)
    for row in (abroad, bridge):
        named = claim(row.report, row.mention, killed=1, says="people", unit="named person")
        row.claims.append(named)
    assert {0, 1} not in [group & {0, 1} for group in merged(here, abroad, bridge)]


def test_the_towns_that_reports_are_about_keep_look_alikes_apart() -> None:
    rows = told(1, place=None, killed=2), told(2, place=None, killed=2)
    assert merged(*rows, seats={0: BIU, 1: BIU}, story=[[0], [1]]) == [{0, 1}]
    assert merged(*rows, seats={0: BIU, 1: YOLA}, story=[[0], [1]]) == [{0}, {1}]


def test_what_reports_of_two_stories_tell_needs_more() -> None:
    rows = told(1, place=None, killed=2), told(2, place=None, killed=2)
    assert merged(*rows) == [{0, 1}]
    assert merged(*rows, story=[[0], [1]]) == [{0}, {1}]


def test_people_of_one_sort_are_no_ground_and_an_age_is_no_target() -> None:
    rows = [told(n, day=None, place=None) for n in (1, 2)]
    for row, who in zip(rows, ("a boy, nine years old", "the boy, two years old"), strict=True):
        row.claims.append(claim(row.report, row.mention, target=who, says="people"))
    assert merged(*rows, story=False) == [{0}, {1}]


def test_a_name_is_known_without_what_follows_it() -> None:
    rows = [told(n, day=None, place=None) for n in (1, 2)]
    assert not _meet(rows, "Adamu Bello Jr.", "Musa Danjuma Jr.")
    assert _meet(rows, "Adamu Bello Jr.", "Bello")


def _meet(rows: list[Told], *names: str) -> bool:
    named = [
        replace(c, span=replace(c.span, text=name))
        for row, name in zip(rows, names, strict=True)
        for c in [claim(row.report, row.mention, killed=1, says="people", unit="named person")]
    ]
    profiles = make_profiles(world([r.report for r in rows], [r.mention for r in rows], named), {})
    return bool(profiles[0].named & profiles[1].named)


def test_leads_of_one_story_are_compared_however_long_apart_they_came_out() -> None:
    rows = told(1, day=date(2025, 1, 2), place=None, killed=2), told(2, day=None, place=None, killed=2)
    rows[1].claims.clear()
    assert merged(*rows, seats={0: BIU, 1: BIU}) == [{0, 1}]
