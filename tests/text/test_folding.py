import pytest

from attested.text.folding import fold_word, fold_words


@pytest.mark.parametrize(
    ("written", "folded"),
    [("U.S.", "us"), ("Café", "cafe"), ("can’t", "can't"), ("ROCKET", "rocket"), ("3.5", "35")],
)
def test_a_word_is_folded(written: str, folded: str) -> None:
    assert fold_word(written.rstrip(".")) == folded


def test_words_leave_punctuation_out() -> None:
    assert fold_words("“Stop,” he said – twice.") == ["stop", "he", "said", "twice"]
