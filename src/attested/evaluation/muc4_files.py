"""MUC-4's files: messages as reports, and of each key template who did it and how surely the message says so."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from attested.errors import InputError
from attested.evaluation.muc4_keys import CENTURY, ENCODING, KEYS, MONTHS, QUOTED, Slots, fills, read_slots
from attested.evaluation.registry import find_gold
from attested.model import Block, DateCandidate, Report, Span
from attested.values import PartialDate

PATTERNS = ("*-muc3*", "*-muc4*")
# "DEV-MUC3-0001 (NOSC)" opens a message, in the texts and in the keys.
_MESSAGE = re.compile(r"^((?:DEV|TST\d)-MUC\d-\d{4})\b.*$", re.M)
# The head of a message ends with one of these (corpora/dev/text-headers-info); before it stand city, day, outlet
# and whose words they are: "KANO, 3 MAY 91 (NAN) -- [COMMUNIQUE] [RED DAWN FRONT] [TEXT]".
_HEAD_END = re.compile(r"\[\s*(?:TEXT|SUMMARY|EXCERPTS?)\s*\]")
_DAY = re.compile(r",\s+(\d{1,2})\s+([A-Z]{3})[A-Z]*\s+(\d\d)\b")  # "NO DATE" where it is not known
_OUTLET = re.compile(r"\(([^()]+)\)\s*--")
# Kinds of message that are somebody's own words; the name behind is theirs. That of a report is its reporter's.
_OWN_WORDS = re.compile(
    r"\[(?:COMMUNIQUE|STATEMENT|SPEECH|COMMENTARY)\]\s*\[(?!(?:TEXT|SUMMARY|EXCERPTS?)\])([^\]]+)\]"
)
# Insertions of the monitoring service stand in square brackets; those that spell out a name are read as in newspapers.
_GLOSS = re.compile(r"(?<=[\w\"'] )\[([^\[\]]{2,90})\]")
_BRACKETS = re.compile(r"[\[\]]")
_TEMPLATE_SLOT, _ORGANISATION_SLOT, _CONFIDENCE_SLOT = 1, 10, 11


@dataclass(frozen=True, slots=True)
class Organisation:
    """An organisation of the key: the names and the categories that are right; optional ones may be left out."""

    names: tuple[str, ...]
    confidence: frozenset[str]
    is_optional: bool = False


@dataclass(frozen=True, slots=True)
class Template:
    """One incident of the key with the organisations that are said to have done it."""

    organisations: tuple[Organisation, ...]
    is_optional: bool = False


@dataclass(frozen=True, slots=True)
class Message:
    """A message as a report, with the incidents of the key; ``split`` is dev, tst1 or tst2."""

    report: Report
    split: str
    templates: tuple[Template, ...]


def read_messages(folder: Path) -> list[Message]:
    """Every message below ``folder`` with its key, each once, by id.

    Raises InputError if there is none or one has no key.
    """
    paths = [p for p in find_gold(folder, *PATTERNS, skip="") if not p.name.startswith("key")]
    if not paths:
        raise InputError(
            f"{folder}: no file of texts matches {' or '.join(PATTERNS)}, here or in a folder below"
        )
    templates: dict[str, list[Template]] = {}
    for path in find_gold(folder, KEYS, skip=""):
        for name, row in read_key(path.read_text(encoding=ENCODING)):
            templates.setdefault(name, []).extend(row)
    found: dict[str, Message] = {}
    for path in paths:
        for name, text in split_messages(path.read_text(encoding=ENCODING)):
            if name not in templates:
                raise InputError(f"{path}: no key for message {name} below {folder}")
            split = name[: name.index("-")].lower()
            found.setdefault(name, Message(message_report(name, text), split, tuple(templates[name])))
    return [found[name] for name in sorted(found)]


def split_messages(text: str) -> Iterator[tuple[str, str]]:
    """(id, text) of each message of a file."""
    parts = _MESSAGE.split(text)
    yield from zip(parts[1::2], parts[2::2], strict=True)


def message_report(name: str, text: str) -> Report:
    """A message as a report: lines of a paragraph joined, what stands before its body kept apart."""
    end = next((m.end() for m in _HEAD_END.finditer(text)), 0)
    head, lines = " ".join(text[:end].split()), text[end:]
    paragraphs = [_GLOSS.sub(r"(\1)", " ".join(part.split())) for part in re.split(r"\n\s*\n", lines)]
    body: list[Block] = []
    whole = head
    for paragraph in filter(None, paragraphs):
        start = len(whole) + 1
        whole = f"{whole}\n{paragraph}"
        body.append(Block(start, len(whole), "body"))
    own, stated = _OWN_WORDS.search(head), _OUTLET.search(head)
    outlet = (own or stated or [None, None])[1]
    return Report(
        name,
        name,
        whole,
        tuple(body),
        outlet=outlet,
        dateline=Span(0, len(head), head) if head else None,
        candidates=_stamp(head),
    )


def _stamp(head: str) -> tuple[DateCandidate, ...]:
    """The day in the head of a message: what "yesterday" and "2 months ago" are counted from."""
    said = _DAY.search(head)
    if said is None or said[2] not in MONTHS:
        return ()
    try:
        day = date(CENTURY + int(said[3]), MONTHS[said[2]], int(said[1]))
    except ValueError:  # "31 APR 89"
        return ()
    return (DateCandidate(PartialDate.day(day), "stamp"),)


def read_key(text: str) -> Iterator[tuple[str, list[Template]]]:
    """(message id, its templates) for each template of a key; none for a message without an incident."""
    for name, slots in read_slots(text):
        said = " ".join(slots[_TEMPLATE_SLOT])
        yield name, [] if said.strip() == "*" else [Template(_organisations(slots), "OPTIONAL" in said)]


def _organisations(slots: Slots) -> tuple[Organisation, ...]:
    """The organisations of a template; each with the categories that its names stand under."""
    said: list[tuple[frozenset[str], frozenset[str]]] = []
    for fill in fills(slots[_CONFIDENCE_SLOT]):
        words, _, _ = fill.lstrip("? ").partition(":")
        said.append((frozenset(w.strip(" ?()") for w in words.split("/")), frozenset(_names(fill))))
    found = []
    for at, fill in enumerate(fills(slots[_ORGANISATION_SLOT])):
        if names := _names(fill):
            own = [words for words, named in said if named & set(names)] or [w for w, _ in said[at : at + 1]]
            categories = frozenset(c for words in own for c in words)
            found.append(Organisation(names, categories, fill.startswith("?")))
    return tuple(found)


def _names(fill: str) -> tuple[str, ...]:
    """The names in quotation marks; one with its expansion in brackets also as two names."""
    found: list[str] = []
    for quoted in QUOTED.findall(fill):
        name = " ".join(quoted.replace('\\"', '"').split())
        found += [name, *(part for part in map(str.strip, _BRACKETS.split(name)) if part and part != name)]
    return tuple(dict.fromkeys(found))
