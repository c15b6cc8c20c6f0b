import json
from pathlib import Path

import pytest
from terminal import typed

from attested.ledger.sqlite import SqliteStore
from attested.pipeline import run
from attested.settings import RunSettings, Settings

EXAMPLES = Path(__file__).parents[2] / "examples" / "reports"


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A ledger of a wire, its spun copy and its next day's version."""
    path = tmp_path_factory.mktemp("ledger") / "l.db"
    files = [str(p) for p in sorted(EXAMPLES.iterdir()) if p.name[:2] in ("01", "05", "06")]
    with SqliteStore(path) as store:
        run(files, store, Settings(run=RunSettings(n_processes=1)))
    return str(path)


def test_lineage_prints_a_tree(ledger: str) -> None:
    said = typed("lineage", "-l", ledger).output
    assert said.startswith("three reports, one independent origin, 1 machine-spun")
    assert "rewrite, a later version" in said
    assert "spun 0." in said


def test_lineage_of_one_report_as_json(ledger: str) -> None:
    view = json.loads(typed("lineage", "05-newsnow-spun.txt", "-l", ledger, "--json").output)
    assert view["verdict"] == "one report, one independent origin, 1 machine-spun"
    [root] = view["families"][0]["roots"]
    assert {branch["kind"] for branch in root["branches"]} == {"spun", "rewrite"}


def test_diff_marks_words_without_colours(ledger: str) -> None:
    said = typed("diff", "01", "05", "-l", ledger).output
    assert "[-lorry tyre bursting-] {+truck tire exploding+}" in said
    assert said.index("QUOTATION CHANGED") < said.index("WORDS CHANGED")
    assert "\nSAME" not in said
    assert "\nSAME" in typed("diff", "01", "05", "-l", ledger, "--all").output


def test_diff_as_json_lists_values(ledger: str) -> None:
    found = json.loads(typed("diff", "01", "06", "-l", ledger, "--json").output)
    assert ["killed", ["at least 14"], ["19", "5, a part"]] in [
        [v["field"], v["first"], v["second"]] for v in found["values"]
    ]


def test_an_unknown_name_is_told(ledger: str) -> None:
    result = typed("diff", "01", "nobody", "-l", ledger)
    assert "no report is called 'nobody'" in str(result.exception)
