"""Who is quoted is the voice; the newsroom that quotes them passed it on."""

import pytest
from factory import report
from parsed import reading

from attested.speech.voices import attribute

DIED = "that four people had died"


def voices(text: str, **more: str) -> list[tuple[str | None, str | None, tuple[str, ...]]]:
    page = report(text, **more)
    rows = [row for _, found in attribute(page, reading(text)) for row in found]
    return [
        (r.voice.name, r.voice.via.name if r.voice.via else None, tuple(c.text for c in r.content))
        for r in rows
    ]


@pytest.mark.parametrize(
    ("text", "name", "via", "content"),
    [
        (f"The minister was quoted by Reuters as saying {DIED}.", "minister", "Reuters", DIED),
        (
            "Interior Minister Ana Silva was quoted by the Daily Post as saying rebels had shelled the town.",
            "Ana Silva",
            "Daily Post",
            "rebels had shelled the town",
        ),
        (f"Ana Silva was quoted as saying by the Daily Post {DIED}.", "Ana Silva", "Daily Post", DIED),
        (f"The Daily Post quoted Ana Silva as saying {DIED}.", "Ana Silva", "Daily Post", DIED),
        (
            "The army spokesman was cited by local media as saying the bridge was safe.",
            "army spokesman",
            "local media",
            "the bridge was safe",
        ),
        (f"Quoting the governor, the Daily Post said {DIED}.", "governor", "Daily Post", DIED),
        (f"Ana Silva was reported by Reuters to have said {DIED}.", "Ana Silva", "Reuters", DIED),
        (
            "According to the governor, quoted by Reuters, four people had died.",
            "governor",
            "Reuters",
            "four people had died",
        ),
    ],
)
def test_the_voice_is_whoever_is_quoted(text: str, name: str, via: str, content: str) -> None:
    assert voices(text) == [(name, via, (content,))]


def test_a_passive_without_a_newsroom_names_who_is_quoted() -> None:
    assert voices('"The bridge is safe," the spokesman was quoted as saying.') == [
        ("spokesman", None, ('"The bridge is safe,"',))
    ]


def test_the_reports_own_agency_passes_nothing_on() -> None:
    text = f"The minister was quoted by Reuters as saying {DIED}."
    assert voices(text, agency="Reuters") == [("minister", None, (DIED,))]


def test_quoting_words_that_nobody_says_is_left_alone() -> None:
    assert [name for name, _, _ in voices("The army said rebels had burned the bridge.")] == ["army"]
