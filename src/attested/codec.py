"""Domain types to plain JSON values and back; an error carries the path to the bad value.

Fields that equal their default are left out.

``encode`` follows the value, ``decode`` follows the type's annotations. Vectors become base64 of their bytes
(the database keeps them as blobs instead, see ``ledger.tables``).
"""

from __future__ import annotations

import types
import typing
from base64 import b64decode, b64encode
from collections.abc import Callable, Hashable
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date
from functools import cache
from typing import Any, TypeVar

from attested.errors import LedgerError

T = TypeVar("T")
_PLAIN = (str, int, float, bool, type(None))


class CodecError(LedgerError):
    """A value does not fit its type; the message begins with the path (``$.voice.kind``)."""

    def __init__(self, wrong: str, path: str = "") -> None:
        super().__init__(f"${path}: {wrong}")
        self.wrong, self.path = wrong, path

    def under(self, step: str) -> CodecError:
        """The same complaint, seen from one level further out."""
        return CodecError(self.wrong, step + self.path)


def encode(value: Any) -> Any:
    """The value as dicts, lists, strings and numbers; fields that equal their default are left out."""
    if type(value) in _PLAIN:
        return value
    if is_dataclass(value) and not isinstance(value, type):
        return _encode_dataclass(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (tuple, list)):
        return [encode(part) for part in value]
    if isinstance(value, dict):
        return {str(key): encode(part) for key, part in value.items()}
    return encode_array(value)


def encode_array(array: Any) -> dict[str, Any]:
    """A numpy array as ``{dtype, shape, base64}``. Raises CodecError for anything that is not an array."""
    if not hasattr(array, "tobytes"):
        raise CodecError(f"cannot encode a {type(array).__name__}")
    return {
        "dtype": str(array.dtype),
        "shape": list(array.shape),
        "base64": b64encode(array.tobytes()).decode("ascii"),
    }


def decode(kind: type[T], value: Any) -> T:
    """The typed value for what ``encode`` wrote. Raises CodecError with the path to what does not fit."""
    return typing.cast(T, decoder(typing.cast(Hashable, kind))(value))


@cache
def decoder(hint: Any) -> Callable[[Any], Any]:
    """The function that reads one annotation's values; made once per annotation."""
    origin = typing.get_origin(hint)
    if origin is typing.Literal:
        return _literal(typing.get_args(hint))
    if origin in (typing.Union, types.UnionType):
        return _union(typing.get_args(hint))
    if origin is tuple:
        return _tuple(typing.get_args(hint))
    if origin is dict:
        return _dict(typing.get_args(hint)[1])
    if is_dataclass(hint):
        return _dataclass(typing.cast(type, hint))
    return _SIMPLE.get(hint) or _exactly(hint)


def _encode_dataclass(value: Any) -> dict[str, Any]:
    encoded: dict[str, Any] = {}
    for name, default in _defaults(typing.cast(Hashable, type(value))):
        part = getattr(value, name)
        if part is default or (type(part) is type(default) and not _is_array(part) and part == default):
            continue
        encoded[name] = encode(part)
    return encoded


@cache
def _defaults(kind: Any) -> tuple[tuple[str, Any], ...]:
    return tuple((f.name, _default(f)) for f in fields(kind))


def _default(field: Field[Any]) -> Any:
    if field.default_factory is not MISSING:
        return field.default_factory()
    return field.default


def _is_array(value: Any) -> bool:
    return hasattr(value, "tobytes")


def _exactly(kind: Any) -> Callable[[Any], Any]:
    def read(value: Any) -> Any:
        if type(value) is not kind:
            raise CodecError(f"expected {getattr(kind, '__name__', kind)}, got {value!r:.60}")
        return value

    return read


def _float(value: Any) -> float:
    if type(value) not in (int, float):
        raise CodecError(f"expected a number, got {value!r:.60}")
    return float(value)


