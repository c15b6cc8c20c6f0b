"""MUC-4: messages and keys are read, names and incidents matched, categories told by voice and doubt."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from factory import claim, mention, report, voice

from attested.errors import InputError
from attested.evaluation.muc4 import evaluate, map_incidents, merged, samples
from attested.evaluation.muc4_answers import Accused, category_of, group_meant, is_authority, joined
from attested.evaluation.muc4_files import Organisation, Template, message_report, read_key, read_messages
from attested.evaluation.muc4_names import is_same
from attested.evaluation.muc4_relevance import Told, is_asked_for, is_single
from attested.incidents.context import Resolved
from attested.model import Claim, Mention
from attested.resolve.dates import Anchored
from attested.values import Actor, PartialDate

TEXTS = """
TST1-MUC3-0001 (NOSC)

   PUERTO ALTO, 5 MAR 90 (AGENCIA SUR) -- [TEXT] A BOMB KILLED TWO
MAYORS IN CORAZAL ON MONDAY.  THE RED DAWN FRONT [RDF] CLAIMED
RESPONSIBILITY FOR THE ATTACK.

   POLICE BLAMED THE NORTHERN ARMY FOR THE KIDNAPPING OF A TEACHER ON
SUNDAY.


TST1-MUC3-0002 (NOSC)

   PUERTO ALTO, 6 MAR 90 (AGENCIA SUR) -- [TEXT] THE MINISTER OPENED A
BRIDGE IN CORAZAL TODAY.


TST1-MUC3-0003 (NOSC)

   CLANDESTINE, 7 MAR 90 -- [COMMUNIQUE] [RED DAWN FRONT] [TEXT] ARMY
SOLDIERS KILLED THREE PEASANTS IN LA HONDA YESTERDAY.
"""
KEY = """
;;; a note of the key's makers
0.  MESSAGE: ID                     TST1-MUC3-0001 (NOSC)
1.  MESSAGE: TEMPLATE               1
10. PERP: ORGANIZATION ID           "RED DAWN FRONT" / "RDF"
11. PERP: ORGANIZATION CONFIDENCE   CLAIMED OR ADMITTED: "RED DAWN FRONT" / "RDF"
12. PHYS TGT: ID                    -

0.  MESSAGE: ID                     TST1-MUC3-0001 (NOSC)
1.  MESSAGE: TEMPLATE               2 (OPTIONAL)
10. PERP: ORGANIZATION ID           "THE NORTHERN ARMY [NA]"
                                    ? "DRUG CARTEL" /
                                    "CARTEL"
11. PERP: ORGANIZATION CONFIDENCE   SUSPECTED OR ACCUSED BY AUTHORITIES / REPORTED AS FACT: "THE NORTHERN ARMY [NA]"
                                    POSSIBLE: "DRUG CARTEL"

0.  MESSAGE: ID                     TST1-MUC3-0002 (NOSC)
1.  MESSAGE: TEMPLATE               *
10. PERP: ORGANIZATION ID           *
11. PERP: ORGANIZATION CONFIDENCE   *

