import pytest
from factory import report
from hypothesis import given
from hypothesis import strategies as st
from parsed import reading

from attested.model import Span, Voice
from attested.reading.tokens import Reading
from attested.speech.voices import Attribution, attribute, voice_of

OUTLET = Voice("outlet", "The Daily")


def rows(text: str, **more) -> list[Attribution]:
    page = report(text, **more)
    return [row for _, found in attribute(page, reading(text)) for row in found]


def said(text: str, **more) -> list[tuple[str | None, str]]:
    return [
        (r.voice.name, " ... ".join(text[c.start : c.end] for c in r.content)) for r in rows(text, **more)
    ]


@pytest.mark.parametrize(
    ("text", "name", "content"),
    [
        ("The army said rebels had burned the bridge.", "army", "rebels had burned the bridge"),
        ("Rebels had burned the bridge, the army said.", "army", "Rebels had burned the bridge"),
        ("Rebels had burned the bridge, said the army.", "army", "Rebels had burned the bridge"),
        ("Police sources said the depot was the target.", "Police sources", "the depot was the target"),
        (
            "A senior Malian security official said that six men were held.",
            "A senior Malian security official",
            "that six men were held",
        ),
        (
            "Six men were held, according to the Interior Ministry.",
            "Interior Ministry",
            "Six men were held",
        ),
        ("According to Human Rights Watch, six men were held.", "Human Rights Watch", "six men were held"),
        ("Maria Lopez told reporters that the mine was closed.", "Maria Lopez", "that the mine was closed"),
        ("The governor denied that troops fired on the crowd.", "governor", "that troops fired on the crowd"),
        (
            "Bogota accused the rebels of killing four farmers.",
            "Bogota",
            "the rebels of killing four farmers",
        ),
        ("The ministry warned of more attacks.", "ministry", "more attacks"),
        ("The minister's claim that the war is over was mocked.", "minister", "that the war is over"),
        ("The embassy issued a warning that roads were mined.", "embassy", "that roads were mined"),
        ("A statement by the navy said the boat sank.", "navy", "the boat sank"),
        ("Two men drowned, Reuters reported.", "Reuters", "Two men drowned"),
    ],
)
def test_source_and_content(text: str, name: str, content: str) -> None:
    assert (name, content) in said(text)


def test_a_passive_without_an_agent_has_a_voice_nobody_names() -> None:
    found = rows("The group is believed to have fired the rockets.")
    assert [(r.source, r.voice.name, r.hedge) for r in found] == [(None, None, "suspected")]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Maria Lopez said the mine was closed.", "named person"),
        ("The Colombian army said the mine was closed.", "named body"),
        ("A diplomat said the mine was closed.", "unnamed official"),
        ("Residents said the mine was closed.", "witness"),
        ("AFP reported that the mine was closed.", "other report"),
    ],
)
def test_the_kind_of_a_voice(text: str, kind: str) -> None:
    assert [r.voice.kind for r in rows(text)] == [kind]


@pytest.mark.parametrize(
    ("text", "hedge"),
    [
        ("The army said rebels burned the bridge.", "reported"),
        ("The army claimed rebels burned the bridge.", "claimed"),
        ("The army alleged that rebels burned the bridge.", "alleged"),
        ("The army suspects that rebels burned the bridge.", "suspected"),
        ("The army fears that rebels burned the bridge.", "possible"),
        ("The army denied that rebels burned the bridge.", "denied"),
        ("The army did not say whether rebels burned the bridge.", "possible"),
    ],
)
def test_the_hedge_of_a_cue(text: str, hedge: str) -> None:
    assert [r.hedge for r in rows(text)] == [hedge]


def test_pronouns_and_roles_call_up_the_speaker_before() -> None:
    text = (
        "Gen. Ibrahim Traore said the road was open. He said trucks were moving. "
        "The mine was closed, the general said."
    )
    assert [r.voice.name for r in rows(text)] == ["Ibrahim Traore"] * 3


def test_a_last_name_is_given_in_full() -> None:
    text = "Amina Bello met doctors in Kano on Monday. Bello said the clinic was safe."
    assert [r.voice.name for r in rows(text)] == ["Amina Bello"]


