"""Which reports hold a sample: sorted runs on disk or in memory, merged as they grow (a log-structured index).

Adding a thousand reports writes one run of a thousand. Runs of like size are merged, so there are never more
than some dozens of them, and each posting is written again only a few times in its life. A look-up is a binary
search in each run: first among every 16th hash, which mostly stay in the processor's cache, then between two of them.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from attested.errors import LedgerError
from attested.lineage.signatures import SKELETON_BIT, Hashes, Signatures

Ids = npt.NDArray[np.uint32]
Counts = npt.NDArray[np.int64]
Sizes = npt.NDArray[np.uint16]
Codes = npt.NDArray[np.unsignedinteger[Any]]

MAX_HOLDERS = 16
"""Holders of one sample that are looked at, the first by number: a dispatch printed by ten thousand papers is
found through the first of them, and a notice that stands on each page of a site costs no more than that. Of true
pairs among a million copies 16 joins .961, 32 joins .964 and looks up half as long again (bench/lineage.py). Not
fewer than the candidates that are compared."""
MERGED_AT = 4
"""Runs of like size that are merged into one."""
FENCE = 16
"""Postings between two fences, a power of two: 128 bytes, so a look-up reads one page of a run or two, however
long it is."""
_MOST = 0xFFFF
_FORMAT = 2
_LIST = "index.json"
_PARTS = ("hashes", "fences", "reports", "sizes")


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

    A run holds the reports numbered ``first`` to ``first + len(sizes) - 1``. ``fences`` is every 16th hash.
    """

    first: int
    hashes: Hashes
    fences: Hashes
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
        order = np.argsort(signatures.hashes, kind="stable")  # the numbers rise already
        sizes = np.minimum(np.column_stack(signatures.n_samples()), _MOST).astype(np.uint16)
        self._runs.append(self._made(self.n_reports, signatures.hashes[order], numbers[order], sizes))
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
        order = np.argsort(signatures.hashes)
        n_bits = self.n_reports.bit_length() + 1
        n_bits_in_all = n_bits + len(signatures).bit_length()
        narrow: type[np.unsignedinteger[Any]] = np.uint32 if n_bits_in_all <= 32 else np.uint64
        hashes = signatures.hashes[order]
        kind = (hashes & SKELETON_BIT).astype(np.int64)
        asked: Codes = ((signatures.owners()[order] << n_bits) | kind).astype(narrow)
        left = np.full(len(hashes), MAX_HOLDERS)
        codes = [asked[:0]]
        for run in self._runs:  # the oldest first: what has holders enough is not looked up in the later ones
            first, n = _held(run, hashes, left)
            codes.append(_codes(run, first, n, asked))
            left -= n
            if not left.all():
                wanted = left > 0
                hashes, asked, left = hashes[wanted], asked[wanted], left[wanted]
        return _counted(np.concatenate(codes), n_bits, n_bits_in_all)

    def sizes(self, numbers: Counts) -> tuple[Counts, Counts]:
        """How many word samples and how many stop-word samples the reports of these numbers have."""
        found = np.zeros((len(numbers), 2), np.int64)
        for run in self._runs:
            inside = np.flatnonzero((numbers >= run.first) & (numbers < run.first + len(run.sizes)))
            found[inside] = run.sizes.take(numbers[inside] - run.first, axis=0)
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
        hashes = hashes[order]
        kept = np.ones(len(hashes), bool)
        kept[MAX_HOLDERS:] = hashes[MAX_HOLDERS:] != hashes[:-MAX_HOLDERS]
        hashes, reports = hashes[kept], reports[order[kept]]
        sizes = np.concatenate([run.sizes for run in runs])
        return self._made(runs[0].first, hashes, reports, sizes)

    def _made(self, first: int, hashes: Hashes, reports: Ids, sizes: Sizes) -> _Run:
        run = _Run(first, hashes, hashes[::FENCE].copy(), reports, sizes)
        if self._folder is None:
            return run
        self._n_written += 1
        name = f"run-{self._n_written:06d}"
        for part in _PARTS:
            np.save(self._folder / f"{name}.{part}.npy", getattr(run, part))
        return self._opened(self._folder, name, run.first)

    @staticmethod
    def _opened(folder: Path, name: str, first: int) -> _Run:
        files = (folder / f"{name}.{part}.npy" for part in _PARTS)
        hashes, fences, reports, sizes = (np.load(file, mmap_mode="r").view(np.ndarray) for file in files)
        return _Run(first, hashes, fences, reports, sizes, name)

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
        try:
            listed = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
        except ValueError as error:
            raise LedgerError(f"{path}: the index is damaged; delete the folder, it is made anew") from error
        if listed and listed.get("format") != _FORMAT:
            raise LedgerError(f"{path}: an index of another version; delete the folder, it is made anew")
        self.n_reports, self._n_written = listed.get("n_reports", 0), listed.get("n_written", 0)
        self._runs = [self._opened(folder, name, first) for name, first in listed.get("runs", ())]
        # A run that a killed process wrote and did not list holds nothing that is known.
        known = {run.name for run in self._runs}
        for stray in folder.glob("run-*.npy"):
            if stray.name.partition(".")[0] not in known:
                stray.unlink()


