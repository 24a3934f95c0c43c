"""What a detector says about the tokens of a sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from mtrepair.core import Span


@dataclass(frozen=True, slots=True)
class Question:
    """A sentence to judge.

    Attributes:
        text: the sentence, decoded.
        tokens: start and end of each of its tokens in ``text``, in code points.
        source: the sentence that it translates, or None.
    """

    text: str
    tokens: tuple[tuple[int, int], ...]
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Mark:
    """What is thought of one token.

    Attributes:
        span: the token in its sentence.
        bad: calibrated probability that the token is wrong.
        gap: calibrated probability that something is missing before it.
        kind: what is wrong, if something is (one of ``reading.KINDS``).
        severity: how bad that would be (one of ``reading.SEVERITIES``).
    """

    span: Span
    bad: float
    gap: float
    kind: str
    severity: str


class Detector(Protocol):
    """Judges tokens; a rule gets one through its context, or none."""

    @property
    def name(self) -> str:
        """Name and version of the model."""
        ...

    def suited(self, *, article: bool) -> Detector:
        """The detector for a document that is an article, or is none; itself if it has one way."""
        ...

    def mark(self, questions: Sequence[Question]) -> list[list[Mark]]:
        """For each question the marks of its tokens, in their order; tokens that do not fit into
        the model's input are left out."""
        ...
