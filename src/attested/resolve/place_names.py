"""The names under which a report speaks of places: as tagged, its dateline, its headline, whose police speaks."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator

from attested.model import Name, Report
from attested.resolve.place_phrases import phrase_at, place_words
from attested.resolve.place_readers import stations

# The weights were settled on LGL and GeoVirus, the sets that `geoparse` measures, and on gva train.
PLACE_WEIGHT = 0.6  # a town or province named in the text, for its country
DATELINE_WEIGHT = 2.0
_MOST_NAMES = 25  # settled together, the commonest: bounds the work on one report

_TOWN_PEOPLE = 5_000  # of a town that a headline names, or whose police speaks: what no tagger vouches for
_CITY_PEOPLE = 100_000  # of a city whose parts are called by it: "West Philadelphia", but hardly "West Adams"

People = Callable[[str], int]

_DOTTED = re.compile(r"(?:[A-Z]\.){2,}")  # "U.N.", "U.S.": no town, whatever the tagger says
_FEWEST_LETTERS = (
    3  # "I", "E.", "AR": a letter, a road or a state's code, though villages abroad bear the name
)
_SIGNED = re.compile(r"\s*\(.*")  # "DETROIT (WWJ/AP)": the station behind the town
_WIDER = re.compile(r"^(.+?),\s*(\S.*)$")
# Parts of towns and whole regions of them, which stand before a town's name: "Downtown Memphis".
_PART_WORDS = frozenset({"downtown", "uptown", "midtown", "greater", "inner", "metro", "suburban", "rural"})
_ENDS = frozenset({"side", "end", "westside", "eastside", "southside", "northside", "business", "district"})
_STATE = re.compile(
    r"[A-Z][a-z]{1,4}\.|(?:[A-Z]\.){2}|[A-Z]{2}"
)  # "Miss.", "N.M.", "AR": what stands before it is a town
_COUNTY_BEHIND = re.compile(r" (?:County|Parish)\b")  # tagged without it
_NAME = r"(?:(?:St|Ft|Mt)\. )?[A-Z][\w’'-]+(?: [A-Z][\w’'-]+){0,2}"
# "Killeen police", "Tulsa firefighters": a town stands first in the names of its own services.
_SERVICES = re.compile(
    rf"({_NAME}) (?:city )?(?:police|Police|PD\b|firefighters|Fire (?:Department|Rescue)|paramedics)"
)
_COUNTIES = frozenset({"county", "co", "parish", "township", "park", "street", "avenue", "road", "high"})
_NO_TOWN_BEFORE = frozenset(
    {"state", "county", "city", "metro", "metropolitan", "university", "park", "transit"}
)
# In a headline a town is told by what stands before it or after it.
_IN_HEADLINE = re.compile(
    rf"\b(?:[Ii]n|[Aa]t|[Nn]ear|[Oo]utside)\s+(?:an? )?(?:(?:north|south|east|west|central|downtown)\w*\s+)?({_NAME})"
)
_HEADLINE_OF = re.compile(
    rf"(?:^|[:;,.]\s+|\d\s+)({_NAME})\s+"
    r"(?:[Pp]olice|PD|[Mm]an|[Mm]en|[Ww]oman|[Tt]een|[Bb]oy|[Gg]irl|[Cc]hild|[Tt]oddler|[Mm]other|[Ff]ather|[Cc]ouple|"
    r"[Ff]amily|[Rr]esident|[Oo]fficer|[Ss]hooting|[Mm]urder|[Hh]omicide|[Bb]ombing|[Bb]last|[Aa]ttack|[Hh]otel|[Mm]all|[Gg]ang)\b"
)


def named_places(
    report: Report, names: Iterable[Name], people: People
) -> tuple[list[tuple[str, float]], dict[str, str]]:
    """(name, weight) of a report's places, heaviest first, and the state or country that the text sets behind a name.

    ``people`` is how many live in the largest place of exactly this name, -1 where none bears it.
    """
    weights: defaultdict[str, float] = defaultdict(float)
    wider: dict[str, str] = {}
    shown: dict[str, Counter[str]] = defaultdict(Counter)
    for name, after, weight in _said(report, tuple(names), people):
        key = name.lower()
        weights[key] += weight
        shown[key][name] += 0 if name.isupper() else 1
        if after:
            wider.setdefault(key, after)
    best = {key: _best_shown(shown[key]) for key in weights}
    rows = sorted(((best[key], round(w, 6)) for key, w in weights.items()), key=lambda row: (-row[1], row[0]))
    return rows[:_MOST_NAMES], {best[key]: after for key, after in wider.items()}


def dateline_town(report: Report) -> str:
    """The town in a report's dateline, without its state and the station's name; "" where there is none."""
    return _parted(_SIGNED.sub("", report.dateline.text))[0] if report.dateline else ""


def _best_shown(shown: Counter[str]) -> str:
    name, count = max(shown.items(), key=lambda row: (row[1], row[0]))
    return name if count else name.title()


def _said(report: Report, names: tuple[Name, ...], people: People) -> Iterator[tuple[str, str, float]]:
    """(name, what is wider, weight) for every time a place is named."""
    tagged = [name for name in names if name.label == "LOC" and not _DOTTED.fullmatch(name.text)]
    for one in tagged:
        whole = report.text[one.start : one.end] == one.text
        end = one.start + len(one.text.rstrip(" ,"))
        county = _COUNTY_BEHIND.match(report.text, end) if whole else None
        end = county.end() if county else end
        name, after = _parted(phrase_at(report.text, one.start, end) if whole else one.text)
        if (
            name := (name.title() if name.isupper() else name)
            if _STATE.fullmatch(after)
            else _plain(name, people)
        ):
            yield name, after, PLACE_WEIGHT
    if report.dateline:
        name, after = _parted(_SIGNED.sub("", report.dateline.text))
        if name := _plain(name.title() if name.isupper() else name, people):
            yield name, after, DATELINE_WEIGHT
    for name in (*_before_services(report, tagged), *_in_headline(report.headline or "")):
        if found := _known(name, people):
            yield found, "", PLACE_WEIGHT


def _parted(text: str) -> tuple[str, str]:
    """A name and the state or country behind its comma."""
    found = _WIDER.match(text.strip(" ,"))
    return (found[1].strip(" ,"), found[2].strip(" ,")) if found else (text.strip(" ,"), "")


def _plain(name: str, people: People) -> str:
    """The name without the direction before it ("South Los Angeles"); "" for a letter, a street's noun, a direction."""
    words = name.split()
    if sum(letter.isalpha() for letter in name) < _FEWEST_LETTERS or (len(words) == 1 and _is_common(name)):
        return ""
    if is_quarter(name) or name in stations():
        return ""
    if len(words) > 1 and _is_part(words[0]) and people(name) <= 0:
        rest = " ".join(words[1:])
        return rest if words[0].islower() or people(rest) >= _CITY_PEOPLE else ""
    return name


