"""Words between quotation marks: straight, curly and French; single ones told from apostrophes.

A quotation stays inside its paragraph (line). One that runs over several paragraphs opens again at each of
them and closes at the last: every paragraph gives a span of its own. A mark without its partner opens
nothing, so a slip of the typist cannot swallow the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from attested.model import Span

_OPENING, _CLOSING, _EITHER = "“„‟«", "”»", '"'
_MARK = re.compile(f"[{_OPENING}{_CLOSING}{_EITHER}]|``|''")
_SINGLE_OPEN = re.compile(r"(?<![\w’'])[‘'](?=[\w“\"\[$£€])(?!\d0s\b)")
_SINGLE_CLOSE = re.compile(r"(?<=[\w.,!?%)\]…])[’'](?![\w])")
# Words that begin with an apostrophe and so open no quotation ('em, 'til, 'twas, 'cause).
_CLIPPED = re.compile(r"[‘'](?:em|til|till|tis|twas|cause|bout|n)\b", re.IGNORECASE)
# Words in single marks longer than this are two apostrophes far apart, not a quotation.
_MAX_SINGLE_WORDS = 40
_LINE = re.compile(r"[^\n\r\u2028\u2029]+")


def find_quoted(text: str, start: int, end: int) -> list[Span]:
    """Spans of the words quoted in ``text[start:end]``, without their marks, in order and disjoint.

    Offsets are into ``text``. Single marks count only outside double ones.
    """
    found: list[Span] = []
    lines = [m.span() for m in _LINE.finditer(text, start, end) if text[slice(*m.span())].strip()]
    for i, (first, last) in enumerate(lines):
        opens_next = i + 1 < len(lines) and _starts_with_opening(text, *lines[i + 1])
        doubles = _doubles(text, first, last, opens_next)
        singles = _singles(text, first, last, doubles)
        found += [span for a, b in sorted(doubles + singles) if (span := _trimmed(text, a, b))]
    return found


def _starts_with_opening(text: str, start: int, end: int) -> bool:
    """Whether a line begins with a mark that opens a quotation."""
    head = text[start:end].lstrip()[:2]
    return head[:1] in set(_OPENING + _EITHER) or head == "``"


def _doubles(text: str, start: int, end: int, opens_next: bool) -> list[tuple[int, int]]:
    """Intervals between double marks in one line; one left open runs on if the next line opens again."""
    found: list[tuple[int, int]] = []
    opened: int | None = None
    for mark in _MARK.finditer(text, start, end):
        opening = _is_opening(text, mark.start(), mark.end(), start, end, is_open=opened is not None)
        if opening:
            opened = mark.end()
        elif opening is False and opened is not None:
            found.append((opened, mark.start()))
            opened = None
    if opened is not None and opens_next:
        found.append((opened, end))
    return found


def _is_opening(text: str, at: int, after: int, start: int, end: int, *, is_open: bool) -> bool | None:
    """True for a mark that opens, False for one that closes, None for one that is no quotation mark."""
    mark = text[at:after]
    if mark in {"``", *_OPENING}:
        return True
    before, following = text[max(start, at - 1) : at], text[after : min(end, after + 1)]
    if mark in {"''", *_CLOSING}:  # some outlets open with them, too
        return not is_open and (not before or before.isspace()) and following.isalpha()
    if before.isdigit() and not is_open:  # inches: 6'2"
        return None
    opens = (not before or before.isspace() or before in "([{-–—‘'/") and bool(following.strip())
    closes = bool(before.strip()) and (not following or following.isspace() or not following.isalnum())
    if opens == closes:
        return not is_open
    return opens


def _singles(text: str, start: int, end: int, doubles: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Intervals between single marks in one line, outside ``doubles``."""
    found: list[tuple[int, int]] = []
    at = start
    while mark := _SINGLE_OPEN.search(text, at, end):
        at = mark.end()
        inside_double = any(a <= mark.start() < b for a, b in doubles)
        if inside_double or _CLIPPED.match(text, mark.start(), end):
            continue
        closing = next(_closings(text, at, end, doubles), None)
        if closing is not None and not any(at < b and a < closing for a, b in doubles):
            found.append((at, closing))
            at = closing + 1
    return found


def _closings(text: str, start: int, end: int, doubles: list[tuple[int, int]]) -> Iterator[int]:
    """Where a single quotation opened at ``start`` may close, the likeliest first."""
    other = _SINGLE_OPEN.search(text, start, end)
    limit = other.start() if other else end
    places = [m.start() for m in _SINGLE_CLOSE.finditer(text, start, limit)]
    places = [p for p in places if len(text[start:p].split()) <= _MAX_SINGLE_WORDS]
    places = [p for p in places if not any(a <= p < b for a, b in doubles)]
    # "the ministers' plan": after an s, before a word, the mark may be a plural's; another one then closes.
    plural = [p for p in places if text[p - 1] in "sS" and re.match(r"[’'] [a-z]", text[p : p + 3])]
    yield from (p for p in places if p not in plural)
    yield from reversed(plural)


def _trimmed(text: str, start: int, end: int) -> Span | None:
    """The interval without white space at its edges; None if no word is left."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    inner = text[start:end]
    return Span(start, end, inner) if any(ch.isalnum() for ch in inner) else None
