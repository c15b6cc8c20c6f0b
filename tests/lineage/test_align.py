import numpy as np
from newsroom import DISPATCH, INDEPENDENT, REWRITE, report, spin, worded

from attested.lineage.align import Alignment, align
from attested.lineage.candidates import overlap
from attested.lineage.wording import Wording, word_report
from attested.model import Outline, Span
from attested.settings import LineageSettings


def aligned(left: Wording, right: Wording) -> Alignment:
    _, contained = overlap(left.words, right.words)
    return align(left, right, settings=LineageSettings(), skeleton_contained=contained)


def test_equal_sentences_align_whatever_their_order() -> None:
    first, second = "The army sent a helicopter.", "Residents buried nine people there."
    found = aligned(worded("a", f"{first} {second}"), worded("b", f"{second} {first}"))
    assert [(p.left, p.right, p.ratio) for p in found.pairs] == [(0, 1, 100), (1, 0, 100)]


def test_short_sentences_align_only_when_long_enough_to_tell() -> None:
    assert not aligned(
        worded("a", "He died. In the U.S. army."), worded("b", "He died. In the U.S. navy.")
    ).pairs


def test_a_rewritten_sentence_aligns_with_its_source() -> None:
    found = aligned(worded("a", REWRITE), worded("b", DISPATCH))
    assert {(3, 4), (5, 5)} <= {(p.left, p.right) for p in found.pairs}
    assert 4 not in {p.left for p in found.pairs}  # the sentence that the rewrite added


def test_two_newsrooms_share_the_quotation_and_it_carries_no_weight() -> None:
    found = aligned(worded("a", DISPATCH), worded("b", INDEPENDENT))
    assert (found.left_share, found.right_share, found.n_words, found.n_narrated) == (0.0, 0.0, 0, 0)


def test_a_sentence_split_in_two_aligns_with_both_parts() -> None:
    whole = "Soldiers closed the bridge at noon on Friday and they searched every single lorry for hidden weapons."
    parts = (
        "Soldiers closed the bridge at noon on Friday. They searched every single lorry for hidden weapons."
    )
    found = aligned(worded("a", whole), worded("b", parts))
    assert {(p.left, p.right) for p in found.pairs} == {(0, 0), (0, 1)}


def test_spun_sentences_align_by_their_skeleton() -> None:
    found = aligned(worded("a", spin(DISPATCH)), worded("b", DISPATCH))
    assert found.left_share > 0.75


def test_passages_are_offsets_into_both_pages() -> None:
    child, parent = report("a", REWRITE), report("b", "Weather first, then this. " + DISPATCH)
    found = aligned(word_report(child, None), word_report(parent, None))
    for passage in found.passages(left_is_child=True):
        ours = child.text[passage.child_start : passage.child_end]
        theirs = parent.text[passage.parent_start : passage.parent_end]
        assert len(set(ours.lower().split()) & set(theirs.lower().split())) >= 5
    turned = found.passages(left_is_child=False)
    assert {(p.parent_start, p.child_start) for p in turned} == {
        (p.child_start, p.parent_start) for p in found.passages(left_is_child=True)
    }


def test_vectors_align_what_words_leave_over() -> None:
    ours = "Two villagers lost their lives when the shelling of the valley resumed before sunrise."
    theirs = "Before sunrise shelling resumed in the valley and two of the villagers lost their lives."
    far = "The valley shelling talks resumed with the villagers before the two sides lost their patience."
    vectors = np.array([[1, 0]], dtype=np.float16)

    def made(id: str, text: str, rows: object) -> Wording:
        return word_report(report(id, text), Outline(id, (Span(0, len(text), text),), vectors=rows))

    assert not aligned(made("a", ours, None), made("b", theirs, None)).pairs
    assert [p.how for p in aligned(made("a", ours, vectors), made("b", theirs, vectors)).pairs] == ["meaning"]
    assert not aligned(made("a", ours, vectors), made("b", far, vectors[:, ::-1])).pairs
