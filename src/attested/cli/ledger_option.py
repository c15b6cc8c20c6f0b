"""The options that many commands share, and the facts they open."""

from __future__ import annotations

import gc
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from attested.errors import InputError

if TYPE_CHECKING:
    from attested.ledger.store import Ledger
    from attested.views.facts import Facts

DEFAULT_LEDGER = "ledger.db"


def ledger_option(function: Callable[..., Any]) -> Callable[..., Any]:
    """``-l/--ledger FILE``: the ledger to read; $ATTESTED_LEDGER or ledger.db when not given."""
    return click.option(
        "-l",
        "--ledger",
        default=DEFAULT_LEDGER,
        envvar="ATTESTED_LEDGER",
        show_default=True,
        show_envvar=True,
        metavar="FILE",
        help="The ledger.",
    )(function)


def as_of_option(function: Callable[..., Any]) -> Callable[..., Any]:
    """``--as-of DATE``: what was known on that day."""
    return click.option(
        "--as-of", metavar="DATE", help="As known on that day (YYYY-MM-DD): later reports are left out."
    )(function)


def open_facts(ledger: str, as_of: str | None = None, *, around: str = "") -> Facts:
    """The ledger's facts; with ``around`` as many as show the row of this id.

    Raises InputError for a wrong path or date, LedgerError for a foreign file.
    """
    day = as_of_day(as_of)
    from attested.views.facts import Facts

    return Facts(open_ledger(ledger, around=around), as_of=day)


def open_ledger(ledger: str, *, around: str = "") -> Ledger:
    """The ledger's rows, or those that show the one of an id, nothing fused.

    Raises InputError for a wrong path, LedgerError for a foreign file.
    """
    from attested.ledger.sqlite import SqliteStore

    with SqliteStore(ledger, read_only=True) as store:
        found = store.load(vectors=False, around=around)
    gc.freeze()  # the rows stay until the command ends: nothing to look through for garbage
    return found


def follow(ledger: Ledger, id: str) -> str:
    """The id that an id leads to now; that it was merged into another is said on standard error."""
    from attested.views.lookup import followed

    now, said = followed(ledger, id)
    if said:
        click.echo(f"attested: {said}", err=True)
    return now


def as_of_day(text: str | None) -> date | None:
    """The day that ``--as-of`` names. Raises InputError if it names none."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise InputError(f"--as-of takes a day such as 2020-09-29, not {text!r}") from error
