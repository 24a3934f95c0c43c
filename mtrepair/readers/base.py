"""Which reader reads a text."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath
from typing import Protocol

from mtrepair.core import ConfigError, Document, Edit, apply
from mtrepair.readers.packed import PackedText

FORMATS: dict[str, tuple[str, ...]] = {
    "text": (".txt", ".text"),
    "markdown": (".md", ".markdown"),
    "html": (".html", ".htm", ".xhtml"),
    "po": (".po", ".pot"),
    "xliff": (".xlf", ".xliff", ".sdlxliff", ".mqxliff", ".mxliff"),
    "tmx": (".tmx",),
    "docx": (".docx",),
}
"""The formats that can be read, each with the suffixes that mean it."""


class Reader(Protocol):
    """Finds the prose in a text.

    The document that it returns holds the very text it was given; every segment's runs say where
    the characters stand in it. Text, Markdown and HTML that are not well formed are read as far
    as they can be, and what is not understood is left out; a file of translation units that its
    own library cannot read raises InputError.
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
        format: one of :data:`FORMATS`, or ``auto`` to go by the suffix of ``name``.
        name: a path, or something in angle brackets; for the suffix and for messages.
        lang: the language of the prose; what an HTML file marks as another one is left out.

    Raises:
        ConfigError: for another format, or one whose library is not installed.
        InputError: for a PO, XLIFF, TMX or DOCX file that is none.
    """
    return reader(format_of(name) if format == "auto" else format)(text, name, lang)


def edited(document: Document, edits: Sequence[Edit]) -> Document:
    """The document after edits, read anew."""
    text = document.text
    new = text.edited(edits) if isinstance(text, PackedText) else apply(text, edits)
    return read(new, format=document.format, name=document.name)


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
    if name == "po":
        from mtrepair.readers import po

        return po.read
    if name == "xliff":
        from mtrepair.readers import xliff

        return xliff.read
    if name == "tmx":
        from mtrepair.readers import tmx

        return tmx.read
    if name == "docx":
        from mtrepair.readers import docx

        return docx.read
    raise ConfigError(f"unknown format '{name}' (auto, {', '.join(FORMATS)})")
