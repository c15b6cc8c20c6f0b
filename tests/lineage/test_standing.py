from datetime import date, timedelta

import pytest
from newsroom import DISPATCH, INDEPENDENT, OTHER, REWRITE, report, worded

from attested.lineage.derive import find_derivations
from attested.lineage.standing import find_standing, without_standing
from attested.lineage.wording import Wording
from attested.settings import LineageSettings

NOTICE = (
    " Send your photographs and letters to the editor at the address printed on page two of every issue."
    " Readers in the provinces can have the paper brought to their door for a small monthly charge."
    " The publisher keeps all rights to what stands here and does not answer for the words of advertisers."
)
DAY = date(2025, 3, 1)
HALF_NOTICES = [
    DISPATCH + NOTICE,
    INDEPENDENT * 2 + NOTICE,
    OTHER * 3 + NOTICE,
    REWRITE.upper()[:900] + NOTICE,
]
SMALL_NOTICES = [
    DISPATCH * 2 + NOTICE,
    INDEPENDENT * 3 + NOTICE,
    OTHER * 4 + NOTICE,
    NOTICE + "Rain fell. " * 200,
]


def pile(*texts: str) -> dict[str, Wording]:
    return {f"r{n}": worded(f"r{n}", text) for n, text in enumerate(texts)}


def days(*gaps: int | None) -> dict[str, date]:
    return {f"r{n}": DAY + timedelta(days=gap) for n, gap in enumerate(gaps) if gap is not None}


@pytest.mark.parametrize(
    ("texts", "gaps", "n"),
    [
        ([DISPATCH + NOTICE, OTHER + NOTICE], [0, 60], 3),
        ([DISPATCH + NOTICE, OTHER + NOTICE], [0, 2], 0),
        ([DISPATCH + NOTICE, OTHER + NOTICE], [None, None], 0),
        (HALF_NOTICES, [None] * 4, 0),
        (SMALL_NOTICES, [None] * 4, 3),
        ([DISPATCH, DISPATCH], [0, 90], 0),
        ([DISPATCH[:520], DISPATCH, DISPATCH[:700]], [0, 1, 90], 0),
    ],
    ids=["months apart", "days apart", "undated", "four, long notice", "four, short notice", "late copy", "late cuts"],
)  # fmt: skip
def test_standing_sentences(texts: list[str], gaps: list[int | None], n: int) -> None:
    assert len(find_standing(pile(*texts).values(), days(*gaps))) == n


def test_standing_sentences_weigh_nothing() -> None:
    marked = without_standing(pile(DISPATCH + NOTICE, OTHER + NOTICE), days(0, 60))
    assert [s.weight for s in marked["r1"].sentences][-3:] == [0, 0, 0]
    assert marked["r1"].weight == worded("r", OTHER).weight


def test_a_notice_makes_no_derivation() -> None:
    reports = [
        report("a", OTHER + NOTICE, day=DAY),
        report("b", INDEPENDENT + NOTICE, day=DAY + timedelta(days=45)),
    ]
    assert find_derivations(reports, {}, LineageSettings()) == []
