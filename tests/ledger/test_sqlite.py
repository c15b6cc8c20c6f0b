import sqlite3
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from factory import claim, mention, outline, page, published, report, saying, sure, voice

from attested.errors import InputError, LedgerError
from attested.incidents.context import Resolved
from attested.incidents.kept import Kept
from attested.ledger import sqlite as store_module
from attested.ledger.around import Around
from attested.ledger.near import Moment
from attested.ledger.opening import APPLICATION_ID, migrations
from attested.ledger.sqlite import SqliteStore
from attested.ledger.store import Ledger, RunSummary
from attested.ledger.tables import Table
from attested.model import Derivation, Given, Incident, Judgement, Origin, Passage, QuoteLink
from attested.resolve.dates import Anchored
from attested.resolve.places import PlaceLink
from attested.values import Actor, PartialDate, Place

TEXT = "Gunmen raided a market on Friday. Four traders were killed, the mayor said."


def read_page(text: str = TEXT, **more: Any) -> tuple[Any, ...]:
    """What one page gives: page, reports, outlines, mentions, claims."""
    item = report(text, **more)
    vectors = np.eye(2, 4, dtype=np.float16)
    raid = mention(item, "raided")
    killed = claim(item, raid, says=text[34:38], killed=4)
    told = saying(item, text[34:58], voice("named person", "the mayor"), verb="killed", hedge="claimed")
    return page(text), [item], [outline(item, sayings=(told,), vectors=vectors)], [raid], [killed]


def cross(claims: Any, item: Any) -> Ledger:
    place = Place("Abéché", "TD", 13.8, 20.8, precision=1)
    return Ledger(
        published={item.id: published(item, date(2021, 5, 1))},
        derivations=(Derivation(item.id, None, "republished", sure(0.9), "AFP", (Passage(0, 1, 2, 3),)),),
        origins=(Origin("or_1", (item.id,)),),
        incidents=(Incident("in_1", "Attack", (claims[0].mention_id,)),),
        quote_links=(QuoteLink("qt_1", ("qt_2",)),),
        actors=(Actor("ac_1", "the mayor", "person", ("mayor",)),),
        resolved=Resolved(
            {claims[0].id: Anchored(PartialDate.day(date(2021, 4, 30)), "the Friday before")},
            {claims[0].id: PlaceLink(place, sure(), (place,))},
            {claims[0].id: "ac_1"},
        ),
        summary=RunSummary("2021-05-02T00:00:00Z", "0.1", {"a": 1}, {"pages": 1}, {}, {"read": 0.5}, 1.0, 1),
    )


def test_what_is_saved_comes_back(tmp_path: Path) -> None:
    parts = read_page()
    with SqliteStore(tmp_path / "l.db") as store:
        store.save_page(*parts, method="1")
        store.save_cross(cross(parts[4], parts[1][0]))
    with SqliteStore(tmp_path / "l.db", read_only=True) as store:
        loaded = store.load()
        light = store.load(vectors=False)
    assert loaded == replace(
        cross(parts[4], parts[1][0]),
        pages=(parts[0],),
        reports=tuple(parts[1]),
        outlines=tuple(parts[2]),
        mentions=tuple(parts[3]),
        claims=tuple(parts[4]),
    )
    assert loaded.summary.reports_per_second == 1.0
    assert light.outlines[0].vectors is None
    assert light.outlines[0].sentences == loaded.outlines[0].sentences


def test_the_same_page_twice_changes_nothing(tmp_path: Path) -> None:
    with SqliteStore(tmp_path / "l.db") as store:
        store.save_page(*read_page(), method="1")
        once = store.load()
        store.save_page(*read_page(), method="1")
        assert store.load() == once
        assert store.known_pages() == {(once.pages[0].id, "1")}


def test_a_page_read_by_a_newer_method_is_replaced(tmp_path: Path) -> None:
    read, reports, outlines, mentions, _ = read_page()
    with SqliteStore(tmp_path / "l.db") as store:
        store.save_page(*read_page(), method="1")
        store.save_page(read, reports, outlines, mentions, [], method="2")
        assert store.load().claims == ()
        assert store.known_pages() == {(read.id, "2")}


