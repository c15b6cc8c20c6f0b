"""A desk that stays open: each decision touches what it names, and the ledger is that of a merge from scratch."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from attested.all_reports import merged
from attested.decisions.desk import Desk
from attested.errors import InputError
from attested.incidents.merge import Merge
from attested.ledger.sqlite import SqliteStore
from attested.views.audit import decisions
from attested.views.facts import Facts


@pytest.fixture
def desk(example_run: Any, tmp_path: Path) -> Iterator[Desk]:
    with SqliteStore(shutil.copy(example_run[0], tmp_path / "l.db")) as store:
        yield Desk(store)


def told(desk: Desk) -> list[tuple[Any, ...]]:
    return [(i.type, i.mention_ids, i.why_merged) for i in desk.ledger.incidents]


def is_as_from_scratch(desk: Desk) -> bool:
    """Whether the desk's rows, and the file's, are those that a merge of everything gives."""
    at_once = merged(desk.ledger, Merge())
    with SqliteStore(desk._store.path, read_only=True) as store:
        return desk.ledger.incidents == at_once.incidents == store.load().incidents


def test_decisions_one_after_another_leave_what_a_merge_from_scratch_gives(desk: Desk) -> None:
    before = told(desk)
    by_size = sorted(desk.ledger.incidents, key=lambda i: (-len(i.mention_ids), i.id))
    first, second, third = (incident.id for incident in by_size[:3])
    lead = by_size[0].mention_ids[0]
    steps = [
        lambda: desk.merge([first, second], by="anna"),
        lambda: desk.reject([lead], by="ben", note="a rumour"),
        lambda: desk.reject([third], by="ben"),
        lambda: desk.split(first, [by_size[1].mention_ids[0]], by="anna"),
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


def test_a_decision_after_the_first_looks_at_what_it_names_alone(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[set[str]] = []
    update = Merge.update
    monkeypatch.setattr(
        Merge, "update", lambda self, seen, *more: asked.append(set(seen)) or update(self, seen, *more)
    )
    one, other = (incident.id for incident in desk.ledger.incidents[:2])
    desk.reject([one], by="anna")
    desk.reject([other], by="anna")
    assert len(asked[0]) > 10 > len(asked[1])


def test_the_first_decision_in_a_file_compares_nothing_that_it_does_not_name(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    compared: list[tuple[str, str]] = []
    points = Merge.points
    monkeypatch.setattr(Merge, "points", lambda self, a, b: compared.append((a, b)) or points(self, a, b))
    monkeypatch.setattr(Merge, "why", lambda *_: "")
    row = max(desk.ledger.incidents, key=lambda i: len(i.mention_ids))
    desk.split(row.id, [row.mention_ids[0]], by="anna")
    assert compared
    assert all(not {a, b}.isdisjoint(row.mention_ids) for a, b in compared)


def actor_names(desk: Desk) -> set[frozenset[str]]:
    return {frozenset((actor.name, *actor.aliases)) for actor in desk.facts.actors.values()}


def blaming(desk: Desk) -> tuple[str, str]:
    """Two actors that are blamed for something."""
    blamed = {value.actor for i in desk.facts.incidents for value in i.perpetrator_alleged if value.actor}
    first, second, *_ = sorted(blamed)
    return first, second


def test_names_of_one_actor_are_one_in_every_value_and_part_again(desk: Desk) -> None:
    before, found = actor_names(desk), told(desk)
    first, second = blaming(desk)
    name, other = (desk.facts.actors[id].name for id in (first, second))
    [judgement] = desk.merge([first, other], by="anna", note="one band")
    assert (judgement.kind, judgement.left.split("\n")) == ("same actor", [name, other])
    assert is_as_from_scratch(desk)
    [one] = [row for row in desk.facts.actors.values() if row.name == name]
    assert {name, other} <= {one.name, *one.aliases}
    assert second not in {v.actor for i in desk.facts.incidents for v in i.perpetrator_alleged}
    desk.split(first, [other], by="ben")
    assert is_as_from_scratch(desk)
    assert desk.facts.actors[first].name == name
    assert other not in desk.facts.actors[first].aliases
    for made in reversed(desk.ledger.judgements):
        desk.undo([made.id], by="ben")
    assert (actor_names(desk), told(desk)) == (before, found)


def test_a_decision_on_names_holds_for_whoever_opens_the_ledger(desk: Desk) -> None:
    first, second = blaming(desk)
    desk.merge([first, second], by="anna")
    with SqliteStore(desk._store.path, read_only=True) as store:
        incident = desk.ledger.incidents[0].id
        for ledger in (store.load(), store.load(around=incident)):
            [row] = decisions(Facts(ledger))
            assert (row.decision, row.about, row.state) == ("merged actors", (first,), "stands")
    with pytest.raises(InputError, match="itself"):
        desk.split(first, [first], by="anna")
    with pytest.raises(InputError, match="show actors"):
        desk.merge([first, "Nobody At All"], by="anna")
