"""Deciding by form and by program: carried out, or answered with what is wrong and all that was typed."""

import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from desk_client import HOME, TOKEN, desk
from starlette.testclient import TestClient

from attested.decisions.desk import Desk
from attested.decisions.seen import as_seen
from attested.ledger.sqlite import SqliteStore
from attested.views.facts import Facts


@pytest.fixture
def ledger(example_run: Any, tmp_path: Path) -> Path:
    return Path(shutil.copy(example_run[0], tmp_path / "l.db"))


@pytest.fixture
def client(ledger: Path) -> TestClient:
    return desk(ledger, with_token=True)


def incidents(ledger: Path) -> list[str]:
    """The ids, that with most mentions first."""
    with SqliteStore(ledger, read_only=True) as store:
        rows = store.load().incidents
    return [row.id for row in sorted(rows, key=lambda row: (-len(row.mention_ids), row.id))]


def made(ledger: Path) -> list[tuple[str, str, str]]:
    with SqliteStore(ledger, read_only=True) as store:
        return [(j.kind, j.verdict, j.by) for j in store.judgements()]


def seen(ledger: Path, id: str) -> str:
    with SqliteStore(ledger, read_only=True) as store:
        return as_seen(store, id)


def decided(client: TestClient, what: str, *ids: str, **more: Any) -> Any:
    return client.post("/decide", data={"what": what, "id": ids, "by": "anna", **more})


def test_a_decision_leads_back_with_what_was_decided_and_an_undoing(client: TestClient, ledger: Path) -> None:
    first = incidents(ledger)[0]
    done = decided(client, "confirm", first, note="two wires", back="/go?id=a&id=b#c")
    assert done.status_code == 303
    assert re.fullmatch(r"/go\?id=a&id=b&done=jd_[a-z2-7]{10}#c", done.headers["location"])
    assert made(ledger) == [("incident", "positive", "anna")]
    [judgement] = re.findall(r"jd_\w+", done.headers["location"])
    page = client.get(f"/nowhere?done={judgement}").text
    assert "confirmed incident" in page
    assert "“<bdi>two wires</bdi>”" in page
    assert first in page
    assert f'name="id" value="{judgement}"' in page
    assert 'value="undo"' in page
    decided(client, "undo", judgement)
    page = client.get(f"/nowhere?done={judgement}").text
    assert "undone since" in page
    assert 'value="undo"' not in page


def test_a_name_is_asked_for_and_remembered(client: TestClient, ledger: Path) -> None:
    first = incidents(ledger)[0]
    refused = client.post("/decide", data={"what": "confirm", "id": first, "note": "why so"})
    assert refused.status_code == 422
    assert "type yours" in refused.text
    assert 'value="why so"' in refused.text
    assert first in refused.text
    assert not made(ledger)
    decided(client, "confirm", first, by="  Анна\u202e Ś ")
    assert made(ledger) == [("incident", "positive", "Анна Ś")]
    assert 'value="Анна Ś"' in client.post("/decide", data={"what": "confirm", "id": first}).text


@pytest.mark.parametrize(
    "back", ["//elsewhere.org", "https://elsewhere.org/", "/\\elsewhere.org", "elsewhere", "/a\nb", "\t//x"]
)
def test_nobody_is_led_elsewhere(client: TestClient, ledger: Path, back: str) -> None:
    answer = decided(client, "confirm", incidents(ledger)[0], back=back)
    assert answer.status_code == 422
    assert "location" not in answer.headers
    assert 'name="back" value="/"' in answer.text
    assert not made(ledger)


