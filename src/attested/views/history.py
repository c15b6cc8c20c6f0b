"""How an incident's values came to be: day by day which reports came in, what they moved, and on whose word.

The values of a day are those that ``--as-of`` gives for it: fused anew from the claims known then.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date
from functools import cached_property
from typing import Any

from attested import codec
from attested.errors import InputError
from attested.incidents.backing import Backer, Backing
from attested.incidents.context import FuseContext
from attested.incidents.fuse import fuse_incident
from attested.incidents.fused import FusedIncident
from attested.ledger.store import Ledger
from attested.lineage.origins import spun_reports
from attested.model import Claim, Derivation, Incident, Judgement, Voice
from attested.values import PartialDate
from attested.views.evidence import outlet_words
from attested.views.facts import Facts
from attested.views.fusing import fuse_context
from attested.views.lookup import id_meant, no_row
from attested.views.moves import Move, moves_between
from attested.views.words import incident_title


@dataclass(frozen=True, slots=True)
class Arrival:
    """A report that came in, and what it is to those that were there.

    ``kind`` is "own text", "later version", a kind of derivation, "same text" for a sibling or for what another was
    made from, or "beside" for a report that does not tell of the incident but shows whose words others are.
    ``of`` is the report that it was made from; ``is_new_origin``: nobody of its origin had told of the incident.
    """

    report: str
    outlet: str
    headline: str
    published: PartialDate
    kind: str
    of: str | None = None
    is_new_origin: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """One day (None: the reports of unknown date, which are counted from the beginning) and what it moved.

    ``incident`` is what ``--as-of`` that day gives. If it is not ``has_moved``, the day's reports are copies.
    """

    day: date | None
    arrivals: tuple[Arrival, ...]
    moves: tuple[Move, ...]
    has_moved: bool
    incident: FusedIncident


@dataclass(frozen=True, slots=True)
class History:
    """An incident's days, the earliest first; ``incident`` is what is known at the end of them.

    ``as_of`` is the day up to which it goes, if one was asked for; ``fields`` are those asked for, none if all were.
    ``decisions`` are the values that people gave it, which are shown from the day on which they did.
    """

    id: str
    title: str
    incident: FusedIncident
    steps: tuple[Step, ...]
    as_of: date | None = None
    fields: tuple[str, ...] = ()
    decisions: tuple[Judgement, ...] = ()

    def of_fields(self, fields: Collection[str]) -> History:
        """The same days with the moves of these fields alone; a day has moved if one of them did."""
        return replace(self, steps=tuple(_of(s, fields) for s in self.steps), fields=tuple(sorted(fields)))

    def row(self) -> dict[str, Any]:
        """As plain JSON values; ``before`` and ``after`` of a move are those of the export."""
        steps = [
            {
                "day": step.day.isoformat() if step.day else None,
                "has_moved": step.has_moved,
                "reports": [codec.encode(arrival) for arrival in step.arrivals],
                "moves": [codec.encode(move) for move in step.moves],
            }
            for step in self.steps
        ]
        known = {"n_reports": self.incident.n_reports, "n_origins": self.incident.n_origins}
        as_of = {"as_of": self.as_of.isoformat()} if self.as_of else {}
        decisions = [codec.encode(judgement) for judgement in self.decisions]
        return {"id": self.id, "title": self.title, **known, **as_of, "steps": steps, "decisions": decisions}


def _of(step: Step, fields: Collection[str]) -> Step:
    moves = tuple(move for move in step.moves if move.field in fields)
    return replace(step, moves=moves, has_moved=any(move.change != "repeated" for move in moves))


def history(ledger: Ledger, wanted: str, *, as_of: date | None = None) -> History:
    """The history of the incident with this id, or the one whose id begins so, up to ``as_of``.

    Raises InputError when no incident or more than one is meant, or nobody had told of it by ``as_of``.
    """
    incident = find_incident(ledger, wanted)
    around = _around(ledger, incident)
    facts = Facts(around, as_of=as_of)
    given = fuse_context(ledger).corrections.get(incident.id, ())
    known = replace(
        fuse_context(around), corrections={incident.id: given}, spun=spun_reports(ledger.derivations)
    )
    context = _remembering(known)
    steps = _steps(facts, context, incident)
    if not steps:
        first = min(day for r in context.reports_of(incident.mention_ids) if (day := _day(context, r)))
        raise InputError(f"nobody had told of {incident.id} by {as_of}; the first report of it is of {first}")
    last = steps[-1].incident
    decisions = tuple(j for j in given if as_of is None or j.at[:10] <= as_of.isoformat())
    return History(incident.id, incident_title(last), last, tuple(steps), as_of, (), decisions)


def find_incident(ledger: Ledger, wanted: str) -> Incident:
    """The incident with this id, or the one whose id begins so. Raises InputError if there is none, or several."""
    incidents = {incident.id: incident for incident in ledger.incidents}
    if (meant := id_meant(incidents, wanted)) is not None:
        return incidents[meant]
    if told := _told_in(ledger, wanted):
        raise InputError(f"no incident {wanted!r} in this ledger; did you mean {' or '.join(told)}?")
    raise InputError(no_row(ledger, incidents, wanted, "incident"))


def _told_in(ledger: Ledger, report: str) -> list[str]:
    """The incidents that a report of this name tells of."""
    told = {mention.id for mention in ledger.mentions if mention.report_id == report}
    return [incident.id for incident in ledger.incidents if not told.isdisjoint(incident.mention_ids)]


def _around(ledger: Ledger, incident: Incident) -> Ledger:
    """The part of a ledger that an incident's values depend on: its claims, and its reports with their kin."""
    mentions = [mention for mention in ledger.mentions if mention.id in incident.mention_ids]
    own = {mention.report_id for mention in mentions}
    all_kin = _Kin(ledger.derivations)
    derivations, linked = all_kin.edges(own), all_kin.of(own)
    origins = [origin for origin in ledger.origins if not linked.isdisjoint(origin.reports)]
    kin = linked.union(*(origin.reports for origin in origins))
    ids = {mention.id for mention in mentions}
    claims = [claim for claim in ledger.claims if claim.mention_id in ids]
    reports = [report for report in ledger.reports if report.id in kin]
    pages = {report.page_id for report in reports}
    return replace(
        ledger,
        pages=tuple(page for page in ledger.pages if page.id in pages),
        reports=tuple(reports),
        outlines=(),
        mentions=tuple(mentions),
        claims=tuple(claims),
        derivations=tuple(derivations),
        origins=tuple(origins),
        stories=(),
        incidents=(incident,),
        statements=(),
        trends=(),
        quote_links=(),
    )


