"""Lists of names and of words: one a line, ``#`` starts a comment."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from mtrepair.readers.files import read_file


@lru_cache(maxsize=64)
def read_list(path: str) -> tuple[str, ...]:
    """The entries of a list file, composed (NFC), in their order.

    Raises:
        InputError: if it cannot be read.
    """
    lines = (line.split("#")[0].strip() for line in read_file(path).text.splitlines())
    return tuple(unicodedata.normalize("NFC", line) for line in lines if line)
