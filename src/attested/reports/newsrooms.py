"""Which agency's dispatch a report is, and which outlet published it, each with its evidence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from urllib.parse import urlsplit

from attested.model import Span
from attested.reports.label import BODY, Label
from attested.reports.lines import Line
from attested.reports.shapes import find_dateline, find_first_publisher, rooms_of
from attested.reports.tables import agencies, names_pattern, outlets, outlets_by_domain

# "X reported" credits the whole report when it stands this near the top; further down it is one fact's voice.
_TOP_LINES = 4
_MASTHEAD_WORDS = 5
_SOURCE_STAMP = re.compile(r"\b[Ss]ource ?: ?(?P<who>[A-Z][^|\n]{1,40}?)(?: ?[|–—-] |\s*\Z)")
_REPORTS_NEWS = re.compile(r"\A\W*(?P<who>[A-Z][\w/.&'-]*(?: [A-Z][\w/.&'-]*){0,4}) journalists? report")
_IS_A_NEWSROOM = re.compile(
    r"\A\W*(?P<who>[A-Z][\w/.&'-]*(?: [A-Z][\w/.&'-]*){0,4}),? (?:\([\w /-]+\) )?is (?:a|an|the) "
    r".{0,60}?(?:news|newspaper|broadcaster)"
)
_COPYRIGHT = re.compile(
    r"(?:©|\([cC]\)|[Cc]opyright)[\W\d]*(?P<who>[A-Z][\w/&'-]*(?: [A-Z][\w/&'-]*){0,4})(?=[.,|]| \d|\s*\Z)"
)
_TITLE_TAIL = re.compile(r" (?:[|–—:»-]|::) (?P<tail>[^|–—»]{2,40})\Z")
_SITE_NAME = re.compile(r"[\w.-]+\.(?:com|org|net|info|co\.\w\w)")
_MASTHEAD = re.compile(
    r"\A(?:The )?(?:[A-Z][\w.&'’-]* ){0,4}(?:News|Times|Post|Herald|Tribune|Gazette|Chronicle|Guardian|Star"
    r"|Sun|Mirror|Journal|Observer|Monitor|Telegraph|Courier|Examiner|Standard|Daily|Today|Online|Now|Press"
    r"|Radio|TV|Television|Network|Agency|Weekly|Review|Wire)(?: (?:News|Now|Online|Today|TV|Agency))*\Z"
)
# Mastheads in form that are headings of sections.
_SECTIONS = frozenset(("breaking news", "latest news", "world news", "top news", "local news", "sports news"))


@dataclass(frozen=True, slots=True)
class Credit:
    """An agency (several are joined by ", " in the order given) and the words that credit it."""

    agency: str
    span: Span | None
    why: str


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    names = names_pattern(agencies())
    rooms = names_pattern(agencies() | outlets())
    told = re.compile(rf"\b(?:told|tells|speaking to|said to|interviewed by) (?:the )?(?P<who>{rooms})\b")
    reported = re.compile(
        rf"(?:,|^)\s*(?:the )?(?P<who>{rooms})(?: news agency| agency)? (?:has )?"
        r"(?:reported|reports|said|wrote)\b(?=[ \w]{0,25}[.,]|$)"
        rf"|\b(?:according to|citing) (?:a |the )?(?P<cited>{rooms}) (?:report|dispatch)\b"
    )
    return re.compile(rf"(?<![\w/])(?P<who>{names})(?![\w/-])"), told, reported


def find_agency(text: str, lines: Sequence[Line], labels: Sequence[Label], author: str = "") -> Credit | None:
    """The wire whose dispatch a report is, or None. In order of trust: its credit or byline, its dateline,
    "X reported" near the top, "told X". A caption's credit proves nothing about the text and is not used."""
    return (
        _from_credit(text, lines, labels)
        or _from_author(author)
        or _from_dateline(text, lines, labels)
        or _from_reported(text, lines, labels)
        or _from_told(text, lines, labels)
    )


def _from_credit(text: str, lines: Sequence[Line], labels: Sequence[Label]) -> Credit | None:
    for line, label in zip(lines, labels, strict=True):
        if label.kind not in ("credit", "byline"):
            continue
        found = list(_patterns()[0].finditer(text, line.start, line.end))
        if found:
            names = list(dict.fromkeys(agencies()[match["who"]].name for match in found))
            return Credit(", ".join(names), Span(line.start, line.end, line.text), f"its {label.kind} line")
        if label.kind == "credit" and (first := find_first_publisher(line.text)):
            return Credit(_known(first), Span(line.start, line.end, line.text), "says where it stood first")
    return None


def _from_author(author: str) -> Credit | None:
    found = _patterns()[0].search(author)
    return Credit(agencies()[found["who"]].name, None, "the author stated by the page") if found else None


