"""``attested queue``: what deserves a person's look."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from attested.cli.ledger_option import ledger_option, open_facts
from attested.cli.output import is_terminal, json_text, print_table, require_one, write_out

if TYPE_CHECKING:
    from attested.views.doubts import Doubt

_COLUMNS = "id incident? ask shown sure why"
_MOST = 20


@click.command("queue")
@ledger_option
@click.option(
    "-n", "most", type=click.IntRange(min=0), default=_MOST, show_default=True, metavar="N",
    help="So many at most; 0 is all.",
)  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="As JSON (default when piped).")
@click.option("--table", "as_table", is_flag=True, help="A table (default on a terminal).")
def command(ledger: str, most: int, as_json: bool, as_table: bool) -> None:
    """List what deserves a look, the most doubtful first.

    Values that are less than 90% sure or that reports disagree on, incidents that may be two, may be one with another,
    or may be none. What somebody decided is left out: confirm, correct, split or reject with attested judge, and it is
    asked no more. See the words with: attested explain ID.
    """
    require_one({"json": as_json, "table": as_table})
    found = _asked(ledger)
    shown = found[:most] if most else found
    if as_json or not (as_table or is_terminal()):
        from attested import codec

        write_out([json_text([codec.encode(row) for row in shown])], None)
    elif shown:
        rows = [{name: getattr(row, name) for name in row.__slots__} for row in shown]
        print_table(rows, _COLUMNS.split(), title=f"{len(shown)} of {len(found)} questions")
    else:
        click.echo(f"nothing in {ledger} is in doubt", err=True)


def _asked(ledger: str) -> list[Doubt]:
    """All questions: from the index of shown rows, or fused anew where that does not reflect the ledger."""
    from attested.ledger.sqlite import SqliteStore
    from attested.views.doubts import doubts, listed_doubts

    with SqliteStore(ledger, read_only=True) as store:
        if store.shown_index.is_current():
            return listed_doubts(store.shown)
    return doubts(open_facts(ledger))
