"""The ledger as a list."""

import csv
import io
import re

import pytest
from desk_client import desk


@pytest.fixture
def client(example_run):
    return desk(example_run[0])


def test_it_lists_every_incident_of_the_ledger(client, example_ledger):
    page = client.get("/").text
    ids = set(re.findall(r'href="/incident/(in_\w+)"', page))
    assert ids == {incident["id"] for incident in example_ledger["incidents"]}
    assert f"<strong>{len(ids)}</strong> incidents" in page


def test_every_count_leads_to_as_many_rows(client):
    page = client.get("/?kind=all").text
    counted = re.findall(r'<a href="(/\?[^"]+)"><strong>([\d,]+)</strong>', page)
    assert counted
    for href, n in counted:
        found = client.get(href.replace("&amp;", "&").replace("/?", "/api/ledger?")).json()
        assert found["totals"]["n"] == int(n.replace(",", ""))


def test_a_filter_narrows_page_csv_and_json_alike(client):
    asked = {"country": "CO", "disputed": "yes"}
    found = client.get("/api/ledger", params=asked).json()
    listed = list(csv.DictReader(io.StringIO(client.get("/", params=asked | {"format": "csv"}).text)))
    assert [row["id"] for row in found["rows"]] == [row["id"] for row in listed]
    assert {row["country"] for row in listed} == {"CO"}
    page = client.get("/", params=asked).text
    assert set(re.findall(r'href="/incident/(in_\w+)"', page)) == {row["id"] for row in listed}


def test_unknown_is_empty_never_zero(client):
    listed = csv.DictReader(io.StringIO(client.get("/?format=csv").text))
    told = {row["id"]: row["killed_best"] for row in listed}
    rows = client.get("/api/ledger").json()["rows"]
    assert any(row["killed"] is None for row in rows)
    for row in rows:
        assert told[row["id"]] == ("" if row["killed"] is None else str(row["killed"]["best"]))


@pytest.mark.parametrize("asked", ["since=soon", "sort=colour", "box=1", "kind=report", "page=x"])
def test_a_wrong_address_is_explained(client, asked: str):
    for path in ("/", "/api/ledger"):
        answer = client.get(f"{path}?{asked}")
        assert answer.status_code == 400
        assert asked.partition("=")[0] in answer.text.casefold()


def test_nothing_found_is_said(client):
    page = client.get("/?q=zebra+xylophone").text
    assert "Nothing in this ledger" in page
    assert "<table" not in page


@pytest.mark.parametrize(
    "typed", ["<script>alert(1)</script>", '"><img src=x>', "' OR 1=1 --", "\u202eevil", 'NEAR("']
)
def test_what_is_typed_comes_back_as_text(client, typed: str):
    page = client.get("/", params={"q": typed, "country": typed, "place": typed}).text
    assert "<script>alert" not in page
    assert "<img" not in page


def test_a_ledger_that_cannot_be_read_is_said_in_bare_words(tmp_path):
    lost = tmp_path / "lost.db"
    lost.write_bytes(b"no ledger at all" * 100)
    answer = desk(lost).get("/")
    assert answer.status_code == 503
    assert "not a ledger" in answer.text
    assert desk(lost).get("/api/ledger").json()["error"]
