"""``mtrepair check``: find what is garbled."""

from __future__ import annotations

import click

from mtrepair.api import CheckResult, Options, Session
from mtrepair.cli.main import EXIT_CLEAN, EXIT_FOUND
from mtrepair.cli.options import common, inputs, name_list, source_for, split
from mtrepair.cli.output import console, lines, messages
from mtrepair.core import Severity
from mtrepair.readers import read


@click.command()
@common
@click.option(
    "--format",
    "output_format",
    type=click.Choice(["text", "json", "jsonl"]),
    default="text",
    show_default=True,
    help="How to report.",
)
@click.option(
    "--proposals",
    type=click.Choice(["none", "fast", "model"]),
    default="fast",
    show_default=True,
    help="Which repairs to look for; 'model' loads the rewriter.",
)
@click.option("--statistics", is_flag=True, help="Count the findings by rule.")
def check(
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
    output_format: str,
    proposals: str,
    statistics: bool,
) -> int:
    """Find what is garbled in machine-translated files.

    A PATH is a file, a directory (text, Markdown and HTML files below it) or - for standard
    input. Exits with 0 if nothing of the weight of --fail-on is found, with 1 if something is,
    with 2 for a usage or internal error.

    \b
    Examples:
      mtrepair check article.txt
      mtrepair check --source '{stem}.en.txt' articles/
      mtrepair check --format json - < article.txt
      mtrepair check --select repetition,names --fail-on critical articles/
    """
    session = Session(
        Options(
            lang=lang,
            select=split(select),
            ignore=split(ignore),
            sensitive=sensitive,
            proposals=proposals,
            names=frozenset(name_list(names)),
            model=model,
        )
    )
    results: list[tuple[str, CheckResult]] = []
    for path, file in inputs(paths, encoding):
        document = read(file.text, format=input_format, name=path)
        result = session.check(document, source_for(source, path, encoding))
        messages(path, result)
        results.append((path, result))
    _report(results, output_format, color, statistics=statistics)
    if fail_on != "never" and any(r.at_least(Severity.parse(fail_on)) for _, r in results):
        return EXIT_FOUND
    return EXIT_CLEAN


def _report(
    results: list[tuple[str, CheckResult]], output_format: str, color: str, *, statistics: bool
) -> None:
    if output_format == "text":
        from mtrepair.report import text_report

        out = console(color)
        for path, result in results:
            lines(out, text_report.file_lines(text_report.shown_path(path), result))
        if statistics:
            lines(out, text_report.statistics(results))
        lines(out, [text_report.summary(results)])
        return
    from mtrepair.report import json_report

    if output_format == "json":
        click.echo(json_report.as_json(results))
        return
    for path, result in results:
        for line in json_report.as_jsonl(path, result):
            click.echo(line)
