"""Rows of any list as CSV, whole and line by line, however many there are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import chain, islice

from starlette.responses import Response, StreamingResponse

from attested.views.exports.csv import csv_lines
from attested.views.flat import Cell

_LINES = 500  # sent at once


def csv_file(rows: Iterable[Mapping[str, Cell]], name: str, *, for_spreadsheet: bool = False) -> Response:
    """A file to keep; ``for_spreadsheet`` makes text that looks like a formula harmless.

    Its beginning is made at once, so that what is wrong with the question can still be said; the rest as it is sent, by
    whichever thread is free: ``rows`` asks ``LedgerFile.store`` anew for each part.
    """
    lines = csv_lines(rows, for_spreadsheet=for_spreadsheet)
    parts = iter(lambda: "".join(islice(lines, _LINES)), "")
    headers = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
    whole = chain([next(parts, "")], parts)
    return StreamingResponse(whole, media_type="text/csv; charset=utf-8", headers=headers)
