"""What a name stands for where it is named: the scene of a deed, somebody's home, a hospital's town, a street."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

from attested.model import Name, Outline, Report

# What a mention adds to a name's weight, by what it stands for; settled on gva train and dev together.
_SCENE, _HOME, _CARE, _STREET = 1.2, -0.3, -0.6, -0.6
_AFTER, _BEFORE, _CLAUSE = 40, 60, 150  # characters behind a name and before it that are looked at
_DEED = re.compile(
    r"\b(?:sho(?:ts?|otings?)|gun\w*|kill\w*|dead|deadly|fatal\w*|bod(?:y|ies)|stab\w*|wound\w*|attack\w*|blasts?|"
    r"explo\w+|bomb\w*|murder\w*|homicides?|slay\w*|slain|incident|happened|occurred|took place|unfolded|"
    r"accident\w*)\b",
    re.IGNORECASE,
)
_LATER = re.compile(
    r"\b(?:arrest\w*|charged|sentenced|convicted|court|jail\w*|trial|arraign\w*|captured|funeral|vigil|buried|"
    r"hospitals?|airlifted|flown|transported|taken|medical|resident|lives?|lived|moved|native|from)\b",
    re.IGNORECASE,
)
_IN = re.compile(
    r"\b(?:in|at|near|outside|inside|of)(?: the)?(?: (?:north|south|east|west|central|downtown|rural)\w*)? $",
    re.IGNORECASE,
)
# "Lee, 37, of Hull", "a resident of Hull"; "a Hull man".
_OF_HOME = re.compile(
    r"(?:\d+,?|[A-Z][\w’'-]+,) (?:both |all )?(?:of|from) $|\bof $"
    r"|\b(?:lives?|lived|resident|native|home ?town) (?:in|of) $"
)
_HOME_OF = re.compile(
    r" (?:man|woman|men|women|teen\w*|boy|girl|couple|family|resident\w*|native|father|mother|student|rapper|musician|"
    r"doctor|teacher|officer|lawyer|attorney)\b"
)
_CARE_IN = re.compile(
    r"\b(?:hospitals?|medical center|clinic|trauma center|morgue|jail|court|courthouse|airlifted|flown|taken)"
    r"[\w ]{0,20} (?:in|to) $",
    re.IGNORECASE,
)
_HOSPITAL = re.compile(
    r"\b(?:hospitals?|medical (?:center|centre)|trauma (?:center|centre)|clinic|health)\b", re.IGNORECASE
)
_TAKEN = re.compile(
    r"\b(?:taken|transport\w*|treated|airlifted|flown|rushed|died|pronounced|recover\w*|hospitali[sz]ed|condition|"
    r"transferred|admitted|drove|driven)\b[^.]*$",
    re.IGNORECASE,
)
_AGED = re.compile(
    r"\b([a-z'’-]+), (?:age )?\d\d?,"
    r"|\b\d\d?-year-old [a-z'’-]+ ([a-z'’-]+)(?: (?:was|were|is|had|has|in|and|who)\b|[,.'’])",
    re.IGNORECASE,
)
_STREETS = re.compile(
    r"(?: (?:and|&) [A-Z][\w.]+)? (?:Ave(?:nue)?s?|St(?:reet)?s?|R(?:oa)?ds?|Boulevards?|Blvd|Dr(?:ive)?s?|Lanes?|Ln|"
    r"Highway|Hwy|Place|Pl|Court|Ct|Terrace|Parkway|Pkwy|Way|Circle|Apartments?|Lodge|Estates|Manor|Towers|Homes|"
    r"Village|avenues|streets|roads|boulevards|drives|lanes|apartments?)\b"
)


def role_weights(report: Report, outline: Outline | None) -> dict[str, float]:
    """What its names for places add beside how often they stand, by the name in lower case; -inf for persons."""
    found: defaultdict[str, float] = defaultdict(float)
    if outline is None:
        return found
    for name in outline.names:
        if name.label == "LOC" and report.text[name.start : name.end] == name.text:
            found[name.text.lower()] += _role(report.text, name, outline)
    hub = report.dateline.text if report.dateline else ""
    told = f"{report.headline or ''} {hub}".lower()
    for surname in (*_surnames(outline), *_aged(report)):
        if surname not in told:
            found[surname] = float("-inf")
    return found


def is_care(text: str, phrase: str, start: int) -> bool:
    """Whether a phrase is the hospital where the hurt were taken: "was treated at a hospital in Hull"."""
    if not _HOSPITAL.search(phrase):
        return False
    return _TAKEN.search(text, max(0, start - _CLAUSE), start) is not None


def _role(text: str, name: Name, outline: Outline) -> float:
    """What one mention of a name adds."""
    before, after = text[max(0, name.start - _BEFORE) : name.start], text[name.end : name.end + _AFTER]
    if _STREETS.match(after):
        return _STREET
    if _CARE_IN.search(before):
        return _CARE
    if _HOME_OF.match(after) or _OF_HOME.search(before):
        return _HOME
    return _SCENE if _IN.search(before) and _is_scene(text, name, outline) else 0.0


def _is_scene(text: str, name: Name, outline: Outline) -> bool:
    """Whether a word for a deed stands nearer before a name than one for what came after it or for a home."""
    sentence = next((s for s in outline.sentences if s.start <= name.start < s.end), None)
    first = max(sentence.start if sentence else 0, name.start - _CLAUSE)
    clause = text[first : name.start]
    deed = max((found.end() for found in _DEED.finditer(clause)), default=-1)
    return deed > max((found.end() for found in _LATER.finditer(clause)), default=-1)


def _aged(report: Report) -> Iterator[str]:
    """The words that stand before an age, or as a name's last behind one: "Hall, 27," and "20-year-old Tom Hall"."""
    for block in report.body:
        yield from ((n[1] or n[2]).lower() for n in _AGED.finditer(report.text, block.start, block.end))


def _surnames(outline: Outline) -> Iterator[str]:
    """The last words of persons' names of more words, unless they are named as places more often."""
    people = Counter(n.text.split()[-1].lower() for n in outline.names if n.label == "PER" and " " in n.text)
    places = Counter(n.text.lower() for n in outline.names if n.label == "LOC")
    yield from (word for word in people if 0 < places[word] <= people[word])
