"""Points of a pair: every sign has a weight, and the chance that they give is that of the table's log-odds."""

import math
import tomllib
from dataclasses import replace
from datetime import date
from importlib import resources
from pathlib import Path

import pytest

from attested.incidents import signs
from attested.incidents.compare import (
    VETO,
    Point,
    compare_mentions,
    is_match,
    log_odds,
    merge_at,
    most,
    odds_of_one,
    probability,
    weight,
)
from attested.incidents.profile import Profile
from attested.model import Mention, Span
from attested.values import PartialDate, Place


def attack(report_id: str) -> Profile:
    nothing: frozenset[str] = frozenset()
    place = Place("Biu", "NG", 10.61, 12.19, "Borno", precision=1)
    return Profile(
        Mention(f"mn_{report_id}", report_id, "incident", "Attack", Span(0, 1), Span(0, 1)),
        PartialDate.day(date(2025, 3, 11)), True, nothing, (place,), frozenset({"NG"}), nothing,
        None, None, nothing, nothing, nothing, "", None,
    )  # fmt: skip


def test_every_weight_is_that_of_a_sign() -> None:
    table = resources.files("attested") / "data" / "same_incident.toml"
    weights = tomllib.loads(table.read_text(encoding="utf-8"))["weights"]
    code = Path(signs.__file__).read_text(encoding="utf-8")
    assert [name for name in weights if f'"{name}"' not in code] == []


def test_a_chance_grows_with_the_points_and_is_even_at_the_bias() -> None:
    bias = math.log(probability([]) / (1 - probability([])))
    assert probability([Point(-bias, "even")]) == pytest.approx(0.5)
    assert probability([Point(1.0, "a")]) < probability([Point(1.0, "a"), Point(0.5, "b")])
    assert probability([Point(-100.0, "a veto")]) < 1e-9


@pytest.mark.parametrize("aligned", [True, False])
@pytest.mark.parametrize(
    "other",
    [{}, {"killed": 3}, {"weapons": frozenset({"bomb"})}, {"places": ()}, {"date": PartialDate.day(date(2025, 3, 12))}],
)  # fmt: skip
def test_log_odds_alone_are_those_of_the_points(other: dict[str, object], aligned: bool) -> None:
    a, b = attack("rp_a"), replace(attack("rp_b"), **other)  # type: ignore[arg-type]
    assert (
        odds_of_one(a, b, aligned) == odds_of_one(b, a, aligned) == log_odds(compare_mentions(a, b, aligned))
    )


def test_nothing_outweighs_what_keeps_two_apart() -> None:
    other = replace(attack("rp_b"), countries=frozenset({"IQ"}))
    assert odds_of_one(attack("rp_a"), other, aligned=True) == VETO
    assert log_odds(compare_mentions(attack("rp_a"), other, aligned=True)) < VETO / 2


def test_enough_points_merge_only_on_a_ground() -> None:
    assert is_match([Point(merge_at(), "the same day", is_ground=True)])
    assert not is_match([Point(merge_at() + 1, "of one sort")])
    assert not is_match([Point(merge_at() - 0.01, "the same day", is_ground=True)])


def test_points_say_in_words_why() -> None:
    points = compare_mentions(attack("rp_a"), attack("rp_b"), aligned=True)
    assert {p.why for p in points} == {
        "both on 2025-03-11", "both at Biu", "both Attack", "their sentences are copies of one another",
    }  # fmt: skip
    assert probability(points) > 0.9


def test_the_most_of_some_signs_is_nothing_where_all_speak_against() -> None:
    assert most("other place", "other toll") == 0.0
    assert most("same day", "other place") == weight("same day")
