"""What a check of the gate sees, and what it says."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from mtrepair.core import Edit, Finding, Proposal, Span, moved
from mtrepair.rules import Context, Passage, Rule


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """A proposal carried out on a copy of its passage.

    Attributes:
        edits: the proposal's edits, from left to right.
        before: all findings of the passage as it is, whatever their confidence; empty until the
            rules are asked.
        after: all findings of the passage with the edits made, likewise.
    """

    proposal: Proposal
    rule: Rule
    passage: Passage
    edited: Passage
    edits: tuple[Edit, ...]
    context: Context
    before: Sequence[Finding] = ()
    after: Sequence[Finding] = ()

    def moved(self, span: Span) -> Span:
        """Where ``span`` of the passage lies after the edits; what they touch is taken whole."""
        return moved(span, self.edits)

    def touched(self) -> Span:
        """The smallest span of the edited passage that holds all that the edits wrote."""
        growth = sum(edit.growth for edit in self.edits)
        return Span(self.edits[0].span.start, self.edits[-1].span.end + growth)


Check = Callable[[Trial], str | None]
"""Says why a trial must be refused (kebab-case), or None."""
