"""A page's text cut into its parts and lines, with marks nested so that every mark has an element of its own."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from heapq import heapify, heappop, heappush
from itertools import groupby
from operator import attrgetter
from typing import Literal

from attested.model import Block, Report

SENTENCE = "sentence"
"""The kind of mark that is no mark for the eye: where a sentence begins and ends."""
_LEFT = "left over"
LONGEST = 6_000
"""Characters between two marks from which they are cut short: 20 times the longest line of our seed pages."""
_KEPT = 1_000  # characters shown at each end of such a stretch
_MAX_REASONS = 3  # that name a fold


@dataclass(frozen=True, slots=True)
class Mark:
    """Words to be marked: ``kind`` is a claim's field, or what else they are, and ``label`` says it to a reader."""

    id: str
    start: int
    end: int
    kind: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Token:
    """A step in writing a line: some text, a mark that opens or closes, or a stretch left out (``text`` its length).

    Where marks cross, the later one is cut; only its first piece ``is_first`` and may carry its id.
    """

    what: Literal["text", "open", "close", "left out"]
    text: str = ""
    mark: Mark | None = None
    is_first: bool = True


@dataclass(frozen=True, slots=True)
class Line:
    """One block of the page."""

    start: int
    end: int
    tokens: tuple[Token, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """Lines of one kind that stand together: "body", a kind of furniture, or "left over", which nothing took.

    ``why`` says how the kind was told; ``n_marks`` begin in it, sentences not counted.
    """

    kind: str
    why: str
    lines: tuple[Line, ...]
    n_marks: int = 0

    @property
    def start(self) -> int:
        """Where it begins in the page."""
        return self.lines[0].start

    @property
    def end(self) -> int:
        """Where it ends in the page."""
        return self.lines[-1].end


def lay_out(report: Report, marks: Sequence[Mark], *, whole: bool = False) -> tuple[Part, ...]:
    """The whole page as this report sees it. ``whole`` cuts no long stretch short."""
    blocks = list(_blocks(report))
    of_block = _by_block(blocks, marks)
    seen: set[str] = set()
    parts = []
    at = 0
    for kind, together in groupby(blocks, key=attrgetter("kind")):
        lines, reasons = [], dict[str, None]()
        for block in together:
            tokens = tuple(_tokens(report.text, block, of_block[at], seen, whole=whole))
            lines.append(Line(block.start, block.end, tokens))
            reasons[block.why] = None
            at += 1
        n_marks = sum(_is_begun(token) for line in lines for token in line.tokens)
        parts.append(Part(kind, _why(reasons), tuple(lines), n_marks))
    return tuple(parts)


def _is_begun(token: Token) -> bool:
    return token.mark is not None and token.what == "open" and token.is_first and token.mark.kind != SENTENCE


def _why(reasons: Iterable[str]) -> str:
    given = [reason for reason in reasons if reason]
    return "; ".join(given[:_MAX_REASONS]) + ("; ..." if len(given) > _MAX_REASONS else "")


def _blocks(report: Report) -> Iterator[Block]:
    """The blocks in the order of the page, and what lies between them if it is not blank; none overlaps another."""
    text, at = report.text, 0
    for block in sorted((*report.body, *report.furniture), key=attrgetter("start", "end")):
        yield from _left_over(text, at, block.start)
        if block.end > (start := max(at, block.start)):
            yield Block(start, block.end, block.kind, block.why)
        at = max(at, block.end)
    yield from _left_over(text, at, len(text))


def _left_over(text: str, start: int, end: int) -> Iterator[Block]:
    gap = text[start:end]
    if shown := gap.strip():
        first = start + gap.index(shown)
        yield Block(first, first + len(shown), _LEFT, "no part of the report")


def _by_block(blocks: Sequence[Block], marks: Iterable[Mark]) -> dict[int, list[Mark]]:
    """Number of a block -> the marks that have words in it."""
    starts, ends = [block.start for block in blocks], [block.end for block in blocks]
    found: defaultdict[int, list[Mark]] = defaultdict(list)
    for mark in marks:
        for number in range(bisect_right(ends, mark.start), bisect_left(starts, mark.end)):
            found[number].append(mark)
    return found


def _tokens(
    text: str, block: Block, marks: Iterable[Mark], seen: set[str], *, whole: bool
) -> Iterator[Token]:
    """The block's text with its marks nested; a mark that would outlive the one around it is cut there."""
    waiting = [
        (max(mark.start, block.start), -min(mark.end, block.end), order, mark)
        for order, mark in enumerate(marks)
    ]
    heapify(waiting)
    open_: list[tuple[int, Mark]] = []
    at = block.start
    while waiting or open_:
        closes = open_[-1][0] if open_ else block.end
        if waiting and waiting[0][0] < closes:
            start, minus_end, order, mark = heappop(waiting)
            if open_ and -minus_end > closes:
                heappush(waiting, (closes, minus_end, order, mark))
            yield from _plain(text, at, start, whole=whole)
            yield Token("open", mark=mark, is_first=mark.id not in seen)
            seen.add(mark.id)
            open_.append((min(-minus_end, closes), mark))
            at = start
        else:
            yield from _plain(text, at, closes, whole=whole)
            yield Token("close", mark=open_.pop()[1])
            at = closes
    yield from _plain(text, at, block.end, whole=whole)


def _plain(text: str, start: int, end: int, *, whole: bool) -> Iterator[Token]:
    if end - start <= LONGEST or whole:
        if end > start:
            yield Token("text", text[start:end])
        return
    yield Token("text", text[start : start + _KEPT])
    yield Token("left out", f"{end - start - 2 * _KEPT:,}")
    yield Token("text", text[end - _KEPT : end])
