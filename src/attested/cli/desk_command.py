"""``attested desk``: a page on this machine to read, check and decide in."""

from __future__ import annotations

import secrets
from pathlib import Path

import click

from attested.cli.ledger_option import DEFAULT_LEDGER
from attested.errors import InputError

_PORT = 8300
_MIN_TOKEN = 16  # characters: as many as an online guesser cannot try


@click.command("desk")
@click.argument("ledger", default=DEFAULT_LEDGER, envvar="ATTESTED_LEDGER", metavar="LEDGER")
@click.option(
    "--port", type=click.IntRange(0, 65_535), default=_PORT, show_default=True, metavar="N",
    help="The port; 0 takes a free one.",
)  # fmt: skip
@click.option(
    "--host", default="127.0.0.1", show_default=True, metavar="ADDRESS",
    help="The address to listen on; any but this machine's own needs --token.",
)  # fmt: skip
@click.option(
    "--name", "names", multiple=True, metavar="HOST",
    help="A name under which others reach this machine (with --host); may be given several times.",
)  # fmt: skip
@click.option(
    "--token", envvar="ATTESTED_DESK_TOKEN", show_envvar=True, metavar="TEXT",
    help="What lets a person decide; a new one at every start if not given.",
)  # fmt: skip
@click.option(
    "--boundaries", type=click.Path(path_type=Path), metavar="FILE",
    help="Boundaries to draw over the map, such as provinces: GeoJSON.",
)  # fmt: skip
def command(
    ledger: str, port: int, host: str, names: tuple[str, ...], token: str | None, boundaries: Path | None
) -> None:
    """Open a page to read a LEDGER, check it and decide.

    It answers on this machine alone, asks nothing of any other, and prints the address to open; stop it with Ctrl-C.
    Several people may decide at once, and attested run may read new pages meanwhile. Whoever has the address that it
    prints may decide; without the token the page is for reading.

    With --host others may reach it too: then it asks everybody for the token. Traffic is not encrypted: put it behind
    a server that speaks TLS, or in a network that you trust.
    """
    from attested.web.guard import LOOPBACK, Access, bracketed
    from attested.web.serve import serve

    is_local = host in LOOPBACK or host == "::1"
    if token is not None and len(token) < _MIN_TOKEN:
        raise InputError(f"a token of fewer than {_MIN_TOKEN} characters can be guessed; give a longer one")
    if not is_local and token is None:
        raise InputError(
            f"--host {host} lets other machines in: give --token TEXT too, and tell it to those you trust"
        )
    access = Access(
        token or secrets.token_urlsafe(24),
        LOOPBACK | {bracketed(name.lower()) for name in (host, *names)},
        is_open=is_local,
    )
    serve(Path(ledger), access, host, port, click.echo, boundaries)
