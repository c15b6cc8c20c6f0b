"""``attested lineage``: who has it from whom, and how many independent origins stand behind a set of reports."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from attested.cli.ledger_option import as_of_option, follow, ledger_option, open_facts
from attested.cli.output import console, json_text, write_out

if TYPE_CHECKING:
    from attested.views.families import Branch, LineageView

_MAX_ALONE = 12  # reports that share their text with no other, listed by name


@click.command("lineage")
@click.argument("names", metavar="[REPORT|STORY|INCIDENT]...", nargs=-1)
@ledger_option
@as_of_option
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def command(names: tuple[str, ...], ledger: str, as_of: str | None, as_json: bool) -> None:
    """Show which reports are copies of which, as trees, and how many origins they have.

    Without a name all reports; else those of the ids given (or their first letters), or of files. Compare two with:
    attested diff.
    """
    from attested.views.families import lineage_view

    facts = open_facts(ledger, as_of)
    view = lineage_view(facts, tuple(follow(facts.ledger, name) for name in names))
    if as_json:
        from attested import codec

        write_out([json_text({"verdict": view.verdict, **codec.encode(view)})], None)
    else:
        print_lineage(view)


def print_lineage(view: LineageView) -> None:
    """Text for a person."""
    from rich.text import Text
    from rich.tree import Tree

    out = console()
    out.print(Text(view.verdict, style="bold"))
    for family in view.families:
        out.print()
        head = Text.assemble((f"{family.origin}  ", "dim"), (family.why, ""))
        tree = Tree(head, guide_style="dim")
        for root in family.roots:
            _grow(tree, root)
        out.print(tree)
    if view.alone:
        out.print()
        out.print(Text("share their text with no other", style="bold"))
    for branch in view.alone[:_MAX_ALONE]:
        out.print(Text.assemble("  ", *_named(branch)))
    if len(view.alone) > _MAX_ALONE:
        out.print(Text(f"  and {len(view.alone) - _MAX_ALONE:,} more: attested show reports", style="dim"))


def _grow(tree: Any, branch: Branch) -> None:
    from rich.text import Text

    words = Text.assemble(*_named(branch))
    if branch.kind:
        version = ", a later version" if branch.is_version else ""
        score = "" if branch.score is None else f" {branch.score:.2f}"
        words.append(f"\n{branch.kind}{version}{score}", style="cyan")
        words.append(f": {branch.why}", style="dim")
    node = tree.add(words)
    for child in branch.branches:
        _grow(node, child)


def _named(branch: Branch) -> list[tuple[str, str]]:
    if branch.report is None:
        return [(branch.label, "italic")]
    return [(branch.label, ""), (f"  {branch.when}", "green"), (f"  {branch.report}", "dim")]
