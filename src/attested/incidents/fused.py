"""An incident and a trend as a reader sees them: values computed from claims, each with what it rests on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from attested.model import Claim, Judgement, Voice
from attested.values import Count, PartialDate, Place

COUNTS = ("killed", "injured", "abducted", "missing")
"""The fields that are numbers of people."""


@dataclass(frozen=True, slots=True)
class FusedValue:
    """One value with the claims that say it and how many independent origins they have.

    ``degraded`` values stand in machine-spun text alone: its words are not to be trusted.
    """

    value: str
    claims: tuple[str, ...]
    n_origins: int
    by: Voice | None = None
    actor: str | None = None
    degraded: bool = False


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A field on which the reports disagree, its values side by side, and why it counts as disagreement."""

    field: str
    values: tuple[FusedValue, ...]
    why: str


@dataclass(frozen=True, slots=True)
class FusedIncident:
    """One incident: shown values with low/best/high, who says so, and where the reports disagree.

    ``type`` is an ACLED sub-event type, ``plover`` a PLOVER root; ``date_why``, ``place_why`` explain choices;
    ``told`` has every day, place, killed and injured that is told, each with who stands behind it;
    ``corrections`` are the values that people gave it, which are shown instead; ``apart`` are the fields of which
    more than one value is told, disputed or not.
    """

    id: str
    type: str
    plover: str
    date: PartialDate
    place: Place | None
    killed: Count | None
    injured: Count | None
    weapon: tuple[FusedValue, ...]
    target: tuple[FusedValue, ...]
    victims: tuple[FusedValue, ...]
    perpetrator_alleged: tuple[FusedValue, ...]
    responsibility_claimed: tuple[FusedValue, ...]
    responsibility_denied: tuple[FusedValue, ...]
    reports: tuple[str, ...]
    n_reports: int
    n_origins: int
    contradictions: tuple[Contradiction, ...]
    claims: tuple[Claim, ...]
    headline: str
    why_merged: tuple[str, ...] = ()
    date_why: str = ""
    place_why: str = ""
    effect: tuple[FusedValue, ...] = ()
    abducted: Count | None = None
    missing: Count | None = None
    told: Mapping[str, tuple[FusedValue, ...]] = field(default_factory=dict)
    corrections: tuple[Judgement, ...] = ()
    apart: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class FusedTrend:
    """One habitual or summary statement with its number, direction and period as far as they are said."""

    id: str
    text: str
    value: int | None
    approximate: bool
    direction: str | None
    period: PartialDate
    reports: tuple[str, ...]
    n_origins: int
    claims: tuple[Claim, ...]
