import pytest
from hypothesis import given
from hypothesis import strategies as st

from attested.errors import DataError
from attested.expressions.time_rules import FORMS, _expanded
from attested.expressions.times import find_times, find_times_in
from attested.model import TimeExpression
from attested.reading.tokens import Sentence, Token

GOOD = [
    ("He was shot on Monday (6/30) at noon.", "Monday (6/30)", "month-day", {"month": 6, "day": 30}),
    ("He was shot early October 27 outside.", "October 27", "month-day", {"month": 10, "day": 27}),
    ("They met Thursday.", "Thursday", "weekday", {"weekday": 4}),
    (
        "on Thursday (October 1), he",
        "Thursday (October 1)",
        "month-day",
        {"weekday": 4, "month": 10, "day": 1},
    ),
    ("on Oct. 1", "Oct. 1", "month-day", {"month": 10, "day": 1}),
    ("on Sept. 21.Photo", "Sept. 21", "month-day", {"month": 9, "day": 21}),
    ("a January 3 raid", "January 3", "month-day", {"month": 1, "day": 3}),
    ("the 3rd of May", "the 3rd of May", "month-day", {"month": 5, "day": 3}),
    ("on 1 October 2020", "1 October 2020", "month-day-year", {"month": 10, "day": 1, "year": 2020}),
    ("March 08, 2020", "March 08, 2020", "month-day-year", {"month": 3, "day": 8, "year": 2020}),
    (
        "Tue, Mar 3, 2015",
        "Tue, Mar 3, 2015",
        "month-day-year",
        {"weekday": 2, "month": 3, "day": 3, "year": 2015},
    ),
    ("in October 2020", "October 2020", "month-year", {"month": 10, "year": 2020}),
    ("in March", "March", "month", {"month": 3}),
    ("late September", "late September", "month", {"month": 9, "part": 3}),
    ("last October", "last October", "month", {"month": 10, "shift": -1}),
    ("last month", "last month", "last", {"unit": 8}),
    ("next year", "next year", "next", {"unit": 12}),
    ("this week", "this week", "this", {"unit": 5}),
    ("earlier this month", "earlier this month", "this", {"unit": 8, "part": 4}),
    ("over the weekend", "the weekend", "this", {"unit": 7}),
    ("two days ago", "two days ago", "ago", {"low": 2, "high": 2, "unit": 4, "shift": -1}),
    ("nearly two years ago", "nearly two years ago", "ago", {"low": 2, "high": 2, "unit": 12, "shift": -1}),
    ("five days later", "five days later", "later", {"low": 5, "high": 5, "unit": 4}),
    ("a year earlier", "a year earlier", "earlier", {"low": 1, "high": 1, "unit": 12}),
    ("the following day", "the following day", "later", {"low": 1, "high": 1, "unit": 4}),
    ("the past two weeks", "the past two weeks", "run", {"low": 2, "high": 2, "unit": 5, "shift": -1}),
    ("in recent weeks", "in recent weeks", "run", {"unit": 5, "shift": -1}),
    ("in the coming months", "the coming months", "run", {"unit": 8, "shift": 1}),
    ("last summer", "last summer", "season", {"month": 6, "shift": -1}),
    ("the fall of 1998", "the fall of 1998", "season", {"month": 9, "year": 1998}),
    ("the third quarter", "the third quarter", "quarter", {"nth": 3}),
    ("the early 1990s", "the early 1990s", "decade", {"year": 1990, "part": 1}),
    ("since 2018", "2018", "since", {"from_form": FORMS.index("year"), "from_year": 2018}),
    ("a 2015 deal", "2015", "year", {"year": 2015}),
    ("dated 2020-10-01", "2020-10-01", "iso", {"year": 2020, "month": 10, "day": 1}),
    ("dated 10/1/2020", "10/1/2020", "numeric", {"first": 10, "second": 1, "year": 2020}),
    ("on the 14th", "the 14th", "day-of-month", {"day": 14}),
    ("Wednesday evening", "Wednesday evening", "weekday", {"weekday": 3, "clock": 3}),
    ("last night", "last night", "relative-day", {"shift": -1, "clock": 4}),
    ("on Christmas Eve", "Christmas Eve", "feast", {"month": 12, "day": 24}),
    ("on Thanksgiving Day", "Thanksgiving Day", "feast", {"month": 11, "weekday": 4, "nth": 4}),
    ("on Good Friday", "Good Friday", "feast", {"easter": -2}),
    ("last Oct. 23", "last Oct. 23", "month-day", {"month": 10, "day": 23, "shift": -1}),
    ("by year-end", "year-end", "feast", {"month": 12, "day": 31}),
    (
        "(Monday, June 1, 2015) he",
        "Monday, June 1, 2015",
        "month-day-year",
        {"weekday": 1, "month": 6, "day": 1, "year": 2015},
    ),
    ("Friday of last week", "Friday of last week", "weekday", {"weekday": 5, "week_shift": -1}),
    ("in the '90s", "the '90s", "decade", {"year": 1990}),
    ("every Tuesday", "every Tuesday", "set", {"weekday": 2}),
    ("a year-long siege", "a year-long", "duration", {"low": 1, "high": 1, "unit": 12}),
    ("for six months", "six months", "duration", {"low": 6, "high": 6, "unit": 8}),
    ("the week of March 6", "the week of March 6", "week-of", {"month": 3, "day": 6}),
]


