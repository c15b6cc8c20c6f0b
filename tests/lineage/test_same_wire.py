"""Agencies' own reports of one story, and reports that credit them in words alone: one origin, not several."""

from __future__ import annotations

from datetime import date

import pytest

from attested.lineage.origins import trace_origins
from attested.lineage.same_wire import with_own_wires
from attested.lineage.wires import find_unseen_wires, is_initials, is_the_agency
from attested.model import Block, DateCandidate, Derivation, Name, Outline, Report, Span, Story
from attested.values import PartialDate

ROOM = "Lake News Agency"


def report(
    name: str, day: int, text: str, outlet: str | None = None, agency: str | None = None, credit: str = ""
) -> Report:
    return Report(
        name, f"pg_{name}", text, (Block(0, len(text), "body"),), outlet=outlet, agency=agency,
        credit_line=Span(0, len(credit), credit) if credit else None,
        candidates=(DateCandidate(PartialDate.day(date(2019, 4, day)), "stamp"),),
    )  # fmt: skip


def outline(of: Report, *names: str) -> Outline:
    return Outline(of.id, (), names=tuple(Name(0, len(name), name, "PER") for name in names))


def linked(pile: list[Report], names: dict[str, tuple[str, ...]] | None = None) -> list[Derivation]:
    outlines = {r.id: outline(r, *(names or {}).get(r.id, ())) for r in pile}
    unseen = find_unseen_wires(pile, [], {})
    return with_own_wires(unseen, pile, outlines, [Story("s", "Mine", tuple(r.id for r in pile))])


FIRST = report("a", 3, "A mine in Torra fell in, Mayor Ilse Bruk said.", ROOM, ROOM)


def test_an_agencys_update_is_of_its_own_origin() -> None:
    later = report("b", 5, "Four more were found dead in Torra.", ROOM, ROOM)
    (edge,) = linked([FIRST, later])
    assert (edge.child, edge.parent, edge.kind) == ("b", "a", "rewrite")
    assert len(trace_origins([FIRST, later], [edge])) == 1


def test_initials_in_the_brackets_are_the_agency_itself_and_no_dispatch_is_made_up() -> None:
    own = report("b", 5, "Four more were found dead.", ROOM, "LNA")
    assert is_the_agency(own)
    assert all(edge.parent == "a" for edge in linked([FIRST, own]))


def test_a_report_that_credits_the_agency_and_names_nobody_else_is_written_from_it() -> None:
    copy = report(
        "c", 4, "Ilse Bruk told the Lake News Agency.", "Torra Post", ROOM, "told the Lake News Agency"
    )
    (edge,) = linked([FIRST, copy], {"c": ("Ilse Bruk", "Torra", ROOM)})
    assert edge.parent == "a"
    assert len(trace_origins([FIRST, copy], [edge])) == 1


def test_a_report_with_people_of_its_own_stays_its_own_origin() -> None:
    copy = report("c", 4, "Hanna Veld lost a son.", "Torra Post", ROOM, "told the Lake News Agency")
    (edge,) = linked([FIRST, copy], {"c": ("Hanna Veld", "Orro Teig", "Torra")})
    assert edge.parent is None
    assert len(trace_origins([FIRST, copy], [edge])) == 2


@pytest.mark.parametrize(
    "other",
    [
        report("b", 30, "A mine fell in.", ROOM, ROOM),  # weeks later
        report("b", 4, "A mine fell in.", "Hill News Agency", "Hill News Agency"),
        report(
            "b", 1, "Bruk said so.", "Torra Post", ROOM, "told the Lake News Agency"
        ),  # before the dispatch
    ],
)
def test_other_affairs_other_agencies_and_earlier_reports_are_not_joined(other: Report) -> None:
    found = linked([FIRST, other], {"b": ("Bruk",)})
    assert all(edge.parent is None for edge in found)


@pytest.mark.parametrize(
    ("short", "name", "is_one"),
    [("LNA", ROOM, True), ("LN-Torra", "Lake News", True), ("LN", ROOM, False), ("Lake", ROOM, False),
     ("A", "Andes", False), ("LNA", None, False)],
)  # fmt: skip
def test_initials(short: str, name: str | None, is_one: bool) -> None:
    assert is_initials(short, name) is is_one
