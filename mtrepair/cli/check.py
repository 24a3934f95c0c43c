"""``mtrepair check``: find what is garbled."""

from __future__ import annotations

import click

from mtrepair.api import CheckResult
from mtrepair.cli.main import EXIT_CLEAN, EXIT_FOUND
from mtrepair.cli.options import Common, common, finish
from mtrepair.cli.output import messages
from mtrepair.config import Job, Run
from mtrepair.config.load import Value
from mtrepair.core import ConfigError

FORMATS = ("text", "json", "jsonl", "sarif", "github", "html")


@click.command()
@common
@click.option(
    "--format",
    "output_format",
    type=click.Choice(FORMATS),
    default="text",
    show_default=True,
    help="How to report.",
)
@click.option(
    "--proposals",
    type=click.Choice(["none", "fast", "model"]),
    help="Which repairs to look for; 'model' loads the rewriter.  [default: fast]",
)
@click.option("--statistics", is_flag=True, help="Count the findings by rule.")
@click.option(
    "--write-baseline",
    is_flag=True,
    help="Write all findings to the baseline (--baseline, or that of the configuration, or"
    " mtrepair-baseline.json) and exit with 0.",
)
@click.option(
    "--changed-only",
    metavar="REV",
    help="Report only what stands on lines changed since this git revision.",
)
def check(
    given: Common,
    output_format: str,
    proposals: str | None,
    statistics: bool,
    write_baseline: bool,
    changed_only: str | None,
) -> int:
    """Find what is garbled in machine-translated files.

    A PATH is a file, a directory (all files below it that can be read) or - for standard input.
    Exits with 0 if nothing of the weight of --fail-on is found, with 1 if something is, with 2 for
    a usage or internal error.

    \b
    Examples:
      mtrepair check article.txt
      mtrepair check --source '{stem}.en.txt' articles/
      mtrepair check --format json --stdin-filename a.html - < a.html
      mtrepair check --select repetition,names --fail-on critical articles/
      mtrepair check --write-baseline articles/      from now on only what is new
      mtrepair check --changed-only HEAD articles/   only what I am about to commit
    """
    if write_baseline and changed_only is not None:
        raise ConfigError("--write-baseline needs the whole files, not --changed-only")
    said = {} if proposals is None else {"proposals": Value(proposals, "--proposals")}
    run = Run(given.request(given=said, changed_since=changed_only, baseline=not write_baseline))
    done: list[tuple[Job, CheckResult]] = []
    for job in run.jobs():
        result = job.check()
        messages(job.path, result)
        done.append((job, result))
    if write_baseline:
        _write_baseline(done)
        return EXIT_CLEAN
    _report(done, output_format, given.color, statistics)
    finish(run)
    failed = any(job.fails(result) for job, result in done)
    return EXIT_FOUND if failed and not given.exit_zero else EXIT_CLEAN


def _write_baseline(done: list[tuple[Job, CheckResult]]) -> None:
    from mtrepair.config import baseline
    from mtrepair.config.fingerprint import Fingerprint, fingerprint

    found: dict[str, dict[str, list[Fingerprint]]] = {}
    for job, result in done:
        marks = [fingerprint(result.document, finding) for finding in result.findings]
        found.setdefault(job.settings.baseline or baseline.NAME, {})[job.path] = marks
    for path, files in found.items():
        baseline.write_baseline(path, files)
        count = sum(map(len, files.values()))
        click.echo(
            f"mtrepair: {path} now holds {_count(count, 'finding')}"
            f" of {_count(len(files), 'file')}",
            err=True,
        )
    if any(job.settings.baseline is None for job, _ in done):
        key = f'baseline = "{baseline.NAME}"'
        click.echo(f"mtrepair: use it with --baseline, or {key} in mtrepair.toml", err=True)


def _report(
    done: list[tuple[Job, CheckResult]], output_format: str, color: str, statistics: bool
) -> None:
    results = [(job.path, result) for job, result in done]
    if output_format == "text":
        from mtrepair.report import text_report
        from mtrepair.report.styled import wanted

        color_too = wanted(color)
        for path, result in results:
            for line in text_report.file_lines(text_report.shown_path(path), result):
                click.echo(line, color=color_too)
        if statistics:
            for line in text_report.statistics(results):
                click.echo(line)
        click.echo(text_report.summary(results), color=color_too)
        return
    if output_format == "json":
        from mtrepair.report import json_report

        click.echo(json_report.as_json(results))
    elif output_format == "jsonl":
        from mtrepair.report import json_report

        for path, result in results:
            for line in json_report.as_jsonl(path, result):
                click.echo(line)
    elif output_format == "sarif":
        from mtrepair.report import sarif_report

        known = any(job.settings.baseline is not None for job, _ in done)
        click.echo(sarif_report.render(results, baseline=known))
    elif output_format == "github":
        from mtrepair.report import github_report

        for line in github_report.render(results):
            click.echo(line)
    elif output_format == "html":
        from mtrepair.report import html_report

        click.echo(html_report.render(results), nl=False)
    if statistics:
        from mtrepair.report import text_report

        for text in text_report.statistics(results):
            click.echo(text, err=True)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
