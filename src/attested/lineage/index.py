"""Which reports hold a sample: sorted runs on disk or in memory, merged as they grow (a log-structured index).

Adding a thousand reports writes one run of a thousand. Runs of like size are merged, so there are never more
than some dozens of them, and each posting is written again only a few times in its life. A look-up is a binary
search in each run.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from attested.errors import LedgerError
from attested.lineage.signatures import SKELETON_BIT, Hashes, Signatures

Ids = npt.NDArray[np.uint32]
Counts = npt.NDArray[np.int64]
Sizes = npt.NDArray[np.uint16]

MAX_HOLDERS = 32
"""Holders of one sample that are looked at, the first by number: a dispatch printed by ten thousand papers is
found through the first of them, and a notice that stands on each page of a site costs no more than that."""
MERGED_AT = 4
"""Runs of like size that are merged into one."""
_MOST = 0xFFFF
_FORMAT = 1
_LIST = "index.json"
_PARTS = ("hashes", "reports", "sizes")


@dataclass(frozen=True, slots=True)
class Shared:
    """Pairs of reports that hold some samples alike: number asked, number found, and how many of either kind."""

    asked: Counts
    found: Counts
    n_words: Counts
    n_skeleton: Counts


@dataclass(frozen=True, slots=True)
class _Run:
    """Postings sorted by hash, then by report, and how many samples of either kind each of its reports has.

    A run holds the reports numbered ``first`` to ``first + len(sizes) - 1``.
    """

    first: int
    hashes: Hashes
    reports: Ids
    sizes: Sizes
    name: str = ""


class SampleIndex:
    """Numbered reports by the samples they hold. Numbers are given in the order of adding, from 0.

    With a ``folder`` the runs lie there as memory-mapped files, so that only what is looked up is in memory, and
    ``SampleIndex(folder)`` opens them again. Raises LedgerError if the folder's list is from another version.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder
        self._runs: list[_Run] = []
        self.n_reports = 0
        self._n_written = 0
        if folder is not None:
            folder.mkdir(parents=True, exist_ok=True)
            self._open(folder)

    def add(self, signatures: Signatures) -> None:
        """Take in reports, numbered on from ``n_reports``."""
        numbers = (signatures.owners() + self.n_reports).astype(np.uint32)
        order = np.lexsort((numbers, signatures.hashes))
        sizes = np.minimum(np.column_stack(signatures.n_samples()), _MOST).astype(np.uint16)
        run = _Run(self.n_reports, signatures.hashes[order], numbers[order], sizes)
        self._runs.append(self._written(run))
        self.n_reports += len(signatures)
        merged: list[_Run] = []
        while len(self._runs) >= MERGED_AT and self._is_due(self._runs[-MERGED_AT:]):
            due, self._runs = self._runs[-MERGED_AT:], self._runs[:-MERGED_AT]
            self._runs.append(self._merged(due))
            merged += due
        self._write_list()
        for run in merged:
            self._delete(run)

    def sharing(self, signatures: Signatures) -> Shared:
        """Every pair of a report asked about and one held that have a sample in common (within MAX_HOLDERS)."""
        owners = signatures.owners()
        order = np.argsort(signatures.hashes, kind="stable")
        hashes, owners = signatures.hashes[order], owners[order]
        codes = [_holders(run, hashes, owners) for run in self._runs]
        return _counted(np.concatenate(codes) if codes else np.empty(0, np.uint64))

    def sizes(self, numbers: Counts) -> tuple[Counts, Counts]:
        """How many word samples and how many stop-word samples the reports of these numbers have."""
        found = np.zeros((len(numbers), 2), np.int64)
        for run in self._runs:
            inside = (numbers >= run.first) & (numbers < run.first + len(run.sizes))
            found[inside] = run.sizes[numbers[inside] - run.first]
        return found[:, 0], found[:, 1]

    # --- runs ---------------------------------------------------------------------------------------------------------

    @staticmethod
    def _is_due(runs: Sequence[_Run]) -> bool:
        return len(runs[0].hashes) <= MERGED_AT * sum(len(run.hashes) for run in runs[1:])

    def _merged(self, runs: Sequence[_Run]) -> _Run:
        # Runs hold rising numbers, so a stable sort by hash keeps a hash's holders in order.
        hashes = np.concatenate([run.hashes for run in runs])
        reports = np.concatenate([run.reports for run in runs])
        order = np.argsort(hashes, kind="stable")
        hashes, reports = hashes[order], reports[order]
        kept = _rank_in_group(hashes) < MAX_HOLDERS
        sizes = np.concatenate([run.sizes for run in runs])
        return self._written(_Run(runs[0].first, hashes[kept], reports[kept], sizes))

    def _written(self, run: _Run) -> _Run:
        if self._folder is None:
            return run
        self._n_written += 1
        name = f"run-{self._n_written:06d}"
        for part in _PARTS:
            np.save(self._folder / f"{name}.{part}.npy", getattr(run, part))
        return self._opened(self._folder, name, run.first)

    @staticmethod
    def _opened(folder: Path, name: str, first: int) -> _Run:
        hashes, reports, sizes = (np.load(folder / f"{name}.{part}.npy", mmap_mode="r") for part in _PARTS)
        return _Run(first, hashes, reports, sizes, name)

    def _delete(self, run: _Run) -> None:
        for part in _PARTS if self._folder is not None and run.name else ():
            (self._folder / f"{run.name}.{part}.npy").unlink(missing_ok=True)  # type: ignore[operator]

    def _write_list(self) -> None:
        if self._folder is None:
            return
        listed = {
            "format": _FORMAT,
            "n_reports": self.n_reports,
            "n_written": self._n_written,
            "runs": [[run.name, run.first] for run in self._runs],
        }
        new = self._folder / f"{_LIST}.new"
        new.write_text(json.dumps(listed), encoding="utf-8")
        new.replace(self._folder / _LIST)

    def _open(self, folder: Path) -> None:
        path = folder / _LIST
        listed = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
        if listed and listed.get("format") != _FORMAT:
            raise LedgerError(f"{path}: an index of another version; delete the folder, it is made anew")
        self.n_reports, self._n_written = listed.get("n_reports", 0), listed.get("n_written", 0)
        self._runs = [self._opened(folder, name, first) for name, first in listed.get("runs", ())]
        # A run that a killed process wrote and did not list holds nothing that is known.
        known = {run.name for run in self._runs}
        for stray in folder.glob("run-*.npy"):
            if stray.name.partition(".")[0] not in known:
                stray.unlink()


