"""The queue: the most doubtful first, every answer a button, what is decided leaves it."""

import html
import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from conftest import REPORTS, attested
from desk_client import desk
from starlette.testclient import TestClient

from attested.ledger.sqlite import SqliteStore


@pytest.fixture
def ledger(example_run: Any, tmp_path: Path) -> Path:
    return Path(shutil.copy(example_run[0], tmp_path / "l.db"))


@pytest.fixture
def client(ledger: Path) -> TestClient:
    return desk(ledger, with_token=True)


def page(client: TestClient, path: str = "/queue") -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return html.unescape(answer.text)


def waiting(client: TestClient, query: str = "") -> list[str]:
    """The ids of the questions' incidents, in the queue's order, each once."""
    rows = client.get(f"/api/queue{query}").json()["questions"]
    return list(dict.fromkeys(row["id"] for row in rows))


def form_of(told: str) -> dict[str, list[str]]:
    """The hidden fields of the card's form."""
    card = told[told.index('id="card"') :]
    found: dict[str, list[str]] = {}
    for name, value in re.findall(
        r'<input type="hidden" name="(\w+)" value="([^"]*)"', card[: card.index("</form>")]
    ):
        found.setdefault(name, []).append(value)
    return found


def press(client: TestClient, told: str, name: str, value: str, **more: Any) -> str:
    """Press a button of the card; gives the page that it leads to."""
    answer = client.post("/decide", data={**form_of(told), name: value, "by": "anna", **more})
    assert answer.status_code == 303, answer.text
    return page(client, answer.headers["location"])


def here(told: str) -> str:
    """The id of the incident whose card is shown."""
    return form_of(told)["id"][0].partition("~")[0]


def test_the_questions_are_those_of_the_command(client: TestClient, ledger: Path) -> None:
    told = json.loads(attested("queue", "--ledger", ledger, "-n", "0", "--json").stdout)
    rows = client.get("/api/queue").json()["questions"]
    key = [(row["id"], row["ask"], row["sure"], row["why"], row["shown"], row["incident"]) for row in told]
    assert sorted(key) == sorted(
        (row["id"], row["ask"], row["sure"], row["why"], row["shown"], row["incident"]) for row in rows
    )


def test_the_most_doubtful_is_first_and_its_sides_are_told_with_their_words(client: TestClient) -> None:
    told = page(client)
    assert "1 of 7" in told
    sures = [int(sure) for sure in re.findall(r"(\d+)%</span>\s*</li>", told)]
    assert sures == sorted(sures)
    card = told[told.index('id="card"') :]
    assert "<mark>" in card
    assert re.search(r'name="is" value="injured=\d+" data-key="1"', card)


def test_only_the_current_card_is_worked_out(client: TestClient) -> None:
    second = waiting(client)[1]
    told = page(client, f"/queue?at={second}")
    assert here(told) == second
    assert (
        told.count('<form class="decide" method="post" action="/decide" aria-label="Decide on this incident"')
        == 1
    )


def test_what_is_confirmed_leaves_the_queue_and_the_next_is_shown(client: TestClient) -> None:
    first, second, *_ = before = waiting(client)
    told = press(client, page(client), "what", "confirm", note="read all of it")
    assert waiting(client) == before[1:]
    assert here(told) == second
    assert "confirmed incident" in told
    assert "You decided last" in told
    assert first not in told[told.index('id="card"') : told.index("You decided last")]


def test_an_answer_keeps_the_incident_while_more_is_asked_of_it(client: TestClient) -> None:
    told = page(client)
    first = here(told)
    asked = [row["ask"] for row in client.get("/api/queue").json()["questions"] if row["id"] == first]
    told = press(client, told, "is", "injured=40")
    assert here(told) == first
    left = [row["ask"] for row in client.get("/api/queue").json()["questions"] if row["id"] == first]
    assert left == [ask for ask in asked if ask != "injured"]


def test_undoing_brings_it_back(client: TestClient) -> None:
    before = waiting(client)
    told = press(client, page(client), "what", "reject")
    assert before[0] not in waiting(client)
    [judgement] = set(re.findall(r'name="id" value="(jd_\w+)"', told))
    client.post("/decide", data={"what": "undo", "id": judgement, "by": "anna"})
    assert waiting(client) == before


def test_parts_are_split_off_with_their_copies(client: TestClient, ledger: Path) -> None:
    told = page(client, "/queue?ask=all+one%3F")
    parts = re.findall(r'name="part" value="([^"]+)"', told)
    assert any(" " in part for part in parts)  # a sentence and its copies are one part
    n = len(waiting(client))
    press(client, told, "what", "split", part=parts[-1])
    with SqliteStore(ledger, read_only=True) as store:
        [judgement] = store.judgements()
    assert judgement.verdict == "negative"
    assert judgement.right
    assert len(waiting(client)) >= n - 1


