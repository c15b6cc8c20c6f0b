"""Every page that is reached from the ledger, as a browser sees it: no complaint, no fault, nothing from elsewhere."""

import re
from collections import Counter, deque
from pathlib import Path

import pytest
from browsing import Watched, chromium, served

_MOST_OF_A_SORT = 3  # pages of one sort (incidents, filters of the ledger) that are opened
_LINKS = "as => as.map(a => a.getAttribute('href')).filter(h => h && h.startsWith('/'))"
_DOWNLOADS = ("format=", "/api/", "/static/")


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (400, "dark")])
def test_no_page_has_a_fault(example_run: tuple[Path, object], width: int, scheme: str) -> None:
    with served(example_run[0]) as address, chromium() as browser:
        seen = Watched(browser, address, viewport={"width": width, "height": 900}, color_scheme=scheme)
        for _ in _reached(seen):
            seen.look()
    assert not seen.faults, "\n".join(seen.faults)


def _reached(seen: Watched):
    """Opens page after page, a few of each sort, and gives its path."""
    waiting, known, opened = deque(["/"]), {"/"}, Counter[str]()
    while waiting:
        path = waiting.popleft()
        if opened[sort := _sort(path)] >= _MOST_OF_A_SORT:
            continue
        opened[sort] += 1
        seen.open(path)
        yield path
        for link in seen.page.eval_on_selector_all("a[href]", _LINKS):
            link = link.partition("#")[0]
            if link not in known and not any(word in link for word in _DOWNLOADS):
                known.add(link)
                waiting.append(link)
    assert len(opened) >= 8, opened


def _sort(path: str) -> str:
    """What sort of page it is: its address without ids and query."""
    return re.sub(r"/[a-z]{2,3}_[a-z2-7]+", "/ID", path.partition("?")[0])
