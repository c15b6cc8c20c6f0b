"""``attested quotes``: what became of each quotation across reports."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from attested.cli.diff_command import marked_pieces
from attested.cli.ledger_option import as_of_option, ledger_option, open_facts
from attested.cli.output import console, json_text, write_out

if TYPE_CHECKING:
    from rich.text import Text

    from attested.views.variants import QuoteFamily, Wording

_MAX_SHOWN = 40  # quotations printed when no words are given
_MAX_OUTLETS = 6


@click.command("quotes")
@click.argument("text", default="", metavar="[TEXT]")
@ledger_option
@as_of_option
@click.option("--altered", "only_altered", is_flag=True, help="Only quotations that somebody altered.")
@click.option("--all", "show_all", is_flag=True, help="Also those that one report alone has.")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def command(
    text: str, ledger: str, as_of: str | None, only_altered: bool, show_all: bool, as_json: bool
) -> None:
    """Show quotations in all their wordings: who printed which, and how the words differ.

    TEXT is words that the quotation holds, or its id. Without TEXT: those that more than one report prints, or
    that were altered. Words that a wording adds are green, {+so+} without colours; words it lacks are struck
    out, [-so-] without.
    """
    from attested.views.variants import quote_families

    families = quote_families(open_facts(ledger, as_of), text)
    kept = [
        f for f in families if f.is_altered or (not only_altered and (show_all or text or f.n_reports > 1))
    ]
    if as_json:
        from attested import codec

        write_out([json_text([{"is_altered": f.is_altered, **codec.encode(f)} for f in kept])], None)
    elif kept:
        print_families(kept if text or show_all else kept[:_MAX_SHOWN], len(kept))
    else:
        click.echo(_nothing(text, len(families)), err=True)


def _nothing(text: str, n_all: int) -> str:
    if text:
        return f"no quotation holds {text!r}; list them all with: attested quotes --all"
    return f"none of {n_all:,} quotations stands in two reports or was altered; list them with: attested quotes --all"


def print_families(families: list[QuoteFamily], n_all: int) -> None:
    """Text for a person."""
    out = console()
    for family in families:
        _print_family(family)
    if n_all > len(families):
        out.print(
            f"and {n_all - len(families):,} more: attested quotes --all, or attested quotes TEXT", style="dim"
        )


def _print_family(family: QuoteFamily) -> None:
    from rich.text import Text

    from attested.views.words import number_words

    out = console()
    best = family.best
    speaker = best.speakers[0] if best.speakers else "nobody named"
    backed = f"{number_words(family.n_reports, 'report')}, {number_words(family.n_origins, 'origin')}"
    out.print(Text.assemble((speaker, "bold"), f"  {backed}", (f"  {best.id}", "dim")))
    out.print(Text.assemble("  “", best.text, "”"))
    out.print(Text.assemble("    ", _printed_by(best)))
    if family.altered_why is not None:
        out.print(Text(f"    altered: {family.altered_why}", style="red"))
    for variant in family.variants:
        line = Text.assemble("  ", (", ".join(variant.kinds), "cyan"), "  ")
        line.append_text(marked_pieces(variant.pieces, is_plain=out.no_color or not out.is_terminal))
        out.print(line)
        out.print(Text.assemble("    ", _printed_by(variant.wording)))
        if variant.altered_why is not None:
            out.print(Text(f"    altered: {variant.altered_why}", style="red"))
    out.print()


def _printed_by(wording: Wording) -> Text:
    from rich.text import Text

    from attested.views.words import number_words

    outlets = list(dict.fromkeys(wording.outlets))
    more = f" and {len(outlets) - _MAX_OUTLETS} more" if len(outlets) > _MAX_OUTLETS else ""
    since = f", first on {wording.first}" if wording.first else ""
    named = f"; given to {', '.join(wording.speakers)}" if wording.speakers else ""
    words = f"{', '.join(outlets[:_MAX_OUTLETS])}{more}: {number_words(wording.n_origins, 'origin')}{since}{named}"
    return Text(words, style="dim")
