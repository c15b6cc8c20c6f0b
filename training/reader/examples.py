"""One training sentence, the label lists, and how it becomes numbers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from attested.reading.subwords import Pieces, Subwords

NAME_TYPES = ("PER", "LOC", "ORG", "MISC")
# The nine types of ner_worldwide, and which of ours each is.
WORLD_TYPES = {
    "Person": "PER",
    "Location": "LOC",
    "Facility": "LOC",
    "Organization": "ORG",
    "NORP": "MISC",
    "Misc": "MISC",
    "Product": "MISC",
    "Date": "",
    "Money": "",
}
NAMES = ["O", *(f"{mark}-{name}" for name in NAME_TYPES for mark in "BI")]
WORLD_NAMES = ["O", *(f"{mark}-{name}" for name in WORLD_TYPES for mark in "BI")]
# A label that is not known: no loss is taken from it.
UNKNOWN = "?"
IGNORED = -100
# Longer sentences are left out of training: a handful of lists and tables.
MAX_SUBWORDS = 240


# What a word is to an attribution, in the order of the network's scores.
PARTS = ("none", "source", "cue", "content")

# What is done, "none" for a word that tells of nothing; whether it was; and what a word is to it. The order is
# that of the network's scores.
DEEDS = (
    "none", "attack", "clash", "bomb", "suicide", "grenade", "shell", "air", "chem", "abduct", "sexual", "mob", "riot",
    "protest", "force", "arrest", "destroy", "seize", "disrupt", "threat", "torture", "harm",
)  # fmt: skip
STATUSES = ("done", "foiled", "planned", "denied", "habit")
ROLES = (
    "none", "trigger", "perpetrator", "target", "killed", "injured", "harmed", "weapon", "place", "time",
)  # fmt: skip


@dataclass(frozen=True)
class Attributed:
    """One attribution of a sentence: the word that heads its cue, and the part of every word (``PARTS``)."""

    cue: int
    parts: tuple[int, ...]


@dataclass(frozen=True)
class Deed:
    """Something done that a sentence tells: its topmost trigger word, kind, status and the role of every word."""

    head: int
    kind: int
    status: int
    roles: tuple[int, ...]


@dataclass(frozen=True)
class Example:
    """A sentence in words with whatever gold labels its corpus has; an empty list is "not annotated here".

    ``said`` is None where nobody marked attributions, and empty where there are none; so is ``done``.
    """

    corpus: str
    words: list[str]
    upos: list[str] = field(default_factory=list)
    xpos: list[str] = field(default_factory=list)
    heads: list[int] = field(default_factory=list)
    relations: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    world: list[str] = field(default_factory=list)
    entities: list[str] = field(default_factory=list)
    said: list[Attributed] | None = None
    done: list[Deed] | None = None


@dataclass(frozen=True)
class Labels:
    """The label lists, in the order of the network's outputs."""

    upos: list[str]
    xpos: list[str]
    relation: list[str]
    entity: list[str]
    ner: list[str]
    world: list[str]

    @classmethod
    def of(cls, examples: Iterable[Example]) -> Labels:
        """Every label seen, sorted; "" (no mention head) comes first among the entities."""
        seen: dict[str, set[str]] = {"upos": set(), "xpos": set(), "relations": set(), "entities": set()}
        for example in examples:
            for name, labels in seen.items():
                labels.update(getattr(example, name))
        return cls(
            sorted(seen["upos"]),
            sorted(seen["xpos"]),
            sorted(seen["relations"]),
            ["", *sorted(seen["entities"] - {""})],
            NAMES,
            WORLD_NAMES,
        )


@dataclass(frozen=True)
class Row:
    """An example in numbers. ``targets`` has a list for each task (all ignored where not annotated)."""

    example: Example
    pieces: Pieces
    targets: dict[str, list[int]]


def as_rows(examples: Sequence[Example], labels: Labels, subwords: Subwords) -> list[Row]:
    """Rows of the examples that are short enough."""
    pieces = subwords.encode([e.words for e in examples])
    return [
        Row(example, p, _targets(example, labels))
        for example, p in zip(examples, pieces, strict=True)
        if len(p.ids) <= MAX_SUBWORDS
    ]


def _targets(example: Example, labels: Labels) -> dict[str, list[int]]:
    n = len(example.words)
    targets = {
        "upos": _indexed(example.upos, labels.upos, n),
        "xpos": _indexed(example.xpos, labels.xpos, n),
        "relation": _indexed(example.relations, labels.relation, n),
        "ner": _indexed(example.names, labels.ner, n),
        "world": _indexed(example.world, labels.world, n),
        "entity": _indexed(example.entities, labels.entity, n),
    }
    targets["head"] = list(example.heads) or [IGNORED] * n
    return targets


def _indexed(values: list[str], names: list[str], n: int) -> list[int]:
    index = {name: i for i, name in enumerate(names)}
    return [index.get(v, IGNORED) for v in values] or [IGNORED] * n


def swapped(row: Row, words: list[str], subwords: Subwords) -> Row:
    """The same sentence with other words in the same places (its labels stay)."""
    return Row(replace(row.example, words=words), subwords.encode([words])[0], row.targets)
