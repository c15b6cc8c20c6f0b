from datetime import date

import pytest
from newsroom import DISPATCH, INDEPENDENT, OTHER, REWRITE, report, spin

from attested.lineage.derive import find_derivations
from attested.lineage.origins import spun_reports, trace_origins
from attested.lineage.relation import Relation, Relations
from attested.model import DateCandidate, Report
from attested.settings import LineageSettings
from attested.values import PartialDate


def related(left: Report, right: Report, *others: Report) -> Relation:
    pile = (left, right, *others)
    settings = LineageSettings()
    origins = trace_origins(pile, find_derivations(pile, {}, settings))
    return Relations(pile, {}, origins, settings).of(left.id, right.id)


def captured(id: str, text: str, moment: str, **more: object) -> Report:
    candidate = DateCandidate(PartialDate.day(date(2025, 3, 2)), "captured", moment=moment)
    return report(id, text, **more, candidates=(candidate,))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (DISPATCH + " It rained.", "identical"),
        (DISPATCH[:520], "excerpt"),
        (REWRITE, "rewrite"),
        (spin(DISPATCH), "spun"),
        (INDEPENDENT, "common-quotes"),
        (OTHER, "independent"),
    ],
)
def test_kinds(text: str, kind: str) -> None:
    found = related(report("a", DISPATCH), report("b", text))
    assert found.kind == kind
    assert found.why


def test_two_outlets_with_one_text_have_it_from_a_dispatch_that_nobody_saved() -> None:
    found = related(report("a", DISPATCH, outlet="The Gazette"), report("b", DISPATCH, outlet="The Herald"))
    assert (found.kind, found.parent) == ("identical", "unseen")


def test_its_agency_is_the_one_that_any_copy_credits() -> None:
    third = report("c", DISPATCH, credit="(Meridian)", outlet="The Courier", agency="Meridian")
    found = related(
        report("a", DISPATCH, outlet="The Gazette"), report("b", DISPATCH[:600], outlet="The Herald"), third
    )
    assert found.parent == "unseen"
    assert "a dispatch of Meridian" in found.why


def test_the_outlet_that_is_credited_is_the_parent() -> None:
    left = report("a", REWRITE, credit="(Herald)", outlet="The Gazette", agency="The Herald")
    assert related(left, report("b", DISPATCH, outlet="The Herald")).parent == "right"
    assert related(report("b", DISPATCH, outlet="The Herald"), left).parent == "left"


def test_what_was_saved_earlier_is_the_parent_of_a_rewrite_with_no_other_clue() -> None:
    early = captured("a", REWRITE, "2025-03-02T08:00:00+00:00", outlet="The Gazette")
    late = captured("b", DISPATCH, "2025-03-02T11:30:00+00:00", outlet="The Herald")
    assert related(early, late).parent == "left"
    soon = captured("b", DISPATCH, "2025-03-02T08:05:00+00:00", outlet="The Herald")
    assert related(early, soon).parent is None


def test_copies_of_a_spun_text_do_not_make_the_original_the_spun_one() -> None:
    original = report("o", DISPATCH, day=date(2025, 3, 1), outlet="The Herald")
    spun = [report(f"s{n}", spin(DISPATCH), day=date(2025, 3, 2 + n), outlet=f"Site {n}") for n in range(3)]
    found = find_derivations((original, *spun), {}, LineageSettings())
    assert {d.child for d in found if d.kind == "spun"} <= {"s0", "s1", "s2"}
    assert spun_reports(found) == {"s0", "s1", "s2"}


def test_one_equal_sentence_is_said_to_be_too_little() -> None:
    left = report("a", DISPATCH)
    shared = DISPATCH[: DISPATCH.index(". ") + 1]
    found = related(left, report("b", f"{OTHER} {shared}"))
    assert found.kind == "independent"
    assert "too little narration" in found.why
