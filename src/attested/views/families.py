"""Who has it from whom: the reports of each origin as a tree, under the dispatches that nobody saved."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, field

from attested.errors import InputError
from attested.model import Derivation, Origin
from attested.views.evidence import outlet_words
from attested.views.facts import Facts
from attested.views.lookup import reports_named
from attested.views.words import date_words, number_words


@dataclass(slots=True)
class Branch:
    """A report, or a dispatch that nobody saved (``report`` None), with what was made from it.

    ``kind`` and ``why`` are of the edge to what stands above it; a root has neither.
    """

    report: str | None
    label: str
    when: str = ""
    kind: str = ""
    score: float | None = None
    why: str = ""
    n_passages: int = 0
    is_version: bool = False
    branches: list[Branch] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Family:
    """One origin: its tree, how many reports it has, and why they count once."""

    origin: str
    agency: str | None
    n_reports: int
    why: str
    roots: tuple[Branch, ...]

    @property
    def reports(self) -> tuple[str, ...]:
        """Its reports as they stand in the tree, from the top."""
        return tuple(_reports_in(self.roots))

    @property
    def is_alone(self) -> bool:
        """Whether it is one report, made from nothing."""
        return len(self.roots) == 1 and self.roots[0].report is not None and not self.roots[0].branches


@dataclass(frozen=True, slots=True)
class LineageView:
    """What stands behind a set of reports. ``alone`` are those that share their text with no other."""

    n_reports: int
    n_origins: int
    n_spun: int
    families: tuple[Family, ...]
    alone: tuple[Branch, ...]

    @property
    def verdict(self) -> str:
        """The set's corroboration in words."""
        said = (
            f"{number_words(self.n_reports, 'report')}, {number_words(self.n_origins, 'independent origin')}"
        )
        return f"{said}, {self.n_spun} machine-spun" if self.n_spun else said


def _reports_in(branches: Iterable[Branch]) -> Iterator[str]:
    for branch in branches:
        if branch.report is not None:
            yield branch.report
        yield from _reports_in(branch.branches)


def lineage_view(facts: Facts, wanted: Sequence[str] = ()) -> LineageView:
    """The lineage of the reports that ``wanted`` names (all when it is empty): ids of reports, stories, origins or
    incidents, or files. A report brings its whole family. Raises InputError for a name that nothing has."""
    asked = _reports(facts, wanted) if wanted else set(facts.reports)
    families = family_trees(facts, asked)
    alone = [family for family in families if family.is_alone]
    return LineageView(
        len(asked),
        len(families),
        len(asked & facts.spun),
        tuple(family for family in families if not family.is_alone),
        tuple(_branch(facts, r) for r in facts.by_day(str(f.roots[0].report) for f in alone)),
    )


def family_trees(facts: Facts, reports: Set[str]) -> tuple[Family, ...]:
    """The origins of these reports as trees, each with all of its reports, the largest first."""
    origins = (origin for origin in facts.origins if not reports.isdisjoint(origin.reports))
    return tuple(_family(facts, o) for o in sorted(origins, key=lambda o: (-len(o.reports), o.id)))


def _reports(facts: Facts, wanted: Sequence[str]) -> set[str]:
    found: set[str] = set()
    for name in wanted:
        rows = reports_named(facts, name)
        if not rows:
            raise InputError(
                f"nothing in this ledger is called {name!r}; list ids with: attested show reports"
            )
        found.update(rows)
    return found


def _family(facts: Facts, origin: Origin) -> Family:
    """The tree: each report once, under the best of its parents in the family."""
    branches = {report: _branch(facts, report) for report in origin.reports}
    unseen: dict[str, Branch] = {}
    roots: list[Branch] = []
    for report in facts.by_day(origin.reports):
        edge = _edge_up(facts, report, branches)
        if edge is None:
            roots.append(branches[report])
            continue
        _tell(branches[report], edge)
        _above(edge, branches, unseen).branches.append(branches[report])
    return Family(origin.id, origin.agency, len(origin.reports), origin.why, (*unseen.values(), *roots))


def _edge_up(facts: Facts, report: str, branches: dict[str, Branch]) -> Derivation | None:
    """The edge under which a report is shown: a parent in its family, else a dispatch that nobody saved."""
    edges = facts.made_from.get(report, ())
    inside = [d for d in edges if d.parent in branches and not d.is_sibling]
    best = max(inside, key=lambda d: (d.score.value, d.parent or ""), default=None)
    return best or next((d for d in edges if d.parent is None or d.is_sibling), None)


def _tell(branch: Branch, edge: Derivation) -> None:
    branch.kind, branch.score, branch.why = edge.kind, edge.score.value, edge.why or edge.score.detail
    branch.n_passages, branch.is_version = len(edge.passages), edge.is_version


def _above(edge: Derivation, branches: dict[str, Branch], unseen: dict[str, Branch]) -> Branch:
    """The branch that an edge leads to; one for each agency whose dispatch nobody saved."""
    if edge.parent is not None and not edge.is_sibling:
        return branches[edge.parent]
    what = "an original" if edge.kind == "spun" else "a dispatch"
    label = f"a dispatch of {edge.agency}" if edge.agency else what
    return unseen.setdefault(label, Branch(None, f"{label} that nobody saved"))


def _branch(facts: Facts, report: str) -> Branch:
    headline = facts.reports[report].headline or "no headline"
    when = date_words(facts.published(report).interval)
    return Branch(report, f"{outlet_words(facts, report)}: “{headline}”", when)
