"""``mtrepair completion``: the script that makes a shell complete our commands."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

from mtrepair.cli.main import EXIT_CLEAN, cli

SHELLS = ("bash", "zsh", "fish")


@click.command()
@click.argument("shell", type=click.Choice(SHELLS))
def completion(shell: str) -> int:
    """Print the script that makes SHELL complete commands, options, rules and files.

    \b
    Examples:
      mtrepair completion bash > ~/.local/share/bash-completion/completions/mtrepair
      mtrepair completion zsh > ~/.zfunc/_mtrepair        (a folder of your fpath)
      mtrepair completion fish > ~/.config/fish/completions/mtrepair.fish
    """
    kind = get_completion_class(shell)
    assert kind is not None  # SHELLS are the ones that click has
    script = kind(cli, {}, "mtrepair", "_MTREPAIR_COMPLETE")
    # `source()` would first ask the bash of this machine for its version.
    click.echo(script.source_template % script.source_vars())
    return EXIT_CLEAN
