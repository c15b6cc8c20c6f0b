"""Learns how sure the ledger may be: ``data/confidence.toml`` from gold sets whose licences let weights ship.

    PYTHONPATH=src:training python -m confidence.fit ../shared/data src/attested/data/confidence.toml

For each question a logistic regression (L2) over its signs. Prints, before it writes: how honest the confidences are
on folds by report or affair; on each set with weights learnt on the others; and, with the weights that it writes, on
sets that never teach (MUC-4's tst1 and tst2; gva dev and our incidents of news_clusters, whose licences forbid it).
"""

from __future__ import annotations

import json
import sys
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from attested.evaluation import gva
from attested.evaluation.confidence import Asked, Said, confidence_figures
from attested.evaluation.gva_answers import answers_of
from attested.evaluation.gva_confidence import asked_of_ledger
from attested.evaluation.gva_files import read_gold
from attested.evaluation.incidents_confidence import asked_of_clusters
from attested.evaluation.incidents_files import read_gold as read_clusters
from attested.evaluation.incidents_pairs import pair_incidents
from attested.evaluation.lineage import ledger_of, read_rows
from attested.incidents.sureness import QUESTIONS, Weights
from confidence.sets import read_sets
from reader import logistic

PENALTY = 2.0
FOLDS = 5
# A sign that fewer rows have gets no weight.
LEAST_ROWS = 15
LEAST_SHOWN = 10
# Never learnt from, whatever the question.
HELD_OUT = "muc4 tst"

Table = Mapping[str, Weights]


def learn(rows: Sequence[Asked]) -> Table:
    """The weights of each question that some row asks."""
    by_question: dict[str, list[Asked]] = defaultdict(list)
    for row in rows:
        by_question[row.question].append(row)
    return {question: _learnt(own) for question, own in by_question.items()}


def _learnt(rows: Sequence[Asked]) -> Weights:
    n = Counter(sign for row in rows for sign in row.signs)
    names = sorted(name for name in n if LEAST_ROWS <= n[name] <= len(rows) - LEAST_ROWS)
    x = np.array([[name in row.signs for name in names] for row in rows], dtype=float).reshape(len(rows), -1)
    y = np.array([row.is_right for row in rows], dtype=float)
    w = logistic.fit(x, y, PENALTY, _evened(row.set for row in rows))
    return Weights(round(float(w[-1]), 2), {n: round(float(v), 2) for n, v in zip(names, w, strict=False)})


def _evened(sets: Iterable[str]) -> NDArray[np.float64]:
    """How much each row counts: a set of four times the rows counts twice as much as the other, not four times."""
    names = list(sets)
    n = Counter(names)
    weights = np.array([n[name] ** -0.5 for name in names])
    scaled: NDArray[np.float64] = weights * (len(names) / weights.sum())
    return scaled


def said_by(table: Table, rows: Iterable[Asked]) -> list[Said]:
    """What a table says of rows; those of a question that it has no weights for are left out."""
    return [
        Said(row.unit, row.field, table[row.question].sure(row.signs).value, row.is_right)
        for row in rows
        if row.question in table
    ]


def in_folds(rows: Sequence[Asked]) -> list[Said]:
    """What is said of each row by weights learnt without its fold."""
    fold = [zlib.crc32(row.unit.encode()) % FOLDS for row in rows]
    found: list[Said] = []
    for k in range(FOLDS):
        table = learn([row for row, f in zip(rows, fold, strict=True) if f != k])
        found += said_by(table, (row for row, f in zip(rows, fold, strict=True) if f == k))
    return found


def show(title: str, rows: Sequence[Said]) -> None:
    """Prints the figures of rows; those of fewer than ``LEAST_SHOWN`` say nothing."""
    print(f"\n{title}")
    for f in confidence_figures(rows):
        if f.n is None or f.n < LEAST_SHOWN:
            continue
        between = f"[{f.interval[0]:.3f}, {f.interval[1]:.3f}]" if f.interval else ""
        print(f"  {f.name:40} {f.value:.3f} {between:16} n={f.n:<5} {f.note}")


def as_toml(table: Table) -> str:
    """The table as it ships."""
    lines = [
        "# How sure is the ledger? Log-odds learnt by training/confidence from sets whose licences let weights ship;",
        "# incidents/value_signs.py and whole_signs.py say when a sentence holds, sureness.py what is asked.",
    ]
    for question in QUESTIONS:
        rows = sorted(table[question].weights.items(), key=lambda row: (-row[1], row[0]))
        lines += ["", f"[{question}]", f"bias = {table[question].bias:.2f}", "", f"[{question}.weights]"]
        lines += [f"{json.dumps(name, ensure_ascii=False)} = {value:.2f}" for name, value in rows if value]
    return "\n".join(lines) + "\n"


def others(data: Path) -> Mapping[str, list[Asked]]:
    """The sets that may only measure, as far as they are there."""
    found = {}
    if (data / "gva").is_dir():
        gold, _ = read_gold(data / "gva")
        ledger = gva.make_ledger(gold)
        answers = [a for a in answers_of(ledger, gold) if not a.gold.is_junk]
        found["gva dev"] = list(asked_of_ledger(ledger, answers))
    folder = Path(__file__).parents[2] / "gate" / "incidents"
    if (data / "news_clusters").is_dir():
        clusters, ledger = read_clusters(folder), ledger_of(dict(read_rows(folder)))
        found["news_clusters"] = list(asked_of_clusters(ledger, clusters, pair_incidents(ledger, clusters)))
    return found


def main(data: Path, path: Path) -> None:
    """Reads the sets, prints the figures, writes the table."""
    sets = read_sets(data)
    report(sets, others(data))
    path.write_text(as_toml(learn(learnt_from(sets))), encoding="utf-8")


def learnt_from(sets: Mapping[str, Sequence[Asked]]) -> list[Asked]:
    """All rows that teach."""
    return [row for name, rows in sorted(sets.items()) if name != HELD_OUT for row in rows]


def report(sets: Mapping[str, Sequence[Asked]], measured: Mapping[str, Sequence[Asked]]) -> None:
    """Prints all figures."""
    rows = learnt_from(sets)
    show("folds, all sets", in_folds(rows))
    for name in sorted(sets):
        rest = [row for other, own in sets.items() if other not in {name, HELD_OUT} for row in own]
        if name != HELD_OUT:
            show(f"{name}, learnt on the others", said_by(learn(rest), sets[name]))
    table = learn(rows)
    for name, own in {HELD_OUT: sets[HELD_OUT], **measured}.items():
        show(f"{name}, which teaches nothing", said_by(table, own))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
