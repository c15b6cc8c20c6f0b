import json
from pathlib import Path
from typing import Any

import pytest
from terminal import flat, typed

from attested.cli.trends_command import toll_words
from attested.views.change import Change, change_words
from attested.views.trend_table import Toll


@pytest.fixture(scope="module")
def ledger(example_run: tuple[Path, Any]) -> str:
    """The examples' ledger."""
    return str(example_run[0])


def test_tables_for_a_person(ledger: str) -> None:
    said = flat(typed("trends", "-l", ledger, "--table").output)
    assert "seven incidents; in no week: 1 whose days lie in more than one" in said
    assert "2025-W11 1 19 (19 to 23) 8" in said
    assert "52 weeks: 22 September 2024 to 20 September 2025, and as many days before; not compared:" in said
    assert "Nigeria 3 0 3 25 (25 to 29)" in said
    assert "Borno, NG 3" in said
    assert "National Liberation Army (Colombia) 1" in said
    assert (
        "says 17; the ledger has 2 there in those days Norte de Santander, CO, 2025-01-01/2025-06-07" in said
    )


def test_a_narrow_terminal_is_enough(ledger: str) -> None:
    lines = typed("trends", "-l", ledger, "--table", columns=70).output.splitlines()
    assert max(len(line.rstrip()) for line in lines) <= 70
    assert any(line.split()[:3] == ["Nigeria", "3", "0"] for line in lines)


def test_json_has_the_incidents_behind_every_count(ledger: str) -> None:
    found = json.loads(
        typed("trends", "-l", ledger, "--by", "month", "--as-of", "2025-06-10", "--min-origins", "2").output
    )
    assert (found["by"], found["end"], found["min_origins"], found["n_left_out"]) == (
        "month",
        "2025-06-10",
        2,
        2,
    )
    [whole] = [row for row in found["rows"] if row["by"] == "all"]
    assert list(whole["periods"]) == ["2024-11", "2025-03", "2025-06"]
    assert {one for ids in whole["periods"].values() for one in ids} == set(whole["incidents"])
    assert whole["four_weeks"]["verdict"] == "not covered"
    [march] = [period for period in found["periods"] if period["name"] == "2025-03"]
    assert (march["killed"], march["n_reports"]) == ({"low": 19, "best": 19, "high": 23, "n_known": 1}, 8)
    [sum_] = [said for said in found["said"] if said["value"]]
    assert (sum_["value"], len(sum_["incidents"]), sum_["verdict"]) == (
        17,
        1,
        "the ledger has 1 there in those days",
    )


def test_mistakes(ledger: str) -> None:
    assert "cannot go together" in typed("trends", "-l", ledger, "--json", "--table").output
    assert "'day' is not one of 'week', 'month'" in typed("trends", "-l", ledger, "--by", "day").output
    assert typed("trends", "-l", ledger, "--min-origins", "0").exit_code == 2


def test_changes_and_tolls_in_words() -> None:
    assert change_words(Change(25, 12, 0, "rising", 0.04)) == "rising, +108 %"
    assert change_words(Change(6, 0, 0, "rising", 0.03)) == "rising"
    assert change_words(Change(3, 2, 1, "too few to compare", None)) == "too few to compare"
    assert change_words(Change(3, 0, 1, "not covered", None)) == ""
    assert change_words(None) == ""
    assert toll_words(Toll(1_000, 1_200, 1_300, 9)) == "1,200 (1,000 to 1,300)"
    assert toll_words(Toll(4, 4, 4, 1)) == "4"
    assert toll_words(None) == ""
