"""Flat rows as CSV (RFC 4180, UTF-8), with a form that is safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping

from attested.views.facts import Facts
from attested.views.flat import KINDS, Cell

# A cell that begins so is a formula to a spreadsheet (OWASP, "CSV Injection").
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_BYTE_ORDER_MARK = "\ufeff"  # without it Excel reads UTF-8 as the machine's old code page


def export_csv(facts: Facts, *, kind: str = "incidents", for_spreadsheet: bool = False) -> Iterator[str]:
    """One kind's flat rows under a heading line; nothing when there are no rows.

    ``for_spreadsheet`` puts an apostrophe before text that a spreadsheet would run as a formula.
    """
    return csv_lines(KINDS[kind](facts), for_spreadsheet=for_spreadsheet)


def csv_lines(rows: Iterable[Mapping[str, Cell]], *, for_spreadsheet: bool = False) -> Iterator[str]:
    """Rows of the same columns under a heading line; nothing when there are no rows."""
    for n, row in enumerate(rows):
        if n == 0:
            yield (_BYTE_ORDER_MARK if for_spreadsheet else "") + _line(list(row))
        yield _line([_safe(cell) if for_spreadsheet else cell for cell in row.values()])


def _line(cells: list[Cell] | list[str]) -> str:
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\r\n").writerow(cells)
    return buffer.getvalue()


def _safe(cell: Cell) -> Cell:
    """Numbers stay numbers; text that begins like a formula gets an apostrophe."""
    is_formula = isinstance(cell, str) and cell.lstrip(" ").startswith(_FORMULA_STARTS)
    return f"'{cell}" if is_formula else cell
