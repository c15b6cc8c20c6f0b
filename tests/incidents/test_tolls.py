"""What one report says how many were killed and injured: from its sentences to its two figures."""

import pytest
from factory import claim, mention, report

from attested.claims.assemble import Speech, make_claims
from attested.expressions.times import find_times
from attested.incidents.people import Who, are_apart, cannot_be, is_same, who_of
from attested.incidents.tolls import figures_of
from attested.mentions.incidents import find_incidents
from attested.model import Claim
from attested.reading.encoder import Reader

READER = Reader()


def tolls(text: str) -> tuple[int, int]:
    """Killed and injured of a text, 0 where it tells of none."""
    owner = report(text)
    reading = READER.read(text, [(0, len(text))])
    times = {s.start: find_times(s) for s in reading.sentences}
    claims = make_claims(owner, find_incidents(owner, reading, times), Speech.of(owner, reading, {}))
    figures = (figures_of(claims, "killed"), figures_of(claims, "injured"))
    killed, injured = (found[0].value if found else 0 for found in figures)
    return killed, injured


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("A 61-year-old man was found shot to death in a garage in Ridgefield on Monday.", (1, 0)),
        ("A man accidentally shot, killed friend on Monday in Ridgefield.", (1, 0)),
        ("Two students shot and killed over the weekend were buried in Ridgefield on Monday.", (2, 0)),
        ("Police are looking into the shooting death of a young teacher in Ridgefield on Monday.", (1, 0)),
        ("A boy, 9, was shot in Ridgefield on Monday. He was found. The boy has passed away.", (1, 0)),
        ("A gunman killed three people in Ridgefield on Monday. Also killed were Ana Ruiz, 22, and Tom Ruiz.", (5, 0)),
        ("A body was found in Ridgefield on Sunday. Police said he was shot twice.", (1, 0)),
        ("Police found the bodies of a man and two children in Ridgefield. They were shot on Monday.", (3, 0)),
        ("A shooting in Ridgefield on Monday killed two men. One man was shot. He turned the gun on himself.", (2, 0)),
        ("A man shot two people, one of whom died, in Ridgefield on Monday.", (1, 1)),
        ("One of five people shot in Ridgefield on Monday has died, police said.", (1, 4)),
        ("Two men were shot in Ridgefield on Monday. They were driven to a clinic, where they died.", (2, 0)),
        ("Police said four people were wounded or killed in a shooting in Ridgefield on Monday.", (0, 4)),
        ("A woman was shot in Ridgefield on Monday. A clerk there died of natural causes.", (0, 1)),
        ("A man was shot in the face in Ridgefield on Monday, and was later pronounced dead.", (1, 0)),
        ("A teenage boy was shot in Ridgefield on Monday. He was taken to a hospital. The boy died.", (1, 0)),
        ("A 2-year-old child died in Ridgefield on Monday. Doctors treated a two-year-old, shot twice.", (1, 0)),
    ],
)  # fmt: skip
def test_a_death_of_somebody_hit_is_his_death(text: str, figures: tuple[int, int]) -> None:
    assert tolls(text) == figures


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("A man was shot in Ridgefield on Monday. The victim did not survive.", (1, 0)),
        ("A man was shot in Ridgefield on Monday. He was pronounced deceased at the scene.", (1, 0)),
        ("Two people were shot, one of them fatally, in Ridgefield on Monday.", (1, 1)),
        ("9 People Shot, 1 Fatally, in Ridgefield on Monday.", (1, 8)),
        ("Four men who mourned a slain friend were shot, one fatally, in Ridgefield on Monday.", (1, 3)),
        ("One man was killed and another injured in a shooting in Ridgefield on Monday.", (1, 1)),
        ("One person died and four were badly injured in a shooting in Ridgefield on Monday.", (1, 4)),
        ("A woman was fatally shot and her boyfriend critically wounded in Ridgefield on Monday.", (1, 1)),
        ("A shooting in Ridgefield on Monday left a man dead and a woman fighting for her life.", (1, 1)),
        ("A man is dead and two others are in the hospital after a shooting in Ridgefield on Monday.", (1, 2)),
        ("Three people are recovering after they were shot in Ridgefield on Monday.", (0, 3)),
        ("Police are investigating a shooting that left four injured in Ridgefield on Monday.", (0, 4)),
        ("A shooting on Monday left a husband and wife dead.", (2, 0)),
        ("A couple was found shot dead in their home in Ridgefield on Monday.", (2, 0)),
        ("Al Ray was shot dead in Ridgefield on Monday. Cy Dunn, 22, and Eve Fox, 19, were injured.", (1, 2)),
        ("A man was shot dead in Ridgefield on Monday. The other three victims were two men and a boy.", (1, 3)),
        ("Police were told of 153 victims this year. A man was shot in Ridgefield on Monday.", (0, 1)),
    ],
)  # fmt: skip
def test_who_died_and_who_lives_as_reports_put_it(text: str, figures: tuple[int, int]) -> None:
    assert tolls(text) == figures


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("A man shot his wife and son dead in Ridgefield on Monday before shooting himself.", (3, 0)),
        ("A man killed a woman and a girl in Ridgefield before killing himself. All three had gunshot wounds.", (3, 0)),
        ("Cy Dunn was fatally shot by police officers in Ridgefield. One officer was shot in the arm.", (1, 1)),
        ("A 2-year-old shot himself in Ridgefield on Monday. The gun injured the toddler. The child died.", (1, 0)),
        ("Ten men were charged on Monday with the attempted murders of five clerks in Ridgefield.", (0, 0)),
        ("Several people were shot in Ridgefield on Monday. A clerk was hit. Five others were hurt.", (0, 5)),
        ("Four people were wounded in Ridgefield on Monday. A fifth victim was found later.", (0, 5)),
        ("Four men were wounded in Ridgefield on Monday. Two of the men stayed, while two others were taken "
         "to a hospital.", (0, 4)),
        ("Little Eva was shot dead in Ridgefield on Monday. Eva Ruiz was killed at home.", (1, 0)),
        ("Ann Green and her son were shot dead on Monday in Ridgefield. Mr Green killed them.", (2, 0)),
    ],
)  # fmt: skip
def test_nobody_is_counted_twice_or_left_out(text: str, figures: tuple[int, int]) -> None:
    assert tolls(text) == figures


