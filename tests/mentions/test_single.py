"""One deed, or a kind of deed: what the words, the roles and the report say for it adds up."""

import pytest

from attested.expressions.times import find_times
from attested.mentions.again import Likeness, Memory
from attested.mentions.incidents import draft_incidents
from attested.mentions.odds import odds
from attested.mentions.single import MANY_DEEDS, against_one_deed, features, is_single, may_be_single
from attested.mentions.telling import Telling
from attested.reading.encoder import Reader

READER = Reader()


def told(text: str) -> list[Telling]:
    reading = READER.read(text, [(0, len(text))])
    memory = Memory()
    draft_incidents(reading, {s.start: find_times(s) for s in reading.sentences}, memory=memory)
    return memory.tellings


def status(text: str) -> str:
    reading = READER.read(text, [(0, len(text))])
    found = draft_incidents(reading, {s.start: find_times(s) for s in reading.sentences})
    return found[-1].status


@pytest.mark.parametrize(
    "text",
    [
        "Protests were held in Lomé on Saturday.",
        "The clinic opened in May. Its driver was shot.",
        "Two men were charged with the killing of a judge.",
        "Guerrillas attacked the governor's house.",
        "Soldiers killed two reporters, Ada Brook and Cy Dunn, in two separate shootings on Monday.",
    ],
)
def test_one_deed(text: str) -> None:
    assert status(text) == "happened"


@pytest.mark.parametrize(
    "text",
    [
        "The ministry spoke of roads. Bandits attack lorries.",
        "He studies poetry. Killings and kidnappings are a burden for growth, he argues.",
        "Villagers fear the militia, which has raided farms in the past.",
        "The market was quiet. Residents said they had heard shooting until almost midnight.",
        "Raids on farms have become increasingly common.",
        "Two men were killed and eight people wounded in separate shootings in Ridgefield on Monday.",
        "Three shootings in Ridgefield on Monday left two men dead.",
    ],
)
def test_a_kind_of_deed_or_a_habit(text: str) -> None:
    assert status(text) == "habitual"


def test_the_reason_names_what_speaks_most_against_one_deed() -> None:
    [telling] = told("The ministry spoke of roads. Bandits attack lorries.")
    assert is_single(telling, Likeness())[1].startswith(
        "singles no incident out: a kind of people or things hit"
    )


def test_a_form_of_habit_is_weighed_and_how_often_is_final() -> None:
    assert may_be_single('attacks in general: "raids"')
    assert may_be_single("habitual: recent")
    assert may_be_single("")
    assert not may_be_single("habitual: often")


def test_the_table_weighs_what_a_telling_has() -> None:
    [telling] = told("Gunmen shot two farmers in Goma on Friday.")
    names = {name for name, _ in features(telling, Likeness())}
    assert {"a place", "a day of its own", "one person or a number hurt", "the first sentence"} <= names
    assert names <= set(odds("single").weights)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A zoo shot and killed a lion that had grabbed a boy on Sunday.", "accident"),
        ("A dog attacked a child in Leeds on Sunday.", "accident"),
        ("The killing of a gorilla at the zoo caused anger.", "accident"),
        ("Police shot a man and his dog in Leeds on Sunday.", "happened"),
        ("A plane carrying ten people crashed in Kenya on Sunday, killing everyone on board.", "accident"),
        ("Seven people were killed on Wednesday when a tram jumped the rails in south Lisbon.", "accident"),
    ],
)
def test_harm_without_violence_by_people(text: str, expected: str) -> None:
    assert status(text) == expected


def test_the_names_of_a_reason_are_read_back() -> None:
    assert against_one_deed("singles no incident out: a plural, late in the report") == {
        "a plural",
        "late in the report",
    }
    assert against_one_deed("points back to several") is None
    assert "a plural" in MANY_DEEDS