def _date(value: Any) -> date:
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError) as error:
        raise CodecError(f"expected a day as YYYY-MM-DD, got {value!r:.60}") from error


def _array(value: Any) -> Any:
    """Any: what carries dtype and shape is an array, all else is itself."""
    if not (isinstance(value, dict) and {"dtype", "shape", "base64"} <= set(value)):
        return value
    import numpy as np  # here, not above: most commands read no vectors

    flat = np.frombuffer(b64decode(value["base64"]), dtype=value["dtype"])
    return flat.reshape(value["shape"])


def _literal(allowed: tuple[Any, ...]) -> Callable[[Any], Any]:
    def read(value: Any) -> Any:
        if value not in allowed:
            raise CodecError(f"expected one of {', '.join(map(repr, allowed))}, got {value!r:.60}")
        return value

    return read


def _union(hints: tuple[Any, ...]) -> Callable[[Any], Any]:
    """The member whose type is the value's own; a mapping goes to the one that is not a plain type."""
    plain = {hint: decoder(hint) for hint in hints if hint in _PLAIN}
    others = [hint for hint in hints if hint not in _PLAIN]

    def read(value: Any) -> Any:
        if type(value) in plain:
            return value
        if not others:
            raise CodecError(f"expected one of {', '.join(h.__name__ for h in plain)}, got {value!r:.60}")
        return decoder(others[0])(value)

    return read


def _tuple(hints: tuple[Any, ...]) -> Callable[[Any], Any]:
    if len(hints) == 2 and hints[1] is Ellipsis:
        read_one = decoder(hints[0])
        return lambda value: tuple(_steps(_checked(list, value), lambda _: read_one))
    readers = [decoder(hint) for hint in hints]

    def read(value: Any) -> Any:
        if len(_checked(list, value)) != len(readers):
            raise CodecError(f"expected {len(readers)} values, got {len(value)}")
        return tuple(_steps(value, lambda i: readers[i]))

    return read


def _steps(values: list[Any], reader: Callable[[int], Callable[[Any], Any]]) -> typing.Iterator[Any]:
    for i, part in enumerate(values):
        try:
            yield reader(i)(part)
        except CodecError as error:
            raise error.under(f"[{i}]") from error


def _dict(hint: Any) -> Callable[[Any], Any]:
    read_one = decoder(hint)

    def read(value: Any) -> dict[str, Any]:
        found = {}
        for key, part in _checked(dict, value).items():
            try:
                found[key] = read_one(part)
            except CodecError as error:
                raise error.under(f".{key}") from error
        return found

    return read


def _dataclass(kind: type) -> Callable[[Any], Any]:
    @cache  # lazily, since Voice holds a Voice
    def readers() -> dict[str, tuple[Any, Callable[[Any], Any]]]:
        """Field -> the type of a value that is taken as it is, and the reader of any other."""
        hints = typing.get_type_hints(kind)
        return {f.name: (_as_it_is(hints[f.name]), decoder(hints[f.name])) for f in fields(kind)}

    def read(value: Any) -> Any:
        known, found = readers(), {}
        for key, part in _checked(dict, value).items():
            if key not in known:
                raise CodecError(f"{kind.__name__} has no field {key!r}")
            plain, read_one = known[key]
            try:
                found[key] = part if type(part) is plain else read_one(part)
            except CodecError as error:
                raise error.under(f".{key}") from error
        try:
            return kind(**found)
        except (TypeError, ValueError) as error:
            raise CodecError(f"not a {kind.__name__}: {error}") from error

    return read


def _as_it_is(hint: Any) -> Any:
    """The plain type that a field's values mostly have; no type where they must be read."""
    return hint if hint in (str, int, float, bool) else None


def _checked(kind: type[T], value: Any) -> T:
    if not isinstance(value, kind):
        raise CodecError(f"expected a {kind.__name__}, got {value!r:.60}")
    return value


_SIMPLE: dict[Any, Callable[[Any], Any]] = {date: _date, float: _float, Any: _array}
