import json
from datetime import date
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from attested import codec
from attested.model import (
    Block,
    Claim,
    DateCandidate,
    Derivation,
    Mention,
    Outline,
    Page,
    Passage,
    Published,
    Quote,
    Report,
    Role,
    Span,
    TimeExpression,
    Voice,
)
from attested.values import Count, PartialDate, Place, Score

TYPES = [Page, Report, Published, Mention, Claim, Derivation, Outline, Quote, Place, TimeExpression, Voice]


@st.composite
def dates(draw: Any) -> PartialDate:
    if draw(st.booleans()):
        return PartialDate()
    ends = sorted([draw(st.dates()), draw(st.dates())])
    return PartialDate(
        ends[0], ends[1], draw(st.sampled_from(["day", "range", "month"])), draw(st.text(max_size=5))
    )


st.register_type_strategy(float, st.floats(allow_nan=False))
st.register_type_strategy(PartialDate, dates())
st.register_type_strategy(Voice, st.recursive(
    st.builds(Voice, via=st.none()), lambda inner: st.builds(Voice, via=inner), max_leaves=3
))  # fmt: skip
STRATEGIES = {kind: st.from_type(kind) for kind in TYPES} | {Outline: st.builds(Outline, vectors=st.none())}


@pytest.mark.parametrize("kind", TYPES)
def test_every_type_survives_json(kind: type) -> None:
    @settings(max_examples=20, deadline=None)
    @given(STRATEGIES[kind])
    def survives(value: Any) -> None:
        assert codec.decode(kind, json.loads(json.dumps(codec.encode(value)))) == value

    survives()


def test_defaults_are_left_out() -> None:
    assert codec.encode(Span(0, 4)) == {"start": 0, "end": 4}
    assert codec.encode(Voice("outlet")) == {"kind": "outlet"}


def test_a_list_of_numbers_keeps_its_kind() -> None:
    assert codec.decode(Score, {"value": 1}) == Score(1.0)
    assert type(codec.decode(Score, {"value": 1}).value) is float


def test_vectors_survive() -> None:
    vectors = np.arange(6, dtype=np.float16).reshape(2, 3)
    back = codec.decode(Outline, json.loads(json.dumps(codec.encode(Outline("r", (), vectors=vectors)))))
    assert back.vectors.dtype == np.float16
    assert (back.vectors == vectors).all()


@pytest.mark.parametrize(
    ("kind", "value", "path"),
    [
        (Span, {"start": "0", "end": 4}, "$.start: expected int"),
        (Span, {"start": 0, "finish": 4}, "$: Span has no field 'finish'"),
        (Span, {"start": 0}, "$: not a Span"),
        (Voice, {"kind": "outlet", "via": {"kind": "rumour"}}, "$.via.kind: expected one of"),
        (Mention, {"roles": [{"name": "x", "span": {"start": None}}]}, "$.roles[0].span.start: expected int"),
        (PartialDate, {"start": "2020-02-30"}, "$.start: expected a day"),
        (PartialDate, {"start": "2020-02-20"}, "$: not a PartialDate"),
        (Count, {"low": 3, "best": 2, "high": 4}, "$: not a Count"),
        (Page, {"stated": {"title": 3}}, "$.stated.title: expected str"),
        (Page, [], "$: expected a dict"),
    ],
)
def test_what_does_not_fit_is_named_by_its_path(kind: type, value: Any, path: str) -> None:
    with pytest.raises(codec.CodecError) as caught:
        codec.decode(kind, value)
    assert str(caught.value).startswith(path)


def test_what_cannot_be_written_is_refused() -> None:
    with pytest.raises(codec.CodecError, match="cannot encode a set"):
        codec.encode({"names": {"a"}})


def test_nested_values() -> None:
    value = Derivation("a", None, "spun", Score(0.5, "why"), passages=(Passage(0, 1, 2, 3),))
    assert codec.encode(value)["passages"] == [
        {"child_start": 0, "child_end": 1, "parent_start": 2, "parent_end": 3}
    ]
    day = DateCandidate(PartialDate.day(date(2021, 5, 1)), "stamp")
    assert codec.encode(day)["value"]["start"] == "2021-05-01"
    assert codec.decode(Role, codec.encode(Role("place", Span(0, 1), Span(0, 1)))).name == "place"
    assert codec.decode(Block, {"start": 0, "end": 2, "kind": "body"}).why == ""
