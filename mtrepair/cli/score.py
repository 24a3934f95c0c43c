"""``mtrepair score``: measure a translation, or findings."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from typing import Any

import click

from mtrepair.cli.main import EXIT_CLEAN
from mtrepair.cli.options import STDIN, split
from mtrepair.cli.output import console, lines
from mtrepair.core import ConfigError, InputError, Span
from mtrepair.readers.files import read_bytes, read_file


@click.command()
@click.argument("hypothesis", metavar="HYP")
@click.option("--ref", metavar="REF", help="A human translation, a segment a line.")
@click.option("--before", metavar="ORIGINAL", help="The translation before its repair.")
@click.option(
    "--gold",
    metavar="SPANS",
    help="Error spans that people have marked: JSON lines with start and end in code points of"
    " ORIGINAL, or of HYP without --before.",
)
@click.option(
    "--findings",
    metavar="JSON",
    help="Output of `mtrepair check --format json` to score with --gold, instead of a check now.",
)
@click.option(
    "--segments",
    type=click.Choice(["lines", "document"]),
    default="lines",
    show_default=True,
    help="What is compared with what.",
)
@click.option("--select", multiple=True, metavar="RULE", help="With --gold: these rules only.")
@click.option("--ignore", multiple=True, metavar="RULE", help="With --gold: not these rules.")
@click.option("--sensitive", is_flag=True, help="With --gold: less sure findings too.")
@click.option("--lang", default="fr", show_default=True, help="Language of the text.")
@click.option("--encoding", metavar="NAME", help="Encoding of the files [utf-8].")
@click.option("--format", "output_format", type=click.Choice(["text", "json"]), default="text")
@click.option("--color", type=click.Choice(["auto", "always", "never"]), default="auto")
def score(
    hypothesis: str,
    ref: str | None,
    before: str | None,
    gold: str | None,
    findings: str | None,
    segments: str,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    sensitive: bool,
    lang: str,
    encoding: str | None,
    output_format: str,
    color: str,
) -> int:
    """Measure a translation against a reference, and findings against gold spans.

    BLEU, chrF++ and TER are sacrebleu's, with its signatures; with --before the gain is tested by
    paired bootstrap. Empty lines that stand in all files at the same place are left out.

    \b
    Examples:
      mtrepair score repaired.txt --ref reference.txt
      mtrepair score repaired.txt --ref reference.txt --before article.txt
      mtrepair score article.txt --gold spans.jsonl
    """
    if ref is None and gold is None:
        raise ConfigError("score needs --ref or --gold")
    if findings is not None and gold is None:
        raise ConfigError("--findings needs --gold")
    text = _text(hypothesis, encoding)
    original = None if before is None else _text(before, encoding)
    record: dict[str, Any] = {"version": 1}
    shown: list[str] = []
    if ref is not None:
        from mtrepair.report.score_report import metric_lines
        from mtrepair.score.metrics import compare

        rows = _segments(segments, text, _text(ref, encoding), original)
        scores = compare(*rows)
        record["metrics"] = asdict(scores)
        shown += metric_lines(scores)
    if gold is not None:
        from mtrepair.report.score_report import span_lines
        from mtrepair.score.spans import read_gold, score_spans

        marked = text if original is None else original
        spans = read_gold(_text(gold, None), marked, gold)
        if findings is None:
            from mtrepair import api

            found = [
                f.span
                for f in api.check(
                    marked,
                    lang,
                    select=split(select),
                    ignore=split(ignore),
                    sensitive=sensitive,
                    proposals="none",
                ).findings
            ]
        else:
            found = _findings(findings, len(marked))
        result = score_spans([(marked, spans, found)])
        record["spans"] = asdict(result)
        shown += ["", *span_lines(result)] if shown else span_lines(result)
    if output_format == "json":
        click.echo(json.dumps(record, ensure_ascii=False, indent=2))
    else:
        lines(console(color), shown)
    return EXIT_CLEAN


def _text(path: str, encoding: str | None) -> str:
    if path == STDIN:
        return read_bytes(sys.stdin.buffer.read(), "<stdin>", encoding).text
    return read_file(path, encoding).text


def _segments(
    how: str, hypothesis: str, reference: str, before: str | None
) -> tuple[list[str], list[str], list[str] | None]:
    """The segments to compare; places where every file has an empty line are left out."""
    texts = [hypothesis, reference, *([] if before is None else [before])]
    if how == "document":
        rows = [[" ".join(text.split())] for text in texts]
    else:
        rows = [[line.strip() for line in text.splitlines()] for text in texts]
        if len({len(row) for row in rows}) == 1:
            kept = [place for place in zip(*rows, strict=True) if any(place)]
            rows = [list(column) for column in zip(*kept, strict=True)] or [[] for _ in rows]
        else:  # blank lines are layout: the paragraphs may still pair up
            rows = [[line for line in row if line] for row in rows]
    return rows[0], rows[1], rows[2] if before is not None else None


def _findings(path: str, length: int) -> list[Span]:
    try:
        files = json.loads(read_file(path).text)["files"]
        spans = [Span(f["start"], f["end"]) for file in files for f in file["findings"]]
    except (ValueError, KeyError, TypeError):
        raise InputError(f"{path}: not the output of `mtrepair check --format json`") from None
    if len(files) != 1:
        raise InputError(f"{path}: findings of {len(files)} files; one is wanted")
    if any(span.end > length for span in spans):
        raise InputError(f"{path}: the findings belong to another text")
    return spans
