import pytest
from hypothesis import given
from hypothesis import strategies as st

from attested.evaluation.coreference import (
    b_cubed,
    ceaf_e,
    conll_f1,
    coreference_figures,
    lea,
    muc,
    without_singletons,
)

SCORES = {"muc": muc, "b3": b_cubed, "ceaf_e": ceaf_e, "lea": lea}


def clusters(*words: str) -> dict[str, int]:
    """Mentions are letters, each word a cluster."""
    return {mention: i for i, word in enumerate(words) for mention in word}


# The example of Pradhan et al. 2014 (figure 1), which Moosavi & Strube 2016 use too: c is moved, d and e are told
# apart, h and i are twinless mentions of ours. By hand: MUC 2/5 both ways; B-cubed R (4/3 + 1/3 + 1/4 + 4/4) / 7,
# P (2 + 1/2 + 1/2 + 1) / 8; CEAF-e pairs abc-ab (4/5) and defg-fghi (4/8), 1.3 of 2 and of 3; LEA R (3/3 + 4/6) / 7,
# P (2 + 0 + 4/6) / 8.
GOLD, OURS = clusters("abc", "defg"), clusters("ab", "cd", "fghi")


@pytest.mark.parametrize(
    ("metric", "precision", "recall"),
    [
        ("muc", 2 / 5, 2 / 5),
        ("b3", 4 / 8, (35 / 12) / 7),
        ("ceaf_e", 1.3 / 3, 1.3 / 2),
        ("lea", (8 / 3) / 8, (5 / 3) / 7),
    ],
)
def test_the_worked_example(metric: str, precision: float, recall: float) -> None:
    f1 = 2 * precision * recall / (precision + recall)
    assert SCORES[metric](GOLD, OURS) == pytest.approx((precision, recall, f1))
    assert SCORES[metric](OURS, GOLD) == pytest.approx((recall, precision, f1))


def test_conll_is_the_mean_of_three() -> None:
    b3 = 2 * 0.5 * (5 / 12) / (0.5 + 5 / 12)
    assert conll_f1(GOLD, OURS) == pytest.approx((0.4 + b3 + 0.52) / 3)


# Vilain et al. 1995: the gold chain A-B-C-D against A-B, C-D has lost one link of three.
# Bagga & Baldwin 1998: gold 1-5, 6-7, 8-12; the error that joins the long chains costs more than the one that joins
# the short one to a long one: P 0.58 (7/12) against 0.76 (16/21), MUC 0.9 (9/10) for both.
@pytest.mark.parametrize(
    ("gold", "ours", "metric", "precision", "recall"),
    [
        (("abcd",), ("ab", "cd"), "muc", 1.0, 2 / 3),
        (("abcde", "fg", "hijkl"), ("abcde", "fghijkl"), "muc", 9 / 10, 1.0),
        (("abcde", "fg", "hijkl"), ("abcdehijkl", "fg"), "muc", 9 / 10, 1.0),
        (("abcde", "fg", "hijkl"), ("abcde", "fghijkl"), "b3", 16 / 21, 1.0),
        (("abcde", "fg", "hijkl"), ("abcdehijkl", "fg"), "b3", 7 / 12, 1.0),
    ],
)
def test_examples_of_the_first_papers(
    gold: tuple[str, ...], ours: tuple[str, ...], metric: str, precision: float, recall: float
) -> None:
    found = SCORES[metric](clusters(*gold), clusters(*ours))
    assert found[:2] == pytest.approx((precision, recall))


@pytest.mark.parametrize("metric", ["b3", "ceaf_e", "lea"])
def test_mentions_that_stand_alone_count(metric: str) -> None:
    assert SCORES[metric](clusters("a", "b"), clusters("a", "b")) == (1.0, 1.0, 1.0)
    assert SCORES[metric](clusters("a", "b"), clusters("ab"))[2] < 1


def test_muc_sees_no_mention_that_stands_alone() -> None:
    assert muc(clusters("a", "b"), clusters("a", "b")) == (0.0, 0.0, 0.0)
    assert muc(clusters("ab", "c"), clusters("ab", "cd")) == pytest.approx((1 / 2, 1.0, 2 / 3))


@pytest.mark.parametrize("metric", SCORES)
def test_twinless_mentions_cost_their_side(metric: str) -> None:
    score = SCORES[metric]
    precision, recall, f1 = score(clusters("ab"), clusters("abx"))
    assert precision < 1
    assert score(clusters("abx"), clusters("ab")) == pytest.approx((recall, precision, f1))
    assert score(clusters("ab"), {}) == score({}, clusters("ab")) == (0.0, 0.0, 0.0)


def test_b_cubed_of_perfect_split_and_lumped_clusters() -> None:
    gold = clusters("ab", "cd")
    assert b_cubed(gold, clusters("ab", "cd")) == (1.0, 1.0, 1.0)
    assert b_cubed(gold, clusters(*"abcd")) == pytest.approx((1.0, 0.5, 2 / 3))
    assert b_cubed(gold, clusters("abcd")) == pytest.approx((0.5, 1.0, 2 / 3))


def test_mentions_that_stand_alone_can_be_left_out() -> None:
    assert without_singletons(clusters("ab", "c")) == {"a": 0, "b": 0}


labels = st.dictionaries(st.sampled_from("abcdefghij"), st.integers(0, 4))


@given(labels, labels)
def test_figures_pool_what_the_scores_say(gold: dict[str, int], ours: dict[str, int]) -> None:
    figures = {f.name: f for f in coreference_figures(gold, ours, lambda m: m < "f", suffix=" x")}
    assert figures["conll_f1 x"].value == pytest.approx(conll_f1(gold, ours))
    for name, score in SCORES.items():
        assert figures[f"{name}_f1 x"].value == pytest.approx(score(gold, ours)[2])
        assert 0 <= score(gold, ours)[2] <= 1 + 1e-9


def test_the_interval_is_over_topics() -> None:
    gold = {(topic, m): (topic, c) for topic in range(20) for m, c in clusters("ab", "cd").items()}
    split = {(topic, m): (topic, m) if topic % 2 else c for (topic, m), c in gold.items()}
    conll, *_ = coreference_figures(gold, split, lambda key: key[0])
    assert conll.interval is not None
    assert conll.interval[0] < conll.value < conll.interval[1]
    whole, *_ = coreference_figures(gold, split, lambda _: "all")
    assert whole.interval == pytest.approx((whole.value, whole.value))
