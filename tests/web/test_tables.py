"""Lists as files to keep."""

from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from desk_client import desk
from starlette import responses

from attested.web import ledger_page, lists_page, reports_page, tables

LISTS = ("/", "/?kind=all&sort=title", "/reports", "/stories", "/voices", "/quotes", "/voices?voice=police")


async def _each_by_another_thread(parts: Iterator[str]) -> AsyncIterator[str]:
    """As on a busy desk, where whichever thread is free makes the next part."""
    with ThreadPoolExecutor(1) as one, ThreadPoolExecutor(1) as other:
        threads = [one, other]
        while (part := threads[0].submit(next, parts, None).result()) is not None:
            yield part
            threads.reverse()


@pytest.mark.parametrize("path", LISTS)
def test_a_file_is_whole_whichever_threads_make_it(
    example_run: Any, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    client, asked = desk(example_run[0]), f"{path}{'&' if '?' in path else '?'}format=csv"
    whole = client.get(asked).text
    assert whole.count("\n") > 2
    monkeypatch.setattr(tables, "_LINES", 1)
    for page, most in ((ledger_page, "_API_PAGE"), (lists_page, "_API_PAGE"), (reports_page, "_IN_FILE")):
        monkeypatch.setattr(page, most, 1)
    monkeypatch.setattr(responses, "iterate_in_threadpool", _each_by_another_thread)
    assert client.get(asked).text == whole


@pytest.mark.parametrize("path", ["/?sort=colour", "/reports?made=magic"])
def test_what_is_wrong_with_the_question_is_said_before_a_file_begins(example_run: Any, path: str) -> None:
    answer = desk(example_run[0]).get(f"{path}&format=csv")
    assert answer.status_code == 400
    assert "there are" in answer.text or "one of" in answer.text
