"""A run: the same ledger whatever the order, nothing twice, resumed after a kill, bad pages set aside."""

import ast
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import attested.pipeline as pipeline
from attested.decisions.desk import Desk
from attested.ids import make_id
from attested.ledger.sqlite import SqliteStore
from attested.ledger.store import Ledger
from attested.model import Page
from attested.one_page import PER_PAGE, PageResult, PageWork, method_version
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


def run(inputs: list[Path], ledger: Path, settings: Settings = ONE) -> Ledger:
    with SqliteStore(ledger) as store:
        return pipeline.run([str(path) for path in inputs], store, settings)


def nameless(ledger: Ledger) -> Ledger:
    """The ledger with the ids that it would have been given today: those that it keeps depend on its past."""
    return replace(
        ledger,
        incidents=tuple(replace(i, id=make_id("in", i.mention_ids[0])) for i in ledger.incidents),
        statements=tuple(replace(s, id=make_id("st", s.mention_ids[0])) for s in ledger.statements),
        trends=tuple(replace(t, id=make_id("tr", t.mention_ids[0])) for t in ledger.trends),
    )


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
    assert nameless(added) == run([folder], tmp_path / "whole.db")


@pytest.mark.parametrize("first", ["wire.txt", "other.txt"])
def test_an_incident_keeps_its_id_when_another_report_of_it_comes(
    first: str, folder: Path, tmp_path: Path
) -> None:
    before = run([folder / first], tmp_path / "l.db")
    after = run([folder], tmp_path / "l.db")
    [merged] = [i for i in after.incidents if len(i.mention_ids) > 1]
    assert merged.id in {i.id for i in before.incidents if set(i.mention_ids) <= set(merged.mention_ids)}


def test_a_decision_made_while_a_run_goes_on_is_in_what_it_writes(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    [bombing] = [i for i in run([folder], tmp_path / "l.db").incidents if len(i.mention_ids) > 1]
    real = pipeline.complete

    def slow(ledger: Ledger, *rest: Any) -> Ledger:
        with SqliteStore(tmp_path / "l.db") as other:
            Desk(other).reject([bombing.id], by="anna", note="a drill")
        return real(ledger, *rest)

    monkeypatch.setattr(pipeline, "complete", slow)
    assert bombing.id not in [i.id for i in run([folder], tmp_path / "l.db").incidents]
    monkeypatch.setattr(pipeline, "complete", real)
    assert bombing.id not in [i.id for i in run([folder], tmp_path / "l.db").incidents]


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


def test_an_error_in_the_program_costs_one_page_and_is_told(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = PageWork._read

    def faulty(self: PageWork, page: Page, *rest: Any) -> PageResult:
        if page.input.endswith("wire.txt"):
            raise KeyError("no such\nrole")
        return real(self, page, *rest)

    with monkeypatch.context() as patched:
        patched.setattr(PageWork, "_read", faulty)
        ledger = run([folder / "wire.txt", folder / "other.txt"], tmp_path / "l.db")
    [aside] = [page for page in ledger.pages if page.status == "set aside"]
    assert len(ledger.reports) == 1
    assert aside.why is not None
    assert "an error in the program: KeyError" in aside.why
    assert aside.why.endswith("please report it")
    assert ledger.summary.set_aside == {aside.why: 1}
    run([folder], tmp_path / "l.db")  # the error is gone: the page is read, and nothing of it is left
    assert run([folder], tmp_path / "l.db") == run([folder], tmp_path / "whole.db")


@pytest.mark.parametrize(
    "other",
    [replace(ONE.pages, min_body_words=3), replace(ONE.reading, max_sentences=3)],
    ids=["pages", "reading"],
)
def test_the_method_changes_with_the_settings_of_its_stages(other: Any) -> None:
    group = "pages" if isinstance(other, type(ONE.pages)) else "reading"
    assert method_version(replace(ONE, **{group: other})) != method_version(ONE)
    assert method_version(replace(ONE, run=RunSettings(n_processes=7))) == method_version(ONE)


def test_no_module_that_a_page_depends_on_is_left_out_of_the_method() -> None:
    package = Path(pipeline.__file__).parent
    for name in PER_PAGE:
        assert (package / name).exists(), name
        paths = (package / name).rglob("*.py") if (package / name).is_dir() else [package / name]
        for path in paths:
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("attested."):
                    room = str(node.module).split(".")[1]
                    assert room in PER_PAGE or f"{room}.py" in PER_PAGE, path


@pytest.mark.parametrize("n_words", [200, 3])
def test_changed_settings_replace_what_was_read_before(folder: Path, tmp_path: Path, n_words: int) -> None:
    (folder / "short.txt").write_text("A bomb killed two men in Quetta, police said.\n", encoding="utf-8")
    changed = replace(ONE, pages=replace(ONE.pages, min_body_words=n_words))
    run([folder], tmp_path / "l.db")
    kept = run([folder], tmp_path / "l.db", changed)
    assert nameless(kept) == run([folder], tmp_path / "new.db", changed)


def test_a_page_that_is_readable_at_last_is_no_longer_set_aside(folder: Path, tmp_path: Path) -> None:
    page = folder / "late.txt"
    for text in ("", "Two words.\n", PAGES["wire.txt"].replace("Quetta", "Kalat")):
        page.write_text(text, encoding="utf-8")
        ledger = run([page], tmp_path / "l.db")
        assert len(ledger.pages) == 1
    assert [found.status for found in ledger.pages] == ["read"]
    page.write_text("", encoding="utf-8")
    run([page], tmp_path / "l.db")
    page.write_text(PAGES["wire.txt"].replace("Quetta", "Kalat"), encoding="utf-8")
    assert run([page], tmp_path / "l.db") == ledger


def test_empty_pages_of_one_name_in_two_folders_are_two(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / "pages" / name).mkdir(parents=True)
        (tmp_path / "pages" / name / "index.html").touch()
    assert len(run([tmp_path / "pages"], tmp_path / "l.db").pages) == 2


def test_a_page_under_two_paths_does_not_depend_on_the_order_of_runs(folder: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copies" / "wire.txt"
    copy.parent.mkdir()
    copy.write_text(PAGES["wire.txt"], encoding="utf-8")
    paths = [copy, folder / "wire.txt"]
    for name, order in (("one.db", paths), ("other.db", paths[::-1])):
        for path in order:
            ledger = run([path], tmp_path / name)
        assert [page.input for page in ledger.pages] == [str(copy)]
    both = run(paths, tmp_path / "both.db")
    assert both == ledger
    assert both.summary.n_new_reports == 1


def test_hidden_files_are_counted(folder: Path, tmp_path: Path) -> None:
    (folder / ".note.txt").write_text("passed over")
    counts = run([folder], tmp_path / "l.db").summary.counts
    assert (counts["hidden_files"], counts["pages"], counts["reports"]) == (1, 3, 2)
