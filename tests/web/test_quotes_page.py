"""Quotations in all their wordings."""

import csv
import io
import json
import re
from html import unescape

import pytest
from conftest import attested
from desk_client import desk


@pytest.fixture
def client(example_run):
    return desk(example_run[0])


@pytest.fixture(scope="module")
def told(example_run):
    """What the command says."""
    return {
        row["best"]["id"]: row
        for row in json.loads(attested("quotes", "--ledger", example_run[0], "--all", "--json").stdout)
    }


def test_the_list_is_what_the_command_says(client, told):
    found = client.get("/api/quotes").json()["rows"]
    assert {row["id"] for row in found} == told.keys()
    for row in found:
        assert row["best"] == told[row["id"]]["best"]
        assert row.get("variants") == told[row["id"]].get("variants")
        assert (row["kind"] == "altered") == told[row["id"]]["is_altered"]


def test_what_a_spun_copy_made_of_a_quotation_is_marked(client, told):
    page = unescape(client.get("/quotes?kind=altered").text)
    altered = [row for row in told.values() if row["is_altered"]]
    assert len(re.findall("<article", page)) == len(altered)
    pieces = [p for row in altered for v in row["variants"] for p in v["pieces"]]
    added = [p["text"] for p in pieces if p["mark"] == "added"]
    cut = [p["text"] for p in pieces if p["mark"] == "cut"]
    assert added
    assert cut
    body = page.partition("<article")[2]
    assert re.findall("<ins>(.*?)</ins>", body) == added
    assert re.findall("<del>(.*?)</del>", body) == cut


def test_each_wording_names_who_printed_it(client, told):
    page = client.get("/quotes").text
    linked = set(re.findall(r'href="/report/(\w+)"', page))
    wordings = [
        w for row in told.values() for w in (row["best"], *(v["wording"] for v in row.get("variants", ())))
    ]
    assert all(linked & set(wording["reports"]) for wording in wordings)


def test_quotations_are_found_by_words_speakers_and_ids(client, told):
    def found(**asked):
        return {row["id"] for row in client.get("/api/quotes", params=asked).json()["rows"]}

    assert len(found(q="goats and people")) == 1
    speaker = "Hassana Bulus"
    assert found(q=speaker) == {id for id, row in told.items() if speaker in row["best"].get("speakers", ())}
    some = next(iter(told))
    assert some in found(q=some)
    assert found(kind="alone") | found(kind="shared") | found(kind="altered") == told.keys()
    shared = client.get("/api/quotes?kind=shared").json()["rows"]
    assert all(row["n_reports"] > 1 for row in shared)
    listed = csv.DictReader(io.StringIO(client.get("/quotes?kind=shared&format=csv").text))
    assert {row["id"] for row in listed} == {row["id"] for row in shared}
