"""Which language a text is in, for ``--lang auto``."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from mtrepair.core import OBJECT, ConfigError

if TYPE_CHECKING:
    from lingua import LanguageDetector

ENOUGH = 4000
"""Code points that are looked at."""

SHORT = 240
"""Below this many code points all n-grams are loaded (seconds) instead of trigrams alone (tenths of
a second). Lingua's page says trigrams do from 120 on; garbled text gets twice that."""


def identify(text: str) -> str:
    """The ISO 639-1 code of the language that most of ``text`` is in; empty if none can be told.

    Raises:
        ConfigError: if the identifier is not installed, with the line that installs it.
    """
    sample = text.replace(OBJECT, "")
    if len(sample) > ENOUGH:  # the beginning and the middle: a file may start with a quotation
        middle = len(sample) // 2
        sample = f"{sample[: ENOUGH // 2]}\n{sample[middle : middle + ENOUGH // 2]}"
    language = _detector(short=len(sample) < SHORT).detect_language_of(sample)
    return "" if language is None else language.iso_code_639_1.name.lower()


@cache
def _detector(*, short: bool) -> LanguageDetector:
    try:
        from lingua import LanguageDetectorBuilder
    except ImportError:
        raise ConfigError(
            "--lang auto needs the language identifier: pip install 'mtrepair[lang]'"
        ) from None
    builder = LanguageDetectorBuilder.from_all_languages()
    return (builder if short else builder.with_low_accuracy_mode()).build()
