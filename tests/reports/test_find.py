import contextlib
import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attested.errors import SetAside
from attested.model import Block, Page
from attested.reports.dates import date_in_address
from attested.reports.find import find_reports
from attested.reports.language import find_language
from attested.reports.lines import find_lines
from attested.reports.story import is_bare_caption
from attested.settings import PageSettings

SETTINGS = PageSettings()
STORY = [
    "Rebels took the border town of Asha on Tuesday after two days of fighting, the army said.",
    "Most of the people had left the town before the fighting began, aid workers said by telephone.",
    "The army said that it would send more men to the region, but it did not say how many or when.",
]


def page(*lines: str, **stated: str) -> Page:
    return Page("pg_1", "a.txt", "text", "\n\n".join(lines), stated=stated)


def test_a_page_set_aside_stays_so() -> None:
    with pytest.raises(SetAside, match="is empty"):
        find_reports(Page("pg_1", "a", "text", "", status="set aside", why="is empty"), SETTINGS)


def test_an_index_of_headlines_has_no_story() -> None:
    heads = [f"Council number {i} votes on a plan for the harbour" for i in range(30)]
    with pytest.raises(SetAside, match="has no story"):
        find_reports(page(*heads), SETTINGS)


def test_another_language_is_named() -> None:
    text = (
        "El ejército dijo el martes que dos soldados murieron en un ataque contra un puesto de control.",
        "El gobierno culpó a los rebeldes, que no hicieron comentarios sobre lo ocurrido en la frontera.",
        "Los vecinos del pueblo contaron que oyeron disparos durante más de una hora antes del amanecer.",
    )
    with pytest.raises(SetAside, match="'es'"):
        find_reports(page(*text), SETTINGS)


def test_a_stated_title_loses_the_name_of_its_site() -> None:
    (report,) = find_reports(page(*STORY, title="Rebels take Asha | Coast Tribune"), SETTINGS)
    assert report.headline == "Rebels take Asha"
    assert report.outlet == "Coast Tribune"


def test_the_first_of_two_headlines_wins_and_the_other_is_kept() -> None:
    heads = ("Rebels seize border town of Asha in the east", "Rebels capture town of Asha on eastern border")
    (report,) = find_reports(page(*heads, *STORY), SETTINGS)
    assert report.headline == heads[0]
    kinds = {report.text[b.start : b.end]: b.kind for b in report.furniture}
    assert kinds[heads[1]] == "headline"


def test_a_republished_text_names_its_first_newsroom() -> None:
    (report,) = find_reports(
        page(*STORY, "This article was originally published by BBC.", site="Coast News"), SETTINGS
    )
    assert (report.agency, report.outlet) == ("BBC News", "Coast News")
    assert report.credit_line is not None


BRACKETS = "ASHA, Nigeria (Zenit) — " + STORY[0]


@pytest.mark.parametrize(
    ("head", "outlet", "agency"),
    [
        ((), "Zenit", None),
        (("Coast Tribune",), "Coast Tribune", "Zenit"),
        (("By Agency Reporter",), None, "Zenit"),
        (("Zenit News Agency",), "Zenit News Agency", "Zenit"),
        (("Zenit Daily",), "Zenit Daily", None),
        (("Middle East",), "Zenit", None),
    ],
)
def test_a_stranger_in_brackets(head: tuple[str, ...], outlet: str | None, agency: str | None) -> None:
    made = page(*head, "Rebels take the border town of Asha", BRACKETS, *STORY[1:])
    (report,) = find_reports(made, SETTINGS)
    assert (report.outlet, report.agency) == (outlet, agency)
    assert report.headline == "Rebels take the border town of Asha"


def test_a_stations_own_reporter_names_it() -> None:
    (report,) = find_reports(page(*STORY, "KVTA's Ana Berg contributed to this report."), SETTINGS)
    assert report.outlet == "KVTA"


@pytest.mark.parametrize(
    "headline",
    [
        "Rebels take border town",
        "Who holds the border town of Asha?",
    ],
)
def test_a_headline_over_one_paragraph(headline: str) -> None:
    (report,) = find_reports(page(headline, " ".join(STORY)), SETTINGS)
    assert report.headline == headline
    assert report.text[report.body[0].start :].startswith("Rebels took")


def test_a_question_within_the_story_is_the_storys() -> None:
    asked = "Who will pay for the wall that the town has to build again?"
    (report,) = find_reports(page("Rebels take border town", STORY[0], asked, *STORY[1:]), SETTINGS)
    assert report.headline == "Rebels take border town"
    assert asked in [report.text[b.start : b.end] for b in report.body]


@pytest.mark.parametrize(
    ("line", "outlet"),
    [
        ("Copyright 2015 KVTA (Coast Media). All rights reserved.", "KVTA"),
        ("Copyright 2015 The Associated Press. All rights reserved.", None),
        ("© 2015 Voice of the Andes", "Voice of the Andes"),
        ("© Copyright 2015 The Coast Tribune, LLC. Click here for reprints.", "The Coast Tribune"),
        ("© Ana Berg, 24, owns the ferry that sank.", None),
        ("Coast Tribune - all rights reserved", "Coast Tribune"),
        ("Powered by Coast Tribune.", None),
    ],
)
def test_who_holds_the_copyright(line: str, outlet: str | None) -> None:
    (report,) = find_reports(page(*STORY, line), SETTINGS)
    assert report.outlet == outlet


