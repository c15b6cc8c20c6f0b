"""A run: the same ledger whatever the order, nothing twice, resumed after a kill, bad pages set aside."""

from dataclasses import replace
from pathlib import Path

import pytest

import attested.pipeline as pipeline
from attested.ledger.sqlite import SqliteStore
from attested.ledger.store import Ledger
from attested.one_page import PageResult
from attested.settings import RunSettings, Settings

ONE = replace(Settings(), run=RunSettings(n_processes=1))
PAGES = {
    "wire.txt": """Bomb kills four at Quetta bus stop

Example Wire, 3 June 2025

QUETTA, Pakistan (Example Wire) - A bomb hidden in a parked car killed four people at a bus stop in Quetta on \
Tuesday, police said. The blast also wounded eleven commuters, a hospital official told reporters.

No group claimed responsibility for the attack. Police officer Karim Jan said the dead included a bus driver.
""",
    "other.txt": """Blast at Quetta bus stand leaves five dead

By Our Correspondent, Quetta, 4 June 2025

Five people died on Tuesday when explosives packed into a car went off beside a crowded bus stand in Quetta, \
the provincial health minister said on Wednesday. Shopkeepers pulled down their shutters in protest.

The minister blamed separatist militants for the bombing and promised money to the families of the victims.
""",
    "empty.txt": "",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    pages = tmp_path / "pages"
    pages.mkdir()
    for name, text in PAGES.items():
        (pages / name).write_text(text, encoding="utf-8")
    return pages


def run(inputs: list[Path], ledger: Path) -> Ledger:
    with SqliteStore(ledger) as store:
        return pipeline.run([str(path) for path in inputs], store, ONE)


def test_two_reports_of_one_bombing_are_one_incident(folder: Path, tmp_path: Path) -> None:
    ledger = run([folder], tmp_path / "l.db")
    assert len(ledger.reports) == 2
    assert len([i for i in ledger.incidents if len(i.mention_ids) > 1]) == 1


def test_the_order_of_the_pages_does_not_matter(folder: Path, tmp_path: Path) -> None:
    paths = sorted(folder.iterdir())
    assert run(paths, tmp_path / "a.db") == run(paths[::-1], tmp_path / "b.db")


def test_a_second_run_reads_nothing_again(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = run([folder], tmp_path / "l.db")

    def refuse(*_: object) -> PageResult:
        raise AssertionError("read again")

    monkeypatch.setattr("attested.one_page.PageWork._read", refuse)
    second = run([folder], tmp_path / "l.db")
    assert second == first
    assert second.summary.n_new_reports == 0


def test_new_pages_are_added(folder: Path, tmp_path: Path) -> None:
    run([folder / "wire.txt"], tmp_path / "l.db")
    added = run([folder / "other.txt", folder / "empty.txt"], tmp_path / "l.db")
    assert added == run([folder], tmp_path / "whole.db")


def test_a_killed_run_is_finished_by_the_next(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = pipeline.complete

    def killed(*_: object) -> Ledger:
        raise KeyboardInterrupt

    monkeypatch.setattr(pipeline, "complete", killed)
    with pytest.raises(KeyboardInterrupt):
        run([folder], tmp_path / "l.db")
    monkeypatch.setattr(pipeline, "complete", real)
    assert run([folder], tmp_path / "l.db") == run([folder], tmp_path / "whole.db")


def test_an_empty_page_is_set_aside_with_its_reason(folder: Path, tmp_path: Path) -> None:
    ledger = run([folder], tmp_path / "l.db")
    [page] = [p for p in ledger.pages if p.status == "set aside"]
    assert page.input.endswith("empty.txt")
    assert page.why is not None
    assert ledger.summary.set_aside == {page.why: 1}


def test_two_processes_write_the_same_ledger(folder: Path) -> None:
    two = replace(Settings(), run=RunSettings(n_processes=2))
    assert pipeline.build_ledger([str(folder)], two) == pipeline.build_ledger([str(folder)], ONE)


def test_every_claim_is_its_words(folder: Path) -> None:
    ledger = pipeline.build_ledger([str(folder)], ONE)
    texts = {report.id: report.text for report in ledger.reports}
    assert ledger.claims
    for claim in ledger.claims:
        assert texts[claim.report_id][claim.span.start : claim.span.end] == claim.span.text


def test_what_the_limit_on_sentences_leaves_unread_is_said(tmp_path: Path) -> None:
    page = tmp_path / "long.txt"
    page.write_text(
        PAGES["wire.txt"] + "\nThe market was rebuilt in a month. Traders came back." * 20, encoding="utf-8"
    )
    few = replace(ONE, reading=replace(ONE.reading, max_sentences=5))
    [read] = pipeline.build_ledger([str(page)], few).pages
    assert read.status == "read"
    assert read.why is not None
    assert "first 5 sentences" in read.why
