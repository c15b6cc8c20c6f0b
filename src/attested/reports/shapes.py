"""The shapes of single lines: byline, stamp, credit line, dateline. Each returns what it found or None."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from attested.reports.dates import find_dates
from attested.reports.tables import agencies, masthead_words, names_pattern, outlets

_NAME = r"[A-ZÀ-Þ][\w'’.\-]*(?: (?:al|bin|ibn|de|del|da|van|von|la|el)[ -])?(?:[ -]+[A-ZÀ-Þ][\w'’.\-]*){0,4}"
_NAMES = rf"(?P<who>{_NAME}(?:(?:, | and | & ){_NAME}){{0,4}})"
_BYLINE = re.compile(rf"\A(?:By|BY|by|Written by|Story by|Posted by|Author:)\s*:? {_NAMES}")
_ONE_NAME = re.compile(_NAME)
_BETWEEN_NAMES = re.compile(r"(?:,| and| &) ")
_SITE_BYLINE = re.compile(
    rf"\A(?P<who>{_NAME}), (?:[\w-]+\.(?:com|org|net|ca|tv|co\.uk)"
    r"|(?:Staff|Senior|Associated) (?:Writer|Press|Reporter).{0,20})\Z"
)
_CREDIT = re.compile(
    r"\A\W*(?:(?:additional |with )?(?:reporting|writing|editing|translat\w+|compiled|edited|written|reported"
    r"|contributions?|material|information|input)\b.{0,40}?\b(?:by|from)\b"
    r"|(?:additional|with) (?:reporting|agency|agencies|files|input|inputs|information|material)\b"
    r"|with (?:files|agencies|agency inputs|wires|wire reports)\b"
    r"|based on (?:reporting|reports?|information)\b|(?:sources?|via|agency)\s*:(?=(?:\W*\w+){1,6}\W*\Z))",
    re.I,
)
_REPORTER = re.compile(rf"\b(?:[Rr]eporting|[Ww]ritten|[Rr]eported) by {_NAMES}")
_CONTRIBUTED = re.compile(r"\bcontributed to (?:this|the) (?:report|story|article|dispatch)\b", re.I)
_FIRST_PUBLISHED = re.compile(
    r"\b(?:(?:[Ff]irst|[Oo]riginally) (?:published|appeared|posted|aired|broadcast) (?:by|in|on|at)"
    r"|(?:[Rr]epublished|[Rr]eprinted) (?:from|with permission (?:of|from)))"
    r" (?:the )?(?P<who>[A-Z][\w/&'.-]*(?: [A-Z][\w/&'.-]*){0,3})"
)
_SIGN_OFF = re.compile(r"\W?\((?P<who>[A-ZÀ-Þ][\w.&'’-]*(?:[ /][A-ZÀ-Þ][\w.&'’-]*){0,2})\)\W?")
_STAMP_WORD = re.compile(
    r"\b(?:published|posted|updated|last (?:updated|modified)|modified|issued on|created|date"
    r"|first published|source|gmt|edt|est|utc|ist|[ap]\.?m\.?)\b",
    re.I,
)
_AGO = re.compile(r"\A(?:\d+|an?) (?:second|minute|min|hour|hr|day|week|month)s? ago\W*\Z", re.I)
_CLOCK = re.compile(r"\A\W*[0-2]?\d[:.][0-5]\d ?(?:[ap]\.?m\.?)?(?: [A-Z]{2,4})?\W*\Z", re.I)
_WEEKDAY = r"(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?"
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?"
_MONTH_DAY = rf"(?:{_MONTH} \d{{1,2}}|\d{{1,2}} {_MONTH})(?:,? (?:19|20)\d\d)?"
_DAY_STAMP = re.compile(
    rf"\W*(?:{_WEEKDAY},? )?{_MONTH_DAY}(?:,? (?:at )?[0-2]?\d[:.][0-5]\d(?: ?[apAP]\.?[mM]\.?)?(?: [A-Z]{{2,4}})?)?\W*"
)
_PLACE = (
    r"[A-ZÀ-Þ][\w.'’À-ÿ\-]*(?:[ /](?:(?:of|de|del|la|el|al|and|the|on|upon|es|as|in) ?)*"
    r"[A-ZÀ-Þ][\w.'’À-ÿ\-]*){0,3}"
)
_DATELINE = re.compile(
    rf"\A(?P<place>{_PLACE}(?:, {_PLACE}){{0,2}})?,? ?(?P<date>{_MONTH_DAY})? ?"
    rf"\((?P<room>[A-Z][\w./’' -]{{1,40}}|dpa)\) ?(?P<after>(?:{_MONTH_DAY})? ?)"
    r"(?P<dash>(?:[—–:-]{1,3}|>>|») ?|\Z|(?=[A-Z“\"]))"
)
_BARE_PLACE = r"[A-ZÀ-Þ][A-ZÀ-Þ.'’\- ]{2,30}(?:, [A-ZÀ-Þ][\w.À-ÿ' -]{1,25}){0,2}"
_BARE_DATELINE = re.compile(
    rf"\A(?P<place>{_BARE_PLACE}?)(?:, (?P<date>{_MONTH_DAY}))?(?P<dash> ?[—–] ?| ?-- ?| - | >> | » )(?=\S)"
)
# Words that stand before a dash as a place does in a dateline.
_NO_PLACE = re.compile(r"(?:FILE|PHOTOS?|VIDEO|WATCH|UPDATED?|BREAKING|EXCLUSIVE|OPINION|LIVE|READ|NOTE)\b")
# More words than this and a line with a date in it is a sentence, not a stamp.
_MAX_STAMP_WORDS = 16
# Characters: no byline, stamp or dateline is longer, and no credit; so hostile lines cost nothing.
_MAX_HEAD = 240
_MAX_CREDIT = 800
# What stands between the parts of a line of facts: bars, bullets, slashes and dashes with spaces.
_PARTS = re.compile(r"\s+(?:[|•·●/–—-]|::?)\s+|\s*[|•·●]\s*|\t+| {3,}")
# Besides the date a stamp holds weekdays, clock times, zones and offsets.
_OF_STAMP = re.compile(
    rf"\b{_WEEKDAY}\b|\b[0-2]?\d[:.][0-5]\d(?:[:.][0-5]\d)?(?:\.\d+)?(?: ?[ap]\.?m\b\.?)?"
    r"|[+-][01]\d:?[0-5]\d\b|\b(?:GMT|UTC|WAT|EAT|CAT|[ECMP][SD]T|CES?T|BST|IST|Z)(?:[+-]\d+)?\b",
    re.I,
)
_READING_TIME = re.compile(r"\d+ min(?:ute)?s?(?: read)?|(?:reading time|updated|modified)\b.*", re.I)
# What is glued to a byline's names: a stamp's first word, the writer's post, an agency.
_AFTER_NAMES = re.compile(
    r"(?:(?<=[\w,.])\s+|\s*[-–—]+\s*)(?:UPDATED|Updated|CREATED|Created|POSTED|Posted|PUBLISHED|Published"
    r"|[Ss]taff [Ww]riter|STAFF WRITER)\b.*\Z|(?<=[a-zA-Z])(?:The )?Associated Press\Z"
)
_UNNAMED = re.compile(
    r"\A(?:By|BY|From):? (?:(?:[Oo]ur|[Aa]n?|[Tt]he|[Ss]taff|[Aa]gency|[Nn]ews|[Ww]ire|[Ss]pecial|[Oo]wn"
    r"|[Ll]ocal|[Ss]enior|[Ff]oreign) )*(?:[Cc]orrespondents?|[Rr]eporters?|[Ss]taff(?: [Ww]riters?)?"
    r"|[Ww]riters?|[Aa]genc(?:y|ies)(?: [Rr]eports?)?|[Nn]ewsroom|[Ee]ditors?|[Nn]ews [Dd]esk)"
    r"(?:,? (?:in|at|and|with) .{2,40})?\Z"
    r"|\A(?:By|From):? (?:[A-ZÀ-Þ][\w&'’-]* ){1,4}(?:staff|newsroom|desk|correspondents?|reporters?"
    r"|News (?:Staff|Team|Desk))\Z"
)


@dataclass(frozen=True, slots=True)
class Dateline:
    """Place, newsroom in brackets and day as written at the head of a story; offsets are within the line."""

    end: int
    place: str
    room: str
    is_line: bool


def find_dateline(line: str) -> Dateline | None:
    """The dateline that opens a line ("KABUL (Agency) — ...", "Lagos (Agency) May 3, 2019"), or None."""
    if _NO_PLACE.match(line):
        return None
    whole, line = line, line[:_MAX_HEAD]
    if match := _DATELINE.match(line):
        is_line = not whole[match.end() :]
        is_known = all(name in agencies() or name in outlets() for name in rooms_of(match["room"]))
        if is_known or (match["place"] and match["dash"]):
            end = len(line[: match.start("dash")].rstrip())
            return Dateline(end, match["place"] or "", match["room"], is_line)
        return None
    if (match := _BARE_DATELINE.match(line)) and len(line) > match.end() + 30:
        return Dateline(len(line[: match.start("dash")].rstrip()), match["place"], "", False)
    return None


def rooms_of(written: str) -> list[str]:
    """The newsrooms in a dateline's brackets: "Reuters/AFP" are two."""
    return [name.strip() for name in re.split(r"[/,] ?| and ", written) if name.strip()]


