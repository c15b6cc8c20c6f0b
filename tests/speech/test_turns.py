"""Transcripts: a label at the head of a line is the voice of all up to the next label."""

import pytest
from factory import report
from parsed import reading

from attested.model import Block, Report
from attested.speech.turns import find_turns, starts_with_label
from attested.speech.voices import attribute

INTERVIEW = (
    "The minister joined us on Friday.\n"
    "PRESENTER: Why did the army shell the market?\n"
    "MR SMITH: We did not shell it. The rebels did.\n"
    "They have done so before.\n"
    "PRESENTER: Four people died."
)


def transcript(text: str) -> Report:
    blocks, at = [], 0
    for row in text.split("\n"):
        blocks.append(Block(at, at + len(row), "body"))
        at += len(row) + 1
    owner = report(text, outlet="Radio Goma")
    return Report(owner.id, owner.page_id, text, tuple(blocks), outlet=owner.outlet)


def voices(text: str) -> list[list[str | None]]:
    return [[row.voice.name for row in rows] for _, rows in attribute(transcript(text), reading(text))]


def test_a_turn_goes_on_to_the_next_label() -> None:
    assert voices(INTERVIEW) == [[], ["Presenter"], ["Smith"], ["Smith"], ["Smith"], ["Presenter"]]


def test_who_asks_is_a_newsroom() -> None:
    found = attribute(transcript(INTERVIEW), reading(INTERVIEW))
    assert [row.voice.kind for _, rows in found for row in rows][:2] == ["other report", "named person"]


def test_what_a_turn_tells_of_others_is_passed_on() -> None:
    text = "HOST: The hospital says nineteen people died.\nKHAN: I accept it."
    rows = [row for _, found in attribute(transcript(text), reading(text)) for row in found]
    inner = next(row for row in rows if row.voice.name == "hospital")
    assert inner.voice.via is not None
    assert inner.voice.via.name == "Host"


def test_you_is_whoever_is_spoken_to() -> None:
    text = "HOST: You blame the rebels.\nKHAN: They did it."
    rows = [row for _, found in attribute(transcript(text), reading(text)) for row in found]
    assert ("Khan", "Host") in [(r.voice.name, r.voice.via.name if r.voice.via else None) for r in rows]


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("Q: Who did it?\nA: The rebels.", ["Q", "A"]),
        ("THE PRESIDENT: Thank you.\nQUESTION: Who did it?", ["THE PRESIDENT", "QUESTION"]),
        ("[HOST] Who did it?\n[KHAN] The rebels.", ["HOST", "KHAN"]),
        ("Anna Marr (presenter): Why?\nLeon Katz (surgeon): Because.", ["Anna Marr", "Leon Katz"]),
        ("KHAN: We went.\nMARR: Where?\nKHAN: Home.", ["KHAN", "MARR", "KHAN"]),
        # no transcripts
        ("LAHORE: Two men were shot on Monday.\nKARACHI: A bank was robbed.", []),
        ("UPDATE: Two men died.\nHOST: Hello.", []),
        ("Police named the dead: two men.\nNobody else was hurt.", []),
        ("PRESENTER: Why?", []),
    ],
)
def test_labels(text: str, labels: list[str]) -> None:
    assert [turn.label.text for turn in find_turns(transcript(text))] == labels


def test_the_last_turn_ends_with_its_line_where_each_has_one() -> None:
    text = "HOST: Who did it?\nKHAN: The rebels.\nThe talk was recorded on Friday."
    assert [text[t.start : t.end].strip() for t in find_turns(transcript(text))] == [
        "Who did it?",
        "The rebels.",
    ]


def test_a_character_in_a_label() -> None:
    text = "HOST: Who did it?"
    assert starts_with_label(text, 0)
    assert not starts_with_label(text, text.index("Who"))
