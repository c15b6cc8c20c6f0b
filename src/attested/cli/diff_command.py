"""``attested diff``: two reports compared, sentence by sentence and value by value."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from attested.cli.ledger_option import ledger_option, open_facts
from attested.cli.output import console, json_text, write_out

if TYPE_CHECKING:
    from rich.text import Text

    from attested.views.difference import Change, Difference, DiffPiece

_STYLES = {"added": "green", "cut": "red strike", "same": ""}
_MARKS = {"added": ("{+", "+}"), "cut": ("[-", "-]"), "same": ("", "")}


@click.command("diff")
@click.argument("first", metavar="A")
@click.argument("second", metavar="B")
@ledger_option
@click.option("--all", "show_all", is_flag=True, help="Sentences that did not change, too.")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def command(first: str, second: str, ledger: str, show_all: bool, as_json: bool) -> None:
    """Compare report B with report A: what B added, cut and changed.

    A and B are ids (or their first letters) or files. Changed quotations and numbers come first. Words only in B
    are green, {+so+} without colours; words only in A are struck out, [-so-] without.
    """
    from attested.views.difference import difference
    from attested.views.lookup import find_report

    facts = open_facts(ledger)
    found = difference(facts, find_report(facts, first), find_report(facts, second))
    if as_json:
        from attested import codec

        write_out([json_text(codec.encode(found))], None)
    else:
        print_difference(found, show_all=show_all)


def print_difference(found: Difference, *, show_all: bool) -> None:
    """Text for a person."""
    from rich.text import Text

    out = console()
    out.print(Text.assemble(("A  ", "bold"), found.first_words, (f"  {found.first}", "dim")))
    out.print(Text.assemble(("B  ", "bold"), found.second_words, (f"  {found.second}", "dim")))
    parent = {found.first: "B was made from A", found.second: "A was made from B"}.get(found.parent or "")
    parent = parent or (f"both from {found.parent}" if found.parent else "")
    out.print(
        Text.assemble((found.kind, "bold cyan"), f"; {parent}" if parent else "", (f" — {found.why}", "dim"))
    )
    out.print(
        f"{found.first_share:.0%} of A and {found.second_share:.0%} of B stand in the other; "
        f"sentences: {found.n('same')} the same, {found.n('added')} added, {found.n('cut')} cut"
    )
    if found.values:
        out.print()
        out.print(Text("VALUES", style="bold"))
    for value in found.values:
        words = f"  {value.field.replace('_', ' ')}: {_listed(value.first)} → {_listed(value.second)}"
        out.print(Text.assemble(words, (f"  {value.about}", "dim")))
    heading = ""
    for change in found.changes:
        if change.kind == "same" and not show_all:
            continue
        if change.kind != heading:
            heading = change.kind
            out.print()
            out.print(Text(heading.upper(), style="bold"))
        out.print(_marked(change, is_plain=out.no_color or not out.is_terminal))


def _listed(values: tuple[str, ...]) -> str:
    return "; ".join(values) or "nothing"


def _marked(change: Change, *, is_plain: bool) -> Text:
    from rich.text import Text

    if change.kind in ("added", "cut"):
        return Text("  " + " ".join(piece.text for piece in change.pieces))
    return Text.assemble("  ", marked_pieces(change.pieces, is_plain=is_plain))


def marked_pieces(pieces: Sequence[DiffPiece], *, is_plain: bool) -> Text:
    """A word diff on one line: in colours, or with {+added+} and [-cut-]."""
    from rich.text import Text

    line = Text()
    for i, piece in enumerate(pieces):
        before, after = _MARKS[piece.mark] if is_plain else ("", "")
        line.append(" " if i else "")
        line.append(f"{before}{piece.text}{after}", style=_STYLES[piece.mark])
    return line
