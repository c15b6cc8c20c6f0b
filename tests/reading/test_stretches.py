from hypothesis import given
from hypothesis import strategies as st

from attested.reading.stretches import MAX_SUBWORDS, as_arrays, batched, cut_stretches
from attested.reading.subwords import Pieces


def pieces(*lengths: int) -> Pieces:
    ids, shapes, first = [101], [0], []
    for n in lengths:
        first.append(len(ids))
        ids += list(range(1000 + len(ids), 1000 + len(ids) + n))
        shapes += [1] * n
    return Pieces([*ids, 102], [*shapes, 0], first)


def test_a_short_sentence_is_one_stretch() -> None:
    row = pieces(1, 2, 1)
    assert [s.pieces for s in cut_stretches([["a", "b", "c"]], [row])] == [row]


@given(st.lists(st.integers(1, 12), min_size=1, max_size=400))
def test_a_long_sentence_is_cut_and_no_word_is_lost(lengths: list[int]) -> None:
    row = pieces(*lengths)
    found = cut_stretches([["w"] * len(lengths)], [row])
    assert all(s.n_subwords <= MAX_SUBWORDS for s in found)
    assert [s.first_word for s in found] == [sum(t.n_words for t in found[:i]) for i in range(len(found))]
    assert [i for s in found for i in s.pieces.ids[1:-1]] == row.ids[1:-1]
    assert all(s.pieces.ids[f] in row.ids for s in found for f in s.pieces.first)


def test_a_long_sentence_is_cut_after_a_pause_if_there_is_one() -> None:
    words = ["w"] * 300
    words[200] = ";"
    first, second = cut_stretches([words], [pieces(*[1] * 300)])
    assert (first.n_words, second.first_word) == (201, 201)


def test_batches_hold_like_lengths_and_bound_the_padding() -> None:
    rows = [pieces(*[1] * n) for n in (30, 3, 28, 2, 90)]
    stretches = cut_stretches([["w"] * len(r.first) for r in rows], rows)
    batches = batched(stretches, 70)
    assert [[s.sentence for s in batch] for batch in batches] == [[3, 1], [2, 0], [4]]
    assert sorted(s.sentence for b in batches for s in b) == [0, 1, 2, 3, 4]


def test_arrays_are_padded_with_nought() -> None:
    rows = [pieces(1, 2), pieces(1)]
    arrays = as_arrays(cut_stretches([["a", "b"], ["c"]], rows))
    assert arrays["mask"].tolist() == [[1, 1, 1, 1, 1], [1, 1, 1, 0, 0]]
    assert arrays["first"].tolist() == [[1, 2], [1, 0]]
    assert arrays["ids"].shape == arrays["shape"].shape == (2, 5)
