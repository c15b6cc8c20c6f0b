"""How many newsrooms really stand behind a set of reports: families of derivations, each counted once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from attested.ids import make_id
from attested.lineage.classify import COPIES
from attested.lineage.joined import joined
from attested.model import Derivation, Origin, Report

SAME_PASSAGES = 0.5
"""Share of the words of a child that two parents must both explain to be of one text themselves."""


def trace_origins(reports: Sequence[Report], derivations: Sequence[Derivation]) -> list[Origin]:
    """Return the origins, sorted by id; every report is in exactly one.

    A report goes with the parent that explains most of it, and with others that explain the same passages. One
    that was put together from two wires does not join them: they stay two origins. Two reports that merely
    credit one agency are two of its dispatches. The id is that of the family's root, so it stays when a copy
    is added.
    """
    ids = sorted(report.id for report in reports)
    parents = _parents(derivations, set(ids))
    families: dict[str, list[str]] = {}
    first_of = joined(ids, ((child, parent) for child, found in sorted(parents.items()) for parent in found))
    for report_id in ids:
        families.setdefault(first_of[report_id], []).append(report_id)
    by_id = {report.id: report for report in reports}
    return sorted(
        (_origin(_root(members, parents), members, by_id, derivations) for members in families.values()),
        key=lambda origin: origin.id,
    )


def corroboration(report_ids: Iterable[str], origins: Sequence[Origin]) -> tuple[int, int]:
    """Return how many reports these are and how many independent origins they go back to."""
    wanted = set(report_ids)
    return len(wanted), sum(1 for origin in origins if not wanted.isdisjoint(origin.reports))


def spun_reports(derivations: Sequence[Derivation]) -> frozenset[str]:
    """Return the reports flagged as machine-spun, and whatever carries the text of one on as it is."""
    flagged = {d.child for d in derivations if d.kind == "spun"}
    carried = [(d.child, d.parent) for d in derivations if d.kind in COPIES and d.parent is not None]
    first_of = joined(flagged.union(*carried), carried)
    spun_texts = {first_of[report_id] for report_id in flagged}
    return frozenset(report_id for report_id, first in first_of.items() if first in spun_texts)


def _parents(derivations: Sequence[Derivation], known: set[str]) -> dict[str, list[str]]:
    """Each child's parents in the pile that are of one text: the one that explains most of it, and its kin."""
    ranked: dict[str, list[Derivation]] = {}
    for d in sorted(derivations, key=lambda d: (d.child, -_explained(d), -d.score.value, d.parent or "")):
        if d.child in known and d.parent in known and d.parent != d.child:
            ranked.setdefault(d.child, []).append(d)
    return {child: _kin(found) for child, found in ranked.items()}


def _kin(ranked: Sequence[Derivation]) -> list[str]:
    kin = [ranked[0]]
    for derivation in ranked[1:]:
        if any(_explain_the_same(derivation, other) for other in kin):
            kin.append(derivation)
    return [derivation.parent for derivation in kin if derivation.parent is not None]


def _explain_the_same(left: Derivation, right: Derivation) -> bool:
    """Whether the passages of the child that two parents explain are mostly the same."""
    ours, theirs = ({(p.child_start, p.child_end) for p in d.passages} for d in (left, right))
    smaller = min(_size(ours), _size(theirs))
    return smaller > 0 and _size(ours & theirs) >= SAME_PASSAGES * smaller


def _explained(derivation: Derivation) -> int:
    return _size({(p.child_start, p.child_end) for p in derivation.passages})


def _size(passages: Iterable[tuple[int, int]]) -> int:
    return sum(end - start for start, end in passages)


def _root(members: Sequence[str], parents: Mapping[str, Sequence[str]]) -> str:
    """The member without a parent that most others descend from directly; else the smallest id."""
    n_children = Counter(parent for child in members for parent in parents.get(child, ()))
    roots = [report_id for report_id in members if report_id not in parents] or list(members)
    return min(roots, key=lambda report_id: (-n_children[report_id], report_id))


def _origin(
    root: str, members: Sequence[str], reports: Mapping[str, Report], derivations: Sequence[Derivation]
) -> Origin:
    inside = set(members)
    kinds = Counter[str](d.kind for d in derivations if d.child in inside and d.parent in inside)
    unseen = sorted(
        {
            d.agency
            for d in derivations
            if d.child in inside and (d.parent is None or d.is_sibling) and d.agency
        }
    )
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
