import pytest
from newsroom import DISPATCH, INDEPENDENT, OTHER, report, worded

from attested.errors import DataError
from attested.lineage.spun import SpinPair, find_signs, judge_alone, parse_pairs, weigh_signs
from attested.lineage.wording import word_report
from attested.model import Block, Report
from attested.values import Score

# Written in the manner of a spinner: common words exchanged for their neighbours in a thesaurus.
SPUN = (
    "The authorities stated on Tuesday that 4 soldiers were eliminated when fighters struck a camp in the hills. "
    "The spokesperson likewise stated that the federal government has actually begun an inquiry, however he provided "
    "no more remark on the matter. Individuals who reside close by stated they had actually listened to surges "
    "prior to dawn. 3 guys were apprehended, a household informed reporters, and numerous kids had to run away. "
    "The minister has actually informed individuals that 2 additional camps will be utilized, consisting of one at the "
    'lake. "We were asleep when it began and we ran for the trees," a farmer stated. A representative for the army did '
    "not answer to ask for remark. The number of burglaries has actually fallen because the spring, he "
    "stated, and countless families have actually run away prior to the rains. 5 cops passed away."
)


def judged(made: Report) -> Score | None:
    return judge_alone(made, word_report(made, None))


def test_spun_text_is_flagged_with_its_evidence() -> None:
    found = judged(report("r", SPUN))
    assert found is not None
    assert found.value > 0.4
    assert "“has actually” before a participle" in found.detail
    assert "more such signs" in found.detail


@pytest.mark.parametrize("text", [DISPATCH, INDEPENDENT, OTHER * 3, DISPATCH + INDEPENDENT])
def test_ordinary_text_is_not(text: str) -> None:
    assert judged(report("r", text)) is None


def test_what_is_quoted_does_not_count() -> None:
    assert judged(report("r", DISPATCH + f' "{SPUN.replace(chr(34), "")}"')) is None


def test_one_pet_word_is_no_spinner() -> None:
    assert (
        judged(report("r", (DISPATCH + " " + OTHER).replace("said", "stated").replace("told", "stated")))
        is None
    )


def signs(text: str, **more: object) -> str:
    made = report("r", text, **more)
    return " ".join(sign.words for sign in find_signs(made, word_report(made, None)) if sign.nats > 0)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("He has actually left and they had actually known.", "has actually"),
        ("It was a attack of an kind that a officer knew.", "confused twice"),
        ("Then 3 soldiers and 4 farmers met 2 officers.", "only in figures (3)"),
    ],
)
def test_signs_beside_the_table(text: str, told: str) -> None:
    assert told in signs(text)


@pytest.mark.parametrize(
    "text",
    [
        "He actually left.",
        "An hour, a European, an honest man and a one-off.",
        "Then 3 soldiers and four farmers met 2 officers and 5 men.",
        "It took 5 million, 3 percent, 4 miles and 2 years old.",
    ],
)
def test_ordinary_turns_are_no_signs(text: str) -> None:
    assert "has actually" not in signs(text)
    assert "confused" not in signs(text)
    assert "figures" not in signs(text)


def two_headlines(first: str, second: str) -> str:
    text = f"{first}\n{second}\n{DISPATCH}"
    furniture = (
        Block(0, len(first), "headline"),
        Block(len(first) + 1, len(first) + 1 + len(second), "kicker"),
    )
    body = (Block(len(first) + len(second) + 2, len(text), "body"),)
    return signs(text, headline=first, furniture=furniture, body=body)


def test_a_headline_said_twice_in_other_words_is_a_sign() -> None:
    assert "stands twice" in two_headlines(
        "Army warns rebels it plans to close the road", "Army alerts rebels it prepares to close the road"
    )


@pytest.mark.parametrize(
    "second", ["Army warns rebels it 'plans' to close road", "Nine dead in Bani", "The road is closed"]
)
def test_another_headline_is_none(second: str) -> None:
    assert "stands twice" not in two_headlines("Army warns rebels it plans to close the road", second)


def test_evidence_against_counts_too() -> None:
    assert weigh_signs(report("r", DISPATCH), worded("r", DISPATCH)) < 0


@pytest.mark.parametrize(
    "row", ["said\tstated", "said\tstated\tmany", "said\tstated\t0", "said\tstated\t1000", "\tstated\t9",
            "said\tstated\t9\ntold\tstated\t9"],
)  # fmt: skip
def test_a_malformed_table_is_refused(row: str) -> None:
    with pytest.raises(DataError):
        parse_pairs(f"common\tsubstitutes\tper_mille\n{row}\n")


def test_a_row_is_read() -> None:
    table = "# why\ncommon\tsubstitutes\tper_mille\nstop|stopped\tquit\t90\n"
    assert parse_pairs(table) == (SpinPair(("stop", "stopped"), ("quit",), 0.09),)
