"""What a rule says about a place in the text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum

from mtrepair.core.span import Span


class Severity(IntEnum):
    """How much the error harms a reader, as in MQM (Lommel et al. 2014; themqm.org)."""

    MINOR = 1
    MAJOR = 2
    CRITICAL = 3

    def __str__(self) -> str:
        return self.name.lower()

    @classmethod
    def parse(cls, name: str) -> Severity:
        """The severity called ``name``, in any case.

        Raises:
            ValueError: if there is none of that name.
        """
        try:
            return cls[name.upper()]
        except KeyError:
            raise ValueError(f"unknown severity '{name}'") from None


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One flagged span; it exists without a fix.

    Inside rules, proposers and the gate, ``span`` counts in the text of the segment with the
    index ``segment``; in results of :mod:`mtrepair.api` and in reports it counts in the document.

    Attributes:
        rule: the kebab-case name of the rule.
        confidence: between 0 and 1, comparable within one rule.
        evidence: what the rule saw, as JSON-compatible values.
        within: where ``span`` counts in the document: the same place in the segment's text.
    """

    rule: str
    span: Span
    message: str
    severity: Severity
    confidence: float = 1.0
    segment: int = 0
    evidence: Mapping[str, object] = field(default_factory=dict)
    within: Span | None = None
