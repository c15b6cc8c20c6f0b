import pytest
from hypothesis import given
from hypothesis import strategies as st

from attested.text.numbers import Number, find_numbers


def only(text: str) -> Number:
    found = find_numbers(text)
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12 people died", 12),
        ("1,200 villagers fled", 1200),
        ("2.5 million voters", 2_500_000),
        ("1.2m voters", 1_200_000),
        ("40k marchers", 40_000),
        ("two hundred and five soldiers", 205),
        ("a hundred and ten men", 110),
        ("three thousand four hundred families", 3400),
        ("twenty-one rebels", 21),
        ("two million residents", 2_000_000),
        ("half a million residents", 500_000),
        ("one gunman", 1),
        ("half a dozen gunmen", 6),
        ("two dozen gunmen", 24),
        ("a dozen gunmen", 12),
        ("TWELVE GUNMEN", 12),
        ("2000 soldiers", 2000),
    ],
)
def test_plain_numbers(text: str, value: float) -> None:
    number = only(text)
    assert (number.value, number.low, number.high) == (value, value, value)
    assert (number.qualifier, number.approximate) == (None, False)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("dozens of houses", 12, 99),
        ("tens of houses", 10, 99),
        ("hundreds of houses", 100, 999),
        ("scores of houses", 20, 99),
        ("several houses", 2, 9),
        ("a few houses", 2, 5),
        ("a few hundred houses", 200, 500),
        ("tens of thousands of houses", 10_000, 99_999),
        ("hundreds of thousands of houses", 100_000, 999_999),
        ("five or six houses", 5, 6),
        ("10 to 15 houses", 10, 15),
        ("10-15 houses", 10, 15),
        ("10–15 houses", 10, 15),
        ("between 10 and 15 houses", 10, 15),
        ("two to three thousand houses", 2000, 3000),
        ("one to 5 at once", 1, 5),
    ],
)
def test_ranges_and_vague_words_keep_both_ends_and_take_the_lower(text: str, low: int, high: int) -> None:
    number = only(text)
    assert (number.value, number.low, number.high, number.approximate) == (low, low, high, True)


@pytest.mark.parametrize(
    ("text", "qualifier", "phrase"),
    [
        ("at least 12 people", "at least", "at least 12"),
        ("no fewer than nine people", "at least", "no fewer than nine"),
        ("12 or more people", "at least", "12 or more"),
        ("more than two dozen people", "more than", "more than two dozen"),
        ("over 40 people", "more than", "over 40"),
        ("up to 40 people", "at most", "up to 40"),
        ("as many as a hundred people", "at most", "as many as a hundred"),
        ("no more than six people", "at most", "no more than six"),
        ("fewer than 3,000 people", "fewer than", "fewer than 3,000"),
        ("about 40 people", "about", "about 40"),
        ("some 3,000 people", "about", "some 3,000"),
        ("nearly 2000 people", "about", "nearly 2000"),
        ("an estimated 70 people", "about", "an estimated 70"),
        ("exactly 70 people", "exactly", "exactly 70"),
    ],
)
def test_qualifiers(text: str, qualifier: str, phrase: str) -> None:
    number = only(text)
    assert (number.qualifier, number.phrase.text) == (qualifier, phrase)
    assert number.approximate == (qualifier == "about")


@pytest.mark.parametrize(
    "text",
    [
        "in 2003",
        "the 2015 deal",
        "on Oct. 1, 2020",
        "on 14 March",
        "on March 14-15",
        "on 14-15 March",
        "on 14 and 15 March",
        "at 10:30",
        "at 8 p.m.",
        "at 10 am",
        "three days ago",
        "within 20 minutes",
        "a 25-year-old driver",
        "children aged 7 and 9",
        "a girl, aged four",
        "Maria Lopez, 45, said",
        "Maria Lopez, 45, and her",
        "$5 million",
        "5 million dollars",
        "€300",
        "a 122 mm rocket",
        "a 7.62mm round",
        "an AK-47",
        "an F-16",
        "COVID-19",
        "on Flight 370",
        "under Resolution 1701",
        "the 2nd battalion",
        "the third attack",
        "a 3-1 win",
        "call 555-20-1234",
        "24/7",
        "a 911 call",
        "call 977-1111",
        "in the 2100 block of Elm",
        "at 219 Center St.",
        "the couple left",
        "a 16x9 picture",
        "no one",
        "one another",
        "5 percent",
        "5%",
        "two-thirds of homes",
        "a 100-acre site",
    ],
)
def test_what_counts_nothing_is_left_out(text: str) -> None:
    assert find_numbers(text) == []


def test_a_change_is_two_numbers() -> None:
    assert [n.value for n in find_numbers("the toll rose from 10 to 15")] == [10, 15]
    assert [n.value for n in find_numbers("troops cut from 5,000 to 3,000")] == [5000, 3000]


def test_a_list_is_so_many_numbers() -> None:
    assert [n.value for n in find_numbers("three children and two women, five in all")] == [3, 2, 5]


@pytest.mark.parametrize(
    "text", ["1" * 20_000, "1 " * 3_000, "one " * 3_000, "1," * 9_000, "one" + " " * 20_000]
)
def test_hostile_text_is_read_in_time(text: str) -> None:
    find_numbers(text)


def test_spans_are_offsets_into_the_whole_text() -> None:
    text = "Nine fled. At least 12 stayed."
    (number,) = find_numbers(text, 11)
    assert text[number.span.start : number.span.end] == number.span.text == "12"
    assert text[number.phrase.start : number.phrase.end] == number.phrase.text == "At least 12"


@given(st.text(alphabet="0123456789 ,.-–fiveandozensmrhut$%", max_size=40))
def test_spans_hold_their_words_and_run_forward(text: str) -> None:
    at = 0
    for number in find_numbers(text):
        assert at <= number.span.start < number.span.end
        assert text[number.span.start : number.span.end] == number.span.text
        assert 0 <= number.low == number.value <= number.high
        at = number.span.end


def test_what_is_done_to_numbers_found_changes_none_found_later() -> None:
    find_numbers("two of the five").clear()
    assert [number.value for number in find_numbers("two of the five")] == [2, 5]