@pytest.mark.parametrize(
    ("headers", "with_token"),
    [({}, False), ({"sec-fetch-site": "cross-site"}, True), ({"origin": "https://elsewhere.org"}, True)],
)
@pytest.mark.parametrize("path", ["/decide", "/api/decide"])
def test_without_token_or_from_another_site_nothing_is_decided(
    ledger: Path, path: str, headers: dict[str, str], with_token: bool
) -> None:
    asked = {"what": "confirm", "ids": incidents(ledger)[:1], "by": "mallory"}
    client = desk(ledger, with_token=with_token)
    form = {"what": "confirm", "id": asked["ids"], "by": "mallory"}
    body = {"json": asked} if "api" in path else {"data": form}
    assert client.post(path, headers=headers, **body).status_code == 403
    assert not made(ledger)


def test_only_posting_decides(client: TestClient, ledger: Path) -> None:
    assert (
        client.get("/decide", params={"what": "confirm", "id": incidents(ledger)[0], "by": "a"}).status_code
        == 405
    )


def test_what_is_typed_wrong_comes_back_as_it_was_typed(client: TestClient, ledger: Path) -> None:
    first, second, *_ = incidents(ledger)
    more = {"field": "killed", "to": "7-9", "note": 'it says "seven"', "back": "/queue?at=3"}
    answer = decided(client, "correct", first, **more)
    assert answer.status_code == 422
    assert "low/best/high" in answer.text
    for kept in ('value="killed=7-9"', "it says &#34;seven&#34;", 'value="/queue?at=3"', first):
        assert kept in answer.text
    answer = decided(client, "merge", first, second, other="in_mistyped")
    assert answer.status_code == 422
    assert 'value="in_mistyped"' in answer.text
    assert not made(ledger)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"what": "burn"}, "nothing is decided by"),
        ({"what": "confirm", "id": ""}, "nothing is chosen"),
        ({"what": "split"}, "mark the reports"),
        ({"what": "correct"}, "give one incident its values"),
        ({"what": "confirm", "note": "x" * 2_001}, "a note 2,000"),
        ({"what": "confirm", "id": [f"in_{n}" for n in range(501)]}, "500 at most"),
        ({"what": "undo", "id": "jd_none"}, "no judgement"),
    ],
)
def test_what_is_missing_is_said(client: TestClient, ledger: Path, asked: dict[str, Any], said: str) -> None:
    answer = client.post("/decide", data={"id": incidents(ledger)[0], "by": "anna", **asked})
    assert answer.status_code == 422
    assert said in answer.text.lower()
    assert not made(ledger)


def test_a_form_too_big_is_refused(client: TestClient, ledger: Path) -> None:
    assert decided(client, "confirm", incidents(ledger)[0], note="x" * 30_000).status_code in (400, 413)
    answer = client.post("/api/decide", content=b" " * 1_000_001)
    assert answer.status_code == 413
    assert not made(ledger)


def test_a_hostile_note_is_text(client: TestClient, ledger: Path) -> None:
    hostile = "</bdi><script>alert(1)</script> \u202egnp.exe"
    location = decided(client, "reject", incidents(ledger)[0], note=hostile, by="<b>eve</b>").headers[
        "location"
    ]
    page = client.get(location.replace("/?", "/nowhere?")).text
    assert "<script>alert" not in page
    assert "<b>eve" not in page
    assert "⟨U+202E⟩gnp.exe" in page
    assert "&lt;script&gt;" in page


def test_what_was_done_comes_from_the_ledger_alone(client: TestClient) -> None:
    page = client.get("/nowhere?done=jd_<script>,jd_aaaaaaaaaa").text
    assert "Just decided" not in page
    assert "jd_" not in page


def test_merge_split_and_correct_by_form(client: TestClient, ledger: Path) -> None:
    first, second, third, *_ = incidents(ledger)
    decided(client, "merge", first, other=f"{second}, {third}")
    left = incidents(ledger)
    assert first in left
    assert second not in left
    assert third not in left
    with SqliteStore(ledger, read_only=True) as store:
        report = store.load(around=third).reports[0].id
    answer = decided(client, "split", first, part=[report])
    assert answer.status_code in (303, 422)
    decided(client, "correct", first, field=["killed", "date"], to=["7", "2021-05"], value="injured=4")
    with SqliteStore(ledger, read_only=True) as store:
        values = {j.right: j.value for j in store.judgements() if j.kind == "value"}
    assert values == {"killed": "7", "date": "2021-05", "injured": "4"}


