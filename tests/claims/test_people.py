"""Numbers of people and what became of things, as reports of wars tell them: parts, tolls, the taken, the missing."""

import pytest

from claims.test_assemble import claims, values

ATTACK = "Gunmen killed eleven people in the village of Odu on Wednesday. "


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Gunmen killed eleven people, including three children and two women, in Odu on Wednesday.", [3, 2]),
        (
            "At least 20 people were killed, among them four nurses, when a bomb went off in Odu on Monday.",
            [4],
        ),
        (ATTACK + "Among the dead were three officers and a doctor.", [3, 1]),
        (ATTACK + "Five of the dead were soldiers.", [5]),
        ("A shell killed nine, including the gunner, in Odu on Monday.", []),
    ],
)
def test_people_told_as_part_of_others(text: str, parts: list[int]) -> None:
    found = [c for c in claims(text) if c.field == "killed" and c.part_of == "told before"]
    assert [c.value for c in found] == parts
    assert not any("including" in c.span.text or "among" in c.span.text for c in found)


def test_a_part_is_told_as_a_victim_and_adds_nothing() -> None:
    text = "Gunmen killed eleven people, including three children, in Odu on Wednesday."
    assert values(text, "killed") == [11]
    assert values(text, "victims") == ["three children"]


@pytest.mark.parametrize(
    ("text", "field", "toll"),
    [
        ("The death toll of Monday's raid on Odu has risen to 15, the governor said.", "killed", 15),
        ("A colonel put the number of dead in Monday's raid on Odu at 13.", "killed", 13),
        (ATTACK + "Two more bodies were found, bringing the toll to 13.", "killed", 13),
        (ATTACK + "The number of wounded climbed to 40.", "injured", 40),
        (ATTACK + "The number of missing stands at 12, the mayor said.", "missing", 12),
    ],
)
def test_a_toll_that_is_told_as_one(text: str, field: str, toll: int) -> None:
    assert toll in values(text, field)


def test_a_toll_that_grew_says_so() -> None:
    text = "The death toll of Monday's raid on Odu has risen to 15, the governor said."
    assert [c.unit for c in claims(text) if c.field == "killed"] == ["people, risen"]


@pytest.mark.parametrize(
    ("text", "field", "value"),
    [
        ("Gunmen kidnapped three engineers near Odu on Monday.", "abducted", 3),
        (ATTACK + "Six others were wounded and at least four villagers were abducted.", "abducted", 4),
        (ATTACK + "Twenty people are missing, the mayor said.", "missing", 20),
        (ATTACK + "Two fishermen went missing.", "missing", 2),
        (ATTACK + "A dozen students remain unaccounted for.", "missing", 12),
    ],
)
def test_the_taken_and_the_missing(text: str, field: str, value: int) -> None:
    assert values(text, field) == [value]


@pytest.mark.parametrize(
    "text",
    [
        ATTACK + "Three of the abducted villagers were freed on Friday.",
        ATTACK + "The missing teacher was found on Friday.",
        ATTACK + "Evidence is missing, the prosecutor said.",
    ],
)
def test_who_came_back_is_not_taken_or_missing(text: str) -> None:
    assert values(text, "abducted") == values(text, "missing") == []


@pytest.mark.parametrize(
    ("text", "effects"),
    [
        (ATTACK + "The attackers burned dozens of huts.", ["burned dozens of huts"]),
        (ATTACK + "Four houses were destroyed.", ["Four houses were destroyed"]),
        (ATTACK + "The raid caused heavy damage to a clinic.", ["heavy damage to a clinic"]),
        (ATTACK + "They set off a flare and left.", []),
        (ATTACK + "The news destroyed hopes of a truce.", []),
        ("A flood destroyed four houses in Odu on Monday.", []),
    ],
)
def test_what_was_done_to_things(text: str, effects: list[str]) -> None:
    assert values(text, "effect") == effects


@pytest.mark.parametrize(
    "text",
    [
        "Three marchers were slightly injured in the attack in Odu on Monday, a doctor at the clinic said.",
        "Three marchers were hurt in the attack in Odu on Monday, according to a doctor.",
    ],
)
def test_who_tells_of_it_was_not_hurt(text: str) -> None:
    assert values(text, "injured") == [3]
    assert values(text, "perpetrator_alleged") == []


def test_people_hurt_in_a_blast_did_not_do_it() -> None:
    text = "A shell hit a market in Odu on Monday. A boy was among the wounded. "
    text += "Four others hurt in the blast are in hospital."
    assert values(text, "perpetrator_alleged") == []
    assert 4 in values(text, "injured")
