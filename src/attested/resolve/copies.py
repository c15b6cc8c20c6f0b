"""What copies of one text say of each other's days: they come out within days."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from attested.lineage.classify import COPIES
from attested.lineage.joined import joined
from attested.model import Derivation, Report
from attested.resolve.date_clues import DOUBTED, Clue, Fixed, widened

SIBLING_DAYS = 3
"""A copy mostly comes out within three days of what it copies."""
SIBLING_SHARE = 0.8
"""A relative's clue counts a little less than one's own."""
MAX_SHARED = 60
"""Clues of relatives that are heard, the heaviest first."""
CLOSE = 0.3
"""Score of a rewrite from which it is close to its text: one that took over less may be of another week."""
KIN_DAYS = 10
KIN_SHARE = 0.6
"""Days that may lie between a text and such a distant rewrite, or a later version, and how much its clues count."""
VERSION = 8.0
"""Votes: more than a publisher's own field, which says when the first version came."""
_TRUSTED_KINDS = frozenset({"metadata", "stamp", "url", "dateline"})
_TRUSTED = 3.0  # votes


def version_clues(reports: Iterable[Report], derivations: Iterable[Derivation]) -> dict[str, Clue]:
    """Return for each later version of one address the days on which it can have come: after the earlier one was
    saved, and before it was saved itself. Its page still states the day of the first."""
    by_id = {report.id: report for report in reports}
    found: dict[str, Clue] = {}
    for derivation in derivations:
        child, parent = by_id.get(derivation.child), by_id.get(derivation.parent or "")
        if not derivation.is_version or child is None or parent is None or child.url != parent.url:
            continue
        first, last = _captured(parent), _captured(child)
        if first is not None and last is not None and first <= last:
            why = f"its page still said otherwise when it was saved on {date.fromordinal(first)}"
            found[child.id] = Clue("lineage", Fixed(first, last), VERSION, why)
    return found


def _captured(report: Report) -> int | None:
    """The day (ordinal) on which a report was saved."""
    days = [c.value.start for c in report.candidates if c.kind == "captured" and c.value.start]
    return days[0].toordinal() if days else None


def stamped_day(clues: Iterable[Clue]) -> int | None:
    """Return the day (ordinal) that a report's trusted stamp gives; None if it has none."""
    days = [
        clue.shape.start
        for clue in clues
        if clue.kind in _TRUSTED_KINDS
        and clue.weight >= _TRUSTED
        and isinstance(clue.shape, Fixed)
        and clue.shape.start is not None
        and clue.shape.start == clue.shape.end
    ]
    return min(days, default=None)


def in_doubt(clue: Clue) -> Clue:
    """Return a clue with hardly a vote if it is a trusted stamp, as it is otherwise."""
    is_stamp = clue.kind in _TRUSTED_KINDS and clue.weight >= _TRUSTED
    return replace(clue, weight=DOUBTED) if is_stamp else clue


def with_family(own: Mapping[str, list[Clue]], derivations: Sequence[Derivation]) -> dict[str, list[Clue]]:
    """Return each report's clues with those of its relatives, which count less and have room for the days between.

    What several copies say alike counts once, so a dispatch printed by a hundred papers is not dated by them.
    """
    pooled = {report_id: list(clues) for report_id, clues in own.items()}
    known = {report_id: {_key(clue) for clue in clues} for report_id, clues in own.items()}
    for among, days, share in (
        (close_kin(derivations), SIBLING_DAYS, SIBLING_SHARE),
        (derivations, KIN_DAYS, KIN_SHARE),
    ):
        for family in families(among, own):
            shared: dict[tuple[object, ...], Clue] = {}
            for clue in (clue for report_id in family for clue in own[report_id]):
                if _key(clue) not in shared and (wider := widened(clue, days, share)):
                    shared[_key(clue)] = wider
            # Heaviest first, and no more than say it all: a family of thousands must not cost its size squared.
            kept = sorted(shared.items(), key=lambda item: -item[1].weight)[:MAX_SHARED]
            for report_id in family:
                pooled[report_id] += [clue for key, clue in kept if key not in known[report_id]]
                known[report_id].update(key for key, _ in kept)
    return pooled


def close_kin(derivations: Iterable[Derivation]) -> list[Derivation]:
    """Return the derivations that carry a text on as it is, or rewrite much of it."""
    return [d for d in derivations if not d.is_version and (d.kind in COPIES or d.score.value >= CLOSE)]


def _key(clue: Clue) -> tuple[object, ...]:
    """What makes two clues of a family one."""
    return clue.kind, clue.shape, clue.weight


def families(derivations: Iterable[Derivation], known: Iterable[str]) -> list[list[str]]:
    """Return the reports that go back to one text, each family sorted."""
    ids = sorted(known)
    pairs = ((d.child, d.parent) for d in derivations if d.parent is not None)
    found: dict[str, list[str]] = defaultdict(list)
    for report_id, first in joined(ids, pairs).items():
        found[first].append(report_id)
    return [family for family in found.values() if len(family) > 1]
