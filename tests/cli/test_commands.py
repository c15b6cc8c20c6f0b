import json
import os
import re
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import click
import example_ledger as example
import pytest
from click.testing import CliRunner, Result

from attested.cli import main as main_module
from attested.cli.doctor_command import CHECKS
from attested.cli.explain_command import print_explanation
from attested.cli.main import COMMANDS, group
from attested.cli.output import print_table, shortened
from attested.cli.run_command import exit_code, print_summary, progress_bar, summary
from attested.cli.show_command import COLUMNS, compact
from attested.ledger.sqlite import SqliteStore
from attested.ledger.store import Ledger
from attested.views.explain import explain
from attested.views.facts import Facts
from attested.views.flat import KINDS

DOCS = Path(__file__).parents[2] / "docs" / "cli.md"
PROGRAM = [sys.executable, "-c", "from attested.cli.main import main; main()"]


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The example ledger's stored rows as a file."""
    path = tmp_path_factory.mktemp("ledger") / "l.db"
    stored = example.ledger()
    with SqliteStore(path) as store:
        for page in stored.pages:
            reports = [r for r in stored.reports if r.page_id == page.id]
            ids = {r.id for r in reports}
            store.save_page(
                page,
                reports,
                [o for o in stored.outlines if o.report_id in ids],
                [m for m in stored.mentions if m.report_id in ids],
                [c for c in stored.claims if c.report_id in ids],
            )
        store.save_cross(stored)
    return str(path)


def program(*args: str, **env: str) -> subprocess.CompletedProcess[str]:
    """The program as a user starts it, with its exit code."""
    return subprocess.run(
        [*PROGRAM, *args], capture_output=True, text=True, env=os.environ | env, check=False
    )


def invoke(*args: str) -> Result:
    return CliRunner().invoke(group, list(args), prog_name="attested", catch_exceptions=False)


def test_the_reference_is_what_the_program_says() -> None:
    assert DOCS.read_text(encoding="utf-8") == reference(), (
        f"run: python {__file__} to write docs/cli.md anew"
    )


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_and_is_documented(command: str) -> None:
    found = invoke(command, "--help")
    assert found.exit_code == 0
    assert f"## attested {command}" in DOCS.read_text(encoding="utf-8")
    assert found.output.strip() in DOCS.read_text(encoding="utf-8"), (
        f"run: python {__file__} to write docs/cli.md anew"
    )


def test_help_imports_no_command() -> None:
    code = "import sys; from attested.cli.main import group; group.main(['--help'], standalone_mode=False); "
    code += "print([m for m in sys.modules if m.endswith('_command') or m in ('rich', 'numpy', 'jinja2')])"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.splitlines()[-1] == "[]"


def test_help_is_quick() -> None:
    seconds = []
    for _ in range(3):
        started = time.perf_counter()
        assert program("--help").returncode == 0
        seconds.append(time.perf_counter() - started)
    assert min(seconds) < 0.2 * 3, "three times the promise, since the machine may be busy"


@pytest.mark.parametrize("kind", COLUMNS)
def test_show_gives_json_when_piped_and_csv_when_asked(kind: str, ledger: str) -> None:
    rows = json.loads(invoke("show", kind, "-l", ledger).output)
    heading = invoke("show", kind, "-l", ledger, "--csv").output
    assert isinstance(rows, list)
    assert not rows or "," in heading.splitlines()[0]


def test_show_knows_all_kinds_and_only_their_columns() -> None:
    assert set(COLUMNS) == set(KINDS)
    for kind, columns in COLUMNS.items():
        for row in KINDS[kind](example.facts()):
            assert set(columns.replace("?", "").split()) <= set(compact(row))


def test_dates_and_counts_are_one_cell_in_a_table() -> None:
    rows = {row["id"]: compact(row) for row in KINDS["incidents"](example.facts())}
    assert [rows[id]["date"] for id in rows] == ["2021-05-03", "2021-03", ""]
    assert [rows[id]["killed"] for id in rows] == ["4 (4 to 6)", None, None]
    assert rows["in_drone"]["injured"] == 2


def test_show_a_table(ledger: str) -> None:
    found = invoke("show", "reports", "-l", ledger, "--table").output
    assert "4 reports" in found
    assert "rp_wire" in found


