"""Pages in, ledger out, on one screen.

1. ``pages``      walk the inputs, bytes -> Page                     (one page at a time,
2. ``reports``    Page -> Reports: body, furniture, header facts      kept in the ledger,
3. ``reading``    one pass of the trained encoder                     spread over processes:
4. ``mentions``   incidents, statements, trends                       one_page.PageWork)
5. ``claims``     one value, one span, one voice
6. ``lineage``    copies, rewrites, spun copies, origins             (all reports together:
7. ``stories``    reports on one affair                               all_reports.complete)
8. ``resolve``    report dates, then days, places, actors
9. ``incidents``  each incident, statement and trend once
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, replace
from datetime import UTC, datetime

from attested import __version__
from attested.all_reports import complete
from attested.engines.local import map_in_processes
from attested.ledger.sqlite import SqliteStore
from attested.ledger.store import Ledger, RunSummary
from attested.one_page import Clock, PageWork, crashed, method_version
from attested.pages.inputs import find_inputs
from attested.pages.raw import RawPage
from attested.settings import RunSettings, Settings
from attested.settling import save_run
from attested.views.listing import index_ledger
from attested.views.lists import index_lists

_COUNTED = ("pages", "reports", "origins", "stories", "incidents", "statements", "trends", "claims")
Progress = Callable[[int, int | None, str], None]


def build_ledger(inputs: Sequence[str], settings: Settings | None = None) -> Ledger:
    """The ledger of files and folders, in memory, read in this process unless ``settings`` say otherwise.

    Raises InputError for a path that does not exist.
    """
    with SqliteStore(":memory:") as store:
        return _bring_up(inputs, store, settings or Settings(run=RunSettings(n_processes=1)))


def run(
    inputs: Sequence[str], store: SqliteStore, settings: Settings, progress: Progress = lambda *_: None
) -> Ledger:
    """Read ``inputs`` into ``store`` and bring the whole ledger up to date; returns it.

    A page already in the store is not read again; a run that was killed is finished by the next.
    """
    ledger = _bring_up(inputs, store, settings, progress)
    index_ledger(store, ledger)
    index_lists(store, ledger)
    return ledger


def _bring_up(
    inputs: Sequence[str], store: SqliteStore, settings: Settings, progress: Progress = lambda *_: None
) -> Ledger:
    """Read ``inputs``, and save what all reports say together."""
    started, clock = time.perf_counter(), Clock()
    hidden: list[str] = []
    n_new = _read_pages(
        find_inputs(inputs, sys.stdin.buffer, hidden=hidden), store, settings, clock, progress
    )
    before = store.load()
    ledger = complete(before, settings, clock)
    summary = RunSummary(
        made_at=datetime.now(UTC).isoformat(timespec="seconds"),
        version=__version__,
        settings=asdict(settings),
        counts={part: len(getattr(ledger, part)) for part in _COUNTED} | {"hidden_files": len(hidden)},
        set_aside=dict(Counter(page.why or "" for page in ledger.pages if page.status == "set aside")),
        seconds=dict(clock.seconds),
        wall_seconds=time.perf_counter() - started,
        n_new_reports=n_new,
    )
    return save_run(store, replace(ledger, summary=summary), before)


def _read_pages(
    pages: Iterator[RawPage], store: SqliteStore, settings: Settings, clock: Clock, progress: Progress
) -> int:
    """Read every page that the store does not know into it; returns how many reports were new."""
    method = method_version(settings)
    known = frozenset(page for page, version in store.known_pages() if version == method)
    new: set[str] = set()
    work = PageWork(settings, known)
    results = map_in_processes(work, pages, settings.run.n_processes, crashed)
    for n, result in enumerate(results, 1):
        progress(n, None, result.page.input)
        clock.add(result.seconds)
        if result.is_known:
            store.see_page(result.page)
        else:
            new.update(report.id for report in result.reports)
            rows = (result.reports, result.outlines, result.mentions, result.claims)
            store.save_page(result.page, *rows, method=method)
    return len(new)
