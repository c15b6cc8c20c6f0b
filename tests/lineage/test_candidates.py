from newsroom import DISPATCH, INDEPENDENT, OTHER, REWRITE, spin, worded

from attested.lineage.candidates import MAX_COMPARED, CandidateIndex
from attested.settings import LineageSettings


def near(asked: str, *held: str) -> list[int]:
    index = CandidateIndex(LineageSettings())
    for key, text in enumerate(held):
        index.add(key, worded(f"r{key}", text))
    return [candidate.key for candidate in index.near(worded("asked", asked))]


def test_copies_rewrites_and_spun_copies_are_found_and_nothing_else() -> None:
    assert near(DISPATCH, OTHER, DISPATCH[:500], REWRITE, spin(DISPATCH)) == [1, 3, 2]


def test_another_newsroom_at_the_same_scene_is_no_candidate() -> None:
    assert near(DISPATCH, INDEPENDENT) == []


def test_a_text_without_shingles_is_asked_and_held_without_harm() -> None:
    assert near("Too short.", "Short too.") == []


def test_no_more_than_a_bounded_number_is_compared() -> None:
    assert len(near(DISPATCH, *[DISPATCH] * (MAX_COMPARED + 5))) == MAX_COMPARED
