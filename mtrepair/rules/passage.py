"""What a rule looks at: one segment with the views that rules share."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from itertools import pairwise

from mtrepair.core import OBJECT, Finding, Segment, Severity, Span
from mtrepair.languages import Language, Token

_OPENING = frozenset("«“")


class Passage:
    """A segment in its language; tokens and sentences are computed once, when first asked for.

    Attributes:
        index: the segment's index in its document.
        text: the segment's text; all spans of a rule count in it.
        source: the original that this segment translates, or None.
    """

    def __init__(self, segment: Segment, index: int, language: Language) -> None:
        self.index = index
        self.segment = segment
        self.text = segment.text
        self.source = segment.source
        self.language = language

    @cached_property
    def tokens(self) -> list[Token]:
        """Words, numbers and marks, from left to right."""
        return self.language.tokens(self.text)

    @cached_property
    def words(self) -> list[Token]:
        """The tokens that are words."""
        return [token for token in self.tokens if token.kind == "word"]

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """The texts of the tokens in lower case, each once."""
        return frozenset(token.low for token in self.tokens)

    @cached_property
    def sentences(self) -> list[Span]:
        """The sentences, without the white space around them."""
        return self.language.sentences(self.text)

    @cached_property
    def openings(self) -> frozenset[int]:
        """Where a sentence starts, and where its first word does behind an opening quotation mark.

        "« Les voisins partent", "il a dit : « Nous partons"
        """
        behind = (
            right.start
            for left, right in pairwise(self.tokens)
            if left.text in _OPENING and right.kind == "word" and right.text[0].isupper()
        )
        return frozenset({*(span.start for span in self.sentences), *behind})

    def touches_object(self, span: Span) -> bool:
        """Whether the span holds text that must not be edited."""
        return OBJECT in span.of(self.text)

    def finding(
        self,
        rule: str,
        span: Span,
        message: str,
        *,
        severity: Severity,
        confidence: float = 1.0,
        evidence: Mapping[str, object] | None = None,
    ) -> Finding:
        """A finding at ``span`` of this passage."""
        return Finding(
            rule=rule,
            span=span,
            message=message,
            severity=severity,
            confidence=confidence,
            segment=self.index,
            evidence=evidence or {},
        )
