"""Rows of any list as CSV, whole and line by line, however many there are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from starlette.responses import Response, StreamingResponse

from attested.views.exports.csv import csv_lines
from attested.views.flat import Cell


def csv_file(rows: Iterable[Mapping[str, Cell]], name: str, *, for_spreadsheet: bool = False) -> Response:
    """A file to keep; ``for_spreadsheet`` makes text that looks like a formula harmless."""
    lines: Iterator[str] = csv_lines(rows, for_spreadsheet=for_spreadsheet)
    headers = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
    return StreamingResponse(lines, media_type="text/csv; charset=utf-8", headers=headers)
