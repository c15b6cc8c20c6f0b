"""The scripts on a machine made of fakes: what they type, what they say when something is missing."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SCRIPTS = [
    *sorted(p for p in (ROOT / "scripts").iterdir() if p.is_file() and not p.suffix),
    ROOT / ".ci" / "run",
]
LOCKS = ["requirements.lock", "requirements-dev.lock"]
PYTHONS = ("python3.11", "python3", "python3.12", "python3.13", "python3.14")


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A clone with only what scripts/setup reads."""
    clone = tmp_path / "clone with space"
    (clone / "scripts").mkdir(parents=True)
    shutil.copy2(ROOT / "scripts" / "setup", clone / "scripts" / "setup")
    for name in (*LOCKS, "pyproject.toml"):
        shutil.copy2(ROOT / name, clone / name)
    return clone


def program(path: Path, body: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
    path.chmod(0o755)


def set_up(clone: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """scripts/setup from another folder, with an empty HOME and the fakes first on the PATH."""
    env = {"PATH": f"{clone / 'fakes'}:/usr/bin:/bin", "HOME": str(clone / "nobody")}
    return subprocess.run(
        [clone / "scripts" / "setup", *words], env=env, cwd="/", capture_output=True, text=True, check=False
    )


def pythons(clone: Path, body: str) -> None:
    for name in PYTHONS:
        program(clone / "fakes" / name, body)


def typed(clone: Path) -> list[str]:
    return (clone / "typed").read_text(encoding="utf-8").splitlines()


def logging_venv(clone: Path) -> None:
    program(clone / ".venv" / "bin" / "python", f"echo \"$*\" >> '{clone / 'typed'}'")


def test_without_python_it_says_what_to_type(clone: Path) -> None:
    pythons(clone, "exit 1")
    done = set_up(clone)
    assert done.returncode != 0
    assert "apt-get install python3 python3-venv" in done.stderr


def test_without_venv_it_says_the_one_line_to_type(clone: Path) -> None:
    pythons(clone, 'case "$2" in *ensurepip*) exit 1 ;; esac')
    done = set_up(clone)
    assert done.returncode == 1
    assert "apt-get install python3-venv" in done.stderr
    assert not (clone / ".venv").exists()


@pytest.mark.parametrize(("words", "lock"), [((), LOCKS[0]), (("--dev",), LOCKS[1])])
def test_it_installs_from_the_lock_with_hashes_and_then_the_code_alone(
    clone: Path, words: tuple[str, ...], lock: str
) -> None:
    logging_venv(clone)
    assert set_up(clone, *words).returncode == 0
    first, second = (line.partition("install ")[2] for line in typed(clone)[1:])
    assert first == f"--require-hashes -r {lock}"
    assert second == "--no-deps --no-build-isolation -e ."


def test_a_second_call_does_nothing(clone: Path) -> None:
    logging_venv(clone)
    set_up(clone)
    before = typed(clone)
    done = set_up(clone)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert typed(clone) == before


@pytest.mark.parametrize("change", ["the lock", "the folder"])
def test_a_change_sets_up_again(clone: Path, change: str) -> None:
    logging_venv(clone)
    set_up(clone)
    if change == "the lock":
        (clone / LOCKS[0]).write_text("# other\n", encoding="utf-8")
    else:
        clone = clone.rename(clone.with_name("moved"))
        logging_venv(clone)
    assert "setting up" in set_up(clone).stderr


def test_the_developers_set_up_serves_the_demo(clone: Path) -> None:
    logging_venv(clone)
    set_up(clone, "--dev")
    assert set_up(clone).stderr == ""


def test_a_failed_install_is_not_taken_for_done(clone: Path) -> None:
    program(clone / ".venv" / "bin" / "python", 'case "$*" in *install*) exit 1 ;; esac')
    assert set_up(clone).returncode != 0
    assert "setting up" in set_up(clone).stderr


def test_an_unknown_word_is_refused(clone: Path) -> None:
    assert set_up(clone, "--nonsense").returncode == 2


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_every_script_is_executable_sound_and_says_what_it_does(script: Path) -> None:
    lines = script.read_text(encoding="utf-8").splitlines()
    assert script.stat().st_mode & 0o111
    assert lines[0] == "#!/bin/sh"
    assert lines[1].startswith("# ")
    assert subprocess.run(["sh", "-n", script], check=False).returncode == 0


@pytest.mark.parametrize("lock", LOCKS)
def test_the_lock_has_hashes_and_names_no_registry(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    entries = re.split(r"^(?=[A-Za-z])", text, flags=re.MULTILINE)[1:]
    assert len(entries) > 20
    assert all("==" in entry and "--hash=sha256:" in entry for entry in entries)
    assert "://" not in text
    assert not re.search(r"^--(index|extra|find|trusted)", text, flags=re.MULTILINE)


@pytest.mark.parametrize("name", ["hatchling", "editables", "lxml-html-clean", "onnxruntime", "tokenizers"])
def test_the_lock_holds_what_the_set_up_needs(name: str) -> None:
    text = (ROOT / LOCKS[0]).read_text(encoding="utf-8")
    assert re.search(rf"^{name}==", text, flags=re.MULTILINE)


def test_the_developers_lock_holds_the_users_versions() -> None:
    def pins(lock: str) -> set[str]:
        return set(re.findall(r"^[a-z][\w.-]*==\S+", (ROOT / lock).read_text(encoding="utf-8"), re.MULTILINE))

    assert pins(LOCKS[0]) <= pins(LOCKS[1])


def test_the_demo_shows_every_part_of_the_ledger() -> None:
    demo = (ROOT / "scripts" / "demo").read_text(encoding="utf-8")
    for words in ("attested run examples/reports", "incidents statements contradictions", "dossier.html"):
        assert words in demo
