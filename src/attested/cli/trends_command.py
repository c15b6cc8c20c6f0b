"""``attested trends``: incidents by week or month, type, place and actor; what changed; what the texts say of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from attested.cli.ledger_option import as_of_option, ledger_option, open_facts
from attested.cli.output import console, is_terminal, json_text, print_table, require_one, write_out

if TYPE_CHECKING:
    from attested.views.change import Change
    from attested.views.trend_said import SaidTrend
    from attested.views.trend_table import PeriodKind, Row, Toll, TrendTable

_MAX_PERIODS = 12  # weeks or months printed; all are in --json
_MAX_ROWS = 15  # rows of one kind printed
_MAX_SAID = 20
_TITLES = {
    "all": "all", "type": "by type", "country": "by country", "admin1": "by first-level division", "actor": "by actor",
}  # fmt: skip
_PERIOD_COLUMNS = "{} incidents killed reports".split()
_COLUMNS = "name incidents 4_weeks 4_week_change 52_weeks 52_week_change killed? unsure?? in_no_{}??".split()


@click.command("trends")
@ledger_option
@as_of_option
@click.option(
    "--by",
    type=click.Choice(["week", "month"]),
    default="week",
    show_default=True,
    help="ISO weeks, or calendar months.",
)
@click.option(
    "--min-origins",
    type=click.IntRange(min=1),
    default=1,
    show_default=True,
    metavar="N",
    help="Only incidents that N independent origins tell of.",
)
@click.option(
    "--json", "as_json", is_flag=True, help="As JSON, with the incidents' ids (default when piped)."
)
@click.option("--table", "as_table", is_flag=True, help="As tables (default on a terminal).")
def command(
    ledger: str, as_of: str | None, by: PeriodKind, min_origins: int, as_json: bool, as_table: bool
) -> None:
    """Count incidents by week or month, type, place and actor, with their change.

    The last 28 days are set beside the 28 before, and the last 364 beside the 364 before, up to the day of --as-of
    or of the last report. A change is told if chance alone would bring it less than once in twenty (the exact test
    of two Poisson counts). With fewer than six incidents in both it says "too few to compare"; where the reports do
    not reach back nothing is compared. Of the last days some incidents may be yet untold.

    Incidents whose days lie in more than one week are in no week, and counted apart; so with months and runs of
    days. An incident blamed on two actors counts for both. Last stands what the texts themselves say of trends
    ("17 times since January"), beside what the ledger counts in the same days, place and sort.
    """
    require_one({"json": as_json, "table": as_table})
    from attested.views.trend_said import said_trends
    from attested.views.trend_table import trend_table

    facts = open_facts(ledger, as_of)
    table = trend_table(facts, by=by, min_origins=min_origins)
    said = said_trends(facts, min_origins=min_origins)
    if as_json or not (as_table or is_terminal()):
        from attested import codec

        rows = [codec.encode(one) | {"verdict": one.verdict} for one in said]
        write_out([json_text(codec.encode(table) | {"said": rows})], None)
    else:
        print_trends(table, said)


def print_trends(table: TrendTable, said: Sequence[SaidTrend]) -> None:
    """Tables for a person."""
    _print_heading(table)
    _print_periods(table)
    for kind, title in _TITLES.items():
        rows = [row for row in table.rows if row.by == kind]
        left = f", {_MAX_ROWS} of {len(rows)}; all with --json" if len(rows) > _MAX_ROWS else ""
        if any(row.incidents for row in rows):
            columns = [column.format(table.by) for column in _COLUMNS]
            cells = [_cells(row, table.by) for row in rows[:_MAX_ROWS]]
            print_table(cells, columns, title=f"{title}{left}")
    _print_said(said)


def _print_heading(table: TrendTable) -> None:
    """How many incidents there are, which are in no period, and what is compared."""
    from attested.views.words import day_words, listed, number_words

    whole, out = table.rows[0], console()
    wider = f"{len(whole.wider):,} whose days lie in more than one"
    parts = [wider] * bool(whole.wider) + [f"{len(whole.undated):,} without a day"] * bool(whole.undated)
    apart = f"; in no {table.by}: {listed(parts)}" if parts else ""
    n_left_out = number_words(table.n_left_out, "incident")
    left_out = (
        f"; {n_left_out} with fewer than {table.min_origins} origins left out" if table.n_left_out else ""
    )
    out.print(f"{number_words(len(whole.incidents), 'incident')}{apart}{left_out}")
    for weeks, window in ((4, table.four_weeks), (52, table.fifty_two_weeks)):
        if window is not None:
            days = f"{weeks} weeks: {day_words(window.middle)} to {day_words(window.end)}, and as many days before"
            read = f"{number_words(window.n_reports, 'report')} against {window.n_reports_before:,}"
            not_compared = f"not compared: {window.why_not}" if window.why_not else read
            out.print(f"{days}; {not_compared}", style="dim")
    n = table.n_judged
    if n > 1:
        out.print(f"{n:,} comparisons: chance alone makes up to one in twenty such a change", style="dim")


def _print_periods(table: TrendTable) -> None:
    """The last periods in which anything was reported or happened: where nothing was read, 0 would say too much."""
    told = [period for period in table.periods if period.n_reports or period.incidents]
    cells = [
        {
            table.by: period.name,
            "incidents": len(period.incidents),
            "killed": toll_words(period.killed),
            "reports": period.n_reports,
        }
        for period in told[-_MAX_PERIODS:]
    ]
    if cells:
        columns = [column.format(table.by) for column in _PERIOD_COLUMNS]
        last = f", the last {len(cells)}" if len(cells) < len(told) else ""
        empty = ", empty ones left out" if len(told) < len(table.periods) else ""
        print_table(cells, columns, title=f"\nby {table.by}{last}{empty}")


def _cells(row: Row, by: PeriodKind) -> dict[str, object]:
    from attested.views.change import change_words

    four_weeks, year = row.four_weeks, row.fifty_two_weeks
    return {
        "name": row.name.replace("/", "/ ") if row.by == "type" else row.name,  # may be broken after a stroke
        "incidents": len(row.incidents),
        "4_weeks": _counts(four_weeks),
        "4_week_change": change_words(four_weeks),
        "52_weeks": _counts(year),
        "52_week_change": change_words(year),
        "killed": toll_words(row.killed),
        "unsure": max((c.unsure for c in (four_weeks, year) if c), default=0) or None,
        f"in_no_{by}": len(row.wider) + len(row.undated) or None,
    }


def _counts(change: Change | None) -> str:
    """``25 from 12``; the later count alone where the earlier one is not covered."""
    if change is None:
        return ""
    return (
        f"{change.last:,}" if change.verdict == "not covered" else f"{change.last:,} from {change.before:,}"
    )


def toll_words(toll: Toll | None) -> str:
    """``30 (28 to 41)``; empty where no incident has a figure."""
    if toll is None:
        return ""
    return f"{toll.best:,}" if toll.low == toll.high else f"{toll.best:,} ({toll.low:,} to {toll.high:,})"


def _print_said(said: Sequence[SaidTrend]) -> None:
    """The texts' own statements, each with the ledger's figures."""
    from rich.padding import Padding
    from rich.text import Text

    from attested.views.words import number_words

    out = console()
    if said:
        out.print("what the texts say", style="italic")
    for one in said[:_MAX_SAID]:
        where = ", ".join(part for part in (one.place, one.type, one.period) if part)
        why = f" ({one.place_why})" if one.place_why else ""
        about = "about " if one.approximate else ""
        value = "" if one.value is None else f"{about}{one.value}"
        says = ", ".join(part for part in (value, one.direction) if part) or "no figure"
        origins = number_words(one.n_origins, "origin")
        out.print(Text.assemble("“", one.text, "”", (f"  {origins}  {one.id}", "dim")))
        out.print(Padding(Text(f"says {says}; {one.verdict}"), (0, 0, 0, 2)))
        if where:
            out.print(Padding(Text(f"{where}{why}", style="dim"), (0, 0, 0, 2)))
    if len(said) > _MAX_SAID:
        out.print(f"and {len(said) - _MAX_SAID:,} more: attested trends --json", style="dim")
