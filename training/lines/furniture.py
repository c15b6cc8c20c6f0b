"""Furniture lines written by us (``furniture.toml``): a small grammar and its writer."""

from __future__ import annotations

import random
import re
import tomllib
from pathlib import Path

_TABLE = tomllib.loads(Path(__file__).with_name("furniture.toml").read_text(encoding="utf-8"))
SLOTS: dict[str, list[str]] = _TABLE["slots"]
LINES: dict[str, list[str]] = _TABLE["lines"]
_SLOT = re.compile(r"\{(\w+)\}")
_CHOICE = re.compile(r"\[([^\[\]]*\|[^\[\]]*)\]")


def write(kind: str, rng: random.Random, sentence: str = "") -> str:
    """One line of a kind; ``sentence`` fills a caption's own words."""
    text = rng.choice(LINES[kind])
    while match := _CHOICE.search(text):
        text = text[: match.start()] + rng.choice(match.group(1).split("|")) + text[match.end() :]
    text = _SLOT.sub(lambda slot: sentence if slot[1] == "sentence" else rng.choice(SLOTS[slot[1]]), text)
    return text.strip() or "Menu"
