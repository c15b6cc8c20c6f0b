"""Incidents: a whole ledger of news_clusters against the incidents that we coded in its attack and conflict affairs.

The folder holds ids, offsets and values (``gate/incidents``); ``texts.txt`` names the folder of the reports. The
shipped chain reads all reports as one pile. A ledger's incident is of the gold incident in whose stretches most of its
mentions' triggers lie (``incidents_pairs``); values are asked of the one that stands for each gold incident.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from attested.evaluation.confidence import confidence_figures, said
from attested.evaluation.incidents_confidence import asked_of_clusters
from attested.evaluation.incidents_files import (
    INCIDENTS,
    NOT_CODED,
    Disagreement,
    Gold,
    GoldIncident,
    read_gold,
)
from attested.evaluation.incidents_pairs import Pairing, Placed, coded, pair_incidents, touching
from attested.evaluation.lineage import ledger_of, read_rows
from attested.evaluation.scorers import Figure, Figures, Share
from attested.incidents.fused import FusedIncident
from attested.ledger.store import Ledger
from attested.values import Count, PartialDate

Check = Callable[[GoldIncident, FusedIncident], bool]


def evaluate(folder: Path) -> Figures:
    """Found, matched, and of those found: type, day, country, killed, disagreements; and what must be left out.

    Intervals are over gold incidents, ledger incidents or stretches, whichever a figure counts. Raises InputError
    if a file or the folder of the reports is missing.
    """
    gold = read_gold(folder)
    return Figures("incidents", figures_of(ledger_of(dict(read_rows(folder))), gold), (INCIDENTS, NOT_CODED))


def figures_of(ledger: Ledger, gold: Gold) -> tuple[Figure, ...]:
    """All figures of a ledger made from the gold's reports."""
    pairing = pair_incidents(ledger, gold)
    return (
        *_found(gold, pairing),
        *_in_scope(gold, pairing),
        *(_right(name, gold, pairing, check) for name, check in CHECKS.items()),
        _killed_range(gold, pairing),
        _by_report(gold, pairing),
        *_disagreements(gold, pairing),
        _left_out(gold, pairing),
        _quiet(ledger, gold, pairing),
        *confidence_figures(said(asked_of_clusters(ledger, gold, pairing))),
    )


# --- found and extra ----------------------------------------------------------------------------------------------


def _found(gold: Gold, pairing: Pairing) -> Iterable[Figure]:
    """The share of gold incidents that the ledger has: all, those that are news, those told in passing."""

    def share(name: str, rows: Sequence[GoldIncident]) -> Figure:
        missed = [one for one in rows if one.id not in pairing.paired]
        n = sum(pairing.swallowed_in(one.id) is not None for one in missed)
        note = f"{len(missed)} missed, {n} of them told inside another's"
        return Figure.share(name, [Share(int(one.id in pairing.paired), 1) for one in rows], note)

    yield share("found", gold.incidents)
    yield share("found news", [one for one in gold.incidents if not one.is_background])
    yield share("found background", [one for one in gold.incidents if one.is_background])


def _in_scope(gold: Gold, pairing: Pairing) -> Iterable[Figure]:
    """Of the ledger's incidents in the coded reports: those that are one of the gold's, split off one, and extra."""
    background = {one.id for one in gold.incidents if one.is_background}
    rows = touching(pairing.placed, gold.scope)
    fates = [(pairing.fate(one), one.of in background) for one in rows]
    counted = [(fate, is_background) for fate, is_background in fates if fate != "either"]
    n = Counter(fate for fate, _ in fates)

    def share(name: str, wanted: set[str], note: str) -> Figure:
        return Figure.share(name, [Share(int(fate in wanted), 1) for fate, _ in counted], note)

    n_background = sum(fate == "paired" and is_background for fate, is_background in counted)
    yield share(
        "matched", {"paired"}, f"{n_background} of them background; {n['either']} more may be coded or not"
    )
    yield share("split", {"split"}, "a second one of the same")
    yield share(
        "extra", {"must not", "unlisted"}, f"{n['must not']} must not be coded, {n['unlisted']} unlisted"
    )


# --- values of those found ----------------------------------------------------------------------------------------


def _has_day(gold: GoldIncident, ours: FusedIncident) -> bool:
    """Whether the ledger's interval holds the gold's day and says no more than the words do."""
    return _holds(ours.date, gold.day) and _holds(gold.within, ours.date)


def _holds(outer: PartialDate, inner: PartialDate) -> bool:
    if outer.start is None or outer.end is None or inner.start is None or inner.end is None:
        return False
    return outer.start <= inner.start and inner.end <= outer.end


def _same_best(gold: Count | None, ours: Count | None) -> bool:
    """Whether the best figures agree; none told and none hurt are one."""
    return (gold.best if gold else 0) == (ours.best if ours else 0)


