"""``attested audit``: what people decided, and whether the record is whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from attested.cli.ledger_option import follow, ledger_option
from attested.cli.output import is_terminal, json_text, print_table, write_out

if TYPE_CHECKING:
    from attested.ledger.sqlite import SqliteStore

_COLUMNS = "id at? by decision before after note?? state"
_VERIFY = "verify"


@click.command("audit")
@click.argument("wanted", required=False, default="", metavar="[ID|verify]")
@ledger_option
@click.option("--json", "as_json", is_flag=True, help="As JSON (default when piped).")
@click.option("--table", "as_table", is_flag=True, help="As a table (default on a terminal).")
def command(wanted: str, ledger: str, as_json: bool, as_table: bool) -> None:
    """List what people decided: who, when, why, before and after, and whether it stands.

    With an ID only the decisions on that incident, statement or judgement. A decision that a later one overrules,
    that was undone, or whose words are in no text any more ("no longer fits") is kept and says so.

    "verify" checks that no decision was changed, removed or put between others since it was made, and prints the
    last link of their chain: a copy of it kept elsewhere shows that none was cut off at the end.
    """
    from attested.ledger.sqlite import SqliteStore
    from attested.views.audit import decisions
    from attested.views.facts import Facts

    with SqliteStore(ledger, read_only=True) as store:
        if wanted == _VERIFY:
            _verify(store, as_json=as_json)
            return
        facts = Facts(store.load(vectors=False))
    rows = decisions(facts, follow(facts.ledger, wanted) if wanted else "")
    if as_json or not (as_table or is_terminal()):
        from attested import codec

        write_out([json_text([codec.encode(row) for row in rows])], None)
    elif rows:
        print_table(
            [{**_cells(row), "at": row.at[:16].replace("T", " ")} for row in rows],
            _COLUMNS.split(),
            title=f"{len(rows)} decision{'' if len(rows) == 1 else 's'}",
        )
    else:
        click.echo(f"nobody decided anything{f' on {wanted}' if wanted else ''} in {ledger}", err=True)


def _cells(row: object) -> dict[str, object]:
    return {name: getattr(row, name) for name in ("id", "by", "decision", "before", "after", "note", "state")}


def _verify(store: SqliteStore, *, as_json: bool) -> None:
    """Read the chain, which complains when it is broken, and print its end."""
    from attested.views.words import number_words

    store.judgements()
    n, head = store.chain()
    if as_json:
        write_out([json_text({"judgements": n, "head": head or None})], None)
    else:
        kept = f"{number_words(n, 'decision')}, none changed since it was made"
        click.echo(kept if n else "nobody decided anything yet")
        if head:
            click.echo(f"head {head}")
