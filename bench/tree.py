"""Memory of a process and everything below it, read from /proc (Linux only)."""

from __future__ import annotations

import os
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

PROC = Path("/proc")
PAGE_BYTES = os.sysconf("SC_PAGE_SIZE")
SAMPLE_SECONDS = 0.1  # short beside a batch of reports, long beside a walk over /proc (some 5 ms)


@dataclass(frozen=True, slots=True)
class Watched:
    """How a command ended; ``peak_bytes`` is the highest sum of resident bytes of its whole tree."""

    code: int
    seconds: float
    peak_bytes: int
    cpu_seconds: float
    output: str


def watch(command: list[str]) -> Watched:
    """Run a command and watch its whole tree; shared pages count once for each process that maps them."""
    before = os.times()
    began = time.monotonic()
    peak = 0
    with tempfile.TemporaryFile("w+", encoding="utf-8") as said:
        with subprocess.Popen(command, stdout=said, stderr=subprocess.STDOUT) as process:
            while process.poll() is None:
                peak = max(peak, resident_bytes(process.pid))
                time.sleep(SAMPLE_SECONDS)
        said.seek(0)
        output = said.read()
    after = os.times()
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    return Watched(process.returncode, time.monotonic() - began, peak, cpu, output)


def resident_bytes(root: int) -> int:
    """Resident bytes of a process and all its descendants; 0 once it has gone."""
    parents = {pid: parent for pid in _pids() if (parent := _parent(pid)) is not None}
    below: dict[int, list[int]] = {}
    for pid, parent in parents.items():
        below.setdefault(parent, []).append(pid)
    total, waiting = 0, [root]
    while waiting:
        pid = waiting.pop()
        total += _resident(pid)
        waiting.extend(below.get(pid, ()))
    return total


def _pids() -> list[int]:
    return [int(entry.name) for entry in PROC.iterdir() if entry.name.isdigit()]


def _parent(pid: int) -> int | None:
    """The parent's id; the command's name, in brackets, may hold blanks and brackets itself."""
    try:
        stat = (PROC / str(pid) / "stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return None
    return int(stat.rpartition(")")[2].split()[1])


def _resident(pid: int) -> int:
    try:
        return int((PROC / str(pid) / "statm").read_text(encoding="ascii").split()[1]) * PAGE_BYTES
    except (OSError, IndexError):
        return 0
