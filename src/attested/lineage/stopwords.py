"""The function words that make a sentence's skeleton, read once from ``data/stopwords.tsv``."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from attested.errors import DataError

_HEADER = "class\twords"


@cache
def stopwords() -> frozenset[str]:
    """Return the English function words in lower case. Raises DataError if the table is malformed."""
    text = files("attested.data").joinpath("stopwords.tsv").read_text(encoding="utf-8")
    return parse_stopwords(text)


def parse_stopwords(text: str) -> frozenset[str]:
    """Return the words of a stop-word table. Raises DataError on a wrong header, a bad row or a repeat."""
    rows = [line for line in text.splitlines() if line and not line.startswith("#")]
    if not rows or rows[0] != _HEADER:
        raise DataError(f"stopwords.tsv: the first row must be {_HEADER!r}")
    words: set[str] = set()
    for row in rows[1:]:
        kind, tab, listed = row.partition("\t")
        fresh = listed.split()
        if not (kind and tab and fresh):
            raise DataError(f"stopwords.tsv: a row needs a class and words: {row!r}")
        repeated = [word for word in fresh if word in words or word != word.lower()]
        if repeated:
            raise DataError(f"stopwords.tsv: {kind}: repeated or not in lower case: {', '.join(repeated)}")
        words.update(fresh)
    return frozenset(words)
