"""Low, best, high: which report's figure counts, and why."""

from dataclasses import replace
from datetime import date

import pytest
from factory import claim, mention, report, voice
from world import world

from attested.incidents.counts import figures_of, fuse_count, standing
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
