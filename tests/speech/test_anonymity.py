import pytest

from attested.reading.tokens import Sentence
from attested.speech.anonymity import find_anonymity


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (
            "A guard, speaking on condition of anonymity because he was not authorised to talk, said six had fled.",
            "on condition of anonymity because he was not authorised to talk",
        ),
        ("She asked not to be named for fear of reprisals.", "asked not to be named for fear of reprisals"),
        ("The clerk, who declined to be identified, said it was over.", "declined to be identified"),
        (
            "An aide who was not authorized to speak publicly confirmed it.",
            "not authorized to speak publicly",
        ),
        ("“It was bad,” said a nurse who insisted on anonymity.", "insisted on anonymity"),
        ("They spoke on the condition that they not be named.", "on the condition that they not be named"),
    ],
)
def test_why_nobody_is_named(text: str, why: str) -> None:
    found = find_anonymity(Sentence(7, 7 + len(text), text, ()))
    assert found is not None
    assert found.text == why
    assert text[found.start - 7 : found.end - 7] == why


@pytest.mark.parametrize(
    "text",
    ["The minister named a new chief.", "He refused to name the victims.", "Police asked to be heard."],
)
def test_names_that_are_not_withheld(text: str) -> None:
    assert find_anonymity(Sentence(0, len(text), text, ())) is None
