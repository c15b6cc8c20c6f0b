"""MUC-4's templates: keys are read in full, templates aligned, incidents mapped to the task's types and slots."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from factory import claim, mention, report

from attested.errors import InputError
from attested.evaluation.muc4 import samples
from attested.evaluation.muc4_answered import answered
from attested.evaluation.muc4_answers import ledger_of
from attested.evaluation.muc4_files import message_report, read_messages
from attested.evaluation.muc4_slots import slot_figures
from attested.evaluation.muc4_slots_answers import Answer, templates_in
from attested.evaluation.muc4_slots_full import full_figures
from attested.evaluation.muc4_slots_key import (
    DESCRIBED,
    SLOTS,
    Days,
    Harmed,
    Key,
    in_text,
    read_key_slots,
    read_keys,
)
from attested.evaluation.muc4_slots_relevance import Deed, kind_of, relevant, type_of
from attested.evaluation.muc4_slots_score import align, holds_words, is_subset, plain, tally_slots
from attested.evaluation.scorers import Figures
from attested.incidents.fused import FusedIncident
from attested.model import Mention
from attested.reading.encoder import Reader
from attested.values import Count, PartialDate, Place

TEXTS = """
TST1-MUC3-0001 (NOSC)

   PUERTO ALTO, 5 MAR 90 (AGENCIA SUR) -- [TEXT] RED DAWN FRONT GUERRILLAS
BOMBED A BRIDGE IN COLOMBIA YESTERDAY.  THE BOMB KILLED MAYOR PEDRO SALAS
QUIROGA AND INJURED FOUR PEASANTS.


TST1-MUC3-0002 (NOSC)

   PUERTO ALTO, 6 MAR 90 (AGENCIA SUR) -- [TEXT] THE MINISTER OPENED A
BRIDGE IN CORAZAL TODAY.
"""
KEY = """
;;; a note of the key's makers
0.  MESSAGE: ID                     TST1-MUC3-0001 (NOSC)
1.  MESSAGE: TEMPLATE               1
2.  INCIDENT: DATE                  04 MAR 90
3.  INCIDENT: LOCATION              COLOMBIA: ALTA (DEPARTMENT): CORAZAL (CITY)
4.  INCIDENT: TYPE                  BOMBING / ATTACK
5.  INCIDENT: STAGE OF EXECUTION    ACCOMPLISHED
6.  INCIDENT: INSTRUMENT ID         "BOMB"
7.  INCIDENT: INSTRUMENT TYPE       BOMB: "BOMB"
9.  PERP: INDIVIDUAL ID             ? "GUERRILLAS" / "RED DAWN
                                    GUERRILLAS"
10. PERP: ORGANIZATION ID           "RED DAWN FRONT" / "RDF"
11. PERP: ORGANIZATION CONFIDENCE   REPORTED AS FACT / POSSIBLE: "RED DAWN FRONT" / "RDF"
12. PHYS TGT: ID                    "BRIDGE"
16. PHYS TGT: EFFECT OF INCIDENT    SOME DAMAGE: "BRIDGE"
18. HUM TGT: NAME                   "PEDRO SALAS QUIROGA"
19. HUM TGT: DESCRIPTION            "MAYOR": "PEDRO SALAS QUIROGA"
                                    "PEASANTS"
21. HUM TGT: NUMBER                 1: "PEDRO SALAS QUIROGA"
                                    4: "PEASANTS"
23. HUM TGT: EFFECT OF INCIDENT     DEATH: "PEDRO SALAS QUIROGA"
                                    INJURY / NO DEATH: "PEASANTS"

