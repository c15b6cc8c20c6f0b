import pytest
from newsroom import DISPATCH, REWRITE, spin, worded

from attested.lineage.align import align
from attested.lineage.swaps import Swaps, compare_words, find_swaps
from attested.settings import LineageSettings


def swaps(left: str, right: str) -> Swaps:
    return find_swaps(
        align(worded("a", left), worded("b", right), settings=LineageSettings(), skeleton_contained=1.0)
    )


@pytest.mark.parametrize(
    ("left", "right", "n_exchanged", "n_other"),
    [
        ("the army sent a helicopter", "the army sent a chopper", 1, 0),
        ("the army sent a helicopter", "the armed forces sent a helicopter", 1, 0),
        ("the town was shelled", "the city was shelled", 1, 0),
        ("troops left the town", "troop left the town", 0, 0),
        ("nine miners died", "11 miners died", 0, 2),
        ("he has left", "he has actually left", 0, 0),
        ("he left on the road to the border", "he left", 0, 6),
        ("it was near the river", "it was by the river", 0, 1),
    ],
)
def test_exchanges_are_told_from_other_edits(left: str, right: str, n_exchanged: int, n_other: int) -> None:
    exchanged, other = compare_words(tuple(left.split()), tuple(right.split()))
    assert (len(exchanged), other > 0) == (n_exchanged, n_other > 0)


def test_a_spun_copy_has_many_exchanges_and_untouched_quotations() -> None:
    found = swaps(DISPATCH, spin(DISPATCH))
    assert len(found.exchanged) > 15
    assert found.purity > 0.7
    assert (found.n_quoted_sentences, found.n_quoted_touched) == (1, 0)


def test_an_editors_rewrite_has_few() -> None:
    assert len(swaps(DISPATCH, REWRITE).exchanged) <= 3