def only(text: str) -> TimeExpression:
    found = find_times_in(text)
    assert len(found) == 1, [e.span.text for e in found]
    return found[0]


@pytest.mark.parametrize(("text", "words", "form", "data"), GOOD, ids=[g[1] for g in GOOD])
def test_words_and_numbers(text: str, words: str, form: str, data: dict[str, int]) -> None:
    expression = only(text)
    assert (expression.span.text, expression.form, expression.data) == (words, form, data)


@pytest.mark.parametrize(
    "text",
    [
        "May I come in",
        "they march on the capital",
        "April Jones spoke",
        "2,000 men",
        "1998 people died",
        "the sun and the moon",
        "on Feb. 30",
        "a second man",
        "section 10.1.2",
        "he may not",
        "the third attack",
        "a 6-year-old boy",
        "was 12 years old",
        "the 2000 block of Elm",
        "at 12:30:15.5",
    ],
)
def test_no_date_is_seen_in(text: str) -> None:
    assert find_times_in(text) == ()


@pytest.mark.parametrize(
    ("text", "words", "first", "second"),
    [
        ("between May 3 and June 9", "between May 3 and June 9", "month-day", "month-day"),
        ("from 2016 to 2019", "from 2016 to 2019", "year", "year"),
        ("from Monday until Friday", "from Monday until Friday", "weekday", "weekday"),
    ],
)
def test_two_ends_make_one_stretch(text: str, words: str, first: str, second: str) -> None:
    expression = only(text)
    assert (expression.span.text, expression.form) == (words, "between")
    assert (expression.data["from_form"], expression.data["to_form"]) == (
        FORMS.index(first),
        FORMS.index(second),
    )


def test_the_ends_stay_apart_on_request() -> None:
    assert len(find_times_in("from 2016 to 2019", is_joined=False)) == 2


@pytest.mark.parametrize(
    ("text", "direction"),
    [
        ("He died Monday.", -1),
        ("Officials said Monday that", -1),
        ("The talks will resume Monday.", 1),
        ("A vote is scheduled for Monday.", 1),
        ("a summit to be held in June", 1),
        ("The bank was raided in June", -1),
        ("next Monday", 1),
        ("last June", -1),
        ("yesterday", -1),
        ("Monday, a holiday", 0),
        ("Monday's ruling", -1),
        ("Monday's election", 0),
    ],
)
def test_direction_by_the_words_around(text: str, direction: int) -> None:
    assert only(text).direction == direction


def sentence(*words: tuple[str, str, str, int, str]) -> Sentence:
    """A sentence from (word, upos, xpos, head, relation)."""
    tokens, at = [], 10
    for i, (word, upos, xpos, head, relation) in enumerate(words):
        tokens.append(Token(i, at, at + len(word), word, upos, xpos, head, relation))
        at += len(word) + 1
    return Sentence(10, at - 1, " ".join(w[0] for w in words), tuple(tokens))


def test_direction_by_the_governing_verb() -> None:
    ahead = sentence(
        ("They", "PRON", "PRP", 1, "nsubj"),
        ("said", "VERB", "VBD", -1, "root"),
        ("he", "PRON", "PRP", 4, "nsubj"),
        ("would", "AUX", "MD", 4, "aux"),
        ("return", "VERB", "VB", 1, "ccomp"),
        ("Friday", "PROPN", "NNP", 4, "obl:tmod"),
    )
    (expression,) = find_times(ahead)
    assert expression.direction == 1
    assert (expression.span.start, expression.span.end) == (ahead.tokens[5].start, ahead.tokens[5].end)


def test_a_planned_noun_lies_ahead_of_a_plan() -> None:
    plan = sentence(
        ("They", "PRON", "PRP", 1, "nsubj"),
        ("expect", "VERB", "VBP", -1, "root"),
        ("a", "DET", "DT", 3, "det"),
        ("vote", "NOUN", "NN", 1, "obj"),
        ("Friday", "PROPN", "NNP", 3, "nmod"),
    )
    assert find_times(plan)[0].direction == 1


