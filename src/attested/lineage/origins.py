"""How many newsrooms really stand behind a set of reports: families of derivations, each counted once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from attested.ids import make_id
from attested.model import Derivation, Origin, Report


def trace_origins(reports: Sequence[Report], derivations: Sequence[Derivation]) -> list[Origin]:
    """Return the origins, sorted by id; every report is in exactly one.

    A report goes with the parent that explains most of it. One that was put together from two wires does not
    join them: they stay two origins. Two reports that merely credit one agency are two of its dispatches.
    The id is that of the family's root, so it stays when a copy is added.
    """
    ids = sorted(report.id for report in reports)
    best = _best_parents(derivations, set(ids))
    families: dict[str, list[str]] = {}
    for report_id in ids:
        families.setdefault(_root(report_id, best), []).append(report_id)
    by_id = {report.id: report for report in reports}
    return sorted(
        (_origin(root, members, by_id, derivations) for root, members in families.items()),
        key=lambda origin: origin.id,
    )


def corroboration(report_ids: Iterable[str], origins: Sequence[Origin]) -> tuple[int, int]:
    """Return how many reports these are and how many independent origins they go back to."""
    wanted = set(report_ids)
    return len(wanted), sum(1 for origin in origins if not wanted.isdisjoint(origin.reports))


def _best_parents(derivations: Sequence[Derivation], known: set[str]) -> dict[str, str]:
    """The parent of each child that has one in the pile: the best score, then the smaller id."""
    ranked = sorted(
        (d for d in derivations if d.parent in known and d.child in known and d.parent != d.child),
        key=lambda d: (d.child, -d.score.value, d.parent or ""),
    )
    best: dict[str, str] = {}
    for derivation in ranked:
        assert derivation.parent is not None
        best.setdefault(derivation.child, derivation.parent)
    return best


def _root(report_id: str, best: Mapping[str, str]) -> str:
    """The first ancestor; in a circle of parents (never made here, but allowed in input) the smallest id."""
    path = [report_id]
    while path[-1] in best:
        parent = best[path[-1]]
        if parent in path:
            return min(path[path.index(parent) :])
        path.append(parent)
    return path[-1]


def _origin(
    root: str, members: Sequence[str], reports: Mapping[str, Report], derivations: Sequence[Derivation]
) -> Origin:
    inside = set(members)
    kinds = Counter[str](d.kind for d in derivations if d.child in inside and d.parent in inside)
    unseen = sorted({d.agency for d in derivations if d.child in inside and d.parent is None and d.agency})
    agency = reports[root].agency or (unseen[0] if unseen else None)
    return Origin(make_id("org", root), tuple(members), agency, _why(members, kinds, agency))


def _why(members: Sequence[str], kinds: Mapping[str, int], agency: str | None) -> str:
    if len(members) == 1:
        return (
            f"one report, of {agency}'s dispatch"
            if agency
            else "one report that shares its text with no other"
        )
    made = ", ".join(f"{kinds[kind]} {kind}" for kind in sorted(kinds))
    behind = f"; behind them {agency}" if agency else ""
    return f"{len(members)} reports of one text: {made}{behind}"
