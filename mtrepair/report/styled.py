"""Text with the colours of a terminal, written without loading more than click."""

from __future__ import annotations

import os
import sys

import click

_COLOURS = frozenset(("red", "green", "yellow", "cyan"))


def styled(text: str, style: str) -> str:
    """The text in a style: ``bold``, ``dim`` and a colour, as rich writes them ("bold red")."""
    words = style.split()
    return click.style(
        text,
        fg=next((word for word in words if word in _COLOURS), None),
        bold="bold" in words or None,
        dim="dim" in words or None,
    )


def wanted(color: str) -> bool:
    """Whether standard output takes colours: as ``--color`` says, or what its terminal can do.

    The variables are those of no-color.org and force-color.org, as rich reads them.
    """
    if color != "auto":
        return color == "always"
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return sys.stdout.isatty() and os.environ.get("TERM", "") not in ("dumb", "unknown")