def test_a_page_replaced_by_a_newer_method_keeps_the_first_path(tmp_path: Path) -> None:
    with SqliteStore(tmp_path / "l.db") as store:
        store.save_page(page(TEXT, input="x/p.txt"), *read_page()[1:], method="1")
        store.save_page(page(TEXT, input="y/p.txt"), *read_page()[1:4], method="2")
        loaded = store.load()
    assert [found.input for found in loaded.pages] == ["x/p.txt"]
    assert (len(loaded.mentions), loaded.claims) == (1, ())


def test_a_reader_beside_a_run_that_ends_sees_one_state(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    parts = read_page()
    with SqliteStore(tmp_path / "l.db") as run:
        run.save_page(*parts)
        run.save_cross(cross(parts[4], parts[1][0]))
        before = run.load()
        with SqliteStore(tmp_path / "l.db", read_only=True) as reader:
            real = reader._resolved

            def late(part: Around | None) -> Resolved:
                run.save_cross(Ledger(summary=RunSummary("later")))
                return real(part)

            monkeypatch.setattr(reader, "_resolved", late)
            assert reader.load() == before


def test_the_order_of_pages_does_not_matter(tmp_path: Path) -> None:
    texts = [TEXT, TEXT.replace("market", "garage"), TEXT.replace("market", "school")]
    with SqliteStore(tmp_path / "a.db") as one, SqliteStore(tmp_path / "b.db") as other:
        for text in texts:
            one.save_page(*read_page(text))
        for text in reversed(texts):
            other.save_page(*read_page(text))
        assert one.load() == other.load()


def test_one_page_under_two_paths_does_not_depend_on_their_order(tmp_path: Path) -> None:
    for name, inputs in (("a.db", ("x/p.txt", "y/p.txt")), ("b.db", ("y/p.txt", "x/p.txt"))):
        with SqliteStore(tmp_path / name) as store:
            for path in inputs:
                store.save_page(page(TEXT, input=path), *read_page()[1:])
            assert [found.input for found in store.load().pages] == ["x/p.txt"]


def test_pages_are_written_whole_and_in_batches(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store_module, "BATCH_ROWS", 8)  # a page is six rows
    store = SqliteStore(tmp_path / "l.db")
    for word in ("market", "garage", "school"):
        store.save_page(*read_page(TEXT.replace("market", word)))
    with SqliteStore(
        tmp_path / "l.db", read_only=True
    ) as other:  # as after a kill: what is not committed is lost
        seen = other.load()
    assert 1 <= len(seen.pages) <= 3
    assert len(seen.pages) == len(seen.reports) == len(seen.claims)
    store.close()


def test_a_second_run_replaces_what_the_reports_say_together(tmp_path: Path) -> None:
    parts = read_page()
    with SqliteStore(tmp_path / "l.db") as store:
        store.save_page(*parts)
        store.save_cross(cross(parts[4], parts[1][0]))
        store.save_cross(Ledger(summary=RunSummary("later")))
        loaded = store.load()
    assert (loaded.incidents, loaded.origins, loaded.resolved) == ((), (), Resolved({}, {}, {}))
    assert loaded.summary.made_at == "later"
    assert loaded.claims == tuple(parts[4])


def test_a_failed_save_changes_nothing(tmp_path: Path) -> None:
    parts = read_page()
    with SqliteStore(tmp_path / "l.db") as store:
        store.save_page(*parts)
        store.save_cross(cross(parts[4], parts[1][0]))
        before = store.load()
        bad = replace(before, actors=(*before.actors, Actor("ac_2", None, "person")))  # type: ignore[arg-type]
        with pytest.raises(Exception):  # noqa: B017, PT011  (whatever it is, nothing may stay)
            store.save_cross(replace(bad, incidents=(), quote_links=(QuoteLink({}),)))  # type: ignore[arg-type]
        assert store.load() == before


def test_columns_match_the_types(tmp_path: Path) -> None:
    """A field added to a type without a migration is found here, not by a user."""
    tables = [v for v in [*vars(store_module).values(), *store_module.CROSS.values()] if isinstance(v, Table)]
    with SqliteStore(tmp_path / "l.db") as store:
        for table in tables:
            there = {row[1] for row in store._connection.execute(f"PRAGMA table_info({table.name})")}
            assert there - {"number"} == {column.name for column in table.columns} | set(table.extra), (
                table.name
            )


def test_sql_reads_words_and_voices(tmp_path: Path) -> None:
    with SqliteStore(tmp_path / "l.db") as store:
        store.save_page(*read_page(headline="Raid"))
        store.flush()
        rows = store._connection.execute("SELECT headline, field, value, words, voice_kind FROM claim_words")
        assert rows.fetchall() == [("Raid", "killed", 4, "Four", "outlet")]


def test_a_ledger_to_be_read_must_exist(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="attested run"):
        SqliteStore(tmp_path / "none.db", read_only=True)
    with pytest.raises(InputError, match="no folder"):
        SqliteStore(tmp_path / "none" / "l.db")


def test_foreign_files_are_refused(tmp_path: Path) -> None:
    text, other = tmp_path / "notes.txt", tmp_path / "other.db"
    text.write_text("not a database " * 100)
    with sqlite3.connect(other) as connection:
        connection.execute("CREATE TABLE mine (x)")
    with pytest.raises(LedgerError, match="not a ledger"):
        SqliteStore(text)
    with pytest.raises(LedgerError, match="not a ledger of Attested"):
        SqliteStore(other)
    assert "mine" in str(sqlite3.connect(other).execute("SELECT * FROM sqlite_schema").fetchall())


def test_newer_and_older_files_are_refused_with_what_to_do(tmp_path: Path) -> None:
    SqliteStore(tmp_path / "l.db").close()
    newest = migrations()[-1][0]
    for version, words in ((newest + 1, "newer Attested"), (0, "older Attested")):
        with sqlite3.connect(tmp_path / "l.db") as connection:
            assert connection.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)
            connection.execute(f"PRAGMA user_version = {version}")
        with pytest.raises(LedgerError, match=words):
            SqliteStore(tmp_path / "l.db", read_only=True)


