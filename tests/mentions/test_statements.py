import pytest
from factory import report
from parsed import reading

from attested.mentions.act_frames import ROOTS
from attested.mentions.act_roots import Told
from attested.mentions.acts import ACTS
from attested.mentions.statements import find_statements, is_statement
from attested.model import Mention
from attested.speech.voices import attribute


def statements(text: str) -> list[Mention]:
    page, read = report(text), reading(text)
    return list(find_statements(page, read, attribute(page, read)))


def role(mention: Mention, name: str) -> str | None:
    return next((r.span.text for r in mention.roles if r.name == name), None)


ACTS_TOLD = [
    ("THREATEN", "The Malian army warned that it would shell the camp."),
    ("THREATEN", "President Ortiz issued an ultimatum that the rebels must leave."),
    ("THREATEN", "“We will not tolerate this attack,” Foreign Minister Juan Ortiz said."),
    ("ACCUSE", "Colombia blamed the rebels for the bombing."),
    ("ACCUSE", "The army pinned the blame on the rebels."),
    ("ACCUSE", "The government accused the militia of killing four farmers."),
    ("ACCUSE", "Kenya condemned the attack on the school."),
    ("ACCUSE", "Bolivia said Friday it was not pleased about the verdict."),
    ("REJECT", "The militia denied that it fired the rockets."),
    ("REJECT", "Ethiopia rejected the ceasefire proposal."),
    ("REJECT", "The government refused to free the prisoners."),
    ("REQUEST", "The United Nations called for an end to the fighting."),
    ("REQUEST", "The mayor urged the rebels to leave the town."),
    ("REQUEST", "Peru demanded that the rebels free the engineers."),
    ("AGREE", "The prime minister said the army would protect the convoys."),
    ("AGREE", "Nigeria pledged to rebuild the school."),
    ("SUPPORT", "The ambassador praised the work of the police."),
    ("RETREAT", "The general said France would reduce its troops in Mali."),
    ("ACCUSE", "Prosecutors in Peru opened an investigation into the minister."),
    ("REJECT", "Slovenia said it would not accept the refugees."),
    ("RETREAT", "The rebel group released nine hostages."),
    ("THREATEN", "Army units threatened to shell the camp."),
    ("CONSULT", "President Ortiz met Foreign Minister Ana Silva in Lima."),
    ("COERCE", "Britain imposed sanctions on the militia."),
    ("ACCUSE", "The government says the rebels were behind the raid."),
    ("REJECT", "The army said it did not shell the camp."),
    ("REQUEST", "Police warned residents to stay indoors."),
]
NO_ACTS = [
    "The army said the road was open.",
    "Two men died in the fire, police said.",
    "The coach praised his players after the match.",
    "The army did not condemn the raid.",
    "If Colombia blames the rebels, talks will end.",
    "The storm threatens the coast.",
    "Doctors fear that the disease will spread.",
    "The shop promised a discount.",
    "Two officials asked not to be named.",
    "The band released an album.",
]


@pytest.mark.parametrize(("act", "text"), ACTS_TOLD)
def test_an_act_is_told(act: str, text: str) -> None:
    assert [m.type for m in statements(text)] == [act]


@pytest.mark.parametrize("text", NO_ACTS)
def test_plain_speech_is_no_act(text: str) -> None:
    assert statements(text) == []


def test_roles_of_a_statement() -> None:
    (found,) = statements(
        "On Monday Colombian Defence Minister Juan Ortiz accused the rebels of killing four farmers."
    )
    assert role(found, "speaker") == "Juan Ortiz"
    assert role(found, "on_behalf_of") == "Colombian"
    assert role(found, "addressee") == "the rebels"
    assert role(found, "time") == "Monday"
    assert "killing four farmers" in (role(found, "topic") or "")


def test_a_pronoun_is_given_by_its_name() -> None:
    text = "Foreign Minister Juan Ortiz arrived in Lima. He condemned the attack."
    assert [role(m, "speaker") for m in statements(text)] == ["Juan Ortiz"]


def test_responsibility_claimed_is_kept_apart() -> None:
    (found,) = statements("The rebel group claimed responsibility for the bombing.")
    assert found.mode == "claim"


def test_the_same_act_of_one_speaker_is_told_once_in_a_sentence() -> None:
    assert len(statements("Denmark warned that it would not accept raids.")) == 1


def test_every_statement_is_plovers_and_no_assault() -> None:
    assert not is_statement(Told("ASSAULT"))
    assert {root for root in ROOTS if is_statement(Told(root))} <= ACTS


NOT_ONES_OWN = [
    "Dutch envoys and Chilean bankers said Denmark would reduce its troops in Haiti.",
    "“They were willing to do anything,” Police Chief Ana Ruiz said.",
    "Army planners know they should avoid the road.",
    "The mayor warned that the death toll would rise.",
    "The minister spoke of the army's role in asking for money.",
    "The judge said fewer people would respond to the survey.",
    "Some ministers tend to blame the rebels.",
    "The general has the right to leave the council and demand new elections.",
    "“The guard, it must be said, is a force of the army,” General Juan Ortiz said.",
    "Former minister Juan Ortiz pleaded guilty to theft.",
    "The ministry said neither country would send troops to Haiti.",
    "The minister asked why the road must stay open.",
    "The minister said patients should not pay.",
]


@pytest.mark.parametrize("text", NOT_ONES_OWN)
def test_what_others_will_do_is_no_act_of_the_speaker(text: str) -> None:
    assert statements(text) == []


