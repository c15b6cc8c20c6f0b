import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from newsroom import DISPATCH, OTHER

from attested.lineage.signatures import SKELETON_BIT, Signatures, sign
from attested.text.folding import WORD, fold_words


def signed(texts: list[str]) -> Signatures:
    return sign([WORD.findall(text) for text in texts])


def of(signatures: Signatures, i: int) -> set[int]:
    return set(signatures.hashes[signatures.starts[i] : signatures.starts[i + 1]].tolist())


def test_a_signature_is_the_same_alone_among_others_and_in_every_run() -> None:
    together = signed([OTHER, DISPATCH, "Too short."])
    assert of(together, 1) == of(signed([DISPATCH]), 0)
    assert of(together, 2) == set()
    assert int(np.bitwise_xor.reduce(together.hashes)) == 15792071963552369777


def test_words_may_be_folded_or_as_written() -> None:
    assert of(sign([fold_words(DISPATCH)]), 0) == of(signed([DISPATCH]), 0)


def test_of_a_passage_in_common_the_same_samples_are_kept() -> None:
    part, whole = (of(signed([text]), 0) for text in (DISPATCH[:600], OTHER + " " + DISPATCH))
    assert len(part & whole) >= 0.9 * len(part) > 10


def test_both_kinds_are_counted() -> None:
    signatures = signed([DISPATCH, OTHER])
    words, skeleton = signatures.n_samples()
    assert (words + skeleton).tolist() == np.diff(signatures.starts).tolist()
    assert skeleton[0] == sum(1 for h in of(signatures, 0) if h & int(SKELETON_BIT))


@given(st.lists(st.text(alphabet="the of a x y z ", max_size=60), max_size=6))
def test_any_texts_can_be_signed(texts: list[str]) -> None:
    signatures = signed(texts)
    assert len(signatures) == len(texts)
    for i in range(len(texts)):
        own = signatures.hashes[signatures.starts[i] : signatures.starts[i + 1]]
        assert (own[1:] > own[:-1]).all()
