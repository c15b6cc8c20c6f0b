"""From sentences to claims: value, span, voice, hedge; sums and zeros; every span is its text."""

import pytest
from factory import report

from attested.claims.assemble import Speech, make_claims
from attested.expressions.times import find_times
from attested.mentions.incidents import find_incidents
from attested.model import Claim
from attested.reading.encoder import Reader
from attested.speech.voices import attribute

READER = Reader()


def claims(text: str) -> list[Claim]:
    owner = report(text, outlet="The Courier")
    reading = READER.read(text, [(0, len(text))])
    times = {s.start: find_times(s) for s in reading.sentences}
    attributions = attribute(owner, reading)
    found = find_incidents(owner, reading, times)
    speech = Speech.of(owner, reading, {s.start: rows for s, rows in attributions})
    made = list(make_claims(owner, found, speech))
    assert all(text[c.span.start : c.span.end] == c.span.text for c in made)
    return made


def values(text: str, field: str) -> list[int | str]:
    return [c.value for c in claims(text) if c.field == field and c.part_of is None]


@pytest.mark.parametrize(
    ("text", "field", "value"),
    [
        ("A shell killed six villagers in Goma on Monday.", "killed", 6),
        (
            "A nurse and two pupils were killed when a bomb struck a school bus in Goma on Friday.",
            "killed",
            3,
        ),
        ("At least a dozen people were killed by a bomb in Quetta on Monday.", "killed", 12),
        ("A bomb killed a police officer in Quetta on Monday.", "killed", 1),
        ("Gunmen killed Tomas Reyes in Quetta on Monday.", "killed", 1),
        ("A bomb exploded in Quetta on Monday, wounding between 10 and 15 people.", "injured", 10),
        ("Shells hit a depot in Goma on Friday. No casualties were reported.", "killed", 0),
        ("Shells hit a depot in Goma on Friday. No casualties were reported.", "injured", 0),
        ("Shells hit a depot in Goma on Friday. Nobody was killed.", "killed", 0),
        ("Three rockets hit a depot in Goma on Friday.", "weapon_count", 3),
        ("Three rockets hit a depot in Goma on Friday.", "weapon", "rocket"),
        ("Shells hit a depot in Goma on Friday. There was no damage.", "effect", "no damage"),
    ],
)
def test_value(text: str, field: str, value: int | str) -> None:
    assert values(text, field) == [value]


def test_killed_without_a_number_is_no_claim_of_a_number() -> None:
    assert values("Shells killed villagers in Goma on Monday.", "killed") == []


def test_parts_of_a_sum_are_kept_and_marked() -> None:
    found = [
        c
        for c in claims("Two girls and a boy were killed in a raid in Goma on Monday.")
        if c.field == "killed"
    ]
    assert {(c.value, c.part_of is None) for c in found} == {(3, True), (2, False), (1, False)}


def test_at_least_is_kept_as_a_qualifier() -> None:
    [claim] = [
        c for c in claims("A bomb killed at least nine people in Quetta on Monday.") if c.field == "killed"
    ]
    assert claim.qualifier == "at least"


def test_the_voice_is_the_one_that_says_it() -> None:
    [claim] = [
        c
        for c in claims("A bomb killed nine people in Quetta on Monday, the army said.")
        if c.field == "killed"
    ]
    assert (claim.voice.kind, claim.voice.name) == ("named body", "army")


def test_unattributed_words_are_the_outlets() -> None:
    [claim] = [c for c in claims("A bomb killed nine people in Quetta on Monday.") if c.field == "killed"]
    assert (claim.voice.kind, claim.voice.name, claim.hedge) == ("outlet", "The Courier", "fact")


def test_blame_is_alleged_and_a_claim_of_responsibility_is_another_field() -> None:
    text = (
        "A bomb killed nine people in Quetta on Monday. The minister blamed the Taliban. "
        "The BLA claimed responsibility."
    )
    found = {c.field: c for c in claims(text)}
    assert "Taliban" in str(found["perpetrator_alleged"].value)
    assert found["perpetrator_alleged"].hedge == "alleged"
    assert "BLA" in str(found["responsibility_claimed"].value)
