from newsroom import DISPATCH, INDEPENDENT, OTHER, REWRITE, spin

from attested.lineage.candidates import MAX_COMPARED, find_candidates, overlap
from attested.text.folding import fold_words


def near(asked: str, *held: str) -> list[int]:
    """The places of the held texts that the one asked about is to be aligned with, nearest first."""
    texts = [fold_words(text) for text in (*held, asked)]
    return [c.earlier for c in find_candidates(texts) if c.later == len(held)]


def test_copies_rewrites_and_spun_copies_are_found_and_nothing_else() -> None:
    assert sorted(near(DISPATCH + " Once more.", OTHER, DISPATCH[:500], REWRITE, spin(DISPATCH))) == [1, 2, 3]


def test_another_newsroom_at_the_same_scene_is_no_candidate() -> None:
    assert near(DISPATCH, INDEPENDENT) == []


def test_a_text_without_shingles_is_asked_and_held_without_harm() -> None:
    assert near("Too short.", "Short too.", "") == []


def test_a_text_that_stands_there_already_is_paired_with_the_first_alone() -> None:
    assert near(DISPATCH, *[DISPATCH] * 5) == [0]
    assert near("", "") == []


def test_no_more_than_a_bounded_number_is_compared() -> None:
    versions = [f"{DISPATCH} Edition {n} of the paper." for n in range(MAX_COMPARED + 5)]
    assert len(near(DISPATCH, *versions)) == MAX_COMPARED


def test_overlap_of_a_text_with_itself_is_whole_and_with_another_none() -> None:
    words = fold_words(DISPATCH)
    assert overlap(words, words) == (1.0, 1.0)
    assert overlap(words, fold_words(OTHER)) == (0.0, 0.0)
