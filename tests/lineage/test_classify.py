import pytest
from newsroom import DISPATCH, INDEPENDENT, OTHER, REWRITE, spin, worded

from attested.lineage.align import align
from attested.lineage.candidates import overlap
from attested.lineage.classify import Verdict, classify, classify_runs
from attested.settings import LineageSettings

OWN = (
    " Our reporter in the regional capital counted forty families at the bus station on Friday evening."
    " Aid workers there have begun to hand out blankets and flour, and expect many more people to come."
    " The bishop opened the cathedral for those who found no other place to sleep in the cold season."
    " Schools in the district will stay shut until the end of the month, a teacher at the station said."
)


def verdict(left: str, right: str) -> Verdict | None:
    settings = LineageSettings()
    a, b = worded("a", left), worded("b", right)
    _, contained = overlap(a.words, b.words)
    return classify(align(a, b, settings=settings, skeleton_contained=contained), settings)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (DISPATCH, "identical"),
        (DISPATCH.upper(), "identical"),
        (DISPATCH.replace("Tuesday", "Monday"), "identical"),
        (DISPATCH[:-90] + " The prime minister spoke to the president by telephone.", "republished"),
        (DISPATCH[:520], "excerpt"),
        (DISPATCH + OWN, "excerpt"),
        (REWRITE, "rewrite"),
        (DISPATCH[:520] + OWN + OWN.replace("families", "clans"), "rewrite"),
        (spin(DISPATCH), "spun"),
    ],
    ids=["same", "capitals", "one word", "new end", "cut", "inside a longer", "rewrite", "part", "spun"],
)
def test_kinds(text: str, kind: str) -> None:
    found = verdict(text, DISPATCH)
    assert found is not None
    assert found.kind == kind
    assert 0 < found.score.value <= 1
    assert found.score.detail


@pytest.mark.parametrize(
    "text", [INDEPENDENT, OTHER, DISPATCH[:100]], ids=["same scene", "unrelated", "a sentence"]
)
def test_no_derivation(text: str) -> None:
    assert verdict(text, DISPATCH) is None


def test_quotations_alone_never_make_a_derivation() -> None:
    said = " ".join(
        f'"I saw {n} lorries pass our house on the way to the northern front," she said.' for n in "abcdef"
    )
    assert verdict(f"{said} {OTHER}", f"{said} {OWN}") is None


@pytest.mark.parametrize("share", [0.3, 0.5, 0.7, 1.0])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_spun_copies_are_known_at_every_strength(share: float, seed: int) -> None:
    found = verdict(spin(DISPATCH, share, seed), DISPATCH)
    assert found is not None
    assert found.kind == "spun"
    assert "exchanged" in found.score.detail


PHRASES = (
    "Nine people died in a raid by gunmen on motorcycles on Tuesday, as some of them were queueing at the gate."
    " What the attackers wanted, a trader told our reporter, were the explosives that the company keeps for blasting."
    " The raid is the third on a mine in that province since January, and few there expect it to be the last one."
)


def runs_verdict(left: str, right: str, formulas: frozenset[tuple[str, ...]] = frozenset()) -> Verdict | None:
    a, b = worded("a", left), worded("b", right)
    return classify_runs(align(a, b, settings=LineageSettings(), skeleton_contained=0.0), formulas)


def test_runs_of_words_show_a_rewrite_none_of_whose_sentences_align() -> None:
    assert verdict(PHRASES, DISPATCH) is None
    found = runs_verdict(PHRASES, DISPATCH)
    assert found is not None
    assert found.kind == "rewrite"
    assert "narrated words in runs" in found.score.detail


def test_common_quotations_and_formulas_are_no_rewrite() -> None:
    assert runs_verdict(INDEPENDENT, DISPATCH) is None
    shared = worded("a", PHRASES).narrated_runs & worded("b", DISPATCH).narrated_runs
    assert runs_verdict(PHRASES, DISPATCH, shared) is None