def as_tables_were(path: Path, version: int) -> None:
    """Rewrite a ledger's rows into the tables of an earlier version."""
    new = path.rename(path.with_suffix(".new"))
    with sqlite3.connect(path) as connection:
        for sql in (sql for number, sql in migrations() if number <= version):
            connection.executescript(sql)
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {version}")
        connection.execute("ATTACH ? AS new", (str(new),))
        tables = connection.execute("SELECT name FROM main.sqlite_schema WHERE type = 'table'").fetchall()
        for (table,) in tables:
            names = ", ".join(f'"{row[1]}"' for row in connection.execute(f"PRAGMA main.table_info({table})"))
            connection.execute(f"INSERT INTO {table} ({names}) SELECT {names} FROM new.{table}")


def test_a_ledger_from_before_sayings_is_brought_up_and_reads_as_without(tmp_path: Path) -> None:
    with SqliteStore(tmp_path / "l.db") as store:
        store.save_page(*read_page(), method="1")
    as_tables_were(tmp_path / "l.db", 3)
    with pytest.raises(LedgerError, match="attested run"):
        SqliteStore(tmp_path / "l.db", read_only=True)
    with SqliteStore(tmp_path / "l.db") as store:
        assert [found.sayings for found in store.load().outlines] == [()]
        store.save_page(*read_page(), method="2")
        assert [len(found.sayings) for found in store.load().outlines] == [1]


def test_a_damaged_row_is_named(tmp_path: Path) -> None:
    with SqliteStore(tmp_path / "l.db") as store:
        store.save_page(*read_page())
        store.flush()
        store._connection.execute("""UPDATE claim SET voice = '{"kind": "rumour"}'""")
        with pytest.raises(LedgerError, match=r"table claim.*column voice.*\$\.kind: expected one of"):
            store.load()


def judgement(id: str = "jd_1", **more: Any) -> Judgement:
    return Judgement(id, "same incident", "in_1", "in_2", "positive", by="editor", **more)


