from pathlib import Path

import pytest

from attested.errors import InputError
from attested.pipeline import build_ledger
from attested.views.difference import Difference, diff_words, difference
from attested.views.facts import Facts
from attested.views.families import Branch, lineage_view
from attested.views.lookup import find_report, reports_named

EXAMPLES = Path(__file__).parents[2] / "examples" / "reports"
FILES = ("01", "02", "04", "05", "06", "07", "08")


@pytest.fixture(scope="module")
def facts() -> Facts:
    """The example reports on one affair, as a run reads them."""
    return Facts(build_ledger([str(p) for p in sorted(EXAMPLES.iterdir()) if p.name[:2] in FILES]))


def shown(
    branches: tuple[Branch, ...] | list[Branch], facts: Facts
) -> dict[str, tuple[str, dict[str, object]]]:
    """Each branch by the beginning of its file: its kind and what hangs under it."""
    pages = {r.id: Path(facts.pages[r.page_id].input).name[:2] for r in facts.reports.values()}
    return {
        pages.get(b.report or "", b.label): (b.kind, shown(b.branches, facts))
        for b in branches  # type: ignore[misc]
    }


def test_copies_hang_under_their_wire_and_a_spun_copy_is_no_origin(facts: Facts) -> None:
    view = lineage_view(facts)
    assert (view.n_reports, view.n_origins, view.n_spun) == (7, 2, 1)
    assert view.verdict == "seven reports, two independent origins, 1 machine-spun"
    wire, own = view.families
    copies = {"02": ("identical", {}), "04": ("rewrite", {}), "05": ("spun", {}), "06": ("rewrite", {})}
    assert shown(wire.roots, facts) == {"01": ("", copies)}
    assert shown(own.roots, facts) == {"07": ("", {"08": ("republished", {})})}


def test_a_later_version_is_told_from_a_copy(facts: Facts) -> None:
    [root] = lineage_view(facts, ["01"]).families[0].roots
    versions = {b.report for b in root.branches if b.is_version}
    assert versions == {find_report(facts, "06-meridian-toll-rises.txt")}


def test_the_origins_of_any_set_can_be_asked_for(facts: Facts) -> None:
    assert (
        lineage_view(facts, ["02", "04", "05"]).verdict
        == "three reports, one independent origin, 1 machine-spun"
    )
    assert lineage_view(facts, ["05"]).n_origins == 1
    [incident] = [i.id for i in facts.incidents if i.killed and i.killed.high == 23]
    assert lineage_view(facts, [incident]).n_reports == len(reports_named(facts, incident)) == 7


def test_a_name_that_nothing_has_is_said(facts: Facts) -> None:
    with pytest.raises(InputError, match="nothing in this ledger is called 'nobody'"):
        lineage_view(facts, ["nobody"])
    with pytest.raises(InputError, match="no report is called"):
        find_report(facts, "nobody")
    with pytest.raises(InputError, match="is 5 reports"):
        find_report(facts, facts.origin_of[find_report(facts, "01")].id)


def compared(facts: Facts, first: str, second: str) -> Difference:
    return difference(facts, find_report(facts, first), find_report(facts, second))


def test_a_versions_values_and_sentences_are_compared(facts: Facts) -> None:
    found = compared(facts, "01", "06")
    assert found.parent == found.first
    values = {value.field: (value.first, value.second) for value in found.values}
    assert values["killed"] == (("at least 14",), ("19", "5, a part"))
    added = " ".join(c.pieces[0].text for c in found.changes if c.kind == "added")
    assert "parked motor tricycle" in added
    assert "motor tricycle" not in " ".join(c.pieces[0].text for c in found.changes if c.kind == "cut")


def test_a_comparison_can_be_turned_round(facts: Facts) -> None:
    there, back = compared(facts, "01", "04"), compared(facts, "04", "01")
    assert there.parent == back.parent == there.first
    assert (there.n("added"), there.n("cut")) == (back.n("cut"), back.n("added"))
    assert (there.first_share, there.second_share) == (back.second_share, back.first_share)


def test_an_altered_quotation_comes_first(facts: Facts) -> None:
    first = compared(facts, "01", "05").changes[0]
    assert first.kind == "quotation changed"
    marked = {(piece.mark, piece.text) for piece in first.pieces}
    assert ("cut", "lorry tyre bursting") in marked
    assert ("added", "truck tire exploding") in marked


def test_every_word_of_both_sides_is_shown_once() -> None:
    pieces = diff_words('He said: "Five, or six, died."', 'She said: "Five or seven died there."')
    assert [(p.mark, p.text) for p in pieces] == [
        ("cut", "He"), ("added", "She"), ("same", 'said: "Five or'), ("cut", "six,"), ("added", "seven"),
        ("same", "died"), ("added", 'there."'),
    ]  # fmt: skip


def test_words_joined_by_a_dash_are_told_apart() -> None:
    pieces = diff_words("Killed in 2019—soldiers fled", "Killed in 2019—rebels fled")
    assert [(p.mark, p.text) for p in pieces] == [
        ("same", "Killed in 2019—"), ("cut", "soldiers"), ("added", "rebels"), ("same", "fled")
    ]  # fmt: skip
