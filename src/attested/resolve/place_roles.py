"""What a town's name stands for where it is named: the scene of a deed, somebody's home, a hospital's town, a street."""

from __future__ import annotations

import os
import re
from collections import Counter, defaultdict
from collections.abc import Iterator

from attested.model import Name, Outline, Report

F = [float(x) for x in os.environ.get("F", "0.6 -0.3 -0.5 -0.6 -5").split()]
# What a name adds beside its own weight, by what it stands for; settled on gva train and dev.
_SCENE, _HOME, _CARE, _STREET, _PERSON = F
_AFTER = 40  # characters behind a name that are looked at
_BEFORE = 60
_DEED = re.compile(
    r"\b(?:sho(?:t|ts|oting|otings)|gun\w*|kill\w*|dead|deadly|fatal\w*|bod(?:y|ies)|stab\w*|wound\w*|attack\w*|blast\w*|"
    r"explo\w*|bomb\w*|murder\w*|homicides?|slay\w*|slain|incident|happened|occurred|took place|unfolded|accident\w*)\b",
    re.IGNORECASE,
)
_LATER = re.compile(
    r"\b(?:arrest\w*|charged|sentenced|convicted|court|jail\w*|trial|arraign\w*|captured|funeral|vigil|buried|hospitals?|"
    r"airlifted|flown|transported|taken|medical|resident|lives?|lived|moved|native|from)\b",
    re.IGNORECASE,
)
_IN = re.compile(r"\b(?:in|at|near|outside|inside|of)(?: the)?(?: (?:north|south|east|west|central|downtown|rural)\w*)? $", re.IGNORECASE)
_OF_HOME = re.compile(r"(?:\d+,?|[A-Z][\w’'-]+,) (?:both |all )?(?:of|from) $|\b(?:lives?|lived|resident|native|home ?town) (?:in|of) $|\bof $")
_HOME_OF = re.compile(
    r" (?:man|woman|men|women|teen\w*|boy|girl|couple|family|resident\w*|native|father|mother|student|rapper|musician|"
    r"doctor|teacher|officer|lawyer|attorney)\b"
)
_CARE_IN = re.compile(r"\b(?:hospitals?|medical center|clinic|trauma center|morgue|jail|court|courthouse|airlifted to|flown to|taken to)[\w ]{0,20} (?:in|to) $", re.IGNORECASE)
_STREETS = re.compile(
    r"(?: and [A-Z][\w.]+| & [A-Z][\w.]+)? (?:Ave(?:nue)?s?|St(?:reet)?s?|R(?:oa)?ds?|Boulevards?|Blvd|Dr(?:ive)?s?|Lanes?|Ln|Highway|Hwy|"
    r"Place|Pl|Court|Ct|Terrace|Parkway|Pkwy|Way|Circle|Apartments?|Lodge|Estates|Manor|Towers|Homes|Village|"
    r"avenues|streets|roads|boulevards|drives|lanes|apartments?)\b"
)


def role_weights(report: Report, outline: Outline | None) -> dict[str, float]:
    """What the places that are named add beside their number, by the name in lower case."""
    found: defaultdict[str, float] = defaultdict(float)
    if outline is None:
        return found
    for name in outline.names:
        if name.label == "LOC" and report.text[name.start : name.end] == name.text:
            found[name.text.lower()] += _role(report.text, name, outline)
    told = f"{report.headline or ''} {report.dateline.text if report.dateline else ''}".lower()
    for surname in _surnames(outline):
        if surname not in told:
            found[surname] += _PERSON
    return found


def _role(text: str, name: Name, outline: Outline) -> float:
    before, after = text[max(0, name.start - _BEFORE) : name.start], text[name.end : name.end + _AFTER]
    if _STREETS.match(after):
        return _STREET
    if _CARE_IN.search(before):
        return _CARE
    if _HOME_OF.match(after) or _OF_HOME.search(before):
        return _HOME
    if not _IN.search(before):
        return 0.0
    sentence = next((s for s in outline.sentences if s.start <= name.start < s.end), None)
    clause = text[max(sentence.start, name.start - 150) : name.start] if sentence else before
    last = max((m.end() for m in _DEED.finditer(clause)), default=-1)
    later = max((m.end() for m in _LATER.finditer(clause)), default=-1)
    return _SCENE if last > later else 0.0


def _surnames(outline: Outline) -> Iterator[str]:
    """The last words of persons' names of more than one word, unless named as places more often."""
    people = Counter(n.text.split()[-1].lower() for n in outline.names if n.label == "PER" and " " in n.text)
    places = Counter(n.text.lower() for n in outline.names if n.label == "LOC")
    yield from (word for word in people if places[word] <= people[word] and places[word])