def test_judgements_are_chained_and_append_only(tmp_path: Path) -> None:
    with SqliteStore(tmp_path / "l.db") as store:
        first = store.judge(judgement())
        second = store.judge(judgement("jd_2", supersedes="jd_1"))
        assert first != second
        assert [j.id for j in store.load().judgements] == ["jd_1", "jd_2"]
        with pytest.raises(LedgerError, match="already"):
            store.judge(judgement())
        for sql in ("UPDATE judgement SET note = 'x'", "DELETE FROM judgement"):
            with pytest.raises(sqlite3.IntegrityError, match="append-only"):
                store._connection.execute(sql)


def test_a_forged_judgement_breaks_the_chain(tmp_path: Path) -> None:
    with SqliteStore(tmp_path / "l.db") as store:
        store.judge(judgement())
        store._connection.execute("DROP TRIGGER judgement_stays")
        store._connection.execute("UPDATE judgement SET note = 'forged'")
        with pytest.raises(LedgerError, match="jd_1 was changed"):
            store.load()


def test_a_rerun_keeps_judgements(tmp_path: Path) -> None:
    with SqliteStore(tmp_path / "l.db") as store:
        store.judge(judgement())
        store.save_cross(Ledger())
        assert len(store.load().judgements) == 1


def test_a_ledger_whose_matches_were_kept_once_is_brought_up_with_each_kept_twice(tmp_path: Path) -> None:
    """And the pages that decisions and ids name are found, whatever stands in their words."""
    told = 'pg_1#char=1,2 “a "raid" in C:\\new”\npg_2#char=3,4 “hit”'
    with SqliteStore(tmp_path / "l.db") as store:
        kept = (
            Kept("mn_1", "x", "day", ""),
            Kept("mn_2", "x", "day", "mn_1 2.5 *"),
            Kept("mn_3", "x", "", ""),
        )
        store.save_cross(Ledger(kept=kept, given=(Given("in_1", "incident", 4, told),)))
        store.judge(Judgement("jd_1", "incident", told, None, "negative"))
    as_tables_were(tmp_path / "l.db", 8)
    with SqliteStore(tmp_path / "l.db") as store:
        assert [row.matches for row in store.load().kept] == ["mn_2 2.5 *", "mn_1 2.5 *", ""]
        with store.near() as near:
            assert (near.moment, near.number) == (Moment(1, 1), 1)
        pages = [
            store._connection.execute(f"SELECT page, {id} FROM {table} ORDER BY page").fetchall()
            for table, id in (("judgement_on", "number"), ("given_on", "id"))
        ]
    assert pages == [[("pg_1", 1), ("pg_2", 1)], [("pg_1", "in_1"), ("pg_2", "in_1")]]
    with SqliteStore(tmp_path / "l.new") as store:
        assert store._connection.execute("SELECT page FROM given_on ORDER BY page").fetchall() == [
            ("pg_1",),
            ("pg_2",),
        ]
        store.save_cross(replace(store.load(), given=()))
        assert store._connection.execute("SELECT page FROM given_on").fetchall() == []


def test_one_decision_is_checked_by_itself_and_the_chain_by_audit(tmp_path: Path) -> None:
    with SqliteStore(tmp_path / "l.db") as store:
        store.judge(judgement(), judgement("jd_2"), judgement("jd_3", supersedes="jd_1"))
        assert [j.id for j in store.judgements_about(["jd_1"])] == ["jd_1", "jd_3"]
        store._connection.executescript("DROP TRIGGER judgement_is_kept; DROP TRIGGER judgement_stays")
        store._connection.execute("DELETE FROM judgement WHERE id = 'jd_2'")
        assert [j.id for j in store.judgements_about(["jd_3"])] == ["jd_1", "jd_3"]
        with pytest.raises(LedgerError, match="jd_3 was changed"):
            store.judgements()
        store._connection.execute("UPDATE judgement SET note = 'forged' WHERE id = 'jd_1'")
        with pytest.raises(LedgerError, match="jd_1 was changed"):
            store.judgements_about(["jd_3"])


def test_several_decisions_are_appended_all_or_none(tmp_path: Path) -> None:
    with SqliteStore(tmp_path / "l.db") as store:
        with pytest.raises(LedgerError, match="already"):
            store.judge(judgement(), judgement("jd_2"), judgement())
        assert store.n_judgements() == 0
