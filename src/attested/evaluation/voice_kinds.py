"""Kinds and names of voices: 368 sources in PolNeAR's development texts, labelled for Attested, beside ours.

PolNeAR marks where a source stands, not what it is. ``gate/voices/kinds.tsv`` says of a source's offsets what kind of
voice it is (``model.VoiceKind``) and the fullest name that the text gives it, also where it is "he" or "who". It is
not shipped: beside an installed package these figures are left out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from attested.evaluation.scorers import Share
from attested.speech.voices import Attribution
from attested.text.folding import fold_words

TABLE = Path(__file__).parents[3] / "gate" / "voices" / "kinds.tsv"


@dataclass(frozen=True, slots=True)
class LabelledVoice:
    """A source by its offsets, the kind of its voice, and its name ("" where the text gives none)."""

    start: int
    end: int
    kind: str
    name: str


@cache
def labelled_voices() -> dict[str, tuple[LabelledVoice, ...]]:
    """Labelled sources by the name of their text; none where the table is not beside the program."""
    found: defaultdict[str, list[LabelledVoice]] = defaultdict(list)
    for line in TABLE.read_text(encoding="utf-8").splitlines() if TABLE.exists() else ():
        if line and not line.startswith("#"):
            text, start, end, kind, name = line.split("\t")
            found[text].append(LabelledVoice(int(start), int(end), kind, name))
    return {text: tuple(rows) for text, rows in found.items()}


def score_voices(labelled: Sequence[LabelledVoice], rows: Iterable[Attribution]) -> tuple[Share, Share]:
    """Of the labelled sources that we found too: how many kinds are right, and how many names (by last word)."""
    ours = [row for row in rows if row.source is not None]
    kinds, names = Share(), Share()
    for voice in labelled:
        row = max(ours, key=lambda r: _shared(voice, r), default=None)
        if row is None or not _shared(voice, row):
            continue
        kinds += Share(int(row.voice.kind == voice.kind), 1)
        if voice.name:
            names += Share(int(_is_called(row.voice.name or "", voice.name)), 1)
    return kinds, names


def _shared(voice: LabelledVoice, row: Attribution) -> int:
    if row.source is None:
        return 0
    return max(0, min(voice.end, row.source.end) - max(voice.start, row.source.start))


def _is_called(ours: str, name: str) -> bool:
    """Whether one name is the other, or a part of it with the same last word ("Schiff" of "Adam Schiff")."""
    left, right = fold_words(ours), fold_words(name)
    return bool(left) and (set(left) >= set(right) or (set(left) <= set(right) and left[-1] == right[-1]))
