"""The languages: everything that knows French sits in :mod:`mtrepair.languages.fr`."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import cast

from mtrepair.core import ConfigError
from mtrepair.languages.base import Language, Token

__all__ = ["LANGUAGES", "Language", "Token", "load"]

LANGUAGES: tuple[str, ...] = ("fr",)


@cache
def load(code: str) -> Language:
    """The language pack for an ISO 639-1 code.

    Raises:
        ConfigError: if there is no pack for it.
    """
    if code not in LANGUAGES:
        raise ConfigError(f"no language pack for '{code}' (there is: {', '.join(LANGUAGES)})")
    return cast(Language, import_module(f"mtrepair.languages.{code}").LANGUAGE)
