"""The seed pages: a whole ledger against the one that an analyst wrote, scored by the folder's own script.

The script (``score.py``) gives a point a check; we add the claims whose span is not their text.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from attested.errors import InputError
from attested.evaluation.scorers import Figure, Figures, Share
from attested.settings import RunSettings, Settings

SCORER = "score.py"
SCORER_SECONDS = 60  # it compares two small JSON files; anything longer is a fault
_TOTAL = re.compile(r"^\w+: (\d+)/(\d+) = [\d.]+%$", re.MULTILINE)
_AREA = re.compile(r"(\w+) (\d+)/(\d+)")
_MISS = "MISS "


@dataclass(frozen=True, slots=True)
class Scored:
    """What the folder's scorer said: points of checks by area, in its order, and the checks missed."""

    points: int
    total: int
    by_area: dict[str, Share] = field(default_factory=dict)
    missed: tuple[str, ...] = ()

    def missed_in(self, area: str) -> str:
        """The checks missed in one area, joined; "" if none."""
        start = f"{area}: "
        return "; ".join(miss.removeprefix(start) for miss in self.missed if miss.startswith(start))


def evaluate(folder: Path) -> Figures:
    """Figures of a ledger made from the folder's pages: the share of all checks, and of each area.

    ``spans`` is the share of claims whose span is their text, by our own count. Raises InputError if the
    folder holds no scorer or no page, here or below.
    """
    scorer = find_scorer(folder)
    pages = pages_in(scorer.parent)
    facts = facts_from(pages)
    scored = score(scorer, facts)
    figures = (
        Figure("share", scored.points / max(1, scored.total), n=scored.total, note=f"{scored.points} points"),
        right_spans(facts),
        *(
            Figure(area, share.value, n=share.total, note=scored.missed_in(area))
            for area, share in scored.by_area.items()
        ),
    )
    return Figures("seeds", figures, tuple(Path(page).name for page in pages))


def find_scorer(folder: Path) -> Path:
    """The scorer in the folder or nearest below it. Raises InputError where there is none."""
    found = sorted(folder.rglob(SCORER), key=lambda path: (len(path.parts), path))
    if not found:
        raise InputError(f"{folder}: no {SCORER} in it or below")
    return found[0]


def pages_in(folder: Path) -> list[str]:
    """The folder's pages: its numbered files. Raises InputError where there are none."""
    found = sorted(str(path) for path in folder.iterdir() if path.name[:1].isdigit() and path.is_file())
    if not found:
        raise InputError(f"{folder}: no numbered pages in it")
    return found


def facts_from(inputs: list[str]) -> Any:
    """The facts of a ledger made afresh from these pages."""
    from attested.pipeline import build_ledger
    from attested.views.facts import Facts

    # In this process: a handful of pages is read before a second one has started.
    return Facts(build_ledger(inputs, Settings(run=RunSettings(n_processes=1))))


def exported(facts: Any) -> dict[str, Any]:
    """The ledger as the contract has it, without the moment it was made."""
    from attested.views.exports.json import ledger_object

    ledger = ledger_object(facts)
    return ledger | {"attested": {k: v for k, v in ledger["attested"].items() if k != "made_at"}}


def score(scorer: Path, facts: Any) -> Scored:
    """What the scorer says of the ledger. Raises InputError if it fails."""
    with tempfile.TemporaryDirectory(prefix="attested-seeds-") as folder:
        path = Path(folder) / "ledger.json"
        path.write_text(json.dumps(exported(facts), ensure_ascii=False), encoding="utf-8")
        return read_score(run_scorer(scorer, path))


def right_spans(facts: Any) -> Figure:
    """The share of claims whose span is their text in the page as read."""
    texts = {report.id: report.text for report in facts.reports.values()}
    claims = list(facts.claims.values())
    n_wrong = sum(texts[c.report_id][c.span.start : c.span.end] != c.span.text for c in claims)
    right = (len(claims) - n_wrong) / max(1, len(claims))
    return Figure("spans", right, n=len(claims), note=f"{n_wrong} claims whose span is not their text")


def run_scorer(scorer: Path, ledger: Path) -> str:
    """What the scorer prints. Raises InputError with its own words if it fails."""
    done = subprocess.run(
        [sys.executable, str(scorer), str(ledger)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=SCORER_SECONDS,
        check=False,
    )
    if done.returncode:
        raise InputError(f"{scorer} failed:\n{done.stderr[-1000:]}")
    return done.stdout


def read_score(said: str) -> Scored:
    """The figures in what the scorer printed. Raises InputError if its last line is not the score."""
    total = _TOTAL.search(said)
    if total is None:
        raise InputError(f"no score in what {SCORER} said: {said[-300:]!r}")
    lines = said.splitlines()
    areas = next((line for line in lines if " | " in line and not line.startswith(_MISS)), "")
    return Scored(
        points=int(total[1]),
        total=int(total[2]),
        by_area={name: Share(int(points), int(n)) for name, points, n in _AREA.findall(areas)},
        missed=tuple(line.removeprefix(_MISS) for line in lines if line.startswith(_MISS)),
    )
