"""Options that several commands share, and the sources that go with the files."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import click

from mtrepair.core import InputError
from mtrepair.readers.files import FileText, expand, read_bytes, read_file

Command = TypeVar("Command", bound=Callable[..., object])

STDIN = "-"


def common(command: Command) -> Command:
    """The options that mean the same in ``check`` and ``fix``."""
    for decorate in reversed(
        (
            click.argument("paths", nargs=-1, required=True, metavar="PATH..."),
            click.option("--lang", default="fr", show_default=True, help="Language of the text."),
            click.option(
                "--source",
                metavar="PATH",
                help="The original: a path, or a pattern such as {stem}.en filled in from each"
                " file's name.",
            ),
            click.option(
                "--select", multiple=True, metavar="RULE", help="Use only this rule or group."
            ),
            click.option(
                "--ignore", multiple=True, metavar="RULE", help="Leave out this rule or group."
            ),
            click.option(
                "--sensitive",
                is_flag=True,
                help="More findings, less sure ones: a reviewer's operating point.",
            ),
            click.option(
                "--names",
                type=click.Path(exists=True, dir_okay=False),
                help="File with one name a line that must stay as it is.",
            ),
            click.option("--encoding", metavar="NAME", help="Encoding of the files [utf-8]."),
            click.option(
                "--input-format",
                type=click.Choice(["auto", "text", "markdown", "html"]),
                default="auto",
                help="How to read the files; by their suffix unless given.",
            ),
            click.option(
                "--model", metavar="FOLDER", help="Another rewriter than the one in the package."
            ),
            click.option(
                "--fail-on",
                type=click.Choice(["minor", "major", "critical", "never"]),
                default="major",
                show_default=True,
                help="Exit with 1 when a finding of this weight or more is left.",
            ),
            click.option(
                "--color",
                type=click.Choice(["auto", "always", "never"]),
                default="auto",
                help="Colours; by the terminal and NO_COLOR unless given.",
            ),
        )
    ):
        command = decorate(command)
    return command


def split(values: tuple[str, ...]) -> tuple[str, ...]:
    """``--select a,b --select c`` as ``(a, b, c)``."""
    return tuple(name.strip() for value in values for name in value.split(",") if name.strip())


def inputs(paths: tuple[str, ...], encoding: str | None) -> Iterator[tuple[str, FileText]]:
    """The files that the paths stand for, read one after another; ``-`` is standard input.

    Raises:
        InputError: for the first that cannot be read.
    """
    for path in expand(paths):
        if path == STDIN:
            data = sys.stdin.buffer.read()
            yield STDIN, read_bytes(data, "<stdin>", encoding)
        else:
            yield path, read_file(path, encoding)


def source_for(pattern: str | None, path: str, encoding: str | None) -> str | None:
    """The original of a file.

    Raises:
        InputError: if there is none at the place that the pattern names.
    """
    if pattern is None:
        return None
    name = Path(path)
    try:
        filled = pattern.format(stem=name.stem, name=name.name, suffix=name.suffix)
    except (KeyError, IndexError, ValueError) as error:
        raise InputError(f"--source {pattern}: unknown placeholder {error}") from None
    target = Path(filled)
    if not target.is_absolute() and filled != pattern:
        target = name.parent / target
    return read_file(str(target), encoding).text


def name_list(path: str | None) -> tuple[str, ...]:
    """The names of a list file: one a line, ``#`` starts a comment."""
    if path is None:
        return ()
    lines = (line.split("#")[0].strip() for line in read_file(path).text.splitlines())
    return tuple(line for line in lines if line)
