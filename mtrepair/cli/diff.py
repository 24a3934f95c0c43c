"""``mtrepair diff``: compare two versions of a translation."""

from __future__ import annotations

import json
from dataclasses import replace

import click

from mtrepair.cli.main import EXIT_CLEAN, EXIT_FOUND
from mtrepair.cli.options import STDIN, Common, common
from mtrepair.cli.output import console, lines
from mtrepair.config import Run
from mtrepair.core import ConfigError
from mtrepair.readers.files import read_file


@click.command()
@common
@click.option("--ref", metavar="FILE", help="A reference translation: which version is nearer?")
@click.option("--side-by-side", "-y", is_flag=True, help="Old and new in two columns.")
@click.option(
    "--format",
    "output_format",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="How to report.",
)
def diff(given: Common, ref: str | None, side_by_side: bool, output_format: str) -> int:
    """Compare two versions of a translation, OLD and NEW.

    Shows the words that differ, the findings that went (-), came (+) and stayed (=), and with --ref
    what each changed passage gained. Exits with 1 if findings of the weight of --fail-on came.

    \b
    Examples:
      mtrepair diff before.txt after.txt
      mtrepair diff -y before.txt after.txt
      mtrepair diff before.txt after.txt --ref reference.txt
    """
    if len(given.paths) != 2:
        raise ConfigError("diff compares two files: OLD and NEW")
    if STDIN in given.paths:
        raise ConfigError("diff compares files; standard input is none")
    from mtrepair.review import compare

    old, new = given.paths
    run = Run(replace(given, paths=(new,)).request(proposals="none"))
    job = next(iter(run.jobs()), None)
    if job is None:
        raise ConfigError("; ".join(run.notes) or f"{new}: nothing to compare")
    comparison = compare.compare(
        read_file(old, job.settings.encoding).text,
        job.file.text,
        job.session,
        names=(old, new),
        format=job.document.format,
        source=job.source,
        reference=None if ref is None else read_file(ref, job.settings.encoding).text,
        screen=job.policy,
    )
    if output_format == "json":
        click.echo(json.dumps(compare.record(comparison), ensure_ascii=False, indent=2))
    else:
        out = console(given.color)
        marks = not out.is_terminal or out.no_color
        if side_by_side:
            out.print(compare.side_by_side(comparison, marks=marks, width=out.width))
        else:
            lines(out, compare.inline(comparison, marks=marks))
        lines(out, compare.finding_lines(comparison))
        lines(out, compare.metric_lines(comparison))
        lines(out, [compare.summary(comparison)])
    threshold = job.settings.threshold
    worse = threshold is not None and any(f.severity >= threshold for f in comparison.came)
    return EXIT_FOUND if worse and not given.exit_zero else EXIT_CLEAN
