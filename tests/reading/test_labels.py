import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from attested.reading.labels import best_labels, is_well_formed, spans_of

LABELS = ["O", "B-PER", "I-PER", "B-ORG", "I-ORG"]


def scores(*best: str, margin: float = 5.0) -> np.ndarray:
    rows = np.zeros((len(best), len(LABELS)))
    for i, label in enumerate(best):
        rows[i, LABELS.index(label)] = margin
    return rows


def test_a_well_formed_best_is_kept() -> None:
    labels = ["O", "B-PER", "I-PER", "B-ORG", "O"]
    assert best_labels(scores(*labels), LABELS) == labels


def test_an_inside_without_a_beginning_is_repaired_at_least_cost() -> None:
    rows = scores("O", "I-PER", "I-PER")
    rows[1, LABELS.index("B-PER")] = 4
    assert best_labels(rows, LABELS) == ["O", "B-PER", "I-PER"]


def test_a_change_of_type_within_a_name_is_repaired() -> None:
    rows = scores("B-PER", "I-ORG", "I-PER")
    rows[1, LABELS.index("I-PER")] = 4
    assert best_labels(rows, LABELS) == ["B-PER", "I-PER", "I-PER"]


@given(st.integers(1, 7).flatmap(lambda n: arrays(np.float64, (n, 5), elements=st.floats(-9, 9))))
def test_labels_are_always_well_formed(rows: np.ndarray) -> None:
    labels = best_labels(rows, LABELS)
    assert len(labels) == len(rows)
    assert is_well_formed(labels)


@pytest.mark.parametrize(
    ("labels", "spans"),
    [
        (["B-PER", "I-PER", "O", "B-ORG"], [(0, 2, "PER"), (3, 4, "ORG")]),
        (["B-PER", "B-PER"], [(0, 1, "PER"), (1, 2, "PER")]),
        (["I-PER", "I-ORG"], [(0, 1, "PER"), (1, 2, "ORG")]),
        (["O", "O"], []),
        ([], []),
    ],
)
def test_spans_of(labels: list[str], spans: list[tuple[int, int, str]]) -> None:
    assert spans_of(labels) == spans
