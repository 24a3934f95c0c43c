"""Patterns that are compiled when they are first asked for.

For rules that most runs do not need: compiling a long alternation takes a millisecond.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache


def lazy(pattern: str, flags: int = 0) -> Callable[[], re.Pattern[str]]:
    """A function that gives the compiled pattern, the same one each time."""
    return lru_cache(maxsize=1)(lambda: re.compile(pattern, flags))
