from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attested.text.quotemarks import find_quoted


def quoted(text: str) -> list[str]:
    return [span.text for span in find_quoted(text, 0, len(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('The mayor said: "Nobody was hurt." He left.', ["Nobody was hurt."]),
        ("“Nobody was hurt,” the mayor said. “We were lucky.”", ["Nobody was hurt,", "We were lucky."]),
        ("Le porte-parole parle d'une « attaque lâche » hier.", ["attaque lâche"]),
        ("``Stay home,'' he said.", ["Stay home,"]),
        ('A ("minor") dent and a "major"—he said—hole', ["minor", "major"]),
        ("no marks at all", []),
    ],
)
def test_double_marks_of_every_kind(text: str, expected: list[str]) -> None:
    assert quoted(text) == expected


def test_a_quotation_of_several_paragraphs_gives_a_span_each() -> None:
    text = "“We are tired.\n\n“We want peace,” she said.\n\nShe left."
    assert quoted(text) == ["We are tired.", "We want peace,"]


@pytest.mark.parametrize(
    "text",
    [
        '"This mark is never closed.\nAnother paragraph about the 3 soldiers.',
        "The wall, 6'2\" high, fell.",
        "An odd ” closing mark.",
        '""',
    ],
)
def test_a_mark_without_its_partner_opens_nothing(text: str) -> None:
    assert quoted(text) == []


def test_an_unclosed_mark_leaves_the_next_quotation_whole() -> None:
    assert quoted("“It is bad, he said. “It is worse,” she said.") == ["It is worse,"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Minister calls raid 'a crime' in Lagos", ["a crime"]),
        ("Threat remains ‘real’: envoy", ["real"]),
        ("City won't pay the miners' wages, it's said", []),
        ("Rock 'n' roll of the '90s and the soldiers' pay", []),
        ("Tell 'em the town's safe", []),
        ("‘We don’t know,’ says mayor’s aide", ["We don’t know,"]),
        ("“They said ‘stop’ twice,” he said", ["They said ‘stop’ twice,"]),
        ("Army blames 'the rebels' leaders' for raid", ["the rebels' leaders"]),
    ],
)
def test_single_marks_are_told_from_apostrophes(text: str, expected: list[str]) -> None:
    assert quoted(text) == expected


def test_offsets_are_into_the_whole_text() -> None:
    text = 'skip "this" but "read this"'
    spans = find_quoted(text, 12, len(text))
    assert [text[s.start : s.end] for s in spans] == ["read this"]


@given(st.text(alphabet="ab \"“”'’‘\n«»", max_size=60))
def test_spans_are_exact_ordered_and_disjoint(text: str) -> None:
    spans = find_quoted(text, 0, len(text))
    assert all(text[s.start : s.end] == s.text and s.start < s.end for s in spans)
    assert all(a.end <= b.start for a, b in pairwise(spans))
