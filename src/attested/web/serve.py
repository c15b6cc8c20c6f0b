"""Serve a desk from this process until it is interrupted."""

from __future__ import annotations

import socket
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import uvicorn

from attested.errors import InputError
from attested.ledger.sqlite import SqliteStore
from attested.settling import settle
from attested.views.listing import index_ledger, is_current
from attested.views.lists import index_lists
from attested.web.app import make_app
from attested.web.charts.boundaries import NONE, read_boundaries
from attested.web.charts.extent import world
from attested.web.charts.outlines import outlines
from attested.web.guard import Access, bracketed


def serve(
    ledger: Path,
    access: Access,
    host: str,
    port: int,
    tell: Callable[[str], None],
    boundaries: Path | None = None,
) -> None:
    """Answer on ``host`` and ``port`` (0: a free one) until interrupted; ``tell`` gets what a person is to know,
    last the address with the token. ``boundaries`` is a GeoJSON file that the map is to show.

    Raises InputError if there is no such ledger, its boundaries are none or the port is taken, LedgerError if the
    file is none.
    """
    drawn = read_boundaries(boundaries) if boundaries else NONE
    _make_ready(ledger, tell)
    with _listening(host, port) as listener:
        port = listener.getsockname()[1]
        app = make_app(ledger, replace(access, cookie=f"{access.cookie}_{port}"), drawn)
        tell(f"the desk is at http://{bracketed(host)}:{port}/?token={access.token}\nstop it with Ctrl-C")
        config = uvicorn.Config(app, log_level="warning", access_log=False, server_header=False)
        uvicorn.Server(config).run(sockets=[listener])


def _make_ready(ledger: Path, tell: Callable[[str], None]) -> None:
    """Bring a ledger up to this version's tables, its rows and lists up to its last run and decision; read what maps
    need."""
    if not ledger.is_file():
        raise InputError(f"no ledger at {ledger}; make one with: attested run FOLDER --ledger {ledger}")
    with SqliteStore(ledger) as store:
        if not (is_current(store) and store.listed.is_made):
            tell("bringing the lists up to date ...")
            settle(store)  # a decision whose program was killed before its rows were made anew
            found = store.load(vectors=False)
            index_ledger(store, found)
            index_lists(store, found)
        store.shown.totals()
    outlines(world())


def _listening(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # Told that it is TCP, asyncio sends without delay; else a browser waits 40 ms for every page (measured).
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError as error:
        listener.close()
        raise InputError(f"cannot listen on {host}, port {port} ({error.strerror}); try --port 0") from error
    listener.listen()
    return listener
