import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attested.errors import InputError
from attested.evaluation import registry
from attested.evaluation.scorers import (
    Figure,
    Figures,
    Share,
    Tally,
    match_spans,
    mean_interval,
    share_interval,
    tally_interval,
)

counts = st.integers(0, 30)


@pytest.mark.parametrize(
    ("tally", "precision", "recall", "f1"),
    [
        (Tally(8, 2, 2), 0.8, 0.8, 0.8),
        (Tally(3, 0, 3), 1.0, 0.5, 2 / 3),
        (Tally(0, 4, 4), 0.0, 0.0, 0.0),
        (Tally(), 0.0, 0.0, 0.0),
    ],
)
def test_tally_scores(tally: Tally, precision: float, recall: float, f1: float) -> None:
    assert (tally.precision, tally.recall) == (precision, recall)
    assert tally.f1 == pytest.approx(f1)


def test_tallies_and_shares_add() -> None:
    assert Tally(1, 2, 3) + Tally(4, 5, 6) == Tally(5, 7, 9)
    assert Share(1, 2) + Share(3, 4) == Share(4, 6)


@pytest.mark.parametrize(
    ("gold", "found", "tally"),
    [
        ([(0, 2, "PER")], [(0, 2, "PER")], Tally(1, 0, 0)),
        ([(0, 2, "PER")], [(0, 2, "ORG")], Tally(0, 1, 1)),
        ([(0, 2), (0, 2)], [(0, 2)], Tally(1, 0, 1)),
        ([], [(1, 2)], Tally(0, 1, 0)),
    ],
)
def test_match_spans(gold: list[object], found: list[object], tally: Tally) -> None:
    assert match_spans(gold, found) == tally  # type: ignore[arg-type]


@given(st.lists(st.builds(Tally, counts, counts, counts), min_size=1, max_size=20))
def test_interval_holds_f1_between_best_and_worst(tallies: list[Tally]) -> None:
    low, high = tally_interval(tallies)
    assert min(t.f1 for t in tallies) - 1e-9 <= low <= high <= max(t.f1 for t in tallies) + 1e-9


def test_intervals_are_the_same_every_time_and_narrow_with_more_pages() -> None:
    few = [Share(1, 2), Share(2, 2), Share(0, 2)]
    assert share_interval(few) == share_interval(few)
    low, high = share_interval(few * 50)
    assert high - low < 0.2 < share_interval(few)[1] - share_interval(few)[0]


def test_interval_of_nothing() -> None:
    assert tally_interval([]) == share_interval([]) == mean_interval([]) == (0.0, 0.0)


def test_figures_show_main_ones_first() -> None:
    figures = Figures(
        "ud_ewt",
        (Figure.share("UPOS", [Share(9, 10)]), Figure.f1("tokens", [Tally(1, 0, 1)]), Figure("LAS", 0.5)),
        ("dev.conllu",),
    )
    shown = json.loads(figures.as_json())
    assert list(shown)[:4] == ["gold", "UPOS", "tokens", "LAS"]
    assert (figures["UPOS"], shown["n"]) == (0.9, {"UPOS": 10, "tokens": 2})
    assert "UPOS" in figures.as_table().splitlines()[1]
    assert "dev.conllu" in figures.as_table()


def test_unknown_gold_set_is_guessed() -> None:
    with pytest.raises(InputError, match="did you mean 'ud_ewt'"):
        registry.find_adapter("ud-ewt")


def test_missing_folder_is_an_input_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(registry.ADAPTERS, "ours", "attested.evaluation.registry:find_adapter")
    with pytest.raises(InputError, match="no such folder"):
        registry.evaluate("ours", tmp_path / "nowhere")


def test_gold_files_leave_out_the_training_split_unless_alone(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    train = tmp_path / "x-train.conllu"
    train.touch()
    assert registry.find_gold(tmp_path, "*.conllu") == [train]
    dev = tmp_path / "deep" / "x-dev.conllu"
    dev.touch()
    assert registry.find_gold(tmp_path, "*.conllu") == [dev]
    with pytest.raises(InputError, match=r"no file matches \*\.iob2"):
        registry.find_gold(tmp_path, "*.iob2")
