"""Words folded for comparison: lower case, no accents, no punctuation."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

WORD = re.compile(r"[^\W_]+(?:[.'’-][^\W_]+)*")
_CACHED_WORDS = 1 << 18


def fold_words(text: str) -> list[str]:
    """Return the words of a text in lower case, without accents, with ``U.S.`` as ``us``."""
    return [fold_word(word) for word in WORD.findall(text)]


@lru_cache(maxsize=_CACHED_WORDS)
def fold_word(word: str) -> str:
    """Return one word folded: lower case, straight apostrophe, no accents, no inner full stops."""
    flat = word.lower().replace("’", "'").replace(".", "")
    if flat.isascii():
        return flat
    return "".join(c for c in unicodedata.normalize("NFKD", flat) if not unicodedata.combining(c))
