"""A ledger whose every word is an attack on the page that shows it: the desk shows it as plain text, on every page."""

import time
from collections import Counter, deque
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest
from desk_client import HOME, desk
from starlette.testclient import TestClient

from attested.ledger.sqlite import SqliteStore
from attested.ledger.store import Ledger
from hostile import LONG_LINE, PHRASES, hostile_ledger
from ledgers import index

MOST_OF_A_SORT = 4  # pages whose addresses differ in an id or a query alone
MAY_HOLD_SCRIPTS = "/static/"
LINKED = {"href", "src", "action", "formaction", "data", "poster", "srcset", "xlink:href"}


class Seen(HTMLParser):
    """What a browser would make of a page: its tags, what it links to, what would run."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ways: list[str] = []  # links that a person follows
        self.faults: list[str] = []
        self.words: list[str] = []
        self.tags: Counter[str] = Counter()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags[tag] += 1
        for name, value in attrs:
            if name.startswith("on") or name == "style" or (name == "http-equiv"):
                self.faults.append(f"<{tag} {name}={value!r}>")
            if name in LINKED and value is not None:
                self.links.append(value)
                self.ways += [value] if tag == "a" else []
        if tag == "script" and not (dict(attrs).get("src") or "").startswith(MAY_HOLD_SCRIPTS):
            self.faults.append(f"<script {attrs}>")

    def handle_data(self, data: str) -> None:
        self.words.append(data)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("hostile") / "hostile.db"
    hostile_ledger(path)
    index(path)
    return path


@pytest.fixture(scope="module")
def ledger(hostile) -> Ledger:
    with SqliteStore(hostile, read_only=True) as store:
        return store.load(vectors=False)


def _sort_of(path: str) -> str:
    """An address without what differs from row to row."""
    parts = urlsplit(path)
    names = sorted(part.partition("=")[0] for part in parts.query.split("&"))
    return "/".join("ID" if "_" in part else part for part in parts.path.split("/")) + "?" + "&".join(names)


def crawled(client: TestClient) -> dict[str, Seen]:
    """Every sort of page that can be reached from the first, a few of each, as a browser reads them."""
    found, counted, waiting, met = {}, Counter[str](), deque(["/"]), {"/"}
    while waiting:
        path = waiting.popleft()
        answer = client.get(path)
        assert answer.status_code in (200, 303, 404), (path, answer.status_code, answer.text[:300])
        found[path] = seen = Seen()
        if answer.status_code == 303:
            seen.ways.append(answer.headers["location"])
        elif "html" in answer.headers["content-type"]:
            seen.feed(answer.text)
        for link in seen.ways:
            near = urldefrag(urljoin(path, link)).url
            if near.startswith("/") and not near.startswith(("//", "/static/")) and near not in met:
                met.add(near)
                if counted.update([_sort_of(near)]) or counted[_sort_of(near)] <= MOST_OF_A_SORT:
                    waiting.append(near)
    return found


@pytest.fixture(scope="module")
def pages(hostile) -> dict[str, Seen]:
    return crawled(desk(hostile, with_token=True))


def test_every_sort_of_page_is_reached(pages):
    reached = {path.split("?")[0].split("/")[1] for path in pages}
    assert {"incident", "report", "story", "statement", "reports", "voices", "quotes"} <= reached


def test_nothing_of_a_page_runs(pages):
    faults = {path: seen.faults for path, seen in pages.items() if seen.faults}
    assert not faults


def test_every_link_is_of_the_desk_or_of_the_web(pages):
    """Nothing leads to ``javascript:``, ``data:`` or a file; a link to the web is one that a report's page gives."""
    wrong = {
        (path, link)
        for path, seen in pages.items()
        for link in seen.links
        if urlsplit(urljoin(HOME + path, link)).scheme not in ("http", "https", "") or link.startswith("//")
    }
    assert not wrong


def test_no_tag_comes_out_of_the_words(pages):
    """No tag that the desk's own pages never have."""
    tags = {tag for seen in pages.values() for tag in seen.tags}
    assert not tags & {"img", "base", "iframe", "object", "embed", "b", "animate", "foreignobject"}


def test_the_words_are_shown_as_they_are(hostile, ledger):
    client, told = desk(hostile), Seen()
    for report in ledger.reports:
        told.feed(client.get(f"/report/{report.id}").text)
    words = "".join(told.words)
    missing = [phrase for phrase in PHRASES if phrase.isprintable() and phrase not in words]
    assert not missing


def test_a_line_of_a_million_letters_is_answered_in_time(hostile, ledger):
    client = desk(hostile)
    longest = max(ledger.reports, key=lambda report: len(report.text))
    assert len(longest.text) > LONG_LINE
    began = time.process_time()
    answer = client.get(f"/report/{longest.id}")
    assert answer.status_code == 200
    assert time.process_time() - began < 2.0