def test_quotes_show_every_wording_with_its_diff(ledger: str) -> None:
    said = invoke("quotes", "-l", ledger).output
    assert "We will not leave our people alone," in said
    assert "words changed  We will not leave our [-people alone,-] {+folks on your own,+}" in said
    assert "altered: " in said
    [family] = json.loads(invoke("quotes", "our people", "-l", ledger, "--altered", "--json").output)
    assert family["is_altered"]
    assert [v["kinds"] for v in family["variants"]] == [["words changed"]]
    assert "no quotation holds 'sunshine'" in invoke("quotes", "sunshine", "-l", ledger).output


def test_voices_show_who_said_what(ledger: str) -> None:
    rows = json.loads(invoke("voices", "-l", ledger).output)
    names = [row["name"] for row in rows]
    assert "Laura Paredes" in names
    assert len(names) == len(set(names))
    said = " ".join(invoke("voices", "paredes", "-l", ledger, "--table").output.split())
    assert said.startswith("Laura Paredes")
    assert "“We will not leave our people alone,” three reports, one origin" in said
    shut = " ".join(invoke("voices", "rueda", "-l", ledger, "--table").output.split())
    assert "said the school beside the post would stay shut until June one report, one origin" in shut
    assert "sayings" in invoke("voices", "-l", ledger, "--table").output
    [saying] = json.loads(invoke("show", "sayings", "-l", ledger).output)
    assert (saying["voice"]["name"], saying["same_as"], saying["rest"]) == ("Jorge Rueda", [], [])
    assert (
        "voice: Jorge Rueda, via El Correo (named person)"
        in invoke("explain", saying["id"], "-l", ledger).output
    )
    assert "no voice is called 'xyzzy'" in invoke("voices", "xyzzy", "-l", ledger, "--table").output


def test_as_of(ledger: str) -> None:
    rows = json.loads(invoke("show", "reports", "-l", ledger, "--as-of", "2021-05-03").output)
    assert [row["id"] for row in rows] == ["rp_spun", "rp_wire"]


@pytest.mark.parametrize(
    ("args", "code", "words"),
    [
        (["shwo"], 2, "Did you mean show?"),
        (["show", "incidnets", "-l", "LEDGER"], 2, "did you mean incidents"),
        (["show", "-l", "LEDGER", "--json", "--csv"], 2, "cannot go together"),
        (["show", "-l", "LEDGER", "--as-of", "May"], 2, "takes a day such as"),
        (["show", "-l", "none.db"], 2, "attested run"),
        (["show", "-l", __file__], 1, "not a ledger"),
        (["explain", "rp_wirr", "-l", "LEDGER"], 2, "did you mean rp_wire"),
        (["export", "LEDGER", "-o", "/none/out.json"], 2, "cannot write"),
        (["run"], 2, "Missing argument"),
    ],
)
def test_mistakes_say_what_to_type(
    args: list[str],
    code: int,
    words: str,
    ledger: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(sys, "argv", ["attested", *(ledger if arg == "LEDGER" else arg for arg in args)])
    with pytest.raises(SystemExit) as ended:
        main_module.main()
    assert ended.value.code == code
    assert words in capsys.readouterr().err


@pytest.mark.parametrize("form", ["json", "jsonl", "csv", "geojson"])
def test_export_to_a_file_and_to_a_pipe_are_the_same(form: str, ledger: str, tmp_path: Path) -> None:
    target = tmp_path / "out"
    assert invoke("export", ledger, "--format", form, "-o", str(target)).exit_code == 0
    piped = invoke("export", "-l", ledger, "-f", form).stdout_bytes
    assert piped == target.read_bytes()
    assert piped


def test_a_closed_pipe_is_no_error(ledger: str) -> None:
    command = f"{sys.executable} -c 'from attested.cli.main import main; main()' export {ledger} | head -c 10"
    found = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)
    assert found.stderr == ""


def test_the_dossier_is_written(ledger: str, tmp_path: Path) -> None:
    target = tmp_path / "d.html"
    assert invoke("dossier", ledger, "-o", str(target), "--title", "Tibú & after").exit_code == 0
    assert "<h1>Tibú &amp; after</h1>" in target.read_text(encoding="utf-8")


def test_explain_marks_words_without_colour(capsys: pytest.CaptureFixture[str]) -> None:
    print_explanation(explain(example.facts(), "in_tibu"))
    shown = " ".join(capsys.readouterr().out.split())
    assert "killing [four officers], the defence ministry" in shown
    assert "KILLED 4 (4 to 6)" in shown
    assert "\x1b" not in shown


def test_explain_as_json(ledger: str) -> None:
    found = json.loads(invoke("explain", "rp_copy", "-l", ledger, "--json").output)
    assert found["kind"] == "report"


