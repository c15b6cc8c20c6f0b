"""An analyst's five journeys in a browser: find, check, compare, decide, undo; on the examples' ledger and on one of
20,000 incidents, by mouse and by keyboard, and where it matters without scripts."""

import csv
import io
import re
import shutil
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import large
import pytest
from browsing import Watched, chromium, served, watched
from conftest import REPORTS, attested
from playwright.sync_api import Browser, Page, expect

_PATIENCE = 15_000  # milliseconds for an expectation, on a machine that does other things too
_NAME, _NOTE = "Amina Yusuf", "read every report of it"
_MOST_DISPUTED = "/?disputed=yes&sort=-origins"


@dataclass(frozen=True, slots=True)
class Case:
    """A ledger, and what an analyst looks for in it."""

    ledger: Path
    words: str
    country: str


@pytest.fixture(scope="session")
def large_ledger() -> Path:
    """A ledger of 20,000 incidents, with its lists."""
    return large.made()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    expect.set_options(timeout=_PATIENCE)
    with chromium() as browser:
        yield browser


@pytest.fixture(params=["examples", "large"])
def case(request: pytest.FixtureRequest, tmp_path: Path) -> Case:
    if request.param == "examples":
        path = request.getfixturevalue("example_run")[0]
        return Case(Path(shutil.copy(path, tmp_path / "examples.db")), "Tibú", "CO")
    return Case(request.getfixturevalue("large_ledger"), "Nazeya", "VE")


@pytest.fixture
def address(case: Case) -> Iterator[str]:
    with served(case.ledger) as address:
        yield address


@pytest.fixture
def analyst(browser: Browser, address: str) -> Iterator[Watched]:
    with _before(browser, address) as seen:
        yield seen


@pytest.fixture(params=["with scripts", "without"])
def either(browser: Browser, address: str, request: pytest.FixtureRequest) -> Iterator[Watched]:
    """An analyst whose browser runs scripts, and one whose browser does not."""
    with _before(browser, address, java_script_enabled=request.param == "with scripts") as seen:
        yield seen


def _before(browser: Browser, address: str, **options: Any) -> AbstractContextManager[Watched]:
    return watched(browser, address, viewport={"width": 1280, "height": 860}, **options)


# --- find -------------------------------------------------------------------------------------------------------------


def test_find(case: Case, either: Watched) -> None:
    page = either.page
    form = page.locator("form.filter")
    form.get_by_label("Words").fill(case.words)
    form.get_by_label("Country").select_option(case.country)
    form.get_by_role("button", name="Filter").click()
    expect(page).to_have_title(f"Incidents: {case.words} · Attested")
    found, n = _rows(page), _total(page)
    assert 1 < n < large.N_INCIDENTS
    for where in page.locator("td.where").all_text_contents():
        assert where.strip().endswith(case.country), where
    either.look()

    file = page.request.get(page.url + "&format=csv")
    ids = [row["id"] for row in csv.DictReader(io.StringIO(file.text()))]
    assert len(ids) == n
    assert ids[: len(found)] == found

    filtered = page.url
    page.locator("table.list a[data-open]").first.click()
    expect(page.locator("#row-id")).to_have_text(found[0])
    either.look()
    page.go_back()
    assert page.url == filtered
    expect(form.get_by_label("Words")).to_have_value(case.words)
    assert _rows(page) == found


def test_what_is_drawn_leads_to_its_list(case: Case, either: Watched) -> None:
    page = either.open(f"/?q={case.words}&country={case.country}")
    before = page.url
    mark = page.locator(".map svg a").first
    named = mark.get_attribute("aria-label")
    mark.locator("circle").click()
    expect(page).not_to_have_url(before)
    assert named.endswith((f": {_in_words(_total(page))}", f"{_total(page)} incidents")), named
    either.look()

    page.goto(before)
    bar = page.locator(".timeline svg a:has(rect.room)").last
    named = bar.get_attribute("aria-label")
    bar.locator("rect.room").click()
    expect(page).not_to_have_url(before)
    either.look()
    if page.locator("#row-id").count():  # so few that each has a line of its own
        assert page.locator("h1").text_content().partition(",")[0][:20] in named
    else:
        assert _in_words(_total(page)) in named


def _in_words(n: int) -> str:
    from attested.views.words import number_words

    return number_words(n, "incident")


def _total(page: Page) -> int:
    return int(page.locator(".totals strong").first.text_content().replace(",", ""))


def _rows(page: Page) -> list[str]:
    """The ids of the incidents that a list shows."""
    return [link.get_attribute("href").rpartition("/")[2] for link in page.locator("a[data-open]").all()]


# --- check ------------------------------------------------------------------------------------------------------------


