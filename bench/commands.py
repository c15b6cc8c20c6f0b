"""What showing one row, a list, and a decision cost on ledgers of synthetic piles of reports.

usage: bench/commands.py [--n 1000 10000] [--json]

The piles come from ``bench/pile.py``. Seconds are CPU seconds of the work itself, without starting Python.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

from attested.all_reports import merge_of, merged
from attested.decisions.desk import Desk
from attested.ledger.sqlite import SqliteStore
from attested.ledger.store import Ledger
from attested.model import Page
from attested.views.explain import explain
from attested.views.facts import Facts
from attested.views.flat import incident_rows
from attested.views.history import history
from pile import make_pile

MAX_ONE = 0.1  # seconds: the bar for reading, fusing and explaining one incident, in a ledger of any size
N_ROWS = 20  # incidents that are explained, from the largest on, evenly
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Measured:
    """One ledger: seconds to explain one incident and to tell its history, read from the file; to load all; to fuse all
    and see how sure each is; to open a desk, for its first decision, and for the next one."""

    n: int
    explain: float
    history: float
    load: float
    rows: float
    desk: float
    first: float
    next: float


def main(words: list[str]) -> int:
    """Exit code 0 if the bar holds, 1 if not."""
    asked = _asked(words)
    with tempfile.TemporaryDirectory(prefix="attested-bench-") as folder:
        runs = [measure(n, Path(folder) / f"{n}.db") for n in asked.n]
    if asked.json:
        print(json.dumps([asdict(run) for run in runs], indent=1))
    else:
        names = list(asdict(runs[0]))
        print("  ".join(f"{name:>8}" for name in names))
        for run in runs:
            print(f"{run.n:>8,}  " + "  ".join(f"{getattr(run, name):>8.3f}" for name in names[1:]))
    return int(any(max(run.explain, run.history) > MAX_ONE for run in runs))


def measure(n: int, path: Path) -> Measured:
    """Make a ledger of ``n`` reports at ``path`` and measure it."""
    ids = _largest(write_ledger(n, path))
    with SqliteStore(path) as store:
        told = [
            timed(lambda id=id: explain(Facts(store.load(vectors=False, around=id)), id))[1] for id in ids
        ]
        moved = [timed(lambda id=id: history(store.load(vectors=False, around=id), id))[1] for id in ids]
        facts, load = timed(lambda: Facts(store.load(vectors=False)))
        _, rows = timed(lambda: list(incident_rows(facts)))
        desk, opened = timed(lambda: Desk(store))
        _, first = timed(lambda: desk.confirm(ids[:1], by="bench"))
        _, after = timed(lambda: desk.merge(ids[1:3], by="bench"))
    return Measured(n, sum(told) / len(told), sum(moved) / len(moved), load, rows, opened, first, after)


def write_ledger(n: int, path: Path) -> Ledger:
    """The ledger of a pile, merged, in a file."""
    pile = make_pile(n, of=n)
    context = pile.context
    pages = {
        r.page_id: Page(r.page_id, f"{i:06}.txt", "text", r.text)
        for i, r in enumerate(context.reports.values())
    }
    ledger = Ledger(
        pages=tuple(pages.values()),
        reports=tuple(context.reports.values()),
        outlines=tuple(context.outlines.values()),
        mentions=tuple(context.mentions.values()),
        claims=tuple(context.claims.values()),
        published=dict(context.published),
        derivations=tuple(pile.derivations),
        origins=context.origins,
        stories=tuple(pile.stories),
        actors=context.actors,
        resolved=context.resolved,
    )
    merge = merge_of(ledger)
    ledger = replace(merged(ledger, merge), kept=tuple(merge.kept()))
    own: dict[str, tuple[list[Any], list[Any]]] = defaultdict(lambda: ([], []))
    for at, rows in enumerate((ledger.mentions, ledger.claims)):
        for row in rows:
            own[row.report_id][at].append(row)
    with SqliteStore(path) as store:
        for report in ledger.reports:
            outline = context.outlines[report.id]
            store.save_page(pages[report.page_id], [report], [outline], *own[report.id], method="bench")
        store.save_cross(ledger)
    return ledger


def _largest(ledger: Ledger) -> list[str]:
    rows = sorted(ledger.incidents, key=lambda incident: (-len(incident.mention_ids), incident.id))
    return [incident.id for incident in rows[:: max(1, len(rows) // N_ROWS)]]


def timed(work: Callable[[], Result]) -> tuple[Result, float]:
    """What the work gives, and its CPU seconds."""
    began = time.process_time()
    found = work()
    return found, time.process_time() - began


def _asked(words: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--n", type=int, nargs="+", default=[1_000, 10_000], help="reports of the ledgers")
    parser.add_argument("--json", action="store_true", help="JSON")
    return parser.parse_args(words)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
