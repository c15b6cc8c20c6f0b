"""How long a person who decides waits while a run writes pages, and while it saves what all reports say together.

usage: bench/wait.py LEDGER [--seconds 20] [--rows 10000 100000] [--json]

LEDGER (bench/ledgers.py makes one) is copied. In another process a run writes pages as fast as it can for so many
seconds and then saves so many rows that differ, while somebody here decides every tenth of a second. Milliseconds of
wall clock: of appending the judgement alone, and of the whole decision, lists brought up to date. It ends with 1 if an
append waited longer than the bar.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import count
from multiprocessing.synchronize import Event
from pathlib import Path
from random import Random
from typing import Any

from attested.decisions.desk import Desk
from attested.ids import make_id
from attested.ledger.sqlite import SqliteStore
from attested.ledger.store import Ledger, RunSummary
from attested.model import Judgement
from attested.settling import save_run

MAX_WAIT = 0.25  # seconds: the bar for a decision beside a run
EVERY = 0.1
PHASES = ("alone", "pages", "between", "saving")


def main(words: list[str]) -> int:
    """Exit code 0 if the bar holds, 1 if not."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("ledger", type=Path)
    parser.add_argument("--seconds", type=float, default=20, help="how long the run writes pages")
    parser.add_argument(
        "--rows", type=int, nargs="+", default=[10_000, 100_000], help="rows that differ at its end"
    )
    parser.add_argument("--json", action="store_true", help="JSON")
    asked = parser.parse_args(words)
    runs = [measure(asked.ledger, rows, asked.seconds) for rows in asked.rows]
    if asked.json:
        print(json.dumps(runs, indent=1))
    else:
        for run in runs:
            print("\n".join(f"{run['rows']:>9,}  {line}" for line in _lines(run)))
    return int(any(told["append"][-1] > 1000 * MAX_WAIT for run in runs for told in run["phases"].values()))


def measure(ledger: Path, rows: int, seconds: float) -> dict[str, Any]:
    """Decide on a copy of the ledger beside a run that saves so many rows."""
    with tempfile.TemporaryDirectory(prefix="attested-bench-") as folder:
        path = Path(shutil.copy(ledger, Path(folder) / "l.db"))
        SqliteStore(path).close()  # brought up to this version's tables
        context = multiprocessing.get_context("spawn")
        events = {phase: context.Event() for phase in (*PHASES[1:], "over")}
        run = context.Process(target=write, args=(path, rows, seconds, events))
        with SqliteStore(path) as store:
            ids = [row[0] for row in store._connection.execute("SELECT id FROM incident ORDER BY id")]
            waits = {"alone": list(decide(store, ids, _after(3)))}
            run.start()
            while run.is_alive() and not events["pages"].wait(1):
                pass
            for phase, end in zip(PHASES[1:], ("between", "saving", "over"), strict=True):
                waits[phase] = list(
                    decide(store, ids, lambda end=end: events[end].is_set() or not run.is_alive())
                )
        run.join()
    if run.exitcode:
        raise SystemExit(f"the run beside ended with {run.exitcode}")
    return {"rows": rows, "phases": {phase: _told(found) for phase, found in waits.items() if found}}


def write(path: Path, rows: int, seconds: float, events: dict[str, Event]) -> None:
    """What a run does: pages, and in the end all rows that differ."""
    with SqliteStore(path) as store:
        some = store._connection.execute("SELECT id FROM story ORDER BY id LIMIT 200").fetchall()
        known = store.load(around=[id for (id,) in some], closely=True)
        events["pages"].set()
        until = time.monotonic() + seconds
        for page in _pages(known):
            store.save_page(*page, method="bench")
            if time.monotonic() > until:
                break
        store.flush()
        events["between"].set()
        before = store.load(vectors=False)
        now = _otherwise(before, rows)
        events["saving"].set()
        save_run(store, now, before)
        events["over"].set()


