"""The gate: floors hold, only rise, and an absent set is skipped with a message."""

import json
from pathlib import Path
from typing import Any

import pytest

from attested.errors import DataError
from attested.evaluation import gate
from attested.evaluation.gate import (
    GoldSet,
    Outcome,
    digest,
    measure,
    raised,
    read_floors,
    told,
    write_floors,
)
from attested.evaluation.registry import ADAPTERS
from attested.evaluation.scorers import Figure, Figures


def gold_set(**floors: float) -> GoldSet:
    return GoldSet("toy", "data/toy", True, 0.002, floors, "a" * 64)


def outcome(floors: dict[str, float], figures: dict[str, float], gold: str = "a" * 64) -> Outcome:
    return Outcome(gold_set(**floors), figures, gold)


@pytest.fixture
def shared(tmp_path: Path) -> Path:
    folder = tmp_path / "shared" / "data" / "toy"
    folder.mkdir(parents=True)
    (folder / "dev.txt").write_text("gold", encoding="utf-8")
    return tmp_path / "shared"


def figures_of(value: float) -> Any:
    return lambda name, folder: Figures(name, (Figure("F1", value),), ("dev.txt",))


@pytest.mark.parametrize(
    ("floors", "figures", "is_failure"),
    [
        ({"F1": 0.80}, {"F1": 0.80}, False),
        ({"F1": 0.80}, {"F1": 0.79}, True),
        ({"F1": 0.80, "UPOS": 0.9}, {"F1": 0.85, "UPOS": 0.89}, True),
        ({"F1": 0.80}, {"other": 1.0}, True),
        ({}, {"F1": 0.1}, False),
    ],
)
def test_a_figure_below_its_floor_shuts_the_gate(
    floors: dict[str, float], figures: dict[str, float], is_failure: bool
) -> None:
    assert outcome(floors, figures).is_failure is is_failure


def test_other_gold_is_not_compared_silently() -> None:
    changed = outcome({"F1": 0.5}, {"F1": 0.9}, gold="b" * 64)
    assert changed.is_failure
    assert any("not those of the floors" in line for line in told(changed))


def test_an_absent_set_is_skipped_with_its_folder(tmp_path: Path) -> None:
    found = measure(gold_set(F1=0.9), tmp_path, figures_of(0.1))
    assert not found.is_failure
    assert "data/toy is not there" in "\n".join(told(found))


def test_a_set_that_is_there_is_measured(shared: Path) -> None:
    found = measure(gold_set(F1=0.5), shared, figures_of(0.75))
    assert found.figures == {"F1": 0.75}
    assert found.gold == digest(shared / "data" / "toy")


def test_what_is_told_names_the_figure_and_its_floor() -> None:
    assert "  F1 0.7000 is below its floor 0.8000" in told(outcome({"F1": 0.8}, {"F1": 0.7}))


@pytest.mark.parametrize(
    ("floor", "figure", "after"),
    [(0.80, 0.90, 0.898), (0.80, 0.79, 0.80), (0.80, 0.801, 0.80), (0.0, 0.5, 0.498)],
)
def test_update_only_raises(floor: float, figure: float, after: float) -> None:
    (found,) = raised([gold_set(F1=floor)], [outcome({"F1": floor}, {"F1": figure})])
    assert found.floors == {"F1": after}


def test_update_leaves_what_was_skipped_or_measured_on_other_gold() -> None:
    known = gold_set(F1=0.5)
    assert raised([known], [Outcome(known, skipped="absent")]) == [known]
    assert raised([known], [Outcome(known, {"F1": 0.9}, "b" * 64)]) == [known]


def test_the_first_update_notes_the_gold() -> None:
    known = GoldSet("toy", "data/toy", True, 0.002, {"F1": 0.0}, "")
    (found,) = raised([known], [Outcome(known, {"F1": 0.9}, "b" * 64)])
    assert found.gold == "b" * 64


def test_the_digest_sees_names_and_contents(shared: Path) -> None:
    folder = shared / "data" / "toy"
    before = digest(folder)
    (folder / "dev.txt").write_text("gilt", encoding="utf-8")
    changed = digest(folder)
    (folder / "dev.txt").rename(folder / "test.txt")
    assert len({before, changed, digest(folder)}) == 3


def test_floors_are_written_as_they_are_read(tmp_path: Path) -> None:
    path = tmp_path / "floors.json"
    write_floors(path, [gold_set(F1=0.5)])
    assert read_floors(path) == [gold_set(F1=0.5)]


@pytest.mark.parametrize("change", [{"flor": 1}, {"floors": {"F1": 75.0}}])
def test_a_malformed_file_of_floors_is_refused(tmp_path: Path, change: dict[str, Any]) -> None:
    row = {"folder": "x", "quick": True, "slack": 0.002, "floors": {}, "gold": ""} | change
    path = tmp_path / "floors.json"
    path.write_text(json.dumps({"toy": row}), encoding="utf-8")
    with pytest.raises(DataError):
        read_floors(path)


def test_main_says_by_its_exit_code_whether_the_gate_is_open(
    shared: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "floors.json"
    words = ["--shared", str(shared), "--floors", str(path)]
    write_floors(path, [GoldSet("toy", "data/toy", True, 0.002, {"F1": 0.5}, "")])
    monkeypatch.setattr(gate, "evaluate", figures_of(0.7))
    assert gate.main(words) == 0
    assert gate.main([*words, "--update"]) == 0
    assert read_floors(path)[0].floors == {"F1": 0.698}
    monkeypatch.setattr(gate, "evaluate", figures_of(0.6))
    assert gate.main(words) == 1
    assert "FAILED" in capsys.readouterr().out


def test_the_projects_floors_name_sets_that_can_be_measured() -> None:
    known = read_floors(gate.FLOORS)
    assert {g.name for g in known} <= set(ADAPTERS)
    assert all(g.floors and g.gold for g in known)
    assert {"seeds", "ud_ewt", "uner_ewt", "furniture_zyte", "tempeval3"} <= {
        g.name for g in known if g.is_quick
    }
