"""Speed, memory and recall of finding families of copies in a large pile, beside datasketch and rensa.

usage: bench/lineage.py --texts DIR [--n 10000 100000 1000000] [--peers-up-to 100000] [--json]

DIR is the gold set ``gva``. Copies are made from its texts with synthetic noise: a passage of 60 to 150 words, up
to a fifth of its words replaced, sometimes halved, sometimes set among other words. What is made follows from the
copy's number, so only one batch of texts is ever in memory, and making them is not timed. Every method is given
folded words, which a run has from wording its reports; cutting texts into words is not timed either. Each runs in
a process of its own, on one thread. The peers are optional: ``pip install datasketch rensa``.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from attested.lineage.candidates import nearest
from attested.lineage.index import SampleIndex
from attested.lineage.signatures import sign
from attested.text.folding import fold_words
from copies import BATCH, HALVED, INSIDE, NOISE, SEED, Copies, Specs, prepare, shingles

Ints = npt.NDArray[np.int64]

MIN_RATIO = 5.0  # the bar: reports a second over datasketch's, at no worse recall
MAX_SECONDS = 600.0  # the bar for a million short reports
MAX_PEAK_MB = 3_000.0  # the bar for a million short reports
MAX_INCREMENTAL = (
    2.0  # the bar: a thousand reports more in the largest pile over a thousand more in the smallest
)
MAX_FALSE = 0.01  # the bar: share of unrelated pairs joined; recall alone is best with all in one family
MILLION = 1_000_000

MIN_COMMON = 40  # words of passage that two copies must have in common to be a true pair
N_PAIRS = 20_000  # true pairs looked at
N_DRAWS = 8  # earlier copies drawn for a copy before it is given up
STEP, N_STEPS, SMALLEST = 1_000, 10, 1_000  # the incremental cost: reports added, how often, to how many

# How reports are joined without being aligned: with their nearest two, if they have three samples in common. With two
# samples, or with more of the nearest, set phrases chain families together; see README.md.
NEAREST, SAMPLES = 2, 3
DATASKETCH = ("datasketch, 0.5", "datasketch, 0.2")
OURS = ("ours, in memory", "ours, on disk")


# --- the methods ------------------------------------------------------------------------------------------------------


class Method(Protocol):
    """Takes in batches of texts, numbered on from 0, and says which reports belong together."""

    def take(self, texts: Sequence[list[str]]) -> Iterator[tuple[int, int]]:
        """Take in more texts; yield pairs of numbers."""


class Ours:
    """Sampled signatures on the log-structured index, in memory or in a folder."""

    def __init__(self, folder: Path | None = None) -> None:
        self._index = SampleIndex(folder)

    def take(self, texts: Sequence[list[str]]) -> Iterator[tuple[int, int]]:
        """Each report with the nearest before it, without aligning them."""
        first = self._index.n_reports
        signatures = sign(texts)
        self._index.add(signatures)
        near = nearest(self._index, signatures, first=first, min_samples=SAMPLES, most=NEAREST)
        for later, earlier, _, _ in near:
            yield later, earlier


class Datasketch:
    """MinHash of 128 permutations and its LSH at a threshold."""

    def __init__(self, threshold: float) -> None:
        from datasketch import MinHash, MinHashLSH  # type: ignore[import-not-found]

        self._generator = MinHash.generator
        self._lsh = MinHashLSH(threshold=threshold, num_perm=128)
        self._n = 0

    def take(self, texts: Sequence[list[str]]) -> Iterator[tuple[int, int]]:
        """Whatever shares a band."""
        encoded = ([gram.encode() for gram in shingles(text)] for text in texts)
        for sketch in self._generator(encoded, num_perm=128):
            for earlier in self._lsh.query(sketch):
                yield self._n, earlier
            self._lsh.insert(self._n, sketch, check_duplication=False)
            self._n += 1


class Rensa:
    """RMinHash of 128 permutations and an LSH of 64 bands of two."""

    def __init__(self) -> None:
        import rensa

        self._new = rensa.RMinHash
        self._lsh = rensa.RMinHashLSH(0.2, 128, 64)
        self._n = 0

    def take(self, texts: Sequence[list[str]]) -> Iterator[tuple[int, int]]:
        """Whatever shares a band."""
        for text in texts:
            sketch = self._new(128, SEED)
            sketch.update(shingles(text))
            for earlier in self._lsh.query(sketch):
                yield self._n, earlier
            self._lsh.insert(self._n, sketch)
            self._n += 1


MADE: dict[str, Callable[[Path], Method]] = {
    "ours, in memory": lambda _: Ours(),
    "ours, on disk": lambda folder: Ours(Path(tempfile.mkdtemp(dir=folder))),
    "datasketch, 0.5": lambda _: Datasketch(0.5),
    "datasketch, 0.2": lambda _: Datasketch(0.2),
    "rensa, 64 x 2": lambda _: Rensa(),
}


class Families:
    """Union-find over numbered reports."""

    def __init__(self, n: int) -> None:
        self._parent = list(range(n))

    def join(self, pairs: Iterable[tuple[int, int]]) -> None:
        """Put both reports of each pair into one family."""
        for a, b in pairs:
            a, b = self.find(a), self.find(b)
            self._parent[max(a, b)] = min(a, b)

    def find(self, number: int) -> int:
        """The first report of a report's family."""
        parent = self._parent
        while parent[number] != number:
            parent[number] = number = parent[parent[number]]
        return number

    def all(self) -> Ints:
        """The first report of the family of each."""
        return np.array([self.find(number) for number in range(len(self._parent))])


