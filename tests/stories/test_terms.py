import pytest
from factory import outline, report

from attested.errors import DataError
from attested.model import Name
from attested.stories.terms import count_terms, likeness, parse_background, rarest, stem, unit, weigh


@pytest.mark.parametrize(
    ("word", "same"),
    [
        ("attacked", "attacking"),
        ("rockets", "rocket"),
        ("killed", "kill"),
        ("fired", "fire"),
        ("stopped", "stop"),
        ("army's", "army"),
    ],
)
def test_forms_of_a_word_are_one_term(word: str, same: str) -> None:
    assert stem(word) == stem(same)


@pytest.mark.parametrize("word", ["press", "gas", "iraq", "bed"])
def test_short_words_and_double_s_are_left_alone(word: str) -> None:
    assert stem(word) == word


def test_headline_and_names_weigh_more() -> None:
    made = report("The ferry sank off Lumo at night.", headline="Ferry sinks")
    counts = count_terms(made, None)
    assert counts["ferry"] > counts["night"] > 0
    assert counts["n:lumo"] > 0
    assert "the" not in counts


def test_names_of_the_reader_go_before_capitals() -> None:
    made = report("The ferry sank off Lumo. Crews from Bani came.")
    read = outline(made)
    named = type(read)(read.report_id, read.sentences, names=(Name(40, 44, "Bani", "LOC"),))
    assert {term for term in count_terms(made, named) if term.startswith("n:")} == {"n:bani"}


def test_words_common_in_the_pile_or_in_all_news_weigh_less() -> None:
    weights = weigh({"lumo": 1, "bani": 1, "government": 1}, {"lumo": 1, "bani": 400, "government": 1}, 500)
    assert weights["lumo"] > weights["bani"] > 0
    assert weights["lumo"] > weights["government"]


def test_weights_are_of_unit_length() -> None:
    assert likeness(unit({"a": 3, "b": 4}), unit({"a": 3, "b": 4})) == pytest.approx(1.0)
    assert unit({}) == unit({"a": -1.0}) == {}


def test_the_rarest_are_in_order_of_weight_then_name() -> None:
    assert rarest({"b": 0.5, "a": 0.5, "c": 0.9, "d": 0.1}, 3) == ["c", "a", "b"]


@pytest.mark.parametrize("row", ["said", "said\tmany", "said\t1001", "\t7"])
def test_a_malformed_table_is_refused(row: str) -> None:
    with pytest.raises(DataError):
        parse_background(f"word\tper_mille\n{row}\n")


def test_forms_add_up_to_their_stem() -> None:
    assert parse_background("word\tper_mille\nattack\t300\nattacked\t200\nsaid\t900\nsaids\t900\n") == {
        "attack": 0.5,
        "said": 1.0,
    }