def test_a_verb_right_before_the_day_is_surer_than_a_far_attachment() -> None:
    far = sentence(
        ("They", "PRON", "PRP", 2, "nsubj"),
        ("will", "AUX", "MD", 2, "aux"),
        ("act", "VERB", "VB", -1, "root"),
        (",", "PUNCT", ",", 2, "punct"),
        ("he", "PRON", "PRP", 5, "nsubj"),
        ("said", "VERB", "VBD", 2, "parataxis"),
        ("on", "ADP", "IN", 7, "case"),
        ("Friday", "PROPN", "NNP", 2, "obl"),
    )
    assert find_times(far)[0].direction == -1


def test_what_is_to_be_done_lies_ahead_of_the_proposal() -> None:
    passive = sentence(
        ("They", "PRON", "PRP", 1, "nsubj"),
        ("proposed", "VERB", "VBD", -1, "root"),
        ("talks", "NOUN", "NNS", 1, "obj"),
        ("to", "PART", "TO", 5, "mark"),
        ("be", "AUX", "VB", 5, "aux:pass"),
        ("held", "VERB", "VBN", 2, "acl"),
        ("in", "ADP", "IN", 7, "case"),
        ("June", "PROPN", "NNP", 5, "obl"),
    )
    assert find_times(passive)[0].direction == 1


def test_what_was_done_to_someone_has_been() -> None:
    passive = sentence(
        ("He", "PRON", "PRP", 1, "nsubj"),
        ("died", "VERB", "VBD", -1, "root"),
        ("after", "SCONJ", "IN", 4, "mark"),
        ("being", "AUX", "VBG", 4, "aux:pass"),
        ("hit", "VERB", "VBN", 1, "advcl"),
        ("by", "ADP", "IN", 7, "case"),
        ("a", "DET", "DT", 7, "det"),
        ("car", "NOUN", "NN", 4, "obl"),
        ("Friday", "PROPN", "NNP", 4, "obl:tmod"),
    )
    assert find_times(passive)[0].direction == -1


@pytest.mark.parametrize(("noun", "direction"), [("ruling", -1), ("election", 0)])
def test_what_is_a_days_own_has_been_unless_it_is_planned(noun: str, direction: int) -> None:
    owned = sentence(
        ("Friday", "PROPN", "NNP", 2, "nmod:poss"),
        ("'s", "PART", "POS", 0, "case"),
        (noun, "NOUN", "NN", -1, "root"),
    )
    assert find_times(owned)[0].direction == direction


def test_as_soon_as_lies_ahead() -> None:
    soon = sentence(
        ("They", "PRON", "PRP", 1, "nsubj"),
        ("left", "VERB", "VBD", -1, "root"),
        ("as", "ADV", "RB", 3, "advmod"),
        ("soon", "ADV", "RB", 1, "advmod"),
        ("as", "ADP", "IN", 5, "case"),
        ("Friday", "PROPN", "NNP", 3, "obl"),
    )
    assert find_times(soon)[0].direction == 1


def test_a_rule_with_an_unknown_piece_is_refused() -> None:
    with pytest.raises(DataError, match="no atom"):
        _expanded("%moon%", {})
    with pytest.raises(DataError, match="nothing reads"):
        _expanded("%moon%", {"moon": "x"})
    assert _expanded("%~moon%", {"moon": "x"}) == "(?:x)"


def test_what_counts_from_a_mention_says_so() -> None:
    assert only("three days later").anchor == "mention"
    assert only("three days ago").anchor == "published"
    assert only("3 May 2011").anchor == "none"


@pytest.mark.parametrize(
    "text", ["1" * 20_000, "one " * 9_000, "a half " * 9_000, "May" + " " * 20_000, "the past " * 9_000]
)
def test_hostile_text_is_read_in_time(text: str) -> None:
    find_times_in(text)


@given(st.text(alphabet="0123456789 ,.()-/MayOct.MondaytheTuesdaylastweek", max_size=60))
def test_spans_hold_their_words_and_do_not_cross(text: str) -> None:
    at = 0
    for expression in find_times_in(text):
        span = expression.span
        assert at <= span.start < span.end
        assert text[span.start : span.end] == span.text
        at = span.end


@given(st.lists(st.sampled_from([g[0] for g in GOOD]), min_size=1, max_size=4))
def test_a_stretch_of_text_reads_as_it_does_alone(parts: list[str]) -> None:
    text = " ; ".join(parts)
    start = len(" ; ".join(parts[:-1])) + 3 if len(parts) > 1 else 0
    inside = find_times_in(text, start)
    alone = find_times_in(parts[-1])
    assert [(e.span.text, e.form, e.data) for e in inside] == [(e.span.text, e.form, e.data) for e in alone]
