"""The list of reports, and the pages set aside."""

import csv
import io
import re

import pytest
from desk_client import desk

from attested.ledger.sqlite import SqliteStore
from attested.web.reports_page import _OTHER_ADVICE, _advice


@pytest.fixture
def client(example_run):
    return desk(example_run[0])


def listed(html: str) -> list[str]:
    return re.findall(r'data-row="(rp_\w+)"', html)


def test_the_page_and_the_api_list_the_same_reports(client, example_ledger):
    ids = listed(client.get("/reports").text)
    assert set(ids) == {row["id"] for row in example_ledger["reports"]}
    assert [row["id"] for row in client.get("/api/reports").json()["reports"]] == ids


@pytest.mark.parametrize(
    "query",
    [
        "made=spun",
        "agency=Meridian",
        "text=bomb+market",
        "since=2025-06-01&until=2025-06-30",
        "outlet=The+Lagoon+Herald",
    ],
)
def test_a_filter_is_an_address_that_both_answer(client, query):
    everything = listed(client.get("/reports").text)
    some = listed(client.get(f"/reports?{query}").text)
    assert 0 < len(some) < len(everything)
    answer = client.get(f"/api/reports?{query}").json()
    assert [row["id"] for row in answer["reports"]] == some
    assert answer["total"] == len(some)


def test_signs_tell_spun_text_and_doubtful_dates(client):
    html = client.get("/reports").text
    assert '<span class="sign spun">spun</span>' in html
    assert "in doubt</span>" in html


def test_the_list_as_a_file_has_every_report(client, example_ledger):
    answer = client.get("/reports?format=csv&made=own+text")
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert answer.headers["content-type"].startswith("text/csv")
    assert {row["made"] for row in rows} == {"own text"}
    made = {edge["child"] for edge in example_ledger["derivations"]}
    assert {row["id"] for row in rows} == {row["id"] for row in example_ledger["reports"]} - made


@pytest.mark.parametrize("query", ["made=stolen", "since=tomorrow", "page=x"])
def test_a_query_that_asks_for_nothing_known_is_explained(client, query):
    assert client.get(f"/reports?{query}").status_code == 400
    assert client.get(f"/api/reports?{query}").json()["error"]


def test_a_page_beyond_the_last_is_empty_and_says_so(client):
    assert "No report answers" in client.get("/reports?page=900").text


def test_no_page_set_aside_is_missing(client, example_ledger):
    aside = [page for page in example_ledger["pages"] if page["status"] == "set aside"]
    html, answer = client.get("/pages").text, client.get("/api/pages").json()
    assert len(aside) == answer["set_aside"] > 0
    assert {page["id"] for page in answer["pages"]} == {page["id"] for page in aside}
    for page in aside:
        assert page["input"] in html
    assert answer["read"] == len(example_ledger["pages"]) - len(aside)


def test_every_reason_of_the_examples_has_advice_of_its_own(example_run):
    with SqliteStore(example_run[0], read_only=True) as store:
        reasons = [page.why or "" for page in store.load(vectors=False).pages if page.status == "set aside"]
    assert reasons
    assert all(_advice(why) != _OTHER_ADVICE for why in reasons)
    assert len({_advice(why) for why in reasons}) == len(reasons)


@pytest.mark.parametrize("path", ["/reports?text=", "/voices?voice=police&q="])
def test_a_search_of_very_many_words_is_answered(client, path):
    assert client.get(path + "a+" * 2_000).status_code == 200
