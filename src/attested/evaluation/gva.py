"""Whole ledgers: gva, US reports of shootings. What each says of its main incident, and which tell of the same one.

The shipped chain reads all pages as one pile. A report's main incident is the program's own: of the incidents that its
mentions are in, the one it tells most about (``gva_answers.main_incident``). A figure by the report is over what it
says itself (``fuse_incident`` of its own mentions); "in the ledger" is the same incident over all its reports. Where no
number of people is told it counts as none, as the archive writes 0. Junk pages (``GoldReport.is_junk``) are left out of
every figure but those on all pages; a report without an incident is wrong in everything, and stands alone.
"""

from __future__ import annotations

import json
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path

from attested.evaluation.confidence import confidence_figures, said
from attested.evaluation.coreference import coreference_figures
from attested.evaluation.gva_answers import Answer, answers_of, match_incidents
from attested.evaluation.gva_confidence import asked_of_ledger
from attested.evaluation.gva_files import GoldIncident, GoldReport, read_gold
from attested.evaluation.scorers import Figure, Figures, Share
from attested.incidents.fused import FusedIncident
from attested.ledger.sqlite import SqliteStore
from attested.ledger.store import Ledger
from attested.pipeline import run
from attested.settings import RunSettings, Settings
from attested.values import Count

N_PROCESSES = 2
"""Processes of the run whose speed is told: the cores of the machine on which the floors were measured."""
FEW_PAGES = 40
"""So few pages are read in this process, before a second one has started."""

Check = Callable[[GoldIncident, FusedIncident], bool]
# What is asked of every incident.
CHECKS: dict[str, Check] = {
    "killed": lambda gold, ours: _best(ours.killed) == gold.killed,
    "injured": lambda gold, ours: _best(ours.injured) == gold.injured,
    "date": lambda gold, ours: ours.date.start == ours.date.end == gold.day,
    "city": lambda gold, ours: gold.is_in(ours.place),
}
# Whether it has a value at all.
IS_TOLD: dict[str, Callable[[FusedIncident], bool]] = {
    "killed": lambda ours: ours.killed is not None,
    "injured": lambda ours: ours.injured is not None,
    "date": lambda ours: ours.date.n_days == 1,
    "city": lambda ours: ours.place is not None,
}


def evaluate(folder: Path) -> Figures:
    """Counts, day and city of reports' main incidents; reports grouped by incident; the ledger's incidents; speed.

    Intervals are over gold incidents, whose reports are drawn together. Raises InputError if the set's files are
    missing or broken.
    """
    gold, measured = read_gold(folder)
    return Figures("gva", figures_of(make_ledger(gold), gold), tuple(measured))


def make_ledger(gold: Sequence[GoldReport]) -> Ledger:
    """The ledger of a whole run over the reports, by way of a JSONL file and a store on disk."""
    with tempfile.TemporaryDirectory(prefix="attested-gva-") as folder:
        path = Path(folder) / "reports.jsonl"
        lines = (json.dumps(report.row, ensure_ascii=False) for report in gold)
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        settings = Settings(run=RunSettings(n_processes=N_PROCESSES if len(gold) > FEW_PAGES else 1))
        with SqliteStore(str(Path(folder) / "ledger.db")) as store:
            return run([str(path)], store, settings)


def figures_of(ledger: Ledger, gold: Sequence[GoldReport]) -> tuple[Figure, ...]:
    """All figures of a ledger made from these reports."""
    everything = answers_of(ledger, gold)
    answers = [answer for answer in everything if not answer.gold.is_junk]
    with_incident = [answer for answer in answers if answer.told is not None]
    return (
        *(_by_report(name, answers, name) for name in CHECKS),
        *_grouping(answers),
        *(_by_report(f"{name} in the ledger", answers, name, in_ledger=True) for name in CHECKS),
        *_incidents(ledger, answers),
        *(_by_report(f"{name} where there is an incident", with_incident, name) for name in CHECKS),
        *(_by_report(f"{name} on all pages", everything, name) for name in CHECKS),
        *confidence_figures(said(asked_of_ledger(ledger, answers))),
        _set_aside(answers, len(everything)),
        _without_incident(answers),
        _speed(ledger),
    )


def _by_report(name: str, answers: Sequence[Answer], what: str, *, in_ledger: bool = False) -> Figure:
    """The share of reports that are right; the note says how many tell a value, and how many of those are right."""
    shares: dict[str, Share] = defaultdict(Share)
    told = Share()
    for answer in answers:
        gold, ours = answer.gold.incident, answer.shown if in_ledger else answer.told
        is_right = ours is not None and CHECKS[what](gold, ours)
        shares[gold.id] += Share(int(is_right), 1)
        if ours is not None and IS_TOLD[what](ours):
            told += Share(int(is_right), 1)
    return Figure.share(name, list(shares.values()), f"told by {told.total}, {told.right} of them rightly")


def _best(count: Count | None) -> int:
    return count.best if count is not None else 0


def _grouping(answers: Sequence[Answer]) -> tuple[Figure, ...]:
    """Coreference scores of reports grouped by main incident against those filed together."""
    gold = {a.gold.id: a.gold.incident.id for a in answers}
    found = {a.gold.id: a.shown.id if a.shown is not None else f"alone {a.gold.id}" for a in answers}
    note = f"{len(set(found.values()))} incidents for {len(set(gold.values()))}"
    return coreference_figures(gold, found, gold.__getitem__, note=note)


def _incidents(ledger: Ledger, answers: Sequence[Answer]) -> tuple[Figure, ...]:
    """The ledger's incidents against the records of those that have a report here, one to one."""
    gold = {a.gold.incident.id: a.gold.incident for a in answers}
    matched = match_incidents(answers)
    n_ours, n_main = len(ledger.incidents), len({a.shown.id for a in answers if a.shown is not None})

    def share(name: str, check: Check) -> Figure:
        return Figure.share(name, [Share(int(i in matched and check(gold[i], matched[i])), 1) for i in gold])

    return (
        share("incidents found", lambda *_: True),
        *(share(f"incidents with {name} right", check) for name, check in CHECKS.items()),
        Figure(
            "incidents extra",
            (n_ours - len(matched)) / max(1, n_ours),
            n=n_ours,
            note=f"{n_main - len(matched)} are some report's main one, {n_ours - n_main} no report's",
        ),
    )


def _set_aside(answers: Sequence[Answer], n_pages: int) -> Figure:
    """The share of reports that were not read, and why; and how many pages are junk."""
    why = Counter(_without_figures(answer.aside) for answer in answers if answer.aside)
    reasons = [f"{n} {reason}" for reason, n in why.most_common()]
    note = "; ".join([*reasons, f"{n_pages - len(answers)} of {n_pages} pages are junk and left out"])
    return Figure("set aside", sum(why.values()) / max(1, len(answers)), n=len(answers), note=note)


def _without_figures(why: str) -> str:
    """A reason without what follows the colon, so that like reasons are counted together."""
    return why.partition(":")[0]


def _without_incident(answers: Sequence[Answer]) -> Figure:
    n = sum(answer.told is None and not answer.aside for answer in answers)
    return Figure(
        "without an incident", n / max(1, len(answers)), n=len(answers), note="read, and nothing counts"
    )


def _speed(ledger: Ledger) -> Figure:
    """Reports read a second, by the clock of the whole run."""
    ran = ledger.summary
    note = f"{ran.n_new_reports} reports, {ran.wall_seconds:.0f} s, processes: {ran.settings['run']['n_processes']}"
    return Figure("reports a second", ran.reports_per_second, n=ran.n_new_reports, note=note)
