"""One frozen ``Settings``, a field group per stage, loaded once from TOML; unknown keys are refused."""

from __future__ import annotations

import os
import tomllib
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any, Self

from attested.errors import InputError


@dataclass(frozen=True, slots=True)
class PageSettings:
    """Limits on what is read. Sizes in bytes after decoding of compression, counts in units."""

    max_page_bytes: int = 10_000_000
    max_text_characters: int = 400_000
    min_body_words: int = 25


@dataclass(frozen=True, slots=True)
class ReadingSettings:
    """The encoder's batches. ``max_sentences`` bounds the work on one report; what is cut is counted."""

    batch_subwords: int = 1_600
    max_sentences: int = 400


@dataclass(frozen=True, slots=True)
class LineageSettings:
    """When two sentences are one (character ratio, 0..100) and how much of a report a copy must share."""

    sentence_ratio: float = 85.0
    min_shared: float = 0.30


@dataclass(frozen=True, slots=True)
class StorySettings:
    """One-pass clustering: reports further apart than the window are never one story."""

    window_days: int = 10
    min_score: float = 0.5


@dataclass(frozen=True, slots=True)
class RunSettings:
    """How the work is spread. Processes, not threads (lxml and onnxruntime both do better so)."""

    n_processes: int = field(default_factory=lambda: max(1, min(4, os.cpu_count() or 1)))


@dataclass(frozen=True, slots=True)
class Settings:
    """Every knob, grouped by stage; ``attested.toml`` may set any: ``[pages] max_page_bytes = ...``."""

    pages: PageSettings = field(default_factory=PageSettings)
    reading: ReadingSettings = field(default_factory=ReadingSettings)
    lineage: LineageSettings = field(default_factory=LineageSettings)
    stories: StorySettings = field(default_factory=StorySettings)
    run: RunSettings = field(default_factory=RunSettings)

    @classmethod
    def load(cls, path: Path | None = None) -> Self:
        """Settings from a TOML file, or the defaults. Raises InputError on an unknown or mistyped key."""
        settings = cls()
        if path is None:
            return settings
        try:
            table = tomllib.loads(path.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            raise InputError(f"{path}: cannot read the settings: {error}") from error
        for group, values in table.items():
            settings = replace(settings, **{group: _filled(settings, group, values, path)})
        return settings


def _filled(settings: Settings, group: str, values: Any, path: Path) -> Any:
    """One group with its values set; raises InputError naming the key that is wrong."""
    groups = [f.name for f in fields(settings)]
    if group not in groups or not isinstance(values, dict):
        raise InputError(f"{path}: no settings group [{group}]; there are: {', '.join(groups)}")
    part = getattr(settings, group)
    known = {f.name: type(getattr(part, f.name)) for f in fields(part)}
    for key, value in values.items():
        if key not in known:
            raise InputError(f"{path}: [{group}] has no key {key!r}; it has: {', '.join(known)}")
        if type(value) is not known[key]:
            raise InputError(f"{path}: [{group}] {key} takes {known[key].__name__}, not {value!r}")
    return replace(part, **values)
