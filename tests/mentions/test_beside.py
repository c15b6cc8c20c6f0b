"""Types that need something beside their word: a crowd, ground, arms in number, a government."""

import pytest
from factory import report

from attested.expressions.times import find_times
from attested.mentions.incidents import find_incidents
from attested.reading.encoder import Reader

READER = Reader()


def types(text: str) -> list[str]:
    reading = READER.read(text, [(0, len(text))])
    found = find_incidents(report(text), reading, {s.start: find_times(s) for s in reading.sentences})
    return [m.type for m in found if m.kind == "incident" and m.status == "happened"]


@pytest.mark.parametrize(
    ("text", "type_"),
    [
        ("Hundreds of protesters rallied in Oslo on Monday against the tax.", "Peaceful protest"),
        ("Teachers held a rally against the law in Quito on Friday.", "Peaceful protest"),
        ("Thousands took to the streets of Dakar on Sunday.", "Peaceful protest"),
        ("Police dispersed the protesters in Tunis on Friday.", "Protest with intervention"),
        ("Police fired tear gas at demonstrators in Tunis on Friday.", "Protest with intervention"),
        ("Soldiers shot two protesters in Khartoum on Monday.", "Excessive force against protesters"),
        ("Protesters threw stones at police in Athens on Friday.", "Violent demonstration"),
        ("Protesters clashed with police in Athens on Sunday.", "Violent demonstration"),
        ("A mob killed a man accused of theft in Lagos on Monday.", "Mob violence"),
        ("Villagers lynched two men in Puebla on Sunday.", "Mob violence"),
        ("Experts defused a bomb in Cologne on Friday.", "Disrupted weapons use"),
        ("Air defences intercepted nine drones over Kyiv on Tuesday.", "Disrupted weapons use"),
        ("Police seized 40 rifles and explosives in Reynosa on Friday.", "Disrupted weapons use"),
        ("The army uncovered a weapons cache in Borno on Thursday.", "Disrupted weapons use"),
        ("Rebels took control of the town of Sake on Tuesday.", "Non-state actor overtakes territory"),
        ("Fighters occupied the village of Rumah on Friday.", "Non-state actor overtakes territory"),
        ("The army regained control of the town on Friday.", "Government regains territory"),
        ("Government forces captured the town of Jowhar on Sunday.", "Government regains territory"),
        ("Rebels withdrew from the town of Goma on Tuesday.", "Non-violent transfer of territory"),
        ("Soldiers overthrew the president in Niamey on Wednesday.", "Change to group/activity"),
        ("A military coup toppled the government in Bamako on Tuesday.", "Change to group/activity"),
        ("There was fighting in Bunia on Saturday.", "Armed clash"),
        ("Rebels inflicted 50 casualties on the army near Bunia on Friday.", "Armed clash"),
        ("A bus was set on fire near the market in Kano on Friday.", "Looting/property destruction"),
        ("The power line was sabotaged in Kano on Friday.", "Looting/property destruction"),
        ("The rebels set up a base near Bunia on Monday.", "Headquarters or base established"),
    ],
)
def test_type(text: str, type_: str) -> None:
    assert types(text) == [type_]


@pytest.mark.parametrize(
    "text",
    [
        "The party held a campaign rally in Reno on Monday.",
        "Shares rallied on Monday.",
        "The band marched past the town hall on Sunday.",
        "Police seized a gun at the scene on Monday.",
        "Britain withdrew from the union in 2020.",
        "The board ousted the chief executive on Monday.",
        "The company took control of its rival on Monday.",
        "The team suffered heavy losses on Friday.",
        "The signing was a coup for the club.",
        "A chain opened a base in Leeds on Monday.",
        "She threw a bottle into the bin on Monday.",
    ],
)
def test_the_word_alone_is_no_incident(text: str) -> None:
    assert types(text) == []
