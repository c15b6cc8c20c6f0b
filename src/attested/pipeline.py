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
from attested.one_page import Clock, PageResult, PageWork, crashed, method_version
from attested.pages.inputs import find_inputs
from attested.settings import RunSettings, Settings

Progress = Callable[[int, int | None, str], None]


def build_ledger(inputs: Sequence[str], settings: Settings | None = None) -> Ledger:
    """The ledger of files and folders, in memory, read in this process unless ``settings`` say otherwise.

    Raises InputError for a path that does not exist.
    """
    with SqliteStore(":memory:") as store:
        return run(inputs, store, settings or Settings(run=RunSettings(n_processes=1)))


def run(
    inputs: Sequence[str], store: SqliteStore, settings: Settings, progress: Progress = lambda *_: None
) -> Ledger:
    """Read ``inputs`` into ``store`` and bring the whole ledger up to date; returns it.

    A page already in the store is not read again; a run that was killed is finished by the next.
    """
    started, clock, method = time.perf_counter(), Clock(), method_version()
    known = frozenset(page for page, version in store.known_pages() if version == method)
    n_new = 0
    for n, result in enumerate(_results(inputs, settings, known), 1):
        progress(n, None, result.page.input)
        clock.add(result.seconds)
        if not result.is_known:
            n_new += len(result.reports)
            rows = (result.reports, result.outlines, result.mentions, result.claims)
            store.save_page(result.page, *rows, method=method)
    ledger = complete(store.load(), settings, clock)
    summary = RunSummary(
        made_at=datetime.now(UTC).isoformat(timespec="seconds"),
        version=__version__,
        settings=asdict(settings),
        set_aside=dict(Counter(page.why or "" for page in ledger.pages if page.status == "set aside")),
        seconds=dict(clock.seconds),
        wall_seconds=time.perf_counter() - started,
        n_new_reports=n_new,
    )
    ledger = replace(ledger, summary=summary)
    store.save_cross(ledger)
    return ledger


def _results(inputs: Sequence[str], settings: Settings, known: frozenset[str]) -> Iterator[PageResult]:
    """Every input page's result, in the order of the inputs."""
    pages = find_inputs(inputs, sys.stdin.buffer)
    yield from map_in_processes(PageWork(settings, known), pages, settings.run.n_processes, crashed)
