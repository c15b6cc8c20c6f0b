"""Grades of copying: answers copied, revised or written afresh from one source (Clough and Stevenson 2011); no news."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from attested.errors import InputError
from attested.evaluation.scorers import Figure, Figures, Share
from attested.ids import make_id
from attested.lineage.derive import find_pairs, word_reports
from attested.model import Block, Report
from attested.settings import LineageSettings

FILE = "nearcopy_clough.csv"
GRADES = {"3": "near", "2": "light", "1": "heavy", "0": "non"}
"""What the numbers of the third column mean: of the word 3-grams of an answer its source has on average .65, .50,
.30 and .03, in the order that the set's makers report."""
EXPECTED = {"near": "copied", "light": "rewritten", "heavy": "rewritten", "non": "none"}
"""The class that our kind of derivation should fall into."""
CLASSES = ("copied", "rewritten", "none")
_CLASS_OF = {
    "identical": "copied",
    "republished": "copied",
    "excerpt": "copied",
    "rewrite": "rewritten",
    "spun": "rewritten",
    None: "none",
}


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer, the source that its task gave, and how much it was told to copy."""

    text: str
    source: str
    grade: str


@dataclass(frozen=True, slots=True)
class Graded:
    """An answer's grade and the kind of derivation found between it and its source, if any."""

    grade: str
    kind: str | None

    @property
    def found(self) -> str:
        """The class that our kind falls into."""
        return _CLASS_OF[self.kind]


def evaluate(folder: Path) -> Figures:
    """Shares of each grade found as derived from the source, and how well our kinds tell the grades apart.

    Direction is not asked: nothing in the set says which text came first. Not tuned on. Raises InputError if the
    file is missing or a row is not as described.
    """
    graded = grade(read_answers(folder))
    kinds = {name: [one.kind for one in graded if one.grade == name] for name in EXPECTED}
    figures = [
        Figure(
            "macro_f1", macro_f1(graded), n=len(graded), note="copied (near), rewritten (light, heavy), none"
        ),
        Figure.share("accuracy", [Share(int(one.found == EXPECTED[one.grade]), 1) for one in graded]),
        *(_found(f"{name}_found", kinds[name]) for name in ("near", "light", "heavy")),
        _found("non_wrongly_found", kinds["non"]),
    ]
    return Figures("nearcopy", tuple(figures), (FILE,))


def read_answers(folder: Path) -> list[Answer]:
    """The answers of the set. Raises InputError if the file is missing or a row is not as described."""
    path = folder / FILE
    if not path.is_file():
        raise InputError(f"{folder}: no file {FILE} here; give the folder that holds it")
    found = []
    with path.open(encoding="utf-8-sig", newline="") as file:
        for n, row in enumerate(csv.reader(file), 1):
            if len(row) != 3 or row[2] not in GRADES:
                raise InputError(f"{path}: row {n} must be an answer, its source and a grade from 0 to 3")
            found.append(Answer(row[0], row[1], GRADES[row[2]]))
    if not found:
        raise InputError(f"{path}: no rows; each must be an answer, its source and a grade from 0 to 3")
    return found


def grade(answers: Sequence[Answer]) -> list[Graded]:
    """What we find between each answer and its source, each pair looked at alone as two reports."""
    return [Graded(answer.grade, _kind(_report(answer.text), _report(answer.source))) for answer in answers]


def macro_f1(graded: Sequence[Graded]) -> float:
    """The mean F1 of the three classes, each counted alike."""
    total = 0.0
    for name in CLASSES:
        hits = sum(one.found == name == EXPECTED[one.grade] for one in graded)
        n_found = sum(one.found == name for one in graded)
        n_gold = sum(EXPECTED[one.grade] == name for one in graded)
        total += 2 * hits / (n_found + n_gold) if hits else 0.0
    return total / len(CLASSES)


def _kind(answer: Report, source: Report) -> str | None:
    if answer.id == source.id:
        return "identical"
    reports = [answer, source]
    pairs = find_pairs(reports, word_reports(reports, {}), LineageSettings())
    return pairs[0].verdict.kind if pairs else None


def _report(text: str) -> Report:
    report_id = make_id("r", text)
    return Report(id=report_id, page_id=report_id, text=text, body=(Block(0, len(text), "body"),))


def _found(name: str, kinds: Sequence[str | None]) -> Figure:
    counts = {kind: kinds.count(kind) for kind in sorted({kind for kind in kinds if kind})}
    note = ", ".join(f"{n} {kind}" for kind, n in counts.items())
    return Figure.share(name, [Share(int(kind is not None), 1) for kind in kinds], note)