def test_many_at_once_are_undone_at_once(client: TestClient, ledger: Path) -> None:
    with SqliteStore(ledger, read_only=True) as store:
        rows = store.load()
    ids = [m.id for m in rows.mentions if m.kind == "incident"][:20] + [s.id for s in rows.statements]
    n = len(ids)
    location = decided(client, "reject", *ids, back="/x").headers["location"]
    assert len(made(ledger)) == n
    page = client.get(location).text
    assert f"{n} times: rejected incident" in page
    assert "Undo all of it" in page
    undone = re.findall(r'name="id" value="(jd_\w+)"', page)
    assert decided(client, "undo", *undone).status_code == 303
    assert len(made(ledger)) == 2 * n
    assert len(incidents(ledger)) == len(rows.incidents)


def test_what_another_person_changed_is_shown_before_it_is_decided(client: TestClient, ledger: Path) -> None:
    first, second, third, *_ = incidents(ledger)
    mine = seen(ledger, second)
    decided(client, "merge", first, second, by="ben", note="one blast")
    answer = decided(client, "reject", mine)
    assert answer.status_code == 409
    assert f"{second} is now part of {first}" in answer.text.replace("<bdi>", "").lower()
    assert "ben merged incidents" in answer.text
    assert len(made(ledger)) == 1
    again = re.findall(r'name="id" value="([^"]+)"', answer.text)
    assert [id.partition("~")[0] for id in again] == [first]
    assert decided(client, "reject", *again).status_code == 303
    assert third in incidents(ledger)
    assert first not in incidents(ledger)


def test_a_value_that_another_gave_meanwhile_is_told_but_not_ones_own(
    client: TestClient, ledger: Path
) -> None:
    first, second, *_ = incidents(ledger)
    mine, other = seen(ledger, first), seen(ledger, second)
    decided(client, "correct", first, value="killed=7", by="ben")
    assert decided(client, "confirm", other).status_code == 303
    answer = decided(client, "confirm", mine)
    assert answer.status_code == 409
    assert "ben corrected killed" in answer.text
    assert decided(client, "confirm", mine, by="ben").status_code == 303


def test_what_a_run_added_is_told(client: TestClient, ledger: Path) -> None:
    first, *_ = incidents(ledger)
    assert decided(client, "confirm", f"{first}~0.otherparts").status_code == 409


def test_what_another_undid_meanwhile_is_told(client: TestClient, ledger: Path) -> None:
    first, *_ = incidents(ledger)
    [judgement] = re.findall("jd_[a-z2-7]+", decided(client, "confirm", first, by="ben").headers["location"])
    mine = seen(ledger, first)
    decided(client, "undo", judgement, by="ben")
    assert "ben undid" in decided(client, "confirm", mine).text


def test_a_program_decides_with_the_token(ledger: Path) -> None:
    first, second, *_ = incidents(ledger)
    client = desk(ledger)
    client.headers["authorization"] = f"Bearer {TOKEN}"
    answer = client.post(
        "/api/decide", json={"what": "merge", "ids": [first, second], "by": "script", "note": "x"}
    )
    assert answer.status_code == 200, answer.text
    [row] = answer.json()["judgements"]
    assert (row["kind"], row["by"], row["state"]) == ("same incident", "script", "stands")
    assert answer.json()["ids"] == [first]
    assert first in incidents(ledger)
    assert second not in incidents(ledger)


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"{", 422), (b"[]", 422), (b'{"what": "confirm", "ids": "in_x", "by": "a"}', 422),
        (b'{"what": "confirm", "ids": ["in_none9"], "by": "a"}', 422), (b'{"who": "a"}', 422), (b"\xff\xfe", 422),
    ],
)  # fmt: skip
def test_a_program_is_told_what_is_wrong(client: TestClient, body: bytes, status: int) -> None:
    answer = client.post("/api/decide", content=body)
    assert answer.status_code == status
    assert answer.json()["error"]


