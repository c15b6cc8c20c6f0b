"""The picture of a lineage: every report a row, every copy a line, nothing on top of anything else."""

from datetime import date
from itertools import pairwise

import example_ledger as example
from factory import published, report, sure

from attested.ledger.store import Ledger
from attested.model import Derivation, Origin, Published
from attested.values import PartialDate
from attested.views.facts import Facts
from attested.views.families import family_trees
from attested.views.lineage_picture import LABEL_WIDTH, WIDTH, lineage_picture
from attested.views.rests import Brought


def facts_of(kinds: list[str], *, agency: str | None = None) -> Facts:
    """A first report and one made from it for each kind, a day after one another."""
    first = report("The first text.", id="rp_first", headline="First", outlet="Alpha")
    made = [
        report(f"Text {n}.", id=f"rp_{n:03}", headline=f"Copy {n}", outlet=f"Outlet {n}")
        for n in range(len(kinds))
    ]
    rows = [first, *made]
    edges = [Derivation(r.id, first.id, kind, sure()) for r, kind in zip(made, kinds, strict=True)]  # type: ignore[arg-type]
    return Facts(
        Ledger(
            reports=tuple(rows),
            published={r.id: published(r, date(2025, 3, 1 + min(n, 27))) for n, r in enumerate(rows)},
            derivations=tuple(edges),
            origins=(Origin("or_1", tuple(r.id for r in rows), agency),),
        )
    )


def test_each_report_is_a_row_of_its_own_in_its_lane() -> None:
    found = lineage_picture(example.facts())
    assert found is not None
    assert {node.report for node in found.nodes} == {None, *(r.id for r in example.REPORTS)}
    ys = [node.y for node in found.nodes]
    assert all(after - before >= 30 for before, after in pairwise(ys)), "labels of two rows do not touch"
    for before, after in pairwise(found.lanes):
        assert before.y + before.height <= after.y
    assert all(any(lane.y < y < lane.y + lane.height for lane in found.lanes) for y in ys)
    assert all(LABEL_WIDTH < node.x < WIDTH for node in found.nodes)


def test_what_a_report_is_gives_its_shape_and_its_line() -> None:
    kinds = ["identical", "excerpt", "rewrite", "spun"]
    found = lineage_picture(facts_of(kinds))
    assert found is not None
    assert [node.kind for node in found.nodes] == ["own", "copy", "excerpt", "rewrite", "spun"]
    assert len({node.shape for node in found.nodes}) == 4, "a copy is the hollow circle of an own text"
    assert sorted(found.lines) == sorted(kinds)
    assert {kind for kind, _, _ in found.signs} == {"own", "copy", "excerpt", "rewrite", "spun"}


def test_time_runs_to_the_right() -> None:
    found = lineage_picture(facts_of(["rewrite"] * 4))
    assert found is not None
    xs = [node.x for node in found.nodes]
    assert xs == sorted(xs)
    assert xs[0] < xs[-1]


def test_many_plain_copies_are_one_row_and_those_with_children_are_not() -> None:
    facts = facts_of(["republished"] * 12)
    child = report("Text of a child.", id="rp_child", outlet="Child")
    ledger = facts.ledger
    more = Facts(
        Ledger(
            reports=(*ledger.reports, child),
            published=ledger.published,
            derivations=(*ledger.derivations, Derivation("rp_child", "rp_011", "rewrite", sure())),
            origins=(Origin("or_1", (*ledger.origins[0].reports, "rp_child")),),
        )
    )
    found = lineage_picture(more)
    assert found is not None
    [several] = [node for node in found.nodes if node.kind == "more"]
    drawn = {node.report for node in found.nodes if node.report}
    assert {"rp_first", "rp_011", "rp_child"} <= drawn
    assert several.outlet == f"{len(ledger.reports) + 1 - len(drawn)} more copies"
    assert several.width > 0, "they came out on several days"


def test_a_lane_that_does_not_fit_is_counted() -> None:
    families = 70
    reports = [report(f"Alone {n}.", id=f"rp_{n:03}") for n in range(families)]
    found = lineage_picture(
        Facts(Ledger(reports=tuple(reports), origins=tuple(Origin(f"or_{r.id}", (r.id,)) for r in reports)))
    )
    assert found is not None
    assert len(found.nodes) + found.n_left_out == families
    assert found.n_left_out


def test_a_day_that_is_a_range_is_a_bar_and_one_that_is_unknown_stands_apart() -> None:
    facts = facts_of(["rewrite", "rewrite"])
    month = Published("rp_000", PartialDate.month(2025, 3), "text")
    ledger = facts.ledger
    found = lineage_picture(
        Facts(
            Ledger(
                reports=ledger.reports,
                published={"rp_first": ledger.published["rp_first"], "rp_000": month},
                derivations=ledger.derivations,
                origins=ledger.origins,
            )
        )
    )
    assert found is not None
    nodes = {node.report: node for node in found.nodes}
    assert nodes["rp_000"].width > 100
    assert not nodes["rp_001"].is_dated
    assert nodes["rp_001"].x < nodes["rp_first"].x
    assert found.has_ranges
    assert found.has_undated


def test_what_a_report_brought_stands_beside_it() -> None:
    facts = facts_of(["rewrite"])
    new = {
        "rp_000": [Brought("in_1", "killed", "7", ("5",), True), Brought("in_1", "place", "Biu", (), False)]
    }
    found = lineage_picture(facts, family_trees(facts, facts.reports.keys()), new, {"in_1": "A"})
    assert found is not None
    assert {node.report: node.brought for node in found.nodes} == {"rp_first": "", "rp_000": "A: killed 7"}
    assert lineage_picture(facts) is not None


def test_of_a_family_too_large_the_first_rows_are_drawn() -> None:
    found = lineage_picture(facts_of(["rewrite"] * 100))
    assert found is not None
    assert len(found.nodes) == 60
    assert found.n_left_out == 41
    assert len(found.edges) == 59


def test_what_was_brought_on_a_single_day_has_the_room_to_the_edge() -> None:
    facts = facts_of([])
    told = [Brought("in_1", "perpetrator_alleged", "the Army of the Northern Provinces and Lakes", (), False)]
    found = lineage_picture(facts, family_trees(facts, facts.reports.keys()), {"rp_first": told})
    assert found is not None
    assert found.nodes[0].brought.endswith("Lakes")
