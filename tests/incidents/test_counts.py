"""Low, best, high: which report's figure counts, and why."""

from dataclasses import replace
from datetime import date

import pytest
from factory import claim, mention, published, report, voice
from world import world

from attested.claims.assemble import GROWN
from attested.incidents.counts import fuse_count, standing
from attested.incidents.tolls import figures_of
from attested.model import Claim, Derivation, Report
from attested.values import Score

FIVE = report("Five people were killed at the market, police said.")
SEVEN = report("The blast killed seven people, the agency reported.")
COPY = report("The blast killed seven people, the agency reported. (copy)")
TWO = report("Tomas Reyes died. It also killed Ana Ruiz.")


def killed(owner: Report, value: int, says: str, **more: object) -> Claim:
    return claim(owner, mention(owner, "killed"), killed=value, says=says, **more)


def numbers(*claims: Claim, **more: object) -> tuple[int, int, int] | None:
    owners = [r for r in (FIVE, SEVEN, COPY, TWO) if any(c.report_id == r.id for c in claims)]
    context = world(owners, claims=claims, **more)  # type: ignore[arg-type]
    count = fuse_count(context, standing(context, figures_of(claims)))
    return (count.low, count.best, count.high) if count else None


def test_no_figure_is_unknown_not_zero() -> None:
    assert numbers() is None


def test_a_said_zero_is_zero() -> None:
    assert numbers(killed(FIVE, 0, "people")) == (0, 0, 0)


def test_two_origins_span_low_to_high() -> None:
    assert numbers(killed(FIVE, 5, "Five people"), killed(SEVEN, 7, "seven people")) in [(5, 5, 7), (5, 7, 7)]


def test_copies_do_not_outvote() -> None:
    police = voice("named body", "police")
    rows = [
        killed(FIVE, 5, "Five people", by=police),
        killed(SEVEN, 7, "seven people"),
        killed(COPY, 7, "seven people"),
    ]
    assert numbers(*rows, families=[[SEVEN, COPY]]) == (5, 5, 7)


def test_most_origins_win() -> None:
    rows = [killed(FIVE, 5, "Five people"), killed(SEVEN, 7, "seven people"), killed(COPY, 7, "seven people")]
    assert numbers(*rows) == (5, 7, 7)


def test_an_origin_speaks_with_its_latest_report() -> None:
    rows = [killed(FIVE, 5, "Five people"), killed(SEVEN, 7, "seven people")]
    days = {FIVE.id: date(2025, 3, 11), SEVEN.id: date(2025, 3, 12)}
    assert numbers(*rows, families=[[FIVE, SEVEN]], out_on=days) == (7, 7, 7)


def test_parts_are_not_added_to_their_sum() -> None:
    rows = [killed(FIVE, 5, "Five people"), killed(FIVE, 3, "people", part_of="cl_x")]
    assert numbers(*rows) == (5, 5, 5)


def test_names_are_counted_and_are_a_floor() -> None:
    first = killed(TWO, 1, "Tomas Reyes", unit="named person")
    second = killed(TWO, 1, "Ana Ruiz", unit="named person, more")
    figures = figures_of([first, second])
    assert [(f.value, f.is_floor) for f in figures] == [(2, True)]


@pytest.mark.parametrize("qualifier", ["at least", "more than"])
def test_a_floor_does_not_win_over_a_figure(qualifier: str) -> None:
    rows = [killed(FIVE, 5, "Five people", qualifier=qualifier), killed(SEVEN, 7, "seven people")]
    assert numbers(*rows) == (5, 7, 7)


def test_a_replaced_versions_figure_falls_in_every_copy_of_it() -> None:
    first, second = report("Nine died. A.", id="v1"), report("Twelve died. B.", id="v2")
    copy, other = report("Nine died. C.", id="copy"), report("Nine died. D.", id="other")
    claims = [
        claim(first, says="Nine", killed=9), claim(copy, says="Nine", killed=9),
        claim(second, says="Twelve", killed=12), claim(other, says="Nine", killed=9),
    ]  # fmt: skip
    family = [(first, second, copy)]
    context = world((first, second, copy, other), (), claims, families=family)
    version = Derivation("v2", "v1", "rewrite", Score(0.5), is_version=True)
    standing_now = standing(replace(context, derivations=(version,)), figures_of(claims))
    assert {(f.report_id, f.value) for f in standing_now} == {("v2", 12), ("other", 9)}


# --- who was hit, and who of them died ----------------------------------------------------------------------

NEWS = report(
    "Five people were shot. Ana Ruiz was shot. She died, one of three dead. Tomas Ruiz was hurt. The man was shot. "
    "A cook died and a maid was shot. A 20-year-old man was hit, a 31-year-old woman, another 20-year-old man. "
    "A clerk was killed and six others wounded. Six others were flown out. The other two wait."
)


