"""An analyst with the keyboard alone: every key presses what is on the page, the focus stays where it is expected."""

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from browsing import Watched, chromium, served
from playwright.sync_api import Page, expect

from attested.ledger.sqlite import SqliteStore


@pytest.fixture
def ledger(example_run: Any, tmp_path: Path) -> Path:
    return Path(shutil.copy(example_run[0], tmp_path / "l.db"))


@pytest.fixture
def seen(ledger: Path) -> Iterator[Watched]:
    """A browser on a desk that may decide; no script fails and nothing is complained of."""
    with served(ledger) as address, chromium() as browser:
        watched = Watched(browser, address, viewport={"width": 1280, "height": 900})
        yield watched
        assert not watched.faults


def made(ledger: Path) -> list[tuple[str, str, str, str]]:
    with SqliteStore(ledger, read_only=True) as store:
        return [(j.kind, j.verdict, j.value or "", j.note) for j in store.judgements()]


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def decide(page: Page, key: str) -> None:
    """Press a key that decides, and wait for the page that it leads to."""
    with page.expect_navigation(url=re.compile("done=")):
        page.keyboard.press(key)
    page.wait_for_load_state("networkidle")


def on(page: Page) -> str:
    """The id in the address of the row that keys act on, which has the focus."""
    row = page.locator("[data-item].on")
    assert row.evaluate("row => row === document.activeElement")
    return re.findall(r"in_[a-z2-7]+", row.evaluate("row => row.outerHTML"))[0]


def name(page: Page) -> None:
    """Give a name, as the first decision asks for."""
    press(page, "c")
    assert page.evaluate("document.activeElement.name") == "by"
    page.keyboard.type("Anna")
    press(page, "Enter")


def test_the_queue_is_gone_through_confirmed_noted_and_undone(seen: Watched, ledger: Path) -> None:
    page = seen.open("/queue")
    first = on(page)
    press(page, "j")
    expect(page.locator("#card .kicker")).to_have_text("2 of 7")
    second = on(page)
    press(page, "k")
    expect(page.locator("#card .kicker")).to_have_text("1 of 7")
    name(page)
    press(page, "n")
    page.keyboard.type("read the wire: j k c")  # keys mean nothing in a box
    press(page, "Enter")
    decide(page, "c")
    assert made(ledger) == [("incident", "positive", "", "read the wire: j k c")]
    assert on(page) == second
    assert "confirmed incident" in page.locator("#live").text_content()
    decide(page, "u")
    assert on(page) == first
    decide(page, "1")
    assert [row[0] for row in made(ledger)] == ["incident", "undo", "value"]


def test_a_value_is_corrected_and_a_wrong_one_comes_back(seen: Watched, ledger: Path) -> None:
    page = seen.open("/queue?ask=killed&disputed=yes")
    name(page)
    press(page, "e")
    assert page.evaluate("document.activeElement.name") == "to"
    page.keyboard.type("seven")
    with page.expect_navigation():
        press(page, "Enter")
    assert page.locator("[role=alert]").is_visible()
    assert page.locator("input[name=value]").input_value() == "killed=seven"
    seen.faults.clear()  # the browser tells of the answer 422
    page = seen.open("/queue?ask=killed&disputed=yes")
    press(page, "e")
    page.locator("#card [name=by]").fill("Anna")
    page.locator("#card [name=to]").fill("7")
    page.locator("#card [name=to]").focus()
    decide(page, "Enter")
    assert made(ledger) == [("value", "corrected", "7", "")]


def test_several_are_marked_and_rejected_at_once(seen: Watched, ledger: Path) -> None:
    page = seen.open("/queue")
    name(page)
    press(page, "x", "j", "x")
    assert page.locator("[data-marked]").text_content() == "2 marked"
    page.locator(".bulk [name=by]").fill("Anna")
    press(page, "Escape")
    decide(page, "r")
    assert [row[:2] for row in made(ledger)] == [("incident", "negative")] * 2


def test_keys_in_the_ledgers_table(seen: Watched, ledger: Path) -> None:
    page = seen.open("/")
    press(page, "j", "j")
    second = on(page)
    press(page, "Enter")
    page.wait_for_url(f"**/incident/{second}")
    page = seen.open("/")
    press(page, "j", "c")  # nothing is marked: the row itself is meant, and the name is asked for
    assert page.evaluate("document.activeElement.name") == "by"
    page.keyboard.type("Anna")
    press(page, "Enter")
    decide(page, "c")
    assert [row[:2] for row in made(ledger)] == [("incident", "positive")]


def test_two_that_are_nearly_one_are_merged(seen: Watched, ledger: Path) -> None:
    page = seen.open("/queue?pairs=yes")
    page.locator("#card [name=by]").fill("Anna")
    press(page, "Escape")
    decide(page, "m")
    assert made(ledger) == [("same incident", "positive", "", "")]
    assert page.locator("text=Nothing here is in doubt").is_visible()


def test_the_list_of_keys_is_made_from_the_page(seen: Watched) -> None:
    page = seen.open("/queue")
    press(page, "?")
    listed = json.loads(
        page.evaluate("JSON.stringify([...document.querySelectorAll('.keys dt')].map(e => e.textContent))")
    )
    there = page.evaluate(
        "[...new Set([...document.querySelectorAll('[data-key]')].map(e => e.dataset.key))]"
    )
    assert {"j", "k", "x", "Enter", "?", "/", *there} <= set(listed)
    press(page, "Escape")
    assert on(page)
