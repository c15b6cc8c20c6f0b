"""Which agency's dispatch a report is, and which outlet published it, each with its evidence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice, pairwise
from urllib.parse import urlsplit

from attested.model import Span
from attested.reports.label import BODY, Label
from attested.reports.lines import Line
from attested.reports.mastheads import (
    NAME,
    calls_agency,
    find_masthead,
    is_agency_name,
    masthead_name,
    may_be_wire,
    name_over_byline,
    same_newsroom,
    spelling_in,
)
from attested.reports.shapes import (
    find_dateline,
    find_first_publisher,
    find_sign_off,
    is_unnamed_byline,
    line_parts,
    rooms_of,
)
from attested.reports.tables import agencies, masthead_words, names_pattern, newsrooms_by_domain, outlets

# "X reported" credits the whole report when it stands this near the top; further down it is one fact's voice.
_TOP_LINES = 4
_SOURCE_STAMP = re.compile(r"\b[Ss]ource ?: ?(?P<who>[A-Z][^|\n]{1,40}?)(?: ?[|–—-] |\s*\Z)")
_REPORTS_NEWS = re.compile(r"\A\W*(?P<who>[A-Z][\w/.&'-]*(?: [A-Z][\w/.&'-]*){0,4}) journalists? report")
_IS_A_NEWSROOM = re.compile(
    r"\A\W*(?P<who>[A-Z][\w/.&'-]*(?: [A-Z][\w/.&'-]*){0,4}),? (?:\([\w /-]+\) )?is (?:a|an|the) "
    r".{0,60}?(?:news|newspaper|broadcaster)"
)
_COPYRIGHT = re.compile(
    r"(?:(?:©|\([cC]\)|[Cc]opyright)[\W\d]{0,20}){1,2}(?:by )?(?![Cc]opyright)"
    r"(?P<who>[A-ZÀ-Þ][\w/&'’-]*(?: (?:of |the |de |del ){0,2}"
    r"[A-ZÀ-Þ][\w/&'’-]*){0,4})(?=\.|,(?! \d)|\|| [\d(–—-]| and |\s*\Z)"
    rf"|\A\W*(?![Cc]opyright|COPYRIGHT|[\d])(?P<owner>{NAME})\W{{1,4}}[Aa]ll [Rr]ights [Rr]eserved"
)
# Names in credits that are looked up in the whole text; no report has more.
_MAX_CREDITED = 8
# Characters within which a line of copyright names its owner.
_MAX_OWNER_LINE = 300
_POWERED = re.compile(rf"\A\W*Powered by (?P<who>{NAME})")
_CREDITED = re.compile(
    rf"(?:\b(?:[Rr]eporting|[Mm]aterial|[Ii]nputs?|[Ff]iles|[Ii]nformation) (?:by|from)|\b[Vv]ia|\A\W*By|[Ss]ource ?:"
    rf"|[Aa]gency ?:) (?:the )?(?P<who>{NAME})"
)
_STAFF = re.compile(
    rf"\A\W*(?:(?P<desk>{NAME})['’]s? {NAME} (?:and {NAME} )?contributed to th"
    rf"|{NAME},? is an? (?:[\w-]+ ){{0,4}}(?:writer|reporter|correspondent|editor) (?:for|at|with) (?P<room>{NAME})"
    r"|(?:By )?[A-ZÀ-Þ][\w.'’-]+(?: [A-ZÀ-Þ][\w.'’-]+){1,3}, (?P<site>[\w-]+\.(?:com|org|net|ca|tv|co\.uk))\Z)"
)
_TOLD_ROOM = re.compile(rf"\b(?:told|tells|speaking to|said to|interviewed by) (?:the )?(?P<who>{NAME})")
# "By ABC", "Writer: ABC": the initials of a wire where a writer's name would stand.
_INITIALS = re.compile(r"(?P<by>(?:By|BY|[Ww]riter|[Aa]uthor|[Aa]gency) ?:? )?(?P<who>[A-Z]{2,5})")
_WIRE_BYLINE = re.compile(r"\b(?:agency|agencies|wires?)\b", re.I)
_TITLE_MARK = re.compile(r" (?:[|–—:»-]|::) ?|(?<=\w)\|(?=[A-Z])")
# Characters of the longest title, and of the longest name that a site adds to one.
_MAX_TITLE = 500
_MAX_TAIL = 70
# American stations: "WXYZ 9 News Springfield, News, Weather, Sports", "Fox 2 News Headlines".
_STATION = re.compile(r"(?:[KW][A-Z]{2,3}(?:-TV)?|(?:ABC|CBS|NBC|FOX|Fox|CW) ?\d{1,2})\b.{0,30}?\bNews\b")
_DOMAIN = re.compile(r"(?:[\w-]+\.)+[a-z]{2,}(?:/\S*)?", re.IGNORECASE)
_SITE_NAME = re.compile(r"[\w.-]+\.(?:com|org|net|info|co\.\w\w)")


@dataclass(frozen=True, slots=True)
class Credit:
    """An agency (several are joined by ", " in the order given) and the words that credit it.

    ``is_stranger``: no table knows it, the page alone shows that it is an agency."""

    agency: str
    span: Span | None
    why: str
    is_stranger: bool = False


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


def find_agency(
    text: str, lines: Sequence[Line], labels: Sequence[Label], author: str = "", outlet: str | None = None
) -> Credit | None:
    """The wire whose dispatch a report is, or None. In order of trust: its credit or byline, its dateline,
    "X reported" near the top, "told X", the newsroom of the page if it calls itself an agency. ``outlet`` is
    the newsroom whose page it is, where that is known: then a stranger in a dateline's brackets is a wire.
    A caption's credit proves nothing about the text and is not used."""
    return (
        _from_credit(text, lines, labels)
        or _from_author(author)
        or _from_dateline(text, lines, labels)
        or _from_stranger(text, lines, labels, outlet)
        or _from_reported(text, lines, labels)
        or _from_told(text, lines, labels)
        or _from_own_name(outlet)
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
    credited = ((line, match["who"].strip(" .")) for line, match in _credited(lines, labels))
    for line, name in islice(credited, _MAX_CREDITED):
        if is_agency_name(name) or calls_agency(text, lines[0].start, lines[-1].end, name):
            return Credit(
                name, Span(line.start, line.end, line.text), "credits whom the page calls an agency"
            )
    return None


def _credited(lines: Sequence[Line], labels: Sequence[Label]) -> Iterator[tuple[Line, re.Match[str]]]:
    for line, label in zip(lines, labels, strict=True):
        if label.kind in ("credit", "byline"):
            yield from ((line, match) for match in _CREDITED.finditer(line.text[:_MAX_OWNER_LINE]))


def _from_stranger(
    text: str, lines: Sequence[Line], labels: Sequence[Label], outlet: str | None
) -> Credit | None:
    """A newsroom that no table knows: in a dateline's brackets, alone in brackets below the story, or initials for
    a byline."""
    unnamed = any(
        label.kind == "byline" and _WIRE_BYLINE.search(line.text) and is_unnamed_byline(line.text)
        for line, label in zip(lines, labels, strict=True)
    )
    for line, name, end in islice(_strangers(lines, labels), _MAX_CREDITED):
        # Two words alone in brackets may as well be a photographer.
        is_other = outlet is not None and not same_newsroom(outlet, name)
        is_other = is_other and (end < len(line.text) or " " not in name)
        if calls_agency(text, lines[0].start, lines[-1].end, name) or (
            (is_other or unnamed) and may_be_wire(name)
        ):
            start = line.start
            return Credit(
                _known(name), Span(start, start + end, text[start : start + end]), "in its brackets", True
            )
    return None


def _strangers(lines: Sequence[Line], labels: Sequence[Label]) -> Iterator[tuple[Line, str, int]]:
    """(line, name, where its words end) of each newsroom in brackets that is no known agency."""
    for line, label in zip(lines, labels, strict=True):
        if label.kind in (BODY, "dateline") and (dateline := find_dateline(line.text)):
            yield from ((line, name, dateline.end) for name in rooms_of(dateline.room))
            break
    for line, label in zip(lines, labels, strict=True):
        if label.kind == "credit" and (signed := find_sign_off(line.text)):
            yield line, signed, len(line.text)
        elif label.kind in ("byline", "stamp"):
            written = (_INITIALS.fullmatch(part) for part in line_parts(line.text))
            yield from ((line, m["who"], len(line.text)) for m in written if m and _is_credit_of(m, label))


def _is_credit_of(initials: re.Match[str], label: Label) -> bool:
    """Whether initials in a line stand for a newsroom: a stamp has a zone's too."""
    is_section = initials["who"].lower() in masthead_words().sections
    return not is_section and (label.kind == "byline" or initials["by"] is not None)


def _from_own_name(outlet: str | None) -> Credit | None:
    if outlet and (room := agencies().get(outlet)):
        return Credit(room.name, None, "the agency's own page")
    return Credit(outlet, None, "the agency's own page") if outlet and is_agency_name(outlet) else None


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
        for match in _TOLD_ROOM.finditer(text, line.start, line.end):
            name = match["who"].rstrip(".")
            if name not in agencies() and is_agency_name(name):
                return Credit(name, _span(match), f"says {match.group()!r}", is_stranger=True)
    return None


def _span(match: re.Match[str]) -> Span:
    text = match.group()
    start = match.start() + len(text) - len(text.lstrip(" ,"))
    return Span(start, match.end(), text.lstrip(" ,"))


def find_outlet(
    text: str, stated: dict[str, str], url: str | None, lines: Sequence[Line], labels: Sequence[Label]
) -> str | None:
    """Who published the page: what it states, "Source: X" in its stamp, its paragraph about itself, its
    copyright, its masthead, its address; None when nothing tells. See also ``room_in_dateline``."""
    if name := stated.get("outlet") or stated.get("site"):
        return _known(name)
    for find in (_in_stamp, _in_about, _in_copyright):
        if name := find(lines, labels):
            return _known(name)
    if name := find_masthead(text, lines, labels) or name_over_byline(lines, labels):
        return _known(spelling_in(text, name))
    for find in (_in_source_line, _in_credit):
        if name := find(lines, labels):
            return _known(name)
    for key in ("title", "title_tag", "og_title"):
        if name := title_tail(stated.get(key, "")):
            return _known(name)
    return _from_address(url) if url else None


def room_in_dateline(lines: Sequence[Line], labels: Sequence[Label]) -> str | None:
    """A newsroom in the dateline's brackets that is no known agency: the outlet where nothing else tells."""
    for line, label in zip(lines, labels, strict=True):
        if label.kind in (BODY, "dateline") and (dateline := find_dateline(line.text)):
            own = [name for name in rooms_of(dateline.room) if name not in agencies()]
            return _known(own[0]) if own else None
    return None


def _known(name: str) -> str:
    """The newsroom's name as the tables have it; of an address the newsroom whose it is."""
    name = name.strip()
    if room := outlets().get(name):
        return room.name
    host = name.partition("/")[0].removeprefix("www.") if _DOMAIN.fullmatch(name) else ""
    return (_of_host(host) if host else None) or name


def _in_stamp(lines: Sequence[Line], labels: Sequence[Label]) -> str | None:
    return _stated_as_source(lines, labels, "stamp")


def _in_source_line(lines: Sequence[Line], labels: Sequence[Label]) -> str | None:
    """ "Source: X" alone on a line: whom a page has it from, or its own newsroom where no masthead names another."""
    return _stated_as_source(lines, labels, "credit")


def _stated_as_source(lines: Sequence[Line], labels: Sequence[Label], kind: str) -> str | None:
    """The newsroom of "Source: X" in a line of a kind, unless it is an agency or stands in the dateline."""
    for line, label in zip(lines, labels, strict=True):
        if label.kind == kind and (match := _SOURCE_STAMP.search(line.text)):
            name = match["who"].strip(" .")
            wires = (wire for _, wire, _ in _strangers(lines, labels))
            if name not in agencies() and not is_agency_name(name) and name not in wires:
                return name
    return None


def _in_about(lines: Sequence[Line], labels: Sequence[Label]) -> str | None:
    for line, label in zip(lines, labels, strict=True):
        if label.kind == "about" and (
            match := _REPORTS_NEWS.match(line.text) or _IS_A_NEWSROOM.match(line.text)
        ):
            return match["who"]
    return None


def _in_credit(lines: Sequence[Line], labels: Sequence[Label]) -> str | None:
    """The newsroom whose own reporter helped ("X's A Name contributed to this report") or wrote it."""
    for line, label in zip(lines, labels, strict=True):
        if label.kind in ("credit", "about", "byline") and (
            match := _STAFF.match(line.text[:_MAX_OWNER_LINE])
        ):
            name = next(group for group in match.groups() if group).split(". ")[0].strip(" .")
            if name not in agencies():
                return name
    return None


def _in_copyright(lines: Sequence[Line], labels: Sequence[Label]) -> str | None:
    for line, label in zip(lines, labels, strict=True):
        text = line.text[:_MAX_OWNER_LINE]
        if label.kind != BODY and (match := _COPYRIGHT.search(text) or _POWERED.match(text)):
            name = (match["who"] or match.groupdict().get("owner") or "").strip(" .,")
            if name not in agencies():
                return name
    return None


def title_tail(title: str) -> str:
    """The site's name after a bar or dash at a title's end ("... | The Daily X"), or "" when none is sure."""
    return split_title(title)[1]


def split_title(title: str) -> tuple[str, str]:
    """A title without what its site adds at its end, and the site's name; "" when none is sure. Several parts
    may be added ("... - KXYZ.com - Springfield, Shelbyville")."""
    marks = list(_TITLE_MARK.finditer(title[:_MAX_TITLE]))
    for mark, behind in pairwise([*marks, None]):
        if mark is None:
            break
        tail = title[mark.end() : behind.start() if behind else len(title)].strip()
        if _is_site(tail) and mark.start():
            return title[: mark.start()].rstrip(), tail
    return title, ""


def _is_site(tail: str) -> bool:
    if len(tail) > _MAX_TAIL:
        return False
    known = tail in outlets() or masthead_name(tail) == tail or _SITE_NAME.fullmatch(tail)
    return bool(known or _STATION.match(tail))


def _from_address(url: str) -> str | None:
    host = (urlsplit(url).hostname or "").removeprefix("www.")
    return _of_host(host) or host or None


def _of_host(host: str) -> str | None:
    """The newsroom of a host's name or of one that it lies under."""
    known = newsrooms_by_domain()
    parts = host.lower().split(".")
    names = (known.get(".".join(parts[i:])) for i in range(len(parts) - 1))
    return next((name for name in names if name), None)