# --- one run, in a process of its own ---------------------------------------------------------------------------------


def worker(name: str, n: int, folder: Path) -> dict[str, Any]:
    """Run one method over ``n`` copies; leave the families in the folder and return the cost."""
    copies, families, method = Copies(folder), Families(n), MADE[name](folder)
    wall = cpu = 0.0
    for batch in range(-(-n // BATCH)):
        texts = copies.words(batch)[: n - batch * BATCH]
        began = time.perf_counter(), time.process_time()
        families.join(method.take(texts))
        wall, cpu = wall + time.perf_counter() - began[0], cpu + time.process_time() - began[1]
    cost = {"seconds": wall, "cpu_seconds": cpu, "peak_mb": _peak_bytes() / 1e6}
    np.save(folder / "families.npy", families.all())
    return cost | {"steps": steps(name, n, folder, copies, method) if name in OURS else []}


def steps(name: str, n: int, folder: Path, copies: Copies, method: Method) -> list[float]:
    """CPU seconds to take in STEP reports more, a few times; the smallest pile is made anew each time."""
    sign([fold_words(copies.vocabulary)])  # so that the words are known to a small pile as to a large one
    seconds = []
    for batch in range(n // BATCH + 1, n // BATCH + 1 + N_STEPS):
        texts = copies.words(batch)
        if n <= SMALLEST:
            method = MADE[name](folder)
            list(method.take(texts[STEP : STEP + n]))
        began = time.process_time()
        list(method.take(texts[:STEP]))
        seconds.append(time.process_time() - began)
    return seconds


def _peak_bytes() -> int:
    """The most that was ever resident; unlike ru_maxrss nothing of the process that started this one."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) * 1024


# --- what came of it --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Measured:
    """One method over ``n`` copies. ``by_noise`` is recall by the noisier of the two copies of a pair.

    ``false_pairs`` is the share of pairs of unrelated copies that ended in one family, ``largest_wrong`` the share of
    the copies in the largest family of more than one source. Ratios are of CPU seconds, since a wall clock also
    measures who else is on the machine.
    """

    method: str
    n: int
    seconds: float
    cpu_seconds: float
    peak_mb: float
    steps: list[float]
    n_pairs: int
    recall: float
    by_noise: list[float]
    halved: float
    inside: float
    false_pairs: float
    largest_wrong: float


def measure(name: str, n: int, folder: Path) -> Measured:
    """Run one method in a process of its own. Raises RuntimeError with what it said if it failed."""
    command = [sys.executable, __file__, "--worker", name, str(n), str(folder)]
    one_thread = os.environ | {"RAYON_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
    done = subprocess.run(command, env=one_thread, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{name} over {n} reports ended with {done.returncode}:\n{done.stderr[-2000:]}")
    specs, families = Copies(folder).all_specs(n), np.load(folder / "families.npy")
    return Measured(name, n, **json.loads(done.stdout), **found(families, specs), **wrong(families, specs))


def found(families: Ints, specs: Specs) -> dict[str, Any]:
    """Recall of true pairs."""
    later, earlier = true_pairs(specs)
    same = families[later] == families[earlier]
    noise = np.maximum(specs.noise[later], specs.noise[earlier])
    halved, inside = (
        (specs.kind[later] == kind) | (specs.kind[earlier] == kind) for kind in (HALVED, INSIDE)
    )
    return {
        "n_pairs": len(same),
        "recall": float(same.mean()),
        "by_noise": [float(same[noise == level].mean()) for level in range(len(NOISE))],
        "halved": float(same[halved].mean()),
        "inside": float(same[inside].mean()),
    }


def true_pairs(specs: Specs) -> tuple[Ints, Ints]:
    """Copies, each with an earlier copy that has MIN_COMMON words of passage in common with it."""
    random = np.random.default_rng(SEED)
    order = np.argsort(specs.source, kind="stable")
    first = np.searchsorted(specs.source[order], specs.source)
    n_before = np.empty(len(specs), np.int64)
    n_before[order] = np.arange(len(specs)) - first[order]
    waiting = random.permutation(np.flatnonzero(n_before))[: 4 * N_PAIRS]
    pairs = []
    for _ in range(N_DRAWS):
        earlier = order[first[waiting] + random.integers(0, n_before[waiting])]
        stop = np.minimum(specs.stop[waiting], specs.stop[earlier])
        is_true = stop - np.maximum(specs.start[waiting], specs.start[earlier]) >= MIN_COMMON
        pairs.append(np.stack((waiting[is_true], earlier[is_true])))
        waiting = waiting[~is_true]
    later, earlier = random.permutation(np.concatenate(pairs, axis=1), axis=1)[:, :N_PAIRS]
    return later, earlier


def wrong(families: Ints, specs: Specs) -> dict[str, Any]:
    """What was joined though it comes from different texts; counted over all pairs, not over a sample."""
    parts, in_part = np.unique(np.stack((families, specs.source)), axis=1, return_counts=True)
    numbers, in_family = np.unique(families, return_counts=True)
    n_sources = np.bincount(np.searchsorted(numbers, parts[0]))
    n_unrelated = _pairs(np.array([len(families)])) - _pairs(np.bincount(specs.source))
    return {
        "false_pairs": (_pairs(in_family) - _pairs(in_part)) / n_unrelated,
        "largest_wrong": float(in_family[n_sources > 1].max(initial=0)) / len(families),
    }


def _pairs(counts: Ints) -> float:
    return float((counts * (counts - 1) / 2).sum())


# --- what is printed --------------------------------------------------------------------------------------------------


def main(words: list[str]) -> int:
    """Exit code 0 if every bar holds, 1 if one does not."""
    asked = _asked(words)
    peers = [name for name in MADE if name not in OURS and importlib.util.find_spec(name.partition(",")[0])]
    if len(peers) < len(MADE) - len(OURS):
        print("not every peer is here: pip install datasketch rensa", file=sys.stderr)
    runs = []
    with tempfile.TemporaryDirectory(prefix="attested-bench-") as made:
        prepare(asked.texts, Path(made))
        for n in sorted({SMALLEST, *asked.n}):
            names = [*OURS, *(peers if SMALLEST < n <= asked.peers_up_to else ())]
            of_n = [measure(name, n, Path(made)) for name in names]
            runs += of_n
            if n > SMALLEST and not asked.json:
                print("\n".join(_table(of_n)), flush=True)
    missed = _below_bars(runs)
    if asked.json:
        print(json.dumps({"runs": [asdict(run) for run in runs], "missed": missed}, indent=1))
    else:
        print("\n".join([*_incremental(runs), "", *(missed or ["every bar holds"])]))
    return int(bool(missed))


def _table(runs: list[Measured]) -> Iterator[str]:
    """All methods over one pile."""
    against = _best_datasketch(runs)
    yield f"\n{runs[0].n:,} reports, {runs[0].n_pairs:,} true pairs; load of the machine: {os.getloadavg()[0]:.1f}"
    levels = "".join(f"{level:>6.0%}" for level in NOISE)
    yield f"{'':<16}  rep/s rep/CPU s  ratio  peak MB recall{levels} halved inside  false pairs largest wrong"
    for run in runs:
        ratio = f"{against.cpu_seconds / run.cpu_seconds:.1f}" if against else "-"
        noise = "".join(f"{recall:>6.3f}" for recall in run.by_noise)
        yield (
            f"{run.method:<16} {run.n / run.seconds:>6,.0f} {run.n / run.cpu_seconds:>9,.0f} {ratio:>6} "
            f"{run.peak_mb:>8,.0f} {run.recall:>6.3f}{noise} {run.halved:>6.3f} {run.inside:>6.3f} "
            f"{run.false_pairs:>12.5%} {run.largest_wrong:>13.2%}"
        )


def _best_datasketch(runs: list[Measured]) -> Measured | None:
    """Of the largest pile that datasketch was given, the threshold with the best recall."""
    theirs = [run for run in runs if run.method in DATASKETCH]
    return max(theirs, key=lambda run: (run.n, run.recall), default=None)


def _incremental(runs: list[Measured]) -> Iterator[str]:
    yield f"\nCPU ms to take in {STEP:,} reports more, median of {N_STEPS} and the dearest of them (it merges runs)"
    for name in OURS:
        costs = (
            f"{run.n:>9,}: {median(run.steps) * 1e3:>4.0f} {max(run.steps) * 1e3:>5.0f}"
            for run in _of(runs, name)
        )
        yield f"{name:<16} {'   '.join(costs)}   ratio {_growth(_of(runs, name)):.2f}"


def _of(runs: list[Measured], name: str) -> list[Measured]:
    return sorted((run for run in runs if run.method == name), key=lambda run: run.n)


def _growth(runs: list[Measured]) -> float:
    """The incremental cost of the largest pile over that of the smallest."""
    return median(runs[-1].steps) / median(runs[0].steps)


def _below_bars(runs: list[Measured]) -> list[str]:
    """What misses the bars."""
    missed = []
    against = _best_datasketch(runs)
    for run in (r for r in runs if r.method in OURS and r.n > SMALLEST):
        where = f"{run.method}, {run.n:,} reports"
        if against and run.n == against.n and against.cpu_seconds / run.cpu_seconds < MIN_RATIO:
            missed.append(
                f"TOO SLOW: {where}: {against.cpu_seconds / run.cpu_seconds:.1f} times {against.method}"
            )
        if against and run.n == against.n and run.recall < against.recall:
            missed.append(
                f"FINDS TOO LITTLE: {where}: {run.recall:.3f}, {against.method} {against.recall:.3f}"
            )
        if run.false_pairs > MAX_FALSE:
            missed.append(f"JOINS TOO MUCH: {where}: {run.false_pairs:.2%} of unrelated pairs")
        if run.n == MILLION and run.seconds > MAX_SECONDS:
            missed.append(f"TOO SLOW: {where}: {run.seconds:.0f} s")
        if run.n == MILLION and run.peak_mb > MAX_PEAK_MB:
            missed.append(f"TOO LARGE: {where}: {run.peak_mb:.0f} MB")
    growth = {name: _growth(_of(runs, name)) for name in OURS}
    return missed + [
        f"GROWS: {name}: {ratio:.2f}" for name, ratio in growth.items() if ratio >= MAX_INCREMENTAL
    ]


def _asked(words: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--texts", type=Path, required=True, help="the folder of gva")
    parser.add_argument(
        "--n", type=int, nargs="+", default=[10_000, 100_000, MILLION], help="sizes of the pile"
    )
    parser.add_argument("--peers-up-to", type=int, default=100_000, help="larger piles are for ours alone")
    parser.add_argument("--json", action="store_true", help="one JSON object")
    return parser.parse_args(words)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--worker"]:
        print(json.dumps(worker(sys.argv[2], int(sys.argv[3]), Path(sys.argv[4]))))
    else:
        sys.exit(main(sys.argv[1:]))
