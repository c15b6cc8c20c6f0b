"""How a domain type lies in a table: one column a field, JSON for what is nested, blobs for vectors."""

from __future__ import annotations

import json
import typing
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from functools import cached_property, lru_cache
from typing import Any

from attested import codec
from attested.errors import LedgerError

_SCALARS = (str, int, float, type(None))
# Cells of a column that are read once: voices, places and the sentences of claims come again in row after row (a place
# takes a quarter of the time so, a claim three quarters; measured).
_KEPT = 4_000
_DECODE = json.JSONDecoder().raw_decode
_VECTOR_TYPE = "<f2"  # float16, little-endian: what an Outline keeps


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name and the functions that write and read its values."""

    name: str
    write: Callable[[Any], Any]
    read: Callable[[Any], Any]


@dataclass(frozen=True)
class Table:
    """A table of one domain type. ``extra`` columns are the store's own and not part of the type."""

    name: str
    kind: type
    key: str = "id"
    extra: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        """The columns of the type's own fields, in the order of the type."""
        hints = typing.get_type_hints(self.kind)
        return tuple(_column(f.name, hints[f.name]) for f in fields(self.kind) if f.name not in self.left_out)

    @cached_property
    def insert(self) -> str:
        """INSERT OR IGNORE: the same row twice changes nothing."""
        names = [column.name for column in self.columns] + list(self.extra)
        marks = ", ".join("?" * len(names))
        return f"INSERT OR IGNORE INTO {self.name} ({', '.join(map(_quoted, names))}) VALUES ({marks})"

    def select(self, *, extra: bool = False, where: str = "") -> str:
        """SELECT of the type's own columns, and the store's with ``extra``, in the order of the key; ``where`` is a
        clause."""
        names = [column.name for column in self.columns] + list(self.extra if extra else ())
        return f"SELECT {', '.join(map(_quoted, names))} FROM {self.name} {where} ORDER BY {self.key}"

    def id(self, value: Any) -> Any:
        """What stands in the key's column, where that is one."""
        return getattr(value, self.key)

    def without(self, name: str) -> Table:
        """The same table read without one column, whose field gets its default."""
        return Table(self.name, self.kind, self.key, self.extra, (*self.left_out, name))

    def row(self, value: Any, *extra: Any) -> tuple[Any, ...]:
        """The database row of one value."""
        return (*(column.write(getattr(value, column.name)) for column in self.columns), *extra)

    def value(self, row: Sequence[Any]) -> Any:
        """The value of one database row. Raises LedgerError naming table, row and column."""
        names, readers = self._reading
        try:
            found = [read(cell) for read, cell in zip(readers, row, strict=True)]
        except (LedgerError, ValueError) as error:
            raise self._complaint(row) from error
        return self.kind(**dict(zip(names, found, strict=True)))

    @cached_property
    def _reading(self) -> tuple[list[str], list[Callable[[Any], Any]]]:
        return [column.name for column in self.columns], [column.read for column in self.columns]

    def _complaint(self, row: Sequence[Any]) -> LedgerError:
        """What is wrong with a row, and where: it is read once more, up to there."""
        found: dict[str, Any] = {}
        for column, cell in zip(self.columns, row, strict=True):
            try:
                found[column.name] = column.read(cell)
            except (LedgerError, ValueError) as error:
                return LedgerError(f"table {self.name}, row {found}: column {column.name}: {error}")
        raise AssertionError("a row that can be read")


def _quoted(name: str) -> str:
    return f'"{name}"'


def _column(name: str, hint: Any) -> Column:
    if hint is Any:
        return Column(name, _write_vectors, _read_vectors)
    if hint is bool:
        return Column(name, int, bool)
    if _is_scalar(hint):
        return Column(name, lambda value: value, codec.decoder(hint))
    read = codec.decoder(hint)
    if typing.get_origin(hint) in (dict, tuple):  # the one might be changed, the other is long and comes once
        return Column(name, _write_json, lambda cell: read(_read_json(cell)))
    return Column(name, _write_json, lru_cache(_KEPT)(lambda cell: read(_read_json(cell))))


def _is_scalar(hint: Any) -> bool:
    if typing.get_origin(hint) is typing.Literal:
        return True
    return all(
        part in _SCALARS or typing.get_origin(part) is typing.Literal
        for part in typing.get_args(hint) or (hint,)
    ) and typing.get_origin(hint) not in (tuple, dict)


def _write_json(value: Any) -> str:
    return json.dumps(codec.encode(value), ensure_ascii=False, separators=(",", ":"))


def _read_json(cell: str) -> Any:
    """What ``_write_json`` wrote: nothing before it and nothing after, which takes half as long as any JSON."""
    value, end = _DECODE(cell)
    if end != len(cell):
        raise ValueError(f"more than one JSON value: {cell[end:]!r:.60}")
    return value


def _write_vectors(vectors: Any) -> bytes | None:
    """Rows, then width as two 4-byte numbers, then float16 values."""
    if vectors is None:
        return None
    n_rows, width = vectors.shape
    head = int(n_rows).to_bytes(4, "little") + int(width).to_bytes(4, "little")
    return bytes(head + vectors.astype(_VECTOR_TYPE).tobytes())


def _read_vectors(blob: bytes | None) -> Any:
    if blob is None:
        return None
    import numpy as np  # here, not above: most commands read no vectors

    n_rows, width = int.from_bytes(blob[:4], "little"), int.from_bytes(blob[4:8], "little")
    return np.frombuffer(blob, dtype=_VECTOR_TYPE, offset=8).reshape(n_rows, width)