def test_a_program_may_say_what_it_saw(client: TestClient, ledger: Path) -> None:
    first, second, *_ = incidents(ledger)
    mine = seen(ledger, second)
    decided(client, "merge", first, second, by="ben")
    answer = client.post("/api/decide", json={"what": "confirm", "ids": [mine], "by": "script"})
    assert answer.status_code == 409
    assert answer.json()["changed"][0]["id"] == second


def test_two_people_decide_while_the_other_has_the_ledger_open(ledger: Path) -> None:
    first, second, third, *_ = incidents(ledger)
    anna, ben = (desk(ledger, with_token=True) for _ in range(2))
    with SqliteStore(ledger) as store:
        slow = Desk(store)  # loaded before the others decide
        assert decided(anna, "reject", second, by="anna").status_code == 303
        assert decided(ben, "confirm", first, by="ben").status_code == 303
        slow.reject([third], by="carla")
    assert {by for _, _, by in made(ledger)} == {"anna", "ben", "carla"}
    assert {second, third}.isdisjoint(incidents(ledger))
    assert anna.base_url == HOME


HALF = rb'{"what": "confirm", "ids": ["in_x"], "by": "a", "note": "\ud800"}'


@pytest.mark.parametrize("body", [b"[" * 100_000, HALF])
def test_what_is_no_json_or_no_text_is_refused(client: TestClient, ledger: Path, body: bytes) -> None:
    answer = client.post("/api/decide", content=body)
    assert answer.status_code == 422
    assert "no JSON" in answer.json()["error"]
    assert not made(ledger)


@pytest.mark.parametrize("n", ["9" * 30, "9" * 5_000])
def test_a_sign_with_no_number_of_a_decision_tells_nothing(client: TestClient, ledger: Path, n: str) -> None:
    first = incidents(ledger)[0]
    assert decided(client, "confirm", f"{first}~{n}.x").status_code == 303


def test_where_a_page_goes_with_the_decision_one_comes_to_what_stands(
    client: TestClient, ledger: Path
) -> None:
    one, other, third, *_ = incidents(ledger)
    gone = decided(client, "reject", third, back=f"/incident/{third}")
    assert gone.headers["location"].startswith("/decisions?done=jd_")
    joined = decided(client, "merge", one, other, back=f"/compare?id={one}&id={other}")
    stands = joined.headers["location"].partition("?")[0]
    assert stands in (f"/incident/{one}", f"/incident/{other}")
    for answer in (gone, joined):
        assert client.get(answer.headers["location"]).status_code == 200
    kept = decided(client, "confirm", stands.rpartition("/")[2], back=stands)
    assert kept.status_code == 303, kept.text
    assert kept.headers["location"].startswith(f"{stands}?done=")


def test_a_correction_goes_to_one_part_of_a_split_incident_on_its_page_as_in_the_ledger(ledger: Path) -> None:
    first = incidents(ledger)[0]
    with SqliteStore(ledger) as store:
        Desk(store).correct(first, ["killed=7"], by="anna")
        reports = Facts(store.load()).context.reports_of(
            next(row for row in store.load().incidents if row.id == first).mention_ids
        )
        Desk(store).split(first, reports[: len(reports) // 2], by="ben")
        whole = Facts(store.load())
        assert sum(bool(incident.corrections) for incident in whole.incidents) == 1
        for incident in whole.incidents:
            near = Facts(store.load(around=incident.id, beside=False))
            [row] = [row for row in near.context.incidents if row.id == incident.id]
            assert near.incident(row).corrections == incident.corrections
