import re

import pytest
from factory import report
from parsed import reading, sentence

from attested.errors import DataError
from attested.mentions import act_frames
from attested.mentions.act_frames import FINER, MODES, ROOTS, DeedTable, deed_table
from attested.mentions.act_parties import main_deed, party_span
from attested.mentions.act_paths import head_in
from attested.mentions.act_roots import Teller, Told, act_between
from attested.mentions.statements import find_statements, is_statement
from attested.model import Mention
from attested.reading.tokens import Sentence
from attested.speech.voices import attribute

_MARK = re.compile(r"[\[\]{}]")


def marked(text: str) -> tuple[Sentence, int | None, int | None]:
    """The parsed sentence with the heads of the [actor] and the {target}."""
    found = sentence(_MARK.sub("", text))
    ends = {}
    for shift, mark in enumerate(_MARK.finditer(text)):
        ends[mark[0]] = mark.start() - shift
    pairs = [(ends.get(a), ends.get(b)) for a, b in ("[]", "{}")]
    actor, target = (head_in(found, a, b) if a is not None and b is not None else None for a, b in pairs)
    return found, actor, target


def told(text: str) -> Told:
    return act_between(*marked(text))


DEEDS = [
    ("AGREE", "[Latvia] and {Estonia} agreed to build a pipeline together."),
    ("AGREE", "[Spain] has pledged $5 million in aid to {Peru}."),
    ("AGREE", "[Norway] will donate two ships to {Ghana}."),
    ("AGREE", "[Japan] is to give food aid to {Kenya}."),
    ("AGREE", "[Brussels] signalled that it was open to talks with {Minsk}."),
    ("CONSULT", "[Zeman] travelled to {Beijing} for two days of talks."),
    ("CONSULT", "[Tokyo] and {Seoul} held a second round of consultations."),
    ("CONSULT", "[Ruto] spoke by telephone with {Scholz} on Friday."),
    ("SUPPORT", "[Lisbon] apologised to {Luanda} for colonial crimes."),
    ("SUPPORT", "[Cyprus] and {Israel} signed a memorandum of understanding on gas."),
    ("SUPPORT", "[Ireland] voted in favour of {Palestine}."),
    ("COOPERATE", "[Morocco] and {Spain} swapped information on smugglers."),
    ("COOPERATE", "[Bolivia] extradited a {drug lord} to Brazil."),
    ("AID", "[Iran] shipped drones to {Moscow}."),
    ("AID", "[Kuwait] wrote off the debts of {Somalia}."),
    ("AID", "[Uruguay] granted asylum to {a dissident}."),
    ("AID", "[Nigeria] contributed soldiers to the peacekeeping mission in {Liberia}."),
    ("RETREAT", "[Colombia] handed back the bodies of {soldiers}."),
    ("RETREAT", "{The teenager} was freed by [Israeli authorities] after eight months."),
    ("RETREAT", "[Harare] scrapped the ban on {the newspaper}."),
    ("RETREAT", "The [militia] agreed a truce with the {army}."),
    ("CONCEDE", "The [company] bowed to the demands of {workers}."),
    ("CONCEDE", "[Manila] dropped charges against {the senator}."),
    ("CONCEDE", "The [teachers] suspended their strike after talks with the {ministry}."),
    ("REQUEST", "The [opposition] demanded the resignation of {the mayor}."),
    ("REQUEST", "[London] said {Tehran} must release the crew."),
    ("REQUEST", "The [court] ordered {the ministry} to publish the list."),
    ("REQUEST", "[Thousands of Rohingya] sought refuge in {Bangladesh}."),
    ("ACCUSE", "The [UN] voiced alarm at arrests in {Asmara}."),
    ("ACCUSE", "[Caracas] held {Bogota} responsible for the raid."),
    ("ACCUSE", "[Human Rights Watch] says {Saudi border guards} killed hundreds of migrants."),
    ("ACCUSE", "The [watchdog] opened an inquiry into {the bank}."),
    ("ACCUSE", "[Jakarta] called in {the Australian ambassador} over the remarks."),
    ("REJECT", "[Pyongyang] turned down an offer of talks from {Seoul}."),
    ("REJECT", "[Asmara] will not return {the land}."),
    ("REJECT", "[Talks between Cyprus] and {Turkey} collapsed."),
    ("REJECT", "[Tehran] denied inspectors access to {the site}."),
    ("REJECT", "The [minister] cancelled a meeting with {his counterpart}."),
    ("THREATEN", "[Moscow] said it would cut off gas to {Moldova}."),
    ("THREATEN", "[Niger] plans to expel {the French ambassador}."),
    ("THREATEN", "The [rebels] gave {the army} 48 hours to leave."),
    ("THREATEN", "[Beijing] vowed retaliation against {Canberra}."),
    ("PROTEST", "[Students] took to the streets against {the government}."),
    ("PROTEST", "[Farmers] blocked the road to {the capital}."),
    ("MOBILIZE", "[Ankara] massed tanks on the border with {Syria}."),
    ("MOBILIZE", "The [navy] put its ships on high alert off {Taiwan}."),
    ("SANCTION", "[Chile] broke off relations with {Caracas}."),
    ("SANCTION", "[Washington] cut off military aid to {Bamako}."),
    ("SANCTION", "[Denmark] ended military cooperation with {Turkey}."),
    ("COERCE", "The [junta] placed {the president} under house arrest."),
    ("COERCE", "[China] slapped tariffs on {Australian wine}."),
    ("COERCE", "[The Taliban] have barred {women} from universities."),
    ("ASSAULT", "[Gunmen] opened fire on {a convoy}."),
    ("ASSAULT", "An attack by [Shabaab] on {a hotel} left nine dead."),
    ("ASSAULT", "{A policeman} was stabbed to death by [a teenager]."),
    ("ASSAULT", "[Rebels] broke {the truce} in Hodeida."),
]


