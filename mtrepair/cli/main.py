"""The door from the shell: which commands there are, and how an error leaves."""

from __future__ import annotations

import os
import sys
import threading
import traceback
from collections.abc import Sequence
from importlib import import_module
from typing import NoReturn

import click

from mtrepair.core import MtrepairError
from mtrepair.process import look_seldom
from mtrepair.version import __version__

EXIT_CLEAN = 0
EXIT_FOUND = 1
EXIT_ERROR = 2

COMMANDS = {
    "batch": "Clean a pile of files, resumable, on many cores.",
    "completion": "Print the completion script of a shell.",
    "check": "Find what is garbled in a translation.",
    "config": "Show what is in force for a file, and who says so.",
    "diff": "Compare two versions of a translation.",
    "fix": "Repair a translation, or show how.",
    "review": "Accept, change or refuse each repair.",
    "rules": "List the rules, or explain one.",
    "score": "Measure a translation against a reference.",
}


class LazyGroup(click.Group):
    """A group whose commands are imported when they are called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All commands, sorted."""
        del ctx
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, imported now."""
        del ctx
        if cmd_name not in COMMANDS:
            return None
        command = getattr(import_module(f"mtrepair.cli.{cmd_name}"), cmd_name)
        return command if isinstance(command, click.Command) else None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list in ``--help``, without importing any command."""
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl(sorted(COMMANDS.items()))


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="mtrepair")
def cli() -> None:
    """The linter and auto-fixer for machine-translated text.

    \b
    Examples:
      mtrepair check article.txt              what is wrong, exit 1 if anything major is
      mtrepair fix article.txt                show the safe repairs as a diff
      mtrepair fix --write article.txt        make them
      mtrepair fix --apply suggested a.txt    the model's repairs too
      mtrepair rules doubled-phrase           why a rule fires
    """


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line.

    Args:
        argv: the arguments without the program's name; ``sys.argv[1:]`` if None.

    Returns:
        0 nothing found, 1 something found, 2 usage or internal error. Run as a program it exits
        with that status.
    """
    if argv is None:  # a process of our own
        look_seldom()
        # What numpy multiplies here is too small to share out; its threads would only be made.
        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    status = _run(argv)
    if argv is None:
        _leave(status)
    return status


def _leave(status: int) -> NoReturn:
    """End the process.

    Taking apart all that was loaded, object by object, is a twelfth of the time of a check; the
    system does it at once. Where there are threads or other processes Python ends as ever.
    """
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except BrokenPipeError:
        status = _unheard()
    if threading.active_count() == 1 and "multiprocessing.util" not in sys.modules:
        os._exit(status)
    sys.exit(status)


def _unheard() -> int:
    """The reader of our output has gone (``mtrepair check … | head``): nothing is left to say."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 141


def _run(argv: Sequence[str] | None) -> int:
    try:
        result = cli.main(
            args=None if argv is None else list(argv), prog_name="mtrepair", standalone_mode=False
        )
        return result if isinstance(result, int) else EXIT_CLEAN
    except click.exceptions.Abort:
        click.echo("mtrepair: interrupted", err=True)
        return 130
    except click.ClickException as error:
        click.echo(f"mtrepair: {error.format_message()}", err=True)
        return EXIT_ERROR
    except MtrepairError as error:
        for line in str(error).splitlines():  # a configuration can be wrong in several places
            click.echo(f"mtrepair: {line}", err=True)
        return EXIT_ERROR
    except BrokenPipeError:
        return _unheard()
    except Exception:  # our bug; Python's own status for it, 1, would say "something found"
        traceback.print_exc()
        click.echo("mtrepair: internal error; please report the lines above", err=True)
        return EXIT_ERROR
