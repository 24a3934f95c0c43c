"""Which words French doubles, and which it never does (``doubling.tsv``)."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

_FILE = Path(__file__).with_name("doubling.tsv")


@lru_cache(maxsize=1)
def doubling() -> dict[str, str]:
    """What is known of a word said twice: ``never``, ``natural`` or ``cry``, by its key.

    ``never``: no French sentence has it twice in a row without a mark between. ``natural``: some
    have. ``cry``: laughter, calls and babble, said as often as one likes.
    """
    found: dict[str, str] = {}
    for line in _FILE.read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            word, kind, _reason = line.split("\t")
            found[word] = kind
    return found
