"""Text from words: spaces, marks, and where each word lies."""

import pytest

from attested.evaluation.detokenise import detokenise


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("The mill burned .", "The mill burned."),
        ("He did n't say `` no '' ( today ) .", "He didn't say “no” (today)."),
        ("Leeds 's mill cost $ 9 , they say", "Leeds's mill cost $9, they say"),
    ],
)
def test_words_are_spaced_as_in_print(words: str, text: str) -> None:
    assert detokenise([words.split()])[0] == text


def test_each_word_lies_where_its_offsets_say() -> None:
    text, offsets = detokenise([["A", "barn", "."], [], ["Fire", "!"]])
    assert [[text[start:end] for start, end in row] for row in offsets] == [
        ["A", "barn", "."],
        [],
        ["Fire", "!"],
    ]
    assert text.splitlines()[0] == "A barn."
