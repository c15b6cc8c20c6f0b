"""The texts that our marks (``training/incidents``) are on, put together again from the gold sets' words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from attested.evaluation.detokenise import Offsets, detokenise
from reader import corpora
from reader.deeds import Mark, read_deeds


@dataclass(frozen=True)
class MarkedText:
    """A text, the offsets of each sentence's words, and each mark with the offsets of the words of its sentence."""

    name: str
    text: str
    offsets: Sequence[Sequence[Offsets]]
    marks: Sequence[tuple[Mark, Sequence[Offsets]]]


def marked_texts(data: Path) -> Iterator[MarkedText]:
    """Every marked text of the sets below ``data``, by name."""
    (gum,) = (data / "ud_gum_ccby").rglob("*train*.conllu")
    rows = [
        *corpora.gum(gum),
        *corpora.worldwide(data / "ner_worldwide", held_out=False),
        *corpora.event_sentences(data / "ecbplus"),
        *corpora.terror_reports(data / "muc4"),
    ]
    words = {key: example.words for key, example in rows}
    marks = read_deeds()
    for name in sorted({name for name, _ in marks}):
        keys = sorted(key for key in marks if key[0] == name)
        text, offsets = detokenise(words[key] for key in keys)
        placed = [(m, at) for key, at in zip(keys, offsets, strict=True) for m in marks[key][1]]
        yield MarkedText(name, text, offsets, placed)