@pytest.mark.parametrize(("root", "text"), DEEDS)
def test_what_is_done_is_told_by_its_root(root: str, text: str) -> None:
    assert (act_between(*marked(text)).root or None) == root


TURNS = [
    ("AID", "The mayor sent food to {Lima}."),
    ("AGREE", "The [mayor] agreed to send food to {Lima}."),
    ("AGREE", "The [mayor] will send food to {Lima}."),
    ("REJECT", "The [mayor] refused to send food to {Lima}."),
    ("REJECT", "The [mayor] did not send food to {Lima}."),
    ("SANCTION", "The [mayor] stopped sending food to {Lima}."),
    ("THREATEN", "The [mayor] threatened to stop sending food to {Lima}."),
    ("REQUEST", "The [mayor] urged {Lima} to send food."),
    ("CONCEDE", "The [mayor] allowed {Lima} to send food."),
    ("ASSAULT", "The [army] bombed {Lima}."),
    ("THREATEN", "The [army] will bomb {Lima}."),
    ("RETREAT", "The [army] stopped bombing {Lima}."),
    ("ACCUSE", "The [mayor] accused {the army} of bombing Lima."),
    ("ACCUSE", "The [mayor] called for sanctions against {the army}."),
]


@pytest.mark.parametrize(("root", "text"), TURNS)
def test_a_turn_makes_another_act_of_a_deed(root: str, text: str) -> None:
    assert (act_between(*marked(text)).root or None) == root


MODES_TOLD = [
    (Told("THREATEN", "violence"), "The [army] threatened to bomb {Lima}."),
    (Told("REQUEST", "yield"), "[Peru] demanded that {the rebels} free the engineers."),
    (Told("REJECT", "meet"), "[Algiers] declined to meet {the envoy}."),
    (Told("RETREAT", "release"), "The [junta] freed {two journalists}."),
    (Told("COERCE", "territory"), "[Rebels] seized {Goma} in May."),
    (Told("ASSAULT", "abduct"), "[Boko Haram] abducted {schoolgirls} in Chibok."),
]


@pytest.mark.parametrize(("found", "text"), MODES_TOLD)
def test_the_mode_says_what_is_turned_or_how(found: Told, text: str) -> None:
    assert told(text) == found


def told_by(text: str, word: str) -> Told:
    found = sentence(text)
    return Teller(found).told(next(t for t in found.tokens if t.lower == word))


def test_a_mode_finer_than_plovers_is_for_evaluation() -> None:
    found = told_by("Rebels seized Goma in May.", "seized")
    assert found.mode in FINER["COERCE"]
    assert not is_statement(found)


MOODS = [
    ("THREATEN", "Kenya will not tolerate the raids.", "tolerate"),
    ("REJECT", "Kenya will not accept the raids.", "accept"),
    ("RETREAT", "France would reduce its troops in Mali.", "reduce"),
    ("REJECT", "The militia was not responsible for the raid.", "responsible"),
    ("ACCUSE", "The militia was behind the raid.", "raid"),
]


@pytest.mark.parametrize(("root", "text", "word"), MOODS)
def test_a_mood_makes_another_act_of_a_word(root: str, text: str, word: str) -> None:
    assert told_by(text, word).root == root


def test_a_turn_is_remembered_with_the_word_that_tells() -> None:
    found = told_by("The mayor decided to stop sending food to Lima.", "decided")
    assert (found.root, found.turn) == ("SANCTION", "stop")
    assert told_by("Ghana received food from Lima.", "received").turn == "undergo"


