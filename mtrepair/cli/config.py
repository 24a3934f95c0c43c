"""``mtrepair config``: what is in force, and who says so."""

from __future__ import annotations

import json

import click
from rich.text import Text

from mtrepair.cli.main import EXIT_CLEAN
from mtrepair.cli.output import console, lines
from mtrepair.config import Request, Run, Settings
from mtrepair.config.keys import KEYS
from mtrepair.config.load import shown


@click.command()
@click.argument("path", default=".")
@click.option("--config", "config_file", type=click.Path(exists=True, dir_okay=False))
@click.option("--no-config", is_flag=True, help="Use no configuration file.")
@click.option("--format", "output_format", type=click.Choice(["text", "json"]), default="text")
@click.option("--color", type=click.Choice(["auto", "always", "never"]), default="auto")
def config(
    path: str, config_file: str | None, no_config: bool, output_format: str, color: str
) -> int:
    """Show what is in force for PATH, and who says so.

    PATH is a file or a directory; it need not exist.

    \b
    Examples:
      mtrepair config article.txt
      mtrepair config --format json articles/
    """
    run = Run(Request(paths=(path,), config=config_file, isolated=no_config))
    settings = run.settings(path)
    if output_format == "json":
        click.echo(json.dumps(_record(settings), ensure_ascii=False, indent=2))
    else:
        lines(console(color), _table(settings))
    return EXIT_CLEAN


def _rows(settings: Settings) -> list[tuple[str, object, str]]:
    origins = dict(settings.origins)
    rows = [(name, _plain(name, settings.value(name)), origins[name]) for name in KEYS]
    rows += [
        (f"severity.{name}", str(level), origins[f"severity.{name}"])
        for name, level in settings.severity
    ]
    for judgement in settings.judgements:
        rule = ", ".join(judgement.rules)
        text = f" “{judgement.text}”" if judgement.text is not None else ""
        rows.append(("[[ignore]]", f"{rule}{text}", judgement.origin))
    return rows


def _plain(name: str, value: object) -> object:
    """A value as a person would write it, paths from here."""
    if KEYS[name].kind == "paths" and isinstance(value, tuple):
        return [shown(str(path)) for path in value]
    if KEYS[name].kind == "path" and value is not None:
        return shown(str(value))
    return list(value) if isinstance(value, tuple) else value


def _record(settings: Settings) -> dict[str, object]:
    return {
        "settings": [
            {"key": key, "value": value, "origin": origin} for key, value, origin in _rows(settings)
        ]
    }


def _table(settings: Settings) -> list[Text]:
    rows = [(key, _written(value), origin) for key, value, origin in _rows(settings)]
    wide = max(len(key) for key, _, _ in rows)
    middle = min(44, max(len(value) for _, value, _ in rows))
    return [
        Text.assemble(
            (f"{key:<{wide}}  ", "bold" if origin != "default" else ""),
            f"{value:<{middle}}  ",
            (origin, "dim" if origin == "default" else "cyan"),
        )
        for key, value, origin in rows
    ]


def _written(value: object) -> str:
    return "-" if value is None else json.dumps(value, ensure_ascii=False)
