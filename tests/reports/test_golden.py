"""Golden pages: ``golden/<name>.txt`` and what an analyst finds in it, ``golden/<name>.expected.json``."""

import json
from pathlib import Path
from typing import Any

import pytest

from attested.model import Report
from attested.pages.read import find_inputs, read_page
from attested.reports.find import find_reports
from attested.settings import PageSettings

GOLDEN = Path(__file__).parent / "golden"
NAMES = sorted(path.stem for path in GOLDEN.glob("*.txt"))


def read(name: str) -> tuple[tuple[Report, ...], dict[str, Any]]:
    (raw,) = find_inputs([str(GOLDEN / f"{name}.txt")])
    expected = json.loads((GOLDEN / f"{name}.expected.json").read_text(encoding="utf-8"))
    return find_reports(read_page(raw, PageSettings()), PageSettings()), expected


def test_every_golden_page_has_its_expectation() -> None:
    expected = sorted(path.name.removesuffix(".expected.json") for path in GOLDEN.glob("*.json"))
    assert expected == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_header(name: str) -> None:
    (report, *_), expected = read(name)
    found = {
        "headline": report.headline,
        "outlet": report.outlet,
        "agency": report.agency,
        "byline": report.byline,
        "dateline": report.dateline and report.dateline.text,
        "dates": [[str(c.value.start), c.kind] for c in report.candidates],
    }
    assert found == {key: expected[key] for key in found}


@pytest.mark.parametrize("name", NAMES)
def test_body(name: str) -> None:
    reports, expected = read(name)
    lines = [reports[0].text[b.start : b.end] for b in reports[0].body]
    assert lines[0].startswith(expected["body_starts"])
    assert lines[-1].endswith(expected["body_ends"])
    assert len(reports) == expected["n_reports"]


@pytest.mark.parametrize("name", NAMES)
def test_furniture(name: str) -> None:
    (report, *_), expected = read(name)
    kinds = {report.text[b.start : b.end]: b.kind for b in report.furniture}
    assert {line: kinds.get(line) for line in expected["furniture"]} == expected["furniture"]
