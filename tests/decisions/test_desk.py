"""A desk that stays open: each decision touches what it names, and the ledger is that of a merge from scratch."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from attested import settling
from attested.all_reports import merge_of, merged
from attested.decisions.desk import Desk
from attested.errors import InputError, LedgerError, RecordedError
from attested.incidents.merge import Merge
from attested.ledger.near import Changes, Near
from attested.ledger.sqlite import SqliteStore
from attested.ledger.store import Ledger, RunSummary
from attested.model import Incident
from attested.views.audit import decisions
from attested.views.facts import Facts


@pytest.fixture
def desk(example_run: Any, tmp_path: Path) -> Iterator[Desk]:
    with SqliteStore(shutil.copy(example_run[0], tmp_path / "l.db")) as store:
        yield Desk(store)


def whole(desk: Desk) -> Ledger:
    with SqliteStore(desk._store.path, read_only=True) as store:
        return store.load()


def told(desk: Desk) -> list[tuple[Any, ...]]:
    return [(i.type, i.mention_ids, i.why_merged) for i in whole(desk).incidents]


def is_as_from_scratch(desk: Desk) -> bool:
    """Whether the file's rows are those that a merge of everything gives."""
    there = whole(desk)
    at_once = merged(there, Merge())
    parts = ("incidents", "statements", "trends", "redirects")
    return [getattr(there, part) for part in parts] == [getattr(at_once, part) for part in parts]


def by_size(desk: Desk) -> list[Incident]:
    return sorted(whole(desk).incidents, key=lambda i: (-len(i.mention_ids), i.id))


