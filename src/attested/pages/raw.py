"""What a worker needs to read one page: where its bytes are, or the bytes themselves."""

from __future__ import annotations

import gzip
from dataclasses import dataclass
from pathlib import Path

from attested.errors import SetAside
from attested.settings import PageSettings

KINDS_BY_SUFFIX = {
    "": "", ".txt": "text", ".text": "text", ".html": "html", ".htm": "html", ".xhtml": "html",
    ".jsonl": "jsonl", ".ndjson": "jsonl", ".json": "json",
}  # fmt: skip
UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class RawPage:
    """One page not yet read; cheap to send to another process.

    ``input`` is what the user named (``path`` or ``path:line``), ``kind`` is text, html, json, jsonl (one
    line of it), unknown, or "" where only the bytes can tell. ``start`` and ``size`` are bytes in the file at
    ``path``; ``data`` is set instead for what cannot be sought in (standard input, compressed lines).
    ``fault`` is set when the walk itself found that the page cannot be read.
    """

    input: str
    kind: str
    path: str = ""
    line: int = 0
    start: int = 0
    size: int = 0
    data: bytes | None = None
    fault: str = ""

    @property
    def name(self) -> str:
        """The file's name, with the line where it is one of many: what stands in for a missing key."""
        name = Path(self.path).name or self.input
        return f"{name}:{self.line}" if self.line else name

    def load(self, settings: PageSettings) -> bytes:
        """The page's bytes, decompressed. Raises SetAside when they cannot be had or are too many."""
        if self.fault:
            raise SetAside(self.fault)
        limit = settings.max_page_bytes
        if self.size > limit:
            raise SetAside(_too_large(self, self.size, limit))
        data = self._bytes(limit) if self.data is None else self.data
        if len(data) > limit:
            raise SetAside(_too_large(self, len(data), limit))
        return data

    def _bytes(self, limit: int) -> bytes:
        try:
            if self.path.lower().endswith(".gz"):
                with gzip.open(self.path) as packed:
                    return packed.read(limit + 1)
            with Path(self.path).open("rb") as file:
                file.seek(self.start)
                return file.read(self.size)
        except (OSError, EOFError, ValueError) as error:
            raise SetAside(f"cannot be read: {_plain(error)}") from error


def kind_of(path: Path) -> tuple[str, bool]:
    """The kind that a file's name promises, and whether it is compressed."""
    name = path.name.lower()
    packed = name.endswith(".gz")
    suffix = Path(name.removesuffix(".gz")).suffix
    return KINDS_BY_SUFFIX.get(suffix, UNKNOWN), packed


def _too_large(raw: RawPage, size: int, limit: int) -> str:
    what = f"line {raw.line}" if raw.line else "the file"
    over = f"over {limit / 1e6:.3g} MB" if size == limit + 1 else f"{size / 1e6:.1f} MB"
    return (
        f"{what} is {over}, more than one news page holds (limit {limit / 1e6:.3g} MB): "
        "split it, or raise max_page_bytes under [pages] in the settings"
    )


def _plain(error: Exception) -> str:
    return getattr(error, "strerror", None) or str(error) or type(error).__name__
