"""Voices, and what each said."""

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
        row["name"]: row
        for row in json.loads(attested("voices", "--ledger", example_run[0], "--json").stdout)
    }


def test_the_list_is_what_the_command_says(client, told):
    found = client.get("/api/voices").json()["rows"]
    assert {row["name"] for row in found} == told.keys()
    sizes = [row["statements"] + row["quotations"] + row["claims"] + row["sayings"] for row in found]
    assert sizes == [len(told[row["name"]]["said"]) for row in found]
    assert sizes == sorted(sizes, reverse=True)


def test_a_voice_has_all_it_said_with_the_sentence_of_the_report(client, told, example_ledger):
    bodies = {report["id"]: report for report in example_ledger["reports"]}
    for name in ("police", "Danladi Wakawa"):
        found = client.get("/api/voices", params={"voice": name}).json()
        assert found["n"] == len(told[name]["said"])
        for one in found["said"]:
            assert one["report"] in bodies
            assert one["sentence"]
        page = unescape(client.get("/voices", params={"voice": name}).text)
        assert all(" ".join(one["words"].split()) in page for one in found["said"])
        assert all(one["sentence"] in page for one in found["said"])


def test_a_claim_leads_to_its_words(client, example_ledger):
    claims = {claim["id"] for claim in example_ledger["claims"]}
    found = client.get("/api/voices", params={"voice": "police"}).json()["said"]
    linked = set(re.findall(r'href="/claim/(\w+)"', client.get("/voices?voice=police").text))
    assert linked
    assert linked <= claims
    assert all(set(one.get("claims", ())) <= claims for one in found)


def test_utterances_are_filtered(client):
    def found(**asked):
        rows = client.get("/api/voices", params={"voice": "police", **asked}).json()["said"]
        return [(one["kind"], one["what"], one["words"]) for one in rows]

    everything = found()
    claims = found(kind="claim")
    assert claims == [one for one in everything if one[0] == "claim"] != []
    assert 0 < len(found(hedge="alleged")) < len(everything)
    assert found(since="2025-06-01") + found(until="2025-05-31") != []
    assert len(found(since="2025-06-01")) + len(found(until="2025-05-31")) == len(everything)
    assert all("19" in words for _, _, words in found(q="19"))
    assert found(q="100%_of") == [], "signs of a search language mean themselves"


def test_voices_are_filtered(client):
    def names(**asked):
        return {row["name"] for row in client.get("/api/voices", params=asked).json()["rows"]}

    assert "police" in names(q="poli") & names(hedge="alleged")
    assert names(kind="witness") < names()
    assert "ELN" in names(q="national liberation"), "an actor is found by all its names"
    assert names(q="zebra") == set()


def test_the_list_and_a_voice_are_had_as_csv(client):
    listed = list(csv.DictReader(io.StringIO(client.get("/voices?format=csv").text)))
    assert len(listed) == client.get("/api/voices").json()["n"]
    said = list(csv.DictReader(io.StringIO(client.get("/voices?voice=police&format=csv").text)))
    assert len(said) == client.get("/api/voices?voice=police").json()["n"]


def test_pages_follow_one_another(client):
    first, second = client.get("/voices").text, client.get("/voices?page=2").text
    names = [set(re.findall(r'href="/voices\?voice=([^"]+)"', page)) for page in (first, second)]
    assert names[0]
    assert names[1]
    assert names[0].isdisjoint(names[1])
    assert len(names[0] | names[1]) == client.get("/api/voices").json()["n"]


def test_a_voice_that_nobody_has_is_explained(client):
    answer = client.get("/voices?voice=zebra")
    assert answer.status_code == 404
    assert "zebra" in answer.text
