"""``attested voices``: who said what, when, and how many independent origins have it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from attested.cli.ledger_option import as_of_option, ledger_option, open_facts
from attested.cli.output import console, is_terminal, json_text, print_table, write_out

if TYPE_CHECKING:
    from rich.text import Text

    from attested.views.voices import Utterance, VoiceRow

_WIDEST_ACT = 22
_COLUMNS = "name kind? for? statements quotations claims sayings reports?"


@click.command("voices")
@click.argument("name", default="", metavar="[NAME]")
@ledger_option
@as_of_option
@click.option("--json", "as_json", is_flag=True, help="As JSON (default when piped).")
@click.option("--table", "as_table", is_flag=True, help="As text (default on a terminal).")
def command(name: str, ledger: str, as_of: str | None, as_json: bool, as_table: bool) -> None:
    """Show who said what: statements, quotations, claims about incidents, and what else is told as somebody's words.

    Without NAME a table of all voices; with words of a name ("ministry", a last name, a state that people speak
    for) everything these voices said, in order of time, with how many reports and independent origins repeat it.
    """
    from attested.views.voices import voice_rows

    rows = voice_rows(open_facts(ledger, as_of), name)
    if as_json or not (as_table or is_terminal()):
        from attested import codec

        write_out([json_text([codec.encode(row) for row in rows])], None)
    elif not rows:
        click.echo(f"no voice is called {name!r}; list them all with: attested voices", err=True)
    elif name:
        for row in rows:
            print_voice(row)
    else:
        print_table(
            [_cells(row) for row in rows],
            _COLUMNS.split(),
            title=f"{len(rows)} voice{'' if len(rows) == 1 else 's'}",
        )


def _cells(row: VoiceRow) -> dict[str, object]:
    return {
        "name": row.name,
        "kind": row.kind,
        "for": ", ".join(row.on_behalf_of),
        "statements": row.n("statement"),
        "quotations": row.n("quotation"),
        "claims": row.n("claim"),
        "sayings": row.n("saying"),
        "reports": len(row.reports),
    }


def print_voice(row: VoiceRow) -> None:
    """One voice with all it said, for a person."""
    from rich.table import Table
    from rich.text import Text

    out = console()
    speaks = f", for {', '.join(row.on_behalf_of)}" if row.on_behalf_of else ""
    kind = f"  {row.kind}" if row.kind else ""
    unnamed = f"; {'; '.join(row.anonymity)}" if row.anonymity else ""
    out.print(Text.assemble((row.name, "bold"), speaks, (f"{kind}{unnamed}", "dim")))
    said = Table.grid(padding=(0, 2))
    said.add_column(style="green", no_wrap=True)
    said.add_column(style="cyan", max_width=_WIDEST_ACT)
    said.add_column()
    for one in row.said:
        said.add_row(f"  {one.when or 'day unknown'}", one.what, _words(one))
    out.print(said)
    out.print()


def _words(one: Utterance) -> Text:
    """What was said, how surely, and how many repeat it."""
    from rich.text import Text

    from attested.views.words import number_words

    hedges = f" ({', '.join(one.hedges)})" if one.hedges and one.hedges != ("reported",) else ""
    via = f", via {', '.join(one.via)}" if one.via else ""
    backed = f"{number_words(len(one.reports), 'report')}, {number_words(one.n_origins, 'origin')}"
    return Text.assemble(f"{one.words}{hedges}", (f"\n{backed}{via}  {one.id}", "dim"))
