"""Sentences in, mentions out: what is told, what sort it is, whether it happened, who did what to whom."""

import pytest
from factory import report

from attested.expressions.times import find_times
from attested.mentions.incidents import SPOILS, find_incidents
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
        ("A military jet dropped two bombs on a school in Odu on Monday.", "Air/drone strike"),
        ("The air force bombed a fuel depot near Odu on Sunday.", "Air/drone strike"),
        ("Artillery fired from across the border hit a street in Odu on Monday.", SHELLING),
        ("An attacker blew himself up at a checkpoint in Odu on Monday.", "Suicide bomb"),
        ("The Arakan Army captured the town of Odu on Friday.", "Non-state actor overtakes territory"),
        ("The army captured the town of Odu on Friday.", "Government regains territory"),
        ("Police found a cache of 40 rifles in a house in Odu on Thursday.", "Disrupted weapons use"),
        ("Troops discovered an arms depot near Odu on Thursday.", "Disrupted weapons use"),
        ("Police used tear gas to disperse students in Odu on Tuesday.", "Protest with intervention"),
        ("Police broke up a demonstration in Odu on Tuesday.", "Protest with intervention"),
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


# --- things wrecked, hijacked, held -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("Rebels burnt eleven buses in Goma on Friday.", "eleven buses"),
        ("Guerrillas set fire to the town hall in Goma on Friday.", "the town hall"),
        ("Guerrillas set two lorries on fire near Goma on Friday.", "two lorries"),
        ("A bomb destroyed a power pylon in Goma on Friday.", "a power pylon"),
        ("Gunmen hijacked a bus near Goma on Friday.", "a bus"),
        ("The hijacking of a bus in Goma on Friday was blamed on rebels.", "a bus"),
        ("Rebels dynamited a pipeline near Goma on Friday.", "a pipeline"),
        ("Guerrillas machinegunned an ambulance in Goma on Friday.", "an ambulance"),
        ("Gunmen took ten people hostage in Goma on Friday.", "ten people"),
        (
            "The militia claimed responsibility for the burning of a restaurant in Goma on Friday.",
            "a restaurant",
        ),
    ],
)
def test_what_somebody_armed_wrecks_or_takes(text: str, target: str) -> None:
    [found] = told(text)
    assert role(found, "target") == {target}


@pytest.mark.parametrize(
    "text",
    [
        "The council demolished the bridge in Goma on Friday.",
        "The flood destroyed a bridge in Goma on Friday.",
        "The company destroyed its documents on Friday.",
        "The destruction of the forest went on in Goma on Friday.",
        "The minister took the floor in Goma on Friday.",
        "The committee set a date for the vote on Friday.",
    ],
)
def test_wrecking_by_nobody_armed_is_no_incident(text: str) -> None:
    assert told(text) == []


def test_wrecking_alone_has_a_type_of_its_own() -> None:
    assert [m.type for m in told("Rebels burnt eleven buses in Goma on Friday.")] == [
        "Looting/property destruction"
    ]
    assert [m.type for m in told("A bomb destroyed a power pylon in Goma on Friday.")] == [BOMB]


# --- who does it: control, units, labels, and nobody ---------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "perpetrator"),
    [
        ("The army has accused the guerrillas of kidnapping thirty peasants in Goma.", "the guerrillas"),
        ("Police charged two men with killing the mayor in Goma on Friday.", "two men"),
        ("The union blamed the army for killing two teachers in Goma on Friday.", "the army"),
        ("Two farmers were killed in Goma on Friday by a Red Dawn Front column.", "a Red Dawn Front column"),
        ("Two farmers were killed in Goma on Friday, presumably by rebels.", "rebels"),
    ],
)
def test_who_does_it(text: str, perpetrator: str) -> None:
    [found] = told(text)
    assert role(found, "perpetrator") == {perpetrator}


def test_blame_for_a_deed_of_which_no_more_is_told_stays_with_it() -> None:
    [found] = mentions("The authorities attributed the bombing to a drug cartel.")
    assert role(found, "perpetrator") == {"a drug cartel"}


def test_blame_goes_to_the_incident_that_its_words_point_back_to() -> None:
    text = (
        "A bomb killed two farmers in Goma on Friday. Gunmen kidnapped a nurse in Beni on Sunday. "
        "Police blamed the bombing on rebels."
    )
    bomb, kidnapping = told(text)
    assert role(bomb, "perpetrator") == {"rebels"}
    assert role(kidnapping, "perpetrator") == {"Gunmen"}


def test_nobody_hit_is_no_target_and_no_victim() -> None:
    [found] = told("The attack in Goma on Friday killed two soldiers and no civilians.")
    assert role(found, "killed") == {"two soldiers"}
    raided = told("Soldiers raided a base in Goma on Friday, but no civilians were targeted.")
    assert [role(m, "target") for m in raided] == [{"a base"}]


