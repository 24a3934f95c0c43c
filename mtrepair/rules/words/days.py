"""Days of a trial that kept their English letter: "D28" for "J28".

In clinical reports days are counted from the first: D0, D7, D28. Letters before numbers mean much
else (a road, a vitamin, a league), so a document must count several days that reports have, all of
them, and speak of days.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mtrepair.core import Span
from mtrepair.rules.passage import Passage
from mtrepair.rules.rule import Context

_DAY = re.compile(r"(?<![\w.-])([Dd])(\d{1,3})(?![\w,.]\d|\w|-)")
_DAYS = frozenset(
    (0, 1, 2, 3, 5, 7, 10, 14, 15, 21, 28, 30, 35, 42, 45, 56, 60, 63, 70, 84, 90, 100, 120, 180)
)
_FEWEST = 3


def days(passage: Passage, context: Context) -> Iterator[tuple[Span, str]]:
    """Where such a day stands and what French writes."""
    if _counts_days(context):
        for match in _DAY.finditer(passage.text):
            letter = "J" if match[1] == "D" else "j"
            yield Span(*match.span()), letter + match[2]


def _counts_days(context: Context) -> bool:
    found = context.cache.get("untranslated-word days")
    if not isinstance(found, bool):
        numbers: set[int] = set()
        speaks = False
        for passage in context.passages:
            numbers.update(int(match[2]) for match in _DAY.finditer(passage.text))
            speaks = speaks or "jour" in passage.text
        found = speaks and len(numbers) >= _FEWEST and numbers <= _DAYS and max(numbers) >= 14
        context.cache["untranslated-word days"] = found
    return found
