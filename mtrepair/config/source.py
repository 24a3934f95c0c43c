"""The original that goes with a translated file."""

from __future__ import annotations

from pathlib import Path

from mtrepair.core import InputError
from mtrepair.readers.files import read_file


def source_for(pattern: str | None, path: str, encoding: str | None) -> str | None:
    """The text of the original of a file.

    Args:
        pattern: a path, or one with ``{stem}``, ``{name}`` or ``{suffix}`` that is filled in from
            the file's name and counts from its folder; None for no source.

    Raises:
        InputError: if there is none at the place that the pattern names.
    """
    if pattern is None:
        return None
    name = Path(path)
    try:
        filled = pattern.format(stem=name.stem, name=name.name, suffix=name.suffix)
    except (KeyError, IndexError, ValueError, AttributeError) as error:
        raise InputError(f"--source {pattern}: unknown placeholder {error}") from None
    target = Path(filled)
    if not target.is_absolute() and filled != pattern:
        target = name.parent / target
    try:
        empty = target.stat().st_size == 0
    except OSError:
        empty = False  # the reader says what is wrong with it
    # an empty original is no reason not to look at the translation: the alignment warns of it
    return "" if empty else read_file(str(target), encoding).text
