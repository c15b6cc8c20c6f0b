"""Who alleges, who claims and who denies it, told by the voices of the claims."""

import pytest
from factory import claim, report, voice

from attested.incidents.perpetrators import group_meant, is_doubted, named_in, speaks_for_itself, who_says
from attested.model import Claim, Voice
from attested.values import Actor

PAGE = report(
    "The Red Dawn Front and the ELN fight the army. Police said guerrillas killed a mayor. The army said its troops "
    "had fired. The guerrillas fled. Other rebels came."
)
ARMY = voice("named body", "army", "said")
POLICE = voice("named body", "Police", "said")


def alleged(who: str, by: Voice = POLICE, **more: str) -> Claim:
    return claim(PAGE, by=by, perpetrator_alleged=who, **{"hedge": "alleged", **more})  # type: ignore[arg-type]


def test_three_fields_by_voice() -> None:
    told, own, no = (
        alleged("guerrillas"),
        alleged("its troops", ARMY),
        alleged("the army", polarity="negative"),
    )
    said = who_says([told, own, no, claim(PAGE, killed=1, says="a mayor")])
    assert (said.alleged, said.claimed, said.denied) == ([told], [own], [no])


def test_who_denied_it_is_not_alleged() -> None:
    denial = claim(PAGE, by=ARMY, responsibility_denied="The army", hedge="claimed")
    assert who_says([denial, alleged("the army", ARMY, hedge="denied")]).alleged == []


def test_its_own_men_are_named_once() -> None:
    claimed = claim(PAGE, by=ARMY, responsibility_claimed="The army", hedge="claimed")
    assert who_says([claimed, alleged("its troops", ARMY)]).claimed == [claimed]
    assert named_in(alleged("its troops", ARMY)) == "army"
    assert named_in(alleged("guerrillas")) == "guerrillas"


@pytest.mark.parametrize(
    ("who", "by", "own"),
    [
        ("The army", ARMY, True),
        ("The army", voice("unnamed official", "an army spokesman"), True),
        ("its troops", ARMY, True),
        ("the ELN", ARMY, False),
        ("The Red Dawn Front", voice("named body", "Front"), False),
        ("The Red Dawn Front", voice("outlet", "Red Dawn Front", None), True),
        ("The army", voice("outlet", "Army Times", None), False),
    ],
)
def test_who_speaks_for_itself(who: str, by: Voice, own: bool) -> None:
    assert speaks_for_itself(alleged(who, by)) is own


def test_other_names_count() -> None:
    by_initials = alleged("The Red Dawn Front", voice("named body", "RDF"))
    assert speaks_for_itself(by_initials, ["RDF"])
    assert not speaks_for_itself(by_initials)


@pytest.mark.parametrize(
    ("cue", "hedge", "doubted"),
    [
        ("said", "alleged", False),
        ("blamed", "alleged", True),
        ("suspect", "suspected", True),
        (None, "alleged", True),
        (None, "fact", False),
    ],
)
def test_telling_is_told_from_blaming(cue: str | None, hedge: str, doubted: bool) -> None:
    by = voice("named body", "Police", cue) if cue else voice("outlet", "Daily", None)
    assert is_doubted(alleged("guerrillas", by, hedge=hedge)) is doubted


FRONT = Actor("ac_1", "Red Dawn Front", "armed group")
ELN = Actor("ac_2", "National Liberation Army", "armed group", ("ELN",))


def test_the_guerrillas_are_the_group_named_last() -> None:
    found = group_meant(alleged("The guerrillas"), PAGE.text, [FRONT, ELN])
    assert found is ELN
    assert group_meant(alleged("guerrillas"), PAGE.text, [FRONT]) is FRONT


@pytest.mark.parametrize("who", ["Other rebels", "the army", "a mayor"])
def test_words_that_say_more_point_to_nobody(who: str) -> None:
    assert group_meant(alleged(who), PAGE.text, [FRONT, ELN]) is None


def test_a_group_named_only_later_is_not_meant() -> None:
    page = report("The guerrillas fled. Soldiers chased the ELN.")
    row = claim(page, perpetrator_alleged="The guerrillas", hedge="fact")
    assert group_meant(row, page.text, [ELN]) is None
