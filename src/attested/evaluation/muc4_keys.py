"""MUC-4's keys as they are written: templates of numbered slots, and the fills of a slot."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

KEYS, ENCODING = "key-*", "latin-1"
ID_SLOT = 0
MONTHS = {name: i for i, name in enumerate("JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC".split(), 1)}
CENTURY = 1900
QUOTED = re.compile(r'"((?:\\.|[^"\\])*)"')
_SLOT = re.compile(r"^(\d+)\.\s+([A-Z :]+?)\s{2,}(.*)$")
_LAST = f"{ID_SLOT}.  MESSAGE: ID                     "  # as if another template followed

Slots = Mapping[int, Sequence[str]]
"""The lines of each slot by its number; none for one that is not there."""


def read_slots(text: str) -> Iterator[tuple[str, Slots]]:
    """(message id, slots) for each template of a key."""
    slots: dict[int, list[str]] = {}
    number = -1
    for line in [*text.splitlines(), _LAST]:
        if line.lstrip().startswith(";"):
            continue
        if slot := _SLOT.match(line):
            number = int(slot[1])
            if number == ID_SLOT:
                if slots:
                    yield slots[ID_SLOT][0].split()[0], slots
                slots = defaultdict(list)
            slots[number].append(slot[3])
        elif line.strip() and number >= 0:
            slots[number].append(line.strip())


def fills(lines: Sequence[str]) -> list[str]:
    """Fills of a slot, "-" and "*" left out: one a line, unless a line goes on from the one before it."""
    found: list[str] = []
    for text in map(str.strip, lines):
        if found and (
            found[-1].endswith(("/", ":")) or text.startswith(("/", ":")) or found[-1].count('"') % 2
        ):
            found[-1] = f"{found[-1]} {text}"
        elif text and text not in {"-", "*"}:
            found.append(text)
    return found
