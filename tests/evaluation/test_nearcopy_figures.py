from pathlib import Path

import pytest

from attested.errors import InputError
from attested.evaluation.nearcopy import FILE, Answer, Graded, evaluate, grade, macro_f1, read_answers

GOLD = Path(__file__).parents[2].parent / "shared" / "data"
SOURCE = (
    "A sluice is a gate that holds back the water of a canal. The keeper raises it with a long iron handle "
    "when a barge has to pass. Older gates were made of oak planks and leaked at every joint. The mills along "
    "the river paid the keeper a small fee for each hour that the gate stayed shut. Floods in late spring "
    "carried many of them away, and the parish had to build them anew."
)
OTHER = (
    "Bakers knead the dough twice and leave it under a cloth overnight. In the morning each loaf is weighed, "
    "cut along the top and pushed deep into the oven. Children fetch the first rolls before school begins."
)


def folder(tmp_path: Path, rows: str) -> Path:
    (tmp_path / FILE).write_text(rows, encoding="utf-8-sig")
    return tmp_path


def test_rows_are_read_with_their_grades(tmp_path: Path) -> None:
    rows = read_answers(folder(tmp_path, '"one\ntwo",src,3\nthree,src,0\n'))
    assert rows == [Answer("one\ntwo", "src", "near"), Answer("three", "src", "non")]


@pytest.mark.parametrize("rows", ["", "a,b\n", "a,b,4\n"])
def test_other_rows_are_refused(tmp_path: Path, rows: str) -> None:
    with pytest.raises(InputError, match="grade from 0 to 3"):
        read_answers(folder(tmp_path, rows))


def test_a_folder_without_the_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=FILE):
        evaluate(tmp_path)


def test_a_copy_is_found_and_another_text_is_not() -> None:
    copy, cut, other = grade(
        [Answer(text, SOURCE, "near") for text in (SOURCE, SOURCE.partition(" Floods")[0], OTHER)]
    )
    assert copy.kind == "identical"
    assert cut.found == "copied"
    assert other.kind is None


def test_macro_f1_counts_each_class_alike() -> None:
    right = [
        Graded("near", "excerpt"),
        Graded("light", "rewrite"),
        Graded("heavy", "spun"),
        Graded("non", None),
    ]
    assert macro_f1(right) == 1.0
    assert macro_f1([*right[:3], Graded("non", "rewrite")]) == pytest.approx((1 + 0.8) / 3)


@pytest.mark.skipif(not (GOLD / FILE).is_file(), reason=f"{GOLD / FILE} is not there")
def test_the_gold_keeps_its_grades_apart() -> None:
    figures = evaluate(GOLD)
    assert figures["non_wrongly_found"] == 0.0
    assert figures["near_found"] > figures["heavy_found"]
    assert figures["macro_f1"] > 0.5
