"""The shipped table of abbreviations, prefixes and sentence openers, read once."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from attested.errors import DataError

TABLE = "abbreviations.tsv"
KINDS = ("title", "number", "either", "opener", "prefix", "joined")


def parse_table(table: str) -> dict[str, frozenset[str]]:
    """Words by kind from the rows of a TSV table. Raises DataError naming the line that breaks the rules."""
    found: dict[str, set[str]] = {kind: set() for kind in KINDS}
    rows = [(n, row) for n, row in enumerate(table.splitlines(), 1) if row and not row.startswith("#")]
    if not rows or rows[0][1] != "kind\tword":
        raise DataError(f"{TABLE}: the first row must be the header kind, word")
    for n, row in rows[1:]:
        kind, tab, word = row.partition("\t")
        if kind not in found or not tab or not word or word != word.lower():
            raise DataError(f"{TABLE}:{n}: needs a kind of {', '.join(KINDS)} and a lower-case word: {row!r}")
        if word in found[kind]:
            raise DataError(f"{TABLE}:{n}: {word!r} stands twice")
        found[kind].add(word)
    return {kind: frozenset(words) for kind, words in found.items()}


@cache
def abbreviations() -> Mapping[str, frozenset[str]]:
    """Words by kind (title, number, either, opener, prefix, joined) of the shipped table."""
    table = files("attested.data").joinpath(TABLE).read_text(encoding="utf-8")
    return MappingProxyType(parse_table(table))
