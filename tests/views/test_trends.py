"""Counts by week, type, place and actor; changes told only where they are more than chance; the texts' own beside."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from math import comb

import example_ledger as example
import pytest
from factory import claim, mention, published, report

from attested.incidents.fused import FusedIncident, FusedTrend, FusedValue
from attested.ledger.store import Ledger
from attested.model import Report
from attested.values import Count, PartialDate, Place
from attested.views.change import LEVEL, MIN_COUNT, chance_of, change_in, judge, window
from attested.views.facts import Facts
from attested.views.trend_said import SaidTrend, said_trends
from attested.views.trend_table import Row, Toll, TrendTable, period_of, trend_table

SUNDAY = date(2025, 6, 29)  # the last day of 2025-W26
BIU = Place("Biu", "NG", 10.61, 12.19, "Borno", precision=1)
YOLA = Place("Yola", "NG", 9.21, 12.48, "Adamawa", precision=1)
BASRA = Place("Basra", "IQ", 30.5, 47.8, "Basra", precision=1)
[BLANK] = [row for row in example.facts().incidents if row.id == "in_mast"]


def incident(
    day: date | PartialDate | None = SUNDAY,
    place: Place | None = BIU,
    type: str = "Attack",
    killed: Count | None = None,
    n_origins: int = 1,
    by: Sequence[FusedValue] = (),
    reports: Sequence[Report] = (),
    n: Iterable[int] = iter(range(10**6)),
) -> FusedIncident:
    when = day if isinstance(day, PartialDate) else PartialDate.day(day) if day else PartialDate()
    return replace(
        BLANK, id=f"in_{next(iter(n)):06d}", type=type, date=when, place=place, killed=killed, n_origins=n_origins,
        perpetrator_alleged=tuple(by), reports=tuple(r.id for r in reports),
    )  # fmt: skip


def weekly(first: date, last: date) -> list[date]:
    """A day in each week, and the last one."""
    return [*(first + timedelta(days=7 * n) for n in range((last - first).days // 7 + 1)), last]


def facts(
    incidents: Sequence[FusedIncident],
    reported: Sequence[date] = tuple(weekly(date(2023, 1, 1), SUNDAY)),
    trends: Sequence[FusedTrend] = (),
    reports: Sequence[Report] = (),
    as_of: date | None = None,
    **more: object,
) -> Facts:
    owners = [report(f"Report {n}.") for n in range(len(reported))]
    stamps = {owner.id: published(owner, day) for owner, day in zip(owners, reported, strict=True)}
    stamps |= {owner.id: published(owner, SUNDAY) for owner in reports}
    ledger = Ledger(reports=(*owners, *reports), published=stamps, **more)  # type: ignore[arg-type]
    return example.fused_by_hand(Facts(ledger, as_of), incidents, trends=trends)


def row(table: TrendTable, by: str, name: str) -> Row:
    [found] = [row for row in table.rows if (row.by, row.name) == (by, name)]
    return found


def before(days: int) -> date:
    return SUNDAY - timedelta(days=days)


# --- chance


@pytest.mark.parametrize(
    ("last", "earlier"), [(6, 0), (0, 6), (3, 3), (12, 5), (1, 1), (40, 18), (0, 1), (0, 0)]
)
def test_the_chance_is_the_binomials(last: int, earlier: int) -> None:
    n, fewer = last + earlier, min(last, earlier)
    exact = min(1.0, 2 * sum(comb(n, k) for k in range(fewer + 1)) / 2**n)
    assert chance_of(last, earlier) == pytest.approx(exact, rel=1e-12)


def test_the_chance_of_large_counts_is_that_of_the_normal_law() -> None:
    assert chance_of(50_500, 49_500) == pytest.approx(0.00157, rel=0.02)
    assert chance_of(10**6, 10**5) == 0.0


def test_below_the_least_count_no_outcome_could_be_told() -> None:
    below = range(MIN_COUNT)
    assert min(chance_of(a, b) for a in below for b in below) > LEVEL
    assert chance_of(MIN_COUNT, 0) < LEVEL


@pytest.mark.parametrize(
    ("last", "earlier", "verdict"),
    [
        (25, 10, "rising"), (10, 25, "falling"), (25, 20, "no more than chance"), (5, 0, "too few to compare"),
        (6, 0, "rising"), (5, 5, "too few to compare"), (0, 6, "falling"),
    ],
)  # fmt: skip
def test_verdicts(last: int, earlier: int, verdict: str) -> None:
    assert judge(last, earlier)[0] == verdict


# --- runs of days


def test_a_window_is_two_runs_of_as_many_days() -> None:
    found = window(28, SUNDAY, weekly(before(100), SUNDAY))
    assert (found.start, found.middle, found.why_not) == (before(55), before(27), None)
    days = {0: "last", 27: "last", 28: "before", 55: "before", 56: "outside", -1: "outside"}
    assert {n: found.run_of(PartialDate.day(before(n))) for n in days} == days
    assert found.run_of(PartialDate.span(before(30), before(20))) == "unsure"
    assert found.run_of(PartialDate()) == "outside"


@pytest.mark.parametrize(
    ("reported", "why"),
    [
        ([], "no report is dated"),
        (weekly(before(40), SUNDAY), "the reports begin only on 20 May 2025"),
        ([before(900), *weekly(before(27), SUNDAY)], "none of the 4 weeks from 5 May 2025"),
        ([before(900), before(50), *weekly(before(27), SUNDAY)], "only 1 of the 4 weeks from 5 May 2025"),
        (weekly(before(900), before(28)), "none of the 4 weeks from 2 June 2025 to 29 June 2025"),
    ],
)
def test_what_reports_do_not_cover_is_not_compared(reported: list[date], why: str) -> None:
    found = window(28, SUNDAY, reported)
    assert why in (found.why_not or "")
    change = change_in(found, [incident(before(3))] * 30)
    assert (change.last, change.before, change.verdict, change.chance) == (30, 0, "not covered", None)


# --- the table


def test_incidents_are_in_the_week_that_holds_all_their_days() -> None:
    rows = [
        incident(SUNDAY),
        incident(PartialDate.span(before(6), SUNDAY)),
        incident(before(7)),
        incident(PartialDate.month(2025, 6)),
        incident(PartialDate.span(before(7), before(6))),
        incident(None),
    ]
    whole = trend_table(facts(rows)).rows[0]
    assert whole.periods == {"2025-W25": (rows[2].id,), "2025-W26": (rows[0].id, rows[1].id)}
    assert (whole.wider, whole.undated) == ((rows[3].id, rows[4].id), (rows[5].id,))
    by_month = trend_table(facts(rows), by="month").rows[0]
    assert list(by_month.periods) == ["2025-06"]
    assert len(by_month.periods["2025-06"]) == 5


def test_iso_weeks_at_the_turn_of_a_year() -> None:
    assert period_of("week", PartialDate.day(date(2024, 12, 30))) == "2025-W01"
    assert period_of("week", PartialDate.day(date(2021, 1, 3))) == "2020-W53"
    assert period_of("month", PartialDate.span(date(2024, 12, 31), date(2025, 1, 1))) is None


def test_every_week_with_reports_is_there_even_without_incidents() -> None:
    table = trend_table(facts([incident(date(2020, 2, 5))], reported=[before(16), before(2), before(1)]))
    assert [(p.name, len(p.incidents), p.n_reports) for p in table.periods] == [
        ("2020-W06", 1, 0),
        ("2025-W24", 0, 1),
        ("2025-W25", 0, 0),
        ("2025-W26", 0, 2),
    ]
    assert (table.end, table.first_report) == (before(1), before(16))


def test_a_rise_is_told_beside_what_stays() -> None:
    rows = [incident(before(n % 28), BIU, "Attack") for n in range(20)]
    rows += [incident(before(28 + n), BIU, "Attack") for n in range(6)]
    rows += [incident(before(28 * (n % 2)), YOLA, "Armed clash") for n in range(24)]
    rows += [incident(PartialDate.month(2025, 6), BIU, "Attack")]
    table = trend_table(facts(rows))
    borno = row(table, "admin1", "Borno, NG").four_weeks
    assert borno is not None
    assert (borno.last, borno.before, borno.unsure, borno.verdict, borno.percent) == (20, 6, 1, "rising", 233)
    adamawa = row(table, "admin1", "Adamawa, NG").four_weeks
    assert adamawa is not None
    assert (adamawa.last, adamawa.before, adamawa.verdict) == (12, 12, "no more than chance")
    year = row(table, "all", "all").fifty_two_weeks
    assert year is not None
    assert (year.last, year.before, year.verdict) == (50, 0, "rising")
    assert row(table, "type", "Armed clash").four_weeks == adamawa
    assert table.n_judged == 14, "seven rows, two windows"


def test_types_places_and_actors_each_have_their_rows() -> None:
    front = FusedValue("the Northern Front", ("cl_1",), 1, actor="ac_front")
    front_again = FusedValue("Northern Front", ("cl_2",), 1, actor="ac_front")
    gunmen = FusedValue("gunmen", ("cl_3",), 1)
    spun = FusedValue("shooters", ("cl_4",), 0, degraded=True)
    rows = [
        incident(by=[front, gunmen]),
        incident(by=[front_again]),
        incident(by=[front], place=BASRA, type="Armed clash"),
        incident(by=[spun], place=None),
    ]
    table = trend_table(facts(rows))
    counts = [(r.by, r.name, r.key, len(r.incidents)) for r in table.rows]
    assert counts == [
        ("all", "all", None, 4),
        ("type", "Attack", None, 3),
        ("type", "Armed clash", None, 1),
        ("country", "Nigeria", "NG", 2),
        ("country", "Iraq", "IQ", 1),
        ("country", "no place told", None, 1),
        ("admin1", "Borno, NG", "Borno", 2),
        ("admin1", "Basra, IQ", "Basra", 1),
        ("actor", "the Northern Front", "ac_front", 3),
        ("actor", "gunmen", None, 1),
        ("actor", "nobody blamed", None, 1),
    ]


def test_killed_are_summed_and_unknown_is_not_nought() -> None:
    rows = [
        incident(killed=Count(3, 4, 9)),
        incident(killed=Count(0, 0, 0)),
        incident(),
        incident(place=YOLA),
    ]
    table = trend_table(facts(rows))
    assert row(table, "all", "all").killed == Toll(3, 4, 9, n_known=2)
    assert table.periods[-1].killed == Toll(3, 4, 9, n_known=2)
    assert row(table, "admin1", "Adamawa, NG").killed is None


def test_a_least_number_of_origins() -> None:
    table = trend_table(facts([incident(n_origins=2), incident(n_origins=1)]), min_origins=2)
    assert len(table.rows[0].incidents) == 1
    assert (table.min_origins, table.n_left_out) == (2, 1)


def test_as_of_a_day_is_reckoned_from_that_day() -> None:
    table = trend_table(facts([incident(before(30))], as_of=before(20)))
    assert table.end == before(20)
    until = window(28, before(20), weekly(before(300), before(20)))
    assert table.rows[0].four_weeks == change_in(until, [incident(before(30))])


def test_an_empty_ledger_has_a_table() -> None:
    table = trend_table(Facts(Ledger()))
    assert (table.end, table.periods, len(table.rows)) == (None, (), 1)
    assert table.rows[0].four_weeks is None


# --- what the texts say

HALF = PartialDate.span(before(100), SUNDAY)


def said(
    text: str,
    trigger: str,
    period: PartialDate = HALF,
    *,
    told: Sequence[FusedIncident] = (),
    value: int | None = None,
    direction: str | None = None,
    weapon: str = "",
) -> SaidTrend:
    """One statement of a report that tells of these incidents too, beside some others."""
    owner = report(text)
    about = mention(owner, trigger, kind="trend", type="trend")
    claims = [claim(owner, about, text=text, says=text)]
    if weapon:
        claims.append(claim(owner, about, weapon=weapon.lower(), says=weapon))
    trend = FusedTrend("tr_1", text, value, False, direction, period, (owner.id,), 1, tuple(claims))
    rows = [
        *(replace(one, reports=(owner.id,)) for one in told),
        *(incident(before(50 + n), BIU) for n in range(4)),
        *(incident(before(150 + n), BIU) for n in range(2)),
        incident(before(60), YOLA),
        incident(before(60), BASRA, type="Air/drone strike"),
        incident(PartialDate.year(2025), BIU),
    ]
    ledger = facts(rows, trends=[trend], reports=[owner], mentions=(about,), claims=tuple(claims))
    [found] = said_trends(ledger)
    return found


def test_a_sum_stands_beside_the_ledgers_of_the_place_it_names() -> None:
    found = said("Around Biu convoys were attacked 17 times since March.", "attacked", value=17)
    assert (found.place, found.place_why, found.type) == ("Borno, NG", "its words name Biu", None)
    assert len(found.incidents or ()) == 4
    assert found.verdict == "the ledger has 4 there in those days"


def test_a_direction_stands_beside_the_days_before() -> None:
    found = said("Attacks in Nigeria have doubled since March.", "Attacks", direction="rising")
    assert (found.place, found.place_why) == ("Nigeria", "its words name it")
    assert (
        found.verdict == "the ledger has 5 there in those days, 2 in as many days before: too few to compare"
    )
    assert found.change is not None
    assert found.change.unsure == 1


def test_a_country_that_is_not_where_it_happened_is_no_place() -> None:
    told = [incident(before(60), BASRA)]
    found = said("Attacks on U.S. troops have doubled since March.", "Attacks", told=told, direction="rising")
    assert (found.place, found.place_why) == ("Basra, IQ", "its reports tell of incidents there alone")
    assert len(found.incidents or ()) == 2


def test_a_statement_without_days_or_place_has_nothing_beside_it() -> None:
    nowhere = said("Attacks have doubled since March.", "Attacks", direction="rising")
    assert nowhere.incidents is None
    assert nowhere.verdict == "it names no place, nor do its reports tell of one alone"
    two = said("Attacks have doubled since March.", "Attacks", told=[incident(), incident(place=BASRA)])
    assert two.place is None
    whenever = said("Attacks in Nigeria have doubled.", "Attacks", period=PartialDate())
    assert whenever.verdict == "it names no days"


def test_the_sort_of_incident_is_the_words_or_the_weapons() -> None:
    shelling = said("Shelling in Nigeria has doubled since March.", "Shelling")
    assert (shelling.type, shelling.incidents) == ("Shelling/artillery/missile attack", ())
    drones = said(
        "Drone attacks in Iraq have doubled since March.",
        "attacks",
        weapon="Drone",
    )
    assert drones.type == "Air/drone strike"
    assert len(drones.incidents or ()) == 1


def test_a_ledger_with_more_than_is_said_says_so() -> None:
    found = said("Around Biu convoys were attacked three times since March.", "attacked", value=3)
    assert found.verdict == "the ledger has more, 4 there in those days"
