import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from attested.reports.features import NAMES, line_features
from attested.reports.furniture import Trees, body_probabilities, load_trees
from attested.reports.label import label_by_cue
from attested.reports.lines import find_lines

PAGE = "\n\n".join(
    [
        "Home", "World", "Sport", "Flood cuts off three towns in the delta",
        "Rivers swollen by a week of rain cut the roads to three towns in the delta on Monday, officials said.",
        "Helicopters carried food and water to about 4,000 people who had climbed to the roofs of the towns.",
        "“We have never seen the river so high,” said the mayor of one of the towns, who was on a roof herself.",
        "Most read", "Bank raises rates for the third time in a year", "Striker signs for rivals after row",
    ]
)  # fmt: skip


def test_paragraphs_are_told_from_menus_and_teasers() -> None:
    lines = find_lines(PAGE)
    chances = body_probabilities(lines, [label_by_cue(line) for line in lines])
    assert chances[4:7].min() > 0.5
    assert max(chances[:3].max(), chances[7:].max()) < 0.3


def test_the_weights_fit_the_features() -> None:
    assert load_trees().feature.max() < len(NAMES)


def test_trees_walk_left_below_the_threshold() -> None:
    tree = Trees(
        feature=np.array([[0, 0, 0]], np.int32), threshold=np.array([[1.5, 0, 0]], np.float32),
        left=np.array([[1, 1, 2]], np.int32), right=np.array([[2, 1, 2]], np.int32),
        value=np.array([[0, -3, 3]], np.float32), baseline=0.0, depth=1,
    )  # fmt: skip
    low, high = tree.probability(np.array([[1.0], [2.0]], np.float32))
    assert low < 0.05
    assert high > 0.95


@given(st.lists(st.text(alphabet='aB .!?"|©1—', min_size=1, max_size=40), max_size=12))
def test_features_are_finite_and_one_row_a_line(texts: list[str]) -> None:
    lines = find_lines("\n".join(texts))
    rows = (
        line_features(lines, [label_by_cue(line) for line in lines]) if lines else np.zeros((0, len(NAMES)))
    )
    assert rows.shape == (len(lines), len(NAMES))
    assert np.isfinite(rows).all()