def _from_dateline(text: str, lines: Sequence[Line], labels: Sequence[Label]) -> Credit | None:
    for line, label in zip(lines, labels, strict=True):
        if label.kind not in (BODY, "dateline") or (dateline := find_dateline(line.text)) is None:
            continue
        for name in rooms_of(dateline.room):
            if room := agencies().get(name):
                end = line.start + dateline.end
                return Credit(room.name, Span(line.start, end, text[line.start : end]), "its dateline")
    return None


def _body(lines: Sequence[Line], labels: Sequence[Label]) -> list[Line]:
    return [line for line, label in zip(lines, labels, strict=True) if label.kind == BODY]


def _from_reported(text: str, lines: Sequence[Line], labels: Sequence[Label]) -> Credit | None:
    for line in _body(lines, labels)[:_TOP_LINES]:
        for match in _patterns()[2].finditer(text, line.start, line.end):
            name = match["who"] or match["cited"]
            room = agencies().get(name)
            # A national agency or another outlet is cited for what it says; a world agency is copied.
            if room is not None and room.is_world:
                return Credit(room.name, _span(match), f"says {match.group().strip(' ,')!r} near its top")
    return None


def _from_told(text: str, lines: Sequence[Line], labels: Sequence[Label]) -> Credit | None:
    for line in _body(lines, labels):
        for match in _patterns()[1].finditer(text, line.start, line.end):
            room = agencies().get(match["who"])
            if room is not None and room.is_world:
                return Credit(room.name, _span(match), f"says {match.group()!r}")
    return None


def _span(match: re.Match[str]) -> Span:
    text = match.group()
    start = match.start() + len(text) - len(text.lstrip(" ,"))
    return Span(start, match.end(), text.lstrip(" ,"))


def find_outlet(
    stated: dict[str, str], url: str | None, lines: Sequence[Line], labels: Sequence[Label]
) -> str | None:
    """Who published the page: what it states, a newsroom in its dateline that is no agency, "Source: X" in
    its stamp, its paragraph about itself, its masthead, its address. None when nothing tells."""
    if name := stated.get("outlet") or stated.get("site"):
        return _known(name)
    for find in (_in_dateline, _in_stamp, _in_about, _in_copyright, _in_masthead):
        if name := find(lines, labels):
            return _known(name)
    for key in ("title", "title_tag", "og_title"):
        if name := title_tail(stated.get(key, "")):
            return _known(name)
    return _from_address(url) if url else None


def _known(name: str) -> str:
    room = outlets().get(name.strip())
    return room.name if room else name.strip()


def _in_dateline(lines: Sequence[Line], labels: Sequence[Label]) -> str | None:
    for line, label in zip(lines, labels, strict=True):
        if label.kind in (BODY, "dateline") and (dateline := find_dateline(line.text)):
            own = [name for name in rooms_of(dateline.room) if name not in agencies()]
            return own[0] if own else None
    return None


def _in_stamp(lines: Sequence[Line], labels: Sequence[Label]) -> str | None:
    for line, label in zip(lines, labels, strict=True):
        if label.kind in ("stamp", "credit") and (match := _SOURCE_STAMP.search(line.text)):
            name = match["who"].strip(" .")
            if name not in agencies():
                return name
    return None


def _in_about(lines: Sequence[Line], labels: Sequence[Label]) -> str | None:
    for line, label in zip(lines, labels, strict=True):
        if label.kind == "about" and (
            match := _REPORTS_NEWS.match(line.text) or _IS_A_NEWSROOM.match(line.text)
        ):
            return match["who"]
    return None


def _in_copyright(lines: Sequence[Line], labels: Sequence[Label]) -> str | None:
    for line, label in zip(lines, labels, strict=True):
        if label.kind == "navigation" and (match := _COPYRIGHT.search(line.text)):
            name = match["who"].strip(" .,")
            if name not in agencies():
                return name
    return None


def _in_masthead(lines: Sequence[Line], labels: Sequence[Label]) -> str | None:
    """A line above the story that is a newsroom's name, or is built like one ("The Daily Such-and-such")."""
    for line, label in zip(lines, labels, strict=True):
        if label.kind == BODY:
            break
        text = line.text.strip()
        if text in outlets():
            return text
        is_name = 2 <= line.n_words <= _MASTHEAD_WORDS and text.lower() not in _SECTIONS
        if is_name and label.kind in ("kicker", "headline", "other") and _MASTHEAD.match(text):
            return text
    return None


def title_tail(title: str) -> str:
    """The site's name after a bar or dash at a title's end ("... | The Daily X"), or "" when none is sure."""
    match = _TITLE_TAIL.search(title)
    if match is None:
        return ""
    tail = match["tail"].strip()
    known = tail in outlets() or _MASTHEAD.match(tail) or _SITE_NAME.fullmatch(tail)
    return tail if known else ""


def _from_address(url: str) -> str | None:
    host = (urlsplit(url).hostname or "").removeprefix("www.")
    known = outlets_by_domain()
    parts = host.split(".")
    for i in range(len(parts) - 1):
        if name := known.get(".".join(parts[i:])):
            return name
    return host or None
