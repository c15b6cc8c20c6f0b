"""Claims in, shown values out: days, places, names, disagreements, and what was known on a day."""

from dataclasses import replace
from datetime import date

from factory import claim, mention, report, voice
from world import BIU, MONDAY, YOLA, world

from attested.incidents.fuse import fuse_incident
from attested.incidents.fused import FusedIncident
from attested.mentions.days import DAY_NEARBY
from attested.model import Claim, Incident, Mention, Report
from attested.values import PartialDate, Place

FIRST = report("Rockets hit a home in Biu on Monday. Five people were killed. The airport was the target.")
SECOND = report(
    "A rocket aimed at soldiers killed seven people near Biu on Monday. The army blamed the rebels."
)
NIGERIA = Place("Nigeria", "NG", 9.0, 8.0, precision=6, kind="country")


def told(owner: Report, trigger: str) -> Mention:
    return mention(owner, trigger, type="Shelling/artillery/missile attack")


A, B = told(FIRST, "hit"), told(SECOND, "killed")


def fused(*claims: Claim, **more: object) -> FusedIncident:
    context = world([FIRST, SECOND], [A, B], claims, **more)  # type: ignore[arg-type]
    return fuse_incident(context, Incident("in_1", A.type, (A.id, B.id)))


def test_no_claims_leave_values_unknown() -> None:
    incident = fused()
    assert incident.killed is None
    assert incident.place is None
    assert incident.contradictions == ()


def test_a_day_is_shown_over_a_window() -> None:
    row = claim(FIRST, A, date="Monday")
    assert fused(row, days={row.id: MONDAY}).date.start == MONDAY


def test_without_a_told_day_that_of_the_news_is_shown() -> None:
    incident = fused()
    assert (incident.date.start, incident.date.end) == (MONDAY, MONDAY)
    assert "no day is told" in incident.date_why


def test_the_most_exact_place_is_shown() -> None:
    town, country = claim(FIRST, A, place="Biu"), claim(SECOND, B, place="near Biu")
    incident = fused(town, country, places={town.id: BIU, country.id: NIGERIA})
    assert incident.place == BIU


def test_the_town_most_reports_are_about_stands_in_where_no_place_is_told() -> None:
    incident = fused(seats={FIRST.id: BIU, SECOND.id: BIU})
    assert (incident.place, incident.place_why) == (BIU, "its town")
    told_place = claim(FIRST, A, place="Yola", says="a home")
    assert fused(told_place, places={told_place.id: YOLA}, seats={FIRST.id: BIU}).place == YOLA
    assert fused(seats={FIRST.id: YOLA, SECOND.id: BIU}, spun=frozenset({FIRST.id})).place == BIU


def test_the_reports_town_is_finer_than_the_state_told_if_it_lies_there() -> None:
    row = claim(FIRST, A, place="Borno", says="a home")
    state = Place("Borno", "NG", 11.5, 13.0, "Borno", precision=4, kind="admin1")
    incident = fused(row, places={row.id: state}, seats={FIRST.id: BIU, SECOND.id: BIU})
    assert incident.place == replace(BIU, precision=2)
    assert "Borno" in incident.place_why
    assert fused(row, places={row.id: state}, seats={FIRST.id: YOLA, SECOND.id: YOLA}).place == state
    assert fused(row, places={row.id: NIGERIA}, seats={FIRST.id: BIU, SECOND.id: BIU}).place == NIGERIA


def test_a_town_of_which_only_the_name_is_known_is_overruled_by_no_seat() -> None:
    row, wide = (
        claim(FIRST, A, place="Sandal", says="a home"),
        claim(SECOND, B, place="Borno", says="A rocket"),
    )
    unknown = Place("Sandal", "NG", None, None, None, precision=6, kind="town")
    state = Place("Borno", "NG", 11.5, 13.0, "Borno", precision=4, kind="admin1")
    seats = {FIRST.id: BIU, SECOND.id: BIU}
    assert fused(row, places={row.id: unknown}, seats=seats).place == unknown
    both = fused(row, wide, places={row.id: unknown, wide.id: state}, seats=seats)
    assert both.place == unknown
    assert not [c for c in both.contradictions if c.field == "place"]
    exact = fused(row, wide, places={row.id: unknown, wide.id: BIU}, seats=seats)
    assert exact.place == BIU


def test_a_day_told_nearby_counts_only_where_no_other_is_told() -> None:
    near = replace(claim(FIRST, A, date="Monday"), unit=DAY_NEARBY)
    own = claim(SECOND, B, date="Monday")
    days = {near.id: date(2025, 3, 9), own.id: MONDAY}
    assert fused(near, days=days).date.start == date(2025, 3, 9)
    both = fused(near, own, days=days)
    assert both.date.start == MONDAY
    assert not both.contradictions


