"""The audit in the desk: every decision, whether it stands, whether the record is whole."""

import csv
import html
import io
import shutil
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from conftest import attested
from desk_client import desk
from starlette.testclient import TestClient

from attested.decisions.desk import Desk
from attested.ledger.decided import decided_ledger
from attested.ledger.sqlite import SqliteStore
from attested.model import Judgement
from attested.views.audit import decisions
from attested.views.facts import Facts

LOST = Judgement(
    "jd_lost", "incident", "pg_gone#char=1,4 “raid”", None, "negative", by="ben", at="2025-06-20T10:00:00+00:00",
    note="a rumour", before="in_gone Attack, Mosul",
)  # fmt: skip


@pytest.fixture
def ledger(example_run: Any, tmp_path: Path) -> Path:
    """A ledger on which two people decided."""
    path = Path(shutil.copy(example_run[0], tmp_path / "l.db"))
    with SqliteStore(path) as store:
        made = Desk(store)
        ids = [incident.id for incident in store.load().incidents]
        made.confirm(ids[:1], by="anna", note="checked <b>twice</b>")
        made.correct(ids[1], ["killed=5/7/9"], by="ben")
        made.correct(ids[1], ["killed=8"], by="anna")
        made.merge(ids[2:4], by="ben")
        [rejected] = made.reject([ids[4]], by="ben")
        made.undo([rejected.id], by="anna")
    return path


@pytest.fixture
def client(ledger: Path) -> TestClient:
    return desk(ledger, with_token=True)


def page(client: TestClient, query: str = "") -> str:
    answer = client.get(f"/decisions{query}")
    assert answer.status_code == 200
    return html.unescape(answer.text)


def test_every_decision_is_listed_the_latest_first_with_its_state(client: TestClient) -> None:
    told = page(client)
    order = ["undid jd_", "rejected incident", "merged incidents", "corrected killed", "confirmed incident"]
    places = [told.index(words) for words in order]
    assert places == sorted(places)
    for words in (
        "six decisions",
        "undone by jd_",
        "overruled by jd_",
        "5/7/9",
        "record whole",
        "anna",
        "ben",
    ):
        assert words in told
    assert "checked &lt;b&gt;twice" in client.get("/decisions").text


def test_the_chain_is_that_of_the_audit_command(client: TestClient, ledger: Path) -> None:
    verified = attested("audit", "verify", "--ledger", ledger, "--json").stdout
    chain = client.get("/api/decisions").json()["chain"]
    assert chain["verified"]
    assert chain["head"] in verified
    assert f'head <code class="head">{chain["head"]}' in page(client)


def test_only_a_part_of_the_ledger_is_read_and_says_the_same(client: TestClient, ledger: Path) -> None:
    with SqliteStore(ledger, read_only=True) as store:
        whole, part = store.load(), store.ask(decided_ledger)
    assert len(part.reports) < len(whole.reports)
    assert decisions(Facts(part)) == decisions(Facts(whole))


@pytest.mark.parametrize(
    ("query", "n"),
    [
        ("?by=anna", 3), ("?kind=corrected", 2), ("?state=undone", 1), ("?state=stands", 4),
        ("?by=ben&kind=merged", 1), ("?by=nobody", 0),
    ],
)  # fmt: skip
def test_filters(client: TestClient, query: str, n: int) -> None:
    assert len(client.get(f"/api/decisions{query}").json()["decisions"]) == n
    assert page(client, query).count("<tr data-item") == n


def test_what_no_longer_fits_is_shown_first_and_can_be_undone(client: TestClient, ledger: Path) -> None:
    with SqliteStore(ledger) as store:
        store.judge(LOST)
    told = page(client)
    assert told.index("One decision no longer fits the text") < told.index("<table")
    assert "a rumour" in told
    assert "“raid”" in told
    undone = client.post("/decide", data={"what": "undo", "id": LOST.id, "by": "anna", "back": "/decisions"})
    assert undone.status_code == 303
    assert "no longer fits the text" not in page(client)


def test_words_that_moved_to_another_page_are_found(ledger: Path) -> None:
    with SqliteStore(ledger, read_only=True) as store:
        mention = next(m for m in store.load().mentions if m.kind == "incident")
    at = f"{mention.trigger.start},{mention.trigger.end}"
    moved = Judgement("jd_moved", "incident", f"pg_gone#char={at} “{mention.trigger.text}”", None, "positive")
    with SqliteStore(ledger) as store:
        store.judge(moved)
        whole, part = store.load(), store.ask(decided_ledger)
    assert decisions(Facts(part))[-1] == decisions(Facts(whole))[-1]
    assert decisions(Facts(part))[-1].state == "stands"


def test_a_record_that_was_changed_is_said_not_to_be_whole(client: TestClient, ledger: Path) -> None:
    with sqlite3.connect(ledger) as connection:
        connection.execute("DROP TRIGGER judgement_stays")
        connection.execute("UPDATE judgement SET note = 'nicer' WHERE number = 2")
    assert "The record is not whole" in page(client)
    answer = client.get("/api/decisions").json()
    assert not answer["chain"]["verified"]
    assert answer["decisions"] == []


def test_csv_has_every_decision_and_runs_no_formula(client: TestClient, ledger: Path) -> None:
    with SqliteStore(ledger) as store:
        Desk(store).confirm([store.load().incidents[0].id], by="=cmd()", note="+1")
    rows = list(csv.DictReader(io.StringIO(client.get("/decisions?format=csv&by=ben").text)))
    assert [row["by"] for row in rows] == ["ben"] * 3
    [row] = csv.DictReader(io.StringIO(client.get("/decisions?format=spreadsheet&by=%3Dcmd()").text))
    assert row["by"] == "'=cmd()"
    assert row["note"] == "'+1"


def test_without_the_token_decisions_are_read_and_not_undone(ledger: Path) -> None:
    told = page(desk(ledger))
    assert "confirmed incident" in told
    assert 'value="undo"' not in told


def test_nobody_decided_yet(example_run: Any) -> None:
    told = page(desk(example_run[0]))
    assert "Nobody decided anything yet" in told


def test_many_decisions_come_in_pages(client: TestClient, ledger: Path) -> None:
    with SqliteStore(ledger) as store:
        made = Desk(store)
        made.confirm([m.id for m in store.load().mentions if m.kind == "incident"] * 2, by="carla")
    assert "page 1 of 2" in page(client)
    assert page(client, "?page=2&by=carla").count("<tr data-item") > 0
