"""``attested export``: the ledger for other programs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from attested.cli.ledger_option import DEFAULT_LEDGER, as_of_option, open_facts
from attested.cli.output import write_out

if TYPE_CHECKING:
    from attested.views.facts import Facts

FORMATS = ("json", "jsonl", "csv", "geojson")
CSV_ROWS = (
    "incidents",
    "claims",
    "statements",
    "reports",
    "trends",
    "contradictions",
    "quotes",
    "sayings",
    "actors",
    "origins",
)


@click.command("export")
@click.argument("ledger_file", required=False, metavar="[LEDGER]")
@click.option(
    "-l", "--ledger", envvar="ATTESTED_LEDGER", metavar="FILE", help="The ledger, if not an argument."
)
@click.option("-f", "--format", "form", type=click.Choice(FORMATS), default="json", show_default=True)
@click.option("-o", "--output", metavar="FILE", help="Where to write; standard output when not given.")
@click.option(
    "--rows", type=click.Choice(CSV_ROWS), default="incidents", show_default=True, help="For csv: which."
)
@click.option(
    "--for-spreadsheet", is_flag=True, help="For csv: text that looks like a formula gets an apostrophe."
)
@as_of_option
def command(
    ledger_file: str | None,
    ledger: str | None,
    form: str,
    output: str | None,
    rows: str,
    for_spreadsheet: bool,
    as_of: str | None,
) -> None:
    """Write the LEDGER for other programs.

    json and jsonl follow the export contract; csv holds one kind of rows; geojson holds the incidents with a
    place and counts those without.
    """
    facts = open_facts(ledger_file or ledger or DEFAULT_LEDGER, as_of)
    write_out(pieces(facts, form, rows=rows, for_spreadsheet=for_spreadsheet), output)


def pieces(
    facts: Facts, form: str, *, rows: str = "incidents", for_spreadsheet: bool = False
) -> Iterator[str]:
    """The text of the export, in pieces."""
    if form == "csv":
        from attested.views.exports.csv import export_csv

        return export_csv(facts, kind=rows, for_spreadsheet=for_spreadsheet)
    if form == "geojson":
        from attested.views.exports.geojson import export_geojson

        return export_geojson(facts)
    from attested.views.exports.json import export_json, export_jsonl

    return export_json(facts) if form == "json" else export_jsonl(facts)
