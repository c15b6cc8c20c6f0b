"""A newsroom's own name on its page: how a masthead is built, what bears it out, who calls itself an agency."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile

from attested.reports.label import BODY, Label, line_key
from attested.reports.lines import Line
from attested.reports.story import is_headline_like
from attested.reports.tables import agencies, masthead_words, outlets

_WORD = r"[A-ZÀ-Þ0-9][\w.&'’-]*"
NAME = rf"{_WORD}(?: (?:(?:of|the|and|for|de|del|la|los|el|&) ){{0,2}}{_WORD}){{0,5}}"
_NAME_LINE = re.compile(NAME)
# A slogan or an edition may stand behind a masthead.
_SLOGAN = re.compile(r"(?P<name>[^|•·–—]{3,50}?)(?:\s+[|•·–—-]|:)\s+\S")
# "The Such Times (Weekend edition)".
_EDITION = re.compile(r" \((?:[\w'’-]+ ){0,2}[Ee]dition\)\Z")
# A site that goes by its address ("suchnews.example").
_ADDRESS = re.compile(r"[\w-]{2,30}(?:\.[\w-]{2,30})?\.[a-z]{2,7}")
# Characters of the longest line that can be a masthead with its slogan.
_MAX_LINE = 120
_MAX_WORDS = 6
# A masthead with a slogan behind it stands in the page's first lines; elsewhere that is a headline.
_MASTHEAD_LINES = 4
_AGENCY = r"(?:(?:[Nn]ews|[Pp]ress|[Ww]ire) (?:[Aa]gency|[Ss]ervice)|[Nn]ews ?[Ww]ires?|[Aa]gency)"
_IS_AGENCY = re.compile(rf".* {_AGENCY}|Agen(?:cia|ce|tur|zia) .*")
# American broadcasters go by call signs, in brackets too, and send out no wire.
# The stations of the networks go by the network's name, and newsrooms by their addresses.
_STATION = re.compile(
    r"[KW][A-Z]{2,3}(?:[ -]?(?:TV|FM|AM|\d{1,2}|NEWS|News)){0,3}|(?:ABC|CBS|NBC|FOX|Fox|CW) ?[\w ]{1,20}"
    r"|[\w-]+\.(?i:com|net|org|tv)"
)
# Shorter names are too easily part of another one.
_KEY_LETTERS = 3


def masthead_name(line: str) -> str | None:
    """The newsroom's name that a line consists of or opens with, told by the words that newsrooms are called
    by ("The Such Times | Sunday edition"); None when it has no such word or is the name of a section."""
    if len(line) > _MAX_LINE:
        return None
    line = _EDITION.sub("", line.strip())
    slogan = _SLOGAN.match(line)
    for name in (line, slogan["name"].strip() if slogan else ""):
        if name in outlets() or (is_name(name) and _is_newsroom(name)):
            return name
    return None


def find_masthead(text: str, lines: Sequence[Line], labels: Sequence[Label]) -> str | None:
    """Return a line above the story that is a newsroom's name: one that is known, is built like one ("The Daily
    Such-and-such"), or stands first and is borne out by the page ("told Such-and-such"); None where none is."""
    above = list(takewhile(lambda pair: pair[1].kind != BODY, zip(lines, labels, strict=True)))
    n_headlines = sum(label.kind == "headline" for _, label in above)
    heads = [(line, label) for line, label in above if label.kind in ("kicker", "headline", "other")]
    for at, (line, label) in enumerate(heads):
        if line.text in outlets():
            return line.text
        name = masthead_name(line.text) or (line.text if at == 0 and _ADDRESS.fullmatch(line.text) else None)
        if (
            name is None
            and at == 0
            and is_name(line.text)
            and bears_out(text, lines[0].start, lines[-1].end, line.text)
        ):
            name = line.text
        is_headline = label.kind == "headline" and n_headlines == 1
        if (
            name
            and not is_headline
            and name.title() not in agencies()
            and (name == line.text or at < _MASTHEAD_LINES)
        ):
            return name
    return None