HOSTILE_CHARACTERS = 380_000
HOSTILE_SECONDS = 5.0  # thrice what the slowest takes, for a busy machine


@pytest.mark.parametrize(
    "piece",
    ["A-", "A.", '"', "(", "Aa. ", "1/", "© ", "a | ", "The A Times ", "By Ana and ", ", Reuters said ",
     STORY[1] + "\n", (STORY[0] + "\n") * 3 + "Floods cut off towns in the north\nBy Ana Berg\n"],
)  # fmt: skip
def test_hostile_text_takes_linear_time(piece: str) -> None:
    text = (piece * (HOSTILE_CHARACTERS // len(piece) + 1))[:HOSTILE_CHARACTERS]
    started = time.process_time()
    with contextlib.suppress(SetAside):
        find_reports(Page("pg_1", "a", "text", text), SETTINGS)
    assert time.process_time() - started < HOSTILE_SECONDS


def test_a_caption_credit_is_no_agency() -> None:
    lines = (STORY[0], "Fighters in a street of Asha.Ana Berg / AFP – Getty Images", *STORY[1:])
    (report,) = find_reports(page(*lines), SETTINGS)
    assert report.agency is None


@pytest.mark.parametrize(
    ("text", "is_caption"),
    [
        ("Women carry water past a burned market in the town of Asha on March 3.", True),
        ("A rescue worker stands on the roof of a school that fell in the quake.", True),
        ("The president speaks to troops at a base near the border.", True),
        ("A man was arrested after his brother was shot in a house near the river.", False),
        ("ASHA, Nigeria (KVTA) – A guard waits for trial after a fire that he lit.", False),
        ("They carry knives and sticks when they go into the forest at night.", False),
        ("The army said that its men stand ready to take the town again.", False),
    ],
)
def test_captions_without_a_mark(text: str, is_caption: bool) -> None:
    assert is_bare_caption(find_lines(text)[0]) == is_caption


def test_dates_carry_what_speaks_against_them() -> None:
    stamp = "2019-03-03 00:00:00 - Source: Coast News"
    caption = "File photo: Asha on May 3, 2015."
    made = Page("pg_1", "a", "text", "\n".join([stamp, caption, *STORY]), url="http://x.org/2019/03/02/asha")
    (report,) = find_reports(made, SETTINGS)
    found = {c.kind: (str(c.value.start), c.why_not) for c in report.candidates}
    assert found["stamp"][0] == "2019-03-03"
    assert "00:00" in (found["stamp"][1] or "")
    assert found["caption"] == ("2015-05-03", "a caption's date is the picture's")
    assert found["url"] == ("2019-03-02", None)


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://x.org/2020/10/01/word", "2020-10-01"),
        ("https://x.org/news/2020-10-01-word", "2020-10-01"),
        ("https://x.org/word-2020", None),
        ("https://x.org/2020/13/45/word", None),
    ],
)
def test_dates_in_addresses(url: str, day: str | None) -> None:
    value = date_in_address(url)
    assert (str(value.start) if value else None) == day


def test_hard_wrapped_text_is_taken_by_paragraphs() -> None:
    words = " ".join(STORY).split()
    rows = [" ".join(words[i : i + 11]) for i in range(0, len(words), 11)]
    text = "\n".join(rows * 2) + "\n\n" + "\n".join(rows)
    assert [line.n_words for line in find_lines(text)] == [2 * len(words), len(words)]


def test_a_page_with_blocks_keeps_the_extractors_body() -> None:
    text = "\n".join(["Home", *STORY])
    starts = [0]
    for line in text.split("\n")[:-1]:
        starts.append(starts[-1] + len(line) + 1)
    kinds = ["navigation", "body", "body", "body"]
    blocks = tuple(Block(s, s + len(t), k) for s, t, k in zip(starts, text.split("\n"), kinds, strict=True))
    (report,) = find_reports(Page("pg_1", "a.html", "html", text, blocks=blocks), SETTINGS)
    assert [text[b.start : b.end] for b in report.body] == STORY


@pytest.mark.parametrize(
    ("text", "code"),
    [(" ".join(STORY), "en"), ("Der Minister sagte am Montag, dass die Gespräche vorbei seien.", "de")],
)
def test_languages(text: str, code: str) -> None:
    assert find_language(text) == code


@given(
    st.lists(
        st.sampled_from([*STORY, "Menu", "By Ana Berg", "Related", "", "3 May 2019", "  ", "Ads"]),
        max_size=30,
    )
)
def test_every_line_is_in_one_block(lines: list[str]) -> None:
    made = Page("pg_1", "a.txt", "text", "\n".join(lines))
    try:
        reports = find_reports(made, PageSettings(min_body_words=1))
    except SetAside:
        return
    for report in reports:
        blocks = sorted(report.body + report.furniture, key=lambda b: b.start)
        assert [made.text[b.start : b.end] for b in blocks] == [s.strip() for s in lines if s.strip()]
        assert all(a.end <= b.start for a, b in pairwise(blocks))
        assert (
            report.dateline is None
            or made.text[report.dateline.start : report.dateline.end] == report.dateline.text
        )
