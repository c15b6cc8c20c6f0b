"""Time and memory of merging and fusing synthetic piles of mentions, and what one more report costs each.

usage: bench/incidents.py [--n 1000 10000 100000] [--json]

The piles come from ``bench/pile.py``; each is measured in a process of its own. Seconds are CPU seconds.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TypeVar

from attested.evaluation.coreference import b_cubed
from attested.incidents.candidates import candidate_pairs
from attested.incidents.context import FuseContext
from attested.incidents.fuse import fuse_incidents
from attested.incidents.merge import merge_incidents
from attested.incidents.profile import Profile, make_profiles
from attested.incidents.screen import Screen
from attested.model import Block, Report
from attested.reading.encoder import Reader
from pile import Pile, make_pile
from voices import EXAMPLES, WORDS, seconds, texts

# The bar: one more report costs the largest pile less than so many times what it costs the smallest.
MAX_INCREMENTAL = 2.0
MAX_SECONDS, MAX_GROWTH_MB = 600.0, 3_000.0  # the bars for merging and fusing any pile
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Measured:
    """One pile.

    ``merge`` is made of ``profiles``, ``candidates`` (blocks and the screen) and ``compare`` (the ``pairs`` that are
    left, and growing clusters). ``one_more`` is what a run does to take in one report. Precision and recall are
    B-cubed, of mentions.
    """

    n: int
    n_mentions: int
    n_incidents: int
    pairs: int
    profiles: float
    candidates: float
    compare: float
    merge: float
    fuse: float
    growth_mb: float
    one_more: float
    precision: float
    recall: float


# --- one pile, in a process of its own --------------------------------------------------------------------------------


def worker(n: int) -> Measured:
    """Measure one pile in this process."""
    pile = make_pile(n, of=n)
    before = _restart_peak()
    incidents, merging = timed(lambda: merge_incidents(_fresh(pile), pile.stories, pile.derivations))
    found = replace(pile.context, incidents=incidents)
    _, fusing = timed(lambda: fuse_incidents(found))
    growth = (_status("VmHWM") - before) / 1e6
    making, pairing, pairs = _steps(pile)
    precision, recall, _ = b_cubed(pile.truth, {m: row.id for row in incidents for m in row.mention_ids})
    comparing = max(0.0, merging - making - pairing)
    sizes = n, len(pile.truth), len(incidents), pairs
    larger = make_pile(n + 1, of=n)
    _, one_more = timed(lambda: take_in(larger))
    return Measured(*sizes, making, pairing, comparing, merging, fusing, growth, one_more, precision, recall)


def _steps(pile: Pile) -> tuple[float, float, int]:
    """CPU seconds for what goes before comparing: profiles, and the pairs that blocks and screen leave; how many."""
    (profiles, screen), making = timed(lambda: _profiled(pile))
    pairs, pairing = timed(lambda: sum(1 for _ in candidate_pairs(profiles, screen)))
    return making, pairing, pairs


def take_in(pile: Pile) -> None:
    """What a run does when one report has come: all of merging, and all of fusing for whoever looks, again."""
    incidents = merge_incidents(_fresh(pile), pile.stories, pile.derivations)
    fuse_incidents(replace(pile.context, incidents=incidents))


def _profiled(pile: Pile) -> tuple[list[Profile], Screen]:
    story_of = {report: story.id for story in pile.stories for report in story.reports}
    profiles = make_profiles(_fresh(pile), story_of)
    return profiles, Screen(profiles, pile.derivations)


def _fresh(pile: Pile) -> FuseContext:
    """The context as a run makes it, with nothing looked up yet."""
    return replace(pile.context)


def timed(work: Callable[[], Result]) -> tuple[Result, float]:
    """What the work gives, and its CPU seconds."""
    began = time.process_time()
    found = work()
    return found, time.process_time() - began


def _restart_peak() -> int:
    """Forget the most that was ever resident (Linux); return what is resident now."""
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    return _status("VmRSS")


def _status(name: str) -> int:
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition(f"{name}:")[2].split()[0]) * 1024


# --- what is printed --------------------------------------------------------------------------------------------------


def main(words: list[str]) -> int:
    """Exit code 0 if every bar holds, 1 if one does not."""
    asked = _asked(words)
    read = read_pass()
    if not asked.json:
        print("\n".join(_heading(read)), flush=True)
    runs = []
    for n in sorted(set(asked.n)):
        runs.append(measure(n))
        if not asked.json:
            print(_row(runs[-1], read), flush=True)
    missed = _below_bars(runs)
    if asked.json:
        print(json.dumps({"read": read, "runs": [asdict(run) for run in runs], "missed": missed}, indent=1))
    else:
        print("\n".join(["", *(missed or ["every bar holds"])]))
    return int(bool(missed))


def measure(n: int) -> Measured:
    """One pile in a process of its own. Raises RuntimeError with what it said if it failed."""
    command = [sys.executable, __file__, "--worker", str(n)]
    one_thread = os.environ | {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    done = subprocess.run(command, env=one_thread, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{n} reports ended with {done.returncode}:\n{done.stderr[-2000:]}")
    return Measured(**json.loads(done.stdout))


def read_pass() -> float:
    """CPU seconds in which the encoder reads one report: the least that a new report costs anyway."""
    reports = [Report("rp", "pg", text, (Block(0, len(text), "body"),)) for text in texts(EXAMPLES)]
    reader = Reader()
    return seconds(lambda: [reader.read(r.text, [(0, len(r.text))]) for r in reports], 2) / len(reports)


def _heading(read: float) -> Iterator[str]:
    load = os.getloadavg()[0]
    yield f"reading one report of about {WORDS} words: {1000 * read:.0f} ms; load of the machine: {load:.1f}"
    yield (
        "reports mentions incidents      pairs  profiles + candidates + compare =  merge    fuse growth MB "
        "one more  readings     P     R"
    )


def _row(run: Measured, read: float) -> str:
    return (
        f"{run.n:>7,} {run.n_mentions:>8,} {run.n_incidents:>9,} {run.pairs:>10,} {run.profiles:>9.2f} "
        f"{run.candidates:>12.2f} {run.compare:>9.2f} {run.merge:>8.2f} {run.fuse:>7.2f} {run.growth_mb:>9,.0f} "
        f"{run.one_more:>7.2f} s {run.one_more / read:>9,.1f} {run.precision:>5.3f} {run.recall:>5.3f}"
    )


def _below_bars(runs: Sequence[Measured]) -> list[str]:
    """What misses the bars."""
    missed = [
        f"TOO SLOW: {r.n:,} reports: {r.merge + r.fuse:.0f} s" for r in runs if r.merge + r.fuse > MAX_SECONDS
    ]
    missed += [
        f"TOO LARGE: {r.n:,} reports: {r.growth_mb:,.0f} MB" for r in runs if r.growth_mb > MAX_GROWTH_MB
    ]
    growth = runs[-1].one_more / runs[0].one_more
    if growth >= MAX_INCREMENTAL:
        missed.append(
            f"GROWS: one more report costs the largest pile {growth:,.0f} times what it costs the smallest"
        )
    return missed


def _asked(words: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument(
        "--n", type=int, nargs="+", default=[1_000, 10_000, 100_000], help="sizes of the pile"
    )
    parser.add_argument("--json", action="store_true", help="one JSON object")
    return parser.parse_args(words)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--worker"]:
        print(json.dumps(asdict(worker(int(sys.argv[2])))))
    else:
        sys.exit(main(sys.argv[1:]))