def said(field: str, value: int, says: str, unit: str = "people", **more: object) -> Claim:
    return claim(NEWS, mention(NEWS, "shot"), says=says, unit=unit, **{field: value}, **more)


@pytest.mark.parametrize(
    ("injured", "killed", "figure"),
    [
        ([("Five people", 5, "people, hit")], [], 5),
        ([("Five people", 5, "people, hit")], [("three dead", 3, "people")], 2),
        ([("The man", 1, "people, hit")], [("three dead", 1, "people")], None),
        ([("The man", 1, "people, hit"), ("Tomas Ruiz", 2, "people")], [("three dead", 1, "people")], 2),
        ([("Ana Ruiz", 1, "named person")], [("Ana Ruiz", 1, "named person")], None),
        ([("Tomas Ruiz", 1, "named person")], [("Ana Ruiz", 1, "named person")], 1),
        ([("a maid", 1, "people, hit")], [("A cook", 1, "people")], 1),
    ],
)
def test_who_was_hit_is_hurt_unless_he_died(
    injured: list[tuple[str, int, str]], killed: list[tuple[str, int, str]], figure: int | None
) -> None:
    rows = [said("injured", value, says, unit) for says, value, unit in injured]
    dead = [said("killed", value, says, unit) for says, value, unit in killed]
    found = figures_of([*rows, *dead], "injured")
    assert (found[0].value if found else None) == figure


def test_people_told_one_at_a_time_by_age_are_added_up() -> None:
    rows = [
        said("injured", 1, "A 20-year-old man"),
        said("injured", 1, "a 31-year-old woman"),
        said("injured", 1, "another 20-year-old man", "people, more"),
    ]
    assert [f.value for f in figures_of(rows, "injured")] == [3]


def test_others_than_the_dead_are_all_of_the_wounded_and_are_told_again() -> None:
    rows = [
        said("injured", 6, "six others", "people, more"),
        said("injured", 6, "Six others", "people, more"),
        said("injured", 2, "The other two", "people, more"),
    ]
    assert [f.value for f in figures_of([*rows, said("killed", 1, "A clerk")], "injured")] == [6]


def test_a_family_of_one_surname_is_not_one_person() -> None:
    rows = [said("killed", 1, says, "named person") for says in ("Ana Ruiz", "Tomas Ruiz")]
    assert [f.value for f in figures_of(rows)] == [2]


def test_people_named_in_full_are_at_least_as_many() -> None:
    owner = report("Two were killed. Ana Ruiz, Tom Lee and Eva Roy are mourned.")
    names = [
        killed(owner, 1, says, unit="named person", part_of="cl_x")
        for says in ("Ana Ruiz", "Tom Lee", "Eva Roy")
    ]
    assert [f.value for f in figures_of([killed(owner, 2, "Two"), *names])] == [3]


def test_a_toll_that_grew_leaves_earlier_ones_out_of_date() -> None:
    grown = replace(killed(SEVEN, 7, "seven people"), unit=GROWN)
    assert numbers(killed(FIVE, 5, "Five people"), grown) == (7, 7, 7)


def test_a_later_lower_figure_stands_beside_the_first() -> None:
    lower = replace(killed(FIVE, 5, "Five people"), unit=GROWN)
    assert numbers(lower, killed(SEVEN, 7, "seven people")) in [(5, 5, 7), (5, 7, 7)]


def test_a_witness_with_more_does_not_speak_for_his_report() -> None:
    owner = report("The blast killed 15 people, the governor said. A resident counted 20 people.")
    told = mention(owner, "killed")
    official = claim(owner, told, killed=15, says="15 people", by=voice("named person", "the governor"))
    witness = claim(owner, told, killed=20, says="20 people", by=voice("witness", "a resident"))
    context = world([owner], claims=(official, witness))
    count = fuse_count(context, standing(context, figures_of([official, witness])))
    assert count is not None
    assert (count.low, count.best, count.high) == (15, 15, 20)


def test_an_official_figure_of_a_later_day_is_the_best_one() -> None:
    later = report("The governor said nine people were killed.")
    rows = [killed(FIVE, 5, "Five people"), killed(SEVEN, 5, "seven people")]
    rows.append(killed(later, 9, "nine people", by=voice("named person", "the governor")))
    day = {r.id: published(r, date(2025, 3, 11 + n)) for n, r in enumerate((FIVE, SEVEN, later))}
    context = replace(world((FIVE, SEVEN, later), claims=rows), published=day)
    count = fuse_count(context, standing(context, figures_of(rows)))
    assert count is not None
    assert (count.low, count.best, count.high) == (5, 9, 9)
    assert count.why == "an official body says 9 on a later day than any report says less"