class _Kin:
    """What reports go back to: their parents, those of these and so on, and who shares an unsaved dispatch."""

    def __init__(self, derivations: Iterable[Derivation]) -> None:
        self._up: defaultdict[str, list[Derivation]] = defaultdict(list)
        self._beside: defaultdict[str, list[Derivation]] = defaultdict(list)
        for derivation in derivations:
            self._up[derivation.child].append(derivation)
            if derivation.is_sibling and derivation.parent is not None:
                self._beside[derivation.parent].append(derivation)

    def edges(self, reports: Iterable[str]) -> list[Derivation]:
        """The derivations of these reports and of all that is above them, and those of their siblings."""
        stack = list(reports)
        seen = set(stack)
        found = {id(edge): edge for report in stack for edge in self._beside.get(report, ())}
        while stack:
            for edge in self._up.get(stack.pop(), ()):
                found[id(edge)] = edge
                if edge.parent is not None and edge.parent not in seen:
                    seen.add(edge.parent)
                    stack.append(edge.parent)
        return list(found.values())

    def of(self, reports: Iterable[str]) -> set[str]:
        """These reports, all that is above them, and their siblings."""
        found = set(reports)
        for edge in self.edges(found):
            found |= {edge.child} if edge.parent is None else {edge.child, edge.parent}
        return found


@dataclass(frozen=True)
class _Remembering(FuseContext):
    """A context whose days share what they found out about who stands behind a claim.

    That depends on which of the reports above its own are known, and where it names another newsroom, on which of
    their families are. From day to day known reports only become more, so their number says which they are.
    """

    kin: Mapping[str, frozenset[str]] = field(default_factory=dict)
    families: Mapping[str, frozenset[str]] = field(default_factory=dict)
    found: dict[tuple[str, int], Backer | None] = field(default_factory=dict)

    @cached_property
    def backing(self) -> Backing:
        """Who stands behind each claim."""
        return _RememberingBacking(self)


