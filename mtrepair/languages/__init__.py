"""The languages: what knows one sits in the folder of its code (docs/add-a-language.md)."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import cast

from mtrepair.core import ConfigError
from mtrepair.languages.base import Language, Lexicon, Repetition, Token

__all__ = ["LANGUAGES", "VARIANTS", "Language", "Lexicon", "Repetition", "Token", "load"]

LANGUAGES: tuple[str, ...] = ("fr", "es")

VARIANTS: tuple[str, ...] = ("fr-FR", "fr-CA", "fr-CH")
"""Languages as a country writes them."""


@cache
def load(code: str) -> Language:
    """The language pack for an ISO 639-1 code, or for one of :data:`VARIANTS`.

    Raises:
        ConfigError: if there is no pack for it.
    """
    if code not in LANGUAGES and code not in VARIANTS:
        known = ", ".join((*LANGUAGES, *VARIANTS))
        raise ConfigError(f"no language pack for '{code}' (there is: {known})")
    base, _, region = code.partition("-")
    pack = import_module(f"mtrepair.languages.{base}")
    return cast(Language, pack.REGIONS[region] if region else pack.LANGUAGE)
