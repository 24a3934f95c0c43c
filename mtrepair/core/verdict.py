"""What the gate decided about a proposal."""

from __future__ import annotations

from dataclasses import dataclass

from mtrepair.core.proposal import Applicability, Proposal


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """A proposal with the gate's decision.

    Attributes:
        applicability: the effective one, after promotion or demotion.
        reasons: kebab-case names of the checks that refused it; empty when accepted.
    """

    proposal: Proposal
    accepted: bool
    applicability: Applicability
    reasons: tuple[str, ...] = ()
