import pytest
from factory import report
from parsed import reading

from attested.ids import make_id
from attested.mentions.sayings import find_sayings, is_nobody
from attested.model import Saying
from attested.speech.voices import attribute


def sayings(text: str, **more: str) -> tuple[Saying, ...]:
    page, read = report(text, **more), reading(text)
    return find_sayings(page, attribute(page, read))


def told(text: str, **more: str) -> list[tuple[str | None, str | None, str]]:
    return [(s.voice.name, s.voice.cue, s.span.text) for s in sayings(text, **more)]


def test_indirect_speech_about_anything_is_a_saying() -> None:
    text = "The minister said that the talks would resume in May."
    [found] = sayings(text)
    assert (found.voice.name, found.voice.cue, found.hedge) == ("minister", "said", "reported")
    assert found.span.text == "the talks would resume in May"
    assert text[found.span.start : found.span.end] == found.span.text
    assert found.predicate is not None
    assert found.predicate.text == "resume"
    owner = report(text)
    assert found.id == make_id("sy", owner.id, found.span.start, found.span.end, "minister")


def test_words_after_according_to_and_before_the_cue_are_too() -> None:
    assert told("The bridge is safe, according to the mayor of Lenz.") == [
        ("mayor of Lenz", "according to", "The bridge is safe")
    ]
    assert told("The harvest was the worst in a decade, farmers said.") == [
        ("farmers", "said", "The harvest was the worst in a decade")
    ]


def test_a_pronoun_is_whoever_it_stands_for() -> None:
    text = "Lena Ortiz runs the port of Mirana. She said the cranes would be repaired by winter."
    assert told(text) == [("Lena Ortiz", "said", "the cranes would be repaired by winter")]


def test_what_stands_wholly_in_quotation_marks_is_no_saying_and_what_mixes_is() -> None:
    assert told("“The cranes are old,” Lena Ortiz said.") == []
    assert told("Lena Ortiz said the cranes were “older than most of the crew”.") == [
        ("Lena Ortiz", "said", "the cranes were “older than most of the crew”")
    ]


def test_how_sure_it_is_told_is_kept() -> None:
    hedges = {
        "The army denied that its troops had crossed the river.": "denied",
        "The army may send a second column, two officers said.": "possible",
        "The union claimed that the mine was flooded.": "claimed",
    }
    assert {text: sayings(text)[0].hedge for text in hedges} == hedges


@pytest.mark.parametrize(
    "text",
    [
        "The ministry did not say whether the talks would resume.",
        "The ministry will announce on Friday that the talks have failed.",
        "The ministry declined to comment on the talks.",
        "No group has said that it planted the bomb.",
        "One of them said the road had been mined.",
        "It is believed that the road was mined.",
        "The minister knew that the road was mined.",
        "The evidence suggests that the road was mined.",
        "The minister spoke about the talks with the union.",
        "The minister denied it.",
        "The minister wants to close the mine.",
        "They voted to close the mine.",
    ],
)
def test_what_nobody_said_is_left_out(text: str) -> None:
    assert told(text) == []


def test_a_phrase_is_enough_for_a_cue_that_makes_something_of_it() -> None:
    assert told("The envoy called for an immediate ceasefire.") == [
        ("envoy", "called for", "an immediate ceasefire")
    ]


def test_the_reports_own_newsroom_is_no_voice() -> None:
    text = "The talks have failed, Meridian reported."
    assert told(text) == [("Meridian", "reported", "The talks have failed")]
    assert told(text, agency="Meridian") == []


def test_words_around_whoever_says_them_belong_together() -> None:
    text = "The ferry had been overloaded, the captain said, because a second boat was under repair."
    [found] = sayings(text)
    assert {found.span.text, *(part.text for part in found.rest)} == {
        "The ferry had been overloaded",
        "because a second boat was under repair",
    }


def test_somebodys_words_within_anothers_are_both_told() -> None:
    text = "A police officer said that shopkeepers had told him that a boy left the bag."
    found = sayings(text)
    assert [s.voice.name for s in found] == ["A police officer", "shopkeepers"]
    assert found[1].voice.via is not None
    assert found[1].voice.via.name == "A police officer"


def test_names_of_nobody() -> None:
    nobody = [None, "he", "No group", "None of the men", "One of them", "those who fled", "the", "'"]
    assert all(map(is_nobody, nobody))
    assert not any(map(is_nobody, ["Some officers", "Two residents", "US", "Noor Khan", "a joint force"]))
