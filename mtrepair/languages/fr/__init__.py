"""French: everything that mtrepair knows about the language."""

from __future__ import annotations

from mtrepair.core import Span
from mtrepair.languages.base import Language, Repetition, Token
from mtrepair.languages.fr.lexicon import Lexicon
from mtrepair.languages.fr.repetition import repetition
from mtrepair.languages.fr.sentences import sentences
from mtrepair.languages.fr.spelling import LETTERS
from mtrepair.languages.fr.tokens import tokens
from mtrepair.languages.fr.typography import VARIANTS


class French:
    """The French language pack.

    Args:
        region: ``FR``, ``CA`` or ``CH``, whose typography holds; empty to follow each document.
    """

    code = "fr"
    rules = ()
    aligns = True
    letters = LETTERS

    def __init__(self, region: str = "") -> None:
        self.region = region

    @property
    def lexicon(self) -> Lexicon:
        """The inflected forms, opened when first asked for."""
        return Lexicon.load()

    @property
    def repetition(self) -> Repetition:
        """What French says twice, and where a repetition can be cut."""
        return repetition()

    def tokens(self, text: str) -> list[Token]:
        """The tokens of a segment, from left to right."""
        return tokens(text)

    def sentences(self, text: str) -> list[Span]:
        """The sentences of a segment, without the white space around them."""
        return sentences(text)


LANGUAGE: Language = French()
REGIONS: dict[str, Language] = {region: French(region) for region in VARIANTS}
