"""How the desk listens."""

import asyncio
import shutil
import socket
import sys
from pathlib import Path
from typing import Any

import pytest

from attested.decisions.desk import Desk
from attested.ledger.sqlite import SqliteStore
from attested.views.listing import is_current
from attested.web.serve import _listening, _make_ready


def test_answers_are_sent_without_delay():
    """Else the kernel waits 40 ms for the browser's word before it sends the second packet of a page."""

    async def option_of_a_connection(listener: socket.socket) -> int:
        found = asyncio.get_running_loop().create_future()

        def connected(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            own = writer.get_extra_info("socket")
            found.set_result(own.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))
            writer.close()

        async with await asyncio.start_server(connected, sock=listener):
            _, writer = await asyncio.open_connection(*listener.getsockname()[:2])
            option = await asyncio.wait_for(found, 5)
            writer.close()
        return int(option)

    with _listening("127.0.0.1", 0) as listener:
        assert asyncio.run(option_of_a_connection(listener))


def test_a_decision_whose_program_was_killed_is_obeyed_at_the_next_start(
    example_run: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ledger = Path(shutil.copy(example_run[0], tmp_path / "l.db"))
    with SqliteStore(ledger) as store:
        [first, *_] = store.shown.ids()
        with monkeypatch.context() as killed:
            killed.setattr("attested.decisions.desk.settle", lambda _: sys.exit("killed"))
            with pytest.raises(SystemExit):
                Desk(store).reject([first], by="anna")
    _make_ready(ledger, lambda _: None)
    with SqliteStore(ledger, read_only=True) as store:
        assert first not in store.shown.ids()
        assert first not in {row.id for row in store.load().incidents}
        assert is_current(store)
