"""What a report tells again is one mention with what it told before; what is set apart stays apart."""

import math

import pytest

from attested.expressions.times import find_times
from attested.mentions.again import Memory, are_alike, features, log_odds
from attested.mentions.drafts import Draft
from attested.mentions.incidents import draft_incidents
from attested.reading.encoder import Reader

READER = Reader()
BLAST = "A bomb exploded in a market in Goma on Friday, killing three traders."


def drafts(text: str, memory: Memory | None = None) -> list[Draft]:
    reading = READER.read(text, [(0, len(text))])
    times = {s.start: find_times(s) for s in reading.sentences}
    found = draft_incidents(reading, times, memory=memory)
    return [d for d in found if d.kind == "incident" and d.status == "happened"]


@pytest.mark.parametrize(
    "again",
    [
        "The explosion shook houses nearby.",
        "The bombing also wounded a guard.",
        "About nine people were treated for burns.",
    ],
)
def test_told_again(again: str) -> None:
    assert len(drafts(f"{BLAST} {again}")) == 1


@pytest.mark.parametrize(
    "other",
    [
        "Another bomb killed two soldiers in Beni.",
        "Gunmen kidnapped a nurse in Beni on Sunday.",
        "In May a bomb exploded in Bukavu, killing nine soldiers.",
        "Both bombings wounded guards in Beni.",
    ],
)
def test_set_apart(other: str) -> None:
    first = drafts(f"{BLAST} {other}")[0]
    assert not any("Beni" in r.span.text or "Bukavu" in r.span.text for r in first.roles)


def test_a_number_told_again_comes_to_the_first_mention() -> None:
    [found] = drafts(f"{BLAST} The blast also wounded eleven shoppers.")
    assert {r.head.text for r in found.roles if r.name in {"killed", "injured"}} == {"traders", "shoppers"}


def test_what_is_joined_fits_all_that_was_joined_before() -> None:
    text = f"{BLAST} A group said it had planned the attack. Police spoke of the kidnapping of a teacher on Sunday."
    assert all("teacher" not in r.span.text for r in drafts(text)[0].roles)


def test_nothing_is_joined_below_infinity() -> None:
    memory = Memory(at_least=math.inf)
    drafts(f"{BLAST} The explosion wounded a guard.", memory)
    assert len(memory.tellings) == 2


def test_the_score_is_the_sum_of_its_features_weights() -> None:
    memory = Memory(at_least=math.inf)
    drafts(f"{BLAST} The explosion wounded a guard. Another explosion wounded a cook.", memory)
    first, again, other = memory.tellings
    assert are_alike(first, again)
    assert other.is_apart
    assert not again.is_apart
    assert {"later: a noun", "next sentence", "same family of words"} <= {
        n for n, _ in features(first, again, True)
    }
    assert log_odds(first, again, True) > log_odds(first, other, False)


def pair_features(text: str) -> set[str]:
    memory = Memory(at_least=math.inf)
    drafts(text, memory)
    first, other = memory.tellings
    return {name for name, _ in features(first, other, True)}


def test_what_turns_elsewhere_speaks_against_one_incident() -> None:
    told = {"later: turns to something else", "later: a place not named before"}
    assert told <= pair_features(f"{BLAST} Meanwhile, a blast shook a bank in Beni.")
    assert not told & pair_features(f"{BLAST} The blast wounded a guard in Goma.")


def test_people_hit_and_then_a_thing() -> None:
    deaths = "Gunmen killed three traders in Goma on Friday."
    assert {"people, then a thing", "later: a perpetrator"} <= pair_features(
        f"{deaths} Rebels attacked a bridge."
    )
    assert "people, then a thing" not in pair_features(f"{deaths} Rebels attacked a teacher.")
