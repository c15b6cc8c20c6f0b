"""Round-ups: what an item tells of its dead and wounded never goes to the incident of another."""

import pytest

from attested.expressions.times import find_times
from attested.mentions.incidents import find_incidents
from attested.mentions.items import Items, find_items
from attested.model import Block, Report
from attested.reading.encoder import Reader
from attested.reading.tokens import Reading

READER = Reader()


def laid_out(*lines: str) -> Report:
    """A report whose lines are body, those that open with # cross-heads."""
    blocks, at = [], 0
    texts = [line.removeprefix("# ") for line in lines]
    for line, text in zip(lines, texts, strict=True):
        blocks.append(Block(at, at + len(text), "headline" if line.startswith("# ") else "body"))
        at += len(text) + 2
    body = tuple(block for block in blocks if block.kind == "body")
    heads = tuple(block for block in blocks if block.kind != "body")
    return Report("r", "pg_r", "\n\n".join(texts), body, heads)


def read(report: Report) -> tuple[Reading, Items]:
    reading = READER.read(report.text, [(block.start, block.end) for block in report.body])
    return reading, find_items(report, reading, {s.start: find_times(s) for s in reading.sentences})


def tolls(*lines: str) -> dict[str, set[str]]:
    """Place -> who was killed or injured in the incident that happened there."""
    report = laid_out(*lines)
    reading, _ = read(report)
    found: dict[str, set[str]] = {}
    for mention in find_incidents(report, reading, {s.start: find_times(s) for s in reading.sentences}):
        places = [r.head.text for r in mention.roles if r.name == "place" and r.head.text != "hospital"]
        if mention.status == "happened":
            hurt = {r.span.text for r in mention.roles if r.name in {"killed", "injured"}}
            found.setdefault(" ".join(places), set()).update(hurt)
    return found


TWO = ({"Four traders"}, {"Seven passengers", "Twelve people"})


@pytest.mark.parametrize(
    "lines",
    [
        ("# Arda: market raided", "Gunmen raided a market in Arda on Monday. Four traders died.",
         "# Borga: bomb at station",
         "A bomb exploded at a station in Borga on Friday. Seven passengers died. Twelve people were wounded."),
        ("# Market raided", "Gunmen raided a market in Arda on Monday. Four traders died.",
         "# Blast at station",
         "A bomb exploded at a station in Borga on Friday. Seven passengers died. Twelve people were wounded."),
        ("• Gunmen raided a market in Arda on Monday. Four traders died.",
         "• A bomb exploded at a station in Borga on Friday. Seven passengers died. Twelve people were wounded."),
        ("LIMA — Gunmen raided a market in Arda on Monday. Four traders died.",
         "CAIRO — A bomb exploded at a station in Borga on Friday. Seven passengers died. Twelve people were wounded."),
        ("Gunmen raided a market in Arda on Monday. Four traders died.",
         "A bomb exploded at a station in Borga on Friday. Seven passengers died. Twelve people were wounded."),
        ("Gunmen raided a market in Arda on Monday, police said.", "Four traders died.",
         "In Borga, a bomb exploded at a station on Tuesday. Seven passengers died. Twelve people were wounded."),
    ],
)  # fmt: skip
def test_a_toll_belongs_to_its_own_item(lines: tuple[str, ...]) -> None:
    found = tolls(*lines)
    assert (found["Arda"], found["Borga"]) == TWO


def test_an_item_without_an_incident_gives_its_dead_to_no_other() -> None:
    found = tolls(
        "# Arda: market raided", "Gunmen raided a market in Arda on Monday. Four traders died.",
        "# Borga: van destroyed", "A motorcycle sped at a van in Borga on Tuesday. Three guards died on the spot.",
    )  # fmt: skip
    assert found["Arda"] == {"Four traders"}


def test_those_who_die_in_hospital_are_of_the_incident_that_opens_the_paragraph() -> None:
    found = tolls(
        "Gunmen raided a market in Arda on Monday. Two traders were wounded and a third died in hospital."
    )
    assert found == {"Arda": {"Two traders", "a third"}}


@pytest.mark.parametrize(
    "lines",
    [
        (
            "A bomb exploded at a station in Borga on Tuesday.",
            "# ‘We ran’",
            "Twelve people were wounded in the attack.",
        ),
        (
            "A bomb exploded at a station in Borga.",
            "# A town in shock",
            "In Arda, to the north, shops were shut.",
        ),
        ("Police gave this account.", "• The man came to Borga by bus.", "• He shot two guards and fled."),
        ("One sentence stands above the dateline.", "LIMA — Gunmen raided a market in Arda on Monday."),
    ],
)
def test_cross_heads_bullets_and_the_reports_own_dateline_open_no_item(lines: tuple[str, ...]) -> None:
    _, items = read(laid_out(*lines))
    assert set(items.openings) == {0}


def test_items_that_are_not_known_are_one() -> None:
    assert (Items().opening(7), Items().paragraph(7)) == (0, None)
