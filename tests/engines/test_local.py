"""Work over processes: results in order, and a page that kills its process costs only itself."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from attested.engines.local import map_in_processes


def double(n: int) -> int:
    if n == 5:
        os.kill(os.getpid(), signal.SIGKILL)
    return 2 * n


def twice(n: int) -> int:
    return 2 * n


def lost(n: int) -> int:
    return -n


@pytest.mark.parametrize("n_processes", [1, 2])
def test_results_come_in_the_order_of_the_items(n_processes: int) -> None:
    assert list(map_in_processes(twice, range(23), n_processes, lost)) == [2 * n for n in range(23)]


def test_a_crash_loses_one_item() -> None:
    expected = [-5 if n == 5 else 2 * n for n in range(20)]
    assert list(map_in_processes(double, range(20), 2, lost)) == expected


def test_a_crash_while_earlier_results_are_still_being_used_loses_one_item() -> None:
    """The pool is then found broken when the next chunk is handed out, not when a result is fetched."""
    found = []
    for result in map_in_processes(double, range(60), 2, lost):
        found.append(result)
        if len(found) == 1:
            time.sleep(1)
    assert found == [-5 if n == 5 else 2 * n for n in range(60)]


def test_no_items_no_results() -> None:
    assert list(map_in_processes(twice, [], 2, lost)) == []


def test_a_script_without_a_main_guard_does_its_work_in_one_process_and_is_told_why(tmp_path: Path) -> None:
    script = tmp_path / "reads.py"
    script.write_text(
        "from attested.engines.local import map_in_processes\n"
        "print(list(map_in_processes(abs, range(-6, 0), 2, str)))\n",
        encoding="utf-8",
    )
    done = subprocess.run(
        [sys.executable, str(script)], capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stdout.splitlines() == ["[6, 5, 4, 3, 2, 1]"]
    assert '`if __name__ == "__main__":`' in done.stderr