def find_byline(line: str) -> str | None:
    """Who a byline line names ("By A Name and B Name"), or None."""
    line = _AFTER_NAMES.sub("", line) if len(line) <= _MAX_HEAD else line
    match = _BYLINE.match(line) if len(line) <= _MAX_HEAD and not is_unnamed_byline(line) else None
    if match is None and (site := _SITE_BYLINE.match(line[: _MAX_HEAD + 1])):
        return site["who"]
    # A sentence may open with By: what follows the names must not be its verb.
    if match is None or len(line.split()) > 16 or line.rstrip().endswith((".", "!", "?")):
        return None
    return match["who"].strip(" ,-") or None


def is_signed_for_agency(line: str) -> bool:
    """Whether a line is a writer's name and the agency that he or she writes for ("A Name, Reuters")."""
    names, _, room = line.strip().rpartition(", ")
    return room in agencies() and all(_ONE_NAME.fullmatch(name) for name in _BETWEEN_NAMES.split(names))


def find_reporter(line: str) -> str | None:
    """The first reporter that a credit line names, or None; agencies are not reporters."""
    match = _REPORTER.search(line)
    names = re.split(r", | and ", match["who"]) if match else []
    return next((name for name in names if name not in agencies()), None)


def find_first_publisher(line: str) -> str | None:
    """The newsroom that a short line names as the text's first ("This story first appeared in X."), or None."""
    match = _FIRST_PUBLISHED.search(line) if len(line) <= _MAX_HEAD else None
    if match is None or len(line.split()) > _MAX_STAMP_WORDS:
        return None
    return match["who"].strip(" .")


