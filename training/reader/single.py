"""Learns when words tell of one deed that was done: ``data/single.toml`` from our marks (``training/incidents``).

    PYTHONPATH=src:training python -m reader.single ../shared/data src/attested/data/single.toml

A logistic regression over what marked reports tell and do not tell again (``mentions/again.py``): is it marked as one
incident that was done? What was told before depends on the table, so the texts are read twice, the second time with
what the first gave. Prints how well five folds by text do, for each set of texts.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from attested.evaluation.detokenise import Offsets
from attested.expressions.times import find_times
from attested.mentions.again import Likeness, Memory
from attested.mentions.drafts import Draft
from attested.mentions.incidents import draft_incidents
from attested.mentions.odds import odds
from attested.mentions.single import features
from attested.mentions.telling import Telling
from attested.reading.encoder import Reader
from attested.reading.tokens import Reading
from reader.again import incident_of, triggers_of
from reader.logistic import as_toml, cross_validated, fit_rows
from reader.marked import marked_texts

ROUNDS = 2
# Features that fewer tellings have are left out.
LEAST = 15
# As likely as not.
AT_LEAST = 0.0
_HEAD = (
    "Is it one deed that was done? Log-odds learnt by training/reader/single.py from our marks",
    "(training/incidents); mentions/single.py says what each name stands for.",
)
Marked = tuple[str, Reading, list[tuple[Offsets, object]]]


@dataclass(frozen=True)
class Asked:
    """What a text tells: its features, and whether it is marked as one incident done."""

    text: str
    has: Mapping[str, float]
    is_deed: bool


class Asking(Memory):
    """A memory that keeps what it is asked about, and what it joined."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[tuple[Telling, Likeness]] = []
        self.joined: set[int] = set()

    def likeness(self, telling: Telling) -> Likeness:
        """As ``Memory`` does."""
        found = super().likeness(telling)
        self.asked.append((telling, found))
        return found

    def recall(self, telling: Telling) -> Draft | None:
        """As ``Memory`` does."""
        found = super().recall(telling)
        if found is not None:
            self.joined.add(id(telling.group))
        return found


def asked_in(texts: Sequence[Marked]) -> Iterator[Asked]:
    """What texts tell, for the first time as the table of now sees it."""
    for name, reading, triggers in texts:
        memory = Asking()
        draft_incidents(reading, {s.start: find_times(s) for s in reading.sentences}, memory=memory)
        for n, (telling, likeness) in enumerate(memory.asked):
            if id(telling.group) not in memory.joined:
                found = incident_of(telling, triggers, n)
                yield Asked(name, dict(features(telling, likeness)), found != ("its own", n))


def set_of(text: str) -> str:
    """The set that a text is of: "muc" of "muc/DEV-MUC3-0001"."""
    return text.partition("/")[0]


def learn(rows: Sequence[Asked], table: Path) -> None:
    """Prints how well the folds do and writes the table. Each set of texts weighs the same."""
    counts = Counter(name for row in rows for name in row.has)
    names = sorted(name for name, n in counts.items() if n >= LEAST)
    sizes = Counter(set_of(row.text) for row in rows)
    weights = [min(3.0, len(rows) / len(sizes) / sizes[set_of(row.text)]) for row in rows]
    data = [row.has for row in rows], [row.is_deed for row in rows], names
    scores = cross_validated(*data, [row.text for row in rows], weights)
    for name in (*sizes, ""):
        kept = [(s, r.is_deed) for s, r in zip(scores, rows, strict=True) if r.text.startswith(name)]
        print(_figures(name or "all", kept))
    table.write_text(as_toml(_HEAD, AT_LEAST, names, fit_rows(*data, weights)), encoding="utf-8")
    odds.cache_clear()


def _figures(name: str, scored: Sequence[tuple[float, bool]]) -> str:
    found = sum(s >= AT_LEAST for s, _ in scored)
    right = sum(s >= AT_LEAST and is_deed for s, is_deed in scored)
    gold = sum(is_deed for _, is_deed in scored)
    return f"{name:<6} P {right / max(1, found):.3f} R {right / max(1, gold):.3f} of {gold} in {len(scored)}"


def main(data: Path, table: Path) -> None:
    """Reads the marked texts, prints how well the folds do, writes the table."""
    reader = Reader()
    texts = [
        (marked.name, reader.read(marked.text, [(0, len(marked.text))]), triggers_of(marked))
        for marked in marked_texts(data)
    ]
    for _ in range(ROUNDS):
        learn(list(asked_in(texts)), table)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
