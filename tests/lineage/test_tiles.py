from datetime import date
from itertools import pairwise

from newsroom import DISPATCH, INDEPENDENT, worded

from attested.lineage.tiles import MANY_FAMILIES, find_formulas, n_covered

FORMULA = "The victim was pronounced dead at the scene by the county coroner."
DAYS = (date(2025, 1, 5), date(2025, 4, 5), date(2025, 8, 5))


def test_words_in_common_runs_are_counted_once() -> None:
    left = worded("a", "They burned two trucks and carried off explosives that the company keeps.")
    assert n_covered(left, worded("b", DISPATCH)) == 12
    assert n_covered(left, worded("c", INDEPENDENT)) == 0


def test_a_run_that_unrelated_reports_have_over_months_is_a_formula() -> None:
    a, b, c = (worded(name, f"{FORMULA} {name} {name} {name} alone tells this.") for name in "abc")
    days = dict(zip("abc", DAYS, strict=True))
    pairs = [(a, b), (b, c)]
    assert ("pronounced", "dead", "at", "the", "scene") in find_formulas(pairs, {}, days)
    assert not find_formulas(pairs, {}, {"a": DAYS[0], "b": DAYS[0]})
    assert not find_formulas(pairs, {"a": "a", "b": "a", "c": "a"}, days), "copies of one text count once"


def test_without_dates_more_reports_are_needed() -> None:
    texts = [worded(f"r{n}", FORMULA) for n in range(MANY_FAMILIES)]
    pairs = list(pairwise(texts))
    assert find_formulas(pairs, {}, {})
    assert not find_formulas(pairs[:-1], {}, {})
