"""The keys of a configuration file: one table that reading, showing and the docs go by."""

from __future__ import annotations

from dataclasses import dataclass

from mtrepair.languages import LANGUAGES, VARIANTS
from mtrepair.readers import FORMATS


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """What a key may hold.

    Attributes:
        kind: ``text``, ``flag``, ``number``, ``texts`` (a list), ``path`` or ``paths``; paths count
            from the folder of the file that holds them.
        default: what holds where nobody says otherwise.
        choices: the only values of a text; empty for any.
        adds: whether a list adds to the one above it instead of replacing it.
        rules: whether its values name rules or groups.
        per_file: whether it may stand in ``[[per-file]]``.
        help: one line for people.
    """

    kind: str
    default: object = None
    choices: tuple[str, ...] = ()
    adds: bool = False
    rules: bool = False
    per_file: bool = True
    help: str


SEVERITIES = ("minor", "major", "critical")

KEYS: dict[str, Key] = {
    "lang": Key(
        kind="text",
        default="fr",
        choices=(*LANGUAGES, *VARIANTS, "auto"),
        help="language of the text, also as a country writes it; auto identifies it",
    ),
    "select": Key(
        kind="texts",
        default=(),
        rules=True,
        help="rules or groups to use; all stable ones if empty",
    ),
    "ignore-rules": Key(
        kind="texts", default=(), rules=True, adds=True, help="rules or groups to leave out"
    ),
    "sensitive": Key(
        kind="flag", default=False, help="more findings, less sure ones: a reviewer's setting"
    ),
    "min-confidence": Key(
        kind="number", default=0.0, help="findings less sure than this (0 to 1) are not shown"
    ),
    "fail-on": Key(
        kind="text",
        default="major",
        choices=(*SEVERITIES, "never"),
        help="the least severity that makes the gate fail",
    ),
    "proposals": Key(
        kind="text",
        default=None,
        choices=("none", "fast", "model"),
        help="which repairs to look for; by the command unless given",
    ),
    "learned": Key(
        kind="flag",
        default=None,
        help="whether the learned detector is asked too; with a model's proposals unless given",
    ),
    "model": Key(kind="path", help="folder of another rewriter than the one in the package"),
    "source": Key(kind="text", help="the original: a path, or a pattern such as {stem}.en.txt"),
    "encoding": Key(kind="text", help="encoding of the files; UTF-8 or their mark unless given"),
    "input-format": Key(
        kind="text",
        default="auto",
        choices=("auto", *FORMATS),
        help="how to read the files; by their suffix unless given",
    ),
    "exclude": Key(
        kind="texts",
        default=(),
        adds=True,
        per_file=False,
        help="patterns, as in .gitignore, of files to leave out",
    ),
    "names": Key(kind="texts", default=(), adds=True, help="names that must stay as they are"),
    "name-files": Key(kind="paths", default=(), adds=True, help="files with one name a line"),
    "accepted-words": Key(
        kind="texts", default=(), adds=True, help="words that no rule about words may flag"
    ),
    "accepted-word-files": Key(
        kind="paths", default=(), adds=True, help="files with one accepted word a line"
    ),
    "glossary": Key(
        kind="paths", default=(), adds=True, help="glossaries (.tsv, .csv, .tbx) whose terms stay"
    ),
    "baseline": Key(kind="path", help="file of the findings that are known"),
}

TABLES = ("severity", "ignore", "per-file")
"""What is written as ``[severity]``, ``[[ignore]]`` and ``[[per-file]]``."""

IGNORE = ("rule", "text", "files", "reason")
"""The keys of an ``[[ignore]]`` table. The rules that a run leaves out are ``ignore-rules``,
because TOML has no file with both a list ``ignore`` and tables ``[[ignore]]``."""
