"""Who alleges, who claims and who denies it, told by the voices of the claims."""

from dataclasses import replace

import pytest
from factory import claim, report, voice

from attested.incidents.perpetrators import is_doubted, named_in, speaks_for_itself, who_says
from attested.model import Claim, Voice

PAGE = report(
    "The Red Dawn Front and the ELN fight the army. Police said guerrillas killed a mayor. The army said its troops "
    "had fired. They fled. We and our troops fired, the army said."
)
ARMY = voice("named body", "army", "said")
POLICE = voice("named body", "Police", "said")


def alleged(who: str, by: Voice = POLICE, **more: str) -> Claim:
    return claim(PAGE, by=by, perpetrator_alleged=who, **{"hedge": "alleged", **more})  # type: ignore[arg-type]


def test_three_fields_by_voice() -> None:
    told, own, no = (
        alleged("guerrillas"),
        alleged("our troops", ARMY),
        alleged("the army", polarity="negative"),
    )
    said = who_says([told, own, no, claim(PAGE, killed=1, says="a mayor")])
    assert (said.alleged, said.claimed, said.denied) == ([told], [own], [no])


def test_they_in_a_voices_words_are_alleged() -> None:
    told = [alleged("They"), alleged("its troops", ARMY)]
    said = who_says(told)
    assert (said.alleged, said.claimed) == (told, [])


def test_who_denied_it_is_not_alleged() -> None:
    denial = claim(PAGE, by=ARMY, responsibility_denied="The army", hedge="claimed")
    assert who_says([denial, alleged("the army", ARMY, hedge="denied")]).alleged == []


def test_its_own_men_are_named_once() -> None:
    claimed = claim(PAGE, by=ARMY, responsibility_claimed="The army", hedge="claimed")
    assert who_says([claimed, alleged("our troops", ARMY)]).claimed == [claimed]
    assert named_in(alleged("our troops", ARMY)) == "army"
    assert named_in(alleged("its troops", ARMY)) == "its troops"
    assert named_in(alleged("guerrillas")) == "guerrillas"


@pytest.mark.parametrize(
    ("who", "by", "own"),
    [
        ("The army", ARMY, True),
        ("The army", voice("unnamed official", "an army spokesman"), True),
        ("our troops", ARMY, True),
        ("We", ARMY, True),
        ("its troops", ARMY, False),
        ("They", POLICE, False),
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


def test_words_of_doubt_on_whoever_is_named_blame_too() -> None:
    told = replace(alleged("guerrillas", POLICE), value="alleged guerrillas")
    assert is_doubted(told)
