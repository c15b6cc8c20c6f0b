"""The stored lists: read whole while they are made anew, searched without a search language, emptied without harm."""

import sqlite3
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from factory import page, report

from attested.errors import InputError
from attested.ledger.listed import Ask, Listed, Uttered
from attested.ledger.sqlite import SqliteStore


def line(n: int, **more) -> Listed:
    return replace(
        Listed(
            "story",
            f"sto_{n}",
            n,
            n,
            1,
            "2025-03",
            "2025-03-09",
            "",
            {"headline": f"Story {n}"},
            f"story number{n}",
        ),
        **more,
    )


@pytest.fixture
def store(tmp_path: Path):
    with SqliteStore(tmp_path / "l.db") as store:
        yield store


def keys(store: SqliteStore, **asked) -> list[str]:
    return [row.key for row in store.listed.page("story", Ask(**asked))]


def test_lists_are_made_and_made_anew(store: SqliteStore) -> None:
    assert not store.listed.is_made
    assert keys(store) == []
    store.listed.replace((line(n) for n in range(1_200)), ())
    assert store.listed.is_made
    assert store.listed.count("story") == 1_200
    assert keys(store)[:2] == ["sto_1199", "sto_1198"]
    store.listed.replace([line(7)], ())
    assert keys(store) == ["sto_7"]
    with sqlite3.connect(store.path) as connection:
        left = [
            connection.execute(f"SELECT count(*) FROM {t}").fetchone()[0] for t in ("listed", "listed_words")
        ]
    assert left == [1, 1]


def test_who_reads_while_lists_are_made_sees_the_old_ones(store: SqliteStore) -> None:
    store.listed.replace([line(1)], ())
    seen = []

    def new():
        for n in range(1_001):
            if n in (600, 1_000):
                with SqliteStore(store.path, read_only=True) as reader:
                    seen.append(keys(reader))
            yield line(n + 10)

    store.listed.replace(new(), ())
    assert seen == [["sto_1"], ["sto_1"]]
    assert store.listed.count("story") == 1_001


def test_a_list_that_was_never_finished_is_swept_by_the_next(store: SqliteStore) -> None:
    def broken():
        for n in range(700):
            yield line(n)
        raise RuntimeError

    with pytest.raises(RuntimeError):
        store.listed.replace(broken(), ())
    assert keys(store) == []
    store.listed.replace([line(3)], ())
    assert keys(store) == ["sto_3"]


def test_a_row_comes_back_as_it_was(store: SqliteStore) -> None:
    row = line(3, first="2025-03", last="2025", sign="x", row={"headline": "A “title”", "many": [1, 2]})
    store.listed.replace([row], ())
    assert store.listed.page("story") == [replace(row, text="")]
    assert store.listed.get("story", "sto_3") == replace(row, text="")
    assert store.listed.get("story", "sto") is None


def test_months_and_years_reach_into_their_days(store: SqliteStore) -> None:
    rows = [
        line(1, first="2025-03", last="2025-03"),
        line(2, first="2024", last="2024"),
        line(3, first="", last=""),
        line(4, first="2025-03-20", last="2025-03-20"),
    ]
    store.listed.replace(rows, ())
    assert keys(store, since=date(2025, 3, 15)) == ["sto_4", "sto_1"]
    assert keys(store, until=date(2024, 6, 1)) == ["sto_2"]
    assert keys(store, sort="latest") == ["sto_1", "sto_4", "sto_2", "sto_3"]


@pytest.mark.parametrize(
    "text", ["number7", "NUMBER7", "story number7", 'number7"', "number7 *", "(number7", "numbér7"]
)
def test_what_is_typed_is_words(store: SqliteStore, text: str) -> None:
    store.listed.replace([line(7), line(8)], ())
    assert keys(store, text=text) == ["sto_7"]


def test_an_unknown_order_is_refused(store: SqliteStore) -> None:
    with pytest.raises(InputError, match="sorted by"):
        store.listed.page("story", Ask(sort="n; DROP TABLE listed"))


def test_what_was_said_has_its_sentence(store: SqliteStore) -> None:
    told = report("Early. Two men died,\n the army said. Late.", id="rp_1", outlet="Alpha")
    store.save_page(page(told.text, id=told.page_id), [told])
    said = Uttered(
        "the army", "claim", "2025-03-01", "2025-03-01", ("reported",), "2", {"id": "in_1"}, "rp_1", 7, 36
    )
    store.flush()
    store.listed.replace(
        (), [said, replace(said, voice="the navy"), replace(said, first="", last="", words="100%")]
    )
    found = store.listed.said("the army")
    assert [one.sentence for one in found] == ["Two men died, the army said."] * 2
    assert {(one.report, one.outlet) for one in found} == {("rp_1", "Alpha")}
    assert store.listed.n_said("the army", Ask(text="0%")) == 1
    assert store.listed.n_said("the army", Ask(hedge="denied")) == 0
