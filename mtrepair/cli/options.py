"""Options that several commands share, as one value."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import click

from mtrepair.config import Request, Run
from mtrepair.config.load import Value, placed
from mtrepair.readers import FORMATS

STDIN = "-"


@dataclass(frozen=True, slots=True, kw_only=True)
class Common:
    """What ``check``, ``fix`` and ``review`` are given alike; None is for "nothing said"."""

    paths: tuple[str, ...]
    lang: str | None
    source: str | None
    select: tuple[str, ...]
    ignore: tuple[str, ...]
    sensitive: bool | None
    min_confidence: float | None
    names: tuple[str, ...]
    glossary: tuple[str, ...]
    encoding: str | None
    input_format: str | None
    learned: bool | None
    model: str | None
    fail_on: str | None
    baseline: str | None
    exit_zero: bool
    stdin_filename: str | None
    config: str | None
    no_config: bool
    color: str

    def given(self) -> dict[str, Value]:
        """What the command line says, by the keys of the configuration."""
        values: dict[str, tuple[object, str]] = {
            "lang": (self.lang, "--lang"),
            "source": (self.source, "--source"),
            "select": (split(self.select), "--select"),
            "ignore-rules": (split(self.ignore), "--ignore"),
            "sensitive": (self.sensitive, "--sensitive"),
            "min-confidence": (self.min_confidence, "--min-confidence"),
            "name-files": (self.names, "--names"),
            "glossary": (self.glossary, "--glossary"),
            "encoding": (self.encoding, "--encoding"),
            "input-format": (self.input_format, "--input-format"),
            "learned": (self.learned, "--learned"),
            "model": (self.model, "--model"),
            "fail-on": (self.fail_on, "--fail-on"),
            "baseline": (self.baseline, "--baseline"),
        }
        return {
            name: Value(placed(name, value, Path()), origin)
            for name, (value, origin) in values.items()
            if value is not None and value != ()
        }

    def request(self, **more: Any) -> Request:
        """The files to work on with what was said about them; ``more`` are fields of a Request."""
        given = {**self.given(), **more.pop("given", {})}
        return Request(
            paths=self.paths,
            given=given,
            config=self.config,
            isolated=self.no_config,
            stdin_name=self.stdin_filename,
            **more,
        )


def complete_rules(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    """The rules and groups that go on from what was typed, behind the last comma."""
    del ctx, param
    from mtrepair.rules import known_rules

    rules = known_rules()
    names = [*rules, *dict.fromkeys(rule.info.group for rule in rules.values())]
    head, comma, last = incomplete.rpartition(",")
    return [f"{head}{comma}{name}" for name in names if name.startswith(last)]


Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]

OPTIONS: tuple[Decorator, ...] = (
    click.argument("paths", nargs=-1, required=True, metavar="PATH..."),
    click.option("--lang", metavar="CODE", help="Language of the text, or auto  [default: fr]"),
    click.option(
        "--source",
        metavar="PATH",
        help="The original: a path, or a pattern such as {stem}.en filled in from each file's"
        " name.",
    ),
    click.option(
        "--select",
        multiple=True,
        metavar="RULE",
        shell_complete=complete_rules,
        help="Use only this rule or group.",
    ),
    click.option(
        "--ignore",
        multiple=True,
        metavar="RULE",
        shell_complete=complete_rules,
        help="Leave out this rule or group.",
    ),
    click.option(
        "--sensitive/--no-sensitive",
        default=None,
        help="More findings, less sure ones: a reviewer's operating point.",
    ),
    click.option(
        "--min-confidence",
        type=click.FloatRange(0, 1),
        metavar="NUMBER",
        help="Leave out findings less sure than this.",
    ),
    click.option(
        "--names",
        multiple=True,
        type=click.Path(exists=True, dir_okay=False),
        help="File with one name a line that must stay as it is.",
    ),
    click.option(
        "--glossary",
        multiple=True,
        type=click.Path(exists=True, dir_okay=False),
        help="Glossary (.tsv, .csv, .tbx) whose terms must stay as they are.",
    ),
    click.option("--encoding", metavar="NAME", help="Encoding of the files  [default: utf-8]"),
    click.option(
        "--input-format",
        type=click.Choice(["auto", *FORMATS]),
        help="How to read the files; by their suffix unless given.",
    ),
    click.option(
        "--learned/--no-learned",
        default=None,
        help="Ask the learned detector too, or not; it is asked with the proposals of a model and"
        " when one of its rules is selected.",
    ),
    click.option("--model", metavar="FOLDER", help="Another rewriter than the one in the package."),
    click.option(
        "--fail-on",
        type=click.Choice(["minor", "major", "critical", "never"]),
        help="Exit with 1 when a finding of this weight or more is left.  [default: major]",
    ),
    click.option(
        "--baseline",
        type=click.Path(dir_okay=False),
        metavar="FILE",
        help="Say nothing of the findings in this file (see --write-baseline of check).",
    ),
    click.option("--exit-zero", is_flag=True, help="Exit with 0 whatever is found."),
    click.option(
        "--stdin-filename",
        metavar="NAME",
        help="What standard input is called: for its format, configuration and source.",
    ),
    click.option(
        "--config",
        type=click.Path(exists=True, dir_okay=False),
        metavar="FILE",
        help="Use this configuration instead of the nearest mtrepair.toml or pyproject.toml.",
    ),
    click.option("--no-config", is_flag=True, help="Use no configuration file."),
    click.option(
        "--color",
        type=click.Choice(["auto", "always", "never"]),
        default="auto",
        help="Colours; by the terminal and NO_COLOR unless given.",
    ),
)


def common(command: Callable[..., Any]) -> Callable[..., Any]:
    """The shared options; the command gets them as its first argument, a :class:`Common`."""

    @functools.wraps(command)
    def run(**values: Any) -> Any:
        shared = {field.name: values.pop(field.name) for field in fields(Common)}
        return command(Common(**shared), **values)

    wrapped: Callable[..., Any] = run
    for option in reversed(OPTIONS):
        wrapped = option(wrapped)
    return wrapped


def split(values: tuple[str, ...]) -> tuple[str, ...]:
    """``--select a,b --select c`` as ``(a, b, c)``."""
    return tuple(name.strip() for value in values for name in value.split(",") if name.strip())


def finish(run: Run) -> None:
    """What a run has to say when it is over, on standard error."""
    for line in (*run.notes, *run.leftovers()):
        click.echo(f"mtrepair: {line}", err=True)
