"""Words of a sentence in the manner of UD English Web Treebank: the convention the reader was trained on.

Clitics ("n't", "'s") and hyphens stand alone, a prefix keeps its hyphen ("non-human"), numbers, times, web
addresses and dotted abbreviations stay whole, quotation marks stand alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from attested.text.abbreviations import abbreviations

_APOSTROPHES = "'’ʼ`´"
_DASHES = "-‐‑"

# One alternative a line, tried in this order.
_ADDRESS = r"""
    (?:https?://|www\.)[^\s<>"”“|]+
  | [\w.+%-]+@[\w-]+(?:\.[\w-]+)+
  | (?:[a-z0-9-]+\.)+(?:com|org|net|gov|edu|info|co\.uk)\b(?:/\S*)?
  | (?i:[\w-]*\.(?:docx?|pdf|xlsx?|jpg|txt|zip|html?|ppt))\b
  | (?<![\w.])[a-z]{2,}(?:\.[a-z-]{2,}){2,}(?![\w.])
"""
_EMOTICON = r"(?<!\w)[:;=][-']?[()DPp](?!\w) | (?<!\w)\^_\^ | <3"
_DOTTED = r"(?:[^\W\d_]\.){2,}(?:[^\W\d_](?![\w'’]))? | [Pp]h\.?D\.?(?!\w)"
# Telephone numbers and ISO dates are the figures that keep their hyphens.
_HYPHENED = r"""
    (?<![\w-])(?:\d{1,2}-)?(?:\d{3,4}-)?\d{3,4}-\d{4}(?![\w-])
  | (?<![\w-])\d{1,2}-\d{1,2}-\d{4}(?![\w-])
  | (?<![\w-])\d{4}-\d\d-\d\d(?![\w-])
"""
_NUMBER = r"""
    (?<!\w)[+]\d+
  | \d+(?:[.,:]\d+)+(?:(?:st|nd|rd|th|s)\b)?
  | \d+(?:/\d+)+(?!\w)
  | \.\d+
  | \d+(?:['’]?s|st|nd|rd|th)\b
"""
_MEASURE = r"\d+(?=(?:am|pm|AM|PM|a\.m|p\.m|km|kg|mm|cm|ft|k|m|bn|mph|hrs?|mins?|lbs?|oz|yrs?)\b)"
_CLITIC = rf"[{_APOSTROPHES}](?:s|S|re|RE|ve|VE|ll|LL|d|D|m|M)\b"
_WORD = rf"[^\W_]+(?:[{_APOSTROPHES}&][^\W_]+|_\w+)*"
_RUN = r"""
    \.{2,}[?!]* | [.:][?!]+ | …+ | [!?]{2,} | [-=]{2,} | \${2,} | _{2,} | \*{2,} | ~{2,} | \#{2,} | <{2,} | >{2,}
  | '' | `` | ’’ | ‘‘ | (?i:b/c|w/o?)(?!\w)
"""

_TOKEN = re.compile(
    "|".join((_ADDRESS, _EMOTICON, _DOTTED, _HYPHENED, _NUMBER, _MEASURE, _CLITIC, _WORD, _RUN, r"\S")),
    re.VERBOSE,
)
_NEGATION = re.compile(rf"(?i)(?<=[a-z])n[{_APOSTROPHES}]t$")
_ENDING = re.compile(rf"(?<=\w){_CLITIC}$")
_TRAIL = re.compile(r"[.,;:!?'’”)\]>]+$")
# Words whose full stop belongs to them: the initial of a name, or a word of the table.
_STOPPED = ("title", "number", "either")


def tokenise(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """Half-open offsets into ``text`` of the words between ``start`` and ``end`` (default: its end)."""
    stop = len(text) if end is None else end
    pieces = [p for a, b in _matches(text, start, stop) for p in _parted(text, a, b)]
    return _with_prefixes(text, _with_stops(text, pieces, stop))


def _matches(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Matches of the token pattern; a web address gives back the punctuation that follows it."""
    position = start
    while found := _TOKEN.search(text, position, end):
        a, b = found.span()
        if b - a > 3 and ("://" in found[0] or "@" in found[0] or found[0].startswith("www.")):
            trail = _TRAIL.search(text, a, b)
            b = trail.start() if trail and trail.start() > a else b
        yield a, b
        position = b


def _parted(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """A word cut before its clitic ("did|n't", "Annan|'s") or where two words are written as one."""
    word = text[start:end]
    if (cut := _joined_at(word.lower())) or ((found := _NEGATION.search(word)) and (cut := found.start())):
        return [(start, start + cut), (start + cut, end)]
    if (found := _ENDING.search(word)) and found.start():
        cut = start + found.start()
        return [(start, cut), (cut, end)]
    return [(start, end)]


@cache
def _joins() -> dict[str, int]:
    """Words written as one, with where they are cut."""
    return {word.replace("|", ""): word.index("|") for word in abbreviations()["joined"]}


def _joined_at(word: str) -> int:
    return _joins().get(word, 0)


def _with_stops(text: str, pieces: list[tuple[int, int]], end: int) -> list[tuple[int, int]]:
    """Joins an abbreviation or an initial with its full stop."""
    words: list[tuple[int, int]] = []
    for a, b in pieces:
        if words and text[a:b] == "." and words[-1][1] == a and _owns_stop(text, words, b, end):
            words[-1] = (words[-1][0], b)
        else:
            words.append((a, b))
    return words


def _owns_stop(text: str, words: list[tuple[int, int]], after: int, end: int) -> bool:
    """Whether the full stop that ends at ``after`` belongs to the last of ``words``."""
    word = text[slice(*words[-1])]
    if len(word) == 1 and word.isalpha():
        return _is_initial(text, words, after, end)
    if not word[0].isalpha() or (word.isupper() and len(word) > 2):
        return False
    kind = next((k for k in _STOPPED if word.lower() in abbreviations()[k]), None)
    rest = text[after:end].lstrip()
    if kind == "number":
        return rest[:1].isdigit()
    # "fig", "sun", "min" are words too: in lower case only the sure ones own their stop.
    return kind == "title" or (kind == "either" and (word[0].isupper() or word in ("etc", "approx", "al")))


def _is_initial(text: str, words: list[tuple[int, int]], after: int, end: int) -> bool:
    """A single capital between names ("John F. Kennedy"); never the pronoun at a sentence's end."""
    rest = text[after:end].lstrip()
    word = text[slice(*words[-1])]
    return word.isupper() and rest[:1].isupper() and (word != "I" or len(words) > 1)


def _with_prefixes(text: str, words: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Joins a prefix, its hyphen and the word after them ("anti-government", "e-mail")."""
    prefixes = abbreviations()["prefix"]
    joined: list[tuple[int, int]] = []
    i = 0
    while i < len(words):
        a, b = words[i]
        tight = i + 2 < len(words) and words[i + 1] == (b, b + 1) and words[i + 2][0] == b + 1
        starts = not joined or joined[-1][1] < a or text[a - 1] not in _DASHES
        if (
            tight
            and starts
            and text[b] in _DASHES
            and text[a:b].lower() in prefixes
            and _lettered(text, words[i + 2])
        ):
            joined.append((a, words[i + 2][1]))
            i += 3
        else:
            joined.append((a, b))
            i += 1
    return joined


def _lettered(text: str, word: tuple[int, int]) -> bool:
    return text[word[0]].isalnum()
