"""Blame, claims and denials of responsibility: who, and for which deed."""

import pytest

from attested.mentions.blame import find_blame
from attested.mentions.hits import find_hits, find_weapons
from attested.reading.encoder import Reader

READER = Reader()
PERPETRATOR, CLAIMED, DENIED = "perpetrator", "responsibility_claimed", "responsibility_denied"


def blamed(text: str) -> list[tuple[str, str, bool]]:
    [sentence] = READER.read(text, [(0, len(text))]).sentences
    hits = find_hits(sentence, find_weapons(sentence))
    return [(b.kind, b.who.text, b.is_generic) for b in find_blame(sentence, hits)]


@pytest.mark.parametrize(
    ("text", "kind", "who"),
    [
        ("The governor blamed the rebels for the attack.", PERPETRATOR, "rebels"),
        ("Officials blamed the explosion on separatists.", PERPETRATOR, "separatists"),
        ("Police accused the gang of killing the mayor.", PERPETRATOR, "gang"),
        ("The ministry said the militia was responsible for the bombing.", PERPETRATOR, "militia"),
        ("The militia claimed responsibility for the bombing.", CLAIMED, "militia"),
        ("The rebels denied involvement in the raid.", DENIED, "rebels"),
        ("The rebels denied that they had any part in the raid.", DENIED, "rebels"),
        # others' words
        (
            "Bishops blamed the government and the army for the murder of two priests on Monday.",
            PERPETRATOR,
            "army",
        ),
        ("The authorities attributed the bombing to a drug cartel.", PERPETRATOR, "cartel"),
        ("The killing was attributed to the Red Dawn movement.", PERPETRATOR, "movement"),
        ("Police suspect the rebels.", PERPETRATOR, "rebels"),
        ("The president implicated four officers in the murder of the priests.", PERPETRATOR, "officers"),
        ("Two soldiers were arrested in connection with the bombing.", PERPETRATOR, "soldiers"),
        ("Several soldiers took part in the massacre.", PERPETRATOR, "soldiers"),
        ("Police said the bombing was the work of guerrillas.", PERPETRATOR, "guerrillas"),
        ("The militia is believed to be responsible for the bombing.", PERPETRATOR, "militia"),
        ("The rebels were behind the bombing.", PERPETRATOR, "rebels"),
        (
            "The murder of the mayor, carried out this morning by rebels, shocked the town.",
            PERPETRATOR,
            "rebels",
        ),
        # raised, relative and misread subjects
        ("The raid is believed to be the work of the militia.", PERPETRATOR, "militia"),
        ("The rebels are thought to be behind the bombing.", PERPETRATOR, "rebels"),
        ("A raid in Biu, which police attributed to the militia, killed two men.", PERPETRATOR, "militia"),
        ("Police linked the group behind the bombing to a bank.", PERPETRATOR, "group"),
        ("The gang planned and carried out the killing of the mayor.", PERPETRATOR, "gang"),
        # nouns
        ("The killing bears the hallmarks of the militia.", PERPETRATOR, "militia"),
        ("The bombing was an act of the rebels.", PERPETRATOR, "rebels"),
        ("The militia is the main suspect in the bombing.", PERPETRATOR, "militia"),
        ("The blame for the bombing was laid on the rebels.", PERPETRATOR, "rebels"),
        ("Police found evidence of the involvement of the army in the killing.", PERPETRATOR, "army"),
        ("Those responsible for the massacre are soldiers.", PERPETRATOR, "soldiers"),
        (
            "Soldiers were arrested because of their suspected involvement in the killing.",
            PERPETRATOR,
            "Soldiers",
        ),
        ("The priest, kidnapped in May, was released by the rebels.", PERPETRATOR, "rebels"),
        ("The guerrillas were behind the planning of the raid.", PERPETRATOR, "guerrillas"),
        # their own words
        ("The spokesman denied the army's involvement in the massacre.", DENIED, "army"),
        ("The militia had nothing to do with the bombing.", DENIED, "militia"),
        ("The bombing was claimed by the militia.", CLAIMED, "militia"),
        ("The militia said it had carried out the bombing.", CLAIMED, "militia"),
        ("The militia admitted killing two soldiers in Biu.", CLAIMED, "militia"),
        ("The militia said: our fighters killed two soldiers in Biu.", CLAIMED, "militia"),
        ("The militia said it had not carried out the bombing.", DENIED, "militia"),
    ],
)
def test_who_is_named_for_it(text: str, kind: str, who: str) -> None:
    assert (kind, who) in [row[:2] for row in blamed(text)]


@pytest.mark.parametrize(
    "text",
    [
        "No group claimed responsibility for the bombing.",
        "Nobody has claimed responsibility for the attack.",
        "The militia has not claimed responsibility for the bombing.",
        "No group said it had carried out the bombing.",
        "Neither the rebels nor any other group has claimed responsibility for the murder.",
        "The minister praised the work of the army.",
        "The raid was not the work of the rebels.",
        "The priest, kidnapped in May, was released by the police.",
        "The minister praised the rescuers.",
        "The union blamed low wages for the strike.",
        "Police have not accused the rebels of the bombing.",
        "Six guerrillas of a group known as the Red Dawn Front died in the clash.",
    ],
)
def test_nobody_is_named_for_a_deed(text: str) -> None:
    assert blamed(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Police said they killed six farmers.",
        "The UN accused the militia and said it killed six people.",
        "The UN accused the militia and said it had carried out the bombing.",
        "The militia blamed the rebel faction and said it had carried out the bombing.",
        "The government said its fighters shot the mayor.",
        "The army said it had carried out the raid.",
        "The militia said it killed two soldiers in Biu.",
        "The militia said its fighters killed two soldiers in Biu.",
        "The rebels said their rivals killed two soldiers in Biu.",
    ],
)
def test_others_deeds_are_no_confession(text: str) -> None:
    assert CLAIMED not in [kind for kind, _, _ in blamed(text)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (
            "A group calling itself the Northern Liberation Front claimed responsibility for the bombing.",
            "Front",
        ),
        ("Gunmen paid by the Medellin Cartel killed two judges.", "Cartel"),
        ("Two farmers were killed on Monday by gunmen said to be members of the Red Dawn Front.", "Front"),
        ("A gang, apparently in the pay of the Red Dawn Front, killed two farmers on Monday.", "Front"),
    ],
)
def test_a_group_gives_way_to_its_name(text: str, name: str) -> None:
    assert name in [who for _, who, _ in blamed(text)]


@pytest.mark.parametrize(
    ("text", "kind", "who"),
    [
        ("GUERRILLAS OF THE NORTHERN FRONT CLAIMED RESPONSIBILITY FOR THE ATTACK.", CLAIMED, "GUERRILLAS"),
        ("POLICE BLAMED THE NORTHERN LIBERATION FRONT FOR THE MURDER OF THE MAYOR.", PERPETRATOR, "FRONT"),
    ],
)
def test_capitals_are_read_too(text: str, kind: str, who: str) -> None:
    assert (kind, who) in [row[:2] for row in blamed(text)]


def test_a_day_is_not_blamed() -> None:
    assert "Monday" not in [who for _, who, _ in blamed("The army blamed the rebels on Monday for the raid.")]


def test_such_attacks_are_no_one_deed() -> None:
    assert [generic for _, _, generic in blamed("Bogotá blames such kidnappings on smugglers.")] == [True]
