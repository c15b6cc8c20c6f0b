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
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

from attested.evaluation.coreference import b_cubed
from attested.incidents.context import FuseContext
from attested.incidents.fuse import fuse_incident, fuse_incidents
from attested.incidents.judged import Decided
from attested.incidents.merge import Merge
from attested.incidents.seen import Seen, see_mentions
from attested.model import Block, Derivation, Incident, Report, Story
from attested.reading.encoder import Reader
from pile import Pile, make_pile
from voices import EXAMPLES, WORDS, seconds, texts

# The bar: one more report costs the largest pile less than so many times what it costs the smallest.
MAX_INCREMENTAL = 2.0
MAX_SECONDS, MAX_GROWTH_MB = 600.0, 3_000.0  # the bars for merging and fusing any pile
MORE = 40  # reports that come one after the other to a pile that is merged
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Measured:
    """One pile.

    ``see`` is what merging must look at of all mentions, ``merge`` all of it from scratch, ``fuse`` all incidents. Then
    one report comes: ``one_more`` is merging's own work, in a program that keeps its incidents up, for the mean of some
    reports and for the dearest, ``touched`` the mentions of incidents made anew, ``look`` the fusing of one incident.
    ``again`` is what a later run pays that begins with the ledger's file: it sees all mentions, to find what is new,
    and compares that alone. Precision and recall are B-cubed, of mentions.
    """

    n: int
    n_mentions: int
    n_incidents: int
    see: float
    merge: float
    fuse: float
    growth_mb: float
    one_more: float
    dearest: float
    touched: float
    look: float
    again: float
    precision: float
    recall: float


# --- one pile, in a process of its own --------------------------------------------------------------------------------


def worker(n: int) -> Measured:
    """Measure one pile in this process."""
    pile = make_pile(n, of=n)
    before, merge = _restart_peak(), Merge()
    seen, seeing = timed(lambda: _see(pile))
    incidents, merging = timed(lambda: _taken_in(merge, seen))
    found = replace(pile.context, incidents=incidents)
    _, fusing = timed(lambda: fuse_incidents(found))
    growth = (_status("VmHWM") - before) / 1e6
    precision, recall, _ = b_cubed(pile.truth, {m: row.id for row in incidents for m in row.mention_ids})
    kept = list(merge.kept())
    sizes = n, len(pile.truth), len(incidents)
    costs, touched, looks = _one_by_one(n, merge)
    one_more = sum(costs) / MORE, max(costs), sum(touched) / MORE, sum(looks) / len(looks)
    larger = make_pile(n + 1, of=n)
    _, again = timed(lambda: _taken_in(Merge(kept), _see(larger)))
    rest = growth, *one_more, again, precision, recall
    return Measured(*sizes, seeing, seeing + merging, fusing, *rest)


def _see(pile: Pile) -> dict[str, Seen]:
    """What merging sees of all mentions, with nothing looked up before."""
    return see_mentions(replace(pile.context), pile.stories, pile.derivations)


def _taken_in(merge: Merge, seen: dict[str, Seen]) -> tuple[Incident, ...]:
    merge.update(seen, Decided())
    return merge.incidents()


def _one_by_one(n: int, merge: Merge) -> tuple[list[float], list[int], list[float]]:
    """Reports that come after the first ``n``: what each costs, how many mentions it touches, what a look costs."""
    larger = make_pile(n + MORE, of=n)
    context, rows = larger.context, _Rows(larger)
    fuse_incident(context, merge.incidents()[0])  # looks up what is looked up once
    costs, touched, looks = [], [], []
    known = set(list(context.reports)[:n])
    for report in list(context.reports)[n:]:
        known.add(report)
        part = rows.around(report, known)
        anew, cost = timed(lambda part=part: merge.update(see_mentions(*part), Decided()))
        costs.append(cost)
        touched.append(sum(len(row.mention_ids) for row in anew))
        looks += [timed(lambda row=row: fuse_incident(context, row))[1] for row in anew]
    return costs, touched, looks


class _Rows:
    """A pile's rows by report, as a program has them that keeps its incidents up."""

    def __init__(self, pile: Pile) -> None:
        self._pile = pile
        self._mentions, self._claims, self._kin = (defaultdict[str, list[Any]](list) for _ in range(3))
        for mention in pile.context.mentions.values():
            self._mentions[mention.report_id].append(mention)
        for claim in pile.context.claims.values():
            self._claims[claim.report_id].append(claim)
        for derivation in pile.derivations:
            for end in (derivation.child, str(derivation.parent)):
                self._kin[end].append(derivation)
        self._story = {report: story for story in pile.stories for report in story.reports}

    def around(self, report: str, known: set[str]) -> tuple[FuseContext, list[Story], list[Derivation]]:
        """A report and those it is a copy of, with all that is known of these."""
        parents = (str(d.parent) for d in self._kin[report] if d.child == report)
        reports = list(dict.fromkeys([report, *parents]))
        kin = dict.fromkeys(d for r in reports for d in self._kin[r] if {d.child, d.parent} <= known)
        context = replace(
            self._pile.context,
            mentions={m.id: m for r in reports for m in self._mentions[r]},
            claims={c.id: c for r in reports for c in self._claims[r]},
        )
        return context, [self._story[r] for r in reports], list(kin)


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
            print(_row(runs[-1]), flush=True)
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
        "reports mentions incidents    see  merge   fuse growth MB |  one more   dearest touched      look |  again"
        "     P     R"
    )


def _row(run: Measured) -> str:
    return (
        f"{run.n:>7,} {run.n_mentions:>8,} {run.n_incidents:>9,} {run.see:>6.2f} {run.merge:>6.2f} {run.fuse:>6.2f} "
        f"{run.growth_mb:>9,.0f} | {1000 * run.one_more:>6.1f} ms {1000 * run.dearest:>6.0f} ms {run.touched:>7.0f} "
        f"{1000 * run.look:>6.2f} ms | {run.again:>6.2f} {run.precision:>5.3f} {run.recall:>5.3f}"
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
        missed.append(f"GROWS: one more report costs merging {growth:,.1f} times as much in the largest pile")
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
