from dataclasses import replace

import pytest
from factory import quote, report

from attested.incidents.variants import VariantKind, is_retold, is_spliced, variant_kinds
from attested.model import Quote

WHOLE = "We will not leave this valley until the last prisoner has come home"


def said(words: str, speaker: str | None = None) -> Quote:
    return replace(quote(report(words), words, speaker=speaker))


@pytest.mark.parametrize(
    ("other", "kind"),
    [
        (WHOLE + ",", "verbatim"),
        (WHOLE.replace("leave this", "leave  this"), "verbatim"),
        ("We will not leave this valley, until the last prisoner has come home", "punctuation"),
        ("we will not leave this valley until the last prisoner has come home", "punctuation"),
        ("until the last prisoner has come home", "truncated"),
        ("We will not leave ... until the last prisoner has come home", "spliced"),
        (WHOLE.replace("valley", "town"), "words changed"),
        (WHOLE.replace("valley", "valley or the river bank"), "spliced"),
        ("Until every last prisoner is home again we are not leaving the valley", "translated anew"),
    ],
)
def test_what_became_of_the_words(other: str, kind: VariantKind) -> None:
    assert variant_kinds(said(WHOLE), said(other)) == variant_kinds(said(other), said(WHOLE)) == (kind,)


def test_the_same_words_in_another_mouth_are_re_attributed() -> None:
    assert variant_kinds(said(WHOLE, "Ana Sol"), said(WHOLE, "Sol")) == ("verbatim",)
    assert variant_kinds(said(WHOLE, "Ana Sol"), said(WHOLE, "Tom Reed")) == ("verbatim", "re-attributed")
    assert variant_kinds(said(WHOLE, "Ana Sol"), said(WHOLE)) == ("verbatim",)


def test_a_splice_needs_stretches_not_single_words() -> None:
    whole = WHOLE.lower().split()
    assert is_spliced([*whole[:4], *whole[8:]], whole)
    assert not is_spliced([whole[0], *whole[4:7], whole[9]], whole)


def test_a_translation_shares_content_not_only_grammar() -> None:
    assert not is_retold(
        "we will not do it for them now".split(), "we will not be there for them now".split()
    )
    assert not is_retold("open the gates today".split(), "open the gates now".split())  # too short to tell