0.  MESSAGE: ID                     TST1-MUC3-0003 (NOSC)
1.  MESSAGE: TEMPLATE               1
10. PERP: ORGANIZATION ID           "ARMY"
11. PERP: ORGANIZATION CONFIDENCE   SUSPECTED OR ACCUSED: "ARMY"
"""
FACT, CLAIMED, SUSPECTED = "REPORTED AS FACT", "CLAIMED OR ADMITTED", "SUSPECTED OR ACCUSED"
FRONT = Organisation(("RED DAWN FRONT", "RDF"), frozenset({CLAIMED}))


def gold(folder: Path, key: str = KEY) -> Path:
    (folder / "tst1-muc3").write_text(TEXTS, encoding="latin-1")
    (folder / "key-tst1.v1").write_text(key, encoding="latin-1")
    return folder


def said(*names: str, category: str = FACT) -> Accused:
    return Accused(names, (), category)


# --- files --------------------------------------------------------------------------------------------------


def test_a_message_is_a_report_without_its_head(tmp_path: Path) -> None:
    first, second, third = read_messages(gold(tmp_path))
    body = [first.report.text[b.start : b.end] for b in first.report.body]
    assert body[0].endswith("THE RED DAWN FRONT (RDF) CLAIMED RESPONSIBILITY FOR THE ATTACK.")
    assert (len(body), first.split, first.report.outlet) == (2, "tst1", "AGENCIA SUR")
    assert second.templates == ()
    assert third.report.outlet == "RED DAWN FRONT"  # a communiqué is its signer's own words


def test_a_head_without_a_name_leaves_the_source() -> None:
    found = message_report("x", "LIMA, 3 MAY 90 (RADIO SOL) -- [COMMENTARY] [TEXT] IT RAINED.")
    assert found.outlet == "RADIO SOL"


def test_the_key_gives_organisations_with_their_categories() -> None:
    rows = list(read_key(KEY))
    assert [(name, len(templates)) for name, templates in rows] == [
        ("TST1-MUC3-0001", 1), ("TST1-MUC3-0001", 1), ("TST1-MUC3-0002", 0), ("TST1-MUC3-0003", 1),
    ]  # fmt: skip
    [template] = rows[1][1]
    army, cartel = template.organisations
    assert template.is_optional
    assert army.names == ("THE NORTHERN ARMY [NA]", "THE NORTHERN ARMY", "NA")
    assert army.confidence == {f"{SUSPECTED} BY AUTHORITIES", FACT}
    assert (cartel.names, cartel.confidence, cartel.is_optional) == (
        ("DRUG CARTEL", "CARTEL"),
        {"POSSIBLE"},
        True,
    )


@pytest.mark.parametrize(
    ("head", "day"),
    [
        ("LIMA, 3 MAY 90 (RADIO SOL) -- [TEXT] IT RAINED.", date(1990, 5, 3)),
        ("LIMA, NO DATE -- [TEXT] IT RAINED.", None),
        ("LIMA, 31 APR 89 -- [TEXT] IT RAINED.", None),
    ],
)
def test_the_day_in_a_head_is_the_reports(head: str, day: date | None) -> None:
    assert [c.value.start for c in message_report("x", head).candidates] == ([day] if day else [])


def test_a_message_without_its_key_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="TST1-MUC3-0003"):
        read_messages(gold(tmp_path, KEY[: KEY.rindex("0.  MESSAGE")]))


def test_a_folder_without_the_set_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="muc3"):
        read_messages(tmp_path)


# --- scores -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ours", "key", "same"),
    [
        ("the Red Dawn Front", "RED DAWN FRONT", True),
        ("RDF guerrillas", "RDF", True),
        ("RDF", "RDF 12TH COLUMN", True),
        ("army", "SALVADORAN ARMY", True),
        ("army", "ARMY OF NATIONAL LIBERATION", False),
        ("Northern Front", "RED DAWN FRONT", False),
    ],
)
def test_names_of_one_organisation(ours: str, key: str, same: bool) -> None:
    assert is_same([ours], [key]) is same


def test_incidents_meet_templates_one_to_one() -> None:
    twice = [Template((FRONT,)), Template((Organisation(("RDF",), frozenset({FACT})),))]
    mapped = map_incidents([[said("RDF")], [said("RDF", category=CLAIMED)], [said("army")]], twice)
    assert (mapped.n_right, mapped.n_spurious, mapped.n_missing) == (2, 1, 0)
    assert (mapped.organisations.tp, mapped.categories.tp) == (2, 2)


def test_a_wrong_category_is_spurious_and_missing() -> None:
    tally = map_incidents([[said("RDF")]], [Template((FRONT,))]).categories
    assert (tally.tp, tally.fp, tally.fn) == (0, 1, 1)


def test_what_is_optional_is_not_missed() -> None:
    optional = Organisation(("ARMY",), frozenset({FACT}), is_optional=True)
    assert map_incidents([], [Template((optional,)), Template((FRONT,), is_optional=True)]).n_missing == 0
    assert map_incidents([], [Template((FRONT,))]).n_missing == 1


def test_by_report_an_organisation_counts_once() -> None:
    key = merged(
        [Template((FRONT,)), Template((Organisation(("RDF",), frozenset({FACT})),), is_optional=True)]
    )
    ours = joined([[said("RDF")], [said("RED DAWN FRONT", "RDF", category=CLAIMED)]])
    [organisation], [answer] = key.organisations, ours
    assert (organisation.confidence, organisation.is_optional) == ({CLAIMED, FACT}, False)
    assert answer.category == CLAIMED


def test_the_test_splits_stand_together_before_a_third_of_dev(tmp_path: Path) -> None:
    messages = read_messages(gold(tmp_path))
    assert {name: len(rows) for name, rows in samples(messages).items()} == {"tst1": 3}


def test_a_whole_set_is_measured(tmp_path: Path) -> None:
    figures = evaluate(gold(tmp_path))
    assert figures["organisation_f1 tst1"] == 1.0
    # Nothing in the third message says that the army is only accused.
    assert figures["category_right tst1"] == pytest.approx(2 / 3)
    assert figures["confidence_f1 tst1 by report"] == pytest.approx(2 / 3)


# --- categories ---------------------------------------------------------------------------------------------

PAGE = report(
    "Col Ramon Diaz said the Front had bombed the bridge. The bishop blamed the army. Its men denied it. The Front "
    "was seen."
)
COLONEL = voice("named person", "Ramon Diaz", "said")
BLAMING = voice("named person", "Ramon Diaz", "blamed")


@pytest.mark.parametrize(
    ("field", "by", "hedge", "category"),
    [
        ("responsibility_claimed", voice("named body", "the Front", "claimed"), "claimed", CLAIMED),
        ("perpetrator_alleged", voice("named body", "Front spokesman", "said"), "alleged", CLAIMED),
        ("perpetrator_alleged", voice("outlet", "Daily", None), "fact", FACT),
        ("perpetrator_alleged", COLONEL, "alleged", FACT),
        ("perpetrator_alleged", BLAMING, "alleged", f"{SUSPECTED} BY AUTHORITIES"),
        ("perpetrator_alleged", voice("named person", "The bishop", "blamed"), "alleged", SUSPECTED),
        ("perpetrator_alleged", voice("outlet", "Daily", None), "suspected", SUSPECTED),
        ("responsibility_denied", voice("named body", "the Front", "denied"), "claimed", ""),
    ],
)
def test_the_category_is_told_by_voice_and_doubt(field: str, by: object, hedge: str, category: str) -> None:
    row = claim(PAGE, by=by, hedge=hedge, **{field: "the Front"})  # type: ignore[arg-type]
    assert category_of([row], ["the Front"], PAGE.text) == category


def test_a_plain_telling_by_the_report_outweighs_blame() -> None:
    told = claim(PAGE, perpetrator_alleged="the Front", hedge="fact")
    blamed = claim(PAGE, by=BLAMING, perpetrator_alleged="the Front", hedge="alleged")
    assert category_of([blamed, told], ["the Front"], PAGE.text) == FACT


def test_a_title_beside_the_name_makes_an_authority() -> None:
    assert is_authority(COLONEL, PAGE.text)
    assert not is_authority(voice("named person", "Ana Ruiz"), PAGE.text)
    assert not is_authority(voice("named body", "the rebel army"), PAGE.text)


# --- groups that words point back to ------------------------------------------------------------------------

FIGHT = report(
    "The Red Dawn Front and the ELN fight the army. Police said guerrillas killed a mayor. The guerrillas fled. "
    "Other rebels came."
)
RED_DAWN = Actor("ac_1", "Red Dawn Front", "armed group")
ELN = Actor("ac_2", "National Liberation Army", "armed group", ("ELN",))


def pointing(who: str) -> Claim:
    return claim(FIGHT, perpetrator_alleged=who, hedge="alleged")


def test_the_guerrillas_are_the_group_named_last() -> None:
    found = group_meant(pointing("The guerrillas"), FIGHT.text, [RED_DAWN, ELN])
    assert found is ELN
    assert group_meant(pointing("guerrillas"), FIGHT.text, [RED_DAWN]) is RED_DAWN


@pytest.mark.parametrize("who", ["Other rebels", "the army", "a mayor"])
def test_words_that_say_more_point_to_nobody(who: str) -> None:
    assert group_meant(pointing(who), FIGHT.text, [RED_DAWN, ELN]) is None


def test_a_group_named_only_later_is_not_meant() -> None:
    page = report("The guerrillas fled. Soldiers chased the ELN.")
    row = claim(page, perpetrator_alleged="The guerrillas", hedge="fact")
    assert group_meant(row, page.text, [ELN]) is None


def test_a_name_inside_another_word_is_no_name() -> None:
    page = report("The Red Dawn Front met Daphne Melnick. The guerrillas fled.")
    row = claim(page, perpetrator_alleged="The guerrillas", hedge="fact")
    assert group_meant(row, page.text, [RED_DAWN, ELN]) is RED_DAWN


# --- what the task asks for ---------------------------------------------------------------------------------

TEXT = report("Rebels attacked a bank and a garrison on Monday, killing two soldiers and several teachers.")
FRONT_NAMES, ARMY_NAMES = ("Red Dawn Front",), ("Salvadoran Army", "army")


def told(*mentions: Mention, **more: object) -> Told:
    resolved = Resolved(dates=more.pop("dates", {}), places={}, actors={})  # type: ignore[arg-type]
    claims = more.pop("claims", ())
    return Told(mentions, claims, resolved, PartialDate.day(date(1990, 5, 3)))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("roles", "names", "asked"),
    [
        ({"target": "a bank"}, FRONT_NAMES, True),
        ({"target": "a garrison"}, FRONT_NAMES, False),
        ({"target": "a garrison", "killed": "several teachers"}, FRONT_NAMES, True),
        ({}, FRONT_NAMES, True),
        ({}, ARMY_NAMES, False),
        ({"killed": "several teachers"}, ARMY_NAMES, True),
    ],
)
def test_what_is_hit_decides_what_is_asked_for(
    roles: dict[str, str], names: tuple[str, ...], asked: bool
) -> None:
    heads = {"a bank": "bank", "a garrison": "garrison", "several teachers": "teachers"}
    one = mention(TEXT, "attacked")
    kept = tuple(
        replace(r, head=next(iter(mention(TEXT, "attacked", roles={"x": heads[r.span.text]}).roles)).head)
        for r in mention(TEXT, "attacked", roles=roles).roles
    )
    assert is_asked_for(told(replace(one, roles=kept)), names) is asked


def test_arrests_and_campaigns_are_not_asked_for() -> None:
    assert not is_asked_for(told(mention(TEXT, "attacked", type="Arrests")), FRONT_NAMES)


@pytest.mark.parametrize(("day", "asked"), [(date(1990, 4, 20), True), (date(1989, 11, 16), False)])
def test_what_is_older_than_two_months_is_history(day: date, asked: bool) -> None:
    when = claim(TEXT, date="Monday")
    dates = {when.id: Anchored(PartialDate.day(day), "")}
    assert is_asked_for(told(mention(TEXT, "attacked"), claims=[when], dates=dates), FRONT_NAMES) is asked


@pytest.mark.parametrize(
    ("status", "why", "single"),
    [
        ("happened", "", True),
        ("habitual", "singles no incident out: too little is told", True),
        ("habitual", "singles no incident out: late in the report, a plural", False),
        ("habitual", "singles no incident out: like a habit told before", False),
        ("habitual", "attacks: a plural without a day", False),
        ("denied", "negated", False),
    ],
)
def test_one_deed_is_told_apart_from_many(status: str, why: str, single: bool) -> None:
    assert is_single(mention(TEXT, "attacked", status=status, why=why)) is single
