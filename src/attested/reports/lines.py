"""A page's text as lines: the units that are labelled. Hard-wrapped text is taken by paragraphs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from attested.model import Block

_WORD = re.compile(r"\w+(?:['’.-]\w+)*")
_TERMINAL = re.compile(r"[.!?…。！？][\"'”’)\]»」]*$")
# Scripts written without spaces: two signs are about one word.
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff]")
# A text is hard-wrapped when its lines are this alike in length: typewriters and mailers cut at 60 to 90.
_WRAP_WIDTHS = (50, 95)
_MIN_WRAPPED_LINES = 6
_MIN_WRAPPED_SHARE = 0.6


@dataclass(frozen=True, slots=True)
class Line:
    """A non-blank line (or a hard-wrapped paragraph) with its place; ``text`` is without outer white space.

    ``gap`` is the number of blank lines before it. ``hint`` is what the page's reader took it for, "" if
    nothing.
    """

    index: int
    start: int
    end: int
    text: str
    n_words: int
    gap: int
    hint: str = ""
    why: str = ""

    @property
    def is_sentence(self) -> bool:
        """Whether it ends as a sentence does."""
        return _TERMINAL.search(self.text) is not None


def find_lines(text: str, blocks: tuple[Block, ...] = ()) -> tuple[Line, ...]:
    """The page's non-blank lines in order; with ``blocks`` (an HTML page's) one line a block."""
    if blocks:
        return tuple(
            _line(i, text, block.start, block.end, 0, block.kind, block.why) for i, block in enumerate(blocks)
        )
    rows = _rows(text)
    if _is_wrapped(text, rows):
        rows = _joined(rows)
    return tuple(_line(i, text, start, end, gap) for i, (start, end, gap) in enumerate(rows))


def _line(index: int, text: str, start: int, end: int, gap: int, hint: str = "", why: str = "") -> Line:
    words = text[start:end]
    return Line(index, start, end, words, count_words(words), gap, hint, why)


def count_words(text: str) -> int:
    """How many words a text holds."""
    return len(_WORD.findall(text)) + (0 if text.isascii() else len(_UNSPACED.findall(text)) // 2)


def _rows(text: str) -> list[tuple[int, int, int]]:
    """(start, end, blank lines before) of each non-blank line, outer white space left out."""
    rows: list[tuple[int, int, int]] = []
    offset = gap = 0
    for line in text.split("\n"):
        stripped = line.strip()
        if stripped:
            start = offset + len(line) - len(line.lstrip())
            rows.append((start, start + len(stripped), gap))
            gap = 0
        else:
            gap += 1
        offset += len(line) + 1
    return rows


def _is_wrapped(text: str, rows: list[tuple[int, int, int]]) -> bool:
    """Whether most lines that another follows at once are cut at one width in mid-sentence."""
    cut = same = 0
    for (start, end, _), (_, _, next_gap) in pairwise(rows):
        if next_gap:
            continue
        same += 1
        low, high = _WRAP_WIDTHS
        cut += low <= end - start <= high and not _TERMINAL.search(text[max(start, end - 4) : end])
    return cut >= _MIN_WRAPPED_LINES and cut >= _MIN_WRAPPED_SHARE * same


def _joined(rows: list[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """Rows that follow each other without a blank line or an indent as one."""
    joined: list[tuple[int, int, int]] = []
    for start, end, gap in rows:
        if joined and not gap and start - joined[-1][1] == 1:
            joined[-1] = (joined[-1][0], end, joined[-1][2])
        else:
            joined.append((start, end, gap))
    return joined
