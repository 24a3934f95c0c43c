"""``mtrepair fix``: repair, or show how."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from mtrepair.api import FixResult, Options, Session, parse_level
from mtrepair.cli.main import EXIT_CLEAN, EXIT_FOUND
from mtrepair.cli.options import STDIN, common, inputs, name_list, source_for, split
from mtrepair.cli.output import console, lines, messages
from mtrepair.core import ConfigError, Severity
from mtrepair.readers import read
from mtrepair.readers.files import FileText, encode, write_atomic
from mtrepair.report import diff, fix_report


@click.command()
@common
@click.option("--write", is_flag=True, help="Rewrite the files in place, atomically.")
@click.option(
    "--apply",
    "level",
    type=click.Choice(["safe", "suggested"]),
    default="safe",
    show_default=True,
    help="How far a repair may be trusted.",
)
@click.option(
    "--patch",
    type=click.Path(dir_okay=False, writable=True),
    help="Write the changes as a unified diff that `git apply` takes.",
)
@click.option(
    "--diff",
    "diff_format",
    type=click.Choice(["auto", "words", "unified", "none"]),
    default="auto",
    help="How to show the changes; words on a terminal, unified elsewhere.",
)
@click.option(
    "--proposals",
    type=click.Choice(["fast", "model"]),
    default=None,
    help="Which repairs to look for [fast; model with --apply suggested].",
)
def fix(
    paths: tuple[str, ...],
    lang: str,
    source: str | None,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    sensitive: bool,
    names: str | None,
    encoding: str | None,
    input_format: str,
    model: str | None,
    fail_on: str,
    color: str,
    write: bool,
    level: str,
    patch: str | None,
    diff_format: str,
    proposals: str | None,
) -> int:
    """Repair machine-translated files, or show how.

    Without --write no file is touched: the changes are shown as a diff. With - for PATH the text
    is read from standard input and comes out repaired on standard output. Exits with 0, or with 1
    if findings of the weight of --fail-on remain.

    \b
    Examples:
      mtrepair fix article.txt
      mtrepair fix --write articles/
      mtrepair fix --apply suggested --patch changes.diff article.txt
      mtrepair fix - < article.txt > repaired.txt
    """
    if STDIN in paths and len(paths) > 1:
        raise ConfigError("standard input cannot be fixed together with files")
    if STDIN in paths and write:
        raise ConfigError("--write cannot rewrite standard input; the text goes to standard output")
    applicability = parse_level(level)
    wanted = proposals or ("fast" if level == "safe" else "model")
    session = Session(
        Options(
            lang=lang,
            select=split(select),
            ignore=split(ignore),
            sensitive=sensitive,
            proposals=wanted,
            names=frozenset(name_list(names)),
            model=model,
        )
    )
    done: list[tuple[str, FileText, FixResult]] = []
    for path, file in inputs(paths, encoding):
        document = read(file.text, format=input_format, name=path)
        result = session.fix(document, source_for(source, path, encoding), level=applicability)
        messages(path, result.before)
        if not result.settled:
            click.echo(
                f"mtrepair: {path}: the repairs did not settle after {result.rounds} rounds"
                " (a bug of mtrepair's)",
                err=True,
            )
        done.append((path, file, result))
    # Everything is computed before the first byte is written.
    outputs = [(path, encode(file, result.text)) for path, file, result in done]
    if patch is not None:
        text = "".join(
            diff.unified(_in_diff(path), file.text, result.edits) for path, file, result in done
        )
        write_atomic(patch, text.encode("utf-8"))
    if STDIN in paths:
        sys.stdout.buffer.write(outputs[0][1])
    else:
        _show(done, diff_format, color, written=write, patched=patch is not None)
    if write:
        for (path, data), (_, _, result) in zip(outputs, done, strict=True):
            if result.edits:
                write_atomic(path, data)
    left = fail_on != "never" and any(
        result.after.at_least(Severity.parse(fail_on)) for _, _, result in done
    )
    return EXIT_FOUND if left else EXIT_CLEAN


def _show(
    done: list[tuple[str, FileText, FixResult]],
    diff_format: str,
    color: str,
    *,
    written: bool,
    patched: bool,
) -> None:
    out = console(color)
    if diff_format == "auto":
        diff_format = "words" if out.is_terminal else "unified"
        if patched or written:
            diff_format = "words" if out.is_terminal else "none"
    for path, file, result in done:
        if diff_format == "unified":
            sys.stdout.write(diff.unified(_in_diff(path), file.text, result.edits))
        elif diff_format == "words" and result.edits:
            lines(out, fix_report.file_lines(path, file.text, result, marks=not out.is_terminal))
    message = fix_report.summary([(path, result) for path, _, result in done], written=written)
    if diff_format == "unified":
        click.echo(message.plain, err=True)  # the diff alone goes to standard output
    else:
        lines(out, [message])


def _in_diff(path: str) -> str:
    """The path as a unified diff names it: relative to the working directory where it can be."""
    try:
        return Path(path).resolve().relative_to(Path.cwd().resolve()).as_posix()
    except ValueError:
        return Path(path).as_posix().lstrip("/")