def test_a_quotation_over_sentences_has_one_speaker() -> None:
    text = "“We are tired of war. Nobody came to help us,” Amina Bello said. “Nobody at all in this town.”"
    contents = {text[c.start : c.end].strip("“”") for r in rows(text) for c in r.content}
    assert "We are tired of war. Nobody came to help us," in contents
    assert "Nobody at all in this town." in contents
    assert {r.voice.name for r in rows(text)} == {"Amina Bello"}


def test_a_quotation_of_the_next_paragraph_goes_on() -> None:
    text = "“We are tired,” Amina Bello said.\n\n“We want the road to be open again.”"
    assert voice_at(text, "the road") == "Amina Bello"


def test_a_bare_tag_takes_the_quotation_before_it() -> None:
    text = "“Who will pay for this war?” he asked. Juan Diaz left."
    assert any("Who will pay" in content for _, content in said(text))


def test_a_signed_quotation_names_its_speaker() -> None:
    text = "“We want the road to be open again.” — Amina Bello"
    assert voice_at(text, "the road") == "Amina Bello"


def test_nobody_says_it() -> None:
    assert [r.hedge for r in rows("No group said it had carried out the attack.")] == ["possible"]


def test_a_dateline_is_no_speaker() -> None:
    text = "BOGOTÁ — Colombia warned Venezuela on Monday that it would close the border."
    assert [r.voice.name for r in rows(text)] == ["Colombia"]


def test_the_writers_own_i_is_the_outlets() -> None:
    (found,) = rows("I suspect that the rebels will return to the town.", outlet="The Daily")
    assert (found.voice.kind, found.voice.name) == ("outlet", "The Daily")


def test_who_condemns_a_raid_has_not_said_that_it_happened() -> None:
    text = "Kenya condemned the raid that killed nine pupils."
    at = text.index("nine")
    assert voice_of(Span(at, at + 4), rows(text), OUTLET) == OUTLET


def test_terms_in_quotation_marks_have_no_speaker() -> None:
    assert said("The so-called “caliphate” fell in March.") == []


def test_innermost_voice_wins_and_says_who_passed_it_on() -> None:
    text = "AFP reported that police said five men died."
    found = rows(text)
    five = Span(text.index("five"), text.index("five") + 4)
    voice = voice_of(five, found, OUTLET)
    assert (voice.name, voice.via.name if voice.via else None) == ("police", "AFP")


def test_an_agency_that_was_told_passes_it_on() -> None:
    text = "Two diplomats told Reuters that the talks failed."
    voice = voice_of(Span(text.index("talks"), text.index("talks") + 5), rows(text), OUTLET)
    assert voice.via is not None
    assert voice.via.name == "Reuters"


def test_words_outside_every_content_are_the_outlets() -> None:
    text = "Five men died on Monday. The army said rebels had fled."
    assert voice_of(Span(0, 4), rows(text), OUTLET) == OUTLET


def test_a_headline_names_its_speaker_after_a_colon() -> None:
    text = "Threat to southern ports remains real: senior diplomat"
    assert said(text) == [("senior diplomat", "Threat to southern ports remains real")]


@given(st.integers(0, 40), st.integers(1, 8))
def test_voice_of_never_fails(start: int, length: int) -> None:
    found = rows("The army said rebels had burned the bridge.")
    assert voice_of(Span(start, start + length), found, OUTLET).name in {"army", "The Daily"}


def test_a_report_without_sentences_has_no_attributions() -> None:
    assert attribute(report("x"), Reading(())) == ()


def voice_at(text: str, words: str) -> str | None:
    at = text.index(words)
    return voice_of(Span(at, at + len(words)), rows(text), OUTLET).name


def test_she_is_nobody_whom_the_report_calls_he() -> None:
    text = "Ana Ruiz saw the raid. She said it was short. Juan Ortiz came late. He said so. She said it was over."
    page, read = report(text), reading(text)
    names = [row.voice.name for _, rows in attribute(page, read) for row in rows]
    assert names == ["Ana Ruiz", "Juan Ortiz", "Ana Ruiz"]


TITLES = [
    ("Governor Ana Ruiz met the rebels. The governor said the talks failed.", "Ana Ruiz"),
    ("Governor Ana Ruiz met the rebels. The Kenyan governor said the talks failed.", "Kenyan governor"),
    ("The rebels met Governor Ana Ruiz and Governor Juan Ortiz. The governor said it failed.", "governor"),
    ("The rebels met Governor Ana Ruiz and Juan Ortiz. The governor said it failed.", "Ana Ruiz"),
]