def _pages(ledger: Ledger) -> Iterator[tuple[Any, ...]]:
    """Pages as the ledger has them, under other ids, without end."""
    parts = [
        {row.report_id: [] for row in rows} for rows in (ledger.outlines, ledger.mentions, ledger.claims)
    ]
    for found, rows in zip(parts, (ledger.outlines, ledger.mentions, ledger.claims), strict=True):
        for row in rows:
            found[row.report_id].append(row)
    pages = {page.id: page for page in ledger.pages}
    for n in count():
        for report in ledger.reports:
            id = make_id("rp", n, report.id)
            page = replace(pages[report.page_id], id=make_id("pg", n, report.id), input=f"{id}.txt")
            new = [replace(report, id=id, page_id=page.id)]
            yield page, new, *([_renamed(row, n, id) for row in found.get(report.id, ())] for found in parts)


def _renamed(row: Any, n: int, report: str) -> Any:
    own = {"id": make_id("xx", n, row.id)} if hasattr(row, "id") else {}
    return replace(row, report_id=report, **own)


def _otherwise(ledger: Ledger, n: int) -> Ledger:
    """The ledger as a run would leave it in which so many rows changed: of each table its share."""
    kept, dates = ledger.kept, ledger.resolved.dates
    share = min(1.0, n / (len(kept) + len(dates) + len(ledger.incidents)))
    own = [round(share * len(rows)) for rows in (kept, dates, ledger.incidents)]
    anchored = {key: replace(row, why=f"{row.why}.") for key, row in list(dates.items())[: own[1]]}
    return replace(
        ledger,
        kept=(*(replace(row, seen=f"{row.seen}.") for row in kept[: own[0]]), *kept[own[0] :]),
        incidents=(
            *(replace(row, why_merged=(*row.why_merged, "bench")) for row in ledger.incidents[: own[2]]),
            *ledger.incidents[own[2] :],
        ),
        resolved=replace(ledger.resolved, dates={**dates, **anchored}),
        summary=RunSummary(made_at=time.strftime("%Y-%m-%dT%H:%M:%S")),
    )


def decide(
    store: SqliteStore, ids: Sequence[str], is_over: Callable[[], bool]
) -> Iterator[tuple[float, float]]:
    """Decide until it is over, confirming, merging, rejecting, undoing; seconds of each append, and of all."""
    random, waits, judge = Random(1), list[float](), store.judge

    def append(*new: Judgement) -> str:
        began = time.perf_counter()
        head = judge(*new)
        waits.append(time.perf_counter() - began)
        return head

    store.judge = append  # type: ignore[method-assign]
    desk, made = Desk(store), ""
    for turn in count():
        if is_over():
            break
        live = [id for id in random.sample(list(ids), 12) if store.find_row(id) == ("incident", id)][:2]
        began = time.perf_counter()
        if turn % 4 == 3:
            desk.undo([made], by="bench")
        else:
            work = (desk.confirm, desk.merge, desk.reject)[turn % 4]
            made = work(live if turn % 4 == 1 else live[:1], by="bench")[0].id
        yield waits[-1], time.perf_counter() - began
        time.sleep(max(0.0, EVERY - (time.perf_counter() - began)))
    store.judge = judge  # type: ignore[method-assign]


def _after(seconds: float) -> Callable[[], bool]:
    until = time.monotonic() + seconds
    return lambda: time.monotonic() > until


def _told(waits: Sequence[tuple[float, float]]) -> dict[str, Any]:
    """Median, 99th hundredth and most, in milliseconds."""
    found: dict[str, Any] = {"n": len(waits)}
    for name, seconds in zip(("append", "whole"), zip(*waits, strict=True), strict=True):
        ordered = sorted(seconds)
        at = (len(ordered) // 2, int(0.99 * (len(ordered) - 1)), -1)
        found[name] = [round(1000 * ordered[n], 1) for n in at]
    return found


def _lines(run: dict[str, Any]) -> Iterator[str]:
    some = f"{'median':>7} {'99 %':>7} {'most':>7}"
    yield f"{'':8} {'n':>5}  append: {some}  whole: {some}"
    for phase, told in run["phases"].items():
        append, whole = ("{:>15} {:>7} {:>7}".format(*map(str, told[name])) for name in ("append", "whole"))
        yield f"{phase:8} {told['n']:>5}  {append} {whole[1:]}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