def test_incidents_that_were_nearly_one_are_asked_and_kept_apart_no_more(client: TestClient) -> None:
    told = page(client, "/queue?pairs=yes")
    assert "One or two?" in told
    assert "Keep apart" in told
    [pair] = client.get("/api/queue?pairs=yes").json()["pairs"]
    assert {id.partition("~")[0] for id in form_of(told)["id"]} == set(pair)
    told = press(client, told, "what", "split")
    assert client.get("/api/queue?pairs=yes").json()["pairs"] == []
    assert "Nothing here is in doubt" in told
    made = client.get("/api/decisions").json()["decisions"]
    client.post("/decide", data={"what": "undo", "id": made[0]["id"], "by": "anna"})
    assert client.get("/api/queue?pairs=yes").json()["pairs"] == [pair]


def test_incidents_that_were_nearly_one_are_made_one(client: TestClient, ledger: Path) -> None:
    told = page(client, "/queue?pairs=yes")
    one, other = (id.partition("~")[0] for id in form_of(told)["id"])
    press(client, told, "what", "merge")
    with SqliteStore(ledger, read_only=True) as store:
        assert store.find_row(one) == store.find_row(other)


def test_a_look_alike_is_kept_apart_from_the_card(client: TestClient, ledger: Path) -> None:
    told = page(client, "/queue?country=CO")
    [first, *_] = re.findall(r'name="apart_from" value="([^"]+)"', told)
    press(client, told, "apart_from", first)
    with SqliteStore(ledger, read_only=True) as store:
        assert [(j.kind, j.verdict) for j in store.judgements()] == [("same incident", "negative")]


@pytest.mark.parametrize(
    ("query", "holds"),
    [
        ("?disputed=yes", lambda row: row["disputed"]),
        ("?country=CO", lambda row: row["place"]["country"] == "CO"),
        ("?ask=an+incident%3F", lambda row: "an incident?" in [ask["ask"] for ask in row["asks"]]),
        ("?since=2025-01-01", lambda row: row["date"]["end"] >= "2025-01-01"),
    ],
)
def test_parts_of_the_queue(client: TestClient, query: str, holds: Any) -> None:
    rows = client.get("/api/ledger?doubtful=yes").json()["rows"]
    assert set(waiting(client, query)) == {row["id"] for row in rows if holds(row)}
    assert page(client, f"/queue{query}").count("<li data-item") == len(waiting(client, query))


def test_several_are_marked_and_decided_at_once(client: TestClient) -> None:
    told = page(client)
    marks = re.findall(r'type="checkbox" form="bulk" name="id" value="([^"]+)"', told)
    assert len(marks) == 7
    answer = client.post("/decide", data={"what": "confirm", "id": marks[:3], "by": "anna", "back": "/queue"})
    assert "3 times: confirmed incident" in page(client, answer.headers["location"])
    assert len(waiting(client)) == 4


def test_an_empty_queue_says_so(client: TestClient) -> None:
    client.post("/decide", data={"what": "confirm", "id": waiting(client), "by": "anna"})
    assert "Nothing here is in doubt" in page(client)
    assert waiting(client) == []


def test_without_the_token_it_is_read_only(ledger: Path) -> None:
    told = page(desk(ledger))
    assert "To decide here, open the address" in told
    assert "<button name=" not in told
    assert 'type="checkbox"' not in told


def test_every_key_is_that_of_a_control_that_says_what_it_does(client: TestClient) -> None:
    for path in ("/queue", "/queue?pairs=yes", "/queue?ask=all+one%3F"):
        told = page(client, path)
        for key, words in re.findall(
            r'<(?:button|summary)[^>]*data-key="(\w)"[^>]*>(.*?)</(?:button|summary)>', told
        ):
            assert f"<kbd>{key}</kbd>" in words


def test_two_people_and_a_run_at_once(client: TestClient, ledger: Path, tmp_path: Path) -> None:
    anna, ben = client, desk(ledger, with_token=True)
    hers, his = page(anna), page(ben)
    assert here(hers) == here(his)
    press(anna, hers, "what", "reject", note="a rumour")
    late = ben.post("/decide", data={**form_of(his), "what": "confirm", "by": "ben"})
    assert late.status_code in (409, 422)
    more = tmp_path / "more"
    more.mkdir()
    text = next(iter(sorted(REPORTS.glob("*.txt")))).read_text(encoding="utf-8")
    (more / "again.txt").write_text(text + "\nThe road was closed.\n", encoding="utf-8")
    assert attested("run", more, "--ledger", ledger).returncode in (0, 1)
    assert "rejected incident" in page(ben, "/decisions")
    told = page(ben)
    press(ben, told, "what", "confirm", by="ben")
    made = ben.get("/api/decisions").json()
    assert made["chain"]["verified"]
    assert {row["by"] for row in made["decisions"]} == {"anna", "ben"}
    assert {row["state"] for row in made["decisions"]} == {"stands"}
