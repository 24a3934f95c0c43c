"""What could be done about a finding."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from mtrepair.core.edit import Edit
from mtrepair.core.finding import Finding


class Applicability(IntEnum):
    """How far a fix may be trusted.

    ``DISPLAY``: a hint for a person; never applied by the program.
    ``SUGGESTED``: probably right, may change the meaning; applied when asked for
    (``--apply suggested``).
    ``SAFE``: measured to keep the meaning and to leave correct French; ``fix`` applies it by
    itself.
    """

    DISPLAY = 1
    SUGGESTED = 2
    SAFE = 3

    def __str__(self) -> str:
        return self.name.lower()


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """Edits that would repair one finding; they are made together or not at all.

    Attributes:
        origin: who proposed it (``rule``, ``lexicon``, ``names``, ``seq2seq``).
        score: comparable within one finding; higher is better.
        within: where ``edits`` count in the document: the same edits of the segment's text.
    """

    finding: Finding
    edits: tuple[Edit, ...]
    applicability: Applicability
    origin: str
    score: float = 0.0
    within: tuple[Edit, ...] = ()