def test_one_party_is_enough() -> None:
    assert told("{Two teachers} were kidnapped.").root == "ASSAULT"
    assert told("The [general] resigned.").root == "RETREAT"


def test_no_deed_is_none() -> None:
    assert not act_between(*marked("[Lima] lies west of {the mountains}.")).root


def test_the_second_verb_of_a_subject_counts_for_its_own_target() -> None:
    text = "The [minister] praised the army and condemned {the rebels}."
    assert told(text).root == "ACCUSE"
    assert (
        told(text.replace("{the rebels}", "the rebels").replace("the army", "{the army}")).root == "SUPPORT"
    )


PARTIES = [
    ("Kenya praised Ghana.", "Kenya", "Ghana"),
    ("Peru and Chile agreed to share information on smugglers.", "Peru", "Chile"),
    ("The army bombed a village, a witness said.", "The army", "a village"),
    ("London said Tehran must release the crew.", "London", "Tehran"),
    ("Sweden recalled its ambassador from Tehran.", "Sweden", "Tehran"),
    ("Iran shipped drones to Moscow.", "Iran", "Moscow"),
    ("Two teachers were kidnapped by gunmen.", "gunmen", "Two teachers"),
]


@pytest.mark.parametrize(("text", "actor", "target"), PARTIES)
def test_the_main_deed_has_its_parties(text: str, actor: str, target: str) -> None:
    found = sentence(text)
    deed = main_deed(found)
    assert deed is not None
    assert deed.actor is not None
    assert deed.target is not None
    assert party_span(found, deed.actor, is_alone=deed.is_mutual).text == actor
    assert party_span(found, deed.target).text == target


def test_a_sentence_without_a_deed_has_no_parties() -> None:
    assert main_deed(sentence("The road was open.")) is None


# --- statements gain what the table tells -------------------------------------------------------------------------


def statements(text: str) -> list[Mention]:
    page, read = report(text), reading(text)
    return list(find_statements(page, read, attribute(page, read)))


STATED = [
    ("THREATEN", "violence", "The army threatened to bomb Lima."),
    ("REQUEST", "yield", "Peru demanded that the rebels free the engineers."),
    ("REJECT", "yield", "The government refused to free the prisoners."),
    ("SANCTION", "withdraw", "Chile severed relations with Caracas."),
    ("SANCTION", "discontinue", "Britain suspended aid to Mali."),
    ("SANCTION", "expel", "Poland expelled two Belarusian diplomats."),
    ("SANCTION", "withdraw", "Sweden recalled its ambassador from Tehran."),
    ("COERCE", "restrict", "Britain imposed sanctions on Belarus."),
    ("RETREAT", "", "Japan lifted its sanctions on Iran."),
    ("RETREAT", "", "Bolivia lifted the blockade of the port."),
    ("RETREAT", "withdraw", "Ethiopia pulled its troops out of Tigray."),
    ("CONCEDE", "", "Peru lifted its threat to close the bridge."),
    ("AGREE", "", "Brazil offered to mediate."),
    ("AGREE", "", "Latvia and Estonia have agreed to build a pipeline."),
    ("SUPPORT", "", "Cyprus and Israel signed an accord on gas."),
    ("SUPPORT", "", "Norway recognised Palestine."),
    ("CONSULT", "", "President Ruto met Chancellor Scholz in Berlin."),
    ("CONSULT", "", "President Ruto held talks with Chancellor Scholz."),
    ("AID", "", "Ecuador granted asylum to Julian Assange."),
    ("ACCUSE", "disapprove", "Jakarta summoned the Australian ambassador."),
]


@pytest.mark.parametrize(("act", "mode", "text"), STATED)
def test_acts_of_diplomacy_are_statements_with_their_mode(act: str, mode: str, text: str) -> None:
    assert [(m.type, m.mode) for m in statements(text)] == [(act, mode)]


TOWARD = [
    ("Latvia and Estonia have agreed to build a pipeline.", "Estonia"),
    ("Britain imposed sanctions on Belarus.", "Belarus"),
    ("Chile severed relations with Caracas.", "Caracas"),
    ("Sweden recalled its ambassador from Tehran.", "Tehran"),
    ("Peru demanded that the rebels free the engineers.", "the rebels"),
    ("Kenya condemned attacks on foreign embassies.", None),
    ("Bolivia lifted the blockade of the port.", None),
]


@pytest.mark.parametrize(("text", "whom"), TOWARD)
def test_an_act_is_aimed_at_somebody_or_nobody(text: str, whom: str | None) -> None:
    (found,) = statements(text)
    assert next((r.span.text for r in found.roles if r.name == "addressee"), None) == whom


