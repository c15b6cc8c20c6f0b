"""Speed and memory of a full ``attested run`` over real reports, and where the time goes.

usage: bench/run.py --reports DIR_OR_JSONL [--n 500] [--processes 1 2] [--json]

DIR is the gold set ``gva``; its ``docs.dev.jsonl`` is sampled, the same reports every time.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import sys
import tempfile
import time
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from attested.ledger.sqlite import SqliteStore
from attested.ledger.store import RunSummary
from attested.pages.read import find_inputs, read_page
from attested.reading.encoder import Reader
from attested.settings import PageSettings, ReadingSettings
from tree import watch

MIN_REPORTS_PER_SECOND = 5.0  # the bar, on two cores
MAX_PEAK_BYTES = 1_500_000_000  # the bar, for the whole tree of processes
ATTESTED = (sys.executable, "-c", "from attested.cli.main import main; main()")
N_ALONE = 60  # reports that the encoder reads by itself: some 10 s, steady within 5 %


@dataclass(frozen=True, slots=True)
class Measured:
    """One full run. ``of_limit`` is what one CPU second gives over what it gives the bare encoder.

    CPU seconds, since a wall clock also measures who else is on the machine.
    """

    n_processes: int
    n_reports: int
    seconds: float
    reports_per_second: float
    peak_mb: float
    cpu_seconds: float
    reports_per_cpu_second: float
    of_limit: float
    stages: dict[str, float]


def main(words: list[str]) -> int:
    """Exit code 0 if every bar holds, 1 if one does not."""
    asked = _asked(words)
    with tempfile.TemporaryDirectory(prefix="attested-bench-") as folder:
        reports = Path(folder) / "reports.jsonl"
        write_sample(asked.reports, reports, asked.n)
        alone = encoder_alone(reports)
        runs = [measure(reports, n, alone) for n in asked.processes]
    if asked.json:
        print(json.dumps({"encoder_per_cpu_second": alone, "runs": [asdict(run) for run in runs]}, indent=1))
    else:
        print("\n".join(_table(runs, alone)))
    return int(bool(_below_bars(runs)))


def write_sample(source: Path, target: Path, n: int) -> None:
    """Write ``n`` reports as JSONL input: those whose ids hash lowest, so that any machine takes the same."""
    path = source / "docs.dev.jsonl" if source.is_dir() else source
    with path.open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines if line.strip()]
    rows.sort(key=lambda row: hashlib.sha256(_key(row).encode()).digest())
    with target.open("w", encoding="utf-8") as file:
        for row in rows[:n]:
            file.write(json.dumps(_input(row), ensure_ascii=False) + "\n")


def _key(row: dict[str, Any]) -> str:
    return str(row.get("doc_id") or row["id"])


def _input(row: dict[str, Any]) -> dict[str, Any]:
    """A row of the gold set, or of our own input, under the names that ``attested run`` reads."""
    names = {"title": "title", "dct": "published", "published": "published", "uri": "url", "url": "url"}
    stated = {ours: row[theirs] for theirs, ours in names.items() if row.get(theirs)}
    return {"id": _key(row), "text": row.get("content") or row.get("text") or ""} | stated


def encoder_alone(reports: Path) -> float:
    """Reports that one encoder reads in a CPU second, on one thread, with nothing before or after it."""
    pages = [read_page(raw, PageSettings()) for raw in find_inputs([str(reports)])][:N_ALONE]
    settings = ReadingSettings()
    reader = Reader(batch_subwords=settings.batch_subwords)
    reader.read("The first reading loads the weights.", [(0, 36)])
    began = time.process_time()
    for page in pages:
        reader.read(page.text, [(0, len(page.text))], max_sentences=settings.max_sentences)
    return len(pages) / (time.process_time() - began)


def measure(reports: Path, n_processes: int, alone: float) -> Measured:
    """One run into a fresh ledger. Raises RuntimeError with its output if it failed."""
    ledger = reports.with_name(f"bench-{n_processes}.db")
    done = watch([*ATTESTED, "run", str(reports), "--ledger", str(ledger), "--processes", str(n_processes)])
    if done.code not in (0, 1) or not ledger.exists():  # 1: pages were set aside
        raise RuntimeError(f"attested run ended with {done.code}:\n{done.output[-2000:]}")
    summary = _summary(ledger)
    per_cpu_second = summary.n_new_reports / done.cpu_seconds
    return Measured(
        n_processes=n_processes,
        n_reports=summary.n_new_reports,
        seconds=done.seconds,
        reports_per_second=summary.n_new_reports / done.seconds,
        peak_mb=done.peak_bytes / 1e6,
        cpu_seconds=done.cpu_seconds,
        reports_per_cpu_second=per_cpu_second,
        of_limit=per_cpu_second / alone,
        stages=dict(summary.seconds),
    )


def _summary(ledger: Path) -> RunSummary:
    with SqliteStore(ledger, read_only=True) as store:
        return store.load(vectors=False).summary


def _table(runs: list[Measured], alone: float) -> Iterable[str]:
    yield f"encoder alone: {alone:.1f} reports per CPU second; load of the machine: {os.getloadavg()[0]:.1f}"
    yield "processes  reports  seconds  rep/s   CPU s rep/CPU s of limit  peak MB"
    for run in runs:
        yield (
            f"{run.n_processes:>9} {run.n_reports:>8} {run.seconds:>8.1f} {run.reports_per_second:>6.1f} "
            f"{run.cpu_seconds:>7.1f} {run.reports_per_cpu_second:>9.1f} {run.of_limit:>8.0%} {run.peak_mb:>8.0f}"
        )
    for run in runs:
        yield from _stages(run)
    yield from _below_bars(runs) or ["every bar holds"]


def _stages(run: Measured) -> Iterable[str]:
    """Seconds by stage, dearest first, as shares of their sum (stages of one report run side by side)."""
    total = sum(run.stages.values()) or 1.0
    yield f"\nby stage, {run.n_processes} process{'es' if run.n_processes > 1 else ''}:"
    for stage, seconds in sorted(run.stages.items(), key=lambda item: -item[1]):
        each = 1000 * seconds / (run.n_reports or 1)
        yield f"  {stage:<16} {seconds:>8.2f} s {seconds / total:>6.1%} {each:>8.2f} ms/report"


def _below_bars(runs: list[Measured]) -> list[str]:
    """What misses the bars: speed with two processes or more, memory in any run."""
    slow = [r for r in runs if r.n_processes >= 2 and r.reports_per_second < MIN_REPORTS_PER_SECOND]
    large = [r for r in runs if r.peak_mb * 1e6 > MAX_PEAK_BYTES]
    return [
        f"TOO SLOW: {r.reports_per_second:.1f} reports/s with {r.n_processes} processes" for r in slow
    ] + [f"TOO LARGE: {r.peak_mb:.0f} MB with {r.n_processes} processes" for r in large]


def _asked(words: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--reports", type=Path, required=True, help="the folder of gva, or a JSONL file")
    parser.add_argument("--n", type=int, default=500, help="reports to read (default 500)")
    parser.add_argument("--processes", type=int, nargs="+", default=[1, 2], help="default: 1 2")
    parser.add_argument("--json", action="store_true", help="one JSON object")
    return parser.parse_args(words)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
