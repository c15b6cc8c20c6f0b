"""Blame, claims and denials of responsibility: who, and for which deed."""

import pytest

from attested.mentions.blame import find_blame
from attested.mentions.hits import find_hits, find_weapons
from attested.reading.encoder import Reader

READER = Reader()


def blamed(text: str) -> list[tuple[str, str, bool]]:
    [sentence] = READER.read(text, [(0, len(text))]).sentences
    hits = find_hits(sentence, find_weapons(sentence))
    return [(b.kind, b.who.text, b.is_generic) for b in find_blame(sentence, hits)]


@pytest.mark.parametrize(
    ("text", "kind", "who"),
    [
        ("The governor blamed the rebels for the attack.", "perpetrator", "rebels"),
        ("Officials blamed the explosion on separatists.", "perpetrator", "separatists"),
        ("Police accused the gang of killing the mayor.", "perpetrator", "gang"),
        ("The ministry said the militia was responsible for the bombing.", "perpetrator", "militia"),
        ("The militia claimed responsibility for the bombing.", "responsibility_claimed", "militia"),
        ("The rebels denied involvement in the raid.", "responsibility_denied", "rebels"),
        ("The rebels denied that they had any part in the raid.", "responsibility_denied", "rebels"),
    ],
)
def test_who_is_named_for_it(text: str, kind: str, who: str) -> None:
    assert (kind, who) in [row[:2] for row in blamed(text)]


@pytest.mark.parametrize(
    "text",
    [
        "No group claimed responsibility for the bombing.",
        "Nobody has claimed responsibility for the attack.",
        "The minister praised the rescuers.",
        "The union blamed low wages for the strike.",
    ],
)
def test_nobody_is_named_for_a_deed(text: str) -> None:
    assert [row for row in blamed(text) if row[0] != "perpetrator"] == []


def test_such_attacks_are_no_one_deed() -> None:
    assert [generic for _, _, generic in blamed("Bogotá blames such kidnappings on smugglers.")] == [True]
