from hypothesis import given
from hypothesis import strategies as st

from attested.lineage.joined import joined

ids = st.sampled_from("abcdefgh")


def test_groups_go_by_their_smallest_and_strangers_join_nothing() -> None:
    assert joined("abcd", [("c", "b"), ("b", "x"), ("d", "c")]) == {"a": "a", "b": "b", "c": "b", "d": "b"}


@given(st.lists(st.tuples(ids, ids)), st.randoms())
def test_the_order_of_pairs_does_not_matter(pairs: list[tuple[str, str]], draw: object) -> None:
    shuffled = list(pairs)
    draw.shuffle(shuffled)  # type: ignore[attr-defined]
    assert joined("abcdefgh", pairs) == joined("abcdefgh", [(b, a) for a, b in shuffled])
