"""How answers leave: a table on a terminal, JSON when piped, CSV when asked."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import click

from attested.errors import InputError

_SHORT_CELL = 14  # characters: ids, days and numbers, which are not broken over lines
_LONG_CELL = 13  # the least that a longer cell is squeezed to
_CELL_GAP = 3  # between cells, of the box that we use
MAX_CELL = 60  # characters of a table's cell; the whole is in --json, --csv and explain


def write_out(pieces: Iterable[str], target: str | None) -> None:
    """Write text to a file, or to standard output for None and ``-``. Raises InputError if it cannot."""
    if target in (None, "-"):
        for piece in pieces:
            sys.stdout.write(piece)
        sys.stdout.flush()
        return
    try:
        with Path(str(target)).open("w", encoding="utf-8", newline="") as file:
            file.writelines(pieces)
    except OSError as error:
        raise InputError(f"cannot write {target}: {error.strerror}") from error


def is_terminal() -> bool:
    """Whether a person reads our standard output."""
    return sys.stdout.isatty()


def json_text(value: Any) -> str:
    """Indented JSON with a line end."""
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def print_table(
    rows: Sequence[dict[str, Any]], columns: Sequence[str], *, title: str, max_cell: int = MAX_CELL
) -> None:
    """A table of these columns; those that are empty in every row are left out.

    A name that ends in ``?`` may be left out where the terminal is too narrow for all, the last such first, and
    before it those that end in ``??``.
    """
    from rich.box import SIMPLE_HEAD
    from rich.markup import escape
    from rich.table import Table

    out = console()
    widths = _fitting(rows, columns, out.width, max_cell)
    table = Table(title=title, title_justify="left", header_style="bold", box=SIMPLE_HEAD, pad_edge=False)
    for name, width in widths.items():
        is_number = all(isinstance(row.get(name), (int, float, type(None))) for row in rows)
        table.add_column(
            _heading(name),
            justify="right" if is_number else "left",
            overflow="fold",
            no_wrap=width <= _SHORT_CELL,
            min_width=_least(width),
        )
    for row in rows:
        table.add_row(*(escape(shortened(row.get(name), max_cell)) for name in widths))
    out.print(table)


def _fitting(
    rows: Sequence[dict[str, Any]], columns: Sequence[str], room: int, max_cell: int
) -> dict[str, int]:
    """The columns that are shown, with the width of their widest cell."""
    widths = {}
    for column in columns:
        name = column.rstrip("?")
        if any(row.get(name) not in (None, "") for row in rows):
            cells = (len(shortened(row.get(name), max_cell)) for row in rows)
            widths[name] = max(len(_heading(name)), *cells)
    for _, column in sorted(enumerate(columns), key=lambda pair: (-pair[1].count("?"), -pair[0])):
        if sum(_least(width) + _CELL_GAP for width in widths.values()) - _CELL_GAP <= room:
            break
        if column.endswith("?"):
            widths.pop(column.rstrip("?"), None)
    return widths


def _least(width: int) -> int:
    return width if width <= _SHORT_CELL else _LONG_CELL


def _heading(name: str) -> str:
    return name.removeprefix("n_").replace("_", " ")


def console() -> Any:
    """A rich console for standard output; rich itself honours NO_COLOR and TERM."""
    from rich.console import Console

    return Console(highlight=False, soft_wrap=False)


def shortened(cell: Any, limit: int = MAX_CELL) -> str:
    """The cell as text, cut at a word with an ellipsis."""
    text = "" if cell is None else str(cell)
    if len(text) <= limit:
        return text
    return text[: limit - 1].rsplit(" ", 1)[0] + "…"


def require_one(chosen: dict[str, bool]) -> None:
    """Raise a usage error when more than one of these flags is set."""
    names: Iterator[str] = (f"--{name}" for name, is_set in chosen.items() if is_set)
    if len(flags := list(names)) > 1:
        raise click.UsageError(f"{' and '.join(flags)} cannot go together")
