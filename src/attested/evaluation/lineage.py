"""Lineage: labelled pairs of reports. What each pair is to one another, and which was made from which.

A set is a folder with a CSV of reports (``id, publisher, scrape_time, text``) and ``pairs.json``, a list of
``{"a", "b", "kind", "parent", "agency", "sure"}``: kind is identical, republished, excerpt, rewrite, common-quotes
or independent; parent is "a", "b", "unseen" (both go back to a dispatch that is neither) or null (nobody knows).
A file ``texts.txt`` may name other folders, one a line and relative to this one, that hold the reports instead.
"""

from __future__ import annotations

import csv
import json
import re
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from attested.errors import InputError
from attested.evaluation.scorers import Figure, Figures, Share, Tally
from attested.ledger.store import Ledger
from attested.lineage.relation import Relations
from attested.model import Report
from attested.pipeline import build_ledger
from attested.settings import Settings

COPIES = ("identical", "republished", "excerpt")
KINDS = (*COPIES, "rewrite", "common-quotes", "independent")
_PAIRS, _TEXTS = "pairs.json", "texts.txt"
_BREAK = re.compile(r"\s*###\s*")  # what the syndication files have for the end of a line
_LONGEST_TEXT = 10_000_000  # characters in a cell
_SIDES = {"left": "a", "right": "b", "unseen": "unseen", None: None}


@dataclass(frozen=True, slots=True)
class LabelledPair:
    """Two reports' ids and what the label says that they are to one another."""

    a: str
    b: str
    kind: str
    parent: str | None
    is_sure: bool


@dataclass(frozen=True, slots=True)
class Judged:
    """A labelled pair and what we say of it."""

    gold: LabelledPair
    kind: str
    parent: str | None
    why: str = ""


def evaluate(folder: Path) -> Figures:
    """F1 by kind, of copies (identical, republished, excerpt) together, of all derivations; share of right parents.

    The reports go through a whole run, furniture taken off. Raises InputError if a file is missing or a pair
    names an unknown report.
    """
    judged = judge(folder)
    figures = [
        _f1("copies_f1", judged, COPIES, of_one_class=True),
        _f1("rewrite_f1", judged, ("rewrite",)),
        _f1("derived_f1", judged, (*COPIES, "rewrite"), of_one_class=True),
        *(_f1(f"{kind}_f1", judged, (kind,)) for kind in (*COPIES, "common-quotes", "independent")),
        _parents(judged),
        Figure.share("kind_right", [Share(int(j.kind == j.gold.kind), 1) for j in judged]),
    ]
    sure = [j for j in judged if j.gold.is_sure]
    figures += [
        _f1("copies_f1 sure", sure, COPIES, of_one_class=True, note=f"of {len(sure)} pairs"),
        _f1("rewrite_f1 sure", sure, ("rewrite",), note=f"of {len(sure)} pairs"),
    ]
    return Figures("lineage", tuple(figures), (_PAIRS,))


def judge(folder: Path) -> list[Judged]:
    """What we say of each labelled pair below ``folder``."""
    pairs, rows = read_pairs(folder), dict(read_rows(folder))
    if unknown := sorted({key for pair in pairs for key in (pair.a, pair.b)} - set(rows)):
        raise InputError(
            f"{folder / _PAIRS}: no report has the id {unknown[0]!r} ({len(unknown)} are unknown)"
        )
    ledger = ledger_of(rows)
    by_key = _reports_by_key(ledger)
    outlines = {o.report_id: o for o in ledger.outlines}
    relations = Relations(ledger.reports, outlines, ledger.origins, Settings().lineage)
    found = []
    for pair in pairs:
        left, right = by_key.get(pair.a), by_key.get(pair.b)
        if left is None or right is None:  # set aside: no story in it
            found.append(Judged(pair, "independent", None, "one of the pages holds no story"))
            continue
        relation = relations.of(left.id, right.id)
        kind = "rewrite" if relation.kind == "spun" else relation.kind
        found.append(Judged(pair, kind, _SIDES[relation.parent], relation.why))
    return found