def test_a_speakers_label_does_nothing() -> None:
    assert [role(m, "perpetrator") for m in mentions("PRESENTER: Why did the army shell the market?")] == [
        {"the army"}
    ]


@pytest.mark.parametrize(
    "words", ["Police blamed these attacks on rebels.", "Police blamed both attacks on rebels."]
)
def test_blame_for_several_deeds_goes_to_each_of_those_just_told(words: str) -> None:
    text = f"A bomb killed two farmers in Goma on Friday. Gunmen shot a nurse dead in Beni on Sunday. {words}"
    assert ["rebels" in role(m, "perpetrator") for m in told(text)] == [True, True]


def test_a_craft_that_is_attacked_is_a_target_and_its_owner_no_perpetrator() -> None:
    [found] = told("Rebels ambushed an army helicopter near Goma on Friday.")
    assert role(found, "target") == {"an army helicopter"}
    assert role(found, "perpetrator") == {"Rebels"}


def test_the_bombing_is_the_one_told_of_though_another_deed_came_between() -> None:
    text = "A bomb exploded in Goma on Friday. Gunmen kidnapped a nurse in Beni on Sunday. The bombing killed two men."
    bomb, kidnapping = told(text)
    assert role(bomb, "killed") == {"two men"}
    assert role(kidnapping, "killed") == set()


@pytest.mark.parametrize(
    ("words", "targets"),
    [
        ("The airport was the target.", {"The airport"}),
        ('It said that "no civilian was our target".', set()),
        ("The airport was not the target.", set()),
        ("The rockets were not aimed at the airport.", set()),
    ],
)
def test_what_was_meant_to_be_hit(words: str, targets: set[str]) -> None:
    [found] = told(f"Rockets hit a home in Goma on Friday. {words}")
    assert role(found, "intended target") == targets


@pytest.mark.parametrize(
    "text",
    [
        "A gunman opened fire in a bar in Goma on Monday.",
        "A girl was flown out of Goma with a gunshot wound on Monday.",
        "Two men were found shot in Goma on Monday.",
    ],
)
def test_a_shooting_told_without_its_verb(text: str) -> None:
    assert [m.type for m in told(text)] == ["Attack"]


def test_more_people_are_no_other_incident() -> None:
    [one] = told("A cook was shot in Goma on Monday. Four other people were wounded.")
    assert role(one, "injured") == {"A cook", "Four other people"}
    assert len(told("A cook was shot in Goma on Monday. Another attack later wounded four people.")) == 2


def test_a_death_joins_the_deed_near_it_and_brings_no_day_of_its_own() -> None:
    [one] = told("The mayor was shot in Goma on Monday. Tomas Reyes died on Wednesday in Quetta.")
    assert (role(one, "killed"), role(one, "time"), role(one, "place")) == (
        {"Tomas Reyes"},
        {"Monday"},
        {"Goma"},
    )


@pytest.mark.parametrize(
    "text", ["Tomas Reyes died in Goma on Monday.", "She lost her life to cancer on Monday."]
)
def test_a_death_without_a_deed_is_no_incident(text: str) -> None:
    assert not told(text)


@pytest.mark.parametrize(
    ("text", "name", "found"),
    [
        ("A blast damaged two shops in Goma on Friday.", "target", {"two shops"}),
        ("A bomb shattered the windows of a bank in Goma on Friday.", "target", {"a bank"}),
        ("A bomb exploded in front of a bank in Goma on Friday.", "target", {"a bank"}),
        (
            "Rebels ambushed a bus in Goma on Friday. Two houses were damaged.",
            "target",
            {"a bus", "Two houses"},
        ),
        ("Rebels kidnapped a judge in Goma on Friday. His house was damaged.", "target", {"a judge"}),
        ("The terrorist attack on a bank in Goma on Friday killed two people.", "perpetrator", set()),
        ("The Shining Path ambushed a bus near Lima on Friday.", "perpetrator", {"The Shining Path"}),
        (
            "The murder committed by rebels against a judge in Goma on Friday was condemned.",
            "perpetrator",
            {"rebels"},
        ),
        ("Rebels kidnapped Ada Brook.", "target", {"Ada Brook"}),
        ("The bombing of the church was condemned.", "target", {"the church"}),
        ("Rebels planted two bombs in a hotel.", "weapon", {"bombs"}),
    ],
)
def test_what_is_hit_and_by_whom(text: str, name: str, found: set[str]) -> None:
    [one] = told(text)
    assert role(one, name) == found


