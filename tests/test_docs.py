"""The documents: what they show is what the program says, what they name exists, and every field is explained.

``python tests/test_docs.py`` writes the output of the console blocks anew, after a look at what changed.
"""

import json
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import click
import pytest

from attested import model, values
from attested.cli.main import COMMANDS, LazyGroup, group

sys.path.insert(0, str(Path(__file__).parents[1] / "scripts"))
from on_terminal import said_on_terminal

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
PAGES = [ROOT / "README.md", DOCS / "tutorial.md"]
ALL_PAGES = [*sorted(ROOT.glob("*.md")), *sorted(DOCS.glob("*.md"))]
COMMAND = (sys.executable, "-c", "from attested.cli.main import main; main()")
WIDTH = 110  # columns of the terminal that the blocks are written for
BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
SHELL = re.compile(r"^```sh\n(.*?)^```$", re.MULTILINE | re.DOTALL)
PYTHON = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\((?!https?:|#)([^)#]+)")
# What differs from run to run or from machine to machine; both sides are shown as one mark.
VOLATILE = re.compile(r"(?<=seconds        )\S+ \(.*\)|\b\d+\.\d+ (?:s|reports/s)\b")
# Lines after this one are left out of a block: the mark stands for all that follows.
CUT = "..."


def typed(command: str, folder: Path) -> str:
    """What a command writes on a terminal, in a folder that holds the examples."""
    words = shlex.split(command)
    assert words[0] == "attested", command
    said, _ = said_on_terminal([*COMMAND, *words[1:]], width=WIDTH, folder=str(folder))
    return said


def commands_in(block: str) -> list[tuple[str, str]]:
    """A console block as (command, output) pairs."""
    parts = re.split(r"^\$ (.+)\n", block, flags=re.MULTILINE)[1:]
    return [(command, output.strip("\n")) for command, output in zip(parts[::2], parts[1::2], strict=True)]


def steady(text: str) -> str:
    return VOLATILE.sub("…", text)


def is_as_shown(shown: str, said: str) -> bool:
    """Whether a block's output is the program's, up to what is volatile and to its cut."""
    shown, said = steady(shown), steady(said)
    if shown.splitlines()[-1:] == [CUT]:
        return said.startswith(shown.removesuffix(CUT).rstrip("\n"))
    return shown == said


@pytest.fixture
def desk(tmp_path: Path, example_run: Any) -> Path:
    """A folder with the examples; the blocks of a page are typed in it in their order."""
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    return tmp_path


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)
def test_the_output_shown_is_what_the_program_says(page: Path, desk: Path) -> None:
    blocks = BLOCK.findall(page.read_text(encoding="utf-8"))
    assert blocks
    for command, shown in (pair for block in blocks for pair in commands_in(block)):
        said = typed(command, desk)
        assert is_as_shown(shown, said), f"{command}\n--- says\n{said}\n--- run `make docs` if that is right"


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)
def test_the_python_shown_runs(page: Path, desk: Path) -> None:
    for code in PYTHON.findall(page.read_text(encoding="utf-8")):
        done = subprocess.run(
            [sys.executable, "-c", code], cwd=desk, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr


def shell_lines() -> list[tuple[str, str]]:
    found = []
    for page in ALL_PAGES:
        for block in SHELL.findall(page.read_text(encoding="utf-8")):
            lines = (line.partition("  #")[0].strip() for line in block.splitlines())
            found += [(page.name, line) for line in lines if line and not line.startswith("#")]
    return found


@pytest.mark.parametrize(("page", "line"), shell_lines())
def test_a_command_that_is_quoted_exists(page: str, line: str) -> None:
    for part in line.split("|"):
        words = shlex.split(part.split(">")[0])
        if words[0] == "attested" and not words[1].startswith("-"):
            assert_is_command(words)
        elif words[0].split("/")[0] in ("scripts", "bench", ".ci"):
            assert os.access(ROOT / words[0], os.R_OK), part


def assert_is_command(words: list[str]) -> None:
    command = group.get_command(click.Context(LazyGroup()), words[1])
    if isinstance(command, click.Group):
        command = command.get_command(click.Context(command), words[2])
    assert command is not None, words
    known = {
        option for parameter in command.params for option in (*parameter.opts, *parameter.secondary_opts)
    }
    used = {word.partition("=")[0] for word in words[2:] if word.startswith("-") and word != "-"}
    assert used <= known, (words, used - known)


def make_targets() -> set[str]:
    return set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))


def test_the_make_targets_that_are_quoted_exist() -> None:
    quoted = {line.split()[1] for _, line in shell_lines() if line.startswith("make ")}
    assert quoted
    assert quoted <= make_targets()


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_documented(command: str) -> None:
    text = (DOCS / "cli.md").read_text(encoding="utf-8")
    assert f"attested {command}" in text