def is_quarter(name: str) -> bool:
    """Whether a name is one that any town's quarter may bear: "the North Side", "East End", "Downtown"."""
    words = name.lower().removeprefix("the ").split()
    return bool(words) and all(_is_part(word) or word in _ENDS for word in words)


def _is_part(word: str) -> bool:
    return word.lower() in place_words().directions or word.lower() in _PART_WORDS


def _is_common(word: str) -> bool:
    plain = word.lower().rstrip(".")
    return plain in place_words().never or plain in place_words().kinds or _is_part(plain)


def _before_services(report: Report, tagged: Iterable[Name]) -> Iterator[str]:
    """The names before "police", but those that are tagged as places: they count already."""
    starts = {name.start for name in tagged}
    for block in report.body:
        for found in _SERVICES.finditer(report.text, block.start, block.end):
            if found.start() not in starts and found[1].split()[-1].lower() not in _NO_TOWN_BEFORE:
                yield found[1]


def _in_headline(headline: str) -> Iterator[str]:
    for pattern in (_IN_HEADLINE, _HEADLINE_OF):
        yield from (found[1] for found in pattern.finditer(headline))


def _known(name: str, people: People) -> str:
    """The longest run of the name's words, from its first, that is a town; a direction before it set aside."""
    words = name.split()
    if is_quarter(" ".join(words[:2])):
        return ""
    if len(words) > 1 and _is_part(words[0]) and people(name) < _TOWN_PEOPLE:
        words = words[1:]
    for n in range(len(words), 0, -1):
        if n < len(words) and words[n].lower().rstrip(".") in _COUNTIES:
            return ""
        run = " ".join(words[:n])
        if not all(_is_common(word) for word in words[:n]) and people(run) >= _TOWN_PEOPLE:
            return run
    return ""
