"""``attested run``: pages in, ledger out."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from attested.cli.ledger_option import ledger_option
from attested.cli.output import json_text, print_table, write_out

if TYPE_CHECKING:
    from attested.views.facts import Facts

_NAME_WIDTH = 36  # characters of a page's name beside the bar
Progress = Callable[[int, "int | None", str], None]


@click.command("run")
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@ledger_option
@click.option(
    "--settings", "settings_file", type=click.Path(path_type=Path), metavar="FILE", help="A TOML file."
)
@click.option("--processes", type=click.IntRange(min=1), metavar="N", help="How many processes read.")
@click.option("--timings", is_flag=True, help="Add a table of seconds by stage.")
@click.option("--json", "as_json", is_flag=True, help="The summary as JSON.")
@click.option("-q", "--quiet", is_flag=True, help="No progress, no summary.")
def command(
    inputs: tuple[str, ...],
    ledger: str,
    settings_file: Path | None,
    processes: int | None,
    timings: bool,
    as_json: bool,
    quiet: bool,
) -> int:
    """Read INPUTs (files, folders, - for standard input) and write the ledger.

    Text, HTML and JSON lines. The same page twice changes nothing; new pages are added; a run that was killed
    is finished by the next one. Exit code 1 when pages were set aside or nothing was readable.
    """
    from attested.ledger.sqlite import SqliteStore
    from attested.pipeline import run
    from attested.settings import Settings
    from attested.views.facts import Facts

    settings = Settings.load(settings_file)
    if processes is not None:
        settings = replace(settings, run=replace(settings.run, n_processes=processes))
    with SqliteStore(ledger) as store, progress_bar(is_wanted=not quiet and sys.stderr.isatty()) as progress:
        facts = Facts(run(list(inputs), store, settings, progress))
    if as_json:
        write_out([json_text(summary(facts))], None)
    elif not quiet:
        print_summary(facts, ledger, with_timings=timings)
    return exit_code(facts)


def exit_code(facts: Facts) -> int:
    """1 when there is no report, or pages were set aside; else 0."""
    return 1 if not facts.reports or facts.set_aside else 0


def summary(facts: Facts) -> dict[str, Any]:
    """The run in figures."""
    from attested.views.overview import counts, set_aside_reasons

    run = facts.ledger.summary
    return counts(facts) | {
        "set_aside": set_aside_reasons(facts),
        "hidden_files": run.counts.get("hidden_files", 0),
        "n_new_reports": run.n_new_reports,
        "wall_seconds": round(run.wall_seconds, 2),
        "reports_per_second": round(run.reports_per_second, 2),
        "seconds": {stage: round(seconds, 3) for stage, seconds in run.seconds.items()},
    }


def print_summary(facts: Facts, ledger: str, *, with_timings: bool) -> None:
    """The run in a few lines, and a table of its stages if asked."""
    found = summary(facts)
    click.echo(f"pages          {found['pages_read']} read, {found['pages_set_aside']} set aside")
    for why, n in found["set_aside"].items():
        click.echo(f"  {n:>4} {why}")
    if n_hidden := found["hidden_files"]:
        click.echo(f"hidden         {n_hidden} passed over (names that begin with a dot)")
    for name in (
        "reports",
        "origins",
        "stories",
        "incidents",
        "statements",
        "trends",
        "contradictions",
        "claims",
    ):
        click.echo(f"{name:14} {found[name]}")
    speed = f"{found['n_new_reports']} new reports, {found['reports_per_second']} reports/s"
    click.echo(f"seconds        {found['wall_seconds']} ({speed})")
    click.echo(f"ledger         {ledger}")
    if with_timings:
        total = sum(found["seconds"].values()) or 1.0
        rows = [
            {"stage": stage, "seconds": f"{spent:.2f}", "share": f"{spent / total:.0%}"}
            for stage, spent in found["seconds"].items()
        ]
        print_table(rows, ("stage", "seconds", "share"), title="seconds by stage")


@contextmanager
def progress_bar(*, is_wanted: bool) -> Iterator[Progress]:
    """A function ``(done, of how many, stage)`` that moves a bar on standard error, or does nothing."""
    if not is_wanted:
        yield lambda _done, _total, _stage: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None)
        yield lambda done, total, what: bar.update(task, completed=done, total=total, description=_tail(what))


def _tail(what: str) -> str:
    """The end of a page's name, in a fixed width so that the bar stands still."""
    return what[-_NAME_WIDTH:].rjust(_NAME_WIDTH)
