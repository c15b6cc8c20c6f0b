"""Two verbs of saying in one subject, and an article that the reader marks alone: each verb has its own words."""

import pytest

from attested.reading.encoder import Reader
from attested.speech.attribution import find_in_sentence

READER = Reader()


def said(text: str) -> dict[str, tuple[str, str]]:
    """Cue -> source and hedge."""
    (sentence,) = READER.read(text, [(0, len(text))]).sentences
    return {
        f.cue.text: (f.source_span.text if f.source_span else "", f.hedge) for f in find_in_sentence(sentence)
    }


@pytest.mark.parametrize(
    ("text", "cue", "source"),
    [
        ("A faction which the government accuses has rejected the charge.", "has rejected", "A faction"),
        ("A militia that the police blame has denied it.", "has denied", "A militia"),
        ("The group, which the army blames, denied the attack.", "denied", "The group"),
        ("A clan which officials suspect has denied involvement.", "has denied", "A clan"),
    ],
)
def test_who_is_blamed_denies_and_the_accuser_denies_nothing(text: str, cue: str, source: str) -> None:
    found = said(text)
    assert found[cue] == (source, "denied")
    assert all(hedge != "denied" for other, (_, hedge) in found.items() if other != cue)


def test_no_source_is_an_article_alone() -> None:
    text = (
        "The UFD said on Sunday that it had not taken the two nurses who have been missing since Friday, and accused "
        "the 3rd Column, a faction of former rebels, of holding them."
    )
    assert all(source != "The" for source, _ in said(text).values())
