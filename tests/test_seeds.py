"""The seeds' figures: the scorer is read rightly, the floor holds, and the order of files changes nothing."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from attested.errors import InputError
from attested.evaluation.gate import FLOORS, read_floors
from attested.evaluation.scorers import Figures
from attested.evaluation.seeds import (
    evaluate,
    exported,
    facts_from,
    find_scorer,
    pages_in,
    read_score,
    run_scorer,
)

SAID = """MISS reports: 000 outlet: None
MISS incidents: A killed None | odd
MISS incidents: B day None
reports 3/4 | incidents 5/7 | quotes 1/1
toy: 9/12 = 75.0%
"""


def test_the_score_is_read_with_its_areas_and_what_it_missed() -> None:
    scored = read_score(SAID)
    assert (scored.points, scored.total) == (9, 12)
    assert {area: (s.right, s.total) for area, s in scored.by_area.items()} == {
        "reports": (3, 4),
        "incidents": (5, 7),
        "quotes": (1, 1),
    }
    assert scored.missed_in("incidents") == "A killed None | odd; B day None"
    assert scored.missed_in("quotes") == ""


def test_words_without_a_score_are_refused() -> None:
    with pytest.raises(InputError, match="no score"):
        read_score("Traceback ...")


def test_a_scorer_that_fails_is_told_in_its_own_words(tmp_path: Path) -> None:
    scorer = tmp_path / "score.py"
    scorer.write_text("raise SystemExit('the ledger has no pages')", encoding="utf-8")
    with pytest.raises(InputError, match="the ledger has no pages"):
        run_scorer(scorer, tmp_path / "ledger.json")


def test_a_folder_without_a_scorer_or_pages_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"score\.py"):
        find_scorer(tmp_path)
    with pytest.raises(InputError, match="pages"):
        pages_in(tmp_path)


def test_the_scorer_and_the_pages_are_found_below(tmp_path: Path) -> None:
    folder = tmp_path / "deep" / "seeds"
    folder.mkdir(parents=True)
    for name in ("score.py", "001_b.txt", "000_a.txt", "gold.json"):
        (folder / name).touch()
    assert find_scorer(tmp_path) == folder / "score.py"
    assert [Path(page).name for page in pages_in(folder)] == ["000_a.txt", "001_b.txt"]


@pytest.fixture(scope="module")
def figures(seeds: Path) -> Figures:
    return evaluate(seeds)


@pytest.mark.parametrize("name", ["share", "spans"])
def test_the_floor_holds(figures: Figures, name: str) -> None:
    floors = next(g.floors for g in read_floors(FLOORS) if g.name == "seeds")
    assert figures[name] >= floors[name], figures.as_table()


def test_the_order_of_the_files_changes_nothing(seeds: Path, tmp_path: Path) -> None:
    """The same pages, named in other orders, export the same bytes."""
    pages = pages_in(seeds)
    orders = [pages, pages[2:][::-1] + pages[:2]]
    exports = {json.dumps(exported(facts_from(order)), ensure_ascii=False) for order in orders}
    assert len(exports) == 1


def test_the_names_of_the_files_change_no_content(seeds: Path, tmp_path: Path) -> None:
    """Files renamed so that they are read the other way round tell of the same incidents."""
    pages = pages_in(seeds)
    for n, page in enumerate(reversed(pages)):
        shutil.copy(page, tmp_path / f"{n}_{Path(page).name[4:]}")
    told = [incidents_told(exported(facts_from(order))) for order in (pages, pages_in(tmp_path))]
    assert told[0] == told[1]


def incidents_told(export: dict[str, Any]) -> list[str]:
    """Incidents without ids, which hold the pages' names, and without the words chosen among equals."""
    fields = ("type", "place", "killed", "injured", "n_reports", "n_origins")
    days = ("start", "end", "precision")
    rows = ([i[f] for f in fields] + [i["date"][d] for d in days] for i in export["incidents"])
    return sorted(json.dumps(row, ensure_ascii=False) for row in rows)
