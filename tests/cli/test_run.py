"""``attested run`` from files to a ledger, with the shipped reader."""

import json
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from attested.cli.main import group, main
from attested.ledger.sqlite import SqliteStore

RAID = (
    "Gunmen raid cattle market in northern Nigeria\n\n"
    "KADUNA, Nigeria, March 5, 2024 - Gunmen on motorcycles raided a cattle market near Kaduna on Monday, killing "
    "four traders and wounding two others, police said.\n\n"
    "The attackers fled before soldiers arrived, police spokesman Musa Danladi told reporters. No group has claimed "
    "responsibility for the raid.\n"
)
BLAST = (
    "Roadside bomb wounds two soldiers in Somalia\n\n"
    "MOGADISHU, Somalia, April 9, 2024 - A roadside bomb wounded two soldiers near Mogadishu on Tuesday, the "
    "defence ministry said.\n\n"
    "The ministry blamed al-Shabaab for the blast, which damaged a lorry on the road to Afgooye.\n"
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pages")
    (folder / "raid.txt").write_text(RAID, encoding="utf-8")
    (folder / "blast.txt").write_text(BLAST, encoding="utf-8")
    return folder


def run(*args: str) -> Any:
    found = CliRunner().invoke(group, ["run", *args, "--processes", "1", "--json"], catch_exceptions=False)
    return json.loads(found.stdout)


def test_pages_become_a_ledger_and_again_change_nothing(folder: Path, tmp_path: Path) -> None:
    ledger = str(tmp_path / "l.db")
    first = run(str(folder), "-l", ledger)
    with SqliteStore(ledger, read_only=True) as store:
        before = store.load()
    again = run(str(folder), "-l", ledger)
    with SqliteStore(ledger, read_only=True) as store:
        assert store.load() == before
    assert (first["pages_read"], first["pages_set_aside"], first["n_new_reports"]) == (2, 0, 2)
    assert again["n_new_reports"] == 0
    assert {k: again[k] for k in ("reports", "incidents", "claims")} == {
        k: first[k] for k in ("reports", "incidents", "claims")
    }
    assert first["incidents"] >= 2
    assert set(first["seconds"])


def test_a_page_read_later_joins_the_others_as_if_read_with_them(folder: Path, tmp_path: Path) -> None:
    one, other = str(tmp_path / "one.db"), str(tmp_path / "other.db")
    run(str(folder / "blast.txt"), str(folder / "raid.txt"), "-l", one)
    run(str(folder / "raid.txt"), "-l", other)
    run(str(folder / "blast.txt"), "-l", other)
    with SqliteStore(one, read_only=True) as store, SqliteStore(other, read_only=True) as later:
        assert store.load() == later.load()


def test_a_page_that_cannot_be_used_is_set_aside_and_the_exit_code_says_so(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    empty = tmp_path / "empty.txt"
    empty.touch()
    args = ["run", str(folder / "raid.txt"), str(empty), "-l", str(tmp_path / "l.db"), "--processes", "1"]
    monkeypatch.setattr(sys, "argv", ["attested", *args])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 1
    shown = capsys.readouterr().out
    assert "1 read, 1 set aside" in shown
    assert "empty" in shown


def test_hidden_files_are_told_only_when_there_are_any(tmp_path: Path) -> None:
    (tmp_path / "raid.txt").write_text(RAID, encoding="utf-8")
    args = ["run", str(tmp_path), "-l", str(tmp_path / ".l.db"), "--processes", "1"]
    assert (
        "passed over" not in CliRunner().invoke(group, ["run", str(tmp_path / "raid.txt"), *args[2:]]).stdout
    )
    (tmp_path / ".raid.txt.swp").touch()
    assert "passed over (names that begin with a dot)" in CliRunner().invoke(group, args).stdout
