"""A newsroom's own name on its page: how a masthead is built, what bears it out, who calls itself an agency."""

from __future__ import annotations

import re

from attested.reports.label import line_key
from attested.reports.tables import masthead_words, outlets

_WORD = r"[A-ZÀ-Þ0-9][\w.&'’-]*"
NAME = rf"{_WORD}(?: (?:(?:of|the|and|for|de|del|la|los|el|&) ){{0,2}}{_WORD}){{0,5}}"
_NAME_LINE = re.compile(NAME)
# A slogan or an edition may stand behind a masthead.
_SLOGAN = re.compile(r"(?P<name>[^|•·–—]{3,50}?)(?:\s+[|•·–—-]|:)\s+\S")
# Characters of the longest line that can be a masthead with its slogan.
_MAX_LINE = 120
_MAX_WORDS = 6
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
    slogan = _SLOGAN.match(line)
    for name in (line.strip(), slogan["name"].strip() if slogan else ""):
        if name in outlets() or (is_name(name) and _is_newsroom(name)):
            return name
    return None


def is_name(text: str) -> bool:
    """Whether a short text is in title or capital case throughout, as names are."""
    return len(text) <= _MAX_LINE and len(text.split()) <= _MAX_WORDS and bool(_NAME_LINE.fullmatch(text))


def _is_newsroom(name: str) -> bool:
    words = [word.strip(".'’").lower() for word in name.split()]
    known = masthead_words()
    if len(words) < 2 or all(word in known.sections for word in words):
        return False
    return words[-1] in known.last or words[0] in known.first


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
