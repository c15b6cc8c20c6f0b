"""Learns when words tell again of an incident told before: ``data/again.toml`` from our marks (``training/incidents``).

    PYTHONPATH=src:training python -m reader.again ../shared/data src/attested/data/again.toml

A logistic regression (L2) over pairs of tellings of one report. A telling that overlaps a marked mention of a
deed done has that mention's incident; any other has one of its own. Prints how well five folds by text do.
"""

from __future__ import annotations

import json
import math
import sys
import zlib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from attested.evaluation.coreference import b_cubed
from attested.evaluation.detokenise import Offsets, detokenise
from attested.expressions.times import find_times
from attested.mentions.again import Memory, Telling, are_alike, features
from attested.mentions.incidents import draft_incidents
from attested.reading.encoder import Reader
from reader import corpora, logistic
from reader.attributions import Ranges
from reader.deeds import read_deeds
from reader.logistic import Array

# The weight of the squared weights: what sklearn calls C = 0.5.
PENALTY = 2.0
FOLDS = 5
# As likely as not. Tried from -0.4 to 0.8 here and on gva dev, which likes less, and MUC-4 dev, which likes more.
AT_LEAST = 0.0


@dataclass(frozen=True)
class Pair:
    """Two tellings of a text by their numbers in it; whether they are of one incident."""

    text: str
    earlier: int
    later: int
    has: Mapping[str, float]
    is_same: bool


@dataclass(frozen=True)
class Told:
    """A text's tellings: the incident of each."""

    text: str
    incidents: Sequence[object]


def marked_texts(data: Path) -> Iterator[tuple[str, str, list[tuple[Offsets, object]]]]:
    """Name and text of each marked report, and of each trigger of a deed done where it stands and its incident."""
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
        triggers: list[tuple[Offsets, object]] = []
        for key, at in zip(keys, offsets, strict=True):
            done = (m for m in marks[key][1] if m.incident and m.status == "done")
            triggers += [(span, m.incident) for m in done for span in _spans(m.trigger, at)]
        yield name, text, triggers


def _spans(ranges: Ranges, at: Sequence[Offsets]) -> Iterator[Offsets]:
    return ((at[first][0], at[last][1]) for first, last in ranges)


def told_in(reader: Reader, text: str) -> list[Telling]:
    """All that a text tells, nothing joined."""
    reading = reader.read(text, [(0, len(text))])
    memory = Memory(at_least=math.inf)
    draft_incidents(reading, {s.start: find_times(s) for s in reading.sentences}, memory=memory)
    return memory.tellings


def incident_of(telling: Telling, triggers: Sequence[tuple[Offsets, object]], number: int) -> object:
    """The marked incident of a telling; one of its own where no mark is met."""
    tokens = [telling.sentence.tokens[hit.i] for hit in telling.group]
    met = (i for (start, end), i in triggers for t in tokens if start < t.end and t.start < end)
    return next(met, ("its own", number))


def pairs_of(name: str, tellings: Sequence[Telling], incidents: Sequence[object]) -> Iterator[Pair]:
    """Every pair of a text's tellings that can be of one incident."""
    for later, again in enumerate(tellings):
        for earlier, first in enumerate(tellings[:later]):
            if first.is_vague or again.is_apart or not are_alike(first, again):
                continue
            has = dict(features(first, again, earlier == later - 1))
            yield Pair(name, earlier, later, has, incidents[earlier] == incidents[later])


def fit(pairs: Sequence[Pair], names: Sequence[str]) -> Array:
    """Weights of the features, the bias last."""
    x = np.array([[pair.has.get(name, 0.0) for name in names] for pair in pairs])
    return logistic.fit(x, np.array([pair.is_same for pair in pairs], dtype=float), PENALTY)


def score(pair: Pair, names: Sequence[str], w: Array) -> float:
    """Log-odds of a pair."""
    return float(w[-1]) + sum(float(w[i]) * pair.has.get(name, 0.0) for i, name in enumerate(names))


def grouped(pairs: Sequence[Pair], scores: Sequence[float], at_least: float) -> dict[tuple[str, int], int]:
    """(text, telling) -> the first telling of its incident, as ``Memory`` joins them; those never compared left out."""
    best: dict[tuple[str, int], tuple[float, int]] = {}
    for pair, value in zip(pairs, scores, strict=True):
        best[pair.text, pair.later] = max(
            best.get((pair.text, pair.later), (-math.inf, 0)), (value, pair.earlier)
        )
    found: dict[tuple[str, int], int] = {}
    for text, later in sorted(best):
        value, earlier = best[text, later]
        first = found.setdefault((text, earlier), earlier)
        found[text, later] = first if value >= at_least else later
    return found


def cross_validate(pairs: Sequence[Pair], texts: Sequence[Told], names: Sequence[str]) -> None:
    """Prints B-cubed of groups over ``FOLDS`` folds by text, at several log-odds."""
    fold = [zlib.crc32(pair.text.encode()) % FOLDS for pair in pairs]
    scores = [0.0] * len(pairs)
    for k in range(FOLDS):
        w = fit([p for p, f in zip(pairs, fold, strict=True) if f != k], names)
        for i, pair in enumerate(pairs):
            if fold[i] == k:
                scores[i] = score(pair, names, w)
    gold = {(t.text, i): (t.text, incident) for t in texts for i, incident in enumerate(t.incidents)}
    for at_least in (-0.4, 0.0, 0.2, 0.4, 0.8):
        groups = grouped(pairs, scores, at_least)
        ours = {key: (key[0], groups.get(key, key[1])) for key in gold}
        precision, recall, f1 = b_cubed(gold, ours)
        print(
            f"at {at_least:+.1f}: B-cubed P {precision:.3f} R {recall:.3f} F1 {f1:.3f} of {len(gold)} tellings"
        )


def as_toml(names: Sequence[str], w: Array) -> str:
    """The table."""
    lines = [
        "# Is an incident told again that its report told before? Log-odds learnt by training/reader/again.py from our",
        "# marks (training/incidents); mentions/again.py says what each name stands for.",
        f"bias = {w[-1]:.2f}",
        "# Joined to the likeliest earlier telling from these log-odds on.",
        f"at_least = {AT_LEAST}",
        "",
        "[weights]",
        *(f"{json.dumps(name)} = {value:.2f}" for name, value in zip(names, w, strict=False)),
    ]
    return "\n".join(lines) + "\n"


def main(data: Path, table: Path) -> None:
    """Reads the marked texts, prints how well the folds do, writes the table."""
    reader = Reader()
    pairs: list[Pair] = []
    texts: list[Told] = []
    for name, text, triggers in marked_texts(data):
        tellings = told_in(reader, text)
        incidents = [incident_of(telling, triggers, i) for i, telling in enumerate(tellings)]
        texts.append(Told(name, incidents))
        pairs += pairs_of(name, tellings, incidents)
    n_pairs: dict[str, int] = defaultdict(int)
    for pair in pairs:
        for name in pair.has:
            n_pairs[name] += 1
    names = sorted(n_pairs)
    print(f"{len(texts)} texts, {len(pairs)} pairs, {sum(pair.is_same for pair in pairs)} of one incident")
    cross_validate(pairs, texts, names)
    table.write_text(as_toml(names, fit(pairs, names)), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
