"""``attested dossier``: one HTML file for a person."""

from __future__ import annotations

import click

from attested.cli.ledger_option import DEFAULT_LEDGER, as_of_option, open_facts
from attested.cli.output import write_out


@click.command("dossier")
@click.argument("ledger_file", required=False, metavar="[LEDGER]")
@click.option(
    "-l", "--ledger", envvar="ATTESTED_LEDGER", metavar="FILE", help="The ledger, if not an argument."
)
@click.option("-o", "--output", default="dossier.html", show_default=True, metavar="FILE")
@click.option(
    "--title", default=None, help="The dossier's title; the largest story's headline when not given."
)
@as_of_option
def command(
    ledger_file: str | None, ledger: str | None, output: str, title: str | None, as_of: str | None
) -> None:
    """Write the LEDGER as one self-contained HTML file: no scripts, light and dark, prints well."""
    from attested.views.dossier import dossier_html

    facts = open_facts(ledger_file or ledger or DEFAULT_LEDGER, as_of)
    write_out([dossier_html(facts, title=title)], output)
    if output != "-":
        click.echo(f"wrote {output}", err=True)