0.  MESSAGE: ID                     TST1-MUC3-0002 (NOSC)
1.  MESSAGE: TEMPLATE               *
2.  INCIDENT: DATE                  *
4.  INCIDENT: TYPE                  *
"""
INCIDENT = FusedIncident(
    "in_1", "Attack", "ASSAULT", PartialDate(), None, None, None, (), (), (), (), (), (), (), 1, 1, (), (), ""
)  # fmt: skip


def only_key(text: str = KEY) -> Key:
    [key] = [key for _, keys in read_key_slots(text) for key in keys]
    return key


def answer(type_: str = "attack", told: FusedIncident = INCIDENT, **slots: str) -> Answer:
    """One string a slot."""
    filled = {slot: ((slots[slot],),) if slot in slots else () for slot in (*SLOTS, DESCRIBED)}
    return Answer(type_, filled, told)


def key_of(type_: str = "attack", **slots: str) -> Key:
    return Key(frozenset({type_}), {slot: ((string,),) for slot, string in slots.items()})


def write(folder: Path, key: str = KEY) -> Path:
    (folder / "tst1-muc3").write_text(TEXTS, encoding="latin-1")
    (folder / "key-tst1.v1").write_text(key, encoding="latin-1")
    return folder


# --- keys ---------------------------------------------------------------------------------------------------


def test_a_key_is_read_in_full() -> None:
    key = only_key()
    assert key.types == {"bombing", "attack"}
    assert key.slots == {
        "perpetrator_individual": (("GUERRILLAS", "RED DAWN GUERRILLAS"),),
        "perpetrator_organisation": (("RED DAWN FRONT", "RDF"),),
        "target": (("BRIDGE",),),
        "victim": (("PEDRO SALAS QUIROGA",),),
        "weapon": (("BOMB",),),
        DESCRIBED: (("MAYOR",), ("PEASANTS",)),
    }
    assert key.confidence == ((("RED DAWN FRONT", "RDF"), frozenset({"REPORTED AS FACT", "POSSIBLE"})),)
    assert (key.country, key.places, key.stages) == ("CO", ("alta", "corazal"), {"ACCOMPLISHED"})
    assert key.harmed == (Harmed(frozenset({"DEATH"}), 1), Harmed(frozenset({"INJURY", "NO DEATH"}), 4))
    assert key.damage == (frozenset({"SOME DAMAGE"}),)


@pytest.mark.parametrize(
    ("said", "days"),
    [
        ("04 MAR 90", Days(date(1990, 3, 4), date(1990, 3, 4))),
        ("- 04 MAR 90", Days(None, date(1990, 3, 4))),
        ("01 MAR 90 - 04 MAR 90", Days(date(1990, 3, 1), date(1990, 3, 4))),
        ("31 APR 90", Days(date(1990, 4, 30), date(1990, 4, 30))),
        ("-", None),
    ],
)
def test_days_of_a_key(said: str, days: Days | None) -> None:
    assert only_key(KEY.replace("04 MAR 90", said)).days == days


@pytest.mark.parametrize(
    ("number", "known"), [("4", 4), ("PLURAL", None), ("~4", None), ("4-", None), ("4 / PLURAL", None)]
)
def test_a_number_is_known_if_it_is_one_figure(number: str, known: int | None) -> None:
    assert only_key(KEY.replace('4: "PEASANTS"', f'{number}: "PEASANTS"')).harmed[1].number == known


def test_strings_that_the_report_does_not_have_are_left_out() -> None:
    key = in_text(only_key(), "Guerrillas of the RDF hit a bridge.")
    assert key.slots["perpetrator_organisation"] == (("RDF",),)
    assert (key.slots["perpetrator_individual"], key.slots["victim"]) == ((("GUERRILLAS",),), ())


def test_a_folder_without_keys_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="key-"):
        read_keys(tmp_path)


# --- scores -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ours", "key", "subset", "words"),
    [
        (["the Bridge."], ["BRIDGE"], True, True),
        (["RDF"], ["RED DAWN FRONT", "RDF"], True, True),
        (["RDF", "the Front"], ["RED DAWN FRONT", "RDF"], False, True),
        (["old bridge"], ["BRIDGE"], False, True),
        (["bridge"], ["BRIDGEHEAD"], False, False),
        (["dawn red"], ["RED DAWN"], False, False),
    ],
)
def test_fills_that_are_the_same(ours: list[str], key: list[str], subset: bool, words: bool) -> None:
    assert (is_subset(ours, key), holds_words(ours, key)) == (subset, words)


def test_strings_are_compared_without_marks_and_articles() -> None:
    assert plain('The  "U.S." embassy') == "us embassy"


def test_templates_of_another_type_meet_only_without_types() -> None:
    ours, keys = [answer("attack", target="bridge", weapon="bomb")], [key_of("bombing", target="bridge")]
    assert align(ours, keys, is_subset, by_type=True) == []
    pairs = align(ours, keys, is_subset, by_type=False)
    tallies = tally_slots(ours, keys, pairs, by_type=False)
    assert (tallies["target"].tp, tallies["weapon"].fp, "type" in tallies) == (1, 1, False)


def test_the_alignment_looks_at_all_templates_together() -> None:
    ours = [answer(target="bridge", victim="Salas"), answer(target="bridge")]
    keys = [key_of(target="bridge"), key_of(target="bridge", victim="SALAS")]
    pairs = align(ours, keys, is_subset, by_type=True)
    assert {(p.ours, p.key) for p in pairs} == {(0, 1), (1, 0)}
    tallies = tally_slots(ours, keys, pairs, by_type=True)
    assert [tallies[slot].tp for slot in ("type", "target", "victim")] == [2, 2, 1]


def test_what_has_no_partner_is_spurious_or_missing() -> None:
    ours, keys = [answer(victim="Salas"), answer("arson")], [key_of("kidnapping", victim="Salas")]
    tallies = tally_slots(ours, keys, align(ours, keys, is_subset, by_type=True), by_type=True)
    assert (tallies["type"].fp, tallies["type"].fn, tallies["victim"].fp, tallies["victim"].fn) == (
        2,
        1,
        1,
        1,
    )


# --- the task's types, and what it asks for -----------------------------------------------------------------

PAGE = report(
    "Gunmen shot a mayor. Rebels attacked a farm with dynamite. Planes attacked huts with bombs. Thugs looted a shop. "
    "Men torched a bus. Rebels destroyed a pylon. Gangs kidnapped a judge. Troops fought rebels. Police arrested ten. "
    "The offensive began."
)
DESTRUCTION = "Looting/property destruction"


def deed(
    trigger: str, type: str = "Attack", *, hit: set[str] | None = None, told: FusedIncident = INCIDENT
) -> Deed:
    mentions: tuple[Mention, ...] = (mention(PAGE, trigger, type=type),)
    return Deed(mentions, (), told, PartialDate.day(date(1990, 3, 5)), frozenset(hit or set()))


@pytest.mark.parametrize(
    ("trigger", "acled", "type_"),
    [
        ("shot", "Attack", "attack"),
        ("attacked a farm", "Attack", "bombing"),
        ("attacked huts", "Air/drone strike", "attack"),
        ("attacked huts", "Grenade", "bombing"),
        ("looted", DESTRUCTION, "robbery"),
        ("torched", DESTRUCTION, "arson"),
        ("destroyed", DESTRUCTION, "attack"),
        ("kidnapped", "Abduction/forced disappearance", "kidnapping"),
    ],
)
def test_types_of_the_task(trigger: str, acled: str, type_: str) -> None:
    assert type_of(deed(trigger, acled)) == type_


@pytest.mark.parametrize(
    ("one", "asked"),
    [
        (deed("shot", hit={"civilian"}), True),
        (deed("shot", hit={"force"}), False),
        (deed("shot", hit={"place"}), False),
        (deed("shot", hit={"force", "place"}), False),
        (deed("shot", hit={"force", "other"}), False),
        (deed("shot", hit={"other"}), True),
        (deed("shot", hit={"civilian", "force", "other"}), True),
        (deed("shot"), True),
        (deed("fought", "Armed clash"), False),
        (deed("fought", "Armed clash", hit={"structure"}), True),
        (deed("arrested", "Arrests", hit={"civilian"}), False),
        (deed("offensive", hit={"civilian"}), False),
    ],
)
def test_fights_among_armed_people_and_arrests_are_not_asked_for(one: Deed, asked: bool) -> None:
    assert bool(relevant([one])) is asked


def test_another_country_told_by_name_is_not_asked_for() -> None:
    one = deed("shot", hit={"civilian"}, told=replace(INCIDENT, place=Place("Mexico", "MX", precision=6)))
    assert relevant([one])  # no place is told with it: what the report is most about says nothing
    at = [
        replace(one, claims=(claim(report(words), place=words),)) for words in ("Peru", "of Mexico", "Perote")
    ]
    assert [bool(relevant([told])) for told in at] == [True, False, True]


def test_history_is_not_asked_for_beside_news() -> None:
    old = deed("shot", hit={"civilian"}, told=replace(INCIDENT, date=PartialDate.day(date(1989, 12, 1))))
    new = deed("torched", DESTRUCTION, hit={"other"})
    assert relevant([old, new]) == [new]
    assert relevant([old]) == [old]


@pytest.mark.parametrize(
    ("phrase", "head", "person", "kind"),
    [
        ("army barracks", "barracks", False, "force"),
        ("an employee of the army", "employee", False, "civilian"),
        ("army Captain Luis Soto", "Soto", True, "civilian"),
        ("soldiers", "soldiers", False, "force"),
        ("the shop", "shop", False, "structure"),
        ("pylons of light", "whatsit", False, "other"),
        ("the whole country", "country", False, "place"),
        ("rural areas", "areas", False, "place"),
    ],
)
def test_kinds_of_what_was_hit(phrase: str, head: str, person: bool, kind: str) -> None:
    assert kind_of(phrase, head, is_person=person) == kind


# --- what a ledger answers ----------------------------------------------------------------------------------


def answers(text: str) -> list[Answer]:
    head = "PUERTO ALTO, 5 MAR 90 (AGENCIA SUR) -- [TEXT] "
    message = message_report("TST1-MUC3-0009", head + text)
    reading = Reader().read(message.text, [(block.start, block.end) for block in message.body])
    return templates_in(ledger_of(message, reading))


def filled(found: Answer) -> dict[str, set[str]]:
    return {slot: {fill[0].upper() for fill in fills} for slot, fills in found.slots.items() if fills}


def test_a_bombing_is_filled() -> None:
    [found] = answers(
        "ALLEGED RED DAWN FRONT GUERRILLAS BOMBED TWO BANKS IN COLOMBIA YESTERDAY. THE BOMBS KILLED MAYOR PEDRO SALAS "
        "QUIROGA. SALAS WAS THE TARGET."
    )
    slots = filled(found)
    assert found.type == "bombing"
    assert slots["target"] == {"BANKS"}
    assert slots["victim"] == {"PEDRO SALAS QUIROGA"}
    assert slots["perpetrator_organisation"] == {"RED DAWN FRONT"}
    assert slots["perpetrator_individual"] == {"GUERRILLAS"}
    assert slots["weapon"] == {"BOMBS"}


@pytest.mark.parametrize(
    ("perpetrator", "organisation"),
    [
        ("SOLDIERS OF THE SALVADORAN ARMY", "SALVADORAN ARMY"),
        ("ARMY SOLDIERS", "ARMY"),
        ("THE RED DAWN FRONT", "RED DAWN FRONT"),
    ],
)
def test_an_organisation_without_who_is_of_it(perpetrator: str, organisation: str) -> None:
    [found] = answers(f"{perpetrator} MURDERED LAWYER PEDRO SALAS QUIROGA IN EL SALVADOR YESTERDAY.")
    assert filled(found)["perpetrator_organisation"] == {organisation}


@pytest.mark.parametrize(
    ("perpetrator", "individual"), [("MAFIA LEADERS", "MAFIA LEADERS"), ("ARMY OFFICERS", "OFFICERS")]
)
def test_people_of_a_body_keep_whose_they_are_unless_they_bear_arms(
    perpetrator: str, individual: str
) -> None:
    [found] = answers(f"{perpetrator} MURDERED LAWYER PEDRO SALAS QUIROGA IN EL SALVADOR YESTERDAY.")
    assert filled(found)["perpetrator_individual"] == {individual}


def test_who_sets_fire_to_a_thing_is_an_arsonist() -> None:
    [found] = answers("REBELS SET FIRE TO A BUS IN COLOMBIA YESTERDAY.")
    assert found.type == "arson"
    assert filled(found)["target"] == {"BUS"}


def test_what_carries_a_weapon_is_no_instrument_and_what_is_no_structure_no_target() -> None:
    [found] = answers("HELICOPTERS FIRED ROCKETS AT A SCHOOL AND A PIANO IN EL SALVADOR YESTERDAY.")
    assert filled(found)["weapon"] == {"ROCKETS"}
    assert filled(found)["target"] == {"SCHOOL"}


def test_a_target_without_where_it_was_and_a_name_without_the_trade() -> None:
    [found] = answers(
        "REBELS BOMBED SHOPS NEAR THE MAIN SQUARE OF LIMA YESTERDAY, KILLING BANKER PEDRO SALAS QUIROGA."
    )
    assert filled(found)["target"] == {"SHOPS"}
    assert filled(found)["victim"] == {"PEDRO SALAS QUIROGA"}


def test_ground_alone_is_not_asked_for() -> None:
    assert not answers("PLANES BOMBED RURAL AREAS IN EL SALVADOR YESTERDAY.")


def test_the_kidnapped_are_victims_under_their_full_names() -> None:
    [found] = answers("GUNMEN KIDNAPPED SALAS IN BOGOTA ON SUNDAY. PEDRO SALAS QUIROGA IS A LAWYER.")
    assert found.type == "kidnapping"
    assert filled(found)["victim"] == {"PEDRO SALAS QUIROGA"}
    assert filled(found)["perpetrator_individual"] == {"GUNMEN"}
    assert not found.slots["target"]


def test_people_without_a_name_are_described() -> None:
    [found] = answers("REBELS KILLED THREE PEASANTS IN COLOMBIA YESTERDAY.")
    assert filled(found)[DESCRIBED] == {"THREE PEASANTS"}
    assert not found.slots["victim"]


def test_a_whole_body_is_no_individual_and_who_claims_it_is_one() -> None:
    [done] = answers("THE ARMY BOMBED TWO BANKS IN COLOMBIA YESTERDAY.")
    assert not done.slots["perpetrator_individual"]
    [claimed] = answers(
        "A BOMB DESTROYED TWO BANKS IN COLOMBIA YESTERDAY. PEDRO SALAS CLAIMED RESPONSIBILITY FOR THE ATTACK."
    )
    assert filled(claimed)["perpetrator_individual"] == {"PEDRO SALAS"}


def test_a_clash_makes_no_template() -> None:
    assert answers("GUERRILLAS CLASHED WITH ARMY TROOPS IN COLOMBIA YESTERDAY.") == []


def test_a_threat_and_a_bomb_made_harmless_are_asked_for() -> None:
    [threat] = answers("THE RED DAWN FRONT YESTERDAY THREATENED TO KILL TEN JUDGES IN COLOMBIA.")
    assert (threat.type, threat.stage) == ("attack", "THREATENED")
    assert filled(threat)[DESCRIBED] == {"TEN JUDGES"}
    [attempt] = answers("POLICE AGENTS YESTERDAY DEFUSED A BOMB THAT WAS FOUND IN A BANK IN LIMA.")
    assert (attempt.type, attempt.stage) == ("bombing", "ATTEMPTED")
    assert filled(attempt)["weapon"] == {"BOMB"}
    assert not attempt.slots["perpetrator_individual"]


def test_a_mere_death_is_asked_for_where_nothing_else_is_told() -> None:
    death = "LAWYER PEDRO SALAS QUIROGA DIED IN LIMA YESTERDAY."
    [found] = answers(death)
    assert filled(found)["victim"] == {"PEDRO SALAS QUIROGA"}
    [other] = answers(f"{death} REBELS BOMBED TWO BANKS IN COLOMBIA ON SUNDAY.")
    assert other.type == "bombing"


def test_a_deed_of_which_nothing_is_told_is_not_asked_for_beside_another() -> None:
    bombed = "REBELS BOMBED TWO BANKS IN COLOMBIA YESTERDAY."
    assert len(answers(f"{bombed} THERE WAS AN ATTACK IN CHILE ON SUNDAY.")) == 1
    assert len(answers("THERE WAS AN ATTACK IN CHILE ON SUNDAY.")) == 1


def test_explosions_that_hit_nothing_are_not_asked_for() -> None:
    assert not answers("EXPLOSIONS WERE HEARD IN LIMA LAST NIGHT.")


def test_a_modifier_stands_for_people_whom_the_message_tells_of() -> None:
    [told] = answers("A REBEL ATTACK KILLED LAWYER PEDRO SALAS QUIROGA IN LIMA YESTERDAY. THE REBELS FLED.")
    assert filled(told)["perpetrator_individual"] == {"REBELS"}
    [untold] = answers("A REBEL ATTACK KILLED LAWYER PEDRO SALAS QUIROGA IN LIMA YESTERDAY.")
    assert not untold.slots["perpetrator_individual"]


def test_an_organisation_by_the_name_that_its_accusers_use() -> None:
    [found] = answers(
        "FMLN REBELS BOMBED TWO BANKS IN EL SALVADOR YESTERDAY. THE FARABUNDO MARTI NATIONAL LIBERATION FRONT SPOKE."
    )
    assert filled(found)["perpetrator_organisation"] == {"FMLN"}


# --- the full key -------------------------------------------------------------------------------------------


def told(**values: object) -> FusedIncident:
    return replace(INCIDENT, **values)  # type: ignore[arg-type]


def full(ours: FusedIncident, key: Key) -> Figures:
    return Figures("muc4", tuple(full_figures("x", [[answer(target="bridge", told=ours)]], [[key]])))


GOLD = replace(only_key(), slots={"target": (("BRIDGE",),)})


def test_what_the_full_key_asks_is_right() -> None:
    ours = told(
        date=PartialDate.day(date(1990, 3, 4)),
        place=Place("Corazal", "CO"),
        killed=Count(1, 1, 1),
        injured=Count(4, 4, 4),
    )
    figures = full(ours, GOLD)
    for name in ("day_right", "date_right", "country_right", "place_right", "stage_right", "type_right"):
        assert figures[f"{name} x"] == 1.0
    for name in ("killed_f1", "injured_f1", "human_effect_f1"):
        assert figures[f"{name} x"] == 1.0


def test_what_is_not_told_is_missing() -> None:
    figures = full(told(killed=Count(2, 2, 2)), GOLD)
    for name in (
        "day_right",
        "date_right",
        "country_right",
        "place_right",
        "killed_f1",
        "injured_f1",
        "damage_f1",
    ):
        assert figures[f"{name} x"] == 0.0
    assert figures["human_effect_f1 x"] == pytest.approx(2 / 3)  # the dead, not the injured


@pytest.mark.parametrize(
    ("key", "ours", "why", "right"),
    [
        (Days(None, date(1990, 3, 5)), PartialDate.day(date(1990, 3, 4)), "said", False),
        (
            Days(None, date(1990, 3, 5)),
            PartialDate.span(date(1990, 2, 5), date(1990, 3, 5)),
            "no day is told: x",
            True,
        ),
        (Days(date(1990, 3, 1), date(1990, 3, 5)), PartialDate.day(date(1990, 3, 4)), "said", True),
        (Days(date(1990, 3, 1), date(1990, 3, 5)), PartialDate.day(date(1990, 3, 6)), "said", False),
    ],
)
def test_dates_that_fit(key: Days, ours: PartialDate, why: str, right: bool) -> None:
    figures = full(told(date=ours, date_why=why), replace(GOLD, days=key))
    assert figures["date_right x"] == float(right)


def test_people_of_an_unknown_number_are_not_counted() -> None:
    harmed = (Harmed(frozenset({"DEATH"}), None),)
    figures = {f.name: f for f in full(told(killed=Count(2, 2, 2)), replace(GOLD, harmed=harmed)).figures}
    assert figures["killed_f1 x"].n == 0
    assert figures["human_effect_f1 x"].value == 1.0


def test_nobody_harmed_is_an_effect() -> None:
    harmed = (Harmed(frozenset({"NO INJURY"}), None),)
    none = told(killed=Count(0, 0, 0), injured=Count(0, 0, 0))
    assert full(none, replace(GOLD, harmed=harmed))["human_effect_f1 x"] == 1.0


# --- the whole ----------------------------------------------------------------------------------------------


def test_a_whole_set_is_measured(tmp_path: Path) -> None:
    folder = write(tmp_path)
    sampled = samples(read_messages(folder))
    templates = {name: [one.templates for one in answered(messages)] for name, messages in sampled.items()}
    found = {f.name: f for f in slot_figures(folder, sampled, templates)}
    assert found["template_f1 tst1"].n == 6  # a type and five fills
    assert found["template_f1 tst1"].value == 1.0
    assert found["fills_f1 tst1"].value == 1.0
    assert found["day_right tst1"].value == 1.0
    assert found["country_right tst1"].value == 1.0
    assert found["killed_f1 tst1"].value == 1.0
    assert found["injured_f1 tst1"].value == 1.0
    assert found["confidence_right tst1"].value == 1.0
    assert found["damage_f1 tst1"].value == 0.0
