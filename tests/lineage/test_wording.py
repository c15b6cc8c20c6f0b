import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from newsroom import DISPATCH, report, worded

from attested.lineage.wording import containment, fold_word, fold_words, jaccard, n_shared, word_report
from attested.model import Outline, Span


@pytest.mark.parametrize(
    ("written", "folded"),
    [("U.S.", "us"), ("Café", "cafe"), ("can’t", "can't"), ("ROCKET", "rocket"), ("3.5", "35")],
)
def test_a_word_is_folded(written: str, folded: str) -> None:
    assert fold_word(written.rstrip(".")) == folded


def test_words_leave_punctuation_out() -> None:
    assert fold_words("“Stop,” he said – twice.") == ["stop", "he", "said", "twice"]


def test_sentences_keep_their_place_in_the_page() -> None:
    made = report("r1", DISPATCH)
    for sentence in word_report(made, None).sentences:
        assert fold_words(made.text[sentence.start : sentence.end]) == list(sentence.words)


def test_a_quotation_weighs_nothing_and_narration_everything() -> None:
    quoted, told = worded(
        "r1", 'She said: "Nobody came to help us all night." The army sent a helicopter.'
    ).sentences
    assert (quoted.weight, told.weight) == (0, 5)
    assert quoted.narrated == ("she", "said", *[""] * 7)


def test_vectors_follow_their_sentences() -> None:
    made = report("r1", "One thing. ... Another thing.")
    spans = [Span(0, 10), Span(11, 14), Span(15, 29)]
    outline = Outline("r1", tuple(spans), vectors=np.eye(3, dtype=np.float16))
    wording = word_report(made, outline)
    assert [s.start for s in wording.sentences] == [0, 15]
    assert wording.vectors.tolist() == [[1, 0, 0], [0, 0, 1]]


def test_shingles_of_a_text_are_its_own_and_of_its_part_contained() -> None:
    whole, part, other = (
        worded("a", DISPATCH),
        worded("b", DISPATCH[:400]),
        worded("c", "Nothing of the kind " * 9),
    )
    assert jaccard(whole.shingles, whole.shingles) == 1.0
    assert containment(whole.shingles, part.shingles) > 0.95
    assert jaccard(whole.shingles, other.shingles) == 0.0


def test_shingles_are_the_same_in_every_run() -> None:
    assert worded("a", "the army sent a helicopter").shingles.tolist() == [4670616233769422631]


@given(st.sets(st.integers(0, 2**64 - 1)), st.sets(st.integers(0, 2**64 - 1)))
def test_shared_shingles_are_counted_as_sets_count(left: set[int], right: set[int]) -> None:
    arrays = [np.array(sorted(s), dtype=np.uint64) for s in (left, right)]
    assert n_shared(*arrays) == len(left & right)


@given(st.text(max_size=200))
def test_any_text_can_be_worded(text: str) -> None:
    wording = worded("r", text)
    assert all(len(s.words) == len(s.narrated) for s in wording.sentences)