def _held(run: _Run, hashes: Hashes, left: Counts) -> tuple[Counts, Counts]:
    """For each of the sorted hashes where its postings begin, and how many there are, no more than are ``left``."""
    held = np.zeros(len(hashes), np.int64)
    if not len(run.hashes):
        return held, held
    behind_fence = np.maximum((np.searchsorted(run.fences, hashes) - 1) * FENCE + 1, 0)
    first = _passed(run.hashes, hashes, behind_fence, FENCE, np.less)
    hit = np.flatnonzero(run.hashes.take(first, mode="clip") == hashes)
    hit = hit[first[hit] < len(run.hashes)]
    most = 1 << (MAX_HOLDERS - 1).bit_length()
    last = _passed(run.hashes, hashes[hit], first[hit] + 1, most, np.less_equal)
    held[hit] = np.minimum(last - first[hit], left[hit])
    return first, held


def _passed(hashes: Hashes, wanted: Hashes, at: Counts, size: int, is_passed: np.ufunc) -> Counts:
    """Where one stands who goes on from each place past up to ``size - 1`` hashes: a bisection, all in step."""
    while size := size >> 1:
        at = at + is_passed(hashes.take(at + (size - 1), mode="clip"), wanted) * size
    return np.minimum(at, len(hashes))


def _codes(run: _Run, first: Counts, n: Counts, asked: Codes) -> Codes:
    """One code per shared sample: the asked in the high bits, the found, the kind's bit."""
    at = np.repeat(first - (np.cumsum(n) - n), n)
    at += np.arange(len(at))
    codes: Codes = run.reports.take(at).astype(asked.dtype)
    codes <<= codes.dtype.type(1)
    codes |= np.repeat(asked, n)
    return codes


def _counted(codes: Codes, n_bits: int, n_bits_in_all: int) -> Shared:
    """How often each pair of asked and found stands, by kind; the asked begin at bit ``n_bits`` of a code."""
    for shift in range(0, n_bits_in_all, 16):  # numbers of 16 bits are sorted by radix: twice as fast in all
        codes = codes.take(np.argsort((codes >> codes.dtype.type(shift)).astype(np.uint16), kind="stable"))
    heads = _heads(codes >> codes.dtype.type(1))
    n = np.diff(np.append(heads, len(codes)))
    n_skeleton = np.add.reduceat(codes & codes.dtype.type(1), heads).astype(np.int64)
    unique = codes.take(heads).astype(np.int64)
    return Shared(unique >> n_bits, (unique & ((1 << n_bits) - 1)) >> 1, n - n_skeleton, n_skeleton)


def _heads(values: Codes) -> Counts:
    """Where each run of equal values begins."""
    if not len(values):
        return np.empty(0, np.int64)
    return np.flatnonzero(np.concatenate(([True], values[1:] != values[:-1])))