@pytest.fixture(name="never_whole")
def fixture_never_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody reads the whole ledger to settle a decision."""

    def refuse(near: Near) -> Ledger:
        raise AssertionError("the whole ledger was read")

    monkeypatch.setattr(Near, "whole", refuse)


@pytest.mark.usefixtures("never_whole")
def test_decisions_one_after_another_leave_what_a_merge_from_scratch_gives(desk: Desk) -> None:
    before, ids = told(desk), [row.id for row in whole(desk).incidents]
    rows = by_size(desk)
    first, second, third = (incident.id for incident in rows[:3])
    lead = rows[0].mention_ids[0]
    steps = [
        lambda: desk.merge([first, second], by="anna"),
        lambda: desk.reject([lead], by="ben", note="a rumour"),
        lambda: desk.reject([third], by="ben"),
        lambda: desk.split(first, [rows[1].mention_ids[0]], by="anna"),
        lambda: desk.confirm([first], by="anna"),
    ]
    made = []
    for step in steps:
        made += step()
        assert is_as_from_scratch(desk)
    assert told(desk) != before
    for judgement in reversed(made):
        desk.undo([judgement.id], by="ben")
        assert is_as_from_scratch(desk)
    assert told(desk) == before
    assert [row.id for row in whole(desk).incidents] == ids


@pytest.mark.usefixtures("never_whole")
def test_statements_and_trends_are_decided_on_alike(desk: Desk) -> None:
    there = whole(desk)
    before = (there.statements, there.trends)
    one, other, third = (row.id for row in there.statements[:3])
    made = desk.merge([one, other], by="anna")
    made += desk.reject([third, there.trends[0].id], by="anna")
    assert is_as_from_scratch(desk)
    assert len(whole(desk).statements) == len(before[0]) - 2
    for judgement in reversed(made):
        desk.undo([judgement.id], by="ben")
        assert is_as_from_scratch(desk)
    assert (whole(desk).statements, whole(desk).trends) == before


def test_a_decision_reads_what_is_near_and_tells_what_changed(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[int] = []
    load = SqliteStore._ledger
    monkeypatch.setattr(
        SqliteStore, "_ledger", lambda *args: read.append(len((found := load(*args)).reports)) or found
    )
    small, *_, large = reversed(by_size(desk))
    n = len(whole(desk).reports)
    read.clear()
    desk.merge([small.id, large.id], by="anna")
    assert desk.changed == {small.id, large.id}
    desk.reject([small.mention_ids[0]], by="anna")
    assert desk.changed == {large.id}
    desk.correct(large.id, ["killed=3"], by="anna")
    assert desk.changed == {large.id}
    assert max(read) < n


def test_many_at_once_are_read_once_and_merged_once(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    ids = [row.id for row in whole(desk).incidents]
    calls: list[str] = []
    load, take = SqliteStore._ledger, SqliteStore.save_settled
    monkeypatch.setattr(SqliteStore, "_ledger", lambda *args: calls.append("load") or load(*args))
    monkeypatch.setattr(SqliteStore, "save_settled", lambda *args: calls.append("save") or take(*args))
    assert len(desk.confirm(ids, by="anna")) == len(ids)
    assert calls == ["load", "load", "save", "load"], "what is named; what was judged; what lists show of it"
    assert desk.changed == set(ids)


def test_the_next_run_finds_the_rows_as_the_decisions_left_them(desk: Desk) -> None:
    rows = by_size(desk)
    desk.merge([rows[0].id, rows[1].id], by="anna")
    desk.reject([rows[2].id], by="anna")
    desk.reject([claim.id for claim in whole(desk).claims if claim.field == "killed"][:5], by="anna")
    there = whole(desk)
    assert merged(there, merge_of(there)).incidents == merged(there, Merge()).incidents


def test_a_decision_made_while_another_is_settled_is_settled_with_it(desk: Desk) -> None:
    rows = by_size(desk)
    beside = Desk(SqliteStore(desk._store.path))
    save, made = SqliteStore.save_settled, []

    def late(store: SqliteStore, changes: Changes) -> bool:
        if not made:
            made.append(True)
            beside.merge([rows[2].id, rows[3].id], by="ben")
        return save(store, changes)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(SqliteStore, "save_settled", late)
        desk.merge([rows[0].id, rows[1].id], by="anna")
    assert is_as_from_scratch(desk)
    assert len(whole(desk).incidents) == len(rows) - 2
    beside._store.close()


def actor_names(desk: Desk) -> set[frozenset[str]]:
    return {frozenset((actor.name, *actor.aliases)) for actor in Facts(whole(desk)).actors.values()}


def blaming(desk: Desk) -> tuple[str, str]:
    """Two actors that are blamed for something."""
    blamed = {
        value.actor for i in Facts(whole(desk)).incidents for value in i.perpetrator_alleged if value.actor
    }
    first, second, *_ = sorted(blamed)
    return first, second


def test_names_of_one_actor_are_one_in_every_value_and_part_again(desk: Desk) -> None:
    before, found = actor_names(desk), told(desk)
    first, second = blaming(desk)
    name, other = (Facts(whole(desk)).actors[id].name for id in (first, second))
    [judgement] = desk.merge([first, other], by="anna", note="one band")
    assert (judgement.kind, judgement.left.split("\n")) == ("same actor", [name, other])
    assert is_as_from_scratch(desk)
    [one] = [row for row in Facts(whole(desk)).actors.values() if row.name == name]
    assert {name, other} <= {one.name, *one.aliases}
    assert second not in {v.actor for i in Facts(whole(desk)).incidents for v in i.perpetrator_alleged}
    desk.split(first, [other], by="ben")
    assert is_as_from_scratch(desk)
    known = Facts(whole(desk)).actors
    assert known[first].name == name
    assert other not in known[first].aliases
    for made in reversed(whole(desk).judgements):
        desk.undo([made.id], by="ben")
    assert (actor_names(desk), told(desk)) == (before, found)


def test_a_decision_on_names_holds_for_whoever_opens_the_ledger(desk: Desk) -> None:
    first, second = blaming(desk)
    desk.merge([first, second], by="anna")
    with SqliteStore(desk._store.path, read_only=True) as store:
        incident = whole(desk).incidents[0].id
        for ledger in (store.load(), store.load(around=incident)):
            [row] = decisions(Facts(ledger))
            assert (row.decision, row.about, row.state) == ("merged actors", (first,), "stands")
    with pytest.raises(InputError, match="itself"):
        desk.split(first, [first], by="anna")
    with pytest.raises(InputError, match="show actors"):
        desk.merge([first, "Nobody At All"], by="anna")


def finished(store: SqliteStore) -> Ledger:
    """The ledger as a run loads it."""
    return replace(store.load(), summary=RunSummary(made_at="later"))


@pytest.mark.usefixtures("never_whole")
@pytest.mark.parametrize("few", [0, 100], ids=["merged again", "settled as it is saved"])
def test_what_is_decided_while_a_run_works_holds_when_it_is_saved(
    desk: Desk, few: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settling, "_FEW", few)
    rows = by_size(desk)
    with SqliteStore(desk._store.path) as run:
        before = run.load()
        ledger = finished(run)
        desk.merge([rows[0].id, rows[1].id], by="anna")
        desk.split(rows[2].id, [rows[2].mention_ids[0]], by="anna")
        desk.reject([rows[3].id], by="ben")
        asked = whole(desk)
        now = settling.save_run(run, ledger, before)
    there = whole(desk)
    assert there.summary.made_at == "later"
    assert is_as_from_scratch(desk)
    for part in ("incidents", "redirects"):
        assert getattr(there, part) == getattr(asked, part) == getattr(now, part), "with every id"
    assert {row.id for row in asked.given} <= {row.id for row in there.given}
    assert there.kept == tuple(sorted(there.kept, key=lambda row: row.mention_id))
    desk.undo([there.judgements[0].id], by="ben")
    assert is_as_from_scratch(desk)


def test_a_decision_on_names_made_while_a_run_works_is_settled_after_it(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = blaming(desk)
    with SqliteStore(desk._store.path) as run:
        before = run.load()
        ledger = finished(run)
        desk.merge([first, second], by="anna")
        settling.save_run(run, ledger, before)
        with run.near() as near:
            assert near.moment.settled == near.number == 1
    assert is_as_from_scratch(desk)


def test_a_run_that_ends_beside_another_run_leaves_its_own_rows(desk: Desk) -> None:
    with SqliteStore(desk._store.path) as run, SqliteStore(desk._store.path) as other:
        before = run.load()
        ledger = finished(run)
        settling.save_run(
            other, replace(other.load(), incidents=(), summary=RunSummary("first")), other.load()
        )
        settling.save_run(run, ledger, before)
    assert whole(desk).incidents == before.incidents


def test_a_run_writes_only_rows_that_differ(desk: Desk) -> None:
    with SqliteStore(desk._store.path) as run:
        before = run.load()
        for gone in (0, 1):
            n = run._connection.total_changes
            settling.save_run(run, replace(finished(run), incidents=before.incidents[gone:]), before)
            assert run._connection.total_changes - n < 10 + 30 * gone
    assert whole(desk).incidents == before.incidents[1:]


def test_what_a_run_took_back_to_read_it_anew_is_not_named(desk: Desk) -> None:
    """A run with a newer reader takes back what an older one found on a page, until it ends."""
    largest, *_, smallest = by_size(desk)
    mentions = {mention.id: mention.report_id for mention in whole(desk).mentions}
    for gone in (mentions[largest.mention_ids[0]], mentions[smallest.mention_ids[0]]):
        desk._store._connection.execute("DELETE FROM report WHERE id = ?", (gone,))
    with pytest.raises(InputError, match="nothing tells of it any more"):
        desk.confirm([smallest.id], by="anna")
    [made] = desk.confirm([largest.id], by="anna")
    left = [id for id in largest.mention_ids if id in {mention.id for mention in whole(desk).mentions}]
    assert 0 < len(made.left.splitlines()) == len(left) < len(largest.mention_ids)


def test_a_decision_that_was_recorded_and_not_yet_obeyed_is_said_to_be(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(store: SqliteStore) -> None:
        raise LedgerError("database is locked")

    with monkeypatch.context() as patch:
        patch.setattr("attested.decisions.desk.settle", busy)
        with pytest.raises(RecordedError, match=r"do not decide again.*locked"):
            desk.reject([by_size(desk)[0].id], by="anna")
    gone = by_size(desk)[0].id
    desk.confirm([by_size(desk)[1].id], by="ben")
    assert gone not in {incident.id for incident in whole(desk).incidents}
