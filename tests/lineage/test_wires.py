import pytest
from newsroom import DISPATCH, report

from attested.lineage.direction import same_agency
from attested.lineage.wires import agencies, agency_key, credits_agency, find_unseen_wires, is_the_agency
from attested.model import Derivation, Span
from attested.values import Score


@pytest.mark.parametrize(
    ("outlet", "agency", "is_own"),
    [("Meridian", "Meridian", True), ("Meridian News Agency", "Meridian", True), ("Daily Echo", "Meridian", False),
     (None, "Meridian", False), ("Daily Echo", None, False)],
)  # fmt: skip
def test_an_agency_is_known_as_itself(outlet: str | None, agency: str | None, is_own: bool) -> None:
    assert is_the_agency(report("r", DISPATCH, outlet=outlet, agency=agency)) is is_own


@pytest.mark.parametrize(
    ("credit", "name", "found"),
    [("With reporting by Meridian and Boreal", "Boreal", True), ("(Meridian)", "meridian", True),
     ("With reporting by Meridianis", "Meridian", False), ("", "Meridian", False), ("(Meridian)", "", False)],
)  # fmt: skip
def test_credits(credit: str, name: str, found: bool) -> None:
    assert credits_agency(report("r", DISPATCH, credit=credit), name) is found


@pytest.mark.parametrize(
    ("credit", "kind"),
    [("(Meridian)", "republished"), ("Reporting by Ana Sol; editing by Tom Reed", "republished"),
     ("residents told Meridian", "republished"), ("Meridian reported", "rewrite"),
     ("With reporting by Meridian", "rewrite"), ("according to Meridian", "rewrite")],
)  # fmt: skip
def test_the_words_of_credit_tell_carrying_from_using(credit: str, kind: str) -> None:
    [found] = find_unseen_wires([report("r", DISPATCH, credit=credit, agency="Meridian")], [], {})
    assert (found.child, found.parent, found.kind, found.agency) == ("r", None, kind, "Meridian")
    assert credit in found.why


def test_an_agency_in_the_dateline_was_carried() -> None:
    made = report(
        "r", "BANI (Meridian) — " + DISPATCH, agency="Meridian", dateline=Span(0, 15, "BANI (Meridian)")
    )
    assert find_unseen_wires([made], [], {})[0].kind == "republished"


def test_no_unseen_wire_when_the_dispatch_itself_is_in_the_pile() -> None:
    wire = report("w", DISPATCH, outlet="Meridian", agency="Meridian")
    copy = report("c", DISPATCH, outlet="Daily Echo", agency="Meridian")
    edge = Derivation("c", "w", "identical", Score(1.0))
    assert find_unseen_wires([wire, copy], [edge], {}) == []


def test_no_unseen_wire_without_a_credit() -> None:
    assert find_unseen_wires([report("r", DISPATCH)], [], {}) == []


def test_names_are_compared_without_their_trimmings() -> None:
    assert agency_key("The Meridian News Agency") == agency_key("meridian") == "meridian"
    assert agency_key(None) == ""


def test_several_agencies_are_several_names() -> None:
    made = report("r", DISPATCH, agency="Boreal, Meridian")
    assert agencies(made) == ("Boreal", "Meridian")
    assert credits_agency(made, "Meridian")
    assert same_agency(made, report("s", DISPATCH, agency="Meridian")) == "Meridian"
    assert same_agency(made, report("s", DISPATCH, agency="Austral")) is None
