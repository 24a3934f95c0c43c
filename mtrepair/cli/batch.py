"""``mtrepair batch``: clean a pile of translated articles."""

from __future__ import annotations

import os
import re
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

import click

from mtrepair.api import Options
from mtrepair.batch.gates import Gate
from mtrepair.batch.progress import Progress
from mtrepair.batch.run import Engine, Local, Outcome, run
from mtrepair.batch.settings import TIME_LIMIT, Settings
from mtrepair.cli.options import split
from mtrepair.config import Request
from mtrepair.config import Run as Configuration
from mtrepair.config.jobs import accepted, protected
from mtrepair.config.load import Value, placed
from mtrepair.core import ConfigError

_UNITS = {"": 1, "k": 1 << 10, "m": 1 << 20, "g": 1 << 30}


class Size(click.ParamType[int]):
    """A number of bytes such as ``256k`` or ``16M``."""

    name = "size"

    def convert(self, value: Any, param: Any, ctx: Any) -> int:
        """The bytes."""
        if isinstance(value, int):
            return value
        match = re.fullmatch(r"(\d+)\s*([kmg]?)i?b?", str(value).strip().lower())
        if match is None:
            self.fail(f"'{value}' is no size; write 256k or 16M", param, ctx)
        return int(match[1]) * _UNITS[match[2]]


@click.command()
@click.argument("inputs", nargs=-1, required=True, metavar="IN...")
@click.option("--out", type=click.Path(), help="Folder for the results; new, or for --resume.")
@click.option("--resume", is_flag=True, help="Go on with a run that was cut off.")
@click.option("--dry-run", is_flag=True, help="Clean a sample, write nothing, estimate the whole.")
@click.option("--sample", type=Size(), default="1M", show_default=True, help="Of a dry run.")
@click.option(
    "--gate",
    "gates",
    multiple=True,
    metavar="TEST",
    help="Exit with 1 if it does not hold: 'loops<0.1%' (of the records), 'words<5' (findings in"
    " 10,000 words), 'left:all<2%', 'changed<10%', 'rejected<1%'.",
)
@click.option("--jobs", type=click.IntRange(1), help="Processes  [default: one for each core]")
@click.option(
    "--engine",
    type=click.Choice(["local", "ray"]),
    default="local",
    show_default=True,
    help="Where the work is done.",
)
@click.option("--address", help="Of a Ray cluster that runs; one is started here without it.")
@click.option(
    "--text-field",
    "text_fields",
    multiple=True,
    metavar="NAME",
    help="Field or column of the text; may be given again.  [default: text]",
)
@click.option(
    "--source-field",
    "source_fields",
    multiple=True,
    metavar="NAME",
    help="Field or column of the original, one for each --text-field.",
)
@click.option("--id-field", metavar="NAME", help="Field or column that names a record.")
@click.option(
    "--apply",
    "level",
    type=click.Choice(["safe", "suggested"]),
    default="safe",
    show_default=True,
    help="How far a repair may be trusted.",
)
@click.option(
    "--proposals",
    type=click.Choice(["none", "fast", "model"]),
    help="Which repairs to look for; none only counts.  [default: fast, or model with"
    " --apply suggested]",
)
@click.option("--lang", metavar="CODE", help="Language of the text.  [default: fr]")
@click.option("--source", metavar="PATTERN", help="The original of a text file, as in check.")
@click.option("--select", multiple=True, metavar="RULE", help="Use only this rule or group.")
@click.option("--ignore", multiple=True, metavar="RULE", help="Leave out this rule or group.")
@click.option("--sensitive/--no-sensitive", default=None, help="More findings, less sure ones.")
@click.option("--min-confidence", type=click.FloatRange(0, 1), metavar="NUMBER")
@click.option("--names", multiple=True, type=click.Path(exists=True, dir_okay=False))
@click.option("--glossary", multiple=True, type=click.Path(exists=True, dir_okay=False))
@click.option("--encoding", metavar="NAME", help="Encoding of text files  [default: utf-8]")
@click.option(
    "--input-format",
    type=click.Choice(["auto", "text", "markdown", "html"]),
    help="How to read a text; by the suffix of files, as plain in fields, unless given.",
)
@click.option("--model", metavar="FOLDER", help="Another rewriter than the one in the package.")
@click.option("--config", "config_file", type=click.Path(exists=True, dir_okay=False))
@click.option("--no-config", is_flag=True, help="Use no configuration file.")
@click.option(
    "--time-limit",
    type=click.FloatRange(min=0, min_open=True),
    default=TIME_LIMIT,
    show_default=True,
    metavar="SECONDS",
    help="For one record; one that takes longer is passed through.",
)
@click.option("--max-record", type=Size(), default="16M", show_default=True, help="Bytes.")
@click.option(
    "--chunk-size",
    type=Size(),
    default="256k",
    show_default=True,
    help="Bytes that a process gets at a time.",
)
@click.option("--quiet", is_flag=True, help="No progress.")
def batch(
    inputs: tuple[str, ...],
    out: str | None,
    resume: bool,
    dry_run: bool,
    sample: int,
    gates: tuple[str, ...],
    jobs: int | None,
    engine: str,
    address: str | None,
    quiet: bool,
    **given: Any,
) -> int:
    """Clean many files: JSON Lines (.gz, .zst), Parquet, CSV, text, Markdown, HTML.

    IN is a file or a directory. The inputs are never written to. OUT gets data/ (the cleaned
    files), edits.jsonl, rejects.jsonl, stats.json and report.html when everything is done; a run
    that was cut off, by whatever, goes on with --resume.

    Exits with 0 if all records were cleaned, 1 if a --gate did not hold, 2 for an error, 3 if
    records were rejected or passed through (see rejects.jsonl), 130 if it was interrupted.

    \b
    Examples:
      mtrepair batch articles.jsonl.zst --text-field body --out cleaned
      mtrepair batch shards/ --out cleaned --resume
      mtrepair batch articles.parquet --text-field fr --source-field en --out cleaned
      mtrepair batch articles.jsonl --dry-run
      mtrepair batch mt-output.jsonl --proposals none --gate 'loops<0.1%' --out report
    """
    settings = _settings(inputs, **given)
    tests = [Gate.parse(text) for text in gates]
    jobs = jobs or _cores()
    if dry_run:
        from mtrepair.batch.estimate import estimate, lines_of

        for line in lines_of(estimate(inputs, settings, jobs, sample), jobs):
            click.echo(line)
        return 0
    if out is None:
        raise ConfigError("--out is needed (or --dry-run)")
    if address is not None and engine != "ray":
        raise ConfigError("--address needs --engine ray")
    with _stoppable() as stop, Progress(quiet=quiet) as progress:
        outcome = run(
            inputs,
            Path(out),
            settings,
            _engine(engine, jobs, address, stop),
            resume=resume,
            gates=tests,
            watcher=progress,
            stop=stop,
        )
    _tell(outcome, quiet)
    return outcome.exit_code


