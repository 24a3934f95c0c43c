"""Which findings an edit of the whole repair comes from.

A repair takes rounds, and its edits are given as one list that counts in the original text. Each
of those edits is here given back the verdicts that it was made by:

    round 1   le le chat  -> le chat            doubled-word
    round 2   le chat     -> la chatte          agreement-…
    one edit  le le chat  -> la chatte          both of them
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from mtrepair.api import FixResult
from mtrepair.core import Edit, Span, Verdict, compose, ordered

Cause = tuple[int, Verdict]
"""A round, from 1, and what was carried out in it."""


def causes(result: FixResult) -> list[tuple[Edit, list[Cause]]]:
    """The edits of a repair from left to right, each with its causes in the order of the rounds."""
    known: list[tuple[Edit, list[Cause]]] = []
    steps = zip(result.steps, result.applied, strict=True)
    for number, group in groupby(steps, key=lambda step: step[0][0]):
        mine = [(edits, (number, verdict)) for (_, edits), verdict in group]
        before = [edit for edit, _ in known]
        after = compose(before, ordered(edit for edits, _ in mine for edit in edits))
        made = [(_back(edit.span, before), cause) for edits, cause in mine for edit in edits]
        known = [(edit, _of(edit.span, known, made)) for edit in after]
    return known


def _of(
    span: Span, old: Sequence[tuple[Edit, list[Cause]]], new: Sequence[tuple[Span, Cause]]
) -> list[Cause]:
    found = [cause for edit, some in old if span.covers(edit.span) for cause in some]
    found += [cause for place, cause in new if span.covers(place)]
    unique: list[Cause] = []
    for cause in found:  # one proposal may have several edits that became one
        if not any(cause[1] is other[1] for other in unique):
            unique.append(cause)
    return unique


def _back(span: Span, edits: Sequence[Edit]) -> Span:
    """What of the original a span of the text after ``edits`` stands for, at the narrowest."""
    start = end = None
    growth = 0
    for edit in ordered(edits):
        left = edit.span.start + growth
        right = left + len(edit.text)
        if start is None and span.start < right:
            start = min(span.start - growth, edit.span.start)
        if end is None and span.end <= left:
            end = span.end - growth
        elif end is None and span.end <= right:
            end = edit.span.end
        growth += edit.growth
    first = span.start - growth if start is None else start
    return Span(first, max(first, span.end - growth if end is None else end))
