"""``attested desk`` as a person starts it."""

import re
import subprocess
import urllib.request
from pathlib import Path

from conftest import COMMAND, attested


def test_it_prints_an_address_that_opens(example_run):
    desk = subprocess.Popen(
        [*COMMAND, "desk", str(example_run[0]), "--port", "0"], stdout=subprocess.PIPE, text=True
    )
    try:
        assert desk.stdout is not None
        said = desk.stdout.readline()
        address = re.search(r"http://127\.0\.0\.1:\d+/\?token=\S+", said)
        assert address, said
        with urllib.request.urlopen(address[0].partition("?")[0] + "static/desk.css", timeout=30) as answer:
            assert answer.status == 200
            assert "server" not in answer.headers
    finally:
        desk.terminate()
        desk.wait(30)


def test_other_machines_need_a_token(tmp_path: Path):
    done = attested("desk", tmp_path / "none.db", "--host", "0.0.0.0")
    assert done.returncode == 2
    assert "--token" in done.stderr


def test_a_short_token_is_refused(tmp_path: Path):
    done = attested("desk", tmp_path / "none.db", "--token", "secret")
    assert done.returncode == 2
    assert "guessed" in done.stderr


def test_a_ledger_that_is_not_there_is_said(tmp_path: Path):
    done = attested("desk", tmp_path / "none.db")
    assert done.returncode == 2
    assert "attested run" in done.stderr