def name_over_byline(lines: Sequence[Line], labels: Sequence[Label]) -> str | None:
    """Return a name of two words or more alone between the headline and the byline, or None."""
    for (above, over), (line, label), (_, below) in _threes(lines, labels):
        if label.kind == BODY:
            return None
        is_between = below.kind == "byline" and over.kind == "headline" and is_headline_like(above)
        is_short = label.kind in ("kicker", "headline", "other") and len(line.text.split()) > 1
        if is_between and is_short and is_name(line.text) and line.text not in agencies():
            return line.text
    return None


def _threes(
    lines: Sequence[Line], labels: Sequence[Label]
) -> Iterator[tuple[tuple[Line, Label], tuple[Line, Label], tuple[Line, Label]]]:
    """Each line with its label, the one above it and the one below."""
    pairs = list(zip(lines, labels, strict=True))
    return zip(pairs, pairs[1:], pairs[2:], strict=False)


def is_name(text: str) -> bool:
    """Whether a short text is in title or capital case throughout, as names are."""
    return len(text) <= _MAX_LINE and len(text.split()) <= _MAX_WORDS and bool(_NAME_LINE.fullmatch(text))


def _is_newsroom(name: str) -> bool:
    words = [word.strip(".'’").lower() for word in name.split()]
    known = masthead_words()
    if len(words) < 2 or all(word in known.sections for word in words):
        return False
    if words[-1] in known.last or words[0] in known.first or is_agency_name(name):
        return True
    return "of" in words and words[words.index("of") - 1] in known.last  # "The Mirror of Suchplace"


def is_agency_name(name: str) -> bool:
    """Whether a name says that it is an agency's ("Such News Agency", "Such Newswire")."""
    return len(name) <= _MAX_LINE and _IS_AGENCY.fullmatch(name) is not None


def calls_agency(text: str, start: int, end: int, name: str) -> bool:
    """Whether ``text[start:end]`` calls ``name`` an agency anywhere."""
    own = re.escape(name)
    pattern = re.compile(
        rf"\b{own} {_AGENCY}\b|\b[Aa]gency,? {own}\b|\b{own},? (?:is )?(?:an?|the) (?:\w+ )?(?:news )?agency\b"
    )
    return pattern.search(text, start, end) is not None


def bears_out(text: str, start: int, end: int, name: str) -> bool:
    """Whether ``text[start:end]`` bears out that ``name`` is the newsroom behind it: someone told it
    something, it holds the copyright, employs the writer or asks for support."""
    own = re.escape(name.removeprefix("The ").removeprefix("THE "))
    pattern = re.compile(
        rf"(?:\b(?:told|spoke to|speaking to|interview with|powered by|support(?:ing)?|subscribe to|published by"
        rf"|editor of|correspondent of|photo:)|©|\bcopyright)[ \d©,by]{{0,12}} (?:the )?{own}\b"
        rf"|\b{own}(?:['’]s?)?\W{{1,4}}(?:all rights reserved|staff|reporters?|correspondents?|editorial)\b",
        re.I,
    )
    return pattern.search(text, start, end) is not None


def spelling_in(text: str, name: str) -> str:
    """A name in capitals as the page spells it elsewhere; the name itself where it does not."""
    if not name.isupper() or " " not in name:
        return name
    found = re.finditer(re.escape(name), text, re.I)
    return next((match.group() for match in found if not match.group().isupper()), name)


def same_newsroom(one: str, other: str) -> bool:
    """Whether two names may be one newsroom's: one holds the other or is its initials."""
    keys = sorted((line_key(one), line_key(other)), key=len)
    if len(keys[0]) < _KEY_LETTERS:
        return keys[0] == keys[1]
    initials = {"".join(word[0] for word in name.split() if word).lower() for name in (one, other)}
    return keys[0] in keys[1] or keys[0] in initials


def may_be_wire(name: str) -> bool:
    """Whether a name in a dateline's brackets may be a wire's: call signs, stations and addresses are not."""
    return _STATION.fullmatch(name) is None
