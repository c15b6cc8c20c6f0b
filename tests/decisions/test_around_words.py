"""Decisions of all kinds on a synthetic pile: what each makes of what is near is what a merge of everything makes."""

from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest

import commands
import pile
from attested.all_reports import merge_of, merged
from attested.decisions.desk import Desk
from attested.errors import InputError
from attested.incidents.merge import Merge
from attested.ledger.near import Near
from attested.ledger.sqlite import SqliteStore
from attested.ledger.store import Ledger
from attested.model import Judgement

N_REPORTS = 80
STEPS = 14
MADE = ("incidents", "statements", "trends", "redirects")


class Person:
    """Decides at random on what a ledger has, mostly on things of one story."""

    def __init__(self, desk: Desk, random: Random) -> None:
        self.desk, self.random = desk, random
        self.made: list[Judgement] = []

    def decide(self, ledger: Ledger, what: str) -> None:
        """One decision; one that cannot be made is left."""
        work: Callable[[Ledger], list[Judgement]] = getattr(self, f"_{what}")
        try:
            self.made += work(ledger)
        except InputError:
            return

    def _near(self, ledger: Ledger) -> list[str]:
        """Two incidents, of one story if it has two."""
        reports = self.random.choice(ledger.stories).reports
        told = {m.id for m in ledger.mentions if m.report_id in reports}
        ids = [row.id for row in ledger.incidents if not told.isdisjoint(row.mention_ids)]
        return self.random.sample(ids if len(ids) > 1 else [row.id for row in ledger.incidents], 2)

    def _merge(self, ledger: Ledger) -> list[Judgement]:
        return self.desk.merge(self._near(ledger), by="anna")

    def _apart(self, ledger: Ledger) -> list[Judgement]:
        one, other = self._near(ledger)
        return self.desk.split(one, [other], by="anna")

    def _split(self, ledger: Ledger) -> list[Judgement]:
        row = self.random.choice([row for row in ledger.incidents if len(row.mention_ids) > 1])
        parts = self.random.sample(row.mention_ids, self.random.randint(1, len(row.mention_ids) - 1))
        return self.desk.split(row.id, parts, by="anna")

    def _reject(self, ledger: Ledger) -> list[Judgement]:
        return self.desk.reject([self.random.choice(ledger.incidents).id], by="anna")

    def _reject_mention(self, ledger: Ledger) -> list[Judgement]:
        return self.desk.reject([self.random.choice(ledger.mentions).id], by="anna")

    def _reject_claim(self, ledger: Ledger) -> list[Judgement]:
        return self.desk.reject([self.random.choice(ledger.claims).id], by="anna")

    def _confirm(self, ledger: Ledger) -> list[Judgement]:
        return self.desk.confirm([self.random.choice(ledger.mentions).id], by="anna")

    def _undo(self, _: Ledger) -> list[Judgement]:
        return self.desk.undo([self.random.choice(self.made).id], by="ben") if self.made else []


@pytest.fixture(name="store")
def fixture_store(tmp_path: Path, request: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[SqliteStore]:
    monkeypatch.setattr(pile, "SEED", request.param)

    def refuse(near: Near) -> Ledger:
        raise AssertionError("the whole ledger was read")

    commands.write_ledger(N_REPORTS, tmp_path / "l.db")
    with SqliteStore(tmp_path / "l.db") as store:
        monkeypatch.setattr(Near, "whole", refuse)
        yield store


@pytest.mark.parametrize("store", [1, 2], indirect=True)
def test_rows_ids_and_redirects_are_those_of_a_merge_of_everything(store: SqliteStore) -> None:
    person = Person(Desk(store), Random(3))
    kinds = ("merge", "merge", "apart", "split", "reject", "reject_mention", "confirm", "undo", "undo")
    for _ in range(STEPS):
        person.decide(store.load(), person.random.choice(kinds))
        there = store.load()
        at_once = merged(there, Merge())
        assert [getattr(there, part) for part in MADE] == [getattr(at_once, part) for part in MADE]
    assert len(person.made) > STEPS // 2


@pytest.mark.parametrize("store", [3], indirect=True)
def test_whatever_is_decided_the_next_run_leaves_what_a_merge_of_everything_gives(store: SqliteStore) -> None:
    person = Person(Desk(store), Random(4))
    for _ in range(STEPS):
        person.decide(store.load(), person.random.choice(("reject_claim", "reject_mention", "merge", "undo")))
        there = store.load()
        kept_up, at_once = merged(there, merge_of(there)), merged(there, Merge())
        assert [getattr(kept_up, part) for part in MADE] == [getattr(at_once, part) for part in MADE]
    assert len(person.made) > STEPS // 2
