"""Where results and messages go."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

from mtrepair.api import CheckResult

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text


def console(color: str) -> Console:
    """A console on standard output: colours for a terminal, or as ``--color`` says."""
    from rich.console import Console  # what tools read is written without it

    forced = {"always": True, "never": False}.get(color)
    return Console(
        file=sys.stdout,
        force_terminal=forced,
        no_color=True if color == "never" else None,
        color_system="truecolor" if color == "always" else "auto",
        soft_wrap=True,
        highlight=False,
        emoji=False,
        markup=False,
        width=int(os.environ.get("COLUMNS", "100")) if color == "always" else None,
    )


def lines(out: Console, texts: Iterable[Text | str]) -> None:
    """Print styled lines, each on one line however long."""
    for text in texts:
        out.print(text, soft_wrap=True)


def messages(path: str, result: CheckResult) -> None:
    """Warnings and rules that crashed, on standard error."""
    for warning in result.warnings:
        click.echo(f"mtrepair: {path}: {warning}", err=True)
    for crash in result.crashes:
        place = "" if crash.segment is None else f", segment {crash.segment}"
        click.echo(
            f"mtrepair: {path}: rule {crash.rule} failed{place}: {crash.error}"
            " (a bug of mtrepair's; the other rules went on)",
            err=True,
        )