def _holders(run: _Run, hashes: Hashes, owners: Counts) -> npt.NDArray[np.uint64]:
    """Asked and found as one code per shared sample: the asked in the high half, the found, the kind's bit."""
    first = np.searchsorted(run.hashes, hashes, "left")
    hit = np.flatnonzero(first < len(run.hashes))
    hit = hit[run.hashes[first[hit]] == hashes[hit]]
    if not len(hit):
        return np.empty(0, np.uint64)
    first = first[hit]
    last = np.searchsorted(run.hashes, hashes[hit], "right")
    n = np.minimum(last - first, MAX_HOLDERS)
    at = np.repeat(first - np.concatenate(([0], np.cumsum(n)[:-1])), n) + np.arange(int(n.sum()))
    found = run.reports[at].astype(np.uint64)
    asked = np.repeat(owners[hit].astype(np.uint64), n)
    bit = np.repeat(hashes[hit] & SKELETON_BIT, n)
    codes: npt.NDArray[np.uint64] = (asked << np.uint64(33)) | (found << np.uint64(1)) | bit
    return codes


def _counted(codes: npt.NDArray[np.uint64]) -> Shared:
    """How often each pair of asked and found stands, by kind."""
    codes = np.sort(codes)
    pairs = codes >> np.uint64(1)
    heads = _heads(pairs)
    is_skeleton = (codes & SKELETON_BIT).astype(np.int64)
    ends = np.concatenate((heads[1:], [len(codes)])) if len(heads) else heads
    before = np.concatenate(([0], np.cumsum(is_skeleton)))
    n_skeleton = before[ends] - before[heads]
    unique = pairs[heads]
    return Shared(
        (unique >> np.uint64(32)).astype(np.int64),
        (unique & np.uint64(0xFFFFFFFF)).astype(np.int64),
        ends - heads - n_skeleton,
        n_skeleton,
    )


def _heads(values: npt.NDArray[np.uint64]) -> Counts:
    """Where each run of equal values begins."""
    if not len(values):
        return np.empty(0, np.int64)
    return np.flatnonzero(np.concatenate(([True], values[1:] != values[:-1])))


def _rank_in_group(hashes: Hashes) -> Counts:
    """For each posting of a sorted run how many of the same hash stand before it."""
    heads = _heads(hashes)
    return np.arange(len(hashes)) - np.repeat(heads, np.diff(np.concatenate((heads, [len(hashes)]))))