NOISE = [
    "Police arrested two teachers in Lima.",  # incidents
    "Students protested against the government.",
    "Rebels seized Goma in May.",
    "France will send food to Mali.",  # future, planned, wished, tried, failed
    "Niger plans to expel the French ambassador.",
    "The government hopes to meet the rebels.",
    "The minister tried to mediate.",
    "The army failed to free the engineers.",
    "Iran supplies weapons to Sudan.",  # a habit
    "Many Russians supported the war.",  # not in their people's name
    "The fans welcomed the decision.",
    "Mali received food from Ghana.",  # whom it is done to
    "The ministry released its figures.",
    "The president returned to Lima.",
    "Police are investigating the crash.",
    "The minister asked whether the road was open.",
    "The minister declined to comment.",
    "The mayor, who was born in Lima, called the coach on Friday.",
    "The deal, offered by Iran, was cheap.",
    "The government offers many benefits.",
    "Will Peru accept the offer?",
]


@pytest.mark.parametrize("text", NOISE)
def test_what_is_no_act_toward_somebody_is_left_out(text: str) -> None:
    assert statements(text) == []


def test_what_a_body_says_that_it_has_done_is_its_act() -> None:
    (found,) = statements("The Polish foreign ministry said it had expelled two Belarusian diplomats.")
    assert found.type == "SANCTION"
    assert "foreign ministry" in next(r.span.text for r in found.roles if r.name == "speaker")


def test_a_quoted_we_is_the_speaker() -> None:
    found = statements("“We condemn this raid,” Foreign Minister Juan Ortiz said.")
    assert [(m.type, m.trigger.text) for m in found] == [("ACCUSE", "condemn")]


# --- the table ------------------------------------------------------------------------------------------------------


def test_the_table_has_words_for_every_root() -> None:
    table = deed_table()
    rows = [d for part in (table.verbs, table.nouns) for found in part.values() for _, _, d in found]
    assert {d.name for d in rows if not d.is_turn} == ROOTS
    assert len(deed_table().verbs) > 700


def test_finer_modes_are_not_plovers() -> None:
    assert set(MODES) <= ROOTS
    assert all(FINER[root].isdisjoint(MODES[root]) for root in FINER)


def test_an_entry_of_two_words_is_found_by_either() -> None:
    assert any(other == "down" and after for other, after, _ in deed_table().verbs["lay"])
    assert any(other == "phone" and not after for other, after, _ in deed_table().nouns["call"])


@pytest.mark.parametrize(
    ("turned_mode", "word"),
    [
        ({"SHOUT": {"AID": "assist"}}, "SHOUT"),
        ({"REQUEST": {"SHOUT": "assist"}}, "SHOUT"),
        ({"THREATEN": {"COERCE": "blockade"}}, "blockade"),
    ],
)
def test_a_wrong_mode_of_a_turn_is_refused(
    monkeypatch: pytest.MonkeyPatch, turned_mode: dict[str, dict[str, str]], word: str
) -> None:
    wrong = {"class": {}, "turned": {}, "turned_mode": turned_mode, "deed": [], "turn": []}
    monkeypatch.setattr(act_frames, "read_table", lambda name: wrong)
    with pytest.raises(DataError, match=word):
        deed_table.__wrapped__()


@pytest.mark.parametrize(
    ("row", "word"),
    [
        ({"root": "SHOUT", "verbs": ["shout"]}, "SHOUT"),
        ({"kind": "whisper", "verbs": ["whisper"]}, "whisper"),
        ({"root": "AID", "adverbs": ["kindly"]}, "adverbs"),
        ({"root": "AID", "mode": "abduct"}, "abduct"),
        ({"root": "AID", "object": ["@nothing"]}, "nothing"),
        ({"root": "AID", "clause": "that"}, "that"),
        ({"root": "AID", "mood": ["perhaps"]}, "perhaps"),
        ({"kind": "stop", "mode": "wrongly"}, "wrongly"),
    ],
)
def test_a_wrong_row_is_refused(row: dict[str, object], word: str) -> None:
    with pytest.raises(DataError, match=word):
        act_frames._deed(row, {}, {"stop"})


def test_a_wrong_root_of_a_turn_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = {"class": {}, "turned": {"stop": {"AID": "SHOUT"}}, "deed": [], "turn": []}
    monkeypatch.setattr(act_frames, "read_table", lambda name: wrong)
    with pytest.raises(DataError, match="SHOUT"):
        deed_table.__wrapped__()


def test_what_a_turn_does_not_name_falls_to_its_star() -> None:
    table: DeedTable = deed_table()
    assert table.turn("refuse", "AID") == "REJECT"
    assert table.turn("same", "AID") == "AID"
    assert table.turn("same", "") == ""
