"""Learns when words tell again of an incident told before: ``data/again.toml`` from our marks and MUC-4's templates.

    PYTHONPATH=src:training python -m reader.again ../shared/data src/attested/data/again.toml

A logistic regression (L2) over pairs of tellings of one report. A telling that overlaps a marked mention of a
deed done (``training/incidents``) has that mention's incident; any other has one of its own. Of MUC-4's messages, less
the third that is measured, two tellings are compared where the key's strings in each say which template it fills.
Prints how well five folds of the marked texts do.
"""

from __future__ import annotations

import math
import sys
import zlib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from attested.evaluation.coreference import b_cubed
from attested.evaluation.detokenise import Offsets
from attested.evaluation.muc4 import samples
from attested.evaluation.muc4_files import Message, read_messages
from attested.evaluation.muc4_slots_key import DESCRIBED, SLOTS, Key, in_text, read_keys
from attested.evaluation.muc4_slots_score import plain
from attested.expressions.times import find_times
from attested.mentions.again import Memory, are_alike, features
from attested.mentions.incidents import draft_incidents
from attested.mentions.telling import Telling
from attested.reading.encoder import Block, Reader
from reader import logistic
from reader.logistic import Array
from reader.marked import MarkedText, marked_texts

# The weight of the squared weights: what sklearn calls C = 0.5.
PENALTY = 2.0
FOLDS = 5
# Below even odds, since templates hold what stands apart more often than reports do. Tried 0.0, where gva dev finds
# .066 more incidents that are not there and MUC-4 dev is the same.
AT_LEAST = -0.3
# What a string of a key's template is worth in a telling: of what was hit, of another slot; in a role, elsewhere in the
# sentence. A telling worth less than the last is of no template for sure.
OF_HIT, OF_OTHER, IN_ROLE, IN_SENTENCE, LEAST = 2, 1, 3, 1, 2
_HIT_SLOTS = frozenset({"target", "victim", DESCRIBED})


_HEAD = (
    "Is an incident told again that its report told before? Log-odds learnt by training/reader/again.py from our",
    "marks (training/incidents) and MUC-4's templates; mentions/again.py says what each name stands for.",
)


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


def triggers_of(marked: MarkedText) -> list[tuple[Offsets, object]]:
    """Each trigger of a deed done where it stands in a text, and its incident."""
    done = ((m, at) for m, at in marked.marks if m.incident and m.status == "done")
    return [((at[first][0], at[last][1]), m.incident) for m, at in done for first, last in m.trigger]


def told_in(reader: Reader, text: str, blocks: Sequence[Block] = ()) -> list[Telling]:
    """All that a text, or ``blocks`` of it, tells, nothing joined."""
    reading = reader.read(text, blocks or [(0, len(text))])
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
            if incidents[earlier] is None or incidents[later] is None:
                continue
            has = dict(features(first, again, earlier == later - 1))
            yield Pair(name, earlier, later, has, incidents[earlier] == incidents[later])


def template_pairs(reader: Reader, data: Path) -> Iterator[Pair]:
    """Pairs of MUC-4's training messages whose tellings fill templates that their strings tell apart."""
    messages, keys = read_messages(data), read_keys(data)
    measured = {m.report.id for sample in samples(messages).values() for m in sample}
    for message in messages:
        if message.report.id not in measured:
            yield from _of_message(reader, message, keys.get(message.report.id, ()))


def _of_message(reader: Reader, message: Message, keys: Sequence[Key]) -> Iterator[Pair]:
    report = message.report
    if keys:
        blocks = [(block.start, block.end) for block in report.body]
        tellings = told_in(reader, report.text, blocks)
        known = [in_text(key, report.text) for key in keys]
        yield from pairs_of(report.id, tellings, [template_of(t, known) for t in tellings])


def template_of(telling: Telling, keys: Sequence[Key]) -> int | None:
    """Which of a message's templates a telling fills, by its strings in the words; None if that is not clear."""
    roles = " ".join(f" {plain(r.span.text)} " for r in telling.roles)
    sentence = f" {plain(telling.sentence.text)} "
    worth = [sum(_worth(key, slot, roles, sentence) for slot in (*SLOTS, DESCRIBED)) for key in keys]
    best = max(worth, default=0)
    return worth.index(best) if best >= LEAST and worth.count(best) == 1 else None


def _worth(key: Key, slot: str, roles: str, sentence: str) -> int:
    found = 0
    for names in key.slots.get(slot, ()):
        strings = [f" {plain(name)} " for name in names]
        place = IN_ROLE if any(s in roles for s in strings) else IN_SENTENCE
        if any(s in roles or s in sentence for s in strings):
            found += place * (OF_HIT if slot in _HIT_SLOTS else OF_OTHER)
    return found


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


def main(data: Path, table: Path) -> None:
    """Reads the marked texts, prints how well the folds do, writes the table."""
    reader = Reader()
    pairs: list[Pair] = []
    texts: list[Told] = []
    for marked in marked_texts(data):
        tellings, triggers = told_in(reader, marked.text), triggers_of(marked)
        incidents = [incident_of(telling, triggers, i) for i, telling in enumerate(tellings)]
        texts.append(Told(marked.name, incidents))
        pairs += pairs_of(marked.name, tellings, incidents)
    n_pairs: dict[str, int] = defaultdict(int)
    for pair in pairs:
        for name in pair.has:
            n_pairs[name] += 1
    names = sorted(n_pairs)
    print(f"{len(texts)} texts, {len(pairs)} pairs, {sum(pair.is_same for pair in pairs)} of one incident")
    cross_validate(pairs, texts, names)
    templates = list(template_pairs(reader, data / "muc4"))
    print(f"{len(templates)} pairs of templates, {sum(pair.is_same for pair in templates)} of one")
    weights = fit([*pairs, *templates], names)
    table.write_text(logistic.as_toml(_HEAD, AT_LEAST, names, weights), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
