"""Debian's Chromium before a desk that is really served; what a page complains of, asks for and fails at."""

from __future__ import annotations

import os
import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from desk_client import TOKEN
from playwright.sync_api import Browser, Page, sync_playwright

from attested.web.app import make_app
from attested.web.guard import HEADERS, Access

_SWITCHES = (
    "--no-sandbox --disable-quic --no-first-run --disable-background-networking --disable-component-update "
    "--disable-sync --disable-dev-shm-usage"
).split()
_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]


@contextmanager
def served(ledger: Path) -> Iterator[str]:
    """The address of a desk over a ledger, without the token."""
    server = uvicorn.Server(
        uvicorn.Config(make_app(ledger, Access(TOKEN)), port=0, log_level="warning", lifespan="off")
    )
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    try:
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(10)


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser; skips the test where there is none, but for CI, which installs it."""
    path = shutil.which("chromium")
    if path is None and not os.environ.get("CI"):
        pytest.skip("no chromium here: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=_SWITCHES)
        try:
            yield browser
        finally:
            browser.close()


@cache
def _axe() -> str:
    import axe_playwright_python

    return Path(axe_playwright_python.__file__).with_name("axe.min.js").read_text(encoding="utf-8")


def axe_faults(page: Page) -> list[str]:
    """What axe finds wrong with the page as it stands, one line a rule with the first element."""
    page.evaluate(_axe())
    found: dict[str, Any] = page.evaluate("tags => axe.run({runOnly: {type: 'tag', values: tags}})", _TAGS)
    return [
        f"{fault['id']} ({len(fault['nodes'])}): {fault['help']}: {fault['nodes'][0]['html'][:160]}"
        for fault in found["violations"]
    ]


class Watched:
    """A page whose every complaint, failure, request to elsewhere and answer without the policy is kept in
    ``faults``."""

    def __init__(self, browser: Browser, address: str, *, with_token: bool = True, **options: Any) -> None:
        self.address, self.faults = address, list[str]()
        self.has_scripts = options.get("java_script_enabled", True)
        self.page = browser.new_page(**options)
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.faults.append(f"script: {error}"))
        self.page.on("request", self._request)
        self.page.on("response", self._response)
        self.page.goto(f"{address}/?token={TOKEN}" if with_token else f"{address}/")

    def open(self, path: str) -> Page:
        """Go to an address of this desk."""
        self.page.goto(self.address + path)
        return self.page

    def look(self) -> None:
        """Keep in ``faults`` what is wrong with the page as it stands; without scripts axe cannot look at it."""
        if not self.has_scripts:
            return
        found = axe_faults(self.page)
        wide = self.page.evaluate("document.documentElement.scrollWidth - innerWidth")
        found += [f"wider than the window by {wide} px"] if wide > 0 else []
        self.faults += [f"{self.page.url}: {fault}" for fault in found]

    def _console(self, message: Any) -> None:
        if message.type in ("error", "warning"):
            self.faults.append(f"console: {message.text}")

    def _request(self, request: Any) -> None:
        if not request.url.startswith((self.address, "data:")):
            self.faults.append(f"asked elsewhere: {request.url}")

    def _response(self, response: Any) -> None:
        if response.status >= 400:
            self.faults.append(f"{response.status}: {response.url}")
        if response.headers.get("content-security-policy") != HEADERS["Content-Security-Policy"]:
            self.faults.append(f"without the policy: {response.url}")


@contextmanager
def watched(browser: Browser, address: str, **options: Any) -> Iterator[Watched]:
    """A page with the token; at the end it has had no fault, and no script could read its cookies."""
    seen = Watched(browser, address, **options)
    try:
        yield seen
        assert seen.faults == []
        assert all(cookie["httpOnly"] for cookie in seen.page.context.cookies())
    finally:
        seen.page.context.close()