def test_a_day_told_nearby_counts_inside_a_month_that_is_told() -> None:
    near = replace(claim(FIRST, A, date="Monday"), unit=DAY_NEARBY)
    month = claim(SECOND, B, date="Monday", says="Monday")
    told = PartialDate.span(date(2025, 3, 1), date(2025, 3, 31), "March")
    inside = fused(near, month, days={near.id: MONDAY, month.id: told}).date
    assert inside.start == inside.end == MONDAY
    assert fused(near, month, days={near.id: date(2025, 4, 7), month.id: told}).date.n_days == 31


def test_disagreeing_counts_are_a_contradiction_with_both_voices() -> None:
    army = voice("named body", "the army")
    rows = [
        claim(FIRST, A, killed=5, says="Five people", by=army),
        claim(SECOND, B, killed=7, says="seven people"),
    ]
    [contradiction] = fused(*rows).contradictions
    assert [v.value for v in contradiction.values] == ["5", "7"]
    assert contradiction.values[0].by == army


def test_copies_of_one_origin_disagree_with_nobody() -> None:
    rows = [claim(FIRST, A, killed=5, says="Five people"), claim(SECOND, B, killed=5, says="seven people")]
    assert fused(*rows, families=[[FIRST, SECOND]]).contradictions == ()


def meant(row: Claim) -> Claim:
    return replace(row, unit="intended")


def test_what_was_meant_against_another_target_is_a_contradiction() -> None:
    rows = [meant(claim(FIRST, A, target="The airport")), claim(SECOND, B, target="soldiers")]
    [found] = fused(*rows).contradictions
    assert (found.field, {v.value for v in found.values}) == ("target", {"The airport (meant)", "soldiers"})


def test_the_house_and_the_people_hit_in_it_are_no_contradiction() -> None:
    rows = [claim(FIRST, A, target="a home"), claim(SECOND, B, target="soldiers")]
    assert fused(*rows).contradictions == ()
    stray = meant(claim(SECOND, B, target="soldiers")), claim(FIRST, A, target="Five people")
    assert fused(*stray).contradictions == ()


def test_a_target_that_is_denied_contradicts_nothing() -> None:
    home = meant(claim(FIRST, A, target="a home"))
    for denied in ({"polarity": "negative"}, {"hedge": "denied"}):
        other = claim(SECOND, B, target="soldiers", **denied)
        assert fused(home, other).contradictions == ()


def test_a_country_does_not_contradict_its_town() -> None:
    town, country = claim(FIRST, A, place="Biu"), claim(SECOND, B, place="near Biu")
    assert fused(town, country, places={town.id: BIU, country.id: NIGERIA}).contradictions == ()


def test_a_spun_copy_shares_its_originals_origin() -> None:
    assert fused(families=[[FIRST, SECOND]], spun=frozenset({SECOND.id})).n_origins == 1


def test_a_figure_of_a_spun_report_is_trusted_last() -> None:
    rows = [claim(FIRST, A, killed=5, says="Five people"), claim(SECOND, B, killed=7, says="seven people")]
    for spun, best in ((FIRST, 7), (SECOND, 5)):
        killed = fused(*rows, spun=frozenset({spun.id})).killed
        assert killed is not None
        assert killed.best == best


def test_as_of_a_day_leaves_later_reports_out() -> None:
    rows = [claim(FIRST, A, killed=5, says="Five people"), claim(SECOND, B, killed=7, says="seven people")]
    context = world(
        [FIRST, SECOND], [A, B], rows, out_on={FIRST.id: MONDAY, SECOND.id: date(2025, 3, 20)}
    ).as_known_on(date(2025, 3, 12))
    incident = fuse_incident(context, Incident("in_1", A.type, (A.id, B.id)))
    assert incident.reports == (FIRST.id,)
    assert incident.killed is not None
    assert incident.killed.high == 5


def test_a_whole_country_is_no_other_target() -> None:
    third = report("Iraq was hit on Monday.")
    hit = told(third, "hit")
    rows = [claim(FIRST, A, target="The airport"), claim(third, hit, target="Iraq")]
    context = world([FIRST, third], [A, hit], rows)
    found = fuse_incident(context, Incident("in_1", A.type, (A.id, hit.id)))
    assert found.contradictions == ()


def test_the_home_of_somebody_hit_is_no_site() -> None:
    owner = report("A rocket hit a shop in Biu. It hit a 40-year-old clerk of Yola.")
    hit = told(owner, "hit")
    town = claim(owner, hit, place="Biu", says="Biu")
    home = claim(owner, hit, target="clerk", says="a 40-year-old clerk of Yola")
    places = {town.id: replace(BIU, precision=3), home.id: replace(YOLA, precision=1)}
    context = world([owner], [hit], [town, home], places=places)
    shown = fuse_incident(context, Incident("in_2", hit.type, (hit.id,))).place
    assert shown is not None
    assert shown.name == "Biu"
