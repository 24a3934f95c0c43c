"""``mtrepair rules``: list and explain."""

from __future__ import annotations

import re
from difflib import get_close_matches

import click
from rich.table import Table
from rich.text import Text

from mtrepair.cli.main import EXIT_CLEAN
from mtrepair.cli.output import console
from mtrepair.core import ConfigError
from mtrepair.languages import LANGUAGES
from mtrepair.report.text_report import STYLES
from mtrepair.rules import Rule, all_rules


@click.command()
@click.argument("name", required=False)
@click.option(
    "--lang",
    type=click.Choice(LANGUAGES),
    default="fr",
    show_default=True,
    help="The language whose rules are meant.",
)
@click.option(
    "--color", type=click.Choice(["auto", "always", "never"]), default="auto", help="Colours."
)
def rules(name: str | None, lang: str, color: str) -> int:
    """List the rules, or explain the rule called NAME."""
    out = console(color)
    known = all_rules(lang)
    if name is None:
        if not out.is_terminal:
            for rule in known.values():
                click.echo(_line(rule))
            return EXIT_CLEAN
        table = Table(box=None, pad_edge=False)
        for heading in ("rule", "group", "severity", "status", "what it finds"):
            table.add_column(heading, no_wrap=heading != "what it finds")
        for rule in known.values():
            info = rule.info
            table.add_row(
                Text(info.name, style="bold"),
                info.group,
                Text(str(info.severity), style=STYLES[info.severity]),
                info.status,
                info.summary,
            )
        out.print(table, soft_wrap=False)
        return EXIT_CLEAN
    if name not in known:
        near = get_close_matches(name, known, n=1)
        hint = f" (did you mean '{near[0]}'?)" if near else ""
        raise ConfigError(f"unknown rule '{name}'{hint}")
    rule = known[name]
    out.print(Text(rule.name, style="bold"))
    needs = f", needs {', '.join(sorted(rule.info.needs))}" if rule.info.needs else ""
    out.print(
        Text(f"{rule.info.group}, {rule.info.severity}, {rule.info.status}{needs}\n", style="dim")
    )
    for line in rule.docs.splitlines():
        out.print(_explained(line), soft_wrap=True)
    return EXIT_CLEAN


def _line(rule: Rule) -> str:
    info = rule.info
    return f"{info.name}\t{info.group}\t{info.severity}\t{info.status}\t{info.summary}"


def _explained(line: str) -> Text:
    if re.fullmatch(r"\w[\w ]*:", line):
        return Text(line, style="bold")
    text = Text(re.sub(r"\[\[|\]\]", "", line))
    match = re.search(r"\[\[(.*?)\]\]", line)
    if match:
        text.stylize("bold red", match.start(), match.start() + len(match[1]))
    return text
