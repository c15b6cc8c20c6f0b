import pytest

from attested.reading.encoder import TOKENIZER, WEIGHTS
from attested.reading.subwords import MAX_PIECES, Subwords, shape_of


@pytest.mark.parametrize(
    ("word", "shape"),
    [("rocket", 1), ("Kano", 2), ("NATO", 3), ("A", 4), ("iPhone", 5), ("M16", 6), ("--", 7), ("Éva", 2)],
)
def test_shapes(word: str, shape: int) -> None:
    assert shape_of(word) == shape


def test_every_word_has_a_first_piece_and_not_too_many() -> None:
    words = ["Gunmen", "\u200b", "x" * 300, "fled", "."]
    (row,) = Subwords(WEIGHTS / TOKENIZER).encode([words])
    ends = [*row.first[1:], len(row.ids) - 1]
    sizes = [b - a for a, b in zip(row.first, ends, strict=True)]
    assert all(1 <= n <= MAX_PIECES for n in sizes)
    assert len(row.ids) == len(row.shapes) == sum(sizes) + 2
    assert row.shapes[row.first[0]] == 2
