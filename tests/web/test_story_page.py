"""A story's and an origin's page, and the list of stories."""

import csv
import io
import re
from collections import Counter
from html import unescape
from xml.etree import ElementTree

import pytest
from desk_client import desk

from attested.ledger.sqlite import SqliteStore
from attested.views.lists import index_lists
from hostile import hostile_ledger


@pytest.fixture
def client(example_run):
    return desk(example_run[0])


@pytest.fixture
def largest(example_ledger):
    return max(example_ledger["stories"], key=lambda story: len(story["reports"]))


def picture(page: str) -> ElementTree.Element:
    found = re.search(r'<svg class="lineage" viewBox.*?</svg>', page, re.S)
    assert found
    return ElementTree.fromstring(found[0])


def test_the_picture_has_every_report_and_leads_to_it(client, largest):
    drawn = picture(client.get(f"/story/{largest['id']}").text)
    hrefs = [a.get("href", "") for a in drawn.iter("a")]
    assert {f"/report/{report}" for report in largest["reports"]} <= set(hrefs)
    assert all(a.get("aria-label") or a.find("text") is not None for a in drawn.iter("a"))


def test_each_copy_has_its_line(client, largest, example_ledger):
    drawn = picture(client.get(f"/story/{largest['id']}").text)
    lines = Counter(p.get("class", "").split()[1] for p in drawn.iter("path") if "edge" in p.get("class", ""))
    made = [d for d in example_ledger["derivations"] if d["child"] in largest["reports"] and d["parent"]]
    assert lines == Counter("version" if d["is_version"] else d["kind"] for d in made)
    assert lines["spun"] == 1


def test_the_page_has_no_inline_style_or_script(client, largest):
    page = client.get(f"/story/{largest['id']}").text
    assert "style=" not in page
    assert "<style" not in page
    assert not re.search(r"<script(?![^>]*src=)", page)


def test_a_value_that_copies_repeat_is_shown_to_rest_on_one_origin(client, largest):
    found = client.get(f"/api/story/{largest['id']}").json()
    rows = [row for incident in found["incidents"] for row in incident["rows"]]
    [fourteen] = [row for row in rows if (row["field"], row["value"]) == ("killed", "14")]
    [held] = fourteen["by_origin"].values()
    assert fourteen["n_origins"] == 1
    assert len(held["reports"]) == 5
    assert len(held["spun"]) == 1
    assert not fourteen["stands"], "a corrected dispatch took it back"
    page = client.get(f"/story/{largest['id']}").text
    assert "one origin, five reports" in page
    assert "no longer stands" in page


def test_what_each_report_brought_is_told(client, largest):
    found = client.get(f"/api/story/{largest['id']}").json()
    told = {
        line["headline"]: [(one["field"], one["value"], one["instead"]) for one in line["brought"]]
        for line in found["reports"]
    }
    [corrected] = [brought for headline, brought in told.items() if headline.startswith("CORRECTED")]
    assert ("killed", "19", ["14"]) in corrected
    page = client.get(f"/story/{largest['id']}").text
    assert re.search(r"killed <strong>19</strong>\s*<span class=\"soft\">for 14", page)
    children = [line for line in found["reports"] if line["parent"]]
    assert children
    for line in children:
        assert f"/report/{line['report']}?against={line['parent']}" in page


def test_a_story_as_it_was_known_on_a_day(client, largest):
    early = client.get(f"/story/{largest['id']}?as_of=2025-03-11").text
    assert "as known on 11 March 2025" in early
    assert "<h1>Bomb kills at least 14" in early, "the headline of a later report was not known"
    assert "killed <strong>14</strong>" in early
    assert "killed <strong>19</strong>" not in early
    assert "killed <strong>23</strong>" not in early
    found = client.get(f"/api/story/{largest['id']}?as_of=2025-03-11").json()
    assert 0 < found["n_reports"] < len(largest["reports"])


def test_what_is_not_there_is_explained(client, largest):
    assert client.get("/story/sto_nothing").status_code == 404
    assert client.get(f"/origin/{largest['id']}").status_code == 404
    assert client.get(f"/story/{largest['id']}?as_of=soon").status_code == 400
    before = client.get(f"/story/{largest['id']}?as_of=1999-01-01")
    assert before.status_code == 404
    assert "later day" in before.text


def test_an_origin_has_its_own_page(client, example_ledger):
    largest = max(example_ledger["origins"], key=lambda origin: len(origin["reports"]))
    page = client.get(f"/origin/{largest['id']}").text
    hrefs = {a.get("href", "") for a in picture(page).iter("a")}
    assert {f"/report/{report}" for report in largest["reports"]} <= hrefs
    assert "one independent origin" in page
    found = client.get(f"/api/origin/{largest['id']}").json()
    assert found["n_reports"] == len(largest["reports"])
    assert [origin["id"] for origin in found["origins"]] == [largest["id"]]


def test_stories_are_listed_the_largest_first(client, example_ledger):
    found = client.get("/api/stories").json()
    sizes = {story["id"]: len(story["reports"]) for story in example_ledger["stories"]}
    assert {row["id"]: row["n_reports"] for row in found["rows"]} == sizes
    assert [row["n_reports"] for row in found["rows"]] == sorted(sizes.values(), reverse=True)
    page = client.get("/stories").text
    assert set(re.findall(r'href="/story/(\w+)"', page)) == set(sizes)


def test_stories_are_found_by_their_words_and_days(client):
    def found(**asked):
        return [row["headline"] for row in client.get("/api/stories", params=asked).json()["rows"]]

    assert len(found(q="mortar tib")) == 1
    assert found(q="zebra") == []
    assert found(since="2025-09-01") == found(q="rockets iraqi")
    assert len(found(until="2024-12-31")) == 1
    listed = client.get("/stories?q=mortar&format=csv").text
    assert [row["headline"] for row in csv.DictReader(io.StringIO(listed))] == found(q="mortar")


@pytest.mark.parametrize(
    "path", ["/stories?sort=colour", "/quotes?kind=blue", "/voices?hedge=sure", "/stories?page=x"]
)
def test_a_wrong_filter_is_explained(client, path):
    answer = client.get(path)
    assert answer.status_code == 400
    assert "is one of" in answer.text or "is a number" in answer.text


def test_hostile_pages_are_text_in_every_list(tmp_path):
    hostile_ledger(tmp_path / "l.db")
    with SqliteStore(tmp_path / "l.db") as store:
        ledger = store.load(vectors=False)
        index_lists(store, ledger)
    hostile = desk(tmp_path / "l.db")
    addresses = ["/stories", "/voices", "/quotes", *(f"/story/{story.id}" for story in ledger.stories)]
    addresses += [f"/origin/{origin.id}" for origin in ledger.origins[:4]]
    addresses += re.findall(r'href="(/voices\?voice=[^"]+)"', hostile.get("/voices").text)
    for address in addresses:
        answer = hostile.get(unescape(address))
        assert answer.status_code == 200, address
        own = answer.text.count('type="module"')
        assert answer.text.casefold().count("<script") == own
        assert not re.search(r"<(img|iframe|object)|\son\w+=\"|href=\"\s*javascript:", answer.text, re.I), (
            address
        )
        assert not re.search("[\u202a-\u202e\u2066-\u2069\x1b]", answer.text), address
