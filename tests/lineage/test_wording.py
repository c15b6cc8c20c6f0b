import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from newsroom import DISPATCH, report, worded

from attested.lineage.wording import word_report
from attested.model import Outline, Span
from attested.text.folding import fold_words


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


@given(st.text(max_size=200))
def test_any_text_can_be_worded(text: str) -> None:
    wording = worded("r", text)
    assert all(len(s.words) == len(s.narrated) for s in wording.sentences)


def test_runs_are_narrated_inside_one_sentence() -> None:
    made = worded("r", 'One two three four five. Six seven "eight nine ten eleven twelve" he said to us.')
    assert made.narrated_runs == {("one", "two", "three", "four", "five")}
