"""One run over the examples for the whole session; what is beside the clone, if anything."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import large
import pytest
from loopback import block

ROOT = Path(__file__).parents[1]
REPORTS = ROOT / "examples" / "reports"
SHARED = ROOT.parent / "shared"
COMMAND = (sys.executable, "-c", "from attested.cli.main import main; main()")


def pytest_collection_finish(session: pytest.Session) -> None:
    """What takes minutes is begun before the first test."""
    large.begin_if_needed(session)


def pytest_sessionfinish() -> None:
    """Leave nothing behind."""
    large.end()


def attested(*words: str | Path) -> subprocess.CompletedProcess[str]:
    """One command as a user types it."""
    return subprocess.run(
        [*COMMAND, *map(str, words)], capture_output=True, text=True, encoding="utf-8", timeout=300
    )


@pytest.fixture(scope="session", autouse=True)
def only_this_machine() -> Iterator[None]:
    """No test reaches another machine."""
    with pytest.MonkeyPatch.context() as patch:
        block(patch)
        yield


@pytest.fixture(scope="session")
def example_run(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, subprocess.CompletedProcess[str]]:
    """The ledger file of one run over the examples, and what the run said."""
    ledger = tmp_path_factory.mktemp("examples") / "examples.db"
    done = attested("run", REPORTS, "--ledger", ledger)
    assert done.returncode in (0, 1), done.stderr
    assert not done.stderr, done.stderr  # a failure ends with 1 too, but complains
    return ledger, done


@pytest.fixture(scope="session")
def example_ledger(example_run: tuple[Path, subprocess.CompletedProcess[str]]) -> dict[str, Any]:
    """The examples' ledger as the JSON export gives it."""
    done = attested("export", example_run[0], "--format", "json")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.fixture(scope="session")
def seeds() -> Path:
    """The seed pages beside the clone; skips where they are absent."""
    folder = SHARED / "seeds"
    if not (folder / "gold.json").exists():
        pytest.skip("../shared/seeds is not beside this clone")
    return folder
