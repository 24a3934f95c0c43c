"""The types that everything else passes along; they need only the standard library."""

from mtrepair.core.document import OBJECT, Document, Run, Segment
from mtrepair.core.edit import Edit, apply, compose, invert, moved, ordered
from mtrepair.core.errors import ConfigError, InputError, ModelError, MtrepairError, RuleError
from mtrepair.core.finding import Finding, Severity
from mtrepair.core.positions import LineIndex
from mtrepair.core.proposal import Applicability, Proposal
from mtrepair.core.span import Span
from mtrepair.core.verdict import Verdict

__all__ = [
    "OBJECT",
    "Applicability",
    "ConfigError",
    "Document",
    "Edit",
    "Finding",
    "InputError",
    "LineIndex",
    "ModelError",
    "MtrepairError",
    "Proposal",
    "RuleError",
    "Run",
    "Segment",
    "Severity",
    "Span",
    "Verdict",
    "apply",
    "compose",
    "invert",
    "moved",
    "ordered",
]
