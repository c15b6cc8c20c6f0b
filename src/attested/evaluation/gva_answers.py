"""What a ledger says of each gold report of gva: its main incident, by its own words and by all reports' together."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from attested.evaluation.gva_files import GoldReport
from attested.incidents.context import FuseContext
from attested.incidents.fuse import fuse_incident
from attested.incidents.fused import FusedIncident
from attested.ledger.store import Ledger
from attested.mentions.days import DAY_NEARBY
from attested.model import Incident, Mention, Page, Report
from attested.views.fusing import fuse_context

# An incident -> one report's mentions of it.
Told = Mapping[Incident, Sequence[Mention]]


@dataclass(frozen=True, slots=True)
class Answer:
    """A gold report and the ledger's values of its main incident: ``told`` by itself, ``shown`` by all reports.

    ``aside`` is why the page was not read; without it and without an incident, nothing in the report counts as one.
    """

    gold: GoldReport
    told: FusedIncident | None = None
    shown: FusedIncident | None = None
    aside: str = ""


def answers_of(ledger: Ledger, gold: Sequence[GoldReport]) -> list[Answer]:
    """What the ledger says of each gold report; of a page taken for several reports the first speaks."""
    context = fuse_context(ledger)
    pages = {page.key: page for page in ledger.pages if page.key}
    firsts = _first_reports(ledger)
    mentions = _mentions(context)
    shown: dict[str, FusedIncident] = {}

    def answer(one: GoldReport, page: Page | None) -> Answer:
        report = firsts.get(page.id) if page else None
        if report is None:
            return Answer(one, aside=(page.why if page else None) or "no page")
        told = mentions.get(report.id, {})
        if (main := main_incident(context, told)) is None:
            return Answer(one)
        if main.id not in shown:
            shown[main.id] = fuse_incident(context, main)
        own = replace(main, mention_ids=tuple(m.id for m in told[main]))
        return Answer(one, fuse_incident(context, own), shown[main.id])

    return [answer(one, pages.get(one.id)) for one in gold]


def main_incident(context: FuseContext, told: Told) -> Incident | None:
    """The incident that a report is mainly about, of those it tells; None if it tells none.

    The one with most mentions told as news (history in passing is not counted); among equals the one with most
    claims, then the one told first.
    """

    def weight(incident: Incident) -> tuple[int, int, int]:
        rows = told[incident]
        n_claims = sum(c.unit != DAY_NEARBY for c in context.claims_of(m.id for m in rows))
        return sum(not m.is_background for m in rows), n_claims, -min(m.trigger.start for m in rows)

    return max(told, key=weight, default=None)


def match_incidents(answers: Iterable[Answer]) -> dict[str, FusedIncident]:
    """Gold incident id -> the incident of ours that is the main one of most of its reports, each of ours once.

    The pairs that share most reports are taken first; among equals, by id.
    """
    pairs = [(a.gold.incident.id, a.shown) for a in answers if a.shown is not None]
    ours = {shown.id: shown for _, shown in pairs}
    shared = Counter((gold_id, shown.id) for gold_id, shown in pairs)
    matched: dict[str, FusedIncident] = {}
    taken: set[str] = set()
    for gold_id, our_id in sorted(shared, key=lambda pair: (-shared[pair], pair)):
        if gold_id not in matched and our_id not in taken:
            matched[gold_id] = ours[our_id]
            taken.add(our_id)
    return matched


def _first_reports(ledger: Ledger) -> dict[str, Report]:
    """Page id -> the first report on it."""
    return {r.page_id: r for r in sorted(ledger.reports, key=lambda r: (-r.body[0].start, r.id))}


def _mentions(context: FuseContext) -> dict[str, dict[Incident, list[Mention]]]:
    """Report id -> the incidents it tells of, each with the report's own mentions of it."""
    found: dict[str, dict[Incident, list[Mention]]] = defaultdict(lambda: defaultdict(list))
    for incident, mention in _members(context):
        found[mention.report_id][incident].append(mention)
    return found


def _members(context: FuseContext) -> Iterator[tuple[Incident, Mention]]:
    for incident in context.incidents:
        for mention_id in incident.mention_ids:
            yield incident, context.mentions[mention_id]