MATTERS = [
    (
        "The general praised the work of the police in guarding farmers in a recent interview.",
        "the work of the police in guarding farmers",
    ),
    ("Kenya denied those reports in a statement released on Friday.", "those reports"),
    (
        "Peru said it would protect the farmers, as prices in the capital doubled.",
        "it would protect the farmers",
    ),
    ("The army blamed that raid on the White Guard, a group of farmers from the north.", "that raid"),
    ("The mayor called on the rebels to leave the town.", "to leave the town"),
    ("The militia accused the army of burning two villages.", "burning two villages"),
    ("Mali warned Niger that it would “pay a heavy price”.", "that it would “pay a heavy price”"),
    ("Mayor Ana Ruiz blamed the White Guard, whose men have burned villages for years.", None),
    ("Kenya's pledge to send troops to Haiti for a year was welcome.", "to send troops to Haiti for a year"),
]


@pytest.mark.parametrize(("text", "matter"), MATTERS)
def test_the_matter_is_whole_and_nothing_more(text: str, matter: str | None) -> None:
    assert [role(m, "topic") for m in statements(text)] == [matter]


def test_it_is_what_was_told_before() -> None:
    text = "Colombia accused the White Guard of ordering the raid. The group has denied it."
    denied = statements(text)[1]
    assert role(denied, "speaker") == "White Guard"
    assert role(denied, "topic") == "Colombia accused the White Guard of ordering the raid."


def test_nobody_is_addressed_by_a_pronoun() -> None:
    (found,) = statements("The minister blamed them for the raid on the village.")
    assert role(found, "addressee") is None


SPEAKERS = [
    ("The Prime Minister's Office rejected any claims of fraud.", "Prime Minister's Office"),
    ("The spokeswoman, Ana Ruiz, condemned the raid.", "Ana Ruiz"),
    ("The armed group White Guard rejected the truce.", "White Guard"),
    ("The mayor said police had found nothing, but added that men who carry guns must leave.", "mayor"),
]


@pytest.mark.parametrize(("text", "speaker"), SPEAKERS)
def test_the_speaker_is_named_in_full(text: str, speaker: str) -> None:
    assert [role(m, "speaker") for m in statements(text)] == [speaker]


DATES = [
    ("In a letter on Monday Kenya rejected the treaty of 2016.", "Monday"),
    ("Kenya rejected the treaty of 2016.", None),
    ("Kenya blamed the White Guard, which has fought it since 1964, for the raid.", None),
    ("Last week Mayor Ana Ruiz met the rebels and warned them that she would call the army.", "Last week"),
    ("In 2011 President Juan Ortiz pulled the troops out of Mali.", "2011"),
    ("Kenya rejected the claims in a statement released on Friday.", "Friday"),
]


@pytest.mark.parametrize(("text", "date"), DATES)
def test_a_period_or_a_year_within_the_matter_is_not_the_day(text: str, date: str | None) -> None:
    found = statements(text)
    assert found
    assert role(found[-1], "time") == date


def test_a_state_office_speaks_for_its_state_in_a_later_sentence() -> None:
    text = (
        "A Pentagon spokeswoman spoke on Monday. A Pentagon spokeswoman said it would not tolerate the raids."
    )
    assert [role(m, "on_behalf_of") for m in statements(text)] == ["Pentagon"]


NO_PUBLIC_ACTS = [
    "The airline Sol Air rejected the demands of its pilots.",
    "Sol Air Ltd. promised help to its customers.",
    "The club's president praised the new striker.",
    "Ana Ruiz, a singer from Lima, thanked her fans.",
    "The lawyer Juan Ortiz denied the claims.",
    "A judge ordered the driver to pay a fine.",
    "A county court acquitted the driver.",
    "Detectives asked witnesses to come forward.",
    "The sheriff asked for the public's help in finding the car.",
    "The senator, who supported the old law, lives in Lima.",
    "Soldiers backed the mayor, 57 percent to 22 percent.",
    "The mayor admitted the mistake.",
    "Peru exported corn to Chile.",
    "LIMA - Signed the treaty with Chile on Monday.",
    "The constitution demands that the president must resign.",
    "The report called for an inquiry into the police.",
    "He alleges that the mayor violated the law.",
    "The minister called the plan a gift for the rich.",
    "Minister asked to appear before a committee",
    "It was a test of Peru's commitment to leave the territory.",
]
PUBLIC_ACTS = [
    ("SUPPORT", "The minister praised the teachers' union for ending the strike."),
    ("REJECT", "Leaders of the teachers' union rejected the government's offer."),
    ("RETREAT", "A Turkish court freed a German journalist."),
    ("REQUEST", "The police warned residents to stay indoors."),
    ("ACCUSE", "A spokesman for the ruling party condemned the killings."),
]


@pytest.mark.parametrize("text", NO_PUBLIC_ACTS)
def test_business_sport_courts_and_habits_are_no_public_affairs(text: str) -> None:
    assert statements(text) == []


@pytest.mark.parametrize(("act", "text"), PUBLIC_ACTS)
def test_a_public_affair_is_told(act: str, text: str) -> None:
    assert [m.type for m in statements(text)] == [act]


def test_a_body_is_what_the_rest_of_the_report_calls_it() -> None:
    told = "The Northern Trust rejected the ministry's proposal."
    assert [role(m, "speaker") for m in statements(told)] == ["Northern Trust"]
    assert statements(f"{told} The airline Northern Trust has nine planes.") == []
    assert statements(f"{told} The company has nine planes.") == []
    assert len(statements(f"{told} The militia Northern Trust has nine tanks.")) == 1


def test_a_person_is_what_the_rest_of_the_report_calls_them() -> None:
    told = "Ana Ruiz rejected the ministry's proposal."
    assert len(statements(f"{told} Ana Ruiz, a senator, lives in Lima.")) == 1
    assert statements(f"{told} Ana Ruiz, a singer, lives in Lima.") == []
    assert len(statements(f"{told} Ana Ruiz, a singer and minister, lives in Lima.")) == 1
