"""From judged tokens to spans that a person would draw.

les [postures] [cependant] alternatives     neighbours are one span
un [taux] de [effectif]                     one doubtful small word between them joins too
[l'] [eau] [.]                              a mark at the edge is left out
[le] prix                                   a lone determiner is a span; at an end it is not
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from mtrepair.core import Span
from mtrepair.rules.learned.marks import Mark
from mtrepair.rules.learned.reading import SEVERITIES

BRIDGE = 0.5
"""A token between two wrong ones joins them if it is at least this share of the floor itself."""

LONGEST = 12
"""Tokens of a span; what is longer is no span but a bad sentence, and is cut."""

_HANGING = frozenset("le la les l' un une des du de d' au aux à en ce cet cette ces et".split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """A span of wrong tokens.

    Attributes:
        confidence: of its surest token.
        kind: the likeliest kind by the weight of its tokens; ``severity`` the same.
        tokens: how many it has.
    """

    span: Span
    confidence: float
    kind: str
    severity: str
    tokens: int


def draw(text: str, marks: Sequence[Mark], floor: float) -> list[Drawn]:
    """The spans of tokens whose probability of being wrong is at least ``floor``.

    Args:
        text: the sentence that the marks' spans count in.
        marks: of its tokens, in their order.
    """
    runs: list[tuple[int, int]] = []  # first and last token of each
    for i, mark in enumerate(marks):
        if mark.bad < floor:
            continue
        if runs and i - runs[-1][0] < LONGEST and _joined(text, marks, runs[-1][1], i, floor):
            runs[-1] = runs[-1][0], i
        else:
            runs.append((i, i))
    found: list[Drawn] = []
    for first, last in runs:
        trimmed = _trimmed(text, marks, first, last)
        if trimmed is None:
            continue
        kept = marks[trimmed[0] : trimmed[1] + 1]
        # What was sure may have been trimmed away, and only what it bridged left.
        if any(mark.bad >= floor for mark in kept) or kept[0].span.of(text).endswith(("'", "’")):
            found.append(_drawn(kept))
    return found


def _joined(text: str, marks: Sequence[Mark], left: int, right: int, floor: float) -> bool:
    if right - left > 2:
        return False
    between = marks[left + 1 : right]
    if any(not _wordy(mark.span.of(text)) for mark in between):
        return False
    return all(mark.bad >= BRIDGE * floor for mark in between)


def _wordy(token: str) -> bool:
    return any(c.isalnum() for c in token)


def _trimmed(text: str, marks: Sequence[Mark], first: int, last: int) -> tuple[int, int] | None:
    """The run without marks at its edges and small words at its end; None if nothing is left.

    An elided word alone takes the word it leans on.
    """
    while first <= last and not _wordy(marks[first].span.of(text)):
        first += 1
    while last >= first and not _wordy(marks[last].span.of(text)):
        last -= 1
    if first > last:
        return None
    while last > first and marks[last].span.of(text).lower().replace("’", "'") in _HANGING:
        last -= 1
    end = marks[last].span.of(text)
    if end.endswith(("'", "’")) and last + 1 < len(marks):
        last += 1
    return first, last


def _drawn(marks: Sequence[Mark]) -> Drawn:
    kinds: Counter[str] = Counter()
    severities: Counter[str] = Counter()
    for mark in marks:
        kinds[mark.kind] += int(1000 * mark.bad)
        severities[mark.severity] += int(1000 * mark.bad)
    severity = max(severities, key=lambda s: (severities[s], -SEVERITIES.index(s)))
    return Drawn(
        span=Span(marks[0].span.start, marks[-1].span.end),
        confidence=max(mark.bad for mark in marks),
        kind=kinds.most_common(1)[0][0],
        severity=severity,
        tokens=len(marks),
    )
