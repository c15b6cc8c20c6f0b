"""Turns of a transcript: "PRESENTER: Why?" - a label at the head of a line is the voice of all that follows, up to the
next label.

A report is a transcript if its labels come back, or if one of them is that of whoever asks; a digest of datelines
("LAHORE: ...", "KARACHI: ...") is none.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from attested.model import Report, Span, VoiceKind
from attested.reading.tokens import Reading
from attested.speech.describing import Speaker
from attested.speech.speaker_words import full_names, speaker_words, surname

_WORD = r"[A-ZÀ-Þ][A-ZÀ-Þ0-9.'’\-]*"
_ROLE = r"(?: ?\((?P<role>[^()\n]{1,40})\))?"
_SHOUTED = re.compile(rf"[\s*_]*(?P<label>{_WORD}(?: {_WORD}){{0,4}}){_ROLE}[*_]*:(?=\s)")
_BRACKETED = re.compile(rf"\s*\[(?P<label>{_WORD}(?: {_WORD}){{0,4}})\](?=\s)")
# "Anna Marr:", "Leon Katz (surgeon):", "Q." are labels only where they come back.
_WRITTEN = re.compile(
    rf"[\s*_]*(?P<label>(?:[A-ZÀ-Þ][\w.'’\-]*)(?: [A-ZÀ-Þ][\w.'’\-]*){{0,3}}){_ROLE}[*_]*:(?=\s)"
)
# Who asks, and who answers, where a label does not name them.
_ASKING = frozenset(
    "q question presenter host interviewer reporter moderator anchor newsreader correspondent journalist".split()
)
_ANSWERING = frozenset({"a", "answer", "interviewee", "guest", "respondent"})
# Words in capitals before a colon that are nobody's.
_NOBODY = frozenset(
    "update updates note notes correction breaking photo photos video live source sources analysis opinion exclusive "
    "warning contact tel fax related watch more tags caption image pictured editor summary background transcript date "
    "time place subject re from to cc by via file url http https recording text begin end continued applause laughter "
    "inaudible words word passage indistinct".split()
)
_MIN_TURNS = 2


@dataclass(frozen=True, slots=True)
class Turn:
    """What one speaker says without a break: the label, and from where to where it reaches."""

    label: Span
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Line:
    label: Span
    start: int
    is_shouted: bool
    role: str = ""


def find_turns(report: Report) -> tuple[Turn, ...]:
    """The turns of a report in order; none of one that is no transcript."""
    lines = [line for line in _lines(report) if line is not None]
    shouted = [line for line in lines if line.is_shouted]
    lines = lines if _is_transcript(lines) else shouted if _is_transcript(shouted) else []
    ends = [line.label.start for line in lines[1:]]
    last = lines[-1] if lines else None
    several = any("\n" in report.text[a.start : b.label.start].strip() for a, b in pairwise(lines))
    if last is not None:
        ends.append(report.body[-1].end if several else _end_of_line(report.text, last.start))
    return tuple(Turn(line.label, line.start, end) for line, end in zip(lines, ends, strict=True))


def _lines(report: Report) -> Iterable[_Line | None]:
    for block in report.body:
        at = block.start
        for row in report.text[block.start : block.end].split("\n"):
            yield _line(row, at)
            at += len(row) + 1


def _line(row: str, at: int) -> _Line | None:
    """The label at the head of a line, None without one."""
    for pattern in (_SHOUTED, _BRACKETED, _WRITTEN):
        found = pattern.match(row)
        if found is not None:
            label = found["label"]
            words = {word.lower().strip(".'’-") for word in label.split()}
            if words & _NOBODY:
                return None
            span = Span(at + found.start("label"), at + found.end("label"), label)
            role = found.groupdict().get("role") or ""
            return _Line(span, at + found.end(), pattern is not _WRITTEN, role)
    return None


def _is_transcript(lines: Sequence[_Line]) -> bool:
    """Whether labels come back, or one of them asks: of two or more speakers."""
    labels = Counter(line.label.text for line in lines)
    asks = any(word in _ASKING for line in lines for word in f"{line.label.text} {line.role}".lower().split())
    enough = len(lines) >= _MIN_TURNS and len(labels) > 1
    return enough and (asks or max(labels.values()) > 1)


def _end_of_line(text: str, start: int) -> int:
    end = text.find("\n", start)
    return len(text) if end < 0 else end


def starts_with_label(text: str, offset: int) -> bool:
    """Whether a character stands in a speaker's label at the head of its line."""
    start = text.rfind("\n", 0, offset) + 1
    line = _line(text[start : _end_of_line(text, start)], start)
    return line is not None and line.is_shouted and offset < line.start


def speaker_of_turn(turn: Turn, reading: Reading, titled: Mapping[str, frozenset[Speaker]]) -> Speaker:
    """Who a label means: a person by the full name that the report has, somebody by title, or whoever asks."""
    words = [w for w in turn.label.text.split() if w.lower().strip(".") not in speaker_words().courtesy]
    told = [w.lower().strip(".") for w in words] or ["speaker"]
    if any(word in _ASKING for word in told):
        name = "interviewer" if told[-1] in {"q", "question"} else told[-1]
        return _speaker("other report", name.capitalize(), turn)
    names = full_names(reading)
    if told[-1] in _ANSWERING:
        people = {full_name for full_name in names.values() if len(full_name.split()) > 1}
        return (
            _speaker("named person", people.pop(), turn)
            if len(people) == 1
            else _speaker("unnamed official", "Interviewee", turn)
        )
    roles = speaker_words().official | frozenset(speaker_words().titles.values())
    if told[-1] in roles:
        bearers = titled.get(told[-1], frozenset())
        name = next(iter(bearers)).name if len(bearers) == 1 else " ".join(told).capitalize()
        return _speaker("named person" if len(bearers) == 1 else "unnamed official", name, turn)
    bare = [
        w for w, t in zip(words, told, strict=True) if t not in roles | set(speaker_words().titles)
    ] or words
    name = names.get(surname(bare[-1]), " ".join(bare))
    return _speaker("named person", " ".join(w.title() if w.isupper() else w for w in name.split()), turn)


def _speaker(kind: VoiceKind, name: str, turn: Turn) -> Speaker:
    return Speaker(kind, name, frozenset(), is_person=True, is_plural=False, span=turn.label)
