"""A sentence cut to its marked words and a little around them, for a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from attested.cli.output import shortened

if TYPE_CHECKING:
    from attested.views.evidence import Piece

_AROUND = 45  # characters of a sentence on either side of the marked words
_BETWEEN = 80  # characters between marked words that are shown whole
_LONGEST = 90  # characters of the marked words themselves


def plain(sentence: Sequence[Piece]) -> str:
    """A sentence without its marks."""
    return "".join(piece.text for piece in sentence)


def merged(sentences: Sequence[Sequence[Piece]]) -> list[tuple[str, bool]]:
    """One sentence with the marks of all, as (words, whether they are marked)."""
    marks = [[bool(piece.fields) for piece in sentence for _ in piece.text] for sentence in sentences]
    letters = zip(plain(sentences[0]), map(any, zip(*marks, strict=True)), strict=True)
    return [
        ("".join(letter for letter, _ in run), is_marked)
        for is_marked, run in groupby(letters, key=lambda pair: pair[1])
    ]


def snippet(pieces: Sequence[tuple[str, bool]]) -> list[tuple[str, bool]]:
    """The marked words of a sentence and a little of it on either side and between them, cut at words."""
    last, found = len(pieces) - 1, []
    for i, (text, is_marked) in enumerate(pieces):
        if is_marked:
            said = shortened(text, _LONGEST)
        elif i == 0:
            said = text if len(text) <= _AROUND else "…" + text[-_AROUND:].partition(" ")[2]
        elif i == last:
            said = shortened(text, _AROUND)
        else:
            is_short = len(text) <= _BETWEEN
            said = text if is_short else f"{shortened(text, _AROUND)} {text[-_AROUND:].partition(' ')[2]}"
        found.append((said, is_marked))
    return found
