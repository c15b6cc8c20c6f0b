"""A ledger of 20,000 incidents for the whole session, made beside the other tests: it takes two minutes of a core."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

N_INCIDENTS = 20_000
_MAKER = Path(__file__).parents[1] / "bench" / "ledgers.py"
_making: dict[str, subprocess.Popen[str]] = {}


def begin_if_needed(session: pytest.Session) -> None:
    """Begin to make it if a test that is to run takes it."""
    needs = any("journeys" in item.path.name for item in session.items)
    if needs and not session.config.option.collectonly and (shutil.which("chromium") or os.environ.get("CI")):
        path = Path(tempfile.mkdtemp(prefix="attested-large-")) / "large.db"
        words = [sys.executable, str(_MAKER), str(path), "--incidents", str(N_INCIDENTS), "--index"]
        process = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        _making[str(path)] = process


def made() -> Path:
    """The file, once it is whole."""
    [(path, process)] = _making.items()
    said, _ = process.communicate()
    assert process.returncode == 0, said
    return Path(path)


def end() -> None:
    """Leave nothing behind."""
    for path, process in _making.items():
        process.kill()
        process.wait()
        shutil.rmtree(Path(path).parent)
    _making.clear()
