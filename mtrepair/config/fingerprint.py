"""What makes a finding the same one after the text around it has changed.

A fingerprint is the rule, the flagged words and the words on both sides within the segment. Line
numbers are no part of it, nor is anything that an editor changes in passing: the shape of quotes
and apostrophes, the width of spaces and dashes, and, in the words around, punctuation and case.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass

from mtrepair.core import Document, Finding, Segment, Span

CONTEXT = 4
"""Words kept on each side."""
EVIDENCE = 4
"""Two places are the same if they share the rule, the flagged words, and as many neighbours as
make up this many words together; all neighbours, where there are fewer."""
REACH = 160
"""Code points on each side in which those words are looked for."""
LONGEST = 120
"""Flagged text longer than this is kept by its ends and a hash."""

_QUOTES = dict.fromkeys(map(ord, '“”„‟«»"'), '"') | dict.fromkeys(map(ord, "‘’‚‛ʼ′`´"), "'")
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−"), "-")
_FOLD = _QUOTES | _DASHES | {ord("…"): "..."}
_SPACE = re.compile(r"\s+")
_QUOTED_SPACE = re.compile(r' ?" ?')
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """A finding without its place.

    Attributes:
        text: the flagged words, folded.
        before: the words before it, the nearest last.
        after: the words after it.
    """

    rule: str
    text: str
    before: tuple[str, ...]
    after: tuple[str, ...]

    @property
    def digest(self) -> str:
        """32 hexadecimal digits, the same for the same fingerprint in every run."""
        parts = (self.rule, self.text, " ".join(self.before), " ".join(self.after))
        return _digest("\0".join(parts))[:32]

    def neighbours(self) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
        """The neighbours any of which is enough to know it again, the nearest."""
        needed = max(0, EVIDENCE - max(1, len(_WORD.findall(self.text))))
        found = []
        for left in range(needed, -1, -1):
            right = needed - left
            if left <= len(self.before) and right <= len(self.after):
                found.append((self.before[len(self.before) - left :], self.after[:right]))
        return found


def fold(text: str) -> str:
    """``text`` with one shape of quotes, apostrophes, dashes and spaces."""
    folded = unicodedata.normalize("NFC", text).translate(_FOLD)
    folded = _QUOTED_SPACE.sub('"', _SPACE.sub(" ", folded))
    # A finding may be nothing but a space: what is there must stay distinguishable.
    return folded if len(text) <= 2 else folded.strip()


def _digest(text: str) -> str:
    import hashlib  # it loads OpenSSL, which most runs need not

    return hashlib.sha256(text.encode()).hexdigest()


def fingerprint(document: Document, finding: Finding) -> Fingerprint:
    """The fingerprint of a finding whose span counts in the document."""
    segment = document.segments[finding.segment]
    span = finding.within or _in_segment(segment, finding.span)
    text = fold(span.of(segment.text))
    if len(text) > LONGEST:
        text = f"{text[:40]} … {text[-40:]} #{_digest(text)[:12]}"
    left = segment.text[max(0, span.start - REACH) : span.start]
    right = segment.text[span.end : span.end + REACH]
    before = [word.casefold() for word in _WORD.findall(unicodedata.normalize("NFC", left))]
    after = [word.casefold() for word in _WORD.findall(unicodedata.normalize("NFC", right))]
    return Fingerprint(finding.rule, text, tuple(before[-CONTEXT:]), tuple(after[:CONTEXT]))


def _in_segment(segment: Segment, span: Span) -> Span:
    """Where a span of the document stands in the segment that it was found in."""
    return Span(
        _place(segment, span.start), max(_place(segment, span.start), _place(segment, span.end))
    )


def _place(segment: Segment, offset: int) -> int:
    index = bisect_right(segment.runs, offset, key=lambda run: run.start) - 1
    if index < 0:
        return 0
    run = segment.runs[index]
    inside = offset - run.start
    if inside >= run.width:
        return run.at + run.length
    return run.at + (inside if run.length == run.width else 0)
