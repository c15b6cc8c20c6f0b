import pytest

from attested.text.lemmas import lemmas


@pytest.mark.parametrize(
    ("word", "form"),
    [
        ("killed", "kill"),
        ("bombing", "bomb"),
        ("striking", "strike"),
        ("struck", "strike"),
        ("shot", "shoot"),
        ("injuries", "injury"),
        ("carried", "carry"),
        ("clashes", "clash"),
        ("raided", "raid"),
        ("stabbed", "stab"),
        ("Policemen", "policeman"),
        ("children", "child"),
        ("attack", "attack"),
    ],
)
def test_the_dictionary_form_is_among_the_candidates(word: str, form: str) -> None:
    assert form in lemmas(word)


@pytest.mark.parametrize(
    ("word", "form"), [("press", "pres"), ("bed", "b"), ("ring", "r"), ("glass", "glas")]
)
def test_short_words_and_double_s_are_left_alone(word: str, form: str) -> None:
    assert form not in lemmas(word)