@pytest.mark.parametrize(
    ("text", "killed"),
    [
        (
            "The murder of six priests and two cooks in Goma on Friday was condemned.",
            {"six priests", "two cooks"},
        ),
        (
            "Two guards, Cy Dunn and Eve Fox, were killed in Goma on Friday.",
            {"Two guards", "Cy Dunn", "Eve Fox"},
        ),
        (
            "Three farmers were killed by rebels in Goma on Friday. The dead were identified as Ada Brook, Cy Dunn "
            "and Eve Fox.",
            {"Three farmers", "Ada Brook", "Cy Dunn", "Eve Fox"},
        ),
        (
            "Two farmers were killed in Goma on Friday. Also killed were Ada Brook and a neighbour.",
            {"Two farmers", "Ada Brook", "a neighbour"},
        ),
        (
            "One of five people shot in Goma on Friday has died. The victims were identified as Ada Brook and Cy "
            "Dunn.",
            {"One of five people"},
        ),
        (
            "Two guards were wounded in Goma on Friday. The victims were identified as Ada Brook and Cy Dunn.",
            set(),
        ),
    ],
)
def test_victims_are_told_in_lists_and_by_name_further_down(text: str, killed: set[str]) -> None:
    [one] = told(text)
    assert role(one, "killed") == killed


def test_who_stands_behind_a_bracket_is_attacked_rather_than_the_body() -> None:
    [one] = told("Gunmen attacked FBU (Farm Bank Union) director Ada Brook in Goma on Friday.")
    assert role(one, "target") == {"director Ada Brook"}


def test_an_attack_that_a_bomb_made_is_a_bombing_and_a_murder_is_none() -> None:
    [attack] = told(
        "Two people were killed in an attack in Goma on Friday. The attack was carried out with a car bomb."
    )
    assert (attack.type, role(attack, "weapon")) == (BOMB, {"car bomb"})
    murder, *_ = told("Rebels murdered a judge in Goma on Friday. A bomb exploded.")
    assert murder.type == "Attack"


def test_a_protest_with_what_police_did_at_it_is_one() -> None:
    text = (
        "Protesters marched through Odu on Saturday against a tax. Police fired tear gas to disperse them. "
        "Six demonstrators were injured."
    )
    assert [m.type for m in told(text)] == ["Protest with intervention"]
    assert role(told(text)[0], "injured") == {"Six demonstrators"}
    assert not role(
        told("Thousands of people marched through Odu on Saturday against a tax.")[0], "perpetrator"
    )


def test_days_after_another_attack_are_another_day() -> None:
    text = "Gunmen killed four people near Odu on Friday, four days after a suicide attack on the same road."
    assert [m.type for m in told(text)] == ["Attack", "Suicide bomb"]


def test_who_shoots_down_a_drone_did_not_send_it() -> None:
    [mention] = told("The air force shot down 31 drones launched by the Red Dawn Front over Odu on Monday.")
    assert role(mention, "perpetrator") <= {"the Red Dawn Front", "Red Dawn Front"}


def test_bodies_found_are_not_of_an_arms_find() -> None:
    text = "Troops discovered an arms depot near Odu on Thursday. Villagers found two bodies in a well near Beni."
    assert not role(told(text)[0], "killed")


@pytest.mark.parametrize(
    "text",
    [
        "At least 120 civilians have been killed in the region since January, twice as many as a year ago.",
        "More than 300 people have been abducted so far this year, up from 180 last year.",
        "Attacks on aid convoys have tripled this year, the agency said.",
    ],
)
def test_a_sum_over_months_is_a_rising_trend(text: str) -> None:
    assert [m.kind for m in mentions(text)] == ["trend"]
    assert "rising" in {r.name for m in mentions(text) for r in m.roles}


@pytest.mark.parametrize(
    "text",
    [
        "Shells hit a market in Odu on Monday. The army blamed the Red Dawn Front. The group denied it.",
        "Shells hit a market in Odu on Monday. The army blamed the Red Dawn Front. The group denied any role.",
        "Shells hit a market in Odu on Monday. The Red Dawn Front denied shelling the market.",
        "Shells hit a market in Odu on Monday. The Red Dawn Front said they were not behind it.",
        "Gunmen kidnapped a nurse in Odu on Monday. The Red Dawn Front said that it had not kidnapped her.",
        "Bombs fell on a school in Odu on Monday. The army denied reports that the air force had bombed it.",
    ],
)
def test_a_denial_reaches_the_incident(text: str) -> None:
    assert role(told(text)[0], "responsibility_denied")


def test_nobody_denies_what_was_laid_to_nobody() -> None:
    text = "Shells hit a market in Odu on Monday. The governor promised houses. The group denied it."
    assert not role(told(text)[0], "responsibility_denied")


