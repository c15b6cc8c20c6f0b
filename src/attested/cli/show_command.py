"""``attested show``: rows of one kind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from difflib import get_close_matches
from typing import TYPE_CHECKING

import click

from attested.cli.ledger_option import as_of_option, ledger_option, open_facts
from attested.cli.output import is_terminal, json_text, print_table, require_one, write_out

if TYPE_CHECKING:
    from attested.views.facts import Facts
    from attested.views.flat import Cell

# Kind -> columns of its table on a terminal, of its rows as ``compact`` makes them; --json and --csv give all.
# Those with ``?`` may be left out where there is no room.
COLUMNS = {
    "incidents": "id date type place country?? killed injured?? abducted?? missing?? weapon?? n_reports?? n_origins "
    "sure?? contradictions? judged?",
    "statements": "id date act speaker addressee? what n_reports? n_origins judged?",
    "reports": "id published published_basis? outlet agency? headline origin?",
    "origins": "id agency? n_reports outlets why",
    "contradictions": "about field value n_origins by why?",
    "trends": "id period text n_reports? n_origins judged?",
    "set-aside": "input key why",
    "quotes": "id report? speaker text n_same altered?",
    "sayings": "id report? voice cue? text n_same hedge?",
    "actors": "id? name kind country aliases",
    "claims": "id about? field value hedge voice text? report?",
}


_JUDGED = ("incidents", "statements", "trends")  # what people decide on
_ISO_LENGTH = {"month": len("2021-05"), "year": len("2021")}


def kind_meant(_: click.Context, __: click.Parameter, value: str) -> str:
    """The kind of row, or a usage error that says which was perhaps meant."""
    if value in COLUMNS:
        return value
    near = get_close_matches(value, COLUMNS, n=2, cutoff=0.5)
    hint = f"did you mean {' or '.join(near)}?" if near else f"there are: {', '.join(COLUMNS)}"
    raise click.BadParameter(f"no kind {value!r}; {hint}")


@click.command("show")
@click.argument("kind", default="incidents", callback=kind_meant, metavar="[KIND]")
@ledger_option
@as_of_option
@click.option(
    "--json", "as_json", is_flag=True, help="All fields, as in the JSON export (default when piped)."
)
@click.option("--csv", "as_csv", is_flag=True, help="Flat rows as CSV.")
@click.option("--table", "as_table", is_flag=True, help="A table (default on a terminal).")
@click.option(
    "--judged/--unjudged", "judged", default=None,
    help="Only incidents, statements or trends that somebody decided on, or the others.",
)  # fmt: skip
def command(
    kind: str,
    ledger: str,
    as_of: str | None,
    as_json: bool,
    as_csv: bool,
    as_table: bool,
    judged: bool | None,
) -> None:
    """List rows of one KIND.

    KIND is incidents (the default), statements, reports, origins, contradictions, trends, set-aside, quotes,
    sayings, actors or claims. A table on a terminal; JSON when piped.
    """
    require_one({"json": as_json, "csv": as_csv, "table": as_table})
    facts = open_facts(ledger, as_of)
    if judged is not None:
        facts = _of_judged(facts, kind, is_wanted=judged)
    if as_csv:
        from attested.views.exports.csv import export_csv

        write_out(export_csv(facts, kind=kind), None)
    elif as_json or not (as_table or is_terminal()):
        write_out([json_text(json_rows(facts, kind))], None)
    else:
        from attested.views.flat import KINDS

        rows = [compact(row) for row in KINDS[kind](facts)]
        if not rows:
            click.echo(f"no {kind} in {ledger}", err=True)
        else:
            print_table(rows, COLUMNS[kind].split(), title=_title(kind, rows))


def _of_judged(facts: Facts, kind: str, *, is_wanted: bool) -> Facts:
    """The facts with the rows alone that people decided on, or with the others alone."""
    if kind not in _JUDGED:
        raise click.UsageError(
            f"--judged and --unjudged go with {', '.join(_JUDGED)}; see also: attested audit"
        )
    wanted = facts.judged if is_wanted else facts.members.keys() - facts.judged
    return replace(facts, only=wanted)


def compact(row: Mapping[str, Cell]) -> dict[str, Cell]:
    """The row with dates as one cell (``2021-05-03``, ``2021-05``, ``2021-05-01 to 2021-05-09``), and so counts."""
    found = dict(row)
    for name in [key.removesuffix("_start") for key in row if key.endswith("_start")]:
        start, end = row[f"{name}_start"], row[f"{name}_end"]
        length = _ISO_LENGTH.get(str(row[f"{name}_precision"]))
        is_long = start != end and length is None
        found[name] = f"{start} to {end}" if is_long else str(start or "")[:length]
    if "plover" in row:  # "Shelling/artillery/missile attack" may be broken after a stroke
        found["type"] = str(row["type"]).replace("/", "/ ")
    for name in [key.removesuffix("_best") for key in row if key.endswith("_best")]:
        low, best, high = (row[f"{name}_{part}"] for part in ("low", "best", "high"))
        found[name] = best if low == high else f"{best} ({low} to {high})"
    return found


def json_rows(facts: Facts, kind: str) -> list[dict[str, object]]:
    """The rows under the export's names; flat rows for the kinds that the export has no list of."""
    from attested.views import flat, rows

    if kind == "set-aside":
        return [rows.page_row(facts, page) for page in facts.set_aside]
    if kind in rows.KINDS:
        return list(rows.rows(facts, kind))
    return [dict(row) for row in flat.KINDS[kind](facts)]


def _title(kind: str, rows: Sequence[Mapping[str, object]]) -> str:
    """How many there are; a contradiction is shown with a row for each of its values."""
    if kind != "contradictions":
        return f"{len(rows)} {kind.removesuffix('s') if len(rows) == 1 else kind}"
    n = len({(row["about"], row["field"]) for row in rows})
    return f"{n} contradictions, {len(rows)} values"