def test_check_a_disputed_value_against_the_words(case: Case, either: Watched) -> None:
    page = either.open(_MOST_DISPUTED)
    page.locator("table.list a[data-open]").first.click()
    claim = page.locator(".dispute .words a").first
    id = claim.get_attribute("href").partition("#")[2]
    claim.click()
    words = page.locator(f"mark#{id}")
    expect(words).to_be_in_viewport()
    assert words.evaluate("mark => mark.matches(':target')")
    assert words.text_content().strip()
    expect(page.locator(f'[data-claim="{id}"]')).to_be_visible()
    either.look()
    for fold in page.locator("details.furniture").all():
        assert (fold.get_attribute("open") is not None) == bool(fold.locator("mark").count())


def test_furniture_is_folded_and_named(example_run: tuple[Path, object], browser: Browser) -> None:
    with served(example_run[0]) as address, _before(browser, address) as seen:
        page = seen.open("/reports")
        reports = [link.get_attribute("href") for link in page.locator("main th a[href^='/report/']").all()]
        fold = page.locator("details.furniture:not([open])").first
        for report in reports:
            if seen.open(report) and fold.count():
                break
        assert fold.locator("summary").text_content().strip()
        expect(fold.locator(".words").first).to_be_hidden()
        fold.locator("summary").click()
        expect(page.locator("details.furniture[open] .words").first).to_be_visible()
        seen.look()


def test_check_what_was_known_on_a_day(case: Case, either: Watched) -> None:
    page = either.open(_MOST_DISPUTED)
    page.locator("table.list a[data-open]").first.click()
    today = page.locator(".head .facts strong").first.text_content()
    if either.has_scripts:
        page.locator("#step").focus()
        page.keyboard.press("Home")
    else:
        page.locator("#history .chips a").first.click()
    expect(page.get_by_role("note")).to_contain_text("As known on")
    assert page.locator(".head .facts strong").first.text_content() != today
    either.look()
    page.get_by_role("link", name="Back to today").click()
    expect(page.locator(".head .facts strong").first).to_have_text(today)


# --- compare ----------------------------------------------------------------------------------------------------------


def test_compare_an_incident_with_one_like_it(case: Case, analyst: Watched) -> None:
    page = analyst.open(_MOST_DISPUTED)
    page.locator("table.list a[data-open]").first.click()
    own = page.locator("#row-id").text_content()
    like = page.locator(".alike li").first
    other = like.locator("a").first.get_attribute("href").rpartition("/")[2]
    like.get_by_role("link", name="Compare").click()
    _sees_two(analyst, own, other)


def test_compare_two_that_were_nearly_made_one(example_run: tuple[Path, object], browser: Browser) -> None:
    with served(example_run[0]) as address, _before(browser, address) as seen:
        page = seen.open("/queue")
        page.get_by_role("navigation", name="Parts of the queue").get_by_text("Nearly one").click()
        seen.look()
        both = [
            a.get_attribute("href").rpartition("/")[2] for a in page.locator("#card .side strong a").all()
        ]
        page.locator("#card h2 a").click()
        _sees_two(seen, *both)


def _sees_two(seen: Watched, one: str, other: str) -> None:
    """Both incidents, what agrees and what does not, and a form that decides."""
    page = seen.page
    expect(page.get_by_role("heading", level=1)).to_have_text("One incident or two?")
    for id in (one, other):
        expect(page.locator(f"table.compare thead a[href='/incident/{id}']")).to_be_visible()
    words = {sign.strip() for sign in page.locator(".agreement .sign").all_text_contents()}
    assert len(words) > 1, words
    assert "the same" in words or "may be the same" in words, words
    expect(page.get_by_role("button", name="They are one")).to_be_visible()
    seen.look()


# --- decide and undo --------------------------------------------------------------------------------------------------


def test_decide_by_keyboard(case: Case, analyst: Watched) -> None:
    page = analyst.open("/queue")
    analyst.look()
    press = page.keyboard.press
    press("n")
    page.keyboard.type(_NOTE)
    press("Tab")
    page.keyboard.type(_NAME)
    press("Enter")  # leaves the box
    first = _waiting(page)[0]
    _decides(page, "c", "confirmed")
    assert first not in _waiting(page)
    analyst.look()

    turned = _turned_to(page, "j")
    _decides(page, "r", "rejected")
    assert turned not in _waiting(page)

    turned = _turned_to(page, "j")
    press("e")  # to the value
    press("Shift+Tab")  # back to its field
    page.keyboard.type("killed")
    press("Tab")
    page.keyboard.type("3/4/5")
    _decides(page, "Enter", "corrected")
    assert (
        page.request.get(f"{analyst.address}/api/incident/{turned}").json()["incident"]["killed"]["best"] == 4
    )

    before = _waiting(page)
    marked = []
    for key in ("k", "j"):
        marked.append(_turned_to(page, key))
        press("x")
    _decides(page, "m", "merged")
    assert not set(marked) <= set(_waiting(page)), before
    _are_recorded(analyst, case.ledger, ["merged", "corrected", "rejected", "confirmed"])