class _RememberingBacking(Backing):
    """Traces a claim anew only when more of what it may go back to is known."""

    def __init__(self, context: _Remembering) -> None:
        super().__init__(context.reports, context.derivations, context.origins, context.spun)
        self._found, known = context.found, context.reports.keys()
        self._n_kin = {report: len(context.kin[report] & known) for report in known}
        self._n_families = {report: len(context.families[report] & known) for report in known}

    def _traced(self, claim: Claim) -> Backer | None:
        n_known = self._n_families if _names_newsroom(claim.voice) else self._n_kin
        key = claim.id, n_known[claim.report_id]
        if key not in self._found:
            self._found[key] = super()._traced(claim)
        return self._found[key]


def _names_newsroom(voice: Voice | None) -> bool:
    while voice is not None and voice.kind != "other report":
        voice = voice.via
    return voice is not None


def _remembering(context: FuseContext) -> _Remembering:
    all_kin = _Kin(context.derivations)
    kin = {report: frozenset(all_kin.of((report,))) for report in context.reports}
    members = {report: origin.reports for origin in context.origins for report in origin.reports}
    families = {report: above.union(*(members.get(r, ()) for r in above)) for report, above in kin.items()}
    own = {part.name: getattr(context, part.name) for part in fields(context)}
    return _Remembering(**own, kin=kin, families=families)


def _steps(facts: Facts, context: FuseContext, incident: Incident) -> list[Step]:
    """The days on which a report of it came in, or on which a report of their kin made any difference."""
    telling = set(context.reports_of(incident.mention_ids)) & facts.reports.keys()
    by_day: dict[date | None, list[str]] = defaultdict(list)
    for report in sorted(facts.reports):
        by_day[_day(context, report)].append(report)
    steps: list[Step] = []
    before = None
    for day in sorted(by_day, key=lambda d: d or date.min):
        step = _step(facts, context, before, day, telling)
        if step is not None and (step.moves or not telling.isdisjoint(by_day[day])):
            steps.append(step)
            before = step.incident
    return steps


def _step(
    facts: Facts, context: FuseContext, before: FusedIncident | None, day: date | None, telling: set[str]
) -> Step | None:
    """The state at the end of a day beside the one before it; None as long as nobody has told of the incident."""
    known = context.as_known_on(day or date.min)
    if not known.incidents:
        return None
    after = fuse_incident(known, known.incidents[0])
    moves = moves_between(facts, known, before, after)
    came = [report for report in known.reports if _day(known, report) == day]
    came = [report for report in came if report in telling] or came
    arrivals = tuple(_arrivals(facts, known, before, came, telling))
    return Step(day, arrivals, moves, any(move.is_movement for move in moves), after)


def _arrivals(
    facts: Facts, context: FuseContext, before: FusedIncident | None, came: Sequence[str], telling: set[str]
) -> Iterator[Arrival]:
    """The day's reports, each after what it was made from; then those that tell nothing of it."""
    heard = {context.origin_of.get(report, report) for report in (before.reports if before else ())}
    edges = {report: _edge_up(context, report, telling) for report in came}
    for report in sorted(came, key=lambda r: (r not in telling, _depth(r, edges), r)):
        edge, origin = edges[report], context.origin_of.get(report, report)
        is_new = report in telling and origin not in heard
        yield Arrival(
            report,
            outlet_words(facts, report),
            facts.reports[report].headline or "(no headline)",
            facts.published(report).interval,
            _kind(context, report, edge, is_heard=not is_new) if report in telling else "beside",
            edge.parent if edge else None,
            is_new,
        )
        heard |= {origin} if report in telling else set()


def _edge_up(context: FuseContext, report: str, telling: set[str]) -> Derivation | None:
    """The best edge to a report that is known by then and was seen, one that tells of the incident if any."""
    edges = (d for d in context.derivations if d.child == report and d.parent in context.reports)
    return max(
        edges, key=lambda d: (d.parent in telling, not d.is_sibling, d.score.value, d.parent), default=None
    )


def _depth(report: str, edges: Mapping[str, Derivation | None]) -> int:
    """How many of the day's reports stand above one."""
    above = [report]
    while (edge := edges.get(above[-1])) and edge.parent not in above and edge.parent is not None:
        above.append(edge.parent)
    return len(above)


def _kind(context: FuseContext, report: str, edge: Derivation | None, *, is_heard: bool) -> str:
    if report in context.spun:
        return "spun"
    if edge is None or edge.is_sibling:
        return "same text" if is_heard else "own text"
    return "later version" if edge.is_version else edge.kind


def _day(context: FuseContext, report: str) -> date | None:
    """The first day on which a report can have gone out, as ``as_known_on`` counts it."""
    return context.published[report].interval.start
