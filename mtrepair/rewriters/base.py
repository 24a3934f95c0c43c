"""The door to a rewriter: what the pipeline asks of a model, whichever runs it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from mtrepair.core import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """A flagged span in its context.

    Attributes:
        text: the segment's text.
        span: the words to rewrite, in code points of ``text``.
        source: the original sentence, or None.
    """

    text: str
    span: Span
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A replacement for the span and the model's log-probability for it, in nats.

    ``score`` is the sum over the pieces of the replacement and its end, given the context;
    ``pieces`` is how many that were, so that callers can normalise.
    """

    text: str
    score: float
    pieces: int


class Rewriter(Protocol):
    """A span-conditioned seq2seq model."""

    @property
    def name(self) -> str:
        """Name and version, for reports."""

    def generate(self, queries: Sequence[Query], *, best: int = 1) -> list[list[Candidate]]:
        """For each query the ``best`` replacements, the likeliest first."""

    def score(
        self, queries: Sequence[Query], texts: Sequence[Sequence[str]], *, hidden: bool = True
    ) -> list[list[Candidate]]:
        """For each query a score for each of its texts, in their order.

        With ``hidden`` the model does not see what stands in the span now, so that the original
        has no advantage (the copy's pull: see docs/rewriter.md).
        """
