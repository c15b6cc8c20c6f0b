"""Signs add up to a probability, and say in words what moved it."""

import math
import re
from pathlib import Path

import pytest

from attested.errors import DataError
from attested.incidents.sureness import QUESTIONS, Weights, weights_of

ROOM = Path(__file__).parents[2] / "src" / "attested" / "incidents"
WEIGHTS = Weights(
    0.5, {"a lead": 1.2, "an official": 0.9, "twice": 0.6, "a name": 0.4, "odd": -0.7, "faint": 0.1}
)


def test_nothing_in_particular_is_the_bias_alone() -> None:
    sure = WEIGHTS.sure([])
    assert sure.value == round(1 / (1 + math.exp(-0.5)), 2)
    assert (sure.because, sure.although) == ((), ())


def test_what_moves_it_most_is_told_first_and_what_hardly_moves_it_is_not_told() -> None:
    sure = WEIGHTS.sure(["faint", "twice", "odd", "a name", "an official", "a lead", "never seen"])
    assert sure.because == ("a lead", "an official", "twice")
    assert sure.although == ("odd",)
    assert sure.value == round(1 / (1 + math.exp(-3.0)), 2)


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_weight_is_of_a_sign_that_the_code_gives(question: str) -> None:
    code = "".join(path.read_text(encoding="utf-8") for path in ROOM.glob("*.py"))
    literals = re.findall(r'f?"([^"\n]*)"', code)
    shapes = [re.compile(re.sub(r"\\\{.*?\\\}", ".+", re.escape(text))) for text in literals if " " in text]
    for name in weights_of(question).weights:
        assert any(shape.fullmatch(name) for shape in shapes), name


def test_an_unknown_question_is_refused() -> None:
    with pytest.raises(DataError, match="weather"):
        weights_of("weather")
