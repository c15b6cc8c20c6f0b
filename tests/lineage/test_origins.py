from hypothesis import given
from hypothesis import strategies as st

from attested.lineage.origins import corroboration, trace_origins
from attested.model import Derivation, Passage, Report
from attested.values import Score


def made(*ids: str) -> list[Report]:
    return [Report(id=i, page_id=i, text="", body=()) for i in ids]


def edge(
    child: str,
    parent: str | None,
    score: float = 1.0,
    agency: str | None = None,
    explains: tuple[int, int] | None = None,
) -> Derivation:
    passages = tuple(Passage(10 * n, 10 * n + 9, 0, 9) for n in range(*explains)) if explains else ()
    return Derivation(child, parent, "republished", Score(score), agency, passages)


def families(reports: list[Report], derivations: list[Derivation]) -> set[tuple[str, ...]]:
    return {origin.reports for origin in trace_origins(reports, derivations)}


def test_copies_are_one_origin_and_others_their_own() -> None:
    assert families(made("a", "b", "c", "d"), [edge("b", "a"), edge("c", "b")]) == {("a", "b", "c"), ("d",)}


def test_a_credit_to_one_agency_does_not_join_two_reports() -> None:
    derivations = [edge("a", None, agency="Meridian"), edge("b", None, agency="Meridian")]
    assert families(made("a", "b"), derivations) == {("a",), ("b",)}


def test_a_report_made_from_two_wires_does_not_join_them() -> None:
    derivations = [edge("digest", "a", 0.9), edge("digest", "b", 0.5)]
    assert families(made("a", "b", "digest"), derivations) == {("a", "digest"), ("b",)}


def test_two_parents_of_the_same_passages_are_one_text() -> None:
    same = [edge("c", "a", 0.9, explains=(0, 5)), edge("c", "b", 0.5, explains=(1, 5))]
    other = [edge("c", "a", 0.9, explains=(0, 5)), edge("c", "b", 0.5, explains=(4, 9))]
    assert families(made("a", "b", "c"), same) == {("a", "b", "c")}
    assert families(made("a", "b", "c"), other) == {("a", "c"), ("b",)}


def test_a_circle_and_a_stranger_do_no_harm() -> None:
    derivations = [edge("a", "b"), edge("b", "a"), edge("c", "gone"), edge("c", "c")]
    assert families(made("a", "b", "c"), derivations) == {("a", "b"), ("c",)}


def test_the_id_stays_when_a_copy_is_added() -> None:
    [before] = trace_origins(made("m"), [])
    [after] = trace_origins(made("a", "m"), [edge("a", "m")])
    assert before.id == after.id


def test_the_agency_behind_a_family_is_named() -> None:
    [origin] = trace_origins(made("a", "b"), [edge("a", None, agency="Meridian"), edge("b", "a")])
    assert origin.agency == "Meridian"
    assert "2 reports" in origin.why


def test_corroboration_counts_reports_and_origins() -> None:
    origins = trace_origins(made("a", "b", "c"), [edge("b", "a")])
    assert corroboration(["a", "b", "b"], origins) == (2, 1)
    assert corroboration(["a", "b", "c"], origins) == (3, 2)
    assert corroboration([], origins) == (0, 0)


PILES = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9), st.floats(0, 1)), max_size=20)


@given(PILES)
def test_every_report_is_in_exactly_one_origin(edges: list[tuple[int, int, float]]) -> None:
    reports = made(*"0123456789")
    origins = trace_origins(reports, [edge(str(a), str(b), s) for a, b, s in edges])
    assert sorted(i for origin in origins for i in origin.reports) == list("0123456789")


@given(PILES, st.integers(0, 9))
def test_adding_a_copy_never_adds_an_origin(edges: list[tuple[int, int, float]], parent: int) -> None:
    derivations = [edge(str(a), str(b), s) for a, b, s in edges]
    before = trace_origins(made(*"0123456789"), derivations)
    after = trace_origins(made(*"0123456789", "copy"), [*derivations, edge("copy", str(parent))])
    assert len(after) == len(before)
    assert corroboration([*"0123456789", "copy"], after)[1] == len(before)
