"""Debian's Apertium as a translator from English to French through Catalan.

Needs apertium, apertium-eng-cat and apertium-fra-cat (apt-get install). The pair through Spanish is
kept for judging and is never used here.
"""

from __future__ import annotations

import subprocess

PIVOT = ("eng-cat", "cat-fra")


def translate(
    lines: list[str], pairs: tuple[str, ...] = PIVOT, *, marked: bool = False
) -> list[str]:
    """The lines through the pairs; a line that nothing precedes stays apart by its end.

    With ``marked`` a star stands before each word that the last pair does not know and copies.
    """
    text = "\n\n".join(lines) + "\n"
    for pair in pairs:
        unmarked = [] if marked and pair == pairs[-1] else ["-u"]
        done = subprocess.run(["apertium", *unmarked, pair], input=text, text=True, check=True,
                              capture_output=True)  # fmt: skip
        text = done.stdout
    found = [line.strip() for line in text.strip().split("\n\n")]
    if len(found) != len(lines):
        raise SystemExit(f"{len(lines)} lines became {len(found)}")
    return found


def each(lines: list[str]) -> list[str | None]:
    """The same, line by line where the batch fails; None for a line that Apertium breaks in two."""
    try:
        return list(translate(lines))
    except (SystemExit, subprocess.CalledProcessError, UnicodeDecodeError):
        if len(lines) == 1:
            return [None]
        half = len(lines) // 2
        return each(lines[:half]) + each(lines[half:])
