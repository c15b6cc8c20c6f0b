"""The index of shown rows is what fusing anew gives: after runs, decisions and their undoing, and after a kill."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from attested.decisions.desk import Desk
from attested.ledger.shown import Query, Shown
from attested.ledger.shown_index import BATCH_ROWS, Mark, ShownIndex
from attested.ledger.sqlite import SqliteStore
from attested.ledger.store import RunSummary
from attested.model import Judgement
from attested.views.facts import Facts
from attested.views.listing import index_ledger, is_current, shown_row

ALL = Query(kind="", sort="title")


@pytest.fixture(name="store")
def fixture_store(example_run: Any, tmp_path: Path) -> Iterator[SqliteStore]:
    with SqliteStore(shutil.copy(example_run[0], tmp_path / "l.db")) as store:
        yield store


def anew(store: SqliteStore) -> dict[str, Shown]:
    facts = Facts(store.load(vectors=False))
    fused = (*facts.incidents, *facts.statements, *facts.trends)
    return {row.id: shown_row(facts, row) for row in fused}


def stored(store: SqliteStore) -> dict[str, Shown]:
    rows = store.shown.page(ALL, 1_000)
    return {row.id: replace(row, confidence=store.shown.confidence(row.id)) for row in rows}


def test_a_run_leaves_an_index_that_is_current_and_what_fusing_gives(store: SqliteStore) -> None:
    assert is_current(store)
    assert stored(store) == anew(store)
    assert len(stored(store)) > 20


def test_decisions_and_undoing_leave_what_fusing_anew_gives(store: SqliteStore) -> None:
    desk = Desk(store)
    ledger = store.load()
    by_size = sorted(ledger.incidents, key=lambda i: (-len(i.mention_ids), i.id))
    first, second, third = (incident.id for incident in by_size[:3])
    killed = (c for c in ledger.claims if c.field == "killed")
    claim = next(c for c in killed if c.mention_id in by_size[0].mention_ids)
    before = stored(store)
    made: list[Judgement] = []
    steps: list[Any] = [
        lambda: desk.confirm([first, third], by="anna"),
        lambda: desk.correct(third, ["killed=7", "place=Biu"], by="ben"),
        lambda: desk.reject([claim.id], by="anna"),
        lambda: desk.merge([first, second], by="anna"),
        lambda: desk.split(first, [by_size[1].mention_ids[0]], by="ben"),
        lambda: desk.reject([second], by="ben"),
    ]

    for step in steps:
        made += step()
        assert stored(store) == anew(store)
        assert is_current(store)
    assert stored(store) != before
    for judgement in reversed(made):
        desk.undo([judgement.id], by="ben")
        assert stored(store) == anew(store)
        assert is_current(store)
    assert stored(store) == before


def test_a_decision_that_nobody_entered_leaves_the_index_stale_and_the_next_build_repairs_it(
    store: SqliteStore,
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Desk, "_list", lambda *_: None)  # as if it was cut off there
        Desk(store).reject([store.load().incidents[0].id], by="anna")
    assert not is_current(store)
    assert stored(store) != anew(store)
    index_ledger(store, store.load())
    assert is_current(store)
    assert stored(store) == anew(store)


def test_only_rows_that_differ_are_written(store: SqliteStore, monkeypatch: pytest.MonkeyPatch) -> None:
    written: list[tuple[list[str], list[str]]] = []
    write = ShownIndex.write
    monkeypatch.setattr(
        ShownIndex,
        "write",
        lambda self, rows, gone, mark: (
            written.append(([row.shown.id for row in rows], list(gone))),
            write(self, rows, gone, mark),
        ),
    )
    ledger = store.load()
    index_ledger(store, ledger)
    store._connection.execute("UPDATE shown SET fingerprint = '' WHERE id = ?", (ledger.incidents[0].id,))
    store._connection.execute("UPDATE shown SET id = 'in_old' WHERE id = ?", (ledger.incidents[1].id,))
    index_ledger(store, ledger)
    told = [(set(rows), gone) for rows, gone in written]
    assert told == [({incident.id for incident in ledger.incidents[:2]}, []), (set(), ["in_old"])]
    assert stored(store) == anew(store)


def test_a_build_that_was_killed_is_seen_and_finished_by_the_next(
    store: SqliteStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    ledger = store.load()
    store.shown_index.clear()
    monkeypatch.setattr("attested.views.listing.BATCH_ROWS", 10)
    exchange, calls = ShownIndex._exchange, iter((False, True))

    def dying(self: ShownIndex, rows: Any, gone: Any, mark: Mark) -> None:
        exchange(self, rows, gone, mark)
        if next(calls):
            raise KeyboardInterrupt

    monkeypatch.setattr(ShownIndex, "_exchange", dying)
    with pytest.raises(KeyboardInterrupt):
        index_ledger(store, ledger)
    monkeypatch.setattr(ShownIndex, "_exchange", exchange)
    assert len(stored(store)) == 10
    with SqliteStore(store.path) as other:
        assert not is_current(other)
        index_ledger(other, other.load())
        assert is_current(other)
        assert stored(other) == anew(other)


def test_a_decision_in_the_middle_of_a_build_is_not_lost(
    store: SqliteStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    ledger = store.load()
    desk = Desk(store)
    target = max(ledger.incidents, key=lambda i: len(i.mention_ids)).id
    store.shown_index.clear()
    write = ShownIndex.write

    def interrupted(self: ShownIndex, *rows: Any) -> None:
        monkeypatch.setattr(ShownIndex, "write", write)
        desk.correct(target, ["killed=99"], by="anna")
        write(self, *rows)

    monkeypatch.setattr(ShownIndex, "write", interrupted)
    index_ledger(store, ledger)
    assert is_current(store)
    assert stored(store) == anew(store)
    assert stored(store)[target].killed.best == 99  # type: ignore[union-attr]


def test_a_run_that_ended_meanwhile_leaves_the_index_stale(store: SqliteStore) -> None:
    early = store.load()
    store.save_cross(replace(early, summary=RunSummary("2030-01-01T00:00:00Z")))
    index_ledger(store, early)
    assert not is_current(store)
    index_ledger(store, store.load())
    assert is_current(store)


def test_rows_of_facts_that_a_run_left_behind_are_not_taken_in(store: SqliteStore) -> None:
    early, before = Facts(store.load()), stored(store)
    store.save_cross(replace(early.ledger, summary=RunSummary("2030-01-01T00:00:00Z")))
    assert not refresh(store, early, [early.ledger.incidents[0].id])
    assert stored(store) == before
    assert refresh(store, Facts(store.load()), [early.ledger.incidents[0].id])


def test_a_person_who_decides_waits_for_one_batch_at_most(store: SqliteStore) -> None:
    """What holds the file is one transaction; each has no more rows than were measured to be quick."""
    began: list[str] = []
    store._connection.set_trace_callback(began.append)
    store.shown_index.clear()
    began.clear()
    index_ledger(store, store.load())
    store._connection.set_trace_callback(None)
    sizes, size = [], 0
    for sql in began:
        if sql.startswith("BEGIN"):
            size = 0
        size += sql.startswith("INSERT INTO shown (")
        if sql == "COMMIT":
            sizes.append(size)
    assert max(sizes) <= BATCH_ROWS
    assert sum(sizes) == len(stored(store))
