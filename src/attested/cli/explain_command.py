"""``attested explain``: why a row says what it says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from attested.cli.ledger_option import as_of_option, follow, ledger_option, open_facts
from attested.cli.output import console, json_text, write_out

if TYPE_CHECKING:
    from attested.views.evidence import Evidence
    from attested.views.explain import ExplainedValue, Explanation


@click.command("explain")
@click.argument("id")
@ledger_option
@as_of_option
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def command(id: str, ledger: str, as_of: str | None, as_json: bool) -> None:
    """Explain the row with this ID (or the first letters of it).

    Every value with its sentences (words marked), report, voice, hedge and date arithmetic; why reports were
    merged; how many independent origins, and why. ID is that of an incident, statement, trend, report, story,
    origin, quotation, saying or claim; find them with: attested show.
    """
    from attested.views.explain import explain

    facts = open_facts(ledger, as_of, around=id)
    explanation = explain(facts, follow(facts.ledger, id))
    if as_json:
        from attested import codec

        write_out([json_text(codec.encode(explanation))], None)
    else:
        print_explanation(explanation)


def print_explanation(explanation: Explanation) -> None:
    """Text for a person: marked words are reversed on a colour terminal and stand in [brackets] otherwise."""
    out = console()
    _put(out, 0, (explanation.title, "bold"), (f"  {explanation.id}", "dim"))
    for label, fact in explanation.about:
        _put(out, 2, (f"{label}: ", "dim"), (fact, ""))
    for value in explanation.values:
        out.print()
        _print_value(out, value)
    if explanation.why:
        out.print()
        _put(out, 0, ("WHY", "bold"))
    for label, reason in explanation.why:
        _put(out, 2, (f"{label}: ", "dim"), (reason, ""))


def _print_value(out: Any, value: ExplainedValue) -> None:
    field = value.field.replace("_", " ").upper()
    _put(out, 0, (field, "bold"), (f"  {value.value}", "bold cyan"), (_dash(value.how), "dim"))
    if value.sure:
        _put(out, 2, (value.sure, "dim"))
    if value.disagreement:
        _put(out, 2, ("disagreement: ", "bold yellow"), (value.disagreement, "yellow"))
    for evidence in value.evidence:
        _print_evidence(out, evidence)


def _print_evidence(out: Any, evidence: Evidence) -> None:
    is_plain = out.no_color or not out.is_terminal
    words: list[tuple[str, str]] = [(f"{evidence.value}: “", "")]
    for piece in evidence.sentence:
        if piece.fields:
            words.append((f"[{piece.text}]", "") if is_plain else (piece.text, "reverse"))
        else:
            words.append((piece.text, ""))
    _put(out, 2, *words, ("”", ""))
    said = f" (“{evidence.cue}”)" if evidence.cue else ""
    hedge = evidence.hedge if evidence.polarity == "positive" else f"{evidence.hedge}, negative"
    report = f"{evidence.outlet}, “{evidence.headline}”, {evidence.published} [{evidence.report}]"
    _put(out, 4, (report, "dim"))
    _put(out, 4, (f"{evidence.voice}{said} · {hedge} · {evidence.origin} · {evidence.claim}", "dim"))
    if evidence.also:
        _put(out, 4, (f"word for word in {', '.join(evidence.also)}", "dim"))
    if evidence.meaning:
        _put(out, 4, (evidence.meaning, "green"))


def _dash(text: str) -> str:
    return f" — {text}" if text else ""


def _put(out: Any, indent: int, *parts: tuple[str, str]) -> None:
    """One paragraph, all its lines indented alike."""
    from rich.padding import Padding
    from rich.text import Text

    out.print(Padding(Text.assemble(*parts), (0, 0, 0, indent), expand=False))
