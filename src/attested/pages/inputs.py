"""Walking what the user named: files, folders, standard input; one ``RawPage`` a page, streamed."""

from __future__ import annotations

import gzip
import os
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from attested.errors import InputError
from attested.pages.raw import RawPage, kind_of

STDIN = "-"
# A line that must be carried to the worker as bytes is dropped beyond this: no report is near it.
MAX_CARRIED_BYTES = 32_000_000
_PIECE = 1 << 20


def find_inputs(
    inputs: Sequence[str], stdin: BinaryIO | None = None, *, hidden: list[str] | None = None
) -> Iterator[RawPage]:
    """Yield every page named by ``inputs``: files, folders (recursive, in sorted order) and ``-``.

    A .jsonl or .ndjson file gives one page a line. Files that cannot be pages are yielded too, so that they
    are set aside with a reason. Hidden files inside folders are passed over and their paths added to
    ``hidden``. Raises InputError, before anything is read, for a path that does not exist.
    """
    for name in inputs:
        if name != STDIN and not os.path.lexists(name):
            raise InputError(
                f"{name}: no such file or folder. Give a file, a folder, or - for standard input."
            )
    if STDIN in inputs and stdin is None:
        raise InputError("-: there is no standard input to read. Give a file or a folder instead.")
    return _walk(inputs, stdin, [] if hidden is None else hidden)


def _walk(inputs: Sequence[str], stdin: BinaryIO | None, hidden: list[str]) -> Iterator[RawPage]:
    for name in inputs:
        if name == STDIN:
            assert stdin is not None
            yield from _from_stream(stdin)
        elif Path(name).is_dir():
            for path in _files_below(Path(name), hidden):
                yield from _from_file(path)
        else:
            yield from _from_file(Path(name))


def _files_below(folder: Path, hidden: list[str]) -> Iterator[Path]:
    """Files below a folder in sorted order; links to folders are not followed, so a loop cannot trap us."""
    try:
        entries = sorted(folder.iterdir(), key=lambda path: path.name)
    except OSError:
        yield folder
        return
    for path in entries:
        if path.name.startswith("."):
            hidden.append(str(path))
        elif path.is_dir():
            if not path.is_symlink():
                yield from _files_below(path, hidden)
        else:
            yield path


def _from_file(path: Path) -> Iterator[RawPage]:
    kind, packed = kind_of(path)
    try:
        if not path.is_file():
            yield RawPage(str(path), kind, str(path), fault=_not_a_file(path))
        elif kind != "jsonl":
            size = 0 if packed else path.stat().st_size
            yield RawPage(str(path), kind, str(path), size=size)
        elif packed:
            with gzip.open(path) as lines:
                yield from _carried_lines(lines, str(path), path.name)  # type: ignore[arg-type]
        else:
            with path.open("rb") as file:
                yield from _sought_lines(file, str(path))
    except (OSError, EOFError, zlib.error) as error:
        reason = getattr(error, "strerror", None) or str(error)
        yield RawPage(str(path), kind, str(path), fault=f"cannot be read: {reason}")


def _not_a_file(path: Path) -> str:
    if path.is_symlink():
        return "is a link to nothing"
    return "is a folder that may not be opened" if path.is_dir() else "is not a file but a device or a pipe"


def _sought_lines(file: BinaryIO, path: str) -> Iterator[RawPage]:
    """One page a line, by its place in the file: the line itself is read by the worker."""
    start = 0
    line = 1
    size = 0
    blank = True
    while piece := file.readline(_PIECE):
        size += len(piece)
        blank = blank and not piece.strip()
        if piece.endswith(b"\n"):
            if not blank:
                yield RawPage(f"{path}:{line}", "jsonl", path, line, start, size)
            start, line, size, blank = start + size, line + 1, 0, True
    if not blank:
        yield RawPage(f"{path}:{line}", "jsonl", path, line, start, size)


def _carried_lines(lines: BinaryIO, path: str, name: str) -> Iterator[RawPage]:
    """One page a line, with its bytes, from what cannot be sought in."""
    number = 1
    while line := lines.readline(MAX_CARRIED_BYTES):
        where = f"{path}:{number}"
        if len(line) == MAX_CARRIED_BYTES and not line.endswith(b"\n"):
            fault = f"line {number} is longer than {MAX_CARRIED_BYTES // 1_000_000} MB; split it into reports"
            yield RawPage(where, "jsonl", name, number, fault=fault)
            while (rest := lines.readline(_PIECE)) and not rest.endswith(b"\n"):
                pass
        elif line.strip():
            yield RawPage(where, "jsonl", name, number, data=line)
        number += 1


def _from_stream(stream: BinaryIO) -> Iterator[RawPage]:
    """Standard input: JSON lines when it opens with a brace, else one page."""
    first = stream.readline(MAX_CARRIED_BYTES)
    if first.lstrip().startswith(b"{") and first.rstrip().endswith(b"}"):
        yield RawPage(f"{STDIN}:1", "jsonl", "stdin", 1, data=first)
        for page in _carried_lines(stream, STDIN, "stdin"):
            number = page.line + 1
            yield RawPage(f"{STDIN}:{number}", "jsonl", "stdin", number, data=page.data, fault=page.fault)
    else:
        yield RawPage(STDIN, "", "stdin", data=first + stream.read(MAX_CARRIED_BYTES))