def read_pairs(folder: Path) -> list[LabelledPair]:
    """The labelled pairs. Raises InputError if the file is missing or a row is not as described."""
    path = folder / _PAIRS
    if not path.is_file():
        raise InputError(f"{folder}: no file {_PAIRS} here; see docs/how-to-add-a-gold-set.md for its form")
    found = []
    for n, row in enumerate(json.loads(path.read_text(encoding="utf-8")), 1):
        if row.get("kind") not in KINDS:
            raise InputError(
                f"{path}: pair {n} has the kind {row.get('kind')!r}; it may be {', '.join(KINDS)}"
            )
        found.append(
            LabelledPair(str(row["a"]), str(row["b"]), row["kind"], row.get("parent"), row.get("sure", True))
        )
    return found


def read_rows(folder: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """The reports as records for a run, by id; where several CSV files lie, also by ``file:id``."""
    places = [folder]
    if (named := folder / _TEXTS).is_file():
        places += [
            folder / line.strip() for line in named.read_text(encoding="utf-8").splitlines() if line.strip()
        ]
    for place in places:
        if not place.is_dir():
            raise InputError(f"{place}: no such folder, though {named} names it")
        paths = sorted(place.glob("*.csv"))
        for path in paths:
            prefix = f"{path.stem}:" if len(paths) > 1 else ""
            yield from ((f"{prefix}{row['id']}", row) for row in _csv_rows(path))
        yield from ((path.stem, row) for path in sorted(place.glob("*.json")) if (row := _json_row(path)))


def _csv_rows(path: Path) -> Iterator[dict[str, Any]]:
    csv.field_size_limit(_LONGEST_TEXT)
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            yield {
                "id": row["id"],
                "outlet": row["publisher"],
                "captured_at": row["scrape_time"],
                "text": _BREAK.sub("\n", row["text"]),
            }


def _json_row(path: Path) -> dict[str, Any] | None:
    """A report as news_clusters keeps it, one a file."""
    row = json.loads(path.read_text(encoding="utf-8"))
    if not isinstance(row, dict) or not row.get("text"):
        return None
    kept = {"outlet": row.get("source_domain"), "title": row.get("title"), "text": row["text"]}
    return {**kept, "published": row.get("date_publish"), "captured_at": row.get("date_download")}


def ledger_of(rows: Mapping[str, dict[str, Any]]) -> Ledger:
    """The ledger of a whole run over the reports, each under its id."""
    with tempfile.TemporaryDirectory(prefix="attested-") as folder:
        path = Path(folder) / "reports.jsonl"
        lines = (json.dumps({**row, "id": key}, ensure_ascii=False) for key, row in rows.items())
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return build_ledger([str(path)], Settings())


def _reports_by_key(ledger: Ledger) -> dict[str, Report]:
    """The first report of each page that was read, by the page's own id."""
    key_of = {page.id: page.key for page in ledger.pages if page.key}
    found: dict[str, Report] = {}
    for report in sorted(ledger.reports, key=lambda r: r.body[0].start if r.body else 0):
        if key := key_of.get(report.page_id):
            found.setdefault(key, report)
    return found


def _f1(
    name: str, judged: Sequence[Judged], kinds: Sequence[str], *, of_one_class: bool = False, note: str = ""
) -> Figure:
    """F1 of pairs of these kinds; ``of_one_class`` does not ask which of them."""

    def tally(one: Judged) -> Tally:
        is_gold, is_found = one.gold.kind in kinds, one.kind in kinds
        is_right = is_gold and is_found and (of_one_class or one.kind == one.gold.kind)
        return Tally(int(is_right), int(is_found and not is_right), int(is_gold and not is_right))

    return Figure.f1(name, [tally(one) for one in judged], note)


def _parents(judged: Sequence[Judged]) -> Figure:
    """Of the derivations found whose parent the label names, how many have that parent."""
    named = [j for j in judged if j.gold.parent and j.kind in KINDS[:4] and j.gold.is_sure]
    return Figure.share("parent_right", [Share(int(j.parent == j.gold.parent), 1) for j in named])
