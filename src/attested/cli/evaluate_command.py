"""``attested evaluate``: a stage against a gold set."""

from __future__ import annotations

from pathlib import Path

import click

from attested.cli.output import write_out


@click.command("evaluate")
@click.argument("name")
@click.argument("folder", metavar="DIR", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="One JSON object, the main figures first.")
def command(name: str, folder: Path, as_json: bool) -> None:
    """Measure the stage that the gold set NAME is for, on its files below DIR.

    Files are found by pattern, whatever the split in their names.
    """
    from attested.evaluation.registry import evaluate

    figures = evaluate(name, folder)
    write_out([(figures.as_json() if as_json else figures.as_table()) + "\n"], None)
