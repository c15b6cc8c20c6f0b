from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attested.text.sentences import split_sentences


def sentences(text: str) -> list[str]:
    return [text[a:b] for a, b in split_sentences(text)]


@pytest.mark.parametrize(
    "parts",
    [
        ["Shots were fired.", "Nobody was hurt."],
        ["Who did it?", "Nobody knows!", "Police are looking."],
        ['"We are ready."', "He did not say for what."],
        ["“They ran.”", "“Then it was quiet.”"],
        ["He said: “They ran.”", "She agreed."],
        ["They left at 9 p.m.", "The road was shut."],
        ["He flew to the U.S.", "The visit was short."],
        ["He works for Acme Inc.", "It makes doors."],
        ["It cost $3.5 million.", "4,000 came."],
        ["They waited...", "Nothing came."],
        ["It hit Unit 12.", "Two died."],
        ["The mayor (a rebel) fled.", "(Nobody followed.)"],
        ["PRESIDENT LEFT.", "GEN. ROJAS STAYED."],
    ],
)
def test_a_stop_ends_a_sentence(parts: list[str]) -> None:
    assert sentences(" ".join(parts)) == parts


@pytest.mark.parametrize(
    "text",
    [
        "Gen. Abu Musa met Dr. J. R. Okafor in St. Louis.",
        "The U.S. Embassy and the U.N. Security Council spoke.",
        "It fell on Sept. 3 near No. 10 Downing Street.",
        "KANO, Nigeria (Reuters) — Gunmen fired on a bus, police said.",
        "MOGADISHU (AP) -- A car bomb went off.",
        "“Stop!” he shouted, and they ran.",
        "The firm, Acme Inc., denied it.",
        "Oil rose 3.5 per cent to $41.20 a barrel.",
        "He said that ... the talks failed.",
        "Yahoo! said nothing, and e.g. Google did.",
        "1. Mortars hit the camp",
        "See www.Example.com for more.",
        "John F. Kennedy spoke.",
    ],
)
def test_no_sentence_ends_within(text: str) -> None:
    assert sentences(text) == [text]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A headline without stop\nThe story begins.", ["A headline without stop", "The story begins."]),
        (
            "Two men were seen\nrunning away. Police came.",
            ["Two men were seen\nrunning away.", "Police came."],
        ),
        ("One ended here.\nnext in lower case", ["One ended here.", "next in lower case"]),
        ("A caption\n\nin lower case", ["A caption", "in lower case"]),
        ("Seen: • two guns • one flag", ["Seen:", "• two guns", "• one flag"]),
        ("They fled.The army came.", ["They fled.", "The army came."]),
        ("  \n \t ", []),
        ("", []),
    ],
)
def test_lines_bullets_and_lost_spaces(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


@given(st.text(alphabet='aB. !?"”\n…1', max_size=60))
def test_sentences_are_trimmed_in_order_and_lose_no_character(text: str) -> None:
    spans = split_sentences(text)
    assert all(a < b and text[a:b] == text[a:b].strip() for a, b in spans)
    assert all(b <= c for (_, b), (c, _) in pairwise(spans))
    outside = set(range(len(text))) - {i for a, b in spans for i in range(a, b)}
    assert all(text[i].isspace() for i in outside)


def test_only_the_stretch_asked_for_is_split() -> None:
    text = "Menu. One two. Three. Footer."
    assert split_sentences(text, 6, 21) == [(6, 14), (15, 21)]