@pytest.mark.parametrize(("text", "name"), TITLES)
def test_a_title_means_its_only_bearer(text: str, name: str) -> None:
    page, read = report(text), reading(text)
    assert [row.voice.name for _, rows in attribute(page, read) for row in rows] == [name]


WHO_SAYS = [
    ("RUIZ: The rebels have left the town.", [("RUIZ", ":")]),
    (
        "The governor said farmers blame him for saying “he knew it, he told everybody.”",
        [("governor", "said")],
    ),
    (
        "Ruiz said the talks would go on, and she noted that the road was open.",
        [("Ruiz", "said"), ("Ruiz", "noted")],
    ),
    ("To a degree all agreed that the road was dangerous.", [("all", "agreed")]),
    (
        "About half of the farmers agreed that the road was dangerous.",
        [("About half of the farmers", "agreed")],
    ),
    ("The army gave the report to a paper, which first reported the raid.", [("a paper", "first reported")]),
]


@pytest.mark.parametrize(("text", "expected"), WHO_SAYS)
def test_who_says_it_in_which_words(text: str, expected: list[tuple[str, str]]) -> None:
    page, read = report(text), reading(text)
    rows = [row for _, found in attribute(page, read) for row in found if row.voice.via is None]
    assert [(row.voice.name, row.cue.text) for row in rows][: len(expected) or None] == expected


def test_a_signature_on_its_own_line_names_who_spoke_before() -> None:
    text = "“We saw the whole raid from here.” ― Ana Ruiz"
    page, read = report(text), reading(text)
    assert {row.voice.name for _, rows in attribute(page, read) for row in rows} == {"Ana Ruiz"}


def test_a_dateline_says_nothing() -> None:
    text = "MOPTI — The Free River Front denied on Monday that it had burned the ferry."
    assert said(text) == [("Free River Front", "that it had burned the ferry")]


def test_whom_a_newsroom_cites_says_it_through_that_newsroom() -> None:
    text = "Two ferries sank off Mopti, AFP reported, citing the navy."
    at = text.index("Two")
    voice = voice_of(Span(at, at + 3), rows(text), OUTLET)
    assert (voice.name, voice.via and voice.via.name) == ("navy", "AFP")


def test_why_somebody_is_not_named_is_no_speech() -> None:
    [row] = rows("A witness told the BBC, on condition of anonymity, that soldiers had burned the ferry.")
    assert row.voice.anonymity == "on condition of anonymity"
    assert [c.text for c in row.content] == ["that soldiers had burned the ferry"]


def test_a_quotation_left_open_goes_on_in_the_next_paragraph() -> None:
    text = (
        '"We never burned the ferry. We need it.\n\n"Ask the navy who burned it," Ana Ruiz, the pilot, said.'
    )
    found = [(r.voice.name, c.text) for r in rows(text) for c in r.content]
    assert ("Ana Ruiz", "We never burned the ferry. We need it.") in found


def test_what_a_quoted_he_means_teaches_nothing_of_its_speaker() -> None:
    text = 'Minister Eva Soto left. Mayor Ana Ruiz criticised the pilot. "He said he saw nothing," she said.'
    assert [r.voice.name for r in rows(text) if r.source and r.source.text == "she"] == ["Ana Ruiz"]


# --- denial -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "hedge"),
    [
        ("The ministry denied the report.", "denied"),
        ("The army rejected reports that its soldiers killed four farmers.", "denied"),
        ("The minister dismissed claims that the school was bombed.", "denied"),
        ("The rebels rejected the plan.", "possible"),
    ],
)
def test_turning_down_what_others_say_denies_it(text: str, hedge: str) -> None:
    assert rows(text)[0].hedge == hedge


def test_who_denies_a_report_does_not_pass_it_on() -> None:
    inner = rows("The army rejected reports that its soldiers killed four farmers.")[-1]
    assert inner.cue.text == "reports"
    assert inner.voice.via is None


def test_who_claims_responsibility_for_a_deed_takes_it_as_given() -> None:
    found = rows("The militia claimed responsibility for the bombing that killed two farmers.")
    assert not any(row.is_speech for row in found if "responsibility" in row.cue.text)