def test_no_color_is_honoured(ledger: str) -> None:
    found = program("show", "reports", "-l", ledger, "--table", NO_COLOR="1", FORCE_COLOR="1")
    assert not re.search(r"\x1b\[[34][0-9]m", found.stdout)


def test_tables_leave_out_empty_columns_and_shorten_cells(capsys: pytest.CaptureFixture[str]) -> None:
    print_table([{"a": "one [bold]two[/bold]", "b": ""}, {"a": None, "b": None}], ["a", "b"], title="t")
    shown = capsys.readouterr().out
    assert "[bold]two[/bold]" in shown
    assert " b " not in shown
    assert shortened("word " * 30, 20) == "word word word…"


def test_a_narrow_terminal_gets_fewer_columns_and_no_broken_ids(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [{"id": "in_abcdefghij", "date": "2021-05-03", "weapon": "drone " * 9, "text": "word " * 11}]
    monkeypatch.setenv("COLUMNS", "50")
    print_table(rows, ["id", "date", "weapon?", "text"], title="t")
    shown = capsys.readouterr().out
    assert "in_abcdefghij" in shown
    assert "drone" not in shown
    assert max(len(line.rstrip()) for line in shown.splitlines()) <= 50


def test_the_summary_of_a_run(capsys: pytest.CaptureFixture[str]) -> None:
    found = summary(example.facts())
    assert (found["reports"], found["set_aside"]) == (4, {"no story on the page": 1})
    assert found["reports_per_second"] == 2.0
    print_summary(example.facts(), "l.db", with_timings=True)
    shown = capsys.readouterr().out
    assert "4 read, 1 set aside" in shown
    assert "lineage" in shown


def test_exit_codes_of_a_run() -> None:
    facts = example.facts()
    read: Any = tuple(page for page in facts.ledger.pages if page.status == "read")
    assert exit_code(facts) == 1
    assert exit_code(Facts(Ledger(pages=read, reports=facts.ledger.reports))) == 0
    assert exit_code(Facts(Ledger())) == 1


def test_no_progress_bar_but_on_a_terminal() -> None:
    with progress_bar(is_wanted=False) as move:
        move(1, 2, "read")
    with progress_bar(is_wanted=True) as move:
        move(1, None, "read")


def test_doctor_reports_what_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> str:
        raise FileNotFoundError("no weights")

    for name in ("weights", "gazetteer", "reader", "page"):
        monkeypatch.setitem(CHECKS, name, fail)
    found = invoke("doctor")
    states = {row["check"]: row["state"] for row in json.loads(found.output)}
    assert states["sqlite"] == states["versions"] == states["packages"] == "ok"
    assert states["weights"] == "failed"


def test_interrupted(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(main_module.group, "invoke", interrupt)
    monkeypatch.setattr(sys, "argv", ["attested", "doctor"])
    with pytest.raises(SystemExit) as ended:
        main_module.main()
    assert ended.value.code == 130
    assert "goes on from there" in capsys.readouterr().err


def reference() -> str:
    """docs/cli.md: what every command says of itself."""
    parts = ["# The command line\n", INTRODUCTION]
    parts.append(f"## attested\n\n```\n{invoke('--help').output.strip()}\n```\n")
    for name in COMMANDS:
        parts.append(f"## attested {name}\n\n```\n{invoke(name, '--help').output.strip()}\n```\n")
        for below in subcommands(name):
            said = invoke(name, below, "--help").output.strip()
            parts.append(f"### attested {name} {below}\n\n```\n{said}\n```\n")
    return "\n".join(parts)


def subcommands(name: str) -> list[str]:
    """The commands of a command that is a group, in the order of its help."""
    found: Any = group.get_command(click.Context(group), name)
    return list(found.commands) if isinstance(found, click.Group) else []


INTRODUCTION = """\
Written by `PYTHONPATH=tests python tests/cli/test_commands.py`; a test compares it with the program.

- **Exit codes**: 0 done; 1 something failed, nothing was readable, or pages were set aside (the summary says which
  and why); 2 wrong usage (an unknown option, id, date or path); 130 interrupted.
- **Output**: a table on a terminal, JSON when piped or with `--json`, CSV with `--csv`. Progress and complaints go to
  standard error. `NO_COLOR` is honoured.
- **The ledger**: `-l FILE`, else `$ATTESTED_LEDGER`, else `ledger.db` in the current folder.
- **Ids** may be shortened to their first letters where these are unique.
"""

if __name__ == "__main__":
    DOCS.write_text(reference(), encoding="utf-8")
