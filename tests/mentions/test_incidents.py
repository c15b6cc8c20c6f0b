"""Sentences in, mentions out: what is told, what sort it is, whether it happened, who did what to whom."""

import pytest
from factory import report

from attested.expressions.times import find_times
from attested.mentions.incidents import find_incidents
from attested.model import Mention
from attested.reading.encoder import Reader

READER = Reader()
SHELLING = "Shelling/artillery/missile attack"
BOMB = "Remote explosive/landmine/IED"


def mentions(text: str) -> list[Mention]:
    owner = report(text)
    reading = READER.read(text, [(0, len(text))])
    times = {s.start: find_times(s) for s in reading.sentences}
    return list(find_incidents(owner, reading, times))


def told(text: str) -> list[Mention]:
    return [m for m in mentions(text) if m.kind == "incident" and m.status == "happened"]


def role(mention: Mention, name: str) -> set[str]:
    return {r.span.text for r in mention.roles if r.name == name}


@pytest.mark.parametrize(
    ("text", "type_"),
    [
        ("Mortar shells hit a school in Goma on Friday, killing two teachers.", SHELLING),
        ("Two shells landed beside the stadium in Goma on Friday night.", SHELLING),
        ("A drone strike killed four fighters near the town of Kismayo on Sunday.", "Air/drone strike"),
        ("Warplanes bombed the market in Maarat on Monday, residents said.", "Air/drone strike"),
        ("A car bomb exploded outside a mosque in Maiduguri on Friday.", BOMB),
        ("A suicide bomber killed nine worshippers in Kano on Friday.", "Suicide bomb"),
        ("Gunmen kidnapped two aid workers in Jonglei on 3 May 2024.", "Abduction/forced disappearance"),
        ("Soldiers clashed with rebels near Bunia on Wednesday.", "Armed clash"),
        ("Attackers threw a grenade into a bar in Bujumbura on Saturday.", "Grenade"),
        ("Gunmen killed a mayor in Guerrero on Thursday.", "Attack"),
    ],
)
def test_type_of_an_incident(text: str, type_: str) -> None:
    assert [m.type for m in told(text)] == [type_]


@pytest.mark.parametrize(
    "text",
    [
        "The minister died of a heart attack on Monday.",
        "Nurses will strike over pay on Friday.",
        "The army said it would attack the rebels if talks failed.",
        "Rebels threatened to bomb the pipeline.",
        "Officials fear an attack on the embassy.",
        "Smugglers have repeatedly ambushed patrols in the valley.",
        "Knife attacks have become more frequent this summer.",
        "The group has the means to launch rockets at the capital.",
    ],
)
def test_what_did_not_happen_is_no_incident(text: str) -> None:
    assert told(text) == []


def test_a_sum_of_attacks_is_a_trend() -> None:
    found = [
        m
        for m in mentions("It was one of about 25 assaults on bus drivers since mid-March.")
        if m.kind == "trend"
    ]
    assert [role(m, "number") for m in found] == [{"about 25"}]


@pytest.mark.parametrize(
    ("text", "name", "words"),
    [
        ("A rocket killed six villagers near Goma on Monday.", "killed", {"six villagers"}),
        ("A rocket killed six villagers near Goma on Monday.", "place", {"near Goma"}),
        (
            "A nurse and two pupils were killed when a bomb struck a school bus on Friday.",
            "killed",
            {"A nurse", "two pupils"},
        ),
        ("Rebels fired rockets at an army base in Tikrit on Monday.", "target", {"an army base"}),
        ("Rebels fired rockets at an army base in Tikrit on Monday.", "perpetrator", {"Rebels"}),
        ("A bomb exploded in Quetta on Monday, injuring 12 people.", "injured", {"12 people"}),
        ("The blast in Quetta on Monday left four people dead.", "killed", {"four people"}),
        ("Police said a teenager was shot and wounded in Dayton on Monday.", "injured", {"a teenager"}),
        ("A mine killed a soldier north of Kharkiv on Monday.", "place", {"north of Kharkiv"}),
    ],
)
def test_roles(text: str, name: str, words: set[str]) -> None:
    assert role(told(text)[0], name) == words


def test_the_attack_points_back() -> None:
    text = "A bomb killed two soldiers in Quetta on Monday. The attack also wounded five civilians."
    [mention] = told(text)
    assert role(mention, "injured") == {"five civilians"}


def test_no_injuries_is_told_of_the_incident_before() -> None:
    [mention] = told("A mortar round fell beside a clinic in Goma on Saturday. No injuries were reported.")
    assert role(mention, "unharmed") == {"No injuries"}


def test_blame_names_who_is_alleged() -> None:
    [mention] = told("Rockets hit a base near Goma on Monday. The governor blamed the M23 rebels.")
    assert role(mention, "perpetrator") == {"the M23 rebels"}


def test_a_claim_of_responsibility_is_not_blame() -> None:
    [mention] = told(
        "A bomb killed four people in Quetta on Monday. The BLA claimed responsibility for the attack."
    )
    assert role(mention, "responsibility_claimed") == {"The BLA"}
    assert role(mention, "perpetrator") == set()


def test_two_attacks_in_one_text_stay_two() -> None:
    text = "A bomb killed two men in Quetta on Monday. On Thursday a bomb killed three women in Kalat."
    assert len(told(text)) == 2


@pytest.mark.parametrize(
    "text",
    [
        "At least five people were killed when a tram overturned in Croydon on Monday.",
        "The earthquake killed 40 villagers in Van province on Sunday.",
        "A ferry capsized off Zanzibar on Friday. Twelve passengers died.",
    ],
)
def test_harm_without_violence_is_an_accident_and_no_incident(text: str) -> None:
    assert told(text) == []


def test_an_accident_is_kept_with_its_reason() -> None:
    [mention] = mentions("Five people were killed when a tram overturned in Croydon on Monday.")
    assert mention.status == "accident"
    assert "overturned" in mention.why


def test_a_ceremony_for_the_dead_of_an_attack_is_not_an_accident() -> None:
    text = "Gunmen killed nine farmers near Zamfara on Monday. A car crash had closed the road."
    assert [m.type for m in told(text)] == ["Attack"]


def test_what_somebody_has_done_in_the_past_is_not_of_the_incident_told() -> None:
    text = (
        "Rockets hit a depot in Kirkuk on Monday. "
        "The Hawks, a militia that has fired on the depot in the past, kept silent."
    )
    [mention] = told(text)
    assert role(mention, "perpetrator") == set()


def test_the_first_of_three_shells_is_a_weapon_and_nobody() -> None:
    [mention] = told("Two guards in Goma were killed on Monday by the first of three shells.")
    assert role(mention, "perpetrator") == set()