@pytest.mark.parametrize("page", ALL_PAGES, ids=lambda path: path.name)
def test_links_between_documents_lead_somewhere(page: Path) -> None:
    for target in LINK.findall(page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), target


# --- the codebook


@pytest.fixture(scope="module")
def codebook() -> str:
    return (DOCS / "codebook.md").read_text(encoding="utf-8")


def explained(codebook: str) -> set[str]:
    """Words in code marks, and the titles of sections."""
    marked = {word.strip() for run in re.findall(r"`([^`]+)`", codebook) for word in run.split(",")}
    return marked | set(re.findall(r"^#+ (\w+)", codebook, re.MULTILINE))


def vocabulary() -> dict[str, tuple[str, ...]]:
    return {
        "hedge": get_args(model.Hedge),
        "voice": get_args(model.VoiceKind),
        "status": get_args(model.MentionStatus),
        "derivation": get_args(model.DerivationKind),
        "precision": get_args(values.DatePrecision),
        "qualifier": get_args(values.Qualifier),
        "basis": ("stamp", "dateline", "text", "lineage", "story", "unknown"),
        "furniture": tuple(
            kind.strip()
            for kind in re.sub(r"\s+", " ", str(model.Block.__doc__))
            .partition("as furniture:")[2]
            .strip(" .")
            .split(",")
        ),
    }


@pytest.mark.parametrize(
    ("family", "word"), [(f, word) for f, words in vocabulary().items() for word in words]
)
def test_every_word_of_the_model_is_in_the_codebook(codebook: str, family: str, word: str) -> None:
    assert word in explained(codebook)


def keys_in(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, below in value.items():
            yield key
            if key != "settings":
                yield from keys_in(below)
    elif isinstance(value, list):
        for row in value:
            yield from keys_in(row)


def test_every_field_of_the_export_is_in_the_codebook(codebook: str, example_ledger: dict[str, Any]) -> None:
    assert set(keys_in(example_ledger)) - explained(codebook) == set()


def test_every_type_and_act_found_in_the_examples_is_in_the_codebook(
    codebook: str, example_ledger: dict[str, Any]
) -> None:
    found = {i["type"] for i in example_ledger["incidents"]} | {
        s["act"] for s in example_ledger["statements"]
    }
    assert found <= explained(codebook)


def test_the_examples_expectation_uses_known_words(codebook: str) -> None:
    expected = json.loads((ROOT / "examples" / "expected.json").read_text(encoding="utf-8"))
    kinds = {kind for report in expected["reports"].values() for kind in report.get("furniture", {}) if kind}
    kinds |= {kind for row in expected["derivations"].values() for kind in row}
    kinds |= {i["type"] for i in expected["incidents"]}
    assert kinds <= explained(codebook)


# --- writing the blocks anew


def rewritten(page: Path, folder: Path) -> str:
    """The page with the output of its console blocks as the program gives it now; a cut keeps its length."""

    def block(match: re.Match[str]) -> str:
        pieces = []
        for command, shown in commands_in(match[1]):
            said = typed(command, folder)
            lines = shown.splitlines()
            if lines[-1:] == [CUT]:
                said = "\n".join([*said.splitlines()[: len(lines) - 1], CUT])
            pieces.append(f"$ {command}\n{said}\n")
        return "```console\n" + "\n".join(pieces) + "```"

    return BLOCK.sub(block, page.read_text(encoding="utf-8"))


def write_blocks() -> None:
    import tempfile

    for page in PAGES:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            (folder / "examples").symlink_to(ROOT / "examples")
            page.write_text(rewritten(page, folder), encoding="utf-8")
            print(f"wrote {page}")


def test_the_readmes_figures_are_what_the_gate_holds() -> None:
    """Every floor has its figure in README's table, at the floor or within the gate's slack above it."""
    floors = json.loads((ROOT / "gate" / "floors.json").read_text(encoding="utf-8"))
    table = [line for line in PAGES[0].read_text(encoding="utf-8").splitlines() if line.startswith("|")]
    for name, gold_set in floors.items():
        at = [i for i, row in enumerate(table) if f"(`{name}`" in row]
        shown = [
            float(figure)
            for row in table[at[0] : at[-1] + 2]
            for figure in re.findall(r"(?<![\w.])(?:1\.000|\.\d{2,3})", row)
        ]
        for figure, floor in gold_set["floors"].items():
            if figure not in NOT_IN_README:
                assert any(floor <= value <= floor + gold_set["slack"] + 0.001 for value in shown), figure


# Figures that the gate holds and README's table leaves out.
NOT_IN_README = {"spans", "relaxed_f1"}


if __name__ == "__main__":
    write_blocks()
