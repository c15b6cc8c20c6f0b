"""Sentences by rule: newswire's own marks, abbreviations and datelines, without a model.

A line break ends a sentence unless the next line goes on in lower case (text wrapped at a margin).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from attested.text.abbreviations import abbreviations

_CLOSERS = "\"'”’»)]}"
_STOP = re.compile(rf"[.!?…。؟]+(?:[{re.escape(_CLOSERS)}]+|(?=[ \t]))?(?=\s|$|[•●▪])|[.!?]+[”\"](?=[A-Z“])")
# "…killed.The" and "…killed.“We": a stop whose space was lost on the way to the page.
_LOST_SPACE = re.compile(r"(?<=[a-z]{3})\.(?=[A-Z“][a-z’]+[ ,])|(?<=[a-z]{2})[.?!][”\"](?=[A-Z])")
_BULLET = re.compile(r"(?<=\s)[•●▪](?=\s)")
_WORD_BEFORE = re.compile(r"(?:[^\W\d_]\.)*[^\W_]+$")
_NEXT = re.compile(r"[\s\"'“‘«(\[]*([^\s]?)([^\W\d_]*)")
_LINE = re.compile(r"[^\n\r\v\f\u0085\u2028\u2029]+")
_ENDED = re.compile(r"[.!?…:;][\"'”’)\]]*\s*$")
# A mark that carries a sentence on after a stop within it ("... Inc., the ...", "No! - he said").
_GOING_ON = tuple(",;:.–—-?!")
# How far back a word before a stop is looked for, in characters: longer than any abbreviation.
_REACH = 24


def split_sentences(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """Half-open offsets into ``text`` of the sentences between ``start`` and ``end``, blanks trimmed."""
    stop = len(text) if end is None else end
    found = []
    for first, last in _paragraphs(text, start, stop):
        position = first
        for cut in (*_cuts(text, first, last), last):
            if trimmed := _trimmed(text, position, cut):
                found.append(trimmed)
            position = cut
    return found


def _paragraphs(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Lines, with a line that goes on in lower case joined to the one before."""
    held: tuple[int, int] | None = None
    for line in _LINE.finditer(text, start, end):
        if not line[0].strip():
            continue
        if held and _goes_on(text, held, line.span()):
            held = (held[0], line.end())
            continue
        if held:
            yield held
        held = line.span()
    if held:
        yield held


def _goes_on(text: str, line: tuple[int, int], following: tuple[int, int]) -> bool:
    """Whether ``following`` is the rest of a sentence that ``line`` broke off at the margin."""
    is_next = text.count("\n", line[1], following[0]) == 1
    return (
        is_next
        and text[slice(*following)].lstrip()[:1].islower()
        and not _ENDED.search(text, max(line[0], line[1] - _REACH), line[1])
    )


def _cuts(text: str, start: int, end: int) -> list[int]:
    """Offsets within one paragraph where a sentence ends."""
    cuts = {m.start() for m in _BULLET.finditer(text, start, end)}
    cuts.update(m.end() for m in _LOST_SPACE.finditer(text, start, end) if _is_plain(text, start, m.start()))
    cuts.update(m.end() for m in _STOP.finditer(text, start, end) if _ends(text, start, m, end))
    return sorted(cut for cut in cuts if start < cut < end)


def _is_plain(text: str, start: int, stop: int) -> bool:
    """Whether the run of characters before a stop is a word, not part of an address ("www.Site")."""
    run = text[max(start, stop - _REACH) : stop].rsplit(None, 1)[-1]
    return not any(mark in run for mark in "./@:\\_")


def _ends(text: str, start: int, stop: re.Match[str], end: int) -> bool:
    """Whether a stop ends its sentence, by what stands before and after it."""
    after = _NEXT.match(text, stop.end(), end)
    letter, rest = (after[1], after[2]) if after else ("", "")
    marks = stop[0].rstrip(_CLOSERS)
    if letter.islower() and not _is_camel(letter + rest) and stop[0][-1] != "?":
        return False
    if letter in _GOING_ON and not rest:
        return False
    if marks != ".":
        return bool(marks.strip(".…")) or letter.isupper() or letter == ""
    before = _WORD_BEFORE.search(text, max(start, stop.start() - _REACH), stop.start())
    return before is None or _ends_after(text, before, letter + rest, start)


def _is_camel(word: str) -> bool:
    """ "iPhone", "al-Shabaab" aside: a name that begins in lower case but holds a capital."""
    return any(c.isupper() for c in word[1:])


def _ends_after(text: str, before: re.Match[str], following: str, start: int) -> bool:
    """Whether a single full stop after the word ``before`` ends the sentence that ``following`` may begin."""
    word, table = before[0], abbreviations()
    bare = word.lower()
    opens = following.lower() in table["opener"] and following[:1].isupper()
    if bare in table["title"] and (word[0].isupper() or bare in ("vs", "e.g", "i.e", "viz", "cf")):
        return False
    if (
        bare in table["number"]
        and following[:1].isdigit()
        and (word[0].isupper() or "." in word or bare != "no")
    ):
        return False
    if bare in table["either"] and (word[0].isupper() or "." in word or bare in ("etc", "al")):
        return opens or not following
    if len(word) == 1 and word.isalpha():
        return opens and not _follows_name(text, before.start(), start) if word.isupper() else True
    if "." in word and word.replace(".", "").isalpha() and len(max(word.split("."), key=len)) == 1:
        return opens or not following
    return not _numbers_item(text, before, start)


def _follows_name(text: str, position: int, start: int) -> bool:
    """Whether the word before ``position`` begins with a capital ("John F.")."""
    words = text[max(start, position - _REACH) : position].split()
    return bool(words) and words[-1][0].isupper()


def _numbers_item(text: str, before: re.Match[str], start: int) -> bool:
    """A number that stands first and counts an item of a list ("2. Mortars")."""
    return before[0].isdigit() and len(before[0]) <= 2 and not text[start : before.start()].strip()


def _trimmed(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The stretch without the blanks around it, or None when nothing is left."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return (start, end) if start < end else None
