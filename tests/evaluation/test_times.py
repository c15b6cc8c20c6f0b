from datetime import date
from pathlib import Path

import pytest

from attested.errors import InputError
from attested.evaluation.times import _score, evaluate, read_timeml, timeml_value
from attested.expressions.times import find_times_in
from attested.values import PartialDate

PAGE = """<?xml version="1.0" ?>
<TimeML>
<DCT><TIMEX3 tid="t0" type="DATE" value="2011-05-04" functionInDocument="CREATION_TIME">May 4</TIMEX3></DCT>
<TEXT>The <EVENT eid="e1">strike</EVENT> began <TIMEX3 tid="t1" type="DATE" value="2011-05-02">Monday</TIMEX3>.
It lasted <TIMEX3 tid="t2" type="DURATION" value="P2D">two days</TIMEX3> &amp; ended
<TIMEX3 tid="t3" type="DATE" value="2011-05-09">then</TIMEX3>.</TEXT>
</TimeML>
"""
GOLD = Path(__file__).parents[2].parent / "shared" / "data" / "tempeval3"


def test_a_text_is_read_with_offsets(tmp_path: Path) -> None:
    path = tmp_path / "a.tml"
    path.write_text(PAGE)
    text = read_timeml(path)
    assert text.written == date(2011, 5, 4)
    assert [text.text[t.start : t.end] for t in text.times] == ["Monday", "two days", "then"]
    assert [t.is_day for t in text.times] == [True, False, True]
    assert "&" in text.text


def test_a_score_counts_spans_values_and_days(tmp_path: Path) -> None:
    path = tmp_path / "a.tml"
    path.write_text(PAGE)
    text = read_timeml(path)
    score = _score(text, find_times_in(text.text))
    assert (score.spans.tp, score.spans.fp, score.spans.fn) == (2, 0, 1)
    assert (score.days.right, score.days.total) == (1, 2)
    assert (score.values.right, score.values.total) == (2, 2)


@pytest.mark.parametrize("page", ["no xml", "<TimeML><TEXT>no day</TEXT></TimeML>"])
def test_what_is_not_timeml_is_refused(tmp_path: Path, page: str) -> None:
    path = tmp_path / "a.tml"
    path.write_text(page)
    with pytest.raises(InputError):
        read_timeml(path)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("on Monday", "2011-05-02"),
        ("last week", "2011-W17"),
        ("late last month", "2011-04"),
        ("early 2009", "2009"),
        ("the third quarter of 2009", "2009-Q3"),
        ("the 1980s", "198"),
        ("last summer", "2010-SU"),
        ("three years ago", "2008"),
        ("the past two weeks", "P2W"),
        ("recent weeks", "PXW"),
        ("now", "PRESENT_REF"),
        ("in the future", "FUTURE_REF"),
    ],
)
def test_values_as_timeml_writes_them(text: str, value: str) -> None:
    (expression,) = find_times_in(text)
    assert timeml_value(expression, PartialDate.day(date(2011, 5, 4))) == value


def test_a_folder_without_texts_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError):
        evaluate(tmp_path)


@pytest.mark.skipif(not GOLD.is_dir(), reason=f"{GOLD} is not there")
def test_a_sample_of_the_gold_reaches_the_bar_without_a_parse() -> None:
    texts = [read_timeml(path) for path in sorted(GOLD.rglob("*.tml"))[::12]]
    scores = [_score(text, find_times_in(text.text, is_joined=False)) for text in texts]
    right = sum(s.days.right for s in scores)
    assert right / sum(s.days.total for s in scores) >= 0.80
    hits, found = sum(s.spans.tp for s in scores), sum(s.spans.fp for s in scores)
    assert 2 * hits / (2 * hits + found + sum(s.spans.fn for s in scores)) >= 0.88
