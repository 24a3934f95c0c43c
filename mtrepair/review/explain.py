"""What an edit loses or adds that a reviewer should know about."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from mtrepair.core import Edit, Span, apply

REASONS = {
    "number-changed": "a number changes",
    "address-changed": "an address or a placeholder changes",
    "name-lost": "a name is lost",
    "unbalanced": "a bracket or a quote loses its partner",
    "touches-code": "it touches code or a link",
    "too-short": "too much is lost",
    "too-long": "it grows too much",
    "empties-segment": "nothing would be left of the passage",
    "finding-stays": "the finding would stay",
    "new-finding": "it would bring a new finding",
    "crosses-markup": "it would have to cross markup",
    "no-word": "it holds what is no word",
    "not-better": "the model does not think it better",
    "rule-crashed": "a rule failed on the result",
    "outside-prose": "not in a passage that can be judged",
}
"""The gate's reasons in words; one that is not here is shown by its name."""

AROUND = 80
"""Code points on each side of the edits in which numbers and names are compared."""

_NUMBER = re.compile(r"\d+(?:[.,:/\u00a0\u202f ]\d+)*")
_NAME = re.compile(r"(?<=[\w,;:’'»)] )[A-ZÀ-ÖØ-ÞŒŸ][\w-]*\w")  # not where a sentence may begin


def reason(name: str) -> str:
    """A reason of the gate in words."""
    return REASONS.get(name, name)


def explain(text: str, edits: Sequence[Edit]) -> tuple[str, ...]:
    """The numbers and names that edits lose or bring, as short phrases.

    Args:
        text: the passage.
        edits: counting in it.
    """
    if not edits:
        return ()
    low = max(0, min(e.span.start for e in edits) - AROUND)
    high = min(len(text), max(e.span.end for e in edits) + AROUND)
    while low > 0 and not text[low - 1].isspace():
        low -= 1
    while high < len(text) and not text[high].isspace():
        high += 1
    old = text[low:high]
    moved = [Edit(span=Span(e.span.start - low, e.span.end - low), text=e.text) for e in edits]
    new = apply(old, moved)
    said: list[str] = []
    for what, pattern in (("number", _NUMBER), ("name", _NAME)):
        before = Counter(pattern.findall(old))
        after = Counter(pattern.findall(new))
        said += [f"loses the {what} {item}" for item in before - after]
        said += [f"brings the {what} {item}" for item in after - before]
    return tuple(said)
