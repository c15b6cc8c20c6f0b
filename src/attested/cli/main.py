"""``attested``: the command line's door. A command's module is imported when it is called, not before."""

from __future__ import annotations

import importlib
import sys
from difflib import get_close_matches
from typing import Any

import click

from attested import __version__
from attested.errors import AttestedError, InputError

EXIT_FAILED = 1  # something failed, nothing was readable, or pages were set aside
EXIT_USAGE = 2
EXIT_INTERRUPTED = 130  # 128 + SIGINT, as shells expect

# Command -> what ``attested --help`` says of it; its module is attested.cli.<command>_command.
COMMANDS = {
    "run": "Read pages and write the ledger.",
    "show": "List incidents, statements, reports, disagreements, ...",
    "lineage": "Show which reports are copies of which, and their origins.",
    "diff": "Compare two reports: what was added, cut, changed.",
    "voices": "Show who said what, when, and how many origins have it.",
    "quotes": "Show each quotation in all its wordings, word by word.",
    "trends": "Count incidents by week, type, place and actor, with their change.",
    "explain": "Show why a row says what it says, with the words.",
    "history": "Show how an incident's values moved, day by day.",
    "queue": "List what deserves a look: doubts, disputes, look-alikes.",
    "judge": "Merge, split, correct, reject, confirm; undo.",
    "desk": "Open a page to read, check and decide in.",
    "audit": "List what people decided, or check that nobody changed it.",
    "export": "Write the ledger as JSON, JSON lines, CSV or GeoJSON.",
    "dossier": "Write one HTML file for a person to read or print.",
    "evaluate": "Measure a stage against a gold set.",
    "doctor": "Check the installation.",
}


class LazyGroup(click.Group):
    """A group that knows its commands' names and imports one only to run it."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """The commands, in the order of the work."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """The command of this name, imported now; None if there is none."""
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"attested.cli.{cmd_name}_command")
        command: click.Command = module.command
        return command

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        """As click's, with the names that were perhaps meant."""
        near = get_close_matches(args[0], COMMANDS, n=2) if args[0] not in COMMANDS else []
        if near:
            ctx.fail(f"No such command {args[0]!r}. Did you mean {' or '.join(near)}?")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """The list of commands, without importing any."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, "-V", "--version", prog_name="attested")
def group() -> None:
    """Read a pile of news reports; write the ledger a careful analyst would write.

    \b
    attested run FOLDER --ledger L.db
    attested show incidents -l L.db
    attested explain ID -l L.db
    attested judge merge ID ID -l L.db --note "one blast"
    attested dossier L.db -o dossier.html

    Exit codes: 0 done; 1 something failed, nothing was readable or pages were set aside; 2 wrong usage.
    """


def main() -> None:
    """Run the command line; ends the process."""
    try:
        code = group.main(prog_name="attested", standalone_mode=False)
    except click.exceptions.Abort:
        _complain("interrupted; what was read is kept, the same command goes on from there")
        code = EXIT_INTERRUPTED
    except click.ClickException as error:
        error.show()
        code = error.exit_code
    except BrokenPipeError:
        _silence_output()
        code = 0
    except AttestedError as error:
        _complain(str(error))
        code = EXIT_USAGE if isinstance(error, InputError) else EXIT_FAILED
    sys.exit(code if isinstance(code, int) else 0)


def _complain(message: str) -> None:
    click.echo(f"attested: {message}", err=True)


def _silence_output() -> None:
    """The reader of our pipe went away (``| head``): leave without a traceback at exit."""
    import os

    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
