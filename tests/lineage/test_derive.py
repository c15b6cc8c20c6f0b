from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from newsroom import DISPATCH, INDEPENDENT, OTHER, REWRITE, report, spin
from test_spun import SPUN

from attested.lineage.derive import find_derivations
from attested.lineage.origins import trace_origins
from attested.model import Derivation, Report
from attested.settings import LineageSettings


def derive(*reports: Report) -> list[Derivation]:
    return find_derivations(reports, {}, LineageSettings())


def told(*reports: Report) -> set[tuple[str, str | None, str]]:
    return {(d.child, d.parent, d.kind) for d in derive(*reports)}


def test_nothing_comes_of_nothing() -> None:
    assert derive() == []


def test_one_scene_through_two_newsrooms_is_no_derivation() -> None:
    assert told(report("a", DISPATCH), report("b", INDEPENDENT), report("c", OTHER)) == set()


@pytest.mark.parametrize(
    ("child", "parent"),
    [
        (report("a", DISPATCH, day=date(2025, 3, 2)), report("b", DISPATCH, day=date(2025, 3, 1))),
        (
            report("a", DISPATCH, credit="(Meridian)"),
            report("b", DISPATCH, outlet="Meridian", agency="Meridian"),
        ),
        (
            report("a", DISPATCH, credit="(Meridian)", day=date(2025, 3, 1)),
            report("b", DISPATCH, outlet="Meridian", agency="Meridian", day=date(2025, 3, 2)),
        ),
        (
            report("a", REWRITE, outlet="Meridian", agency="Meridian", day=date(2025, 3, 2)),
            report("b", DISPATCH, credit="(Meridian)", day=date(2025, 3, 1)),
        ),
        (
            report("a", DISPATCH + "\nCorrection: the mine lies south of Bani.", url="https://x.org/1"),
            report(
                "b",
                DISPATCH + " The company gave no further details, and its shares fell.",
                url="https://x.org/1",
            ),
        ),
        (
            report("a", DISPATCH.replace("Diallo", "Sanou"), outlet="The Herald"),
            report("b", DISPATCH.replace("said Moussa", "told the Gazette Moussa"), outlet="The Gazette"),
        ),
        (report("a", DISPATCH[:520]), report("b", DISPATCH)),
        (report("a", spin(DISPATCH), day=date(2025, 3, 1)), report("b", DISPATCH, day=date(2025, 3, 2))),
    ],
    ids=[
        "later",
        "credits",
        "agency stamped anew",
        "credits, but an earlier one",
        "corrects",
        "told it",
        "cut",
        "spun",
    ],
)
def test_direction(child: Report, parent: Report) -> None:
    for pair in ((child, parent), (parent, child)):
        [found] = [d for d in derive(*pair) if d.parent is not None]
        assert (found.child, found.parent) == ("a", "b")
        assert found.why


def test_a_child_that_adds_to_its_parent_is_a_rewrite_of_it() -> None:
    longer = DISPATCH + " " + INDEPENDENT.replace("We heard shooting", "I slept soundly")
    assert told(report("a", longer, day=date(2025, 3, 2)), report("b", DISPATCH, day=date(2025, 3, 1))) == {
        ("a", "b", "rewrite")
    }


def test_two_users_of_one_unseen_dispatch_are_its_children_and_one_origin() -> None:
    copy = report("a", DISPATCH, agency="Meridian", credit="(Meridian)", outlet="Daily Echo")
    rewrite = report(
        "b", REWRITE, agency="Meridian", credit="With reporting by Meridian", outlet="Radio Bani"
    )
    found = derive(copy, rewrite)
    assert {(d.child, d.parent, d.kind, d.is_sibling) for d in found} == {
        ("a", None, "republished", False),
        ("b", "a", "rewrite", True),
    }
    assert {d.agency for d in found} == {"Meridian"}
    assert len(trace_origins([copy, rewrite], found)) == 1


def test_two_dispatches_of_one_agency_are_two_origins() -> None:
    reports = [report("a", DISPATCH, agency="Meridian"), report("b", INDEPENDENT, agency="Meridian")]
    assert len(trace_origins(reports, derive(*reports))) == 2


def test_a_spun_copy_alone_is_flagged_without_a_parent() -> None:
    [found] = derive(report("a", SPUN), report("b", DISPATCH))
    assert (found.child, found.parent, found.kind) == ("a", None, "spun")
    assert "not in the pile" in found.why


def test_a_spun_copy_beside_its_original_has_it_for_a_parent() -> None:
    assert told(report("a", DISPATCH), report("b", spin(DISPATCH))) == {("b", "a", "spun")}


def test_many_copies_cost_one_edge_each() -> None:
    copies = [report(f"r{n:02}", DISPATCH) for n in range(30)]
    found = derive(*copies)
    assert len(found) == 29
    assert {d.parent for d in found} == {"r00"}


def test_no_report_descends_from_itself() -> None:
    texts = [DISPATCH, DISPATCH[:700], REWRITE, spin(DISPATCH), DISPATCH[200:], REWRITE + DISPATCH[-300:]]
    parents: dict[str, set[str]] = {}
    for d in derive(*(report(f"r{n}", text) for n, text in enumerate(texts))):
        if d.parent is not None:
            parents.setdefault(d.child, set()).add(d.parent)
    for start in parents:
        above, stack = set(), [start]
        while stack:
            for parent in parents.get(stack.pop(), ()):
                assert parent != start
                if parent not in above:
                    above.add(parent)
                    stack.append(parent)


PILE = [
    report("r0", DISPATCH, agency="Meridian", credit="(Meridian)"),
    report("r1", DISPATCH, day=date(2025, 3, 1)),
    report("r2", REWRITE, day=date(2025, 3, 2)),
    report("r3", INDEPENDENT),
    report("r4", spin(DISPATCH)),
    report("r5", DISPATCH[:600]),
    report("r6", OTHER),
]


@settings(max_examples=12, deadline=None)
@given(st.permutations(PILE))
def test_the_order_of_reading_changes_nothing(pile: list[Report]) -> None:
    assert derive(*pile) == derive(*PILE)


def test_adding_a_copy_never_adds_an_origin() -> None:
    before = trace_origins(PILE, derive(*PILE))
    for n, original in enumerate(PILE):
        pile = [*PILE, report(f"copy{n}", original.text[: original.body[0].end])]
        assert len(trace_origins(pile, derive(*pile))) == len(before)