CHECKS: dict[str, Check] = {
    "type": lambda gold, ours: ours.type in gold.types,
    "day": _has_day,
    "country": lambda gold, ours: ours.place is not None and ours.place.country in gold.countries,
    "killed": lambda gold, ours: _same_best(gold.killed, ours.killed),
    "injured": lambda gold, ours: _same_best(gold.injured, ours.injured),
}
# Whether the reports tell a figure at all; where they tell none, none is right.
_IS_TOLD: dict[str, Callable[[GoldIncident], bool]] = {
    "killed": lambda gold: gold.killed is not None,
    "injured": lambda gold: gold.injured is not None,
}


def _pairs(gold: Gold, pairing: Pairing) -> list[tuple[GoldIncident, Placed]]:
    return [(one, pairing.paired[one.id]) for one in gold.incidents if one.id in pairing.paired]


def _right(name: str, gold: Gold, pairing: Pairing, check: Check) -> Figure:
    """The share of found incidents whose value is right; the note counts those whose reports tell one."""
    rows = [(g, p) for g, p in _pairs(gold, pairing) if name != "day" or g.day.is_known]
    shares = [Share(int(check(g, p.fused)), 1) for g, p in rows]
    if name not in _IS_TOLD:
        return Figure.share(name, shares)
    told = [share for share, (g, _) in zip(shares, rows, strict=True) if _IS_TOLD[name](g)]
    note = f"a figure is told of {len(told)}, {sum(one.right for one in told)} right"
    return Figure.share(name, shares, note)


def _killed_range(gold: Gold, pairing: Pairing) -> Figure:
    """Where a toll is told: the share with both low and high right."""
    rows = [(g.killed, p.fused.killed) for g, p in _pairs(gold, pairing) if g.killed is not None]
    lows = sum(ours is not None and ours.low == g.low for g, ours in rows)
    highs = sum(ours is not None and ours.high == g.high for g, ours in rows)
    both = [Share(int(ours is not None and (ours.low, ours.high) == (g.low, g.high)), 1) for g, ours in rows]
    return Figure.share("killed low and high", both, f"low {lows}, high {highs} right")


def _by_report(gold: Gold, pairing: Pairing) -> Figure:
    """Of the reports that tell a found incident: whether the ledger has the toll that each states, or none."""
    rows = [
        (told.killed, placed.killed.get(key, frozenset()))
        for one, placed in _pairs(gold, pairing)
        for key, told in one.told.items()
    ]
    shares = [Share(int(not ours.isdisjoint(told) if told else not ours), 1) for told, ours in rows]
    stating = [share.right for share, (told, _) in zip(shares, rows, strict=True) if told]
    return Figure.share("killed by report", shares, f"{len(stating)} state one, {sum(stating)} of them right")


# --- disagreements ------------------------------------------------------------------------------------------------


def _disagreements(gold: Gold, pairing: Pairing) -> Iterable[Figure]:
    """Conflicts that the ledger shows; of what it shows, what is none (neither a conflict nor an update)."""
    conflicts = [(g, one) for g in gold.incidents for one in g.disagreements if one.kind == "conflict"]
    seen = [Share(int(_shows(pairing.paired.get(g.id), one)), 1) for g, one in conflicts]
    yield Figure.share("disagreements found", seen)
    known = {g.id: {one.field for one in g.disagreements} for g in gold.incidents}
    rows = [one for one in touching(pairing.placed, gold.scope) if pairing.fate(one) != "either"]
    shown = [(shown.field, one.of) for one in rows for shown in one.fused.contradictions]
    spurious = [(name, of) for name, of in shown if name not in known.get(of or "", set())]
    fields = ", ".join(f"{n} {name}" for name, n in Counter(name for name, _ in spurious).most_common())
    shares = [Share(int((name, of) in spurious), 1) for name, of in shown]
    yield Figure.share("disagreements spurious", shares, fields)


def _shows(placed: Placed | None, asked: Disagreement) -> bool:
    """Whether the ledger shows a disagreement on the field; a denial is one on who did it."""
    if placed is None:
        return False
    has_denial = asked.field == "perpetrator" and bool(placed.fused.responsibility_denied)
    return has_denial or any(one.field == asked.field for one in placed.fused.contradictions)


# --- what must be left out ----------------------------------------------------------------------------------------


def _left_out(gold: Gold, pairing: Pairing) -> Figure:
    """Of what must not be coded: the share that no incident tells; the note counts the others by kind."""
    wrongly = [one for one in coded(pairing.placed) if one.must_not]
    kinds = ", ".join(f"{n} {why}" for why, n in Counter(sorted(one.of for one in wrongly)).most_common())
    shares = [Share(int(one not in wrongly), 1) for one in gold.must_not]
    return Figure.share("left out", shares, f"coded all the same: {kinds or 'none'}")


def _quiet(ledger: Ledger, gold: Gold, pairing: Pairing) -> Figure:
    """Of the reports of other affairs: the share in which the ledger has no incident but such as may be coded."""
    others = {page.key or page.id for page in ledger.pages} - gold.scope
    wrong = [one for one in touching(pairing.placed, frozenset(others)) if pairing.fate(one) != "either"]
    loud = {key for one in wrong for key in one.reports}
    shares = [Share(int(key not in loud), 1) for key in sorted(others)]
    return Figure.share("other reports without one", shares, f"{len(wrong)} incidents in the others")
