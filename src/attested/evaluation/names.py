"""Names: UNER on EWT (people, places, organisations), and the English worldwide newswire set."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from attested.evaluation.registry import find_gold
from attested.evaluation.scorers import Figure, Figures, Tally, match_spans
from attested.reading.encoder import WEIGHTS, Reader
from attested.reading.labels import spans_of
from attested.text.words import tokenise

NAMES_PATTERN, WORLDWIDE_PATTERN = "*ewt*.iob2", "*.txt.tsv"
TYPES = ("PER", "LOC", "ORG")
# The types of ner_worldwide that are ours; NORP, Misc and Product are MISC to us and not scored (UNER has no
# MISC to compare with), Date and Money are no names.
_WORLDWIDE = {"Person": "PER", "Location": "LOC", "Facility": "LOC", "Organization": "ORG"}
# Names of the texts of ner_worldwide that the shipped weights have seen; they are never measured.
_SEEN = "trained-on.txt"

NameSpan = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class NamedSentence:
    """Words with gold BIO labels, and the text (file) or sentence that is one unit of the bootstrap."""

    unit: str
    words: tuple[str, ...]
    labels: tuple[str, ...]


def evaluate(folder: Path) -> Figures:
    """F1 of name spans with their type on every UNER EWT file below ``folder`` but a training split.

    Raises InputError if there is none.
    """
    paths = find_gold(folder, NAMES_PATTERN)
    gold = [sentence for path in paths for sentence in read_iob2(path)]
    read = Reader().read_words([sentence.words for sentence in gold])
    found = [spans_of([token.ner for token in sentence.tokens]) for sentence in read]
    return Figures("uner_ewt", _figures(gold, found), tuple(path.name for path in paths))


def evaluate_worldwide(folder: Path) -> Figures:
    """F1 of name spans with their type on the newswire texts below ``folder`` that the weights have not seen.

    Raises InputError if there is none.
    """
    paths = [p for p in find_gold(folder, WORLDWIDE_PATTERN, skip="") if p.name not in seen_in_training()]
    gold = [sentence for path in paths for sentence in read_worldwide(path)]
    cut = [_cut(sentence.words) for sentence in gold]
    read = Reader().read_words([[piece for word in row for piece in word] for row in cut])
    found = [
        _widened(spans_of([token.ner for token in sentence.tokens]), row)
        for sentence, row in zip(read, cut, strict=True)
    ]
    return Figures("ner_worldwide", _figures(gold, found), tuple(path.name for path in paths))


@cache
def seen_in_training() -> frozenset[str]:
    """File names of the newswire texts that the shipped weights were trained on."""
    path = WEIGHTS / _SEEN
    return frozenset(path.read_text(encoding="utf-8").split()) if path.is_file() else frozenset()


def read_iob2(path: Path) -> Iterator[NamedSentence]:
    """Sentences of a UNER file; the labels that are no types of ours (OTH, O) count as outside."""
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        rows = [s.split("\t") for s in block.splitlines() if s[:1].isdigit()]
        sentence = next((s[12:] for s in block.splitlines() if s.startswith("# sent_id = ")), "")
        if rows:
            labels = tuple(row[2] if row[2][2:] in TYPES else "O" for row in rows)
            yield NamedSentence(f"{path.name} {sentence}", tuple(row[1] for row in rows), labels)


def read_worldwide(path: Path) -> Iterator[NamedSentence]:
    """Sentences of one newswire text; its types as ours, types that we have not as outside."""
    for block in path.read_text(encoding="utf-8").replace("\n \n", "\n\n").split("\n\n"):
        rows = [s.strip().split("\t") for s in block.splitlines()]
        rows = [row for row in rows if len(row) == 2 and row[0] and row[1]]
        if rows:
            labels = tuple(
                f"{label[:2]}{_WORLDWIDE[label[2:]]}" if label[2:] in _WORLDWIDE else "O" for _, label in rows
            )
            yield NamedSentence(path.name, tuple(word for word, _ in rows), labels)


def _cut(words: Sequence[str]) -> list[list[str]]:
    """Each gold word cut as our tokeniser cuts it."""
    return [[word[a:b] for a, b in tokenise(word)] or [word] for word in words]


def _widened(spans: list[NameSpan], cut: list[list[str]]) -> list[NameSpan]:
    """Spans over our words as spans over the gold words that they touch; repeats dropped."""
    owner = [i for i, pieces in enumerate(cut) for _ in pieces]
    widened = [(owner[start], owner[end - 1] + 1, kind) for start, end, kind in spans]
    return list(dict.fromkeys(widened))


def _figures(gold: list[NamedSentence], found: list[list[NameSpan]]) -> tuple[Figure, ...]:
    """F1 over all types, then by type; the unit of the interval is the sentence or the text."""
    overall = _tallies(gold, found, TYPES)
    return (
        Figure.f1("F1", overall),
        *(Figure.f1(kind, _tallies(gold, found, (kind,))) for kind in TYPES),
    )


def _tallies(gold: list[NamedSentence], found: list[list[NameSpan]], kinds: Sequence[str]) -> list[Tally]:
    units: dict[str, Tally] = {}
    for sentence, spans in zip(gold, found, strict=True):
        truth = [span for span in spans_of(sentence.labels) if span[2] in kinds]
        tally = match_spans(truth, [span for span in spans if span[2] in kinds])
        units[sentence.unit] = units.get(sentence.unit, Tally()) + tally
    return list(units.values())
