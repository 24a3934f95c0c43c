"""Which reader reads a text."""

from __future__ import annotations

from pathlib import PurePath
from typing import Protocol

from mtrepair.core import ConfigError, Document

FORMATS: dict[str, tuple[str, ...]] = {
    "text": (".txt", ".text"),
    "markdown": (".md", ".markdown"),
    "html": (".html", ".htm", ".xhtml"),
}
"""The formats that can be read, each with the suffixes that mean it."""


class Reader(Protocol):
    """Finds the prose in a text.

    The document that it returns holds the very text it was given; every segment's runs say where
    the characters stand in it. A reader never fails: text that is not well formed is read as far
    as it can be, and what is not understood is left out.
    """

    def __call__(self, text: str, name: str, lang: str) -> Document: ...


def format_of(name: str) -> str:
    """The format that the suffix of a path means; plain text if it means none."""
    suffix = PurePath(name).suffix.lower()
    return next((name for name, suffixes in FORMATS.items() if suffix in suffixes), "text")


def read(
    text: str,
    *,
    format: str = "auto",  # noqa: A002 - the word users know from --input-format
    name: str = "<text>",
    lang: str = "fr",
) -> Document:
    """A text as a document.

    Args:
        text: the decoded text, without a byte order mark.
        format: ``text``, ``markdown``, ``html``, or ``auto`` to go by the suffix of ``name``.
        name: a path, or something in angle brackets; for the suffix and for messages.
        lang: the language of the prose; what an HTML file marks as another one is left out.

    Raises:
        ConfigError: for another format.
    """
    return reader(format_of(name) if format == "auto" else format)(text, name, lang)


def reader(name: str) -> Reader:
    """The reader of a format; its module is loaded only now (markdown-it takes its time).

    Raises:
        ConfigError: if there is none of that name.
    """
    if name == "text":
        from mtrepair.readers import txt

        return txt.read
    if name == "markdown":
        from mtrepair.readers import md

        return md.read
    if name == "html":
        from mtrepair.readers import html

        return html.read
    raise ConfigError(f"unknown format '{name}' (auto, {', '.join(FORMATS)})")
