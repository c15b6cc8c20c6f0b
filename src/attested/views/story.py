"""A story, or one origin, as a reader sees it: its reports by family, what each was made from and brought, and which
values rest on which origin."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from string import ascii_uppercase

from attested.incidents.corrections import date_of
from attested.incidents.fused import FusedIncident
from attested.model import Origin, Story
from attested.values import PartialDate
from attested.views.evidence import outlet_words
from attested.views.facts import Facts
from attested.views.families import Branch, Family, family_trees
from attested.views.held import origin_name
from attested.views.lineage_parts import LineagePicture
from attested.views.lineage_picture import first_day, lineage_picture
from attested.views.rests import Brought, ValueRow, brought, own_sentences, value_rows
from attested.views.words import date_words, incident_title


@dataclass(frozen=True, slots=True)
class Listed:
    """A report in its family's tree, or a wire that nobody saved (``report`` is None).

    ``parent`` is the report it was made from, if that was seen, ``under`` the words for what it was made from.
    ``own`` are how many sentences stand in nothing it is aligned with, and how many it has.
    """

    report: str | None
    outlet: str
    headline: str
    when: str
    basis: str
    depth: int
    kind: str
    parent: str | None
    under: str
    why: str
    brought: tuple[Brought, ...]
    own: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class ListedFamily:
    """One origin with its reports, those that were made from one below it."""

    origin: str
    name: str
    why: str
    n_reports: int
    reports: tuple[Listed, ...]


@dataclass(frozen=True, slots=True)
class ToldIncident:
    """An incident with its values; ``letter`` stands for it in the picture if there are several."""

    id: str
    letter: str
    title: str
    rows: tuple[ValueRow, ...]


@dataclass(frozen=True, slots=True)
class StoryView:
    """Everything on the page of a story or an origin; ``families`` in the order of time, ``days`` of its reports."""

    id: str
    title: str
    when: PartialDate
    n_reports: int
    n_spun: int
    families: tuple[ListedFamily, ...]
    incidents: tuple[ToldIncident, ...]
    picture: LineagePicture | None
    days: tuple[date, ...]

    @property
    def letters(self) -> dict[str, str]:
        """Incident id -> what it goes by in the picture."""
        return {incident.id: incident.letter for incident in self.incidents}

    @property
    def has_elsewhere(self) -> bool:
        """Whether an origin that none of its reports has stands behind a value."""
        known = self.by_origin
        return any(o not in known for i in self.incidents for row in i.rows for o in row.by_origin)

    @property
    def by_origin(self) -> dict[str, ListedFamily]:
        """Its families by the id of their origin."""
        return {family.origin: family for family in self.families}


def story_view(facts: Facts, id: str) -> StoryView | None:
    """The story or the origin of this id; None if none of its reports was known by then."""
    rows: tuple[Story | Origin, ...] = (*facts.stories, *facts.origins)
    found = next((row for row in rows if row.id == id), None)
    if found is None:
        return None
    reports = frozenset(found.reports)
    trees = sorted(family_trees(facts, reports), key=lambda family: first_day(facts, family))
    fused = [incident for incident in facts.incidents if not reports.isdisjoint(incident.reports)]
    incidents = tuple(_told(facts, fused))
    new = brought(facts, (row for incident in incidents for row in incident.rows))
    days = [when for r in reports if (when := facts.published(r).interval).start and when.end]
    return StoryView(
        id,
        _title(facts, found),
        _span(days),
        len(reports),
        len(reports & facts.spun),
        tuple(_family(facts, tree, new) for tree in trees),
        incidents,
        lineage_picture(facts, trees, new, {i.id: i.letter for i in incidents}),
        tuple(sorted({when.start for when in days if when.start})),
    )


def _title(facts: Facts, row: Story | Origin) -> str:
    """A story's headline if a report of then has it, else that of the first report; an origin's name."""
    if isinstance(row, Origin):
        return origin_name(facts, row.id)
    known = [facts.reports[report].headline for report in facts.by_day(row.reports)]
    return row.headline if row.headline in known else known[0] or row.headline


def _told(facts: Facts, incidents: Sequence[FusedIncident]) -> Iterator[ToldIncident]:
    """Incidents with the letters they go by, those that most reports tell first."""
    ordered = sorted(incidents, key=lambda i: (-i.n_reports, str(i.date.start), i.id))
    for n, incident in enumerate(ordered):
        letter = f"{ascii_uppercase[n % 26]}{n // 26 or ''}" if len(ordered) > 1 else ""
        rows = (_in_words(row) for row in value_rows(facts, incident))
        yield ToldIncident(incident.id, letter, incident_title(incident), tuple(rows))


def _in_words(row: ValueRow) -> ValueRow:
    """The row with its day as a reader would say it."""
    return replace(row, value=date_words(date_of(row.value))) if row.field == "date" else row


def _span(days: Sequence[PartialDate]) -> PartialDate:
    ends = [(when.start, when.end) for when in days if when.start and when.end]
    return PartialDate.span(min(ends)[0], max(end for _, end in ends)) if ends else PartialDate()


def _family(facts: Facts, tree: Family, new: dict[str, tuple[Brought, ...]]) -> ListedFamily:
    rows = tuple(_listed(facts, tree.roots, None, 0, new))
    return ListedFamily(tree.origin, origin_name(facts, tree.origin), tree.why, tree.n_reports, rows)


def _listed(
    facts: Facts,
    branches: Iterable[Branch],
    above: Branch | None,
    depth: int,
    new: dict[str, tuple[Brought, ...]],
) -> Iterator[Listed]:
    for branch in branches:
        yield _line(facts, branch, above, depth, new)
        yield from _listed(facts, branch.branches, branch, depth + 1, new)


def _line(
    facts: Facts, branch: Branch, above: Branch | None, depth: int, new: dict[str, tuple[Brought, ...]]
) -> Listed:
    if branch.report is None:
        return Listed(None, branch.label, "", "", "", depth, "unseen", None, "", "", (), None)
    report = facts.reports[branch.report]
    settled = facts.published(report.id)
    kind = (
        "spun"
        if report.id in facts.spun
        else "later version"
        if branch.is_version
        else branch.kind or "own text"
    )
    return Listed(
        report.id,
        outlet_words(facts, report.id),
        report.headline or "no headline",
        date_words(settled.interval) if settled.interval.is_known else "day unknown",
        settled.basis,
        depth,
        kind,
        above.report if above else None,
        "" if above is None else outlet_words(facts, above.report) if above.report else above.label,
        branch.why,
        new.get(report.id, ()),
        own_sentences(facts, report.id),
    )
