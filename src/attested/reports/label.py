"""Every line of a page gets one label: body, or the kind of furniture it is, with the reason."""

from __future__ import annotations

import re
from dataclasses import dataclass

from attested.reports.lines import Line
from attested.reports.shapes import (
    find_byline,
    find_dateline,
    find_sign_off,
    is_credit,
    is_signed_for_agency,
    is_stamp,
    is_unnamed_byline,
)
from attested.reports.tables import line_cues

BODY = "body"
# Below this many words a line is no paragraph of a story unless its neighbours are.
PROSE_WORDS = 10
# A cue word inside a long paragraph is the story's own word, so cues count in shorter lines only.
MAX_CUE_WORDS = 60
# Characters: sixty words have 400; a longer "line" of few words is no line of a page.
MAX_CUE_CHARACTERS = 800
_MENU_MARK = re.compile(r"\s*[|•·›»]\s*|\s+/\s+|\s{2,}")
# A row of links has at least so many, each of at most so many words.
_MENU_PARTS = 4
_MENU_WORDS = 3
# A line cue is sure of itself in a line this short, and needs help from the line's shape beyond.
_QUOTED = re.compile(r"[\"“”]")
_CAPTION_TAIL = re.compile(
    r"(?:[.!?\"”’] ?|\s)(?:[A-ZÀ-Þ][\w.'’-]+ ){1,4}?/ ?(?:[A-Z][\w-]+(?: [A-Z][\w-]+){0,2})"
    r"(?: ?[-–—/] ?[A-Z]\w+(?: [A-Z]\w+)?)*\s*\Z"
)
_FILE_PICTURE = re.compile(
    r"\A\W*(?:FILE ?[-–—:.] ?|(?:FILE ?[-–—:.] ?)?(?:In )?(?:[Tt]his|[Aa]n?) (?:[\w.,’']+ ){0,6}?"
    r"(?:file|undated|handout|archive|(?:19|20)\d\d,?) (?:photo|image|picture|photograph|frame)(?: grab)?\b)"
)
"""Words that open a picture's caption, however long it is: agencies tell half the story there again."""


@dataclass(frozen=True, slots=True)
class Label:
    """What a line is, why, and how sure the labeller is that it belongs to a story (0 to 1)."""

    kind: str
    why: str
    p_body: float = 0.0


def label_by_cue(line: Line) -> Label | None:
    """The furniture kind that a line's own words give away, or None when they are silent."""
    text = line.text
    if match := _FILE_PICTURE.match(text):
        return Label("caption", f"says {match.group().strip()[:40]!r}")
    if line.n_words > MAX_CUE_WORDS or len(text) > MAX_CUE_CHARACTERS:
        return None
    if is_stamp(text):
        return Label("stamp", "a date and little else")
    if find_byline(text) or is_unnamed_byline(text) or is_signed_for_agency(text):
        return Label("byline", "names its writer")
    if is_credit(text):
        return Label("credit", "names reporters, editors or an agency")
    if line.n_words <= PROSE_WORDS and (dateline := find_dateline(text)) and dateline.is_line:
        return Label("dateline", "a place and a newsroom")
    if _CAPTION_TAIL.search(text):
        return Label("caption", "ends in a photographer and an agency")
    if _is_menu(text):
        return Label("navigation", "short words between bars")
    if not (line.n_words > 25 and _QUOTED.search(text)):
        for kind, pattern in line_cues():
            if match := pattern.search(text):
                return Label(kind, f"says {match.group().strip()[:40]!r}")
    if find_sign_off(text):
        return Label("credit", "a name in brackets, alone")
    return None


def _is_menu(text: str) -> bool:
    """Whether a line is a row of links: short names between bars or wide spaces, no sentence."""
    parts = _MENU_MARK.split(text)
    shortest = len(parts) >= _MENU_PARTS and all(0 < len(part.split()) <= _MENU_WORDS for part in parts)
    return shortest and not text.endswith((".", "!", "?"))


def line_key(text: str) -> str:
    """A line's letters and digits only, in lower case: what two renderings of one headline share."""
    return re.sub(r"[\W_]+", "", text.lower())
