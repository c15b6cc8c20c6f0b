"""Voices: PolNeAR (brat). Who says what: sources, cues and contents found, by overlap and exactly.

PolNeAR nests no attribution in another and leaves out what a quotation's speaker attributes, so only our
outermost attributions with content are compared. Nothing was learnt from it; a cue's threshold was chosen on dev.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from attested.errors import InputError
from attested.evaluation.registry import find_gold
from attested.evaluation.scorers import Figure, Figures, Share, Tally, match_spans
from attested.evaluation.voice_kinds import labelled_voices, score_voices
from attested.model import Block, Report
from attested.reading.encoder import Reader
from attested.reading.tokens import Reading
from attested.speech.voices import Attribution, attribute

PATTERN = "*.ann"
# An annotation file is named after its text and the annotator: "x_4e07.ann" marks "x.txt".
_ANNOTATOR = re.compile(r"_[0-9a-f]{4}\Z")
_PARTS = ("Source", "Cue", "Content")

Interval = tuple[int, int]
Spans = tuple[Interval, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """One attribution as offsets: its source (may be empty), cue and content."""

    source: Spans
    cue: Spans
    content: Spans


@dataclass(frozen=True, slots=True)
class MarkedText:
    """A text with the attributions marked in it."""

    name: str
    text: str
    said: tuple[Said, ...]


def evaluate(folder: Path) -> Figures:
    """Overlap F1 of contents, sources and cues (a span is found if one of ours shares a character with it, each
    of ours once), then exact F1, on every annotated text below ``folder``; and of the sources that
    ``voice_kinds`` labels and we found, how many kinds and names of voices are right.

    Raises InputError if there is no annotation, or one without its text.
    """
    texts = read_polnear(folder)
    reader = Reader()
    pairs: list[tuple[MarkedText, tuple[Said, ...]]] = []
    voices: list[tuple[Share, Share]] = []
    for marked in texts:
        blocks = [m.span() for m in re.finditer(r"[^\n]+", marked.text)]
        rows = attributions_of(marked.text, reader.read(marked.text, blocks))
        pairs.append((marked, outermost(marked.text, rows)))
        if labelled := labelled_voices().get(marked.name):
            voices.append(score_voices(labelled, rows))
    figures = [
        Figure.f1(f"{part}_{how}_f1", [score(gold.said, found, part) for gold, found in pairs])
        for how, score in (("overlap", overlap_tally), ("exact", exact_tally))
        for part in ("content", "source", "cue")
    ]
    if voices:
        figures.append(Figure.share("voice_kind_accuracy", [kinds for kinds, _ in voices]))
        figures.append(Figure.share("voice_name_accuracy", [names for _, names in voices]))
    return Figures("polnear", tuple(figures), tuple(text.name for text in texts))


def read_polnear(folder: Path) -> list[MarkedText]:
    """Texts with their attributions, by name; of two annotators' files the first. Raises InputError."""
    texts = {path.stem: path for path in sorted(folder.rglob("*.txt"))}
    found: dict[str, MarkedText] = {}
    for path in find_gold(folder, PATTERN, skip=""):
        stem = _ANNOTATOR.sub("", path.stem)
        if stem in found:
            continue
        if stem not in texts:
            raise InputError(f"{path}: its text {stem}.txt is not below {folder}")
        text = texts[stem].read_bytes().decode("utf-8")
        found[stem] = MarkedText(stem, text, _attributions(path))
    return [found[stem] for stem in sorted(found)]


def _attributions(path: Path) -> tuple[Said, ...]:
    """The attributions (E rows) of a brat file; spans (T rows) that one names but the file lacks are left out."""
    spans: dict[str, list[Interval]] = {}
    rows: list[dict[str, list[str]]] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        key, _, rest = line.partition("\t")
        if key.startswith("T"):
            places = rest.partition("\t")[0].partition(" ")[2]
            spans[key] = [(int(a), int(b)) for a, b in (p.split() for p in places.split(";") if p.strip())]
        elif key.startswith("E"):
            row: dict[str, list[str]] = defaultdict(list)
            for field in rest.split():
                name, _, target = field.partition(":")
                row[name.rstrip("0123456789")].append(target)
            rows.append(row)
    said = []
    for row in rows:
        parts = [tuple(sorted(s for t in row[name] for s in spans.get(t, ()))) for name in _PARTS]
        said.append(Said(*parts))
    return tuple(said)


def attributions_of(text: str, reading: Reading) -> list[Attribution]:
    """Our attributions of a text."""
    report = Report("rp", "pg", text, (Block(0, len(text), "body"),))
    return [row for _, found in attribute(report, reading) for row in found]


def outermost(text: str, found: Iterable[Attribution]) -> tuple[Said, ...]:
    """Our outermost attributions of a text, each once with all its content."""
    rows: dict[Interval, tuple[Attribution, set[Interval]]] = {}
    for row in found:
        content = rows.setdefault((row.cue.start, row.cue.end), (row, set()))[1]
        content.update((c.start, c.end) for c in row.content)
    said = []
    for cue, (row, content) in sorted(rows.items()):
        others = (c for other, (_, held) in rows.items() if other != cue for c in held)
        if content and not any(a <= cue[0] and cue[1] <= b for a, b in others):
            source = ((row.source.start, row.source.end),) if row.source else ()
            said.append(Said(source, (cue,), _joined(text, sorted(content))))
    return tuple(said)


def _joined(text: str, spans: Iterable[Interval]) -> Spans:
    """Spans with those joined that overlap or have no word between them."""
    found: list[Interval] = []
    for start, end in spans:
        if found and not re.search(r"\w", text[found[-1][1] : start]):
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return tuple(found)


def overlap_tally(gold: Sequence[Said], found: Sequence[Said], part: str) -> Tally:
    """Gold parts that one of ours shares a character with, each of ours used once."""
    truth = sorted(spans for row in gold if (spans := getattr(row, part)))
    ours = sorted(spans for row in found if (spans := getattr(row, part)))
    used: set[int] = set()
    for spans in truth:
        shared = [(_shared(spans, other), -k) for k, other in enumerate(ours) if k not in used]
        best, at = max(shared, default=(0, 0))
        if best:
            used.add(-at)
    return Tally(len(used), len(ours) - len(used), len(truth) - len(used))


def exact_tally(gold: Sequence[Said], found: Sequence[Said], part: str) -> Tally:
    """Parts whose spans are the same to the character."""
    truth = [spans for row in gold if (spans := getattr(row, part))]
    return match_spans(truth, [spans for row in found if (spans := getattr(row, part))])


def _shared(left: Spans, right: Spans) -> int:
    """How many characters two sets of spans share."""
    return sum(max(0, min(b, d) - max(a, c)) for a, b in left for c, d in right)
