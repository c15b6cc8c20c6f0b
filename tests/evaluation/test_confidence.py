"""Said and right, counted by hand."""

import pytest

from attested.evaluation.confidence import Said, band_words, confidence_figures
from attested.evaluation.scorers import Figures

# Each row ten times: fields with fewer rows have no figures.
KILLED = [
    Said("a", "killed", 0.95, True),
    Said("a", "killed", 0.93, True),
    Said("b", "killed", 0.92, False),
    Said("b", "killed", 0.60, True),
] * 10
ROWS = [*KILLED, *[Said("c", "date", 0.85, True)] * 10, *[Said("c", "incident", 0.40, False)] * 10]


def test_the_share_right_of_the_sure() -> None:
    figures = Figures("x", confidence_figures(ROWS))
    assert figures["right of 90% sure: killed"] == pytest.approx(2 / 3)
    assert figures["right of 90% sure: values"] == pytest.approx(2 / 3)


def test_the_error_is_how_far_each_band_is_off_by_its_size() -> None:
    figures = Figures("x", confidence_figures(ROWS))
    # Of killed: 2.80 was said in the highest band and two were right, 0.60 in a lower one and one was right.
    assert figures["calibration error: killed"] == pytest.approx((0.80 + 0.40) / 4)
    assert figures["calibration error: incident"] == pytest.approx(0.40)


def test_the_brier_score_beside_that_of_the_share_right() -> None:
    figures = confidence_figures(KILLED)
    brier = next(f for f in figures if f.name == "Brier score: killed")
    assert brier.value == pytest.approx((0.05**2 + 0.07**2 + 0.92**2 + 0.40**2) / 4)
    assert brier.note.startswith("0.1875")


def test_that_it_is_an_incident_is_no_value() -> None:
    figures = {f.name: f.n for f in confidence_figures(ROWS)}
    assert figures["calibration error: values"] == 50
    assert figures["calibration error: incident"] == 10


def test_few_rows_have_no_figures_and_nothing_sure_has_no_share() -> None:
    assert confidence_figures(ROWS[:9]) == ()
    names = {f.name for f in confidence_figures(ROWS)}
    assert "calibration error: date" in names
    assert "right of 90% sure: date" not in names


def test_the_table_in_words_has_the_surest_first() -> None:
    assert band_words(KILLED) == "0.9-1: 30, 0.93 said, 0.67 right; 0.5-0.7: 10, 0.60 said, 1.00 right"
