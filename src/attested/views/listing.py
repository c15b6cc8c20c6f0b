"""Rows as lists show them: made from what is fused, and kept in the ledger's index of shown rows."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from itertools import chain, islice

from attested.collector import without_collector
from attested.incidents.confidence import Confidence
from attested.incidents.fused import FusedIncident, FusedTrend, FusedValue
from attested.incidents.statements import FusedStatement, fuse_statements
from attested.incidents.trends import fuse_trends
from attested.ledger.shown import Ask, Shown
from attested.ledger.shown_index import BATCH_ROWS, Mark, Row
from attested.ledger.sqlite import SqliteStore
from attested.ledger.store import Ledger
from attested.views.doubts import doubts_of
from attested.views.facts import Facts
from attested.views.words import incident_title

Fused = FusedIncident | FusedStatement | FusedTrend
_CLAIMS_SEARCHED = (
    12  # claims' words beside the values: what a reader types is mostly in titles, values and names
)
_MOST_SEARCHED = 1_500  # characters of words that are searched


def shown_row(facts: Facts, fused: Fused) -> Shown:
    """What a list shows of an incident, statement or trend."""
    if isinstance(fused, FusedIncident):
        return _incident(facts, fused)
    return _statement(facts, fused) if isinstance(fused, FusedStatement) else _trend(facts, fused)


def index_ledger(store: SqliteStore, ledger: Ledger) -> None:
    """Bring the index of shown rows up to a ledger as it was saved last or loaded: only rows that differ are written.

    The rows of decisions made meanwhile stay as these made them. If a run ends meanwhile, that run's build has the last
    word: the index is current only when the mark says so (``is_current``).
    """
    index = store.shown_index
    mark = Mark(index.run_of(ledger.summary.made_at), len(ledger.judgements))
    index.begin(mark)
    gone = index.fingerprints()
    rows = map(Row.of, _all(Facts(ledger)))
    new = (row for row in rows if gone.pop(row.shown.id, None) != row.fingerprint)
    with without_collector():
        while batch := list(islice(new, BATCH_ROWS)):
            index.write(batch, [], mark)
    left = iter(sorted(gone))
    while some := list(islice(left, BATCH_ROWS)):
        index.write([], some, mark)
    index.end(mark)


def refresh(store: SqliteStore, facts: Facts, ids: Collection[str], n_decisions: int = 1) -> bool:
    """Bring the rows of these ids up to what ``n_decisions`` made of them; ids that name nothing more are taken out.

    ``facts`` must know the rows, as loaded after the decisions (``store.load(around=ID)``). False if a run ended since
    they were loaded: then nothing is written.
    """
    asked = frozenset(ids)
    rows = [Row.of(shown_row(facts, fused)) for fused in _some(facts, asked)]
    gone = sorted(asked - {row.shown.id for row in rows})
    return store.shown_index.refreshed(rows, gone, facts.ledger.summary.made_at, n_decisions)


def is_current(store: SqliteStore) -> bool:
    """Whether the index of shown rows reflects the ledger's last run and all decisions."""
    return store.shown_index.is_current()


def _all(facts: Facts) -> Iterator[Shown]:
    """Every row of the ledger, one fused after the other: incidents by the day they were first told, as those of one
    story share what is worked out."""
    told = {
        row.id: facts.first_day(facts.context.reports_of(row.mention_ids)) for row in facts.context.incidents
    }
    by_day = sorted(facts.context.incidents, key=lambda row: (str(told[row.id]), row.id))
    incidents = (facts.incident(row) for row in by_day)
    rows: Iterable[Fused] = chain(incidents, facts.statements, facts.trends)
    return (shown_row(facts, fused) for fused in rows)


def _some(facts: Facts, ids: Collection[str]) -> Iterator[Fused]:
    context = facts.context
    yield from (facts.incident(row) for row in context.incidents if row.id in ids)
    yield from fuse_statements(
        replace(context, statements=tuple(row for row in context.statements if row.id in ids))
    )
    yield from fuse_trends(replace(context, trends=tuple(row for row in context.trends if row.id in ids)))


def _incident(facts: Facts, fused: FusedIncident) -> Shown:
    confidence = facts.confidence(fused)
    title, actors = incident_title(fused), tuple(_actors(fused))
    told = (
        value.value for field in ("weapon", "target", "victims", "effect") for value in getattr(fused, field)
    )
    where = (fused.place.name, fused.place.admin1) if fused.place else ()
    places = (value.value for value in fused.told.get("place", ()))
    return Shown(
        id=fused.id,
        kind="incident",
        type=fused.type,
        title=title,
        text=_searched(facts, fused, [title, fused.headline, *where, *places, *actors, *told]),
        date=fused.date,
        place=fused.place,
        killed=fused.killed,
        injured=fused.injured,
        n_reports=fused.n_reports,
        n_origins=fused.n_origins,
        disputed=tuple(dict.fromkeys(found.field for found in fused.contradictions)),
        judged=fused.id in facts.judged,
        sure=confidence.incident.value,
        asks=tuple(_asks(facts, fused, confidence)),
        actors=actors,
        first_reported=facts.first_day(fused.reports),
        confidence=confidence,
    )


def _asks(facts: Facts, fused: FusedIncident, confidence: Confidence) -> list[Ask]:
    """What is asked, the most doubtful first."""
    asks = (Ask(d.ask, d.shown, d.sure, d.why) for d in doubts_of(facts, fused, confidence))
    return sorted(asks, key=lambda ask: (ask.sure, ask.ask))


def _statement(facts: Facts, fused: FusedStatement) -> Shown:
    title = f"{fused.speaker or 'Somebody'}: {fused.what or fused.act.lower()}"
    actors = tuple(
        dict.fromkeys(name for name in (fused.speaker, fused.on_behalf_of, fused.addressee) if name)
    )
    return Shown(
        id=fused.id,
        kind="statement",
        type=fused.act,
        title=title,
        text=_searched(facts, fused, [title, *actors]),
        date=fused.date,
        n_reports=fused.n_reports,
        n_origins=fused.n_origins,
        disputed=tuple(dict.fromkeys(found.field for found in fused.contradictions)),
        judged=fused.id in facts.judged,
        actors=actors,
        first_reported=facts.first_day(fused.reports),
    )


def _trend(facts: Facts, fused: FusedTrend) -> Shown:
    return Shown(
        id=fused.id,
        kind="trend",
        type="trend",
        title=fused.text,
        text=_searched(facts, fused, [fused.text]),
        date=fused.period,
        n_reports=len(fused.reports),
        n_origins=fused.n_origins,
        judged=fused.id in facts.judged,
        first_reported=facts.first_day(fused.reports),
    )


def _actors(fused: FusedIncident) -> Iterator[str]:
    """Whoever is said to have done it or says so, and known bodies and persons that were hit; each once."""
    blamed = (*fused.perpetrator_alleged, *fused.responsibility_claimed)
    known: Iterable[FusedValue] = (value for value in fused.target if value.actor)
    yield from dict.fromkeys(value.value for value in (*blamed, *known) if not value.degraded)


def _searched(facts: Facts, fused: Fused, values: Iterable[str | None]) -> str:
    """All words by which a row is found: its id, its values and its first claims' own words, each once."""
    claims = (claim.span.text for claim in facts.claims_in(fused)[:_CLAIMS_SEARCHED])
    words = dict.fromkeys(" ".join(words.split()) for words in (fused.id, *values, *claims) if words)
    return "\n".join(words)[:_MOST_SEARCHED]