@pytest.mark.parametrize(
    ("text", "killed"),
    [
        (
            "As a result of presidential hopeful Ada Brook's murder, security has become a major issue in Goma.",
            {"Ada Brook's"},
        ),
        (
            "The measures were adopted after the killings during the past 72 hours of a judge, a police commander, and "
            "presidential hopeful Ada Brook in Goma.",
            {"a judge", "presidential hopeful", "Ada Brook"},
        ),
        (
            "The government began an all-out war against the cartels 10 days ago, following the assassination of "
            "Senator and Liberal Party presidential candidate Ada Brook on 18 August.",
            {"Liberal Party presidential candidate", "Ada Brook"},
        ),
        ("The murder in the city of Goma on Friday was condemned.", set()),
    ],
)
def test_whom_a_murder_is_about_wherever_a_parse_hangs_them(text: str, killed: set[str]) -> None:
    [one] = told(text)
    assert role(one, "killed") == killed


@pytest.mark.parametrize(
    ("text", "target"),
    [
        (
            "Two car bombs exploded in front of the ministry and the central bank in Goma on Friday.",
            {"the ministry", "the central bank"},
        ),
        ("The third explosion occurred on the first floor of a building in Goma on Friday.", {"a building"}),
        (
            "A violent explosion damaged the windows and facing of the Ruritanian consulate in Goma last night.",
            {"the Ruritanian consulate"},
        ),
        (
            "The rebels blew up an undetermined number of structures and telephone boxes in Goma on Friday.",
            {"structures", "telephone boxes"},
        ),
    ],
)
def test_things_hit_are_told_in_lists_and_by_their_parts(text: str, target: set[str]) -> None:
    [one] = told(text)
    assert role(one, "target") == target


@pytest.mark.parametrize(
    ("text", "who", "target"),
    [
        (
            "Four men travelling in a blue car set fire to two government vehicles in Goma on Friday.",
            {"Four men"},
            {"two government vehicles"},
        ),
        (
            "Terrorists set two schools and several houses on fire in Goma on Friday.",
            {"Terrorists"},
            {"two schools", "several houses"},
        ),
        (
            "The guerrillas set on fire two cotton processing plants in Goma on Friday.",
            {"The guerrillas"},
            {"two cotton processing plants"},
        ),
    ],
)
def test_who_sets_things_on_fire(text: str, who: set[str], target: set[str]) -> None:
    [one] = told(text)
    assert one.type == "Looting/property destruction"
    assert (role(one, "perpetrator"), role(one, "target")) == (who, target)


def test_a_candle_that_sets_a_house_on_fire_is_no_incident() -> None:
    assert not told("A candle set the house on fire in Goma on Friday.")


def test_who_kidnaps_somebody_is_not_kidnapped_whatever_the_parse_says() -> None:
    [one] = told(
        "IT WAS ALSO REPORTED TODAY THAT UNIDENTIFIED PERSONS KIDNAPPED A YOUNG COUPLE, ADA BROOK AND CY DUNN, AS THEY "
        "WERE LEAVING THEIR HOME IN GOMA."
    )
    assert role(one, "perpetrator") == {"UNIDENTIFIED PERSONS"}
    assert role(one, "target") == {"A YOUNG COUPLE", "ADA BROOK", "CY DUNN"}


def test_a_year_ago_is_not_the_day_that_is_told() -> None:
    text = (
        "A suicide bomber killed seven worshippers at a mosque in Odu on Monday. In 2019 a suicide bomber killed 50 "
        "people in the same town."
    )
    first, second = told(text)
    assert role(first, "killed") == {"seven worshippers"}
    assert role(second, "killed") == {"50 people"}


def test_arms_taken_after_a_clash_are_no_find() -> None:
    text = "Rebels and soldiers clashed near Odu on Monday, and four men were killed. The troops recovered 11 rifles."
    assert [m.type for m in told(text)] == ["Armed clash"]
    assert [m.why for m in mentions(text) if m.type == "Disrupted weapons use"] == [SPOILS]


@pytest.mark.parametrize(
    ("text", "name", "people"),
    [
        ("A shell killed two civilians and wounded six in Odu on Monday.", "injured", {"six"}),
        ("A clerk wounded in a bombing near Odu died overnight.", "killed", {"A clerk"}),
        (
            "A doctor and two nurses who were kidnapped near Odu on Monday were freed.",
            "abducted",
            {"A doctor", "two nurses"},
        ),
        ("Two drivers were killed on Beni's Lumumba Avenue on Monday.", "place", {"Beni"}),
    ],
)
def test_who_it_befell_where_a_parse_goes_astray(text: str, name: str, people: set[str]) -> None:
    assert role(told(text)[0], name) == people


def test_an_attack_at_a_festival_is_no_accident() -> None:
    text = "Nearly 80 people were killed in Odu on Thursday, mowed down by an armed driver as they watched fireworks."
    assert [m.status for m in mentions(text)] == ["happened"]
    assert told("Forty people were killed in Odu on Thursday when a fireworks store blew up.") == []