def _settings(
    inputs: tuple[str, ...],
    text_fields: tuple[str, ...],
    source_fields: tuple[str, ...],
    id_field: str | None,
    level: str,
    config_file: str | None,
    no_config: bool,
    time_limit: float,
    max_record: int,
    chunk_size: int,
    **given: Any,
) -> Settings:
    """The settings of the run: those of the configuration at the first input, and the flags."""
    said = {
        "lang": given["lang"],
        "source": given["source"],
        "select": split(given["select"]),
        "ignore-rules": split(given["ignore"]),
        "sensitive": given["sensitive"],
        "min-confidence": given["min_confidence"],
        "name-files": given["names"],
        "glossary": given["glossary"],
        "encoding": given["encoding"],
        "input-format": given["input_format"],
        "model": given["model"],
        "proposals": given["proposals"],
    }
    request = Request(
        paths=inputs,
        given={
            name: Value(placed(name, value, Path()), f"--{name}")
            for name, value in said.items()
            if value is not None and value != ()
        },
        config=config_file,
        isolated=no_config,
    )
    desk = Configuration(request).settings(inputs[0])
    if desk.lang == "auto":
        raise ConfigError("batch cleans one language at a time; name it with --lang")
    return Settings(
        options=Options(
            lang=desk.lang,
            select=desk.select,
            ignore=desk.ignore_rules,
            sensitive=desk.sensitive,
            proposals=desk.proposals or ("fast" if level == "safe" else "model"),
            names=protected(desk.names, desk.name_files, desk.glossary, desk.lang),
            model=desk.model,
        ),
        desk=desk,
        accepted=accepted(desk.accepted_words, desk.accepted_word_files, desk.glossary, desk.lang),
        level=level,
        text_fields=text_fields or ("text",),
        source_fields=source_fields,
        id_field=id_field,
        text_format=desk.input_format,
        encoding=desk.encoding,
        source_pattern=desk.source,
        chunk=chunk_size,
        longest=max_record,
        time_limit=time_limit,
    )


def _engine(name: str, jobs: int, address: str | None, stop: Any) -> Engine:
    if name == "local":
        return Local(jobs, stop)
    from mtrepair.batch.ray_engine import RayEngine

    return RayEngine(jobs=jobs, address=address, stop=stop)


def _cores() -> int:
    """Cores that this process may use, which in a container are not all there are."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@contextmanager
def _stoppable() -> Iterator[Any]:
    """Ctrl-C and SIGTERM let what is begun be finished; a second one does not."""
    asked: list[int] = []

    def ask(number: int, frame: FrameType | None) -> None:  # noqa: ARG001
        if asked:
            raise KeyboardInterrupt
        asked.append(number)
        click.echo(
            "\nmtrepair: stopping when the chunks at hand are done; again: at once", err=True
        )

    old = {number: signal.signal(number, ask) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield lambda: bool(asked)
    finally:
        for number, handler in old.items():
            signal.signal(number, handler)


def _tell(outcome: Outcome, quiet: bool) -> None:
    stats = outcome.stats
    if outcome.interrupted:
        click.echo(
            f"mtrepair: interrupted; {stats['records']:,} records are done, go on with --resume",
            err=True,
        )
        return
    for text in outcome.crossed:
        click.echo(f"mtrepair: gate {text}", err=True)
    rejected = stats["rejected"]
    if rejected:
        reasons = ", ".join(f"{n:,} {name}" for name, n in sorted(rejected.items()))
        click.echo(f"mtrepair: not cleaned: {reasons} (see rejects.jsonl)", err=True)
    if not quiet:
        records, changed = stats["records"], stats["changed"]
        share = 100 * changed / max(1, records)
        click.echo(
            f"{records:,} records, {stats['words']:,} words: {sum(stats['findings'].values()):,}"
            f" findings, {changed:,} records changed ({share:.2g} %);"
            f" see {outcome.out / 'report.html'}"
        )
