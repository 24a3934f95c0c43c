"""What a language pack gives to rules that know no language."""

from __future__ import annotations

from typing import NamedTuple, Protocol

from mtrepair.core import Span


class Token(NamedTuple):
    """A word, number or mark in a text.

    ``kind`` is ``word``, ``number``, ``punct`` or ``object`` (untouchable text). Elided words
    stand alone with their apostrophe (``l'`` + ``eau``). Positions are code points.
    """

    start: int
    end: int
    text: str
    kind: str


class Language(Protocol):
    """A language, as its folder exports it under the name ``LANGUAGE``."""

    @property
    def code(self) -> str:
        """The ISO 639-1 code."""

    @property
    def region(self) -> str:
        """The country whose customs the user has asked for (``CA`` of ``fr-CA``), or empty."""

    def tokens(self, text: str) -> list[Token]:
        """The tokens of a segment, from left to right."""

    def sentences(self, text: str) -> list[Span]:
        """The sentences of a segment, without the white space around them."""
