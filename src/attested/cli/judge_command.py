"""``attested judge``: a person decides, and the ledger obeys at once and in every later run."""

from __future__ import annotations

import getpass
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from attested.cli.ledger_option import ledger_option
from attested.cli.output import json_text, write_out

if TYPE_CHECKING:
    from attested.decisions.desk import Desk
    from attested.model import Judgement

_NOBODY = "unknown"  # who decides where the machine has no name for the user


def signed(function: Callable[..., Any]) -> Callable[..., Any]:
    """The options of every decision: the ledger, who decides, and why."""
    for option in (
        click.option("--json", "as_json", is_flag=True, help="What was decided, as JSON."),
        click.option("--note", default="", metavar="TEXT", help="Why; kept with the decision."),
        click.option(
            "--by",
            envvar="ATTESTED_BY",
            show_envvar=True,
            metavar="NAME",
            help="Who decides; else the login name.",
        ),
        ledger_option,
    ):
        function = option(function)
    return function


@click.group("judge")
def command() -> None:
    """Decide: what is one incident, what is not, what is wrong, what a value is, who is who.

    \b
    attested judge merge INCIDENT INCIDENT...        they are one
    attested judge split INCIDENT PART...            these reports or claims of it are another one
    attested judge merge NAME NAME...                these are names of one actor
    attested judge split NAME NAME...                they are not
    attested judge correct INCIDENT killed=7         a value is so
    attested judge reject ID...                      an incident is none, a claim is wrong
    attested judge confirm ID...                     a person has looked: it is right
    attested judge undo JUDGEMENT...                 a decision stands no longer

    A decision takes effect at once, wins over every later run and new reports, and is never lost: it names words of
    the texts. Of two that contradict each other the later stands. List them with: attested audit.
    """


@command.command("merge")
@click.argument("ids", nargs=-1, required=True, metavar="INCIDENT INCIDENT...")
@signed
def merge(ids: tuple[str, ...], **signature: Any) -> None:
    """These incidents are one (or these statements, or these names of actors).

    They are joined whatever keeps them apart. The id with most mentions stays; the others lead to it from now on.

    An actor is given by its id or by a name, such as "Northern Front" NF (see: attested show actors). All names of
    these actors are one's from now on, which goes by the first; whoever is named so in the reports of later runs is he.
    """
    with _desk(**signature) as (desk, who):
        _tell(desk, desk.merge(ids, **who), **signature)


@command.command("split")
@click.argument("id", metavar="INCIDENT")
@click.argument("others", nargs=-1, required=True, metavar="PART...")
@signed
def split(id: str, others: tuple[str, ...], **signature: Any) -> None:
    """Parts of an INCIDENT are another incident.

    PART is a report (all that it tells of the incident), a claim or a mention (what the claim belongs to); all parts
    together become one incident, a new one or, where the reports fit that, one that there is. If PART is another
    incident, the two are never made one. Statements alike. See the reports and claims of an incident with: attested
    explain INCIDENT.

    Of an actor, given by its id or name, each PART is a name that is another's: all parts together are one actor.
    """
    with _desk(**signature) as (desk, who):
        _tell(desk, desk.split(id, others, **who), **signature)


@command.command("correct")
@click.argument("id", metavar="INCIDENT")
@click.argument("values", nargs=-1, required=True, metavar="FIELD=VALUE...")
@signed
def correct(id: str, values: tuple[str, ...], **signature: Any) -> None:
    """Give values to an INCIDENT; they are shown instead of what the reports say.

    \b
    killed=7                     killed, injured: a number, or low/best/high: killed=5/7/9
    date=2021-05-03              also 2021-05, 2021 or 2021-05-01/2021-05-03
    place="Mosul, IQ"            a name, with its country where there are several; a new
                                 place with its point: place="Camp Speicher, IQ, 34.67, 43.54"
    type="Armed clash"           an ACLED sub-event type
    perpetrator="ISIL; PMF"      also claimed, denied, target, victims, weapon, effect: names
    killed=unknown               nobody knows

    What the reports say stays in explain and history.
    """
    with _desk(**signature) as (desk, who):
        _tell(desk, desk.correct(id, values, **who), **signature)


@command.command("reject")
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
@signed
def reject(ids: tuple[str, ...], **signature: Any) -> None:
    """An incident (statement, trend, mention) is none; a claim is wrong.

    The same sentence in copies of the report is rejected with it. Nothing is deleted: claims stay, and say which
    decision stands against them.
    """
    with _desk(**signature) as (desk, who):
        _tell(desk, desk.reject(ids, **who), **signature)


@command.command("confirm")
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
@signed
def confirm(ids: tuple[str, ...], **signature: Any) -> None:
    """A person has looked: an incident (statement, trend) is right as it is.

    A mention that was not counted (a plan, a fear, an accident) counts when it is confirmed.
    """
    with _desk(**signature) as (desk, who):
        _tell(desk, desk.confirm(ids, **who), **signature)


@command.command("undo")
@click.argument("ids", nargs=-1, required=True, metavar="JUDGEMENT...")
@signed
def undo(ids: tuple[str, ...], **signature: Any) -> None:
    """A decision stands no longer; to have it back, undo the undoing.

    Both stay in the ledger. Find the JUDGEMENT's id with: attested audit.
    """
    with _desk(**signature) as (desk, who):
        _tell(desk, desk.undo(ids, **who), **signature)


@contextmanager
def _desk(ledger: str, by: str | None, note: str, **_: Any) -> Iterator[tuple[Desk, dict[str, str]]]:
    """An open desk on a ledger that is there, and who decides there and why."""
    from attested.decisions.desk import Desk
    from attested.ledger.sqlite import SqliteStore

    SqliteStore(
        ledger, read_only=True
    ).close()  # complains about a path without a ledger, which else begins one
    with SqliteStore(ledger) as store:
        yield Desk(store), {"by": (by or _login()).strip(), "note": note}


def _login() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # no name for this user id, as in some containers
        return _NOBODY


def _tell(desk: Desk, made: list[Judgement], *, as_json: bool, **_: Any) -> None:
    """What was decided, what the ledger says now, and which earlier decisions that overrules."""
    from attested import codec
    from attested.views.audit import decisions
    from attested.views.facts import Facts

    now = decisions(desk.facts)
    before = {row.id: row.state for row in decisions(Facts(desk.without(made)))}
    rows = [row for row in now if row.id not in before]
    changed = [row for row in now if row.state != before.get(row.id, row.state)]
    if as_json:
        found = [codec.encode(row) | {"overrules": [other.id for other in changed]} for row in rows]
        write_out([json_text(found)], None)
        return
    for row in rows:
        click.echo(f"{row.id}  {row.by} {row.decision}")
        after = [row.after] if row.decision.startswith("corrected") else [desk.title(id) for id in row.about]
        for label, text in (("before", row.before), ("after", "; ".join(after)), ("note", row.note)):
            if text:
                click.echo(f"  {label:7} {text}")
        if row.state != "stands":
            click.echo(f"  {'state':7} {row.state}")
    for row in changed:
        click.echo(f"{row.id}  {row.by} {row.decision}: now {row.state}")
