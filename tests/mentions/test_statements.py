import pytest
from factory import report
from parsed import reading

from attested.errors import DataError
from attested.mentions.acts import ACTS, _frame, act_table
from attested.mentions.statements import find_statements
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
    ("ACCUSE", "Sudan said it was not happy with the decision."),
    ("REJECT", "The militia denied that it fired the rockets."),
    ("REJECT", "Ethiopia rejected the ceasefire proposal."),
    ("REJECT", "The government refused to free the prisoners."),
    ("REQUEST", "The United Nations called for an end to the fighting."),
    ("REQUEST", "The mayor urged the rebels to leave the town."),
    ("REQUEST", "Peru demanded that the rebels free the engineers."),
    ("AGREE", "The prime minister said the army would protect the convoys."),
    ("AGREE", "Nigeria pledged to rebuild the school."),
    ("SUPPORT", "The ambassador praised the work of the police."),
    ("CONCEDE", "The general said France would reduce its troops in Mali."),
    ("ACCUSE", "Prosecutors in Peru opened an investigation into the minister."),
    ("REJECT", "Slovenia said it would not accept the refugees."),
    ("RETREAT", "The rebel group released nine hostages."),
    ("THREATEN", "Army units threatened to shell the camp."),
    ("CONSULT", "President Ortiz met Foreign Minister Ana Silva in Lima."),
    ("SANCTION", "Britain imposed sanctions on the militia."),
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
    assert len(statements("Colombia warned that it would not tolerate attacks.")) == 1


def test_a_frame_of_an_unknown_act_is_refused() -> None:
    with pytest.raises(DataError, match="SHOUT"):
        _frame({"act": "SHOUT", "words": ["shout"]})


def test_every_act_of_the_table_is_plovers() -> None:
    table = act_table()
    frames = [f for rows in (*table.verbs.values(), *table.content.values()) for f in rows]
    assert {f.act for f in (*frames, *table.nouns.values())} <= ACTS
