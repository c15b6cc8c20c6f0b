"""A ledger in memory: everything a run knows, sorted, so that two runs over the same pages compare equal."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from operator import attrgetter
from typing import Any

from attested import codec
from attested.incidents.context import Resolved
from attested.incidents.kept import Kept
from attested.model import (
    Claim,
    Derivation,
    Given,
    Incident,
    Judgement,
    Mention,
    Origin,
    Outline,
    Page,
    Published,
    QuoteLink,
    Redirect,
    Report,
    Statement,
    Story,
    Trend,
)
from attested.values import Actor


@dataclass(frozen=True, slots=True)
class RunSummary:
    """What a run did; ``seconds`` are by stage, ``set_aside`` pages by reason."""

    made_at: str = ""
    version: str = ""
    settings: dict[str, Any] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    set_aside: dict[str, int] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)
    wall_seconds: float = 0.0
    n_new_reports: int = 0

    @property
    def reports_per_second(self) -> float:
        """Reports read in this run over the seconds it took; 0 when nothing was new."""
        return self.n_new_reports / self.wall_seconds if self.wall_seconds else 0.0


def _derivation_key(derivation: Derivation) -> tuple[str, str, str]:
    return derivation.child, derivation.parent or "", derivation.agency or ""


_KEYS: dict[str, Any] = {
    "derivations": _derivation_key,
    "outlines": attrgetter("report_id"),
    "quote_links": attrgetter("quote_id"),
    "judgements": lambda _: 0,  # in the order made
    "redirects": attrgetter("old"),
    "kept": attrgetter("mention_id"),
}
# What differs between two ledgers of the same reports, by how they came to be.
_PAST = frozenset({"summary", "given", "redirects", "kept"})
_BY_ID = attrgetter("id")


@dataclass(frozen=True, slots=True, eq=False)
class Ledger:
    """Everything a run knows. Tuples are kept sorted by id; equal means equal content.

    ``given`` are the ids given so far, ``redirects`` those that lead to another, ``kept`` is what the last run's
    merging leaves to the next; they and the ``summary`` tell how the ledger came to be, and two that differ in them
    may be equal.
    """

    pages: tuple[Page, ...] = ()
    reports: tuple[Report, ...] = ()
    outlines: tuple[Outline, ...] = ()
    mentions: tuple[Mention, ...] = ()
    claims: tuple[Claim, ...] = ()
    published: dict[str, Published] = field(default_factory=dict)
    derivations: tuple[Derivation, ...] = ()
    origins: tuple[Origin, ...] = ()
    stories: tuple[Story, ...] = ()
    incidents: tuple[Incident, ...] = ()
    statements: tuple[Statement, ...] = ()
    trends: tuple[Trend, ...] = ()
    quote_links: tuple[QuoteLink, ...] = ()
    actors: tuple[Actor, ...] = ()
    resolved: Resolved = field(default_factory=lambda: Resolved({}, {}, {}))
    judgements: tuple[Judgement, ...] = ()
    given: tuple[Given, ...] = ()
    redirects: tuple[Redirect, ...] = ()
    kept: tuple[Kept, ...] = ()
    summary: RunSummary = field(default_factory=RunSummary)

    def __post_init__(self) -> None:
        for part in fields(self):
            value = getattr(self, part.name)
            if isinstance(value, (tuple, list)):
                ordered = tuple(sorted(value, key=_KEYS.get(part.name, _BY_ID)))
                object.__setattr__(self, part.name, ordered)

    def content(self) -> dict[str, Any]:
        """The ledger as plain values, without how it came to be (the summary's seconds differ from run to run)."""
        names = (part.name for part in fields(self) if part.name not in _PAST)
        return {name: codec.encode(getattr(self, name)) for name in names}

    def __eq__(self, other: object) -> bool:
        return self.content() == other.content() if isinstance(other, Ledger) else NotImplemented

    __hash__ = None  # type: ignore[assignment]
