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

# The weight of the squared weights. Of 2, 3, 4 and 5 the folds like each; from 4 on few values are said to be 90% sure.
PENALTY = 3.0
FOLDS = 5
# A sign that fewer rows have gets no weight: with 15, rows of GVC alone, as disputed numbers are, teach nothing.
LEAST_ROWS = 10
# Never learnt from, whatever the question.
HELD_OUT = "muc4 tst"

# Signs that can only speak for an answer, and those that can only speak against it: where few rows say otherwise, it is
# chance or a set's own way, and no reason to give to a reader.
FOR = frozenset({
    "it is said more than once", "it stands in a lead", "an official or a named person says so",
    "two independent origins say so", "three or more independent origins say so", "a weapon is told",
    "two or more independent origins tell of it", "several sentences tell of it", "even its weakest join is strong",
    "every two of its mentions are alike", "one number of killed is told more than once",
    "one victim is named more than once", "its day is told", "its place is told", "dead or injured are told",
    "who did it is told", "what was hit is told",
    "the day is told with its year", "the name is clear", "its reports name that town most",
    "the province that it lies in is named", "it claims the deed itself", "it is a known body or person",
})  # fmt: skip
AGAINST = frozenset({
    "the reports disagree", "something else is told too", "several other values are told",
    "a report tells as much of another incident, or more", "its reports tell of many other incidents",
    "it is told as alleged or possible", "machine-spun text alone says so", "machine-spun text alone tells of it",
    "two parts of it are joined by little", "no report states the number itself: it is reckoned",
    "the number is approximate", "the sentence that tells the deed does not say it",
    "the day is told near by, not of the deed itself", "it was at night, which belongs to two days",
    "a report's own date is in doubt", "the day of no report is known", "the name may be another place's",
    "there are other places of the name", "its reports are about another country",
    "its reports name several places alike",
    "its reports name another town more, in the same province",
    "its reports name another town more, in another province", "the province that it lies in is not named",
    "somebody else is blamed too", "another claims the deed", "somebody denies it", "no name is told",
    "different numbers of killed are told of it", "different deeds are told of it",
    "a part of it is told without a day", "what was hit is told in different words",
    "nothing is told of it but that it was",
    "its reports also tell of such a thing as planned, habitual or denied",
    "its story tells more of another incident of its kind",
    "its story has another incident that is nearly enough like it to be the same",
    "its story has another incident that is rather like it",
})  # fmt: skip

# What a sign adds where it cannot be learnt, by question: set by hand, and small. On gva dev values said
# by three origins or more are right a little more often than without, disputed numbers as often as the rest says.
_OF_VALUES = {
    "three or more independent origins say so": 0.4,
    "the reports disagree": -0.3,
    "several other values are told": -0.3,
    "machine-spun text alone says so": -1.0,
}
BY_HAND: dict[str, dict[str, float]] = {
    "people": _OF_VALUES,
    "date": _OF_VALUES,
    "place": _OF_VALUES,
    "perpetrator": {
        **_OF_VALUES,
        "it claims the deed itself": 0.5,
        "another claims the deed": -0.5,
        "somebody denies it": -0.3,
    },
    "incident": {"machine-spun text alone tells of it": -1.0},
}

Table = Mapping[str, Weights]


def learn(rows: Sequence[Asked]) -> Table:
    """The weights of each question that some row asks."""
    by_question: dict[str, list[Asked]] = defaultdict(list)
    for row in rows:
        by_question[row.question].append(row)
    return {question: _learnt(question, own) for question, own in by_question.items()}


def _learnt(question: str, rows: Sequence[Asked]) -> Weights:
    """The weights of one question; a sign whose weight contradicts what it plainly speaks for is left out."""
    n = Counter(sign for row in rows for sign in row.signs)
    names = sorted(name for name in n if LEAST_ROWS <= n[name] <= len(rows) - LEAST_ROWS)
    y = np.array([row.is_right for row in rows], dtype=float)
    evened = _evened(row.set for row in rows)
    while True:
        x = np.array([[name in row.signs for name in names] for row in rows], dtype=float)
        w = logistic.fit(x.reshape(len(rows), -1), y, PENALTY, evened)
        kept = [name for name, v in zip(names, w, strict=False) if name not in (FOR if v < 0 else AGAINST)]
        if kept == names:
            break
        names = kept
    learnt = {name: round(float(v), 2) for name, v in zip(names, w, strict=False)}
    return Weights(round(float(w[-1]), 2), BY_HAND.get(question, {}) | learnt)


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
    """Prints the figures of rows."""
    print(f"\n{title}")
    for f in confidence_figures(rows):
        between = f"[{f.interval[0]:.3f}, {f.interval[1]:.3f}]" if f.interval else ""
        print(f"  {f.name:40} {f.value:.3f} {between:16} n={f.n:<5} {f.note}")


def as_toml(table: Table) -> str:
    """The table as it ships."""
    lines = [
        "# How sure is the ledger? Log-odds learnt by training/confidence from sets whose licences let weights ship;",
        "# incidents/*_signs.py say when a sentence holds, sureness.py what is asked.",
    ]
    for question in QUESTIONS:
        rows = sorted(table[question].weights.items(), key=lambda row: (-row[1], row[0]))
        lines += ["", f"[{question}]", f"bias = {table[question].bias:.2f}", "", f"[{question}.weights]"]
        by_hand = BY_HAND.get(question, {})
        lines += [
            f"{json.dumps(name, ensure_ascii=False)} = {v:.2f}{'  # by hand' if by_hand.get(name) == v else ''}"
            for name, v in rows
            if v
        ]
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
