"""Text from the words of a gold set that keeps no text: spaces and quotation marks as a reader would see them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

_MARKS = {"``": "“", "''": "”", "`": "‘"}
_NO_SPACE_BEFORE = re.compile(r"[.,;:!?%)\]”’]+|n't|'(?:s|ll|ve|re|d|m)?", re.IGNORECASE)
_NO_SPACE_AFTER = frozenset({"(", "[", "“", "‘", "$"})

Offsets = tuple[int, int]


def detokenise(sentences: Iterable[Sequence[str]]) -> tuple[str, list[list[Offsets]]]:
    """The text of sentences given as words, a line for each, and where each word lies in it."""
    text, offsets = "", []
    for words in sentences:
        text, before = f"{text}\n" if text else "", ""
        found: list[Offsets] = []
        for raw in words:
            word = _MARKS.get(raw.strip(), raw.strip())
            if before and not _NO_SPACE_BEFORE.fullmatch(word) and before not in _NO_SPACE_AFTER:
                text += " "
            found.append((len(text), len(text) + len(word)))
            text, before = text + word, word
        offsets.append(found)
    return text, offsets
