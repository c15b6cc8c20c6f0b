"""From sentences to claims: value, span, voice, hedge; sums and zeros; every span is its text."""

from dataclasses import replace

import pytest
from factory import mention, report, words

from attested.claims.assemble import Speech, make_claims
from attested.expressions.times import find_times
from attested.mentions.incidents import find_incidents
from attested.model import Claim, Role
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


# --- blame and denial ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "hedge"),
    [
        ("Gunmen killed two farmers in Goma on Monday.", "fact"),
        ("Two farmers died in Goma on Monday in an attack attributed to the Red Dawn Front.", "alleged"),
        ("The Red Dawn Front was blamed for the killing of two farmers in Goma on Monday.", "alleged"),
        ("The minister condemned Monday's attack in Goma and blamed the Red Dawn Front.", "alleged"),
        ("The president implicated four officers in Monday's killing of two priests.", "alleged"),
        ("The killing of two farmers on Monday is believed to be the work of the militia.", "suspected"),
        ("The militia, suspected of Monday's bombing in Goma, denied it.", "suspected"),
        ("The militia is the main suspect in Monday's bombing in Goma.", "suspected"),
        ("The killing of two farmers on Monday bears the hallmarks of the militia.", "suspected"),
        ("Police arrested two soldiers in connection with Monday's killing of two priests.", "suspected"),
        ("The militia may have carried out Monday's bombing in Goma.", "possible"),
    ],
)
def test_how_surely_somebody_is_said_to_have_done_it(text: str, hedge: str) -> None:
    assert [c.hedge for c in claims(text) if c.field == "perpetrator_alleged"] == [hedge]


def test_what_is_known_of_a_deed_is_not_doubted_with_its_doer() -> None:
    text = "The ministry denied that civilians were targeted in Monday's raid on a camp in Goma."
    assert [c.hedge for c in claims(text) if c.value == "Monday"] == ["reported"]
    text = "The spokesman denied the army's involvement in Monday's killing of four farmers."
    assert [(c.hedge, c.polarity) for c in claims(text) if c.field == "killed"] == [("reported", "positive")]


@pytest.mark.parametrize(
    "text",
    [
        "The ministry denied that civilians were targeted in Goma on Monday.",
        "No one attacked the embassy in Goma on Monday, the ministry said.",
        "Rockets hit a base in Goma on Monday but did not hit the airport.",
    ],
)
def test_what_was_not_hit_is_no_positive_claim(text: str) -> None:
    last = [c for c in claims(text) if c.field == "target"][-1]
    assert last.polarity == "negative"


def statement_claims(text: str) -> list[Claim]:
    owner = report(text, outlet="The Courier")
    reading = READER.read(text, [(0, len(text))])
    rows = attribute(owner, reading)
    attributions = {s.start: found for s, found in rows}
    cue = next(r.cue for found in attributions.values() for r in found if r.hedge == "denied")
    before = owner.text[: owner.text.index(".")]
    topic = Role("topic", words(owner, before), words(owner, before))
    made = mention(owner, cue.text, kind="statement", type="REJECT")
    speech = Speech.of(owner, reading, attributions)
    return list(make_claims(owner, [replace(made, roles=(topic,))], speech))


def test_what_was_said_before_and_is_denied_is_denied_by_whoever_denies_it() -> None:
    [claim] = statement_claims("Rebels shelled the market in Goma. Police deny this.")
    assert (claim.value, claim.voice.name) == ("Rebels shelled the market in Goma", "Police")
    assert (claim.hedge, claim.polarity) == ("denied", "negative")


# --- who was hit and what became of them --------------------------------------------------------------------


def harm(text: str) -> list[tuple[str, int | str, str | None]]:
    """(field, value, unit's ending after the comma) of all claims of numbers of people, parts left out."""
    rows = [c for c in claims(text) if c.field in {"killed", "injured"} and c.part_of is None]
    return [(c.field, c.value, (c.unit or "").partition(", ")[2]) for c in rows]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        # participles that lean on "was" or "left" before them
        (
            "One man was killed and three injured in a bombing in Goma.",
            [("killed", 1, ""), ("injured", 3, "")],
        ),
        (
            "The shooting in Goma left one man dead and three others wounded.",
            [("killed", 1, ""), ("injured", 3, "more")],
        ),
        ("The raid on Goma killed one and injured four others.", [("killed", 1, ""), ("injured", 4, "more")]),
        (
            "A college pupil was killed and five other people injured in a shooting at a bar in Goma on Sunday.",
            [("killed", 1, ""), ("injured", 5, "more")],
        ),
        # idioms of death
        ("Four people were found shot to death in Goma on Monday.", [("killed", 4, "")]),
        ("A 17-year-old was gunned down in Goma on Monday.", [("killed", 1, "")]),
        ("A bomb hit a market in Goma. The attack claimed the lives of nine traders.", [("killed", 9, "")]),
        ("Gunmen attacked a house in Goma. Medics found two men dead.", [("killed", 2, "")]),
        ("A gunman fired at guards in Goma, fatally wounding a cook.", [("killed", 1, "")]),
        # idioms of wounds
        ("A girl suffered a gunshot wound in Goma on Monday.", [("injured", 1, "hit")]),
        ("Gunmen opened fire in Goma on Monday. Two men were taken to a clinic.", [("injured", 2, "hit")]),
        ("Gunmen opened fire in Goma on Monday. A cook was hit in the leg.", [("injured", 1, "hit")]),
        ("Gunmen opened fire in Goma on Monday. A cook is in critical condition.", [("injured", 1, "")]),
    ],
)
def test_harm_in_idioms_and_ellipses(text: str, wanted: list[tuple[str, int, str]]) -> None:
    assert harm(text) == wanted


def test_who_was_only_hit_is_marked_and_who_lived_on_hurt_is_not() -> None:
    assert harm("Two guards were shot in Goma on Monday.") == [("injured", 2, "hit")]
    assert harm("Two guards were shot and wounded in Goma on Monday.") == [("injured", 2, "")]


def test_a_death_told_by_itself_belongs_to_the_deed_told_near_it() -> None:
    text = "A guard was shot in Goma on Monday. Tomas Reyes died on Tuesday."
    assert values(text, "killed") == [1]
    assert values("Tomas Reyes died of cancer in Goma on Tuesday.", "injured") == []


def test_somebody_told_before_is_a_part() -> None:
    found = [c for c in claims("A guard was shot in Goma on Monday. He died.") if c.field == "killed"]
    assert [(c.value, c.part_of) for c in found] == [(1, "told before")]


@pytest.mark.parametrize(
    "text",
    [
        "The minister was taken to hospital on Monday.",
        "The mayor is in stable condition after surgery.",
        "The bank was hit by a scandal on Monday.",
        "Gunmen attacked a house in Goma. Two guards were not taken to hospital.",
    ],
)
def test_no_harm_of_an_incident(text: str) -> None:
    assert harm(text) == []