def find_sign_off(line: str) -> str | None:
    """The name in brackets that is all of a line, as agencies sign their dispatches, or None."""
    match = _SIGN_OFF.fullmatch(line) if len(line) <= _MAX_HEAD else None
    return match["who"] if match else None


def is_credit(line: str) -> bool:
    """Whether a line says who reported, wrote or edited, or which agency the text is from."""
    n_words = len(line.split()) if len(line) <= _MAX_CREDIT else _MAX_CREDIT
    if n_words > 45:
        return False
    bare = line.strip(" ()[]*-—–.")
    if (
        bare in agencies()
        or bare.title() in agencies()
        or (n_words <= 3 and bare.removeprefix("By ") in agencies())
    ):
        return True
    if find_first_publisher(line) or (_CONTRIBUTED.search(line) and n_words <= 40):
        return True
    if _copyright_agency().search(line):
        return True
    return bool(_CREDIT.match(line)) and (n_words <= 14 or ";" in line or "diting by" in line)


@cache
def _copyright_agency() -> re.Pattern[str]:
    return re.compile(
        rf"(?:©|\([cC]\)|[Cc]opyright)\W*(?:(?:19|20)\d\d)?\W*(?:The )?(?:{names_pattern(agencies())})\b"
    )


def is_stamp(line: str) -> bool:
    """Whether a line is a time of publication: a date with little else, "3 hours ago", a clock time; or one
    beside a byline, a reading time or a section ("3 May 2019 | World")."""
    if len(line) > _MAX_HEAD:
        return False
    parts = line_parts(line)
    return _is_bare_stamp(line) or (
        len(parts) > 1
        and any(_is_bare_stamp(part) for part in parts)
        and all(_goes_with_stamp(part) for part in parts)
    )


def line_parts(line: str) -> list[str]:
    """The parts of a line of facts, between bars, bullets, slashes, dashes or tabs; a long line is one part."""
    if len(line) > _MAX_HEAD:
        return [line]
    return [part for part in _PARTS.split(line.strip()) if part]


def is_unnamed_byline(line: str) -> bool:
    """Whether a line says that somebody without a name wrote it ("By our correspondent", "By Agency Reporter")."""
    return len(line) <= _MAX_HEAD and _UNNAMED.match(line) is not None


def _goes_with_stamp(part: str) -> bool:
    return bool(
        _is_bare_stamp(part)
        or find_byline(part)
        or is_unnamed_byline(part)
        or is_credit(part)
        or _READING_TIME.fullmatch(part)
        or all(word.lower() in masthead_words().sections for word in part.split())
    )


def _is_bare_stamp(line: str) -> bool:
    n_words = len(line.split())
    if _AGO.match(line) or _CLOCK.match(line):
        return True
    if n_words > _MAX_STAMP_WORDS:
        return False
    dates = list(find_dates(line, 0, len(line)))
    if not dates:
        return _DAY_STAMP.fullmatch(line) is not None
    rest = line
    for _, span, _ in reversed(dates):
        rest = rest[: span.start] + rest[span.end :]
    used = len(line) - len(_OF_STAMP.sub("", rest))
    said = bool(_STAMP_WORD.search(line))
    ends_as_sentence = line.rstrip().endswith((".", "!", "?", '"', "”"))
    return used >= len(line) * (0.25 if said else 0.55) and not (ends_as_sentence and not said)