def test_a_plural_is_never_one() -> None:
    assert tolls("Patrolmen were killed in Ridgefield on Monday.") == (0, 0)


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("A gunman fatally shot a woman and girl in Ridgefield on Monday and then killed himself.", (3, 0)),
        ("A clerk shot his wife dead in Ridgefield on Monday before killing himself.", (2, 0)),
        ("A clerk killed a woman in Ridgefield on Monday before turning the gun on himself.", (2, 0)),
        ("A gunman killed three people in Ridgefield on Monday. Police shot him dead.", (4, 0)),
        ("A man killed two people in Ridgefield on Monday. The suspect was shot dead by officers.", (3, 0)),
        ("A shooting left five people dead in Ridgefield on Monday, including the gunman.", (5, 0)),
        ("A student killed four classmates and himself in Ridgefield on Monday.", (5, 0)),
        ("A boy accidentally killed himself in Ridgefield on Monday. The boy was 4 years old.", (1, 0)),
        ("The deaths of a baker, his wife and their two sons, shot in Ridgefield on Monday, are a riddle.", (4, 0)),
        ("Two children were shot dead in Ridgefield on Monday, and their father was shot dead too.", (3, 0)),
        ("Eva's parents were shot dead in Ridgefield on Monday.", (2, 0)),
        ("Four men were shot in Ridgefield on Monday. Four men were also hit, police said.", (0, 4)),
        ("Three men, ages 25, 26 and 33, were shot in Ridgefield on Monday.", (0, 3)),
    ],
)  # fmt: skip
def test_people_told_in_different_phrases_are_added_up(text: str, figures: tuple[int, int]) -> None:
    assert tolls(text) == figures


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("Three men were shot in Ridgefield on Monday. A fourth victim was taken to the hospital.", (0, 4)),
        ("Five men were shot in Ridgefield on Monday. A fourth victim was taken to the hospital.", (0, 5)),
        ("A shooting left one person dead and three more injured in Oakdale on Sunday.", (1, 3)),
        ("A shooting left two women and a man injured in Ridgefield on Monday.", (0, 3)),
        ("The gunman killed two students and seriously wounded another in Ridgefield on Monday.", (2, 1)),
        ("A 16- year-old boy was shot and killed in Ridgefield on Monday.", (1, 0)),
        ("A 30-year-old woman was hit in one of her legs by the gunfire in Ridgefield on Monday.", (0, 1)),
        ("Wells was shot dead in Ridgefield on Monday. Andrews is recovering from a gunshot wound.", (1, 1)),
        ("Gunmen opened fire in Ridgefield on Monday, hitting seven people.", (0, 7)),
        ("A toddler is recovering after being shot in Ridgefield on Monday.", (0, 1)),
        ("A shooting in Ridgefield on Monday sent four people to the hospital.", (0, 4)),
        ("A man shot and killed his friend, 40-year-old Tom Ruiz, in Ridgefield on Monday.", (1, 0)),
        ("The victim, Ana Ruiz, was shot in Ridgefield on Monday.", (0, 1)),
        ("A triple shooting in Ridgefield on Monday left one man dead.", (1, 2)),
        ("Four men were shot in Ridgefield. Two men, 22 and 28, were flown out. Two others were driven.", (0, 4)),
        ("A boy shot himself and his friend in Ridgefield on Monday.", (0, 2)),
        ("An 11-year-old is dead after a shooting in Ridgefield on Monday.", (1, 0)),
    ],
)  # fmt: skip
def test_forms_of_counts(text: str, figures: tuple[int, int]) -> None:
    assert tolls(text) == figures


NEWS = report(
    "The boy, a 9-year-old boy, a man, the man, Ana Ruiz, Ruiz’, Tomas Ruiz, two children, the father."
)


def people(says: str, value: int = 1, unit: str = "people") -> Claim:
    return claim(NEWS, mention(NEWS, "man"), killed=value, says=says, unit=unit)


def who(says: str, unit: str = "people") -> Who:
    return who_of(people(says, unit=unit))


def test_the_same_person_is_told_by_name_age_or_a_word_told_again() -> None:
    assert is_same(who("The boy"), who("a 9-year-old boy"))
    assert is_same(who("Ana Ruiz", "named person"), who("Ruiz’", "named person"))
    assert not is_same(who("The boy"), who("a man"))


def test_who_cannot_be_whom() -> None:
    assert cannot_be(who("a man"), who("a 9-year-old boy"))
    assert cannot_be(who("Ana Ruiz", "named person"), who("Tomas Ruiz", "named person"))
    assert not cannot_be(who("a man"), who("Tomas Ruiz", "named person"))
    assert are_apart(people("two children", 2), people("the father"))
