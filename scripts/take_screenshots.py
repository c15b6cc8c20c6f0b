"""Screenshots of every view of the desk on the examples' ledger, for docs/desk.md.

usage: scripts/screenshots [FOLDER]
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

_ROOT = Path(__file__).parents[1]
_SHOTS = _ROOT / "docs" / "screenshots"
_ATTESTED = (sys.executable, "-c", "from attested.cli.main import main; main()")
_WIDE, _NARROW = {"width": 1280, "height": 860}, {"width": 400, "height": 860}
_CALM = "* {animation: none !important; transition: none !important} footer {visibility: hidden}"
_DISPUTED = "/?disputed=yes&sort=-origins"  # the first of them is the example with the most origins
_LISTS = {name: f"/{name}" for name in ("voices", "quotes", "trends", "reports", "queue")}


def main(folder: Path) -> None:
    """Draw all pictures into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as playwright:
        ledger = Path(scratch) / "demo.db"
        run = [*_ATTESTED, "run", str(_ROOT / "examples" / "reports"), "--ledger", str(ledger)]
        subprocess.run(run, check=False, stdout=subprocess.DEVNULL)
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        with _served(ledger) as address:
            _draw(browser, address, folder)


@contextmanager
def _served(ledger: Path) -> Iterator[str]:
    """The address of a desk, with its token."""
    command = [*_ATTESTED, "desk", str(ledger), "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as desk:
        assert desk.stdout is not None
        try:
            yield next(line for line in desk.stdout if "http://" in line).split()[-1]
        finally:
            desk.terminate()


def _draw(browser: Browser, address: str, folder: Path) -> None:
    home = address.partition("/?")[0]
    wide = browser.new_page(viewport=_WIDE, bypass_csp=True)
    wide.goto(address)
    paths = _addresses(wide, home)
    for name, path in paths.items():
        _shoot(wide, home + path, folder / f"{name}.png")
    _decide(wide, home)
    _shoot(wide, f"{home}/decisions", folder / "decisions.png")
    dark = browser.new_page(viewport=_WIDE, color_scheme="dark", bypass_csp=True)
    _shoot(dark, f"{home}/", folder / "ledger-dark.png")
    narrow = browser.new_page(viewport=_NARROW, bypass_csp=True)
    _shoot(narrow, home + paths["incident"], folder / "incident-400.png")


def _addresses(page: Page, home: str) -> dict[str, str]:
    """Each picture's address, found by following links as a person would."""

    def link(path: str, selector: str) -> str:
        page.goto(home + path)
        return page.locator(selector).first.get_attribute("href") or path

    incident = link(_DISPUTED, "table.list a[data-open]")
    found = {"ledger": "/", "incident": incident, "history": f"{incident}/history"}
    found["compare"] = link(incident, ".alike a.button")
    found["statement"] = link("/?kind=statement&sort=-origins", "table.list a[data-open]")
    found["report"] = link(incident, ".dispute .words a")
    found["story"] = link("/stories", "main a[href^='/story/']")
    return found | _LISTS


def _decide(page: Page, home: str) -> None:
    """A few real decisions: one confirmed, one corrected, one rejected and had back."""
    page.goto(f"{home}/queue")
    page.locator("#card").get_by_label("Your name").fill("Amina")
    page.locator("#card").get_by_label("Why").fill("read all its reports")
    page.get_by_role("button", name="All of it is right").click()
    page.locator("#card").get_by_label("Why").fill("the hospital's own count")
    page.locator("#card summary[data-key=e]").click()
    page.locator("#card select[name=field]").select_option("injured")
    page.locator("#card input[name=to]").fill("5")
    page.get_by_role("button", name="Correct", exact=True).click()
    page.locator("#card").get_by_label("Why").fill("an exercise?")
    page.get_by_role("button", name="It is no incident").click()
    page.get_by_label("Just decided").get_by_role("button", name="Undo").click()


def _shoot(page: Page, url: str, file: Path) -> None:
    """The window of a page, without what moves and the footer, which says when the run was."""
    page.goto(url)
    page.add_style_tag(content=_CALM)
    page.screenshot(path=file)
    print(f"{file}: {file.stat().st_size // 1000} KB")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else _SHOTS)