def test_decide_by_mouse_without_scripts(case: Case, browser: Browser, address: str) -> None:
    with _before(browser, address, java_script_enabled=False) as seen:
        page = seen.open("/queue")
        first = _waiting(page)[0]
        page.locator("#card").get_by_label("Your name").fill(_NAME)
        page.locator("#card").get_by_label("Why").fill(_NOTE)
        page.get_by_role("button", name="All of it is right").click()
        expect(page.get_by_label("Just decided")).to_contain_text("confirmed")
        assert first not in _waiting(page)
        page.get_by_role("button", name="It is no incident").click()  # the name is remembered
        expect(page.get_by_label("Just decided")).to_contain_text("rejected")
        page.get_by_label("Just decided").get_by_role("button", name="Undo").click()
        expect(page.get_by_label("Just decided")).to_contain_text("undid: rejected")
        _are_recorded(seen, case.ledger, ["undid", "rejected", "confirmed"])


def test_decisions_outlast_a_rerun(
    example_run: tuple[Path, object], tmp_path: Path, browser: Browser
) -> None:
    ledger = Path(shutil.copy(example_run[0], tmp_path / "rerun.db"))
    with served(ledger) as address, _before(browser, address) as seen:
        page = seen.open("/queue")
        confirmed = _waiting(page)[0]
        page.locator("#card").get_by_label("Your name").fill(_NAME)
        page.get_by_role("button", name="All of it is right").click()
        expect(page.get_by_label("Just decided")).to_contain_text("confirmed")
        before = page.request.get(f"{address}/api/decisions").json()
        done = attested("run", REPORTS, "--ledger", ledger)
        assert done.returncode in (0, 1), done.stderr
        assert page.request.get(f"{address}/api/decisions").json() == before
        assert confirmed not in _waiting(seen.open("/queue"))
        seen.open(f"/incident/{confirmed}")
        expect(page.locator(".head .sign.good").first).to_contain_text("judged: confirmed")


def test_undo(case: Case, analyst: Watched) -> None:
    page = analyst.open("/queue")
    before = _waiting(page)
    page.locator("#card").get_by_label("Your name").fill(_NAME)
    page.locator("#main").focus()
    _decides(page, "r", "rejected")
    assert before[0] not in _waiting(page)
    _decides(page, "u", "undid: rejected")
    analyst.look()
    if (
        case.words == "Tibú"
    ):  # deciding compares a made ledger's mentions anew, which may give an incident another id
        assert _waiting(analyst.open("/queue")) == before
    rows = page.request.get(f"{analyst.address}/api/decisions").json()["decisions"]
    assert [row["state"].partition(" ")[0] for row in rows[:2]] == ["stands", "undone"]


def _waiting(page: Page) -> list[str]:
    """The ids of the queue's lines, in order."""
    return [
        item.get_attribute("data-href").rpartition("at=")[2] for item in page.locator("[data-item]").all()
    ]


def _turned_to(page: Page, key: str) -> str:
    """The id of the incident that j or k turns to, when its card is there."""
    page.keyboard.press(key)
    id = page.locator("[data-item].on").get_attribute("data-href").rpartition("at=")[2]
    expect(page.locator(f"#card:not([inert]) h2 a[href='/incident/{id}']")).to_be_visible()
    return id


def _decides(page: Page, key: str, words: str) -> None:
    """A key decides: the page comes back and says so."""
    with page.expect_navigation(url=re.compile("done=")):  # else a card that is fetched counts as one
        page.keyboard.press(key)
    expect(page.get_by_label("Just decided")).to_contain_text(words)


def _are_recorded(seen: Watched, ledger: Path, newest_first: list[str]) -> None:
    """Who, what, why and when of what was decided, and that nobody changed the record."""
    page = seen.open("/decisions")
    seen.look()
    for row, words in zip(page.locator("tbody tr").all(), newest_first, strict=False):
        expect(row).to_contain_text(words)
        expect(row).to_contain_text(_NAME)
        expect(row.locator("time")).to_have_attribute("datetime", re.compile(r"^20\d\d-"))
    expect(page.locator("tbody tr").nth(len(newest_first) - 1)).to_contain_text(_NOTE)
    assert attested("audit", "verify", "--ledger", ledger).returncode == 0
