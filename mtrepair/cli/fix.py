"""``mtrepair fix``: repair, or show how."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from mtrepair.api import FixResult, parse_level
from mtrepair.cli.main import EXIT_CLEAN, EXIT_FOUND
from mtrepair.cli.options import STDIN, Common, common, finish
from mtrepair.cli.output import console, lines, messages
from mtrepair.config import Job, Run
from mtrepair.config.load import Value
from mtrepair.core import ConfigError
from mtrepair.decisions import about, carry_out, load
from mtrepair.readers.files import encode, write_atomic
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
@click.option(
    "--decisions",
    type=click.Path(exists=True, dir_okay=False),
    metavar="FILE",
    help="Make the accepted changes of this file, and no others (see check --format html).",
)
def fix(
    given: Common,
    write: bool,
    level: str,
    patch: str | None,
    diff_format: str,
    proposals: str | None,
    decisions: str | None,
) -> int:
    """Repair machine-translated files, or show how.

    Without --write no file is touched: the changes are shown as a diff. With - for PATH the text
    is read from standard input and comes out repaired on standard output. Exits with 0, or with 1
    if findings of the weight of --fail-on remain.

    \b
    Examples:
      mtrepair fix article.txt
      mtrepair fix --write articles/
      mtrepair fix --source '{stem}.en.txt' --write article.txt
      mtrepair fix --apply suggested --patch changes.diff article.txt
      mtrepair fix --decisions decisions.json --write article.txt
      mtrepair fix - < article.txt > repaired.txt
    """
    if STDIN in given.paths and len(given.paths) > 1:
        raise ConfigError("standard input cannot be fixed together with files")
    if STDIN in given.paths and write:
        raise ConfigError("--write cannot rewrite standard input; the text goes to standard output")
    applicability = parse_level(level)
    decided = None if decisions is None else load(decisions)
    wanted = Value(proposals or ("fast" if level == "safe" else "model"), "--apply")
    run = Run(given.request(given={"proposals": wanted}))
    done: list[tuple[Job, FixResult]] = []
    for job in run.jobs():
        if decided is None or decisions is None:
            result = job.fix(applicability)
        else:
            mine = about(decisions, decided, job.path, job.file.text)
            result = carry_out(job.session, job.document, mine, job.source, job.policy)
        messages(job.path, result.before)
        if not result.settled:
            click.echo(
                f"mtrepair: {job.path}: the repairs did not settle after {result.rounds} rounds"
                " (a bug of mtrepair's)",
                err=True,
            )
        done.append((job, result))
    if STDIN in given.paths and not done:  # a filter that puts out nothing would lose the text
        finish(run)
        raise ConfigError("standard input was left out, so there is nothing to put out")
    # Everything is computed before the first byte is written.
    outputs = [encode(job.file, result.text, result.edits) for job, result in done]
    if patch is not None:
        for job, _ in done:
            if job.file.package:
                raise ConfigError(f"{job.path}: a patch of a Word document cannot be; use --write")
        text = "".join(
            diff.unified(_in_diff(job.path), job.file.text, result.edits) for job, result in done
        )
        write_atomic(patch, text.encode("utf-8"))
    if STDIN in given.paths:
        sys.stdout.buffer.write(outputs[0])
    else:
        _show(done, diff_format, given.color, written=write, patched=patch is not None)
    if write:
        for data, (job, result) in zip(outputs, done, strict=True):
            if result.edits:
                write_atomic(job.path, data)
    finish(run)
    left = any(job.fails(result.after) for job, result in done)
    return EXIT_FOUND if left and not given.exit_zero else EXIT_CLEAN


def _show(
    done: list[tuple[Job, FixResult]],
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
    for job, result in done:
        text = job.file.text
        if diff_format == "unified":
            sys.stdout.write(diff.unified(_in_diff(job.path), text, result.edits))
        elif diff_format == "words" and result.edits:
            lines(out, fix_report.file_lines(job.path, text, result, marks=not out.is_terminal))
    message = fix_report.summary([(job.path, result) for job, result in done], written=written)
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
