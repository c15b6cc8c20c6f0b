"""A small world for tests of merging and fusing: reports with mentions, claims, days, places and origins."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from factory import outline, published

from attested.incidents.context import FuseContext, Resolved
from attested.model import Claim, Derivation, Mention, Origin, Report
from attested.resolve.dates import Anchored
from attested.resolve.places import PlaceLink
from attested.values import PartialDate, Place, Score

BIU = Place("Biu", "NG", 10.61, 12.19, "Borno", precision=1)
YOLA = Place("Yola", "NG", 9.21, 12.48, "Adamawa", precision=1)
MONDAY = date(2025, 3, 10)


def world(
    reports: Sequence[Report],
    mentions: Sequence[Mention] = (),
    claims: Sequence[Claim] = (),
    *,
    days: Mapping[str, date | PartialDate] | None = None,
    places: dict[str, Place] | None = None,
    families: Sequence[Sequence[Report]] = (),
    out_on: dict[str, date] | None = None,
    spun: frozenset[str] = frozenset(),
    seats: dict[str, Place] | None = None,
) -> FuseContext:
    """The context of these rows. ``days`` and ``places`` are by claim id, ``out_on`` (else the Monday) and ``seats``
    by report id; reports not in ``families`` are origins of their own."""
    copied = {r.id for family in families for r in family}
    groups = [tuple(r.id for r in family) for family in families]
    groups += [(r.id,) for r in reports if r.id not in copied]
    origins = tuple(Origin(f"or_{group[0]}", tuple(sorted(group))) for group in groups)
    return FuseContext(
        reports={r.id: r for r in reports},
        outlines={r.id: outline(r) for r in reports},
        published={r.id: published(r, (out_on or {}).get(r.id, MONDAY)) for r in reports},
        mentions={m.id: m for m in mentions},
        claims={c.id: c for c in claims},
        origins=origins,
        resolved=Resolved(
            {
                key: Anchored(day if isinstance(day, PartialDate) else PartialDate.day(day), "test")
                for key, day in (days or {}).items()
            },
            {key: PlaceLink(place, Score(1.0)) for key, place in (places or {}).items()},
            {},
            {key: PlaceLink(place, Score(0.5), (), "its town") for key, place in (seats or {}).items()},
        ),
        actors=(),
        spun=spun,
    )


def copy_of(child: Report, parent: Report) -> Derivation:
    """The child as an identical copy of the parent, aligned from end to end."""
    from attested.model import Passage

    whole = Passage(0, len(child.text), 0, len(parent.text))
    return Derivation(child.id, parent.id, "identical", Score(1.0), passages=(whole,))
